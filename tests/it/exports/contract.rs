//! The contract with spreadsheet users: golden files in both languages, and checks by programs of other people.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::{Value, json};
use speca::ballots::model::{Line, PaperKind, Rules, profile, roll};
use speca::ballots::{self, Ballot, Counted, Paper, State as BallotState};
use speca::db::StoreError;
use speca::decisions::model::{Subject, Text};
use speca::decisions::{self, Decision, Rung};
use speca::exports::Name;
use speca::kernel::ids::{BallotId, BallotPaperId, DecisionId, ItemId, ProgressReportId, ReviewId};
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::reference::Kind;
use speca::programmes::{self, Item};
use speca::progress::{self, OutputState};
use speca::questionnaires::{AnswerLang, Answers};
use speca::reviews::{self, Mark, Review};
use speca::sessions::{self, Session};
use speca::submissions::{self, State};
use speca::tally::{ballot_file, count};

use super::{attach, compile, export, lists, registers, rows};
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::{TestApp, checker};

/// A session whose exports hold something of everything, the same at every run.
fn contract(app: &TestApp) -> Session {
    let session = app.session();
    let answers = complete_answers(Kind::Practice)
        .with("title", Lang::En, "Electronic permits")
        .with("title", Lang::Ru, "Электронные разрешения")
        .with("problem", Lang::En, "Two \"paper\" permits,\none after the other")
        .with("problem", Lang::Ru, "Два «бумажных» разрешения,\nодно за другим")
        .with("done", Lang::En, "=not a formula")
        .with("other_themes", AnswerLang::Neutral, "D2;D3")
        .with("other_targets.0.target", AnswerLang::Neutral, "9.1")
        .with("other_targets.0.how", AnswerLang::En, "Roads")
        .with("institutions.1.name", AnswerLang::En, "Ministry; department")
        .with("indicators.0.name", AnswerLang::En, "Days")
        .with("indicators.0.before", AnswerLang::Neutral, "-5")
        .with("offers", AnswerLang::Neutral, "expert;documents")
        .with("contact_name", AnswerLang::Neutral, "Unlisted Person");
    let permits = app.submission_with(&session, "KGZ", Kind::Practice, State::Accepted, &answers);
    attach(app, &permits, "Sample; permit.pdf", true);
    attach(app, &permits, "For the secretariat.pdf", false);
    app.pass(TimeDelta::minutes(1));
    let compiled = Answers::none()
        .with("title", Lang::En, "Green corridors")
        .with("title", Lang::Ru, "Зеленые коридоры")
        .with("main_target", AnswerLang::Neutral, "17.10")
        .with("first_year", AnswerLang::Neutral, "2020");
    let entry = app.submission_with(&session, "TJK", Kind::Practice, State::UnderReview, &compiled);
    compile(app, &entry, "GP-002");
    app.submission(&session, "UZB", Kind::Practice, State::Draft, "Never seen");
    reviewed_actions(app, &session);
    co_sponsors(app);
    ballot(app, &session, BallotState::Certified);
    programme(app, &session);
    decisions(app, &session);
    reports(app, &session);
    lists::asked(app, &session);
    lists::people(app);
    lists::mails(app);
    lists::room(app, &session);
    registers::fill(app, &session);
    session
}

/// Makes a decision that the group has taken about the programme, and one that is still before it.
fn decisions(app: &TestApp, session: &Session) {
    let (now, author) = (app.clock.now().naive_utc(), app.secretariat().account);
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let programme = programmes::store::in_force(tx, &session.id)?.ok_or(StoreError::NotFound)?;
            for (number, state) in [(1, decisions::State::Decided), (2, decisions::State::Discussing)] {
                let decision = Decision {
                    id: DecisionId::new(),
                    session: session.id.clone(),
                    number,
                    title: Bilingual::new("Work programme".to_owned(), "Программа работы".to_owned()),
                    subject: Subject::Programme(programme.id.clone()),
                    state,
                    revision: 1,
                    silence: None,
                    asked_by: None,
                    seed: String::new(),
                    rules: None,
                    decided: (state == decisions::State::Decided).then_some((Rung::Consensus, now)),
                    is_made_up: false,
                    edition: 1,
                    created_at: now,
                    updated_at: now,
                };
                decisions::store::insert(tx, &decision)?;
                let text = if number == 1 {
                    Bilingual::new("=The group adopts it.".to_owned(), "Группа принимает ее.".to_owned())
                } else {
                    Bilingual::new("Never seen".to_owned(), "Never seen".to_owned())
                };
                let (entered_by, entered_at) = (author.clone(), now);
                let text = Text { revision: 1, text, is_checked: true, entered_by, entered_at };
                decisions::store::insert_text(tx, &decision.id, &text)?;
            }
            Ok(())
        })
        .expect("decisions");
}

