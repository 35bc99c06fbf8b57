//! Changes that the secretariat proposes: nothing becomes the delegation's text before its head confirms it, question by question.

use diesel::prelude::*;
use speca::db::StoreError;
use speca::db::schema::messages;
use speca::kernel::ids::AccountId;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{AnswerLang, Answers};
use speca::submissions::edits::{self, Round};
use speca::submissions::{State, Submission};

use crate::ballots::{BALLOT, prepared};
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, fields_of, post, save, stored};
use crate::support::{Actor, Page, TestApp};

/// Makes an action of Kazakhstan in a state.
fn action(app: &TestApp, state: State) -> Submission {
    let session = app.session();
    app.submission_with(&session, "KAZ", Kind::Action, state, &text())
}

fn text() -> Answers {
    complete_answers(Kind::Action)
        .with("title", Lang::En, "Link the windows")
        .with("title", Lang::Ru, "Связать окна")
        .with("risks", Lang::En, "Few")
        .with("countries", AnswerLang::Neutral, "KAZ")
}

fn rounds(app: &TestApp, of: &Submission) -> Vec<Round> {
    let id = of.id.clone();
    app.db.read_here(move |conn| edits::store::rounds_of(conn, &id)).expect("rounds")
}

fn address(of: &Submission) -> String {
    format!("/submissions/{}/edits", of.reference)
}

/// Sends the form of the secretariat, loaded from a revision.
async fn write(actor: &Actor<'_>, of: &Submission, revision: i32, answers: &Answers, propose: bool) -> Page {
    let mut fields = fields_of(of.kind, answers);
    let edition =
        rounds(actor.app, of).iter().find(|round| round.state == edits::State::Draft).map_or(0, |one| one.edition);
    let act = if propose { "propose" } else { "keep" };
    for (name, value) in [("revision", revision.to_string()), ("_edition", edition.to_string()), ("_act", act.into())] {
        fields.push((name.to_owned(), value));
    }
    fields.push(("_note".to_owned(), "A matter of style".to_owned()));
    post(actor, &format!("{}/write", address(of)), &fields).await
}

/// Sends the form of the delegation.
async fn answer(actor: &Actor<'_>, of: &Submission, act: &str, answers: &[(&str, &str)]) -> Page {
    let edition = rounds(actor.app, of).last().expect("a round").edition.to_string();
    let revision = stored(actor.app, &of.reference).0.revision.to_string();
    let mut fields = vec![("_act", act), ("_edition", edition.as_str()), ("revision", revision.as_str())];
    fields.extend_from_slice(answers);
    actor.post(&address(of), &fields).await
}

fn told(app: &TestApp, kind: &'static str) -> Vec<Option<AccountId>> {
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            let rows = messages::table.filter(messages::kind.eq(kind)).select(messages::account_id);
            Ok(rows.order(messages::id.asc()).load(conn)?)
        })
        .expect("messages")
}

