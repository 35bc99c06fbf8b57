//! Two people at the same submission.

use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::AnswerLang;
use speca::submissions::State;

use super::{act, filled, post, save, stored};
use crate::factories::complete_answers;
use crate::on_each_database;

on_each_database! {
    async fn changes_to_different_questions_are_joined_without_asking(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Action);
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &base);
        let (first, second) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        save(&first, &one, 1, &base.clone().with("title", Lang::En, "First"), "").await.expect(303);
        save(&second, &one, 1, &base.clone().with("risks", Lang::En, "Second"), "").await.expect(303);
        let (kept, answers) = stored(&app, &one.reference);
        assert_eq!((kept.revision, kept.delegation), (3, app.delegation("KAZ")));
        assert_eq!(answers, base.with("title", Lang::En, "First").with("risks", Lang::En, "Second"));
    }
}

on_each_database! {
    async fn changes_to_the_same_question_are_shown_side_by_side(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Action);
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &base);
        let (first, second) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let theirs = base
            .clone()
            .with("title", Lang::En, "Theirs <b>")
            .with("own_priority", AnswerLang::Neutral, "3")
            .with("objectives.0.text", Lang::En, "Their objective")
            .with("mandate", Lang::En, "Their mandate");
        save(&first, &one, 1, &theirs, "").await.expect(303);
        let mine = base
            .clone()
            .with("title", Lang::En, "Mine")
            .with("own_priority", AnswerLang::Neutral, "3")
            .with("objectives.0.text", Lang::En, "My objective")
            .with("objectives.1.text", Lang::En, "My second objective")
            .with("risks", Lang::Ru, "Мои риски");
        let page = save(&second, &one, 1, &mine, "clear").await.expect(409);
        for text in ["Theirs &#60;b&#62;", "Mine", "Their objective", "My second objective"] {
            assert!(page.body.contains(text), "{text}");
        }
        let mut fields = filled(&page);
        let open: Vec<(String, String)> =
            fields.iter().filter(|(name, _)| name.starts_with("_choose.")).cloned().collect();
        let chosen = |unit: &str| (format!("_choose.{unit}"), "mine".to_owned());
        assert_eq!(open, [chosen("objectives"), chosen("title|en")]);
        assert_eq!(stored(&app, &one.reference).0.revision, 2);

        // A third save meanwhile, to a question that nobody argues about.
        save(&first, &one, 2, &theirs.clone().with("in_kind", Lang::En, "A room"), "").await.expect(303);
        for (name, value) in &mut fields {
            if name == "_choose.title|en" {
                "theirs".clone_into(value);
            }
        }
        post(&second, &format!("/submissions/{}/edit", one.reference), &fields).await.expect(303);
        let (kept, answers) = stored(&app, &one.reference);
        let expected = mine
            .with("title", Lang::En, "Theirs <b>")
            .with("mandate", Lang::En, "Their mandate")
            .with("in_kind", Lang::En, "A room");
        assert_eq!((kept.state, kept.revision), (State::Draft, 4));
        assert_eq!(answers, expected);
    }
}

on_each_database! {
    async fn a_text_cleared_meanwhile_does_not_swallow_what_is_typed(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Action);
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &base);
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        act(&app.head("KAZ"), &one.reference, "clear", &[]).await.expect(303);
        let typed = base.with("title", Lang::En, "Typed after clearance");
        save(&delegate, &one, 1, &typed, "").await.expect(409).sees("Typed after clearance");
        assert_eq!(stored(&app, &one.reference).0.revision, 1);
    }
}
