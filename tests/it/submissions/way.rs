//! The way of a submission, with its windows.

use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::AnswerLang;
use speca::sessions::Step;
use speca::submissions::State;

use super::{act, fields_of, filled, post, save, stored};
use crate::factories::complete_answers;
use crate::on_each_database;

const ACTION: &str = "PA-KAZ-2020-001";

on_each_database! {
    async fn from_draft_to_acceptance_with_a_return_between(app: TestApp) {
        let _session = app.session();
        let (delegate, head, secretariat) =
            (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"), app.secretariat());
        let new = "/sessions/15/submissions/new?kind=action";
        delegate.get(new).await.expect(200).sees("New priority action");
        let page = delegate.post(new, &[("delegation", "KAZ"), ("original", "en")]).await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/submissions/PA-KAZ-2020-001/edit"));
        let draft = stored(&app, ACTION).0;
        assert_eq!((draft.state, draft.delegation), (State::Draft, app.delegation("KAZ")));

        let answers = complete_answers(Kind::Action);
        save(&delegate, &stored(&app, ACTION).0, 1, &answers, "request-clearance").await.expect(303);
        assert_eq!(stored(&app, ACTION).0.state, State::AwaitingClearance);
        secretariat.get(&format!("/submissions/{ACTION}")).await.expect(404);
        let waits = "The text waits for the clearance of your delegation";
        delegate.get(&format!("/submissions/{ACTION}")).await.expect(200).sees(waits);
        head.get(&format!("/submissions/{ACTION}")).await.expect(200).lacks(waits);

        let better = answers.clone().with("mandate", Lang::En, "Strategy of 2019, line 4");
        save(&head, &stored(&app, ACTION).0, 2, &better, "").await.expect(303);
        assert_eq!(stored(&app, ACTION).0.state, State::AwaitingClearance);
        act(&head, ACTION, "clear", &[]).await.expect(303);
        secretariat.get(&format!("/submissions/{ACTION}")).await.expect(200).sees("Strategy of 2019, line 4");

        act(&secretariat, ACTION, "take-up", &[]).await.expect(303);
        secretariat.get(&format!("/submissions/{ACTION}/screen")).await.expect(200).sees("name=\"comment.mandate\"");
        act(&secretariat, ACTION, "return", &[]).await.expect(422).sees("f-note");
        let words = [("note", "Please look again"), ("comment.mandate", "Which paragraph?"), ("comment.title", " ")];
        act(&secretariat, ACTION, "return", &words).await.expect(303);
        let form = delegate.get(&format!("/submissions/{ACTION}/edit")).await.expect(200);
        form.sees("Which paragraph?");
        delegate.get(&format!("/submissions/{ACTION}")).await.expect(200).sees("Please look again");

        let mended = better.with("mandate", Lang::En, "Strategy of 2019, line 4, paragraph 2");
        save(&delegate, &stored(&app, ACTION).0, 3, &mended, "request-clearance").await.expect(303);
        act(&head, ACTION, "clear", &[]).await.expect(303);
        act(&secretariat, ACTION, "take-up", &[]).await.expect(303);
        act(&secretariat, ACTION, "accept", &[]).await.expect(303);
        let (accepted, answers) = stored(&app, ACTION);
        assert_eq!((accepted.state, accepted.revision, accepted.delegation), (State::Accepted, 4, app.delegation("KAZ")));
        assert!(accepted.accepted_at.is_some() && accepted.published_at.is_none());
        assert_eq!(answers, mended);

        let (acts, trail) = app
            .db
            .read_here(|conn| -> Result<_, speca::db::StoreError> {
                let acts = speca::submissions::store::acts_of(conn, &accepted.id)?;
                Ok((acts, speca::audit::newest(conn, 0, 50)?.0))
            })
            .expect("acts");
        let events: Vec<String> = acts.iter().map(|act| act.event.to_string()).collect();
        let expected =
            ["request-clearance", "clear", "take-up", "return", "request-clearance", "clear", "take-up", "accept"];
        assert_eq!(events, expected);
        let trail: Vec<&str> = trail.iter().rev().map(|line| line.act.as_str()).collect();
        assert_eq!(
            trail,
            [
                "submission.create", "submission.save", "submission.request-clearance", "submission.save",
                "submission.clear", "consent.ask", "submission.take-up", "submission.return", "submission.save",
                "submission.request-clearance", "submission.clear", "submission.take-up", "submission.accept",
            ]
        );
    }
}

on_each_database! {
    async fn what_is_not_retained_has_a_reason_and_kind_words(app: TestApp) {
        let session = app.session();
        let submission = app.submission(&session, "UZB", Kind::Practice, State::UnderReview, "A practice");
        let (secretariat, head) = (app.secretariat(), app.head("UZB"));
        let reference = submission.reference.as_str();
        let again = act(&secretariat, reference, "not-retain", &[("comment.title", "kept comment")]).await.expect(422);
        again.sees("f-note-error").sees("kept comment");
        act(&secretariat, reference, "not-retain", &[("note", "Outside the mandate")]).await.expect(303);
        assert_eq!(stored(&app, reference).0.state, State::NotRetained);
        let page = head.get(&format!("/submissions/{reference}")).await.expect(200);
        page.sees("Outside the mandate").lacks("reject").lacks("Reject");
    }
}

on_each_database! {
    async fn a_head_sends_back_and_withdraws(app: TestApp) {
        let session = app.session();
        let waiting = app.submission(&session, "KAZ", Kind::Action, State::AwaitingClearance, "Waiting");
        let (head, delegate, secretariat) =
            (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate), app.secretariat());
        act(&head, &waiting.reference, "send-back", &[("note", "Add the budget")]).await.expect(303);
        assert_eq!(stored(&app, &waiting.reference).0.state, State::Draft);
        delegate.get(&format!("/submissions/{}", waiting.reference)).await.expect(200).sees("Add the budget");

        act(&head, &waiting.reference, "withdraw", &[]).await.expect(303);
        assert_eq!(stored(&app, &waiting.reference).0.state, State::Withdrawn);
        head.get(&format!("/submissions/{}", waiting.reference)).await.expect(200);
        secretariat.get(&format!("/submissions/{}", waiting.reference)).await.expect(404);
        secretariat.get("/sessions/15/submissions").await.expect(200).lacks(&waiting.reference);

        let other = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Cleared first");
        act(&head, &other.reference, "clear", &[]).await.expect(303);
        act(&head, &other.reference, "withdraw", &[("note", "Joined to another project")]).await.expect(303);
        secretariat.get(&format!("/submissions/{}", other.reference)).await.expect(200).sees("Joined to another");
    }
}

