//! The imports: files of every make, shown before they are applied, applied as a whole or not at all.

use encoding_rs::WINDOWS_1251;
use speca::exports::Name;
use speca::imports::operations::{Applied, Asked, apply};
use speca::imports::prepare::prepare;
use speca::imports::{Change, Fault, Plan};
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::{Actor as PolicyActor, Capacity, Holding};
use speca::questionnaires::AnswerLang;
use speca::refusals::OperationError;
use speca::sessions::Session;
use speca::submissions::{self, Event, State, Submission};

use crate::exports::{compile, export};
use crate::on_each_database;
use crate::support::{Actor, TestApp};

const PRACTICES: &str = include_str!("../../data/demonstration/practices.csv");
const ACTIONS: &str = include_str!("../../data/demonstration/actions.csv");
const ADDRESS: &str = "/sessions/15/imports/practice";

fn secretariat(app: &TestApp) -> PolicyActor {
    let holding = Holding { capacity: Capacity::Secretariat, delegation: None, session: None };
    PolicyActor::new(app.secretariat().account, [holding])
}

fn plan(app: &TestApp, session: &Session, kind: Kind, text: &str) -> Result<Plan, Vec<Fault>> {
    app.db.read_here(|conn| prepare(conn, session, kind, text)).expect("database")
}

fn import(app: &TestApp, session: &Session, kind: Kind, text: &str) -> Applied {
    let (actor, now) = (secretariat(app), app.clock.now().naive_utc());
    let asked = Asked { session, kind, text, name: "sent.csv", digest: None };
    app.db.write_here(|tx| apply(tx, &actor, asked, now)).expect("allowed").expect("the file is right")
}

fn entries(app: &TestApp, session: &Session, states: &[State]) -> Vec<Submission> {
    app.db.read_here(|conn| submissions::store::of_session(conn, &session.id, None, states)).expect("database")
}

fn faults(app: &TestApp, session: &Session, text: &str) -> Vec<(u64, String, String, String)> {
    let found = plan(app, session, Kind::Practice, text).expect_err("the file has faults");
    found.into_iter().map(|fault| (fault.line, fault.column, fault.value, fault.message.code)).collect()
}

fn fault(line: u64, column: &str, value: &str, code: &str) -> (u64, String, String, String) {
    (line, column.to_owned(), value.to_owned(), code.to_owned())
}

/// Takes the hidden text and digest out of the page that shows what a file will do.
pub fn carried(body: &str) -> (String, String) {
    let between = |open: &str, close: &str| {
        let start = body.find(open).expect("the page carries it") + open.len();
        body[start..].split(close).next().unwrap_or_default().to_owned()
    };
    let text = between("aria-hidden=\"true\">\n", "</textarea>");
    let plain = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    let text = plain.iter().fold(text, |text, (from, to)| text.replace(from, to));
    (text, between("name=\"digest\" value=\"", "\""))
}

on_each_database! {
    async fn the_demonstration_is_imported_whole_and_a_second_time_changes_nothing(app: TestApp) {
        let session = app.session();
        let applied = import(&app, &session, Kind::Practice, PRACTICES);
        assert_eq!((applied.new.len(), applied.changed.len(), applied.unchanged), (39, 0, 0));
        let applied = import(&app, &session, Kind::Action, ACTIONS);
        assert_eq!((applied.new.len(), applied.changed.len(), applied.unchanged), (34, 0, 0));
        let all = entries(&app, &session, &[State::Submitted]);
        let of = |start: &str| all.iter().filter(|entry| entry.reference.starts_with(start)).count();
        assert_eq!((of("GP-"), of("PA-"), of("GP-REG"), of("PA-REG"), of("GP-UZB")), (39, 34, 7, 14, 8));
        let without_main = all.iter().filter(|entry| entry.columns.main_target.is_none()).count();
        assert_eq!(without_main, 5);
        let first = all.iter().find(|entry| entry.columns.title.en.starts_with("Electronic permits")).expect("entry");
        assert_eq!((first.columns.first_year, first.columns.last_year), (Some(2019), Some(2020)));
        let id = first.id.clone();
        let (source, acts, answers) = app
            .db
            .read_here(|conn| -> Result<_, speca::db::StoreError> {
                let source = submissions::store::source_of(conn, &id)?.expect("source");
                let acts = submissions::store::acts_of(conn, &id)?;
                Ok((source, acts, submissions::store::answers_at(conn, &id, 1)?))
            })
            .expect("database");
        assert_eq!((source.key.as_str(), source.confidence.as_str()), ("GP-001", "high"));
        assert_eq!(acts.iter().map(|act| act.event).collect::<Vec<_>>(), [Event::HandIn]);
        assert_eq!(answers.get("other_targets.0.target", AnswerLang::Neutral), "9.1");
        assert_eq!(answers.get("tfa", AnswerLang::Neutral), "TFA-10.4");
        let again = import(&app, &session, Kind::Practice, PRACTICES);
        assert_eq!((again.new.len(), again.changed.len(), again.unchanged), (0, 0, 39));
        assert_eq!(entries(&app, &session, State::ALL).len(), 73);
        assert!(entries(&app, &session, State::ALL).iter().all(|entry| entry.revision == 1));
    }
}

