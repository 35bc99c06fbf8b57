//! Co-sponsors: invited or come by themselves, asked again after a change of substance, named wherever the action is.

use speca::db::StoreError;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{AnswerLang, Answers};
use speca::sessions::Step;
use speca::submissions::co_sponsors::{self, State as Standing};
use speca::submissions::consents::{self, State as Consent};
use speca::submissions::{State, Submission};

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, save, stored};
use crate::support::{Actor, Page, TestApp};

/// Answers of an action of Kazakhstan that invites some delegations.
fn inviting(countries: &str) -> Answers {
    let own = complete_answers(Kind::Action).with("countries", AnswerLang::Neutral, "KAZ");
    own.with("invited", AnswerLang::Neutral, countries)
}

/// Returns who stands where, by code.
fn standing(app: &TestApp, action: &Submission) -> Vec<(String, Standing)> {
    let id = action.id.clone();
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            let mut rows = Vec::new();
            for one in co_sponsors::store::of(conn, &id)? {
                rows.push((speca::delegations::store::by_id(conn, &one.delegation)?.code, one.state));
            }
            rows.sort();
            Ok(rows)
        })
        .expect("co-sponsors")
}

fn pair(code: &str, state: Standing) -> (String, Standing) {
    (code.to_owned(), state)
}

/// Answers for a delegation, having seen the newest revision.
async fn answer(actor: &Actor<'_>, action: &Submission, event: &str) -> Page {
    let revision = stored(actor.app, &action.reference).0.revision.to_string();
    actor.post(&format!("/submissions/{}/co-sponsorship/{event}", action.reference), &[("revision", &revision)]).await
}

async fn invite(actor: &Actor<'_>, action: &Submission, codes: &[&str]) -> Page {
    let fields: Vec<(&str, &str)> = codes.iter().map(|code| ("delegations", *code)).collect();
    actor.post(&format!("/submissions/{}/co-sponsors/invite", action.reference), &fields).await
}

on_each_database! {
    async fn those_invited_read_the_action_and_answer_for_themselves(app: TestApp) {
        let session = app.session();
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &inviting("KAZ;UZB"));
        let page = format!("/submissions/{}", action.reference);
        let (head, uzbekistan) = (app.head("KAZ"), app.head("UZB"));
        uzbekistan.get(&page).await.expect(404);
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        // The delegation that leads is not its own co-sponsor.
        assert_eq!(standing(&app, &action), [pair("UZB", Standing::Invited)]);
        uzbekistan.get("/").await.sees("Invites you to co-sponsor");
        uzbekistan.get(&page).await.expect(200).sees("invites your delegation").sees("/co-sponsorship/join");
        let delegate = app.delegate("UZB", Capacity::Delegate);
        delegate.get(&page).await.expect(200).lacks("/co-sponsorship/");
        answer(&delegate, &action, "join").await.expect(403);
        answer(&app.head("TJK"), &action, "join").await.expect(404);
        answer(&head, &action, "join").await;
        assert_eq!(standing(&app, &action), [pair("UZB", Standing::Invited)]);
        answer(&uzbekistan, &action, "leave").await.expect(409);
        answer(&uzbekistan, &action, "invite").await.expect(404);
        answer(&app.delegate("UZB", Capacity::Alternate), &action, "join").await.expect(303);
        assert_eq!(standing(&app, &action), [pair("UZB", Standing::Joined)]);
        uzbekistan.get("/").await.lacks("Invites you to co-sponsor");
        app.secretariat().get("/sessions/15/submissions").await.expect(200).sees("Co-sponsors: Uzbekistan");

        // Invited later; declining shows to the delegation that leads alone.
        invite(&app.secretariat(), &action, &["TJK"]).await.expect(403);
        invite(&uzbekistan, &action, &["TJK"]).await.expect(403);
        invite(&head, &action, &[]).await.expect(422);
        invite(&head, &action, &["REG", "KAZ"]).await.expect(422);
        invite(&head, &action, &["TJK", "UZB"]).await.expect(303);
        answer(&app.head("TJK"), &action, "decline").await.expect(303);
        assert_eq!(standing(&app, &action), [pair("TJK", Standing::Declined), pair("UZB", Standing::Joined)]);
        app.head("TJK").get(&page).await.expect(404);
        head.get(&page).await.expect(200).sees("co-sponsor-state-declined");
        uzbekistan.get(&page).await.expect(200).lacks("co-sponsor-state-declined");
        answer(&uzbekistan, &action, "leave").await.expect(303);
        assert_eq!(standing(&app, &action), [pair("TJK", Standing::Declined), pair("UZB", Standing::Left)]);
    }
}

