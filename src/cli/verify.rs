//! `speca verify`: whether the audit trail is whole.

use clap::Args;

use super::{CommandError, DatabaseArgs};
use crate::audit::{self, Verdict};
use crate::db::StoreError;

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
    let db = args.database.open()?;
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
            Ok(())
        }
    }
}
