//! The trail: who reads it, what it says, and that a changed or missing line shows.

use diesel::prelude::*;
use speca::accounts::Office;
use speca::audit::{self, Verdict};
use speca::db::StoreError;
use speca::db::schema::audit as trail;

use crate::on_each_database;
use crate::support::TestApp;

fn verdict(app: &TestApp) -> Verdict {
    app.db.read_here(audit::verify).expect("verdict")
}

/// Records five lines.
fn five_lines(app: &TestApp) {
    let now = app.clock.now().naive_utc();
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            for number in 1..=5 {
                audit::record(tx, now, None, "delegation.added", "KAZ", &serde_json::json!({ "number": number }))?;
            }
            Ok(())
        })
        .expect("recorded");
}

on_each_database! {
    async fn a_changed_line_shows(app: TestApp) {
        assert!(matches!(verdict(&app), Verdict::Whole { lines: 0, .. }));
        five_lines(&app);
        assert!(matches!(verdict(&app), Verdict::Whole { lines: 5, .. }));
        app.db.write_here(|tx| -> Result<(), StoreError> {
            diesel::update(trail::table.find(3)).set(trail::subject.eq("UZB")).execute(&mut **tx)?;
            Ok(())
        }).expect("changed");
        assert_eq!(verdict(&app), Verdict::Broken { position: 3 });
    }
}

on_each_database! {
    async fn a_missing_line_shows(app: TestApp) {
        five_lines(&app);
        let Verdict::Whole { last_digest, .. } = verdict(&app) else { panic!("whole") };
        let holds = |digest: String| app.db.read_here(move |conn| audit::holds(conn, &digest)).expect("answer");
        assert!(holds(last_digest.clone()));
        let remove = |position: i64| app.db.write_here(|tx| -> Result<(), StoreError> {
            diesel::delete(trail::table.find(position)).execute(&mut **tx)?;
            Ok(())
        }).expect("removed");
        remove(5);
        assert!(matches!(verdict(&app), Verdict::Whole { lines: 4, .. }));
        assert!(!holds(last_digest), "a line cut off the end shows against a digest noted earlier");
        remove(2);
        assert_eq!(verdict(&app), Verdict::Broken { position: 2 });
        remove(1);
        assert_eq!(verdict(&app), Verdict::Broken { position: 1 });
    }
}

on_each_database! {
    async fn the_trail_is_read_by_its_keepers_in_words(app: TestApp) {
        let secretariat = app.secretariat();
        let fields = [("to", "KAZ"), ("role", "head"), ("email", "head@example.org"), ("name", "A"), ("language", "en")];
        secretariat.post("/accounts/invitations", &fields).await.expect(201);
        five_lines(&app);
        let page = app.office(Office::Administrator).get("/audit").await.expect(200);
        page.sees("Invitation made").sees("Office secretariat").sees("Delegation: KAZ").sees("command on the machine")
            .sees("14 September 2020, 08:00 (UTC)").lacks("head@example.org");
        secretariat.get("/audit?page=2").await.expect(200);
        secretariat.get("/audit?page=-1").await.expect(200).sees("Delegation added");
        for actor in [app.head("KAZ"), app.office(Office::Chair)] {
            actor.get("/audit").await.expect(403);
        }
        app.visitor().get("/audit").await.expect(303);
        assert!(matches!(verdict(&app), Verdict::Whole { lines: 6, .. }));
    }
}

on_each_database! {
    async fn the_trail_comes_in_pages_newest_first(app: TestApp) {
        for _ in 0..11 {
            five_lines(&app);
        }
        let secretariat = app.secretariat();
        let first = secretariat.get("/audit").await.expect(200).sees("Page 1 of 2");
        assert!(first.body.find(">55<") < first.body.find(">6<"));
        secretariat.get("/audit?page=2").await.expect(200).sees(">5<").sees(">1<").lacks(">6<");
    }
}
