//! What ties submissions together: practices an action builds on, offers that meet needs; only what the reader may see.

use std::collections::{BTreeMap, BTreeSet};

use speca::exports::Name;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{AnswerLang, Answers};
use speca::submissions::State;

use crate::exports::{export, rows};
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::Actor;

/// A practice that offers something, on the first target of its list.
fn offering(title: &str, offers: &str) -> Answers {
    let answers = complete_answers(Kind::Practice).with("title", Lang::En, title).with("title", Lang::Ru, title);
    answers.with("main_target", AnswerLang::Neutral, "17.10").with("offers", AnswerLang::Neutral, offers)
}

/// An action that builds on practices, on the same target.
fn building(title: &str, references: &[&str]) -> Answers {
    let answers = complete_answers(Kind::Action).with("title", Lang::En, title).with("title", Lang::Ru, title);
    let answers =
        answers.with("main_target", AnswerLang::Neutral, "17.10").with("countries", AnswerLang::Neutral, "KGZ");
    references.iter().enumerate().fold(answers, |answers, (row, reference)| {
        answers.with(&format!("built_on.{row}.reference"), AnswerLang::Neutral, *reference)
    })
}

on_each_database! {
    async fn practice_and_action_name_each_other_to_who_may_see_both(app: TestApp) {
        let session = app.session();
        let of = |code, kind, state, answers: &Answers| app.submission_with(&session, code, kind, state, answers);
        let practice = of("UZB", Kind::Practice, State::Accepted, &offering("A shared window", ""));
        let draft = of("UZB", Kind::Practice, State::Draft, &offering("A secret practice", ""));
        let both = [practice.reference.as_str(), draft.reference.as_str()];
        let public = of("KGZ", Kind::Action, State::Accepted, &building("A public action", &both));
        let hidden = of("KGZ", Kind::Action, State::Draft, &building("A hidden action", &[&practice.reference]));

        let library = format!("/library/{}", practice.reference);
        app.visitor().get(&library).await.expect(200).lacks("A public action").lacks("A hidden action");
        let kaz = app.delegate("KAZ", Capacity::Delegate);
        kaz.get(&library).await.expect(200).sees("Used by the priority actions").sees("A public action").lacks("A hidden action");
        app.head("KGZ").get(&library).await.expect(200).sees("A public action").sees("A hidden action");
        let page = app.delegate("UZB", Capacity::Delegate).get(&format!("/submissions/{}", practice.reference)).await;
        page.expect(200).sees("A public action").lacks("A hidden action");

        // The title of a practice that the reader may not see is not shown.
        let page = kaz.get(&format!("/submissions/{}", public.reference)).await.expect(200);
        page.sees("Builds on good practices").sees("A shared window").lacks("A secret practice");
        kaz.get(&format!("/submissions/{}", hidden.reference)).await.expect(404);
    }
}

on_each_database! {
    async fn an_action_is_cleared_only_over_practices_that_can_be_seen(app: TestApp) {
        let session = app.session();
        let of = |code, kind, state, answers: &Answers| app.submission_with(&session, code, kind, state, answers);
        let public = of("UZB", Kind::Practice, State::Accepted, &offering("A shared window", ""));
        let secret = of("UZB", Kind::Practice, State::Draft, &offering("A secret practice", ""));
        let own = of("KGZ", Kind::Practice, State::Draft, &offering("An own practice", ""));
        let other = of("KGZ", Kind::Action, State::Draft, &building("Another action", &[]));
        let head = app.head("KGZ");
        for (wrong, words) in [
            (vec![secret.reference.as_str()], "no good practice GP-UZB-2020-002"),
            (vec!["GP-TJK-2020-099"], "no good practice GP-TJK-2020-099"),
            (vec![other.reference.as_str()], "no good practice PA-KGZ-2020-001"),
            (vec![public.reference.as_str(), public.reference.as_str()], "is named already"),
        ] {
            let action = of("KGZ", Kind::Action, State::Draft, &building("Agree on data", &wrong));
            let address = format!("/submissions/{}/acts/clear", action.reference);
            head.post(&address, &[("revision", "1")]).await.expect(422).sees(words).lacks("A secret practice");
        }
        let right = [public.reference.as_str(), own.reference.as_str()];
        let action = of("KGZ", Kind::Action, State::Draft, &building("Agree on data", &right));
        let form = head.get(&format!("/submissions/{}/edit", action.reference)).await.expect(200);
        form.sees("list=\"practices\"").sees("An own practice").lacks("A secret practice");
        head.post(&format!("/submissions/{}/acts/clear", action.reference), &[("revision", "1")]).await.expect(303);
    }
}

