//! `speca tally`: recounts a closed ballot from its file, without any database.
//!
//! Whoever holds the file can check the result: the rules stand in the file and may be overridden here. The shape of
//! the JSON output has a version; fields are added, never changed within one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::CommandError;
use crate::i18n::Texts;
use crate::kernel::code::Code;
use crate::kernel::lang::Lang;
use crate::tally::ballot_file::{BallotFile, read_ballots};
use crate::tally::{self, Method, OptionId, Outcome, TieRecord, TieRule, Tiers};

/// Version of the JSON output.
const VERSION: u32 = 1;

/// What `speca tally` takes.
#[derive(Args, Clone, Debug)]
pub struct TallyArgs {
    /// Ballot file (CSV), as `speca export ballots` writes it
    pub file: PathBuf,
    /// Method, may be repeated: score, approval, borda, schulze-margins, schulze-winning-votes, or all
    /// [default: the method of the file, else all]
    #[arg(long = "method", value_name = "METHOD", value_delimiter = ',', value_parser = methods)]
    pub methods: Vec<Chosen>,
    /// How ties fall: refuse, review-score, reference or lot [default: the rule of the file, else refuse]
    #[arg(long, value_name = "RULE", value_parser = TieRule::CODES)]
    pub tie_rule: Option<String>,
    /// Seed of the lots [default: the seed of the file]
    #[arg(long, value_name = "TEXT")]
    pub seed: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Language of the table: en or ru
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = lang)]
    pub lang: Lang,
}

/// Forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Table,
    /// For programs, with everything
    Json,
    /// For spreadsheets: places and scores
    Csv,
}

/// A method asked for, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Every registered method.
    All,
    /// One method.
    One(Method),
}

fn methods(text: &str) -> Result<Chosen, String> {
    let codes = || Method::ALL.iter().copied().map(Method::code).collect::<Vec<_>>().join(", ");
    match text {
        "all" => Ok(Chosen::All),
        _ => Method::from_code(text).map(Chosen::One).ok_or_else(|| format!("accepted: {}, all", codes())),
    }
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| "accepted: en, ru".to_owned())
}

/// The JSON output.
#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    file: String,
    fingerprint: &'a str,
    options: Vec<ReportOption<'a>>,
    ballots: u64,
    abstentions: usize,
    tie_rule: &'a TieRule,
    results: Vec<ReportResult<'a>>,
    condorcet_winner: Option<&'a OptionId>,
    smith_set: &'a [OptionId],
}

#[derive(Serialize)]
struct ReportOption<'a> {
    id: &'a OptionId,
    name: &'a str,
}

/// One method's part of the JSON output: `ranking` is before the tie rule, `order` and `winners` after it.
#[derive(Serialize)]
struct ReportResult<'a> {
    method: Method,
    ranking: &'a Tiers,
    order: &'a Tiers,
    winners: &'a [OptionId],
    scores: &'a BTreeMap<OptionId, String>,
    rounds: [(); 0],
    ties: &'a [TieRecord],
    reasons: &'a [tally::Reason],
    seconds: f64,
}

/// Reads the file, counts and prints.
pub fn run(args: &TallyArgs) -> Result<(), CommandError> {
    let name = args.file.display();
    let bytes = std::fs::read(&args.file).map_err(|error| CommandError::Input(format!("{name}: {error}")))?;
    let file = read_ballots(&bytes).map_err(|error| CommandError::Input(format!("{name}: {error}")))?;
    let tie_rule = tie_rule(args, &file)?;
    let mut counts = Vec::new();
    for method in chosen(args, &file) {
        let start = Instant::now();
        let outcome = tally::count(&file.profile, method, &tie_rule)
            .map_err(|error| CommandError::Input(format!("{error}: give --seed")))?;
        counts.push((outcome, start.elapsed().as_secs_f64()));
    }
    let text = match args.format {
        Format::Table => table(args, &file, &tie_rule, &counts),
        Format::Json => json(args, &file, &tie_rule, &counts)?,
        Format::Csv => csv(&file, &counts)?,
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| CommandError::Failed(error.to_string()))
}

fn tie_rule(args: &TallyArgs, file: &BallotFile) -> Result<TieRule, CommandError> {
    let seed = args.seed.as_deref().or(file.seed.as_deref()).unwrap_or_default();
    let code = args.tie_rule.as_deref().or(file.tie_rule.as_ref().map(TieRule::code)).unwrap_or("refuse");
    TieRule::from_code(code, seed)
        .ok_or_else(|| CommandError::Input(format!("tie rule `{code}`; accepted: {}", TieRule::CODES.join(", "))))
}

