//! Queries of the room. What is sealed is read by functions of its own: [`outcome_of`], [`papers_of`], [`roll_of`].

mod by_hand;
mod papers;
mod positions;
mod urns;

pub use by_hand::{answer_hand_paper, hand_papers_of, insert_hand_paper, replace_hand_papers, take_out};
pub use papers::{
    confirm_paper, delete_papers, insert_paper, latest_paper, newest_confirmed, papers_of, set_voted, turnout_of,
};
pub use positions::{position_of, positions_of, set_position};
pub use urns::{counted, delete_urn, insert_urn, is_cast_public, set_urn, urn_of};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Ballot, BallotOption, Counted, Elector, Rules};
use super::workflow::State;
use crate::db::schema::{ballot_options, ballots, delegations, electorate, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{BallotId, DelegationId, SessionId, SubmissionId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::tally::Method;
use crate::tally::turnout::{Base, Roll};
use crate::{submissions as actions, text_column};

text_column!(State);

/// A row of `ballots` without what was counted.
#[derive(Queryable, Selectable)]
#[diesel(table_name = ballots)]
struct Row {
    id: BallotId,
    session_id: SessionId,
    number: i32,
    title_en: String,
    title_ru: String,
    state: State,
    method: Method,
    tie_rule: String,
    base: Base,
    quorum: String,
    levels: i32,
    seed: String,
    asked_by: Option<DelegationId>,
    is_made_up: bool,
    closes_at: NaiveDateTime,
    opened_at: Option<NaiveDateTime>,
    closed_at: Option<NaiveDateTime>,
    certified_at: Option<NaiveDateTime>,
    edition: i32,
    fewest_papers: Option<i32>,
}

impl TryFrom<Row> for Ballot {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let quorum = row.quorum.parse().map_err(|error| StoreError::Unreadable(format!("{error}")))?;
        let levels = u32::try_from(row.levels).map_err(|_| StoreError::Unreadable(format!("{} levels", row.levels)))?;
        let fewest_papers = row.fewest_papers.map(|number| u32::try_from(number).unwrap_or_default());
        Ok(Self {
            id: row.id,
            session: row.session_id,
            number: row.number,
            title: Bilingual::new(row.title_en, row.title_ru),
            state: row.state,
            rules: Rules { method: row.method, tie_rule: row.tie_rule, base: row.base, quorum, levels, fewest_papers },
            seed: row.seed,
            asked_by: row.asked_by,
            is_made_up: row.is_made_up,
            closes_at: row.closes_at,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            certified_at: row.certified_at,
            edition: row.edition,
        })
    }
}

/// Returns the ballots of a session by number, whatever their state: ask the policy which of them may be seen.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Ballot>, StoreError> {
    let rows: Vec<Row> = ballots::table
        .filter(ballots::session_id.eq(session))
        .order(ballots::number.asc())
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Ballot::try_from).collect()
}

/// Returns a ballot of a session by its number.
pub fn by_number(conn: &mut AnyConnection, session: &SessionId, number: i32) -> Result<Ballot, StoreError> {
    let row: Row = ballots::table
        .filter(ballots::session_id.eq(session))
        .filter(ballots::number.eq(number))
        .select(Row::as_select())
        .first(conn)?;
    row.try_into()
}

/// Returns a ballot by its id.
pub fn by_id(conn: &mut AnyConnection, id: &BallotId) -> Result<Ballot, StoreError> {
    let row: Row = ballots::table.find(id).select(Row::as_select()).first(conn)?;
    row.try_into()
}

/// Returns the certified ballots of a session by number: their outcome, roll and papers are public to the group.
pub fn certified_of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Ballot>, StoreError> {
    Ok(of_session(conn, session)?.into_iter().filter(|ballot| ballot.state == State::Certified).collect())
}

/// Returns what was counted at closing; nothing before. Sealed until the ballot is certified, but for the secretariat.
pub fn outcome_of(conn: &mut AnyConnection, id: &BallotId) -> Result<Option<Counted>, StoreError> {
    let text: Option<String> = ballots::table.find(id).select(ballots::outcome).first(conn)?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::Unreadable(format!("outcome: {error}"))))
        .transpose()
}

/// Returns the roll made at closing; nothing before. Sealed as the outcome is: an abstention is the content of a paper.
pub fn roll_of(conn: &mut AnyConnection, id: &BallotId) -> Result<Option<Roll>, StoreError> {
    Ok(outcome_of(conn, id)?.map(|counted| counted.roll))
}

