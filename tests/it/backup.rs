//! A backup is the whole database, and only a whole one is taken for one.
//!
//! The demonstration is copied from each database and restored into both kinds. Equality is asked of the files, which
//! are the same for both, and of the rows as the database itself writes them, which owe nothing to our own reading.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::{Value, json};
use speca::accounts::{Account, Office, store};
use speca::audit::{self, Verdict};
use speca::db::backup::{self, Manifest, Trail};
use speca::db::catalogue;
use speca::db::{AnyConnection, DatabaseUrl, Db, StoreError};
use speca::demonstration;
use speca::kernel::ids::AccountId;
use speca::kernel::lang::Lang;

use crate::on_each_database;
use crate::parity::declared;
use crate::support::{Schema, TestApp};

/// What a text may hold that a file could lose.
const ODD_NAME: &str = "O'Brien \\ \"Ёлка\"\n\t{}[],; \u{2028} 🤝 NULL";

/// How many tables the demonstration fills at least; what delegations do among themselves it leaves to them.
const FILLED_MIN: usize = 40;

/// Runs a command.
fn speca(args: &[&str]) -> Output {
    // Why: attached files have journeys of their own; here they stay out of the way.
    let files = std::env::temp_dir().join("speca-no-files");
    let mut command = Command::new(env!("CARGO_BIN_EXE_speca"));
    command.args(args).env("SPECA_ATTACHMENTS", files).output().expect("speca runs")
}

