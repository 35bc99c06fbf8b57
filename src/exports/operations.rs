//! The one act of the room: who may take an export, and the export itself, written row by row.
//!
//! Entries are read a page at a time in one read transaction, so the file shows one moment and memory stays flat.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::answers;
use super::model::{Name, Reach};
use super::sheet::Sheet;
use super::store::{self, Filter, Head};
use super::submissions::{Entry, meanings, row};
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation};
use crate::kernel::ids::{QuestionnaireId, SubmissionId};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::questionnaires::{self, Answers, Questionnaire};
use crate::sessions::Session;
use crate::submissions::CompiledSource;
use crate::{accounts, reviews};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Of which session.
    pub session: Session,
    /// Which export.
    pub name: Name,
    /// In which language.
    pub lang: Lang,
    /// How much.
    pub reach: Reach,
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was written to failed.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

/// Returns how much of an export an actor may take.
pub fn reach(actor: &Actor, name: Name) -> Result<Reach, Denial> {
    let none = Target::none();
    match name {
        Name::Practices | Name::Answers => match decide(actor, Action::ExportSubmissions, &none) {
            Ok(()) => Ok(Reach::Secretariat),
            Err(_) => decide(actor, Action::ExportPublic, &none).map(|()| Reach::Public),
        },
        Name::Actions => decide(actor, Action::ExportSubmissions, &none).map(|()| Reach::Secretariat),
        Name::Reviews | Name::Ranking => decide(actor, Action::ExportReviews, &none).map(|()| Reach::Secretariat),
    }
}

/// Writes an export and returns the number of rows under the titles. Call it within one read transaction.
pub fn write<W: Write>(conn: &mut AnyConnection, order: &Order, out: W) -> Result<u64, ExportError> {
    let mut sheet = Sheet::begin(out, order.name.description(), order.lang)?;
    match order.name {
        Name::Practices => write_entries(conn, order, Kind::Practice, &mut sheet)?,
        Name::Actions => write_entries(conn, order, Kind::Action, &mut sheet)?,
        Name::Answers => write_answers(conn, order, &mut sheet)?,
        Name::Reviews => write_reviews(conn, order, &mut sheet)?,
        Name::Ranking => write_ranking(conn, order, &mut sheet)?,
    }
    Ok(sheet.end()?)
}

fn write_entries<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    kind: Kind,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let meanings = meanings(order.name.description(), Questionnaire::default_of(kind));
    each_entry(conn, order, kind, |entry| sheet.row(&row(entry, &meanings, order.lang)))
}

fn write_answers<W: Write>(conn: &mut AnyConnection, order: &Order, sheet: &mut Sheet<W>) -> Result<(), ExportError> {
    let kinds: &[Kind] = if order.reach == Reach::Public { &[Kind::Practice] } else { Kind::ALL };
    for kind in kinds {
        each_entry(conn, order, *kind, |entry| {
            let rows = answers::rows(entry, order.lang, order.reach == Reach::Secretariat);
            rows.iter().try_for_each(|cells| sheet.row(cells))
        })?;
    }
    Ok(())
}

fn write_reviews<W: Write>(conn: &mut AnyConnection, order: &Order, sheet: &mut Sheet<W>) -> Result<(), ExportError> {
    let ranking = reviews::store::ranking(conn, &order.session.id)?;
    let given = reviews::store::given_in(conn, &order.session.id)?;
    let names = accounts::store::accounts(conn)?.into_iter().map(|account| (account.id, account.name)).collect();
    let rows = super::reviews::reviews(&ranking, &given, &names, order.lang);
    Ok(rows.iter().try_for_each(|cells| sheet.row(cells))?)
}

fn write_ranking<W: Write>(conn: &mut AnyConnection, order: &Order, sheet: &mut Sheet<W>) -> Result<(), ExportError> {
    let ranking = reviews::store::ranking(conn, &order.session.id)?;
    let delegations = delegations::store::all(conn)?;
    let delegations = delegations.into_iter().map(|delegation| (delegation.id.clone(), delegation)).collect();
    let rows = super::reviews::ranking(&ranking, &delegations, order.lang);
    Ok(rows.iter().try_for_each(|cells| sheet.row(cells))?)
}

/// Gives every entry of an order, by reference, to a function that writes it.
fn each_entry(
    conn: &mut AnyConnection,
    order: &Order,
    kind: Kind,
    mut write: impl FnMut(Entry<'_>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let mut questionnaires = BTreeMap::new();
    for delegation in delegations::store::all(conn)? {
        let filter = Filter { session: &order.session.id, kind, delegation: &delegation.id, reach: order.reach };
        let mut last = 0;
        loop {
            let (heads, end) = store::page(conn, filter, last)?;
            let Some(end) = end else { break };
            last = end;
            let page = Page {
                answers: store::answers_of(conn, &heads)?,
                sources: store::sources_of(conn, &heads)?,
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
