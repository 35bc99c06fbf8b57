//! Lines that are slow, that break, that bring too much: they hinder nobody else.

use std::io::Write as _;
use std::net::TcpStream;

use crate::client::{Browser, Server, answer, send};
use crate::desk::{PASSWORD, drafts, fields, pairs, revision};
use crate::support::TestApp;

/// How many clients stop in the middle.
const SLOW: usize = 200;

#[rocket::async_test]
async fn clients_that_stop_in_the_middle_hinder_nobody() {
    let app = TestApp::on_sqlite().await;
    let (drafts, email) = drafts(&app, 1);
    let folder = tempfile::tempdir().unwrap();
    let server = Server::of(&app.database, folder.path());
    let browser = Browser::signed_in(server.port, &email, PASSWORD);
    let reference = &drafts[0].reference;
    let typed = fields(1, "Never sent whole");
    let form = browser.form(&format!("/submissions/{reference}/edit"), &pairs(&typed));
    let half = |size: usize| {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.write_all(&form[..size]).unwrap();
        stream
    };
    // One half stops in the head, the other in the body.
    let mut open: Vec<TcpStream> = (0..SLOW).map(|n| half(if n % 2 == 0 { 30 } else { form.len() - 10 })).collect();
    for _ in 0..20 {
        assert_eq!(browser.get(&format!("/submissions/{reference}/edit")).status, Some(200));
    }
    // Half of them break off; the last one goes on after all, and is served.
    let mut last = open.pop().unwrap();
    drop(open);
    last.write_all(&form[form.len() - 10..]).unwrap();
    assert_eq!(answer(&mut last).status, Some(303));
    assert_eq!(revision(&app, reference), 2, "what was cut in the middle is not stored");
}

#[rocket::async_test]
async fn what_is_too_large_is_refused_and_the_server_answers_on() {
    let app = TestApp::on_sqlite().await;
    let (drafts, email) = drafts(&app, 1);
    let folder = tempfile::tempdir().unwrap();
    let server = Server::of(&app.database, folder.path());
    let browser = Browser::signed_in(server.port, &email, PASSWORD);
    let edit = format!("/submissions/{}/edit", drafts[0].reference);
    let is_refused = |request: &[u8]| {
        let status = send(server.port, request).status;
        // A server may also break the line on who sends on without listening.
        assert!(status.is_none_or(|status| (400..500).contains(&status)), "{status:?}");
    };
    is_refused(&browser.form(&edit, &[("title|en", &"a".repeat(3 << 20))]));
    is_refused(format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(1 << 20)).as_bytes());
    is_refused(format!("GET / HTTP/1.1\r\nHost: a\r\nX-A: {}\r\n\r\n", "a".repeat(1 << 20)).as_bytes());
    is_refused(format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X-A: b\r\n".repeat(10_000)).as_bytes());
    is_refused(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n");
    is_refused(b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n");
    assert_eq!(browser.get(&edit).status, Some(200));
    assert_eq!(revision(&app, &drafts[0].reference), 1);
}
