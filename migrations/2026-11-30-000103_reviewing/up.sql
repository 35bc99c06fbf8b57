-- Who is asked to review which action; without rows everybody is asked for every action.
CREATE TABLE review_assignments (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    assigned_by TEXT NOT NULL REFERENCES accounts (id),
    assigned_at TIMESTAMP NOT NULL,
    PRIMARY KEY (submission_id, account_id)
);

-- What a review says beside its marks: which text it judged, what it recommends and why, a comment that the delegation reads,
-- a note that the other reviewers read.
CREATE TABLE review_remarks (
    review_id TEXT PRIMARY KEY NOT NULL REFERENCES reviews (id),
    revision INTEGER NOT NULL,
    recommendation TEXT CHECK (recommendation IN ('accept', 'return', 'not-retain')),
    because TEXT NOT NULL,
    to_delegation TEXT NOT NULL,
    note TEXT NOT NULL
);
