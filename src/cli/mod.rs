//! The commands of `speca`: what a person at the machine types.
//!
//! Exit codes: 0 done, 1 failed, 2 bad input or usage.

mod account;
mod backup;
mod body;
mod demo;
mod doctor;
mod export;
mod import;
mod paper;
mod questionnaire;
mod restore;
mod serve;
mod tally;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError, Overrides};
use crate::db::backup::BackupError;
use crate::db::{Db, StoreError};
use crate::delegations;
use crate::depot::{self, Depot};
use crate::kernel::clock::Clock;

/// From the call for contributions to the adopted work programme.
#[derive(Parser)]
#[command(name = "speca", version, about, long_about = None)]
struct Command {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Make a filled database and serve it: the fifteenth session, from public sources
    Demo(demo::DemoArgs),
    /// Serve the pages
    Serve(serve::ServeArgs),
    /// Bring the database to the schema of this version
    Migrate(DatabaseArgs),
    /// Make an account of an office, such as the first administrator
    Account(account::AccountArgs),
    /// Look at settings, database, disk, mail and clock, and say what to do
    Doctor(doctor::DoctorArgs),
    /// Check that the audit trail is whole, and the attached files with it
    Verify(verify::VerifyArgs),
    /// Copy the whole database and the attached files into a new folder, also while it is served
    Backup(backup::BackupArgs),
    /// Fill an empty database from a backup, on SQLite or PostgreSQL whichever it came from
    Restore(restore::RestoreArgs),
    /// Read practices or actions of a session from a CSV file or a workbook
    Import(import::ImportArgs),
    /// Write an export of a session as CSV
    Export(export::ExportArgs),
    /// Write a paper of a session as a document of a word processor
    Paper(paper::PaperArgs),
    /// Write a form as a workbook to fill in without a network
    Questionnaire(questionnaire::QuestionnaireArgs),
    /// Recount a closed ballot from its file
    Tally(tally::TallyArgs),
}

/// Where the database is; every command takes these.
#[derive(Args, Clone, Debug, Default)]
pub struct DatabaseArgs {
    /// Database: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME [default: sqlite://data/speca.sqlite; of demo: sqlite://data/demo.sqlite]
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// File with settings [default: speca.toml, if it exists]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Where to listen.
#[derive(Args, Clone, Debug, Default)]
pub struct ListenArgs {
    /// Address to listen on [default: 127.0.0.1]
    #[arg(long)]
    pub address: Option<String>,
    /// Port to listen on [default: 8000]
    #[arg(long)]
    pub port: Option<String>,
}

/// Database used when none is named.
pub const DATABASE: &str = "sqlite://data/speca.sqlite";

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// What was typed or handed in cannot be used: exit code 2.
    #[error("{0}")]
    Input(String),
    /// Something failed on the way: exit code 1.
    #[error("{0}")]
    Failed(String),
}

impl From<ConfigError> for CommandError {
    fn from(error: ConfigError) -> Self {
        Self::Input(error.to_string())
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<BackupError> for CommandError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Refused(text) => Self::Input(text),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl DatabaseArgs {
    /// Reads the settings, with a default database.
    pub fn settings(&self, listen: &ListenArgs, default_database: &str) -> Result<Config, CommandError> {
        let overrides = Overrides {
            file: self.config.clone(),
            database: self.database.clone(),
            address: listen.address.clone(),
            port: listen.port.clone(),
        };
        let config = Config::read(&overrides, default_database)?;
        if let Some(folder) = &config.body {
            body::serve(folder)?;
        }
        Ok(config)
    }

    /// Opens the database, refusing one whose schema is not of this version.
    pub fn open(&self) -> Result<Db, CommandError> {
        self.open_with_settings().map(|(db, _)| db)
    }

    /// Opens the database in the same way, and returns the settings as well.
    pub fn open_with_settings(&self) -> Result<(Db, Config), CommandError> {
        let config = self.settings(&ListenArgs::default(), DATABASE)?;
        let db = Db::open(&config.database)?;
        if db.needs_migration()? {
            return Err(CommandError::Failed(
                "the database is not at the schema of this version: run `speca migrate` first".to_owned(),
            ));
        }
        Ok((db, config))
    }
}

/// Returns the place of attached files, after it was tried.
fn depot(config: &Config) -> Result<Depot, CommandError> {
    let depot = Depot::at(&config.attachments);
    let tried = depot::wait(depot.check());
    tried.map_err(|error| {
        let place = format!("{:?}", config.attachments);
        CommandError::Input(format!("setting `attachments`: {place} cannot be used ({error}); it accepts a folder or a bucket that can be written to"))
    })?;
    Ok(depot)
}

/// Runs the command line and returns the exit code.
pub fn run() -> ExitCode {
    let command = Command::parse();
    let outcome = match command.act {
        Act::Demo(args) => demo::run(&args),
        Act::Serve(args) => serve::run(&args),
        Act::Migrate(args) => migrate(&args),
        Act::Account(args) => account::run(&args),
        Act::Doctor(args) => doctor::run(&args),
        Act::Verify(args) => verify::run(&args),
        Act::Backup(args) => backup::run(&args),
        Act::Restore(args) => restore::run(&args),
        Act::Export(args) => export::run(&args),
        Act::Import(args) => import::run(&args),
        Act::Paper(args) => paper::run(&args),
        Act::Questionnaire(args) => questionnaire::run(&args),
        Act::Tally(args) => tally::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("speca: {error}");
            ExitCode::from(if matches!(error, CommandError::Input(_)) { 2 } else { 1 })
        }
    }
}

fn migrate(args: &DatabaseArgs) -> Result<(), CommandError> {
    let config = args.settings(&ListenArgs::default(), DATABASE)?;
    let db = Db::open(&config.database)?;
    let ran = db.migrate()?;
    let now = Clock::system().now().naive_utc();
    let added = db.write_here(|tx| delegations::operations::found(tx, now))?;
    println!("migrations run: {ran}; delegations added: {added}");
    Ok(())
}
