//! Progress: reported by the delegation that leads, confirmed by the countries named, then read by everybody.

use chrono::TimeDelta;
use speca::db::StoreError;
use speca::kernel::ids::ItemId;
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::reference::Kind;
use speca::outbox::{self, reminders};
use speca::policy::Capacity;
use speca::programmes::{self, Item};
use speca::progress::{self, Answer, Report, State};
use speca::questionnaires::AnswerLang;
use speca::sessions::{Session, Step};
use speca::submissions::{self, State as SubmissionState, Submission};

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::outbox::messages;
use crate::support::{Actor, Page, TestApp};

/// Makes an action of Kazakhstan that names some countries, in a programme that the group adopted today.
pub fn adopted(app: &TestApp, session: &Session, countries: &str) -> Submission {
    let answers = complete_answers(Kind::Action)
        .with("title", Lang::En, "Agree on one form")
        .with("title", Lang::Ru, "Согласовать единую форму")
        .with("countries", AnswerLang::Neutral, countries);
    let action = app.submission_with(session, "KAZ", Kind::Action, SubmissionState::Accepted, &answers);
    let programme = app.adopted_programme(session, app.clock.now().date_naive());
    let item = Item {
        id: ItemId::new(),
        submission: action.id.clone(),
        position: 1,
        proposed: true,
        included: true,
        reason: Bilingual::default(),
        override_reason: String::new(),
    };
    app.db.write_here(|tx| programmes::store::insert_item(tx, &programme.id, &item)).expect("an item");
    action
}

fn reports(app: &TestApp, action: &Submission) -> Vec<Report> {
    let id = action.id.clone();
    app.db.read_here(move |conn| progress::store::of_action(conn, &id)).expect("reports")
}

fn newest(app: &TestApp, action: &Submission) -> Report {
    reports(app, action).into_iter().next().expect("a report")
}

fn path(action: &Submission, page: &str) -> String {
    format!("/submissions/{}/progress{page}", action.reference)
}

/// A report as its form sends it, with some fields set; complete unless they say otherwise.
fn typed<'a>(edition: &'a str, then: &'a str, set: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("edition", edition),
        ("then", then),
        ("text_en", "The form is drafted."),
        ("text_ru", "Форма подготовлена."),
        ("output.0", "under-way"),
        ("value.0_en", "3 of 7"),
        ("value.0_ru", "3 из 7"),
    ];
    for (name, value) in set {
        fields.retain(|(held, _)| held != name);
        fields.push((name, value));
    }
    fields
}

async fn answer(actor: &Actor<'_>, action: &Submission, said: &str, note: &str) -> Page {
    let edition = newest(actor.app, action).edition.to_string();
    actor.post(&path(action, "/answer"), &[("edition", &edition), ("answer", said), ("note", note)]).await
}