on_each_database! {
    async fn what_the_secretariat_edits_becomes_the_text_only_where_the_head_confirms_it(app: TestApp) {
        let action = action(&app, State::UnderReview);
        let (secretariat, head, delegate) = (app.secretariat(), app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let page = address(&action);
        secretariat.get(&page).await.expect(200).sees("Nothing has been proposed yet").sees("3 more rounds").sees("Propose changes");
        let edited = text().with("title", Lang::En, "Link the single windows").with("risks", Lang::En, "None").with("theme", AnswerLang::Neutral, "D2");
        write(&secretariat, &action, 1, &edited, false).await.expect(303);
        // A draft is nobody's but the secretariat's.
        secretariat.get(&format!("{page}/write")).await.expect(200).sees("Link the single windows").sees("A matter of style");
        secretariat.get(&format!("{page}/1/marked")).await.expect(200).sees("single");
        head.get(&page).await.expect(200).lacks("single").lacks("A matter of style").sees("Nothing has been proposed yet");
        head.get(&format!("{page}/1/marked")).await.expect(404);
        head.get("/").await.expect(200).lacks("Changes proposed");
        assert!(told(&app, "edits-proposed").is_empty());

        write(&secretariat, &action, 1, &edited, true).await.expect(303);
        assert_eq!(told(&app, "edits-proposed"), [Some(head.account.clone())], "heads are asked, nobody else");
        head.get("/").await.expect(200).sees("Changes proposed by the secretariat wait").sees(&page);
        secretariat.get("/sessions/15/desk").await.expect(200).sees("1 text with proposed changes").sees("/sessions/15/edits");
        let mail = app.db.read_here(|conn| -> Result<bool, StoreError> {
            Ok(messages::table.filter(messages::kind.eq("edits-proposed")).select(messages::asks).first(conn)?)
        });
        assert!(mail.expect("mail"), "its subject says that action is required");
        assert_eq!(stored(&app, &action.reference).1, text(), "nothing changes by being proposed");

        // A delegate prepares, and cannot confirm.
        let prepared = [("answer.title|en", "confirmed"), ("answer.risks|en", "declined"), ("reason.risks|en", "There are some")];
        answer(&delegate, &action, "confirm", &prepared).await.expect(403);
        answer(&delegate, &action, "prepare", &prepared).await.expect(303);
        secretariat.get(&page).await.expect(200).lacks("There are some");
        head.get(&page).await.expect(200).sees("There are some").sees("<ins>single </ins>").sees("Answer for the delegation");
        // Every change needs an answer; what was answered is still there.
        let missing = answer(&head, &action, "confirm", &prepared).await.expect(422).sees("Confirm or decline.").sees("There are some");
        missing.sees("f-answer-theme");
        let whole = [&prepared[..], &[("answer.theme", "confirmed")]].concat();
        answer(&head, &action, "confirm", &whole).await.expect(303);

        let (now, answers) = stored(&app, &action.reference);
        let confirmed = text().with("title", Lang::En, "Link the single windows").with("theme", AnswerLang::Neutral, "D2");
        assert_eq!((now.revision, now.state, answers), (2, State::UnderReview, confirmed));
        assert_eq!(now.delegation, app.delegation("KAZ"), "the text stays that of its delegation");
        let held = rounds(&app, &action);
        assert_eq!((held[0].state, held[0].revision, held[0].answered_by.clone()), (edits::State::Answered, Some(2), Some(head.account.clone())));
        let history = secretariat.get(&format!("/submissions/{}/history", action.reference)).await.expect(200);
        history.sees("Changes of the secretariat by").sees("confirmed by");
        assert!(told(&app, "edits-answered").contains(&Some(secretariat.account.clone())));
        let copy = secretariat.get(&format!("{page}/1/marked")).await.expect(200);
        copy.sees("There are some").sees("edits-said-declined").sees("<ins>single </ins>");
        secretariat.get(&format!("{page}/1/clean")).await.expect(200).sees("Link the single windows").sees("Few").lacks("<ins>").lacks("None</p>");
        head.get("/").await.expect(200).lacks("Changes proposed by the secretariat wait");
        answer(&head, &action, "confirm", &whole).await.expect(409);
        // Whoever may not see the history sees no rounds.
        app.head("UZB").get(&page).await.expect(404);
        app.delegate("KAZ", Capacity::Observer).get(&page).await.expect(403);
        app.visitor().get(&page).await.expect(303);
    }
}

on_each_database! {
    async fn what_the_delegation_wrote_meanwhile_is_shown_and_not_overwritten(app: TestApp) {
        let action = action(&app, State::AwaitingClearance);
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        act(&secretariat, &action.reference, "take-up", &[]).await.expect(303);
        let edited = text().with("title", Lang::En, "Of the secretariat").with("risks", Lang::En, "None");
        write(&secretariat, &action, 1, &edited, true).await.expect(303);
        act(&secretariat, &action.reference, "return", &[("note", "See")]).await.expect(303);
        let seen = head.get(&address(&action)).await.expect(200).lacks("Your text has changed since");
        assert!(seen.body.contains("name=\"revision\" value=\"1\""));
        let own = text().with("title", Lang::En, "Of the delegation at home");
        save(&head, &action, 1, &own, "").await.expect(303);

        // Whoever answers what was read before is shown both, and keeps what was answered.
        let stale = [("_act", "confirm"), ("_edition", "2"), ("revision", "1"), ("answer.title|en", "confirmed"), ("answer.risks|en", "declined"), ("reason.risks|en", "Kept words")];
        let page = head.post(&address(&action), &stale).await.expect(409).sees("Your text has changed since").sees("Of the delegation at home");
        page.sees("<ins>secretariat</ins>").sees("Kept words");
        assert_eq!(stored(&app, &action.reference).1, own);
        // What is written at home is not the secretariat's to read.
        secretariat.get(&address(&action)).await.expect(200).lacks("at home").sees("<ins>secretariat</ins>");
        secretariat.get(&format!("{}/1/clean", address(&action))).await.expect(200).lacks("at home");

        answer(&head, &action, "confirm", &[("answer.title|en", "declined"), ("answer.risks|en", "confirmed")]).await.expect(303);
        assert_eq!(stored(&app, &action.reference).1, own.with("risks", Lang::En, "None"));
        let history = secretariat.get(&format!("/submissions/{}/history", action.reference)).await.expect(200);
        history.lacks("confirmed by");
    }
}

on_each_database! {
    async fn after_the_last_round_the_text_of_the_delegation_stands(app: TestApp) {
        let action = action(&app, State::Submitted);
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        secretariat.post("/sessions/15/edits", &[("rounds", "many"), ("seen", "3")]).await.expect(422).sees("many");
        secretariat.post("/sessions/15/edits", &[("rounds", "21"), ("seen", "3")]).await.expect(422);
        secretariat.post("/sessions/15/edits", &[("rounds", "2"), ("seen", "5")]).await.expect(409);
        secretariat.post("/sessions/15/edits", &[("rounds", "2"), ("seen", "3")]).await.expect(303);
        head.get("/sessions/15/edits").await.expect(404);
        for round in 1..=2 {
            let edited = text().with("title", Lang::En, format!("Title of round {round}"));
            write(&secretariat, &action, 1, &edited, true).await.expect(303);
            write(&secretariat, &action, 1, &edited, true).await.expect(409).sees(&format!("Title of round {round}"));
            answer(&head, &action, "confirm", &[("answer.title|en", "declined")]).await.expect(303);
        }
        let page = write(&secretariat, &action, 1, &text().with("title", Lang::En, "Once more"), true).await.expect(409);
        page.sees("The rounds of this text are over (2)").sees("Once more");
        secretariat.get(&address(&action)).await.expect(200).sees("No further round is left").lacks("/edits/write");
        assert_eq!((stored(&app, &action.reference).0.revision, stored(&app, &action.reference).1), (1, text()));
        assert!(rounds(&app, &action).iter().all(|round| round.revision.is_none()));
    }
}

on_each_database! {
    async fn no_ballot_opens_over_a_text_with_changes_that_wait(app: TestApp) {
        let session = app.session();
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::UnderReview, &text());
        let secretariat = app.secretariat();
        write(&secretariat, &action, 1, &text().with("title", Lang::En, "Another"), true).await.expect(303);
        act(&secretariat, &action.reference, "accept", &[]).await.expect(303);
        for code in ["KGZ", "UZB"] {
            app.accepted_action(&session, code, "Other");
        }
        prepared(&secretariat, &[]).await;
        let open = [("edition", "1"), ("present", "AFG"), ("present", "AZE"), ("present", "KGZ"), ("present", "TJK")];
        let page = secretariat.post(&format!("{BALLOT}/open"), &open).await.expect(409);
        page.sees("changes proposed to").sees(&action.reference);
        secretariat.get(&address(&action)).await.expect(200).sees("Take the proposal back");
        let take_back = format!("{}/take-back", address(&action));
        secretariat.post(&take_back, &[("_edition", "1")]).await.expect(409);
        app.head("KAZ").post(&take_back, &[("_edition", "2")]).await.expect(403);
        secretariat.post(&take_back, &[("_edition", "2")]).await.expect(303);
        secretariat.post(&format!("{BALLOT}/open"), &open).await.expect(303);
    }
}