/// Makes a confirmed report on the action of the programme, and one that is not confirmed yet.
fn reports(app: &TestApp, session: &Session) {
    let now = app.clock.now().naive_utc();
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let programme = programmes::store::in_force(tx, &session.id)?.ok_or(StoreError::NotFound)?;
            let items = programmes::store::items_of(tx, &programme.id)?;
            let action = items.into_iter().find(|item| item.included).ok_or(StoreError::NotFound)?.submission;
            for (number, state, text) in
                [(1, progress::State::Confirmed, "-The form is drafted."), (2, progress::State::Given, "Never seen")]
            {
                let report = progress::Report {
                    id: ProgressReportId::new(),
                    submission: action.clone(),
                    programme: programme.id.clone(),
                    number,
                    state,
                    plan_revision: 1,
                    is_last: false,
                    text: Bilingual::new(text.to_owned(), String::new()),
                    outputs: vec![OutputState::Done],
                    values: Vec::new(),
                    confirmations: Vec::new(),
                    edition: 1,
                    created_at: now,
                    updated_at: now,
                    given_at: Some(now),
                    confirmed_at: (state == progress::State::Confirmed).then_some(now),
                };
                progress::store::insert(tx, &report)?;
            }
            Ok(())
        })
        .expect("reports");
}

/// Lets two delegations co-sponsor an action; a third is invited and not named.
fn co_sponsors(app: &TestApp) {
    use speca::submissions::co_sponsors::{CoSponsor, State, store};
    let now = app.clock.now().naive_utc();
    let action =
        app.db.read_here(|conn| submissions::store::by_reference(conn, "PA-KAZ-2020-001")).expect("action of the test");
    for (code, state) in [("UZB", State::Joined), ("TJK", State::Joined), ("AFG", State::Invited)] {
        let one = CoSponsor {
            delegation: app.delegation(code),
            state,
            revision: 1,
            account: None,
            asked_at: now,
            answered_at: Some(now),
        };
        app.db.write_here(|tx| store::insert(tx, &action.id, &one)).expect("co-sponsor");
    }
}

/// Makes two accepted actions, one with two reviews that were given and one with a draft.
pub fn reviewed_actions(app: &TestApp, session: &Session) {
    let first = app.accepted_action(session, "KAZ", "Agree on a data set");
    let second = app.accepted_action(session, "REG", "Keep a network");
    let criteria = app.db.read_here(|conn| sessions::store::criteria_of(conn, &session.id)).expect("criteria");
    let now = app.clock.now().naive_utc();
    let marks = [
        (&first, reviews::State::Given, [Mark::Five, Mark::Four], "Clear and ready, \"quoted\""),
        (&first, reviews::State::Given, [Mark::Two, Mark::NeedsInformation], "=Who pays?"),
        (&second, reviews::State::Draft, [Mark::One, Mark::One], "Not yet given"),
    ];
    for (minutes, (action, state, marks, reason)) in (0..).zip(marks) {
        let at = now + TimeDelta::minutes(minutes);
        let review = Review {
            id: ReviewId::new(),
            submission: action.id.clone(),
            account: app.reviewer(&session.id, None).account,
            state,
            marks: criteria.iter().map(|criterion| criterion.id.clone()).zip(marks).collect(),
            reason: reason.to_owned(),
            edition: 1,
            updated_at: at,
            given_at: (state == reviews::State::Given).then_some(at),
        };
        app.db.write_here(|tx| reviews::store::insert(tx, &review)).expect("review");
    }
}

