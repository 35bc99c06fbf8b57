//! Our own ballot file: what `speca export ballots` writes of one closed ballot, and what recounts it.
//!
//! CSV with a header, UTF-8 with or without BOM, comma, semicolon or tab; one row per delegation and option. Columns in
//! any order, others are ignored:
//!
//! | column | holds |
//! |--|--|
//! | `delegation` | code of the delegation (required) |
//! | `kind` | `ranked` or `abstain` (required) |
//! | `option` | reference of the option (required; empty in the one row of an abstention) |
//! | `priority` | 1 is the best, at most `levels`; empty is unranked (required) |
//! | `option_title` | name of the option |
//! | `review_score` | its exact review score (`7/2` or `3.5`), empty for none |
//! | `weight` | how often the ballot counts, 1 when empty |
//! | `ballot`, `method`, `tie_rule`, `seed`, `levels` | name and rules of the ballot, the same in every row, or empty |
//!
//! Where all abstain there are no options: such a file is read as well, and its count has no places.
//!
//! The fingerprint is `sha256:` and the SHA-256 of the canonical form, so the order of rows and the texts beside the
//! ballots do not matter. Canonical form, fields parted by tabs, each line ended by a line feed: `speca-ballots` `1`;
//! `levels` P; then by id `option` ID; then by label `ballot` LABEL WEIGHT and the priorities in the order of the
//! options, `-` for unranked; then by label `abstain` LABEL.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use sha2::{Digest, Sha256};

use super::exact::parse_exact;
use super::methods::Method;
use super::profile::{Ballot, BallotOption, Profile, ProfileError};
use super::tie_rules::{TieRule, hexadecimal};
use crate::kernel::code::Code;

/// A ballot as read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotFile {
    /// Name of the ballot, if the file gives it.
    pub ballot: Option<String>,
    /// Its method, if the file gives it.
    pub method: Option<Method>,
    /// Its tie rule, if the file gives it.
    pub tie_rule: Option<TieRule>,
    /// The seed of its lots, if the file gives it.
    pub seed: Option<String>,
    /// Options and ballots.
    pub profile: Profile,
    /// Labels of those who abstained, in order.
    pub abstentions: Vec<String>,
    /// Fingerprint of the canonical form.
    pub fingerprint: String,
}

/// What is wrong in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column `{column}`: found `{found}`; accepted: {accepted}")]
pub struct BallotFileError {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column, empty when the line as a whole is meant.
    pub column: String,
    /// What was found, shortened.
    pub found: String,
    /// What is accepted.
    pub accepted: String,
}

impl BallotFileError {
    pub(super) fn new(line: u64, column: &str, found: &str, accepted: impl Into<String>) -> Self {
        let is_long = found.chars().count() > 80;
        let found = if is_long { found.chars().take(80).chain(['…']).collect() } else { found.to_owned() };
        Self { line, column: column.to_owned(), found, accepted: accepted.into() }
    }
}

/// Returns the fingerprint of ballots and abstentions.
pub fn fingerprint(profile: &Profile, abstentions: &[String]) -> String {
    format!("sha256:{}", hexadecimal(&Sha256::digest(canonical_form(profile, abstentions))))
}

/// Returns the canonical form of ballots and abstentions, as described above.
pub fn canonical_form(profile: &Profile, abstentions: &[String]) -> String {
    let mut lines = vec!["speca-ballots\t1".to_owned(), format!("levels\t{}", profile.levels())];
    lines.extend(profile.options().iter().map(|option| format!("option\t{}", option.id)));
    for ballot in profile.ballots() {
        let text = |priority: &Option<u32>| priority.map_or_else(|| "-".to_owned(), |priority| priority.to_string());
        let priorities: Vec<String> = ballot.priorities.iter().map(text).collect();
        lines.push(format!("ballot\t{}\t{}\t{}", ballot.label, ballot.weight, priorities.join("\t")));
    }
    let abstentions: BTreeSet<&String> = abstentions.iter().collect();
    lines.extend(abstentions.iter().map(|label| format!("abstain\t{label}")));
    lines.push(String::new());
    lines.join("\n")
}

