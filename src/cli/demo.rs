//! `speca demo`: a database filled with the fifteenth session, served, with the sign-ins of every office.

use std::fmt::Write as _;

use clap::Args;

use super::{CommandError, DatabaseArgs, ListenArgs, serve};
use crate::config::Config;
use crate::db::{Db, StoreError};
use crate::demonstration::{self, Desk};
use crate::depot::Depot;
use crate::kernel::clock::Clock;
use crate::kernel::token::new_token;
use crate::refusals::OperationError;

/// Database used when none is named.
const DATABASE: &str = "sqlite://data/demo.sqlite";

/// What `speca demo` takes.
#[derive(Args)]
pub struct DemoArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    listen: ListenArgs,
    /// Go on with the database as it is, instead of making it afresh
    #[arg(long)]
    keep: bool,
    /// Make the database and stop, without serving
    #[arg(long)]
    fill_only: bool,
}

/// Makes the database, unless it is kept, and serves it.
pub fn run(args: &DemoArgs) -> Result<(), CommandError> {
    let mut config: Config = args.database.settings(&args.listen, DATABASE)?;
    if config.secret_key.is_none() && matches!(config.database, crate::db::DatabaseUrl::Postgres(_)) {
        config.secret_key = Some(new_token());
    }
    let db = Db::open(&config.database)?;
    let is_there = !db.needs_migration()? && db.read_here(demonstration::is_demonstration)?;
    if !(args.keep && is_there) {
        make_afresh(&db, &super::depot(&config)?)?;
    }
    let sign_ins = table(&demonstration::desks());
    if args.fill_only {
        println!("{sign_ins}");
        return Ok(());
    }
    serve::serve(&config, db, sign_ins)
}

/// Empties a database that holds nothing but a demonstration, and fills it.
fn make_afresh(db: &Db, depot: &Depot) -> Result<(), CommandError> {
    if !db.needs_migration()? && !db.read_here(demonstration::may_be_emptied)? {
        return Err(CommandError::Input(
            "this database holds more than a demonstration and is left as it is: name another one with --database"
                .to_owned(),
        ));
    }
    eprintln!("making the demonstration …");
    let failed =
        |error: OperationError| CommandError::Failed(format!("the demonstration could not be made: {error:?}"));
    if !db.needs_migration()? {
        demonstration::clear_files(db, depot).map_err(failed)?;
    }
    db.write_here(|tx| -> Result<(), StoreError> {
        crate::db::revert_all(tx)?;
        crate::db::migrate(tx)?;
        Ok(())
    })?;
    demonstration::fill(db, depot, Clock::system().now().naive_utc()).map_err(failed)
}

/// Returns the offices with e-mail and password, one a line.
fn table(desks: &[Desk]) -> String {
    let rows: Vec<[String; 3]> = desks.iter().map(|desk| [desk.name.clone(), desk.email(), desk.password()]).collect();
    let head = ["office", "e-mail", "password"].map(str::to_owned);
    let width = |column: usize| rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1)];
    let mut text = String::from("\n");
    for row in [&head].into_iter().chain(&rows) {
        let [name, email, password] = row;
        let _ = writeln!(text, "{name:<0$}  {email:<1$}  {password}", widths[0], widths[1]);
    }
    text
}