on_each_database! {
    async fn offers_meet_needs_by_target_as_far_as_the_reader_may_see(app: TestApp) {
        let session = app.session();
        let of = |code, kind, state, answers: &Answers| app.submission_with(&session, code, kind, state, answers);
        of("UZB", Kind::Practice, State::Accepted, &offering("A shared window", "study-visit;documents"));
        of("TJK", Kind::Practice, State::Accepted, &offering("Nothing to offer", ""));
        of("AZE", Kind::Practice, State::Draft, &offering("A secret offer", "expert"));
        let need = of("KGZ", Kind::Action, State::Accepted, &building("Agree on data", &[]));
        of("TKM", Kind::Action, State::Draft, &building("A secret need", &[]));

        let board = "/sessions/15/matches";
        let kaz = app.delegate("KAZ", Capacity::Delegate);
        let page = kaz.get(board).await.expect(200).sees("A shared window").sees("study visit, documents");
        page.sees("Agree on data").lacks("Nothing to offer").lacks("A secret offer").lacks("A secret need");
        app.head("AZE").get(board).await.expect(200).sees("A secret offer").lacks("A secret need");
        kaz.get(&format!("{board}?needing=KGZ")).await.expect(200).sees("Agree on data").sees("A shared window");
        kaz.get(&format!("{board}?needing=UZB")).await.expect(200).lacks("Agree on data").lacks("A shared window");
        kaz.get(&format!("{board}?offering=TJK")).await.expect(200).lacks("A shared window").sees("Nobody yet");
        kaz.get("/sessions/15").await.expect(200).sees(board);

        let file = async |who: &Actor<'_>, lang: &str| {
            rows(&who.get(&format!("/sessions/15/exports/matches.csv?lang={lang}")).await.expect(200).body)
        };
        let seen = file(&kaz, "en").await;
        let at = |reference: &str| seen.iter().filter(|row| row["Reference"] == reference).cloned().collect::<Vec<_>>();
        let needed = at(&need.reference);
        assert!(needed.iter().any(|row| row["Target (code)"] == "17.10" && row["Offer and need meet"] == "yes"));
        assert!(needed.iter().all(|row| row["Side (code)"] == "needs" && row["Offered"].is_empty()));
        let offered: Vec<_> = seen.iter().filter(|row| row["Title"] == "A shared window").collect();
        assert!(!offered.is_empty() && offered.iter().all(|row| row["Offered"] == "study visit;documents"));
        let titles = |rows: &[BTreeMap<String, String>]| rows.iter().map(|row| row["Title"].clone()).collect::<BTreeSet<_>>();
        assert_eq!(titles(&seen), BTreeSet::from(["A shared window".to_owned(), "Agree on data".to_owned()]));
        assert!(titles(&file(&app.head("AZE"), "en").await).contains("A secret offer"));
        assert_eq!(titles(&rows(&export(&app, &session, Name::Matches, Lang::En))), titles(&seen));
        assert_eq!(file(&kaz, "ru").await.len(), seen.len());

        let page = kaz.get(&format!("/submissions/{}", need.reference)).await.expect(200);
        page.sees("Who offers help with its targets").sees("A shared window").sees("targets 17.10");
        app.visitor().get(board).await.expect(303);
    }
}
