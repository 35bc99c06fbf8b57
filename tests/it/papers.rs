//! Session papers: who may read which, the same words in every form, and the papers of the demonstration.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};
use chrono::TimeDelta;
use speca::ballots::State as BallotState;
use speca::demonstration;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::papers::export::{docx, tables};
use speca::papers::{Document, Name, operations, pages};
use speca::submissions::State;

use crate::exports::contract;
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::{TestApp, checker};

/// Returns a paper as the machine reads it.
fn document(app: &TestApp, session: i32, name: Name, lang: Lang) -> Document {
    let actor = operations::at_the_machine();
    let sources = app.db.read_here(|conn| operations::sources(conn, &actor, session, name)).expect("sources");
    pages::document(&sources, lang)
}

/// Returns the parts of a packed file, by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("archive");
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("part");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        parts.insert(file.name().expect("name").into_owned(), text);
    }
    parts
}

on_each_database! {
    async fn a_result_is_in_no_paper_before_it_is_certified(app: TestApp) {
        let session = app.session();
        contract::reviewed_actions(&app, &session);
        let number = contract::ballot(&app, &session, BallotState::Closed);
        assert_eq!(number, 1);
        let everybody = [app.visitor(), app.head("KAZ"), app.office(speca::accounts::Office::Chair), app.secretariat()];
        for actor in &everybody {
            for path in ["result", "result.docx", "result.docx?lang=ru", "result?lang=ru"] {
                actor.get(&format!("/sessions/15/papers/{path}")).await.expect(404);
            }
            actor.get("/sessions/15/papers").await.expect(200).sees("Not certified or adopted yet");
            let tables = actor.file("/sessions/15/papers/tables.xlsx").await;
            assert!(!parts(&tables).values().any(|part| part.contains("PA-KAZ-2020-001")));
        }
        contract::ballot(&app, &session, BallotState::Certified);
        for actor in &everybody {
            let page = actor.get("/sessions/15/papers/result").await.expect(200);
            // Of the two ballots only the certified one; its papers are the last part.
            page.sees("Ballot 2.").lacks("Ballot 1.").sees("Too costly").sees("PA-KAZ-2020-001").sees("sha256:");
        }
    }
}

on_each_database! {
    async fn a_draft_programme_is_read_by_the_secretariat_and_the_chair(app: TestApp) {
        app.pass(TimeDelta::days(90));
        demonstration::fill(&app.db, &app.depot(), app.clock.now().naive_utc()).expect("filled");
        for actor in [app.secretariat(), app.office(speca::accounts::Office::Chair)] {
            actor.get("/sessions/15/papers/programme").await.expect(200).sees("WP-2020").sees("Draft");
            actor.get("/sessions/15/papers/decision?lang=ru").await.expect(200).sees("Рабочая группа по торговле");
            actor.get("/sessions/15/papers/tables.xlsx").await.expect(200);
        }
        for actor in [app.visitor(), app.head("KAZ"), app.office(speca::accounts::Office::Administrator)] {
            for path in ["programme", "programme.docx", "decision", "decision.docx?lang=ru"] {
                actor.get(&format!("/sessions/15/papers/{path}")).await.expect(404);
            }
            let page = actor.get("/sessions/15/papers").await.expect(200);
            page.sees("/sessions/15/papers/practices.docx?lang=ru").lacks("programme.docx");
            let tables = parts(&actor.file("/sessions/15/papers/tables.xlsx").await);
            assert!(!tables.values().any(|part| part.contains("WP-2020")));
        }
        for path in ["programme?lang=de", "nothing", "practices.pdf", "practices.docx.docx.exe"] {
            app.secretariat().get(&format!("/sessions/15/papers/{path}")).await.expect(404);
        }
        app.visitor().get("/sessions/99/papers").await.expect(404);
        app.visitor().get("/sessions/15").await.expect(200).sees("/sessions/15/papers");
    }
}

/// A session with a practice whose texts try to break every form.
fn hostile(app: &TestApp) {
    let session = app.session();
    let answers = complete_answers(Kind::Practice)
        .with("title", Lang::En, "</w:t><w:p/>&lt;script&gt; <script>alert(1)</script> \"x\" ]]>")
        .with("summary", Lang::En, "=cmd|' /C calc'!A0\u{b}\u{1b}\u{202e}\n\nSecond & last\tline")
        .with("title", Lang::Ru, "")
        .with("problem", Lang::Ru, "");
    app.submission_with(&session, "KAZ", Kind::Practice, State::Accepted, &answers);
}

on_each_database! {
    async fn hostile_texts_stay_texts_in_every_form(app: TestApp) {
        hostile(&app);
        let visitor = app.visitor();
        let page = visitor.get("/sessions/15/papers/practices").await.expect(200);
        page.lacks("<script>alert").sees("Second &#38; last line").lacks("\u{202e}").lacks("\u{1b}");
        let body = parts(&visitor.file("/sessions/15/papers/practices.docx").await)["word/document.xml"].clone();
        assert!(body.contains("&lt;/w:t&gt;&lt;w:p/&gt;&amp;lt;script&amp;gt; &lt;script&gt;alert(1)"), "{body}");
        assert!(body.contains("<w:br/><w:t xml:space=\"preserve\">Second &amp; last line</w:t>"), "{body}");
        assert!(!body.chars().any(|c| c.is_control() && c != '\n') && !body.contains('\u{202e}'));
        let russian = visitor.get("/sessions/15/papers/practices?lang=ru").await.expect(200);
        russian.sees("[текст на русском языке отсутствует]").sees("lang=\"en\">&#60;/w:t&#62;");
        let mut book: Xlsx<_> =
            Xlsx::new(Cursor::new(visitor.file("/sessions/15/papers/tables.xlsx?lang=ru").await)).expect("workbook");
        let sheet = book.worksheet_range("Передовые практики").expect("sheet");
        let cell = sheet.get_value((4, 2)).map(Data::to_string).unwrap_or_default();
        assert!(cell.starts_with("[текст на русском языке отсутствует] </w:t>"), "{cell}");
    }
}

