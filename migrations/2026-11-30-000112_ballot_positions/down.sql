DROP TABLE ballot_positions;
