DROP TABLE ballot_urns;
ALTER TABLE electorate DROP COLUMN has_voted;
ALTER TABLE ballots DROP COLUMN fewest_papers;
