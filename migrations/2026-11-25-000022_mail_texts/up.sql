-- What the secretariat lets a mail say instead of the standard text; `{reference}` and the like stand for facts.
CREATE TABLE mail_texts (
    kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    edition INTEGER NOT NULL,
    edited_by TEXT NOT NULL REFERENCES accounts (id),
    edited_at TIMESTAMP NOT NULL,
    PRIMARY KEY (kind, language)
);
