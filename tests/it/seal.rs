//! What is sealed reaches nobody who may not see it: every page and file is opened by everybody and searched for it.
//!
//! Each test plants a text that could leak, proves that whoever may see it does, and then walks every route of
//! `access::rows` as everybody else: pages, files, error pages and the audit trail alike.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use speca::accounts::Office;
use speca::db::StoreError;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::reviews::model::mark_field;
use speca::submissions::State;

use crate::access::rows::ROWS;
use crate::access::world::Made;
use crate::clearance;
use crate::decisions;
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::act;
use crate::support::{Actor, TestApp};

/// A text that is nowhere else.
const SEALED: &str = "Sealed words that nobody may read 7431";

/// Opens every page as an actor and returns the addresses that show the sealed text.
async fn leaks(actor: &Actor<'_>, parts: &BTreeMap<&'static str, String>) -> Vec<String> {
    let made = Made::at(parts.clone());
    let mut found = Vec::new();
    for row in ROWS.iter().filter(|row| row.is_page()) {
        let path = row.address(&made, actor);
        let page = actor.get(&path).await;
        let is_said = |text: &str| text.contains(SEALED);
        if is_said(&page.body) || page.headers.iter().any(|(_, value)| is_said(value)) {
            found.push(path);
        }
    }
    found
}

