//! Reviews and the ranking. Scores are exact fractions; beside them stands the number with two decimals that pages show.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use num_rational::BigRational;
use serde::Serialize;
use utoipa::ToSchema;

use super::sessions::CriterionView;
use super::{Both, utc};
use crate::reviews::model::{Mark, Review, State};
use crate::reviews::operations::{Look, RankingLook, Shown};
use crate::reviews::ranking::{RankingLine, two_decimals};
use crate::reviews::remarks::{Kept, Recommendation};

/// One's own review of an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnReview)]
pub struct OwnView {
    /// Reference of the action.
    reference: String,
    /// Whether the caller is recused from it.
    is_recused: bool,
    /// The review; nothing before it is begun.
    review: Option<ReviewView>,
}

/// A review.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Review)]
pub struct ReviewView {
    /// Draft or given.
    state: State,
    /// Marks by the id of their criterion.
    marks: BTreeMap<String, Mark>,
    /// Why.
    reason: String,
    /// What is said beside the marks.
    remarks: Option<RemarksView>,
    /// Name of the reviewer, for those who may know it.
    reviewer: Option<String>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
    /// When it was given first.
    given_at: Option<DateTime<Utc>>,
}

/// What a review says beside its marks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewRemarks)]
pub struct RemarksView {
    /// The revision of the text that was judged.
    revision: i32,
    /// What is recommended, if anything.
    recommendation: Option<Recommendation>,
    /// Why it is recommended.
    because: String,
    /// What the delegation reads, without the name of the reviewer.
    to_delegation: String,
    /// What the other reviewers read, without the name of the reviewer.
    note: String,
}

impl From<&Kept> for RemarksView {
    fn from(kept: &Kept) -> Self {
        let remarks = &kept.remarks;
        Self {
            revision: kept.revision,
            recommendation: remarks.recommendation,
            because: remarks.because.clone(),
            to_delegation: remarks.to_delegation.clone(),
            note: remarks.note.clone(),
        }
    }
}

impl ReviewView {
    fn new(review: &Review, kept: Option<&Kept>, reviewer: Option<String>) -> Self {
        Self {
            state: review.state,
            marks: review.marks.iter().map(|(criterion, mark)| (criterion.to_string(), *mark)).collect(),
            reason: review.reason.clone(),
            remarks: kept.map(RemarksView::from),
            reviewer,
            updated_at: utc(review.updated_at),
            given_at: review.given_at.map(utc),
        }
    }
}

impl From<&Look> for OwnView {
    fn from(look: &Look) -> Self {
        Self {
            reference: look.subject.submission.reference.clone(),
            is_recused: look.subject.ground.is_some(),
            review: look.own.as_ref().map(|review| ReviewView::new(review, look.own_kept.as_ref(), None)),
        }
    }
}

/// The reviews that others gave of an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reviews)]
pub struct OthersView {
    /// Reference of the action.
    reference: String,
    /// Empty for a reviewer who has not given the own review.
    reviews: Vec<ReviewView>,
}

impl From<&Look> for OthersView {
    fn from(look: &Look) -> Self {
        let one = |shown: &Shown| ReviewView::new(&shown.review, shown.kept.as_ref(), shown.name.clone());
        Self { reference: look.subject.submission.reference.clone(), reviews: look.others.iter().map(one).collect() }
    }
}

/// A score.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Score)]
pub struct ScoreView {
    /// As an exact fraction.
    #[schema(example = "17/4")]
    exact: String,
    /// With two decimals, for showing.
    #[schema(example = "4.25")]
    shown: String,
}

impl From<&BigRational> for ScoreView {
    fn from(score: &BigRational) -> Self {
        Self { exact: score.to_string(), shown: two_decimals(score) }
    }
}

/// The ranking of a session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ranking)]
pub struct RankingView {
    /// Number of the session.
    session: i32,
    /// The criteria, in their order.
    criteria: Vec<CriterionView>,
    /// The ranked actions from the first place, then those without a score, by reference.
    lines: Vec<LineView>,
}

/// One action in the ranking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RankingLine)]
pub struct LineView {
    /// Its place; actions with equal scores share one. Nothing without a score.
    rank: Option<usize>,
    /// Reference of the action.
    reference: String,
    /// Its title.
    title: Both,
    /// Code of the delegation that leads it.
    delegation: String,
    /// The mean of the scores of its reviews.
    score: Option<ScoreView>,
    /// The mean mark of each criterion, in their order.
    by_criterion: Vec<Option<ScoreView>>,
    /// Number of reviews given.
    reviews: usize,
    /// Highest less lowest score of a review.
    spread: Option<ScoreView>,
    /// Number of reviews that ask for more information.
    needs_information: usize,
}

impl From<&RankingLook> for RankingView {
    fn from(look: &RankingLook) -> Self {
        let line = |line: &RankingLine| LineView {
            rank: line.rank,
            reference: line.submission.reference.clone(),
            title: (&line.submission.columns.title).into(),
            delegation: look.delegations.get(&line.submission.delegation).map_or_else(String::new, |d| d.code.clone()),
            score: line.score.as_ref().map(ScoreView::from),
            by_criterion: line.by_criterion.iter().map(|score| score.as_ref().map(ScoreView::from)).collect(),
            reviews: line.reviews,
            spread: line.spread.as_ref().map(ScoreView::from),
            needs_information: line.needs_information,
        };
        Self {
            session: look.session.number,
            criteria: look.ranking.criteria.iter().map(CriterionView::from).collect(),
            lines: look.ranking.lines.iter().map(line).collect(),
        }
    }
}
