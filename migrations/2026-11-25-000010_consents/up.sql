CREATE TABLE consents (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'declined')),
    revision INTEGER NOT NULL,
    note TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    PRIMARY KEY (submission_id, delegation_id)
);
CREATE INDEX consents_by_delegation ON consents (delegation_id, state);
