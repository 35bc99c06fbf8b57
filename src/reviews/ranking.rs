//! The arithmetic of the ranking: pure and exact.
//!
//! A review's score is the mean of its marks, each weighing as its criterion does; criteria marked "not applicable" or
//! "needs more information" are left out with their weight. An action's score is the mean of its reviews. Ties stay
//! ties: two actions at the second place are followed by the fourth.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::model::{Mark, Marks};
use crate::coded_enum;
use crate::kernel::ids::SubmissionId;
use crate::sessions::Criterion;
use crate::submissions::Submission;

coded_enum! {
    /// How far the scores of the reviews of an action lie apart. It says how they were given, not which is right.
    pub enum Agreement {
        /// Fewer than two reviews have a score.
        TooFew = "too-few",
        /// The scores are close to each other.
        Close = "close",
        /// The scores lie apart.
        Apart = "apart",
        /// The scores lie far apart.
        FarApart = "far-apart",
    }
}

/// The ranking of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// The criteria, in their order.
    pub criteria: Vec<Criterion>,
    /// Every accepted action: the ranked ones from the first place, then those without a score, by reference.
    pub lines: Vec<RankingLine>,
}

/// One action in the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingLine {
    /// The action.
    pub submission: Submission,
    /// Its place; actions with equal scores share one. Nothing without a score.
    pub rank: Option<usize>,
    /// The mean of the scores of its reviews.
    pub score: Option<BigRational>,
    /// The mean mark of each criterion, in their order.
    pub by_criterion: Vec<Option<BigRational>>,
    /// Number of reviews given.
    pub reviews: usize,
    /// Highest less lowest score of a review.
    pub spread: Option<BigRational>,
    /// Sample variance of the scores of its reviews; nothing with fewer than two. For showing, not for ranking.
    pub variance: Option<BigRational>,
    /// Lowest and highest score of a review.
    pub range: Option<(BigRational, BigRational)>,
    /// Number of reviews that ask for more information on at least one criterion.
    pub needs_information: usize,
}

impl Ranking {
    /// Ranks actions by the marks of the reviews that were given.
    pub fn of(criteria: Vec<Criterion>, actions: Vec<Submission>, given: &BTreeMap<SubmissionId, Vec<Marks>>) -> Self {
        let mut lines: Vec<RankingLine> = actions
            .into_iter()
            .map(|action| {
                let reviews = given.get(&action.id).map_or(&[][..], Vec::as_slice);
                RankingLine::of(&criteria, action, reviews)
            })
            .collect();
        // `None` sorts below every score, so the order is turned round: high scores first, no score last.
        lines.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.submission.reference.cmp(&b.submission.reference)));
        let scores: Vec<Option<BigRational>> = lines.iter().map(|line| line.score.clone()).collect();
        for line in &mut lines {
            let ahead = scores.iter().filter(|score| **score > line.score).count();
            line.rank = line.score.is_some().then_some(ahead + 1);
        }
        Self { criteria, lines }
    }

    /// Returns the line of an action.
    pub fn line(&self, submission: &SubmissionId) -> Option<&RankingLine> {
        self.lines.iter().find(|line| line.submission.id == *submission)
    }

    /// Returns whether other actions share the place of a line.
    pub fn is_tied(&self, line: &RankingLine) -> bool {
        line.rank.is_some() && self.lines.iter().filter(|other| other.rank == line.rank).count() > 1
    }
}

impl RankingLine {
    fn of(criteria: &[Criterion], submission: Submission, reviews: &[Marks]) -> Self {
        let scores: Vec<BigRational> = reviews.iter().filter_map(|marks| review_score(criteria, marks)).collect();
        let by_criterion = criteria
            .iter()
            .map(|criterion| {
                let steps = reviews.iter().filter_map(|marks| marks.get(&criterion.id).copied()?.step());
                mean(&steps.map(|step| whole(step.into())).collect::<Vec<_>>())
            })
            .collect();
        let asks = |marks: &&Marks| marks.values().any(|mark| *mark == Mark::NeedsInformation);
        let range = scores.iter().min().cloned().zip(scores.iter().max().cloned());
        Self {
            submission,
            rank: None,
            score: mean(&scores),
            by_criterion,
            reviews: reviews.len(),
            spread: range.as_ref().map(|(lowest, highest)| highest - lowest),
            variance: variance(&scores),
            range,
            needs_information: reviews.iter().filter(asks).count(),
        }
    }
}

