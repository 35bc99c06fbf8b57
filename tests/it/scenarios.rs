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

/// Returns the fields of a capacity with what the form showed.
fn capacity(seen: &'static str, set: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    [("seen", seen)].into_iter().chain(set.iter().copied()).collect()
}

on_each_database! {
    async fn capacity_is_set_by_half_year_and_scenarios_say_where_they_are_over(app: TestApp) {
        let session = app.session();
        contract::reviewed_actions(&app, &session);
        let secretariat = app.secretariat();
        let here = "/sessions/15/programme/capacity";
        secretariat.get(PAGE).await.expect(200).sees("No capacity is set").sees(here);
        secretariat.get(here).await.expect(200).sees("2021, half 1").sees("2023, half 2").lacks("2024, half");
        let wrong = capacity("", &[("staff_weeks.2021-1", "many"), ("money.2021-1", "5"), ("missions.2021-2", "999999999")]);
        let page = secretariat.post(here, &wrong).await.expect(422);
        page.sees("value=\"many\"").sees("Please write a whole number").sees("three letters of a currency").sees("up to 100");
        secretariat.get(here).await.expect(200).lacks("value=\"many\"");
        let set = [("staff_weeks.2021-1", "0"), ("missions.2021-1", "500"), ("money.2021-1", "1"), ("currency", "usd")];
        secretariat.post(here, &capacity("", &set)).await.expect(303);
        let page = secretariat.get(here).await.expect(200).sees("value=\"USD\"").sees("value=\"500\"");
        page.sees("value=\"USD 2021-1 0 500 1\"");
        let page = secretariat.get(PAGE).await.expect(200).sees("Load against capacity").sees("over capacity by");
        page.sees("of 500").sees("not limited");
        let late = secretariat.post(here, &capacity("", &[("staff_weeks.2022-1", "7")])).await.expect(409);
        late.sees("Somebody else has changed the capacity").sees("value=\"7\"");
        // What is emptied is no longer limited, and a currency without money is not kept.
        let seen = "USD 2021-1 0 500 1";
        secretariat.post(here, &capacity(seen, &[("missions.2021-1", "500"), ("currency", "USD")])).await.expect(303);
        secretariat.get(here).await.expect(200).lacks("value=\"USD\"").sees("value=\"2021-1 - 500 -\"");
        secretariat.get(PAGE).await.expect(200).sees("Within capacity in every half-year").lacks("over capacity by");
        for actor in [app.head("KAZ"), app.office(Office::Chair), app.office(Office::Administrator)] {
            actor.get(here).await.expect(404);
            actor.post(here, &capacity("2021-1 - 500 -", &[])).await.expect(404);
        }
    }
}
