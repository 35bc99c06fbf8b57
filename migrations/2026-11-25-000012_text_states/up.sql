CREATE TABLE text_states (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    question TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
    revision INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    checked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (submission_id, question, language)
);
