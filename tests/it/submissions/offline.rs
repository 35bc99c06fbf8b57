//! A draft that is filled in off line: out as a workbook, in again, shown before it is saved.

use std::process::Command;

use speca::i18n::Texts;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::kernel::workbook as sheets;
use speca::policy::Capacity;
use speca::questionnaires::workbook::{Origin, read, write};
use speca::questionnaires::{AnswerLang, Answers, Questionnaire};
use speca::submissions::{State, Submission};

use super::{filled, post, save, stored};
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::{Actor, Page, TestApp, checker};

/// Returns a workbook as somebody filled it in.
fn workbook(kind: Kind, reference: &str, revision: i32, answers: &Answers) -> Vec<u8> {
    let origin = Origin { kind, version: 1, reference: reference.to_owned(), revision };
    write(Texts::of(Lang::Ru), Questionnaire::default_of(kind), answers, &origin).expect("workbook")
}

async fn upload(actor: &Actor<'_>, submission: &Submission, file: &[u8]) -> Page {
    actor.post_parts(&format!("/submissions/{}/upload", submission.reference), &[], Some(file)).await
}

on_each_database! {
    async fn a_workbook_is_shown_as_a_change_and_saved_when_confirmed(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Action);
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &base);
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let taken = delegate.file(&format!("/submissions/{}/form.xlsx?lang=ru", one.reference)).await;
        let held = read(Questionnaire::default_of(Kind::Action), &sheets::read(&taken).expect("workbook")).expect("form");
        assert_eq!((held.origin.reference.as_str(), held.origin.revision), (one.reference.as_str(), 1));
        assert_eq!(held.answers, base);

        // While the workbook is away, the head changes another question on the page.
        save(&head, &one, 1, &base.clone().with("risks", Lang::En, "Written meanwhile"), "").await.expect(303);
        let away = base.clone().with("title", Lang::Ru, "Название из таблицы").with("mandate", Lang::En, "");
        let file = workbook(Kind::Action, &one.reference, 1, &away);
        let page = upload(&delegate, &one, &file).await.expect(200).sees("2 questions change").sees("<ins>");
        assert_eq!(stored(&app, &one.reference).0.revision, 2, "nothing is saved before it is confirmed");
        post(&delegate, &format!("/submissions/{}/edit", one.reference), &filled(&page)).await.expect(303);
        assert_eq!(stored(&app, &one.reference).1, away.with("risks", Lang::En, "Written meanwhile"));
        upload(&delegate, &one, &delegate.file(&format!("/submissions/{}/form.xlsx", one.reference)).await)
            .await
            .expect(200)
            .sees("changes nothing");
    }
}

on_each_database! {
    async fn a_question_changed_on_both_sides_is_asked_about(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Practice);
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &base);
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        save(&head, &one, 1, &base.clone().with("title", Lang::En, "On the page"), "").await.expect(303);
        let away = workbook(Kind::Practice, &one.reference, 1, &base.with("title", Lang::En, "In the workbook"));
        let page = upload(&delegate, &one, &away).await.expect(200);
        let asked = post(&delegate, &format!("/submissions/{}/edit", one.reference), &filled(&page)).await.expect(409);
        asked.sees("On the page").sees("In the workbook");
    }
}

on_each_database! {
    async fn a_blank_form_adds_and_takes_nothing_away(app: TestApp) {
        let session = app.session();
        let base = complete_answers(Kind::Practice);
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &base);
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let blank = app.visitor().file("/sessions/15/questionnaires/practice/form.xlsx?lang=en").await;
        let empty = read(Questionnaire::default_of(Kind::Practice), &sheets::read(&blank).expect("workbook"));
        assert_eq!(empty.expect("form").answers, Answers::none());
        let file = workbook(Kind::Practice, "", 0, &Answers::none().with("title", Lang::En, "Only a title"));
        let page = upload(&delegate, &one, &file).await.expect(200).sees("1 question changes");
        post(&delegate, &format!("/submissions/{}/edit", one.reference), &filled(&page)).await.expect(303);
        assert_eq!(stored(&app, &one.reference).1, base.with("title", Lang::En, "Only a title"));
    }
}

on_each_database! {
    async fn what_does_not_fit_is_refused_beside_the_field(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A title");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let none = Answers::none();
        let cases: [(&[u8], &str); 5] = [
            (b"name,title\n", "not a spreadsheet that can be read"),
            (b"PK\x03\x04 cut off in the middl", "not a spreadsheet that can be read"),
            (&foreign(), "not the form of this page"),
            (&workbook(Kind::Practice, "GP-UZB-2020-001", 1, &none), "belongs to GP-UZB-2020-001"),
            (&workbook(Kind::Action, "", 0, &none), "another kind of submission"),
        ];
        for (file, words) in cases {
            upload(&delegate, &one, file).await.expect(422).sees(words);
        }
        let address = format!("/submissions/{}/upload", one.reference);
        delegate.post_parts(&address, &[], None).await.expect(422);
        app.delegate("UZB", Capacity::Delegate).get(&address).await.expect(404);
        assert_eq!(stored(&app, &one.reference).0.revision, 1);
    }
}

/// A workbook of somebody else.
fn foreign() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write_string(0, 0, "title").expect("cell");
    workbook.save_to_buffer().expect("workbook")
}

#[rocket::async_test]
async fn a_spreadsheet_program_keeps_every_answer() {
    let Some(program) = checker(&["/usr/bin/soffice", "/usr/local/bin/soffice"], "apt-get install libreoffice-calc")
    else {
        return;
    };
    let app = TestApp::on_sqlite().await;
    let session = app.session();
    let base = complete_answers(Kind::Action).with("own_priority", AnswerLang::Neutral, "2");
    let one = app.submission_with(&session, "KAZ", Kind::Action, State::Draft, &base);
    let delegate = app.delegate("KAZ", Capacity::Delegate);
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("form.xlsx");
    std::fs::write(&file, delegate.file(&format!("/submissions/{}/form.xlsx", one.reference)).await).expect("file");
    let said = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        .args(["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(folder.path().join("out"))
        .arg(&file)
        .output()
        .expect("the spreadsheet program runs");
    let saved = std::fs::read(folder.path().join("out/form.xlsx"))
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&said.stderr)));
    let held = read(Questionnaire::default_of(Kind::Action), &sheets::read(&saved).expect("workbook")).expect("form");
    assert_eq!((held.origin.reference, held.answers), (one.reference.clone(), base));
    upload(&delegate, &one, &saved).await.expect(200).sees("changes nothing");
}
