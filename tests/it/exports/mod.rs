//! The exports: who may take what, what never leaves, how cells are written, and the contract that describes them.

pub mod contract;
mod lists;
mod registers;

use std::collections::BTreeMap;

use serde_json::Value;
use speca::accounts::Office;
use speca::ballots::State as BallotState;
use speca::db::StoreError;
use speca::exports::{Name, Order, Reach, cell, write};
use speca::kernel::code::Code as _;
use speca::kernel::ids::AttachmentId;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::{AnswerKey, AnswerLang, Answers, QuestionKind, Questionnaire};
use speca::sessions::Session;
use speca::submissions::{self, CompiledSource, Event, State, Submission};
use speca::tally::ballot_file::read_ballots;

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

/// A file as rows by header.
pub fn rows(file: &str) -> Vec<BTreeMap<String, String>> {
    let text = file.strip_prefix('\u{feff}').expect("the file begins with a byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("the file is CSV")).collect()
}

fn column(file: &str, header: &str) -> Vec<String> {
    rows(file).into_iter().map(|row| row[header].clone()).collect()
}

async fn take(actor: &Actor<'_>, name: &str, lang: &str) -> Page {
    actor.get(&format!("/sessions/15/exports/{name}.csv?lang={lang}")).await
}

/// Returns an export as the secretariat takes it, without the web.
pub fn export(app: &TestApp, session: &Session, name: Name, lang: Lang) -> String {
    let session = name.is_of_session().then(|| session.clone());
    let order =
        Order { session, name, lang, reach: Reach::Secretariat, reader: speca::policy::Actor::visitor(), ballot: None };
    let mut bytes = Vec::new();
    app.db.read_here(|conn| write(conn, &order, &mut bytes)).expect("written");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Attaches a whole file to an entry.
pub fn attach(app: &TestApp, entry: &Submission, name: &str, is_public: bool) {
    use submissions::attachments::{Attachment, Content, State, model, store};
    let (id, now) = (AttachmentId::new(), app.clock.now().naive_utc());
    let one = Attachment {
        submission: entry.id.clone(),
        name: name.to_owned(),
        state: State::Whole,
        content: Some(Content::Pdf),
        size: Some(5),
        received: 5,
        sha256: String::new(),
        key: model::key(&id),
        mark: String::new(),
        is_public,
        account: app.secretariat().account,
        started_at: now,
        finished_at: Some(now),
        removed_at: None,
        id,
    };
    app.db.write_here(|tx| store::insert(tx, &one)).expect("attached");
}

/// Keeps where an entry comes from.
pub fn compile(app: &TestApp, entry: &Submission, key: &str) {
    let source = CompiledSource {
        key: key.to_owned(),
        period: "2019-2020".to_owned(),
        state: String::new(),
        title: "Green corridors, reported".to_owned(),
        url: "https://example.org/corridors".to_owned(),
        date: "2020-10".to_owned(),
        kind: "UN".to_owned(),
        confidence: "high".to_owned(),
        taken_over_at: None,
    };
    app.db.write_here(|tx| submissions::store::insert_source(tx, &entry.id, &source)).expect("source");
}

on_each_database! {
    async fn everybody_takes_what_is_published_and_the_secretariat_what_was_cleared(app: TestApp) {
        let session = app.session();
        app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Published");
        app.submission(&session, "KAZ", Kind::Practice, State::Submitted, "Handed in");
        app.submission(&session, "UZB", Kind::Practice, State::Draft, "Draft");
        app.submission(&session, "UZB", Kind::Practice, State::AwaitingClearance, "Waiting");
        app.submission(&session, "UZB", Kind::Practice, State::Withdrawn, "Withdrawn draft");
        app.submission(&session, "TJK", Kind::Action, State::Accepted, "Action");
        app.submission(&session, "REG", Kind::Action, State::Draft, "Draft of the group");
        let (visitor, secretariat) = (app.visitor(), app.secretariat());
        for actor in [&visitor, &app.head("UZB"), &app.delegate("KAZ", Capacity::Observer)] {
            let file = take(actor, "practices", "en").await.expect(200).body;
            assert_eq!(column(&file, "Title (English)"), ["Published"]);
            let answers = take(actor, "answers", "en").await.expect(200).body;
            assert!(column(&answers, "Reference").iter().all(|reference| reference == "GP-KAZ-2020-001"));
            take(actor, "actions", "en").await.expect(403);
        }
        let file = take(&secretariat, "practices", "en").await.expect(200).body;
        assert_eq!(column(&file, "Title (English)"), ["Published", "Handed in"]);
        let file = take(&secretariat, "actions", "ru").await.expect(200).body;
        assert_eq!(column(&file, "Название (русский)"), ["Action по-русски"]);
        let answers = take(&secretariat, "answers", "en").await.expect(200).body;
        let mut references = column(&answers, "Reference");
        references.dedup();
        assert_eq!(references, ["GP-KAZ-2020-001", "GP-KAZ-2020-002", "PA-TJK-2020-001"]);
    }
}

on_each_database! {
    async fn private_answers_never_leave_in_public_files(app: TestApp) {
        let session = app.session();
        let answers = complete_answers(Kind::Practice)
            .with("contact_name", AnswerLang::Neutral, "Unlisted Person")
            .with("contact_email", AnswerLang::Neutral, "unlisted@example.org");
        app.submission_with(&session, "KAZ", Kind::Practice, State::Accepted, &answers);
        for name in ["practices", "answers"] {
            for actor in [&app.visitor(), &app.head("KAZ")] {
                take(actor, name, "en").await.expect(200).lacks("nlisted").lacks("contact_");
            }
        }
        let secretariat = app.secretariat();
        take(&secretariat, "practices", "en").await.expect(200).lacks("nlisted");
        take(&secretariat, "answers", "en").await.expect(200).sees("unlisted@example.org");
    }
}

on_each_database! {
    async fn the_public_file_names_the_files_that_a_delegation_shows(app: TestApp) {
        let session = app.session();
        let entry = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Published");
        attach(&app, &entry, "Shown.pdf", true);
        attach(&app, &entry, "Kept.pdf", false);
        let public = take(&app.visitor(), "practices", "en").await.expect(200).lacks("Kept.pdf").body;
        assert_eq!(column(&public, "Attached files"), ["Shown.pdf"]);
        let whole = take(&app.secretariat(), "practices", "ru").await.expect(200).body;
        assert_eq!(column(&whole, "Приложенные файлы"), ["Shown.pdf;Kept.pdf"]);
    }
}

on_each_database! {
    async fn a_returned_entry_leaves_as_it_was_cleared(app: TestApp) {
        let session = app.session();
        let entry = app.submission(&session, "KAZ", Kind::Practice, State::Returned, "Cleared");
        let author = app.secretariat().account;
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                let act = submissions::store::Act {
                    event: Event::Clear,
                    from: State::Draft,
                    to: State::Submitted,
                    revision: 1,
                    account: author.clone(),
                    note: String::new(),
                    at: now,
                };
                submissions::store::insert_act(tx, &entry.id, &act)?;
                let (_, questionnaire) = speca::questionnaires::store::newest(tx, &session.id, Kind::Practice)?;
                let before = submissions::store::answers_at(tx, &entry.id, 1)?;
                let after = before.clone().with("title", Lang::En, "Not yet cleared");
                submissions::store::save_revision(tx, &entry, &questionnaire, &before, &after, &author, now)?;
                Ok(())
            })
            .expect("saved");
        attach(&app, &entry, "Sent along.pdf", false);
        app.pass(chrono::TimeDelta::minutes(1));
        attach(&app, &entry, "Not yet handed in.pdf", true);
        let file = take(&app.secretariat(), "practices", "en").await.expect(200).body;
        assert_eq!(column(&file, "Attached files"), ["Sent along.pdf"]);
        for name in ["practices", "answers"] {
            take(&app.secretariat(), name, "en").await.expect(200).sees("Cleared").lacks("Not yet cleared");
        }
    }
}

