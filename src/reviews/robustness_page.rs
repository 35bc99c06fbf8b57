//! The page on how sure the ranking is: chances of each rank, reversals, reviewers, conflicts; all worded.

use std::collections::BTreeMap;

use askama::Template;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};

use super::operations::SureLook;
use super::ranking::{RankingLine, two_decimals};
use super::robustness::{CONFLICT_STEPS, REVIEWERS_MIN, Reversal, Reviewer, Robustness, SHARED_MIN, SHRINKAGE};
use crate::i18n::Texts;
use crate::kernel::ids::SubmissionId;
use crate::policy::{Action, Target};
use crate::web::layout::Frame;
use crate::web::reader::Member;
use crate::web::{Answer, PageResult};

/// Change of a share, in points of per cent, up to which a reversal counts as near.
const NEAR_POINTS: i32 = 5;
/// The parts of the page: id and key of the heading.
const CONTENTS: [(&str, &str); 5] = [
    ("chances", "ranking-sure-chances"),
    ("reversals", "ranking-sure-reversals"),
    ("agreement", "ranking-sure-agreement"),
    ("conflicts", "ranking-sure-conflicts"),
    ("severity", "ranking-sure-offsets"),
];
/// Width of a rank in the chart.
const COLUMN: usize = 10;
/// Height of the chart.
const HEIGHT: u32 = 40;

/// An action as the tables name it.
#[derive(Clone)]
struct ActionView {
    reference: String,
    title: String,
    href: String,
}

/// A column of a chart.
struct Column {
    x: usize,
    y: String,
    height: String,
}

/// The chances of an action.
struct ChanceRow {
    rank: String,
    action: ActionView,
    columns: Vec<Column>,
    mark: usize,
    first: String,
    three: String,
    likeliest: String,
    range: String,
    all: Vec<String>,
}

/// Two neighbours and what reverses them.
struct ReversalRow {
    above: ActionView,
    below: ActionView,
    text: String,
    is_near: bool,
}

/// A reviewer beside the others.
struct ReviewerRow {
    name: String,
    reviews: usize,
    shared: usize,
    offset: Option<(String, String)>,
}

/// An action in the raw and in the adjusted order.
struct AdjustedRow {
    action: ActionView,
    raw: (String, String),
    adjusted: (String, String),
    moved: Option<(&'static str, String)>,
}

/// An action with conflicting reviews.
struct ConflictRow {
    action: ActionView,
    lowest: String,
    highest: String,
    reviews: usize,
}

/// The page.
#[derive(Template)]
#[template(path = "reviews/sure.html")]
struct SurePage {
    frame: Frame,
    is_made_up: bool,
    back: String,
    contents: &'static [(&'static str, &'static str)],
    sampled: String,
    width: usize,
    ranks: Vec<usize>,
    chances: Vec<ChanceRow>,
    reversals: Vec<ReversalRow>,
    agreement: Option<String>,
    agreement_words: String,
    reviewers: Vec<ReviewerRow>,
    offset_words: String,
    adjusted: Option<Vec<AdjustedRow>>,
    not_adjusted: String,
    conflict_words: String,
    conflicts: Vec<ConflictRow>,
}

/// What the parts of the page are made with.
struct Desk<'a> {
    texts: Texts,
    look: &'a SureLook,
    found: &'a Robustness,
    lines: Vec<&'a RankingLine>,
    sees_reviews: bool,
}

