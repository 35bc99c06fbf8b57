//! `speca verify`: whether the audit trail is whole, and the attached files with it.

use clap::Args;

use super::{CommandError, DatabaseArgs};
use crate::audit::{self, Verdict};
use crate::db::StoreError;
use crate::depot::{self, Depot};
use crate::submissions::attachments::operations::carrying::Carrier;
use crate::submissions::attachments::operations::keeping::compare;

/// What `verify` takes.
#[derive(Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Digest of a last line noted earlier; the trail must still hold that line
    #[arg(long, value_name = "DIGEST")]
    noted: Option<String>,
}

/// Checks the chain, and that it still holds a line noted earlier.
pub fn run(args: &VerifyArgs) -> Result<(), CommandError> {
    let (db, config) = args.database.open_with_settings()?;
    let noted = args.noted.clone().map(|noted| noted.trim().to_lowercase());
    let (verdict, holds) = db.read_here(|conn| -> Result<_, StoreError> {
        let holds = noted.as_deref().map_or(Ok(true), |noted| audit::holds(conn, noted))?;
        Ok((audit::verify(conn)?, holds))
    })?;
    match verdict {
        Verdict::Broken { position } => {
            Err(CommandError::Failed(format!("the audit trail is broken: line {position} is missing or was changed")))
        }
        Verdict::Whole { lines, .. } if !holds => Err(CommandError::Failed(format!(
            "the audit trail is broken: none of its {lines} lines has the digest noted"
        ))),
        Verdict::Whole { lines, last_digest } => {
            println!("the audit trail is whole: {lines} lines, last digest {last_digest}");
            files(&Carrier { db, depot: Depot::at(&config.attachments) })
        }
    }
}

/// Compares the attached files with their rows, and names what does not fit.
fn files(carrier: &Carrier) -> Result<(), CommandError> {
    let compared = depot::wait(compare(carrier)).map_err(|error| CommandError::Failed(error.to_string()))?;
    let faults = [
        ("missing from the store", &compared.missing),
        ("changed since it was attached", &compared.changed),
        ("in the store without a row", &compared.orphaned),
    ];
    for (what, names) in faults {
        for name in names {
            eprintln!("attached file {what}: {name}");
        }
    }
    let count: usize = faults.iter().map(|(_, names)| names.len()).sum();
    if count > 0 {
        return Err(CommandError::Failed(format!(
            "{count} attached files and rows do not fit together: bring files back from a backup, or take the rows out"
        )));
    }
    println!("the attached files are whole: {}", compared.whole);
    Ok(())
}
