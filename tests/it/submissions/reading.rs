//! Reading: private answers, lists, revisions, entries compiled from public sources.

use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::{Actor as PolicyActor, Capacity, Holding};
use speca::questionnaires::{AnswerLang, Answers};
use speca::refusals::OperationError;
use speca::submissions::operations::{self, Asked, Compiled, NewDraft, Words};
use speca::submissions::{CompiledSource, Event, State, Submission};

use super::{act, filled, post, save, stored};
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::TestApp;

on_each_database! {
    async fn private_answers_stay_with_the_delegation_and_the_secretariat(app: TestApp) {
        let session = app.session();
        let answers = complete_answers(Kind::Practice).with("contact_name", AnswerLang::Neutral, "Focal point 7");
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Accepted, &answers);
        let address = format!("/submissions/{}", one.reference);
        for insider in [app.secretariat(), app.head("KAZ")] {
            insider.get(&address).await.expect(200).sees("Focal point 7");
        }
        for outsider in [app.head("UZB"), app.visitor(), app.delegate("KAZ", Capacity::Observer)] {
            let page = outsider.get(&address).await.expect(200).lacks("Focal point 7").lacks("Contact");
            page.lacks("/history");
        }
        app.head("UZB").get(&format!("{address}/history")).await.expect(403);
        let action = app.submission(&session, "KAZ", Kind::Action, State::Accepted, "An action");
        app.visitor().get(&format!("/submissions/{}", action.reference)).await.expect(404);
        app.head("UZB").get(&format!("/submissions/{}", action.reference)).await.expect(200);
    }
}

on_each_database! {
    async fn each_reader_lists_what_concerns_them(app: TestApp) {
        let session = app.session();
        let mut all: Vec<Submission> = Vec::new();
        for (code, state) in [("KAZ", State::Draft), ("KAZ", State::Submitted), ("UZB", State::Accepted)] {
            all.push(app.submission(&session, code, Kind::Action, state, &format!("{code} {state}")));
        }
        let references = |page: &crate::support::Page| {
            all.iter().map(|one| page.body.contains(&one.reference)).collect::<Vec<bool>>()
        };
        let list = "/sessions/15/submissions";
        let page = app.delegate("KAZ", Capacity::Delegate).get(list).await.expect(200);
        assert_eq!(references(&page), [true, true, false]);
        page.sees("Your delegation has not yet handed in").lacks("Turkmenistan,");
        let page = app.delegate("KAZ", Capacity::Delegate).get(&format!("{list}?delegation=all")).await.expect(200);
        assert_eq!(references(&page), [true, true, true]);
        let page = app.secretariat().get(list).await.expect(200);
        assert_eq!(references(&page), [false, true, true]);
        page.sees("Not yet handed in").sees("Tajikistan, Turkmenistan");
        let page = app.secretariat().get(&format!("{list}?state=accepted&kind=action&delegation=UZB")).await.expect(200);
        assert_eq!(references(&page), [false, false, true]);
        for reader in [app.reviewer(&session.id, None), app.office(speca::accounts::Office::Chair)] {
            let page = reader.get(list).await.expect(200);
            assert_eq!(references(&page), [false, false, true]);
            page.lacks("ot yet handed in");
        }
    }
}

on_each_database! {
    async fn revisions_are_compared_word_by_word_in_both_languages(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Action)
            .with("title", Lang::En, "Agree on a form")
            .with("title", Lang::Ru, "Согласовать форму")
            .with("partners.0.name", Lang::En, "UNECE");
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &base);
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let after = base
            .clone()
            .with("title", Lang::En, "Agree on a data set")
            .with("title", Lang::Ru, "Согласовать набор данных")
            .with("theme", AnswerLang::Neutral, "D2")
            .with("partners.1.name", Lang::En, "ESCAP <b>");
        save(&delegate, &one, 1, &after, "").await.expect(303);
        let address = format!("/submissions/{}", one.reference);
        delegate.get(&format!("{address}/history")).await.expect(200).sees("compare?from=1&#38;to=2");
        let page = delegate.get(&format!("{address}/compare?from=1&to=2")).await.expect(200);
        let page = page.sees("Agree on a <del>form</del><ins>data set</ins>");
        let page = page.sees("<del>форму</del><ins>набор данных</ins>").sees("ESCAP &#60;b&#62;");
        assert_eq!(page.body.matches("class=\"diff\"").count(), 4);
        delegate.get(&format!("{address}/compare?from=1&to=3")).await.expect(404);
        let page = delegate.get(&format!("{address}/compare?from=2&to=2")).await.expect(200);
        page.lacks("class=\"diff\"");
    }
}

/// Returns the secretariat as the policy knows it.
fn secretariat(app: &TestApp) -> PolicyActor {
    let holding = Holding { capacity: Capacity::Secretariat, delegation: None, session: None };
    PolicyActor::new(app.secretariat().account, [holding])
}

/// Enters a compiled entry and leads it to acceptance.
fn compiled(app: &TestApp, code: &str) -> Submission {
    let (actor, now) = (secretariat(app), app.clock.now().naive_utc());
    let draft = NewDraft { session: 15, kind: Kind::Practice, delegation: app.delegation(code), original: Lang::En };
    let source = CompiledSource {
        key: "GP-001".to_owned(),
        period: "2019-2020".to_owned(),
        state: String::new(),
        title: "A page of UNECE".to_owned(),
        url: "https://unece.org/page".to_owned(),
        date: "2020-10".to_owned(),
        kind: "UN".to_owned(),
        confidence: "medium (undated)".to_owned(),
        taken_over_at: None,
    };
    let answers = Answers::none().with("title", Lang::En, "Compiled").with("summary", Lang::En, "Short.");
    let entry = Compiled { draft, answers, source };
    app.db
        .write_here(|tx| -> Result<Submission, OperationError> {
            let one = operations::create_compiled(tx, &actor, &entry, now)?;
            let asked = Asked { actor: &actor, reference: &one.reference, seen: None, now };
            operations::act(tx, Event::HandIn, &asked, &Words::default())?;
            operations::act(tx, Event::TakeUp, &asked, &Words::default())?;
            operations::act(tx, Event::Accept, &asked, &Words::default())
        })
        .expect("compiled")
}

on_each_database! {
    async fn a_compiled_entry_says_so_until_its_delegation_completes_it(app: TestApp) {
        let _session = app.session();
        let one = compiled(&app, "KAZ");
        assert_eq!((one.state, one.published_at.is_some()), (State::Accepted, true));
        let address = format!("/submissions/{}", one.reference);
        let page = app.visitor().get(&address).await.expect(200);
        page.sees("Compiled from public sources").sees("A page of UNECE").sees("medium (undated)").sees("not given");

        let head = app.head("KAZ");
        act(&app.head("UZB"), &one.reference, "take-over", &[]).await.expect(403);
        act(&head, &one.reference, "take-over", &[]).await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::Returned);
        app.visitor().get(&address).await.expect(404);
        let form = head.get(&format!("{address}/edit")).await.expect(200);
        let mut fields = filled(&form);
        fields.push(("then".to_owned(), "clear".to_owned()));
        post(&head, &format!("{address}/edit"), &fields).await.expect(422);
        save(&head, &one, 1, &complete_answers(Kind::Practice), "clear").await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::Submitted);
        act(&head, &one.reference, "take-over", &[]).await.expect(409);
    }
}

on_each_database! {
    async fn drafts_of_delegations_are_not_handed_in_for_them(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Draft");
        act(&app.secretariat(), &one.reference, "hand-in", &[]).await.expect(404);
        assert_eq!(stored(&app, &one.reference).0.state, State::Draft);
    }
}