impl RankingLine {
    /// Returns how far the scores of its reviews lie apart: up to one step is close, more than two is far.
    pub fn agreement(&self) -> Agreement {
        match self.spread.as_ref().filter(|_| self.variance.is_some()) {
            None => Agreement::TooFew,
            Some(spread) if *spread <= whole(1) => Agreement::Close,
            Some(spread) if *spread <= whole(2) => Agreement::Apart,
            Some(_) => Agreement::FarApart,
        }
    }
}

/// Returns the score of one review, or nothing when no criterion with a weight has a step of the scale.
pub fn review_score(criteria: &[Criterion], marks: &Marks) -> Option<BigRational> {
    let (mut sum, mut weights) = (BigInt::zero(), BigInt::zero());
    for criterion in criteria {
        if let Some(step) = marks.get(&criterion.id).and_then(|mark| mark.step()) {
            sum += BigInt::from(criterion.weight) * BigInt::from(step);
            weights += BigInt::from(criterion.weight);
        }
    }
    (!weights.is_zero()).then(|| BigRational::new(sum, weights))
}

fn mean(values: &[BigRational]) -> Option<BigRational> {
    let sum: BigRational = values.iter().sum();
    (!values.is_empty()).then(|| sum / whole(values.len()))
}

fn variance(values: &[BigRational]) -> Option<BigRational> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: BigRational = values.iter().map(|value| (value - &mean) * (value - &mean)).sum();
    Some(squares / whole(values.len() - 1))
}

fn whole(number: usize) -> BigRational {
    BigRational::from_integer(number.into())
}

/// Writes a number with two decimals and a point, halves rounded up: `17/4` as `4.25`. For showing only.
pub fn two_decimals(number: &BigRational) -> String {
    let hundredths = (number.abs() * whole(100)).round().to_integer();
    let sign = if number.is_negative() && !hundredths.is_zero() { "-" } else { "" };
    let (whole, rest) = (&hundredths / BigInt::from(100), &hundredths % BigInt::from(100));
    format!("{sign}{whole}.{:0>2}", rest.to_string())
}

