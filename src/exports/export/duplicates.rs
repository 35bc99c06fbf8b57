//! Submissions that are alike as rows: one pair a row, with what both share and what was decided.

use chrono::NaiveDateTime;

use super::{Export, ExportError, Words, Writing, by_id, cleared_title, day, whole};
use crate::classification::List;
use crate::exports::cell::joined;
use crate::policy::Action;
use crate::submissions::duplicates::{self, Likeness};
use crate::submissions::merging::Merge;

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ViewDesk), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 22] = [
    "reference",
    "title",
    "delegation",
    "other_reference",
    "other_title",
    "other_delegation",
    "points",
    "words",
    "summaries",
    "theme",
    "theme_title",
    "target",
    "target_title",
    "countries",
    "countries_title",
    "first_year",
    "last_year",
    "decision",
    "decision_title",
    "stands",
    "reason",
    "decided_on",
];

/// Columns about one side, about the likeness, about the decision.
const PARTS: [usize; 3] = [3, 11, 5];

/// One of the two.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// Its title; empty where that may not be read.
    pub title: &'a str,
    /// Code of its delegation.
    pub delegation: &'a str,
}

impl Side<'_> {
    fn cells(self) -> [String; PARTS[0]] {
        [self.reference, self.title, self.delegation].map(str::to_owned)
    }
}

/// Writes the submissions that are alike or were joined, and what was decided.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = by_id(to.conn)?;
    let pairs = duplicates::operations::register(to.conn, &to.order.session()?.id)?;
    for pair in &pairs {
        let [one, other] = [&pair.one, &pair.other].map(|one| Side {
            reference: &one.reference,
            title: cleared_title(one, to.order.lang),
            delegation: delegations.get(&one.delegation).map_or("", |delegation| &delegation.code),
        });
        to.sheet.row(&row((one, other), pair.likeness.as_ref(), pair.merge.as_ref(), to.said))?;
    }
    Ok(())
}

/// Returns the cells of a pair; `merge` is the last one of the two, with when it was taken back.
fn row(
    (one, other): (Side<'_>, Side<'_>),
    likeness: Option<&Likeness>,
    merge: Option<&(Merge, Option<NaiveDateTime>)>,
    said: Words<'_>,
) -> Vec<String> {
    let sides = one.cells().into_iter().chain(other.cells());
    sides.chain(shared(likeness, said)).chain(decided(merge, said)).collect()
}

fn shared(likeness: Option<&Likeness>, said: Words<'_>) -> [String; PARTS[1]] {
    let Some(likeness) = likeness else { return Default::default() };
    let label =
        |list: List, code: &str| list.entry(code).map_or_else(|| code.to_owned(), |entry| entry.label(list, said.lang));
    let worded = |list: List, code: &Option<String>| code.as_deref().map_or_else(String::new, |code| label(list, code));
    let countries: Vec<String> = likeness.countries.iter().map(|code| label(List::Country, code)).collect();
    let year = |pick: fn((i32, i32)) -> i32| likeness.years.map_or_else(String::new, |years| pick(years).to_string());
    [
        likeness.points.to_string(),
        joined(likeness.words.iter().map(String::as_str)),
        likeness.summaries.map_or_else(String::new, |percent| percent.to_string()),
        likeness.theme.clone().unwrap_or_default(),
        worded(List::Theme, &likeness.theme),
        likeness.target.clone().unwrap_or_default(),
        worded(List::Target, &likeness.target),
        joined(likeness.countries.iter().map(String::as_str)),
        joined(countries.iter().map(String::as_str)),
        year(|(first, _)| first),
        year(|(_, last)| last),
    ]
}

fn decided(merge: Option<&(Merge, Option<NaiveDateTime>)>, said: Words<'_>) -> [String; PARTS[2]] {
    let decision = match merge {
        None => "open",
        Some((_, None)) => "joined",
        Some((_, Some(_))) => "taken-back",
    };
    let stands = merge.filter(|(_, taken_back_at)| taken_back_at.is_none());
    [
        decision.to_owned(),
        said.code("exports-duplicates", decision),
        stands.map_or_else(String::new, |(merge, _)| merge.into_reference.clone()),
        merge.map_or_else(String::new, |(merge, _)| merge.note.clone()),
        day(merge.map(|(merge, taken_back_at)| taken_back_at.unwrap_or(merge.merged_at))),
    ]
}
