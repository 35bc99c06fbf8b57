CREATE TABLE audit (
    position BIGINT PRIMARY KEY NOT NULL,
    acted_at TIMESTAMP NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_digest TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE
);
