//! The annex with the result of the certified ballots: rules, presence, order, review scores, what each delegation cast.

use super::pen::{Pen, working_reference};
use crate::ballots::model::{BallotOption, Cast, PaperKind};
use crate::ballots::operations::viewing::{BallotResult, Published};
use crate::i18n::Texts;
use crate::papers::model::{Column, Document, Name, Run, Text, text};
use crate::reviews::ranking::two_decimals;
use crate::sessions::Session;
use crate::tally::parse_exact;
use crate::tally::turnout::RollKind;

/// Writes the annex.
pub fn write(texts: Texts, session: &Session, results: &[BallotResult]) -> Document {
    let mut pen = Pen::new(texts);
    pen.says("paper-result-opening", &[("count", results.len().to_string())]);
    pen.says("paper-result-scores", &[]);
    for result in results {
        one(&mut pen, result);
    }
    let newest = results.iter().filter_map(|one| one.shown.ballot.certified_at).max();
    let remark = newest.map_or_else(String::new, |at| texts.one("paper-certified-on", "day", texts.day(at.date())));
    let head = pen.head(session, Name::Result, working_reference(session, Name::Result), remark);
    pen.finish(Name::Result, head)
}

fn one(pen: &mut Pen, result: &BallotResult) {
    let ballot = &result.shown.ballot;
    let mut title = pen.either(&ballot.title);
    title.insert(0, Run::new(format!("{} ", pen.texts.one("paper-result-ballot", "number", ballot.number))));
    pen.heading(1, title);
    if ballot.is_made_up {
        pen.note(text(pen.texts.text("ballot-made-up")));
    }
    rules(pen, result);
    order(pen, result);
    if let Some(fewest) = ballot.rules.fewest_papers.filter(|_| result.counted.ranks_only) {
        pen.plain(text(pen.texts.one("ballot-ranks-only", "fewest", fewest)));
    }
    if let Some(published) = result.published.as_ref().filter(|_| !result.counted.ranks_only) {
        cast(pen, result, published);
        objections(pen, result, published);
        pen.says("paper-result-recount", &[("fingerprint", published.fingerprint.clone())]);
    }
    if let Some(published) = &result.published {
        positions(pen, result, published);
    }
}

fn rules(pen: &mut Pen, result: &BallotResult) {
    let texts = pen.texts;
    let rules = &result.shown.ballot.rules;
    let (roll, quorum) = (&result.counted.roll, &result.counted.quorum);
    pen.says(
        "paper-result-rules",
        &[("method", texts.code("method", rules.method)), ("tie", texts.code("tie-rule", &rules.tie_rule))],
    );
    let number = |kind| roll.number(kind).to_string();
    if rules.is_secret() {
        pen.says("paper-result-secret", &[]);
    }
    pen.says(
        if result.counted.ranks_only { "paper-result-roll-secret" } else { "paper-result-roll" },
        &[
            ("electorate", roll.entries.len().to_string()),
            ("cast", number(RollKind::Cast)),
            ("abstained", number(RollKind::Abstained)),
            ("silent", number(RollKind::NotVoting)),
            ("absent", number(RollKind::Absent)),
        ],
    );
    let key = if quorum.is_met() { "paper-result-quorum" } else { "paper-result-no-quorum" };
    pen.says(key, &[("present", quorum.present.to_string()), ("needed", quorum.needed.to_string())]);
}

/// Returns the options in their order: place, tied or not, option.
fn placed(result: &BallotResult) -> Vec<(usize, bool, &BallotOption)> {
    let mut all = Vec::new();
    for (place, tier) in result.counted.outcome.places() {
        for id in tier {
            if let Some(option) = result.shown.options.iter().find(|option| option.reference == id.as_str()) {
                all.push((place, tier.len() > 1, option));
            }
        }
    }
    all
}

