//! The database cannot be written to, or is gone: refused cleanly, nothing typed is lost, and it works on afterwards.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::client::{Answer, Browser, Server};
use crate::desk::{PASSWORD, Saved, assert_trail_is_whole, drafts, fields, lost, pairs, revision};
use crate::support::TestApp;

/// Asserts that a form was refused as one that may be sent again, with everything typed on the page.
fn assert_typed_is_kept(answer: &Answer, title: &str) {
    assert_eq!(answer.status, Some(503), "{}", answer.body);
    assert!(answer.head.to_lowercase().contains("retry-after: 5"), "{}", answer.head);
    assert!(answer.body.contains("Send it again"), "{}", answer.body);
    assert!(answer.body.contains(&format!("name=\"title|en\" value=\"{title}\"")), "{}", answer.body);
}

#[rocket::async_test]
async fn a_full_disk_refuses_saves_and_loses_nothing_acknowledged() {
    let app = TestApp::on_sqlite().await;
    let (drafts, email) = drafts(&app, 1);
    let (folder, reference) = (tempfile::tempdir().unwrap(), &drafts[0].reference);
    let (edit, autosave) = (format!("/submissions/{reference}/edit"), format!("/submissions/{reference}/autosave"));
    // Room for what is there and a little more.
    let path = app.database.strip_prefix("sqlite://").unwrap();
    let size = |path: &str| std::fs::metadata(path).map_or(0, |file| file.len());
    let blocks = size(path).max(size(&format!("{path}-wal"))) / 512 + 1_500;
    let server = Server::on_full_disk(blocks, &app.database, folder.path());
    let browser = Browser::signed_in(server.port, &email, PASSWORD);
    let mut saved = Vec::new();
    let refused = loop {
        let newest = revision(&app, reference);
        let title = format!("Title after {newest}, {}", "many more words to fill the disk, ".repeat(3).trim_end());
        let answer = browser.post(&autosave, &pairs(&fields(newest, &title)));
        if answer.status != Some(200) {
            break answer;
        }
        saved.push(Saved { reference: reference.clone(), revision: newest + 1, title });
        assert!(saved.len() < 5_000, "the disk does not fill");
    };
    assert_eq!(refused.status, Some(503), "{}", refused.body);
    let newest = revision(&app, reference);
    let answer = browser.post(&edit, &pairs(&fields(newest, "Typed on a full disk")));
    assert_typed_is_kept(&answer, "Typed on a full disk");
    assert_eq!(browser.get(&edit).status, Some(200), "what is there can still be read");
    drop(server);
    // There is room again: the same form is sent once more.
    let server = Server::of(&app.database, folder.path());
    let browser = browser.at(server.port);
    assert_eq!(browser.post(&edit, &pairs(&fields(newest, "Typed on a full disk"))).status, Some(303));
    saved.push(Saved { reference: reference.clone(), revision: newest + 1, title: "Typed on a full disk".to_owned() });
    assert_eq!(lost(&app, &saved), []);
    assert_trail_is_whole(&app);
}

/// The way to a database, which can be cut.
struct Way {
    port: u16,
    is_open: Arc<AtomicBool>,
    lines: Arc<Mutex<Vec<TcpStream>>>,
}

impl Way {
    fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let way = Self {
            port: listener.local_addr().unwrap().port(),
            is_open: Arc::new(AtomicBool::new(true)),
            lines: Arc::default(),
        };
        let (is_open, lines) = (Arc::clone(&way.is_open), Arc::clone(&way.lines));
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Some(far) = is_open.load(Ordering::SeqCst).then(|| TcpStream::connect(&server).unwrap()) else {
                    continue;
                };
                lines.lock().unwrap().extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
                let (there, back) = (near.try_clone().unwrap(), far.try_clone().unwrap());
                std::thread::spawn(move || pass_on(near, far));
                std::thread::spawn(move || pass_on(back, there));
            }
        });
        way
    }

    fn cut(&self) {
        self.is_open.store(false, Ordering::SeqCst);
        for line in self.lines.lock().unwrap().drain(..) {
            let _ = line.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    let mut buffer = [0; 16_384];
    while let Ok(count) = from.read(&mut buffer)
        && count > 0
        && to.write_all(&buffer[..count]).is_ok()
    {}
    let _ = to.shutdown(Shutdown::Both);
}

#[rocket::async_test]
async fn a_database_that_goes_and_comes_back_loses_nothing_typed() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (drafts, email) = drafts(&app, 1);
    let (folder, reference) = (tempfile::tempdir().unwrap(), &drafts[0].reference);
    let edit = format!("/submissions/{reference}/edit");
    let (scheme, rest) = app.database.split_once("://").unwrap();
    let (people, rest) = rest.split_once('@').unwrap();
    let (address, name) = rest.split_once('/').unwrap();
    let way = Way::to(address.to_owned());
    let database = format!("{scheme}://{people}@127.0.0.1:{}/{name}", way.port);
    let server = Server::of(&database, folder.path());
    let browser = Browser::signed_in(server.port, &email, PASSWORD);
    assert_eq!(browser.get(&edit).status, Some(200));
    way.cut();
    assert_eq!(browser.get(&edit).status, Some(503));
    assert_eq!(browser.get("/health").status, Some(200));
    assert_eq!(browser.get("/ready").body, "no-database");
    let typed = fields(1, "Typed without a database");
    assert_typed_is_kept(&browser.post(&edit, &pairs(&typed)), "Typed without a database");
    let signing_in = browser.post("/sign-in", &[("email", &email), ("password", PASSWORD)]);
    assert_eq!(signing_in.status, Some(503));
    assert!(!signing_in.body.contains(PASSWORD), "a password is not written into a page");
    way.mend();
    assert_eq!(browser.get(&edit).status, Some(200));
    assert_eq!(browser.post(&edit, &pairs(&typed)).status, Some(303));
    let title = "Typed without a database".to_owned();
    assert_eq!(lost(&app, &[Saved { reference: reference.clone(), revision: 2, title }]), []);
    assert_trail_is_whole(&app);
}
