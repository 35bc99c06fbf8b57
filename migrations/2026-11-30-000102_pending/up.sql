-- What the secretariat means to do with a submission and has not done: nobody else sees it. `revision` is the text that it was
-- prepared on.
CREATE TABLE pending_outcomes (
    submission_id TEXT PRIMARY KEY NOT NULL REFERENCES submissions (id),
    event TEXT NOT NULL CHECK (event IN ('return', 'accept', 'not-retain')),
    note TEXT NOT NULL,
    revision INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL
);

-- The comments on questions that go with it.
CREATE TABLE pending_comments (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (submission_id, question)
);
