DROP TABLE priorities;
DROP TABLE ballot_papers;
DROP TABLE electorate;
DROP TABLE ballot_options;
DROP TABLE ballots;
