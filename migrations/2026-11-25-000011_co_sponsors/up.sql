CREATE TABLE co_sponsors (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    state TEXT NOT NULL CHECK (state IN ('invited', 'joined', 'asked-again', 'declined', 'left')),
    revision INTEGER NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    PRIMARY KEY (submission_id, delegation_id)
);
CREATE INDEX co_sponsors_by_delegation ON co_sponsors (delegation_id, state);