on_each_database! {
    async fn no_cell_calculates_and_nothing_is_lost(app: TestApp) {
        let session = app.session();
        let mut answers = Answers::none();
        let nasty = ["=1+1", "+7", "-2+3", "@SUM(A1)", "'=x", "=HYPERLINK(\"http://x\";\"y\")", "<script>alert(1)</script>"];
        for (number, question) in Questionnaire::default_of(Kind::Practice).questions().enumerate() {
            let paths = match question.kind {
                QuestionKind::Rows => {
                    let cells = question.columns.iter().map(|column| (format!("{}.0.{}", question.code, column.code), column));
                    cells.collect()
                }
                _ => vec![(question.code.clone(), question)],
            };
            for (path, asked) in paths {
                if matches!(asked.kind, QuestionKind::Line | QuestionKind::Text) {
                    for lang in asked.languages() {
                        let text = format!("{} \"quoted\", one\ntwo; Ж{number}", nasty[number % nasty.len()]);
                        answers.set(AnswerKey::new(path.clone(), *lang), text);
                    }
                }
            }
        }
        app.submission_with(&session, "KAZ", Kind::Practice, State::Accepted, &answers);
        let practices = export(&app, &session, Name::Practices, Lang::En);
        let file = export(&app, &session, Name::Answers, Lang::En);
        let given: Vec<&str> = answers.iter().map(|(_, text)| text).collect();
        for row in rows(&practices).iter().chain(&rows(&file)) {
            for value in row.values() {
                assert!(!value.starts_with(['=', '+', '-', '@', '\t', '\r']), "{value}");
            }
        }
        let mut taken: Vec<String> =
            column(&file, "Text").iter().map(|value| cell::unguarded(value).to_owned()).collect();
        let mut expected: Vec<String> = given.into_iter().map(str::to_owned).collect();
        taken.sort();
        expected.sort();
        assert_eq!(taken, expected);
        let row = &rows(&practices)[0];
        assert_eq!(cell::unguarded(&row["Title (English)"]), answers.get("title", Lang::En));
        assert!(practices.lines().count() > 2 && practices.contains("\r\n") && practices.ends_with("\r\n"));
    }
}

