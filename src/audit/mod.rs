//! The audit trail: append-only, chained by hash, written in the transaction of the act.
//!
//! Each line's digest covers its own content and the digest before it, so that a missing or changed line shows.
//! Ballot contents and scores never go in here: the trail is read while they are sealed. Of what a delegation does among its
//! own people its page says no more than that there is a line.

pub mod pages;
pub mod routes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::Value;

use crate::db::schema::{accounts, audit, submission_acts, submissions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::AccountId;
use crate::kernel::token::digest;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::submissions::State;

/// The digest before the first line.
const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit)]
pub struct Line {
    /// Place in the chain, from 1.
    pub position: i64,
    /// When, in Coordinated Universal Time.
    pub acted_at: NaiveDateTime,
    /// Who; empty for commands on the machine.
    pub account_id: Option<AccountId>,
    /// What was done, as `room.act`.
    pub act: String,
    /// To what: a reference or an id.
    pub subject: String,
    /// Further facts as a JSON object.
    pub detail: String,
    /// The digest of the line before.
    pub previous_digest: String,
    /// The digest of this line.
    pub digest: String,
}

impl Line {
    /// Returns the digest that the content of this line must have.
    fn expected_digest(&self) -> String {
        let mut text = String::new();
        write!(
            text,
            "{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.previous_digest,
            self.position,
            self.acted_at.format("%Y-%m-%dT%H:%M:%S%.6f"),
            self.account_id.as_ref().map_or("", AccountId::as_str),
            self.act,
            self.subject,
            self.detail
        )
        .expect("invariant: writing to a text does not fail");
        digest(&text)
    }
}

/// Appends a line to the trail.
pub fn record(
    tx: &mut Tx<'_>,
    at: NaiveDateTime,
    account: Option<&AccountId>,
    act: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), StoreError> {
    let last: Option<(i64, String)> = audit::table
        .select((audit::position, audit::digest))
        .order(audit::position.desc())
        .first(&mut **tx)
        .optional()?;
    let (position, previous_digest) = last.map_or((1, FIRST.to_owned()), |(position, digest)| (position + 1, digest));
    let mut line = Line {
        position,
        acted_at: at,
        account_id: account.cloned(),
        act: act.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_string(),
        previous_digest,
        digest: String::new(),
    };
    line.digest = line.expected_digest();
    diesel::insert_into(audit::table).values(&line).execute(&mut **tx)?;
    Ok(())
}

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every line is there and unchanged; how many there are, and the digest of the last.
    Whole {
        /// Number of lines.
        lines: i64,
        /// Digest of the last line, to be kept elsewhere.
        last_digest: String,
    },
    /// The first place at which the chain does not hold.
    Broken {
        /// The position expected there.
        position: i64,
    },
}

/// Checks the whole chain, page by page.
pub fn verify(conn: &mut AnyConnection) -> Result<Verdict, StoreError> {
    const PAGE: i64 = 1000;
    let mut previous = FIRST.to_owned();
    let mut checked = 0;
    loop {
        let lines = after(conn, checked, PAGE)?;
        if lines.is_empty() {
            return Ok(Verdict::Whole { lines: checked, last_digest: previous });
        }
        for line in lines {
            let holds = line.position == checked + 1
                && line.previous_digest == previous
                && line.digest == line.expected_digest();
            if !holds {
                return Ok(Verdict::Broken { position: checked + 1 });
            }
            checked = line.position;
            previous = line.digest;
        }
    }
}

/// Returns the lines behind a place in the chain, oldest first.
fn after(conn: &mut AnyConnection, position: i64, limit: i64) -> Result<Vec<Line>, StoreError> {
    Ok(audit::table
        .filter(audit::position.gt(position))
        .order(audit::position.asc())
        .limit(limit)
        .select(Line::as_select())
        .load(conn)?)
}

