//! How sure the ranking is: weights varied, neighbours reversed, reviewers compared; for those who see the ranking alone.

use speca::accounts::Office;
use speca::policy::Capacity;

use crate::on_each_database;
use crate::reviews::{criteria, give};

const PATH: &str = "/sessions/15/ranking/sure";

on_each_database! {
    async fn the_ranking_says_what_it_rests_on(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let [kazakhstan, uzbekistan, tajikistan] =
            ["KAZ", "UZB", "TJK"].map(|code| app.accepted_action(&session, code, "An action"));
        let secretariat = app.secretariat();
        secretariat.get("/sessions/15/ranking").await.expect(200).sees(PATH);
        secretariat.get(PATH).await.expect(200).sees("There is no action to rank").lacks("<svg");
        let (first, second) = (app.reviewer(&session.id, None), app.reviewer(&session.id, None));
        for reviewer in [&first, &second] {
            give(reviewer, &criteria, &kazakhstan, &["5", "4"]).await;
            give(reviewer, &criteria, &uzbekistan, &["4", "5"]).await;
        }
        give(&first, &criteria, &tajikistan, &["4", "not-applicable"]).await;
        give(&second, &criteria, &tajikistan, &["1", "1"]).await;

        // 4.6 and 4.4 with the weights 60 and 40: level when both weigh half. Tajikistan is behind with any weights.
        let page = secretariat.get(PATH).await.expect(200);
        let page = page.sees("Draws: 100,000; seed: 15").sees("<svg").sees("weighed less than 50.00% instead of 60.00%, PA-UZB-2020-001 would be ahead.");
        let page = page.sees("No change of one weight puts the second ahead.").sees("3 (100%)");
        let page = page.sees("Flagged are actions whose highest and lowest review differ by 2 steps of the scale or more.");
        let page = page.sees("PA-TJK-2020-001</span></a> An action</th><td class=\"number\" data-label=\"Lowest review\">1.00</td>");
        // Two reviewers share three reviews: too few to say who is severe. The secretariat knows their names.
        let page = page.sees("there are 0.").sees("too few shared reviews").sees("Office none");
        page.lacks("Adjusted rank").lacks("Reviewer 1").sees("/submissions/PA-KAZ-2020-001/review");
        let chair = app.office(Office::Chair).get(PATH).await.expect(200);
        chair.sees("Reviewer 1").lacks("Office none").lacks("/review\"");
        secretariat.post("/language", &[("language", "ru"), ("return_to", "/")]).await.expect(303);
        let russian = secretariat.get(PATH).await.expect(200);
        let russian = russian.sees("составлял менее 50,00 % вместо 60,00 %, впереди было бы PA-UZB-2020-001.");
        russian.sees("Число выборок — 100\u{a0}000; начальное значение — 15").sees("на 2 балла или более").lacks("ranking-sure");
    }
}

on_each_database! {
    async fn severity_is_taken_out_once_enough_reviews_are_shared(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let codes = ["AFG", "AZE", "KAZ", "KGZ", "TJK", "UZB"];
        let actions = codes.map(|code| app.accepted_action(&session, code, "An action"));
        let (severe, mild) = (app.reviewer(&session.id, None), app.reviewer(&session.id, None));
        for action in &actions[..5] {
            give(&severe, &criteria, action, &["2", "2"]).await;
            give(&mild, &criteria, action, &["4", "4"]).await;
        }
        give(&severe, &criteria, &actions[5], &["3", "3"]).await;
        // Five shared reviews, one step from the mean each. With 5·o − 5·(o − o′)/2 … the offsets are opposite, and
        // (5 + 5)·o = 5 with o′ = −o gives a half. The last action, seen by the severe one alone, moves to the first place.
        let page = app.secretariat().get(PATH).await.expect(200);
        let page = page.sees("−0.50 (severer)").sees("+0.50 (milder)").sees("Adjusted rank");
        let page = page.sees("<td class=\"number\">3.50</td>");
        page.sees("hardly more than chance").lacks("The order is not adjusted");
    }
}

on_each_database! {
    async fn only_those_who_see_the_ranking_see_how_sure_it_is(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let action = app.accepted_action(&session, "KAZ", "An action");
        let reviewer = app.reviewer(&session.id, None);
        reviewer.get(PATH).await.expect(404);
        give(&reviewer, &criteria, &action, &["5", "4"]).await;
        let others = [reviewer, app.head("KAZ"), app.delegate("UZB", Capacity::Observer), app.office(Office::Administrator)];
        for actor in others {
            actor.get(PATH).await.expect(404).lacks("4.60");
        }
        app.visitor().get(PATH).await.expect(303);
        app.secretariat().get("/sessions/99/ranking/sure").await.expect(404);
    }
}
