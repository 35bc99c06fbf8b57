//! The form: what is typed stays, with and without scripts, in both languages, whatever the questionnaire.

use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{AnswerKey, AnswerLang, Answers, QuestionKind, Questionnaire};
use speca::submissions::State;

use super::{fields_of, filled, post, save, stored};
use crate::factories::complete_answers;
use crate::on_each_database;

/// Returns an answer to everything, every list and every row used to the full.
fn every_answer(kind: Kind) -> Answers {
    let mut answers = complete_answers(kind);
    let mut fill = |path: &str, question: &speca::questionnaires::Question| {
        for lang in question.languages() {
            let text = match question.kind {
                QuestionKind::Line | QuestionKind::Text => "Words \"so\" & <so>, текст; with a\nsecond line".to_owned(),
                QuestionKind::Choice => question.choices(Lang::En).last().expect("choice").0.clone(),
                QuestionKind::Choices => {
                    let codes: Vec<String> = question.choices(Lang::En).into_iter().map(|(code, _)| code).collect();
                    codes.join(";")
                }
                QuestionKind::Tick => "yes".to_owned(),
                _ => "2022".to_owned(),
            };
            let text = if question.kind == QuestionKind::Line { text.replace('\n', " ") } else { text };
            answers.set(AnswerKey::new(path, *lang), text);
        }
    };
    for question in Questionnaire::default_of(kind).questions() {
        if question.kind == QuestionKind::Rows {
            for row in 0..question.rows_max() {
                for column in &question.columns {
                    fill(&format!("{}.{row}.{}", question.code, column.code), column);
                }
            }
        } else {
            fill(&question.code, question);
        }
    }
    answers
}

on_each_database! {
    async fn a_form_sent_back_untouched_changes_nothing(app: TestApp) {
        let session = app.session();
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        for kind in Kind::ALL {
            for answers in [Answers::none(), complete_answers(*kind), every_answer(*kind)] {
                let one = app.submission_with(&session, "KAZ", *kind, State::Draft, &answers);
                let address = format!("/submissions/{}/edit", one.reference);
                let page = delegate.get(&address).await.expect(200);
                post(&delegate, &address, &filled(&page)).await.expect(303);
                let (kept, same) = stored(&app, &one.reference);
                assert_eq!(same, answers);
                assert_eq!(kept.revision, 1);
            }
        }
    }
}

on_each_database! {
    async fn the_form_stays_light_on_a_slow_line(app: TestApp) {
        let session = app.session();
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        for kind in Kind::ALL {
            let empty = app.submission_with(&session, "KAZ", *kind, State::Draft, &Answers::none());
            let full = app.submission_with(&session, "KAZ", *kind, State::Draft, &every_answer(*kind));
            for language in ["en", "ru"] {
                delegate.post("/language", &[("language", language), ("return_to", "/")]).await.expect(303);
                for one in [&empty, &full] {
                    let sent = delegate.compressed(&format!("/submissions/{}/edit", one.reference), "gzip").await;
                    assert!(sent.len() <= 60_000, "{} in {language}: {} bytes", one.reference, sent.len());
                }
            }
        }
    }
}

on_each_database! {
    async fn a_draft_saves_with_anything_missing_and_says_what_is(app: TestApp) {
        let session = app.session();
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &Answers::none());
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let typed = Answers::none().with("title", Lang::En, "Only a title").with("theme", AnswerLang::Neutral, "D9");
        let page = save(&delegate, &one, 1, &typed, "").await.expect(303);
        assert_eq!(page.location, Some(format!("/submissions/{}/edit", one.reference)));
        let (kept, answers) = stored(&app, &one.reference);
        assert_eq!((kept.revision, answers), (2, typed));
        let page = delegate.get(&format!("/submissions/{}/edit", one.reference)).await.expect(200);
        let page = page.lacks("id=\"errors\"").sees("<a href=\"#f-summary-en\">");
        // A code that is no longer offered stays in the form.
        page.sees("<option value=\"D9\" selected>D9</option>");
    }
}

on_each_database! {
    async fn switching_the_language_keeps_what_is_typed(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Stored");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let address = format!("/submissions/{}/edit", one.reference);
        let page = delegate.get(&address).await.expect(200);
        let mut fields = vec![("_language".to_owned(), "ru".to_owned())];
        fields.extend(filled(&page).into_iter().map(|(name, value)| {
            let value = if name == "title|en" { "Typed & unsaved".to_owned() } else { value };
            (name, value)
        }));
        let page = post(&delegate, &address, &fields).await.expect(200);
        let page = page.sees("<html lang=\"ru\" dir=\"ltr\">").sees("Сохранить проект");
        let mut again = filled(&page);
        let title = again.iter().find(|(name, _)| name == "title|en").expect("title");
        assert_eq!(title.1, "Typed & unsaved");
        assert_eq!(stored(&app, &one.reference).0.revision, 1);
        again.retain(|(name, _)| name != "_language");
        post(&delegate, &address, &again).await.expect(303);
        let (kept, answers) = stored(&app, &one.reference);
        assert_eq!((kept.revision, answers.get("title", Lang::En)), (2, "Typed & unsaved"));
    }
}