on_each_database! {
    async fn after_the_deadline_only_returned_texts_move(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Late draft");
        let returned = app.submission(&session, "KAZ", Kind::Action, State::UnderReview, "Returned");
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        act(&secretariat, &returned.reference, "return", &[("note", "See the title")]).await.expect(303);
        head.get(&format!("/submissions/{}/edit", draft.reference)).await.expect(200);
        app.close_window(&session, Step::Submissions);

        let typed = complete_answers(Kind::Action).with("title", Lang::En, "Typed too late");
        let page = save(&head, &draft, 1, &typed, "clear").await.expect(409);
        page.sees("Typed too late").sees("role=\"alert\"");
        act(&head, &draft.reference, "clear", &[]).await.expect(409);
        let (kept, answers) = stored(&app, &draft.reference);
        assert_eq!((kept.state, kept.revision, answers.get("title", Lang::En)), (State::Draft, 1, "Late draft"));
        let new = head.post("/sessions/15/submissions/new?kind=action", &[("delegation", "KAZ")]).await;
        new.expect(409);

        let mended = complete_answers(Kind::Action).with("title", Lang::En, "Mended");
        save(&head, &returned, 1, &mended, "clear").await.expect(303);
        assert_eq!(stored(&app, &returned.reference).0.state, State::Submitted);
        app.close_window(&session, Step::Screening);
        act(&secretariat, &returned.reference, "take-up", &[]).await.expect(409);
    }
}

