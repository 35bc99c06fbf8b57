-- A filter of the list of submissions that an account keeps under a name; a shared one is offered to the whole secretariat.
CREATE TABLE saved_filters (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    session_id TEXT NOT NULL REFERENCES sessions (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    is_shared BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX saved_filters_by_session ON saved_filters (session_id, account_id);
