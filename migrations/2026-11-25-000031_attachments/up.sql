-- A file attached to a submission. The row comes before its file and goes before it: `arriving` while parts come in, `whole`
-- once the file stands in the store, `removed` afterwards; `store_key` is empty when nothing is in the store any more.
CREATE TABLE attachments (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('arriving', 'whole', 'removed')),
    content TEXT CHECK (content IN ('pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'png', 'jpeg', 'text', 'csv')),
    size_bytes BIGINT,
    received_bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    store_key TEXT NOT NULL,
    mark TEXT NOT NULL,
    is_public BOOLEAN NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    removed_by TEXT REFERENCES accounts (id),
    removed_at TIMESTAMP
);
CREATE INDEX attachments_by_submission ON attachments (submission_id);
CREATE INDEX attachments_by_state ON attachments (state);

-- The parts of a file that has not arrived whole, each a file of its own in the store.
CREATE TABLE attachment_parts (
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    start_byte BIGINT NOT NULL,
    length_bytes BIGINT NOT NULL,
    store_key TEXT NOT NULL,
    PRIMARY KEY (attachment_id, start_byte)
);
