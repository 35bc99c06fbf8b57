//! `speca doctor`: whether everything that the program stands on is in order, and what to do where it is not.
//!
//! Changes nothing but for a file that it writes into the place of attached files and takes away again.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use clap::Args;

use super::{CommandError, DATABASE, DatabaseArgs, ListenArgs};
use crate::audit::{self, Verdict};
use crate::config::Config;
use crate::db::{DatabaseUrl, Db, StoreError};
use crate::depot::Place;
use crate::kernel::clock::Clock;
use crate::outbox::post::Post;

/// What `doctor` takes.
#[derive(Args)]
pub struct DoctorArgs {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Free space under which files and backups soon fail.
const FREE_BYTES_MIN: u64 = 1 << 30;
/// How far the trail may be ahead of the clock: machines differ a little.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(1);
/// How long the mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was found of one thing.
enum Finding {
    /// In order; what was seen.
    Good(String),
    /// It works, and could be better: what, and what to do.
    Note(String, &'static str),
    /// It does not work: what, and what to do.
    Bad(String, String),
}

use Finding::{Bad, Good, Note};

/// Looks at everything and says what was found; fails when something does not work.
pub fn run(args: &DoctorArgs) -> Result<(), CommandError> {
    let config = args.database.settings(&ListenArgs::default(), DATABASE)?;
    let mut findings = vec![("settings", settings(&config)), ("secret", secret(&config))];
    match Db::open(&config.database) {
        Ok(db) => findings.extend(database(&db)),
        Err(error) => findings.push(("database", unreachable(&config, &error))),
    }
    findings.push(("attached files", files(&config)));
    findings.extend(places(&config).into_iter().map(|place| ("disk", disk(&place))));
    findings.push(("mail", mail(&config)));
    let mut bad = 0;
    for (what, finding) in findings {
        match finding {
            Good(seen) => println!("ok    {what}: {seen}"),
            Note(seen, advice) => println!("note  {what}: {seen}\n      {advice}"),
            Bad(seen, advice) => {
                bad += 1;
                println!("bad   {what}: {seen}\n      {advice}");
            }
        }
    }
    if bad == 0 { Ok(()) } else { Err(CommandError::Failed(format!("{bad} to mend"))) }
}

fn settings(config: &Config) -> Finding {
    let is_public = config.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    if is_public && !config.behind_tls {
        let advice = "Set behind_tls = true, so that cookies go over TLS alone.";
        return Note("the site has an https address, and cookies are not bound to TLS".to_owned(), advice);
    }
    Good(format!("read; pages answer at {}:{}", config.address, config.port))
}

fn secret(config: &Config) -> Finding {
    match config.secret() {
        Ok(_) => Good("is there; keep a copy in another place than the backups".to_owned()),
        Err(error) => {
            Bad(error.to_string(), "Set secret_key, the same on every machine: `openssl rand -hex 32`.".to_owned())
        }
    }
}

fn unreachable(config: &Config, error: &StoreError) -> Finding {
    let advice = match &config.database {
        DatabaseUrl::Sqlite(path) => {
            format!(
                "Does the folder of {} exist, and may this user write to it? `speca migrate` makes the database.",
                path.display()
            )
        }
        DatabaseUrl::Postgres(_) => {
            "Does the server run, may this user sign in there, and does the database exist (`createdb`)?".to_owned()
        }
    };
    Bad(error.to_string(), advice)
}

/// Looks at the schema, at whether it can be written, at the trail, and at the clock beside it.
fn database(db: &Db) -> Vec<(&'static str, Finding)> {
    match db.needs_migration() {
        Err(error) => return vec![("database", Bad(error.to_string(), "See whether it can be reached.".to_owned()))],
        Ok(true) => {
            let advice = "Run `speca migrate` (make a backup first).".to_owned();
            return vec![("database", Bad("it is not at the schema of this version".to_owned(), advice))];
        }
        Ok(false) => {}
    }
    let written = match db.write_here(|_| -> Result<(), StoreError> { Ok(()) }) {
        Ok(()) => Good("reached, at the schema of this version, and can be written".to_owned()),
        Err(error) => Bad(
            format!("it can be read and not written: {error}"),
            "Is the disk full or read-only, or does the file belong to another user?".to_owned(),
        ),
    };
    vec![("database", written), ("audit trail", trail(db)), ("clock", clock(db))]
}

fn trail(db: &Db) -> Finding {
    match db.read_here(audit::verify) {
        Ok(Verdict::Whole { lines, .. }) => Good(format!("whole, {lines} lines")),
        Ok(Verdict::Broken { position }) => Bad(
            format!("line {position} is missing or was changed"),
            "Do not go on before you know why; compare with the last backup (`speca verify`).".to_owned(),
        ),
        Err(error) => Bad(error.to_string(), "See whether the database can be reached.".to_owned()),
    }
}

/// Compares the clock with the newest act: it must not be behind.
fn clock(db: &Db) -> Finding {
    let now = Clock::system().now().naive_utc();
    let newest = db.read_here(|conn| audit::newest(conn, 0, 1));
    match newest.map(|(lines, _)| lines.first().map(|line| line.acted_at)) {
        Ok(Some(at)) if at > now + AHEAD_MAX => Bad(
            format!("it says {} UTC, and the last act was at {} UTC", now.format("%F %R"), at.format("%F %R")),
            "Set the clock of this machine by the network (`timedatectl set-ntp true`): deadlines follow it."
                .to_owned(),
        ),
        Ok(_) => Good(format!("{} UTC", now.format("%F %R"))),
        Err(error) => Bad(error.to_string(), "See whether the database can be reached.".to_owned()),
    }
}

fn files(config: &Config) -> Finding {
    match super::depot(config) {
        Ok(_) => Good("the place can be written to".to_owned()),
        Err(error) => Bad(error.to_string(), "Set `attachments`, or give this user the folder.".to_owned()),
    }
}

/// Returns the folders in which data grows.
fn places(config: &Config) -> Vec<PathBuf> {
    let database = match &config.database {
        DatabaseUrl::Sqlite(path) => path.parent().map(Path::to_path_buf),
        DatabaseUrl::Postgres(_) => None,
    };
    let files = match &config.attachments {
        Place::Folder(path) => Some(path.clone()),
        Place::Bucket(_) => None,
    };
    let here = |place: PathBuf| if place.as_os_str().is_empty() { PathBuf::from(".") } else { place };
    [database, files].into_iter().flatten().map(here).collect()
}

fn disk(place: &Path) -> Finding {
    let name = place.display();
    match rustix::fs::statvfs(place) {
        Ok(found) => {
            let free = found.f_bavail.saturating_mul(found.f_frsize);
            let words = format!("{name}: {} MB free", free / 1_000_000);
            if free >= FREE_BYTES_MIN {
                return Good(words);
            }
            Bad(words, "Make room: what cannot be stored is refused.".to_owned())
        }
        Err(error) => Bad(format!("{name}: {error}"), "Make the folder, or set another one.".to_owned()),
    }
}

fn mail(config: &Config) -> Finding {
    let Some(server) = &config.mail else {
        let advice = "Set mail_server when mails are to go out; until then the outbox page shows what would.";
        return Note("no mail server is set".to_owned(), advice);
    };
    let place = format!("{}:{}", server.server, server.port);
    let tried = Post::to(server, PATIENCE).and_then(|post| rocket::execute(async move { post.check().await }));
    match tried {
        Ok(()) => Good(format!("{place} answers and takes our name")),
        Err(reason) => Bad(
            format!("{place}: {reason}"),
            "Look at mail_server, mail_port, mail_encryption, mail_user. Mails wait in the outbox meanwhile."
                .to_owned(),
        ),
    }
}