on_each_database! {
    async fn rows_are_added_without_scripts(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Rows");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let address = format!("/submissions/{}/edit", one.reference);
        let names = |page: &crate::support::Page| {
            let is_partner = |name: &str| name.starts_with("partners.") && name.ends_with("|en");
            filled(page).into_iter().map(|(name, _)| name).filter(|name| is_partner(name)).collect::<Vec<_>>()
        };
        let mut page = delegate.get(&address).await.expect(200);
        assert_eq!(names(&page), ["partners.0.name|en"]);
        for row in 0..9 {
            let mut fields = filled(&page);
            for (name, value) in &mut fields {
                if *name == format!("partners.{row}.name|en") {
                    *value = format!("Partner {row}");
                }
            }
            fields.push(("_add".to_owned(), "partners".to_owned()));
            page = post(&delegate, &address, &fields).await.expect(200);
        }
        assert_eq!(names(&page).len(), 8);
        assert!(!page.body.contains("value=\"partners\""));
        assert_eq!(stored(&app, &one.reference).0.revision, 1);
        post(&delegate, &address, &filled(&page)).await.expect(303);
        let answers = stored(&app, &one.reference).1;
        let partners: Vec<&str> =
            (0..8).map(|row| answers.get(&format!("partners.{row}.name"), Lang::En)).collect();
        let expected: Vec<String> = (0..8).map(|row| format!("Partner {row}")).collect();
        assert_eq!(partners, expected);
    }
}

on_each_database! {
    async fn an_old_submission_keeps_its_questionnaire(app: TestApp) {
        let session = app.session();
        let old = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Old");
        let mut next = Questionnaire::default_of(Kind::Action).clone();
        next.version = 2;
        for section in &mut next.sections {
            section.questions.retain(|question| question.code != "mandate");
        }
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| speca::questionnaires::store::insert(tx, &session.id, &next, now).map(drop))
            .expect("questionnaire");
        let new = app.submission(&session, "KAZ", Kind::Action, State::Draft, "New");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        delegate.get(&format!("/submissions/{}/edit", old.reference)).await.expect(200).sees("name=\"mandate|en\"");
        delegate.get(&format!("/submissions/{}/edit", new.reference)).await.expect(200).lacks("name=\"mandate|en\"");
    }
}

on_each_database! {
    async fn a_second_language_can_become_the_original(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "One");
        let head = app.head("KAZ");
        let address = format!("/submissions/{}/edit", one.reference);
        let mut fields = filled(&head.get(&address).await.expect(200));
        for (name, value) in &mut fields {
            if name == "_original" {
                "ru".clone_into(value);
            }
            if name.ends_with("|en") {
                value.clear();
            }
        }
        fields.push(("then".to_owned(), "clear".to_owned()));
        post(&head, &address, &fields).await.expect(303);
        let (kept, answers) = stored(&app, &one.reference);
        assert_eq!((kept.state, kept.original), (State::Submitted, Lang::Ru));
        assert_eq!(answers.chars(Lang::En), 0);
        let page = app.secretariat().get(&format!("/submissions/{}", one.reference)).await.expect(200);
        page.sees("Not yet in English: shown in Russian.").sees("One по-русски");
    }
}

on_each_database! {
    async fn what_is_saved_in_passing_never_overrides_what_somebody_else_saved(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::Draft, "First");
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let path = format!("/submissions/{}/autosave", one.reference);
        let typed = |revision: &str, title: &str| {
            let answers = complete_answers(Kind::Action).with("title", Lang::En, title);
            let mut fields = fields_of(Kind::Action, &answers);
            fields.push(("revision".to_owned(), revision.to_owned()));
            fields
        };
        post(&delegate, &path, &typed("1", "Typed")).await.expect(200).sees("\"revision\":2").sees("Saved at");
        post(&delegate, &path, &typed("2", "Typed")).await.expect(200).sees("\"revision\":2");
        post(&delegate, &path, &typed("2", "Typed on")).await.expect(200).sees("\"revision\":3");
        save(&head, &one, 3, &complete_answers(Kind::Action).with("title", Lang::En, "The head"), "").await.expect(303);
        post(&delegate, &path, &typed("3", "Typed over")).await.expect(409).sees("\"words\"").lacks("revision");
        assert_eq!(stored(&app, &one.reference).1.get("title", Lang::En), "The head");
        // The button brings both together.
        let path = format!("/submissions/{}/edit", one.reference);
        post(&delegate, &path, &typed("3", "Typed over")).await.expect(409).sees("The head").sees("Typed over");
        delegate.get(&path).await.expect(200).sees("Last saved by Office");
        app.head("UZB").post(&path.replace("edit", "autosave"), &[("revision", "4")]).await.expect(404);
    }
}
