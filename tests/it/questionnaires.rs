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
