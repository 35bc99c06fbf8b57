//! Lists of codes, the library, and the account of a token.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::submissions::{SourceView, answers};
use super::{Both, utc};
use crate::api::model::Scope;
use crate::api::operations::Entered;
use crate::classification::{self, List};
use crate::kernel::lang::Lang;
use crate::library::model::Entry;
use crate::library::operations::Practice;
use crate::policy::Capacity;

/// An entry of a list of codes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListEntry)]
pub struct CodeView {
    /// Its code, unique in the list.
    #[schema(example = "17.10")]
    pub code: String,
    /// Code of the entry above it, or empty.
    parent: String,
    /// Whether it only heads others and cannot be chosen.
    is_heading: bool,
    /// Its title.
    title: Both,
    /// More about it; often empty.
    detail: Both,
}

impl From<&classification::Entry> for CodeView {
    fn from(entry: &classification::Entry) -> Self {
        Self {
            code: entry.code.clone(),
            parent: entry.parent.clone(),
            is_heading: entry.is_heading,
            title: (&entry.title).into(),
            detail: (&entry.detail).into(),
        }
    }
}

/// A list of codes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CodeList)]
pub struct ListView {
    /// Which list.
    list: List,
    /// Its entries, in the order of their source.
    entries: Vec<CodeView>,
}

impl ListView {
    /// Shows a list.
    pub fn new(list: List) -> Self {
        Self { list, entries: list.entries().iter().map(CodeView::from).collect() }
    }
}

/// The lists that there are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CodeLists)]
pub struct ListsView {
    /// Their codes.
    lists: Vec<List>,
}

impl ListsView {
    /// Shows which lists there are.
    pub fn all() -> Self {
        Self { lists: List::ALL.to_vec() }
    }
}

/// A published practice, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PracticeRow)]
pub struct EntryView {
    /// Its reference.
    #[schema(example = "GP-KGZ-2020-001")]
    reference: String,
    /// Its title.
    title: Both,
    /// Its summary.
    summary: Both,
    /// The language it was written in.
    original_language: Lang,
    /// Code of its delegation.
    delegation: String,
    /// Name of its delegation.
    delegation_name: Both,
    /// Number of its session.
    session: i32,
    /// First year.
    first_year: Option<i32>,
    /// Last year; nothing while it goes on.
    last_year: Option<i32>,
    /// Main deliverable or area.
    theme: Option<String>,
    /// SDG targets, the main one first.
    targets: Vec<String>,
    /// Whether it was compiled from public sources.
    is_compiled: bool,
    /// When it was published.
    published_at: DateTime<Utc>,
}

impl From<&Entry> for EntryView {
    fn from(entry: &Entry) -> Self {
        Self {
            reference: entry.reference.clone(),
            title: (&entry.title).into(),
            summary: (&entry.summary).into(),
            original_language: entry.original,
            delegation: entry.country.clone(),
            delegation_name: (&entry.country_name).into(),
            session: entry.session,
            first_year: entry.first_year,
            last_year: entry.last_year,
            theme: entry.theme.clone(),
            targets: entry.targets().into_iter().map(str::to_owned).collect(),
            is_compiled: entry.is_compiled,
            published_at: utc(entry.published_at),
        }
    }
}

/// A published practice with its public answers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Practice)]
pub struct PracticeView {
    /// Its reference.
    #[schema(example = "GP-KGZ-2020-001")]
    reference: String,
    /// Number of its session.
    session: i32,
    /// Code of its delegation.
    delegation: String,
    /// Name of its delegation.
    delegation_name: Both,
    /// Its title.
    title: Both,
    /// The language it was written in.
    original_language: Lang,
    /// Codes by which it is found, by list.
    tags: BTreeMap<String, Vec<String>>,
    /// Public answers by the key of their question.
    answers: BTreeMap<String, String>,
    /// Where it comes from, if it was compiled from public sources.
    source: Option<SourceView>,
    /// When it was published.
    published_at: Option<DateTime<Utc>>,
}

impl From<&Practice> for PracticeView {
    fn from(practice: &Practice) -> Self {
        let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (list, code) in &practice.tags {
            tags.entry(list.to_string()).or_default().push(code.clone());
        }
        let submission = &practice.submission;
        Self {
            reference: submission.reference.clone(),
            session: practice.session.number,
            delegation: practice.delegation.code.clone(),
            delegation_name: (&practice.delegation.name).into(),
            title: (&submission.columns.title).into(),
            original_language: submission.original,
            tags,
            answers: answers(&practice.answers),
            source: practice.source.as_ref().map(SourceView::from),
            published_at: submission.published_at.map(utc),
        }
    }
}

/// The account of a token, and the token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeView {
    /// Name of the account.
    name: String,
    /// Language of the account.
    language: Lang,
    /// What the account is.
    capacities: Vec<HoldingView>,
    /// The token.
    token: TokenView,
}

/// One capacity of an account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Holding)]
pub struct HoldingView {
    /// The capacity.
    capacity: Capacity,
    /// Code of the delegation, for capacities in a delegation.
    delegation: Option<String>,
    /// Until which day it holds, if limited.
    valid_until_on: Option<NaiveDate>,
}

/// A token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    /// What it is called.
    name: String,
    /// What it may be used for.
    scopes: Vec<Scope>,
    /// Until when it holds.
    expires_at: DateTime<Utc>,
}

impl From<&Entered> for MeView {
    fn from(entered: &Entered) -> Self {
        let plain = |capacity| HoldingView { capacity, delegation: None, valid_until_on: None };
        let office = entered.account.office.capacity().map(plain);
        let places = entered.standing.accreditations.iter().map(|one| HoldingView {
            capacity: one.capacity,
            delegation: Some(one.delegation_code.clone()),
            valid_until_on: one.valid_until_on,
        });
        let reviews = (!entered.standing.reviewer_of.is_empty()).then(|| plain(Capacity::Reviewer));
        Self {
            name: entered.account.name.clone(),
            language: entered.account.language,
            capacities: office.into_iter().chain(places).chain(reviews).collect(),
            token: TokenView {
                name: entered.token.name.clone(),
                scopes: entered.token.scopes.iter().copied().collect(),
                expires_at: utc(entered.token.expires_at),
            },
        }
    }
}