/// Asserts that nobody of a list sees the sealed text anywhere.
async fn nobody_sees(actors: &[(&str, Actor<'_>)], parts: &BTreeMap<&'static str, String>) {
    for (who, actor) in actors {
        let found = leaks(actor, parts).await;
        assert!(found.is_empty(), "{who} sees what is sealed at {}", found.join(", "));
    }
}

on_each_database! {
    async fn a_draft_is_known_to_its_delegation_alone(app: TestApp) {
        let session = app.session();
        let answers = complete_answers(Kind::Practice)
            .with("title", speca::kernel::lang::Lang::En, SEALED)
            .with("title", speca::kernel::lang::Lang::Ru, SEALED);
        let draft = app.submission_with(&session, "UZB", Kind::Practice, State::Draft, &answers);
        let parts = BTreeMap::from([("number", session.number.to_string()), ("reference", draft.reference.clone())]);
        let others = [
            ("a visitor", app.visitor()),
            ("the head of another delegation", app.head("KAZ")),
            ("an observer of the delegation", app.delegate("UZB", Capacity::Observer)),
            ("a reviewer", app.reviewer(&session.id, None)),
            ("the chair", app.office(Office::Chair)),
            ("the secretariat", app.secretariat()),
            ("the administrator", app.office(Office::Administrator)),
        ];
        assert!(!leaks(&app.head("UZB"), &parts).await.is_empty(), "the head of the delegation sees the draft");
        nobody_sees(&others, &parts).await;
    }
}

on_each_database! {
    async fn the_steps_inside_a_delegation_are_known_to_it_alone(app: TestApp) {
        let session = app.session();
        let (head, author) = (app.head("UZB"), app.delegate("UZB", Capacity::Delegate));
        let steps: &[(&str, &str, &str, &[&Actor<'_>])] =
            &[("Expert", "Эксперт", "delegate", &[]), (SEALED, SEALED, "delegate", &[])];
        clearance::set(&head, "UZB", steps).await.expect(303);
        let one = app.submission(&session, "UZB", Kind::Action, State::Draft, "An action");
        let parts = BTreeMap::from([("number", session.number.to_string()), ("reference", one.reference.clone())]);
        act(&author, &one.reference, "request-clearance", &[]).await.expect(303);
        act(&author, &one.reference, "pass-on", &[("note", SEALED)]).await.expect(303);
        let others = [
            ("a visitor", app.visitor()),
            ("the head of another delegation", app.head("KAZ")),
            ("an observer of the delegation", app.delegate("UZB", Capacity::Observer)),
            ("a reviewer", app.reviewer(&session.id, None)),
            ("the chair", app.office(Office::Chair)),
            ("the secretariat", app.secretariat()),
            ("the administrator", app.office(Office::Administrator)),
        ];
        assert!(!leaks(&author, &parts).await.is_empty(), "the delegation sees its own steps");
        nobody_sees(&others, &parts).await;
        act(&author, &one.reference, "pass-on", &[]).await.expect(303);
        act(&head, &one.reference, "clear", &[]).await.expect(303);
        nobody_sees(&others, &parts).await;
    }
}

on_each_database! {
    async fn a_review_that_is_not_given_is_known_to_its_reviewer_alone(app: TestApp) {
        let (parts, reviewer) = reviewed(&app, "draft").await;
        assert!(!leaks(&reviewer, &parts).await.is_empty(), "the reviewer sees the own draft");
        nobody_sees(&others(&app), &parts).await;
        nobody_sees(&[("the secretariat", app.secretariat())], &parts).await;
    }
}

on_each_database! {
    async fn a_given_review_is_known_to_the_secretariat_and_to_who_gave_one(app: TestApp) {
        let (parts, _reviewer) = reviewed(&app, "give").await;
        let seen = leaks(&app.secretariat(), &parts).await;
        for file in ["reviews.csv", "remarks.csv"] {
            assert!(seen.iter().any(|path| path.ends_with(file)), "the secretariat takes what was given in {file}");
        }
        nobody_sees(&others(&app), &parts).await;
    }
}

on_each_database! {
    async fn a_question_for_two_sides_is_known_to_them_and_the_secretariat_alone(app: TestApp) {
        let session = app.session();
        let action = app.accepted_action(&session, "UZB", "An action");
        let parts = BTreeMap::from([("number", session.number.to_string()), ("reference", action.reference.clone())]);
        let asker = app.delegate("KAZ", Capacity::Delegate);
        let fields = [("reach", "secretariat"), ("question", SEALED)];
        asker.post(&format!("/submissions/{}/clarifications", action.reference), &fields).await.expect(303);
        for (who, actor) in [("who asked", asker), ("who answers", app.head("UZB")), ("the secretariat", app.secretariat())] {
            let seen = leaks(&actor, &parts).await;
            assert!(seen.iter().any(|path| path.ends_with("clarifications.csv")), "{who} takes it as a file");
        }
        let others = [
            ("a visitor", app.visitor()),
            ("the head of a third delegation", app.head("TJK")),
            ("an observer of a third delegation", app.delegate("TJK", Capacity::Observer)),
            ("a reviewer", app.reviewer(&session.id, None)),
            ("the chair", app.office(Office::Chair)),
            ("the administrator", app.office(Office::Administrator)),
        ];
        nobody_sees(&others, &parts).await;
    }
}

on_each_database! {
    async fn an_answer_to_a_sense_check_is_known_to_nobody_else_before_the_check_is_closed(app: TestApp) {
        let session = app.session();
        let (secretariat, head) = (app.secretariat(), app.head("TJK"));
        decisions::prepared(&secretariat).await;
        decisions::act(&app, &session, &secretariat, "open-sense-check", &[]).await.expect(303);
        let say = [("grade", "cannot-support"), ("note", SEALED)];
        decisions::act(&app, &session, &head, "support", &say).await.expect(303);
        let of_session = BTreeMap::from([("number", "15".to_owned())]);
        let of_decision = BTreeMap::from([("session", "15".to_owned()), ("number", "1".to_owned())]);
        for parts in [&of_session, &of_decision] {
            nobody_sees(&others(&app), parts).await;
            nobody_sees(&[("the secretariat", app.secretariat())], parts).await;
        }
        decisions::act(&app, &session, &secretariat, "close-sense-check", &[]).await.expect(303);
        for (who, actor) in [("the secretariat", app.secretariat()), ("a head", app.head("KAZ"))] {
            let seen = leaks(&actor, &of_decision).await;
            assert!(seen.iter().any(|path| path.ends_with("sense-checks.csv")), "{who} takes it as a file: {seen:?}");
        }
        nobody_sees(&[("a visitor", app.visitor())], &of_decision).await;
    }
}

on_each_database! {
    async fn what_the_secretariat_prepares_is_known_to_it_alone(app: TestApp) {
        let session = app.session();
        let action = app.submission(&session, "UZB", Kind::Action, State::UnderReview, "An action");
        let parts = BTreeMap::from([("number", session.number.to_string()), ("reference", action.reference.clone())]);
        let fields = [("revision", "1"), ("event", "not-retain"), ("note", SEALED), ("comment.title", SEALED)];
        let secretariat = app.secretariat();
        secretariat.post(&format!("/submissions/{}/pending", action.reference), &fields).await.expect(303);
        let seen = leaks(&secretariat, &parts).await;
        assert!(seen.iter().any(|path| path.ends_with("pending.csv")), "the secretariat takes it as a file");
        nobody_sees(&others(&app), &parts).await;
    }
}

/// Writes the sealed text as the reason of a review and beside its marks; returns where to look and the reviewer.
async fn reviewed<'a>(app: &'a TestApp, act: &str) -> (BTreeMap<&'static str, String>, Actor<'a>) {
    let session = app.session();
    let action = app.accepted_action(&session, "UZB", "An action");
    let criteria = app
        .db
        .read_here(|conn| -> Result<_, StoreError> { speca::sessions::store::criteria_of(conn, &session.id) })
        .expect("criteria");
    let mut fields = vec![("edition".to_owned(), "0".to_owned()), ("reason".to_owned(), SEALED.to_owned())];
    fields.push(("act".to_owned(), act.to_owned()));
    for (name, value) in [("recommendation", "return"), ("because", SEALED), ("note", SEALED)] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    fields.extend(criteria.iter().map(|criterion| (mark_field(&criterion.id), "3".to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let reviewer = app.reviewer(&session.id, None);
    reviewer.post(&format!("/submissions/{}/review", action.reference), &fields).await.expect(303);
    app.pass(TimeDelta::minutes(1));
    let parts = BTreeMap::from([("number", session.number.to_string()), ("reference", action.reference)]);
    (parts, reviewer)
}

/// Everybody who may not see the reviews of others.
fn others(app: &TestApp) -> [(&'static str, Actor<'_>); 7] {
    let session = app.db.read_here(|conn| speca::sessions::store::by_number(conn, 15)).expect("session").id;
    [
        ("a visitor", app.visitor()),
        ("the head of the delegation", app.head("UZB")),
        ("the head of another delegation", app.head("KAZ")),
        ("a reviewer who has given none", app.reviewer(&session, None)),
        ("a reviewer from the delegation", app.reviewer(&session, Some("UZB"))),
        ("the chair", app.office(Office::Chair)),
        ("the administrator", app.office(Office::Administrator)),
    ]
}
