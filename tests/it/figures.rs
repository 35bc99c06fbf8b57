//! Figures: everybody counts what is published, the secretariat what was handed in, nobody what is at home.

use speca::kernel::reference::Kind;
use speca::submissions::State;

use crate::on_each_database;
use crate::submissions::act;

on_each_database! {
    async fn everybody_counts_what_is_published_and_the_secretariat_what_was_handed_in(app: TestApp) {
        let session = app.session();
        app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Published");
        app.submission(&session, "UZB", Kind::Practice, State::Submitted, "Handed in");
        app.submission(&session, "TJK", Kind::Action, State::Draft, "At home");
        app.submission(&session, "AZE", Kind::Action, State::Accepted, "Accepted, not in a programme");
        let (head, secretariat) = (app.head("TJK"), app.secretariat());
        for actor in [&app.visitor(), &head] {
            let file = actor.get("/sessions/15/figures/delegations.csv?lang=en").await.expect(200);
            assert_eq!(file.body.trim_start_matches('\u{feff}'), "Delegation,Good practices,Priority actions\r\nKazakhstan,1,0\r\n");
            actor.get("/sessions/15/figures").await.expect(200).lacks("Uzbekistan").lacks("From draft to clearance");
            actor.get("/sessions/15/figures/clearance.csv").await.expect(404);
        }
        let file = secretariat.get("/sessions/15/figures/delegations.csv?lang=ru").await.expect(200);
        file.sees("Узбекистан,1,0").sees("Азербайджан,0,1").sees("Таджикистан,0,0");
        let public = secretariat.get("/sessions/15/figures/delegations.csv?lang=en&public=yes").await.expect(200);
        public.sees("Kazakhstan,1,0").lacks("Uzbekistan");
        secretariat.get("/sessions/15/figures").await.expect(200).sees("From draft to clearance").sees("Azerbaijan");
        secretariat.get("/sessions/15/figures/nothing.csv").await.expect(404);
        app.visitor().get("/sessions/16/figures").await.expect(404);
    }
}

on_each_database! {
    async fn days_to_clearance_are_those_of_the_head(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Practice");
        app.pass(chrono::TimeDelta::days(6));
        let head = app.head("KAZ");
        act(&head, &draft.reference, "clear", &[]).await.expect(303);
        let file = app.secretariat().get("/sessions/15/figures/clearance.csv?lang=en").await.expect(200);
        file.sees("Good practice,1,6");
    }
}
