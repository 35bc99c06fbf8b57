//! Files of ballots: our own CSV, PrefLib and Pabulib, recognised by their content.
//!
//! A file that begins with `#` is PrefLib, one whose first line is `META` is Pabulib, everything else is read as our own
//! CSV. What is wrong in a file is said with its line, what was found and what is accepted. A profile holds one cell for
//! each option and ballot: files that would need far more cells than they have bytes are refused, as are more than
//! [`OPTIONS_MAX`] options, whose comparison has as many cells again squared. So memory stays bounded by the file.

pub mod pabulib;
pub mod preflib;
mod writing;

pub use writing::{write_csv, write_pabulib, write_preflib, write_preflib_categories};

use csv::StringRecord;

use super::ballot_file::{BallotFile, BallotFileError, read_ballots};
use super::budgets::Instance;
use super::profile::{Ballot, BallotOption, Profile, ProfileError};

/// Most cells (options times ballots) of a profile read from a file.
pub const CELLS_MAX: usize = 40_000_000;

/// Cells that any file may need, however short it is.
const CELLS_ALWAYS: usize = 2_000_000;

/// Cells that a file may need for each of its bytes.
const CELLS_PER_BYTE: usize = 32;

/// Most options of ballots read from a file.
pub const OPTIONS_MAX: usize = 2_000;

/// A file of one of the forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoteFile {
    /// Ballots that are ranked.
    Ballots(BallotFile),
    /// Projects under a budget.
    Budget(Box<Instance>),
}

/// Reads a file of any of the forms.
pub fn read(bytes: &[u8]) -> Result<VoteFile, BallotFileError> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = &start[start.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(start.len())..];
    if head.starts_with(b"#") {
        preflib::read(utf8(start)?).map(VoteFile::Ballots)
    } else if head.len() >= 4 && head[..4].eq_ignore_ascii_case(b"META") {
        pabulib::read(utf8(start)?).map(|instance| VoteFile::Budget(Box::new(instance)))
    } else {
        read_ballots(bytes).map(VoteFile::Ballots)
    }
}

/// Reads a text or says where it is none.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, BallotFileError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().fold(1, |line, byte| line + u64::from(*byte == b'\n'));
        let found = format!("byte {:02X}", bytes[error.valid_up_to()]);
        BallotFileError::new(line, "", &found, "UTF-8 text")
    })
}

/// Refuses a file whose profile would not fit, or not be in proportion to its bytes.
pub(super) fn check_cells(line: u64, options: usize, ballots: usize, bytes: usize) -> Result<(), BallotFileError> {
    if options > OPTIONS_MAX {
        let found = format!("{options} options");
        return Err(BallotFileError::new(line, "", &found, format!("at most {OPTIONS_MAX} options")));
    }
    let most = bytes.saturating_mul(CELLS_PER_BYTE).clamp(CELLS_ALWAYS, CELLS_MAX);
    if options.saturating_mul(ballots) <= most {
        return Ok(());
    }
    let found = format!("{ballots} ballots of {options} options");
    Err(BallotFileError::new(line, "", &found, format!("at most {most} ballots times options in {bytes} bytes")))
}

/// Returns the line on which a record begins: the reader of CSV counts from before the empty lines that it passes over.
pub(super) fn line_of(record: &StringRecord, text: &str) -> Option<u64> {
    let position = record.position()?;
    let rest = text.as_bytes().get(usize::try_from(position.byte()).ok()?..)?;
    let passed = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    Some(passed.fold(position.line(), |line, byte| line + u64::from(*byte == b'\n')))
}

/// Makes a profile of what was read up to a line.
fn profile(
    line: u64,
    options: Vec<BallotOption>,
    ballots: Vec<Ballot>,
    levels: Option<u32>,
) -> Result<Profile, BallotFileError> {
    Profile::new(options, ballots, levels).map_err(|error| {
        let accepted = match error {
            ProfileError::NoOptions => "at least one option",
            ProfileError::Levels(_) => "1 to 100000 tiers or categories",
            ProfileError::WeightTooLarge => "numbers of ballots that together stay below 2 to the 64th",
            ProfileError::BadId(_) => "ids that are not empty and stand on one line",
            _ => "options and ballots that fit together",
        };
        BallotFileError::new(line, "", &error.to_string(), accepted)
    })
}

/// Returns the label of the ballot at a position, from 0: digits enough that labels sort by position.
fn label(position: usize) -> String {
    format!("{:08}", position + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_need_far_more_cells_than_they_have_bytes_are_refused() {
        let is_taken = |options, ballots, bytes| check_cells(1, options, ballots, bytes).is_ok();
        assert!(is_taken(OPTIONS_MAX, 1_000, 0) && !is_taken(OPTIONS_MAX + 1, 0, usize::MAX));
        assert!(!is_taken(OPTIONS_MAX, 1_001, 0), "more than small files may need");
        assert!(is_taken(OPTIONS_MAX, 1_600, 100_000) && !is_taken(OPTIONS_MAX, 1_601, 100_000));
        assert!(is_taken(OPTIONS_MAX, 20_000, usize::MAX) && !is_taken(OPTIONS_MAX, 20_001, usize::MAX));
        let error = check_cells(7, 2, 2_000_000, 0).unwrap_err();
        assert_eq!((error.line, error.found.as_str()), (7, "2000000 ballots of 2 options"));
    }

    #[test]
    fn a_file_is_known_by_its_first_characters() {
        let kind = |bytes: &[u8]| match read(bytes) {
            Ok(VoteFile::Ballots(file)) => format!("{} ballots", file.profile.ballots().len()),
            Ok(VoteFile::Budget(instance)) => format!("{} projects", instance.projects.len()),
            Err(error) => error.column,
        };
        let (preflib, own) =
            ("\n # NUMBER ALTERNATIVES: 2\n1: 2\n", "delegation,kind,option,priority\nKAZ,ranked,a,1\n");
        let pabulib = "\n meta\nkey;value\nbudget;1\nPROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;vote\n";
        for (text, found) in
            [(preflib, "1 ballots"), (own, "1 ballots"), (pabulib, "1 projects"), ("met", "delegation")]
        {
            assert_eq!(kind(text.as_bytes()), found, "{text}");
            assert_eq!(kind(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), found, "{text}");
        }
        let error = read(b"META\nkey;value\n\nbudget;\xFF\n").unwrap_err();
        assert_eq!((error.line, error.found.as_str()), (4, "byte FF"));
    }
}
