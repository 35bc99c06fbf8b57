//! Clarifications: one question, one answer, read by all delegations or by the two sides and the secretariat.

use speca::accounts::Office;
use speca::kernel::ids::ClarificationId;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::submissions::clarifications::{self, Clarification};
use speca::submissions::{State, Submission};

use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

fn all(app: &TestApp, one: &Submission) -> Vec<Clarification> {
    let id = one.id.clone();
    app.db.read_here(move |conn| clarifications::store::of(conn, &id)).expect("clarifications")
}

async fn ask(actor: &Actor<'_>, one: &Submission, reach: &str, question: &str) -> Page {
    let fields = [("reach", reach), ("question", question)];
    actor.post(&format!("/submissions/{}/clarifications", one.reference), &fields).await
}

async fn answer(actor: &Actor<'_>, one: &Submission, id: &ClarificationId, text: &str) -> Page {
    let fields = [("about", id.as_str()), ("answer", text)];
    actor.post(&format!("/submissions/{}/clarifications/{id}", one.reference), &fields).await
}

on_each_database! {
    async fn a_question_is_answered_once_and_read_by_those_it_is_for(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::Accepted, "An action");
        let page = format!("/submissions/{}", one.reference);
        let (owner, asker, other) =
            (app.delegate("KAZ", Capacity::Delegate), app.delegate("UZB", Capacity::Delegate), app.head("TJK"));
        ask(&asker, &one, "delegations", "Who pays for it?").await.expect(303);
        ask(&asker, &one, "secretariat", "May we see the budget?").await.expect(303);
        ask(&app.reviewer(&session.id, Some("AFG")), &one, "secretariat", "Is the data public?").await.expect(303);
        let held = all(&app, &one);
        assert_eq!(held.len(), 3);

        other.get(&page).await.expect(200).sees("Who pays for it?").lacks("May we see the budget?").lacks("Is the data");
        app.office(Office::Chair).get(&page).await.expect(200).sees("Who pays").lacks("May we see");
        app.head("UZB").get(&page).await.expect(200).sees("May we see the budget?").lacks("Is the data");
        for reader in [app.secretariat(), app.head("KAZ")] {
            // A reviewer is not named, nor the country the reviewer comes from.
            let seen = reader.get(&page).await.expect(200).sees("May we see").sees("Is the data public?");
            seen.sees("A reviewer, ").lacks("Afghanistan, ");
        }
        answer(&other, &one, &held[0].id, "Not mine").await.expect(403);
        answer(&asker, &one, &held[0].id, "Not mine").await.expect(403);
        answer(&owner, &one, &held[0].id, " ").await.expect(422);
        let long = "w".repeat(2001);
        answer(&owner, &one, &held[0].id, &long).await.expect(422).sees(&long);
        answer(&owner, &one, &held[0].id, "The ministry").await.expect(303);
        answer(&owner, &one, &held[0].id, "Somebody else").await.expect(409).sees("Somebody else");
        answer(&owner, &one, &"none".into(), "Nobody").await.expect(404);
        assert_eq!(all(&app, &one)[0].answer, "The ministry");
        other.get(&page).await.expect(200).sees("The ministry");
    }
}

on_each_database! {
    async fn nobody_asks_about_what_they_may_not_see_or_lead_themselves(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Action, State::Draft, "A draft");
        let submitted = app.submission(&session, "KAZ", Kind::Action, State::Submitted, "An action");
        ask(&app.head("UZB"), &draft, "delegations", "What?").await.expect(404);
        ask(&app.secretariat(), &draft, "delegations", "What?").await.expect(404);
        ask(&app.head("UZB"), &submitted, "delegations", "What?").await.expect(404);
        ask(&app.head("KAZ"), &submitted, "delegations", "What?").await.expect(409);
        ask(&app.secretariat(), &submitted, "delegations", "").await.expect(422);
        ask(&app.secretariat(), &submitted, "secretariat", "Which half-year?").await.expect(303);
        assert_eq!((all(&app, &draft).len(), all(&app, &submitted).len()), (0, 1));
        let practice = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Public");
        ask(&app.head("UZB"), &practice, "delegations", "Said among delegations").await.expect(303);
        let page = app.visitor().get(&format!("/submissions/{}", practice.reference)).await.expect(200);
        page.lacks("Said among delegations");
    }
}
