//! Reviews and the ranking as rows.

use std::collections::BTreeMap;

use super::{Words, day};
use crate::classification::List;
use crate::delegations::Delegation;
use crate::kernel::ids::{AccountId, DelegationId, ReviewId};
use crate::reviews::ranking::{Ranking, RankingLine, review_score, root_two_decimals, two_decimals};
use crate::reviews::remarks::{Kept, Recommendation, Remarks};
use crate::reviews::{Mark, Review};

/// Names of the columns of reviews, in order.
pub const REVIEW_COLUMNS: [&str; 12] = [
    "reference",
    "title",
    "review",
    "reviewer",
    "criterion",
    "criterion_title",
    "weight",
    "mark",
    "mark_title",
    "score",
    "reason",
    "given_on",
];

/// Names of the columns of what reviews say beside their marks, in order.
pub const REMARK_COLUMNS: [&str; 11] = [
    "reference",
    "title",
    "review",
    "reviewer",
    "revision",
    "recommendation",
    "recommendation_title",
    "because",
    "to_delegation",
    "note",
    "given_on",
];

/// Names of the columns of the ranking, in order.
pub const RANKING_COLUMNS: [&str; 14] = [
    "rank",
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "theme",
    "theme_title",
    "score",
    "score_rounded",
    "reviews",
    "spread",
    "deviation",
    "needs_information",
    "by_criterion",
];

/// Returns the rows of the reviews of a ranking, in the order given: one mark a row.
pub fn reviews(
    ranking: &Ranking,
    reviews: &[Review],
    names: &BTreeMap<AccountId, String>,
    said: Words<'_>,
) -> Vec<[String; REVIEW_COLUMNS.len()]> {
    let lang = said.lang;
    let mut rows = Vec::new();
    for (number, review) in reviews.iter().enumerate() {
        let Some(line) = ranking.line(&review.submission) else { continue };
        let score = review_score(&ranking.criteria, &review.marks);
        let score = score.map_or_else(String::new, |score| said.decimal(&two_decimals(&score)));
        for (place, criterion) in ranking.criteria.iter().enumerate() {
            let mark = review.marks.get(&criterion.id);
            rows.push([
                line.submission.reference.clone(),
                line.submission.title_or_reference(lang).to_owned(),
                (number + 1).to_string(),
                names.get(&review.account).cloned().unwrap_or_default(),
                (place + 1).to_string(),
                criterion.name.get(lang).clone(),
                criterion.weight.to_string(),
                mark.map_or_else(String::new, Mark::to_string),
                mark.map_or_else(String::new, |mark| in_words(said, *mark)),
                score.clone(),
                review.reason.clone(),
                review.given_at.map_or_else(String::new, |at| at.date().to_string()),
            ]);
        }
    }
    rows
}

/// Returns the rows of what reviews say beside their marks, numbered as the reviews are: one review a row that says anything.
pub fn remarks(
    ranking: &Ranking,
    (reviews, kept): (&[Review], &BTreeMap<ReviewId, Kept>),
    names: &BTreeMap<AccountId, String>,
    said: Words<'_>,
) -> Vec<[String; REMARK_COLUMNS.len()]> {
    let mut rows = Vec::new();
    for (number, review) in (1..).zip(reviews) {
        let Some(line) = ranking.line(&review.submission) else { continue };
        let Some(kept) = kept.get(&review.id).filter(|kept| kept.remarks != Remarks::default()) else { continue };
        let recommendation = kept.remarks.recommendation;
        let worded = |one: Recommendation| (said.code)("recommendation", one.code());
        rows.push([
            line.submission.reference.clone(),
            line.submission.title_or_reference(said.lang).to_owned(),
            number.to_string(),
            names.get(&review.account).cloned().unwrap_or_default(),
            kept.revision.to_string(),
            recommendation.map_or_else(String::new, |one| one.code().to_owned()),
            recommendation.map_or_else(String::new, worded),
            kept.remarks.because.clone(),
            kept.remarks.to_delegation.clone(),
            kept.remarks.note.clone(),
            day(review.given_at),
        ]);
    }
    rows
}

fn in_words(said: Words<'_>, mark: Mark) -> String {
    mark.step().map_or_else(|| (said.code)("review-mark", mark.code()), |step| step.to_string())
}

/// Returns the rows of the ranking, from the first place.
pub fn ranking(
    ranking: &Ranking,
    delegations: &BTreeMap<DelegationId, Delegation>,
    said: Words<'_>,
) -> Vec<[String; RANKING_COLUMNS.len()]> {
    ranking.lines.iter().map(|line| ranked(line, delegations, said)).collect()
}

fn ranked(
    line: &RankingLine,
    delegations: &BTreeMap<DelegationId, Delegation>,
    said: Words<'_>,
) -> [String; RANKING_COLUMNS.len()] {
    let lang = said.lang;
    let delegation = delegations.get(&line.submission.delegation);
    let theme = line.submission.columns.theme.clone().unwrap_or_default();
    let shown = |number: &num_rational::BigRational| said.decimal(&two_decimals(number));
    let means: Vec<String> =
        line.by_criterion.iter().map(|mean| mean.as_ref().map_or_else(|| "—".to_owned(), shown)).collect();
    let theme_title = List::Theme.entry(&theme).map_or_else(String::new, |entry| entry.label(List::Theme, lang));
    [
        line.rank.map_or_else(String::new, |rank| rank.to_string()),
        line.submission.reference.clone(),
        line.submission.title_or_reference(lang).to_owned(),
        delegation.map_or_else(String::new, |delegation| delegation.code.clone()),
        delegation.map_or_else(String::new, |delegation| delegation.name.get(lang).clone()),
        theme,
        theme_title,
        line.score.as_ref().map_or_else(String::new, ToString::to_string),
        line.score.as_ref().map_or_else(String::new, shown),
        line.reviews.to_string(),
        line.spread.as_ref().map_or_else(String::new, shown),
        line.variance.as_ref().map_or_else(String::new, |variance| said.decimal(&root_two_decimals(variance))),
        line.needs_information.to_string(),
        means.join(";"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Reviews.description().names().collect::<Vec<_>>(), REVIEW_COLUMNS);
        assert_eq!(Name::Remarks.description().names().collect::<Vec<_>>(), REMARK_COLUMNS);
        assert_eq!(Name::Ranking.description().names().collect::<Vec<_>>(), RANKING_COLUMNS);
    }
}