/// Reads a ballot file.
pub fn read_ballots(bytes: &[u8]) -> Result<BallotFile, BallotFileError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = super::files::utf8(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = records.next().transpose().map_err(|error| unreadable(&error))?.unwrap_or_default();
    let columns = Columns::of(&header)?;
    let mut sheet = Sheet::default();
    let mut last_line = 1;
    for record in records {
        let record = record.map_err(|error| unreadable(&error))?;
        let line = super::files::line_of(&record, text).unwrap_or(last_line);
        last_line = line;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != header.len() {
            let accepted = format!("{} cells, as in the header", header.len());
            return Err(BallotFileError::new(line, "", &format!("{} cells", record.len()), accepted));
        }
        sheet.add(&Row { columns: &columns, record: &record, line })?;
    }
    super::files::check_cells(last_line, sheet.options.len(), sheet.ballots.len(), text.len())?;
    sheet.finish(last_line)
}

fn unreadable(error: &csv::Error) -> BallotFileError {
    let line = error.position().map_or(1, csv::Position::line);
    BallotFileError::new(line, "", &error.to_string(), "CSV")
}

/// Returns the delimiter that the header holds most of; the comma when none.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let number = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| number(*delimiter)).unwrap_or(b',')
}

const REQUIRED: [&str; 4] = ["delegation", "kind", "option", "priority"];
const KNOWN: [&str; 8] = ["ballot", "method", "tie_rule", "seed", "levels", "option_title", "review_score", "weight"];

/// Where each known column stands.
struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, BallotFileError> {
        let mut places = BTreeMap::new();
        for (place, cell) in header.iter().enumerate() {
            let name = cell.trim();
            let Some(known) = REQUIRED.iter().chain(&KNOWN).find(|known| **known == name) else { continue };
            if places.insert(*known, place).is_some() {
                return Err(BallotFileError::new(1, known, known, "each column once"));
            }
        }
        for name in REQUIRED {
            if !places.contains_key(name) {
                let found = header.iter().collect::<Vec<_>>().join(",");
                let accepted = format!("a header with the columns {}", REQUIRED.join(", "));
                return Err(BallotFileError::new(1, name, &found, accepted));
            }
        }
        Ok(Self(places))
    }
}

/// One row, read by the name of the column.
struct Row<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
    line: u64,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        self.columns.0.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default().trim()
    }

    fn refuse(&self, column: &str, accepted: impl Into<String>) -> BallotFileError {
        BallotFileError::new(self.line, column, self.cell(column), accepted)
    }

    /// Reads a whole number from 1; nothing when the cell is empty.
    fn number<N: std::str::FromStr + PartialOrd + From<u8>>(&self, column: &str) -> Result<Option<N>, BallotFileError> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let number: Option<N> = if cell.starts_with('+') { None } else { cell.parse().ok() };
        match number.filter(|number| *number >= N::from(1)) {
            Some(number) => Ok(Some(number)),
            None => Err(self.refuse(column, "a whole number from 1, or nothing")),
        }
    }

    /// Reads an id: not empty, no control character.
    fn id(&self, column: &str) -> Result<String, BallotFileError> {
        let cell = self.cell(column);
        let is_id = !cell.is_empty() && !cell.chars().any(char::is_control);
        if is_id { Ok(cell.to_owned()) } else { Err(self.refuse(column, "a code, not empty, on one line")) }
    }
}

/// What the rows read so far say.
#[derive(Default)]
struct Sheet {
    rules: BTreeMap<&'static str, String>,
    levels: Option<u32>,
    method: Option<Method>,
    options: BTreeMap<String, BallotOption>,
    ballots: BTreeMap<String, (u64, BTreeMap<String, Option<u32>>)>,
    abstentions: BTreeSet<String>,
    greatest: Option<Greatest>,
}

/// The greatest priority and the line that gives it.
struct Greatest {
    priority: u32,
    line: u64,
}

