//! Secret ballots: nobody learns how a delegation voted, neither from pages nor from the database, and numbers stay
//! sealed where they would show it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::Text;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use speca::ballots::model::{Line, Vote};
use speca::ballots::operations::papers::{PaperPlace, cast_paper, confirm_paper, prepare_paper};
use speca::ballots::operations::{By, Place};
use speca::db::{AnyConnection, StoreError, catalogue};
use speca::policy::{Actor as PolicyActor, Capacity, Holding};
use speca::tally::ballot_file::read_ballots;

use crate::ballots::{BALLOT, OPTIONS, abstain, cast, opened, paper, prepared, send, stage, step, stored};
use crate::on_each_database;
use crate::seal_ballots::{others, paths};
use crate::support::{Actor, TestApp};

/// What makes the ballots of this file secret.
const SECRET: [(&str, &str); 2] = [("secrecy", "secret"), ("fewest_papers", "12")];
/// A text that is nowhere but on one paper.
const OBJECTION: &str = "Words that would tell whose paper this is 5821";
/// Those who vote in every test, in the order in which they do.
const VOTERS: [&str; 4] = ["KAZ", "KGZ", "UZB", "TJK"];

/// Returns every row of every table as text: table, then the values of its columns.
fn dump(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        line: String,
    }
    app.db
        .read_here(|conn| -> Result<_, StoreError> {
            let mut all = BTreeMap::new();
            for (name, table) in catalogue::tables(conn)? {
                let cell = |column: &catalogue::Column| format!("COALESCE(CAST(\"{}\" AS TEXT), '')", column.name);
                let cells: Vec<String> = table.columns.iter().map(cell).collect();
                let query = format!("SELECT {} AS line FROM \"{name}\"", cells.join(" || '\t' || "));
                let found: Vec<Found> = match conn {
                    AnyConnection::Sqlite(conn) => diesel::sql_query(query).load(conn)?,
                    AnyConnection::Postgres(conn) => diesel::sql_query(query).load(conn)?,
                };
                all.insert(name, found.into_iter().map(|row| row.line).collect::<Vec<_>>());
            }
            Ok(all)
        })
        .expect("dump")
}

/// Returns the papers of the urn of a ballot as they are stored.
fn urn(app: &TestApp, number: i32) -> String {
    let id = stored(app, &app_session(app), number).0.id;
    let rows = &dump(app)["ballot_urns"];
    let row = rows.iter().find_map(|row| row.strip_prefix(&format!("{}\t", id.as_str()))).expect("an urn");
    row.to_owned()
}

fn app_session(app: &TestApp) -> speca::kernel::ids::SessionId {
    app.db.read_here(|conn| speca::sessions::store::by_number(conn, 15)).expect("session").id
}

fn vote(priorities: &[Option<u32>]) -> Vote {
    if priorities.iter().all(Option::is_none) {
        return Vote::Abstain;
    }
    let line = |(reference, priority): (&&str, &Option<u32>)| Line {
        reference: (*reference).to_owned(),
        priority: *priority,
        objection: String::new(),
    };
    Vote::Ranked(OPTIONS.iter().zip(priorities).map(line).collect())
}

