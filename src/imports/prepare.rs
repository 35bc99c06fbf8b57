//! Says what a file will do: reads it, finds the entry of every row, compares, and checks. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::columns::{Column, name_of, resolve};
use super::model::{Change, Fault, Plan, Planned, Row};
use super::plan::{differing, fault_of, faults, merged, merged_source, original};
use super::{read, rows, store};
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation, DelegationKind};
use crate::exports::Meaning;
use crate::exports::meaning::SourceField;
use crate::exports::store::cleared_revision;
use crate::kernel::fields::{Message, Value};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::kernel::token::digest;
use crate::questionnaires::{self, Answers, Context, Questionnaire};
use crate::sessions::Session;
use crate::submissions::{self, CompiledSource, State, Submission};

/// What a file will do, or everything that is wrong with it.
pub type Prepared = Result<Plan, Vec<Fault>>;

/// What every row is compared with.
struct Scene<'a> {
    session: &'a Session,
    kind: Kind,
    columns: &'a [Column],
    delegations: &'a BTreeMap<String, Delegation>,
    newest: &'a Questionnaire,
}

/// Says what a file will do to the entries of a session. Changes nothing.
pub fn prepare(conn: &mut AnyConnection, session: &Session, kind: Kind, text: &str) -> Result<Prepared, StoreError> {
    let (_, newest) = questionnaires::store::newest(conn, &session.id, kind)?;
    let table = match read::table(text, |header| name_of(header, kind, &newest).is_some()) {
        Ok(table) => table,
        Err(faults) => return Ok(Err(faults)),
    };
    let columns = match resolve(&table.header, kind, &newest) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Err(faults)),
    };
    let delegations = delegations::store::all(conn)?;
    let delegations = delegations.into_iter().map(|delegation| (delegation.code.clone(), delegation)).collect();
    let scene = Scene { session, kind, columns: &columns, delegations: &delegations, newest: &newest };
    let (rows, mut all_faults) = rows::read(&table, &columns, kind, &newest);
    let mut planned = Vec::new();
    for row in &rows {
        match plan_row(conn, &scene, row)? {
            Ok(done) => planned.push(done),
            Err(faults) => all_faults.extend(faults),
        }
    }
    if all_faults.is_empty() {
        let digest = digest_of(text, &planned);
        Ok(Ok(Plan { rows: planned, questionnaire: newest, digest }))
    } else {
        all_faults.sort_by_key(|fault| fault.line);
        Ok(Err(all_faults))
    }
}

/// Returns a digest of the file and of what it will do.
fn digest_of(text: &str, rows: &[Planned]) -> String {
    let mut all = format!("{}\n", digest(text));
    for row in rows {
        let entry = row.entry.as_ref().map_or_else(
            || "new".to_owned(),
            |entry| format!("{} {} {}", entry.reference, entry.revision, entry.state),
        );
        writeln!(all, "{} {entry} {:?}", row.line, row.change).expect("invariant: writing to a text does not fail");
    }
    digest(&all)
}

