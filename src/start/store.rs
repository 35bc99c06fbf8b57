//! Counts and short lists over the tables of all rooms. How many queries run does not depend on how much there is.

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{BallotToRun, Count, OpenBallot, OpenDecision, PaperState, PendingAgreement, PendingSubmission};
use crate::ballots::State as BallotState;
use crate::ballots::model::HandState;
use crate::db::schema::{
    ballot_papers, ballots, clarifications, co_sponsors, consents, decision_grades, decisions, delegations,
    edit_rounds, electorate, hand_papers, invitations, programmes, recusals, review_assignments, reviews,
    submission_acts, submissions,
};
use crate::db::{AnyConnection, StoreError};
use crate::decisions::State as DecisionState;
use crate::delegations::DelegationKind;
use crate::kernel::ids::{AccountId, BallotId, DecisionId, DelegationId, SessionId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::kernel::reference::Kind;
use crate::programmes::State as ProgrammeState;
use crate::submissions::State;

/// A review that its reviewer has given, as the column `state` spells it.
const GIVEN: &str = "given";

fn texts<'a>(ids: impl IntoIterator<Item = &'a DelegationId>) -> Vec<String> {
    ids.into_iter().map(|id| id.as_str().to_owned()).collect()
}

/// Returns what delegations still hold in their hands: drafts, texts awaiting clearance, returned texts; by reference.
pub fn pending(conn: &mut AnyConnection, own: &[DelegationId]) -> Result<Vec<PendingSubmission>, StoreError> {
    type Row = (SubmissionId, SessionId, DelegationId, String, String, String, String);
    let held = [State::Draft, State::AwaitingClearance, State::Returned];
    let rows: Vec<Row> = submissions::table
        .filter(submissions::delegation_id.eq_any(texts(own)))
        .filter(submissions::state.eq_any(held.iter().map(|state| state.code())))
        .order(submissions::reference.asc())
        .select((
            submissions::id,
            submissions::session_id,
            submissions::delegation_id,
            submissions::reference,
            submissions::title_en,
            submissions::title_ru,
            submissions::state,
        ))
        .load(conn)?;
    let returned: Vec<SubmissionId> = submission_acts::table
        .inner_join(submissions::table)
        .filter(submissions::delegation_id.eq_any(texts(own)))
        .filter(submission_acts::to_state.eq(State::Returned.code()))
        .select(submission_acts::submission_id)
        .load(conn)?;
    rows.into_iter()
        .map(|(id, session, delegation, reference, en, ru, state)| {
            let (title, state) = (Bilingual::new(en, ru), state_of(&state)?);
            let was_returned = state == State::Returned || returned.contains(&id);
            Ok(PendingSubmission { id, session, delegation, reference, title, state, was_returned, step: None })
        })
        .collect()
}

/// A consent that has not been answered, as the column `state` spells it.
const ASKED: &str = "asked";

/// A co-sponsor that has not answered, as the column `state` spells it.
const INVITED: [&str; 2] = ["invited", "asked-again"];

/// A round of changes that waits for its delegation, as the column `state` spells it.
const PROPOSED: &str = "proposed";

/// A submission about which a delegation is asked something.
#[derive(Queryable, Selectable)]
#[diesel(table_name = submissions)]
struct PutForward {
    session_id: SessionId,
    reference: String,
    title_en: String,
    title_ru: String,
    state: String,
}

/// The delegation that is asked, and what about.
type AgreementRow = (DelegationId, PutForward);

fn agreements(rows: Vec<AgreementRow>) -> Result<Vec<PendingAgreement>, StoreError> {
    rows.into_iter()
        .map(|(delegation, asked)| {
            let (title, state) = (Bilingual::new(asked.title_en, asked.title_ru), state_of(&asked.state)?);
            Ok(PendingAgreement { session: asked.session_id, delegation, reference: asked.reference, title, state })
        })
        .collect()
}