on_each_database! {
    async fn what_was_taken_out_is_put_in_again_in_both_languages(app: TestApp) {
        let session = app.session();
        import(&app, &session, Kind::Practice, PRACTICES);
        import(&app, &session, Kind::Action, ACTIONS);
        app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "=A \"title\", of\u{a0}one line");
        app.submission(&session, "KAZ", Kind::Practice, State::Returned, "Returned");
        app.submission(&session, "KAZ", Kind::Action, State::Accepted, "An action");
        for lang in Lang::ALL {
            for (name, kind, count) in [(Name::Practices, Kind::Practice, 41), (Name::Actions, Kind::Action, 35)] {
                let file = export(&app, &session, name, *lang);
                let applied = import(&app, &session, kind, &file);
                assert_eq!((applied.new.len(), applied.changed.len(), applied.unchanged), (0, 0, count), "{name} {lang}");
            }
        }
    }
}

on_each_database! {
    async fn five_faults_are_all_listed_and_nothing_is_applied(app: TestApp) {
        let session = app.session();
        let text = format!(
            "delegation,title_en,title_ru,theme,first_year,main_target,tfa\n\
             KAZ,Right,Верно,D2.3,2019,17.10,\n\
             XXX,Second,Второе,D2.3,2019,17.10,\n\
             UZB,Third,Третье,D9,2019,17.10,\n\
             UZB,Fourth,Четвертое,D2.3,last year,17.1,\n\
             UZB,{},Пятое,D2.3,2019,17.11,TFA-10.4;TFA-99\n",
            "x".repeat(151)
        );
        let expected = [
            fault(3, "delegation", "XXX", "import-unknown-delegation"),
            fault(4, "theme", "D9", "unknown-choice"),
            fault(5, "first_year", "last year", "whole-number"),
            fault(5, "main_target", "17.1", "unknown-choice"),
            fault(6, "tfa", "TFA-10.4;TFA-99", "unknown-choice"),
            fault(6, "title_en", &format!("{}…", "x".repeat(80)), "too-long"),
        ];
        assert_eq!(faults(&app, &session, &text), expected);
        let secretariat = app.secretariat();
        let page = secretariat.post_parts(ADDRESS, &[], Some(text.as_bytes())).await.expect(422);
        let page = page.sees("6 things in the file need attention").sees("17.10, 17.11").sees("XXX").sees("AFG, AZE, KAZ");
        page.lacks("name=\"content\"");
        assert_eq!(entries(&app, &session, State::ALL), []);
    }
}

on_each_database! {
    async fn a_file_of_an_old_spreadsheet_is_shown_then_applied(app: TestApp) {
        let session = app.session();
        let text = "Делегация (код);Название (русский);Название (английский);Основная тема (код);Примечание автора\r\n";
        let text = text.replace(";Примечание автора", "").replace('\n', "") + "\n";
        let text = format!("{text}\"kaz\";\"Зелёный; «коридор»\r\nна границе\";\"Green corridor\";D1.1\r\n");
        let (bytes, _, unmappable) = WINDOWS_1251.encode(&text);
        assert!(!unmappable);
        let secretariat = app.secretariat();
        let page = secretariat.post_parts(ADDRESS, &[], Some(&bytes)).await.expect(200);
        let page = page.sees("New: 1 · changed: 0 · unchanged: 0").sees("Green corridor");
        assert_eq!(entries(&app, &session, State::ALL), []);
        let (content, digest) = carried(&page.body);
        let as_sent = content.replace('\n', "\r\n");
        let fields = [("content", as_sent.as_str()), ("digest", digest.as_str())];
        secretariat.post_parts(&format!("{ADDRESS}/apply"), &fields, None).await.expect(303);
        let all = entries(&app, &session, State::ALL);
        let drafts: Vec<(&str, State, Lang, &str)> = all
            .iter()
            .map(|entry| (entry.reference.as_str(), entry.state, entry.original, entry.columns.title.ru.as_str()))
            .collect();
        assert_eq!(drafts, [("GP-KAZ-2020-001", State::AwaitingClearance, Lang::En, "Зелёный; «коридор»\nна границе")]);
        let page = secretariat.post_parts(&format!("{ADDRESS}/apply"), &fields, None).await.expect(409);
        page.sees("Something was changed here after you were shown");
        assert_eq!(entries(&app, &session, State::ALL).len(), 1);
    }
}

