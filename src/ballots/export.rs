//! The files of a certified ballot: our own, which `speca tally` recounts with objections and receipts beside it, and
//! those that other programs read.

use super::model::{self, Ballot, BallotOption, Cast, PaperKind};
use crate::coded_enum;
use crate::kernel::lang::Lang;
use crate::sessions::Session;
use crate::tally::Method;
use crate::tally::files::{write_pabulib, write_preflib, write_preflib_categories};

coded_enum! {
    /// A form in which a ballot is taken out.
    pub enum Form {
        /// Our own: everything that was counted, with the rules.
        Csv = "csv",
        /// PrefLib's: the orders, ties as ties; for methods that read the priorities themselves, those as categories.
        Preflib = "preflib",
        /// Pabulib's: priorities as points.
        Pabulib = "pabulib",
    }
}

/// A ballot as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotFile {
    /// How its name ends.
    pub extension: &'static str,
    /// What stands in it.
    pub content: String,
}

/// Why a ballot could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("ballot {ballot} as {form}: {reason}")]
pub struct FileError {
    ballot: String,
    form: Form,
    reason: String,
}

/// Returns a ballot in one of the forms; titles in English.
pub fn file(
    form: Form,
    session: &Session,
    ballot: &Ballot,
    options: &[BallotOption],
    papers: &[Cast],
) -> Result<BallotFile, FileError> {
    let failed = |reason: &str| FileError { ballot: ballot.name(session), form, reason: reason.to_owned() };
    if form == Form::Csv {
        let content = ballot_csv(session, ballot, options, papers).map_err(|error| failed(&error.to_string()))?;
        return Ok(BallotFile { extension: "csv", content });
    }
    let (profile, _) =
        model::profile(ballot, options, papers).map_err(|_| failed("its papers do not fit its options"))?;
    let title = format!("{} ({})", ballot.title.get(Lang::En), ballot.name(session));
    if form == Form::Pabulib {
        let content = write_pabulib(&title, &profile).ok_or_else(|| failed("too many papers"))?;
        return Ok(BallotFile { extension: "pb", content });
    }
    if matches!(ballot.rules.method, Method::Score | Method::MajorityJudgment | Method::Star) {
        return Ok(BallotFile { extension: "cat", content: write_preflib_categories(&title, &profile) });
    }
    let is_complete = profile.ballots().iter().all(|ballot| ballot.priorities.iter().all(Option::is_some));
    let extension = if is_complete { "toc" } else { "toi" };
    Ok(BallotFile { extension, content: write_preflib(&title, &profile) })
}

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
    papers: &[Cast],
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
    papers: &[Cast],
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
                paper.label.clone(),
                paper.kind.code().to_owned(),
                option,
                title,
                score,
                priority,
                objection,
                paper.number.map_or_else(String::new, |number| number.to_string()),
                paper.receipt.clone(),
            ]);
        }
    }
    rows
}

/// Returns option, title, review score, priority and objection.
fn cells(option: &BallotOption, paper: &Cast, lang: Lang) -> [String; 5] {
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
