//! Ballots: one delegation one paper, rules frozen at opening, time that decides, and a result that can be recounted.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use speca::accounts::Office;
use speca::ballots::operations::papers::{PaperPlace, confirm_paper, prepare_paper};
use speca::ballots::operations::{By, Place};
use speca::ballots::{self, Ballot, Counted};
use speca::db::StoreError;
use speca::kernel::ids::SessionId;
use speca::policy::{Actor as PolicyActor, Capacity, Denial, Holding};
use speca::refusals::OperationError;
use speca::sessions::{self, Session, Step};
use speca::tally::ballot_file::read_ballots;
use speca::tally::turnout::RollKind;
use speca::tally::{TieRule, count};

use crate::factories::BALLOT_FIELDS;
use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

/// The options of every test, in the order in which papers name their priorities.
pub const OPTIONS: [&str; 3] = ["PA-KAZ-2020-001", "PA-KGZ-2020-001", "PA-UZB-2020-001"];
/// The ballot of most tests.
pub const BALLOT: &str = "/sessions/15/ballots/1";

/// Makes the session with three accepted actions.
pub fn stage(app: &TestApp) -> Session {
    let session = app.session();
    for (code, title) in [("KAZ", "Agree on data"), ("KGZ", "Train customs staff"), ("UZB", "Study corridors")] {
        app.accepted_action(&session, code, title);
    }
    session
}

/// Fields of a ballot on all three options that closes on 15 September 2020 at 12:00 UTC.
fn setting<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = BALLOT_FIELDS.to_vec();
    fields.push(("closes", "2020-09-15T18:00"));
    for (name, value) in changes {
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields.extend(OPTIONS.map(|option| ("options", option)));
    fields
}

/// Prepares a ballot.
pub async fn prepared(secretariat: &Actor<'_>, changes: &[(&str, &str)]) {
    secretariat.post("/sessions/15/ballots/new", &setting(changes)).await.expect(303);
}

/// Prepares and opens a ballot with five delegations noted as present.
pub async fn opened(secretariat: &Actor<'_>, changes: &[(&str, &str)]) {
    prepared(secretariat, changes).await;
    let present = ["AFG", "AZE", "KAZ", "KGZ", "TJK"].map(|code| ("present", code));
    let mut fields = vec![("edition", "1")];
    fields.extend(present);
    secretariat.post(&format!("{BALLOT}/open"), &fields).await.expect(303);
}

/// Fields of a paper: priorities in the order of the options, `-` for none.
pub fn paper(after: &'static str, priorities: &str, act: &'static str) -> Vec<(String, String)> {
    let priorities = OPTIONS.iter().zip(priorities.split(' ')).map(|(option, priority)| {
        (format!("priority|{option}"), if priority == "-" { String::new() } else { priority.to_owned() })
    });
    let rest = [("after", after), ("act", act)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    priorities.chain(rest).collect()
}

/// Sends a paper.
pub async fn send(actor: &Actor<'_>, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    actor.post(&format!("{BALLOT}/paper"), &fields).await
}

/// Casts a first paper.
pub async fn cast(head: &Actor<'_>, priorities: &str) {
    send(head, &paper("0", priorities, "confirm")).await.expect(303);
}

/// Abstains with a first paper.
pub async fn abstain(head: &Actor<'_>) {
    let fields = [("after", "0"), ("act", "confirm"), ("abstain", "yes")];
    head.post(&format!("{BALLOT}/paper"), &fields).await.expect(303);
}

pub fn stored(app: &TestApp, session: &SessionId, number: i32) -> (Ballot, Option<Counted>) {
    let session = session.clone();
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            let ballot = ballots::store::by_number(conn, &session, number)?;
            let counted = ballots::store::outcome_of(conn, &ballot.id)?;
            Ok((ballot, counted))
        })
        .expect("ballot")
}

/// Does the one step that the edition of the ballot allows.
pub async fn step(app: &TestApp, secretariat: &Actor<'_>, session: &Session, act: &str) -> Page {
    let edition = stored(app, &session.id, 1).0.edition.to_string();
    secretariat.post(&format!("{BALLOT}/{act}"), &[("edition", &edition)]).await
}

async fn closed(app: &TestApp, secretariat: &Actor<'_>, session: &Session) -> Counted {
    app.pass(TimeDelta::days(2));
    step(app, secretariat, session, "close").await.expect(303);
    stored(app, &session.id, 1).1.expect("counted")
}

