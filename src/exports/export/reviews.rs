//! The reviews that were given: one mark a row.

use std::collections::BTreeMap;

use super::{Export, ExportError, Words, Writing, whole};
use crate::accounts;
use crate::kernel::ids::AccountId;
use crate::policy::Action;
use crate::reviews::ranking::{Ranking, review_score, two_decimals};
use crate::reviews::{self, Mark, Review};

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ExportReviews), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 12] = [
    "reference",
    "title",
    "review",
    "reviewer",
    "criterion",
    "criterion_title",
    "weight",
    "mark",
    "mark_title",
    "score",
    "reason",
    "given_on",
];

/// Writes the reviews that were given.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let ranking = reviews::store::ranking(to.conn, &to.order.session()?.id)?;
    let given = reviews::store::given_in(to.conn, &to.order.session()?.id)?;
    let names = accounts::store::names(to.conn)?;
    let rows = rows(&ranking, &given, &names, to.said);
    Ok(to.sheet.rows(&rows)?)
}

/// Returns the rows of the reviews of a ranking, in the order given: one mark a row.
fn rows(
    ranking: &Ranking,
    reviews: &[Review],
    names: &BTreeMap<AccountId, String>,
    said: Words<'_>,
) -> Vec<[String; COLUMNS.len()]> {
    let lang = said.lang;
    let mut rows = Vec::new();
    for (number, review) in reviews.iter().enumerate() {
        let Some(line) = ranking.line(&review.submission) else { continue };
        let score = review_score(&ranking.criteria, &review.marks);
        let score = score.map_or_else(String::new, |score| said.decimal(&two_decimals(&score)));
        for (place, criterion) in ranking.criteria.iter().enumerate() {
            let mark = review.marks.get(&criterion.id);
            rows.push([
                line.submission.reference.clone(),
                line.submission.title_or_reference(lang).to_owned(),
                (number + 1).to_string(),
                names.get(&review.account).cloned().unwrap_or_default(),
                (place + 1).to_string(),
                criterion.name.get(lang).clone(),
                criterion.weight.to_string(),
                mark.map_or_else(String::new, Mark::to_string),
                mark.map_or_else(String::new, |mark| in_words(said, *mark)),
                score.clone(),
                review.reason.clone(),
                review.given_at.map_or_else(String::new, |at| at.date().to_string()),
            ]);
        }
    }
    rows
}

fn in_words(said: Words<'_>, mark: Mark) -> String {
    mark.step().map_or_else(|| (said.code)("review-mark", mark.code()), |step| step.to_string())
}
