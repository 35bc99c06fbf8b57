//! `speca paper`: a paper of a session as a document of a word processor.
//!
//! Whoever holds the database may take every paper that the secretariat may read; a result is in none before it is
//! certified.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{CommandError, DatabaseArgs, export};
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::papers::export::docx;
use crate::papers::{Name, operations, pages};
use crate::refusals::OperationError;

/// What `speca paper` takes.
#[derive(Args)]
pub struct PaperArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Which paper
    #[arg(value_parser = PossibleValuesParser::new(Name::ALL.iter().map(|name| name.code())))]
    name: String,
    /// Number of the session
    #[arg(long, value_name = "NUMBER")]
    session: i32,
    /// Language of the paper: en or ru
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = PossibleValuesParser::new(["en", "ru"]))]
    lang: String,
    /// File to write [default: speca-SESSION-NAME-LANG.docx]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the paper.
pub fn run(args: &PaperArgs) -> Result<(), CommandError> {
    let db = args.database.open()?;
    let number = export::session(&db, args.session)?.number;
    let name = Name::from_code(&args.name).ok_or_else(|| CommandError::Input(format!("no paper `{}`", args.name)))?;
    let lang = Lang::from_code(&args.lang).unwrap_or(Lang::En);
    let actor = operations::at_the_machine();
    let sources = match db.read_here(|conn| operations::sources(conn, &actor, number, name)) {
        Ok(sources) => sources,
        Err(OperationError::NotFound) => return Err(CommandError::Input(not_there(name, number))),
        Err(error) => return Err(CommandError::Failed(error.to_string())),
    };
    let written = docx::write(&pages::document(&sources, lang));
    let written = written.map_err(|error| CommandError::Failed(error.to_string()))?;
    let path = args.out.clone().unwrap_or_else(|| PathBuf::from(name.file(number, lang)));
    std::fs::write(&path, written).map_err(|error| CommandError::Input(format!("{}: {error}", path.display())))?;
    eprintln!("{}: written", path.display());
    Ok(())
}

fn not_there(name: Name, session: i32) -> String {
    match name {
        Name::Result => format!("session {session} has no certified ballot: its result is in no paper before"),
        Name::Progress => format!("no work programme was adopted up to session {session}: there is nothing to report"),
        _ => format!("session {session} has no work programme yet"),
    }
}
