-- What the secretariat can carry in each half-year of a session's programme; a number that is not set is not limited.
CREATE TABLE capacities (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    in_year INTEGER NOT NULL,
    half INTEGER NOT NULL CHECK (half >= 1 AND half <= 2),
    staff_weeks INTEGER CHECK (staff_weeks >= 0),
    missions INTEGER CHECK (missions >= 0),
    money BIGINT CHECK (money >= 0),
    currency TEXT NOT NULL,
    PRIMARY KEY (session_id, in_year, half)
);
