//! The log tells what happened, by number, and no secret.

use crate::client::{Browser, Server};
use crate::desk::{PASSWORD, drafts, fields, pairs};
use crate::support::TestApp;

#[rocket::async_test]
async fn each_request_has_a_line_with_its_number_and_no_secret() {
    let app = TestApp::on_sqlite().await;
    let (drafts, email) = drafts(&app, 1);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.txt");
    let server = Server::logging(&file, &app.database, folder.path());
    let browser = Browser::signed_in(server.port, &email, PASSWORD);
    let edit = format!("/submissions/{}/edit", drafts[0].reference);
    let saved = browser.post(&edit, &pairs(&fields(1, "A title under way")));
    let number =
        saved.head.lines().find_map(|line| line.to_lowercase().strip_prefix("x-request-id: ").map(str::to_owned));
    browser.get("/invitations/the-token-of-an-invitation");
    browser.get("/no-such-page/with-a-secret-in-it");
    browser.get("/library?q=what-somebody-looked-for");
    server.ask_to_end();
    assert_eq!(server.ended(), Some(0));
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let line = lines.iter().find(|line| line["request"] == *number.as_ref().unwrap()).expect("the line of the save");
    assert_eq!((&line["route"], &line["status"]), (&"/submissions/<reference>/edit".into(), &303.into()));
    assert_eq!((&line["level"], &line["method"]), (&"INFO".into(), &"POST".into()));
    for secret in [
        PASSWORD,
        &email,
        "with-a-secret-in-it",
        "the-token-of-an-invitation",
        "what-somebody-looked-for",
        "A title under way",
    ] {
        assert!(!text.contains(secret), "{secret}\n{text}");
    }
}
