//! Two hundred people write at the same time, many of them on the same text: every save that was acknowledged is in the
//! history, once, and every conflict was answered with both texts. Counted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use diesel::prelude::*;
use rocket::futures::future::join_all;
use rocket::tokio::time::sleep;
use speca::db::StoreError;
use speca::db::schema::{answers, audit, revisions};
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{AnswerLang, QuestionKind, Questionnaire};
use speca::submissions::{State, Submission};

use crate::on_each_database;
use crate::submissions::{fields_of, post, stored};
use crate::support::{Actor, TestApp};

const EDITORS: usize = 200;
const ROUNDS: usize = 2;
const COUNTRIES: [&str; 7] = ["AFG", "AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"];
const TEXTS_EACH: usize = 2;
/// How often somebody tries again who was told that the database is busy.
const TRIES: usize = 20;

/// Somebody who writes one answer of one text.
struct Editor<'a> {
    number: usize,
    actor: Actor<'a>,
    text: usize,
    question: String,
}

/// What became of a save.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Kept(String),
    Disputed,
}

/// Returns the questions that are answered in words, in English.
fn questions() -> Vec<String> {
    let is_words = |kind| matches!(kind, QuestionKind::Line | QuestionKind::Text);
    let questionnaire = Questionnaire::default_of(Kind::Practice);
    let found = questionnaire.questions().filter(|one| is_words(one.kind) && one.languages().contains(&AnswerLang::En));
    found.map(|question| question.code.clone()).collect()
}

/// Fills the room: each text has a dozen editors and more, half of whom write the same answer.
fn editors(app: &TestApp) -> Vec<Editor<'_>> {
    let questions = questions();
    (0..EDITORS)
        .map(|number| {
            let country = number % COUNTRIES.len();
            let own = number / COUNTRIES.len();
            let place = own / TEXTS_EACH;
            let question = if place.is_multiple_of(2) { 0 } else { 1 + place % (questions.len() - 1) };
            Editor {
                number,
                actor: app.delegate(COUNTRIES[country], Capacity::Delegate),
                text: country * TEXTS_EACH + own % TEXTS_EACH,
                question: questions[question].clone(),
            }
        })
        .collect()
}

/// Saves one answer over the revision that everybody read, trying again while the database is busy.
async fn save(editor: &Editor<'_>, one: &Submission, fields: &[(String, String)], words: &str) -> (Outcome, usize) {
    let name = format!("{}|en", editor.question);
    let mut typed: Vec<(String, String)> = fields.iter().filter(|(field, _)| *field != name).cloned().collect();
    typed.push((name, words.to_owned()));
    for tried in 0..TRIES {
        let page = post(&editor.actor, &format!("/submissions/{}/edit", one.reference), &typed).await;
        match page.status.code {
            303 => return (Outcome::Kept(words.to_owned()), tried),
            409 => {
                let others = page.body.split("Editor ").skip(1).filter_map(|rest| rest.split(' ').next());
                let others: BTreeSet<&str> = others.collect();
                let own = editor.number.to_string();
                assert!(others.contains(own.as_str()) && others.len() > 1, "both texts are shown: {others:?}");
                return (Outcome::Disputed, tried);
            }
            503 => sleep(Duration::from_millis(50)).await,
            other => panic!("{other}: {}", page.body),
        }
    }
    panic!("the database stayed busy");
}

/// Returns how many revisions and lines of the trail there are, and every text that was ever an answer.
fn history(app: &TestApp, one: &Submission) -> (usize, usize, Vec<String>) {
    app.db
        .read_here(|conn| -> Result<_, StoreError> {
            let kept: i64 = revisions::table.filter(revisions::submission_id.eq(&one.id)).count().get_result(conn)?;
            let saves: i64 = audit::table
                .filter(audit::subject.eq(&one.reference))
                .filter(audit::act.eq("submission.save"))
                .count()
                .get_result(conn)?;
            let texts = answers::table.filter(answers::submission_id.eq(&one.id)).select(answers::text).load(conn)?;
            Ok((usize::try_from(kept).expect("count"), usize::try_from(saves).expect("count"), texts))
        })
        .expect("history")
}

on_each_database! {
    async fn two_hundred_write_at_the_same_time_and_nothing_is_lost(app: TestApp) {
        let session = app.session();
        let texts: Vec<Submission> = COUNTRIES
            .iter()
            .flat_map(|code| (0..TEXTS_EACH).map(|number| (*code, number)).collect::<Vec<_>>())
            .map(|(code, number)| app.submission(&session, code, Kind::Practice, State::Draft, &format!("Text {number}")))
            .collect();
        let editors = editors(&app);
        let mut kept: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let (mut disputed, mut busy) = (0, 0);
        for round in 0..ROUNDS {
            // Everybody has the form open before anybody saves.
            let forms: Vec<Vec<(String, String)>> = texts
                .iter()
                .map(|one| {
                    let (submission, answers) = stored(&app, &one.reference);
                    let mut fields = fields_of(Kind::Practice, &answers);
                    fields.push(("revision".to_owned(), submission.revision.to_string()));
                    fields
                })
                .collect();
            let words: Vec<String> = editors.iter().map(|one| format!("Editor {} of round {round}", one.number)).collect();
            let saves = editors.iter().zip(&words).map(|(one, words)| save(one, &texts[one.text], &forms[one.text], words));
            let outcomes = join_all(saves).await;
            let questions: BTreeSet<(usize, &str)> = editors.iter().map(|one| (one.text, one.question.as_str())).collect();
            let acknowledged = outcomes.iter().filter(|(outcome, _)| *outcome != Outcome::Disputed).count();
            assert_eq!(acknowledged, questions.len(), "of those who wrote the same answer, one was first");
            for (editor, (outcome, tried)) in editors.iter().zip(outcomes) {
                busy += tried;
                match outcome {
                    Outcome::Kept(words) => kept.entry(editor.text).or_default().push(words),
                    Outcome::Disputed => disputed += 1,
                }
            }
        }
        let mut acknowledged = 0;
        for (number, one) in texts.iter().enumerate() {
            let own = &kept[&number];
            let (revisions, saves, all) = history(&app, one);
            assert_eq!((revisions, saves), (own.len() + 1, own.len()), "each acknowledged save is one revision and one line");
            for words in own {
                assert_eq!(all.iter().filter(|text| *text == words).count(), 1, "{words} is in the history, once");
            }
            let newest = stored(&app, &one.reference).1;
            let last = format!("of round {}", ROUNDS - 1);
            let written: BTreeSet<&str> =
                editors.iter().filter(|editor| editor.text == number).map(|editor| editor.question.as_str()).collect();
            assert!(written.iter().all(|question| newest.get(question, Lang::En).ends_with(&last)));
            acknowledged += own.len();
        }
        assert_eq!(acknowledged + disputed, EDITORS * ROUNDS);
        println!("{EDITORS} editors, {acknowledged} saves kept, {disputed} answered with both texts, {busy} tried again");
    }
}
