-- The second factor of an account. `seed` is no secret by itself: with the key of the installation it makes the one that
-- the person's device holds. `last_step` is the newest step of thirty seconds whose code was used: none serves twice.
CREATE TABLE second_factors (
    account_id TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    seed TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    confirmed_at TIMESTAMP NOT NULL
);

-- Codes for those who have lost the device, each for one use; kept as keyed digests.
CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    digest TEXT NOT NULL,
    used_at TIMESTAMP,
    PRIMARY KEY (account_id, digest)
);

-- Between password and code: no sign-in exists yet, and the browser holds the token.
CREATE TABLE sign_in_steps (
    token_digest TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_steps_by_account ON sign_in_steps (account_id);

-- The sessions that ask heads and alternates for a second factor.
CREATE TABLE factor_requirements (
    session_id TEXT PRIMARY KEY NOT NULL REFERENCES sessions (id),
    set_by TEXT NOT NULL REFERENCES accounts (id),
    set_at TIMESTAMP NOT NULL
);
