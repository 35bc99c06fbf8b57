//! Where the order of a proposal comes from: a certified ballot, or the ranking of the review.

use std::collections::BTreeMap;

use crate::ballots;
use crate::db::{AnyConnection, StoreError};
use crate::kernel::ids::{BallotId, SessionId};
use crate::programmes::model::proposal::{Candidate, Order};
use crate::refusals::OperationError;
use crate::reviews::{self, Ranking, RankingLine};
use crate::tally::OptionId;

/// Returns the order of a certified ballot, or that of the ranking.
pub fn order(
    conn: &mut AnyConnection,
    session: &SessionId,
    ballot: Option<&BallotId>,
) -> Result<Order, OperationError> {
    let ranking = reviews::store::ranking(conn, session)?;
    match ballot {
        None => Ok(of_ranking(&ranking)),
        Some(id) => {
            let certified = certified(conn, session)?.into_iter().find(|(held, _)| held == id);
            let (_, number) = certified.ok_or_else(|| OperationError::refused("programme-ballot"))?;
            let tiers = tiers_of(conn, id)?;
            Ok(of_ballot(&ranking, number, &tiers))
        }
    }
}

/// Returns the certified ballots of a session with their numbers.
pub fn certified(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<(BallotId, i32)>, StoreError> {
    let certified = ballots::store::certified_of_session(conn, session)?;
    Ok(certified.into_iter().map(|ballot| (ballot.id, ballot.number)).collect())
}

/// Returns the references of a certified ballot's options, tier by tier, as the tie rule left them.
fn tiers_of(conn: &mut AnyConnection, ballot: &BallotId) -> Result<Vec<Vec<String>>, StoreError> {
    let counted = ballots::store::outcome_of(conn, ballot)?.ok_or(StoreError::NotFound)?;
    let references = |tier: Vec<OptionId>| tier.into_iter().map(|option| option.0).collect();
    Ok(counted.outcome.order.into_iter().map(references).collect())
}

fn candidate(line: &RankingLine) -> Candidate {
    Candidate { submission: line.submission.id.clone(), rank: line.rank }
}

fn of_ranking(ranking: &Ranking) -> Order {
    let mut by_rank: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    let mut unplaced = Vec::new();
    for line in &ranking.lines {
        match line.rank {
            Some(rank) => by_rank.entry(rank).or_default().push(candidate(line)),
            None => unplaced.push(candidate(line)),
        }
    }
    Order { ballot: None, tiers: by_rank.into_iter().collect(), unplaced }
}

/// What left the ranking since the vote (withdrawn, taken back) is no candidate any more; its place stays empty.
fn of_ballot(ranking: &Ranking, number: i32, tiers: &[Vec<String>]) -> Order {
    let line_of = |reference: &String| ranking.lines.iter().find(|line| line.submission.reference == *reference);
    let mut place = 1;
    let mut placed = Vec::new();
    for tier in tiers {
        let candidates: Vec<Candidate> = tier.iter().filter_map(line_of).map(candidate).collect();
        if !candidates.is_empty() {
            placed.push((place, candidates));
        }
        place += tier.len();
    }
    let is_placed = |line: &&RankingLine| tiers.iter().flatten().any(|held| *held == line.submission.reference);
    let mut unplaced: Vec<&RankingLine> = ranking.lines.iter().filter(|line| !is_placed(line)).collect();
    unplaced.sort_by(|a, b| a.submission.reference.cmp(&b.submission.reference));
    Order { ballot: Some(number), tiers: placed, unplaced: unplaced.into_iter().map(candidate).collect() }
}
