//! The clock of the machine steps back: order and decisions hold. What time does when it goes on is tested where it matters.

use chrono::TimeDelta;
use speca::audit::{self, Verdict};
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::submissions::{self, State};

use crate::ballots::{BALLOT, cast, opened, paper, send, stage, step};
use crate::on_each_database;
use crate::support::TestApp;

fn newest(app: &TestApp, reference: &str) -> (i32, String) {
    let found = app.db.read_here(|conn| submissions::store::by_reference(conn, reference)).expect("submission");
    let title = found.title(speca::kernel::lang::Lang::En).map(|(title, _)| title.to_owned()).unwrap_or_default();
    (found.revision, title)
}

on_each_database! {
    async fn a_clock_that_steps_back_keeps_the_order_of_what_was_done(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Title");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let address = format!("/submissions/{}/autosave", draft.reference);
        let fields = |revision: &'static str, title: &'static str| [("revision", revision), ("title|en", title)];
        delegate.post(&address, &fields("1", "Before")).await.expect(200);
        app.pass(TimeDelta::hours(-3));
        delegate.get("/account").await.expect(200);
        delegate.post(&address, &fields("2", "After")).await.expect(200);
        assert_eq!(newest(&app, &draft.reference), (3, "After".to_owned()));
        delegate.post(&address, &fields("2", "From an old page")).await.expect(409);
        let compared = delegate.get(&format!("/submissions/{}/compare?from=2&to=3", draft.reference)).await.expect(200);
        compared.sees("<del>Before</del>").sees("<ins>After</ins>");
        let verdict = app.db.read_here(audit::verify).expect("trail");
        assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    }
}

on_each_database! {
    async fn what_was_closed_stays_closed_when_the_clock_steps_back(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        cast(&app.head("KAZ"), "1 2 3").await;
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        app.pass(TimeDelta::days(-2));
        let late = send(&app.head("UZB"), &paper("0", "1 2 3", "confirm")).await;
        assert!(matches!(late.status.code, 404 | 409), "{}", late.status);
        step(&app, &secretariat, &session, "certify").await.expect(303);
        app.visitor().get(&format!("{BALLOT}/result")).await.expect(200);
    }
}