/// Lets the voters vote in their order, each with the code of the turn; every other one has prepared the paper before.
fn vote_all(app: &TestApp, heads: &[Actor<'_>], number: i32, votes: &[Vote]) {
    for (turn, (head, vote)) in heads.iter().zip(votes).enumerate() {
        let delegation = app.delegation(VOTERS[turn]);
        let holding = Holding { capacity: Capacity::Head, delegation: Some(delegation.clone()), session: None };
        let now = app.clock.now().naive_utc();
        let by = By { actor: PolicyActor::new(head.account.clone(), [holding]), now };
        let mut place = PaperPlace { ballot: Place { session: 15, number }, delegation, after: 0 };
        let code = format!("{turn:016x}");
        if turn % 2 == 0 {
            app.db.write_here(|tx| cast_paper(tx, &by, &place, vote, &code)).expect("cast");
        } else {
            place.after = app.db.write_here(|tx| prepare_paper(tx, &by, &place, vote)).expect("prepared");
            app.db.write_here(|tx| confirm_paper(tx, &by, &place, &code)).expect("confirmed");
        }
        app.pass(TimeDelta::minutes(7));
    }
}

async fn open_next(secretariat: &Actor<'_>, number: i32) {
    prepared(secretariat, &SECRET).await;
    let present = VOTERS.map(|code| ("present", code));
    let fields: Vec<(&str, &str)> = [("edition", "1")].into_iter().chain(present).collect();
    secretariat.post(&format!("/sessions/15/ballots/{number}/open"), &fields).await.expect(303);
}

on_each_database! {
    async fn whoever_casts_which_paper_the_stored_rows_are_the_same(app: TestApp) {
        let _session = stage(&app);
        let secretariat = app.secretariat();
        let heads: Vec<Actor<'_>> = VOTERS.iter().map(|code| app.head(code)).collect();
        let mut runner = TestRunner::deterministic();
        let papers = prop::collection::vec(prop::collection::vec(prop::option::of(1_u32..6), OPTIONS.len()), VOTERS.len());
        let shuffled = papers.prop_map(|papers| papers.iter().map(|one| vote(one)).collect::<Vec<_>>());
        let mut number = 0;
        for _ in 0..4 {
            let votes = shuffled.new_tree(&mut runner).expect("papers").current();
            let order = Just(votes.clone()).prop_shuffle().new_tree(&mut runner).expect("order").current();
            let mut urns = Vec::new();
            for votes in [&votes, &order] {
                number += 1;
                open_next(&secretariat, number).await;
                vote_all(&app, &heads, number, votes);
                urns.push(urn(&app, number));
            }
            assert_eq!(urns[0], urns[1], "papers cast by others in another order");
        }
        // Nothing else is left of any paper: no row of those that belong to a delegation, no word in any other table.
        let all = dump(&app);
        assert!(all["ballot_papers"].is_empty() && all["priorities"].is_empty());
        let trail = all["audit"].join("\n");
        assert!(!trail.contains("priority") && !trail.contains("abstain"), "{trail}");
    }
}

on_each_database! {
    async fn no_value_of_the_urn_stands_in_a_row_that_names_a_delegation(app: TestApp) {
        let _session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &SECRET).await;
        let before = dump(&app);
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let mut fields = paper("0", "4 - 5", "prepare");
        fields.push((format!("objection|{}", OPTIONS[1]), OBJECTION.to_owned()));
        send(&delegate, &fields).await.expect(303);
        // What a delegate prepares belongs to the delegation until the head confirms it, and is gone then.
        assert!(!dump(&app)["ballot_papers"].is_empty());
        let head = app.head("KAZ");
        let done = head.post(&format!("{BALLOT}/paper/confirm"), &[("after", "1")]).await.expect(303);
        let said = done.headers.iter().find(|(name, value)| name.eq_ignore_ascii_case("set-cookie") && value.contains("flash"));
        let said = said.map(|(_, value)| value.clone()).expect("the code is said");
        for (code, priorities) in [("KGZ", "1 1 2"), ("UZB", "2 2 -")] {
            cast(&app.head(code), priorities).await;
        }
        let all = dump(&app);
        let urn: serde_json::Value = serde_json::from_str(&urn(&app, 1)).expect("an urn");
        let codes: Vec<&str> = urn["codes"].as_array().expect("codes").iter().filter_map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), 3);
        assert!(codes.iter().any(|code| said.contains(code)), "{said}");
        for (table, rows) in &all {
            for row in rows {
                let is_urn = table == "ballot_urns";
                assert_eq!(row.contains(OBJECTION), is_urn, "{table}: {row}");
                assert!(is_urn || !codes.iter().any(|code| row.contains(code)), "{table}: {row}");
            }
        }
        // The urn names nobody and no time; its only key is that of the ballot.
        let text = urn.to_string();
        let names: Vec<String> = ["KAZ", "KGZ", "UZB"].iter().map(|code| app.delegation(code).as_str().to_owned()).collect();
        let people = [&delegate.account, &head.account].map(|account| account.as_str().to_owned());
        let year = app.clock.now().format("%Y-%m").to_string();
        for name in names.iter().chain(&people).chain([&year]) {
            assert!(!text.contains(name.as_str()), "{name} in {text}");
        }
        // Besides turnout, trail and what people's visits write, no table has changed.
        let free = ["ballot_urns", "electorate", "audit", "sign_ins", "accounts", "accreditations"];
        for (table, rows) in &all {
            assert!(free.contains(&table.as_str()) || *rows == before[table], "{table} has changed");
        }
    }
}

