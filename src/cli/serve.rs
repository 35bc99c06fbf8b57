//! `speca serve`: the pages, until told to stop.

use clap::Args;

use super::{CommandError, DATABASE, DatabaseArgs, ListenArgs};
use crate::app;
use crate::config::Config;
use crate::db::Db;
use crate::kernel::clock::Clock;
use crate::kernel::token::LinkKey;
use crate::outbox::delivery::{Desk, Postman};
use crate::outbox::post::{PATIENCE, Post};

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
    Ok(Desk::new(db, Clock::system(), LinkKey::of(secret), base, post))
}

/// Serves a database; prints a notice once the pages answer.
pub fn serve(config: &Config, db: Db, notice: String) -> Result<(), CommandError> {
    let secret = config.secret()?;
    let is_demonstration = db.read_here(crate::sessions::store::has_demonstration)?;
    let postman = Postman::new(desk(config, &secret, db.clone(), is_demonstration)?);
    let rocket = app::build(config, &secret, db, Clock::system(), is_demonstration).attach(postman).attach(
        rocket::fairing::AdHoc::on_liftoff("address", move |rocket| {
            Box::pin(async move {
                println!("speca answers at http://{}:{}", rocket.config().address, rocket.config().port);
                if !notice.is_empty() {
                    println!("{notice}");
                }
            })
        }),
    );
    rocket::execute(async move { rocket.launch().await })
        .map(|_| ())
        .map_err(|error| CommandError::Failed(format!("cannot serve: {error}")))
}