on_each_database! {
    async fn a_report_is_read_by_everybody_once_every_country_named_has_confirmed_it(app: TestApp) {
        let session = app.session();
        let action = adopted(&app, &session, "KAZ;UZB;TJK");
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let (uzbek, tajik, other) = (app.head("UZB"), app.head("TJK"), app.head("AZE"));
        let to = path(&action, "/report");
        other.get(&to).await.expect(403);
        // Saved with gaps as often as one likes; not seen outside the delegation.
        delegate.post(&to, &typed("0", "save", &[("text_ru", "")])).await.expect(303);
        delegate.get(&path(&action, "")).await.expect(200).sees("The form is drafted.");
        for actor in [&uzbek, &app.secretariat(), &app.visitor()] {
            actor.get(&path(&action, "")).await.expect(200).lacks("The form is drafted.");
        }
        delegate.post(&to, &typed("1", "give", &[])).await.expect(403);
        head.post(&to, &typed("1", "give", &[("text_ru", ""), ("text_en", "Typed here")])).await.expect(422)
            .sees("Typed here");
        assert_eq!((newest(&app, &action).state, newest(&app, &action).edition), (State::Draft, 1));
        head.post(&to, &typed("1", "give", &[])).await.expect(303);
        assert_eq!(newest(&app, &action).state, State::Given);
        let told = |kind| messages(&app).into_iter().filter(move |one| one.kind == kind);
        let asked: Vec<_> = told(outbox::Kind::ProgressAsked).filter_map(|one| one.account).collect();
        assert_eq!(asked.len(), 2);
        assert!(asked.contains(&uzbek.account) && asked.contains(&tajik.account));
        // The group reads it; a country may comment with words, and the page keeps what was typed.
        uzbek.get("/").await.expect(200).sees("Confirm the progress report on");
        other.get(&path(&action, "")).await.expect(200).sees("The form is drafted.").lacks("Confirm the report");
        app.visitor().get(&path(&action, "")).await.expect(200).lacks("The form is drafted.");
        other.post(&path(&action, "/answer"), &[("edition", "2"), ("answer", "confirmed")]).await.expect(403);
        answer(&uzbek, &action, "commented", " ").await.expect(422);
        answer(&uzbek, &action, "commented", "The pilot is missing.").await.expect(303);
        answer(&tajik, &action, "confirmed", "").await.expect(303);
        answer(&tajik, &action, "confirmed", "").await.expect(409);
        head.get(&path(&action, "")).await.expect(200).sees("The pilot is missing.");
        assert_eq!(told(outbox::Kind::ProgressAnswered).count(), 4);
        // Taken back, mended and given again, everybody is asked again.
        let edition = newest(&app, &action).edition.to_string();
        head.post(&path(&action, "/take-back"), &[("edition", "1")]).await.expect(409);
        head.post(&path(&action, "/take-back"), &[("edition", &edition)]).await.expect(303);
        let edition = newest(&app, &action).edition.to_string();
        head.post(&to, &typed(&edition, "give", &[("text_en", "With the pilot.")])).await.expect(303);
        let said: Vec<Answer> = newest(&app, &action).confirmations.iter().map(|one| one.answer).collect();
        assert_eq!(said, [Answer::Asked, Answer::Asked]);
        answer(&uzbek, &action, "confirmed", "").await.expect(303);
        app.visitor().get(&path(&action, "")).await.expect(200).lacks("With the pilot.");
        answer(&tajik, &action, "confirmed", "").await.expect(303);
        let report = newest(&app, &action);
        assert_eq!((report.state, report.number, report.is_agreed()), (State::Confirmed, 1, true));
        app.visitor().get(&path(&action, "")).await.expect(200).sees("With the pilot.").lacks("The pilot is missing.");
        head.post(&path(&action, "/take-back"), &[("edition", &report.edition.to_string())]).await.expect(409);
    }
}

on_each_database! {
    async fn two_who_write_do_not_overwrite_each_other(app: TestApp) {
        let session = app.session();
        let action = adopted(&app, &session, "KAZ");
        let (one, two) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let to = path(&action, "/report");
        one.post(&to, &typed("0", "save", &[("text_en", "First")])).await.expect(303);
        two.post(&to, &typed("0", "save", &[("text_en", "Second")])).await.expect(409).sees("Second");
        assert_eq!(newest(&app, &action).text.en, "First");
        let long = "x".repeat(2001);
        one.post(&to, &typed("1", "save", &[("text_en", &long)])).await.expect(422).sees(&long);
        one.post(&to, &typed("1", "save", &[("output.0", "")])).await.expect(422);
        // Nobody else is named: given is confirmed at once.
        one.post(&to, &typed("1", "give", &[])).await.expect(303);
        assert_eq!(newest(&app, &action).state, State::Confirmed);
        app.visitor().get(&path(&action, "")).await.expect(200).sees("The form is drafted.").sees("3 of 7");
    }
}

