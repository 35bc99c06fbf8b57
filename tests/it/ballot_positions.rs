//! Explanations of position on ballots: sealed with the ballot, part of the record once it is certified.

use chrono::TimeDelta;
use speca::policy::Capacity;

use crate::ballots::{BALLOT, cast, opened, stage, step};
use crate::on_each_database;
use crate::seal_ballots::{others, paths};
use crate::support::{Actor, Page};

/// A text that is nowhere else.
const SEALED: &str = "We put transit first because of our geography 4417";
/// Its translation.
const TRANSLATED: &str = "Мы поставили транзит на первое место 4417";

async fn explain(actor: &Actor<'_>, original: &str, en: &str, ru: &str) -> Page {
    let fields = [("original", original), ("text_en", en), ("text_ru", ru)];
    actor.post(&format!("{BALLOT}/position"), &fields).await
}

on_each_database! {
    async fn an_explanation_is_read_by_its_delegation_alone_until_the_result_is_certified(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        let head = app.head("KAZ");
        head.get(BALLOT).await.expect(200).sees("Explain your position");
        explain(&head, "en", SEALED, "").await.expect(303);
        cast(&head, "1 2 3").await;
        // A later text takes the place of the earlier one, and adds the translation.
        explain(&app.delegate("KAZ", Capacity::Alternate), "en", SEALED, TRANSLATED).await.expect(303);
        head.get(&format!("{BALLOT}/position")).await.expect(200).sees(SEALED).sees(TRANSLATED);
        for round in ["open", "closed"] {
            if round == "closed" {
                app.pass(TimeDelta::days(2));
                step(&app, &secretariat, &session, "close").await.expect(303);
                // After the vote it can still be handed in.
                explain(&app.head("KGZ"), "ru", "", TRANSLATED).await.expect(303);
            }
            for (who, actor) in others(&app, &session) {
                let seal = ["/position", "/by-hand", "/result"].map(|end| format!("{BALLOT}{end}"));
                for path in paths().into_iter().chain(seal) {
                    let page = actor.get(&path).await;
                    let own = ["head", "alternate", "delegate"].contains(&who) && path.ends_with("/position");
                    let is_said = page.body.contains(SEALED) || page.body.contains(TRANSLATED);
                    assert!(own || !is_said, "{who} sees it at {path} while {round}");
                }
            }
        }
        step(&app, &secretariat, &session, "certify").await.expect(303);
        let page = app.visitor().get(&format!("{BALLOT}/result")).await.expect(200);
        page.sees("Explanations of position").sees(SEALED).sees(TRANSLATED).sees("Translation:");
        app.visitor().get("/sessions/15/papers/result").await.expect(200).sees(SEALED).sees("explained their positions");
        app.visitor().get("/sessions/15/papers/result?lang=ru").await.expect(200).sees(TRANSLATED);
        let told = app.visitor().get(&format!("/api/v1{BALLOT}/result")).await.expect(200).json();
        assert_eq!(told["positions"][0]["delegation"], "KAZ");
        assert_eq!(told["positions"][1]["original"], "ru");
        // What is published stands; who has not explained yet still can.
        explain(&head, "en", "Other words", "").await.expect(409).sees("It stands in the record").sees("Other words");
        explain(&app.head("AZE"), "en", "We abstained.", "").await.expect(303);
        app.visitor().get(&format!("{BALLOT}/result")).await.expect(200).sees("We abstained.");
    }
}

on_each_database! {
    async fn who_does_not_speak_for_a_delegation_explains_nothing_and_nothing_typed_is_lost(app: TestApp) {
        let _session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        explain(&secretariat, "en", SEALED, "").await.expect(404);
        explain(&app.delegate("KAZ", Capacity::Delegate), "en", SEALED, "").await.expect(404);
        let head = app.head("KAZ");
        explain(&head, "ru", SEALED, " ").await.expect(422).sees(SEALED).sees("Please fill this in.");
        explain(&head, "en", &"x".repeat(2001), "").await.expect(422).sees("at most 2000 characters").sees("xxxx");
        let switched = [("original", "ru"), ("text_en", SEALED), ("text_ru", ""), ("_language", "ru")];
        head.post(&format!("{BALLOT}/position"), &switched).await.expect(200).sees(SEALED).sees("Язык оригинала");
    }
}

on_each_database! {
    async fn a_secret_vote_is_not_explained(app: TestApp) {
        let _session = stage(&app);
        opened(&app.secretariat(), &[("secrecy", "secret"), ("fewest_papers", "12")]).await;
        let head = app.head("KAZ");
        head.get(BALLOT).await.expect(200).lacks("Explain your position");
        head.get(&format!("{BALLOT}/position")).await.expect(409);
        explain(&head, "en", SEALED, "").await.expect(409).sees("is not explained");
    }
}
