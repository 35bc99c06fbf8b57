//! Both databases hold the same schema, migrate back and forth, and keep what is written.
//!
//! `src/db/schema.rs` is kept by hand: it is compared with the live tables of each database. The codes that a `CHECK`
//! allows are compared with the enum that is stored there.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use speca::accounts::{self, Office};
use speca::ballots;
use speca::classification::List;
use speca::db::{AnyConnection, StoreError};
use speca::delegations::DelegationKind;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::outbox;
use speca::programmes;
use speca::questionnaires::AnswerLang;
use speca::sessions::Step;
use speca::submissions;
use speca::tally::turnout::Base;

use crate::on_each_database;

/// A column as both sides describe it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    name: String,
    kind: String,
    is_null: bool,
}

/// A table: columns in order, and the columns of its key in order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    columns: Vec<Column>,
    key: Vec<String>,
}

/// Reads `schema.rs`: `table! { name (key) { column -> Type, } }`.
fn declared() -> BTreeMap<String, Table> {
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

/// A column as the database describes it; `place` is its place in the key, from 1, or 0.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Integer)]
    is_null: i32,
    #[diesel(sql_type = Integer)]
    place: i32,
}

const SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name, c.type AS kind, \
     1 - c.\"notnull\" AS is_null, c.pk AS place \
     FROM sqlite_master t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' \
     ORDER BY t.name, c.cid";

const POSTGRES: &str = "SELECT c.table_name::text AS table_name, c.column_name::text AS column_name, \
     c.data_type::text AS kind, (c.is_nullable = 'YES')::int AS is_null, COALESCE(k.ordinal_position, 0)::int AS place \
     FROM information_schema.columns c \
     LEFT JOIN information_schema.table_constraints p \
       ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY' \
     LEFT JOIN information_schema.key_column_usage k \
       ON k.constraint_schema = p.constraint_schema AND k.constraint_name = p.constraint_name \
       AND k.table_name = c.table_name AND k.column_name = c.column_name \
     WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_\\_diesel%' \
     ORDER BY c.table_name, c.ordinal_position";

/// Reads the live tables.
fn live(conn: &mut AnyConnection) -> Result<BTreeMap<String, Table>, StoreError> {
    let found: Vec<Found> = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(SQLITE).load(conn)?,
        AnyConnection::Postgres(conn) => diesel::sql_query(POSTGRES).load(conn)?,
    };
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeMap<i32, String>> = BTreeMap::new();
    for column in found {
        if column.place > 0 {
            keys.entry(column.table_name.clone()).or_default().insert(column.place, column.column_name.clone());
        }
        tables.entry(column.table_name).or_default().columns.push(Column {
            name: column.column_name,
            kind: declared_kind(&column.kind).to_owned(),
            is_null: column.is_null == 1,
        });
    }
    for (name, key) in keys {
        tables.entry(name).or_default().key = key.into_values().collect();
    }
    Ok(tables)
}

/// Returns the name that `schema.rs` has for a type of a database.
fn declared_kind(kind: &str) -> &str {
    match kind.to_lowercase().as_str() {
        "text" => "Text",
        "boolean" => "Bool",
        "timestamp" | "timestamp without time zone" => "Timestamp",
        "date" => "Date",
        "integer" => "Integer",
        "bigint" => "BigInt",
        _ => kind,
    }
}

on_each_database! {
    async fn the_schema_is_as_declared(app: TestApp) {
        let found = app.db.read_here(live).expect("tables");
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
        ("accreditations.capacity", codes!(accounts::model::CAPACITIES)),
        ("adoption_votes.answer", vec!["yes", "no", "abstain", "not-voting", "absent"]),
        ("answers.language", codes!(AnswerLang::ALL)),
        ("ballot_papers.kind", vec!["ranked", "abstain"]),
        ("ballots.base", codes!(Base::ALL)),
        ("ballots.state", codes!(ballots::workflow::State::ALL)),
        ("clarifications.asked_as", codes!(submissions::clarifications::Side::ALL)),
        ("clarifications.reach", codes!(submissions::clarifications::Reach::ALL)),
        ("co_sponsors.state", codes!(submissions::co_sponsors::State::ALL)),
        ("consents.state", codes!(submissions::consents::State::ALL)),
        ("delegations.kind", codes!(DelegationKind::ALL)),
        ("invitations.capacity", codes!(accounts::model::CAPACITIES)),
        ("invitations.language", codes!(Lang::ALL)),
        ("invitations.office", codes!(Office::ALL)),
        ("mail_choices.pace", codes!(outbox::Pace::ALL)),
        ("mail_texts.language", codes!(Lang::ALL)),
        ("messages.kind", codes!(outbox::Kind::ALL)),
        ("messages.language", codes!(Lang::ALL)),
        ("messages.state", codes!(outbox::State::ALL)),
        ("programmes.adopted_by", vec!["consensus", "recorded-vote"]),
        ("programmes.state", codes!(programmes::workflow::State::ALL)),
        ("questionnaires.kind", codes!(Kind::ALL)),
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
