DROP TABLE comments;
DROP TABLE submission_acts;
DROP TABLE answers;
DROP TABLE revisions;
DROP TABLE compiled_sources;
DROP TABLE submission_tags;
DROP TABLE submissions;
