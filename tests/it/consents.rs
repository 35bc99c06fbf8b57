//! Consents: every country that an action names consents or is taken out, and no ballot opens before.

use speca::db::StoreError;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{AnswerLang, Answers};
use speca::submissions::consents::{self, State as Consent};
use speca::submissions::{State, Submission};

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, save, stored};
use crate::support::{Actor, Page, TestApp};

/// Answers of an action that names some countries.
fn naming(countries: &str) -> Answers {
    complete_answers(Kind::Action).with("countries", AnswerLang::Neutral, countries)
}

/// Makes an action of Kazakhstan in draft that names some countries.
fn draft(app: &TestApp, countries: &str) -> Submission {
    let session = app.session();
    app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &naming(countries))
}

/// Returns what each country says: code, state, revision asked about, note.
fn consents(app: &TestApp, action: &Submission) -> Vec<(String, Consent, i32, String)> {
    let id = action.id.clone();
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            let all = consents::store::of(conn, &id)?;
            let mut rows = Vec::new();
            for one in all {
                let code = speca::delegations::store::by_id(conn, &one.delegation)?.code;
                rows.push((code, one.state, one.revision, one.note));
            }
            rows.sort();
            Ok(rows)
        })
        .expect("consents")
}

/// Returns the same without revision and note.
fn states(app: &TestApp, action: &Submission) -> Vec<(String, Consent)> {
    consents(app, action).into_iter().map(|(code, state, ..)| (code, state)).collect()
}

fn pair(code: &str, state: Consent) -> (String, Consent) {
    (code.to_owned(), state)
}

/// Answers for a delegation, having seen a revision.
async fn answer(actor: &Actor<'_>, action: &Submission, event: &str, note: &str) -> Page {
    let revision = stored(actor.app, &action.reference).0.revision.to_string();
    let fields = [("revision", revision.as_str()), ("note", note)];
    actor.post(&format!("/submissions/{}/consent/{event}", action.reference), &fields).await
}

on_each_database! {
    async fn every_other_country_named_is_asked_when_an_action_is_cleared(app: TestApp) {
        let action = draft(&app, "AFG;KAZ;UZB");
        let (page, afghanistan) = (format!("/submissions/{}", action.reference), app.head("AFG"));
        afghanistan.get(&page).await.expect(404);
        act(&app.head("KAZ"), &action.reference, "clear", &[]).await.expect(303);
        assert_eq!(states(&app, &action), [pair("AFG", Consent::Asked), pair("UZB", Consent::Asked)]);

        afghanistan.get("/").await.expect(200).sees("Needs your consent").sees(&page);
        afghanistan.get("/sessions/15/submissions?delegation=all").await.sees("Consents: 0 of 2. Your consent is needed.");
        afghanistan.get(&page).await.expect(200).sees("/consent/give").sees("Does Afghanistan consent?");
        // A delegate reads and cannot answer; a country that is not named does not know.
        let delegate = app.delegate("AFG", Capacity::Delegate);
        delegate.get(&page).await.expect(200).lacks("/consent/give");
        delegate.get("/").await.lacks("Needs your consent");
        answer(&delegate, &action, "give", "").await.expect(403);
        app.head("TJK").get(&page).await.expect(404);
        answer(&app.head("TJK"), &action, "give", "").await.expect(404);
        answer(&app.secretariat(), &action, "give", "").await.expect(403);
        app.delegate("AFG", Capacity::Observer).get(&page).await.expect(404);

        answer(&app.delegate("AFG", Capacity::Alternate), &action, "give", "Gladly").await.expect(303);
        answer(&app.head("UZB"), &action, "decline", "Not this year").await.expect(303);
        answer(&app.head("UZB"), &action, "ask-again", "").await.expect(404);
        assert_eq!(
            consents(&app, &action),
            [("AFG".into(), Consent::Given, 1, "Gladly".into()), ("UZB".into(), Consent::Declined, 1, "Not this year".into())]
        );
        afghanistan.get("/").await.lacks("Needs your consent");
        app.head("KAZ").get(&page).await.expect(200).sees("Not this year").sees("Gladly");
        // Notes are for the delegation that leads and the secretariat.
        afghanistan.get(&page).await.expect(200).sees("Gladly").lacks("Not this year").sees("Does not consent");
    }
}

