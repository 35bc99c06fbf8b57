//! The rules of the questionnaires, and answers that are kept whole.

use speca::db::StoreError;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::questionnaires::{Answers, Context, Questionnaire, check};
use speca::submissions::{self, State};

use crate::factories::complete_answers;
use crate::on_each_database;

const CONTEXT: Context = Context { original: Lang::En, programme_years: (2021, 2023), is_compiled: false };

fn codes(kind: Kind, answers: &Answers) -> Vec<(String, String)> {
    check(Questionnaire::default_of(kind), answers, CONTEXT)
        .iter()
        .flat_map(|(field, messages)| messages.iter().map(|message| (field.to_owned(), message.code.clone())))
        .collect()
}

#[test]
fn complete_answers_pass_and_each_fault_is_found_at_its_question() {
    for kind in Kind::ALL {
        assert_eq!(codes(*kind, &complete_answers(*kind)), [], "{kind}");
    }
    let faulty = complete_answers(Kind::Action)
        .with("title", Lang::En, "x".repeat(151))
        .with("main_target", speca::questionnaires::AnswerLang::Neutral, "17.9")
        .with("last_year", speca::questionnaires::AnswerLang::Neutral, "2026")
        .with("mandate", Lang::En, "");
    let expected = [
        ("last_year", "outside-programme"),
        ("last_year", "span"),
        ("main_target", "unknown-choice"),
        ("mandate|en", "required"),
        ("title|en", "too-long"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect();
    assert_eq!(codes(Kind::Action, &faulty), expected);
}

#[test]
fn russian_gets_a_quarter_more() {
    let title = |chars: usize| complete_answers(Kind::Action).with("title", Lang::Ru, "я".repeat(chars));
    assert_eq!(codes(Kind::Action, &title(187)), []);
    assert_eq!(codes(Kind::Action, &title(188)), [("title|ru".to_owned(), "too-long".to_owned())]);
}

on_each_database! {
    async fn answers_of_every_revision_are_kept(app: TestApp) {
        let session = app.session();
        let submission = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "First title");
        let author = app.secretariat().account;
        let now = app.clock.now().naive_utc();
        let (before, after) = app
            .db
            .write_here(|tx| -> Result<_, StoreError> {
                let (_, questionnaire) = speca::questionnaires::store::newest(tx, &session.id, Kind::Practice)?;
                let before = submissions::store::answers_at(tx, &submission.id, 1)?;
                let after = before.clone().with("title", Lang::En, "Second title").with("problem", Lang::En, "");
                submissions::store::save_revision(tx, &submission, &questionnaire, &before, &after, &author, now)?;
                let stale =
                    submissions::store::save_revision(tx, &submission, &questionnaire, &before, &after, &author, now);
                assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
                Ok((before, after))
            })
            .expect("saved");
        let id = submission.id.clone();
        let read = app
            .db
            .read_here(|conn| -> Result<_, StoreError> {
                let first = submissions::store::answers_at(conn, &id, 1)?;
                let second = submissions::store::answers_at(conn, &id, 2)?;
                let title = submissions::store::by_id(conn, &id)?.columns.title.en;
                Ok((first, second, title))
            })
            .expect("read");
        assert_eq!(read, (before, after, "Second title".to_owned()));
    }
}

on_each_database! {
    async fn an_answer_taken_away_and_given_again_is_right_at_every_revision(app: TestApp) {
        let session = app.session();
        let submission = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A title");
        let author = app.secretariat().account;
        let now = app.clock.now().naive_utc();
        let read = app
            .db
            .write_here(|tx| -> Result<_, StoreError> {
                let (_, questionnaire) = speca::questionnaires::store::newest(tx, &session.id, Kind::Practice)?;
                let mut held = submission.clone();
                let mut saved = vec![submissions::store::answers_at(tx, &held.id, 1)?];
                for text in ["one", "", "two", "two again", ""] {
                    let before = saved.last().cloned().expect("first revision");
                    let after = before.clone().with("problem", Lang::En, text);
                    held.revision =
                        submissions::store::save_revision(tx, &held, &questionnaire, &before, &after, &author, now)?;
                    saved.push(after);
                }
                let read: Result<Vec<_>, _> =
                    (1..=held.revision).map(|number| submissions::store::answers_at(tx, &held.id, number)).collect();
                Ok((read?, saved))
            })
            .expect("saved");
        assert_eq!(read.0, read.1);
    }
}

on_each_database! {
    async fn a_questionnaire_is_public_and_whole_in_both_languages(app: TestApp) {
        app.session();
        for kind in Kind::ALL {
            let questionnaire = Questionnaire::default_of(*kind);
            let path = format!("/sessions/15/questionnaires/{kind}");
            let english = app.visitor().get(&path).await.expect(200).sees("Version 1").sees("Fifteenth session");
            let russian = app.visitor().get(&format!("{path}?lang=ru")).await.expect(200).sees("Версия 1");
            for question in questionnaire.questions() {
                for page in [&english, &russian] {
                    assert!(page.body.contains(&format!("id=\"q-{}\"", question.code)), "{}", question.code);
                }
            }
        }
        app.visitor()
            .get("/sessions/15/questionnaires/action")
            .await
            .expect(200)
            .sees("At most 1,000 characters in English, 1,250 in Russian")
            .sees("Required when the text is handed in")
            .sees("17.11")
            .lacks("Never published");
        app.visitor().get("/sessions/15/questionnaires/practice").await.expect(200).sees("Never published");
        app.visitor().get("/sessions/15/questionnaires/nothing").await.expect(404);
        app.visitor().get("/sessions/16/questionnaires/action").await.expect(404);
    }
}

#[test]
fn every_message_of_the_rules_has_words_in_both_languages() {
    use speca::i18n::Texts;
    use speca::kernel::fields::Message;
    use speca::web::forms::worded;

    let messages = [
        Message::new("too-long").number("max", 150).number("over", 1),
        Message::new("too-short").number("min", 500).number("now", 2),
        Message::new("unknown-choice").text("value", "x"),
        Message::new("too-many").number("most", 5),
        Message::new("too-few").number("least", 1),
        Message::new("half-year").text("value", "2021"),
        Message::new("url"),
        Message::new("reference").text("value", "x"),
        Message::new("ends-before-start"),
        Message::new("outside-programme").text("first", "2021").text("last", "2023"),
        Message::new("span").number("most", 3),
    ];
    for lang in Lang::ALL {
        for message in &messages {
            let words = worded(Texts::of(*lang), "error", message);
            assert!(!words.starts_with("error-") && !words.contains('{'), "{lang} {words}");
        }
    }
    let russian =
        |over| worded(Texts::of(Lang::Ru), "error", &Message::new("too-long").number("max", 150).number("over", over));
    assert!(
        russian(1).contains("на 1 знак;")
            && russian(3).contains("на 3 знака;")
            && russian(11).contains("на 11 знаков;")
    );
}
