//! How sure the ranking is: weights varied, neighbours reversed, reviewers compared. Pure and exact.
//!
//! A criterion that a review leaves out stands at the score of that review: with the weights of the session this gives the
//! very score of the ranking, and with any other weights a score that each criterion has its part in.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use super::model::Review;
use super::ranking::{Ranking, RankingLine, review_score};
use crate::kernel::ids::{AccountId, SubmissionId};
use crate::sessions::Criterion;
use crate::tally::robustness::{
    Acceptability, Marks, SAMPLES_DEFAULT, acceptability, agreement, offsets, shared, smallest_change,
};

/// Fewest reviews that a reviewer must share with others before an offset is reckoned.
pub const SHARED_MIN: usize = 5;
/// Fewest reviewers with an offset before the order is adjusted.
pub const REVIEWERS_MIN: usize = 2;
/// How strongly offsets are drawn towards nought: as if so many further reviews had been at the mean.
pub const SHRINKAGE: usize = 5;
/// Difference of two reviews, in steps of the scale, from which on they are in conflict.
pub const CONFLICT_STEPS: usize = 2;
/// Greatest common denominator of scores that are sampled; beyond it they are rounded to this.
const SCALE_MAX: i64 = 1_000_000;

/// What all of this is reckoned from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The ranking.
    pub ranking: Ranking,
    /// The reviews that count in it.
    pub given: Vec<Review>,
    /// Seed of the samples.
    pub seed: u64,
}

/// How sure a ranking is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robustness {
    /// How often each ranked action takes each rank, in the order of the ranking.
    pub acceptability: Acceptability,
    /// What would reverse each two neighbours, in the order of the ranking.
    pub reversals: Vec<Reversal>,
    /// Krippendorff's alpha of the scores; nothing when no action has two.
    pub agreement: Option<BigRational>,
    /// The reviewers, by account.
    pub reviewers: Vec<Reviewer>,
    /// Rank and score with the offsets taken off; nothing when there are too few shared reviews.
    pub adjusted: Option<BTreeMap<SubmissionId, (usize, BigRational)>>,
    /// Actions whose reviews are in conflict, in the order of the ranking.
    pub conflicts: Vec<SubmissionId>,
}

/// A reviewer beside the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// The account.
    pub account: AccountId,
    /// Reviews with a score.
    pub reviews: usize,
    /// Those of actions that others reviewed as well.
    pub shared: usize,
    /// How much milder (above nought) or severer than the others; nothing with too few shared reviews.
    pub offset: Option<BigRational>,
}

/// What a change of one weight does to two neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reversal {
    /// Their scores are equal already.
    Level,
    /// No change of one weight reverses them.
    Never,
    /// They are level when the criterion has this share of all weights, the others in proportion.
    At {
        /// Position of the criterion.
        criterion: usize,
        /// Its share now, in per cent.
        now: BigRational,
        /// The share at which they are level, in per cent.
        share: BigRational,
    },
}

impl Robustness {
    /// Reckons everything; `threads` draw the samples.
    pub fn of(basis: &Basis, threads: u32) -> Self {
        let criteria = &basis.ranking.criteria;
        let lines: Vec<&RankingLine> = basis.ranking.lines.iter().filter(|line| line.score.is_some()).collect();
        let people: BTreeSet<&AccountId> = basis.given.iter().map(|review| &review.account).collect();
        let scored = |line: &RankingLine, account: &AccountId| {
            let own = |review: &&Review| review.submission == line.submission.id && review.account == *account;
            review_score(criteria, &basis.given.iter().find(own)?.marks)
        };
        let marks: Marks =
            lines.iter().map(|line| people.iter().map(|account| scored(line, account)).collect()).collect();
        let means: Vec<Vec<BigRational>> = lines.iter().map(|line| means(basis, line)).collect();
        let offsets = offsets(&marks, SHRINKAGE, SHARED_MIN);
        let has_score = |at: usize| marks.iter().filter(|row| row[at].is_some()).count();
        let shared = shared(&marks);
        let reviewers = people.iter().enumerate().map(|(at, account)| Reviewer {
            account: (*account).clone(),
            reviews: has_score(at),
            shared: shared.get(at).copied().unwrap_or(0),
            offset: offsets.get(at).cloned().flatten(),
        });
        let conflict = BigRational::from_integer(BigInt::from(CONFLICT_STEPS));
        let is_split = |line: &&&RankingLine| line.spread.as_ref().is_some_and(|spread| *spread >= conflict);
        Self {
            acceptability: acceptability(&whole_scores(&means), basis.seed, SAMPLES_DEFAULT, threads),
            reversals: means.windows(2).map(|pair| reversal(criteria, &pair[0], &pair[1])).collect(),
            agreement: agreement(&marks),
            reviewers: reviewers.filter(|reviewer| reviewer.reviews > 0).collect(),
            adjusted: adjusted(&lines, &marks, &offsets),
            conflicts: lines.iter().filter(is_split).map(|line| line.submission.id.clone()).collect(),
        }
    }
}