impl Sheet {
    fn add(&mut self, row: &Row<'_>) -> Result<(), BallotFileError> {
        self.add_rules(row)?;
        let delegation = row.id("delegation")?;
        match row.cell("kind") {
            "abstain" => self.add_abstention(row, delegation),
            "ranked" => self.add_priority(row, delegation),
            _ => Err(row.refuse("kind", "`ranked` or `abstain`")),
        }
    }

    fn add_rules(&mut self, row: &Row<'_>) -> Result<(), BallotFileError> {
        for column in ["ballot", "method", "tie_rule", "seed", "levels"] {
            let cell = row.cell(column);
            if cell.is_empty() {
                continue;
            }
            match self.rules.get(column) {
                Some(known) if known != cell => {
                    return Err(row.refuse(column, format!("`{known}`, as in the rows above")));
                }
                Some(_) => continue,
                None => {}
            }
            match column {
                "method" => {
                    let codes = || Method::ALL.iter().copied().map(Method::code).collect::<Vec<_>>().join(", ");
                    self.method = Some(Method::from_code(cell).ok_or_else(|| row.refuse(column, codes()))?);
                }
                "tie_rule" if !TieRule::CODES.contains(&cell) => {
                    return Err(row.refuse(column, TieRule::CODES.join(", ")));
                }
                "levels" => self.levels = row.number(column)?,
                _ => {}
            }
            self.rules.insert(column, cell.to_owned());
        }
        Ok(())
    }

    fn add_abstention(&mut self, row: &Row<'_>, delegation: String) -> Result<(), BallotFileError> {
        for column in ["option", "priority"] {
            if !row.cell(column).is_empty() {
                return Err(row.refuse(column, "nothing, as the delegation abstains"));
            }
        }
        if self.ballots.contains_key(&delegation) || !self.abstentions.insert(delegation) {
            return Err(row.refuse("delegation", "a delegation that has no other row, as it abstains"));
        }
        Ok(())
    }

    fn add_priority(&mut self, row: &Row<'_>, delegation: String) -> Result<(), BallotFileError> {
        if self.abstentions.contains(&delegation) {
            return Err(row.refuse("delegation", "a delegation that does not abstain in a row above"));
        }
        let id = row.id("option")?;
        self.add_option(row, &id)?;
        let weight = row.number::<u64>("weight")?.unwrap_or(1);
        let priority = row.number::<u32>("priority")?;
        if let Some(priority) = priority
            && self.greatest.as_ref().is_none_or(|greatest| priority > greatest.priority)
        {
            self.greatest = Some(Greatest { priority, line: row.line });
        }
        let (known, priorities) = self.ballots.entry(delegation).or_insert_with(|| (weight, BTreeMap::new()));
        if *known != weight {
            return Err(row.refuse("weight", format!("{known}, as in the rows above of this delegation")));
        }
        if priorities.insert(id, priority).is_some() {
            return Err(row.refuse("option", "each option once for a delegation"));
        }
        Ok(())
    }

    fn add_option(&mut self, row: &Row<'_>, id: &str) -> Result<(), BallotFileError> {
        let (name, score) = (row.cell("option_title"), row.cell("review_score"));
        let review_score = parse_exact(score);
        if review_score.is_none() && !score.is_empty() {
            return Err(row.refuse("review_score", "a number such as 3.5 or 7/2, or nothing"));
        }
        let option = self
            .options
            .entry(id.to_owned())
            .or_insert_with(|| BallotOption { review_score: review_score.clone(), ..BallotOption::plain(id, name) });
        if option.name != name {
            return Err(row.refuse("option_title", format!("`{}`, as in the rows above", option.name)));
        }
        if option.review_score != review_score {
            return Err(row.refuse("review_score", "the same score in every row of the option"));
        }
        Ok(())
    }

