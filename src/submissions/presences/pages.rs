//! What the form shows of others who have it open, and the same as a part of a page for the script.

use askama::Template;

use super::model::Presence;
use crate::i18n::Texts;
use crate::questionnaires::Questionnaire;
use crate::web::{Answer, PageResult, Reader};

/// The part of a page.
#[derive(Template)]
#[template(path = "submissions/presences.html")]
struct PresencesPart {
    texts: Texts,
    presences: Vec<String>,
}

/// Answers the script.
pub fn part(reader: &Reader, questionnaire: &Questionnaire, others: &[Presence]) -> PageResult {
    Answer::page(&PresencesPart { texts: reader.texts(), presences: rows(reader, questionnaire, others) })
}

/// Words who else is there, one a line.
pub fn rows(reader: &Reader, questionnaire: &Questionnaire, others: &[Presence]) -> Vec<String> {
    let texts = reader.texts();
    let line = |one: &Presence| {
        let mut values = vec![("who", one.name.clone()), ("at", texts.moment(one.seen_at, reader.zone))];
        let question = questionnaire.question(&one.question);
        let key = if question.is_some() { "presence-at-question" } else { "presence-at" };
        values.extend(question.map(|question| ("question", question.label.get(reader.lang).clone())));
        texts.with(key, &values)
    };
    others.iter().map(line).collect()
}
