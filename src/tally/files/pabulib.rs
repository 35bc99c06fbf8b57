//! Pabulib (S. Szufa and others, pabulib.org): `.pb`, participatory budgeting.
//!
//! Three sections, `META`, `PROJECTS` and `VOTES`, each with a line of column names; cells parted by semicolons. A vote
//! lists projects parted by commas: all are supported (approval), in order (ordinal), or with `points` (cumulative,
//! scoring), where a project with more points is preferred and one without positive points is not supported. Voters who
//! vote alike are kept together. The fingerprint is that of the bytes of the text.

use std::collections::BTreeMap;

use csv::StringRecord;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use sha2::{Digest, Sha256};

use super::super::ballot_file::BallotFileError;
use super::super::budgets::{Group, Instance, Project};
use super::super::exact::parse_exact;
use super::super::tie_rules::hexadecimal;

/// Sections in their order.
const SECTIONS: [&str; 3] = ["META", "PROJECTS", "VOTES"];

/// What a voter may write.
const KINDS: [&str; 4] = ["approval", "ordinal", "cumulative", "scoring"];

/// What has been read.
#[derive(Default)]
struct Sheet {
    meta: BTreeMap<String, (u64, String)>,
    columns: BTreeMap<String, usize>,
    projects: Vec<Project>,
    positions: BTreeMap<String, u32>,
    groups: BTreeMap<Vec<(u32, u32)>, u64>,
    voters: u64,
}

/// One row.
struct Row<'a> {
    columns: &'a BTreeMap<String, usize>,
    record: &'a StringRecord,
    line: u64,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default().trim()
    }

    fn refuse<T>(&self, column: &str, found: &str, accepted: &str) -> Result<T, BallotFileError> {
        Err(BallotFileError::new(self.line, column, found, accepted))
    }
}

/// Reads a file.
pub fn read(text: &str) -> Result<Instance, BallotFileError> {
    let reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let (mut section, mut is_header, mut last_line) = (0, false, 1);
    for record in reader.into_records() {
        let record = record.map_err(|error| {
            BallotFileError::new(
                error.position().map_or(last_line, csv::Position::line),
                "",
                &error.to_string(),
                "cells",
            )
        })?;
        let line = super::line_of(&record, text).unwrap_or(last_line);
        last_line = line;
        let first = record.get(0).unwrap_or_default().trim();
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let next = SECTIONS.get(section).is_some_and(|name| first.eq_ignore_ascii_case(name));
        if next && record.iter().skip(1).all(|cell| cell.trim().is_empty()) {
            (section, is_header) = (section + 1, true);
        } else if is_header {
            sheet.head(line, &record, section)?;
            is_header = false;
        } else {
            let columns = std::mem::take(&mut sheet.columns);
            sheet.add(&Row { columns: &columns, record: &record, line }, section)?;
            sheet.columns = columns;
        }
    }
    if section < SECTIONS.len() {
        let found = "the end of the file";
        return Err(BallotFileError::new(last_line, "", found, format!("a section {}", SECTIONS[section])));
    }
    sheet.finish(last_line, format!("sha256:{}", hexadecimal(&Sha256::digest(text))))
}

impl Sheet {
    fn head(&mut self, line: u64, record: &StringRecord, section: usize) -> Result<(), BallotFileError> {
        let places = record.iter().enumerate().map(|(place, name)| (name.trim().to_ascii_lowercase(), place));
        self.columns = places.collect();
        let required: &[&str] = match section {
            1 => &["key", "value"],
            2 => &["project_id", "cost"],
            _ => &["voter_id", "vote"],
        };
        match required.iter().find(|name| !self.columns.contains_key(**name)) {
            Some(name) => {
                let found = record.iter().collect::<Vec<_>>().join(";");
                Err(BallotFileError::new(line, name, &found, format!("columns with {}", required.join(", "))))
            }
            None => Ok(()),
        }
    }

    fn add(&mut self, row: &Row<'_>, section: usize) -> Result<(), BallotFileError> {
        match section {
            1 => {
                let (key, value) = (row.cell("key").to_ascii_lowercase(), row.cell("value"));
                if key == "vote_type" && !KINDS.contains(&value) {
                    return row.refuse("vote_type", value, "approval, ordinal, cumulative or scoring");
                }
                self.meta.insert(key, (row.line, value.to_owned()));
                Ok(())
            }
            2 => self.add_project(row),
            3 => self.add_vote(row),
            _ => row.refuse("", row.record.get(0).unwrap_or_default(), "META first"),
        }
    }

