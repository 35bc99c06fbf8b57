//! What came out of a ballot: order, reasons, ties, comparisons, quorum and base, roll call, papers, how to recount.

use std::collections::BTreeMap;

use askama::Template;
use num_bigint::BigInt;
use num_rational::BigRational;

use super::by_hand::confirmed_words;
use super::{OptionView, address, ballot_frame, file_name, named, place, quorum_words};
use crate::ballots::export::Form;
use crate::ballots::model::{BallotOption, Cast, HandPaper, PaperKind, Position};
use crate::ballots::operations::viewing::{BallotResult, Published, Shown};
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::tally::turnout::{RollKind, roll_call_order};
use crate::tally::{OptionId, Outcome, Reason, TieRecord, parse_exact};
use crate::web::{Answer, Frame, PageResult, Reader};

/// A place in the order.
struct PlaceView {
    place: String,
    option: OptionView,
    score: String,
    support: String,
    why: Vec<String>,
}

/// A bar of the chart.
struct Bar {
    label: String,
    value: String,
    share: u32,
}

/// A tie and how it fell.
struct TieView {
    text: String,
    lots: Vec<(String, String)>,
}

/// A cell of a table with its class.
struct Cell {
    text: String,
    class: &'static str,
}

/// A row of a table.
struct PaperRow {
    head: String,
    cells: Vec<Cell>,
}

/// A delegation in the roll call.
struct RollRow {
    name: String,
    kind: String,
    class: &'static str,
    by_hand: Option<String>,
    receipt: String,
}

/// An objection.
struct ObjectionView {
    delegation: String,
    reference: String,
    reason: String,
}

