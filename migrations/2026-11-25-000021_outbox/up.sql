-- A mail to one recipient, written in the transaction of the act that it tells of. `facts` holds what it says as data;
-- `subject` and `body` hold its exact text once it was handed to the mail server. `secret_seed` is that of the link in
-- it: with the key of the installation it makes the link, without it nothing.
CREATE TABLE messages (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'password-link', 'new-sign-in', 'second-factor', 'clearance-requested', 'confirmation-asked', 'clearance-step', 'sent-back', 'submitted', 'handed-in-late', 'admitted', 'kept-informal', 'returned', 'accepted', 'not-retained', 'merged', 'edits-proposed', 'edits-answered', 'reviewer-appointed', 'reviews-opened', 'reviews-assigned', 'credentials-accepted', 'credentials-returned', 'ballot-opened', 'paper-entered', 'paper-contested', 'ballot-certified', 'programme-adopted', 'decision-opened', 'objection-raised', 'amendment-taken-in', 'silence-started', 'silence-extended', 'silence-broken', 'vote-asked', 'decision-concluded', 'progress-asked', 'progress-answered', 'progress-due', 'submissions-closing', 'reviews-closing', 'ballot-closing', 'consent-asked', 'consent-asked-again', 'consent-answered', 'country-removed', 'co-sponsor-invited', 'co-sponsor-asked-again', 'co-sponsor-answered', 'clarification-asked', 'clarification-answered', 'consents-open', 'co-sponsors-open', 'clarifications-open', 'digest')),
    account_id TEXT REFERENCES accounts (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    capacity TEXT NOT NULL,
    delegation_id TEXT REFERENCES delegations (id),
    language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
    facts TEXT NOT NULL,
    link TEXT NOT NULL,
    secret_seed TEXT NOT NULL,
    asks BOOLEAN NOT NULL,
    in_digest BOOLEAN NOT NULL,
    digest_id TEXT REFERENCES messages (id),
    unique_key TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'gathered', 'failed', 'given-up')),
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    sent_at TIMESTAMP,
    claimed_by TEXT,
    claimed_until TIMESTAMP
);
CREATE INDEX messages_by_state ON messages (state, due_at);
CREATE INDEX messages_by_account ON messages (account_id);
CREATE INDEX messages_by_digest ON messages (digest_id);

-- How an account wants its mails; without a row at once.
CREATE TABLE mail_choices (
    account_id TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    pace TEXT NOT NULL CHECK (pace IN ('at-once', 'daily'))
);

-- Addresses for which a new password was asked, whether or not an account has them: answered in the background, so that
-- asking takes as long for one as for the other.
CREATE TABLE password_requests (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);