on_each_database! {
    async fn a_confirmed_change_of_substance_asks_the_countries_named_again(app: TestApp) {
        use speca::submissions::consents::{self, State as Consent};
        let session = app.session();
        let answers = text().with("countries", AnswerLang::Neutral, "KAZ;UZB");
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::AwaitingClearance, &answers);
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        app.head("UZB").post(&format!("/submissions/{}/consent/give", action.reference), &[("revision", "1")]).await.expect(303);
        let state = || {
            let id = action.id.clone();
            app.db.read_here(move |conn| consents::store::of(conn, &id)).expect("consents")[0].state
        };
        assert_eq!(state(), Consent::Given);
        write(&secretariat, &action, 1, &answers.clone().with("title", Lang::En, "Quite another action"), true).await.expect(303);
        assert_eq!(state(), Consent::Given, "what is only proposed asks nobody");
        answer(&head, &action, "confirm", &[("answer.title|en", "confirmed")]).await.expect(303);
        assert_eq!(state(), Consent::Asked);
    }
}

on_each_database! {
    async fn what_would_make_a_whole_text_incomplete_is_not_proposed_and_nothing_typed_is_lost(app: TestApp) {
        let action = action(&app, State::UnderReview);
        let secretariat = app.secretariat();
        let page = write(&secretariat, &action, 1, &text().with("title", Lang::En, "").with("risks", Lang::En, "Typed and kept"), true).await;
        page.expect(422).sees("Typed and kept").sees("A matter of style");
        assert!(rounds(&app, &action).is_empty());
        write(&secretariat, &action, 1, &text(), true).await.expect(409).sees("Nothing differs");
        app.head("KAZ").get(&format!("{}/write", address(&action))).await.expect(403);
        // Another of the secretariat has saved the draft meanwhile.
        write(&secretariat, &action, 1, &text().with("risks", Lang::En, "First"), false).await.expect(303);
        let mut fields = fields_of(action.kind, &text().with("risks", Lang::En, "Second"));
        fields.push(("revision".to_owned(), "1".to_owned()));
        fields.push(("_edition".to_owned(), "0".to_owned()));
        let page = post(&app.secretariat(), &format!("{}/write", address(&action)), &fields).await.expect(409);
        page.sees("Somebody else has saved this draft").sees("Second").sees("name=\"_edition\" value=\"1\"");
    }
}