/// An explanation of position: whose, and each text with its language, the original first.
struct PositionView {
    who: String,
    texts: Vec<(&'static str, String)>,
}

/// What is published with a certified result.
struct PublishedView {
    papers: Vec<PaperRow>,
    objections: Vec<ObjectionView>,
    fingerprint: String,
    sure: Option<String>,
    files: Vec<(String, String)>,
    file_name: String,
    can_recount: bool,
    codes: Vec<String>,
    positions: Vec<PositionView>,
}

/// The page.
#[derive(Template)]
#[template(path = "ballots/result.html")]
struct ResultPage {
    frame: Frame,
    is_certified: bool,
    is_made_up: bool,
    is_secret: bool,
    by_hand: Option<String>,
    ranks_only: Option<String>,
    has_quorum: bool,
    first: String,
    facts: Vec<(String, String)>,
    references: Vec<String>,
    places: Vec<PlaceView>,
    bars: Vec<Bar>,
    ties: Vec<TieView>,
    roll: Vec<RollRow>,
    roll_seed: String,
    published: Option<PublishedView>,
}

/// Shows a result to whoever was handed one.
pub fn result(reader: &Reader, result: &BallotResult) -> PageResult {
    let (texts, session, ballot) = (reader.texts(), &result.shown.session, &result.shown.ballot);
    let outcome = &result.counted.outcome;
    let roll = roll(reader, result);
    Answer::page(&ResultPage {
        frame: ballot_frame(reader, session, ballot, texts.text("ballot-result")),
        is_certified: result.published.is_some(),
        is_made_up: ballot.is_made_up,
        is_secret: ballot.rules.is_secret(),
        by_hand: confirmed_words(texts, &result.by_hand),
        ranks_only: ballot
            .rules
            .fewest_papers
            .filter(|_| result.counted.ranks_only)
            .map(|fewest| texts.one("ballot-ranks-only", "fewest", fewest)),
        has_quorum: result.counted.quorum.is_met(),
        first: outcome.winners().iter().map(OptionId::as_str).collect::<Vec<_>>().join(", "),
        facts: facts(texts, result),
        references: outcome.pairwise.options.iter().map(|id| id.0.clone()).collect(),
        places: places(reader, result),
        bars: bars(texts, outcome),
        ties: outcome.ties.iter().map(|tie| tie_view(texts, tie)).collect(),
        published: result.published.as_ref().map(|published| published_view(reader, result, published)),
        roll_seed: ballot.seed.clone(),
        roll,
    })
}

fn facts(texts: Texts, result: &BallotResult) -> Vec<(String, String)> {
    let (outcome, roll, check) = (&result.counted.outcome, &result.counted.roll, &result.counted.quorum);
    let rules = &result.shown.ballot.rules;
    let none = || texts.text("tally-none");
    let label = |kind: RollKind| {
        if rules.is_secret() && kind == RollKind::Cast && result.counted.ranks_only {
            return texts.text("ballot-roll-secret");
        }
        texts.code("ballot-roll", kind)
    };
    let numbers = |kind: RollKind| (label(kind), roll.number(kind).to_string());
    let mut facts = vec![
        (texts.text("ballot-method"), texts.code("method", outcome.method)),
        (texts.text("ballot-tie-rule"), texts.code("tie-rule", outcome.tie_rule.code())),
        (texts.text("ballot-quorum"), quorum_words(texts, check)),
    ];
    if result.counted.ranks_only {
        facts.extend([RollKind::Cast, RollKind::NotVoting, RollKind::Absent].map(numbers));
        return facts;
    }
    facts.extend([(
        texts.text("ballot-base"),
        texts.with(
            "ballot-base-words",
            &[
                ("base", texts.code("ballot-base", rules.base)),
                ("number", roll.base(rules.base).to_string()),
                ("majority", roll.majority(rules.base).to_string()),
            ],
        ),
    )]);
    facts.extend(RollKind::ALL.iter().map(|kind| numbers(*kind)));
    let winner = outcome.condorcet_winner.as_ref().map_or_else(none, |id| id.0.clone());
    facts.push((texts.text("tally-condorcet-winner"), winner));
    facts.push((texts.text("tally-smith-set"), joined(&outcome.smith_set)));
    facts
}

pub(super) fn joined(ids: &[OptionId]) -> String {
    ids.iter().map(OptionId::as_str).collect::<Vec<_>>().join(", ")
}

/// Writes an exact number as the language does: halves as decimals, other fractions as fractions.
fn score_words(texts: Texts, score: &str) -> String {
    match score.split_once('/') {
        Some((top, "2")) => match top.parse::<i64>() {
            Ok(top) => texts.decimal(&format!("{}.5", top.div_euclid(2))),
            Err(_) => score.to_owned(),
        },
        _ => score.to_owned(),
    }
}

fn places(reader: &Reader, result: &BallotResult) -> Vec<PlaceView> {
    let (texts, outcome, roll) = (reader.texts(), &result.counted.outcome, &result.counted.roll);
    let options: BTreeMap<&str, &BallotOption> =
        result.shown.options.iter().map(|option| (option.reference.as_str(), option)).collect();
    let majority = roll.majority(result.shown.ballot.rules.base);
    let mut rows = Vec::new();
    for (place, tier) in outcome.places() {
        for id in tier {
            let Some(option) = options.get(id.as_str()) else { continue };
            let support = result.support.get(id.as_str()).copied().unwrap_or(0);
            let is_tied = tier.len() > 1;
            let key = if support >= majority { "ballot-support-majority" } else { "ballot-support" };
            rows.push(PlaceView {
                place: if is_tied { texts.one("ballot-place-tied", "place", place) } else { place.to_string() },
                option: OptionView::new(reader, option),
                score: outcome.scores.get(id).map_or_else(String::new, |score| score_words(texts, score)),
                support: if result.counted.ranks_only { String::new() } else { texts.one(key, "number", support) },
                why: outcome
                    .reasons_at(place)
                    .filter(|reason| is_about(reason, id))
                    .map(|reason| reason_words(texts, reason))
                    .collect(),
            });
        }
    }
    rows
}

/// Returns whether a reason says why an option is where it is.
fn is_about(reason: &Reason, id: &OptionId) -> bool {
    match (reason, reason.pair()) {
        (Reason::TiedWith { between, .. }, _) => between.contains(id),
        (_, pair) => pair.is_some_and(|(above, _)| above == id),
    }
}

fn reason_words(texts: Texts, reason: &Reason) -> String {
    let values = reason.values(|id| id.0.clone());
    let worded = |(name, value): (&'static str, String)| {
        let value = if name.ends_with("-score") { score_words(texts, &value) } else { value };
        (name, value)
    };
    let values: Vec<(&str, String)> = values.into_iter().map(worded).collect();
    texts.with(&reason.key(), &values)
}

fn bars(texts: Texts, outcome: &Outcome) -> Vec<Bar> {
    let exact = |score: &String| parse_exact(score).unwrap_or_else(|| BigRational::from_integer(BigInt::ZERO));
    let zero = BigRational::from_integer(BigInt::ZERO);
    let most = outcome.scores.values().map(exact).max().unwrap_or_else(|| zero.clone());
    let share = |score: &String| {
        if most <= zero {
            return 0;
        }
        let share = exact(score) * BigRational::from_integer(BigInt::from(100)) / most.clone();
        share.to_integer().to_string().parse().unwrap_or(0)
    };
    let bar = |id: &OptionId| {
        let score = outcome.scores.get(id)?;
        Some(Bar { label: id.0.clone(), value: score_words(texts, score), share: share(score) })
    };
    outcome.order.iter().flatten().filter_map(bar).collect()
}

fn tie_view(texts: Texts, tie: &TieRecord) -> TieView {
    let fell: Vec<String> = tie.fell.iter().map(|tier| joined(tier)).collect();
    let rule = texts.code("tie-rule", &tie.rule);
    let key = if tie.fell.len() > 1 { "ballot-tie-fell" } else { "ballot-tie-stands" };
    let values = [
        ("place", tie.place.to_string()),
        ("between", joined(&tie.between)),
        ("rule", rule),
        ("fell", fell.join("; ")),
    ];
    let lots = tie.lots.iter().map(|(id, lot)| (id.0.clone(), lot.clone()));
    TieView { text: texts.with(key, &values), lots: lots.collect() }
}

/// Returns codes and names of the electorate in the order of the roll call.
pub(super) fn called(reader: &Reader, shown: &Shown) -> Vec<(String, String)> {
    let electorate = &shown.electorate;
    let english: Vec<(String, String)> =
        electorate.iter().map(|elector| (elector.code.clone(), elector.name.get(Lang::En).clone())).collect();
    let order = roll_call_order(&english, &shown.ballot.seed);
    let name = |code: &String| electorate.iter().find(|elector| elector.code == *code);
    order
        .into_iter()
        .filter_map(|code| name(&code).map(|elector| (named(elector.name.get(reader.lang), &code), code.clone())))
        .map(|(name, code)| (code, name))
        .collect()
}

fn roll(reader: &Reader, result: &BallotResult) -> Vec<RollRow> {
    let is_secret = result.shown.ballot.rules.is_secret();
    let by_hand = |code: &str| -> Option<&HandPaper> { result.by_hand.iter().find(|paper| paper.code == code) };
    let papers: &[Cast] = result.published.as_ref().map_or(&[], |published| &published.papers);
    let row = |(code, name): (String, String)| {
        let entry = result.counted.roll.entries.iter().find(|entry| entry.delegation == code)?;
        let paper = papers.iter().find(|paper| paper.label == code);
        let class = match entry.kind {
            RollKind::Cast if is_secret => "",
            RollKind::Cast => "yes",
            RollKind::Abstained => "abstain",
            RollKind::NotVoting => "",
            RollKind::Absent => "absent",
        };
        Some(RollRow {
            name,
            kind: match entry.kind {
                RollKind::Cast if is_secret => reader.texts().text("ballot-roll-secret"),
                kind => reader.texts().code("ballot-roll", kind),
            },
            by_hand: by_hand(&code).map(|paper| reader.texts().code("ballot-hand", paper.state)),
            class,
            receipt: paper.map_or_else(String::new, |paper| paper.receipt.clone()),
        })
    };
    called(reader, &result.shown).into_iter().filter_map(row).collect()
}

/// Returns the published papers with what stands before each: a delegation in the order of the roll call, or a number.
fn headed<'a>(reader: &Reader, result: &BallotResult, published: &'a Published) -> Vec<(String, &'a Cast)> {
    if result.shown.ballot.rules.is_secret() {
        return published.papers.iter().map(|paper| (paper.label.clone(), paper)).collect();
    }
    let paper = |code: &str| published.papers.iter().find(|paper| paper.label == code);
    called(reader, &result.shown).into_iter().filter_map(|(code, name)| Some((name, paper(&code)?))).collect()
}