/// Lets six delegations vote so that no comparison is one-sided, and certifies.
async fn certify(app: &TestApp, secretariat: &Actor<'_>) {
    let session = speca::sessions::Session {
        id: app_session(app),
        ..app.db.read_here(|conn| speca::sessions::store::by_number(conn, 15)).expect("session")
    };
    let papers = [("AFG", "1 2 3"), ("AZE", "2 1 3"), ("KGZ", "3 2 1"), ("TJK", "1 3 2"), ("UZB", "3 1 2")];
    for (code, priorities) in papers {
        cast(&app.head(code), priorities).await;
    }
    app.pass(TimeDelta::days(2));
    step(app, secretariat, &session, "close").await.expect(303);
    step(app, secretariat, &session, "certify").await.expect(303);
}

on_each_database! {
    async fn with_few_papers_the_order_alone_is_published(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &SECRET).await;
        let head = app.head("KAZ");
        head.get(BALLOT).await.expect(200).sees("This is a secret ballot").lacks("This is a recorded vote");
        let mut fields = paper("0", "2 3 1", "confirm");
        fields.push((format!("objection|{}", OPTIONS[1]), OBJECTION.to_owned()));
        send(&head, &fields).await.expect(303);
        certify(&app, &secretariat).await;
        let code = {
            let urn: serde_json::Value = serde_json::from_str(&urn(&app, 1)).expect("an urn");
            urn["codes"][0].as_str().expect("a code").to_owned()
        };
        let result = app.visitor().get(&format!("{BALLOT}/result")).await.expect(200);
        let result = result.sees("Only the order is published. With fewer than 12 ballot papers").sees("In the first place");
        let result = result.sees("Handed in a ballot paper").sees(&code).lacks("A majority is").lacks("Abstained");
        result.lacks("speca tally").lacks("sha256:").lacks("Scores by the method").lacks("Given a priority by");
        app.visitor().get(&format!("{BALLOT}/result?lang=ru")).await.expect(200).sees("Публикуется только порядок.");
        let sealed = ["/result/sure", "/ballots.csv", "/ballots.preflib", "/ballots.pabulib", "/recount.zip"];
        for path in sealed {
            app.visitor().get(&format!("{BALLOT}{path}")).await.expect(404);
        }
        app.visitor().get(&format!("/api/v1{BALLOT}/papers")).await.expect(404);
        app.visitor().get("/sessions/15/exports/ballots.csv").await.expect(404);
        let told = app.visitor().get(&format!("/api/v1{BALLOT}/result")).await.expect(200).json();
        assert_eq!(told["ranks_only"], true);
        assert!(told["outcome"].is_null() && told["fingerprint"].is_null() && told["support"] == serde_json::json!({}));
        let paper = app.visitor().get("/sessions/15/papers/result").await.expect(200);
        paper.sees("The vote was taken by secret ballot.").sees("Only the order is published").lacks("fingerprint");
        app.visitor().get("/sessions/15/exports/result.csv").await.expect(200).lacks("sha256").lacks("/2");
        // Whatever the database keeps of the count holds no number of votes either.
        let (_, counted) = stored(&app, &session.id, 1);
        let text = serde_json::to_string(&counted.expect("counted").outcome).expect("text");
        assert!(text.contains("\"scores\":{}") && text.contains("\"rows\":[]") && text.contains("\"reasons\":[]"), "{text}");
        for (_, actor) in others(&app, &session) {
            for path in paths() {
                actor.get(&path).await.lacks(OBJECTION);
            }
        }
    }
}

