//! Programs of other people attack the running site: one looks for SQL injection, one walks through it, as a visitor and
//! signed in, and tries what it finds.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use chrono::TimeDelta;
use serde_json::Value;
use speca::demonstration::{self, desks};
use tokio::task::spawn_blocking;

use crate::support::{TestApp, checker};

/// What wapiti tries: cookies and headers, then injected lines, commands, files, addresses, scripts and SQL. Others need a server
/// outside.
const TRIED: &str = "cookieflags,csp,http_headers,crlf,exec,file,redirect,xss,permanentxss,sql";
/// The one thing it is to find: without TLS no cookie can ask for it (`tests/it/attack` looks at those behind TLS).
const FOUND: &str = "Secure Flag cookie";

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

/// Lets wapiti walk from some pages and attack what it finds, signed in when somebody is named; returns its report.
fn wapiti(program: &Path, site: &str, pages: &[&str], sign_in: Option<&str>) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    let mut command = Command::new(program);
    command.args(["-u", site, "-d", "1", "-m", TRIED, "-f", "json", "-v", "0", "--no-bugreport", "--flush-session"]);
    command.args([
        "--max-links-per-page",
        "10",
        "--max-scan-time",
        "40",
        "--max-attack-time",
        "12",
        "--max-parameters",
        "12",
    ]);
    command.args(["-x", &format!("{site}sign-out")]);
    for page in pages {
        command.args(["-s", &format!("{site}{page}")]);
    }
    if let Some(credentials) = sign_in {
        command.args(["--form-url", &format!("{site}sign-in"), "--form-cred", credentials]);
    }
    let output =
        command.arg("--store-session").arg(folder.path()).arg("-o").arg(&report).output().expect("wapiti runs");
    let text = std::fs::read_to_string(&report)
        .unwrap_or_else(|_| panic!("no report: {}", String::from_utf8_lossy(&output.stdout)));
    serde_json::from_str(&text).expect("a report")
}

/// Serves the demonstration; returns where, and what ends it.
async fn served(app: &TestApp) -> (String, tokio::task::JoinHandle<()>) {
    app.pass(TimeDelta::days(90));
    demonstration::fill(&app.db, &app.depot(), app.clock.now().naive_utc()).expect("filled");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
    let server = app.serve(port).await;
    (format!("http://127.0.0.1:{port}/"), server)
}

#[rocket::async_test]
async fn a_public_scanner_finds_no_injection() {
    let how = "python3 -m venv target/validators && target/validators/bin/pip install sqlmap";
    let Some(program) = checker(&["target/validators/bin/sqlmap"], how) else { return };
    let app = TestApp::on_sqlite().await;
    let (site, server) = served(&app).await;
    let asked = format!("{site}library?text=customs&country=KAZ&page=1");
    let said = spawn_blocking(move || sqlmap(&program, &asked)).await.expect("tried");
    assert!(said.contains("do not appear to be injectable") || said.contains("not injectable"), "{said}");
    assert!(!said.contains("is vulnerable") && !said.contains("injection point(s)"), "{said}");
    server.abort();
}

#[rocket::async_test]
async fn a_public_scanner_that_walks_the_site_finds_nothing() {
    let how = "python3 -m venv target/scanner && target/scanner/bin/pip install wapiti3";
    let Some(program) = checker(&["target/scanner/bin/wapiti"], how) else { return };
    let app = TestApp::on_sqlite().await;
    let (site, server) = served(&app).await;
    let offices = desks();
    let secretariat = offices.iter().find(|desk| desk.key == "secretariat").expect("an office of the demonstration");
    let credentials = format!("{}%{}", secretariat.email(), secretariat.password());
    let walks: [(&[&str], Option<String>); 2] = [
        (&["library?text=customs&country=KAZ&page=1", "sign-in"], None),
        (&["sessions/15/submissions?kind=action&state=accepted&delegation=all", "audit"], Some(credentials)),
    ];
    for (pages, credentials) in walks {
        let (program, site, named) = (program.clone(), site.clone(), credentials.clone());
        let report = spawn_blocking(move || wapiti(&program, &site, pages, named.as_deref())).await.expect("tried");
        let is_signed_in = report["infos"]["auth"]["logged_in"].as_bool() == Some(true);
        assert_eq!(is_signed_in, credentials.is_some(), "{}", report["infos"]);
        assert!(report["infos"]["crawled_pages_nbr"].as_u64() > Some(10), "{}", report["infos"]);
        for kind in ["vulnerabilities", "anomalies"] {
            let found = report[kind].as_object().expect("a list by kind");
            for (name, one) in found.iter().filter(|(name, _)| name.as_str() != FOUND) {
                assert_eq!(one, &serde_json::json!([]), "{name}");
            }
        }
        assert_ne!(report["vulnerabilities"][FOUND], serde_json::json!([]), "the scanner looked at the cookies");
    }
    server.abort();
}
