//! Writes a ballot in the forms of other programs, so that any of them can recount it.

use std::fmt::Write as _;

use super::super::ballot_file::BallotFile;
use super::super::profile::{Ballot, Profile};

/// Most voters that are written one by one.
const VOTERS_MAX: u64 = 1_000_000;

/// Writes PrefLib: `.toc` when every ballot ranks every option, else `.toi`. Options get the numbers 1 to n in the order
/// of their ids; tiers stay, gaps between priorities do not. A ballot that ranks nothing is `{}`.
pub fn write_preflib(title: &str, profile: &Profile) -> String {
    let is_complete = profile.ballots().iter().all(|ballot| ballot.priorities.iter().all(Option::is_some));
    let mut out = preflib_head(title, profile, if is_complete { "toc" } else { "toi" });
    for ballot in profile.ballots() {
        let tiers: Vec<String> = ranked_tiers(ballot).iter().map(|tier| braced(tier)).collect();
        let order = if tiers.is_empty() { "{}".to_owned() } else { tiers.join(",") };
        let _ = writeln!(out, "{}: {order}", ballot.weight);
    }
    out
}

/// Writes PrefLib `.cat`: each level of priority is a category, the first one the best, so that nothing of what methods of
/// grades and points read is lost. An option that a ballot does not rank stands in none.
pub fn write_preflib_categories(title: &str, profile: &Profile) -> String {
    let mut out = preflib_head(title, profile, "cat");
    let _ = writeln!(out, "# NUMBER CATEGORIES: {}", profile.levels());
    for level in 1..=profile.levels() {
        let _ = writeln!(out, "# CATEGORY NAME {level}: Priority {level}");
    }
    for ballot in profile.ballots() {
        let at =
            |level: u32| (0..ballot.priorities.len()).filter(move |option| ballot.priorities[*option] == Some(level));
        let categories: Vec<String> =
            (1..=profile.levels()).map(|level| braced(&at(level).collect::<Vec<_>>())).collect();
        let _ = writeln!(out, "{}: {}", ballot.weight, categories.join(","));
    }
    out
}

/// Returns the lines at the top. Options get the numbers 1 to n in the order of their ids.
fn preflib_head(title: &str, profile: &Profile, kind: &str) -> String {
    let one_line = |text: &str| text.replace(char::is_control, " ");
    let mut out = format!(
        "# TITLE: {}\n# DATA TYPE: {kind}\n# NUMBER ALTERNATIVES: {}\n# NUMBER VOTERS: {}\n",
        one_line(title),
        profile.options().len(),
        profile.weight()
    );
    for (number, option) in (1..).zip(profile.options()) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# ALTERNATIVE NAME {number}: {} {}", option.id, one_line(&option.name));
    }
    out
}

fn ranked_tiers(ballot: &Ballot) -> Vec<Vec<usize>> {
    ballot.tiers().into_iter().filter(|tier| ballot.priorities[tier[0]].is_some()).collect()
}

fn braced(tier: &[usize]) -> String {
    let ids: Vec<String> = tier.iter().map(|position| (position + 1).to_string()).collect();
    if ids.len() == 1 { ids.concat() } else { format!("{{{}}}", ids.join(",")) }
}

/// Writes Pabulib with points (`scoring`): a priority earns the levels below it and its own. Every option costs 1 and the
/// budget is their number, as a ballot knows no costs. Nothing when a million voters would not be enough.
pub fn write_pabulib(title: &str, profile: &Profile) -> Option<String> {
    if profile.weight() > VOTERS_MAX {
        return None;
    }
    let cell = |text: &str| {
        let text = text.replace(char::is_control, " ");
        if text.contains([';', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let size = profile.options().len();
    let mut out = format!(
        "META\nkey;value\ndescription;{}\nbudget;{size}\nvote_type;scoring\nnum_projects;{size}\nnum_votes;{}\n\
         PROJECTS\nproject_id;cost;name\n",
        cell(title),
        profile.weight()
    );
    for option in profile.options() {
        let _ = writeln!(out, "{};1;{}", cell(&option.id.0.replace(',', " ")), cell(&option.name));
    }
    out.push_str("VOTES\nvoter_id;vote;points\n");
    let mut voter = 0_u64;
    for ballot in profile.ballots() {
        let ranked = profile.options().iter().zip(&ballot.priorities);
        let ranked: Vec<(String, u32)> = ranked
            .filter_map(|(option, priority)| Some((option.id.0.replace(',', " "), profile.levels() + 1 - (*priority)?)))
            .collect();
        let ids: Vec<&str> = ranked.iter().map(|(id, _)| id.as_str()).collect();
        let points: Vec<String> = ranked.iter().map(|(_, points)| points.to_string()).collect();
        for _ in 0..ballot.weight {
            voter += 1;
            let _ = writeln!(out, "{voter};{};{}", cell(&ids.join(",")), points.join(","));
        }
    }
    Some(out)
}

/// Writes our own form.
pub fn write_csv(file: &BallotFile) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut columns = vec!["ballot", "method", "tie_rule", "seed", "levels", "delegation", "kind", "weight"];
    columns.extend(["option", "option_title", "review_score", "priority"]);
    writer.write_record(columns)?;
    let (ballot, seed) = (file.ballot.as_deref().unwrap_or_default(), file.seed.as_deref().unwrap_or_default());
    let method = file.method.map_or("", super::super::Method::code);
    let tie_rule = file.tie_rule.as_ref().map_or("", super::super::TieRule::code);
    let levels = file.profile.levels().to_string();
    let rules = [ballot, method, tie_rule, seed, &levels];
    for paper in file.profile.ballots() {
        for (option, priority) in file.profile.options().iter().zip(&paper.priorities) {
            let score = option.review_score.as_ref().map(ToString::to_string).unwrap_or_default();
            let (weight, priority) = (paper.weight.to_string(), priority.map(|p| p.to_string()).unwrap_or_default());
            let cells = [&paper.label, "ranked", &weight, option.id.as_str(), &option.name, &score, &priority];
            writer.write_record(rules.iter().chain(&cells))?;
        }
    }
    for label in &file.abstentions {
        writer.write_record(rules.iter().chain(&[label.as_str(), "abstain", "", "", "", "", ""]))?;
    }
    let bytes = writer.into_inner().map_err(|error| std::io::Error::new(error.error().kind(), error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