/// Returns what a command printed, once it has done what was asked.
#[track_caller]
fn done(args: &[&str]) -> String {
    let output = speca(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

/// Asserts that a command was refused with an exit code and these words.
#[track_caller]
fn refused(args: &[&str], code: i32, words: &[&str]) {
    let output = speca(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}");
    for word in words {
        assert!(said.contains(word), "`{word}` is not in: {said}");
    }
}

fn back_up(database: &str, out: &Path) -> PathBuf {
    PathBuf::from(done(&["backup", "--database", database, "--out", &out.to_string_lossy()]))
}

fn manifest(folder: &Path) -> Manifest {
    backup::check(folder).expect("a whole backup")
}

fn open(url: &str) -> Db {
    Db::open(&DatabaseUrl::parse(url).expect("address")).expect("database opens")
}

fn trail(conn: &mut AnyConnection) -> Result<Trail, StoreError> {
    Ok(match audit::verify(conn)? {
        Verdict::Whole { lines, last_digest } => Trail::Whole { lines, last_digest },
        Verdict::Broken { position } => Trail::Broken { position },
    })
}

/// Inserts an account, and records that in the trail.
fn account(db: &Db, name: &str, now: NaiveDateTime) {
    let account = Account {
        id: AccountId::new(),
        email: format!("{}@example.org", AccountId::new()),
        name: name.to_owned(),
        office: Office::Secretariat,
        language: Lang::Ru,
        time_zone: chrono_tz::Tz::Asia__Kabul,
        disabled_at: None,
        erased_at: None,
    };
    db.write_here(|tx| -> Result<(), StoreError> {
        store::insert_account(tx, &account, "", now)?;
        audit::record(tx, now, Some(&account.id), "account.made", account.id.as_str(), &json!({ "name": name }))
    })
    .expect("account inserted");
}

/// A row as the database itself writes it.
#[derive(QueryableByName)]
struct Raw {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Returns every row of every table as the database itself writes it.
fn raw(db: &Db) -> BTreeMap<String, Vec<String>> {
    db.read_here(|conn| -> Result<_, StoreError> {
        let mut all = BTreeMap::new();
        for (name, table) in catalogue::tables(conn)? {
            let rows: Vec<Raw> = match conn {
                AnyConnection::Sqlite(conn) => {
                    let columns =
                        table.columns.iter().map(|column| format!("typeof(\"{0}\") || quote(\"{0}\")", column.name));
                    let line = columns.collect::<Vec<_>>().join(" || '|' || ");
                    diesel::sql_query(format!("SELECT {line} AS line FROM \"{name}\"")).load(conn)?
                }
                AnyConnection::Postgres(conn) => {
                    diesel::sql_query(format!("SELECT r::text AS line FROM \"{name}\" r")).load(conn)?
                }
            };
            let mut lines: Vec<String> = rows.into_iter().map(|row| row.line).collect();
            lines.sort();
            all.insert(name, lines);
        }
        Ok(all)
    })
    .expect("rows")
}

/// Restores a backup into a database and asserts that a backup of that one is the same.
fn restored(folder: &Path, url: &str, out: &Path) -> PathBuf {
    let said = done(&["restore", &folder.to_string_lossy(), "--database", url]);
    assert!(said.starts_with("restored as of 20") && said.contains("the audit trail is whole"), "{said}");
    let again = back_up(url, out);
    let (before, after) = (manifest(folder), manifest(&again));
    assert_eq!((before.tables, before.migrations, before.trail), (after.tables, after.migrations, after.trail));
    again
}

on_each_database! {
    async fn the_demonstration_comes_back_whole_on_either_database(app: TestApp) {
        app.pass(TimeDelta::days(90) + TimeDelta::microseconds(120_450));
        let now = app.clock.now().naive_utc();
        demonstration::fill(&app.db, &app.depot(), now).expect("filled");
        account(&app.db, ODD_NAME, now + TimeDelta::microseconds(50));
        let place = tempfile::tempdir().expect("folder");
        let at = |name: &str| place.path().join(name);
        let first = back_up(&app.database, &at("first"));

        let all = manifest(&first);
        let mut named: Vec<&str> = all.tables.iter().map(|file| file.table.as_str()).collect();
        named.sort_unstable();
        let declared = declared();
        assert_eq!(named, declared.keys().map(String::as_str).collect::<Vec<_>>(), "every table, and no other");
        let empty: Vec<&str> =
            all.tables.iter().filter(|file| file.rows == 0).map(|file| file.table.as_str()).collect();
        let filled = all.tables.len() - empty.len();
        assert!(filled >= FILLED_MIN, "the demonstration fills {filled} tables only, empty are {empty:?}");

        let sqlite = |name: &str| format!("sqlite://{}", at(name).display());
        let (postgres, _schema) = Schema::make().unzip();
        let is_sqlite = app.database.starts_with("sqlite");
        let other = if is_sqlite { postgres.clone() } else { Some(sqlite("other.sqlite")) };
        let (postgres_again, _schema_again) = Schema::make().unzip();
        let same = if is_sqlite { Some(sqlite("same.sqlite")) } else { postgres };
        let same = same.expect("this database is there");
        restored(&first, &same, &at("same"));
        assert_eq!(raw(&app.db), raw(&open(&same)), "row by row");
        if let Some(other) = other {
            let second = restored(&first, &other, &at("second"));
            let back = if is_sqlite { sqlite("back.sqlite") } else { postgres_again.expect("a server") };
            restored(&second, &back, &at("third"));
            assert_eq!(raw(&app.db), raw(&open(&back)), "row by row, there and back");
        }
    }
}

on_each_database! {
    async fn a_backup_while_others_write_is_of_one_moment(app: TestApp) {
        let now = app.clock.now().naive_utc();
        let place = tempfile::tempdir().expect("folder");
        let is_over = AtomicBool::new(false);
        let made: Vec<Manifest> = std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    account(&app.db, "Office", now);
                }
            });
            let made = (0..5).map(|second| {
                let at = now + TimeDelta::seconds(second);
                backup::write(&app.db, place.path(), at, trail, &|_, _| Ok(Vec::new())).expect("written").1
            });
            let made = made.collect();
            is_over.store(true, Ordering::Relaxed);
            writer.join().expect("the writer ends");
            made
        });
        for manifest in &made {
            let rows = |name: &str| {
                manifest.tables.iter().find(|file| file.table == name).expect("table").rows
            };
            assert_eq!(rows("accounts"), rows("audit"), "each account with its line");
            let Trail::Whole { lines, .. } = &manifest.trail else { panic!("{manifest:?}") };
            assert_eq!(lines.unsigned_abs(), rows("audit"));
        }
        let rows = |manifest: &Manifest| manifest.tables.iter().map(|file| file.rows).sum::<u64>();
        assert!(rows(&made[0]) < rows(&made[4]), "somebody wrote meanwhile");
    }
}

