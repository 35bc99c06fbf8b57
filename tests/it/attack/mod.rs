//! What somebody tries who means harm: markup in every stored text, headers left out, and a program that looks for holes.

mod markup;
mod scanned;

use rocket::http::Method;

use crate::on_each_database;
use crate::support::Page;

/// The headers that bind the browser, on every answer of whatever kind.
const HEADERS: &[(&str, &str)] = &[
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

fn is_bound(page: &Page, what: &str) {
    for (name, value) in HEADERS {
        assert_eq!(page.header(name), Some(*value), "{what}: {name}");
    }
    let policy = page.header("Content-Security-Policy").unwrap_or_default();
    for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    assert_eq!(page.header("Access-Control-Allow-Origin"), None, "{what}");
    assert!(page.header("Cache-Control").is_some(), "{what}: nothing says whether it may be kept");
    if let Some(kind) = page.header("Content-Type").filter(|kind| kind.starts_with("text/")) {
        assert!(kind.contains("charset=utf-8"), "{what}: {kind}");
    }
}

on_each_database! {
    async fn every_answer_carries_the_headers_that_bind_the_browser(app: TestApp) {
        let head = app.head("KAZ");
        for path in ["/", "/library", "/sign-in", "/health", "/assets/style.css", "/api/v1/openapi.json", "/nowhere", "/accounts"] {
            is_bound(&app.visitor().get(path).await, path);
        }
        for path in ["/account", "/submissions/none", "/sessions/15", "/accounts"] {
            let page = head.get(path).await;
            is_bound(&page, path);
            let kept = page.header("Cache-Control").unwrap_or_default();
            assert!(kept.contains("no-store") && kept.contains("private"), "{path} as a head: {kept}");
        }
        is_bound(&head.post("/account", &[("name", "")]).await.expect(422), "a form with a fault");
        is_bound(&head.post_raw("/account", &[("name", "x")]).await, "a form without our token");
        let traced = app.visitor().call(Method::Trace, "/", &[], "").await;
        assert!(matches!(traced.status.code, 404 | 405), "TRACE is answered with {}", traced.status);
        is_bound(&traced, "TRACE");
    }
}
