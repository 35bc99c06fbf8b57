CREATE TABLE clarifications (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    reach TEXT NOT NULL CHECK (reach IN ('delegations', 'secretariat')),
    asked_by TEXT NOT NULL REFERENCES accounts (id),
    asked_for TEXT REFERENCES delegations (id),
    asked_as TEXT NOT NULL CHECK (asked_as IN ('secretariat', 'delegation', 'reviewer')),
    question TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    answer TEXT NOT NULL,
    answered_by TEXT REFERENCES accounts (id),
    answered_at TIMESTAMP
);
CREATE INDEX clarifications_by_submission ON clarifications (submission_id);
