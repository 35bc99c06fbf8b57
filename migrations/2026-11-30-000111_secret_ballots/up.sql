-- With a number a ballot is secret, and its counts are published from that many papers on; without one it is recorded.
ALTER TABLE ballots ADD COLUMN fewest_papers INTEGER;
ALTER TABLE electorate ADD COLUMN has_voted BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE electorate SET has_voted = TRUE WHERE EXISTS (
    SELECT 1 FROM ballot_papers p
    WHERE p.ballot_id = electorate.ballot_id AND p.delegation_id = electorate.delegation_id AND p.confirmed_at IS NOT NULL
);

-- The papers of a secret ballot: one text for them all, sorted by what they say, so that no row, order or time tells whose
-- a paper is.
CREATE TABLE ballot_urns (
    ballot_id TEXT PRIMARY KEY NOT NULL REFERENCES ballots (id),
    papers TEXT NOT NULL
);
