//! Which office opens what, where it matters: who reads a page, what it then shows, or a picture of it. Other pages need no row;
//! what only comes into being by acts stands in `rooms`.

/// Pages, each with the name under which its pictures are kept; empty where none is. A part of an address that the
/// demonstration does not know beforehand stands as in its route; [`WAYS`] says where it is found.
pub type Pages = &'static [(&'static str, &'static str)];

/// An address without a page.
pub const NOWHERE: &str = "/no-such-page";

/// Where a page is found whose address is not known beforehand: its route, a page, and the link on that page.
pub const WAYS: &[(&str, &str, &str)] = &[
    ("/accounts/<id>/erase", "/accounts", "main a[href$=\"/erase\"]"),
    ("/outbox/<id>", "/outbox", "main th a[href^=\"/outbox/\"]"),
    ("/submissions/<reference>/merge", "/sessions/15/duplicates", "main a[href*=\"/merge?\"]"),
    ("/submissions/<reference>/progress", "/sessions/15/progress", "main a.reference"),
    ("/submissions/<reference>/progress/report", "/sessions/15/progress", "main a.reference"),
    (
        "/sessions/<session>/decisions/<number>/objections/<id>/amend",
        "/sessions/15/decisions/2",
        "main a[href$=\"/amend\"]",
    ),
];

pub const VISITOR: Pages = &[
    ("/", "start"),
    ("/sign-in", ""),
    ("/library", "library"),
    ("/library?q=trade&kind=practice", ""),
    ("/library?q=nothing-like-this", ""),
    ("/library/GP-KGZ-2020-001", "library-entry"),
    ("/library/GP-UZB-2020-001", ""),
    ("/sessions", ""),
    ("/sessions/15", "session"),
    ("/sessions/15/questionnaires/practice", ""),
    ("/sessions/15/questionnaires/action", "questionnaire"),
    ("/sessions/15/papers", "papers"),
    ("/sessions/15/papers/practices", ""),
    ("/sessions/15/papers/result", "paper-result"),
    ("/sessions/15/papers/progress", "paper-progress"),
    ("/sessions/14/ballots/1/result", ""),
    ("/api", ""),
    ("/guides", "guides"),
    ("/guides/head/vote", "guide"),
    (NOWHERE, ""),
    ("/sign-in/forgotten", ""),
    ("/accessibility", "accessibility"),
];

pub const OBSERVER: Pages = &[
    ("/", ""),
    ("/sessions/15", ""),
    ("/sessions/15/submissions", ""),
    ("/submissions/PA-KAZ-2020-001", ""),
    ("/sessions/15/ballots", ""),
    ("/account", ""),
];

pub const DELEGATE: Pages = &[
    ("/", ""),
    ("/sessions/15/submissions", ""),
    ("/sessions/15/submissions/new?kind=action", ""),
    ("/sessions/15/submissions/new?kind=practice", ""),
    ("/submissions/GP-KAZ-2020-005", ""),
    ("/sessions/15/ballots/2", ""),
    ("/account", "account"),
    ("/account/password", ""),
    ("/account/tokens", ""),
];

pub const HEAD: Pages = &[
    ("/account/second-factor", "second-factor"),
    ("/", "head-start"),
    ("/sessions/15", ""),
    ("/submissions/GP-KAZ-2020-005", "awaiting-clearance"),
    ("/submissions/GP-KAZ-2020-005/edit", ""),
    ("/submissions/GP-KAZ-2020-005/attachments", "files"),
    ("/submissions/GP-KAZ-2020-005/history", ""),
    ("/submissions/PA-KAZ-2020-001", ""),
    ("/submissions/PA-AZE-2020-003", ""),
    ("/sessions/15/ballots", ""),
    ("/sessions/15/ballots/2", "ballot"),
    ("/sessions/15/ballots/2/paper", "ballot-paper"),
    ("/sessions/15/ballots/2/paper/upload", "ballot-upload"),
    ("/sessions/15/ballots/2/paper/blank", "ballot-blank"),
    ("/sessions/15/matches", "matches"),
    ("/sessions/15/ballots/1/result", ""),
    ("/sessions/15/decisions", ""),
    ("/sessions/15/decisions/1", "decision"),
    ("/sessions/15/decisions/2", "silence"),
    ("/sessions/15/decisions/2/acts/object", ""),
    ("/sessions/15/exports", ""),
    ("/accounts", ""),
    ("/accounts/invitations/new?to=KAZ", ""),
    ("/submissions/PA-KAZ-2019-001/progress", "progress-action"),
    ("/sessions/15/submissions/earlier", ""),
    ("/delegations/KAZ/clearance", ""),
    ("/account/mail", "mail-pace"),
    ("/sessions/15/credentials/KAZ", "credentials-own"),
    ("/sessions/15/ballots/1/position", "position"),
    ("/submissions/GP-KAZ-2020-005/upload", "submission-upload"),
    ("/submissions/PA-KAZ-2020-001/reviewers-comments", ""),
];

/// An alternate whose delegation has set steps: one text waits for its step.
pub const ALTERNATE: Pages =
    &[("/", ""), ("/submissions/GP-TKM-2020-002", "clearance-steps"), ("/delegations/TKM/clearance", "")];

