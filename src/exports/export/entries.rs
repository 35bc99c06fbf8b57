//! What every file of practices and actions reads: one entry a row, the columns of the contract.

use std::collections::BTreeMap;
use std::io;

use super::{ExportError, Order, Words, Writing};
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation};
use crate::exports::cell::joined;
use crate::exports::meaning::{Meaning, meaning};
use crate::exports::model::Reach;
use crate::exports::store::{self, Filter, Head};
use crate::kernel::ids::{QuestionnaireId, SubmissionId};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::questionnaires::answers::SEPARATOR;
use crate::questionnaires::{self, AnswerLang, Answers, Questionnaire};
use crate::submissions::co_sponsors::Partner;
use crate::submissions::co_sponsors::model::Partners;
use crate::submissions::{self, CompiledSource};

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

/// Lets everybody take what is published, and the secretariat all that was cleared.
pub fn published(actor: &Actor) -> Result<Reach, Denial> {
    let may = |action| decide(actor, action, &Target::none());
    match may(Action::ExportSubmissions) {
        Ok(()) => Ok(Reach::Secretariat),
        Err(_) => may(Action::ExportPublic).map(|()| Reach::Public),
    }
}

/// Writes the entries of a kind.
pub fn write(to: &mut Writing<'_>, kind: Kind) -> Result<(), ExportError> {
    let questionnaire = Questionnaire::default_of(kind);
    let names = to.order.name.description().names();
    let meanings: Vec<_> = names.map(|name| meaning(name, questionnaire)).collect();
    each_entry(to.conn, to.order, kind, |entry| to.sheet.row(&row(entry, &meanings, to.said)))
}

/// Gives every entry of an order, by reference, to a function that writes it.
pub fn each_entry(
    conn: &mut AnyConnection,
    order: &Order,
    kind: Kind,
    mut write: impl FnMut(Entry<'_>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let mut questionnaires = BTreeMap::new();
    for delegation in delegations::store::all(conn)? {
        let filter = Filter { session: &order.session()?.id, kind, delegation: &delegation.id, reach: order.reach };
        let mut last = 0;
        loop {
            let (heads, end) = store::page(conn, filter, last)?;
            let Some(end) = end else { break };
            last = end;
            let page = Page {
                answers: store::answers_of(conn, &heads)?,
                sources: submissions::store::sources_of(conn, heads.iter().map(|head| &head.id))?,
                partners: submissions::co_sponsors::store::joined(conn, heads.iter().map(|head| &head.id))?,
                files: store::files_of(conn, &heads, order.reach)?,
                delegation: &delegation,
            };
            for head in &heads {
                let questionnaire = known(conn, &mut questionnaires, &head.questionnaire_id)?;
                write(page.entry(head, questionnaire))?;
            }
        }
    }
    Ok(())
}

/// What belongs to a page of entries.
struct Page<'a> {
    answers: BTreeMap<SubmissionId, Answers>,
    sources: BTreeMap<SubmissionId, CompiledSource>,
    partners: Partners,
    files: BTreeMap<SubmissionId, Vec<String>>,
    delegation: &'a Delegation,
}

impl<'a> Page<'a> {
    fn entry(&'a self, head: &'a Head, questionnaire: &'a Questionnaire) -> Entry<'a> {
        static NONE: std::sync::LazyLock<Answers> = std::sync::LazyLock::new(Answers::none);
        Entry {
            head,
            delegation: self.delegation,
            questionnaire,
            answers: self.answers.get(&head.id).unwrap_or(&NONE),
            source: self.sources.get(&head.id),
            partners: self.partners.get(&head.id).map_or(&[], Vec::as_slice),
            files: self.files.get(&head.id).map_or(&[], Vec::as_slice),
        }
    }
}

/// Returns a questionnaire, read once.
fn known<'a>(
    conn: &mut AnyConnection,
    all: &'a mut BTreeMap<QuestionnaireId, Questionnaire>,
    id: &QuestionnaireId,
) -> Result<&'a Questionnaire, StoreError> {
    if !all.contains_key(id) {
        all.insert(id.clone(), questionnaires::store::by_id(conn, id)?);
    }
    all.get(id).ok_or(StoreError::NotFound)
}

/// Returns the cells of an entry.
fn row(entry: Entry<'_>, meanings: &[Option<Meaning>], said: Words<'_>) -> Vec<String> {
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
    let codes = codes.split(SEPARATOR).map(str::trim).filter(|code| !code.is_empty());
    codes.map(|code| question.word(code, lang)).collect::<Vec<_>>().join("; ")
}
