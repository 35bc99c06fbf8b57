CREATE TABLE programmes (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    reference TEXT NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'tabled', 'adopted', 'superseded')),
    ballot_id TEXT REFERENCES ballots (id),
    places INTEGER NOT NULL,
    introduction_en TEXT NOT NULL,
    introduction_ru TEXT NOT NULL,
    adopted_by TEXT CHECK (adopted_by IN ('consensus', 'silence', 'recorded-vote')),
    adopted_on DATE,
    adoption_record_en TEXT NOT NULL,
    adoption_record_ru TEXT NOT NULL,
    edition INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    adopted_at TIMESTAMP,
    UNIQUE (session_id, revision)
);

CREATE TABLE programme_items (
    id TEXT PRIMARY KEY NOT NULL,
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    position INTEGER NOT NULL,
    proposed BOOLEAN NOT NULL,
    included BOOLEAN NOT NULL,
    reason_en TEXT NOT NULL,
    reason_ru TEXT NOT NULL,
    override_reason TEXT NOT NULL,
    UNIQUE (programme_id, submission_id)
);

CREATE TABLE adoption_votes (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'abstain', 'not-voting', 'absent')),
    PRIMARY KEY (programme_id, delegation_id)
);
