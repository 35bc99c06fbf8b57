//! What is known of every request: its number, where it went, how it ended and how long it took; for the log and for
//! whoever watches the program.
//!
//! A request is named by its route (`/submissions/<reference>`), never by its address: that may hold the token of a link
//! or what somebody searched for.

use std::time::Instant;

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry};
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Data, Request, Response};

/// Upper edges of the classes of times, in seconds.
const SECONDS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What is counted of requests. Cheap to clone.
#[derive(Clone)]
pub struct Counted {
    /// Everything that is counted, for reading.
    pub registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    at_work: IntGauge,
}

impl Counted {
    /// Returns counters that stand at nothing.
    ///
    /// # Errors
    /// Names that are no names of metrics; they are fixed here, so that a test sees them.
    pub fn new() -> prometheus::Result<Self> {
        let requests = Opts::new("speca_requests_total", "Requests answered, by method, route and status.");
        let seconds = HistogramOpts::new("speca_request_seconds", "Time until the answer began, by route.");
        let counted = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(requests, &["method", "route", "status"])?,
            seconds: HistogramVec::new(seconds.buckets(SECONDS.to_vec()), &["route"])?,
            at_work: IntGauge::new("speca_requests_at_work", "Requests that are being answered.")?,
        };
        counted.registry.register(Box::new(counted.requests.clone()))?;
        counted.registry.register(Box::new(counted.seconds.clone()))?;
        counted.registry.register(Box::new(counted.at_work.clone()))?;
        Ok(counted)
    }
}

/// A request on its way; dropped, it is no longer at work, also when its reader went away.
struct Begun {
    number: String,
    at: Instant,
    at_work: Option<IntGauge>,
}

impl Drop for Begun {
    fn drop(&mut self) {
        if let Some(at_work) = &self.at_work {
            at_work.dec();
        }
    }
}

fn begun<'r>(request: &'r Request<'_>) -> &'r Begun {
    request.local_cache(|| {
        let at_work = request.rocket().state::<Counted>().map(|counted| counted.at_work.clone());
        at_work.iter().for_each(IntGauge::inc);
        let number = uuid::Uuid::now_v7().simple().to_string()[20..].to_owned();
        Begun { number, at: Instant::now(), at_work }
    })
}

/// Returns the number of a request, shown on error pages and logged.
pub fn number<'r>(request: &'r Request<'_>) -> &'r str {
    &begun(request).number
}

/// Returns the route that a request took, as it is written in the program.
pub fn route(request: &Request<'_>) -> String {
    request.route().map_or_else(|| "none".to_owned(), |route| route.uri.origin.path().to_string())
}

/// Counts and logs.
pub struct Observed;

#[rocket::async_trait]
impl Fairing for Observed {
    fn info(&self) -> Info {
        Info { name: "observed", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        begun(request);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let (begun, route, status) = (begun(request), route(request), response.status().code);
        let taken = begun.at.elapsed();
        response.set_header(Header::new("X-Request-Id", begun.number.clone()));
        if let Some(counted) = request.rocket().state::<Counted>() {
            counted.requests.with_label_values(&[request.method().as_str(), &route, &status.to_string()]).inc();
            counted.seconds.with_label_values(&[route.as_str()]).observe(taken.as_secs_f64());
        }
        let milliseconds = taken.as_millis();
        let method = request.method().as_str();
        tracing::info!(request = begun.number, method, route, status, %milliseconds, "answered");
    }
}