on_each_database! {
    async fn seven_delegations_vote_and_anybody_recounts(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        // Borda: KAZ and KGZ 1½ 1½ 0, AZE 1 1 1, UZB ½ ½ 2: 4½, 4½, 3.
        for (code, priorities) in [("KAZ", "1 1 2"), ("KGZ", "2 2 -"), ("AZE", "3 3 3"), ("UZB", "- - 1")] {
            cast(&app.head(code), priorities).await;
        }
        abstain(&app.delegate("AFG", Capacity::Alternate)).await;
        let counted = closed(&app, &secretariat, &session).await;
        let kinds: Vec<(&str, RollKind)> =
            counted.roll.entries.iter().map(|entry| (entry.delegation.as_str(), entry.kind)).collect();
        // Uzbekistan was not ticked as present, yet it voted.
        assert_eq!(kinds, [
            ("AFG", RollKind::Abstained),
            ("AZE", RollKind::Cast),
            ("KAZ", RollKind::Cast),
            ("KGZ", RollKind::Cast),
            ("TJK", RollKind::NotVoting),
            ("TKM", RollKind::Absent),
            ("UZB", RollKind::Cast),
        ]);
        let quorum = counted.quorum;
        assert_eq!((quorum.needed, quorum.present, quorum.electorate), (4, 6, 7));
        assert_eq!(counted.outcome.scores.values().collect::<Vec<_>>(), ["9/2", "9/2", "3"]);
        step(&app, &secretariat, &session, "certify").await.expect(303);

        let page = app.visitor().get(&format!("{BALLOT}/result")).await.expect(200);
        let page = page.sees("4.5").sees("Present, not voting").sees("Absent").sees("Abstained").sees("abst.");
        let page = page.sees("Met. Rule: More than half of the electorate. Needed: 4; present: 6 of 7.");
        let page = page.sees("Delegations present and voting: 4. A majority is 3.");
        let page = page.sees("Place 1: the method leaves PA-KAZ-2020-001, PA-KGZ-2020-001 tied.");
        page.sees("3 delegations, a majority").sees("speca tally speca-15-ballot-1.csv").lacks("not valid as a decision");
        let russian = app.visitor().get(&format!("{BALLOT}/result?lang=ru")).await.expect(200);
        russian.sees("Казахстан").sees("4,5").sees("Воздержались");

        let file = app.visitor().get(&format!("{BALLOT}/ballots.csv")).await.expect(200);
        let read = read_ballots(file.body.as_bytes()).expect("the file is read");
        let rule = read.tie_rule.expect("tie rule");
        assert!(matches!(&rule, TieRule::Lot { seed } if seed.len() == 32), "{rule:?}");
        let recount = count(&read.profile, read.method.expect("method"), &rule).expect("recounted");
        assert_eq!(recount, counted.outcome);
        assert_eq!(read.abstentions, ["AFG"]);
        app.visitor().get(&format!("{BALLOT}/result")).await.expect(200).sees(&read.fingerprint);
    }
}

