-- A decision of a session climbs the ladder of consensus. While a silence procedure runs its end follows from
-- `silence_until` alone; `decided_at` of a silence is that moment, whenever it was written down.
CREATE TABLE decisions (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    number INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_ru TEXT NOT NULL,
    programme_id TEXT REFERENCES programmes (id),
    submission_id TEXT REFERENCES submissions (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'sensing', 'discussing', 'silence', 'voting', 'decided', 'not-adopted', 'withdrawn')),
    revision INTEGER NOT NULL,
    silence_from TIMESTAMP,
    silence_until TIMESTAMP,
    asked_by TEXT REFERENCES delegations (id),
    seed TEXT NOT NULL,
    base TEXT CHECK (base IN ('present-and-voting', 'present', 'electorate')),
    quorum TEXT,
    rung TEXT CHECK (rung IN ('consensus', 'silence', 'recorded-vote')),
    decided_at TIMESTAMP,
    is_made_up BOOLEAN NOT NULL,
    edition INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (session_id, number)
);

-- Every text that was before the group, in both languages.
CREATE TABLE decision_texts (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    revision INTEGER NOT NULL,
    text_en TEXT NOT NULL,
    text_ru TEXT NOT NULL,
    is_checked BOOLEAN NOT NULL,
    entered_by TEXT NOT NULL REFERENCES accounts (id),
    entered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (decision_id, revision)
);

-- What happened to a decision, in order; without an account it came about by itself.
CREATE TABLE decision_acts (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    revision INTEGER NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    delegation_id TEXT REFERENCES delegations (id),
    note TEXT NOT NULL,
    until TIMESTAMP,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (decision_id, position)
);

CREATE TABLE decision_grades (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    grade TEXT NOT NULL CHECK (grade IN ('full-support', 'reservations', 'can-live-with', 'more-discussion', 'cannot-support')),
    note TEXT NOT NULL,
    given_by TEXT NOT NULL REFERENCES accounts (id),
    given_at TIMESTAMP NOT NULL,
    PRIMARY KEY (decision_id, delegation_id)
);

CREATE TABLE objections (
    id TEXT PRIMARY KEY NOT NULL,
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    revision INTEGER NOT NULL,
    passage TEXT NOT NULL,
    reason TEXT NOT NULL,
    broke_silence BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'resolved', 'withdrawn')),
    raised_by TEXT NOT NULL REFERENCES accounts (id),
    raised_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP
);
CREATE INDEX objections_by_decision ON objections (decision_id);

-- A proposed text, made over one revision, for one objection. Without a delegation it comes from the secretariat.
CREATE TABLE amendments (
    id TEXT PRIMARY KEY NOT NULL,
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    objection_id TEXT NOT NULL REFERENCES objections (id),
    delegation_id TEXT REFERENCES delegations (id),
    revision INTEGER NOT NULL,
    text_en TEXT NOT NULL,
    text_ru TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'taken-in', 'not-taken-in')),
    proposed_by TEXT NOT NULL REFERENCES accounts (id),
    proposed_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP
);
CREATE INDEX amendments_by_decision ON amendments (decision_id);

-- The roll of a recorded vote: the delegations that vote, in the order of the call.
CREATE TABLE decision_votes (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    position INTEGER NOT NULL,
    has_passed BOOLEAN NOT NULL,
    answer TEXT CHECK (answer IN ('yes', 'no', 'abstain', 'not-voting', 'absent')),
    PRIMARY KEY (decision_id, delegation_id)
);

CREATE TABLE positions (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    text_en TEXT NOT NULL,
    text_ru TEXT NOT NULL,
    given_by TEXT NOT NULL REFERENCES accounts (id),
    given_at TIMESTAMP NOT NULL,
    PRIMARY KEY (decision_id, delegation_id)
);
