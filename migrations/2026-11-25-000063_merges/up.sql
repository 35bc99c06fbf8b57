-- A submission joined to another of the same kind; a merge that was taken back keeps its row.
CREATE TABLE merges (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    into_id TEXT NOT NULL REFERENCES submissions (id),
    into_revision INTEGER NOT NULL,
    note TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    merged_at TIMESTAMP NOT NULL,
    unmerged_at TIMESTAMP
);
CREATE INDEX merges_by_submission ON merges (submission_id);
CREATE INDEX merges_by_into ON merges (into_id);
