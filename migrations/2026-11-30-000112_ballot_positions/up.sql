-- Explanations of position on a recorded ballot: one a delegation, sealed until the result is certified.
CREATE TABLE ballot_positions (
    ballot_id TEXT NOT NULL REFERENCES ballots (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    original_language TEXT NOT NULL CHECK (original_language IN ('en', 'ru')),
    text_en TEXT NOT NULL,
    text_ru TEXT NOT NULL,
    given_by TEXT NOT NULL REFERENCES accounts (id),
    given_at TIMESTAMP NOT NULL,
    PRIMARY KEY (ballot_id, delegation_id)
);
