-- How many days before its first day a session should have reached a milestone; without rows the standard holds.
CREATE TABLE lead_times (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    milestone TEXT NOT NULL CHECK (milestone IN ('submissions-open', 'submissions-close', 'screening-ends', 'parity-reached', 'reviews-end', 'ballots-open', 'ballots-close')),
    days INTEGER NOT NULL CHECK (days >= 0),
    PRIMARY KEY (session_id, milestone)
);
