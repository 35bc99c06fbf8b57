//! Queries about reviews, their marks, recusals, and the ranking.
//!
//! A review of somebody who is recused by hand counts nowhere; what is returned as given leaves it out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Mark, Marks, Recusal, Review, State};
use super::ranking::Ranking;
use crate::db::schema::{recusals, reviews, scores, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, CriterionId, ReviewId, SessionId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::sessions::store::criteria_of;
use crate::submissions::State as SubmissionState;
use crate::submissions::store::of_session;
use crate::text_column;

text_column!(State, Mark);

/// A row of `reviews`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = reviews)]
struct Row {
    id: ReviewId,
    submission_id: SubmissionId,
    account_id: AccountId,
    state: State,
    reason: String,
    edition: i32,
    updated_at: NaiveDateTime,
    given_at: Option<NaiveDateTime>,
}

impl Row {
    fn with(self, marks: Marks) -> Review {
        Review {
            id: self.id,
            submission: self.submission_id,
            account: self.account_id,
            state: self.state,
            marks,
            reason: self.reason,
            edition: self.edition,
            updated_at: self.updated_at,
            given_at: self.given_at,
        }
    }
}

/// Returns the ranking of a session's accepted actions.
pub fn ranking(conn: &mut AnyConnection, session: &SessionId) -> Result<Ranking, StoreError> {
    let criteria = criteria_of(conn, session)?;
    let actions = accepted_actions(conn, session)?;
    let mut given: BTreeMap<SubmissionId, Vec<Marks>> = BTreeMap::new();
    for review in given_in(conn, session)? {
        given.entry(review.submission).or_default().push(review.marks);
    }
    Ok(Ranking::of(criteria, actions, &given))
}

/// Returns the actions of a session that are reviewed, by reference.
pub fn accepted_actions(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<Vec<crate::submissions::Submission>, StoreError> {
    of_session(conn, session, Some(Kind::Action), &[SubmissionState::Accepted])
}

/// Returns every review of a session, drafts as well, in the order in which they were begun.
pub fn all_in(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Review>, StoreError> {
    let rows: Vec<Row> = reviews::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .order((reviews::created_at.asc(), reviews::id.asc()))
        .select(Row::as_select())
        .load(conn)?;
    let marked: Vec<(ReviewId, CriterionId, Mark)> = scores::table
        .inner_join(reviews::table.inner_join(submissions::table))
        .filter(submissions::session_id.eq(session))
        .select((scores::review_id, scores::criterion_id, scores::mark))
        .load(conn)?;
    let mut by_review: BTreeMap<ReviewId, Marks> = BTreeMap::new();
    for (review, criterion, mark) in marked {
        by_review.entry(review).or_default().insert(criterion, mark);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let marks = by_review.remove(&row.id).unwrap_or_default();
            row.with(marks)
        })
        .collect())
}

/// Returns the reviews of a session that were given and count.
pub fn given_in(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Review>, StoreError> {
    let recused: BTreeSet<(SubmissionId, AccountId)> =
        recusals_in(conn, session)?.into_iter().map(|recusal| (recusal.submission, recusal.account)).collect();
    let counts = |review: &Review| {
        review.state == State::Given && !recused.contains(&(review.submission.clone(), review.account.clone()))
    };
    Ok(all_in(conn, session)?.into_iter().filter(counts).collect())
}

/// Returns a reviewer's review of an action, if there is one.
pub fn of_reviewer(
    conn: &mut AnyConnection,
    submission: &SubmissionId,
    account: &AccountId,
) -> Result<Option<Review>, StoreError> {
    let row: Option<Row> = reviews::table
        .filter(reviews::submission_id.eq(submission))
        .filter(reviews::account_id.eq(account))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let marks = marks_of(conn, &row.id)?;
    Ok(Some(row.with(marks)))
}

fn marks_of(conn: &mut AnyConnection, review: &ReviewId) -> Result<Marks, StoreError> {
    let marks: Vec<(CriterionId, Mark)> =
        scores::table.filter(scores::review_id.eq(review)).select((scores::criterion_id, scores::mark)).load(conn)?;
    Ok(marks.into_iter().collect())
}

/// Adds a review with its marks.
pub fn insert(tx: &mut Tx<'_>, review: &Review) -> Result<(), StoreError> {
    diesel::insert_into(reviews::table)
        .values((
            reviews::id.eq(&review.id),
            reviews::submission_id.eq(&review.submission),
            reviews::account_id.eq(&review.account),
            reviews::state.eq(review.state),
            reviews::reason.eq(&review.reason),
            reviews::edition.eq(review.edition),
            reviews::created_at.eq(review.updated_at),
            reviews::updated_at.eq(review.updated_at),
            reviews::given_at.eq(review.given_at),
        ))
        .execute(&mut **tx)?;
    for (criterion, mark) in &review.marks {
        insert_mark(tx, &review.id, criterion, *mark)?;
    }
    Ok(())
}

/// Saves a review over the edition before it, or somebody was first.
pub fn save(tx: &mut Tx<'_>, review: &Review) -> Result<(), StoreError> {
    let row = reviews::table.find(&review.id).filter(reviews::edition.eq(review.edition - 1));
    expect_one(
        diesel::update(row)
            .set((
                reviews::state.eq(review.state),
                reviews::reason.eq(&review.reason),
                reviews::edition.eq(review.edition),
                reviews::updated_at.eq(review.updated_at),
                reviews::given_at.eq(review.given_at),
            ))
            .execute(&mut **tx)?,
    )?;
    let held = marks_of(tx, &review.id)?;
    for criterion in held.keys().filter(|criterion| held.get(criterion) != review.marks.get(criterion)) {
        diesel::delete(scores::table.find((&review.id, criterion))).execute(&mut **tx)?;
    }
    for (criterion, mark) in review.marks.iter().filter(|(criterion, mark)| held.get(criterion) != Some(mark)) {
        insert_mark(tx, &review.id, criterion, *mark)?;
    }
    Ok(())
}

fn insert_mark(tx: &mut Tx<'_>, review: &ReviewId, criterion: &CriterionId, mark: Mark) -> Result<(), StoreError> {
    diesel::insert_into(scores::table)
        .values((scores::review_id.eq(review), scores::criterion_id.eq(criterion), scores::mark.eq(mark)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns every recusal by hand of a session, oldest first.
pub fn recusals_in(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Recusal>, StoreError> {
    let rows: Vec<(SubmissionId, AccountId, String, NaiveDateTime)> = recusals::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .order(recusals::created_at.asc())
        .select((recusals::submission_id, recusals::account_id, recusals::reason, recusals::created_at))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(submission, account, reason, created_at)| Recusal { submission, account, reason, created_at })
        .collect())
}

/// Returns a reviewer's recusal by hand from an action, if there is one.
pub fn recusal_of(
    conn: &mut AnyConnection,
    submission: &SubmissionId,
    account: &AccountId,
) -> Result<Option<Recusal>, StoreError> {
    let row: Option<(String, NaiveDateTime)> = recusals::table
        .find((submission, account))
        .select((recusals::reason, recusals::created_at))
        .first(conn)
        .optional()?;
    let (submission, account) = (submission.clone(), account.clone());
    Ok(row.map(|(reason, created_at)| Recusal { submission, account, reason, created_at }))
}

/// Takes a recusal by hand out.
pub fn remove_recusal(tx: &mut Tx<'_>, submission: &SubmissionId, account: &AccountId) -> Result<(), StoreError> {
    expect_one(diesel::delete(recusals::table.find((submission, account))).execute(&mut **tx)?)
}

/// Adds a recusal by hand.
pub fn insert_recusal(tx: &mut Tx<'_>, recusal: &Recusal) -> Result<(), StoreError> {
    diesel::insert_into(recusals::table)
        .values((
            recusals::submission_id.eq(&recusal.submission),
            recusals::account_id.eq(&recusal.account),
            recusals::reason.eq(&recusal.reason),
            recusals::created_at.eq(recusal.created_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
