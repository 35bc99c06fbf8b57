//! Writing: never over what was not seen, never twice, and by the rules of the pages.

use rocket::http::Method;
use serde_json::{Value, json};
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::AnswerLang;
use speca::sessions::Step;
use speca::submissions::State;

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::{Actor, Page};

const START: &str = r#"{"kind": "practice", "delegation": "KAZ", "original_language": "en"}"#;

pub async fn tag(actor: &Actor<'_>, path: &str) -> String {
    actor.get(path).await.expect(200).header("ETag").expect("a validator").to_owned()
}

pub async fn send(actor: &Actor<'_>, (method, path): (Method, &str), tag: &str, body: &Value) -> Page {
    actor.call(method, path, &[("If-Match", tag)], &body.to_string()).await
}

on_each_database! {
    async fn a_program_drafts_fills_in_and_asks_and_the_head_clears(app: TestApp) {
        app.session();
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let made = delegate.call(Method::Post, "/api/v1/sessions/15/submissions", &[], START).await.expect(201);
        let path = made.header("Location").expect("an address").to_owned();
        assert_eq!(path, "/api/v1/submissions/GP-KAZ-2020-001");
        let acts = format!("{path}/acts");
        let tag = made.header("ETag").expect("a validator").to_owned();

        let early = send(&delegate, (Method::Post, &acts), &tag, &json!({"event": "request-clearance"})).await.expect(422);
        let fields: Vec<Value> = early.json()["errors"].as_array().expect("errors").iter().map(|e| e["field"].clone()).collect();
        assert!(fields.contains(&json!("title|en")) && fields.contains(&json!("theme")), "{fields:?}");

        let answers: Value =
            complete_answers(Kind::Practice).iter().map(|(key, text)| (key.to_string(), json!(text))).collect::<serde_json::Map<_, _>>().into();
        let saved = send(&delegate, (Method::Patch, &format!("{path}/answers")), &tag, &json!({"answers": answers})).await.expect(200);
        assert_eq!((&saved.json()["revision"], &saved.json()["answers"]), (&json!(2), &answers));
        let tag = saved.header("ETag").expect("a validator").to_owned();

        let part = json!({"answers": {"title|ru": "Новое название", "innovation|en": null}});
        let saved = send(&delegate, (Method::Patch, &format!("{path}/answers")), &tag, &part).await.expect(200);
        assert_eq!(saved.json()["title"]["ru"], "Новое название");
        assert_eq!(saved.json()["title"]["en"], answers["title|en"]);
        let tag = saved.header("ETag").expect("a validator").to_owned();

        let asked = send(&delegate, (Method::Post, &acts), &tag, &json!({"event": "request-clearance"})).await.expect(200);
        assert_eq!(asked.json()["state"], "awaiting-clearance");
        let tag = self::tag(&head, &path).await;
        send(&delegate, (Method::Post, &acts), &tag, &json!({"event": "clear"})).await.expect(403);
        let cleared = send(&head, (Method::Post, &acts), &tag, &json!({"event": "clear"})).await.expect(200);
        assert_eq!(cleared.json()["state"], "submitted");
        send(&head, (Method::Post, &acts), "*", &json!({"event": "clear"})).await.expect(409).sees("\"refused\"");
    }
}

on_each_database! {
    async fn nothing_is_written_over_what_was_not_seen(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A draft");
        let path = format!("/api/v1/submissions/{}", draft.reference);
        let answers = format!("{path}/answers");
        let head = app.head("KAZ");
        let change = |title: &str| json!({"answers": {"title|en": title}}).to_string();
        head.call(Method::Patch, &answers, &[], &change("One")).await.expect(428).sees("precondition-required");
        let old = tag(&head, &path).await;
        let saved = head.call(Method::Patch, &answers, &[("If-Match", &old)], &change("One")).await.expect(200);
        let stale = head.call(Method::Patch, &answers, &[("If-Match", &old)], &change("Two")).await.expect(412);
        assert_eq!(stale.header("ETag"), saved.header("ETag"));
        assert_eq!(stale.json()["code"], "stale");
        assert_eq!(head.get(&path).await.json()["title"]["en"], "One");
        let both = format!("{old}, {}", saved.header("ETag").expect("a validator"));
        head.call(Method::Patch, &answers, &[("If-Match", &both)], &change("Two")).await.expect(200);
        // Another delegation learns nothing, not even that there is something to match.
        app.head("UZB").call(Method::Patch, &answers, &[("If-Match", "\"x\"")], &change("Three")).await.expect(404);
    }
}