    fn finish(self, last_line: u64) -> Result<BallotFile, BallotFileError> {
        if let (Some(levels), Some(greatest)) = (self.levels, &self.greatest)
            && greatest.priority > levels
        {
            let accepted = format!("1 to {levels}, the levels of the ballot, or nothing");
            return Err(BallotFileError::new(greatest.line, "priority", &greatest.priority.to_string(), accepted));
        }
        let ids: Vec<String> = self.options.keys().cloned().collect();
        let ballots = self.ballots.into_iter().map(|(label, (weight, priorities))| {
            let priorities = ids.iter().map(|id| priorities.get(id).copied().flatten()).collect();
            Ballot { label, weight, priorities }
        });
        let profile = if ids.is_empty() && !self.abstentions.is_empty() {
            Profile::of_nothing()
        } else {
            Profile::new(self.options.into_values().collect(), ballots.collect(), self.levels)
                .map_err(|error| at_the_end(&error, last_line))?
        };
        let abstentions: Vec<String> = self.abstentions.into_iter().collect();
        let fingerprint = fingerprint(&profile, &abstentions);
        let seed = self.rules.get("seed").cloned();
        let tie_rule = self.rules.get("tie_rule");
        let tie_rule = tie_rule.and_then(|code| TieRule::from_code(code, seed.as_deref().unwrap_or_default()));
        let ballot = self.rules.get("ballot").cloned();
        Ok(BallotFile { ballot, method: self.method, tie_rule, seed, profile, abstentions, fingerprint })
    }
}

