//! The part of `speca tally` that chooses projects under a budget.

use std::fmt::Write as _;
use std::time::Instant;

use serde::Serialize;

use super::{Chosen, Format, Left, TallyArgs, VERSION, neutral, tie_rule};
use crate::cli::CommandError;
use crate::i18n::Texts;
use crate::tally::ballot_file::BallotFile;
use crate::tally::budgets::{BudgetMethod, BudgetOutcome, BudgetTie, Decision, Instance, choose};
use crate::tally::{TieRule, parse_exact};

/// The JSON output.
#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    file: String,
    fingerprint: &'a str,
    options: Vec<ReportProject<'a>>,
    ballots: u64,
    tie_rule: &'a TieRule,
    budget: String,
    results: Vec<ReportChoice<'a>>,
}

#[derive(Serialize)]
struct ReportProject<'a> {
    id: &'a str,
    name: &'a str,
    cost: String,
}

#[derive(Serialize)]
struct ReportChoice<'a> {
    method: BudgetMethod,
    selected: &'a [String],
    winners: &'a [String],
    cost: &'a str,
    budget: &'a str,
    share: Option<&'a str>,
    payments: Vec<&'a Decision>,
    decisions: &'a [Decision],
    ties: &'a [BudgetTie],
    seconds: f64,
}

/// Chooses projects, or hands the votes on as ballots where a ranking is asked for.
pub(super) fn run(args: &TallyArgs, mut instance: Instance) -> Result<Left, CommandError> {
    let name = args.file.display();
    if let Some(text) = &args.budget {
        let budget = parse_exact(text).filter(|budget| !num_traits::Signed::is_negative(budget));
        let wrong = || CommandError::Input(format!("budget `{text}`; accepted: an amount such as 100000 or 99.50"));
        instance.budget = budget.ok_or_else(wrong)?;
    }
    let is_ranking = |chosen: &Chosen| matches!(chosen, Chosen::One(_));
    if args.methods.iter().any(is_ranking) {
        if !args.methods.iter().all(is_ranking) {
            return Err(CommandError::Input("rankings and choices under a budget: one kind at a time".to_owned()));
        }
        return ballots(&instance).map(Left::Ballots).map_err(|error| CommandError::Input(format!("{name}: {error}")));
    }
    let rule = tie_rule(args, None, None)?;
    if rule.seed().is_some_and(str::is_empty) {
        return Err(CommandError::Input("the tie rule `lot` needs a seed: give --seed".to_owned()));
    }
    let is_asked = |method: &&BudgetMethod| {
        let asked = args.methods.contains(&Chosen::All) || args.methods.is_empty();
        asked || args.methods.contains(&Chosen::Budget(**method))
    };
    let mut counts = Vec::new();
    for method in BudgetMethod::ALL.iter().filter(is_asked) {
        let start = Instant::now();
        let outcome =
            choose(&instance, *method, &rule).map_err(|error| CommandError::Input(format!("{name}: {error}")))?;
        counts.push((outcome, start.elapsed().as_secs_f64()));
    }
    match args.format {
        Format::Table => Ok(Left::Printed(table(args, &instance, &rule, &counts))),
        Format::Json => json(args, &instance, &rule, &counts).map(Left::Printed),
        Format::Csv => csv(&instance, &counts).map(Left::Printed),
    }
}

fn ballots(instance: &Instance) -> Result<BallotFile, String> {
    if !instance.has_profile() {
        return Err("too many different votes to rank the projects".to_owned());
    }
    let profile = instance.profile().map_err(|error| error.to_string())?;
    Ok(BallotFile {
        ballot: instance.description.clone(),
        method: None,
        tie_rule: None,
        seed: None,
        profile,
        abstentions: Vec::new(),
        fingerprint: instance.fingerprint.clone(),
    })
}