on_each_database! {
    async fn only_delegations_vote_and_only_heads_confirm(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        let path = format!("{BALLOT}/paper");
        let outsiders = [
            secretariat,
            app.office(Office::Chair),
            app.office(Office::Administrator),
            app.reviewer(&session.id, None),
            app.delegate("KAZ", Capacity::Observer),
        ];
        for outsider in &outsiders {
            outsider.get(&path).await.expect(404);
            send(outsider, &paper("0", "1 2 3", "confirm")).await.expect(404);
            outsider.post(&format!("{path}/confirm"), &[("after", "1")]).await.expect(404);
        }
        app.visitor().get(&path).await.expect(303);
        let group = app.head("REG");
        group.get(&path).await.expect(200).sees("Your delegation has no ballot paper here.");
        send(&group, &paper("0", "1 2 3", "confirm")).await.expect(409);

        let delegate = app.delegate("KAZ", Capacity::Delegate);
        send(&delegate, &paper("0", "1 2 3", "confirm")).await.expect(403);
        send(&delegate, &paper("0", "1 2 3", "prepare")).await.expect(303);
        delegate.get(&path).await.expect(200).sees("Ballot paper to be confirmed").lacks("Confirm this ballot paper");
        delegate.post(&format!("{path}/confirm"), &[("after", "1")]).await.expect(403);
        // The head of another delegation has no paper to confirm, and none of this one.
        let other = app.head("KGZ");
        other.get(&path).await.expect(200).lacks("Ballot paper to be confirmed");
        other.post(&format!("{path}/confirm"), &[("after", "1")]).await.expect(409);
        let holding = |code: &str| Holding { capacity: Capacity::Head, delegation: Some(app.delegation(code)), session: None };
        let by = By { actor: PolicyActor::new(other.account.clone(), [holding("KGZ")]), now: app.clock.now().naive_utc() };
        let place = PaperPlace { ballot: Place { session: 15, number: 1 }, delegation: app.delegation("KAZ"), after: 1 };
        let vote = ballots::model::Vote::Abstain;
        let prepared = app.db.write_here(|tx| prepare_paper(tx, &by, &place, &vote));
        assert!(matches!(prepared, Err(OperationError::Denied(Denial::OutOfScope))), "{prepared:?}");
        let confirmed = app.db.write_here(|tx| confirm_paper(tx, &by, &place, "00"));
        assert!(matches!(confirmed, Err(OperationError::Denied(Denial::OutOfScope))), "{confirmed:?}");

        let head = app.head("KAZ");
        head.get(&path).await.expect(200).sees("Confirm this ballot paper");
        head.post(&format!("{path}/confirm"), &[("after", "1")]).await.expect(303);
        head.get(&path).await.expect(200).sees("Ballot paper that counts").sees("Receipt");
        head.post(&format!("{path}/confirm"), &[("after", "1")]).await.expect(409);
        app.head("AZE").get(BALLOT).await.expect(200).sees("1 of 7 delegations have confirmed a ballot paper.");
    }
}

on_each_database! {
    async fn the_last_confirmed_paper_counts(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        let (kaz, kgz) = (app.head("KAZ"), app.head("KGZ"));
        cast(&kaz, "1 2 3").await;
        send(&app.delegate("KAZ", Capacity::Delegate), &paper("1", "3 2 1", "prepare")).await.expect(303);
        cast(&kgz, "3 2 1").await;
        send(&kgz, &paper("1", "2 - 1", "confirm")).await.expect(303);
        // Another person of the delegation finds the paper and may replace it.
        let alternate = app.delegate("KGZ", Capacity::Alternate);
        alternate.get(&format!("{BALLOT}/paper")).await.expect(200).sees("Ballot paper that counts");
        send(&alternate, &paper("2", "- 2 1", "confirm")).await.expect(303);
        send(&app.delegate("AZE", Capacity::Delegate), &paper("0", "1 1 1", "prepare")).await.expect(303);
        closed(&app, &secretariat, &session).await;
        step(&app, &secretariat, &session, "certify").await.expect(303);
        let id = stored(&app, &session.id, 1).0.id;
        let papers = app.db.read_here(move |conn| ballots::store::papers_of(conn, &id)).expect("papers");
        let found: Vec<(&str, i32, Vec<Option<u32>>)> = papers
            .iter()
            .map(|paper| (paper.code.as_str(), paper.number, OPTIONS.map(|option| paper.priority(option)).to_vec()))
            .collect();
        assert_eq!(found, [("KAZ", 1, vec![Some(1), Some(2), Some(3)]), ("KGZ", 3, vec![None, Some(2), Some(1)])]);
    }
}

on_each_database! {
    async fn what_was_chosen_is_not_lost_when_a_colleague_was_first(app: TestApp) {
        let _session = stage(&app);
        opened(&app.secretariat(), &[]).await;
        send(&app.delegate("KAZ", Capacity::Delegate), &paper("0", "1 2 3", "prepare")).await.expect(303);
        let mut fields = paper("0", "4 4 4", "confirm");
        fields.push((format!("objection|{}", OPTIONS[0]), "No funds are in sight.".to_owned()));
        let head = app.head("KAZ");
        let page = send(&head, &fields).await.expect(409).sees("No funds are in sight.");
        page.sees("name=\"after\" value=\"1\"").sees("<option value=\"4\" selected>");
        head.post(&format!("{BALLOT}/paper/confirm"), &[("after", "0")]).await.expect(409);
        // Wrong papers come back whole, with a message; so does a paper on which only the language was switched.
        let mut both = fields.clone();
        both.push(("abstain".to_owned(), "yes".to_owned()));
        send(&head, &both).await.expect(422).sees("An abstention has no priorities").sees("No funds are in sight.");
        fields.push(("_language".to_owned(), "ru".to_owned()));
        send(&head, &fields).await.expect(200).sees("Бюллетень").sees("No funds are in sight.");
    }
}