on_each_database! {
    async fn a_database_with_data_is_left_as_it_is(app: TestApp) {
        let place = tempfile::tempdir().expect("folder");
        let folder = back_up(&app.database, place.path());
        let before = raw(&app.db);
        let words = ["the database has data (table delegations)", "name an empty one with --database"];
        refused(&["restore", &folder.to_string_lossy(), "--database", &app.database], 2, &words);
        assert_eq!(raw(&app.db), before);
    }
}

/// Changes the manifest of a backup.
fn change_manifest(folder: &Path, change: impl FnOnce(&mut Value)) {
    let path = folder.join(backup::MANIFEST);
    let mut json: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("manifest")).expect("JSON");
    change(&mut json);
    std::fs::write(path, json.to_string()).expect("written");
}

/// Returns a copy of a backup.
fn copy(folder: &Path, to: &Path) -> PathBuf {
    std::fs::create_dir(to).expect("folder");
    for entry in std::fs::read_dir(folder).expect("backup") {
        let entry = entry.expect("entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
    to.to_owned()
}

on_each_database! {
    async fn a_damaged_backup_is_refused_and_says_what_to_do(app: TestApp) {
        account(&app.db, ODD_NAME, app.clock.now().naive_utc());
        let place = tempfile::tempdir().expect("folder");
        let whole = back_up(&app.database, &place.path().join("out"));
        let database = place.path().join("new.sqlite");
        let url = format!("sqlite://{}", database.display());
        let damaged = |name: &str, damage: &dyn Fn(&Path), code: i32, words: &[&str]| {
            let folder = copy(&whole, &place.path().join(name));
            damage(&folder);
            refused(&["restore", &folder.to_string_lossy(), "--database", &url], code, words);
        };
        let change_byte = |folder: &Path| {
            let path = folder.join("delegations.jsonl");
            let mut bytes = std::fs::read(&path).expect("file");
            bytes[20] ^= 1;
            std::fs::write(path, bytes).expect("written");
        };
        damaged("byte", &change_byte, 2, &["delegations.jsonl was changed", "take another backup"]);
        let cut = |folder: &Path| std::fs::remove_file(folder.join("audit.jsonl")).expect("removed");
        damaged("file", &cut, 1, &["audit.jsonl", "not whole; take another one"]);
        let no_manifest = |folder: &Path| std::fs::remove_file(folder.join(backup::MANIFEST)).expect("removed");
        damaged("unfinished", &no_manifest, 2, &["one that was not finished", "`speca backup` printed"]);
        let newer = |folder: &Path| change_manifest(folder, |json| json["layout"] = json!(2));
        damaged("layout", &newer, 2, &["the layout is 2", "restore with the version that made it"]);
        let ahead = |folder: &Path| change_manifest(folder, |json| json["migrations"] = json!(["29991231000001"]));
        damaged("ahead", &ahead, 2, &["migration 29991231000001", "a newer one"]);
        let outside = |folder: &Path| change_manifest(folder, |json| json["tables"][0]["table"] = json!("../x"));
        damaged("outside", &outside, 2, &["a table `../x`", "take another backup"]);
        assert!(!database.exists(), "no database is made before the files are checked");

        let other_trail = |folder: &Path| change_manifest(folder, |json| json["trail"]["whole"]["lines"] = json!(7));
        damaged("trail", &other_trail, 2, &["it was whole, 7 lines", "nothing was restored"]);
        let fewer = |folder: &Path| {
            change_manifest(folder, |json| json["tables"].as_array_mut().expect("tables").retain(|file| file["table"] != "audit"));
        };
        damaged("fewer", &fewer, 2, &["the backup has no table audit", "take another backup"]);
        // What was refused has left nothing behind that stands in the way.
        done(&["restore", &whole.to_string_lossy(), "--database", &url]);
    }
}

/// Returns the tables that migrations up to a version make, as their folders say.
fn tables_until(version: &str) -> Vec<String> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).expect("migrations") {
        let folder = entry.expect("entry").path();
        let name = folder.file_name().expect("name").to_string_lossy().replace('-', "");
        if name.split('_').next().expect("version") <= version {
            let sql = std::fs::read_to_string(folder.join("up.sql")).expect("up.sql");
            let made = sql.split("CREATE TABLE ").skip(1);
            tables.extend(made.map(|block| block.split_whitespace().next().expect("name").to_owned()));
        }
    }
    tables
}

