//! A finished action becomes a draft good practice of its delegation: what it said is carried over where it fits, the tie is
//! kept on both.

use serde_json::json;

use super::{By, Course, permit, record};
use crate::db::Tx;
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;
use crate::policy::Action;
use crate::progress::model::{OutputState, Plan, Report};
use crate::questionnaires::{AnswerKey, AnswerLang, Answers};
use crate::refusals::OperationError;
use crate::sessions::{self, Step};
use crate::submissions::links;
use crate::submissions::operations::{NewDraft, Typed, create, save};

/// Questions of an action whose answers fit a question of a practice, and which.
const CARRIED: &[(&str, &str)] = &[
    ("title", "title"),
    ("summary", "summary"),
    ("first_year", "first_year"),
    ("last_year", "last_year"),
    ("theme", "theme"),
    ("other_themes", "other_themes"),
    ("main_target", "main_target"),
    ("main_target_why", "main_target_how"),
    ("tfa", "tfa"),
    ("survey", "survey"),
    ("ntm", "ntm"),
    ("countries", "countries"),
    ("problem", "problem"),
    ("cost", "cost"),
    ("currency", "currency"),
    ("gender", "gender"),
];
/// Rows of an action that become the lines of a text of a practice: question, column, text.
const JOINED: &[(&str, &str, &str)] = &[("objectives", "text", "objectives"), ("partners", "name", "partners")];
/// The stage of a practice that came to its planned end.
const COMPLETED: &str = "completed";
/// Longest value that an indicator of a practice takes, in characters.
const VALUE_CHARS_MAX: usize = 60;

/// The languages of an answer.
const LANGS: [AnswerLang; 3] = [AnswerLang::En, AnswerLang::Ru, AnswerLang::Neutral];

/// Returns a value that reads the same in both languages, where it is short enough.
fn same(value: &Bilingual<String>) -> Option<&str> {
    (value.en == value.ru && value.en.chars().count() <= VALUE_CHARS_MAX).then_some(value.en.as_str())
}

/// Returns the answers of a practice that the answers and the last report of an action give.
pub fn carried(action: &Answers, plan: &Plan, report: &Report) -> Answers {
    let mut practice = Answers::none().with("stage", AnswerLang::Neutral, COMPLETED);
    let mut put = |question: &str, lang: AnswerLang, text: &str| practice.set(AnswerKey::new(question, lang), text);
    for lang in LANGS {
        for (from, to) in CARRIED {
            put(to, lang, action.get(from, lang));
        }
        for (from, column, to) in JOINED {
            let lines = (0..action.rows(from)).map(|row| action.get(&format!("{from}.{row}.{column}"), lang));
            put(to, lang, &lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
        }
        for row in 0..action.rows("other_targets") {
            for (from, to) in [("target", "target"), ("why", "how")] {
                put(
                    &format!("other_targets.{row}.{to}"),
                    lang,
                    action.get(&format!("other_targets.{row}.{from}"), lang),
                );
            }
        }
    }
    for lang in Lang::ALL {
        let done = plan.outputs.iter().zip(&report.outputs).filter(|(_, state)| **state == OutputState::Done);
        let done: Vec<&str> = done.map(|(output, _)| output.name.get(*lang).as_str()).collect();
        put("done", (*lang).into(), &done.join("\n"));
        put("results", (*lang).into(), report.text.get(*lang));
        for (row, indicator) in plan.indicators.iter().enumerate() {
            put(&format!("indicators.{row}.name"), (*lang).into(), indicator.name.get(*lang));
        }
    }
    for (row, (indicator, value)) in plan.indicators.iter().zip(&report.values).enumerate() {
        let cells =
            [("before", same(&indicator.baseline)), ("after", same(value)), ("source", Some(&*indicator.source))];
        for (column, text) in cells {
            put(&format!("indicators.{row}.{column}"), AnswerLang::Neutral, text.unwrap_or_default());
        }
    }
    practice
}

/// Makes the draft for the newest session that takes submissions, once; returns its reference.
pub fn make(tx: &mut Tx<'_>, by: &By) -> Result<String, OperationError> {
    let course = Course::of(tx, &by.reference)?;
    let report = course.newest().cloned().ok_or_else(|| OperationError::refused("progress-none"))?;
    permit(&by.actor, Action::MakePractice, &course.target_of(&report))?;
    if !course.is_finished() {
        return Err(OperationError::refused("progress-not-finished"));
    }
    if !links::store::grown_from(tx, &course.submission.id)?.is_empty() {
        return Err(OperationError::refused("progress-practice-made"));
    }
    let open = sessions::store::calendars(tx)?.into_iter().find(|one| one.is_open(Step::Submissions, by.now));
    let session = open.ok_or_else(|| OperationError::refused("progress-no-session"))?.session.number;
    let new = NewDraft {
        session,
        kind: Kind::Practice,
        delegation: course.submission.delegation.clone(),
        original: course.submission.original,
    };
    let practice = create(tx, &by.actor, &new, by.now)?;
    let answers = carried(&course.answers, &course.plan, &report);
    let fields = answers.iter().map(|(key, text)| (key.to_string(), text.to_owned())).collect();
    let typed = Typed { revision: practice.revision, fields, ..Typed::default() };
    save(tx, &by.actor, &practice.reference, &typed, by.now)?;
    links::store::insert_origin(tx, &practice.id, &course.submission.id)?;
    record(tx, by, "practice", &report, json!({ "practice": practice.reference }))?;
    Ok(practice.reference)
}
