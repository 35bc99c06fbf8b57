//! The methods that put options in order, a file each, and their registry: a `mod` line, a code and an arm for each.
//! `Method::ALL` is what pages, files and tests go through.

mod approval;
mod borda;
mod copeland;
mod irv;
mod majority_judgment;
mod minimax;
mod plurality;
mod ranked_pairs;
mod schulze;
mod score;
mod star;
mod stv;

use num_rational::BigRational;

use self::majority_judgment::Grades;
use super::CountOptions;
use super::outcome::Round;
use super::pairwise::{Pairwise, Strength};
use super::profile::{OptionId, Profile};
use super::rounds::Fate;
use super::tie_rules::{TieRule, TieStepKind};
use crate::coded_enum;

coded_enum! {
    /// A way to count.
    pub enum Method {
        /// Weight of the ballots that put the option first.
        Plurality = "plurality",
        /// Number of ballots that give the option any priority.
        Approval = "approval",
        /// Sum of priorities.
        Score = "score",
        /// Borda, tied options sharing the mean of their positions.
        Borda = "borda",
        /// Direct comparisons won less those lost.
        Copeland = "copeland",
        /// Smallest worst defeat, by margins.
        MinimaxMargins = "minimax-margins",
        /// Smallest worst defeat, by winning votes.
        MinimaxWinningVotes = "minimax-winning-votes",
        /// Schulze by margins.
        SchulzeMargins = "schulze-margins",
        /// Schulze by winning votes.
        SchulzeWinningVotes = "schulze-winning-votes",
        /// Ranked pairs by margins.
        RankedPairsMargins = "ranked-pairs-margins",
        /// Ranked pairs by winning votes.
        RankedPairsWinningVotes = "ranked-pairs-winning-votes",
        /// Instant runoff.
        Irv = "irv",
        /// Single transferable vote, for several seats.
        Stv = "stv",
        /// Majority judgment, the priorities as grades.
        MajorityJudgment = "majority-judgment",
        /// Score, then an automatic runoff of two.
        Star = "star",
    }
}

/// What a method counts with.
pub(super) struct Count<'a> {
    /// Options and ballots.
    pub profile: &'a Profile,
    /// Their direct comparisons.
    pub pairwise: &'a Pairwise,
    /// The rule that steps of a method ask where they meet a tie.
    pub tie_rule: &'a TieRule,
    /// Seats and the like.
    pub options: &'a CountOptions,
}

/// What a method finds, by position of the options in the profile.
pub(super) struct Counted {
    /// The order with its ties.
    pub tiers: Vec<Vec<usize>>,
    /// The exact number of each option that the method is known by.
    pub scores: Vec<BigRational>,
    /// What the order rests on.
    pub basis: Basis,
    /// The rounds, where there are any.
    pub rounds: Vec<Round>,
    /// Ties met on the way.
    pub ties: Vec<StepTie>,
    /// Those elected, where a method elects.
    pub elected: Option<Vec<usize>>,
}

/// A tie that a step of a method met.
pub(super) struct StepTie {
    /// What the step was about.
    pub kind: TieStepKind,
    /// Its number.
    pub round: usize,
    /// The place for which the options are tied.
    pub place: usize,
    /// Those tied.
    pub between: Vec<usize>,
    /// How they fell.
    pub fell: Vec<Vec<usize>>,
}

/// What an order rests on: the reasons are made of it.
pub(super) enum Basis {
    /// The scores alone.
    Scores,
    /// Direct comparisons won and lost.
    Balances(Vec<(usize, usize)>),
    /// The strength of the worst defeat of each.
    Defeats(Vec<u64>),
    /// The strengths of the strongest paths.
    Paths(Vec<Vec<u64>>),
    /// The options that each has a locked win over.
    Locked(Vec<Vec<usize>>),
    /// What became of each option.
    Fates(Vec<Fate>),
    /// The grades of each option.
    Grades(Vec<Grades>),
    /// Scores, and the options that came or might have come into the runoff.
    Runoff(Vec<usize>),
}

impl Method {
    /// Counts a profile.
    pub(super) fn count(self, count: &Count<'_>) -> Counted {
        let (profile, pairwise) = (count.profile, count.pairwise);
        match self {
            Self::Plurality => Counted::by_scores(plurality::scores(profile), Basis::Scores),
            Self::Approval => Counted::by_scores(approval::scores(profile), Basis::Scores),
            Self::Score => Counted::by_scores(score::scores(profile), Basis::Scores),
            Self::Borda => Counted::by_scores(borda::scores(profile), Basis::Scores),
            Self::Copeland => {
                let balances = copeland::balances(pairwise);
                Counted::by_scores(copeland::scores(&balances), Basis::Balances(balances))
            }
            Self::MinimaxMargins | Self::MinimaxWinningVotes => {
                let defeats = minimax::worst_defeats(pairwise, self.strength());
                Counted::by_scores(minimax::scores(&defeats), Basis::Defeats(defeats))
            }
            Self::SchulzeMargins | Self::SchulzeWinningVotes => schulze::count(pairwise, self.strength()),
            Self::RankedPairsMargins | Self::RankedPairsWinningVotes => ranked_pairs::count(count, self.strength()),
            Self::Irv => irv::count(count),
            Self::Stv => stv::count(count),
            Self::MajorityJudgment => majority_judgment::count(profile),
            Self::Star => star::count(count),
        }
    }

    const fn strength(self) -> Strength {
        match self {
            Self::MinimaxWinningVotes | Self::SchulzeWinningVotes | Self::RankedPairsWinningVotes => {
                Strength::WinningVotes
            }
            _ => Strength::Margins,
        }
    }
}

impl Count<'_> {
    /// Lets options that a step finds tied fall.
    pub(super) fn settle(&self, tied: &[usize]) -> Vec<Vec<usize>> {
        let ids: Vec<OptionId> = tied.iter().map(|position| self.profile.id(*position)).collect();
        let fell = self.tie_rule.settle(self.profile, &ids);
        let position = |id: &OptionId| self.profile.position(id);
        fell.iter().map(|tier| tier.iter().filter_map(position).collect()).collect()
    }
}

impl Counted {
    /// Makes the count of no options.
    pub(super) fn nothing() -> Self {
        Self::plain(Vec::new(), Vec::new(), Basis::Scores)
    }

    /// Makes a count without rounds.
    pub(super) fn plain(tiers: Vec<Vec<usize>>, scores: Vec<BigRational>, basis: Basis) -> Self {
        Self { tiers, scores, basis, rounds: Vec::new(), ties: Vec::new(), elected: None }
    }

    /// Puts options in order of their scores, the highest first; equal scores are ties.
    fn by_scores(scores: Vec<BigRational>, basis: Basis) -> Self {
        let order = (0..scores.len()).collect();
        Self::plain(by_number(order, |option| &scores[option]), scores.clone(), basis)
    }
}

/// Puts options in order of a number, the highest first; equal numbers are ties.
pub(super) fn by_number<'n, N: Ord + 'n>(mut options: Vec<usize>, number: impl Fn(usize) -> &'n N) -> Vec<Vec<usize>> {
    options.sort_by(|a, b| number(*b).cmp(number(*a)));
    options.chunk_by(|a, b| number(*a) == number(*b)).map(<[usize]>::to_vec).collect()
}