fn json(
    args: &TallyArgs,
    instance: &Instance,
    tie_rule: &TieRule,
    counts: &[(BudgetOutcome, f64)],
) -> Result<String, CommandError> {
    let options = instance.projects.iter();
    let results = counts.iter().map(|(outcome, seconds)| ReportChoice {
        method: outcome.method,
        selected: &outcome.selected,
        winners: &outcome.selected,
        cost: &outcome.cost,
        budget: &outcome.budget,
        share: outcome.share.as_deref(),
        payments: outcome.decisions.iter().filter(|decision| !decision.payments.is_empty()).collect(),
        decisions: &outcome.decisions,
        ties: &outcome.ties,
        seconds: *seconds,
    });
    let report = Report {
        version: VERSION,
        file: args.file.display().to_string(),
        fingerprint: &instance.fingerprint,
        options: options.map(|p| ReportProject { id: &p.id, name: &p.name, cost: p.cost.to_string() }).collect(),
        ballots: instance.voters,
        tie_rule,
        budget: instance.budget.to_string(),
        results: results.collect(),
    };
    let text = serde_json::to_string_pretty(&report).map_err(|error| CommandError::Failed(error.to_string()))?;
    Ok(text + "\n")
}

fn name_of<'a>(instance: &'a Instance, id: &str) -> &'a str {
    instance.projects.iter().find(|project| project.id == id).map_or("", |project| project.name.as_str())
}

fn csv(instance: &Instance, counts: &[(BudgetOutcome, f64)]) -> Result<String, CommandError> {
    let failed = |error: &dyn std::fmt::Display| CommandError::Failed(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = ["method", "place", "option", "option_title", "taken", "why", "cost", "support"];
    writer.write_record(columns).map_err(|error| failed(&error))?;
    for (outcome, _) in counts {
        for (place, decision) in (1..).zip(&outcome.decisions) {
            let place = if decision.is_taken { place.to_string() } else { String::new() };
            let (id, name) = (neutral(&decision.project), neutral(name_of(instance, &decision.project)));
            let taken = if decision.is_taken { "yes" } else { "no" };
            let (why, support) = (decision.why.code(), decision.support.to_string());
            writer
                .write_record([outcome.method.code(), &place, &id, &name, taken, why, &decision.cost, &support])
                .map_err(|error| failed(&error))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

fn table(args: &TallyArgs, instance: &Instance, rule: &TieRule, counts: &[(BudgetOutcome, f64)]) -> String {
    let texts = Texts::of(args.lang);
    let mut out = String::new();
    let mut fact = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}: {value}", texts.text(key));
    };
    fact("tally-file", &args.file.display().to_string());
    fact("tally-fingerprint", &instance.fingerprint);
    fact("tally-ballots", &instance.voters.to_string());
    fact("tally-tie-rule", &texts.code("tie-rule", rule.code()));
    fact("tally-budget", &instance.budget.to_string());
    for (outcome, _) in counts {
        let _ = writeln!(out, "\n{}", texts.code("method", outcome.method));
        let _ = writeln!(out, "  {}: {}", texts.text("tally-cost"), outcome.cost);
        if let Some(share) = &outcome.share {
            let _ = writeln!(out, "  {}: {share}", texts.text("tally-share"));
        }
        for (number, decision) in (1..).zip(&outcome.decisions) {
            let values = [
                ("number", number.to_string()),
                ("project", decision.project.clone()),
                ("name", name_of(instance, &decision.project).to_owned()),
                ("cost", decision.cost.clone()),
                ("support", decision.support.to_string()),
                ("why", texts.code("budget-why", decision.why)),
            ];
            let key = if decision.is_taken { "tally-project-taken" } else { "tally-project-left" };
            let _ = writeln!(out, "  {}", texts.with(key, &values));
        }
        for tie in &outcome.ties {
            let rule = if tie.rule == "smaller-id" { "smaller-id" } else { rule.code() };
            let values = [
                ("between", tie.between.join(", ")),
                ("first", tie.first.clone()),
                ("rule", texts.code("tie-rule", rule)),
            ];
            let _ = writeln!(out, "  {}", texts.with("tally-project-tie", &values));
        }
    }
    out
}