on_each_database! {
    async fn files_say_what_they_are_and_lead_to_their_description(app: TestApp) {
        let session = app.session();
        app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Published");
        let page = take(&app.visitor(), "practices", "ru").await.expect(200);
        let header = |name: &str| {
            let found = page.headers.iter().find(|(held, _)| held.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        assert_eq!(header("Content-Type"), "text/csv; charset=utf-8");
        assert_eq!(header("Content-Disposition"), "attachment; filename=\"speca-15-practices-ru.csv\"");
        let description = "/sessions/15/exports/practices.csv-metadata.json?lang=ru";
        assert!(header("Link").starts_with(&format!("<{description}>; rel=\"describedby\"")), "{}", header("Link"));
        let document: Value = serde_json::from_str(&app.visitor().get(description).await.expect(200).body).expect("JSON");
        let columns = document["tableSchema"]["columns"].as_array().expect("columns");
        let described: Vec<&str> = columns.iter().filter_map(|column| column["titles"].as_str()).collect();
        let first = page.body.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(first.as_bytes());
        let titles = reader.records().next().expect("header").expect("header");
        assert_eq!(titles.iter().collect::<Vec<_>>(), described);
        for path in ["nothing.csv", "practices", "practices.csv?lang=fr", "nothing.csv-metadata.json"] {
            app.visitor().get(&format!("/sessions/15/exports/{path}")).await.expect(404);
        }
        app.visitor().get("/sessions/16/exports/practices.csv?lang=en").await.expect(404);
        app.visitor().get("/sessions/16/exports").await.expect(404);
        app.visitor().get("/sessions/15/exports").await.expect(200).sees("practices.csv?lang=ru").lacks("actions.csv");
        app.secretariat().get("/sessions/15/exports").await.expect(200).sees("actions.csv?lang=en");
    }
}

on_each_database! {
    async fn a_ballot_leaves_when_it_is_certified_and_not_before(app: TestApp) {
        let session = app.session();
        contract::reviewed_actions(&app, &session);
        let number = contract::ballot(&app, &session, BallotState::Closed);
        contract::ballot(&app, &session, BallotState::Open);
        let everybody = [app.visitor(), app.secretariat(), app.head("KAZ"), app.office(Office::Chair)];
        for actor in &everybody {
            for name in ["ballots", "result", "programme"] {
                take(actor, name, "en").await.expect(404).lacks("Agree on a data set");
            }
            actor.get(&format!("/sessions/15/exports/ballots.csv?lang=en&ballot={number}")).await.expect(404);
        }
        let number = contract::ballot(&app, &session, BallotState::Certified);
        for actor in &everybody {
            let file = take(actor, "ballots", "en").await.expect(200).body;
            let read = read_ballots(file.as_bytes()).expect("`speca tally` reads it");
            assert_eq!((read.profile.ballots().len(), read.abstentions), (2, vec!["TJK".to_owned()]));
            let result = take(actor, "result", "en").await.expect(200).body;
            assert_eq!(column(&result, "Fingerprint of the papers"), [read.fingerprint.clone(), read.fingerprint]);
            actor.get(&format!("/sessions/15/exports/result.csv?lang=en&ballot={number}")).await.expect(200);
            actor.get("/sessions/15/exports/result.csv?lang=en&ballot=1").await.expect(404);
        }
    }
}

on_each_database! {
    async fn reviews_leave_with_the_secretariat_alone(app: TestApp) {
        let session = app.session();
        contract::reviewed_actions(&app, &session);
        for actor in [app.visitor(), app.head("KAZ"), app.office(Office::Chair), app.reviewer(&session.id, None)] {
            take(&actor, "reviews", "en").await.expect(403).lacks("Clear and ready");
            take(&actor, "ranking", "en").await.expect(403);
        }
        let file = take(&app.secretariat(), "reviews", "en").await.expect(200).body;
        assert!(file.contains("Clear and ready") && !file.contains("Not yet given"));
    }
}

on_each_database! {
    async fn lists_leave_with_those_who_read_them(app: TestApp) {
        let session = app.session();
        contract::reviewed_actions(&app, &session);
        let (visitor, secretariat, administrator) =
            (app.visitor(), app.secretariat(), app.office(Office::Administrator));
        let others = [app.head("KAZ"), app.office(Office::Chair), app.reviewer(&session.id, None)];
        for name in ["delegations", "accounts", "mails"] {
            let path = format!("/exports/{name}.csv?lang=en");
            visitor.get(&path).await.expect(403);
            for actor in &others {
                actor.get(&path).await.expect(403);
            }
            for actor in [&secretariat, &administrator] {
                actor.get(&path).await.expect(200);
            }
            secretariat.get(&format!("/sessions/15/exports/{name}.csv?lang=en")).await.expect(404);
        }
        for name in ["assignments", "consents"] {
            take(&secretariat, name, "en").await.expect(200);
            for actor in others.iter().chain([&visitor, &administrator]) {
                take(actor, name, "en").await.expect(403);
            }
            secretariat.get(&format!("/exports/{name}.csv?lang=en")).await.expect(404);
        }
        let page = visitor.get("/exports/sessions.csv?lang=ru").await.expect(200).sees("Пятнадцатая сессия");
        assert_eq!(page.header("Content-Disposition"), Some("attachment; filename=\"speca-sessions-ru.csv\""));
        visitor.get("/exports/sessions.csv-metadata.json?lang=ru").await.expect(200).sees("/exports/sessions.csv?lang=ru");
        for path in ["nothing.csv", "sessions", "sessions.csv?lang=fr", "practices.csv", "ballot-list.csv"] {
            secretariat.get(&format!("/exports/{path}")).await.expect(404);
        }
        visitor.get("/sessions").await.expect(200).sees("href=\"/exports/sessions.csv\"");
        secretariat.get("/accounts").await.expect(200).sees("href=\"/exports/accounts.csv\"");
        others[0].get("/accounts").await.expect(200).lacks("accounts.csv");
        secretariat.get("/delegations").await.expect(200).sees("href=\"/exports/delegations.csv\"");
        secretariat.get("/sessions/15/reviews").await.expect(200).sees("href=\"/sessions/15/exports/reviews.csv\"");
        others[2].get("/sessions/15/reviews").await.expect(200).lacks("reviews.csv");
    }
}

on_each_database! {
    async fn what_is_not_certified_is_not_on_the_list_of_ballots(app: TestApp) {
        let session = app.session();
        contract::reviewed_actions(&app, &session);
        contract::ballot(&app, &session, BallotState::Open);
        contract::ballot(&app, &session, BallotState::Closed);
        for actor in [app.visitor(), app.secretariat(), app.head("KAZ")] {
            for name in ["ballot-list", "turnout"] {
                let file = take(&actor, name, "en").await.expect(200).lacks("Order of the actions").body;
                assert!(rows(&file).is_empty(), "{name}");
            }
        }
        app.secretariat().get("/sessions/15/ballots").await.expect(200).lacks("turnout.csv");
        let number = contract::ballot(&app, &session, BallotState::Certified);
        let file = take(&app.visitor(), "ballot-list", "en").await.expect(200).body;
        assert_eq!(column(&file, "Ballot"), [format!("15/ballots/{number}")]);
        assert_eq!(column(&file, "Abstained"), ["1"]);
        let file = take(&app.visitor(), "turnout", "en").await.expect(200).body;
        assert_eq!(column(&file, "Part taken (code)").iter().filter(|part| *part == "cast").count(), 2);
        app.visitor().get("/sessions/15/ballots").await.expect(200).sees("turnout.csv");
    }
}

#[test]
fn the_names_of_exports_are_their_codes() {
    assert!(Name::ALL.iter().all(|name| Name::from_code(name.code()) == Some(*name)));
}
