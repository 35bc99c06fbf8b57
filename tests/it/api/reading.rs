//! Reading: the same as the pages, part by part, and only what has changed.

use rocket::http::Method;
use serde_json::{Value, json};
use speca::accounts::Office;
use speca::exports::Name;
use speca::exports::cell::unguarded;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::questionnaires::AnswerLang;
use speca::submissions::State;

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

fn references(page: &Page) -> Vec<String> {
    let items = page.json()["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["reference"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Returns the address in a header of links.
fn address(link: &str) -> String {
    link.trim_start_matches('<').split('>').next().unwrap_or_default().to_owned()
}

on_each_database! {
    async fn a_list_comes_in_parts_that_follow_each_other(app: TestApp) {
        let session = app.session();
        for code in ["AFG", "AZE", "KAZ", "KGZ", "UZB"] {
            app.submission(&session, code, Kind::Practice, State::Accepted, "A practice");
        }
        let visitor = app.visitor();
        let mut path = "/api/v1/library?limit=2&theme=".to_owned();
        let mut found = Vec::new();
        loop {
            let page = visitor.get(&path).await.expect(200);
            found.extend(references(&page));
            let next = page.json()["next"].as_str().map(str::to_owned);
            let link = page.header("Link").map(address);
            assert_eq!(next.is_some(), link.is_some());
            let Some(link) = link else { break };
            assert!(link.contains(&next.expect("a link")) && link.contains("limit=2"), "{link}");
            path = link;
        }
        let wanted = ["AFG", "AZE", "KAZ", "KGZ", "UZB"].map(|code| format!("GP-{code}-2020-001"));
        assert_eq!(found, wanted);
        // A row that is added meanwhile neither repeats nor hides another.
        let first = visitor.get("/api/v1/library?limit=3").await.expect(200);
        app.submission(&session, "AFG", Kind::Practice, State::Accepted, "Another");
        let rest = visitor.get(&address(first.header("Link").expect("a link"))).await;
        assert_eq!(references(&rest), ["GP-KGZ-2020-001", "GP-UZB-2020-001"]);
        assert_eq!(references(&visitor.get("/api/v1/library?country=KAZ").await), ["GP-KAZ-2020-001"]);
    }
}

#[rocket::async_test]
async fn what_no_list_can_mean_is_refused_with_a_word_on_each_parameter() {
    let app = TestApp::on_sqlite().await;
    app.session();
    let visitor = app.visitor();
    for (path, field) in [
        ("/api/v1/library?limit=0", "limit"),
        ("/api/v1/library?limit=101", "limit"),
        ("/api/v1/library?limit=many", "limit"),
        ("/api/v1/library?cursor=nonsense", "cursor"),
        ("/api/v1/sessions?cursor=4f2d000047", "cursor"),
    ] {
        let page = visitor.get(path).await.expect(400);
        assert_eq!(
            (&page.json()["code"], &page.json()["errors"][0]["field"]),
            (&json!("parameter"), &json!(field)),
            "{path}"
        );
        assert_eq!(page.header("Content-Type"), Some("application/problem+json"));
    }
    let head = app.head("KAZ");
    head.get("/api/v1/sessions/15/submissions?state=asleep").await.expect(400).sees("\"state\"");
    // A cursor of one list says nothing to another.
    for code in ["AFG", "AZE"] {
        let session = app.db.read_here(|conn| speca::sessions::store::by_number(conn, 15)).expect("session");
        app.submission(&session, code, Kind::Practice, State::Accepted, "A practice");
    }
    let cursor = visitor.get("/api/v1/library?limit=1").await.json()["next"].as_str().unwrap().to_owned();
    visitor.get(&format!("/api/v1/sessions?cursor={cursor}")).await.expect(400);
}

on_each_database! {
    async fn what_is_held_is_not_sent_again(app: TestApp) {
        let session = app.session();
        let practice = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "A practice");
        let path = format!("/api/v1/library/{}", practice.reference);
        let visitor = app.visitor();
        let page = visitor.get(&path).await.expect(200);
        let tag = page.header("ETag").expect("a validator").to_owned();
        assert_eq!(page.header("Cache-Control"), Some("public, no-cache"));
        assert_eq!(page.header("Vary"), Some("Authorization"));
        let again = visitor.call(Method::Get, &path, &[("If-None-Match", &tag)], "").await.expect(304);
        assert_eq!((again.body.as_str(), again.header("ETag")), ("", Some(tag.as_str())));
        visitor.call(Method::Get, &path, &[("If-None-Match", "\"other\"")], "").await.expect(200);
        assert_eq!(app.head("KAZ").get(&path).await.header("Cache-Control"), Some("private, no-cache"));
        let lists = visitor.get("/api/v1/lists/country").await.expect(200);
        assert_eq!(lists.header("Cache-Control"), Some("public, max-age=86400"));
        assert_eq!(lists.json()["entries"].as_array().map(Vec::len), Some(7));
    }
}

on_each_database! {
    async fn a_submission_shows_what_its_page_shows(app: TestApp) {
        let session = app.session();
        let answers = complete_answers(Kind::Action)
            .with("title", Lang::En, "An action")
            .with("title", Lang::Ru, "Мероприятие")
            .with("countries", AnswerLang::Neutral, "KAZ");
        let action = app.submission_with(&session, "KAZ", Kind::Action, State::Accepted, &answers);
        let path = format!("/api/v1/submissions/{}", action.reference);
        let own = app.head("KAZ").get(&path).await.expect(200).json();
        assert_eq!(own["title"], json!({"en": "An action", "ru": "Мероприятие"}));
        assert_eq!((&own["kind"], &own["state"], &own["session"]), (&json!("action"), &json!("accepted"), &json!(15)));
        assert_eq!(own["created_at"], "2020-09-14T08:00:00Z");
        assert_eq!(own["answers"]["title|ru"], "Мероприятие");
        app.head("UZB").get(&path).await.expect(200);
        app.visitor().get(&path).await.expect(404);
        app.visitor().get(&format!("{path}/history")).await.expect(401);
        app.head("UZB").get(&format!("{path}/history")).await.expect(403);
        let history = app.head("KAZ").get(&format!("{path}/history")).await.expect(200).json();
        assert_eq!(history["revisions"].as_array().map(Vec::len), Some(1));
        let list = app.head("UZB").get("/api/v1/sessions/15/submissions?kind=action&country=KAZ").await.expect(200);
        assert_eq!(references(&list), [action.reference.as_str()]);
        let none = app.head("UZB").get("/api/v1/sessions/15/submissions?kind=practice").await.expect(200);
        assert_eq!(none.json(), json!({"items": [], "next": null}));
        let main = own["main_target"].as_str().expect("a target");
        let by_target = format!("/api/v1/sessions/15/submissions?target={main}");
        assert_eq!(references(&app.head("UZB").get(&by_target).await), [action.reference.as_str()]);
    }
}

on_each_database! {
    async fn private_answers_stay_with_the_delegation_and_the_secretariat(app: TestApp) {
        let session = app.session();
        let questionnaire = speca::questionnaires::Questionnaire::default_of(Kind::Practice);
        let private = questionnaire.questions().find(|question| question.private).expect("a private question");
        let practice = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "A practice");
        let path = format!("/api/v1/submissions/{}", practice.reference);
        let held = |value: &Value| {
            value["answers"].as_object().is_some_and(|all| all.keys().any(|key| key.starts_with(&private.code)))
        };
        assert!(held(&app.head("KAZ").get(&path).await.expect(200).json()));
        assert!(held(&app.secretariat().get(&path).await.expect(200).json()));
        for other in [app.head("UZB"), app.visitor(), app.office(Office::Chair)] {
            assert!(!held(&other.get(&path).await.expect(200).json()));
        }
        assert!(!held(&app.visitor().get(&format!("/api/v1/library/{}", practice.reference)).await.expect(200).json()));
    }
}

