-- Papers that the secretariat entered from a record made in the room. Each is for its delegation to confirm or contest;
-- what it gives as a reason is between the two.
CREATE TABLE hand_papers (
    paper_id TEXT PRIMARY KEY NOT NULL REFERENCES ballot_papers (id),
    source TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('entered', 'confirmed', 'contested', 'taken-out')),
    reason TEXT NOT NULL,
    answered_by TEXT REFERENCES accounts (id),
    answered_at TIMESTAMP
);