on_each_database! {
    async fn a_backup_of_an_older_schema_is_brought_to_this_one(app: TestApp) {
        const OLDER: &str = "20261124000007";
        let place = tempfile::tempdir().expect("folder");
        let folder = back_up(&app.database, place.path());
        let (kept, versions) = (tables_until(OLDER), manifest(&folder).migrations);
        let versions: Vec<String> = versions.into_iter().filter(|version| version.as_str() <= OLDER).collect();
        assert_eq!(versions.len(), 7);
        change_manifest(&folder, |json| {
            json["migrations"] = json!(versions);
            let tables = json["tables"].as_array_mut().expect("tables");
            tables.retain(|file| kept.iter().any(|table| file["table"] == table.as_str()));
        });
        let url = format!("sqlite://{}", place.path().join("new.sqlite").display());
        done(&["restore", &folder.to_string_lossy(), "--database", &url]);
        let applied = open(&url).read_here(catalogue::applied).expect("migrations");
        assert_eq!(applied, catalogue::carried().expect("migrations"));
        let (before, after) = (raw(&app.db), raw(&open(&url)));
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        assert_eq!(after["delegations"].len(), before["delegations"].len());
    }
}

/// Returns the names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("folder");
    entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect()
}

#[cfg(unix)]
#[rocket::async_test]
async fn a_disk_that_fills_up_leaves_no_backup_behind() {
    let app = TestApp::on_sqlite().await;
    let long = "я".repeat(200_000);
    account(&app.db, &long, app.clock.now().naive_utc());
    let place = tempfile::tempdir().expect("folder");
    let out = place.path().join("out");
    let speca = env!("CARGO_BIN_EXE_speca");
    let script = format!("'{speca}' backup --database '{}' --out '{}'", app.database, out.display());
    // A limit on the size of files stands for the full disk: once as an error, once as the end of the process.
    let told = Command::new("sh").args(["-c", &format!("trap '' XFSZ; ulimit -f 128; exec {script}")]).output();
    let told = told.expect("a shell");
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(1), "{said}");
    assert!(said.contains("accounts.jsonl") && said.contains("make room there, or name another folder"), "{said}");
    assert_eq!(names(&out), Vec::<String>::new());

    let killed = Command::new("sh").args(["-c", &format!("ulimit -f 128; exec {script}")]).output().expect("a shell");
    assert_eq!(killed.status.code(), None, "ended in the middle");
    let left = names(&out);
    assert!(left.len() == 1 && left[0].contains("Z.part"), "{left:?}");
    let url = format!("sqlite://{}", place.path().join("new.sqlite").display());
    let words = ["one that was not finished"];
    refused(&["restore", &out.join(&left[0]).to_string_lossy(), "--database", &url], 2, &words);
}

#[rocket::async_test]
async fn a_folder_that_cannot_be_made_is_named() {
    let app = TestApp::on_sqlite().await;
    let place = tempfile::NamedTempFile::new().expect("file");
    let out = place.path().join("out");
    let words = [place.path().to_str().expect("path"), "name another folder with --out"];
    refused(&["backup", "--database", &app.database, "--out", &out.to_string_lossy()], 1, &words);
}

#[cfg(unix)]
#[rocket::async_test]
async fn nobody_else_can_look_into_a_backup() {
    use std::os::unix::fs::PermissionsExt as _;
    let app = TestApp::on_sqlite().await;
    let place = tempfile::tempdir().expect("folder");
    let folder = back_up(&app.database, place.path());
    assert_eq!(std::fs::metadata(folder).expect("folder").permissions().mode() & 0o777, 0o700);
}
