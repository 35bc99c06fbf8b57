//! The process ends at any moment: what was acknowledged is there.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::client::{Browser, Server, answer};
use crate::desk::{PASSWORD, Saved, assert_trail_is_whole, drafts, fields, lost, pairs, revision};
use crate::on_each_database;

/// How many drafts are written to at once.
const WRITERS: usize = 4;
/// How often the process is killed.
const KILLS: usize = 5;

/// Returns how many acknowledged writes are asked for.
fn writes() -> usize {
    #[expect(clippy::disallowed_methods, reason = "script/faults asks for more")]
    let asked = std::env::var("SPECA_FAULTS_WRITES");
    asked.ok().and_then(|count| count.parse().ok()).unwrap_or(250)
}

/// Saves one draft again and again until the line breaks, and notes what was acknowledged.
fn write_on(browser: &Browser, reference: &str, first: i32, saved: &Mutex<Vec<Saved>>, stop: &AtomicBool) {
    let mut newest = first;
    let path = format!("/submissions/{reference}/autosave");
    while !stop.load(Ordering::Relaxed) {
        let title = format!("Title after {newest}");
        let answer = browser.post(&path, &pairs(&fields(newest, &title)));
        let Some(status) = answer.status else { return };
        assert_eq!(status, 200, "{}", answer.body);
        newest += 1;
        assert!(answer.body.contains(&format!("\"revision\":{newest}")), "{}", answer.body);
        saved.lock().unwrap().push(Saved { reference: reference.to_owned(), revision: newest, title });
    }
}

on_each_database! {
    async fn nothing_acknowledged_is_lost_when_the_process_is_killed(app: TestApp) {
        let (drafts, email) = drafts(&app, WRITERS);
        let folder = tempfile::tempdir().unwrap();
        let saved = Mutex::new(Vec::new());
        let mut browser: Option<Browser> = None;
        for round in 1..=KILLS {
            let server = Server::of(&app.database, folder.path());
            let known = browser.get_or_insert_with(|| Browser::signed_in(server.port, &email, PASSWORD));
            let (known, stop) = (known.at(server.port), AtomicBool::new(false));
            std::thread::scope(|scope| {
                for draft in &drafts {
                    let first = revision(&app, &draft.reference);
                    let (known, saved, stop) = (&known, &saved, &stop);
                    scope.spawn(move || write_on(known, &draft.reference, first, saved, stop));
                }
                while saved.lock().unwrap().len() < writes() * round / KILLS {
                    std::thread::sleep(Duration::from_millis(2));
                }
                drop(server);
                stop.store(true, Ordering::Relaxed);
            });
        }
        let saved = saved.into_inner().unwrap();
        println!("{} writes acknowledged, {KILLS} kills", saved.len());
        assert_eq!(lost(&app, &saved), []);
        assert_trail_is_whole(&app);
    }
}

on_each_database! {
    async fn a_form_that_is_arriving_is_still_stored_when_the_process_is_asked_to_end(app: TestApp) {
        let (drafts, email) = drafts(&app, 1);
        let folder = tempfile::tempdir().unwrap();
        let server = Server::of(&app.database, folder.path());
        let browser = Browser::signed_in(server.port, &email, PASSWORD);
        let reference = &drafts[0].reference;
        let typed = fields(1, "Sent at the last moment");
        let form = browser.form(&format!("/submissions/{reference}/autosave"), &pairs(&typed));
        let (begin, end) = form.split_at(form.len() / 2);
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.write_all(begin).unwrap();
        // The server has the first half before it is told.
        std::thread::sleep(Duration::from_millis(200));
        server.ask_to_end();
        std::thread::sleep(Duration::from_millis(200));
        stream.write_all(end).unwrap();
        assert_eq!(answer(&mut stream).status, Some(200));
        assert_eq!(server.ended(), Some(0));
        let title = "Sent at the last moment".to_owned();
        assert_eq!(lost(&app, &[Saved { reference: reference.clone(), revision: 2, title }]), []);
    }
}