/// Makes a counted ballot on the accepted actions, with two papers and an abstention, and returns its number.
pub fn ballot(app: &TestApp, session: &Session, state: BallotState) -> i32 {
    let (now, author) = (app.clock.now().naive_utc(), app.secretariat().account);
    let delegations = ["KAZ", "UZB", "TJK"].map(|code| (code, app.delegation(code)));
    app.db
        .write_here(|tx| -> Result<i32, StoreError> {
            let number = ballots::store::next_number(tx, &session.id)?;
            let ballot = certified_later(session, number, state, now);
            let accepted = [State::Accepted];
            let actions = submissions::store::of_session(tx, &session.id, Some(Kind::Action), &accepted)?;
            let ids: Vec<_> = actions.iter().map(|action| action.id.clone()).collect();
            ballots::store::insert(tx, &ballot, &ids, now)?;
            let options = ballots::store::options_of(tx, &ballot.id)?;
            let leads = options.iter().map(|option| (option.reference.clone(), option.submission.clone())).collect();
            for (place, (code, delegation)) in delegations.iter().enumerate() {
                ballots::store::insert_elector(tx, &ballot.id, delegation, true)?;
                let priorities = [[Some(1), Some(2)], [Some(3), None], [None, None]][place];
                let kind = if place == 2 { PaperKind::Abstain } else { PaperKind::Ranked };
                let objection = |row: usize| if (place, row) == (1, 1) { "-Too costly" } else { "" };
                let lines = options.iter().zip(priorities).enumerate().map(|(row, (option, priority))| Line {
                    reference: option.reference.clone(),
                    priority,
                    objection: objection(row).to_owned(),
                });
                let paper = Paper {
                    id: BallotPaperId::new(),
                    delegation: delegation.clone(),
                    code: (*code).to_owned(),
                    number: 1,
                    kind,
                    prepared_by: author.clone(),
                    prepared_at: now,
                    confirmed_by: None,
                    confirmed_at: None,
                    receipt: None,
                    lines: if kind == PaperKind::Ranked { lines.collect() } else { Vec::new() },
                };
                ballots::store::insert_paper(tx, &ballot.id, &paper, &leads)?;
                let receipt = format!("receipt-{code}");
                ballots::store::confirm_paper(tx, &paper.id, &author, &receipt, now)?;
            }
            let papers = ballots::store::counted(tx, &ballot)?;
            let electorate = ballots::store::electorate_of(tx, &ballot.id)?;
            let (profile, abstentions) = profile(&ballot, &options, &papers).expect("papers fit");
            let outcome = count(&profile, ballot.rules.method, &ballot.tie_rule().expect("rule")).expect("counted");
            let roll = roll(&ballot, &electorate, &papers);
            let quorum = roll.check_quorum(ballot.rules.quorum);
            let fingerprint = ballot_file::fingerprint(&profile, &abstentions);
            ballots::store::set_outcome(
                tx,
                &ballot.id,
                &Counted { outcome, roll, quorum, ranks_only: false },
                Some(&fingerprint),
            )?;
            Ok(number)
        })
        .expect("ballot")
}

fn certified_later(session: &Session, number: i32, state: BallotState, now: NaiveDateTime) -> Ballot {
    Ballot {
        id: BallotId::new(),
        session: session.id.clone(),
        number,
        title: Bilingual::new("Order of the actions".to_owned(), "Очередность мероприятий".to_owned()),
        state,
        rules: Rules {
            method: session.rules.method,
            tie_rule: session.rules.tie_rule.clone(),
            base: session.rules.base,
            quorum: session.rules.quorum,
            levels: 5,
            fewest_papers: None,
        },
        seed: "2020".to_owned(),
        asked_by: None,
        is_made_up: false,
        closes_at: now + TimeDelta::days(1),
        opened_at: None,
        closed_at: None,
        certified_at: None,
        edition: 1,
    }
}

/// Makes an adopted programme with one action in and one out.
fn programme(app: &TestApp, session: &Session) {
    let programme = app.adopted_programme(session, NaiveDate::from_ymd_opt(2020, 11, 16).expect("day"));
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let accepted = [State::Accepted];
            let actions = submissions::store::of_session(tx, &session.id, Some(Kind::Action), &accepted)?;
            for (position, action) in (1..).zip(actions) {
                let item = Item {
                    id: ItemId::new(),
                    submission: action.id,
                    position,
                    proposed: position == 1,
                    included: position == 1,
                    reason: Bilingual::new("First of the ballot".to_owned(), "Первое по итогам голосования".to_owned()),
                    override_reason: String::new(),
                };
                programmes::store::insert_item(tx, &programme.id, &item)?;
            }
            Ok(())
        })
        .expect("programme");
}

