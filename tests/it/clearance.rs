//! National clearance: the steps inside a delegation, and that nobody outside learns of them.

use chrono::TimeDelta;
use diesel::prelude::*;
use speca::accounts;
use speca::db::StoreError;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::outbox::Kind as Mail;
use speca::policy::Capacity;
use speca::submissions::{State, clearance};

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::outbox::{of, told, worded};
use crate::submissions::{act, save, stored};
use crate::support::{Actor, Page, TestApp};

/// Sets the steps of a delegation: English name, Russian name, least capacity, people.
pub async fn set(head: &Actor<'_>, code: &str, steps: &[(&str, &str, &str, &[&Actor<'_>])]) -> Page {
    let path = format!("/delegations/{code}/clearance");
    let delegation = head.app.delegation(code);
    let stored = head.app.db.read_here(|conn| clearance::store::steps_of(conn, &delegation)).expect("steps");
    let mut fields = vec![("edition".to_owned(), clearance::model::edition(&stored))];
    for (place, (en, ru, capacity, people)) in steps.iter().enumerate() {
        let field = |part| clearance::forms::field(place, part);
        fields.push((field("name_en"), (*en).to_owned()));
        fields.push((field("name_ru"), (*ru).to_owned()));
        fields.push((field("capacity"), (*capacity).to_owned()));
        fields.extend(people.iter().map(|person| (field("people"), person.account.to_string())));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    head.post(&path, &fields).await
}

/// Returns where each step of a text stands now.
fn standing(app: &TestApp, reference: &str) -> Vec<clearance::State> {
    let submission = stored(app, reference).0;
    let chain = app
        .db
        .read_here(|conn| clearance::store::chain_of(conn, &submission.id, &submission.delegation))
        .expect("chain");
    chain.map(|chain| chain.steps.iter().map(|step| step.state).collect()).unwrap_or_default()
}

on_each_database! {
    async fn a_head_sets_the_steps_of_the_own_delegation(app: TestApp) {
        let (head, expert) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let path = "/delegations/KAZ/clearance";
        head.get("/accounts").await.expect(200).sees(path);
        head.get(path).await.expect(200).sees(expert.account.as_str());
        set(&head, "KAZ", &[("Expert", "", "delegate", &[&expert]), ("", "", "delegate", &[])]).await.expect(303);
        head.get(path).await.expect(200).sees("value=\"Expert\"").sees("checked");
        let wrong = set(&head, "KAZ", &[(&"long ".repeat(20), "", "delegate", &[]), ("", "", "head", &[&expert])]).await;
        wrong.expect(422).sees("f-steps-0-name_en-error").sees("f-steps-1-name_en-error").sees("long long");
        let typed = [("edition", "old"), ("steps.0.name_ru", "Министерство")];
        head.post(path, &typed).await.expect(409).sees("Министерство").sees("role=\"alert\"");
        for (actor, status) in [(&expert, 403), (&app.head("UZB"), 403), (&app.secretariat(), 403)] {
            actor.get(path).await.expect(status);
            actor.post(path, &[("edition", "old")]).await.expect(status);
        }
        head.get("/delegations/XXX/clearance").await.expect(404);
        let kaz = app.delegation("KAZ");
        let kept = app.db.read_here(|conn| clearance::store::steps_of(conn, &kaz)).expect("steps");
        assert_eq!((kept.len(), kept[0].name.en.as_str(), kept[0].people.contains(&expert.account)), (1, "Expert", true));
    }
}

on_each_database! {
    async fn a_text_takes_its_steps_one_by_one_before_the_head_clears(app: TestApp) {
        let session = app.session();
        let (head, alternate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Alternate));
        let (author, expert) = (app.delegate("KAZ", Capacity::Delegate), app.delegate("KAZ", Capacity::Delegate));
        let secretariat = app.secretariat();
        let steps: &[(&str, &str, &str, &[&Actor<'_>])] =
            &[("Expert", "Эксперт", "delegate", &[&expert]), ("Coordinator", "Координатор", "alternate", &[])];
        set(&head, "KAZ", steps).await.expect(303);
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Agree on data");
        let (reference, address) = (one.reference.as_str(), format!("/submissions/{}", one.reference));
        act(&head, reference, "clear", &[]).await.expect(409).sees("Ask for clearance first");
        head.get(&address).await.expect(200).sees("acts/request-clearance").lacks("acts/clear");
        act(&author, reference, "request-clearance", &[]).await.expect(303);

        let page = author.get(&address).await.expect(200).sees("Expert").sees("Coordinator");
        page.sees("Clearance by the head of delegation").lacks("acts/pass-on");
        for (actor, may_not) in [(&author, "pass-on"), (&alternate, "pass-on"), (&author, "send-back")] {
            act(actor, reference, may_not, &[("note", "x")]).await.expect(409);
        }
        act(&head, reference, "clear", &[]).await.expect(409).sees("Expert / Эксперт");
        head.get("/").await.expect(200).lacks("Agree on data");
        author.get("/").await.expect(200).lacks("Waits for your clearance step");
        expert.get("/").await.expect(200).sees("Waits for your clearance step: Agree on data");
        expert.get(&address).await.expect(200).sees("<button>Pass on</button>");
        act(&expert, reference, "pass-on", &[("note", "Figures are right")]).await.expect(303);
        act(&expert, reference, "pass-on", &[]).await.expect(409);
        alternate.get("/").await.expect(200).sees("Waits for your clearance step: Agree on data");
        alternate.get(&address).await.expect(200).sees("Figures are right").sees("acts/pass-on").lacks("acts/clear");
        act(&alternate, reference, "pass-on", &[]).await.expect(303);
        assert_eq!(standing(&app, reference), [clearance::State::Passed, clearance::State::Passed]);
        head.get("/").await.expect(200).sees("Needs your clearance: Agree on data");

        secretariat.get(&address).await.expect(404);
        for path in ["/", "/sessions/15/submissions", "/audit", "/outbox", "/sessions/15/exports/actions.csv"] {
            let page = secretariat.get(path).await.expect(200).lacks(reference).lacks("Agree on data");
            page.lacks("Figures are right").lacks("Coordinator");
        }
        act(&head, reference, "clear", &[]).await.expect(303);
        assert_eq!(stored(&app, reference).0.state, State::Submitted);
        secretariat.get(&address).await.expect(200).lacks("Figures are right").lacks("Coordinator").lacks("Passed on");
        author.get(&address).await.expect(200).sees("Figures are right").sees("Passed on");

        let mails: Vec<_> = told(&app);
        let sent = |kind, actor: &Actor<'_>| {
            mails.iter().filter(|(one, to)| *one == kind && to.as_ref() == Some(&actor.account)).count()
        };
        assert_eq!((sent(Mail::ClearanceStep, &expert), sent(Mail::ClearanceStep, &alternate)), (1, 1));
        assert_eq!((sent(Mail::ClearanceRequested, &head), sent(Mail::ClearanceRequested, &author)), (1, 0));
        let mail = worded(&of(&app, &expert.account)[0]);
        assert_eq!(mail.subject, format!("Action required: {reference} awaits your step of clearance"));
        let before: Vec<_> = mails.iter().filter(|(_, to)| to.as_ref() == Some(&secretariat.account)).collect();
        assert_eq!(before.len(), 1, "the secretariat is told once, when the head has cleared");
    }
}

on_each_database! {
    async fn a_step_returns_a_text_with_a_comment_and_a_running_text_keeps_its_steps(app: TestApp) {
        let session = app.session();
        let (head, author) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let expert = app.delegate("KAZ", Capacity::Delegate);
        set(&head, "KAZ", &[("Expert", "", "delegate", &[&expert])]).await.expect(303);
        let one = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A window");
        let reference = one.reference.as_str();
        act(&author, reference, "request-clearance", &[]).await.expect(303);
        set(&head, "KAZ", &[]).await.expect(303);
        act(&head, reference, "clear", &[]).await.expect(409);
        act(&expert, reference, "send-back", &[("note", " ")]).await.expect(422).sees("class=\"error\"");
        act(&expert, reference, "send-back", &[("note", "Add the year")]).await.expect(303);
        assert_eq!((stored(&app, reference).0.state, standing(&app, reference)), (State::Draft, vec![clearance::State::Returned]));
        author.get(&format!("/submissions/{reference}")).await.expect(200).sees("Add the year").sees("sent back");
        assert!(told(&app).contains(&(Mail::SentBack, Some(author.account.clone()))));
        assert!(worded(&of(&app, &author.account)[0]).body.contains("Add the year"));
        app.pass(TimeDelta::minutes(5));
        act(&author, reference, "request-clearance", &[]).await.expect(303);
        assert_eq!(standing(&app, reference), []);
        act(&head, reference, "clear", &[]).await.expect(303);
    }
}

on_each_database! {
    async fn a_text_that_changes_on_its_way_begins_again(app: TestApp) {
        use clearance::State::{Passed, Waiting};
        let session = app.session();
        let (head, author) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        set(&head, "KAZ", &[("Expert", "", "delegate", &[]), ("Head's office", "", "head", &[])]).await.expect(303);
        let answers = complete_answers(Kind::Practice);
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &answers);
        let reference = one.reference.as_str();
        act(&author, reference, "request-clearance", &[]).await.expect(303);
        let better = answers.with("title", Lang::En, "Better");
        save(&head, &one, 1, &better, "").await.expect(303);
        act(&author, reference, "pass-on", &[]).await.expect(303);
        assert_eq!(standing(&app, reference), [Passed, Waiting]);
        head.get(&format!("/submissions/{reference}/edit")).await.expect(200).sees("it takes all steps again");
        save(&head, &one, 2, &better, "").await.expect(303);
        assert_eq!(standing(&app, reference), [Passed, Waiting], "a save that changes nothing begins nothing");
        save(&head, &one, 2, &better.with("title", Lang::En, "Best"), "").await.expect(303);
        assert_eq!(standing(&app, reference), [Waiting, Waiting]);
        head.get(&format!("/submissions/{reference}")).await.expect(200).sees("the steps began again");
        act(&head, reference, "clear", &[]).await.expect(409);
        let stale = author.post(&format!("/submissions/{reference}/acts/pass-on"), &[("revision", "2")]).await;
        stale.expect(409);
        for _ in 0..2 {
            act(&head, reference, "pass-on", &[]).await.expect(303);
        }
        act(&head, reference, "clear", &[]).await.expect(303);
    }
}

on_each_database! {
    async fn a_step_whose_people_have_left_is_open_to_its_capacity(app: TestApp) {
        let session = app.session();
        let (head, author) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let (gone, disabled) = (app.delegate("KAZ", Capacity::Delegate), app.delegate("KAZ", Capacity::Delegate));
        set(&head, "KAZ", &[("Expert", "", "alternate", &[&gone, &disabled])]).await.expect(303);
        let one = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A window");
        act(&author, &one.reference, "request-clearance", &[]).await.expect(303);
        act(&head, &one.reference, "pass-on", &[]).await.expect(409);
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                let grant = accounts::store::grants_of(tx, &gone.account)?.remove(0);
                accounts::store::end_grant(tx, &grant.id, now)?;
                accounts::store::disable(tx, &disabled.account, now)
            })
            .expect("ended");
        assert_ne!(act(&gone, &one.reference, "pass-on", &[]).await.status.code, 303);
        act(&author, &one.reference, "pass-on", &[]).await.expect(409);
        act(&head, &one.reference, "pass-on", &[]).await.expect(303);
        act(&head, &one.reference, "clear", &[]).await.expect(303);
    }
}

on_each_database! {
    async fn a_delegation_without_steps_asks_its_head_at_once(app: TestApp) {
        let session = app.session();
        let (head, author) = (app.head("UZB"), app.delegate("UZB", Capacity::Delegate));
        set(&app.head("KAZ"), "KAZ", &[("Expert", "", "delegate", &[])]).await.expect(303);
        let one = app.submission(&session, "UZB", Kind::Practice, State::Draft, "A window");
        act(&author, &one.reference, "request-clearance", &[]).await.expect(303);
        act(&author, &one.reference, "pass-on", &[]).await.expect(409);
        act(&head, &one.reference, "send-back", &[]).await.expect(303);
        act(&head, &one.reference, "clear", &[]).await.expect(303);
        let rows = app
            .db
            .read_here(|conn| -> Result<i64, StoreError> {
                Ok(speca::db::schema::clearances::table.count().get_result(conn)?)
            })
            .expect("count");
        assert_eq!((rows, stored(&app, &one.reference).0.state), (0, State::Submitted));
    }
}