/// Returns the fingerprint of the papers counted; nothing before closing. Sealed as the papers are: with few papers it
/// can be guessed from.
pub fn fingerprint_of(conn: &mut AnyConnection, id: &BallotId) -> Result<Option<String>, StoreError> {
    Ok(ballots::table.find(id).select(ballots::fingerprint).first(conn)?)
}

/// Returns the options of a ballot, in their order.
pub fn options_of(conn: &mut AnyConnection, id: &BallotId) -> Result<Vec<BallotOption>, StoreError> {
    type Row = (SubmissionId, String, String, String, String, String, Lang, actions::State, String);
    let rows: Vec<Row> = ballot_options::table
        .inner_join(submissions::table)
        .filter(ballot_options::ballot_id.eq(id))
        .order(ballot_options::position.asc())
        .select((
            submissions::id,
            submissions::reference,
            submissions::title_en,
            submissions::title_ru,
            submissions::summary_en,
            submissions::summary_ru,
            submissions::original_language,
            submissions::state,
            ballot_options::review_score,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(submission, reference, title_en, title_ru, summary_en, summary_ru, original, state, review_score)| {
            BallotOption {
                submission,
                reference,
                title: Bilingual::new(title_en, title_ru),
                summary: Bilingual::new(summary_en, summary_ru),
                original,
                state,
                review_score,
            }
        })
        .collect())
}

/// Returns the electorate as it was frozen at opening, by code; empty before.
pub fn electorate_of(conn: &mut AnyConnection, id: &BallotId) -> Result<Vec<Elector>, StoreError> {
    let rows: Vec<(DelegationId, String, String, String, bool, bool)> = electorate::table
        .inner_join(delegations::table)
        .filter(electorate::ballot_id.eq(id))
        .order(delegations::code.asc())
        .select((
            delegations::id,
            delegations::code,
            delegations::name_en,
            delegations::name_ru,
            electorate::is_present,
            electorate::has_voted,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(delegation, code, en, ru, is_present, has_voted)| Elector {
            delegation,
            code,
            name: Bilingual::new(en, ru),
            is_present,
            has_voted,
        })
        .collect())
}

