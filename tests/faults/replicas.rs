//! Several processes over one PostgreSQL, behind the nginx of `docs/deploy/nginx.conf`.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use speca::db::{AnyConnection, StoreError};

use crate::client::{Browser, Server};
use crate::desk::{PASSWORD, Saved, assert_trail_is_whole, drafts, fields, lost, pairs, revision};
use crate::factories::decision;
use crate::process::Process;
use crate::support::TestApp;

#[rocket::async_test]
async fn a_sign_in_holds_on_every_replica_and_ends_on_all() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (_, email) = drafts(&app, 1);
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (Server::of(&app.database, folder.path()), Server::of(&app.database, folder.path()));
    let browser = Browser::signed_in(one.port, &email, PASSWORD);
    let elsewhere = browser.at(other.port);
    assert_eq!(elsewhere.get("/account").status, Some(200));
    assert_eq!(browser.post("/sign-out", &[]).status, Some(303));
    assert_eq!(elsewhere.get("/account").status, Some(303), "signed out on one, signed out on all");
}

#[rocket::async_test]
async fn guesses_at_a_password_are_counted_over_all_replicas() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (_, email) = drafts(&app, 1);
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (Server::of(&app.database, folder.path()), Server::of(&app.database, folder.path()));
    let browser = Browser::signed_in(one.port, &email, PASSWORD);
    browser.post("/sign-out", &[]);
    let guess = |browser: &Browser| browser.post("/sign-in", &[("email", &email), ("password", "a guess")]).status;
    let guesses: Vec<Option<u16>> =
        (0..12).map(|n| guess(&browser.at(if n % 2 == 0 { one.port } else { other.port }))).collect();
    let allowed = guesses.iter().take_while(|status| **status != Some(429)).count();
    assert!(allowed > 0 && guesses[allowed..].iter().all(|status| *status == Some(429)), "{guesses:?}");
    for port in [one.port, other.port] {
        assert_eq!(guess(&browser.at(port)), Some(429), "counted on one, counted on all");
    }
}

#[rocket::async_test]
async fn what_is_done_on_one_replica_is_on_the_live_screen_of_another() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (_, email) = drafts(&app, 1);
    let folder = tempfile::tempdir().unwrap();
    let other = Server::of(&app.database, folder.path());
    let browser = Browser::signed_in(other.port, &email, PASSWORD);
    let screen = || browser.get("/sessions/15/plenary/events?once=true").body;
    assert!(screen().contains("Nothing is before the group"));
    let fields = decision(["Decision 4711", "Решение 4711"], ["One.", "Один."]);
    let secretariat = app.secretariat();
    secretariat.post("/sessions/15/decisions/new", &fields).await.expect(303);
    secretariat.post("/sessions/15/decisions/1/acts/open-register", &[("edition", "1")]).await.expect(303);
    let until = Instant::now() + Duration::from_secs(30);
    while !screen().contains("Decision 4711") {
        assert!(Instant::now() < until, "the screen of the other replica stays behind");
    }
}

/// Starts nginx with the published configuration before two replicas and returns it with its port.
fn nginx(replicas: [u16; 2], folder: &Path) -> (Process, u16) {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let published = include_str!("../../docs/deploy/nginx.conf");
    let site: Vec<String> = published
        .replace("127.0.0.1:8000", &format!("127.0.0.1:{}", replicas[0]))
        .replace("127.0.0.1:8001", &format!("127.0.0.1:{}", replicas[1]))
        .replace("listen 443 ssl", &format!("listen 127.0.0.1:{port}"))
        .lines()
        .filter(|line| !line.trim_start().starts_with("ssl_"))
        .map(str::to_owned)
        .collect();
    let site = site.join("\n");
    let own = |name: &str| folder.join(name).display().to_string();
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = kinds.map(|kind| format!("{kind}_temp_path {};", own(&format!("{kind}_temp")))).join("\n");
    let pid = own("nginx.pid");
    let main = format!(
        "daemon off; pid {pid}; error_log stderr crit; events {{}} http {{ access_log off; {temporary}\n{site} }}"
    );
    let file = own("nginx.conf");
    std::fs::write(&file, main).unwrap();
    let path = "PATH=/usr/sbin:/usr/local/sbin:/usr/bin:/bin";
    let process = Process::start("env", &[path, "nginx", "-e", "stderr", "-c", &file], folder);
    let until = Instant::now() + Duration::from_secs(30);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "nginx does not answer");
        std::thread::sleep(Duration::from_millis(20));
    }
    (process, port)
}

