//! A draft that begins with the answers of a submission to an earlier session.

use chrono::NaiveDate;
use speca::db::StoreError;
use speca::kernel::ids::SessionId;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{self, AnswerLang, Answers, Questionnaire};
use speca::sessions::{self, Session, Step, Window};
use speca::submissions::State;

use crate::exports::compile;
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, stored};
use crate::support::TestApp;

/// Makes the sixteenth session, whose questionnaire no longer asks for the mandate of an action, with the window of
/// submissions open.
pub fn sixteenth(app: &TestApp, fifteenth: &Session) -> Session {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("day");
    let session = Session {
        id: SessionId::new(),
        number: 16,
        starts_on: day(2021, 11, 16),
        ends_on: day(2021, 11, 17),
        programme_years: (2024, 2026),
        ..fifteenth.clone()
    };
    let now = app.clock.now().naive_utc();
    let midnight = |day: NaiveDate| day.and_hms_opt(0, 0, 0).expect("time");
    let window =
        Window { step: Step::Submissions, opens_at: midnight(day(2020, 9, 1)), closes_at: midnight(day(2020, 12, 31)) };
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            sessions::store::insert(tx, &session, now)?;
            sessions::store::set_window(tx, &session.id, &window)?;
            for kind in Kind::ALL {
                let mut asked = Questionnaire::default_of(*kind).clone();
                for section in &mut asked.sections {
                    section.questions.retain(|question| question.code != "mandate");
                }
                questionnaires::store::insert(tx, &session.id, &asked, now)?;
            }
            Ok(())
        })
        .expect("session");
    session
}

on_each_database! {
    async fn a_draft_begins_with_the_answers_that_a_later_session_still_asks(app: TestApp) {
        let session = app.session();
        let later = sixteenth(&app, &session);
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let answers = complete_answers(Kind::Action)
            .with("title", Lang::En, "Agree on data")
            .with("mandate", Lang::En, "Strategy of 2019")
            .with("countries", AnswerLang::Neutral, "KAZ");
        let old = app.submission_with(&session, "KAZ", Kind::Action, State::NotRetained, &answers);
        let (here, copy) = (format!("/submissions/{}", old.reference), "PA-KAZ-2021-001");
        delegate.get(&here).await.expect(200).sees("Start a new draft from this");
        delegate.get("/sessions/16/submissions").await.expect(200).sees("/sessions/16/submissions/earlier");
        delegate.get("/sessions/16/submissions/earlier").await.expect(200).sees(&old.reference).sees("Agree on data");
        delegate.get("/sessions/15/submissions").await.expect(200).lacks("/submissions/earlier");

        let page = delegate.post(&format!("{here}/copy"), &[("session", "16")]).await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/submissions/PA-KAZ-2021-001/edit"));
        let (draft, carried) = stored(&app, copy);
        assert_eq!((draft.state, draft.session, draft.delegation.clone()), (State::Draft, later.id, old.delegation.clone()));
        let expected = answers.with("mandate", Lang::En, "").with("mandate", Lang::Ru, "");
        assert_eq!(carried, expected);
        assert_eq!(stored(&app, &old.reference).0, old);

        let form = delegate.get(&format!("/submissions/{copy}/edit")).await.expect(200);
        let form = form.sees("This draft began with the answers of PA-KAZ-2020-001").sees("Not carried over");
        form.sees("Mandate").sees("2024").sees("Translations are to be checked again");
        act(&head, copy, "clear", &[]).await.expect(422).sees("2024");
        delegate.get(&format!("/submissions/{copy}")).await.expect(200).sees("Copied from").sees(&old.reference);
        delegate.get(&here).await.expect(200).sees("Copied to").sees(copy);
        app.secretariat().get(&here).await.expect(200).lacks("Copied to").lacks(copy);
        app.secretariat().get(&format!("/submissions/{copy}")).await.expect(404);
    }
}

on_each_database! {
    async fn only_ones_own_submissions_are_copied_and_only_to_a_later_session(app: TestApp) {
        let session = app.session();
        let later = sixteenth(&app, &session);
        let own = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Accepted");
        let hidden = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Hidden");
        let new = app.submission(&later, "KAZ", Kind::Practice, State::Draft, "New");
        let (head, other) = (app.head("KAZ"), app.head("UZB"));
        let observer = app.delegate("KAZ", Capacity::Observer);
        let address = |reference: &str| format!("/submissions/{reference}/copy");
        other.post(&address(&own.reference), &[("session", "16")]).await.expect(403);
        other.post(&address(&hidden.reference), &[("session", "16")]).await.expect(404);
        observer.post(&address(&own.reference), &[("session", "16")]).await.expect(403);
        observer.get("/sessions/16/submissions/earlier").await.expect(403);
        app.secretariat().post(&address(&own.reference), &[("session", "16")]).await.expect(403);
        head.post(&address(&own.reference), &[("session", "15")]).await.expect(409);
        head.post(&address(&new.reference), &[("session", "15")]).await.expect(409);
        head.post(&address(&own.reference), &[("session", "99")]).await.expect(404);
        other.get("/sessions/16/submissions/earlier").await.expect(200).lacks(&own.reference);
        app.close_window(&later, Step::Submissions);
        head.post(&address(&own.reference), &[("session", "16")]).await.expect(409);
        head.get(&format!("/submissions/{}", own.reference)).await.expect(200).lacks("Start a new draft from this");
        assert_eq!(app.db.read_here(|conn| speca::submissions::store::of_session(conn, &later.id, None, State::ALL)).expect("rows").len(), 1);
    }
}

on_each_database! {
    async fn a_copy_of_an_entry_compiled_from_public_sources_is_not_compiled_itself(app: TestApp) {
        let session = app.session();
        sixteenth(&app, &session);
        let answers = Answers::none().with("title", Lang::En, "Compiled").with("title", Lang::Ru, "Составлено");
        let compiled = app.submission_with(&session, "KAZ", Kind::Practice, State::Accepted, &answers);
        compile(&app, &compiled, "GP-01");
        let head = app.head("KAZ");
        head.post(&format!("/submissions/{}/copy", compiled.reference), &[("session", "16")]).await.expect(303);
        let page = head.get("/submissions/GP-KAZ-2021-001").await.expect(200);
        page.sees("That entry was compiled from public sources").lacks(">Compiled from public sources<");
        act(&head, "GP-KAZ-2021-001", "clear", &[]).await.expect(422);
    }
}
