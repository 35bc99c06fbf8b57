//! What is handed in after the window: late where the session takes it, informal until it is admitted.

use speca::accounts::Office;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::outbox::Kind as Mail;
use speca::policy::Capacity;
use speca::sessions::{Session, Step};
use speca::submissions::State;

use super::{act, filled, post, save, stored};
use crate::clearance::set;
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::outbox::{of, told, worded};
use crate::support::{Actor, TestApp};

/// Lets the secretariat switch whether the session takes what is late, in the form of the windows.
pub async fn take_late(app: &TestApp, secretariat: &Actor<'_>, session: &Session) {
    let page = secretariat.get("/sessions/15/windows").await.expect(200).sees("Take what is handed in late");
    let mut fields = filled(&page);
    fields.push(("takes_late".to_owned(), "yes".to_owned()));
    post(secretariat, "/sessions/15/windows", &fields).await.expect(303);
    app.close_window(session, Step::Submissions);
}

on_each_database! {
    async fn a_late_submission_is_informal_until_admitted(app: TestApp) {
        let session = app.session();
        let (secretariat, head, other) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        let (delegate, observer) = (app.delegate("KAZ", Capacity::Delegate), app.delegate("UZB", Capacity::Observer));
        let reviewer = app.reviewer(&session.id, None);
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Late corridor");
        let reference = one.reference.as_str();
        let (address, list) = (format!("/submissions/{reference}"), "/sessions/15/submissions?delegation=all");
        act(&head, reference, "hand-in-late", &[]).await.expect(409);
        take_late(&app, &secretariat, &session).await;
        other.get("/sessions/15").await.expect(200).sees("is taken as late, up to the last day");

        act(&head, reference, "clear", &[]).await.expect(409).sees("acts/hand-in-late");
        act(&delegate, reference, "hand-in-late", &[]).await.expect(403);
        let form = delegate.get(&format!("{address}/edit")).await.expect(200);
        form.sees("Save and ask for clearance");
        let better = complete_answers(Kind::Action).with("title", Lang::En, "Late corridor, mended");
        save(&head, &one, 1, &better, "hand-in-late").await.expect(303);
        assert_eq!(stored(&app, reference).0.state, State::Late);
        for outsider in [&other, &observer, &reviewer, &app.office(Office::Chair)] {
            outsider.get(&address).await.expect(404);
            outsider.get(list).await.expect(200).lacks(reference);
        }
        for event in ["take-up", "accept", "return"] {
            act(&secretariat, reference, event, &[("note", "x")]).await.expect(409);
        }
        secretariat.get("/").await.expect(200).sees("1 submission was handed in late");
        secretariat.get("/sessions/15/desk").await.expect(200).sees("1 text handed in late").sees(reference);
        secretariat.get("/sessions/15/submissions/next").await.expect(303);
        secretariat.get(&address).await.expect(200).sees("acts/admit").sees("acts/keep-informal");
        let mail = told(&app).into_iter().find(|(kind, _)| *kind == Mail::HandedInLate).expect("told");
        assert_eq!(mail.1.as_ref(), Some(&secretariat.account));

        act(&head, reference, "keep-informal", &[]).await.expect(403);
        act(&secretariat, reference, "keep-informal", &[("note", "Too late for the papers")]).await.expect(303);
        assert_eq!(stored(&app, reference).0.state, State::Informal);
        for reader in [&other, &observer] {
            reader.get(&address).await.expect(200).sees("Late corridor, mended").lacks("Too late for the papers");
            reader.get(list).await.expect(200).sees("Informal paper");
        }
        reviewer.get(&address).await.expect(404);
        reviewer.get("/sessions/15/reviews").await.expect(200).lacks(reference);
        app.visitor().get(&address).await.expect(404);
        secretariat.get("/sessions/15/ballots/new").await.expect(200).lacks(reference);
        head.get(&address).await.expect(200).sees("Too late for the papers");
        let mail = of(&app, &head.account).iter().map(worded).next_back().expect("mail");
        assert_eq!(mail.subject, format!("{reference} is before the group as an informal paper"));
        assert!(mail.body.contains("Too late for the papers"), "{}", mail.body);

        act(&secretariat, reference, "admit", &[]).await.expect(303);
        assert_eq!(stored(&app, reference).0.state, State::Submitted);
        other.get(&address).await.expect(404);
        let mail = of(&app, &head.account).iter().map(worded).next_back().expect("mail");
        assert_eq!(mail.subject, format!("{reference} was admitted"));
        act(&secretariat, reference, "take-up", &[]).await.expect(303);
        act(&secretariat, reference, "accept", &[]).await.expect(303);
        reviewer.get("/sessions/15/reviews").await.expect(200).sees("Late corridor, mended");
    }
}

