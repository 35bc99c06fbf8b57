//! `speca serve`: the pages, until told to stop.

use clap::Args;
use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::{CommandError, DATABASE, DatabaseArgs, ListenArgs};
use crate::app;
use crate::config::{Config, Log};
use crate::db::Db;
use crate::kernel::clock::Clock;
use crate::kernel::token::LinkKey;
use crate::outbox::delivery::{Desk, Postman};
use crate::outbox::post::{PATIENCE, Post};
use crate::submissions::attachments::routes::Sweeper;

/// What `serve` takes.
#[derive(Args)]
pub struct ServeArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    listen: ListenArgs,
}

/// Serves until the process is told to stop.
pub fn run(args: &ServeArgs) -> Result<(), CommandError> {
    let config = args.database.settings(&args.listen, DATABASE)?;
    let db = Db::open(&config.database)?;
    if db.needs_migration()? {
        return Err(CommandError::Failed(
            "the database is not at the schema of this version: run `speca migrate` first".to_owned(),
        ));
    }
    serve(&config, db, String::new())
}

/// Returns the desk of the outbox. A demonstration sends nothing: its people are invented.
fn desk(config: &Config, secret: &str, db: Db, is_demonstration: bool) -> Result<Desk, CommandError> {
    let server = config.mail.as_ref().filter(|_| !is_demonstration);
    let post = server.map(|server| Post::to(server, PATIENCE)).transpose();
    let post = post.map_err(|reason| CommandError::Input(format!("the mail server cannot be used: {reason}")))?;
    let base = config.public_url.clone().unwrap_or_default();
    Ok(Desk::new(db, Clock::system(), LinkKey::of(secret), base, post).keeping(config.keep_mails_days))
}

/// Says where lines of the log go: to standard error. What other crates say is of interest only when it is a fault; what the
/// framework says of requests names their addresses and is left out.
fn log_as(log: Log) {
    let own = if log == Log::Faults { Level::ERROR } else { Level::INFO };
    let framework = ["rocket", "_"].map(|target| (target, LevelFilter::OFF));
    let filter = Targets::new().with_target("speca", own).with_targets(framework).with_default(Level::ERROR);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_target(false).with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry();
    // Why: fails only when a log is set up already, and then that one serves.
    let _ = match log {
        Log::Json => registry.with(lines.json().flatten_event(true).with_filter(filter)).try_init(),
        Log::Faults | Log::Text => registry.with(lines.with_filter(filter)).try_init(),
    };
}

/// Serves a database; prints a notice once the pages answer.
pub fn serve(config: &Config, db: Db, notice: String) -> Result<(), CommandError> {
    log_as(config.log);
    #[cfg(debug_assertions)]
    if crate::config::imitates_a_language() {
        crate::i18n::imitation::begin();
    }
    let secret = config.secret()?;
    let depot = super::depot(config)?;
    let is_demonstration = db.read_here(crate::sessions::store::has_demonstration)?;
    let sweeper = Sweeper::new(db.clone(), depot, Clock::system());
    let postman = Postman::new(desk(config, &secret, db.clone(), is_demonstration)?);
    let rocket = app::build(config, &secret, db, Clock::system(), is_demonstration)
        .attach(postman)
        .attach(sweeper)
        .attach(rocket::fairing::AdHoc::on_liftoff("address", move |rocket| {
            Box::pin(async move {
                println!("speca answers at http://{}:{}", rocket.config().address, rocket.config().port);
                if !notice.is_empty() {
                    println!("{notice}");
                }
            })
        }));
    rocket::execute(async move { rocket.launch().await })
        .map(|_| ())
        .map_err(|error| CommandError::Failed(format!("cannot serve: {error}")))
}
