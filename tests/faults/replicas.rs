//! Several processes over one PostgreSQL, behind the nginx of `docs/deploy/nginx.conf`.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::client::{Browser, Server};
use crate::desk::{PASSWORD, Saved, assert_trail_is_whole, drafts, fields, lost, pairs, revision};
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

/// Saves a draft again and again; what breaks in the middle is looked up and gone on from.
fn write_on(app: &TestApp, browser: &Browser, reference: &str, saved: &Mutex<Vec<Saved>>, stop: &AtomicBool) {
    let path = format!("/submissions/{reference}/autosave");
    while !stop.load(Ordering::Relaxed) {
        let newest = revision(app, reference);
        let title = format!("Title after {newest}");
        let answer = browser.post(&path, &pairs(&fields(newest, &title)));
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
    let reach = |count: usize| {
        while saved.lock().unwrap().len() < count {
            std::thread::sleep(Duration::from_millis(2));
        }
    };
    std::thread::scope(|scope| {
        for draft in &drafts {
            let (app, browser, saved, stop) = (&app, &browser, &saved, &stop);
            scope.spawn(move || write_on(app, browser, &draft.reference, saved, stop));
        }
        let pages = scope.spawn(|| {
            let mut opened = 0;
            while !stop.load(Ordering::Relaxed) {
                assert_eq!(browser.get("/submissions/GP-KAZ-2020-001/edit").status, Some(200));
                opened += 1;
            }
            opened
        });
        reach(60);
        drop(one);
        reach(150);
        stop.store(true, Ordering::Relaxed);
        println!("{} pages opened, none refused", pages.join().unwrap());
    });
    let saved = saved.into_inner().unwrap();
    println!("{} writes acknowledged behind nginx, one of two replicas killed", saved.len());
    assert_eq!(lost(&app, &saved), []);
    assert_trail_is_whole(&app);
    drop(other);
}