on_each_database! {
    async fn nothing_is_late_where_the_session_does_not_allow_it(app: TestApp) {
        let session = app.session();
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Late draft");
        app.close_window(&session, Step::Submissions);
        act(&head, &one.reference, "hand-in-late", &[]).await.expect(409).lacks("Clear and hand in late");
        let typed = complete_answers(Kind::Action).with("title", Lang::En, "Typed too late");
        save(&head, &one, 1, &typed, "hand-in-late").await.expect(409).sees("Typed too late");
        assert_eq!(stored(&app, &one.reference).0.state, State::Draft);
        secretariat.get("/sessions/15").await.expect(200).lacks("is taken as late");
    }
}

on_each_database! {
    async fn after_the_last_day_of_the_session_nothing_is_taken_as_late(app: TestApp) {
        let session = app.session();
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Much too late");
        take_late(&app, &secretariat, &session).await;
        app.pass(chrono::TimeDelta::days(70));
        let (head, _) = (app.head("KAZ"), head);
        act(&head, &one.reference, "hand-in-late", &[]).await.expect(409);
        assert_eq!(stored(&app, &one.reference).0.state, State::Draft);
    }
}

on_each_database! {
    async fn what_is_late_takes_the_steps_of_its_delegation_first(app: TestApp) {
        let session = app.session();
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        let (author, expert) = (app.delegate("KAZ", Capacity::Delegate), app.delegate("KAZ", Capacity::Delegate));
        set(&head, "KAZ", &[("Expert", "Эксперт", "delegate", &[&expert])]).await.expect(303);
        take_late(&app, &secretariat, &session).await;
        let new = "/sessions/15/submissions/new?kind=action";
        author.get(new).await.expect(200).sees("still takes what is late");
        author.post(new, &[("delegation", "KAZ"), ("original", "en")]).await.expect(303);
        let one = stored(&app, "PA-KAZ-2020-001").0;
        save(&author, &one, 1, &complete_answers(Kind::Action), "request-clearance").await.expect(303);
        act(&head, &one.reference, "hand-in-late", &[]).await.expect(409).sees("Expert / Эксперт");
        let mail = of(&app, &expert.account).iter().map(worded).next_back().expect("mail");
        assert!(!mail.body.contains("2 September"), "a time that is over is no deadline: {}", mail.body);
        act(&expert, &one.reference, "pass-on", &[]).await.expect(303);
        act(&head, &one.reference, "hand-in-late", &[]).await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::Late);
        act(&head, &one.reference, "withdraw", &[("note", "Not this year")]).await.expect(303);
        secretariat.get(&format!("/submissions/{}", one.reference)).await.expect(200).sees("Not this year");
    }
}

on_each_database! {
    async fn countries_named_in_what_is_late_are_asked_when_it_is_admitted(app: TestApp) {
        let session = app.session();
        let (head, secretariat, named) = (app.head("KAZ"), app.secretariat(), app.head("UZB"));
        let answers = complete_answers(Kind::Action).with("countries", speca::questionnaires::AnswerLang::Neutral, "KAZ;UZB");
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &answers);
        take_late(&app, &secretariat, &session).await;
        act(&head, &one.reference, "hand-in-late", &[]).await.expect(303);
        assert_eq!(of(&app, &named.account), []);
        named.get(&format!("/submissions/{}", one.reference)).await.expect(404);
        act(&secretariat, &one.reference, "admit", &[]).await.expect(303);
        let told: Vec<Mail> = of(&app, &named.account).iter().map(|one| one.kind).collect();
        assert_eq!(told, [Mail::ConsentAsked]);
        named.get(&format!("/submissions/{}", one.reference)).await.expect(200);
    }
}
