//! What is described is what is mounted, and every shape that is named is described.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::TestApp;

/// Returns every place in a document that names another.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| names(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

#[rocket::async_test]
async fn every_route_is_described_and_every_description_is_mounted() {
    let app = TestApp::on_sqlite().await;
    let document = app.visitor().get("/api/v1/openapi.json").await.expect(200).json();
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, methods)| {
            let methods: Vec<String> = methods.as_object().expect("methods").keys().cloned().collect();
            methods.into_iter().map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let mounted: BTreeSet<String> = app
        .client
        .rocket()
        .routes()
        .filter(|route| route.uri.path().starts_with("/api/v1/"))
        .map(|route| format!("{} {}", route.method, route.uri.path().replace('<', "{").replace('>', "}")))
        .collect();
    assert_eq!(described, mounted);
    assert_eq!(document["openapi"], "3.1.0");
}

#[rocket::async_test]
async fn every_shape_that_is_named_is_described_and_every_operation_says_who_may_call_it() {
    let app = TestApp::on_sqlite().await;
    let document = app.visitor().get("/api/v1/openapi.json").await.expect(200).json();
    let mut named = BTreeSet::new();
    names(&document, &mut named);
    assert!(named.len() > 20, "{named:?}");
    for name in named {
        let pointer = name.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{name} is named and not described");
    }
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let at = format!("{method} {path}");
            assert!(operation["security"].is_array(), "{at}: who may call it?");
            assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 10), "{at}: what is it?");
            for status in ["401", "403", "404", "429", "500", "503"] {
                let kind = &operation["responses"][status]["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(kind, "#/components/schemas/Problem", "{at}: {status}");
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let is_said = parameter["description"].as_str().is_some_and(|text| !text.is_empty());
                assert!(is_said, "{at}: what is {}?", parameter["name"]);
            }
        }
    }
}

#[rocket::async_test]
async fn the_page_shows_every_operation_in_both_languages() {
    let app = TestApp::on_sqlite().await;
    let page = app.visitor().get("/api").await.expect(200).sees("Programming interface").sees("GET /api/v1/sessions");
    let document = app.visitor().get("/api/v1/openapi.json").await.json();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (_, operation) in methods.as_object().expect("methods") {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(page.body.contains(&format!("id=\"{id}\"")), "{path}: {id}");
        }
    }
    app.visitor().get("/api?lang=ru").await.expect(200).sees("Программный интерфейс");
    app.head("KAZ").get("/account").await.expect(200).sees("/account/tokens");
}
