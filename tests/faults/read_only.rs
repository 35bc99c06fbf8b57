//! A disk that may only be read: said at once and clearly, with what can go on going on.

use std::path::Path;
use std::process::{Command, Output};

use crate::client::{Browser, Server, bound_by_rights, set_mode};
use crate::desk::{PASSWORD, Saved, assert_trail_is_whole, drafts, fields, lost, pairs};
use crate::support::TestApp;

/// Runs a command of the program over a database, bound by the rights of files, and returns what it said.
fn said(folder: &Path, command: &str, database: &Path) -> Output {
    let (under, binary) = bound_by_rights(folder);
    let line =
        format!("exec timeout 60 {under} {} {command} --database sqlite://{}", binary.display(), database.display());
    let secret = "6".repeat(64);
    Command::new("sh").args(["-c", &line]).env("SPECA_SECRET_KEY", secret).current_dir(folder).output().unwrap()
}

#[test]
fn a_database_that_may_only_be_read_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let held = folder.path().join("held");
    std::fs::create_dir(&held).unwrap();
    let database = held.join("speca.sqlite");
    let made = Command::new(env!("CARGO_BIN_EXE_speca"))
        .args(["migrate", "--database", &format!("sqlite://{}", database.display())])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let before = std::fs::read(&database).unwrap();
    set_mode(&database, 0o444);
    set_mode(&held, 0o555);
    let served = said(folder.path(), "serve --port 0", &database);
    let words = String::from_utf8_lossy(&served.stderr).into_owned();
    assert_eq!(served.status.code(), Some(1), "{words}");
    assert!(words.contains("readonly database"), "{words}");
    assert!(!words.contains("panicked"), "{words}");
    let doctor = said(folder.path(), "doctor", &database);
    let words = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(words.contains("may this user write to it?"), "{words}");
    assert_eq!(std::fs::read(&database).unwrap(), before);
    set_mode(&held, 0o755);
}

#[rocket::async_test]
async fn a_folder_of_files_that_may_only_be_read_refuses_files_and_takes_texts() {
    let app = TestApp::on_sqlite().await;
    let (drafts, email) = drafts(&app, 1);
    let (folder, reference) = (tempfile::tempdir().unwrap(), &drafts[0].reference);
    let database = Path::new(app.database.strip_prefix("sqlite://").unwrap());
    set_mode(database.parent().unwrap(), 0o777);
    for file in std::fs::read_dir(database.parent().unwrap()).unwrap() {
        let file = file.unwrap().path();
        set_mode(&file, if file.is_dir() { 0o777 } else { 0o666 });
    }
    let files = folder.path().join("files");
    std::fs::create_dir(&files).unwrap();
    set_mode(&files, 0o777);
    let server = Server::bound_by_rights(&files, &app.database, folder.path());
    let browser = Browser::signed_in(server.port, &email, PASSWORD);
    let (autosave, attach) =
        (format!("/submissions/{reference}/autosave"), format!("/submissions/{reference}/attachments"));
    closed(&files, true);
    let refused = browser.post_file(&attach, "evidence.txt", b"Evidence of the practice.");
    assert_eq!(refused.status, Some(503), "{}", refused.body);
    assert!(!refused.body.contains(&*files.to_string_lossy()), "a page tells no path: {}", refused.body);
    let title = "Written meanwhile".to_owned();
    assert_eq!(browser.post(&autosave, &pairs(&fields(1, &title))).status, Some(200), "texts are taken");
    closed(&files, false);
    let taken = browser.post_file(&attach, "evidence.txt", b"Evidence of the practice.");
    assert_eq!(taken.status, Some(303), "{}", taken.body);
    let page = browser.get(&format!("/submissions/{reference}"));
    assert!(page.body.contains("evidence.txt"), "{}", page.body);
    drop(server);
    assert_eq!(lost(&app, &[Saved { reference: reference.clone(), revision: 2, title }]), []);
    assert_trail_is_whole(&app);
}

/// Lets nothing more be written to a folder and those in it, or everything again.
fn closed(folder: &Path, is_closed: bool) {
    for inner in std::fs::read_dir(folder).unwrap() {
        let inner = inner.unwrap().path();
        if inner.is_dir() {
            closed(&inner, is_closed);
        }
    }
    set_mode(folder, if is_closed { 0o555 } else { 0o777 });
}