on_each_database! {
    async fn with_enough_varied_papers_numbers_are_published_and_no_names(app: TestApp) {
        let _session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[("secrecy", "secret"), ("fewest_papers", "5")]).await;
        abstain(&app.head("KAZ")).await;
        certify(&app, &secretariat).await;
        let page = app.visitor().get(&format!("{BALLOT}/result")).await.expect(200).sees("speca tally").sees("A majority is 3");
        let page = page.sees("Codes of the ballot papers counted").lacks("Only the order is published");
        page.lacks("See how sure the result is");
        app.visitor().get(&format!("{BALLOT}/result/sure")).await.expect(404);
        let file = app.visitor().get(&format!("{BALLOT}/ballots.csv")).await.expect(200);
        for code in ["AFG", "AZE", "KGZ", "TJK", "KAZ,"] {
            assert!(!file.body.contains(&format!(",{code}")), "{code}: {}", file.body);
        }
        let read = read_ballots(file.body.as_bytes()).expect("the file is read");
        let counted = stored(&app, &app_session(&app), 1).1.expect("counted");
        let recount = speca::tally::count(&read.profile, read.method.expect("method"), &read.tie_rule.expect("rule"));
        assert_eq!(recount.expect("recounted"), counted.outcome);
        app.visitor().get(&format!("{BALLOT}/result")).await.expect(200).sees(&read.fingerprint);
        let papers = app.visitor().get(&format!("/api/v1{BALLOT}/papers")).await.expect(200).json();
        let papers = papers["papers"].as_array().expect("papers");
        assert_eq!(papers.len(), 6);
        assert!(papers.iter().all(|paper| paper["delegation"].is_null() && paper["receipt"].is_null()), "{papers:?}");
    }
}

on_each_database! {
    async fn a_secret_paper_once_confirmed_is_final_and_shown_to_nobody(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &SECRET).await;
        let head = app.head("KAZ");
        let path = format!("{BALLOT}/paper");
        head.get(&path).await.expect(200).sees("Confirming is final").lacks("it can be replaced by a new one");
        let mut fields = paper("0", "4 - 5", "confirm");
        fields.push((format!("objection|{}", OPTIONS[1]), OBJECTION.to_owned()));
        send(&head, &fields).await.expect(303);
        for actor in [&head, &app.delegate("KAZ", Capacity::Delegate), &app.delegate("KAZ", Capacity::Alternate)] {
            actor.get(&path).await.expect(200).sees("Your delegation has voted.").lacks(OBJECTION).lacks("Cast this ballot");
            for act in ["prepare", "confirm"] {
                let again = send(actor, &paper("0", "1 1 1", act)).await;
                assert!([403, 409].contains(&again.status.code), "{}", again.status);
            }
            actor.get(&format!("{path}.xlsx")).await.expect(409);
        }
        app.head("KGZ").get(BALLOT).await.expect(200).sees("1 of 7 delegations have confirmed a ballot paper.");
        head.get("/").await.expect(200).lacks(OBJECTION);
        // One paper alone is not counted; called off, the ballot keeps none.
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(409).sees("Fewer than three delegations have voted.");
        step(&app, &secretariat, &session, "cancel").await.expect(303);
        let all = dump(&app);
        assert!(all["ballot_urns"].is_empty() && all.values().flatten().all(|row| !row.contains(OBJECTION)));
    }
}

on_each_database! {
    async fn whether_a_ballot_is_secret_is_fixed_before_it_opens(app: TestApp) {
        let _session = stage(&app);
        let secretariat = app.secretariat();
        let new = "/sessions/15/ballots/new";
        secretariat.get(new).await.expect(200).sees("Secret").sees("value=\"12\"");
        let mut wrong: Vec<(&str, &str)> = vec![("title_en", "Order"), ("title_ru", "Очередность"), ("secrecy", "secret")];
        wrong.extend([("method", "borda"), ("tie_rule", "lot"), ("base", "present"), ("quorum", "none"), ("levels", "5")]);
        wrong.extend([("closes", "2020-09-15T18:00"), ("edition", "0"), ("fewest_papers", "2")]);
        wrong.extend(OPTIONS.map(|option| ("options", option)));
        secretariat.post(new, &wrong).await.expect(422).sees("Очередность").sees("value=\"2\"");
        opened(&secretariat, &SECRET).await;
        secretariat.post(&format!("{BALLOT}/edit"), &[("edition", "2"), ("secrecy", "recorded")]).await.expect(409);
        assert!(stored(&app, &app_session(&app), 1).0.rules.is_secret());
    }
}
