DROP TABLE pending_comments;
DROP TABLE pending_outcomes;