#[rocket::async_test]
async fn everything_under_the_interface_is_refused_in_its_own_shape_and_in_the_language_asked_for() {
    let app = TestApp::on_sqlite().await;
    app.session();
    let (visitor, head) = (app.visitor(), app.head("KAZ"));
    let cases: [(Method, &str, &str, u16, &str); 9] = [
        (Method::Get, "/api/v1/nothing", "", 404, "not-found"),
        (Method::Get, "/api/nothing", "", 404, "not-found"),
        (Method::Get, "/api/v1/sessions/fifteen", "", 404, "not-found"),
        (Method::Get, "/api/v1/sessions/99", "", 404, "not-found"),
        (Method::Get, "/api/v1/library/GP%00", "", 404, "not-found"),
        (Method::Delete, "/api/v1/sessions", "", 405, "method"),
        (Method::Post, "/api/v1/sessions/15/submissions", "{", 400, "malformed"),
        (Method::Post, "/api/v1/sessions/15/submissions", "{\"kind\": \"poem\"}", 400, "malformed"),
        (Method::Post, "/api/v1/sessions/15/submissions", "", 415, "media-type"),
    ];
    for (method, path, body, status, code) in cases {
        let who = if method == Method::Post { &head } else { &visitor };
        let page = who.call(method, path, &[("Accept-Language", "ru,en;q=0.5")], body).await.expect(status);
        assert_eq!(page.json()["code"], code, "{path}");
        assert_eq!(page.json()["status"], status, "{path}");
        assert_eq!(page.header("Content-Type"), Some("application/problem+json"), "{path}");
        assert_eq!(page.header("Content-Language"), Some("ru"), "{path}");
        let title = page.json()["title"].as_str().unwrap_or_default().to_owned();
        assert!(title.chars().any(|c| ('а'..='я').contains(&c)), "{title}");
    }
    let page = visitor.call(Method::Delete, "/api/v1/sessions/15", &[], "").await.expect(405);
    assert_eq!(page.header("Allow"), Some("GET"));
    let large = format!("{{\"kind\": \"{}\"}}", "a".repeat(2 * 1024 * 1024));
    head.call(Method::Post, "/api/v1/sessions/15/submissions", &[], &large).await.expect(413).sees("too-large");
}

