//! What stands beside the lists and goes out as files: questions and answers, objections, sense checks, pairs that are alike, prepared
//! outcomes, remarks of reviews, the trail. What they hold in the contract, and who takes what of them.

use chrono::TimeDelta;
use serde_json::json;
use speca::accounts::{self, Office};
use speca::audit;
use speca::db::{StoreError, Tx};
use speca::decisions::model::{Amendment, AmendmentState, Grade, Objection, ObjectionState, Support};
use speca::decisions::store as decisions;
use speca::exports::Name;
use speca::kernel::ids::{AccountId, AmendmentId, ClarificationId, ObjectionId};
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::reviews::remarks::{self, Kept, Recommendation, Remarks};
use speca::reviews::{self, State as Standing};
use speca::sessions::Session;
use speca::submissions::clarifications::{self, Clarification, Reach, Side};
use speca::submissions::merging::{self, Merge};
use speca::submissions::pending::{self, Outcome};
use speca::submissions::{self, Event, State, Submission};

use super::{column, export, rows, take};
use crate::decisions::{act as decide, prepared as prepared_decision, tabled};
use crate::on_each_database;
use crate::submissions::{act, stored};
use crate::support::{Actor, TestApp};

/// Fills the registers of the contract.
pub fn fill(app: &TestApp, session: &Session) {
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let by = accounts::store::accounts(tx)?.into_iter().next().ok_or(StoreError::NotFound)?.id;
            let action = submissions::store::by_reference(tx, "PA-KAZ-2020-001")?;
            let other = submissions::store::by_reference(tx, "PA-REG-2020-001")?;
            let screened = submissions::store::by_reference(tx, "GP-TJK-2020-001")?;
            said(tx, session)?;
            asked(app, tx, &action, &by)?;
            objected(app, tx, session, &by)?;
            sensed(app, tx, session, &by)?;
            joined(app, tx, (&other, &action), &by)?;
            prepared(app, tx, &screened, &by)?;
            traced(app, tx, &by)
        })
        .expect("registers");
}

/// Writes remarks into every review; those of a draft show nowhere.
fn said(tx: &mut Tx<'_>, session: &Session) -> Result<(), StoreError> {
    for review in reviews::store::all_in(tx, &session.id)? {
        let is_given = review.state == Standing::Given;
        let text = |words: &str| if is_given { words.to_owned() } else { "Never seen".to_owned() };
        let remarks = Remarks {
            recommendation: Some(if is_given { Recommendation::Accept } else { Recommendation::NotRetain }),
            because: text("Ready"),
            to_delegation: text("=Name the agency that pays."),
            note: text("See the budget"),
        };
        remarks::store::set(tx, &review.id, &Kept { revision: 1, remarks })?;
    }
    Ok(())
}

fn asked(app: &TestApp, tx: &mut Tx<'_>, action: &Submission, by: &AccountId) -> Result<(), StoreError> {
    let now = app.clock.now().naive_utc();
    let sides = [
        (Side::Secretariat, None, Reach::Secretariat, "Which half-year?"),
        (Side::Delegation, Some(app.delegation("UZB")), Reach::Delegations, "=Who pays for it?"),
        (Side::Reviewer, None, Reach::Secretariat, "Is the data public?"),
    ];
    for (minutes, (asked_as, asked_for, reach, question)) in (0..).zip(sides) {
        let one = Clarification {
            id: ClarificationId::new(),
            reach,
            asked_by: by.clone(),
            asked_for,
            asked_as,
            question: question.to_owned(),
            asked_at: now + TimeDelta::minutes(minutes),
            answer: String::new(),
            answered_at: None,
        };
        clarifications::store::insert(tx, &action.id, &one)?;
        if asked_as == Side::Delegation {
            clarifications::store::answer(tx, &one.id, "The ministry", by, now + TimeDelta::hours(1))?;
        }
    }
    Ok(())
}

