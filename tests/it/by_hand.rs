//! Votes taken by hand in the room: entered from the record, confirmed or contested by each delegation, counted as they
//! were entered.

use chrono::TimeDelta;
use speca::policy::Capacity;
use speca::tally::turnout::RollKind;

use crate::ballots::{BALLOT, OPTIONS, cast, opened, paper, send, stage, step, stored};
use crate::on_each_database;
use crate::seal_ballots::{others, paths};
use crate::support::{Actor, Page};

/// A text of a delegation to the secretariat.
const REASON: &str = "We raised our card for the second option 9931";

/// Enters the vote of a delegation.
async fn enter(secretariat: &Actor<'_>, code: &str, priorities: &str, source: &str) -> Page {
    let fields = paper("0", priorities, "enter");
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("delegation", code), ("source", source)]);
    secretariat.post(&format!("{BALLOT}/by-hand"), &fields).await
}

async fn answer(head: &Actor<'_>, says: &str, reason: &str) -> Page {
    head.post(&format!("{BALLOT}/paper/entered"), &[("says", says), ("reason", reason)]).await
}

on_each_database! {
    async fn a_vote_taken_by_hand_counts_as_entered_and_its_delegation_confirms_it(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        secretariat.get(BALLOT).await.expect(200).sees("Votes taken by hand in the room");
        let source = "Summary record, third meeting, page 4";
        enter(&secretariat, "", "1 2 3", source).await.expect(422).sees(source).sees("Please choose a delegation");
        enter(&secretariat, "KAZ", "1 2 3", "").await.expect(422).sees("Please fill this in.");
        enter(&secretariat, "KAZ", "1 2 3", source).await.expect(303);
        enter(&secretariat, "KGZ", "2 1 -", source).await.expect(303);
        // The delegation is asked: on its start page, by mail, beside its paper.
        let head = app.head("KAZ");
        head.get("/").await.expect(200).sees("confirm or contest it");
        head.get(BALLOT).await.expect(200).sees("Quorum as things stand").sees("Needed: 4; present: 5 of 7.");
        let own = head.get(&format!("{BALLOT}/paper")).await.expect(200);
        own.sees("Entered by the secretariat").sees(source).sees("Receipt").sees("Ballot paper that counts");
        app.delegate("KAZ", Capacity::Delegate).get("/").await.expect(200).lacks("confirm or contest it");
        answer(&app.delegate("KAZ", Capacity::Delegate), "confirm", "").await.expect(403);
        answer(&app.head("AZE"), "confirm", "").await.expect(409);
        answer(&head, "confirm", "").await.expect(303);
        answer(&head, "contest", REASON).await.expect(409).sees(REASON);
        head.get("/").await.expect(200).lacks("confirm or contest it");
        cast(&app.head("AZE"), "3 3 3").await;
        enter(&secretariat, "AZE", "1 2 3", source).await.expect(409).sees("has confirmed its own ballot paper");
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        enter(&secretariat, "TJK", "1 2 3", source).await.expect(409).sees("The ballot is counted");
        step(&app, &secretariat, &session, "certify").await.expect(303);
        let counted = stored(&app, &session.id, 1).1.expect("counted");
        assert_eq!(counted.roll.number(RollKind::Cast), 3);
        let page = app.visitor().get(&format!("{BALLOT}/result")).await.expect(200);
        page.sees("2 ballot papers were entered by the secretariat").sees("confirmed by their delegations: 1");
        let told = app.visitor().get(&format!("/api/v1{BALLOT}/result")).await.expect(200).json();
        assert_eq!(told["by_hand"][0]["state"], "confirmed");
    }
}