on_each_database! {
    async fn what_the_questionnaire_does_not_ask_is_refused_and_nothing_is_saved(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A draft");
        let path = format!("/api/v1/submissions/{}/answers", draft.reference);
        let head = app.head("KAZ");
        let body = json!({"answers": {"title|en": "New", "title": "x", "weather": "fine", "indicators.99.name|en": "y"}});
        let page = head.call(Method::Patch, &path, &[("If-Match", "*"), ("Accept-Language", "ru")], &body.to_string()).await.expect(422);
        let fields: Vec<Value> = page.json()["errors"].as_array().expect("errors").iter().map(|e| e["field"].clone()).collect();
        assert_eq!(fields, [json!("indicators.99.name|en"), json!("title"), json!("weather")]);
        assert_eq!(page.json()["errors"][0]["detail"], "Такого вопроса в анкете нет.");
        let shown = head.get(&format!("/api/v1/submissions/{}", draft.reference)).await.json();
        assert_eq!((&shown["title"]["en"], &shown["revision"]), (&json!("A draft"), &json!(1)));
        head.call(Method::Patch, &path, &[("If-Match", "*")], r#"{"answers": {"title|en": "a\u0000b"}}"#).await.expect(400);
        app.close_window(&session, Step::Submissions);
        let late = head.call(Method::Patch, &path, &[("If-Match", "*")], r#"{"answers": {"title|en": "Late"}}"#).await;
        assert!(late.expect(409).json()["detail"].as_str().is_some_and(|words| !words.is_empty()));
    }
}

on_each_database! {
    async fn the_same_request_starts_one_draft_however_often_it_comes(app: TestApp) {
        app.session();
        let head = app.head("KAZ");
        let path = "/api/v1/sessions/15/submissions";
        let key = [("Idempotency-Key", "import-1")];
        let one = head.call(Method::Post, path, &key, START).await.expect(201);
        let two = head.call(Method::Post, path, &key, START).await.expect(201);
        assert_eq!(one.header("Location"), two.header("Location"));
        let other = START.replace("practice", "action");
        head.call(Method::Post, path, &key, &other).await.expect(422).sees("key-reused");
        let three = head.call(Method::Post, path, &[], START).await.expect(201);
        assert_ne!(one.header("Location"), three.header("Location"));
        // Keys are the caller's own.
        let mate = app.delegate("KAZ", Capacity::Delegate).call(Method::Post, path, &key, START).await.expect(201);
        assert_eq!(mate.header("Location"), Some("/api/v1/submissions/GP-KAZ-2020-003"));
        head.call(Method::Post, path, &[], &START.replace("KAZ", "UZB")).await.expect(422).sees("delegation");
    }
}

on_each_database! {
    async fn a_review_is_kept_given_and_never_over_another(app: TestApp) {
        let session = app.session();
        let action = app.accepted_action(&session, "UZB", "An action");
        let path = format!("/api/v1/submissions/{}/review", action.reference);
        let reviewer = app.reviewer(&session.id, None);
        let shown = reviewer.get("/api/v1/sessions/15").await.expect(200).json();
        let criteria: Vec<String> =
            shown["criteria"].as_array().expect("criteria").iter().map(|c| c["id"].as_str().expect("an id").to_owned()).collect();
        let first = tag(&reviewer, &path).await;
        let draft = json!({"marks": {&criteria[0]: "4"}, "reason": "So far"});
        let kept = send(&reviewer, (Method::Put, &path), &first, &draft).await.expect(200);
        assert_eq!(kept.json()["review"]["state"], "draft");
        send(&reviewer, (Method::Put, &path), &first, &draft).await.expect(412);
        let now = kept.header("ETag").expect("a validator").to_owned();
        let unfinished = json!({"marks": {&criteria[0]: "4"}, "reason": "Short", "give": true});
        let wrong = send(&reviewer, (Method::Put, &path), &now, &unfinished).await.expect(422);
        assert_eq!(wrong.json()["errors"].as_array().map(Vec::len), Some(2));
        let against = json!({"recommendation": "return", "note": "Among reviewers"});
        let unexplained = json!({"marks": {}, "remarks": &against});
        let wrong = send(&reviewer, (Method::Put, &path), &now, &unexplained).await.expect(422).json();
        assert_eq!(wrong["errors"][0]["field"], "because");
        let strange = json!({"marks": {"nobody": "4"}, "reason": "So far"});
        send(&reviewer, (Method::Put, &path), &now, &strange).await.expect(422);
        let marks = json!({&criteria[0]: "4", &criteria[1]: "not-applicable"});
        let remarks = json!({"recommendation": "return", "because": "The costs are missing", "to_delegation": "Name the agency", "note": "Among reviewers"});
        let whole = json!({"marks": &marks, "reason": "The steps lead to the target.", "give": true});
        let mut said = whole.clone();
        said["remarks"] = remarks.clone();
        let given = send(&reviewer, (Method::Put, &path), &now, &said).await.expect(200);
        assert_eq!(given.json()["review"]["state"], "given");
        // Left out, what is said beside the marks stays.
        let now = given.header("ETag").expect("a validator").to_owned();
        let given = send(&reviewer, (Method::Put, &path), &now, &whole).await.expect(200).json();
        let mut kept = remarks;
        kept["revision"] = json!(1);
        assert_eq!(given["review"]["remarks"], kept);
        let secretariat = app.secretariat();
        let others = format!("/api/v1/submissions/{}/reviews", action.reference);
        assert_eq!(secretariat.get(&others).await.expect(200).json()["reviews"][0]["remarks"], kept);
        app.reviewer(&session.id, None).get(&others).await.expect(200).lacks("Among reviewers");
        app.head("UZB").get(&others).await.expect(404).lacks("Among reviewers");
        let ranking = app.secretariat().get("/api/v1/sessions/15/ranking").await.expect(200).json();
        assert_eq!(ranking["lines"][0]["score"], json!({"exact": "4", "shown": "4.00"}));
        let recused = app.reviewer(&session.id, Some("UZB"));
        send(&recused, (Method::Put, &path), "*", &whole).await.expect(409);
        assert_eq!(recused.get(&path).await.expect(200).json()["is_recused"], true);
        app.head("KAZ").get(&path).await.expect(404);
    }
}

on_each_database! {
    async fn a_country_consents_and_co_sponsors_by_its_head(app: TestApp) {
        let session = app.session();
        let answers = complete_answers(Kind::Action)
            .with("title", Lang::En, "Shared")
            .with("title", Lang::Ru, "Общее")
            .with("countries", AnswerLang::Neutral, "KAZ;UZB");
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &answers);
        let path = format!("/api/v1/submissions/{}", action.reference);
        let lead = app.head("KAZ");
        send(&lead, (Method::Post, &format!("{path}/acts")), "*", &json!({"event": "clear"})).await.expect(200);
        let other = app.head("UZB");
        let seen = tag(&other, &path).await;
        let consent = format!("{path}/consent");
        send(&other, (Method::Post, &consent), &seen, &json!({"event": "ask-again"})).await.expect(422);
        let given = send(&other, (Method::Post, &consent), &seen, &json!({"event": "give"})).await.expect(200);
        assert_eq!((&given.json()["consents"][0]["delegation"], &given.json()["consents"][0]["state"]), (&json!("UZB"), &json!("given")));
        let seen = given.header("ETag").expect("a validator").to_owned();
        let joined = send(&other, (Method::Post, &format!("{path}/co-sponsorship")), &seen, &json!({"event": "join"})).await.expect(200);
        assert_eq!(joined.json()["co_sponsors"][0]["state"], "joined");
        send(&app.head("TJK"), (Method::Post, &consent), "*", &json!({"event": "give"})).await.expect(404);
    }
}
