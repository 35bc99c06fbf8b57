//! An export written row by row: entries are read a page at a time in one read transaction, so the file shows one moment
//! and memory stays flat however many there are.
//!
//! Apart from `operations`, because it knows both the store and the words; called by pages and commands alike.

mod lists;
mod registers;

use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read, Write};

use super::cell::unguarded;
use super::export::ballots::Certified;
use super::export::decisions::row as decision_row;
use super::export::programme::{Included, row as programme_row};
use super::export::progress::{Reported, row as progress_row};
use super::export::sheet::Sheet;
use super::export::submissions::{Entry, meanings, row};
use super::export::{Words, answers, ballots as ballot_rows, reviews as review_rows};
use super::model::{Name, Reach};
use super::spool::{Spool, Spooled};
use super::store::{self, Filter, Head};
use crate::ballots::Ballot;
use crate::ballots::export::Form;
use crate::ballots::model::Cast;
use crate::db::{AnyConnection, StoreError};
use crate::decisions::model::Subject;
use crate::delegations::{self, Delegation};
use crate::i18n::Texts;
use crate::kernel::ids::{DelegationId, QuestionnaireId, SubmissionId};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::policy::Actor;
use crate::questionnaires::{self, Answers, Questionnaire};
use crate::sessions::Session;
use crate::submissions::co_sponsors::model::Partners;
use crate::submissions::{Columns, CompiledSource, Submission};
use crate::{accounts, ballots, decisions, programmes, progress, reviews, submissions};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Of which session; none for what is of the whole platform.
    pub session: Option<Session>,
    /// Which export.
    pub name: Name,
    /// In which language.
    pub lang: Lang,
    /// How much.
    pub reach: Reach,
    /// Who reads the file, where that decides what is in it.
    pub reader: Actor,
    /// Number of the ballot, for its papers and its result; the last certified one when nothing is said.
    pub ballot: Option<i32>,
}

impl Order {
    /// Returns the session. Without one its files answer as if they did not exist.
    fn session(&self) -> Result<&Session, StoreError> {
        self.session.as_ref().ok_or(StoreError::NotFound)
    }

    /// Returns the reader whom the policy is asked about; nobody where the file holds everything.
    fn asked_of(&self) -> Option<&Actor> {
        (self.reach != Reach::Secretariat).then_some(&self.reader)
    }
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

impl From<ExportError> for StoreError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error,
            ExportError::Write(error) => Self::Busy(format!("temporary file: {error}")),
        }
    }
}

/// Writes an export and returns the number of rows under the titles. Call it within one read transaction.
pub fn write<W: Write>(conn: &mut AnyConnection, order: &Order, out: W) -> Result<u64, ExportError> {
    let mut sheet = Sheet::begin(out, order.name.description(), order.lang)?;
    let code = |prefix: &str, code: &str| Texts::of(order.lang).code(prefix, code);
    let words = Words { lang: order.lang, code: &code };
    match order.name {
        Name::Practices => write_entries(conn, order, (Kind::Practice, words), &mut sheet)?,
        Name::Actions => write_entries(conn, order, (Kind::Action, words), &mut sheet)?,
        Name::Answers => write_answers(conn, order, &mut sheet)?,
        Name::Reviews => write_reviews(conn, order, words, &mut sheet)?,
        Name::Ranking => write_ranking(conn, order, words, &mut sheet)?,
        Name::Ballots => write_ballots(conn, order, &mut sheet)?,
        Name::Result => write_result(conn, order, words, &mut sheet)?,
        Name::Programme => write_programme(conn, order, words, &mut sheet)?,
        Name::Decisions => write_decisions(conn, order, words, &mut sheet)?,
        Name::Progress => write_progress(conn, order, words, &mut sheet)?,
        Name::BallotList => lists::write_ballot_list(conn, order, words, &mut sheet)?,
        Name::Turnout => lists::write_turnout(conn, order, words, &mut sheet)?,
        Name::Assignments => lists::write_assignments(conn, order, words, &mut sheet)?,
        Name::Consents => lists::write_consents(conn, order, words, &mut sheet)?,
        Name::Credentials => lists::write_credentials(conn, order, words, &mut sheet)?,
        Name::Attendance => lists::write_attendance(conn, order, words, &mut sheet)?,
        Name::Remarks => registers::write_remarks(conn, order, words, &mut sheet)?,
        Name::Clarifications => registers::write_clarifications(conn, order, words, &mut sheet)?,
        Name::Objections => registers::write_objections(conn, order, words, &mut sheet)?,
        Name::Duplicates => registers::write_duplicates(conn, order, words, &mut sheet)?,
        Name::Pending => registers::write_pending(conn, order, words, &mut sheet)?,
        Name::Sessions => lists::write_sessions(conn, words, &mut sheet)?,
        Name::Delegations => lists::write_delegations(conn, words, &mut sheet)?,
        Name::Accounts => lists::write_accounts(conn, words, &mut sheet)?,
        Name::Mails => lists::write_mails(conn, words, &mut sheet)?,
        Name::Audit => registers::write_audit(conn, order, words, &mut sheet)?,
    }
    Ok(sheet.end()?)
}