on_each_database! {
    async fn a_language_switch_keeps_the_file(app: TestApp) {
        app.session();
        let secretariat = app.secretariat();
        let page = secretariat.post_parts(ADDRESS, &[], Some(PRACTICES.as_bytes())).await.expect(200);
        let (content, digest) = carried(&page.body);
        let fields = [("digest", digest.as_str()), ("content", content.as_str()), ("_language", "ru")];
        let page = secretariat.post_parts(&format!("{ADDRESS}/apply"), &fields, None).await.expect(200);
        assert_eq!(carried(&page.body), (content, digest));
    }
}

on_each_database! {
    async fn only_the_secretariat_imports(app: TestApp) {
        app.session();
        for actor in [app.head("KAZ"), app.office(speca::accounts::Office::Chair)] {
            actor.get(ADDRESS).await.expect(403);
            actor.post_parts(ADDRESS, &[], Some(PRACTICES.as_bytes())).await.expect(403);
            actor.post_parts(&format!("{ADDRESS}/apply"), &[("content", PRACTICES)], None).await.expect(403);
        }
        let secretariat = app.secretariat();
        secretariat.get(ADDRESS).await.expect(200).sees("multipart/form-data");
        secretariat.get("/sessions/15/imports/nothing").await.expect(404);
        secretariat.get("/sessions/14/imports/practice").await.expect(404);
        secretariat.post_parts(ADDRESS, &[], None).await.expect(422).sees("Please fill this in.");
        let large = vec![b'x'; 1024 * 1024 + 1];
        secretariat.post_parts(ADDRESS, &[], Some(&large)).await.expect(422).sees("1024 kB");
        secretariat.post_parts(ADDRESS, &[], Some(b"PK\x03\x04")).await.expect(422).sees("neither a workbook");
    }
}

on_each_database! {
    async fn an_accepted_compiled_entry_gets_a_revision_and_keeps_its_state(app: TestApp) {
        let session = app.session();
        let entry = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Before");
        compile(&app, &entry, "GP-900");
        let text = "source_key,source_title,confidence,title_en,problem_en\nGP-900,A source,low,After,\n";
        let shown = plan(&app, &session, Kind::Practice, text).expect("the file is right");
        let changed = ["confidence", "problem_en", "source_title", "title_en"].map(str::to_owned);
        assert_eq!(shown.rows[0].change, Change::Changed(changed.into()));
        let applied = import(&app, &session, Kind::Practice, text);
        assert_eq!(applied.changed, ["GP-KAZ-2020-001"]);
        let after = entries(&app, &session, &[State::Accepted]).remove(0);
        assert_eq!((after.revision, after.columns.title.en.as_str()), (2, "After"));
        assert_eq!((after.accepted_at, after.published_at), (entry.accepted_at, entry.published_at));
        let source = app.db.read_here(|conn| submissions::store::source_of(conn, &entry.id)).expect("database");
        let source = source.expect("source");
        assert_eq!((source.title.as_str(), source.confidence.as_str()), ("A source", "low"));
        assert_eq!(import(&app, &session, Kind::Practice, text).unchanged, 1);
    }
}

on_each_database! {
    async fn a_delegations_own_text_is_left_alone_once_it_was_cleared(app: TestApp) {
        let session = app.session();
        app.submission(&session, "KAZ", Kind::Practice, State::Draft, "A draft");
        app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Accepted");
        app.submission(&session, "KAZ", Kind::Action, State::Draft, "An action");
        let text = "reference,delegation,title_en,source_key,source_title\n\
                    GP-KAZ-2020-002,,Changed,,\n\
                    GP-KAZ-2020-001,UZB,Changed,,\n\
                    GP-KAZ-2020-009,KAZ,Changed,,\n\
                    PA-KAZ-2020-001,KAZ,Changed,,\n\
                    GP-KAZ-2020-001,KAZ,Changed,K,T\n";
        let expected = [
            fault(2, "reference", "GP-KAZ-2020-002", "import-not-open"),
            fault(3, "delegation", "UZB", "import-other-delegation"),
            fault(4, "reference", "GP-KAZ-2020-009", "import-unknown-reference"),
            fault(5, "reference", "PA-KAZ-2020-001", "reference"),
            fault(6, "reference", "GP-KAZ-2020-001", "import-own-text"),
            fault(6, "reference", "GP-KAZ-2020-001", "import-row-twice"),
        ];
        let mut found = faults(&app, &session, text);
        found.sort();
        assert_eq!(found, expected);
        let applied = import(&app, &session, Kind::Practice, "reference,title_en\nGP-KAZ-2020-001,Changed\n");
        assert_eq!(applied.changed, ["GP-KAZ-2020-001"]);
    }
}