/// Writes the square root of a number with two decimals, cut from three: the standard deviation of a variance.
pub fn root_two_decimals(number: &BigRational) -> String {
    let thousandths = (number * whole(1_000_000)).to_integer().sqrt();
    two_decimals(&BigRational::new(thousandths, BigInt::from(1000)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::{CriterionId, DelegationId, QuestionnaireId, SessionId};
    use crate::kernel::lang::{Bilingual, Lang};
    use crate::kernel::reference::Kind;
    use crate::submissions::{Columns, State};

    fn criterion(id: &str, weight: i32) -> Criterion {
        Criterion { id: CriterionId::from(id), name: Bilingual::default(), help: Bilingual::default(), weight }
    }

    fn criteria() -> Vec<Criterion> {
        vec![criterion("relevance", 50), criterion("benefit", 30), criterion("feasibility", 20)]
    }

    fn marks(marks: [Mark; 3]) -> Marks {
        criteria().into_iter().map(|criterion| criterion.id).zip(marks).collect()
    }

    fn action(reference: &str) -> Submission {
        let at = chrono::DateTime::UNIX_EPOCH.naive_utc();
        Submission {
            id: SubmissionId::from(reference),
            kind: Kind::Action,
            session: SessionId::from("s"),
            delegation: DelegationId::from("d"),
            reference: reference.to_owned(),
            number: 1,
            state: State::Accepted,
            questionnaire: QuestionnaireId::from("q"),
            original: Lang::En,
            revision: 1,
            columns: Columns::default(),
            created_at: at,
            updated_at: at,
            accepted_at: None,
            published_at: None,
        }
    }

    fn score(given: [Mark; 3]) -> Option<String> {
        review_score(&criteria(), &marks(given)).map(|score| score.to_string())
    }

    #[test]
    fn a_review_weighs_what_it_scores_and_leaves_the_rest_out() {
        use Mark::{Five, Four, NeedsInformation, NotApplicable, Three, Two, Zero};
        // (50×4 + 30×3 + 20×5) / 100 = 390/100.
        assert_eq!(score([Four, Three, Five]).as_deref(), Some("39/10"));
        // (50×4 + 20×5) / 70 = 300/70: the 30 of the criterion left out does not weigh.
        assert_eq!(score([Four, NotApplicable, Five]).as_deref(), Some("30/7"));
        assert_eq!(score([Four, NeedsInformation, Five]).as_deref(), Some("30/7"));
        assert_eq!(score([NotApplicable, NeedsInformation, Two]).as_deref(), Some("2"));
        // A nought is a score.
        assert_eq!(score([Zero, Zero, Zero]).as_deref(), Some("0"));
        assert_eq!(score([NotApplicable, NeedsInformation, NotApplicable]), None);
        assert_eq!(review_score(&[criterion("idle", 0)], &[(CriterionId::from("idle"), Three)].into()), None);
        assert_eq!(review_score(&criteria(), &Marks::new()), None);
    }

    #[test]
    fn an_action_has_the_mean_of_its_reviews_with_its_spread() {
        use Mark::{Five, Four, NeedsInformation, NotApplicable, One, Three};
        let given = [marks([Four, Three, Five]), marks([One, NotApplicable, NeedsInformation])];
        let line = RankingLine::of(&criteria(), action("PA-KAZ-2020-001"), &given);
        // 39/10 and 1: mean 49/20, spread 29/10, variance (29/20)² × 2 = 841/200, deviation 2.0506….
        assert_eq!(line.score.as_ref().map(ToString::to_string).as_deref(), Some("49/20"));
        assert_eq!(line.spread.as_ref().map(ToString::to_string).as_deref(), Some("29/10"));
        assert_eq!(line.variance.as_ref().map(ToString::to_string).as_deref(), Some("841/200"));
        assert_eq!(line.variance.as_ref().map(root_two_decimals).as_deref(), Some("2.05"));
        let by_criterion: Vec<String> = line.by_criterion.iter().flatten().map(ToString::to_string).collect();
        assert_eq!(
            (by_criterion, line.reviews, line.needs_information),
            (vec!["5/2".into(), "3".into(), "5".into()], 2, 1)
        );
    }

    #[test]
    fn equal_scores_share_a_place_and_actions_without_a_score_come_last() {
        use Mark::{Five, Four, NotApplicable, Three, Two};
        let actions = ["PA-UZB-2020-001", "PA-AFG-2020-001", "PA-KAZ-2020-001", "PA-KGZ-2020-001", "PA-TJK-2020-001"];
        // By different ways to 4: all fours; and 5, 3, 3 with weights 50, 30, 20.
        let given = BTreeMap::from([
            (SubmissionId::from("PA-UZB-2020-001"), vec![marks([Five, Five, Five])]),
            (SubmissionId::from("PA-AFG-2020-001"), vec![marks([Four, Four, Four])]),
            (SubmissionId::from("PA-KAZ-2020-001"), vec![marks([Five, Three, Three])]),
            (SubmissionId::from("PA-KGZ-2020-001"), vec![marks([Two, Two, Two])]),
            (SubmissionId::from("PA-TJK-2020-001"), vec![marks([NotApplicable; 3])]),
        ]);
        let all = actions.iter().copied().chain(["PA-REG-2020-001"]).map(action).collect();
        let ranking = Ranking::of(criteria(), all, &given);
        let order: Vec<(&str, Option<usize>, usize)> =
            ranking.lines.iter().map(|line| (line.submission.reference.as_str(), line.rank, line.reviews)).collect();
        assert_eq!(
            order,
            [
                ("PA-UZB-2020-001", Some(1), 1),
                ("PA-AFG-2020-001", Some(2), 1),
                ("PA-KAZ-2020-001", Some(2), 1),
                ("PA-KGZ-2020-001", Some(4), 1),
                ("PA-REG-2020-001", None, 0),
                ("PA-TJK-2020-001", None, 1),
            ]
        );
        let tied: Vec<bool> = ranking.lines.iter().map(|line| ranking.is_tied(line)).collect();
        assert_eq!(tied, [false, true, true, false, false, false]);
    }

    #[test]
    fn numbers_are_shown_with_two_decimals() {
        let number = |top: i64, bottom: i64| BigRational::new(top.into(), bottom.into());
        for (value, shown) in [
            (number(17, 4), "4.25"),
            (number(1, 3), "0.33"),
            (number(2, 3), "0.67"),
            (number(1, 200), "0.01"),
            (number(5, 1), "5.00"),
            (number(-1, 8), "-0.13"),
            (number(-1, 1000), "0.00"),
        ] {
            assert_eq!(two_decimals(&value), shown, "{value}");
        }
        assert_eq!(
            (root_two_decimals(&number(2, 1)), root_two_decimals(&number(0, 1))),
            ("1.41".into(), "0.00".into())
        );
    }
}