on_each_database! {
    async fn a_change_of_substance_asks_again_and_other_changes_do_not(app: TestApp) {
        let action = draft(&app, "AFG;KAZ;TJK;UZB");
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        for (code, event) in [("AFG", "give"), ("TJK", "give"), ("UZB", "decline")] {
            answer(&app.head(code), &action, event, "").await.expect(303);
        }
        let returned = || async {
            act(&secretariat, &action.reference, "take-up", &[]).await.expect(303);
            act(&secretariat, &action.reference, "return", &[("note", "See")]).await.expect(303);
        };
        returned().await;
        // Russian is the translation; Uzbekistan leaves; risks are no substance.
        let smaller = naming("AFG;KAZ;TJK").with("title", Lang::Ru, "Иначе").with("risks", Lang::En, "Other risks");
        save(&head, &action, 1, &smaller, "clear").await.expect(303);
        assert_eq!(states(&app, &action), [pair("AFG", Consent::Given), pair("TJK", Consent::Given)]);
        app.head("UZB").get(&format!("/submissions/{}", action.reference)).await.expect(404);

        returned().await;
        // What is being written at home concerns nobody before it is cleared again.
        let changed = smaller.with("title", Lang::En, "Another title").with("countries", AnswerLang::Neutral, "AFG;KAZ");
        save(&head, &action, 2, &changed, "").await.expect(303);
        let page = app.head("TJK").get(&format!("/submissions/{}", action.reference)).await.expect(200);
        page.lacks("Another title");
        assert_eq!(states(&app, &action), [pair("AFG", Consent::Given), pair("TJK", Consent::Given)]);
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        assert_eq!(consents(&app, &action), [("AFG".into(), Consent::Asked, 3, String::new())]);
    }
}

on_each_database! {
    async fn an_answer_to_a_text_that_has_changed_does_not_count(app: TestApp) {
        let action = draft(&app, "AFG;KAZ");
        act(&app.head("KAZ"), &action.reference, "clear", &[]).await.expect(303);
        let path = format!("/submissions/{}/consent/give", action.reference);
        let page = app.head("AFG").post(&path, &[("revision", "7"), ("note", "typed words")]).await.expect(409);
        page.sees("typed words");
        let long = "n".repeat(2001);
        answer(&app.head("AFG"), &action, "give", &long).await.expect(422).sees(&long);
        assert_eq!(states(&app, &action), [pair("AFG", Consent::Asked)]);
        answer(&app.head("AFG"), &action, "give", "").await.expect(303);
        answer(&app.head("AFG"), &action, "give", "").await.expect(409);
    }
}

on_each_database! {
    async fn a_country_that_does_not_consent_is_taken_out_and_the_others_stay(app: TestApp) {
        let action = draft(&app, "AFG;KAZ;UZB");
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        answer(&app.head("AFG"), &action, "give", "").await.expect(303);
        answer(&app.head("UZB"), &action, "decline", "").await.expect(303);
        act(&secretariat, &action.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &action.reference, "accept", &[]).await.expect(303);

        let path = |code: &str| format!("/submissions/{}/countries/{code}/remove", action.reference);
        let seen = [("revision", "1")];
        app.head("UZB").post(&path("UZB"), &seen).await.expect(403);
        secretariat.post(&path("UZB"), &seen).await.expect(403);
        head.post(&path("AFG"), &seen).await.expect(409);
        head.post(&path("TJK"), &seen).await.expect(409);
        head.get(&format!("/submissions/{}", action.reference)).await.expect(200).sees(&path("UZB")).lacks(&path("AFG"));
        head.post(&path("UZB"), &seen).await.expect(303);
        let (now, answers) = stored(&app, &action.reference);
        assert_eq!((now.state, now.revision, answers.codes("countries")), (State::Accepted, 2, vec!["AFG", "KAZ"]));
        assert_eq!(states(&app, &action), [pair("AFG", Consent::Given)]);
    }
}

