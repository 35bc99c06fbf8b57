//! Both databases hold the same schema, migrate back and forth, and keep what is written.
//!
//! `src/db/schema.rs` is kept by hand: it is compared with the live tables of each database. The codes that a `CHECK`
//! allows are compared with the enum that is stored there.

use std::collections::BTreeMap;

use speca::ballots;
use speca::classification::List;
use speca::db::StoreError;
use speca::db::catalogue::{self, Column, Table};
use speca::decisions;
use speca::delegations::DelegationKind;
use speca::desk;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::meetings;
use speca::outbox;
use speca::policy::{Capacity, Office};
use speca::questionnaires::AnswerLang;
use speca::sessions::Step;
use speca::submissions;
use speca::tally::turnout::Base;
use speca::{programmes, progress};

use crate::on_each_database;

/// Reads `schema.rs`: `table! { name (key) { column -> Type, } }`.
pub fn declared() -> BTreeMap<String, Table> {
    let source = include_str!("../../src/db/schema.rs");
    let mut tables = BTreeMap::new();
    for block in source.split("diesel::table! {").skip(1) {
        let (head, body) = block.split_once(") {").expect("a table");
        let (name, key) = head.split_once('(').expect("a key");
        let columns = body.lines().skip(1).map_while(|line| line.trim().strip_suffix(',')?.split_once(" -> "));
        let columns = columns.map(|(name, kind)| {
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            Column { name: name.to_owned(), kind: inner.unwrap_or(kind).to_owned(), is_null: inner.is_some() }
        });
        let key = key.split(',').map(|column| column.trim().to_owned()).collect();
        tables.insert(name.trim().to_owned(), Table { columns: columns.collect(), key });
    }
    tables
}

on_each_database! {
    async fn the_schema_is_as_declared(app: TestApp) {
        let found = app.db.read_here(catalogue::tables).expect("tables");
        let declared = declared();
        assert_eq!(found.keys().collect::<Vec<_>>(), declared.keys().collect::<Vec<_>>(), "tables");
        for (name, table) in &declared {
            assert_eq!(&found[name], table, "table {name}: migrations on the left, src/db/schema.rs on the right");
        }
    }
}

on_each_database! {
    async fn the_schema_goes_back_and_forth(app: TestApp) {
        app.db
            .write_here(|tx| {
                assert_eq!(speca::db::revert_all(tx)?, speca::db::migrate(tx)?);
                Ok::<_, StoreError>(())
            })
            .expect("reverts and migrates");
    }
}

on_each_database! {
    async fn a_page_that_does_not_exist_says_so(app: TestApp) {
        app.visitor().get("/no-such-page").await.expect(404);
    }
}

/// Reads every `CHECK (column IN (…))` of the migrations as `table.column` with its codes.
fn checked() -> BTreeMap<String, Vec<String>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("migrations") {
        let sql = std::fs::read_to_string(entry.expect("entry").path().join("up.sql")).expect("up.sql");
        for block in sql.split("CREATE TABLE ").skip(1) {
            let table = block.split_whitespace().next().expect("name");
            for check in block.split("CHECK (").skip(1).filter(|check| check.contains(" IN (")) {
                let (column, list) = check.split_once(" IN (").expect("list");
                if column.contains([' ', ')']) {
                    continue;
                }
                let list = list.split_once(')').expect("end").0;
                let codes = list.split(',').map(|code| code.trim().trim_matches('\'').to_owned()).collect();
                found.insert(format!("{table}.{column}"), codes);
            }
        }
    }
    found
}

