//! Programs of other people look for holes in the running site, signed in and not: SQL injection by sqlmap, and by wapiti scripts in
//! pages, redirects elsewhere, header injection, files of the machine, commands and what a site gives away.
//!
//! Bounded by time. `SPECA_SCAN_SECONDS=3600` looks longer.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::TimeDelta;
use speca::demonstration;
use tokio::task::spawn_blocking;

use crate::support::{TestApp, checker};

/// What wapiti tries.
const MODULES: &str = "xss,permanentxss,sql,file,exec,redirect,crlf,ssrf,xxe";
/// How long each program may look, in seconds.
const SECONDS: &str = "120";
/// How to have the programs.
const HOW: &str = "script/test makes target/scanners";

fn seconds() -> String {
    #[expect(clippy::disallowed_methods, reason = "whoever looks for more has the time")]
    std::env::var("SPECA_SCAN_SECONDS").unwrap_or_else(|_| SECONDS.to_owned())
}

/// Returns a running site with the demonstration in it: the application, its address and its task.
async fn site() -> (TestApp, String, tokio::task::JoinHandle<()>) {
    let app = TestApp::on_sqlite().await;
    app.pass(TimeDelta::days(90));
    demonstration::fill(&app.db, &app.depot(), app.clock.now().naive_utc()).expect("filled");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
    let server = app.serve(port).await;
    (app, format!("http://127.0.0.1:{port}"), server)
}

/// Lets wapiti look, as a visitor or signed in, and returns what it found.
fn wapiti(program: &Path, address: &str, account: Option<&str>) -> serde_json::Value {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    let mut command = Command::new(program);
    command.args(["-u", &format!("{address}/"), "--scope", "folder", "-m", MODULES, "-f", "json", "--flush-session"]);
    command.args(["--max-scan-time", &seconds(), "--max-links-per-page", "60", "--depth", "3", "--no-bugreport"]);
    command.args(["-x", &format!("{address}/sign-out"), "-x", &format!("{address}/account/sign-ins/*"), "-v", "0"]);
    command.arg("-o").arg(&report).arg("--store-session").arg(folder.path());
    if let Some(account) = account {
        command.args(["--form-cred", account, "--form-url", &format!("{address}/sign-in")]);
    }
    let output = command.output().expect("wapiti runs");
    let text = std::fs::read_to_string(&report).unwrap_or_else(|error| {
        panic!(
            "no report: {error}\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    });
    serde_json::from_str(&text).expect("a report")
}

/// Returns what a report of wapiti holds against the site.
fn findings(report: &serde_json::Value) -> Vec<String> {
    let kinds = report["vulnerabilities"].as_object().into_iter().chain(report["anomalies"].as_object()).flatten();
    kinds
        .flat_map(|(kind, all)| all.as_array().into_iter().flatten().map(move |one| format!("{kind}: {one}")))
        .collect()
}

#[rocket::async_test]
async fn a_public_scanner_finds_no_hole() {
    let Some(program) = checker(&["target/scanners/bin/wapiti"], HOW) else { return };
    let (_app, address, server) = site().await;
    for account in [None, Some("kaz@speca.example%demo-kaz-2020")] {
        let (program, address) = (program.clone(), address.clone());
        let report = spawn_blocking(move || wapiti(&program, &address, account)).await.expect("looked");
        let pages = report["infos"]["crawled_pages_nbr"].as_u64().unwrap_or_default();
        assert!(pages > 10, "only {pages} pages were looked at: {}", report["infos"]);
        let found = findings(&report);
        assert!(found.is_empty(), "as {account:?}:\n{}", found.join("\n"));
    }
    server.abort();
}

/// Lets sqlmap try every parameter of an address and returns what it says.
fn sqlmap(program: &Path, address: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(program)
        .args(["-u", address, "--batch", "--level", "2", "--risk", "1", "--technique", "BEUS", "--flush-session"])
        .args(["--disable-coloring", "--threads", "2", "--timeout", "20", "--output-dir"])
        .arg(folder.path())
        .output()
        .expect("sqlmap runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[rocket::async_test]
async fn a_public_scanner_finds_no_injection() {
    let Some(program) = checker(&["target/scanners/bin/sqlmap"], HOW) else { return };
    let (_app, address, server) = site().await;
    for path in [
        "/library?text=customs&country=KAZ&theme=1&page=1",
        "/library/PRACTICE*",
        "/api/v1/sessions/15/submissions?state=accepted&kind=action&limit=5",
        "/sessions/15/exports/practices.csv?lang=en",
    ] {
        let (program, asked): (PathBuf, String) = (program.clone(), format!("{address}{path}"));
        let said = spawn_blocking(move || sqlmap(&program, &asked)).await.expect("tried");
        assert!(said.contains("do not appear to be injectable") || said.contains("not injectable"), "{path}:\n{said}");
        assert!(!said.contains("is vulnerable") && !said.contains("injection point(s)"), "{path}:\n{said}");
    }
    server.abort();
}
