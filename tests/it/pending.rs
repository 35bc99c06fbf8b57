//! Outcomes that the secretariat prepares: nobody else sees them before they are applied and mailed together.

use diesel::prelude::*;
use rocket::http::Method;
use speca::accounts::Office;
use speca::db::StoreError;
use speca::db::schema::messages;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::submissions::{State, Submission, pending};

use crate::on_each_database;
use crate::submissions::{act, stored};
use crate::support::{Actor, Page, TestApp};

/// Words that occur nowhere but in what is prepared.
const SECRET: &str = "Zarafshan";

async fn prepare(actor: &Actor<'_>, of: &Submission, event: &str, fields: &[(&str, &str)]) -> Page {
    let revision = stored(actor.app, &of.reference).0.revision.to_string();
    let mut all = vec![("revision", revision.as_str()), ("event", event)];
    all.extend_from_slice(fields);
    actor.post(&format!("/submissions/{}/pending", of.reference), &all).await
}

fn mails(app: &TestApp) -> Vec<String> {
    app.db
        .read_here(|conn| -> Result<Vec<String>, StoreError> {
            Ok(messages::table.order(messages::id.asc()).select(messages::kind).load(conn)?)
        })
        .expect("messages")
}

fn prepared(app: &TestApp, of: &Submission) -> Option<pending::Outcome> {
    let id = of.id.clone();
    app.db.read_here(move |conn| pending::store::of(conn, &id)).expect("outcome")
}

fn edition(app: &TestApp, of: &Submission) -> String {
    format!("{}@{}", of.reference, prepared(app, of).map_or(0, |one| one.edition))
}

on_each_database! {
    async fn what_is_prepared_reaches_nobody_outside_the_secretariat(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let action = app.submission(&session, "KAZ", Kind::Action, State::UnderReview, "Title");
        let others = [
            app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate), app.delegate("KAZ", Capacity::Observer),
            app.head("UZB"), app.reviewer(&session.id, None), app.office(Office::Chair), app.office(Office::Administrator),
            app.visitor(),
        ];
        let pages = [
            format!("/submissions/{}", action.reference),
            format!("/submissions/{}/history", action.reference),
            format!("/submissions/{}/screen", action.reference),
            "/sessions/15/submissions?delegation=all".to_owned(),
            "/sessions/15/submissions/list.csv?delegation=all".to_owned(),
            "/sessions/15/similar?title=Title".to_owned(),
            "/sessions/15/desk".to_owned(),
            "/sessions/15/pending".to_owned(),
            "/sessions/15".to_owned(),
            "/library".to_owned(),
            "/audit".to_owned(),
            "/outbox".to_owned(),
            "/exports".to_owned(),
            "/".to_owned(),
        ];
        let read = async || {
            let mut bodies = Vec::new();
            for actor in &others {
                for page in &pages {
                    let answer = actor.get(page).await;
                    bodies.push((page.clone(), answer.status.code, answer.body));
                }
            }
            bodies
        };
        let before = read().await;
        let mails_before = mails(&app);
        prepare(&secretariat, &action, "not-retain", &[("note", SECRET), ("comment.title", SECRET)]).await.expect(303);
        for ((page, code, earlier), (_, code_now, body)) in before.iter().zip(read().await) {
            assert_eq!((page, *code), (page, code_now));
            assert!(!body.contains(SECRET), "{page} shows what is said");
            for word in ["not-retain", "Not retained", "Not applied yet", "Prepared outcomes", "Outcome prepared"] {
                assert_eq!(body.matches(word).count(), earlier.matches(word).count(), "{page} tells of {word}");
            }
        }
        assert_eq!(mails(&app), mails_before, "nothing is mailed");
        assert_eq!(stored(&app, &action.reference).0.state, State::UnderReview);
        let head = app.head("KAZ");
        head.new_api_token(&[speca::api::Scope::Read]);
        for page in ["", "/history"] {
            let answer = head.call(Method::Get, &format!("/api/v1/submissions/{}{page}", action.reference), &[], "").await;
            assert!(!answer.body.contains(SECRET) && !answer.body.contains("not-retain"), "{}", answer.body);
        }

        // The secretariat sees it, with everything that was typed, and changes it at will.
        let page = app.secretariat().get(&format!("/submissions/{}/screen", action.reference)).await.expect(200);
        assert_eq!(page.body.matches(SECRET).count(), 2, "note and comment are back in their fields");
        page.sees("Not applied yet");
        secretariat.get("/sessions/15/pending").await.expect(200).sees(SECRET).sees("Apply 1 outcome");
        secretariat.get("/sessions/15/desk").await.expect(200).sees("1 text whose outcome is prepared");
        prepare(&secretariat, &action, "accept", &[]).await.expect(303);
        assert_eq!(prepared(&app, &action).map(|one| (one.event.code(), one.note, one.edition)), Some(("accept", String::new(), 2)));
        let lines = app.db.read_here(|conn| speca::audit::newest(conn, 0, 10)).expect("trail").0;
        assert!(lines.iter().filter(|line| line.act == "pending.prepare").all(|line| line.detail == "{}"), "administrators read the trail");
        prepare(&app.head("KAZ"), &action, "accept", &[]).await.expect(403);
        prepare(&app.head("UZB"), &action, "accept", &[]).await.expect(404);
    }
}

