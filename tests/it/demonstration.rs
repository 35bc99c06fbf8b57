//! The demonstration fills both databases through the operations, and shows every state.

use std::collections::BTreeSet;

use speca::audit::{Verdict, verify};
use speca::db::StoreError;
use speca::demonstration;
use speca::kernel::reference::Kind;
use speca::submissions::{self, State};

use crate::on_each_database;

on_each_database! {
    async fn the_demonstration_shows_the_fifteenth_session_whole(app: TestApp) {
        // A day after the session, when every window of it has opened.
        app.pass(chrono::TimeDelta::days(90));
        let now = app.clock.now().naive_utc();
        demonstration::fill(&app.db, &app.depot(), now).expect("filled");
        let (practices, actions, states, verdict, is_demonstration) = app
            .db
            .read_here(|conn| -> Result<_, StoreError> {
                let session = speca::sessions::store::by_number(conn, 15)?;
                let practices = submissions::store::of_session(conn, &session.id, Some(Kind::Practice), State::ALL)?;
                let actions = submissions::store::of_session(conn, &session.id, Some(Kind::Action), State::ALL)?;
                let states: BTreeSet<State> =
                    practices.iter().chain(&actions).map(|submission| submission.state).collect();
                Ok((practices.len(), actions.len(), states, verify(conn)?, demonstration::is_demonstration(conn)?))
            })
            .expect("read");
        // Those of the sources, and the made-up entries that show a state, changes to confirm and what grew of the earlier session.
        assert_eq!((practices, actions), (39 + 6, 34 + 5));
        // Nothing is joined in it, and it takes nothing late: both are seen in the session before.
        let is_shown = |state: &State| !matches!(state, State::Merged | State::Late | State::Informal);
        let shown: BTreeSet<State> = State::ALL.iter().copied().filter(is_shown).collect();
        assert_eq!(states, shown);
        assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
        assert!(is_demonstration);
        let consents = app
            .db
            .read_here(|conn| -> Result<_, StoreError> {
                let session = speca::sessions::store::by_number(conn, 15)?;
                submissions::consents::store::of_session(conn, &session.id)
            })
            .expect("consents");
        let said: BTreeSet<_> = consents.values().flat_map(|one| one.values().copied()).collect();
        assert_eq!(said, submissions::consents::State::ALL.iter().copied().collect());
        app.visitor().get("/sessions/15/ballots/1/result").await.expect(200).sees("made up");
        app.visitor().get("/library?q=Tulpar").await.expect(200).sees("Tulpar single window");
    }
}

on_each_database! {
    async fn the_demonstration_shows_the_rooms_of_the_desk_and_of_the_group(app: TestApp) {
        app.pass(chrono::TimeDelta::days(90));
        let now = app.clock.now().naive_utc();
        demonstration::fill(&app.db, &app.depot(), now).expect("filled");
        let (secretariat, visitor) = (app.secretariat(), app.visitor());
        secretariat.get("/sessions/15/edits").await.expect(200).sees("GP-KGZ-2020-007");
        app.head("KGZ").get("/submissions/GP-KGZ-2020-007/edits").await.expect(200).sees("Demonstration: a title as");
        secretariat.get("/sessions/14/programme/scenarios").await.expect(200).sees("over capacity by 3.00");
        secretariat.get("/sessions/15/pending").await.expect(200).sees("Demonstration of a note: the secretariat thanks");
        secretariat.get("/sessions/15/submissions").await.expect(200).sees("Actions under review (demonstration)");
        secretariat.get("/sessions/15/reviews/assignments").await.expect(200).sees("checked");
        secretariat.get("/submissions/PA-TKM-2019-001").await.expect(200).sees("PA-AZE-2019-001");
        for (reference, state) in [("GP-TKM-2019-001", "Handed in late"), ("GP-TJK-2019-001", "Informal paper")] {
            secretariat.get(&format!("/submissions/{reference}")).await.expect(200).sees(state);
        }
        visitor.get("/sessions/14/ballots/1/result").await.expect(200).sees("made up").lacks("Made up for the demonstration: the list");
        visitor.get("/sessions/14/ballots/2/result").await.expect(200).sees("an order that can be paid for");
        visitor.get("/sessions/14/decisions/1").await.expect(200).sees("It meets a second time on line.");
        visitor.get("/sessions/14/programme").await.expect(200).sees("PA-UZB-2019-001").sees("made up");
        let board = secretariat.get("/sessions/14/progress").await.expect(200);
        board.sees("Finished").sees("PA-AZE-2019-001").sees("PA-KGZ-2019-001");
        app.head("UZB").get("/submissions/PA-KGZ-2019-001/progress").await.expect(200).sees("Confirm");
        visitor.get("/sessions/15/papers/progress").await.expect(200).sees("made up");
    }
}

#[test]
fn every_office_has_an_address_of_its_own() {
    let desks = demonstration::desks();
    let addresses: BTreeSet<String> = desks.iter().map(demonstration::Desk::email).collect();
    assert_eq!(addresses.len(), desks.len());
    assert!(desks.iter().all(|desk| desk.password().chars().count() >= speca::accounts::password::CHARS_MIN));
}