/// Fields of a ballot on two actions.
fn ballot(options: [&str; 2]) -> Vec<(&str, &str)> {
    let mut fields = vec![
        ("title_en", "Order of the actions"),
        ("title_ru", "Очередность мероприятий"),
        ("method", "borda"),
        ("tie_rule", "lot"),
        ("base", "present-and-voting"),
        ("quorum", "none"),
        ("quorum_number", ""),
        ("levels", "5"),
        ("closes", "2020-09-15T18:00"),
        ("asked_by", "TJK"),
        ("edition", "0"),
    ];
    fields.extend(options.map(|option| ("options", option)));
    fields
}

on_each_database! {
    async fn no_ballot_opens_over_an_open_or_a_declined_consent(app: TestApp) {
        let action = draft(&app, "AFG;KAZ");
        let session = app.db.read_here(|conn| speca::sessions::store::by_number(conn, 15)).expect("session");
        let other = app.accepted_action(&session, "UZB", "Alone");
        let secretariat = app.secretariat();
        act(&app.head("KAZ"), &action.reference, "clear", &[]).await.expect(303);
        act(&secretariat, &action.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &action.reference, "accept", &[]).await.expect(303);

        let waits = "Afghanistan — Not answered yet";
        secretariat.get("/sessions/15/ballots/new").await.expect(200).sees(waits).sees(&action.reference);
        let fields = ballot([&action.reference, &other.reference]);
        secretariat.post("/sessions/15/ballots/new", &fields).await.expect(303);
        secretariat.get("/sessions/15/ballots/1").await.expect(200).sees(waits);
        let open = [("edition", "1"), ("present", "KAZ")];
        let state = || {
            app.db
                .read_here(|conn| Ok::<_, StoreError>(speca::ballots::store::by_number(conn, &session.id, 1)?.state))
                .expect("ballot")
        };
        secretariat.post("/sessions/15/ballots/1/open", &open).await;
        assert_eq!(state(), speca::ballots::State::Prepared);
        answer(&app.head("AFG"), &action, "decline", "").await.expect(303);
        secretariat.post("/sessions/15/ballots/1/open", &open).await;
        assert_eq!(state(), speca::ballots::State::Prepared);
        answer(&app.head("AFG"), &action, "give", "").await.expect(303);
        secretariat.get("/sessions/15/ballots/1").await.expect(200).lacks("Afghanistan —");
        secretariat.post("/sessions/15/ballots/1/open", &open).await.expect(303);
        assert_eq!(state(), speca::ballots::State::Open);
        // What was consented to when the ballot opened stands.
        answer(&app.head("AFG"), &action, "decline", "").await.expect(409);
        app.head("AFG").get(&format!("/submissions/{}", action.reference)).await.expect(200).lacks("/consent/");
        assert_eq!(states(&app, &action), [pair("AFG", Consent::Given)]);
    }
}

on_each_database! {
    async fn what_is_compiled_asks_nobody_before_it_is_taken_over(app: TestApp) {
        let session = app.session();
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &naming("AFG;KAZ"));
        let source = speca::submissions::CompiledSource {
            key: "PA-900".to_owned(),
            period: "2019".to_owned(),
            state: String::new(),
            title: "A public source".to_owned(),
            url: "https://example.org/".to_owned(),
            date: "2020-01-01".to_owned(),
            kind: "report".to_owned(),
            confidence: "high".to_owned(),
            taken_over_at: None,
        };
        app.db
            .write_here(|tx| speca::submissions::store::insert_source(tx, &action.id, &source))
            .expect("source");
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        act(&secretariat, &action.reference, "hand-in", &[]).await.expect(303);
        assert_eq!(states(&app, &action), []);
        act(&head, &action.reference, "take-over", &[]).await.expect(303);
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        assert_eq!(states(&app, &action), [pair("AFG", Consent::Asked)]);
    }
}
