//! The interface asked by a program of other people, with what its description allows and what it does not: never a fault
//! of ours, never an answer that is not described.
//!
//! Bounded: few examples of each operation, the same ones every time. `SPECA_FUZZ_EXAMPLES=200` asks more.

use std::net::TcpListener;
use std::process::Command;

use chrono::TimeDelta;
use speca::accounts::Office;
use speca::demonstration;
use tokio::task::spawn_blocking;

use crate::support::{TestApp, checker};

/// What is looked at in every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance";
/// Examples of each operation.
const EXAMPLES: &str = "4";

/// Asks a running server with a token and returns what was found wrong.
fn asked(program: &std::path::Path, address: &str, token: Option<&str>) -> Result<(), String> {
    #[expect(clippy::disallowed_methods, reason = "whoever looks for more asks for more")]
    let examples = std::env::var("SPECA_FUZZ_EXAMPLES").unwrap_or_else(|_| EXAMPLES.to_owned());
    let mut command = Command::new(program);
    command.args(["run", &format!("http://{address}/api/v1/openapi.json")]);
    command.args(["--checks", CHECKS, "--max-examples", &examples, "--seed", "15", "--generation-deterministic"]);
    command.args(["--phases", "examples,coverage,fuzzing", "--workers", "1", "--request-timeout", "30", "--no-color"]);
    if let Some(token) = token {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    let folder = tempfile::tempdir().expect("folder");
    let output = command.current_dir(folder.path()).output().expect("the program runs");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stdout).into_owned()) }
}

#[rocket::async_test]
async fn a_program_that_asks_everything_finds_no_fault_and_nothing_undescribed() {
    let how = "python3 -m venv target/validators && target/validators/bin/pip install schemathesis";
    let Some(program) = checker(&["target/validators/bin/schemathesis"], how) else { return };
    let app = TestApp::on_sqlite().await;
    app.pass(TimeDelta::days(90));
    demonstration::fill(&app.db, &app.depot(), app.clock.now().naive_utc()).expect("filled");
    let session = app.db.read_here(|conn| speca::sessions::store::by_number(conn, 15)).expect("session").id;
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
    let address = format!("127.0.0.1:{port}");
    let server = app.serve(port).await;
    for (who, actor) in [
        ("visitor", app.visitor()),
        ("head", app.head("KAZ")),
        ("reviewer", app.reviewer(&session, None)),
        ("secretariat", app.secretariat()),
        ("chair", app.office(Office::Chair)),
    ] {
        let (program, address) = (program.clone(), address.clone());
        let token = actor.api_token().map(str::to_owned);
        let asked = spawn_blocking(move || asked(&program, &address, token.as_deref())).await.expect("asked");
        assert!(asked.is_ok(), "as {who}:\n{}", asked.unwrap_err());
    }
    server.abort();
}
