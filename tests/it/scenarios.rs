//! Scenarios of a programme: for those who build it, from what is certified, under limits that hold.

use speca::accounts::Office;
use speca::ballots::State as BallotState;
use speca::policy::Capacity;

use crate::exports::contract;
use crate::on_each_database;

const PAGE: &str = "/sessions/15/programme/scenarios";

on_each_database! {
    async fn scenarios_stand_side_by_side_for_those_who_build(app: TestApp) {
        let session = app.session();
        contract::reviewed_actions(&app, &session);
        contract::ballot(&app, &session, BallotState::Closed);
        let secretariat = app.secretariat();
        // A count that is not certified is no order yet, and nobody is said to have supported anything.
        let page = secretariat.get(PAGE).await.expect(200);
        page.sees("By rank").lacks("By equal shares").lacks("Ballot 1").lacks(" of 2").sees("no ballot is certified");
        contract::ballot(&app, &session, BallotState::Certified);
        let page = secretariat.get(&format!("{PAGE}?places=2&money=")).await.expect(200);
        page.sees("By equal shares").lacks("Draft, by hand").sees("2 of 2").lacks("the places are taken");
        let page = secretariat.get(&format!("{PAGE}?places=1&money=&currency=kgs")).await.expect(200);
        page.sees("the places are taken").sees("1 of 2").sees("value=\"KGS\"");
        let page = secretariat.get(&format!("{PAGE}?places=1&money=0&currency=EUR&lang=ru")).await.expect(200);
        page.sees("By rank").lacks("2 of 2");
        secretariat.get(&format!("{PAGE}?places=-1&staff_weeks=x&money=99999999999999999999999")).await.expect(200);
        for actor in [app.head("KAZ"), app.delegate("KAZ", Capacity::Observer), app.office(Office::Chair)] {
            actor.get(PAGE).await.expect(404);
        }
    }
}