on_each_database! {
    async fn others_join_an_accepted_action_until_the_ballots_are_over(app: TestApp) {
        let session = app.session();
        let action = app.accepted_action(&session, "KAZ", "Agree on data");
        let compiled = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "A practice");
        answer(&app.head("TJK"), &compiled, "join").await.expect(409);
        answer(&app.head("TJK"), &action, "decline").await.expect(409);
        answer(&app.head("TJK"), &action, "join").await.expect(303);
        assert_eq!(standing(&app, &action), [pair("TJK", Standing::Joined)]);
        app.close_window(&session, Step::Ballots);
        answer(&app.head("UZB"), &action, "join").await.expect(409);
        answer(&app.head("TJK"), &action, "leave").await.expect(409);
        invite(&app.head("KAZ"), &action, &["UZB"]).await.expect(409);
        assert_eq!(standing(&app, &action), [pair("TJK", Standing::Joined)]);
        app.head("UZB").get(&format!("/submissions/{}", action.reference)).await.expect(200).lacks("/co-sponsorship/");
    }
}

on_each_database! {
    async fn a_change_of_substance_asks_co_sponsors_again(app: TestApp) {
        let session = app.session();
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &inviting("TJK;UZB"));
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        answer(&app.head("UZB"), &action, "join").await.expect(303);
        act(&secretariat, &action.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &action.reference, "return", &[("note", "See")]).await.expect(303);
        let changed = inviting("TJK;UZB").with("outputs.0.name", Lang::En, "Another output");
        save(&head, &action, 1, &changed, "clear").await.expect(303);
        assert_eq!(standing(&app, &action), [pair("TJK", Standing::Invited), pair("UZB", Standing::AskedAgain)]);
        // Who has not confirmed is not named as a co-sponsor.
        secretariat.get("/sessions/15/submissions").await.expect(200).lacks("Co-sponsors: Uzbekistan");
        app.head("UZB").get("/").await.sees("Invites you to co-sponsor");
        app.head("UZB").get(&format!("/submissions/{}", action.reference)).await.expect(200).sees("Stay a co-sponsor");
        answer(&app.head("UZB"), &action, "join").await.expect(303);
        assert_eq!(standing(&app, &action), [pair("TJK", Standing::Invited), pair("UZB", Standing::Joined)]);
    }
}

on_each_database! {
    async fn joining_consents_and_not_consenting_leaves(app: TestApp) {
        let session = app.session();
        let answers = inviting("UZB").with("countries", AnswerLang::Neutral, "KAZ;UZB");
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &answers);
        act(&app.head("KAZ"), &action.reference, "clear", &[]).await.expect(303);
        let consent = || {
            let id = action.id.clone();
            let all = app.db.read_here(move |conn| consents::store::of(conn, &id)).expect("consents");
            all.into_iter().map(|one| one.state).collect::<Vec<_>>()
        };
        assert_eq!(consent(), [Consent::Asked]);
        answer(&app.head("UZB"), &action, "join").await.expect(303);
        assert_eq!(consent(), [Consent::Given]);
        let decline = format!("/submissions/{}/consent/decline", action.reference);
        app.head("UZB").post(&decline, &[("revision", "1")]).await.expect(303);
        assert_eq!((consent(), standing(&app, &action)), (vec![Consent::Declined], vec![pair("UZB", Standing::Left)]));
        answer(&app.head("UZB"), &action, "join").await.expect(303);
        assert_eq!((consent(), standing(&app, &action)), (vec![Consent::Given], vec![pair("UZB", Standing::Joined)]));
        answer(&app.head("UZB"), &action, "leave").await.expect(303);
        assert_eq!((consent(), standing(&app, &action)), (vec![Consent::Given], vec![pair("UZB", Standing::Left)]));
    }
}
