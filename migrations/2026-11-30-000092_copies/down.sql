DROP TABLE submission_copies;