fn golden(name: Name, lang: Lang) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("exports/{name}/golden-{lang}.csv"))
}

#[expect(clippy::disallowed_methods, reason = "says where the tests run and whether golden files are written anew")]
fn is_set(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| !value.is_empty() && value != "0")
}

on_each_database! {
    async fn the_files_are_those_of_the_contract(app: TestApp) {
        let session = contract(&app);
        for name in Name::ALL {
            for lang in Lang::ALL {
                let (file, path) = (export(&app, &session, *name, *lang), golden(*name, *lang));
                if is_set("SPECA_WRITE_GOLDEN") {
                    std::fs::write(&path, &file).expect("golden file written");
                }
                let expected = std::fs::read_to_string(&path).unwrap_or_default();
                assert_eq!(file, expected, "{name} {lang}: set SPECA_WRITE_GOLDEN=1 to write the contract anew");
                assert!(!file.contains("Never seen"));
            }
        }
    }
}

#[test]
fn each_export_is_explained_to_its_readers() {
    for name in Name::ALL {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("exports/{name}/README.md"));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(text.contains(&format!("{name}.csv")) && text.contains("По-русски"), "{}", path.display());
    }
}

#[rocket::async_test]
async fn the_files_pass_the_checks_of_csv_on_the_web() {
    let how = "python3 -m venv target/validators && target/validators/bin/pip install csvw";
    let Some(program) = checker(&["target/validators/bin/csvwvalidate"], how) else { return };
    let app = TestApp::on_sqlite().await;
    let session = contract(&app);
    let folder = tempfile::tempdir().expect("folder");
    for name in Name::ALL {
        for lang in Lang::ALL {
            let file = name.file(name.is_of_session().then_some(session.number), *lang);
            let document = name.description().document(*lang, &file);
            let description = folder.path().join(format!("{file}-metadata.json"));
            std::fs::write(folder.path().join(&file), export(&app, &session, *name, *lang)).expect("file");
            std::fs::write(&description, document.to_string()).expect("description");
            let said = Command::new(&program).arg(&description).output().expect("the checker runs");
            let words = format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
            assert!(said.status.success() && words.contains("OK"), "{file}: {words}");
            let is_worse = |change: &dyn Fn(&mut Value)| {
                let mut document = document.clone();
                change(&mut document);
                std::fs::write(&description, document.to_string()).expect("description");
                let said = Command::new(&program).arg(&description).output().expect("the checker runs");
                !String::from_utf8_lossy(&said.stdout).contains("OK")
            };
            if *name == Name::Practices && *lang == Lang::En {
                let wrong = |document: &mut Value| document["tableSchema"]["columns"][7]["datatype"] = json!("integer");
                assert!(is_worse(&wrong), "the checker accepts a title as a number");
            }
        }
    }
}

#[rocket::async_test]
async fn a_spreadsheet_program_opens_the_files_with_every_letter() {
    let Some(program) = checker(&["/usr/bin/soffice", "/usr/local/bin/soffice"], "apt-get install libreoffice-calc")
    else {
        return;
    };
    let app = TestApp::on_sqlite().await;
    let session = contract(&app);
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("practices.csv");
    let exported = export(&app, &session, Name::Practices, Lang::Ru);
    std::fs::write(&file, &exported).expect("file");
    let said = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        // Why: without a window the program asks nothing and takes its own guess; with one it reads the byte order mark.
        .arg("--infilter=Text - txt - csv (StarCalc):44,34,76,1")
        .args(["--headless", "--norestore", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"])
        .arg("--outdir")
        .arg(folder.path().join("out"))
        .arg(&file)
        .output()
        .expect("the spreadsheet program runs");
    let text = std::fs::read_to_string(folder.path().join("out/practices.csv"))
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&said.stderr)));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let opened: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.expect("CSV")).collect();
    for header in ["Название (русский)", "Делегация", "Проблема и условия (русский)", "Что было сделано (английский)"]
    {
        let of = |rows: &[BTreeMap<String, String>]| -> Vec<Option<String>> {
            rows.iter().map(|row| row.get(header).cloned()).collect()
        };
        assert_eq!(of(&opened), of(&rows(&exported)), "{header}");
    }
}
