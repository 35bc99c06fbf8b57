-- A round of changes that the secretariat proposes to a text. `base_revision` is the revision that it was written against;
-- `revision` is the one that what was confirmed became; `is_shared` says whether others than the delegation could read the
-- text when that was made.
CREATE TABLE edit_rounds (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    number INTEGER NOT NULL,
    base_revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'answered', 'taken-back')),
    note TEXT NOT NULL,
    edition INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    started_at TIMESTAMP NOT NULL,
    proposed_at TIMESTAMP,
    answered_by TEXT REFERENCES accounts (id),
    answered_at TIMESTAMP,
    revision INTEGER,
    is_shared BOOLEAN NOT NULL,
    UNIQUE (submission_id, number)
);

-- What changes in a round, question by question, and what the delegation says to each.
CREATE TABLE edits (
    round_id TEXT NOT NULL REFERENCES edit_rounds (id),
    question TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('confirmed', 'declined')),
    reason TEXT NOT NULL,
    PRIMARY KEY (round_id, question)
);

-- The texts proposed in a round: those that differ from the revision it was written against, empty where one is taken away.
CREATE TABLE edited_answers (
    round_id TEXT NOT NULL REFERENCES edit_rounds (id),
    question TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'ru', 'zxx')),
    text TEXT NOT NULL,
    PRIMARY KEY (round_id, question, language)
);

-- How many rounds a session allows for each text; without a row the standard holds.
CREATE TABLE edit_limits (
    session_id TEXT PRIMARY KEY NOT NULL REFERENCES sessions (id),
    rounds_max INTEGER NOT NULL CHECK (rounds_max >= 0)
);
