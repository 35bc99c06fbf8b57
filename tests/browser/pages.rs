//! The pages of every office on the demonstration: each once on a desk and once on a telephone, in both languages, light
//! and dark, with nothing that the rules of accessibility forbid.
//!
//! The tables say which office opens what. Add a page here when a room gets one.

use std::time::Duration;

use speca::demonstration::desks;

use crate::support::{Browser, DESK, Server, Setting, TELEPHONE, journey_within};

/// Longest time for all pages of a test: some two hundred, on a machine that may be busy.
const LONGEST: Duration = Duration::from_mins(10);
/// Width of the narrowest window.
const NARROW: u32 = 360;

/// An address without a page.
const NOWHERE: &str = "/no-such-page";

/// Pages, each with the name under which its pictures are kept; empty where none is.
type Pages = &'static [(&'static str, &'static str)];

const VISITOR: Pages = &[
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
];

const OBSERVER: Pages = &[
    ("/", ""),
    ("/sessions/15", ""),
    ("/sessions/15/submissions", ""),
    ("/submissions/PA-KAZ-2020-001", ""),
    ("/sessions/15/ballots", ""),
    ("/account", ""),
];

const DELEGATE: Pages = &[
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

const HEAD: Pages = &[
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
];

/// An alternate whose delegation has set steps: one text waits for its step.
const ALTERNATE: Pages =
    &[("/", ""), ("/submissions/GP-TKM-2020-002", "clearance-steps"), ("/delegations/TKM/clearance", "")];

const HEAD_IN_RUSSIAN: Pages = &[
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

const REVIEWER: Pages = &[
    ("/", ""),
    ("/sessions/15/reviews", "reviews"),
    ("/sessions/15/reviews/upload", ""),
    ("/sessions/15/reviews/blank", "review-blank"),
    ("/submissions/PA-KGZ-2020-001/review", "review"),
    ("/submissions/PA-KGZ-2020-001/recusal", ""),
    ("/submissions/PA-KGZ-2020-001", ""),
];

const SECRETARIAT: Pages = &[
    ("/", ""),
    ("/sessions/new", ""),
    ("/sessions/15", ""),
    ("/sessions/15/edit", ""),
    ("/sessions/15/windows", ""),
    ("/sessions/15/criteria", ""),
    ("/sessions/15/rules", ""),
    ("/sessions/15/reviewers", ""),
    ("/sessions/15/second-factor", ""),
    ("/sessions/15/desk", "desk"),
    ("/sessions/15/edits", "edits"),
    ("/sessions/15/pending", "pending"),
    ("/sessions/15/reviews/assignments", "assignments"),
    ("/sessions/14/progress", "progress"),
    ("/submissions/PA-TKM-2019-001", "merged"),
    ("/sessions/15/desk/lead-times", ""),
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
];

const SECRETARIAT_VOTING: Pages = &[
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
    ("/sessions/15/decisions/new", ""),
    ("/sessions/15/decisions/2", ""),
    ("/sessions/15/decisions/2/acts/extend-silence", ""),
    ("/sessions/15/decisions/1/roll", ""),
    ("/sessions/15/programme", "programme"),
    ("/sessions/15/programme/edit", "programme-edit"),
    ("/sessions/15/programme/adopt", ""),
    ("/accounts", "accounts"),
    ("/accounts/invitations/new?to=KAZ", ""),
    ("/delegations", ""),
    ("/delegations/new", ""),
    ("/delegations/KAZ/edit", ""),
    ("/audit", "audit"),
];

const CHAIR: Pages = &[
    ("/", ""),
    ("/sessions/15", ""),
    ("/sessions/15/ranking", ""),
    ("/sessions/15/ranking/sure", ""),
    ("/sessions/15/ballots/1/result", ""),
    ("/sessions/15/ballots/2", ""),
    ("/sessions/15/plenary?look=dark", ""),
    ("/sessions/15/programme", ""),
];

const ADMINISTRATOR: Pages = &[
    ("/", ""),
    ("/accounts/invitations/new?to=offices", ""),
    ("/accounts", ""),
    ("/audit?page=2", ""),
    ("/delegations", ""),
];

#[test]
fn visitors_observers_and_delegations_find_every_page_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let mut wrong = Vec::new();
        wrong.extend(walk(&server, "", VISITOR, DESK).await);
        wrong.extend(walk(&server, "observer", OBSERVER, DESK).await);
        wrong.extend(walk(&server, "kaz-delegate", DELEGATE, DESK).await);
        wrong.extend(walk(&server, "kaz-head", HEAD, DESK).await);
        wrong.extend(walk(&server, "tkm-alternate", ALTERNATE, TELEPHONE).await);
        wrong.extend(walk(&server, "kgz-head", HEAD_IN_RUSSIAN, TELEPHONE).await);
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

#[test]
fn offices_of_the_group_find_every_page_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let mut wrong = Vec::new();
        wrong.extend(walk(&server, "secretariat", SECRETARIAT, DESK).await);
        wrong.extend(walk(&server, "secretariat", SECRETARIAT_VOTING, DESK).await);
        wrong.extend(walk(&server, "chair", CHAIR, TELEPHONE).await);
        wrong.extend(walk(&server, "reviewer-1", REVIEWER, DESK).await);
        wrong.extend(walk(&server, "administrator", ADMINISTRATOR, DESK).await);
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

/// Opens the pages of an office twice, as its browser begins, then on the other window and in the other language; returns
/// what is wrong with them.
async fn walk(server: &Server, office: &str, pages: Pages, first: Setting) -> Vec<String> {
    let browser = Browser::start(server, Setting { width: DESK.width, ..first }).await;
    if let Some(desk) = desks().iter().find(|desk| desk.key == office) {
        browser.sign_in_with(&desk.email(), &desk.password()).await;
    }
    let mut wrong = Vec::new();
    let widths = if first.width == DESK.width { [DESK.width, NARROW] } else { [NARROW, DESK.width] };
    for (pass, width) in widths.into_iter().enumerate() {
        if pass > 0 {
            browser.open("/").await;
            browser.switch_language().await;
        }
        for (at, (path, name)) in pages.iter().enumerate() {
            // Each page is seen light on one window and dark on the other.
            let dark = (at + pass) % 2 == 1;
            browser.imitate(width, dark).await;
            browser.open(path).await;
            let status = browser.status().await;
            if status != if *path == NOWHERE { 404 } else { 200 } {
                wrong.push(format!("{office} at {width}: {path} answers {status}"));
            }
            if !name.is_empty() {
                let window = if width == NARROW { "telephone" } else { "desk" };
                browser.picture(&format!("{name}-{window}")).await;
            }
            wrong.extend(browser.faults().await.into_iter().map(|fault| format!("{office} at {width}: {fault}")));
        }
    }
    browser.close().await;
    wrong
}
