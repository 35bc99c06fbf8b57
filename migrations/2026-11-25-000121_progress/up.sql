-- A report on the progress of an action of an adopted programme. `plan_revision` is the revision of the action that the
-- group adopted: its outputs and indicators are the rows that the report answers, by their position.
CREATE TABLE progress_reports (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'given', 'confirmed')),
    plan_revision INTEGER NOT NULL,
    is_last BOOLEAN NOT NULL,
    text_en TEXT NOT NULL,
    text_ru TEXT NOT NULL,
    edition INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    given_at TIMESTAMP,
    confirmed_at TIMESTAMP,
    UNIQUE (submission_id, number)
);

CREATE TABLE progress_outputs (
    report_id TEXT NOT NULL REFERENCES progress_reports (id),
    position INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('not-begun', 'under-way', 'done')),
    PRIMARY KEY (report_id, position)
);

CREATE TABLE progress_indicators (
    report_id TEXT NOT NULL REFERENCES progress_reports (id),
    position INTEGER NOT NULL,
    value_en TEXT NOT NULL,
    value_ru TEXT NOT NULL,
    PRIMARY KEY (report_id, position)
);

-- What each country that the action names says to the report.
CREATE TABLE progress_confirmations (
    report_id TEXT NOT NULL REFERENCES progress_reports (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    answer TEXT NOT NULL CHECK (answer IN ('asked', 'confirmed', 'commented')),
    note TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    PRIMARY KEY (report_id, delegation_id)
);
CREATE INDEX progress_confirmations_by_delegation ON progress_confirmations (delegation_id, answer);

-- A good practice that a finished action has become.
CREATE TABLE practice_origins (
    practice_id TEXT PRIMARY KEY NOT NULL REFERENCES submissions (id),
    action_id TEXT NOT NULL REFERENCES submissions (id)
);
CREATE INDEX practice_origins_by_action ON practice_origins (action_id);
