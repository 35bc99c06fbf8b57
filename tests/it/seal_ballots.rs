//! What a ballot paper says is nowhere before its ballot is certified: whatever a delegation votes, nobody else's pages
//! change, and no line of the audit trail.

use chrono::TimeDelta;
use speca::accounts::Office;
use speca::audit;
use speca::policy::Capacity;
use speca::sessions::Session;

use crate::ballots::{BALLOT, OPTIONS, abstain, opened, paper, send, stage, step};
use crate::on_each_database;
use crate::support::{Actor, TestApp};

const OBJECTION: &str = "Our budget law does not allow this.";

/// Replaces what is random on each page: tokens, seeds and digests.
fn steady(body: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    let mut steady = String::new();
    let mut run = String::new();
    for c in body.chars().chain(['\n']) {
        if is_digit(c) {
            run.push(c);
            continue;
        }
        steady.push_str(if run.len() >= 12 { "#" } else { &run });
        run.clear();
        steady.push(c);
    }
    steady
}

/// Everybody but the delegation that votes.
pub fn others<'a>(app: &'a TestApp, session: &Session) -> Vec<(&'static str, Actor<'a>)> {
    vec![
        ("visitor", app.visitor()),
        ("secretariat", app.secretariat()),
        ("chair", app.office(Office::Chair)),
        ("administrator", app.office(Office::Administrator)),
        ("reviewer", app.reviewer(&session.id, None)),
        ("head", app.head("KGZ")),
        ("alternate", app.delegate("KGZ", Capacity::Alternate)),
        ("delegate", app.delegate("KGZ", Capacity::Delegate)),
        ("observer", app.delegate("KGZ", Capacity::Observer)),
        ("own observer", app.delegate("KAZ", Capacity::Observer)),
    ]
}

pub fn paths() -> Vec<String> {
    let fixed = [
        "/",
        "/audit",
        "/account",
        "/library",
        "/sessions",
        "/sessions/15",
        "/sessions/15/ballots",
        "/sessions/15/submissions",
        "/sessions/15/ranking",
        "/sessions/15/programme",
        "/sessions/15/papers",
        "/sessions/15/papers/practices",
        "/sessions/15/papers/result.docx",
        "/sessions/15/exports",
        "/sessions/15/exports/ballots.csv",
        "/sessions/15/exports/votes.csv",
        "/sessions/15/exports/objections.csv",
        "/sessions/15/exports/sense-checks.csv",
        "/sessions/15/exports/clarifications.csv",
        "/sessions/15/exports/duplicates.csv",
        "/sessions/15/exports/matches.csv",
        "/sessions/15/exports/pending.csv",
        "/sessions/15/exports/remarks.csv",
        "/exports/audit.csv",
    ];
    let ballot = [
        "",
        "/paper",
        "/paper.xlsx",
        "/paper/blank",
        "/paper/upload",
        "/edit",
        "/result",
        "/result/sure",
        "/ballots.csv",
        "/ballots.preflib",
        "/ballots.pabulib",
        "/result?lang=ru",
    ];
    let options = OPTIONS.iter().map(|option| format!("/submissions/{option}"));
    let called = ["", "/paper", "/result", "/papers"].map(|end| format!("/api/v1{BALLOT}{end}"));
    let files =
        ["ballots", "result", "ballot-list", "turnout"].map(|file| format!("/api/v1/sessions/15/exports/{file}"));
    fixed
        .map(str::to_owned)
        .into_iter()
        .chain(ballot.map(|end| format!("{BALLOT}{end}")))
        .chain(options)
        .chain(called)
        .chain(files)
        .collect()
}

/// What two papers of Kazakhstan say.
enum Content {
    Ranked,
    Abstains,
}