on_each_database! {
    async fn time_decides_whether_or_not_anybody_closes(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        opened(&secretariat, &[]).await;
        let head = app.head("KAZ");
        send(&app.delegate("KAZ", Capacity::Delegate), &paper("0", "1 2 3", "prepare")).await.expect(303);
        step(&app, &secretariat, &session, "close").await.expect(409).sees("15 September 2020, 18:00 (UTC+6)");
        app.pass(TimeDelta::hours(28));
        head.get(&format!("{BALLOT}/paper")).await.expect(200).lacks("Cast this ballot paper").lacks("Confirm this");
        send(&head, &paper("1", "1 2 3", "confirm")).await.expect(409).sees("The closing time has passed");
        head.post(&format!("{BALLOT}/paper/confirm"), &[("after", "1")]).await.expect(409);
        step(&app, &secretariat, &session, "close").await.expect(303);
        send(&head, &paper("1", "1 2 3", "confirm")).await.expect(409);
        let counted = stored(&app, &session.id, 1).1.expect("counted");
        assert_eq!(counted.outcome.weight, 0);
        assert_eq!(counted.roll.number(RollKind::Cast), 0);
    }
}

on_each_database! {
    async fn rules_are_frozen_when_a_ballot_opens(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        prepared(&secretariat, &[]).await;
        let edit = format!("{BALLOT}/edit");
        app.head("KAZ").get(BALLOT).await.expect(404);
        app.head("KAZ").get(&edit).await.expect(404);
        app.head("KAZ").get("/sessions/15/ballots/new").await.expect(403);
        app.head("KAZ").get("/sessions/15/ballots").await.expect(200).lacks("Order of the actions");
        secretariat.get(&edit).await.expect(200).sees("2020-09-15T18:00").sees("Order of the actions");
        secretariat.post(&edit, &setting(&[("edition", "1"), ("title_en", "A better title")])).await.expect(303);
        let stale = secretariat.post(&edit, &setting(&[("edition", "1"), ("title_en", "Typed late")])).await.expect(409);
        stale.sees("Typed late").sees("name=\"edition\" value=\"2\"");
        secretariat.post(&format!("{BALLOT}/open"), &[("edition", "1")]).await.expect(409);
        secretariat.post(&format!("{BALLOT}/open"), &[("edition", "2")]).await.expect(303);
        secretariat.get(&edit).await.expect(409);
        secretariat.post(&edit, &setting(&[("edition", "3"), ("method", "score")])).await.expect(409);
        let (ballot, _) = stored(&app, &session.id, 1);
        assert_eq!((ballot.title.en.as_str(), ballot.rules.method.code()), ("A better title", "borda"));
        // A delegation that gets a vote later is not in the electorate, and its name is not in the roll.
        let id = ballot.id.clone();
        let electorate = app.db.read_here(move |conn| ballots::store::electorate_of(conn, &id)).expect("electorate");
        let codes: BTreeSet<String> = electorate.into_iter().map(|elector| elector.code).collect();
        assert_eq!(codes, ["AFG", "AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"].map(str::to_owned).into());
        // Presence can be corrected until closing.
        secretariat.post(&format!("{BALLOT}/presence"), &[("edition", "3"), ("present", "TKM")]).await.expect(303);
        secretariat.post(&format!("{BALLOT}/presence"), &[("edition", "3"), ("present", "AFG")]).await.expect(409);
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        secretariat.post(&format!("{BALLOT}/presence"), &[("edition", "5"), ("present", "AFG")]).await.expect(409);
        let roll = stored(&app, &session.id, 1).1.expect("counted").roll;
        assert_eq!((roll.number(RollKind::NotVoting), roll.number(RollKind::Absent)), (1, 6));
        secretariat.get(&format!("{BALLOT}/result")).await.expect(200).sees("not valid as a decision");
    }
}

