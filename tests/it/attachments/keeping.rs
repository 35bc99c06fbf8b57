//! Row and file never part: stores that fail, programs that stop between, comparing, backups.

use std::path::Path;
use std::process::{Command, Output};

use chrono::TimeDelta;
use speca::submissions::attachments::operations::keeping::{Compared, compare};
use speca::submissions::attachments::operations::sweeping::{Swept, sweep};

use super::*;
use crate::support::Schema;

async fn swept(app: &TestApp) -> Swept {
    sweep(&carrier(app), app.clock.now().naive_utc()).await.expect("swept")
}

on_each_database! {
    async fn a_store_that_is_gone_loses_nothing_that_was_acknowledged(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        let content = picture(600_000);
        let upload = begin(&head, &draft, "a.png", content.len()).await;
        patch(&head, &upload, 0, &content[..300_000]).await.expect(204);
        let aside = app.files.with_extension("aside");
        std::fs::rename(&app.files, &aside).expect("taken away");
        std::fs::write(&app.files, "no folder").expect("in the way");
        patch(&head, &upload, 300_000, &content[300_000..]).await.expect(503).sees("does not take or give files now");
        head.post_file(&address(&draft), "b.txt", b"text").await.expect(503).sees("Nothing was attached or lost");
        assert_eq!(offset(&head, &upload).await, 300_000);
        std::fs::remove_file(&app.files).expect("removed");
        std::fs::rename(&aside, &app.files).expect("brought back");
        patch(&head, &upload, 300_000, &content[300_000..]).await.expect(204);
        let file = only(&app, &draft);
        assert_eq!((file.state, file.sha256), (State::Whole, sha256(&content)));
        std::fs::rename(&app.files, &aside).expect("taken away");
        let (answer, _) = head.fetch(&format!("{}/{}", address(&draft), file.id), &[]).await;
        assert_eq!(answer.status.code, 503);
        head.get(&format!("/submissions/{}", draft.reference)).await.expect(200).sees("a.png");
        std::fs::rename(&aside, &app.files).expect("brought back");
    }
}

on_each_database! {
    async fn what_was_left_between_row_and_file_is_ended(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let (head, content) = (app.head("KAZ"), picture(1000));
        // The program stopped after the last byte was acknowledged: everything there, nobody said "whole".
        let complete = begin(&head, &draft, "complete.png", 1000).await;
        let one = only(&app, &draft);
        let part = rows::Part { start_byte: 0, length_bytes: 1000, store_key: format!("arriving/{}/0-a", one.id) };
        app.depot().put(&part.store_key, content.clone()).await.expect("stored");
        app.db.write_here(|tx| rows::insert_part(tx, &one.id, &part)).expect("part");
        // It stopped between the file of a part and its row.
        let begun = begin(&head, &draft, "begun.png", 1000).await;
        let two = files(&app, &draft)[1].clone();
        app.depot().put(&format!("arriving/{}/0-b", two.id), b"lost".to_vec()).await.expect("stored");
        // It stopped after a row was removed and before its file was.
        head.post_file(&address(&draft), "removed.txt", b"text").await.expect(303);
        let three = files(&app, &draft)[2].clone();
        head.post(&format!("{}/{}/remove", address(&draft), three.id), &[]).await.expect(303);

        assert_eq!(swept(&app).await, Swept::default());
        app.pass(TimeDelta::minutes(20));
        assert_eq!(swept(&app).await, Swept { finished: 1, given_up: 0, cleared: 0 });
        let file = files(&app, &draft)[0].clone();
        assert_eq!((file.state, file.sha256.clone(), file.id), (State::Whole, sha256(&content), one.id));
        assert_eq!(offset(&head, &complete).await, 1000);
        app.pass(TimeDelta::hours(1));
        assert_eq!(swept(&app).await, Swept { finished: 0, given_up: 0, cleared: 1 });
        app.pass(TimeDelta::days(1));
        assert_eq!(swept(&app).await, Swept { finished: 0, given_up: 1, cleared: 1 });
        head.resumable(Method::Head, &begun, &[], b"").await.expect(404);
        assert_eq!(only(&app, &draft).name, "complete.png");
        assert_eq!(app.depot().keys("").await.expect("keys"), [file.key]);
        let whole = Compared { whole: 1, ..Compared::default() };
        assert_eq!(compare(&carrier(&app)).await.expect("compared"), whole);
    }
}