on_each_database! {
    async fn everything_prepared_is_applied_and_mailed_in_one_act_and_what_changed_is_passed_over_by_name(app: TestApp) {
        let session = app.session();
        let (secretariat, kaz, uzb) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        let make = |code, kind, title| app.submission(&session, code, kind, State::UnderReview, title);
        let [accepted, returned, retained] =
            [make("KAZ", Kind::Action, "A"), make("UZB", Kind::Action, "B"), make("TJK", Kind::Practice, "C")];
        let [withdrawn, changed] = [make("KAZ", Kind::Practice, "D"), make("KGZ", Kind::Action, "E")];
        prepare(&secretariat, &accepted, "accept", &[]).await.expect(303);
        prepare(&secretariat, &returned, "return", &[("note", "See the comments"), ("comment.title", "Verb first")]).await.expect(303);
        prepare(&secretariat, &retained, "not-retain", &[("note", "Outside the mandate")]).await.expect(303);
        prepare(&secretariat, &withdrawn, "accept", &[]).await.expect(303);
        prepare(&secretariat, &changed, "accept", &[]).await.expect(303);
        let all = [&accepted, &returned, &retained, &withdrawn, &changed];
        let shown: Vec<String> = all.iter().map(|one| edition(&app, one)).collect();
        let page = secretariat.get("/sessions/15/pending").await.expect(200);
        page.sees("Apply 5 outcomes").sees("3 texts are accepted").sees("1 text is returned").sees(&retained.reference);
        let before = mails(&app).len();

        // Meanwhile one is withdrawn, and a colleague decides otherwise about another.
        act(&kaz, &withdrawn.reference, "withdraw", &[]).await.expect(303);
        prepare(&app.secretariat(), &changed, "not-retain", &[("note", "Too costly")]).await.expect(303);
        let fields: Vec<(&str, &str)> = shown.iter().map(|value| ("shown", value.as_str())).collect();
        kaz.post("/sessions/15/pending", &fields).await.expect(404);
        secretariat.post("/sessions/15/pending", &fields).await.expect(303);
        let states: Vec<State> = all.iter().map(|one| stored(&app, &one.reference).0.state).collect();
        assert_eq!(states, [State::Accepted, State::Returned, State::NotRetained, State::Withdrawn, State::UnderReview]);
        let mut sent = mails(&app).split_off(before);
        sent.retain(|kind| ["accepted", "returned", "not-retained"].contains(&kind.as_str()));
        sent.sort();
        sent.dedup();
        // Of the delegations concerned, those with somebody at home are told; nothing is told of what was passed over.
        assert_eq!(sent, ["accepted", "returned"]);
        let page = secretariat.get("/sessions/15/pending").await.expect(200);
        page.sees("Apply 1 outcome").sees("Too costly").sees("no longer under review").sees(&withdrawn.reference).lacks(&accepted.reference);
        let lines = app.db.read_here(|conn| speca::audit::newest(conn, 0, 40)).expect("trail").0;
        let applied = lines.iter().find(|line| line.act == "pending.apply").expect("one line for the whole");
        assert!(applied.detail.contains(&withdrawn.reference) && applied.detail.contains(&changed.reference));
        uzb.get(&format!("/submissions/{}", returned.reference)).await.expect(200).sees("Verb first").sees("See the comments");

        // The same page pressed twice does nothing more.
        secretariat.post("/sessions/15/pending", &fields).await.expect(409).sees("Nothing was applied");
        let (forget, of) = ("/sessions/15/pending/forget", [("reference", withdrawn.reference.as_str())]);
        kaz.post(forget, &of).await.expect(404);
        secretariat.post(forget, &of).await.expect(303);
        secretariat.post(forget, &of).await.expect(409).sees("Nothing is prepared for it");
        secretariat.get("/sessions/15/pending").await.expect(200).lacks(&withdrawn.reference);
    }
}

on_each_database! {
    async fn what_cannot_be_done_is_not_prepared_and_nothing_typed_is_lost(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let action = app.submission(&session, "KAZ", Kind::Action, State::UnderReview, "Title");
        let typed = [("comment.risks", "Kept here")];
        prepare(&secretariat, &action, "not-retain", &typed).await.expect(422).sees("Kept here");
        prepare(&secretariat, &action, "", &typed).await.expect(422).sees("Kept here");
        prepare(&secretariat, &action, "withdraw", &typed).await.expect(422);
        let stale = [("revision", "9"), ("event", "accept"), ("note", "Kept here")];
        secretariat.post(&format!("/submissions/{}/pending", action.reference), &stale).await.expect(409).sees("Kept here");
        assert_eq!(prepared(&app, &action), None);
        // What is done by itself is no longer prepared.
        prepare(&secretariat, &action, "return", &typed).await.expect(303);
        act(&secretariat, &action.reference, "accept", &[]).await.expect(303);
        assert_eq!(prepared(&app, &action), None);
        let other = app.submission(&session, "UZB", Kind::Action, State::Submitted, "Other");
        prepare(&secretariat, &other, "accept", &[]).await.expect(409);
    }
}