on_each_database! {
    async fn a_ballot_opens_only_in_its_window_over_accepted_actions(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        let new = "/sessions/15/ballots/new";
        secretariat.get(new).await.expect(200).sees("Agree on data").sees("value=\"borda\" selected");
        let past = secretariat.post(new, &setting(&[("closes", "2020-09-14T13:59"), ("title_ru", " ")])).await.expect(422);
        past.sees("Order of the actions").sees("Please fill this in.");
        let past = secretariat.post(new, &setting(&[("closes", "2020-09-14T13:59"), ("asked_by", "REG")])).await;
        past.expect(422).sees("The closing time must lie ahead").sees("Please choose a delegation that votes.");
        let one: Vec<(&str, &str)> =
            setting(&[]).into_iter().filter(|(name, value)| *name != "options" || *value == OPTIONS[0]).collect();
        secretariat.post(new, &one).await.expect(422).sees("Please choose at least two options.");

        prepared(&secretariat, &[]).await;
        app.close_window(&session, Step::Ballots);
        secretariat.post(&format!("{BALLOT}/open"), &[("edition", "1")]).await.expect(409);
        let window = sessions::Window {
            step: Step::Ballots,
            opens_at: app.clock.now().naive_utc(),
            closes_at: app.clock.now().naive_utc() + TimeDelta::days(9),
        };
        app.db.write_here(|tx| sessions::store::set_window(tx, &session.id, &window)).expect("window");
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                let action = speca::submissions::store::by_reference(tx, OPTIONS[1])?;
                speca::submissions::store::set_state(tx, &action, speca::submissions::State::Withdrawn, now)
            })
            .expect("withdrawn");
        secretariat.post(&format!("{BALLOT}/open"), &[("edition", "1")]).await.expect(409).sees(OPTIONS[1]);
        secretariat.post(&format!("{BALLOT}/cancel"), &[("edition", "1")]).await.expect(303);
        secretariat.post(&format!("{BALLOT}/open"), &[("edition", "2")]).await.expect(409);
    }
}

on_each_database! {
    async fn review_scores_are_frozen_for_the_tie_rule(app: TestApp) {
        let session = stage(&app);
        let id = session.id.clone();
        let criteria = app.db.read_here(move |conn| sessions::store::criteria_of(conn, &id)).expect("criteria");
        let reviewer = app.reviewer(&session.id, None);
        for (option, mark) in [(OPTIONS[0], "3"), (OPTIONS[2], "5")] {
            let marks: Vec<(String, &str)> =
                criteria.iter().map(|criterion| (format!("mark.{}", criterion.id), mark)).collect();
            let mut fields: Vec<(&str, &str)> = marks.iter().map(|(name, mark)| (name.as_str(), *mark)).collect();
            let reason = "The steps lead to the target and can be followed.";
            fields.extend([("act", "give"), ("edition", "0"), ("reason", reason)]);
            reviewer.post(&format!("/submissions/{option}/review"), &fields).await.expect(303);
        }
        let secretariat = app.secretariat();
        opened(&secretariat, &[("tie_rule", "review-score")]).await;
        let ballot = stored(&app, &session.id, 1).0;
        let options = app.db.read_here(move |conn| ballots::store::options_of(conn, &ballot.id)).expect("options");
        let scores: Vec<(&str, &str)> =
            options.iter().map(|option| (option.reference.as_str(), option.review_score.as_str())).collect();
        assert_eq!(scores, [(OPTIONS[0], "3"), (OPTIONS[1], ""), (OPTIONS[2], "5")]);
        cast(&app.head("KAZ"), "1 1 1").await;
        let order = closed(&app, &secretariat, &session).await.outcome.order;
        let order: Vec<&str> = order.iter().map(|tier| tier[0].as_str()).collect();
        assert_eq!(order, [OPTIONS[2], OPTIONS[0], OPTIONS[1]]);
    }
}

on_each_database! {
    async fn two_sessions_keep_their_ballots_apart(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        let other = Session { id: SessionId::new(), number: 16, is_demonstration: true, ..session.clone() };
        let now = app.clock.now().naive_utc();
        app.db.write_here(|tx| sessions::store::insert(tx, &other, now)).expect("session");
        opened(&secretariat, &[]).await;
        // Actions of the fifteenth session are no options of the sixteenth.
        let refused = secretariat.post("/sessions/16/ballots/new", &setting(&[])).await.expect(422);
        refused.sees("no longer accepted");
        secretariat.get("/sessions/16/ballots").await.expect(200).lacks("Order of the actions");
        secretariat.get("/sessions/16/ballots/1").await.expect(404);
        app.head("KAZ").get("/sessions/16/ballots/1/paper").await.expect(404);
        app.head("KAZ").get("/sessions/15/ballots").await.expect(200).sees("Order of the actions");
        prepared(&secretariat, &[("title_en", "The second vote")]).await;
        assert_eq!(stored(&app, &session.id, 2).0.title.en, "The second vote");
        secretariat.get("/sessions/99/ballots").await.expect(404);
        secretariat.get("/sessions/15/ballots/first").await.expect(404);
    }
}
