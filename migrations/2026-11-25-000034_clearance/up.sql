-- The steps that a delegation sets before the clearance by its head, in order; without any the head is asked at once.
CREATE TABLE clearance_steps (
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 5),
    name_en TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    capacity TEXT NOT NULL CHECK (capacity IN ('delegate', 'alternate', 'head')),
    PRIMARY KEY (delegation_id, position)
);

-- Who takes a step; nobody named means anybody of its capacity.
CREATE TABLE clearance_step_people (
    delegation_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (delegation_id, position, account_id),
    FOREIGN KEY (delegation_id, position) REFERENCES clearance_steps (delegation_id, position)
);

-- The steps of one text, as they stood when its clearance was asked; a text that changes on its way begins a new round.
CREATE TABLE clearances (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    round INTEGER NOT NULL,
    position INTEGER NOT NULL,
    request_id TEXT NOT NULL REFERENCES submission_acts (id),
    name_en TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    capacity TEXT NOT NULL CHECK (capacity IN ('delegate', 'alternate', 'head')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'passed', 'returned')),
    account_id TEXT REFERENCES accounts (id),
    note TEXT NOT NULL,
    began_at TIMESTAMP NOT NULL,
    acted_at TIMESTAMP,
    PRIMARY KEY (submission_id, round, position)
);

CREATE TABLE clearance_people (
    submission_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    position INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (submission_id, round, position, account_id),
    FOREIGN KEY (submission_id, round, position) REFERENCES clearances (submission_id, round, position)
);
