//! Practices and actions as rows: one entry a row, the columns of the contract.

use super::Words;
use crate::delegations::Delegation;
use crate::exports::cell::joined;
use crate::exports::meaning::{Meaning, meaning};
use crate::exports::model::Description;
use crate::exports::store::Head;
use crate::kernel::lang::Lang;
use crate::questionnaires::{AnswerLang, Answers, Questionnaire};
use crate::submissions::CompiledSource;
use crate::submissions::co_sponsors::Partner;

/// An entry with everything that its row shows.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The entry.
    pub head: &'a Head,
    /// The delegation that owns it.
    pub delegation: &'a Delegation,
    /// The questionnaire it answers.
    pub questionnaire: &'a Questionnaire,
    /// Its answers.
    pub answers: &'a Answers,
    /// Where it comes from, if it was compiled.
    pub source: Option<&'a CompiledSource>,
    /// Who co-sponsors it.
    pub partners: &'a [Partner],
    /// Names of the files that go with it.
    pub files: &'a [String],
}

/// Returns what each column of an export means.
pub fn meanings(description: &Description, questionnaire: &Questionnaire) -> Vec<Option<Meaning>> {
    description.names().map(|name| meaning(name, questionnaire)).collect()
}

/// Returns the cells of an entry.
pub fn row(entry: Entry<'_>, meanings: &[Option<Meaning>], said: Words<'_>) -> Vec<String> {
    meanings
        .iter()
        .map(|meaning| meaning.as_ref().map_or_else(String::new, |meaning| cell(entry, meaning, said)))
        .collect()
}

fn cell(entry: Entry<'_>, meaning: &Meaning, said: Words<'_>) -> String {
    let lang = said.lang;
    let Entry { head, delegation, answers, .. } = entry;
    match meaning {
        Meaning::Reference => head.reference.clone(),
        Meaning::Revision => head.revision.to_string(),
        Meaning::State => head.state.to_string(),
        Meaning::StateWords => (said.code)("state", head.state.code()),
        Meaning::Delegation => delegation.code.clone(),
        Meaning::DelegationWords => delegation.name.get(lang).clone(),
        Meaning::CoSponsors => joined(entry.partners.iter().map(|one| one.code.as_str())),
        Meaning::CoSponsorsWords => {
            let names: Vec<&str> = entry.partners.iter().map(|one| one.name.get(lang).as_str()).collect();
            names.join("; ")
        }
        Meaning::Original => head.original_language.to_string(),
        Meaning::Files => joined(entry.files.iter().map(String::as_str)),
        Meaning::AcceptedOn => head.accepted_at.map_or_else(String::new, |at| at.date().to_string()),
        Meaning::Answer(question, answer_lang) => answers.get(question, *answer_lang).to_owned(),
        Meaning::Words(question) => words(entry, question, question, lang),
        Meaning::Rows { question, column, lang } => {
            joined(paths(answers, question, column).iter().map(|path| answers.get(path, *lang)))
        }
        Meaning::RowsWords { question, column } => {
            let paths = paths(answers, question, column);
            let each: Vec<String> = paths.iter().map(|path| words(entry, path, path, lang)).collect();
            each.join("; ")
        }
        Meaning::Source(field) => entry.source.map_or_else(String::new, |source| field.of(source).to_owned()),
    }
}

/// Returns the paths of a column, row by row.
fn paths(answers: &Answers, question: &str, column: &str) -> Vec<String> {
    (0..answers.rows(question)).map(|row| format!("{question}.{row}.{column}")).collect()
}

/// Returns the codes of an answer in words.
fn words(entry: Entry<'_>, path: &str, asked: &str, lang: Lang) -> String {
    in_words(entry.questionnaire, asked, entry.answers.get(path, AnswerLang::Neutral), lang)
}

/// Returns codes in the words of a question; nothing when the question does not offer codes.
pub fn in_words(questionnaire: &Questionnaire, asked: &str, codes: &str, lang: Lang) -> String {
    let Some(question) = questionnaire.at(asked).filter(|question| !question.choices(lang).is_empty()) else {
        return String::new();
    };
    let codes = codes.split(crate::questionnaires::answers::SEPARATOR).map(str::trim).filter(|code| !code.is_empty());
    codes.map(|code| question.word(code, lang)).collect::<Vec<_>>().join("; ")
}