/// Returns words as they follow each other, whatever parts them.
fn words(text: &str) -> Vec<String> {
    let is_between = |c: char| c == '\t' || c == '\n' || c == '\r' || c == ' ' || c == '\u{a0}' || c == '\u{feff}';
    text.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[rocket::async_test]
async fn a_word_processor_reads_the_words_that_were_written() {
    let Some(program) = checker(&["/usr/bin/soffice", "/usr/local/bin/soffice"], "apt-get install libreoffice-writer")
    else {
        return;
    };
    let app = TestApp::on_sqlite().await;
    hostile(&app);
    let session = app.db.read_here(|conn| speca::sessions::store::by_number(conn, 15)).expect("session");
    contract::reviewed_actions(&app, &session);
    contract::ballot(&app, &session, BallotState::Certified);
    let folder = tempfile::tempdir().expect("folder");
    let mut written = Vec::new();
    for name in [Name::Practices, Name::Result] {
        for lang in Lang::ALL {
            let document = document(&app, 15, name, *lang);
            let path = folder.path().join(name.file(15, *lang));
            std::fs::write(&path, docx::write(&document).expect("written")).expect("file");
            written.push((path, document));
        }
    }
    let said = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        .args(["--headless", "--norestore", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
        .arg(folder.path())
        .args(written.iter().map(|(path, _)| path))
        .output()
        .expect("the word processor runs");
    for (path, document) in &written {
        let text = std::fs::read_to_string(path.with_extension("txt"))
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&said.stderr)));
        assert_eq!(words(&text), words(&document.lines().join("\n")), "{}", path.display());
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/demo")
}

#[expect(clippy::disallowed_methods, reason = "says whether the papers of the demonstration are written anew")]
fn writes_anew() -> bool {
    std::env::var("SPECA_WRITE_GOLDEN").is_ok_and(|value| !value.is_empty() && value != "0")
}

#[rocket::async_test]
async fn the_papers_of_the_demonstration_are_those_in_the_documents() {
    let app = TestApp::on_sqlite().await;
    app.pass(TimeDelta::days(90));
    demonstration::fill(&app.db, &app.depot(), app.clock.now().naive_utc()).expect("filled");
    for name in Name::ALL {
        for lang in Lang::ALL {
            let document = document(&app, 15, *name, *lang);
            let written = docx::write(&document).expect("written");
            assert_eq!(written, docx::write(&document).expect("written"), "the same paper is the same file");
            let path = folder().join(name.file(15, *lang));
            if writes_anew() {
                std::fs::create_dir_all(folder()).expect("folder");
                std::fs::write(&path, &written).expect("paper written");
            }
            let kept = std::fs::read(&path).unwrap_or_default();
            let same = !kept.is_empty() && parts(&kept) == parts(&written);
            assert!(same, "{}: SPECA_WRITE_GOLDEN=1 cargo test --test it papers::", path.display());
            let properties = &parts(&written)["docProps/core.xml"];
            assert!(!properties.contains("creator") && !properties.contains("lastModifiedBy"), "{properties}");
            let tag = if *lang == Lang::En { "en-GB" } else { "ru-RU" };
            assert!(properties.contains(tag) && parts(&written)["word/styles.xml"].contains(tag));
        }
    }
    let all: Vec<Document> = Name::ALL.iter().map(|name| document(&app, 15, *name, Lang::En)).collect();
    let book = tables::write(&all, "Tables").expect("workbook");
    assert_eq!(book, tables::write(&all, "Tables").expect("workbook"), "the same tables are the same file");
    let sheets = Xlsx::new(Cursor::new(book)).expect("workbook").sheet_names();
    let wanted: usize = all.iter().map(|document| document.tables().count()).sum();
    assert_eq!(sheets.len(), wanted);
}

#[rocket::async_test]
async fn the_command_writes_a_paper_or_says_why_not() {
    let app = TestApp::on_sqlite().await;
    hostile(&app);
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("practices.docx");
    let run = |args: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_speca"))
            .arg("paper")
            .args(args)
            .args(["--database", &app.database, "--out"])
            .arg(&path)
            .output()
            .expect("the command runs");
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (code, said) = run(&["practices", "--session", "15", "--lang", "ru"]);
    assert_eq!(code, Some(0), "{said}");
    let body = parts(&std::fs::read(&path).expect("paper"))["word/document.xml"].clone();
    assert!(body.contains("Казахстан"));
    for (args, words) in [
        (&["result", "--session", "15"][..], "no certified ballot"),
        (&["programme", "--session", "15"], "no work programme"),
        (&["progress", "--session", "15"], "nothing to report"),
        (&["practices", "--session", "16"], "no session 16"),
        (&["minutes", "--session", "15"], "possible values"),
    ] {
        let (code, said) = run(args);
        assert!(code == Some(2) && said.contains(words), "{args:?}: {said}");
    }
}
