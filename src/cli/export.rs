//! `speca export`: an export written to a file or to the screen.
//!
//! Whoever holds the database may take everything the secretariat may; `--public` leaves out what is not for everybody.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{CommandError, DatabaseArgs};
use crate::ballots;
use crate::ballots::export::Form;
use crate::db::{Db, StoreError};
use crate::exports::{self, ExportError, Name, Order, Reach};
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::policy::Actor;
use crate::sessions;

/// What `speca export` takes.
#[derive(Args)]
pub struct ExportArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Which export
    #[arg(value_parser = PossibleValuesParser::new(Name::ALL.iter().map(|name| name.code())))]
    name: String,
    /// Number of the session; none for what is of the whole platform
    #[arg(long, value_name = "NUMBER")]
    session: Option<i32>,
    /// Language of titles and labels: en or ru
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = PossibleValuesParser::new(["en", "ru"]))]
    lang: String,
    /// Only what everybody may see
    #[arg(long)]
    public: bool,
    /// Number of the ballot, for ballots and result; needed when several are certified
    #[arg(long, value_name = "NUMBER")]
    ballot: Option<i32>,
    /// Form of the file, for ballots: csv holds everything, preflib and pabulib are for other programs
    #[arg(long, value_name = "FORM", default_value = "csv",
        value_parser = PossibleValuesParser::new(Form::ALL.iter().map(|form| form.code())))]
    format: String,
    /// File to write [default: the screen]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the export.
pub fn run(args: &ExportArgs) -> Result<(), CommandError> {
    let db = args.database.open()?;
    let name = Name::from_code(&args.name).ok_or_else(|| CommandError::Input(format!("no export `{}`", args.name)))?;
    let session = of_session(&db, name, args.session)?;
    let lang = Lang::from_code(&args.lang).unwrap_or(Lang::En);
    let reach = if args.public { Reach::Public } else { Reach::Secretariat };
    if args.public && name.reach(&Actor::visitor()).is_err() {
        return Err(CommandError::Input(format!("`{name}` is not for everybody: leave out --public")));
    }
    let form = Form::from_code(&args.format).unwrap_or(Form::Csv);
    if form != Form::Csv && name != Name::Ballots {
        return Err(CommandError::Input(format!("`{name}` is written as csv only: leave out --format {form}")));
    }
    let ballot = match name {
        Name::Ballots | Name::Result => session.as_ref().map(|of| ballot(&db, of, args.ballot)).transpose()?,
        _ => args.ballot,
    };
    let order = Order { session, name, lang, reach, reader: Actor::visitor(), ballot };
    match &args.out {
        None => {
            write(&db, &order, form, &mut BufWriter::new(io::stdout().lock()))?;
        }
        Some(path) => match write_file(&db, &order, form, path)? {
            Some(rows) => eprintln!("{}: {rows} rows", path.display()),
            None => eprintln!("{}: written", path.display()),
        },
    }
    Ok(())
}

/// Returns the number of the certified ballot that is meant, or says which ones there are.
fn ballot(db: &Db, session: &sessions::Session, asked: Option<i32>) -> Result<i32, CommandError> {
    let certified = db.read_here(|conn| ballots::store::certified_of_session(conn, &session.id))?;
    let numbers: Vec<i32> = certified.iter().map(|ballot| ballot.number).collect();
    let all = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match (asked, numbers.as_slice()) {
        (_, []) => Err(CommandError::Input(format!("session {} has no certified ballot", session.number))),
        (Some(number), _) if numbers.contains(&number) => Ok(number),
        (Some(number), _) => {
            Err(CommandError::Input(format!("there is no certified ballot {number}; certified: {all}")))
        }
        (None, [number]) => Ok(*number),
        (None, _) => {
            Err(CommandError::Input(format!("several ballots are certified, choose one with --ballot: {all}")))
        }
    }
}

/// Returns the session of an export, or says that one is missing or too many.
fn of_session(db: &Db, name: Name, number: Option<i32>) -> Result<Option<sessions::Session>, CommandError> {
    match number {
        None if name.is_of_session() => Err(CommandError::Input(format!("`{name}` is of a session: add --session"))),
        Some(_) if !name.is_of_session() => {
            Err(CommandError::Input(format!("`{name}` is of the whole platform: leave out --session")))
        }
        number => number.map(|number| session(db, number)).transpose(),
    }
}

/// Returns a session by its number, or says that there is none.
pub(super) fn session(db: &Db, number: i32) -> Result<sessions::Session, CommandError> {
    match db.read_here(|conn| sessions::store::by_number(conn, number)) {
        Err(StoreError::NotFound) => Err(CommandError::Input(format!("there is no session {number}"))),
        other => Ok(other?),
    }
}

/// Writes and returns the number of rows, where the form has rows.
fn write(db: &Db, order: &Order, form: Form, out: &mut impl Write) -> Result<Option<u64>, CommandError> {
    let written = db.read_here(|conn| match form {
        Form::Csv => exports::write(conn, order, &mut *out).map(Some),
        Form::Preflib | Form::Pabulib => exports::write_form(conn, order, form, &mut *out).map(|()| None),
    });
    let rows = written.map_err(|error| failed(&error))?;
    out.flush().map_err(|error| failed(&error.into()))?;
    Ok(rows)
}

/// Writes beside the file and renames at the end: nobody finds half an export under its name.
fn write_file(db: &Db, order: &Order, form: Form, path: &Path) -> Result<Option<u64>, CommandError> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let file = File::create(&part).map_err(|error| CommandError::Input(format!("{}: {error}", path.display())))?;
    let written = write(db, order, form, &mut BufWriter::new(file))
        .and_then(|rows| std::fs::rename(&part, path).map(|()| rows).map_err(|error| failed(&error.into())));
    if written.is_err() {
        // Why: the first failure is what matters; a leftover that cannot be removed changes nothing.
        let _ = std::fs::remove_file(&part);
    }
    written
}

fn failed(error: &ExportError) -> CommandError {
    if matches!(error, ExportError::Store(StoreError::NotFound)) {
        return CommandError::Input("there is no certified ballot and no adopted programme to take out".to_owned());
    }
    CommandError::Failed(error.to_string())
}