/// Returns the newest lines, newest first, and how many lines there are in all.
pub fn newest(conn: &mut AnyConnection, skip: i64, limit: i64) -> Result<(Vec<Line>, i64), StoreError> {
    let lines =
        audit::table.order(audit::position.desc()).offset(skip).limit(limit).select(Line::as_select()).load(conn)?;
    let count = audit::table.count().get_result(conn)?;
    Ok((lines, count))
}

/// Returns what an account has done: when, what and to what, oldest first.
pub fn acts_of(
    conn: &mut AnyConnection,
    account: &AccountId,
) -> Result<Vec<(NaiveDateTime, String, String)>, StoreError> {
    Ok(audit::table
        .filter(audit::account_id.eq(account))
        .order(audit::position.asc())
        .select((audit::acted_at, audit::act, audit::subject))
        .load(conn)?)
}

/// Returns whether the chain holds a line with this digest: one that was kept elsewhere shows that no line after it
/// was cut off and none before it was written anew.
pub fn holds(conn: &mut AnyConnection, digest: &str) -> Result<bool, StoreError> {
    let found = audit::table.filter(audit::digest.eq(digest)).count().get_result::<i64>(conn)?;
    Ok(found > 0)
}

/// A part of the trail with what is needed to word it.
#[derive(Debug)]
pub struct Part {
    /// The lines.
    pub lines: Vec<Line>,
    /// Names of the accounts that the lines are by or about, by id.
    pub names: BTreeMap<AccountId, String>,
    /// References among the subjects that were never handed in: nobody outside their delegation knows of them.
    pub unseen: BTreeSet<String>,
}

/// Returns a part of the trail, newest first, and how many lines there are in all, for those who may read it.
pub fn read(conn: &mut AnyConnection, actor: &Actor, skip: i64, limit: i64) -> Result<(Part, i64), OperationError> {
    decide(actor, Action::ViewAudit, &Target::none())?;
    let (lines, count) = newest(conn, skip, limit)?;
    Ok((part(conn, lines)?, count))
}

/// Returns the part of the trail behind a place in it, oldest first. Whoever calls this asks first who may read it.
pub fn following(conn: &mut AnyConnection, position: i64, limit: i64) -> Result<Part, StoreError> {
    let lines = after(conn, position, limit)?;
    part(conn, lines)
}

fn part(conn: &mut AnyConnection, lines: Vec<Line>) -> Result<Part, StoreError> {
    let names = names(conn, &lines)?;
    let unseen = never_handed_in(conn, &lines)?;
    Ok(Part { lines, names, unseen })
}

/// Returns the references among the subjects of lines that have not left their delegation.
fn never_handed_in(conn: &mut AnyConnection, lines: &[Line]) -> Result<BTreeSet<String>, StoreError> {
    let subjects: BTreeSet<&str> = lines.iter().map(|line| line.subject.as_str()).collect();
    let known: Vec<String> =
        submissions::table.filter(submissions::reference.eq_any(subjects)).select(submissions::reference).load(conn)?;
    let handed_in: Vec<String> = submission_acts::table
        .inner_join(submissions::table)
        .filter(submissions::reference.eq_any(known.clone()))
        .filter(submission_acts::to_state.eq_any(State::HANDED_IN))
        .select(submissions::reference)
        .distinct()
        .load(conn)?;
    Ok(known.into_iter().filter(|reference| !handed_in.contains(reference)).collect())
}

fn names(conn: &mut AnyConnection, lines: &[Line]) -> Result<BTreeMap<AccountId, String>, StoreError> {
    let by = lines.iter().filter_map(|line| line.account_id.clone());
    let about = lines.iter().map(|line| AccountId::from(line.subject.as_str()));
    // Why: every quoted text of the facts may be an id; asking for one that is none finds nothing.
    let within = lines.iter().flat_map(|line| line.detail.split('"').map(AccountId::from));
    let ids: BTreeSet<AccountId> = by.chain(about).chain(within).collect();
    let rows: Vec<(AccountId, String)> =
        accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}