/// The enum that each checked column stores.
fn stored() -> Vec<(&'static str, Vec<&'static str>)> {
    macro_rules! codes {
        ($list:expr) => {
            $list.into_iter().map(|one| one.code()).collect::<Vec<_>>()
        };
    }
    vec![
        ("accounts.language", codes!(Lang::ALL)),
        ("accounts.office", codes!(Office::ALL)),
        ("accreditations.capacity", codes!(Capacity::IN_DELEGATION)),
        ("adoption_votes.answer", vec!["yes", "no", "abstain", "not-voting", "absent"]),
        ("amendments.state", codes!(decisions::model::AmendmentState::ALL)),
        ("answers.language", codes!(AnswerLang::ALL)),
        ("attachments.content", codes!(submissions::attachments::Content::ALL)),
        ("attachments.state", codes!(submissions::attachments::State::ALL)),
        ("attendances.part", codes!(meetings::Part::ALL)),
        ("ballot_papers.kind", vec!["ranked", "abstain"]),
        ("ballot_positions.original_language", codes!(Lang::ALL)),
        ("ballots.base", codes!(Base::ALL)),
        ("ballots.state", codes!(ballots::workflow::State::ALL)),
        ("clarifications.asked_as", codes!(submissions::clarifications::Side::ALL)),
        ("clarifications.reach", codes!(submissions::clarifications::Reach::ALL)),
        ("clearance_steps.capacity", codes!(submissions::clearance::model::TAKERS)),
        ("clearances.capacity", codes!(submissions::clearance::model::TAKERS)),
        ("clearances.state", codes!(submissions::clearance::State::ALL)),
        ("co_sponsors.state", codes!(submissions::co_sponsors::State::ALL)),
        ("consents.state", codes!(submissions::consents::State::ALL)),
        ("credentials.content", codes!(meetings::model::CONTENTS)),
        ("credentials.state", codes!(meetings::State::ALL)),
        ("decision_grades.grade", codes!(decisions::model::Grade::ALL)),
        ("decision_part_votes.answer", vec!["yes", "no", "abstain", "not-voting", "absent"]),
        ("decision_votes.answer", vec!["yes", "no", "abstain", "not-voting", "absent"]),
        ("decisions.base", codes!(Base::ALL)),
        ("decisions.rung", codes!(decisions::Rung::ALL)),
        ("decisions.state", codes!(decisions::State::ALL)),
        ("delegations.kind", codes!(DelegationKind::ALL)),
        ("edit_rounds.state", codes!(submissions::edits::State::ALL)),
        ("edited_answers.language", codes!(AnswerLang::ALL)),
        ("edits.answer", codes!(submissions::edits::Answer::ALL)),
        ("hand_papers.state", codes!(ballots::model::HandState::ALL)),
        ("invitations.capacity", codes!(Capacity::IN_DELEGATION)),
        ("invitations.language", codes!(Lang::ALL)),
        ("invitations.office", codes!(Office::ALL)),
        ("lead_times.milestone", codes!(desk::Milestone::ALL)),
        ("mail_choices.pace", codes!(outbox::Pace::ALL)),
        ("mail_texts.language", codes!(Lang::ALL)),
        ("meetings.part", codes!(meetings::Part::ALL)),
        ("messages.kind", codes!(outbox::Kind::ALL)),
        ("messages.language", codes!(Lang::ALL)),
        ("messages.state", codes!(outbox::State::ALL)),
        ("objections.state", codes!(decisions::model::ObjectionState::ALL)),
        ("pending_outcomes.event", codes!(submissions::pending::EVENTS)),
        ("programmes.adopted_by", vec!["consensus", "silence", "recorded-vote"]),
        ("programmes.state", codes!(programmes::workflow::State::ALL)),
        ("progress_confirmations.answer", codes!(progress::Answer::ALL)),
        ("progress_outputs.state", codes!(progress::OutputState::ALL)),
        ("progress_reports.state", codes!(progress::State::ALL)),
        ("questionnaires.kind", codes!(Kind::ALL)),
        ("review_remarks.recommendation", codes!(speca::reviews::remarks::Recommendation::ALL)),
        ("reviews.state", vec!["draft", "given"]),
        ("scores.mark", vec!["0", "1", "2", "3", "4", "5", "needs-information", "not-applicable"]),
        ("sessions.default_base", codes!(Base::ALL)),
        ("sign_in_failures.scope", vec!["account", "address"]),
        // The main target is a column of its own.
        ("submission_tags.list", codes!(List::ALL.iter().filter(|list| **list != List::MainTarget))),
        ("submissions.kind", codes!(Kind::ALL)),
        ("submissions.original_language", codes!(Lang::ALL)),
        ("submissions.state", codes!(submissions::workflow::State::ALL)),
        ("text_states.language", codes!(Lang::ALL)),
        ("windows.step", codes!(Step::ALL)),
    ]
}

#[test]
fn every_check_allows_the_codes_of_its_enum() {
    let checked = checked();
    let stored = stored();
    let named: Vec<&str> = stored.iter().map(|(column, _)| *column).collect();
    assert_eq!(
        checked.keys().map(String::as_str).collect::<Vec<_>>(),
        named,
        "each CHECK of the migrations has a row in stored(), in alphabetical order"
    );
    for (column, codes) in stored {
        let mut allowed: Vec<&str> = checked[column].iter().map(String::as_str).collect();
        let mut wanted = codes;
        allowed.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(allowed, wanted, "{column}: the CHECK on the left, the enum on the right");
    }
}
