//! The file of a certified ballot: the form that `speca tally` recounts, with objections and receipts beside it.

use super::model::{Ballot, BallotOption, Paper, PaperKind};
use crate::kernel::lang::Lang;
use crate::sessions::Session;

/// Columns, in their order. `tally::ballot_file` says what the counted ones hold; the last three stand beside them.
pub const COLUMNS: [&str; 16] = [
    "ballot",
    "method",
    "tie_rule",
    "seed",
    "levels",
    "base",
    "quorum",
    "delegation",
    "kind",
    "option",
    "option_title",
    "review_score",
    "priority",
    "objection",
    "paper",
    "receipt",
];

/// Returns the ballot file: UTF-8 with a byte order mark, commas, one row a delegation and option, by delegation.
pub fn ballot_csv(
    session: &Session,
    ballot: &Ballot,
    options: &[BallotOption],
    papers: &[Paper],
) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for cells in rows(session, ballot, options, papers, Lang::En) {
        writer.write_record(cells.iter().map(|cell| neutral(cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

/// Returns the rows of the file, one a delegation and option, by delegation; titles in a language.
pub fn rows(
    session: &Session,
    ballot: &Ballot,
    options: &[BallotOption],
    papers: &[Paper],
    lang: Lang,
) -> Vec<[String; COLUMNS.len()]> {
    let mut rows = Vec::new();
    for paper in papers {
        let lines: Vec<[String; 5]> = match paper.kind {
            PaperKind::Abstain => vec![Default::default()],
            PaperKind::Ranked => options.iter().map(|option| cells(option, paper, lang)).collect(),
        };
        for [option, title, score, priority, objection] in lines {
            rows.push([
                ballot.name(session),
                ballot.rules.method.code().to_owned(),
                ballot.rules.tie_rule.clone(),
                ballot.seed.clone(),
                ballot.rules.levels.to_string(),
                ballot.rules.base.code().to_owned(),
                ballot.rules.quorum.to_string(),
                paper.code.clone(),
                paper.kind.code().to_owned(),
                option,
                title,
                score,
                priority,
                objection,
                paper.number.to_string(),
                paper.receipt.clone().unwrap_or_default(),
            ]);
        }
    }
    rows
}

/// Returns option, title, review score, priority and objection.
fn cells(option: &BallotOption, paper: &Paper, lang: Lang) -> [String; 5] {
    let line = paper.lines.iter().find(|line| line.reference == option.reference);
    let priority = line.and_then(|line| line.priority).map_or_else(String::new, |priority| priority.to_string());
    let objection = line.map_or_else(String::new, |line| line.objection.clone());
    let title = option.title(lang).0.to_owned();
    [option.reference.clone(), title, option.review_score.clone(), priority, objection]
}

/// Puts an apostrophe before a text that a spreadsheet would take for a formula.
fn neutral(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}