/// Compares a row with the entry it is about.
fn plan_row(conn: &mut AnyConnection, scene: &Scene<'_>, row: &Row) -> Result<Result<Planned, Vec<Fault>>, StoreError> {
    let entry = match find(conn, scene, row)? {
        Ok(entry) => entry,
        Err(fault) => return Ok(Err(vec![fault])),
    };
    let delegation = match delegation_of(scene, row, entry.as_ref()) {
        Ok(delegation) => delegation,
        Err(fault) => return Ok(Err(vec![fault])),
    };
    let entry = match entry {
        Some(entry) => Some(entry),
        None => same_text(conn, scene, row, delegation)?,
    };
    let Held { before, source: held_source, questionnaire } = held(conn, scene, entry.as_ref())?;
    let after = merged(&before, row, &questionnaire);
    let (source, source_differs) = merged_source(held_source.as_ref(), row);
    let mut fields = differing(&before, &after, scene.columns);
    fields.extend(source_differs.iter().cloned());
    let original = entry.as_ref().map_or_else(|| original(row, &after), |entry| entry.original);
    let mut found = Vec::new();
    if let Some(entry) = &entry
        && !fields.is_empty()
    {
        let is_untouched = store::is_untouched(conn, entry)?;
        found.extend(may_not_change(scene, row, (entry, is_untouched), held_source.as_ref(), &source_differs));
    }
    if entry.is_none() || !fields.is_empty() {
        let years = scene.session.programme_years;
        let context = Context { original, programme_years: years, is_compiled: true };
        found.extend(faults(&questionnaire, &after, row, scene.columns, context));
    }
    if entry.is_none() && after.get("title", original).is_empty() {
        let title = Meaning::Answer("title".to_owned(), original.into());
        found.push(fault_of(row, scene.columns, &title, "", Message::new("required")));
    }
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let change = match &entry {
        None => Change::New,
        Some(_) if fields.is_empty() => Change::Unchanged,
        Some(_) => Change::Changed(fields),
    };
    let is_sourced = row.is_compiled() || held_source.is_some();
    // Why: what the group carries has no head who could confirm it.
    let waits = change == Change::New && !is_sourced && delegation.kind != DelegationKind::Group;
    Ok(Ok(Planned {
        line: row.line,
        delegation_code: delegation.code.clone(),
        delegation: delegation.id.clone(),
        change,
        entry,
        original,
        before,
        after,
        source: is_sourced.then_some((held_source, source)),
        waits,
    }))
}

/// Finds the entry of a row: by its reference, else by the key of its source; nothing for a new one.
fn find(
    conn: &mut AnyConnection,
    scene: &Scene<'_>,
    row: &Row,
) -> Result<Result<Option<Submission>, Fault>, StoreError> {
    let Some(reference) = &row.reference else {
        let key = row.source_text(SourceField::Key);
        let found = if key.is_empty() { None } else { store::by_source_key(conn, &scene.session.id, scene.kind, key)? };
        return Ok(Ok(found));
    };
    let found = match submissions::store::by_reference(conn, reference) {
        Ok(entry) if entry.session == scene.session.id && is_known(conn, &entry)? => Some(entry),
        Ok(_) | Err(StoreError::NotFound) => None,
        Err(error) => return Err(error),
    };
    Ok(found.map(Some).ok_or_else(|| {
        let message = Message::new("import-unknown-reference");
        fault_of(row, scene.columns, &Meaning::Reference, reference, message)
            .accepts(Message::new("import-accepted-no-reference"))
    }))
}

/// Returns whether the secretariat knows of an entry: it was cleared once, or it is the secretariat's own text. A draft that
/// its delegation has written or changed answers as if it did not exist.
fn is_known(conn: &mut AnyConnection, entry: &Submission) -> Result<bool, StoreError> {
    match entry.state {
        State::Draft | State::AwaitingClearance => store::is_by_secretariat(conn, entry),
        State::Withdrawn => Ok(cleared_revision(conn, &entry.id)?.is_some()),
        State::Late
        | State::Informal
        | State::Submitted
        | State::UnderReview
        | State::Returned
        | State::Accepted
        | State::NotRetained
        | State::Merged => Ok(true),
    }
}

/// Returns the entry that a row without reference and source has made before: the same file twice adds nothing.
fn same_text(
    conn: &mut AnyConnection,
    scene: &Scene<'_>,
    row: &Row,
    delegation: &Delegation,
) -> Result<Option<Submission>, StoreError> {
    if row.is_compiled() {
        return Ok(None);
    }
    let given = merged(&Answers::none(), row, scene.newest);
    for entry in submissions::store::of_delegation(conn, &scene.session.id, &delegation.id)? {
        let title = &entry.columns.title;
        let may_be = entry.kind == scene.kind
            && [Lang::En, Lang::Ru].iter().all(|lang| {
                let text = given.get("title", *lang);
                text.is_empty() || text == title.get(*lang)
            });
        if may_be && is_known(conn, &entry)? {
            let held = submissions::store::answers_at(conn, &entry.id, entry.revision)?;
            let is_same = merged(&held, row, scene.newest) == held;
            if is_same && given.iter().next().is_some() {
                return Ok(Some(entry));
            }
        }
    }
    Ok(None)
}

