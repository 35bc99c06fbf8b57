//! `speca tally`: counts ballots from a file, without any database: our own, PrefLib's and Pabulib's.
//!
//! Whoever holds the file can check the result: the rules stand in the file and may be overridden here. The shape of
//! the JSON output has a version; fields are added, never changed within one (`docs/tally.schema.json`).

mod budget;

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
use crate::tally::ballot_file::BallotFile;
use crate::tally::budgets::BudgetMethod;
use crate::tally::files::{self, VoteFile};
use crate::tally::{self, CountOptions, Method, OptionId, Outcome, Pairwise, Round, TieRecord, TieRule, Tiers};

/// Version of the JSON output.
const VERSION: u32 = 1;

/// What `speca tally` takes.
#[derive(Args, Clone, Debug)]
pub struct TallyArgs {
    /// Ballots: CSV as `speca export ballots` writes it, PrefLib (.soc .soi .toc .toi .cat) or Pabulib (.pb)
    pub file: PathBuf,
    /// Method, may be repeated: a code such as schulze-margins, or all; a wrong one lists the codes
    /// [default: the method of the file, else all]
    #[arg(long = "method", value_name = "METHOD", value_delimiter = ',', value_parser = methods)]
    pub methods: Vec<Chosen>,
    /// Seats to fill: read by stv
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seats)]
    pub seats: usize,
    /// Budget [default: the budget of the file]
    #[arg(long, value_name = "AMOUNT")]
    pub budget: Option<String>,
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
    /// One way to choose projects.
    Budget(BudgetMethod),
}

fn methods(text: &str) -> Result<Chosen, String> {
    let rankings = Method::ALL.iter().map(Code::code);
    let codes = rankings.chain(BudgetMethod::ALL.iter().map(Code::code));
    let one = || Method::from_code(text).map(Chosen::One);
    let chosen = || one().or_else(|| BudgetMethod::from_code(text).map(Chosen::Budget));
    match text {
        "all" => Ok(Chosen::All),
        _ => chosen().ok_or_else(|| format!("accepted: {}, all", codes.collect::<Vec<_>>().join(", "))),
    }
}

fn seats(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|seats| *seats > 0).ok_or_else(|| "accepted: a whole number from 1".to_owned())
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
    rounds: &'a [Round],
    ties: &'a [TieRecord],
    reasons: &'a [tally::Reason],
    seconds: f64,
}

/// Reads the file, counts and prints.
pub fn run(args: &TallyArgs) -> Result<(), CommandError> {
    let name = args.file.display();
    let bytes = std::fs::read(&args.file).map_err(|error| CommandError::Input(format!("{name}: {error}")))?;
    let file = match files::read(&bytes).map_err(|error| CommandError::Input(format!("{name}: {error}")))? {
        VoteFile::Ballots(file) => file,
        VoteFile::Budget(instance) => match budget::run(args, *instance)? {
            Left::Printed(text) => return print(&text),
            Left::Ballots(file) => file,
        },
    };
    if args.methods.iter().any(|chosen| matches!(chosen, Chosen::Budget(_))) {
        return Err(CommandError::Input(format!("{name}: these methods need projects with costs (a Pabulib file)")));
    }
    let tie_rule = tie_rule(args, file.seed.as_deref(), file.tie_rule.as_ref())?;
    let mut counts = Vec::new();
    let options = CountOptions { seats: args.seats };
    let pairwise = Pairwise::of(&file.profile);
    for method in chosen(args, &file) {
        let start = Instant::now();
        let outcome = tally::count_compared(&file.profile, &pairwise, method, &tie_rule, &options)
            .map_err(|error| CommandError::Input(format!("{error}: give --seed")))?;
        let seconds = start.elapsed().as_secs_f64();
        counts.push((without_tables(outcome), seconds));
    }
    let text = match args.format {
        Format::Table => table(args, &file, &tie_rule, &counts),
        Format::Json => json(args, &file, &tie_rule, &counts)?,
        Format::Csv => csv(&file, &counts)?,
    };
    print(&text)
}

/// Drops the tables of all pairs, which no form of output shows: one for each method would fill the memory.
fn without_tables(mut outcome: Outcome) -> Outcome {
    outcome.pairwise.rows = Vec::new();
    outcome.paths = None;
    outcome
}

/// What is left to do after a file of projects.
enum Left {
    /// Nothing but to print.
    Printed(String),
    /// Its votes are to be counted as ballots.
    Ballots(BallotFile),
}

fn print(text: &str) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| CommandError::Failed(error.to_string()))
}

fn tie_rule(args: &TallyArgs, seed: Option<&str>, rule: Option<&TieRule>) -> Result<TieRule, CommandError> {
    let seed = args.seed.as_deref().or(seed).unwrap_or_default();
    let code = args.tie_rule.as_deref().or(rule.map(TieRule::code)).unwrap_or("refuse");
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
        rounds: &outcome.rounds,
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
        out.push_str(&steps(texts, outcome));
        out.push_str(&texts.text("tally-reasons"));
        out.push('\n');
        for reason in &outcome.reasons {
            let values = reason.values(|id| id.0.clone());
            let _ = writeln!(out, "  {}. {}", reason.place(), texts.with(&reason.key(), &values));
        }
    }
    out
}

fn joined(ids: &[OptionId]) -> String {
    ids.iter().map(OptionId::as_str).collect::<Vec<_>>().join(", ")
}

/// Words who is elected, the rounds and the ties.
fn steps(texts: Texts, outcome: &Outcome) -> String {
    let mut lines = Vec::new();
    if let Some(elected) = &outcome.elected {
        lines.push(format!("{}: {}", texts.text("tally-elected"), joined(elected)));
    }
    if !outcome.rounds.is_empty() {
        lines.push(texts.text("tally-rounds"));
    }
    for round in &outcome.rounds {
        let counts: Vec<String> = round.counts.iter().map(|(id, votes)| format!("{id} {votes}")).collect();
        let exhausted = if round.exhausted.is_empty() { "0".to_owned() } else { round.exhausted.clone() };
        let values = [("number", round.number.to_string()), ("counts", counts.join(", ")), ("exhausted", exhausted)];
        let mut line = format!("  {}", texts.with("tally-round", &values));
        for (key, ids) in [("tally-round-elected", &round.elected), ("tally-round-eliminated", &round.eliminated)] {
            if !ids.is_empty() {
                line.push(' ');
                line.push_str(&texts.with(key, &[("options", joined(ids))]));
            }
        }
        lines.push(line);
    }
    if !outcome.ties.is_empty() {
        lines.push(texts.text("tally-ties"));
    }
    for tie in &outcome.ties {
        let step = tie.step.map_or("order", |step| step.kind.code());
        let fell: Vec<String> = tie.fell.iter().map(|tier| joined(tier).replace(", ", " = ")).collect();
        let values = [
            ("step", texts.code("tie-step", step)),
            ("place", tie.place.to_string()),
            ("between", joined(&tie.between)),
            ("fell", fell.join("; ")),
        ];
        lines.push(format!("  {}", texts.with("tally-tie", &values)));
    }
    lines.into_iter().map(|line| line + "\n").collect()
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
