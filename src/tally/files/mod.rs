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
