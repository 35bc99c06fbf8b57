//! A real mail server for a test: `aiosmtpd`, which `script/test` prepares, with what it took as data.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde_json::Value;
use speca::kernel::token::LinkKey;
use speca::outbox::delivery::{Desk, Round};
use speca::outbox::model::{Encryption, MailServer};
use speca::outbox::post::Post;

use crate::support::TestApp;

/// The address of the site, as links in mails start.
pub const SITE: &str = "https://speca.example.org";

/// A mail server that runs as long as the test.
pub struct Server {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts a server; nothing on a machine without it, unless all checks must run.
    pub fn start(credentials: &[&str]) -> Option<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = here.join("target/validators/bin/python");
        let has_it =
            Command::new(&python).args(["-c", "import aiosmtpd"]).output().is_ok_and(|run| run.status.success());
        if !has_it {
            let must = std::env::vars_os().any(|(name, _)| name == "CI");
            assert!(!must, "target/validators holds no aiosmtpd: run script/test");
            eprintln!("left out: target/validators holds no aiosmtpd: run script/test");
            return None;
        }
        let folder = tempfile::tempdir().expect("folder");
        let mut child = Command::new(&python)
            .args(["-W", "ignore"])
            .arg(here.join("tests/it/outbox/server.py"))
            .arg(folder.path())
            .args(credentials)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the mail server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("output")).read_line(&mut line).expect("its port");
        Some(Self { child, port: line.trim().parse().expect("a port"), folder })
    }

    /// Returns the settings that lead there.
    pub fn settings(&self) -> MailServer {
        MailServer {
            server: "127.0.0.1".to_owned(),
            port: self.port,
            encryption: Encryption::None,
            credentials: None,
            from: "Secretariat <speca@example.org>".to_owned(),
            reply_to: Some("answers@example.org".to_owned()),
        }
    }

    /// Returns what it took, oldest first.
    pub fn received(&self) -> Vec<Value> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path())
            .expect("folder")
            .map(|entry| entry.expect("entry").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .collect();
        files.sort();
        let read = |path| serde_json::from_slice(&std::fs::read(path).expect("mail")).expect("mail");
        files.into_iter().map(read).collect()
    }

    /// Returns the only mail that it took for an address.
    pub fn only(&self, email: &str) -> Value {
        let mut found = self.received();
        found.retain(|mail| mail["to"] == email);
        assert_eq!(found.len(), 1, "mails to {email}: {found:?}");
        found.remove(0)
    }

    /// Returns a desk that delivers there.
    pub fn desk(&self, app: &TestApp) -> Desk {
        desk(app, Some(&self.settings()))
    }
}

/// Returns a desk of an application, with or without a mail server that it waits for two seconds.
pub fn desk(app: &TestApp, server: Option<&MailServer>) -> Desk {
    let post = server.map(|server| Post::to(server, Duration::from_secs(2)).expect("usable"));
    Desk::new(app.db.clone(), app.clock.clone(), LinkKey::of(&"5".repeat(64)), SITE.to_owned(), post)
}

/// Does what is due.
pub async fn round(desk: &Desk) -> Round {
    desk.round(&AtomicBool::new(false)).await.expect("a round")
}
