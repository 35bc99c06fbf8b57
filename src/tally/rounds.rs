//! What instant runoff and the single transferable vote share: papers that go on to the next continuing options, and
//! the round of elimination.
//!
//! A paper's value is shared equally by its best tier of continuing options; an option it does not rank never receives
//! any of it; without a ranked continuing option it is exhausted. Of tied last options those go that the tie rule puts
//! lowest; what it leaves tied goes together.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::exact::{Shares, whole};
use super::methods::{Count, StepTie, by_number};
use super::outcome::Round;
use super::profile::Profile;
use super::tie_rules::TieStepKind;

/// What became of an option: in which round, and the votes it then held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It held a majority, or reached the quota.
    Elected {
        /// The round.
        round: usize,
        /// Its votes.
        votes: BigRational,
        /// Votes that were needed.
        needed: BigRational,
    },
    /// It was left over when the count ended.
    Remained {
        /// The round.
        round: usize,
        /// Its votes.
        votes: BigRational,
    },
    /// It was last.
    Eliminated {
        /// The round.
        round: usize,
        /// Its votes.
        votes: BigRational,
    },
}

impl Fate {
    /// Returns the votes an option held when its way ended.
    pub(super) const fn votes(&self) -> &BigRational {
        match self {
            Self::Elected { votes, .. } | Self::Remained { votes, .. } | Self::Eliminated { votes, .. } => votes,
        }
    }

    /// Returns the round in which its way ended.
    pub(super) const fn round(&self) -> usize {
        match self {
            Self::Elected { round, .. } | Self::Remained { round, .. } | Self::Eliminated { round, .. } => *round,
        }
    }
}

/// One ballot on its way.
pub(super) struct Paper {
    tiers: Vec<Vec<usize>>,
    at: usize,
    weight: u64,
    /// What is left of its weight after transfers; nothing when all of it is.
    value: Option<BigRational>,
}

/// The papers and the options that go on.
pub(super) struct Papers {
    papers: Vec<Paper>,
    is_continuing: Vec<bool>,
}

/// Votes of each option in a round.
pub(super) struct Votes {
    /// By position; nothing for options that do not go on.
    pub held: Vec<BigRational>,
    /// Votes of all continuing options.
    pub continuing: BigRational,
}

impl Papers {
    /// Takes up the ballots of a profile.
    pub(super) fn of(profile: &Profile) -> Self {
        let papers = profile.ballots().iter().map(|ballot| {
            let mut tiers = ballot.tiers();
            tiers.retain(|tier| ballot.priorities[tier[0]].is_some());
            Paper { tiers, at: 0, weight: ballot.weight, value: None }
        });
        Self { papers: papers.collect(), is_continuing: vec![true; profile.options().len()] }
    }

    /// Returns the options that go on.
    pub(super) fn continuing(&self) -> Vec<usize> {
        (0..self.is_continuing.len()).filter(|option| self.is_continuing[*option]).collect()
    }

    /// Takes an option out of the count.
    pub(super) fn leave(&mut self, option: usize) {
        self.is_continuing[option] = false;
    }

    /// Returns the weight of the papers that rank anything.
    pub(super) fn weight(&self) -> u64 {
        self.papers.iter().filter(|paper| !paper.tiers.is_empty()).map(|paper| paper.weight).sum()
    }

    /// Counts the votes of all continuing options.
    pub(super) fn votes(&mut self) -> Votes {
        let size = self.is_continuing.len();
        let (mut shares, mut reduced) = (vec![Shares::default(); size], vec![BigRational::zero(); size]);
        for paper in &mut self.papers {
            let is_continuing = &self.is_continuing;
            while paper.tiers.get(paper.at).is_some_and(|tier| !tier.iter().any(|option| is_continuing[*option])) {
                paper.at += 1;
            }
            let Some(tier) = paper.tiers.get(paper.at) else { continue };
            let first: Vec<usize> = tier.iter().copied().filter(|option| is_continuing[*option]).collect();
            match &paper.value {
                None => first.iter().for_each(|option| shares[*option].add(paper.weight, first.len())),
                Some(value) => {
                    let part = value / BigRational::from_integer(BigInt::from(first.len()));
                    for option in first {
                        reduced[option] += &part;
                    }
                }
            }
        }
        let held: Vec<BigRational> = shares.iter().zip(reduced).map(|(shares, more)| shares.sum() + more).collect();
        let continuing = held.iter().sum();
        Votes { held, continuing }
    }

    /// Reduces the papers of options just elected to their surplus: `keep` is the part of its votes that each passes on.
    /// The options are still continuing.
    pub(super) fn transfer(&mut self, keep: &[(usize, BigRational)]) {
        for paper in &mut self.papers {
            let Some(tier) = paper.tiers.get(paper.at) else { continue };
            let parts = tier.iter().filter(|option| self.is_continuing[**option]).count();
            let passed: Vec<&BigRational> =
                keep.iter().filter(|(option, _)| tier.contains(option)).map(|(_, part)| part).collect();
            if passed.is_empty() {
                continue;
            }
            let left = passed.iter().copied().sum::<BigRational>()
                + BigRational::from_integer(BigInt::from(parts - passed.len()));
            let value = paper.value.clone().unwrap_or_else(|| whole(paper.weight));
            paper.value = Some(value * left / BigRational::from_integer(BigInt::from(parts)));
        }
    }
}

/// Returns the continuing options that are eliminated: the last, as the tie rule has it; nobody when all are tied.
pub(super) fn eliminated(
    count: &Count<'_>,
    continuing: &[usize],
    votes: &Votes,
    (round, ahead): (usize, usize),
    ties: &mut Vec<StepTie>,
) -> Vec<usize> {
    let mut last = by_number(continuing.to_vec(), |option| &votes.held[option]).pop().unwrap_or_default();
    if last.len() > 1 {
        let place = ahead + continuing.len() - last.len() + 1;
        let mut fell = count.settle(&last);
        ties.push(StepTie { kind: TieStepKind::Elimination, round, place, between: last, fell: fell.clone() });
        last = fell.pop().unwrap_or_default();
    }
    last
}

/// Writes down a round.
pub(super) fn written(
    count: &Count<'_>,
    number: usize,
    continuing: &[usize],
    votes: &Votes,
    (needed, exhausted): (&BigRational, &BigRational),
) -> Round {
    let named = |option: &usize| (count.profile.id(*option), votes.held[*option].to_string());
    Round {
        number,
        counts: continuing.iter().map(named).collect(),
        exhausted: exhausted.to_string(),
        quota: Some(needed.to_string()),
        elected: Vec::new(),
        eliminated: Vec::new(),
    }
}