/// Returns the cells of some rows of an export, as they were before formulas were made harmless, and whether more follow. The
/// whole is written all the same: what a row says may follow from the others.
pub fn part(
    conn: &mut AnyConnection,
    order: &Order,
    (skipped, wanted): (usize, usize),
) -> Result<(Vec<Vec<String>>, bool), ExportError> {
    let mut spool = Spool::default();
    write(conn, order, &mut spool)?;
    let written: Box<dyn Read> = match spool.finish()? {
        Spooled::Held(bytes) => Box::new(Cursor::new(bytes)),
        Spooled::File(file) => Box::new(BufReader::new(file)),
    };
    let mut rows = Vec::new();
    for record in csv::Reader::from_reader(written).records().skip(skipped).take(wanted + 1) {
        rows.push(record.map_err(io::Error::from)?.iter().map(|cell| unguarded(cell).to_owned()).collect());
    }
    let goes_on = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, goes_on))
}

/// Writes the papers of a certified ballot in a form that other programs read.
pub fn write_form<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    form: Form,
    mut out: W,
) -> Result<(), ExportError> {
    let ballot = certified(conn, order)?;
    let options = ballots::store::options_of(conn, &ballot.id)?;
    let papers = papers_of(conn, &ballot)?;
    let file = ballots::export::file(form, order.session()?, &ballot, &options, &papers)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok(out.write_all(file.content.as_bytes())?)
}

fn write_entries<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    (kind, words): (Kind, Words<'_>),
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let meanings = meanings(order.name.description(), Questionnaire::default_of(kind));
    each_entry(conn, order, kind, |entry| sheet.row(&row(entry, &meanings, words)))
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

fn write_reviews<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let ranking = reviews::store::ranking(conn, &order.session()?.id)?;
    let given = reviews::store::given_in(conn, &order.session()?.id)?;
    let names = accounts::store::names(conn)?;
    let rows = review_rows::reviews(&ranking, &given, &names, words);
    Ok(rows.iter().try_for_each(|cells| sheet.row(cells))?)
}

fn write_ranking<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let ranking = reviews::store::ranking(conn, &order.session()?.id)?;
    let delegations = by_id(conn)?;
    let rows = review_rows::ranking(&ranking, &delegations, words);
    Ok(rows.iter().try_for_each(|cells| sheet.row(cells))?)
}

/// Returns the certified ballot of an order. One that is not certified yet answers as if it did not exist.
fn certified(conn: &mut AnyConnection, order: &Order) -> Result<Ballot, StoreError> {
    let all = ballots::store::certified_of_session(conn, &order.session()?.id)?;
    let is_asked = |ballot: &Ballot| order.ballot.is_none_or(|number| number == ballot.number);
    all.into_iter().rfind(is_asked).ok_or(StoreError::NotFound)
}

/// Returns the papers of a certified ballot. Where only the order is published they answer as if they did not exist.
fn papers_of(conn: &mut AnyConnection, ballot: &Ballot) -> Result<Vec<Cast>, StoreError> {
    if !ballots::store::is_cast_public(conn, ballot)? {
        return Err(StoreError::NotFound);
    }
    ballots::store::counted(conn, ballot)
}

