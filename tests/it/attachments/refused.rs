//! What is not taken: by content, by size, by number, by who asks and when; and that nothing of it stays.

use std::io::{Cursor, Write};

use speca::sessions::Step;
use speca::submissions::attachments::operations::sweeping::sweep;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("file");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("archive").into_inner()
}

on_each_database! {
    async fn the_content_tells_what_a_file_is(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        head.post_file(&address(&draft), "report.pdf", &picture(1000)).await.expect(303);
        let file = only(&app, &draft);
        assert_eq!((file.name.as_str(), file.content), ("report.pdf.png", Some(Content::Png)));
        let types: &[u8] = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        let zeros = vec![0; 129 * 1024 * 1024];
        let bomb = packed(&[("[Content_Types].xml", types), ("word/document.xml", &zeros)]);
        assert!(bomb.len() < 1024 * 1024, "{}", bomb.len());
        let macros = packed(&[("[Content_Types].xml", types), ("word/vbaProject.bin", b"x")]);
        for (name, content, words) in [
            ("letter.pdf", &b"MZ\x90\0"[..], "This is a program"),
            ("notes.txt", b"<html><script>alert(1)</script>", "This is a web page"),
            ("map.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "This is a web page"),
            ("letter.docx", &macros, "This document holds macros"),
            ("letter.docx", &bomb, "unpacks to far more"),
            ("files.docx", &packed(&[("a.exe", b"MZ")]), "This is an archive"),
            ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older or an encrypted"),
            ("letter.docx", b"PK\x03\x04 torn", "may be damaged"),
            ("empty.txt", b"", "The file is empty"),
            ("", b"", "Choose a file first"),
        ] {
            head.post_file(&address(&draft), name, content).await.expect(409).sees(words);
        }
        assert_eq!(only(&app, &draft), file);
        // What was begun for them is swept, and the file that stands is not.
        let swept = sweep(&carrier(&app), app.clock.now().naive_utc()).await.expect("swept");
        assert_eq!(swept.cleared, 9);
        assert_eq!(app.depot().keys("arriving").await.expect("keys"), [""; 0]);
        assert_eq!(app.depot().keys("whole").await.expect("keys"), [file.key]);
    }
}

on_each_database! {
    async fn five_files_of_ten_megabytes_and_no_more(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Action, Standing::Draft, "Title");
        let head = app.head("KAZ");
        let large = picture(11 * 1024 * 1024);
        head.post_file(&address(&draft), "large.png", &large).await.expect(409).sees("larger than 10 MB");
        announce(&head, &draft, "large.png", large.len()).await.expect(422).sees("larger than 10 MB");
        announce(&head, &draft, "none.png", 0).await.expect(422).sees("empty");
        assert!(files(&app, &draft).is_empty());
        head.post_file(&address(&draft), "ten.png", &large[..10 * 1024 * 1024]).await.expect(303);
        for number in 1..4 {
            head.post_file(&address(&draft), &format!("{number}.txt"), b"text").await.expect(303);
        }
        // One that is still arriving counts.
        begin(&head, &draft, "fifth.txt", 5).await;
        head.post_file(&address(&draft), "sixth.txt", b"text").await.expect(409).sees("no more can be");
        announce(&head, &draft, "sixth.txt", 4).await.expect(422).sees("no more can be");
        let fifth = files(&app, &draft)[4].clone();
        head.post(&format!("{}/{}/remove", address(&draft), fifth.id), &[]).await.expect(303);
        head.post_file(&address(&draft), "fifth.txt", b"text").await.expect(303);
        assert_eq!(files(&app, &draft).len(), 5);
        head.get(&address(&draft)).await.expect(200).sees("no more can be").lacks("type=\"file\"");
    }
}

on_each_database! {
    async fn a_name_leads_nowhere(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        head.post_file(&address(&draft), "../../../etc/cron.d/task.txt", b"text").await.expect(303);
        for name in ["a\r\nSet-Cookie: x=1.txt", "annex\u{202e}fdp.txt", "\"><script>alert(1)</script>.txt"] {
            let upload = begin(&head, &draft, name, 4).await;
            patch(&head, &upload, 0, b"text").await.expect(204);
        }
        let all = files(&app, &draft);
        let names: Vec<&str> = all.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["task.txt", "aSet-Cookie_ x=1.txt", "annexfdp.txt", "script_.txt"]);
        head.get(&address(&draft)).await.expect(200).lacks("<script>alert");
        for file in &all {
            let (answer, _) = head.fetch(&format!("{}/{}", address(&draft), file.id), &[]).await;
            assert!(header(&answer, "Content-Disposition").starts_with("attachment; filename=\""));
            assert!(!answer.headers.iter().any(|(_, value)| value.starts_with("x=1")));
        }
        let keys = app.depot().keys("").await.expect("keys");
        assert_eq!(keys.len(), 4);
        assert!(keys.iter().all(|key| key.starts_with("whole/") && !key.contains("..")), "{keys:?}");
    }
}

on_each_database! {
    async fn who_may_not_edit_or_comes_too_late_attaches_nothing(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        for other in [app.head("UZB"), app.secretariat(), app.delegate("KAZ", Capacity::Observer)] {
            other.post_file(&address(&draft), "a.txt", b"text").await.expect(404);
            announce(&other, &draft, "a.txt", 4).await.expect(404);
            other.get(&address(&draft)).await.expect(404);
        }
        let upload = begin(&head, &draft, "a.txt", 4).await;
        app.close_window(&session, Step::Submissions);
        head.post_file(&address(&draft), "a.txt", b"text").await.expect(409);
        patch(&head, &upload, 0, b"text").await.expect(422);
        head.get(&address(&draft)).await.expect(200).lacks("type=\"file\"");
        assert_eq!(only(&app, &draft).received, 0);
        let cleared = app.submission(&session, "KAZ", Kind::Practice, Standing::Submitted, "Title");
        head.post_file(&address(&cleared), "a.txt", b"text").await.expect(409);
        assert!(files(&app, &cleared).is_empty());
    }
}