on_each_database! {
    async fn a_returned_text_sent_back_inside_the_delegation_still_comes_back_late(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::UnderReview, "Returned");
        let (head, delegate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        act(&app.secretariat(), &one.reference, "return", &[("note", "See the title")]).await.expect(303);
        app.close_window(&session, Step::Submissions);
        act(&delegate, &one.reference, "request-clearance", &[]).await.expect(303);
        act(&head, &one.reference, "send-back", &[]).await.expect(303);
        act(&head, &one.reference, "clear", &[]).await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::Submitted);
    }
}

on_each_database! {
    async fn nobody_clears_a_text_that_changed_while_it_was_read(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::AwaitingClearance, "Seen");
        let head = app.head("KAZ");
        let changed = complete_answers(Kind::Action).with("title", Lang::En, "Unseen");
        save(&head, &one, 1, &changed, "").await.expect(303);
        let page = head.post(&format!("/submissions/{}/acts/clear", one.reference), &[("revision", "1")]).await;
        page.expect(409).sees("Unseen");
        assert_eq!(stored(&app, &one.reference).0.state, State::AwaitingClearance);
    }
}

on_each_database! {
    async fn a_submission_that_is_not_complete_comes_back_with_every_error_and_every_word(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Draft");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let typed = complete_answers(Kind::Action)
            .with("title", Lang::En, "")
            .with("title", Lang::Ru, "я".repeat(188))
            .with("last_year", AnswerLang::Neutral, "year <two>")
            .with("objectives.0.text", Lang::En, "")
            .with("objectives.0.text", Lang::Ru, "");
        let page = save(&delegate, &one, 1, &typed, "request-clearance").await.expect(422);
        let links: Vec<&str> = page.body.split("<li><a href=\"#f-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(links, ["title-en", "title-ru", "last_year", "objectives"]);
        for field in ["title-en", "title-ru", "last_year", "objectives"] {
            assert!(page.body.contains(&format!("id=\"f-{field}-error\"")), "{field}");
            assert!(page.body.contains(&format!("id=\"f-{field}\"")), "{field}");
        }
        let page = page.sees("year &#60;two&#62;").sees(&"я".repeat(188));
        let (kept, answers) = stored(&app, &one.reference);
        assert_eq!((kept.state, kept.revision), (State::Draft, 2));
        assert_eq!(answers, typed);
        let mut fields = filled(&page);
        fields.retain(|(name, _)| !["title|en", "title|ru", "last_year"].contains(&name.as_str()));
        let good = complete_answers(Kind::Action);
        let wanted = ["title|en", "title|ru", "last_year", "objectives.0.text|en", "objectives.0.text|ru"];
        fields.extend(fields_of(Kind::Action, &good).into_iter().filter(|(name, _)| wanted.contains(&name.as_str())));
        fields.push(("then".to_owned(), "request-clearance".to_owned()));
        post(&delegate, &format!("/submissions/{}/edit", one.reference), &fields).await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::AwaitingClearance);
    }
}

on_each_database! {
    async fn the_secretariat_writes_for_the_group_as_a_whole(app: TestApp) {
        let _session = app.session();
        let secretariat = app.secretariat();
        let new = "/sessions/15/submissions/new?kind=action";
        secretariat.post(new, &[("delegation", "REG"), ("original", "en")]).await.expect(303);
        let one = stored(&app, "PA-REG-2020-001").0;
        let half = complete_answers(Kind::Action).with("title", Lang::En, "");
        save(&secretariat, &one, 1, &half, "hand-in").await.expect(422);
        save(&secretariat, &one, 2, &complete_answers(Kind::Action), "hand-in").await.expect(303);
        act(&secretariat, &one.reference, "take-up", &[]).await.expect(303);
        let page = secretariat.get(&format!("/submissions/{}/screen", one.reference)).await.expect(200);
        page.lacks("acts/return\">").sees("acts/accept");
        act(&secretariat, &one.reference, "accept", &[]).await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::Accepted);
    }
}