/// Returns the actions out of the hands of their delegation that wait for the consent of delegations, by reference.
pub fn consents_asked(conn: &mut AnyConnection, own: &[DelegationId]) -> Result<Vec<PendingAgreement>, StoreError> {
    let rows: Vec<AgreementRow> = consents::table
        .inner_join(submissions::table)
        .filter(consents::delegation_id.eq_any(texts(own)))
        .filter(consents::state.eq(ASKED))
        .filter(submissions::state.eq_any(State::HANDED_OVER.iter().map(|state| state.code())))
        .order(submissions::reference.asc())
        .select((consents::delegation_id, PutForward::as_select()))
        .load(conn)?;
    agreements(rows)
}

/// Returns the actions out of the hands of their delegation that invite delegations to co-sponsor, or ask them again, by
/// reference.
pub fn co_sponsors_asked(conn: &mut AnyConnection, own: &[DelegationId]) -> Result<Vec<PendingAgreement>, StoreError> {
    let rows: Vec<AgreementRow> = co_sponsors::table
        .inner_join(submissions::table)
        .filter(co_sponsors::delegation_id.eq_any(texts(own)))
        .filter(co_sponsors::state.eq_any(INVITED))
        .filter(submissions::state.eq_any(State::HANDED_OVER.iter().map(|state| state.code())))
        .order(submissions::reference.asc())
        .select((co_sponsors::delegation_id, PutForward::as_select()))
        .load(conn)?;
    agreements(rows)
}

/// Returns the submissions of delegations to which changes are proposed that wait for an answer, by reference.
pub fn edits_proposed(conn: &mut AnyConnection, own: &[DelegationId]) -> Result<Vec<PendingAgreement>, StoreError> {
    let rows: Vec<AgreementRow> = edit_rounds::table
        .inner_join(submissions::table)
        .filter(submissions::delegation_id.eq_any(texts(own)))
        .filter(edit_rounds::state.eq(PROPOSED))
        .order(submissions::reference.asc())
        .select((submissions::delegation_id, PutForward::as_select()))
        .load(conn)?;
    agreements(rows)
}

/// Returns the submissions of delegations with questions that nobody has answered, by reference.
pub fn questions_asked(conn: &mut AnyConnection, own: &[DelegationId]) -> Result<Vec<PendingAgreement>, StoreError> {
    let rows: Vec<AgreementRow> = clarifications::table
        .inner_join(submissions::table)
        .filter(submissions::delegation_id.eq_any(texts(own)))
        .filter(submissions::state.eq_any(State::PUT_FORWARD.iter().map(|state| state.code())))
        .filter(clarifications::answered_at.is_null())
        .order(submissions::reference.asc())
        .select((submissions::delegation_id, PutForward::as_select()))
        .distinct()
        .load(conn)?;
    agreements(rows)
}

