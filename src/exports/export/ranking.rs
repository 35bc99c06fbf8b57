//! The accepted actions in the order of their reviews: one action a row.

use std::collections::BTreeMap;

use super::{Export, ExportError, Words, Writing, by_id, whole};
use crate::classification::List;
use crate::delegations::Delegation;
use crate::kernel::ids::DelegationId;
use crate::policy::Action;
use crate::reviews;
use crate::reviews::ranking::{RankingLine, root_two_decimals, two_decimals};

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ExportReviews), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 14] = [
    "rank",
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "theme",
    "theme_title",
    "score",
    "score_rounded",
    "reviews",
    "spread",
    "deviation",
    "needs_information",
    "by_criterion",
];

/// Writes the ranking, from the first place.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let ranking = reviews::store::ranking(to.conn, &to.order.session()?.id)?;
    let delegations = by_id(to.conn)?;
    Ok(ranking.lines.iter().try_for_each(|line| to.sheet.row(&row(line, &delegations, to.said)))?)
}

fn row(
    line: &RankingLine,
    delegations: &BTreeMap<DelegationId, Delegation>,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let lang = said.lang;
    let delegation = delegations.get(&line.submission.delegation);
    let theme = line.submission.columns.theme.clone().unwrap_or_default();
    let shown = |number: &num_rational::BigRational| said.decimal(&two_decimals(number));
    let means: Vec<String> =
        line.by_criterion.iter().map(|mean| mean.as_ref().map_or_else(|| "—".to_owned(), shown)).collect();
    let theme_title = List::Theme.entry(&theme).map_or_else(String::new, |entry| entry.label(List::Theme, lang));
    [
        line.rank.map_or_else(String::new, |rank| rank.to_string()),
        line.submission.reference.clone(),
        line.submission.title_or_reference(lang).to_owned(),
        delegation.map_or_else(String::new, |delegation| delegation.code.clone()),
        delegation.map_or_else(String::new, |delegation| delegation.name.get(lang).clone()),
        theme,
        theme_title,
        line.score.as_ref().map_or_else(String::new, ToString::to_string),
        line.score.as_ref().map_or_else(String::new, shown),
        line.reviews.to_string(),
        line.spread.as_ref().map_or_else(String::new, shown),
        line.variance.as_ref().map_or_else(String::new, |variance| said.decimal(&root_two_decimals(variance))),
        line.needs_information.to_string(),
        means.join(";"),
    ]
}