fn positions(reader: &Reader, result: &BallotResult, published: &Published) -> Vec<PositionView> {
    let view = |position: &Position| {
        let electorate = &result.shown.electorate;
        let elector = electorate.iter().find(|elector| elector.delegation == position.delegation)?;
        let texts = position.sides().into_iter().map(|(lang, text)| (lang.code(), text.to_owned())).collect();
        Some(PositionView { who: named(elector.name.get(reader.lang), &elector.code), texts })
    };
    published.positions.iter().filter_map(view).collect()
}

fn published_view(reader: &Reader, result: &BallotResult, published: &Published) -> PublishedView {
    let references = &result.counted.outcome.pairwise.options;
    let place = place(&result.shown.session, &result.shown.ballot);
    let mut papers = Vec::new();
    let mut objections = Vec::new();
    for (name, paper) in headed(reader, result, published) {
        let priority = |id: &OptionId| match (paper.kind, paper.priority(id.as_str())) {
            (PaperKind::Abstain, _) => Cell { text: reader.texts().text("ballot-abstains-short"), class: "same" },
            (PaperKind::Ranked, None) => Cell { text: "–".to_owned(), class: "same" },
            (PaperKind::Ranked, Some(priority)) => Cell { text: priority.to_string(), class: "" },
        };
        papers.push(PaperRow { head: name.clone(), cells: references.iter().map(priority).collect() });
        let objecting = paper.lines.iter().filter(|line| !line.objection.is_empty());
        objections.extend(objecting.map(|line| ObjectionView {
            delegation: name.clone(),
            reference: line.reference.clone(),
            reason: line.objection.clone(),
        }));
    }
    PublishedView {
        codes: published.codes.clone(),
        positions: positions(reader, result, published),
        can_recount: published.papers.iter().any(|paper| paper.kind == PaperKind::Ranked),
        papers,
        objections,
        fingerprint: published.fingerprint.clone(),
        sure: (!result.shown.ballot.rules.is_secret()).then(|| format!("{}/result/sure", address(place))),
        files: std::iter::once((format!("{}/recount.zip", address(place)), reader.texts().text("ballot-kit")))
            .chain(
                Form::ALL.iter().map(|form| {
                    (format!("{}/ballots.{form}", address(place)), reader.texts().code("ballot-file", form))
                }),
            )
            .collect(),
        file_name: file_name(place, "csv"),
    }
}
