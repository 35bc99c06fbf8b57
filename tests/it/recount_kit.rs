//! The recount kit: nothing before certification, and afterwards all that a stranger needs.

use std::process::Command;

use chrono::TimeDelta;

use crate::ballots::{cast, opened, stage, step};
use crate::on_each_database;

const BALLOT: &str = "/sessions/15/ballots/1";

/// Returns the files of an archive in which nothing is compressed, by the headers before each.
fn unpacked(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number = |at: usize, bytes: usize| (0..bytes).map(|byte| usize::from(archive[at + byte]) << (8 * byte)).sum();
    let (mut files, mut at) = (Vec::new(), 0);
    while archive[at..].starts_with(b"PK\x03\x04") {
        let (size, length): (usize, usize) = (number(at + 18, 4), number(at + 26, 2));
        let name = String::from_utf8(archive[at + 30..at + 30 + length].to_vec()).expect("name");
        let content = archive[at + 30 + length..at + 30 + length + size].to_vec();
        at += 30 + length + size;
        files.push((name, content));
    }
    files
}

on_each_database! {
    async fn a_stranger_recounts_from_the_kit_alone(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        for (code, priorities) in [("KAZ", "1 1 2"), ("KGZ", "2 2 -"), ("AZE", "3 3 3"), ("UZB", "- - 1")] {
            cast(&app.head(code), priorities).await;
        }
        let kit = format!("{BALLOT}/recount.zip");
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        for who in [&secretariat, &app.head("KAZ"), &app.visitor()] {
            who.get(&kit).await.expect(404);
        }
        step(&app, &secretariat, &session, "certify").await.expect(303);
        let archive = app.visitor().file(&kit).await;
        assert_eq!(archive, app.visitor().file(&kit).await, "the same ballot makes the same bytes");
        let files = unpacked(&archive);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["README-en.txt", "README-ru.txt", "speca-15-ballot-1.csv"]);
        let folder = tempfile::tempdir().expect("folder");
        for (name, content) in &files {
            std::fs::write(folder.path().join(name), content).expect("unpacked");
        }
        let read_me = String::from_utf8(files[0].1.clone()).expect("text");
        let command = read_me.lines().find(|line| line.trim().starts_with("speca tally")).expect("one command").trim();
        let found = Command::new(env!("CARGO_BIN_EXE_speca"))
            .args(command.split(' ').skip(1))
            .current_dir(folder.path())
            .output()
            .expect("recounted");
        assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
        let said = String::from_utf8_lossy(&found.stdout);
        let fingerprint = read_me.lines().find_map(|line| line.strip_prefix("Fingerprint: ")).expect("fingerprint");
        assert!(said.contains(fingerprint), "{said}");
        // Borda: 4\u{bd}, 4\u{bd}, 3; lots decide between the first two.
        assert!(read_me.contains("\r\n3. PA-UZB-2020-001\r\n"), "{read_me}");
    }
}
