//! `speca doctor` on the real program: it finds what is wrong and says what to do.

use std::path::Path;
use std::process::{Command, Output};

use chrono::TimeDelta;
use serde_json::json;
use speca::audit;
use speca::db::StoreError;
use speca::kernel::clock::Clock;

use crate::on_each_database;

fn doctor(folder: &Path, database: &str, settings: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_speca"));
    command.current_dir(folder).args(["doctor", "--database", database]);
    command.env("SPECA_SECRET_KEY", "5".repeat(64)).envs(settings.iter().copied());
    let Output { status, stdout, stderr } = command.output().expect("speca runs");
    (status.code(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
}

#[track_caller]
fn says(found: &(Option<i32>, String), code: i32, words: &[&str]) {
    assert_eq!(found.0, Some(code), "{}", found.1);
    for word in words {
        assert!(found.1.contains(word), "`{word}` is not in:\n{}", found.1);
    }
}

on_each_database! {
    async fn a_sound_installation_is_called_sound(app: TestApp) {
        let folder = tempfile::tempdir().expect("folder");
        let found = doctor(folder.path(), &app.database, &[]);
        says(&found, 0, &["ok    database: reached", "ok    audit trail: whole", "ok    clock", "ok    attached files", "MB free"]);
        says(&found, 0, &["note  mail: no mail server is set"]);
        assert!(!found.1.contains("bad"), "{}", found.1);
    }
}

on_each_database! {
    async fn a_clock_behind_the_last_act_and_a_changed_trail_are_found(app: TestApp) {
        let folder = tempfile::tempdir().expect("folder");
        let later = Clock::system().now().naive_utc() + TimeDelta::hours(2);
        app.db
            .write_here(|tx| -> Result<(), StoreError> { audit::record(tx, later, None, "test.act", "none", &json!({})) })
            .expect("a line");
        says(&doctor(folder.path(), &app.database, &[]), 1, &["bad   clock", "timedatectl", "1 to mend"]);
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                use diesel::prelude::*;
                use speca::db::schema::audit::dsl;
                diesel::update(dsl::audit).set(dsl::subject.eq("other")).execute(&mut **tx)?;
                Ok(())
            })
            .expect("changed");
        says(&doctor(folder.path(), &app.database, &[]), 1, &["bad   audit trail: line 1", "compare with the last backup"]);
    }
}

#[test]
fn what_is_missing_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().expect("folder");
    let new = format!("sqlite://{}", folder.path().join("new.sqlite").display());
    says(&doctor(folder.path(), &new, &[]), 1, &["bad   database", "speca migrate"]);
    let gone = doctor(folder.path(), "postgres://nobody@127.0.0.1:1/none", &[]);
    says(&gone, 1, &["bad   database", "Does the server run"]);
    let mail = [
        ("SPECA_PUBLIC_URL", "http://127.0.0.1:8000"),
        ("SPECA_MAIL_SERVER", "127.0.0.1"),
        ("SPECA_MAIL_PORT", "1"),
        ("SPECA_MAIL_FROM", "a@example.org"),
        ("SPECA_MAIL_ENCRYPTION", "none"),
    ];
    says(&doctor(folder.path(), &new, &mail), 1, &["bad   mail: 127.0.0.1:1", "Mails wait in the outbox"]);
    let tls = [("SPECA_PUBLIC_URL", "https://trade.example.org")];
    says(&doctor(folder.path(), &new, &tls), 1, &["note  settings", "behind_tls = true"]);
}
