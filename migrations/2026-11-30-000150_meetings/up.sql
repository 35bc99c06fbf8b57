-- The letters in which governments say who represents them at a session. `letter` is the file itself in base64; it is empty once
-- the person whom the letter names has been erased.
CREATE TABLE credentials (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    state TEXT NOT NULL CHECK (state IN ('handed-in', 'accepted', 'returned')),
    head_id TEXT NOT NULL REFERENCES accounts (id),
    valid_from_on DATE NOT NULL,
    valid_until_on DATE,
    file_name TEXT NOT NULL,
    content TEXT NOT NULL CHECK (content IN ('pdf', 'docx', 'png', 'jpeg')),
    size_bytes BIGINT NOT NULL,
    letter TEXT NOT NULL,
    comment TEXT NOT NULL,
    handed_in_by TEXT NOT NULL REFERENCES accounts (id),
    handed_in_at TIMESTAMP NOT NULL,
    examined_by TEXT REFERENCES accounts (id),
    examined_at TIMESTAMP
);
CREATE INDEX credentials_by_session ON credentials (session_id, delegation_id);

-- The meetings of a session, each by its day and the part of it, and the delegations that were present.
CREATE TABLE meetings (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    held_on DATE NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('morning', 'afternoon', 'evening')),
    noted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, held_on, part)
);

CREATE TABLE attendances (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    held_on DATE NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('morning', 'afternoon', 'evening')),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    PRIMARY KEY (session_id, held_on, part, delegation_id)
);