fn order(pen: &mut Pen, result: &BallotResult) {
    let texts = pen.texts;
    let exact = |score: &str| match parse_exact(score) {
        Some(number) => texts.decimal(&two_decimals(&number)),
        None => String::new(),
    };
    let row = |(place, is_tied, option): (usize, bool, &BallotOption)| {
        let score = result.counted.outcome.scores.iter().find(|(id, _)| id.as_str() == option.reference);
        let support = result.support.get(&option.reference).copied().unwrap_or(0);
        vec![
            text(if is_tied { format!("{place}=") } else { place.to_string() }),
            text(&option.reference),
            pen.title(&option.title, &option.reference),
            text(exact(&option.review_score)),
            text(score.map_or_else(String::new, |(_, score)| exact(score))),
            text(if result.counted.ranks_only { String::new() } else { support.to_string() }),
        ]
    };
    let rows: Vec<Vec<Text>> = placed(result).into_iter().map(row).collect();
    let columns = [
        ("paper-place", 2, true),
        ("paper-reference", 5, false),
        ("paper-title", 12, false),
        ("paper-review-score", 4, true),
        ("paper-ballot-score", 4, true),
        ("paper-support", 4, true),
    ];
    pen.table("paper-result-table", &columns, rows);
}

/// Writes what each delegation cast: one column an option, in the order of the result.
fn cast(pen: &mut Pen, result: &BallotResult, published: &Published) {
    let texts = pen.texts;
    let options = placed(result);
    let is_secret = result.shown.ballot.rules.is_secret();
    let head = texts.text(if is_secret { "ballot-paper" } else { "paper-delegation" });
    let mut columns = vec![Column { title: head, share: 8, is_number: false }];
    let titled = |(line, _): (usize, &(usize, bool, &BallotOption))| Column {
        title: texts.one("paper-line", "number", line),
        share: 3,
        is_number: true,
    };
    columns.extend((1_usize..).zip(&options).map(titled));
    let row = |head: Text, paper: Option<&Cast>| {
        let cells = options.iter().map(|(_, _, option)| text(priority(texts, paper, &option.reference)));
        std::iter::once(head).chain(cells).collect::<Vec<Text>>()
    };
    let rows = if is_secret {
        published.papers.iter().map(|paper| row(text(&paper.label), Some(paper))).collect()
    } else {
        let mut electors: Vec<_> = result.shown.electorate.iter().collect();
        pen.sort(&mut electors, |one| one.name.get(texts.lang()).clone());
        let paper = |code: &str| published.papers.iter().find(|paper| paper.label == code);
        electors.iter().map(|one| row(text(one.name.get(texts.lang())), paper(&one.code))).collect()
    };
    pen.says(if is_secret { "paper-result-papers-secret" } else { "paper-result-papers" }, &[]);
    pen.table_of(texts.text("paper-result-papers-table"), columns, rows);
}

fn priority(texts: Texts, paper: Option<&Cast>, reference: &str) -> String {
    match paper {
        None => texts.text("paper-no-ballot-paper"),
        Some(paper) if paper.kind == PaperKind::Abstain => texts.text("ballot-abstains-short"),
        Some(paper) => paper.priority(reference).map_or_else(|| "\u{2013}".to_owned(), |given| given.to_string()),
    }
}

/// Writes the explanations of position, in the language of the paper where there is a text in it.
fn positions(pen: &mut Pen, result: &BallotResult, published: &Published) {
    if published.positions.is_empty() {
        return;
    }
    pen.says("paper-result-positions", &[("count", published.positions.len().to_string())]);
    for position in &published.positions {
        let elector = result.shown.electorate.iter().find(|elector| elector.delegation == position.delegation);
        let name = elector.map_or_else(String::new, |elector| elector.name.get(pen.lang()).clone());
        let mut words = pen.either(&position.text);
        words.insert(0, Run::new(format!("{name}: ")));
        pen.item(words);
    }
}

fn objections(pen: &mut Pen, result: &BallotResult, published: &Published) {
    let mut said = Vec::new();
    for paper in &published.papers {
        let elector = result.shown.electorate.iter().find(|elector| elector.code == paper.label);
        let name = elector.map_or_else(|| paper.label.clone(), |elector| elector.name.get(pen.lang()).clone());
        for line in paper.lines.iter().filter(|line| !line.objection.is_empty()) {
            said.push(text(format!("{name}, {}: {}", line.reference, line.objection)));
        }
    }
    if said.is_empty() {
        return;
    }
    pen.says("paper-result-objections", &[("count", said.len().to_string())]);
    for one in said {
        pen.item(one);
    }
}