/// Saves a draft again and again, each time where it is to be sent then; what breaks in the middle is looked up and gone on from.
fn write_on(
    app: &TestApp,
    browser: impl Fn() -> Browser,
    reference: &str,
    saved: &Mutex<Vec<Saved>>,
    stop: &AtomicBool,
) {
    let path = format!("/submissions/{reference}/autosave");
    while !stop.load(Ordering::Relaxed) {
        let newest = revision(app, reference);
        let title = format!("Title after {newest}");
        let answer = browser().post(&path, &pairs(&fields(newest, &title)));
        match answer.status {
            Some(200) => {
                saved.lock().unwrap().push(Saved { reference: reference.to_owned(), revision: newest + 1, title });
            }
            // The line to the killed one broke: nobody knows whether it was stored, and nothing was acknowledged.
            Some(502..=504) | None => {}
            Some(other) => panic!("{other}: {}", answer.body),
        }
    }
}

/// Lets those end who write on, also where the test fails.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Waits until so many more saves are acknowledged.
fn wait_for(more: usize, saved: &Mutex<Vec<Saved>>) {
    let count = saved.lock().unwrap().len() + more;
    let until = Instant::now() + Duration::from_mins(2);
    while saved.lock().unwrap().len() < count {
        assert!(Instant::now() < until, "{} of {count} saves acknowledged", saved.lock().unwrap().len());
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[rocket::async_test]
async fn behind_nginx_a_killed_replica_loses_nothing_acknowledged_and_pages_go_on() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (drafts, email) = drafts(&app, 4);
    let folder = tempfile::tempdir().unwrap();
    let serve = || Server::of(&app.database, folder.path());
    let (one, other) = (serve(), serve());
    let (_nginx, port) = nginx([one.port, other.port], folder.path());
    let browser = Browser::signed_in(port, &email, PASSWORD);
    let (saved, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for draft in &drafts {
            let (app, browser, saved, stop) = (&app, &browser, &saved, &stop);
            scope.spawn(move || write_on(app, || browser.at(port), &draft.reference, saved, stop));
        }
        let pages = scope.spawn(|| {
            let mut opened = 0;
            while !stop.load(Ordering::Relaxed) {
                assert_eq!(browser.get("/submissions/GP-KAZ-2020-001/edit").status, Some(200));
                opened += 1;
            }
            opened
        });
        let ending = Ending(&stop);
        wait_for(60, &saved);
        drop(one);
        wait_for(90, &saved);
        drop(ending);
        println!("{} pages opened, none refused", pages.join().unwrap());
    });
    let saved = saved.into_inner().unwrap();
    println!("{} writes acknowledged behind nginx, one of two replicas killed", saved.len());
    assert_eq!(lost(&app, &saved), []);
    assert_trail_is_whole(&app);
    drop(other);
}

/// What the version after this one adds to the schema: columns and a table, and the line that says that its migration ran.
const NEXT: &[&str] = &[
    "ALTER TABLE submissions ADD COLUMN of_the_next_version TEXT",
    "ALTER TABLE answers ADD COLUMN of_the_next_version INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE of_the_next_version (id TEXT PRIMARY KEY)",
    "INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('29991231000000', CURRENT_TIMESTAMP)",
];

/// Runs the migration of the next version.
fn migrate_further(app: &TestApp) {
    for statement in NEXT {
        let run = app.db.write_here(move |tx| -> Result<usize, StoreError> {
            let AnyConnection::Postgres(conn) = &mut **tx else { return Ok(0) };
            Ok(diesel::sql_query(*statement).execute(conn)?)
        });
        run.expect("migrated");
    }
}

#[rocket::async_test]
async fn a_version_serves_on_while_the_schema_of_the_next_is_there_and_beside_it() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (drafts, email) = drafts(&app, 4);
    let folder = tempfile::tempdir().unwrap();
    let before = Server::of(&app.database, folder.path());
    let browser = Browser::signed_in(before.port, &email, PASSWORD);
    let (saved, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    // Half of them are sent elsewhere first, then the others.
    let ports = [AtomicU16::new(before.port), AtomicU16::new(before.port)];
    let is_ready = |port| Browser::visitor(port).get("/ready").body.contains("ok");
    std::thread::scope(|scope| {
        for (n, draft) in drafts.iter().enumerate() {
            let (app, browser, port, saved, stop) = (&app, &browser, &ports[n % 2], &saved, &stop);
            scope.spawn(move || {
                write_on(app, || browser.at(port.load(Ordering::Relaxed)), &draft.reference, saved, stop);
            });
        }
        let _ending = Ending(&stop);
        wait_for(40, &saved);
        migrate_further(&app);
        assert!(is_ready(before.port), "what the next version adds is nothing to this one");
        wait_for(40, &saved);
        let next = Server::of(&app.database, folder.path());
        ports[1].store(next.port, Ordering::Relaxed);
        wait_for(40, &saved);
        assert!(is_ready(before.port) && is_ready(next.port), "side by side");
        ports[0].store(next.port, Ordering::Relaxed);
        before.ask_to_end();
        assert_eq!(before.ended(), Some(0), "it finishes what it took");
        wait_for(40, &saved);
    });
    let saved = saved.into_inner().unwrap();
    println!("{} writes acknowledged over a change of the schema and of the process", saved.len());
    assert_eq!(lost(&app, &saved), []);
    assert_trail_is_whole(&app);
}
