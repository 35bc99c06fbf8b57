CREATE TABLE reviews (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'given')),
    reason TEXT NOT NULL,
    edition INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    given_at TIMESTAMP,
    UNIQUE (submission_id, account_id)
);

CREATE TABLE scores (
    review_id TEXT NOT NULL REFERENCES reviews (id),
    criterion_id TEXT NOT NULL REFERENCES criteria (id),
    mark TEXT NOT NULL CHECK (mark IN ('0', '1', '2', '3', '4', '5', 'needs-information', 'not-applicable')),
    PRIMARY KEY (review_id, criterion_id)
);

CREATE TABLE recusals (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (submission_id, account_id)
);
