CREATE TABLE submissions (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('practice', 'action')),
    session_id TEXT NOT NULL REFERENCES sessions (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    number INTEGER NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'awaiting-clearance', 'submitted', 'under-review', 'returned',
        'accepted', 'not-retained', 'withdrawn', 'merged', 'late', 'informal')),
    questionnaire_id TEXT NOT NULL REFERENCES questionnaires (id),
    original_language TEXT NOT NULL CHECK (original_language IN ('en', 'ru')),
    revision INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_ru TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    summary_ru TEXT NOT NULL,
    theme TEXT,
    main_target TEXT,
    first_year INTEGER,
    last_year INTEGER,
    cost_total BIGINT,
    currency TEXT,
    staff_weeks BIGINT,
    search_text TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    published_at TIMESTAMP,
    UNIQUE (session_id, kind, delegation_id, number)
);
CREATE INDEX submissions_by_session ON submissions (session_id, kind, state);
CREATE INDEX submissions_published ON submissions (kind, published_at);

CREATE TABLE submission_tags (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    list TEXT NOT NULL CHECK (list IN ('country', 'target', 'theme', 'tfa', 'survey', 'ntm')),
    code TEXT NOT NULL,
    PRIMARY KEY (submission_id, list, code)
);
CREATE INDEX submission_tags_by_code ON submission_tags (list, code);

CREATE TABLE compiled_sources (
    submission_id TEXT PRIMARY KEY NOT NULL REFERENCES submissions (id),
    source_key TEXT NOT NULL,
    period TEXT NOT NULL,
    source_state TEXT NOT NULL,
    source_title TEXT NOT NULL,
    source_url TEXT NOT NULL,
    source_date TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    confidence TEXT NOT NULL,
    taken_over_at TIMESTAMP
);

CREATE TABLE revisions (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    number INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (submission_id, number)
);

CREATE TABLE answers (
    submission_id TEXT NOT NULL,
    question TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'ru', 'zxx')),
    revision INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (submission_id, question, language, revision),
    FOREIGN KEY (submission_id, revision) REFERENCES revisions (submission_id, number)
);
CREATE INDEX answers_standing ON answers (submission_id, replaced_in);

CREATE TABLE submission_acts (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    event TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    note TEXT NOT NULL,
    acted_at TIMESTAMP NOT NULL
);
CREATE INDEX submission_acts_by_submission ON submission_acts (submission_id);

CREATE TABLE comments (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    act_id TEXT NOT NULL REFERENCES submission_acts (id),
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX comments_by_submission ON comments (submission_id);