/// Raises two objections to the decision that was taken, of which an amendment resolved one, and one that is open.
fn objected(app: &TestApp, tx: &mut Tx<'_>, session: &Session, by: &AccountId) -> Result<(), StoreError> {
    let now = app.clock.now().naive_utc();
    let all = [
        (1, "UZB", "Paragraph 2", Some(ObjectionState::Resolved), Some((Some("TJK"), AmendmentState::TakenIn))),
        (1, "KGZ", "", Some(ObjectionState::Withdrawn), None),
        (2, "UZB", "", None, Some((None, AmendmentState::Proposed))),
    ];
    for (minutes, (number, code, passage, settled, amended)) in (0..).zip(all) {
        let decision = decisions::by_number(tx, &session.id, number)?;
        let objection = Objection {
            id: ObjectionId::new(),
            delegation: app.delegation(code),
            revision: 1,
            passage: passage.to_owned(),
            reason: "-The year is too early.".to_owned(),
            broke_silence: settled == Some(ObjectionState::Withdrawn),
            state: ObjectionState::Open,
            raised_at: now + TimeDelta::minutes(minutes),
            settled_at: None,
        };
        decisions::insert_objection(tx, &decision.id, &objection, by)?;
        if let Some(state) = settled {
            decisions::settle_objection(tx, &objection.id, state, now + TimeDelta::hours(2))?;
        }
        let Some((proposer, state)) = amended else { continue };
        let amendment = Amendment {
            id: AmendmentId::new(),
            objection: objection.id,
            delegation: proposer.map(|code| app.delegation(code)),
            revision: 1,
            text: Bilingual::new(
                "The group adopts it for 2022.".to_owned(),
                "Группа принимает ее на 2022 год.".to_owned(),
            ),
            state: AmendmentState::Proposed,
            proposed_at: now + TimeDelta::hours(1),
        };
        decisions::insert_amendment(tx, &decision.id, &amendment, by)?;
        if state != AmendmentState::Proposed {
            decisions::settle_amendment(tx, &amendment.id, state, now + TimeDelta::hours(2))?;
        }
    }
    Ok(())
}

/// Answers the sense check of the decision that was taken.
fn sensed(app: &TestApp, tx: &mut Tx<'_>, session: &Session, by: &AccountId) -> Result<(), StoreError> {
    let decision = decisions::by_number(tx, &session.id, 1)?;
    for (code, grade, note) in [("UZB", Grade::Reservations, "=Not before 2022."), ("KAZ", Grade::FullSupport, "")] {
        let support = Support { delegation: app.delegation(code), grade, note: note.to_owned() };
        decisions::set_grade(tx, &decision.id, &support, (by, app.clock.now().naive_utc()))?;
    }
    Ok(())
}

/// Joins two actions and takes that back.
fn joined(
    app: &TestApp,
    tx: &mut Tx<'_>,
    (from, into): (&Submission, &Submission),
    by: &AccountId,
) -> Result<(), StoreError> {
    let now = app.clock.now().naive_utc();
    let merge = Merge {
        id: uuid::Uuid::now_v7().to_string(),
        submission: from.id.clone(),
        reference: from.reference.clone(),
        into: into.id.clone(),
        into_reference: into.reference.clone(),
        into_revision: into.revision,
        note: "The same data set".to_owned(),
        account: by.clone(),
        merged_at: now,
    };
    merging::store::insert(tx, &merge)?;
    merging::store::take_back(tx, &merge.id, now + TimeDelta::days(1))
}

fn prepared(app: &TestApp, tx: &mut Tx<'_>, one: &Submission, by: &AccountId) -> Result<(), StoreError> {
    let outcome = Outcome {
        submission: one.id.clone(),
        event: Event::Return,
        note: "See the comments".to_owned(),
        comments: vec![("title".to_owned(), "Verb first; then the object".to_owned())],
        revision: 1,
        edition: 1,
        account: by.clone(),
        changed_at: app.clock.now().naive_utc(),
    };
    pending::store::set(tx, &outcome)
}