/// Returns the delegation of a row: that of its entry, or the one it names.
#[expect(clippy::result_large_err, reason = "a fault is rare, and made once a row at most")]
fn delegation_of<'a>(scene: &Scene<'a>, row: &Row, entry: Option<&Submission>) -> Result<&'a Delegation, Fault> {
    let fault = |value: &str, code: &str| {
        let codes: Vec<&str> = scene.delegations.keys().map(String::as_str).collect();
        let accepted = Message::new("import-accepted-codes").text("codes", codes.join(", "));
        fault_of(row, scene.columns, &Meaning::Delegation, value, Message::new(code)).accepts(accepted)
    };
    let owner = entry.and_then(|entry| scene.delegations.values().find(|held| held.id == entry.delegation));
    match (&row.delegation, owner) {
        (None, Some(owner)) => Ok(owner),
        (None, None) => Err(fault("", "required")),
        (Some(code), Some(owner)) if *code == owner.code => Ok(owner),
        (Some(code), Some(_)) => Err(fault(code, "import-other-delegation")),
        (Some(code), None) => scene.delegations.get(code).ok_or_else(|| fault(code, "import-unknown-delegation")),
    }
}

/// What is there before a row.
struct Held {
    before: Answers,
    source: Option<CompiledSource>,
    questionnaire: Questionnaire,
}

fn held(conn: &mut AnyConnection, scene: &Scene<'_>, entry: Option<&Submission>) -> Result<Held, StoreError> {
    let Some(entry) = entry else {
        return Ok(Held { before: Answers::none(), source: None, questionnaire: scene.newest.clone() });
    };
    let revision = known_revision(conn, entry)?;
    Ok(Held {
        before: submissions::store::answers_at(conn, &entry.id, revision)?,
        source: submissions::store::source_of(conn, &entry.id)?,
        questionnaire: questionnaires::store::by_id(conn, &entry.questionnaire)?,
    })
}

/// Returns the revision that the secretariat knows: what a delegation writes after its clearance is not compared with.
fn known_revision(conn: &mut AnyConnection, entry: &Submission) -> Result<i32, StoreError> {
    let is_at_home = matches!(entry.state, State::Returned | State::Withdrawn);
    let cleared = if is_at_home { cleared_revision(conn, &entry.id)? } else { None };
    Ok(cleared.unwrap_or(entry.revision))
}

/// A delegation's own text is changed by import only while it has done nothing with it: as a draft that the secretariat has
/// written, or while it is asked to confirm it; a compiled entry until it is decided against.
fn may_not_change(
    scene: &Scene<'_>,
    row: &Row,
    (entry, is_untouched): (&Submission, bool),
    source: Option<&CompiledSource>,
    source_differs: &BTreeSet<String>,
) -> Option<Fault> {
    let is_compiled = source.is_some_and(|source| source.taken_over_at.is_none());
    let open: &[State] = if is_compiled {
        &[State::Draft, State::Submitted, State::UnderReview, State::Accepted]
    } else if is_untouched {
        &[State::Draft, State::AwaitingClearance]
    } else {
        &[]
    };
    let fault = |message| fault_of(row, scene.columns, &Meaning::Reference, &entry.reference, message);
    if !is_compiled && !source_differs.is_empty() {
        return Some(fault(Message::new("import-own-text")));
    }
    let state = Value::Code("state", entry.state.code().to_owned());
    (!open.contains(&entry.state)).then(|| fault(Message::new("import-not-open").with("state", state)))
}