/// Returns the decisions with a sense check or a silence procedure under way, the first to end first.
pub fn open_decisions(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<Vec<OpenDecision>, StoreError> {
    type Row = (DecisionId, SessionId, i32, String, String, String, Option<NaiveDateTime>);
    let under_way = [DecisionState::Sensing, DecisionState::Silence];
    let rows: Vec<Row> = decisions::table
        .filter(decisions::state.eq_any(under_way.map(DecisionState::code)))
        .order(decisions::number.asc())
        .select((
            decisions::id,
            decisions::session_id,
            decisions::number,
            decisions::title_en,
            decisions::title_ru,
            decisions::state,
            decisions::silence_until,
        ))
        .load(conn)?;
    let ids: Vec<String> = rows.iter().map(|(id, ..)| id.as_str().to_owned()).collect();
    let grades: Vec<(DecisionId, DelegationId)> = decision_grades::table
        .filter(decision_grades::decision_id.eq_any(ids))
        .select((decision_grades::decision_id, decision_grades::delegation_id))
        .load(conn)?;
    let mut found = Vec::new();
    for (id, session, number, en, ru, state, until) in rows {
        let is_silence = state == DecisionState::Silence.code();
        let state = if is_silence { DecisionState::Silence } else { DecisionState::Sensing };
        let graded = grades.iter().filter(|(of, _)| *of == id).map(|(_, delegation)| delegation.clone()).collect();
        let title = Bilingual::new(en, ru);
        found.push(OpenDecision { session, number, title, state, until: until.filter(|_| is_silence), graded });
    }
    // Why: a silence procedure whose time is over has decided, whether or not anybody has written it down yet.
    found.retain(|one| one.until.is_none_or(|until| now < until));
    found.sort_by_key(|one| one.until.unwrap_or(NaiveDateTime::MAX));
    Ok(found)
}

fn state_of(code: &str) -> Result<State, StoreError> {
    use crate::kernel::code::Code as _;
    State::from_code(code).ok_or_else(|| StoreError::Unreadable(format!("state of a submission: {code}")))
}

/// Returns the ballots that are open and in whose electorate delegations are, with how far each paper is.
pub fn open_ballots(
    conn: &mut AnyConnection,
    own: &[DelegationId],
    now: NaiveDateTime,
) -> Result<Vec<OpenBallot>, StoreError> {
    type Row = (BallotId, SessionId, DelegationId, i32, String, String, NaiveDateTime, bool);
    let rows: Vec<Row> = ballots::table
        .inner_join(electorate::table)
        .filter(ballots::state.eq(BallotState::Open.code()))
        .filter(ballots::closes_at.gt(now))
        .filter(electorate::delegation_id.eq_any(texts(own)))
        .order((ballots::closes_at.asc(), ballots::number.asc()))
        .select((
            ballots::id,
            ballots::session_id,
            electorate::delegation_id,
            ballots::number,
            ballots::title_en,
            ballots::title_ru,
            ballots::closes_at,
            electorate::has_voted,
        ))
        .load(conn)?;
    let prepared: Vec<(BallotId, DelegationId)> = ballot_papers::table
        .filter(ballot_papers::delegation_id.eq_any(texts(own)))
        .filter(ballot_papers::ballot_id.eq_any(rows.iter().map(|row| row.0.as_str().to_owned()).collect::<Vec<_>>()))
        .select((ballot_papers::ballot_id, ballot_papers::delegation_id))
        .load(conn)?;
    let is_prepared =
        |ballot: &BallotId, delegation: &DelegationId| prepared.iter().any(|(of, by)| of == ballot && by == delegation);
    Ok(rows
        .into_iter()
        .map(|(id, session, delegation, number, en, ru, closes_at, has_voted)| {
            let paper = match (has_voted, is_prepared(&id, &delegation)) {
                (true, _) => PaperState::Confirmed,
                (false, true) => PaperState::Prepared,
                (false, false) => PaperState::Missing,
            };
            OpenBallot { session, delegation, number, title: Bilingual::new(en, ru), closes_at, paper }
        })
        .collect())
}

/// Returns the ballots not yet certified in which the secretariat entered a paper for delegations that have not answered.
pub fn entered_papers(conn: &mut AnyConnection, own: &[DelegationId]) -> Result<Vec<OpenBallot>, StoreError> {
    type Row = (SessionId, DelegationId, i32, String, String, NaiveDateTime);
    let states = [BallotState::Open, BallotState::Closed].map(BallotState::code);
    let rows: Vec<Row> = hand_papers::table
        .inner_join(ballot_papers::table.inner_join(ballots::table))
        .filter(hand_papers::state.eq(HandState::Entered.code()))
        .filter(ballots::state.eq_any(states))
        .filter(ballot_papers::delegation_id.eq_any(texts(own)))
        .order((ballots::closes_at.asc(), ballots::number.asc()))
        .select((
            ballots::session_id,
            ballot_papers::delegation_id,
            ballots::number,
            ballots::title_en,
            ballots::title_ru,
            ballots::closes_at,
        ))
        .load(conn)?;
    let entered = |(session, delegation, number, en, ru, closes_at)| OpenBallot {
        session,
        delegation,
        number,
        title: Bilingual::new(en, ru),
        closes_at,
        paper: PaperState::Entered,
    };
    Ok(rows.into_iter().map(entered).collect())
}

/// Counts the accepted actions that a reviewer has neither reviewed nor is recused from, session by session; those of
/// the reviewer's own country or organization are left out, those of the group as a whole are not.
pub fn unreviewed(
    conn: &mut AnyConnection,
    account: &AccountId,
    sessions: &[SessionId],
    own: &[DelegationId],
) -> Result<Vec<Count<()>>, StoreError> {
    let reviewed = reviews::table
        .filter(reviews::account_id.eq(account))
        .filter(reviews::state.eq(GIVEN))
        .select(reviews::submission_id);
    let recused = recusals::table.filter(recusals::account_id.eq(account)).select(recusals::submission_id);
    let assigned = review_assignments::table
        .filter(review_assignments::account_id.eq(account))
        .select(review_assignments::submission_id);
    // Why: where nobody is assigned to anything, everybody is asked for every action.
    let with_assignments: Vec<SessionId> = review_assignments::table
        .inner_join(submissions::table)
        .select(submissions::session_id)
        .distinct()
        .load(conn)?;
    let with_assignments: Vec<String> = with_assignments.iter().map(|id| id.as_str().to_owned()).collect();
    let is_asked = submissions::id.eq_any(assigned).or(submissions::session_id.ne_all(with_assignments));
    let ids: Vec<String> = sessions.iter().map(|id| id.as_str().to_owned()).collect();
    let is_other = submissions::delegation_id.ne_all(texts(own));
    let rows: Vec<(SessionId, i64)> = submissions::table
        .inner_join(delegations::table)
        .filter(submissions::session_id.eq_any(ids))
        .filter(submissions::kind.eq(Kind::Action))
        .filter(submissions::state.eq(State::Accepted.code()))
        .filter(is_other.or(delegations::kind.eq(DelegationKind::Group)))
        .filter(is_asked)
        .filter(submissions::id.ne_all(reviewed))
        .filter(submissions::id.ne_all(recused))
        .group_by(submissions::session_id)
        .select((submissions::session_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(session, number)| Count { session, what: (), number }).collect())
}

/// Counts what waits for the secretariat, session by session: handed in, in time or late, and under screening.
pub fn to_screen(conn: &mut AnyConnection) -> Result<Vec<Count<State>>, StoreError> {
    let states = [State::Submitted, State::UnderReview, State::Late];
    let rows: Vec<(SessionId, String, i64)> = submissions::table
        .filter(submissions::state.eq_any(states.iter().map(|state| state.code())))
        .group_by((submissions::session_id, submissions::state))
        .select((submissions::session_id, submissions::state, count_star()))
        .load(conn)?;
    rows.into_iter().map(|(session, state, number)| Ok(Count { session, what: state_of(&state)?, number })).collect()
}

/// Counts the accepted contributions by session and kind.
pub fn accepted(conn: &mut AnyConnection) -> Result<Vec<Count<Kind>>, StoreError> {
    let rows: Vec<(SessionId, Kind, i64)> = submissions::table
        .filter(submissions::state.eq(State::Accepted.code()))
        .group_by((submissions::session_id, submissions::kind))
        .select((submissions::session_id, submissions::kind, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(session, what, number)| Count { session, what, number }).collect())
}

/// Returns the ballots that wait for the secretariat: open beyond their time, or closed and not certified.
pub fn to_run(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<Vec<BallotToRun>, StoreError> {
    let is_over = ballots::state.eq(BallotState::Open.code()).and(ballots::closes_at.le(now));
    let rows: Vec<(SessionId, i32, String, String, String)> = ballots::table
        .filter(is_over.or(ballots::state.eq(BallotState::Closed.code())))
        .order(ballots::closes_at.asc())
        .select((ballots::session_id, ballots::number, ballots::title_en, ballots::title_ru, ballots::state))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(session, number, en, ru, state)| {
            let state = if state == BallotState::Open.code() { BallotState::Open } else { BallotState::Closed };
            BallotToRun { session, number, title: Bilingual::new(en, ru), state }
        })
        .collect())
}

/// Returns the sessions whose programme is in draft.
pub fn programmes_in_draft(conn: &mut AnyConnection) -> Result<Vec<SessionId>, StoreError> {
    Ok(programmes::table
        .filter(programmes::state.eq(ProgrammeState::Draft.code()))
        .order(programmes::created_at.asc())
        .select(programmes::session_id)
        .load(conn)?)
}

/// Counts the invitations that can still be used.
pub fn open_invitations(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<i64, StoreError> {
    Ok(invitations::table
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .count()
        .get_result(conn)?)
}
