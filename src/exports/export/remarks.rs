//! What the reviews that were given say beside their marks: one review a row.

use std::collections::BTreeMap;

use super::{Export, ExportError, Words, Writing, day, whole};
use crate::accounts;
use crate::kernel::ids::{AccountId, ReviewId};
use crate::policy::Action;
use crate::reviews::ranking::Ranking;
use crate::reviews::remarks::{Kept, Recommendation, Remarks};
use crate::reviews::{self, Review};

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ExportReviews), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 11] = [
    "reference",
    "title",
    "review",
    "reviewer",
    "revision",
    "recommendation",
    "recommendation_title",
    "because",
    "to_delegation",
    "note",
    "given_on",
];

/// Writes what the reviews that were given say beside their marks.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let session = &to.order.session()?.id;
    let ranking = reviews::store::ranking(to.conn, session)?;
    let given = reviews::store::given_in(to.conn, session)?;
    let kept = reviews::remarks::store::of_session(to.conn, session)?;
    let names = accounts::store::names(to.conn)?;
    let rows = rows(&ranking, (&given, &kept), &names, to.said);
    Ok(to.sheet.rows(&rows)?)
}

/// Returns the rows of what reviews say beside their marks, numbered as the reviews are: one review a row that says anything.
fn rows(
    ranking: &Ranking,
    (reviews, kept): (&[Review], &BTreeMap<ReviewId, Kept>),
    names: &BTreeMap<AccountId, String>,
    said: Words<'_>,
) -> Vec<[String; COLUMNS.len()]> {
    let mut rows = Vec::new();
    for (number, review) in (1..).zip(reviews) {
        let Some(line) = ranking.line(&review.submission) else { continue };
        let Some(kept) = kept.get(&review.id).filter(|kept| kept.remarks != Remarks::default()) else { continue };
        let recommendation = kept.remarks.recommendation;
        let worded = |one: Recommendation| (said.code)("recommendation", one.code());
        rows.push([
            line.submission.reference.clone(),
            line.submission.title_or_reference(said.lang).to_owned(),
            number.to_string(),
            names.get(&review.account).cloned().unwrap_or_default(),
            kept.revision.to_string(),
            recommendation.map_or_else(String::new, |one| one.code().to_owned()),
            recommendation.map_or_else(String::new, worded),
            kept.remarks.because.clone(),
            kept.remarks.to_delegation.clone(),
            kept.remarks.note.clone(),
            day(review.given_at),
        ]);
    }
    rows
}
