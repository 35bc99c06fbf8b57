CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL UNIQUE,
    title_en TEXT NOT NULL,
    title_ru TEXT NOT NULL,
    place_en TEXT NOT NULL,
    place_ru TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    time_zone TEXT NOT NULL,
    programme_first_year INTEGER NOT NULL,
    programme_last_year INTEGER NOT NULL,
    default_method TEXT NOT NULL,
    default_tie_rule TEXT NOT NULL,
    default_base TEXT NOT NULL CHECK (default_base IN ('present-and-voting', 'present', 'electorate')),
    default_quorum TEXT NOT NULL,
    is_demonstration BOOLEAN NOT NULL,
    edition INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CHECK (ends_on >= starts_on),
    CHECK (programme_last_year >= programme_first_year)
);

CREATE TABLE windows (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    step TEXT NOT NULL CHECK (step IN ('submissions', 'screening', 'reviews', 'ballots', 'programme')),
    opens_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, step),
    CHECK (closes_at > opens_at)
);

CREATE TABLE criteria (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    position INTEGER NOT NULL,
    name_en TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    help_en TEXT NOT NULL,
    help_ru TEXT NOT NULL,
    weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 100),
    UNIQUE (session_id, position)
);

CREATE TABLE reviewers (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    appointed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, account_id)
);

CREATE TABLE questionnaires (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    kind TEXT NOT NULL CHECK (kind IN ('practice', 'action')),
    version INTEGER NOT NULL,
    definition TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (session_id, kind, version)
);