on_each_database! {
    async fn a_draft_that_its_delegation_has_touched_answers_as_if_it_did_not_exist(app: TestApp) {
        let session = app.session();
        let text = "delegation,title_en\nKAZ,Sent by mail\n";
        assert_eq!(import(&app, &session, Kind::Practice, text).new, ["GP-KAZ-2020-001"]);
        let entry = entries(&app, &session, &[State::AwaitingClearance]).remove(0);
        let (delegate, now) = (app.delegate("KAZ", Capacity::Delegate).account, app.clock.now().naive_utc());
        app.db
            .write_here(|tx| -> Result<(), speca::db::StoreError> {
                let questionnaire = speca::questionnaires::store::by_id(tx, &entry.questionnaire)?;
                let before = submissions::store::answers_at(tx, &entry.id, 1)?;
                let after = before.clone().with("problem", Lang::En, "Written at home");
                submissions::store::save_revision(tx, &entry, &questionnaire, &before, &after, &delegate, now)?;
                Ok(())
            })
            .expect("saved");
        for (reference, line) in [("GP-KAZ-2020-001", 2), ("GP-KAZ-2020-002", 2)] {
            let text = format!("reference,problem_en\n{reference},Guessed\n");
            let expected = [fault(line, "reference", reference, "import-unknown-reference")];
            assert_eq!(faults(&app, &session, &text), expected);
        }
    }
}

on_each_database! {
    async fn a_file_is_applied_whole_or_not_at_all(app: TestApp) {
        let session = app.session();
        let text = "delegation,title_en\nKAZ,First\nUZB,Second\n";
        let digest = plan(&app, &session, Kind::Practice, text).expect("the file is right").digest;
        import(&app, &session, Kind::Practice, "delegation,source_key,source_title,title_en\nKAZ,K,T,Compiled\n");
        let text_now = format!("delegation,source_key,source_title,title_en\nKAZ,K2,T,New\nKAZ,K,T,{}\n", "x".repeat(151));
        assert_eq!(faults(&app, &session, &text_now).len(), 1);
        assert_eq!(entries(&app, &session, State::ALL).len(), 1);
        let (actor, now) = (secretariat(&app), app.clock.now().naive_utc());
        // The plan that was shown still holds: other entries came in, none that the file is about.
        let asked = Asked { session: &session, kind: Kind::Practice, text, name: "sent.csv", digest: Some(&digest) };
        let applied = app.db.write_here(|tx| apply(tx, &actor, asked, now)).expect("allowed").expect("right");
        assert_eq!(applied.new, ["GP-KAZ-2020-002", "GP-UZB-2020-001"]);
        // Another file than was shown is refused.
        let asked = Asked { session: &session, kind: Kind::Practice, text: "delegation,title_en\nKAZ,Third\n", name: "", digest: Some(&digest) };
        let refused = app.db.write_here(|tx| apply(tx, &actor, asked, now));
        assert!(matches!(refused, Err(OperationError::Stale)), "{refused:?}");
        assert_eq!(entries(&app, &session, State::ALL).len(), 3);
        // Whoever may not import cannot, whatever the page says.
        let head = PolicyActor::new(app.head("KAZ").account, []);
        let asked = Asked { session: &session, kind: Kind::Practice, text, name: "sent.csv", digest: None };
        let refused = app.db.write_here(|tx| apply(tx, &head, asked, now));
        assert!(matches!(refused, Err(OperationError::Denied(_))), "{refused:?}");
    }
}

on_each_database! {
    async fn texts_of_a_file_are_shown_as_text(app: TestApp) {
        app.session();
        let secretariat: Actor<'_> = app.secretariat();
        let text = "delegation,title_en\nKAZ,\"</textarea><script>alert(1)</script>\"\nKAZ,'=1+1\n";
        let page = secretariat.post_parts(ADDRESS, &[], Some(text.as_bytes())).await.expect(200).lacks("<script>alert");
        assert_eq!(carried(&page.body).0, text);
        let text = "delegation,<b>x</b>\nKAZ,1\n";
        secretariat.post_parts(ADDRESS, &[], Some(text.as_bytes())).await.expect(422).lacks("<b>x</b>");
    }
}