/// Returns the mean of each criterion over the reviews of an action; what a review leaves out stands at its score.
fn means(basis: &Basis, line: &RankingLine) -> Vec<BigRational> {
    let criteria = &basis.ranking.criteria;
    let reviews = basis.given.iter().filter(|review| review.submission == line.submission.id);
    let scored: Vec<(&Review, BigRational)> =
        reviews.filter_map(|review| Some((review, review_score(criteria, &review.marks)?))).collect();
    let number = BigRational::from_integer(BigInt::from(scored.len().max(1)));
    let mark = |criterion: &Criterion, (review, score): &(&Review, BigRational)| {
        let step = review.marks.get(&criterion.id).and_then(|mark| mark.step());
        step.map_or_else(|| score.clone(), |step| BigRational::from_integer(BigInt::from(step)))
    };
    let mean = |criterion: &Criterion| scored.iter().map(|each| mark(criterion, each)).sum::<BigRational>() / &number;
    criteria.iter().map(mean).collect()
}

/// Returns the same numbers without fractions: times their common denominator, or rounded where that is very large.
fn whole_scores(means: &[Vec<BigRational>]) -> Vec<Vec<i64>> {
    let most = BigInt::from(SCALE_MAX);
    let common = means.iter().flatten().try_fold(BigInt::one(), |common, mean| {
        let next = &common * BigRational::new(common.clone(), mean.denom().clone()).denom();
        (next <= most).then_some(next)
    });
    let scale = BigRational::from_integer(common.unwrap_or(most));
    let whole = |mean: &BigRational| (mean * &scale).round().to_integer().to_i64().unwrap_or(0);
    means.iter().map(|row| row.iter().map(whole).collect()).collect()
}

fn reversal(criteria: &[Criterion], above: &[BigRational], below: &[BigRational]) -> Reversal {
    let weights: Vec<BigRational> =
        criteria.iter().map(|criterion| BigRational::from_integer(BigInt::from(criterion.weight))).collect();
    let Some(found) = smallest_change(above, below, &weights) else {
        return if above == below { Reversal::Level } else { Reversal::Never };
    };
    let (all, now) = (weights.iter().sum::<BigRational>(), &weights[found.criterion]);
    let (changed, after) = (now + &found.change, &all + &found.change);
    match (found.change.is_zero(), after.is_positive()) {
        (true, _) => Reversal::Level,
        (false, false) => Reversal::Never,
        (false, true) => {
            let share = |part: BigRational, whole: BigRational| BigRational::from_integer(100.into()) * part / whole;
            Reversal::At {
                criterion: found.criterion,
                now: share(now.clone(), all.clone()),
                share: share(changed, after),
            }
        }
    }
}

/// Returns rank and score of each action when each reviewer's offset is taken off.
fn adjusted(
    lines: &[&RankingLine],
    marks: &Marks,
    offsets: &[Option<BigRational>],
) -> Option<BTreeMap<SubmissionId, (usize, BigRational)>> {
    if offsets.iter().flatten().count() < REVIEWERS_MIN {
        return None;
    }
    let without = |(mark, offset): (&Option<BigRational>, &Option<BigRational>)| {
        let mark = mark.clone()?;
        Some(offset.as_ref().map_or_else(|| mark.clone(), |offset| &mark - offset))
    };
    let score = |row: &Vec<Option<BigRational>>| {
        let left: Vec<BigRational> = row.iter().zip(offsets).filter_map(without).collect();
        left.iter().sum::<BigRational>() / BigRational::from_integer(BigInt::from(left.len().max(1)))
    };
    let scores: Vec<BigRational> = marks.iter().map(score).collect();
    let rank = |own: &BigRational| scores.iter().filter(|score| *score > own).count() + 1;
    let ids = lines.iter().map(|line| line.submission.id.clone());
    Some(ids.zip(&scores).map(|(id, own)| (id, (rank(own), own.clone()))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<BigRational> {
        text.split(' ').map(|number| crate::tally::parse_exact(number).expect("a number")).collect()
    }

    fn criteria(weights: &[i32]) -> Vec<Criterion> {
        use crate::kernel::ids::CriterionId;
        use crate::kernel::lang::Bilingual;
        let criterion = |weight: &i32| Criterion {
            id: CriterionId::new(),
            name: Bilingual::default(),
            help: Bilingual::default(),
            weight: *weight,
        };
        weights.iter().map(criterion).collect()
    }

    #[test]
    fn fractions_become_whole_numbers_in_proportion() {
        assert_eq!(whole_scores(&[numbers("1/2 2"), numbers("5/3 0")]), [[3, 12], [10, 0]]);
        let fine = whole_scores(&[numbers("1/999983 1/999979")]);
        assert_eq!(fine, [[1, 1]]);
    }

    #[test]
    fn the_share_at_which_two_are_level_is_of_all_weights() {
        let share = |above: &str, below: &str| match reversal(&criteria(&[60, 40]), &numbers(above), &numbers(below)) {
            Reversal::At { criterion, now, share } => format!("{criterion}: {now} to {share}"),
            other => format!("{other:?}"),
        };
        // 60·1 − 40·1 = 20 ahead: 20 more for the second make 60 of 120; 20 less for the first 40 of 80.
        assert_eq!(share("3 2", "2 3"), "0: 60 to 50");
        assert_eq!(share("3 3", "2 2"), "Never");
        assert_eq!(share("3 3", "3 3"), "Level");
        // 60·2 = 40·3: level though they differ.
        assert_eq!(share("4 1", "2 4"), "Level");
    }
}