on_each_database! {
    async fn an_upload_that_completes_after_clearance_changes_nothing(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        let upload = begin(&head, &draft, "late.txt", 8).await;
        patch(&head, &upload, 0, b"late").await.expect(204);
        act(&head, &draft.reference, "clear", &[]).await.expect(303);
        patch(&head, &upload, 4, b"text").await.expect(409);
        app.pass(TimeDelta::days(1));
        assert_eq!(swept(&app).await, Swept { finished: 0, given_up: 1, cleared: 1 });
        assert!(files(&app, &draft).is_empty());
    }
}

/// Runs a command over a database and a folder of files.
fn speca(args: &[&str], database: &str, files: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_speca"));
    command.args(args).args(["--database", database]).env("SPECA_ATTACHMENTS", files);
    command.output().expect("speca runs")
}

#[track_caller]
fn said(output: &Output, code: i32) -> String {
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

on_each_database! {
    async fn files_go_into_a_backup_and_come_back(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let (head, content) = (app.head("KAZ"), picture(6_000_000));
        head.post_file(&address(&draft), "large.png", &content).await.expect(303);
        head.post_file(&address(&draft), "small.txt", "текст".as_bytes()).await.expect(303);
        let place = tempfile::tempdir().expect("folder");
        let out = place.path().join("out");
        let made = speca(&["backup", "--out", &out.to_string_lossy()], &app.database, &app.files);
        said(&made, 0);
        let folder = String::from_utf8(made.stdout).expect("text").trim().to_owned();
        let mut targets = vec![(format!("sqlite://{}", place.path().join("back.sqlite").display()), None)];
        targets.extend(Schema::make().map(|(url, schema)| (url, Some(schema))));
        for (number, (database, _schema)) in targets.iter().enumerate() {
            let restored_to = place.path().join(format!("files-{number}"));
            let restored = said(&speca(&["restore", &folder], database, &restored_to), 0);
            assert!(restored.contains("2 attached files"), "{restored}");
            let verified = said(&speca(&["verify"], database, &restored_to), 0);
            assert!(verified.contains("the attached files are whole: 2"), "{verified}");
            let key = restored_to.join(&files(&app, &draft)[0].key);
            assert!(std::fs::read(key).expect("file") == content, "the same bytes");
        }
        // A copy that was changed is not taken for a backup.
        let copy = Path::new(&folder).join("files").join(files(&app, &draft)[1].id.as_str());
        std::fs::write(&copy, "another text").expect("written");
        let database = format!("sqlite://{}", place.path().join("never.sqlite").display());
        let refused = said(&speca(&["restore", &folder], &database, &place.path().join("never")), 2);
        assert!(refused.contains("was changed after it was written"), "{refused}");
        assert!(!place.path().join("never").exists());
    }
}

on_each_database! {
    async fn rows_and_files_that_do_not_fit_are_named(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        for name in ["whole.txt", "missing.txt", "changed.txt"] {
            head.post_file(&address(&draft), name, b"text").await.expect(303);
        }
        let keys: Vec<String> = files(&app, &draft).into_iter().map(|file| file.key).collect();
        std::fs::remove_file(app.files.join(&keys[1])).expect("removed");
        std::fs::write(app.files.join(&keys[2]), "texT").expect("changed");
        app.depot().put("whole/stray", b"stray".to_vec()).await.expect("stored");
        let named = |name: &str, key: &str| vec![format!("{}: {name} ({key})", draft.reference)];
        let compared = compare(&carrier(&app)).await.expect("compared");
        let expected = Compared {
            whole: 1,
            missing: named("missing.txt", &keys[1]),
            changed: named("changed.txt", &keys[2]),
            orphaned: vec!["whole/stray".to_owned()],
        };
        assert_eq!(compared, expected);
        let verified = said(&speca(&["verify"], &app.database, &app.files), 1);
        for words in ["missing from the store: ", "changed since", "without a row: whole/stray", "3 attached files"] {
            assert!(verified.contains(words), "{verified}");
        }
        // A backup keeps what there is and says what is not.
        let place = tempfile::tempdir().expect("folder");
        let made = speca(&["backup", "--out", &place.path().to_string_lossy()], &app.database, &app.files);
        let told = said(&made, 0);
        assert!(told.contains(&format!("{}: Missing", keys[1])) && told.contains(&format!("{}: Changed", keys[2])));
        // The sweeper leaves alone what it does not know.
        app.pass(TimeDelta::days(3));
        swept(&app).await;
        assert!(app.depot().keys("whole").await.expect("keys").contains(&"whole/stray".to_owned()));
    }
}
