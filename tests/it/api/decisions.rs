//! Decisions: read as the page shows them to the caller, and what heads say about them.

use rocket::http::Method;
use serde_json::{Value, json};
use speca::accounts::Office;
use speca::api::Scope;
use speca::policy::Capacity;

use super::writing::{send, tag};
use crate::decisions::{act, prepared, tabled};
use crate::on_each_database;
use crate::support::{Actor, Page};

const LIST: &str = "/api/v1/sessions/15/decisions";
const ONE: &str = "/api/v1/sessions/15/decisions/1";

fn at(page: &str) -> String {
    format!("{ONE}/{page}")
}

/// Says something about the decision as it stands.
async fn say(who: &Actor<'_>, (method, page): (Method, &str), body: &Value) -> Page {
    send(who, (method, &at(page)), "*", body).await
}

/// Returns the fields that a refusal names.
pub fn fields(page: &Page) -> Vec<String> {
    let errors = page.json()["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["field"].as_str().unwrap_or_default().to_owned()).collect()
}

on_each_database! {
    async fn a_sense_check_is_sealed_until_it_is_closed_and_then_read_with_every_answer(app: TestApp) {
        let session = app.session();
        let (secretariat, kaz, uzb) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        prepared(&secretariat).await;
        kaz.get(ONE).await.expect(404);
        send(&kaz, (Method::Put, &at("support")), "*", &json!({"grade": "full-support"})).await.expect(404);
        secretariat.get(ONE).await.expect(200).sees("\"draft\"");
        act(&app, &session, &secretariat, "open-sense-check", &[]).await.expect(303);
        let seen = tag(&kaz, ONE).await;
        let answer = json!({"grade": "can-live-with", "note": "With a note 4711"});
        let given = send(&kaz, (Method::Put, &at("support")), &seen, &answer).await.expect(200).json();
        assert_eq!(given["sense"], json!({"is_open": true, "answered": 1, "own": "can-live-with", "grades": [], "unanswered": []}));
        send(&kaz, (Method::Put, &at("support")), &seen, &answer).await.expect(412);
        for other in [&uzb, &secretariat, &app.office(Office::Chair), &app.delegate("KAZ", Capacity::Observer)] {
            let page = other.get(ONE).await.expect(200).lacks("4711").lacks("can-live-with");
            assert_eq!((&page.json()["sense"]["answered"], &page.json()["sense"]["own"]), (&json!(1), &Value::Null));
        }
        say(&uzb, (Method::Put, "support"), &json!({"grade": "nothing"})).await.expect(400);
        let long = json!({"grade": "full-support", "note": "x".repeat(1251)});
        assert_eq!(fields(&say(&uzb, (Method::Put, "support"), &long).await.expect(422)), ["note"]);
        say(&app.delegate("UZB", Capacity::Delegate), (Method::Put, "support"), &answer).await.expect(403);
        say(&secretariat, (Method::Put, "support"), &answer).await.expect(403);
        act(&app, &session, &secretariat, "close-sense-check", &[]).await.expect(303);
        let shown = uzb.get(ONE).await.expect(200).json();
        let given = json!([{"delegation": "KAZ", "note": "With a note 4711"}]);
        assert_eq!(shown["sense"]["grades"][2], json!({"grade": "can-live-with", "number": 1, "given": given}));
        assert!(shown["sense"]["unanswered"].as_array().is_some_and(|codes| codes.contains(&json!("UZB")) && !codes.contains(&json!("KAZ"))));
        say(&uzb, (Method::Put, "support"), &answer).await.expect(409).sees("\"refused\"");
        act(&app, &session, &secretariat, "adopt", &[]).await.expect(303);
        let shown = app.visitor().get(ONE).await.expect(200).lacks("4711").json();
        assert_eq!((&shown["state"], &shown["rung"], &shown["objections"]), (&json!("decided"), &json!("consensus"), &Value::Null));
        assert!(shown["record"]["en"].as_str().is_some_and(|words| words.contains("by consensus")), "{}", shown["record"]);
        assert!(shown["record"]["ru"].as_str().is_some_and(|words| words.contains("консенсус")), "{}", shown["record"]);
        assert_eq!(app.visitor().get(LIST).await.expect(200).json()["items"][0]["title"]["ru"], "Программа работы");
    }
}

on_each_database! {
    async fn an_objection_is_raised_answered_and_withdrawn(app: TestApp) {
        let session = tabled(&app).await;
        let (secretariat, kaz, uzb) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        app.visitor().get(ONE).await.expect(404);
        assert_eq!(app.visitor().get(LIST).await.expect(200).json()["items"], json!([]));
        act(&app, &session, &secretariat, "start-silence", &[("until", "2020-09-21T18:00")]).await.expect(303);
        let shown = kaz.get(ONE).await.expect(200);
        assert_eq!((&shown.json()["state"], &shown.json()["silence_until"]), (&json!("silence"), &json!("2020-09-21T12:00:00Z")));
        let seen = shown.header("ETag").expect("a validator").to_owned();
        let why = json!({"passage": "in 2022", "reason": "Too early."});
        kaz.call(Method::Post, &at("objections"), &[], &why.to_string()).await.expect(428);
        assert_eq!(fields(&say(&kaz, (Method::Post, "objections"), &json!({"reason": "  "})).await.expect(422)), ["reason"]);
        say(&secretariat, (Method::Post, "objections"), &why).await.expect(403);
        let raised = send(&kaz, (Method::Post, &at("objections")), &seen, &why).await.expect(200).json();
        assert_eq!(raised["state"], "discussing");
        let objection = &raised["objections"][0];
        assert_eq!((&objection["delegation"], &objection["broke_silence"], &objection["state"]), (&json!("KAZ"), &json!(true), &json!("open")));
        assert_eq!(raised["acts"][0]["event"], "break-silence");
        send(&uzb, (Method::Post, &at("objections")), &seen, &why).await.expect(412);
        let id = objection["id"].as_str().expect("an id").to_owned();
        let (state, amendments) = (format!("objections/{id}/state"), format!("objections/{id}/amendments"));
        let short = json!({"text": {"en": "One line for 2021."}});
        assert_eq!(fields(&say(&uzb, (Method::Post, &amendments), &short).await.expect(422)), ["text.ru"]);
        let text = json!({"text": {"en": "One line for 2021.", "ru": "Одна строка на 2021 год."}});
        let proposed = say(&uzb, (Method::Post, &amendments), &text).await.expect(200).json();
        let amendment = &proposed["objections"][0]["amendments"][0];
        assert_eq!((&amendment["delegation"], &amendment["text"]), (&json!("UZB"), &text["text"]));
        // Only who raised it settles it, and it is not opened again.
        say(&uzb, (Method::Put, &state), &json!({"state": "withdrawn"})).await.expect(404);
        assert_eq!(fields(&say(&kaz, (Method::Put, &state), &json!({"state": "open"})).await.expect(422)), ["state"]);
        let settled = say(&kaz, (Method::Put, &state), &json!({"state": "withdrawn"})).await.expect(200).json();
        assert_eq!(settled["objections"][0]["state"], "withdrawn");
        assert!(settled["objections"][0]["settled_at"].is_string());
        say(&kaz, (Method::Put, "objections/none/state"), &json!({"state": "withdrawn"})).await.expect(404);
    }
}

on_each_database! {
    async fn a_position_is_explained_and_a_token_of_another_scope_says_nothing(app: TestApp) {
        let session = tabled(&app).await;
        let kaz = app.head("KAZ");
        say(&kaz, (Method::Put, "position"), &json!({"text": {"en": "As voluntary."}})).await.expect(409);
        act(&app, &session, &app.secretariat(), "adopt", &[]).await.expect(303);
        assert_eq!(fields(&say(&kaz, (Method::Put, "position"), &json!({"text": {}})).await.expect(422)), ["text.en"]);
        let text = json!({"en": "As voluntary.", "ru": ""});
        let shown = say(&kaz, (Method::Put, "position"), &json!({"text": &text})).await.expect(200).json();
        assert_eq!(shown["positions"], json!([{"delegation": "KAZ", "text": &text}]));
        let (_, narrow) = kaz.new_api_token(&[Scope::Read, Scope::WriteSubmissions, Scope::WriteReviews]);
        let header = format!("Bearer {narrow}");
        let body = json!({"text": &text}).to_string();
        let refused = app.visitor().call(Method::Put, &at("position"), &[("If-Match", "*"), ("Authorization", &header)], &body).await;
        refused.expect(403).sees("\"scope\"");
        app.visitor().call(Method::Put, &at("position"), &[("If-Match", "*")], &body).await.expect(401);
    }
}
