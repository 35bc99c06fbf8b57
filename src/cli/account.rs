//! `speca account`: the first administrator, or another office; or, for one who has lost them, a new password or no second
//! factor.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::process::Command;

use chrono_tz::Tz;
use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{CommandError, DatabaseArgs};
use crate::accounts::operations::factors::remove_here;
use crate::accounts::operations::{NewAccount, create_account, replace_password_here};
use crate::accounts::{Office, password};
use crate::kernel::clock::Clock;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::refusals::OperationError;

/// What `account` takes.
#[derive(Args)]
pub struct AccountArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// E-mail address to sign in with
    #[arg(long)]
    email: String,
    /// Name of the person or the office
    #[arg(long, required_unless_present_any = ["new_password", "without_second_factor"])]
    name: Option<String>,
    /// Office on the platform
    #[arg(long, default_value = "administrator", value_parser = PossibleValuesParser::new(Office::all_given().map(Office::code)))]
    office: String,
    /// Language of pages and mails
    #[arg(long, default_value = "en", value_parser = ["en", "ru"])]
    language: String,
    /// Give an account that exists a new password instead
    #[arg(long)]
    new_password: bool,
    /// Take the second factor of an account away, for one who has lost the device and the recovery codes
    #[arg(long, conflicts_with = "new_password")]
    without_second_factor: bool,
    /// Read the password from standard input, one line
    #[arg(long)]
    password_stdin: bool,
}

/// Makes the account, or replaces its password.
pub fn run(args: &AccountArgs) -> Result<(), CommandError> {
    let email = args.email.trim();
    if !validator::ValidateEmail::validate_email(&email) {
        return Err(CommandError::Input(format!("`{email}` is no e-mail address")));
    }
    let db = args.database.open()?;
    let now = Clock::system().now().naive_utc();
    if args.without_second_factor {
        db.write_here(|tx| remove_here(tx, email, now)).map_err(|error| said(&error, email))?;
        println!("{email} signs in with the password alone; its sign-ins have ended");
        return Ok(());
    }
    let password_hash = password::hash_here(&ask_password(args.password_stdin)?);
    if args.new_password {
        db.write_here(|tx| replace_password_here(tx, email, &password_hash, now))
            .map_err(|error| said(&error, email))?;
        println!("{email} has a new password; its sign-ins have ended");
        return Ok(());
    }
    let new = NewAccount {
        email: email.to_owned(),
        name: args.name.clone().unwrap_or_default(),
        office: Office::from_code(&args.office).unwrap_or(Office::Administrator),
        language: Lang::from_code(&args.language).unwrap_or(Lang::En),
        time_zone: Tz::UTC,
        password_hash,
    };
    if new.name.trim().is_empty() {
        return Err(CommandError::Input("`--name` is empty".to_owned()));
    }
    db.write_here(|tx| create_account(tx, None, new.clone(), now)).map_err(|error| said(&error, email))?;
    println!("{email} can sign in: {}", args.office);
    Ok(())
}

fn said(error: &OperationError, email: &str) -> CommandError {
    match error {
        OperationError::Invalid(_) => {
            CommandError::Input(format!("{email} has an account already; `--new-password` gives it a new password"))
        }
        OperationError::Refused(_) => CommandError::Input(format!("{email} has no second factor")),
        OperationError::NotFound => CommandError::Input(format!("{email} has no account")),
        other => CommandError::Failed(other.to_string()),
    }
}

/// Takes the password from standard input, or asks for it twice on the terminal. Never an argument: those are seen by
/// everybody on the machine.
fn ask_password(from_stdin: bool) -> Result<String, CommandError> {
    if from_stdin || !io::stdin().is_terminal() {
        return acceptable(read_line()?);
    }
    let first = acceptable(asked("Password: ")?)?;
    if asked("Password again: ")? != first {
        return Err(CommandError::Input("the two passwords differ".to_owned()));
    }
    Ok(first)
}

fn acceptable(password: String) -> Result<String, CommandError> {
    let (shortest, longest) = (password::CHARS_MIN, password::CHARS_MAX);
    if (shortest..=longest).contains(&password.chars().count()) {
        if password::is_guessable(&password, &[]) {
            return Err(CommandError::Input("this password is among the first that are tried".to_owned()));
        }
        return Ok(password);
    }
    Err(CommandError::Input(format!("a password has {shortest} to {longest} characters")))
}

/// Asks on the terminal, without showing what is typed where the terminal can be told so.
fn asked(question: &str) -> Result<String, CommandError> {
    eprint!("{question}");
    io::stderr().flush().map_err(|error| CommandError::Failed(error.to_string()))?;
    let is_hidden = echo("-echo");
    let line = read_line();
    if is_hidden {
        echo("echo");
        eprintln!();
    }
    line
}

/// Tells the terminal whether to show what is typed, and returns whether it listened.
fn echo(setting: &str) -> bool {
    Command::new("stty").arg(setting).status().is_ok_and(|ended| ended.success())
}

fn read_line() -> Result<String, CommandError> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| CommandError::Failed(error.to_string()))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