/// Returns the methods to count with, each once.
fn chosen(args: &TallyArgs, file: &BallotFile) -> Vec<Method> {
    if args.methods.is_empty() {
        return file.method.map_or_else(|| Method::ALL.to_vec(), |method| vec![method]);
    }
    let is_asked =
        |method: &&Method| args.methods.contains(&Chosen::All) || args.methods.contains(&Chosen::One(**method));
    Method::ALL.iter().filter(is_asked).copied().collect()
}

fn json(
    args: &TallyArgs,
    file: &BallotFile,
    tie_rule: &TieRule,
    counts: &[(Outcome, f64)],
) -> Result<String, CommandError> {
    let results = counts.iter().map(|(outcome, seconds)| ReportResult {
        method: outcome.method,
        ranking: &outcome.ranking,
        order: &outcome.order,
        winners: outcome.winners(),
        scores: &outcome.scores,
        rounds: [],
        ties: &outcome.ties,
        reasons: &outcome.reasons,
        seconds: *seconds,
    });
    let first = counts.first().map(|(outcome, _)| outcome);
    let report = Report {
        version: VERSION,
        file: args.file.display().to_string(),
        fingerprint: &file.fingerprint,
        options: file.profile.options().iter().map(|o| ReportOption { id: &o.id, name: &o.name }).collect(),
        ballots: file.profile.weight(),
        abstentions: file.abstentions.len(),
        tie_rule,
        results: results.collect(),
        condorcet_winner: first.and_then(|outcome| outcome.condorcet_winner.as_ref()),
        smith_set: first.map_or(&[], |outcome| &outcome.smith_set),
    };
    let text = serde_json::to_string_pretty(&report).map_err(|error| CommandError::Failed(error.to_string()))?;
    Ok(text + "\n")
}

fn csv(file: &BallotFile, counts: &[(Outcome, f64)]) -> Result<String, CommandError> {
    let failed = |error: String| CommandError::Failed(error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["method", "place", "option", "option_title", "score"])
        .map_err(|error| failed(error.to_string()))?;
    for (outcome, _) in counts {
        for (place, id, name, score) in lines(file, outcome) {
            writer
                .write_record([outcome.method.code(), &place, &neutral(id), &neutral(name), score])
                .map_err(|error| failed(error.to_string()))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

/// Puts an apostrophe before a text that a spreadsheet would take for a formula.
fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

/// Returns place, id, name and score of each option in the final order.
fn lines<'a>(file: &'a BallotFile, outcome: &'a Outcome) -> Vec<(String, &'a str, &'a str, &'a str)> {
    let places = outcome.places().into_iter();
    let ids = places.flat_map(|(place, tier)| tier.iter().map(move |id| (place, id)));
    ids.map(|(place, id)| {
        let name = file.profile.option(id).map_or("", |option| option.name.as_str());
        let score = outcome.scores.get(id).map_or("", String::as_str);
        (place.to_string(), id.as_str(), name, score)
    })
    .collect()
}

fn table(args: &TallyArgs, file: &BallotFile, tie_rule: &TieRule, counts: &[(Outcome, f64)]) -> String {
    let texts = Texts::of(args.lang);
    let mut out = String::new();
    let mut fact = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}: {value}", texts.text(key));
    };
    fact("tally-file", &args.file.display().to_string());
    fact("tally-fingerprint", &file.fingerprint);
    fact("tally-ballots", &file.profile.weight().to_string());
    fact("tally-abstentions", &file.abstentions.len().to_string());
    fact("tally-tie-rule", &texts.code("tie-rule", tie_rule.code()));
    if let Some((outcome, _)) = counts.first() {
        let none = texts.text("tally-none");
        fact("tally-condorcet-winner", outcome.condorcet_winner.as_ref().map_or(&none, |id| &id.0));
        let smith: Vec<&str> = outcome.smith_set.iter().map(OptionId::as_str).collect();
        fact("tally-smith-set", &smith.join(", "));
    }
    for (outcome, _) in counts {
        out.push('\n');
        out.push_str(&texts.code("method", outcome.method));
        out.push('\n');
        let head = ["tally-place", "tally-score", "tally-option", "tally-name"].map(|key| texts.text(key));
        let mut rows = vec![head];
        rows.extend(
            lines(file, outcome)
                .into_iter()
                .map(|(place, id, name, score)| [place, score.to_owned(), id.to_owned(), name.to_owned()]),
        );
        out.push_str(&aligned(&rows));
        out.push_str(&texts.text("tally-reasons"));
        out.push('\n');
        for reason in &outcome.reasons {
            let values = reason.values(|id| id.0.clone());
            let _ = writeln!(out, "  {}. {}", reason.place(), texts.with(&reason.key(), &values));
        }
    }
    out
}

/// Puts cells under each other.
fn aligned(rows: &[[String; 4]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..4).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        out.push_str("  ");
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}