/// Words what only shows when all rows are read.
fn at_the_end(error: &ProfileError, last_line: u64) -> BallotFileError {
    let (column, accepted) = match error {
        ProfileError::NoOptions => ("option", "at least one row with `ranked` and an option"),
        ProfileError::Levels(_) => ("levels", "1 to 100000"),
        ProfileError::Priority { .. } => ("priority", "1 to the levels of the ballot"),
        ProfileError::WeightTooLarge => ("weight", "weights that together stay below 2 to the 64th"),
        ProfileError::NoWeight(_) => ("weight", "a whole number from 1"),
        ProfileError::BadId(_)
        | ProfileError::OptionTwice(_)
        | ProfileError::BallotTwice(_)
        | ProfileError::Length { .. } => ("", "options and ballots that fit together"),
    };
    BallotFileError::new(last_line, column, &error.to_string(), accepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
ballot,method,tie_rule,seed,levels,delegation,kind,option,option_title,priority
B-1,borda,lot,xyz,5,KAZ,ranked,PA-1,\"One, or another\",1
B-1,borda,lot,xyz,5,KAZ,ranked,PA-2,Two,
B-1,borda,lot,xyz,5,AFG,abstain,,,
B-1,borda,lot,xyz,5,KGZ,ranked,PA-2,Two,2
B-1,borda,lot,xyz,5,KGZ,ranked,PA-1,\"One, or another\",2
";

    fn read(text: &str) -> Result<BallotFile, BallotFileError> {
        read_ballots(text.as_bytes())
    }

    #[test]
    fn a_file_is_read_with_its_rules() {
        let file = read(FILE).unwrap();
        assert_eq!((file.ballot.as_deref(), file.method), (Some("B-1"), Some(Method::Borda)));
        assert_eq!(file.tie_rule, Some(TieRule::Lot { seed: "xyz".into() }));
        assert_eq!(file.abstentions, ["AFG"]);
        assert_eq!(file.profile.options()[0].name, "One, or another");
        assert_eq!(
            canonical_form(&file.profile, &file.abstentions),
            "speca-ballots\t1\nlevels\t5\noption\tPA-1\noption\tPA-2\nballot\tKAZ\t1\t1\t-\nballot\tKGZ\t1\t2\t2\nabstain\tAFG\n"
        );
    }

    #[test]
    fn form_and_order_of_rows_and_columns_leave_the_fingerprint() {
        let expected = read(FILE).unwrap().fingerprint;
        let mut lines: Vec<&str> = FILE.lines().collect();
        lines[1..].reverse();
        let semicolons = "priority;option;note;kind;delegation;levels\r\n1;PA-1;x;ranked;KAZ;5\r\n;;x;abstain;AFG;\r\n\
                          2;PA-2;;ranked;KGZ;5\r\n2;PA-1;;ranked;KGZ;\r\n";
        for text in [format!("\u{feff}{FILE}"), lines.join("\n"), FILE.replace('\n', "\r\n"), semicolons.to_owned()] {
            assert_eq!(read(&text).map(|file| file.fingerprint).as_ref(), Ok(&expected), "{text}");
        }
        assert_ne!(read(&FILE.replace(",2\n", ",3\n")).unwrap().fingerprint, expected);
    }

    #[test]
    fn errors_name_line_column_what_was_found_and_what_is_accepted() {
        let long = "x".repeat(1000);
        for (from, to, line, column) in [
            ("delegation,", "delegations,", 1, "delegation"),
            ("seed,", "kind,", 1, "kind"),
            ("ranked,PA-1,\"One", "graded,PA-1,\"One", 2, "kind"),
            ("KAZ,ranked,PA-2,Two,", "KAZ,ranked,PA-1,\"One, or another\",", 3, "option"),
            ("KAZ,ranked,PA-2,Two,", "KAZ,ranked,,Two,", 3, "option"),
            ("KAZ,ranked,PA-2,Two,", "KAZ,ranked,PA-2,2,", 5, "option_title"),
            ("KGZ,ranked,PA-2,Two,2", "KGZ,ranked,PA-2,Two,6", 5, "priority"),
            ("KGZ,ranked,PA-2,Two,2", "KGZ,ranked,PA-2,Two,0", 5, "priority"),
            ("KGZ,ranked,PA-2,Two,2", "KGZ,ranked,PA-2,Two,first", 5, "priority"),
            ("KGZ,ranked,PA-2,Two,2", "KGZ,ranked,PA-2,Two", 5, ""),
            ("KGZ,ranked,PA-2,Two,2", "AFG,ranked,PA-2,Two,2", 5, "delegation"),
            ("AFG,abstain", "KAZ,abstain", 4, "delegation"),
            ("AFG,abstain,,,", "AFG,abstain,PA-1,,", 4, "option"),
            ("B-1,borda,lot,xyz,5,KGZ,ranked,PA-2", "B-2,borda,lot,xyz,5,KGZ,ranked,PA-2", 5, "ballot"),
            ("borda", "bordas", 2, "method"),
            ("borda,lot", "borda,coin", 2, "tie_rule"),
            (",5,KAZ", ",five,KAZ", 2, "levels"),
            ("KAZ,ranked,PA-2", &*format!("KAZ,{long},PA-2"), 3, "kind"),
        ] {
            let error = read(&FILE.replacen(from, to, 1)).expect_err(to);
            assert_eq!((error.line, error.column.as_str()), (line, column), "{to}: {error}");
            assert!(error.to_string().len() < 400, "{error}");
        }
        assert_eq!(read("").unwrap_err().line, 1);
        assert_eq!(read("delegation,kind,option,priority\n").unwrap_err().column, "option");
        assert_eq!(read_ballots(b"delegation,kind,option,priority\nK\xFF,abstain,,\n").unwrap_err().line, 2);
    }

    #[test]
    fn all_may_abstain() {
        let file = read("delegation,kind,option,priority\nKAZ,abstain,,\nAFG,abstain,,\n").unwrap();
        assert_eq!((file.abstentions.as_slice(), file.profile.options().len()), (&["AFG".into(), "KAZ".into()][..], 0));
        for method in Method::ALL {
            let outcome = super::super::count(&file.profile, *method, &TieRule::Refuse).unwrap();
            assert!(outcome.order.is_empty() && outcome.winners().is_empty() && outcome.reasons.is_empty(), "{method}");
        }
    }

    #[test]
    fn empty_lines_are_counted() {
        for end in ["\n", "\r\n"] {
            let text = FILE.replacen("AFG,abstain", "AFG,abstains", 1).replace('\n', &format!("{end}{end} {end}"));
            let error = read(&text).unwrap_err();
            assert_eq!((error.line, error.found.as_str()), (10, "abstains"), "{text}");
        }
    }

    #[test]
    fn what_was_found_is_shown_up_to_80_characters() {
        let found = |number: usize| BallotFileError::new(1, "", &"ж".repeat(number), "").found;
        assert_eq!((found(80), found(81)), ("ж".repeat(80), format!("{}…", "ж".repeat(80))));
    }
}