/// Writes lines of the machine, of an account about itself, of what a delegation does at home, of what is prepared.
fn traced(app: &TestApp, tx: &mut Tx<'_>, by: &AccountId) -> Result<(), StoreError> {
    let now = app.clock.now().naive_utc();
    audit::record(tx, now, None, "delegation.added", "KAZ", &json!({ "votes": true }))?;
    audit::record(tx, now, Some(by), "invitation.made", by.as_str(), &json!({ "capacity": "head", "until": now }))?;
    audit::record(tx, now, Some(by), "submission.save", "GP-UZB-2020-001", &json!({ "title": "Never seen" }))?;
    audit::record(tx, now, Some(by), "pending.prepare", "GP-TJK-2020-001", &json!({ "title": "Never seen" }))?;
    audit::record(tx, now, Some(by), "merge.take-back", "PA-REG-2020-001", &json!({ "into": "PA-KAZ-2020-001" }))
}

async fn ask(actor: &Actor<'_>, one: &Submission, reach: &str, question: &str) {
    let fields = [("reach", reach), ("question", question)];
    actor.post(&format!("/submissions/{}/clarifications", one.reference), &fields).await.expect(303);
}

on_each_database! {
    async fn each_takes_the_questions_that_the_pages_show_them(app: TestApp) {
        let session = app.session();
        let known = app.submission(&session, "KAZ", Kind::Action, State::Accepted, "Known to the group");
        let screened = app.submission(&session, "KAZ", Kind::Action, State::UnderReview, "Not known yet");
        ask(&app.head("UZB"), &known, "delegations", "For everybody").await;
        ask(&app.head("UZB"), &known, "secretariat", "For two sides").await;
        ask(&app.reviewer(&session.id, Some("AFG")), &known, "secretariat", "Of an expert").await;
        ask(&app.secretariat(), &screened, "delegations", "Before the group sees it").await;
        app.visitor().get("/sessions/15/exports/clarifications.csv").await.expect(403);
        let all = ["For everybody", "For two sides", "Of an expert", "Before the group sees it"];
        for (actor, seen) in [
            (app.secretariat(), &all[..]),
            (app.head("KAZ"), &all[..]),
            (app.delegate("UZB", Capacity::Delegate), &all[..2]),
            (app.head("TJK"), &all[..1]),
            (app.office(Office::Chair), &all[..1]),
            (app.office(Office::Administrator), &all[..0]),
        ] {
            let file = take(&actor, "clarifications", "en").await.expect(200).body;
            assert_eq!(column(&file, "Question"), seen, "{}", actor.account);
            assert_eq!(file.contains("Not known yet"), seen.len() == 4, "a title that is not known to the group");
            assert!(!file.contains("Afghanistan"), "the country of an expert");
        }
        app.secretariat().get("/sessions/15/desk").await.expect(200).sees("clarifications.csv");

        // What a delegation writes on at home has no title, and is nobody's who may not see it.
        act(&app.secretariat(), &screened.reference, "return", &[("note", "Mend it")]).await.expect(303);
        let file = take(&app.secretariat(), "clarifications", "ru").await.expect(200).lacks("Not known yet").body;
        assert_eq!(rows(&file).last().map(|row| row["Название"].clone()), Some(String::new()));
    }
}

