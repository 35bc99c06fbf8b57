//! Queries about what reviews say beside their marks.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::model::{Kept, Recommendation, Remarks};
use crate::db::schema::{review_remarks, reviews, submissions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{ReviewId, SessionId};
use crate::text_column;

text_column!(Recommendation);

type Row = (ReviewId, i32, Option<Recommendation>, String, String, String);

fn kept((id, revision, recommendation, because, to_delegation, note): Row) -> (ReviewId, Kept) {
    (id, Kept { revision, remarks: Remarks { recommendation, because, to_delegation, note } })
}

/// Returns the remarks of a review.
pub fn of(conn: &mut AnyConnection, review: &ReviewId) -> Result<Option<Kept>, StoreError> {
    let row: Option<Row> =
        review_remarks::table.find(review).select(review_remarks::all_columns).first(conn).optional()?;
    Ok(row.map(|row| kept(row).1))
}

/// Returns the remarks of the reviews of a session, drafts as well.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<BTreeMap<ReviewId, Kept>, StoreError> {
    let rows: Vec<Row> = review_remarks::table
        .inner_join(reviews::table.inner_join(submissions::table))
        .filter(submissions::session_id.eq(session))
        .select(review_remarks::all_columns)
        .load(conn)?;
    Ok(rows.into_iter().map(kept).collect())
}

/// Keeps the remarks of a review.
pub fn set(tx: &mut Tx<'_>, review: &ReviewId, one: &Kept) -> Result<(), StoreError> {
    let values = (
        review_remarks::revision.eq(one.revision),
        review_remarks::recommendation.eq(one.remarks.recommendation),
        review_remarks::because.eq(&one.remarks.because),
        review_remarks::to_delegation.eq(&one.remarks.to_delegation),
        review_remarks::note.eq(&one.remarks.note),
    );
    if diesel::update(review_remarks::table.find(review)).set(values).execute(&mut **tx)? == 0 {
        let id = review_remarks::review_id.eq(review);
        diesel::insert_into(review_remarks::table).values((id, values)).execute(&mut **tx)?;
    }
    Ok(())
}
