CREATE TABLE ballots (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    number INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_ru TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'open', 'closed', 'certified', 'cancelled')),
    method TEXT NOT NULL,
    tie_rule TEXT NOT NULL,
    base TEXT NOT NULL CHECK (base IN ('present-and-voting', 'present', 'electorate')),
    quorum TEXT NOT NULL,
    levels INTEGER NOT NULL,
    seed TEXT NOT NULL,
    asked_by TEXT REFERENCES delegations (id),
    is_made_up BOOLEAN NOT NULL,
    opens_at TIMESTAMP,
    closes_at TIMESTAMP NOT NULL,
    opened_at TIMESTAMP,
    closed_at TIMESTAMP,
    certified_at TIMESTAMP,
    outcome TEXT,
    fingerprint TEXT,
    edition INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (session_id, number)
);

CREATE TABLE ballot_options (
    ballot_id TEXT NOT NULL REFERENCES ballots (id),
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    position INTEGER NOT NULL,
    review_score TEXT NOT NULL,
    PRIMARY KEY (ballot_id, submission_id)
);

CREATE TABLE electorate (
    ballot_id TEXT NOT NULL REFERENCES ballots (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    is_present BOOLEAN NOT NULL,
    PRIMARY KEY (ballot_id, delegation_id)
);

CREATE TABLE ballot_papers (
    id TEXT PRIMARY KEY NOT NULL,
    ballot_id TEXT NOT NULL REFERENCES ballots (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ranked', 'abstain')),
    prepared_by TEXT NOT NULL REFERENCES accounts (id),
    prepared_at TIMESTAMP NOT NULL,
    confirmed_by TEXT REFERENCES accounts (id),
    confirmed_at TIMESTAMP,
    receipt TEXT,
    UNIQUE (ballot_id, delegation_id, number)
);

CREATE TABLE priorities (
    paper_id TEXT NOT NULL REFERENCES ballot_papers (id),
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    priority INTEGER CHECK (priority >= 1),
    objection TEXT NOT NULL,
    PRIMARY KEY (paper_id, submission_id)
);