on_each_database! {
    async fn the_register_of_objections_leaves_with_those_who_read_it(app: TestApp) {
        let session = tabled(&app).await;
        let (kaz, secretariat) = (app.head("KAZ"), app.secretariat());
        decide(&app, &session, &kaz, "object", &[("passage", "2021"), ("reason", "Too early")]).await.expect(303);
        for actor in [&kaz, &secretariat, &app.office(Office::Chair), &app.delegate("UZB", Capacity::Observer)] {
            let file = take(actor, "objections", "en").await.expect(200).sees("Too early").body;
            assert_eq!(column(&file, "State (code)"), ["open"]);
            assert_eq!((column(&file, "Amendment"), column(&file, "Proposed by (code)")), (vec!["0".to_owned()], vec![String::new()]));
            actor.get("/sessions/15/decisions").await.expect(200).sees("objections.csv");
        }
        for actor in [app.visitor(), app.office(Office::Administrator), app.reviewer(&session.id, None)] {
            take(&actor, "objections", "en").await.expect(403).lacks("Too early");
            actor.get("/sessions/15/decisions").await.expect(200).lacks("objections.csv");
        }
    }
}

on_each_database! {
    async fn the_answers_of_a_sense_check_leave_when_it_is_closed(app: TestApp) {
        let session = app.session();
        let (kaz, secretariat) = (app.head("KAZ"), app.secretariat());
        prepared_decision(&secretariat).await;
        decide(&app, &session, &secretariat, "open-sense-check", &[]).await.expect(303);
        decide(&app, &session, &kaz, "support", &[("grade", "can-live-with"), ("note", "A note")]).await.expect(303);
        let readers =
            [&kaz, &secretariat, &app.office(Office::Chair), &app.delegate("UZB", Capacity::Observer), &app.head("TJK")];
        for actor in readers {
            let file = take(actor, "sense-checks", "en").await.expect(200).lacks("A note").lacks("can-live-with").body;
            assert_eq!(rows(&file), [], "{}", actor.account);
        }
        assert_eq!(rows(&export(&app, &session, Name::SenseChecks, Lang::En)), [], "nor with the command");
        decide(&app, &session, &secretariat, "close-sense-check", &[]).await.expect(303);
        for actor in readers {
            let file = take(actor, "sense-checks", "en").await.expect(200).sees("A note").body;
            let given = |code: &str| rows(&file).into_iter().find(|row| row["Delegation (code)"] == code);
            assert_eq!(given("KAZ").map(|row| row["Support"].clone()), Some("Can live with it".to_owned()));
            assert_eq!(given("UZB").map(|row| row["Support (code)"].clone()), Some("none".to_owned()));
            actor.get("/sessions/15/decisions").await.expect(200).sees("sense-checks.csv");
        }
        for actor in [app.visitor(), app.office(Office::Administrator), app.reviewer(&session.id, None)] {
            take(&actor, "sense-checks", "en").await.expect(403).lacks("A note");
            actor.get("/sessions/15/decisions").await.expect(200).lacks("sense-checks.csv");
        }
        decide(&app, &session, &secretariat, "withdraw", &[("reason", "Taken up next year")]).await.expect(303);
        take(&secretariat, "sense-checks", "en").await.expect(200).lacks("A note");
    }
}