/// Shows how sure the ranking of a session is.
pub fn show(member: &Member<'_>, look: &SureLook, found: &Robustness, seed: u64) -> PageResult {
    let (texts, session) = (member.texts(), &look.look.session);
    let back = format!("/sessions/{}/ranking", session.number);
    let lines: Vec<&RankingLine> = look.look.ranking.lines.iter().filter(|line| line.score.is_some()).collect();
    let sees_reviews = member.may(Action::ViewAllReviews, &Target::of_session(session.id.clone()));
    let desk = Desk { texts, look, found, lines, sees_reviews };
    let numbers = |pairs: &[(&str, usize)], key: &str| {
        let values: Vec<(&str, String)> = pairs.iter().map(|(name, number)| (*name, number.to_string())).collect();
        texts.with(key, &values)
    };
    let samples = texts.number(i64::from(found.acceptability.samples));
    let ready = found.reviewers.iter().filter(|reviewer| reviewer.offset.is_some()).count();
    Answer::page(&SurePage {
        frame: Frame::new(member, texts.text("ranking-sure-title"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(session.title.get(member.lang).clone(), format!("/sessions/{}", session.number))
            .crumb(texts.text("ranking-title"), back.clone()),
        is_made_up: session.is_demonstration,
        back,
        contents: &CONTENTS[..],
        sampled: texts.with("ranking-sure-sampled", &[("samples", samples), ("seed", seed.to_string())]),
        width: desk.lines.len() * COLUMN,
        ranks: (1..=desk.lines.len()).collect(),
        chances: desk.chances(),
        reversals: desk.reversals(),
        agreement: found.agreement.as_ref().map(|alpha| desk.decimal(alpha)),
        agreement_words: texts.text(agreement_words(found.agreement.as_ref())),
        reviewers: desk.reviewers(),
        offset_words: numbers(&[("shared", SHARED_MIN), ("shrinkage", SHRINKAGE)], "ranking-sure-offset-hint"),
        adjusted: found.adjusted.as_ref().map(|adjusted| desk.adjusted(adjusted)),
        not_adjusted: numbers(
            &[("number", ready), ("needed", REVIEWERS_MIN), ("shared", SHARED_MIN)],
            "ranking-sure-not-adjusted",
        ),
        conflict_words: numbers(&[("steps", CONFLICT_STEPS)], "ranking-sure-conflicts-hint"),
        conflicts: desk.conflicts(),
    })
}

/// Returns the key of what an alpha means.
fn agreement_words(alpha: Option<&BigRational>) -> &'static str {
    let at_least = |alpha: &BigRational, top: i64, bottom: i64| *alpha >= BigRational::new(top.into(), bottom.into());
    match alpha {
        None => "ranking-sure-agreement-none",
        Some(alpha) if at_least(alpha, 4, 5) => "ranking-sure-agreement-good",
        Some(alpha) if at_least(alpha, 2, 3) => "ranking-sure-agreement-fair",
        Some(alpha) if at_least(alpha, 1, 5) => "ranking-sure-agreement-weak",
        Some(_) => "ranking-sure-agreement-chance",
    }
}

impl Desk<'_> {
    fn decimal(&self, number: &BigRational) -> String {
        self.texts.decimal(&two_decimals(number)).replace('-', "\u{2212}")
    }

    fn action(&self, line: &RankingLine) -> ActionView {
        let reference = line.submission.reference.clone();
        let end = if self.sees_reviews { "/review" } else { "" };
        ActionView {
            title: line.submission.title_or_reference(self.texts.lang()).to_owned(),
            href: format!("/submissions/{reference}{end}"),
            reference,
        }
    }

    /// Writes a part of the samples in per cent; what is rounded away is still told from never and always.
    fn share(&self, count: u32) -> String {
        let all = self.found.acceptability.samples.max(1);
        let rounded = (u64::from(count) * 100 + u64::from(all) / 2) / u64::from(all);
        let text = match rounded {
            _ if count == 0 => return "\u{2013}".to_owned(),
            0 => "<1".to_owned(),
            100 if count < all => ">99".to_owned(),
            _ => rounded.to_string(),
        };
        self.texts.one("ranking-sure-share", "share", text)
    }

    fn chances(&self) -> Vec<ChanceRow> {
        // Each row is drawn by its own most frequent rank: with many actions no share is large.
        let height = |count: u32, most: u32| {
            let part = BigRational::new(BigInt::from(count) * HEIGHT, BigInt::from(most.max(1)));
            (two_decimals(&part), two_decimals(&(BigRational::from_integer(HEIGHT.into()) - part)))
        };
        let row = |(line, counts): (&&RankingLine, &Vec<u32>)| {
            let taken: Vec<(usize, u32)> = (1..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect();
            let most = counts.iter().max().copied().unwrap_or(0);
            let columns = taken.iter().map(|(rank, count)| {
                let (height, y) = height(*count, most);
                Column { x: (rank - 1) * COLUMN + 1, y, height }
            });
            let likeliest = taken.iter().max_by_key(|(rank, count)| (*count, std::cmp::Reverse(*rank)));
            let (best, worst) = (taken.first().map_or(0, |(rank, _)| *rank), taken.last().map_or(0, |(rank, _)| *rank));
            let likeliest = likeliest.map_or_else(String::new, |(rank, count)| {
                let values = [("rank", rank.to_string()), ("share", self.share(*count))];
                self.texts.with("ranking-sure-likeliest-words", &values)
            });
            ChanceRow {
                rank: line.rank.map_or_else(String::new, |rank| rank.to_string()),
                action: self.action(line),
                columns: columns.collect(),
                mark: line.rank.map_or(0, |rank| (rank - 1) * COLUMN + 1),
                first: self.share(counts.first().copied().unwrap_or(0)),
                three: self.share(counts.iter().take(3).sum()),
                likeliest,
                range: if best == worst { best.to_string() } else { format!("{best}\u{2013}{worst}") },
                all: counts.iter().map(|count| self.share(*count)).collect(),
            }
        };
        self.lines.iter().zip(&self.found.acceptability.counts).map(row).collect()
    }

    fn reversals(&self) -> Vec<ReversalRow> {
        let row = |(pair, reversal): (&[&RankingLine], &Reversal)| {
            let (text, is_near) = self.reversal(reversal, &pair[1].submission.reference);
            ReversalRow { above: self.action(pair[0]), below: self.action(pair[1]), text, is_near }
        };
        self.lines.windows(2).zip(&self.found.reversals).map(row).collect()
    }

    fn reversal(&self, reversal: &Reversal, below: &str) -> (String, bool) {
        match reversal {
            Reversal::Level => (self.texts.text("ranking-sure-level"), true),
            Reversal::Never => (self.texts.text("ranking-sure-never"), false),
            Reversal::At { criterion, now, share } => {
                let key = match share.cmp(now) {
                    _ if share.is_zero() => "ranking-sure-without",
                    std::cmp::Ordering::Less => "ranking-sure-less",
                    _ => "ranking-sure-more",
                };
                let criterion = self.look.look.ranking.criteria[*criterion].name.get(self.texts.lang()).clone();
                let (now_words, share_words) = (self.decimal(now), self.decimal(share));
                let values =
                    [("criterion", criterion), ("now", now_words), ("share", share_words), ("below", below.to_owned())];
                let near = BigRational::from_integer(NEAR_POINTS.into());
                (self.texts.with(key, &values), (share - now).abs() <= near)
            }
        }
    }

    fn reviewers(&self) -> Vec<ReviewerRow> {
        let name = |number: usize, reviewer: &Reviewer| {
            let known = self.look.names.as_ref().and_then(|names| names.get(&reviewer.account)).cloned();
            known.unwrap_or_else(|| self.texts.one("ranking-sure-reviewer", "number", number))
        };
        let words = |offset: &BigRational| match (offset.is_positive(), offset.is_negative()) {
            (true, _) => self.texts.text("ranking-sure-milder"),
            (_, true) => self.texts.text("ranking-sure-severer"),
            _ => self.texts.text("ranking-sure-like-others"),
        };
        let row = |(number, reviewer): (usize, &Reviewer)| ReviewerRow {
            name: name(number, reviewer),
            reviews: reviewer.reviews,
            shared: reviewer.shared,
            offset: reviewer.offset.as_ref().map(|offset| {
                let sign = if offset.is_positive() { "+" } else { "" };
                (format!("{sign}{}", self.decimal(offset)), words(offset))
            }),
        };
        (1..).zip(&self.found.reviewers).map(row).collect()
    }

    fn adjusted(&self, adjusted: &BTreeMap<SubmissionId, (usize, BigRational)>) -> Vec<AdjustedRow> {
        let row = |line: &&RankingLine| {
            let (rank, score) = adjusted.get(&line.submission.id)?;
            let raw = line.rank?;
            let moved = match rank.cmp(&raw) {
                std::cmp::Ordering::Less => Some(("↑", self.texts.text("ranking-sure-moved-up"))),
                std::cmp::Ordering::Greater => Some(("↓", self.texts.text("ranking-sure-moved-down"))),
                std::cmp::Ordering::Equal => None,
            };
            Some(AdjustedRow {
                action: self.action(line),
                raw: (raw.to_string(), line.score.as_ref().map_or_else(String::new, |score| self.decimal(score))),
                adjusted: (rank.to_string(), self.decimal(score)),
                moved,
            })
        };
        self.lines.iter().filter_map(row).collect()
    }

    fn conflicts(&self) -> Vec<ConflictRow> {
        let is_split = |line: &&&RankingLine| self.found.conflicts.contains(&line.submission.id);
        let row = |line: &&RankingLine| {
            let (lowest, highest) = line.range.as_ref()?;
            let (lowest, highest) = (self.decimal(lowest), self.decimal(highest));
            Some(ConflictRow { action: self.action(line), lowest, highest, reviews: line.reviews })
        };
        self.lines.iter().filter(is_split).filter_map(row).collect()
    }
}