on_each_database! {
    async fn who_leads_is_told_when_a_report_is_due(app: TestApp) {
        let session = app.session();
        let action = adopted(&app, &session, "KAZ");
        let due = || {
            let now = app.clock.now().naive_utc();
            let found = app.db.read_here(move |conn| reminders::due(conn, now)).expect("reminders");
            found.into_iter().filter(|(letter, _)| letter.kind == outbox::Kind::ProgressDue).count()
        };
        app.head("KAZ").get("/").await.expect(200).lacks("Report on the progress of");
        app.visitor().get("/sessions/15/progress").await.expect(404);
        app.pass(TimeDelta::days(364));
        assert_eq!(due(), 0);
        app.pass(TimeDelta::days(2));
        let head = app.head("KAZ");
        assert!(due() > 0);
        head.get("/").await.expect(200).sees("Report on the progress of");
        app.head("UZB").get("/").await.expect(200).lacks("Report on the progress of");
        app.head("UZB").get("/sessions/15/progress").await.expect(200).sees("Report due: 12 months or more ago");
        app.pass(TimeDelta::days(190));
        app.secretariat().get("/sessions/15/progress").await.expect(200).sees("Report overdue");
        let head = app.head("KAZ");
        head.post(&path(&action, "/report"), &typed("0", "give", &[])).await.expect(303);
        assert_eq!(due(), 0);
        head.get("/sessions/15/progress").await.expect(200).sees("Less than 12 months ago");
    }
}

on_each_database! {
    async fn a_finished_action_becomes_a_draft_practice_tied_to_it(app: TestApp) {
        let session = app.session();
        let action = adopted(&app, &session, "KAZ");
        let head = app.head("KAZ");
        let to = path(&action, "/report");
        head.post(&path(&action, "/practice"), &[]).await.expect(409);
        let last = [("is_last", "yes"), ("output.0", "not-begun")];
        head.post(&to, &typed("0", "give", &last)).await.expect(422);
        head.post(&to, &typed("0", "give", &[("is_last", "yes"), ("output.0", "done")])).await.expect(303);
        head.get(&to).await.expect(409);
        app.head("UZB").post(&path(&action, "/practice"), &[]).await.expect(403);
        app.close_window(&session, Step::Submissions);
        head.post(&path(&action, "/practice"), &[]).await.expect(409);
        app.open_window(&session, Step::Submissions);
        let page = head.post(&path(&action, "/practice"), &[]).await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/submissions/GP-KAZ-2020-001/edit"));
        let answers = app
            .db
            .read_here(|conn| -> Result<_, StoreError> {
                let practice = submissions::store::by_reference(conn, "GP-KAZ-2020-001")?;
                submissions::store::answers_at(conn, &practice.id, practice.revision)
            })
            .expect("practice");
        assert_eq!(answers.get("title", Lang::Ru), "Согласовать единую форму");
        assert_eq!(answers.get("results", Lang::En), "The form is drafted.");
        assert_eq!(answers.get("stage", AnswerLang::Neutral), "completed");
        head.post(&path(&action, "/practice"), &[]).await.expect(409);
        head.get("/submissions/GP-KAZ-2020-001").await.expect(200).sees(&action.reference);
        head.get(&format!("/submissions/{}", action.reference)).await.expect(200).sees("GP-KAZ-2020-001");
        head.get(&path(&action, "")).await.expect(200).sees("Became the good practice GP-KAZ-2020-001");
        app.visitor().get(&path(&action, "")).await.expect(200).lacks("GP-KAZ-2020-001");
    }
}

on_each_database! {
    async fn the_history_of_an_action_tells_what_each_may_know(app: TestApp) {
        let session = app.session();
        let proposed = app.submission(&session, "UZB", Kind::Action, SubmissionState::Submitted, "Another action");
        app.visitor().get(&path(&proposed, "")).await.expect(404);
        app.head("KAZ").get(&path(&proposed, "")).await.expect(404);
        app.head("UZB").get(&path(&proposed, "")).await.expect(200);
        let action = adopted(&app, &session, "KAZ");
        app.visitor().get(&path(&action, "")).await.expect(200)
            .sees("In the work programme WP-2020, place 1")
            .lacks("Accepted by the secretariat")
            .lacks("Less than 12 months ago");
        app.head("UZB").get(&path(&action, "")).await.expect(200).sees("Accepted by the secretariat");
        app.visitor().get("/sessions/15/programme").await.expect(200).sees(&path(&action, ""));
    }
}
