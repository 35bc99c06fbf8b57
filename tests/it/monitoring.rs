//! What those who run the program watch, and who may.

use rocket::http::Header;
use speca::kernel::reference::Kind;
use speca::submissions::State;

use crate::on_each_database;
use crate::support::{METRICS_TOKEN, TestApp};

async fn watched(app: &TestApp, token: &str) -> (u16, String) {
    let response =
        app.client.get("/metrics").header(Header::new("Authorization", format!("Bearer {token}"))).dispatch().await;
    (response.status().code, response.into_string().await.unwrap_or_default())
}

on_each_database! {
    async fn requests_and_work_are_counted_by_route_and_state_and_never_by_content(app: TestApp) {
        let session = app.session();
        app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A title that is nobody's business");
        app.submission(&session, "UZB", Kind::Practice, State::Draft, "Another");
        app.accepted_action(&session, "UZB", "An action");
        app.visitor().get("/library?q=searched").await.expect(200);
        app.visitor().get("/invitations/token-of-a-link").await.expect(404);
        let (status, text) = watched(&app, METRICS_TOKEN).await;
        assert_eq!(status, 200);
        for line in [
            "speca_requests_total{method=\"GET\",route=\"/library\",status=\"200\"} 1",
            "speca_requests_total{method=\"GET\",route=\"/invitations/<token>\",status=\"404\"} 1",
            "speca_requests_at_work 1",
            "speca_request_seconds_count{route=\"/library\"} 1",
            "speca_submissions{state=\"draft\"} 2",
            "speca_submissions{state=\"accepted\"} 1",
            "speca_outbox_age_seconds 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        for secret in ["nobody's business", "token-of-a-link", "searched", "KAZ"] {
            assert!(!text.contains(secret), "{secret}\n{text}");
        }
    }
}

on_each_database! {
    async fn without_the_token_there_is_nothing_to_watch(app: TestApp) {
        assert_eq!(watched(&app, "another token altogether").await.0, 404);
        assert_eq!(watched(&app, "").await.0, 404);
        app.secretariat().get("/metrics").await.expect(404);
    }
}

on_each_database! {
    async fn requests_are_counted_on_while_the_database_is_gone(app: TestApp) {
        if app.lose_database() {
            app.visitor().get("/library").await.expect(503);
            let (status, text) = watched(&app, METRICS_TOKEN).await;
            assert_eq!(status, 200);
            assert!(text.contains("route=\"/library\",status=\"503\"} 1"), "{text}");
            assert!(!text.contains("speca_submissions"), "{text}");
        }
    }
}
