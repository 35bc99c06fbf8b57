-- From which submission of an earlier session a draft was copied, and from which of its revisions.
CREATE TABLE submission_copies (
    submission_id TEXT PRIMARY KEY NOT NULL REFERENCES submissions (id),
    source_id TEXT NOT NULL REFERENCES submissions (id),
    source_revision INTEGER NOT NULL,
    copied_at TIMESTAMP NOT NULL
);
CREATE INDEX submission_copies_by_source ON submission_copies (source_id);
