//! What machines ask: an answer of one word, without a cookie.

use diesel::prelude::*;
use speca::db::{AnyConnection, StoreError};

use crate::on_each_database;
use crate::support::TestApp;

/// Asks as a machine does: without a cookie, and asserts that none comes back.
async fn ask(app: &TestApp, path: &'static str) -> (u16, String) {
    let response = app.client.get(path).dispatch().await;
    assert_eq!(response.headers().get_one("Set-Cookie"), None);
    assert_eq!(response.headers().get_one("Cache-Control"), Some("private, no-store"));
    (response.status().code, response.into_string().await.unwrap_or_default())
}

on_each_database! {
    async fn an_application_that_can_work_is_ready(app: TestApp) {
        assert_eq!(ask(&app, "/health").await, (200, "ok".to_owned()));
        assert_eq!(ask(&app, "/ready").await, (200, "ok".to_owned()));
    }
}

on_each_database! {
    async fn a_database_of_another_schema_is_not_ready(app: TestApp) {
        let newest = "DELETE FROM __diesel_schema_migrations WHERE version = \
                      (SELECT MAX(version) FROM __diesel_schema_migrations)";
        let forgotten = app.db.write_here(|tx| -> Result<usize, StoreError> {
            let query = diesel::sql_query(newest);
            Ok(match &mut **tx {
                AnyConnection::Sqlite(conn) => query.execute(conn)?,
                AnyConnection::Postgres(conn) => query.execute(conn)?,
            })
        });
        assert_eq!(forgotten.expect("forgotten"), 1);
        assert_eq!(ask(&app, "/health").await, (200, "ok".to_owned()));
        assert_eq!(ask(&app, "/ready").await, (503, "needs-migration".to_owned()));
    }
}

on_each_database! {
    async fn a_database_that_is_gone_is_not_ready(app: TestApp) {
        if app.lose_database() {
            assert_eq!(ask(&app, "/health").await, (200, "ok".to_owned()));
            assert_eq!(ask(&app, "/ready").await, (503, "no-database".to_owned()));
        }
    }
}
