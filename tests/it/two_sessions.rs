//! Two sessions open at once, and a window that is extended: neither takes work away from a delegation.

use chrono::NaiveDate;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::sessions::{self, Step, Window};
use speca::submissions::{State, Submission};

use crate::copies::sixteenth;
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, save, stored};

on_each_database! {
    async fn two_open_sessions_do_not_hide_each_others_work_and_each_text_keeps_its_own_form(app: TestApp) {
        let session = app.session();
        let later = sixteenth(&app, &session);
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Of this year");
        let two = app.submission(&later, "KAZ", Kind::Action, State::Draft, "Of next year");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        delegate.get("/").await.expect(200).sees("Of this year").sees("Of next year");
        for (number, own, other) in [(15, &one, &two), (16, &two, &one)] {
            let page = delegate.get(&format!("/sessions/{number}/submissions")).await.expect(200);
            page.sees(&own.reference).lacks(&other.reference);
        }
        let asked = "name=\"mandate|en\"";
        delegate.get(&format!("/submissions/{}/edit", one.reference)).await.expect(200).sees(asked);
        delegate.get(&format!("/submissions/{}/edit", two.reference)).await.expect(200).lacks(asked);
        let answers = complete_answers(Kind::Action).with("title", Lang::En, "Saved");
        for one in [&one, &two] {
            save(&delegate, one, 1, &answers, "").await.expect(303);
            assert_eq!(stored(&app, &one.reference).1.get("title", Lang::En), "Saved");
        }
        let mandate = |one: &Submission| stored(&app, &one.reference).1.get("mandate", Lang::En).to_owned();
        assert_eq!((mandate(&one), mandate(&two)), (answers.get("mandate", Lang::En).to_owned(), String::new()));
    }
}

on_each_database! {
    async fn a_draft_begun_while_the_window_was_extended_is_handed_in(app: TestApp) {
        let session = app.session();
        let head = app.head("KAZ");
        app.close_window(&session, Step::Submissions);
        let new = "/sessions/15/submissions/new?kind=practice";
        head.post(new, &[("delegation", "KAZ"), ("original", "en")]).await.expect(409);
        let at = |day| NaiveDate::from_ymd_opt(2020, 9, day).expect("day").and_hms_opt(0, 0, 0).expect("time");
        let window = Window { step: Step::Submissions, opens_at: at(1), closes_at: at(30) };
        app.db.write_here(|tx| sessions::store::set_window(tx, &session.id, &window)).expect("extended");
        head.post(new, &[("delegation", "KAZ"), ("original", "en")]).await.expect(303);
        let one = stored(&app, "GP-KAZ-2020-001").0;
        act(&head, &one.reference, "clear", &[]).await.expect(422);
        save(&head, &one, 1, &complete_answers(Kind::Practice), "clear").await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::Submitted);
    }
}
