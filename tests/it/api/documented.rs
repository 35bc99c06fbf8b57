//! The commands of `docs/api.md`, run as they stand there.

use std::net::TcpListener;
use std::process::Command;

use speca::kernel::reference::Kind;
use speca::submissions::State;
use tokio::task::spawn_blocking;

use crate::support::{TestApp, checker};

/// Returns the commands of a document, in order.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

#[rocket::async_test]
async fn every_command_of_the_document_does_what_it_says() {
    let Some(_) = checker(&["/usr/bin/curl", "/bin/curl"], "apt-get install curl") else { return };
    let app = TestApp::on_sqlite().await;
    let session = app.session();
    let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A draft");
    app.submission(&session, "KGZ", Kind::Practice, State::Accepted, "A practice");
    let head = app.head("KAZ");
    let tag = head.get(&format!("/api/v1/submissions/{}", draft.reference)).await.expect(200);
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
    let server = app.serve(port).await;
    let values = [
        ("SITE", format!("http://127.0.0.1:{port}")),
        ("TOKEN", head.api_token().expect("a token").to_owned()),
        ("ETAG", tag.header("ETag").expect("a validator").to_owned()),
        ("REFERENCE", draft.reference),
    ];
    let commands = commands(include_str!("../../../docs/api.md"));
    assert_eq!(commands.len(), 7);
    for command in commands {
        let (shown, values) = (command.clone(), values.clone());
        let strict = command.replace("curl -s ", "curl -s --fail-with-body ");
        let run = move || Command::new("sh").args(["-c", &strict]).envs(values).output();
        let output = spawn_blocking(run).await.expect("run").expect("a shell");
        let body = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{shown}\n{body}{}", String::from_utf8_lossy(&output.stderr));
        assert!(serde_json::from_str::<serde_json::Value>(&body).is_ok(), "{shown}\n{body}");
    }
    server.abort();
}
