//! What the machines around the program ask: whether the process answers, and whether it can do its work.
//!
//! Neither knows a reader or sets a cookie, and neither says more than one word.

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::db::catalogue::{applied, carried};
use crate::db::{AnyConnection, Db, StoreError};

/// Answers as long as the process does; asks nothing else.
#[get("/health")]
fn health() -> &'static str {
    "ok"
}

/// Answers 200 when the database can be reached and has the schema of this program, 503 otherwise.
#[get("/ready")]
async fn ready(db: &State<Db>) -> (Status, &'static str) {
    match db.read(has_schema).await {
        Ok(true) => (Status::Ok, "ok"),
        Ok(false) => (Status::ServiceUnavailable, "needs-migration"),
        Err(_) => (Status::ServiceUnavailable, "no-database"),
    }
}

/// Returns whether every migration of this program has run; newer ones may have run as well.
fn has_schema(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    let applied = applied(conn)?;
    Ok(carried()?.iter().all(|version| applied.contains(version)))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![health, ready]
}
