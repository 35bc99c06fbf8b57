//! `/metrics`, for whoever brings the token.

use prometheus::{IntGaugeVec, Opts, Registry, TextEncoder};
use rocket::http::{ContentType, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{Route, State, get, routes};

use super::store::{self, Work};
use crate::db::Db;
use crate::kernel::clock::Clock;
use crate::kernel::code::Code;
use crate::kernel::token::digest;
use crate::web::observed::Counted;

/// Who may watch: the digest of the token of the settings.
pub struct Watch(Option<String>);

impl Watch {
    /// Returns who may watch; without a token nobody.
    pub fn with(token: Option<&str>) -> Self {
        Self(token.map(digest))
    }
}

/// Somebody who brought the token. To others the address does not exist.
struct Watcher;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Watcher {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let brought = request.headers().get_one("Authorization").and_then(|value| value.strip_prefix("Bearer "));
        let expected = request.rocket().state::<Watch>().and_then(|watch| watch.0.as_ref());
        match (brought, expected) {
            // Why: digests are compared, so that how long it takes says nothing about the token.
            (Some(brought), Some(expected)) if digest(brought) == *expected => Outcome::Success(Self),
            _ => Outcome::Forward(Status::NotFound),
        }
    }
}

#[get("/metrics")]
async fn metrics(
    _watcher: Watcher,
    counted: &State<Counted>,
    db: &State<Db>,
    clock: &State<Clock>,
) -> Result<(ContentType, String), Status> {
    let mut text = written(&counted.registry)?;
    // What is known of the requests is told also while the database is gone: that is when it is needed.
    if let Ok(work) = db.read(store::work).await {
        let now = clock.now().naive_utc();
        let due_since = work.oldest_due_at.map_or(0, |at| (now - at).num_seconds().max(0));
        let lying = gauges(&work, due_since).map_err(|_| Status::InternalServerError)?;
        text.push_str(&written(&lying)?);
    }
    Ok((ContentType::new("text", "plain").with_params([("version", "0.0.4"), ("charset", "utf-8")]), text))
}

fn written(registry: &Registry) -> Result<String, Status> {
    TextEncoder::new().encode_to_string(&registry.gather()).map_err(|_| Status::InternalServerError)
}

/// Returns the work as metrics.
fn gauges(work: &Work, due_since: i64) -> prometheus::Result<Registry> {
    let registry = Registry::new();
    by_state(&registry, "speca_submissions", "Submissions, by state.", &work.submissions)?;
    by_state(&registry, "speca_ballots", "Ballots, by state.", &work.ballots)?;
    by_state(&registry, "speca_mails", "Mails, by state of their delivery.", &work.mails)?;
    let oldest = prometheus::IntGauge::new(
        "speca_outbox_age_seconds",
        "For how long the oldest mail that can go out has been due.",
    )?;
    oldest.set(due_since);
    registry.register(Box::new(oldest))?;
    Ok(registry)
}

fn by_state<S: Code>(registry: &Registry, name: &str, help: &str, counts: &[(S, i64)]) -> prometheus::Result<()> {
    let gauge = IntGaugeVec::new(Opts::new(name, help), &["state"])?;
    for (state, count) in counts {
        gauge.with_label_values(&[state.code()]).set(*count);
    }
    registry.register(Box::new(gauge))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![metrics]
}