pub const HEAD_IN_RUSSIAN: Pages = &[
    ("/", "head-start-russian"),
    ("/submissions/PA-KGZ-2020-004", "returned"),
    ("/submissions/PA-KGZ-2020-004/edit", "form"),
    ("/submissions/PA-KGZ-2020-004/languages", "languages"),
    ("/submissions/PA-AZE-2020-003", "agreements"),
    ("/submissions/GP-KGZ-2020-007/edits", "edits-russian"),
    ("/submissions/PA-KGZ-2019-001/progress", "progress-russian"),
    ("/submissions/PA-KGZ-2020-004/history", ""),
    ("/submissions/PA-KGZ-2020-004/compare?from=1&to=2", ""),
    ("/sessions/15/ballots/2/paper", ""),
];

pub const REVIEWER: Pages = &[
    ("/", ""),
    ("/sessions/15/reviews", "reviews"),
    ("/sessions/15/reviews/upload", ""),
    ("/sessions/15/reviews/blank", "review-blank"),
    ("/submissions/PA-KGZ-2020-001/review", "review"),
    ("/submissions/PA-KGZ-2020-001/recusal", ""),
    ("/submissions/PA-KGZ-2020-001", ""),
];

pub const SECRETARIAT: Pages = &[
    ("/", ""),
    ("/sessions/15", ""),
    ("/sessions/15/desk", "desk"),
    ("/sessions/15/credentials/UZB", "letter"),
    ("/sessions/15/edits", "edits"),
    ("/sessions/15/pending", "pending"),
    ("/sessions/15/reviews/assignments", "assignments"),
    ("/sessions/14/progress", "progress"),
    ("/submissions/PA-TKM-2019-001", "merged"),
    ("/sessions/15/bulk", "bulk"),
    ("/sessions/15/duplicates", "duplicates"),
    ("/sessions/15/submissions", "submissions"),
    ("/submissions/PA-UZB-2020-005", ""),
    ("/submissions/PA-UZB-2020-005/screen", "screen"),
    ("/submissions/PA-UZB-2020-005/history", ""),
    ("/submissions/PA-AZE-2020-003/languages", ""),
    ("/sessions/15/ranking", "ranking"),
    ("/sessions/15/ranking/sure", "ranking-sure"),
    ("/sessions/15/reviews", ""),
    ("/sessions/15/programme/scenarios", "scenarios"),
    ("/sessions/15/papers/programme", "paper-programme"),
    ("/sessions/15/papers/decision?lang=ru", ""),
    ("/sessions/15/exports", "exports"),
    ("/sessions/15/imports/practice", ""),
    ("/sessions/15/imports/action", ""),
    ("/outbox", "outbox"),
    ("/outbox/<id>", "mail"),
    ("/outbox/texts", "mail-texts"),
    ("/outbox/texts/accepted/en", "mail-text"),
    ("/sessions/15/edits", "edits-session"),
    ("/sessions/15/pending", ""),
    ("/sessions/15/reviews/assignments?each=2", "assignments"),
    ("/sessions/15/figures", "figures"),
    ("/sessions/15/programme/capacity", "capacity"),
    ("/sessions/15/credentials", "credentials"),
    ("/sessions/15/meetings", "meetings"),
    ("/sessions/15/meetings/new", "meeting-new"),
    ("/submissions/<reference>/merge", "merge"),
];

pub const SECRETARIAT_VOTING: Pages = &[
    ("/sessions/15/ballots", ""),
    ("/sessions/15/ballots/new", "ballot-new"),
    ("/sessions/15/ballots/1", ""),
    ("/sessions/15/ballots/1/result", "ballot-result"),
    ("/sessions/15/ballots/1/result/sure", "ballot-sure"),
    ("/sessions/15/ballots/2", ""),
    ("/sessions/14/ballots/1/result", "ballot-secret"),
    ("/sessions/14/ballots/2/result", "ballot-by-hand"),
    ("/sessions/14/decisions/1", "decision-parts"),
    ("/sessions/15/plenary", "plenary"),
    ("/sessions/15/decisions", "decisions"),
    ("/sessions/15/decisions/2", ""),
    ("/sessions/15/decisions/2/acts/extend-silence", ""),
    ("/sessions/15/decisions/1/roll", ""),
    ("/sessions/15/programme", "programme"),
    ("/sessions/15/programme/edit", "programme-edit"),
    ("/accounts", "accounts"),
    ("/accounts/invitations/new?to=KAZ", ""),
    ("/delegations", ""),
    ("/delegations/KAZ/edit", ""),
    ("/audit", "audit"),
    ("/sessions/15/ballots/2/by-hand", ""),
    ("/sessions/15/decisions/2", ""),
];

pub const CHAIR: Pages = &[
    ("/", ""),
    ("/sessions/15", ""),
    ("/sessions/15/ranking", ""),
    ("/sessions/15/ranking/sure", ""),
    ("/sessions/15/ballots/1/result", ""),
    ("/sessions/15/ballots/2", ""),
    ("/sessions/15/plenary?look=dark", ""),
    ("/sessions/15/programme", ""),
];

pub const ADMINISTRATOR: Pages = &[
    ("/", ""),
    ("/accounts/invitations/new?to=offices", ""),
    ("/accounts", ""),
    ("/audit?page=2", ""),
    ("/delegations", ""),
    ("/outbox", ""),
];
