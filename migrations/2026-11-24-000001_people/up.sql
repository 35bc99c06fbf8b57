CREATE TABLE delegations (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('country', 'organization', 'group')),
    name_en TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    formal_name_en TEXT NOT NULL,
    formal_name_ru TEXT NOT NULL,
    votes BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    office TEXT NOT NULL CHECK (office IN ('none', 'secretariat', 'chair', 'administrator')),
    language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
    time_zone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    disabled_at TIMESTAMP
);

CREATE TABLE accreditations (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    capacity TEXT NOT NULL CHECK (capacity IN ('head', 'alternate', 'delegate', 'observer')),
    valid_from_on DATE NOT NULL,
    valid_until_on DATE,
    revoked_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX accreditations_by_account ON accreditations (account_id);
CREATE INDEX accreditations_by_delegation ON accreditations (delegation_id);

CREATE TABLE invitations (
    id TEXT PRIMARY KEY NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    office TEXT NOT NULL CHECK (office IN ('none', 'secretariat', 'chair', 'administrator')),
    delegation_id TEXT REFERENCES delegations (id),
    capacity TEXT CHECK (capacity IN ('head', 'alternate', 'delegate', 'observer')),
    language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
    created_by TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    revoked_at TIMESTAMP
);

CREATE TABLE sign_ins (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    token_digest TEXT NOT NULL UNIQUE,
    machine TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX sign_ins_by_account ON sign_ins (account_id);

CREATE TABLE sign_in_failures (
    id TEXT PRIMARY KEY NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('account', 'address')),
    digest TEXT NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_failures_by_digest ON sign_in_failures (digest, failed_at);
