//! The web application put together: state, fairings, routes of every room, catchers.

use rocket::config::LogLevel;
use rocket::data::{ByteUnit, Limits};
use rocket::{Build, Rocket, Route};
use rocket_async_compression::{Compression, Level};

use crate::accounts::model::factors::FactorKey;
use crate::config::Config;
use crate::db::Db;
use crate::depot::Depot;
use crate::kernel::clock::Clock;
use crate::kernel::token::LinkKey;
use crate::library::Shelf;
use crate::monitoring::Watch;
use crate::plenary::feed::Feed;
use crate::web::headers::SecurityHeaders;
use crate::web::language::Switch;
use crate::web::observed::{Counted, Observed};
use crate::web::reader::Site;
use crate::web::{assets, errors, health, resend, statement};

/// Largest form in bytes: a whole questionnaire in two languages, Cyrillic letters taking six bytes each.
const FORM_SIZE_BYTES_MAX: ByteUnit = ByteUnit::Mebibyte(2);

/// How hard answers are compressed: the default of Brotli is its hardest, a tenth of a second for a page, against a few
/// thousandths at this level.
const COMPRESSION_LEVEL: i32 = 5;

/// Returns the routes of every room.
pub fn routes() -> Vec<Route> {
    [
        assets::routes(),
        health::routes(),
        resend::routes(),
        statement::routes(),
        crate::accounts::routes::routes(),
        crate::delegations::routes::routes(),
        crate::audit::routes::routes(),
        crate::outbox::routes::routes(),
        crate::sessions::routes::routes(),
        crate::questionnaires::routes::routes(),
        crate::submissions::routes::routes(),
        crate::reviews::routes::routes(),
        crate::meetings::routes::routes(),
        crate::ballots::routes::routes(),
        crate::programmes::routes::routes(),
        crate::decisions::routes::routes(),
        crate::progress::routes::routes(),
        crate::plenary::routes::routes(),
        crate::library::routes::routes(),
        crate::papers::routes::routes(),
        crate::exports::routes::routes(),
        crate::imports::routes::routes(),
        crate::api::routes::routes(),
        crate::desk::routes::routes(),
        crate::personal::routes::routes(),
        crate::figures::routes::routes(),
        crate::guides::routes::routes(),
        crate::start::routes::routes(),
        crate::monitoring::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Puts the application together. The database is migrated already.
pub fn build(config: &Config, secret: &str, db: Db, clock: Clock, is_demonstration: bool) -> Rocket<Build> {
    let site = Site {
        behind_tls: config.behind_tls,
        is_demonstration,
        public_url: config.public_url.clone(),
        sends_mail: config.mail.is_some() && !is_demonstration,
        link_key: LinkKey::of(secret),
        factor_key: FactorKey::of(secret),
        offices_need_factor: config.offices_need_second_factor && !is_demonstration,
        contact: config.mail.as_ref().map(|mail| mail.reply_to.clone().unwrap_or_else(|| mail.from.clone())),
    };
    let limits = Limits::default().limit("form", FORM_SIZE_BYTES_MAX).limit("data-form", FORM_SIZE_BYTES_MAX);
    let figment = rocket::Config::figment()
        .merge(("address", config.address))
        .merge(("port", config.port))
        .merge(("limits", limits))
        .merge(("log_level", LogLevel::Critical))
        .merge(("cli_colors", false))
        .merge(("ident", "speca"))
        .merge(("ip_header", config.client_address_header.clone().map_or(serde_json::json!(false), Into::into)))
        .merge(("secret_key", secret));
    let counted = Counted::new().expect("invariant: the names of what is counted are names");
    let feed = Feed::new(db.clone(), clock.clone());
    rocket::custom(figment)
        .manage(Depot::at(&config.attachments))
        .manage(db)
        .manage(clock)
        .manage(site)
        .manage(Shelf::default())
        .manage(counted)
        .manage(Watch::with(config.metrics_token.as_deref()))
        .attach(Observed)
        .manage(feed)
        .attach(SecurityHeaders)
        .attach(Switch)
        .attach(Compression::with_level(Level::Precise(COMPRESSION_LEVEL)))
        .register("/", errors::catchers())
        .register("/api", crate::api::problems::catchers())
        .mount("/", routes())
}
