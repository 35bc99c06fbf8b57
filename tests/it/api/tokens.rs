//! Tokens: made once and shown once, narrowed, ended; wrong ones wait.

use chrono::TimeDelta;
use diesel::prelude::*;
use rocket::http::{Cookie, Header, Method};
use speca::accounts::Office;
use speca::api::Scope;
use speca::db::StoreError;
use speca::db::schema::{accounts, api_tokens};
use speca::kernel::reference::Kind;
use speca::submissions::State;
use speca::{audit, web};

use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

/// Asks with a token.
async fn with(app: &TestApp, token: &str, path: &str) -> (u16, String) {
    let header = Header::new("Authorization", format!("Bearer {token}"));
    let response = app.client.get(path.to_owned()).header(header).dispatch().await;
    (response.status().code, response.into_string().await.unwrap_or_default())
}

fn shown(page: &Page) -> String {
    let at = page.body.find("speca_").expect("the token is shown");
    page.body[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

async fn made(actor: &Actor<'_>, scope: &str) -> String {
    let fields = [("name", "Sync"), ("scopes", scope), ("days", "30")];
    shown(&actor.post("/account/tokens", &fields).await.expect(200))
}

on_each_database! {
    async fn a_token_is_shown_once_and_serves_until_it_is_revoked(app: TestApp) {
        let head = app.head("KAZ");
        let token = made(&head, "read").await;
        head.get("/account/tokens").await.expect(200).sees("Sync").sees("not yet").lacks(&token);
        let (status, body) = with(&app, &token, "/api/v1/me").await;
        assert_eq!(status, 200, "{body}");
        assert!(body.contains("\"delegation\":\"KAZ\"") && body.contains("\"scopes\":[\"read\"]"), "{body}");
        head.get("/account/tokens").await.expect(200).sees("14 September 2020");
        let id = app.db.read_here(|conn| -> Result<String, StoreError> {
            Ok(api_tokens::table.select(api_tokens::id).first(conn)?)
        });
        let id = id.expect("token");
        app.head("UZB").post(&format!("/account/tokens/{id}/revoke"), &[]).await.expect(404);
        head.post(&format!("/account/tokens/{id}/revoke"), &[]).await.expect(303);
        assert_eq!(with(&app, &token, "/api/v1/me").await.0, 401);
        head.post(&format!("/account/tokens/{id}/revoke"), &[]).await.expect(404);
        let (lines, _) = app.db.read_here(|conn| audit::newest(conn, 0, 10)).expect("trail");
        let acts: Vec<&str> = lines.iter().map(|line| line.act.as_str()).collect();
        assert_eq!(acts, ["token.revoked", "token.made"]);
        assert!(lines.iter().all(|line| !line.detail.contains(&token[6..])));
    }
}

on_each_database! {
    async fn a_token_holds_no_longer_than_it_says_and_no_longer_than_its_account(app: TestApp) {
        let head = app.head("KAZ");
        let (one, other) = (made(&head, "read").await, made(&app.head("UZB"), "read").await);
        let account = head.account.clone();
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<usize, StoreError> {
                let row = accounts::table.find(&account);
                Ok(diesel::update(row).set(accounts::disabled_at.eq(now)).execute(&mut **tx)?)
            })
            .expect("disabled");
        assert_eq!(with(&app, &one, "/api/v1/me").await.0, 401);
        assert_eq!(with(&app, &other, "/api/v1/me").await.0, 200);
        app.pass(TimeDelta::days(30));
        assert_eq!(with(&app, &other, "/api/v1/me").await.0, 401);
    }
}

on_each_database! {
    async fn a_token_is_never_more_than_its_account_and_may_be_less(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A draft");
        let path = format!("/api/v1/submissions/{}", draft.reference);
        let head = app.head("KAZ");
        let reads = head.new_api_token(&[Scope::Read]).1;
        let writes = head.new_api_token(&[Scope::WriteSubmissions]).1;
        assert_eq!(with(&app, &reads, &path).await.0, 200);
        assert_eq!(with(&app, &writes, &path).await.0, 403);
        let other = app.head("UZB").new_api_token(Scope::ALL).1;
        assert_eq!(with(&app, &other, &path).await.0, 404);
        let secretariat = app.secretariat().new_api_token(Scope::ALL).1;
        assert_eq!(with(&app, &secretariat, &path).await.0, 404);
        let sends = |token: String| {
            let request = app.client.patch(format!("{path}/answers")).header(Header::new("If-Match", "*"));
            let request = request.header(Header::new("Authorization", format!("Bearer {token}")));
            request.header(rocket::http::ContentType::JSON).body(r#"{"answers": {}}"#).dispatch()
        };
        assert_eq!(sends(reads).await.status().code, 403);
        assert_eq!(sends(writes).await.status().code, 200);
    }
}

on_each_database! {
    async fn a_sign_in_of_a_browser_opens_nothing_here(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A draft");
        let path = format!("/api/v1/submissions/{}", draft.reference);
        let head = app.head("KAZ");
        head.get(&format!("/submissions/{}", draft.reference)).await.expect(200);
        let cookie = Cookie::new(web::cookies::SIGN_IN, head.browser_token().expect("signed in").to_owned());
        let response = app.client.get(path).private_cookie(cookie.clone()).dispatch().await;
        assert_eq!(response.status().code, 404);
        let response = app.client.get("/api/v1/me").private_cookie(cookie).dispatch().await;
        assert_eq!((response.status().code, response.headers().get_one("WWW-Authenticate")), (401, Some("Bearer realm=\"speca\"")));
        assert_eq!(response.cookies().iter().count(), 0);
    }
}

on_each_database! {
    async fn wrong_tokens_have_to_wait_and_right_ones_do_not(app: TestApp) {
        let right = app.office(Office::Chair).new_api_token(&[Scope::Read]).1;
        let ask = |token: String| {
            let header = Header::new("Authorization", format!("Bearer {token}"));
            let from: std::net::SocketAddr = "192.0.2.7:4000".parse().expect("address");
            app.client.get("/api/v1/me").remote(from).header(header).dispatch()
        };
        for _ in 0..20 {
            assert_eq!(ask("speca_wrong".to_owned()).await.status().code, 401);
        }
        let waits = ask("speca_wrong".to_owned()).await;
        assert_eq!(waits.status().code, 429);
        assert_eq!(waits.headers().get_one("Retry-After"), Some("900"));
        assert_eq!(ask(right).await.status().code, 200);
        app.pass(TimeDelta::minutes(15));
        assert_eq!(ask("speca_wrong".to_owned()).await.status().code, 401);
    }
}

on_each_database! {
    async fn a_token_needs_a_name_a_use_and_a_life_that_is_offered(app: TestApp) {
        let head = app.head("KAZ");
        for fields in [
            [("name", " "), ("scopes", "read"), ("days", "30")],
            [("name", "Sync"), ("scopes", "everything"), ("days", "30")],
            [("name", "Sync"), ("scopes", "read"), ("days", "3650")],
        ] {
            head.post("/account/tokens", &fields).await.expect(422).lacks("speca_");
        }
        head.post("/account/tokens", &[("name", "Sync"), ("days", "30")]).await.expect(422).sees("Sync");
        for _ in 0..20 {
            made(&head, "read").await;
        }
        head.post("/account/tokens", &[("name", "Sync"), ("scopes", "read"), ("days", "30")]).await.expect(422);
    }
}

#[rocket::async_test]
async fn another_scheme_is_a_wrong_token() {
    let app = TestApp::on_sqlite().await;
    for header in ["Basic YTpi", "Bearer", "nonsense", ""] {
        let page = app.visitor().call(Method::Get, "/api/v1/sessions", &[("Authorization", header)], "").await;
        assert_eq!(page.status.code, 401, "{header}");
        assert_eq!(page.json()["code"], "token-wrong");
    }
}