    fn add_project(&mut self, row: &Row<'_>) -> Result<(), BallotFileError> {
        let (id, cost) = (row.cell("project_id"), row.cell("cost"));
        if id.is_empty() || id.contains(',') || id.chars().any(char::is_control) {
            return row.refuse("project_id", id, "an id without commas, not empty");
        }
        let Some(cost) = parse_exact(cost).filter(|cost| !cost.is_negative()) else {
            return row.refuse("cost", cost, "a cost such as 1200 or 99.50, not below 0");
        };
        let position = u32::try_from(self.projects.len()).unwrap_or(u32::MAX);
        if self.positions.insert(id.to_owned(), position).is_some() {
            return row.refuse("project_id", id, "each project once");
        }
        self.projects.push(Project { id: id.to_owned(), name: row.cell("name").to_owned(), cost });
        Ok(())
    }

    fn add_vote(&mut self, row: &Row<'_>) -> Result<(), BallotFileError> {
        let kind = self.meta.get("vote_type").map_or("approval", |(_, kind)| kind.as_str());
        let vote = row.cell("vote");
        let mut choices: Vec<(u32, u32)> = Vec::new();
        for id in vote.split(',').map(str::trim).filter(|_| !vote.is_empty()) {
            let Some(project) = self.positions.get(id) else {
                return row.refuse("vote", id, "projects of the section PROJECTS, parted by commas");
            };
            let next = u32::try_from(choices.len() + 1).unwrap_or(u32::MAX);
            choices.push((*project, if kind == "ordinal" { next } else { 1 }));
        }
        if matches!(kind, "cumulative" | "scoring") {
            choices = by_points(row, &choices)?;
        }
        choices.sort_unstable();
        if let Some(pair) = choices.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let found = self.projects.get(pair[0].0 as usize).map_or("", |project| project.id.as_str());
            return row.refuse("vote", found, "each project once in a vote");
        }
        *self.groups.entry(choices).or_default() += 1;
        self.voters += 1;
        Ok(())
    }

    fn finish(self, last_line: u64, fingerprint: String) -> Result<Instance, BallotFileError> {
        let missing = (last_line, String::new());
        let (line, text) = self.meta.get("budget").unwrap_or(&missing);
        let Some(budget) = parse_exact(text).filter(|budget| !budget.is_negative()) else {
            return Err(BallotFileError::new(*line, "budget", text, "a budget such as 100000 or 99.50, not below 0"));
        };
        if self.projects.is_empty() {
            return Err(BallotFileError::new(last_line, "project_id", "no project", "at least one project"));
        }
        let description = self.meta.get("description").map(|(_, text)| text.clone()).filter(|text| !text.is_empty());
        let groups = self.groups.into_iter().map(|(choices, voters)| Group { choices, voters }).collect();
        Ok(Instance { description, projects: self.projects, budget, groups, voters: self.voters, fingerprint })
    }
}

/// Turns points into an order: more points are a smaller number, projects without positive points fall out.
fn by_points(row: &Row<'_>, choices: &[(u32, u32)]) -> Result<Vec<(u32, u32)>, BallotFileError> {
    let text = row.cell("points");
    let points: Vec<&str> = text.split(',').map(str::trim).filter(|_| !text.is_empty()).collect();
    if points.len() != choices.len() {
        return row.refuse("points", text, "one number for each project of the vote, parted by commas");
    }
    let mut read: Vec<BigRational> = Vec::new();
    for text in points {
        match parse_exact(text) {
            Some(points) => read.push(points),
            None => return row.refuse("points", text, "numbers such as 3 or 2.5"),
        }
    }
    let mut levels: Vec<&BigRational> = read.iter().filter(|points| **points > BigRational::zero()).collect();
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels.dedup();
    let level = |points: &BigRational| levels.iter().position(|level| *level == points);
    let ranked = choices.iter().zip(&read).filter_map(|((project, _), points)| {
        let level = u32::try_from(level(points)?).ok()?;
        Some((*project, level + 1))
    });
    Ok(ranked.collect())
}