/// Returns the rows of a file part by part, cells in the order of the columns.
async fn rows(actor: &Actor<'_>, name: Name, path: &str) -> Vec<Vec<String>> {
    let mut path = format!("{path}?limit=2");
    let mut rows = Vec::new();
    loop {
        let page = actor.get(&path).await.expect(200);
        for item in page.json()["items"].as_array().expect("rows") {
            assert_eq!(item["row"], json!(rows.len() + 1));
            let cell = |column: &str| item["cells"][column].as_str().expect("a cell").to_owned();
            rows.push(name.description().names().map(cell).collect());
        }
        match page.header("Link") {
            Some(link) => path = address(link),
            None => return rows,
        }
    }
}

on_each_database! {
    async fn the_rows_of_a_file_are_those_of_the_file(app: TestApp) {
        let session = app.session();
        for code in ["AFG", "AZE", "KAZ", "KGZ", "UZB"] {
            app.submission(&session, code, Kind::Practice, State::Accepted, "=1+1");
            app.accepted_action(&session, code, "An action");
        }
        let (secretariat, visitor) = (app.secretariat(), app.visitor());
        let mut read = 0;
        for name in Name::ALL {
            let base = if name.is_of_session() { "/sessions/15/exports" } else { "/exports" };
            let path = format!("/api/v1{base}/{name}");
            let status = secretariat.get(&path).await.status.code;
            if status != 200 {
                let file = secretariat.get(&format!("{base}/{name}.csv?lang=en")).await.status.code;
                assert_eq!(status, file, "{name}");
                continue;
            }
            let found = rows(&secretariat, *name, &path).await;
            let file = secretariat.get(&format!("{base}/{name}.csv?lang=en")).await.expect(200);
            let mut records = csv::Reader::from_reader(file.body.as_bytes());
            let cells = |record: csv::StringRecord| record.iter().map(|cell| unguarded(cell).to_owned()).collect();
            let wanted: Vec<Vec<String>> = records.records().map(|record| cells(record.expect("a row"))).collect();
            assert_eq!(found, wanted, "{name}");
            read += found.len();
        }
        assert!(read > 20, "{read}");
        // A program calculates nothing: it reads the text as it was typed.
        visitor.get("/api/v1/sessions/15/exports/practices").await.expect(200).sees("\"=1+1\"").lacks("'=1+1");
        for (path, code) in [
            ("/api/v1/sessions/15/exports/pending", 401),
            ("/api/v1/sessions/15/exports/nothing", 404),
            ("/api/v1/sessions/15/exports/accounts", 404),
            ("/api/v1/exports/practices", 404),
            ("/api/v1/sessions/16/exports/practices", 404),
            ("/api/v1/sessions/15/exports/practices?lang=de", 400),
            ("/api/v1/sessions/15/exports/practices?ballot=x", 400),
        ] {
            visitor.get(path).await.expect(code);
        }
        app.head("KAZ").get("/api/v1/sessions/15/exports/pending").await.expect(403);
    }
}