/// Returns the number that the next ballot of a session gets.
pub fn next_number(conn: &mut AnyConnection, session: &SessionId) -> Result<i32, StoreError> {
    let last: Option<i32> =
        ballots::table.filter(ballots::session_id.eq(session)).select(diesel::dsl::max(ballots::number)).first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// Adds a prepared ballot with its options.
pub fn insert(
    tx: &mut Tx<'_>,
    ballot: &Ballot,
    options: &[SubmissionId],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(ballots::table)
        .values((
            ballots::id.eq(&ballot.id),
            ballots::session_id.eq(&ballot.session),
            ballots::number.eq(ballot.number),
            ballots::title_en.eq(&ballot.title.en),
            ballots::title_ru.eq(&ballot.title.ru),
            ballots::state.eq(ballot.state),
            ballots::method.eq(ballot.rules.method),
            ballots::tie_rule.eq(&ballot.rules.tie_rule),
            ballots::base.eq(ballot.rules.base),
            ballots::quorum.eq(ballot.rules.quorum.to_string()),
            ballots::levels.eq(levels(ballot)),
            ballots::fewest_papers.eq(fewest(ballot)),
            ballots::seed.eq(&ballot.seed),
            ballots::asked_by.eq(ballot.asked_by.as_ref()),
            ballots::is_made_up.eq(ballot.is_made_up),
            ballots::closes_at.eq(ballot.closes_at),
            ballots::edition.eq(ballot.edition),
            ballots::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    insert_options(tx, &ballot.id, options)
}

fn levels(ballot: &Ballot) -> i32 {
    i32::try_from(ballot.rules.levels).unwrap_or(i32::MAX)
}

fn fewest(ballot: &Ballot) -> Option<i32> {
    ballot.rules.fewest_papers.map(|number| i32::try_from(number).unwrap_or(i32::MAX))
}

fn insert_options(tx: &mut Tx<'_>, id: &BallotId, options: &[SubmissionId]) -> Result<(), StoreError> {
    for (position, submission) in (1..).zip(options) {
        diesel::insert_into(ballot_options::table)
            .values((
                ballot_options::ballot_id.eq(id),
                ballot_options::submission_id.eq(submission),
                ballot_options::position.eq(position),
                ballot_options::review_score.eq(""),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Changes a ballot that is still prepared and stands at the edition it was read at.
pub fn update(tx: &mut Tx<'_>, ballot: &Ballot, options: &[SubmissionId]) -> Result<(), StoreError> {
    let row = ballots::table
        .find(&ballot.id)
        .filter(ballots::state.eq(State::Prepared))
        .filter(ballots::edition.eq(ballot.edition));
    expect_one(
        diesel::update(row)
            .set((
                ballots::title_en.eq(&ballot.title.en),
                ballots::title_ru.eq(&ballot.title.ru),
                ballots::method.eq(ballot.rules.method),
                ballots::tie_rule.eq(&ballot.rules.tie_rule),
                ballots::base.eq(ballot.rules.base),
                ballots::quorum.eq(ballot.rules.quorum.to_string()),
                ballots::levels.eq(levels(ballot)),
                ballots::fewest_papers.eq(fewest(ballot)),
                ballots::asked_by.eq(ballot.asked_by.as_ref()),
                ballots::closes_at.eq(ballot.closes_at),
                ballots::edition.eq(ballot.edition + 1),
            ))
            .execute(&mut **tx)?,
    )?;
    diesel::delete(ballot_options::table.filter(ballot_options::ballot_id.eq(&ballot.id))).execute(&mut **tx)?;
    insert_options(tx, &ballot.id, options)
}

/// Moves a ballot from the state and edition it was read in. The time of the act goes where the new state keeps it.
pub fn set_state(tx: &mut Tx<'_>, ballot: &Ballot, to: State, now: NaiveDateTime) -> Result<(), StoreError> {
    let at = |state: State, kept: Option<NaiveDateTime>| if to == state { Some(now) } else { kept };
    let row = ballots::table
        .find(&ballot.id)
        .filter(ballots::state.eq(ballot.state))
        .filter(ballots::edition.eq(ballot.edition));
    expect_one(
        diesel::update(row)
            .set((
                ballots::state.eq(to),
                ballots::opened_at.eq(at(State::Open, ballot.opened_at)),
                ballots::closed_at.eq(at(State::Closed, ballot.closed_at)),
                ballots::certified_at.eq(at(State::Certified, ballot.certified_at)),
                ballots::edition.eq(ballot.edition + 1),
            ))
            .execute(&mut **tx)?,
    )
}

/// Publishes the seed of a ballot that opens.
pub fn set_seed(tx: &mut Tx<'_>, id: &BallotId, seed: &str) -> Result<(), StoreError> {
    expect_one(diesel::update(ballots::table.find(id)).set(ballots::seed.eq(seed)).execute(&mut **tx)?)
}

/// Freezes the review score of an option.
pub fn set_review_score(
    tx: &mut Tx<'_>,
    id: &BallotId,
    submission: &SubmissionId,
    score: &str,
) -> Result<(), StoreError> {
    let row = ballot_options::table.find((id, submission));
    expect_one(diesel::update(row).set(ballot_options::review_score.eq(score)).execute(&mut **tx)?)
}

/// Adds a delegation to the electorate.
pub fn insert_elector(
    tx: &mut Tx<'_>,
    id: &BallotId,
    delegation: &DelegationId,
    is_present: bool,
) -> Result<(), StoreError> {
    diesel::insert_into(electorate::table)
        .values((
            electorate::ballot_id.eq(id),
            electorate::delegation_id.eq(delegation),
            electorate::is_present.eq(is_present),
            electorate::has_voted.eq(false),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes whether a delegation is present.
pub fn set_presence(
    tx: &mut Tx<'_>,
    id: &BallotId,
    delegation: &DelegationId,
    is_present: bool,
) -> Result<(), StoreError> {
    let row = electorate::table.find((id, delegation));
    expect_one(diesel::update(row).set(electorate::is_present.eq(is_present)).execute(&mut **tx)?)
}

/// Counts a change of an open ballot, unless somebody else changed it meanwhile.
pub fn touch(tx: &mut Tx<'_>, ballot: &Ballot) -> Result<(), StoreError> {
    let row = ballots::table.find(&ballot.id).filter(ballots::edition.eq(ballot.edition));
    expect_one(diesel::update(row).set(ballots::edition.eq(ballot.edition + 1)).execute(&mut **tx)?)
}

/// Stores what was counted and, where it can be published, the fingerprint of the papers.
pub fn set_outcome(
    tx: &mut Tx<'_>,
    id: &BallotId,
    counted: &Counted,
    fingerprint: Option<&str>,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(counted).map_err(|error| StoreError::Unreadable(format!("outcome: {error}")))?;
    let row = diesel::update(ballots::table.find(id));
    expect_one(row.set((ballots::outcome.eq(text), ballots::fingerprint.eq(fingerprint))).execute(&mut **tx)?)
}
