//! A program of other people looks for SQL injection in the running site.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use chrono::TimeDelta;
use speca::demonstration;
use tokio::task::spawn_blocking;

use crate::support::{TestApp, checker};

/// Lets sqlmap try every parameter of an address and returns what it says.
fn sqlmap(program: &Path, address: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(program)
        .args(["-u", address, "--batch", "--level", "1", "--risk", "1", "--technique", "BEUS", "--flush-session"])
        .args(["--disable-coloring", "--threads", "2", "--timeout", "20", "--output-dir"])
        .arg(folder.path())
        .output()
        .expect("sqlmap runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[rocket::async_test]
async fn a_public_scanner_finds_no_injection() {
    let how = "python3 -m venv target/validators && target/validators/bin/pip install sqlmap";
    let Some(program) = checker(&["target/validators/bin/sqlmap"], how) else { return };
    let app = TestApp::on_sqlite().await;
    app.pass(TimeDelta::days(90));
    demonstration::fill(&app.db, &app.depot(), app.clock.now().naive_utc()).expect("filled");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
    let server = app.serve(port).await;
    let asked = format!("http://127.0.0.1:{port}/library?text=customs&country=KAZ&page=1");
    let said = spawn_blocking(move || sqlmap(&program, &asked)).await.expect("tried");
    assert!(said.contains("do not appear to be injectable") || said.contains("not injectable"), "{said}");
    assert!(!said.contains("is vulnerable") && !said.contains("injection point(s)"), "{said}");
    server.abort();
}
