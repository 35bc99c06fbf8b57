-- Who has a draft open for editing: seen when the form is loaded or saved and, with scripts, every half minute. Old ones are
-- swept; none is part of any record.
CREATE TABLE editing_presences (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    question TEXT NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (submission_id, account_id)
);
CREATE INDEX editing_presences_by_time ON editing_presences (seen_at);
