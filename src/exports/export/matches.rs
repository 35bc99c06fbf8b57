//! Who can help whom as rows: one practice that offers or one action that needs help at one target a row.

use super::clarifications::signed_in;
use super::{Export, ExportError, Words, Writing, by_id, yes_or_no};
use crate::classification::List;
use crate::delegations::Delegation;
use crate::exports::cell::joined;
use crate::submissions::links::model::{Filter, Match, Tied};
use crate::submissions::links::operations::matches_of;

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: signed_in, columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 13] = [
    "target",
    "target_title",
    "side",
    "side_title",
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "offered",
    "offered_title",
    "countries",
    "countries_title",
    "is_matched",
];

/// Writes offers and needs as the page on who can help whom shows them to the reader.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = by_id(to.conn)?;
    let session = &to.order.session()?.id;
    for one in matches_of(to.conn, to.order.asked_of(), session, &Filter::default())? {
        for (side, all) in [("offers", &one.offers), ("needs", &one.needs)] {
            for tied in all {
                let delegation = delegations.get(&tied.submission.delegation);
                to.sheet.row(&row(&one, (side, tied), delegation, to.said))?;
            }
        }
    }
    Ok(())
}

/// Returns the cells of one side at a target.
fn row(
    at: &Match,
    (side, tied): (&str, &Tied),
    delegation: Option<&Delegation>,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let label =
        |list: List, code: &str| list.entry(code).map_or_else(|| code.to_owned(), |entry| entry.label(list, said.lang));
    let offered: Vec<String> = tied.offers.iter().map(|code| said.code("link-offer", code)).collect();
    // Why: what the group leads carries the code of the group, which is no country.
    let concerned: Vec<&str> =
        tied.countries.iter().map(String::as_str).filter(|code| List::Country.entry(code).is_some()).collect();
    let countries: Vec<String> = concerned.iter().map(|code| label(List::Country, code)).collect();
    [
        at.target.clone(),
        label(List::Target, &at.target),
        side.to_owned(),
        said.code("link-side", side),
        tied.submission.reference.clone(),
        tied.submission.title_or_reference(said.lang).to_owned(),
        tied.code.clone(),
        delegation.map_or_else(String::new, |delegation| said.either(&delegation.name)),
        joined(tied.offers.iter().map(String::as_str)),
        joined(offered.iter().map(String::as_str)),
        joined(concerned),
        joined(countries.iter().map(String::as_str)),
        yes_or_no(!at.offers.is_empty() && !at.needs.is_empty()),
    ]
}