on_each_database! {
    async fn pairs_leave_with_what_was_decided_and_outcomes_with_the_secretariat_alone(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let make = |code| app.submission(&session, code, Kind::Action, State::UnderReview, "Link single windows");
        let [kaz, uzb, tjk] = ["KAZ", "UZB", "TJK"].map(make);
        let pairs = async |header: &str| column(&take(&secretariat, "duplicates", "en").await.expect(200).body, header);
        assert_eq!(pairs("Decision (code)").await, ["open", "open", "open"]);
        let merge = [("revision", "1"), ("into_revision", "1"), ("note", "The same proposal")];
        let here = format!("/submissions/{}/merge?into={}", uzb.reference, kaz.reference);
        secretariat.post(&here, &merge).await.expect(303);
        let mut decided = pairs("Decision (code)").await;
        decided.sort();
        assert_eq!(decided, ["joined", "open"], "what was joined is no longer alike to others");
        let joined = rows(&take(&secretariat, "duplicates", "en").await.expect(200).body);
        let joined = joined.iter().find(|row| row["Decision (code)"] == "joined").expect("a pair");
        assert_eq!((joined["Which one stands"].as_str(), joined["Reason"].as_str()), (kaz.reference.as_str(), "The same proposal"));
        secretariat.get("/sessions/15/duplicates").await.expect(200).sees("1 pair").sees("duplicates.csv");
        secretariat.post(&format!("/submissions/{}/unmerge", uzb.reference), &[]).await.expect(303);
        assert!(pairs("Decision (code)").await.contains(&"taken-back".to_owned()));
        secretariat.get("/sessions/15/duplicates").await.expect(200).sees("3 pairs");

        let revision = stored(&app, &tjk.reference).0.revision.to_string();
        let fields = [("revision", revision.as_str()), ("event", "not-retain"), ("note", "Outside the mandate")];
        secretariat.post(&format!("/submissions/{}/pending", tjk.reference), &fields).await.expect(303);
        let file = take(&secretariat, "pending", "en").await.expect(200).body;
        assert_eq!((column(&file, "Outcome (code)"), column(&file, "Text unchanged")), (vec!["not-retain".to_owned()], vec!["yes".to_owned()]));
        secretariat.get("/sessions/15/pending").await.expect(200).sees("pending.csv");
        for actor in [app.visitor(), app.head("TJK"), app.office(Office::Chair), app.office(Office::Administrator)] {
            for name in ["pending", "duplicates", "remarks"] {
                take(&actor, name, "en").await.expect(403).lacks("Outside the mandate");
            }
        }
    }
}

on_each_database! {
    async fn the_trail_leaves_as_its_page_words_it(app: TestApp) {
        let session = app.session();
        let (secretariat, administrator, head) =
            (app.secretariat(), app.office(Office::Administrator), app.head("KAZ"));
        let known = app.submission(&session, "KAZ", Kind::Action, State::AwaitingClearance, "Known");
        act(&head, &known.reference, "clear", &[]).await.expect(303);
        act(&secretariat, &known.reference, "take-up", &[]).await.expect(303);
        let draft = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Draft");
        act(&head, &draft.reference, "request-clearance", &[]).await.expect(303);
        let fields = [("revision", "1"), ("event", "not-retain"), ("note", "Outside the mandate")];
        secretariat.post(&format!("/submissions/{}/pending", known.reference), &fields).await.expect(303);
        act(&secretariat, &known.reference, "accept", &[]).await.expect(303);
        let taken = async |actor: &Actor<'_>| rows(&actor.get("/exports/audit.csv?lang=en").await.expect(200).body);
        let lines = app.db.read_here(|conn| audit::newest(conn, 0, 1000)).expect("trail").0;
        for (actor, prepared) in [(&secretariat, "pending.prepare"), (&administrator, "")] {
            let file = taken(actor).await;
            assert_eq!(file.len(), lines.len(), "every line is there");
            let places: Vec<i64> = file.iter().map(|row| row["Position"].parse().expect("a number")).collect();
            assert!(places.is_sorted(), "the oldest first");
            let of = |act: &str| {
                let position = lines.iter().find(|line| line.act == act).expect("a line").position.to_string();
                file.iter().find(|row| row["Position"] == position).expect("a row")
            };
            let inside = of("submission.request-clearance");
            assert_eq!(["Who", "Act (code)", "Subject", "Detail"].map(|title| inside[title].as_str()), [""; 4]);
            assert_eq!(of("pending.prepare")["Act (code)"], prepared);
            let accepted = of("submission.accept");
            assert_eq!((accepted["Who"].as_str(), accepted["Subject"].as_str()), ("Office secretariat", known.reference.as_str()));
            assert!(file.iter().all(|row| row["Subject"] != draft.reference), "a draft is known to its delegation");
            actor.get("/audit").await.expect(200).sees("/exports/audit.csv");
        }
        for actor in [app.visitor(), head, app.office(Office::Chair)] {
            actor.get("/exports/audit.csv?lang=en").await.expect(403);
        }
        secretariat.get("/sessions/15/exports/audit.csv?lang=en").await.expect(404);
    }
}