on_each_database! {
    async fn a_contested_vote_stands_in_the_way_until_it_is_settled(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        enter(&secretariat, "KAZ", "1 2 3", "Record").await.expect(303);
        enter(&secretariat, "KGZ", "1 2 3", "Record").await.expect(303);
        enter(&secretariat, "UZB", "1 2 3", "Record").await.expect(303);
        let (kaz, kgz, uzb) = (app.head("KAZ"), app.head("KGZ"), app.head("UZB"));
        answer(&kaz, "contest", " ").await.expect(422).sees("Please fill this in.");
        answer(&kaz, "contest", &REASON.repeat(20)).await.expect(422).sees("9931");
        for head in [&kaz, &kgz, &uzb] {
            answer(head, "contest", REASON).await.expect(303);
        }
        secretariat.get(&format!("{BALLOT}/by-hand")).await.expect(200).sees(REASON).sees("Contested");
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        let page = step(&app, &secretariat, &session, "certify").await.expect(409);
        page.sees("KAZ, KGZ, UZB contests");
        // Settled: corrected and counted again, taken out and counted again, confirmed after all.
        assert_eq!(stored(&app, &session.id, 1).1.expect("counted").outcome.winners()[0].as_str(), OPTIONS[0]);
        enter(&secretariat, "KAZ", "3 1 2", "Record, corrected").await.expect(303);
        secretariat.post(&format!("{BALLOT}/by-hand/KGZ/take-out"), &[]).await.expect(303);
        secretariat.post(&format!("{BALLOT}/by-hand/KAZ/take-out"), &[]).await.expect(409);
        answer(&uzb, "confirm", "").await.expect(303);
        let counted = stored(&app, &session.id, 1).1.expect("counted");
        assert_eq!((counted.outcome.weight, counted.roll.number(RollKind::NotVoting)), (2, 4));
        step(&app, &secretariat, &session, "certify").await.expect(303);
        let page = app.visitor().get(&format!("{BALLOT}/result")).await.expect(200);
        page.sees("2 ballot papers were entered by the secretariat").lacks(REASON);
        for path in ["/audit", "/outbox"] {
            secretariat.get(path).await.expect(200).lacks(REASON);
        }
    }
}

on_each_database! {
    async fn what_was_entered_by_hand_is_sealed_like_any_paper(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        let fields = paper("0", "4 - 5", "enter");
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let objection = format!("objection|{}", OPTIONS[1]);
        fields.extend([("delegation", "KAZ"), ("source", "Record"), (objection.as_str(), REASON)]);
        secretariat.post(&format!("{BALLOT}/by-hand"), &fields).await.expect(303);
        app.head("KAZ").get(&format!("{BALLOT}/paper")).await.expect(200).sees(REASON);
        for (who, actor) in others(&app, &session) {
            for path in paths().into_iter().chain([format!("{BALLOT}/by-hand"), "/outbox".to_owned()]) {
                assert!(!actor.get(&path).await.body.contains(REASON), "{who} sees it at {path}");
            }
        }
    }
}

on_each_database! {
    async fn only_the_secretariat_enters_and_never_into_a_secret_ballot(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[("secrecy", "secret"), ("fewest_papers", "12")]).await;
        secretariat.get(BALLOT).await.expect(200).lacks("Votes taken by hand");
        enter(&secretariat, "KAZ", "1 2 3", "Record").await.expect(409).sees("A secret ballot takes no vote");
        for (who, actor) in others(&app, &session).into_iter().filter(|(who, _)| *who != "secretariat") {
            let page = enter(&actor, "KAZ", "1 2 3", "Record").await;
            assert!([303, 401, 403, 404].contains(&page.status.code), "{who}: {}", page.status);
        }
        assert!(stored(&app, &session.id, 1).1.is_none());
    }
}

on_each_database! {
    async fn a_delegation_that_casts_its_own_paper_replaces_what_was_entered(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        enter(&secretariat, "KAZ", "1 2 3", "Record").await.expect(303);
        let head = app.head("KAZ");
        answer(&head, "contest", REASON).await.expect(303);
        send(&head, &paper("1", "3 2 1", "confirm")).await.expect(303);
        head.get("/").await.expect(200).lacks("confirm or contest it");
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        step(&app, &secretariat, &session, "certify").await.expect(303);
        assert_eq!(stored(&app, &session.id, 1).1.expect("counted").outcome.winners()[0].as_str(), OPTIONS[2]);
        app.visitor().get(&format!("{BALLOT}/result")).await.expect(200).lacks("entered by the secretariat");
    }
}