fn write_ballots<W: Write>(conn: &mut AnyConnection, order: &Order, sheet: &mut Sheet<W>) -> Result<(), ExportError> {
    let ballot = certified(conn, order)?;
    let options = ballots::store::options_of(conn, &ballot.id)?;
    let papers = papers_of(conn, &ballot)?;
    let rows = ballots::export::rows(order.session()?, &ballot, &options, &papers, order.lang);
    Ok(rows.iter().try_for_each(|cells| sheet.row(cells))?)
}

fn write_result<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let ballot = certified(conn, order)?;
    with_count(conn, order.session()?, &ballot, |certified| {
        ballot_rows::result(certified, words).iter().try_for_each(|cells| sheet.row(cells))
    })
}

/// Gives a certified ballot with what it came to, to a function that writes it.
fn with_count(
    conn: &mut AnyConnection,
    session: &Session,
    ballot: &Ballot,
    write: impl FnOnce(Certified<'_>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let options = ballots::store::options_of(conn, &ballot.id)?;
    let counted = ballots::store::outcome_of(conn, &ballot.id)?.ok_or(StoreError::NotFound)?;
    let fingerprint = ballots::store::fingerprint_of(conn, &ballot.id)?.unwrap_or_default();
    Ok(write(Certified { session, ballot, options: &options, counted: &counted, fingerprint: &fingerprint })?)
}

/// Returns the title of a submission, unless its delegation may have written on since it handed it in.
fn cleared_title(one: &Submission, lang: Lang) -> &str {
    if store::is_at_home(one.state) { "" } else { one.title_or_reference(lang) }
}

fn by_id(conn: &mut AnyConnection) -> Result<BTreeMap<DelegationId, Delegation>, StoreError> {
    Ok(delegations::store::all(conn)?.into_iter().map(|delegation| (delegation.id.clone(), delegation)).collect())
}

/// Writes the programme in force. A draft answers as if it did not exist.
fn write_programme<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let programme = programmes::store::in_force(conn, &order.session()?.id)?.ok_or(StoreError::NotFound)?;
    let adopted_at = programme.adopted_at.ok_or(StoreError::NotFound)?;
    for item in programmes::store::items_of(conn, &programme.id)?.iter().filter(|item| item.included) {
        let action = submissions::store::by_id(conn, &item.submission)?;
        let delegation = delegations::store::by_id(conn, &action.delegation)?;
        let revision = programmes::store::revision_at(conn, &action.id, adopted_at)?.unwrap_or(action.revision);
        let columns = Columns::of(&submissions::store::answers_at(conn, &action.id, revision)?);
        let included = Included {
            programme: &programme,
            item,
            reference: &action.reference,
            delegation: &delegation,
            columns: &columns,
        };
        sheet.row(&programme_row(included, words))?;
    }
    Ok(())
}

/// Writes the decisions on which the group is done: what is still before it leaves with nobody.
fn write_decisions<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    for decision in decisions::store::of_session(conn, &order.session()?.id)? {
        if !matches!(decision.state, decisions::State::Decided | decisions::State::NotAdopted) {
            continue;
        }
        let about = match &decision.subject {
            Subject::Programme(id) => programmes::store::by_id(conn, id)?.reference,
            Subject::Action(id) => submissions::store::by_id(conn, id)?.reference,
            Subject::Text => String::new(),
        };
        let texts = decisions::store::texts_of(conn, &decision.id)?;
        let text = texts.iter().find(|text| text.revision == decision.revision).ok_or(StoreError::NotFound)?;
        sheet.row(&decision_row(&decision, &about, text, words))?;
    }
    Ok(())
}

/// Writes the confirmed reports on the actions of the programme in force.
fn write_progress<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let session = &order.session()?.id;
    let Some(programme) = programmes::store::in_force(conn, session)? else { return Ok(()) };
    for one in progress::store::followed(conn)?.iter().filter(|one| one.session == *session) {
        let delegation = delegations::store::by_id(conn, &one.delegation)?;
        let action = Reported {
            programme: &programme.reference,
            reference: &one.reference,
            title: &one.title,
            delegation: &delegation,
        };
        for report in one.reports.iter().rev().filter(|report| report.state == progress::State::Confirmed) {
            sheet.row(&progress_row(action, report, words))?;
        }
    }
    Ok(())
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
