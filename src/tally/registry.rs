//! The registry of methods: one code and one arm each. `Method::ALL` is what pages, files and tests go through.

use num_rational::BigRational;

use super::pairwise::Pairwise;
use super::profile::Profile;
use super::{approval, borda, schulze, score};
use crate::coded_enum;

coded_enum! {
    /// A way to count.
    pub enum Method {
        /// Sum of priorities.
        Score = "score",
        /// Number of ballots that give the option any priority.
        Approval = "approval",
        /// Borda, tied options sharing the mean of their positions.
        Borda = "borda",
        /// Schulze by margins.
        SchulzeMargins = "schulze-margins",
        /// Schulze by winning votes.
        SchulzeWinningVotes = "schulze-winning-votes",
    }
}

/// What a method finds, by position of the options in the profile.
pub(super) struct Counted {
    /// The order with its ties.
    pub tiers: Vec<Vec<usize>>,
    /// The exact number of each option that the method is known by.
    pub scores: Vec<BigRational>,
    /// What the order rests on.
    pub basis: Basis,
}

/// What an order rests on: the reasons are made of it.
pub(super) enum Basis {
    /// The scores alone.
    Scores,
    /// The strengths of the strongest paths.
    Paths(Vec<Vec<u64>>),
}

impl Method {
    /// Counts a profile.
    pub(super) fn count(self, profile: &Profile, pairwise: &Pairwise) -> Counted {
        match self {
            Self::Score => Counted::by_scores(score::scores(profile)),
            Self::Approval => Counted::by_scores(approval::scores(profile)),
            Self::Borda => Counted::by_scores(borda::scores(profile)),
            Self::SchulzeMargins => schulze::count(pairwise, schulze::Strength::Margins),
            Self::SchulzeWinningVotes => schulze::count(pairwise, schulze::Strength::WinningVotes),
        }
    }
}

impl Counted {
    /// Puts options in order of their scores, the highest first; equal scores are ties.
    fn by_scores(scores: Vec<BigRational>) -> Self {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].cmp(&scores[*a]));
        let tiers = order.chunk_by(|a, b| scores[*a] == scores[*b]).map(<[usize]>::to_vec).collect();
        Self { tiers, scores, basis: Basis::Scores }
    }
}