/// A page as somebody sees it: who, where, how it was answered, and what was there.
type Seen = (&'static str, String, u16, String);

/// Lets Kazakhstan vote and returns all that others see while the ballot is open, over and closed, and the trail.
async fn seen(app: &TestApp, content: &Content) -> (Vec<Seen>, String) {
    let session = stage(app);
    let secretariat = app.secretariat();
    opened(&secretariat, &[]).await;
    let head = app.head("KAZ");
    match content {
        Content::Ranked => {
            let mut fields = paper("0", "4 - 5", "confirm");
            fields.push((format!("objection|{}", OPTIONS[1]), OBJECTION.to_owned()));
            send(&head, &fields).await.expect(303);
        }
        Content::Abstains => abstain(&head).await,
    }
    let own = head.get(&format!("{BALLOT}/paper")).await.expect(200);
    let receipt = own.body.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).expect("receipt");
    let mut all = Vec::new();
    for round in ["open", "over", "closed"] {
        match round {
            "over" => app.pass(TimeDelta::hours(28)),
            "closed" => drop(step(app, &secretariat, &session, "close").await.expect(303)),
            _ => {}
        }
        for (who, actor) in others(app, &session) {
            for path in paths() {
                let page = actor.get(&path).await;
                let is_result = path.ends_with(&format!("{BALLOT}/result")) || path.contains("/result?");
                let is_counted = who == "secretariat" && round == "closed" && is_result;
                for secret in [receipt, OBJECTION, "sha256:"] {
                    assert!(!page.body.contains(secret), "{who} sees `{secret}` at {path}:\n{}", page.body);
                }
                if path.contains("/result") && !is_counted || path.contains("ballots/1/ballots.") {
                    assert_eq!(page.status.code, 404, "{who} at {path} while {round}");
                } else if is_counted {
                    assert_eq!(page.status.code, 200, "{who} at {path} while {round}");
                    continue;
                }
                all.push((who, format!("{round} {path}"), page.status.code, steady(&page.body)));
            }
        }
    }
    let (lines, _) = app.db.read_here(|conn| audit::newest(conn, 0, 1000)).expect("trail");
    let trail: Vec<String> =
        lines.iter().map(|line| format!("{} {} {}", line.act, line.subject, steady(&line.detail))).collect();
    assert!(lines.iter().all(|line| !line.detail.contains(receipt) && !line.detail.contains("sha256")));

    step(app, &secretariat, &session, "certify").await.expect(303);
    let result = app.visitor().get(&format!("{BALLOT}/result")).await.expect(200).sees(receipt).sees("sha256:");
    match content {
        Content::Ranked => result.sees(OBJECTION).sees("<td class=\"\">5</td>"),
        Content::Abstains => result.sees("abst."),
    };
    (all, trail.join("\n"))
}

on_each_database! {
    async fn nothing_that_others_see_depends_on_what_a_delegation_votes(app: TestApp) {
        let (ranked, ranked_trail) = seen(&app, &Content::Ranked).await;
        let (abstains, abstains_trail) = seen(&TestApp::on_sqlite().await, &Content::Abstains).await;
        assert_eq!(ranked.len(), abstains.len());
        for (one, other) in ranked.iter().zip(&abstains) {
            assert_eq!(one, other);
        }
        assert_eq!(ranked_trail, abstains_trail);
    }
}

on_each_database! {
    async fn a_ballot_that_was_called_off_keeps_its_papers_sealed(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        let mut fields = paper("0", "4 - 5", "confirm");
        fields.push((format!("objection|{}", OPTIONS[1]), OBJECTION.to_owned()));
        let head = app.head("KAZ");
        send(&head, &fields).await.expect(303);
        step(&app, &secretariat, &session, "cancel").await.expect(303);
        for (_, actor) in others(&app, &session) {
            for path in paths() {
                actor.get(&path).await.lacks(OBJECTION);
            }
            actor.get(&format!("{BALLOT}/result")).await.expect(404);
        }
        // The delegation itself still finds its own paper.
        head.get(&format!("{BALLOT}/paper")).await.expect(200).sees(OBJECTION);
    }
}
