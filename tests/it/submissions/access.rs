//! Every act in every state by everybody; what the secretariat and other delegations may not know.

use speca::accounts::Office;
use speca::kernel::code::Code as _;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::submissions::{Event, State};

use super::{act, save, stored};
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::Actor;

/// Who may do what in which state; anything else must leave no trace.
fn is_allowed(who: &str, event: Event, state: State) -> bool {
    use Event as E;
    use State as S;
    let states: &[S] = match (who, event) {
        ("head", E::Clear) => &[S::Draft, S::AwaitingClearance, S::Returned],
        ("head" | "delegate", E::RequestClearance) => &[S::Draft, S::Returned],
        ("head", E::SendBack) => &[S::AwaitingClearance],
        ("head", E::Withdraw) => &[
            S::Draft,
            S::AwaitingClearance,
            S::Submitted,
            S::UnderReview,
            S::Returned,
            S::Accepted,
            S::Late,
            S::Informal,
        ],
        ("secretariat", E::Admit) => &[S::Late, S::Informal],
        ("secretariat", E::KeepInformal) => &[S::Late],
        ("secretariat", E::TakeUp) => &[S::Submitted],
        ("secretariat", E::Return | E::Accept | E::NotRetain) => &[S::UnderReview],
        _ => &[],
    };
    states.contains(&state)
}

on_each_database! {
    async fn every_act_asks_for_its_capacity_and_its_state(app: TestApp) {
        let session = app.session();
        let actors: Vec<(&str, Actor<'_>)> = vec![
            ("head", app.head("KAZ")),
            ("delegate", app.delegate("KAZ", Capacity::Delegate)),
            ("observer", app.delegate("KAZ", Capacity::Observer)),
            ("other", app.head("UZB")),
            ("secretariat", app.secretariat()),
            ("visitor", app.visitor()),
        ];
        for state in State::ALL {
            let one = app.submission(&session, "KAZ", Kind::Action, *state, "One");
            for (who, actor) in &actors {
                for event in Event::ALL.iter().filter(|event| !is_allowed(who, **event, *state)) {
                    let page = act(actor, &one.reference, event.code(), &[("note", "words")]).await;
                    let hidden = matches!(state, State::Draft | State::AwaitingClearance);
                    match *who {
                        "other" | "observer" | "secretariat" if hidden => page.expect(404),
                        "visitor" => page,
                        _ => {
                            assert!([403, 404, 409].contains(&page.status.code), "{who} {event} {state} {}", page.status);
                            page
                        }
                    };
                    assert_eq!(stored(&app, &one.reference).0.state, *state, "{who} {event}");
                }
            }
        }
        for state in State::ALL {
            for (who, actor) in &actors {
                for event in Event::ALL.iter().filter(|event| is_allowed(who, **event, *state)) {
                    let one = app.submission(&session, "KAZ", Kind::Action, *state, "One");
                    act(actor, &one.reference, event.code(), &[("note", "words")]).await.expect(303);
                    assert_ne!(stored(&app, &one.reference).0.state, *state, "{who} {event}");
                }
            }
        }
    }
}

on_each_database! {
    async fn a_draft_is_known_to_its_delegation_alone(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Secret plan");
        let outsiders =
            [app.secretariat(), app.head("UZB"), app.office(Office::Chair), app.delegate("KAZ", Capacity::Observer)];
        for outsider in &outsiders {
            for page in ["", "/edit", "/history", "/compare?from=1&to=1", "/screen"] {
                let found = outsider.get(&format!("/submissions/{}{page}", one.reference)).await;
                assert_eq!(found.status.code, 404, "{page}");
            }
            let typed = complete_answers(Kind::Practice).with("title", Lang::En, "Taken over");
            save(outsider, &one, 1, &typed, "").await.expect(404);
            let list = outsider.get("/sessions/15/submissions?delegation=all").await.expect(200);
            list.lacks("Secret plan").lacks(&one.reference);
        }
        app.visitor().get(&format!("/submissions/{}", one.reference)).await.expect(404);
        let (kept, answers) = stored(&app, &one.reference);
        assert_eq!((kept.revision, kept.delegation), (1, app.delegation("KAZ")));
        assert_eq!(answers.get("title", Lang::En), "Secret plan");
        let page = app.delegate("KAZ", Capacity::Delegate).get("/sessions/15/submissions").await.expect(200);
        page.sees("Secret plan");
    }
}

on_each_database! {
    async fn nobody_starts_for_another_delegation(app: TestApp) {
        let _session = app.session();
        let new = "/sessions/15/submissions/new?kind=practice";
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        delegate.post(new, &[("delegation", "UZB"), ("original", "en")]).await.expect(422);
        delegate.post(new, &[("delegation", "KAZ"), ("original", "ru")]).await.expect(303);
        app.delegate("KAZ", Capacity::Observer).get(new).await.expect(403);
        app.secretariat().post(new, &[("delegation", "KAZ"), ("original", "en")]).await.expect(422);
        let (one, _) = stored(&app, "GP-KAZ-2020-001");
        assert_eq!((one.delegation, one.original), (app.delegation("KAZ"), Lang::Ru));
    }
}

on_each_database! {
    async fn the_secretariat_reads_what_was_cleared_not_what_is_being_mended(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Action).with("title", Lang::En, "As cleared");
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &base);
        let (head, delegate, secretariat) =
            (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate), app.secretariat());
        save(&delegate, &one, 1, &base.clone().with("risks", Lang::En, "An early thought"), "").await.expect(303);
        save(&delegate, &one, 2, &base.clone(), "").await.expect(303);
        act(&head, &one.reference, "clear", &[]).await.expect(303);
        act(&secretariat, &one.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &one.reference, "return", &[("note", "Look again")]).await.expect(303);
        let working = base.clone().with("title", Lang::En, "Being mended");
        save(&delegate, &one, 3, &working, "").await.expect(303);
        let address = format!("/submissions/{}", one.reference);
        secretariat.get(&address).await.expect(200).sees("As cleared").lacks("Being mended");
        secretariat.get("/sessions/15/submissions").await.expect(200).sees("As cleared").lacks("Being mended");
        secretariat.get(&format!("{address}/compare?from=3&to=4")).await.expect(404);
        secretariat.get(&format!("{address}/compare?from=2&to=3")).await.expect(404);
        delegate.get(&format!("{address}/compare?from=3&to=4")).await.expect(200);
        delegate.get(&address).await.expect(200).sees("Being mended");
    }
}
