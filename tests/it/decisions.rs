//! Decisions: the rungs of the ladder, silence at the exact second, equal languages, and who has no voice.

use chrono::TimeDelta;
use speca::accounts::Office;
use speca::audit::{Verdict, verify};
use speca::db::StoreError;
use speca::decisions::{self, Decision, Rung, State};
use speca::outbox::Kind;
use speca::policy::Capacity;
use speca::sessions::Session;

use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

const LIST: &str = "/sessions/15/decisions";
pub const ONE: &str = "/sessions/15/decisions/1";
const EN: &str = "The Working Group adopts the programme for 2021.\nIt asks the secretariat to report in 2022.";
const RU: &str = "Рабочая группа принимает программу на 2021 год.\nОна просит секретариат доложить в 2022 году.";

pub fn held(app: &TestApp, session: &Session, number: i32) -> Decision {
    let id = session.id.clone();
    app.db.read_here(move |conn| decisions::store::by_number(conn, &id, number)).expect("decision")
}

pub fn edition(app: &TestApp, session: &Session) -> String {
    held(app, session, 1).edition.to_string()
}

/// Prepares a decision.
async fn prepare(secretariat: &Actor<'_>, en: &str, ru: &str, checked: &str) -> Page {
    let fields = [
        ("title_en", "Work programme"),
        ("title_ru", "Программа работы"),
        ("about", ""),
        ("text_en", en),
        ("text_ru", ru),
        ("checked", checked),
        ("edition", "0"),
    ];
    secretariat.post(&format!("{LIST}/new"), &fields).await
}

/// Prepares a decision whose text could go before the group.
pub async fn prepared(secretariat: &Actor<'_>) {
    prepare(secretariat, EN, RU, "yes").await.expect(303);
}

/// Does an act with the edition as it stands.
pub async fn act(app: &TestApp, session: &Session, who: &Actor<'_>, act: &str, fields: &[(&str, &str)]) -> Page {
    let edition = edition(app, session);
    let mut all = vec![("edition", edition.as_str())];
    all.extend_from_slice(fields);
    who.post(&format!("{ONE}/acts/{act}"), &all).await
}

/// Makes a session with a decision before the group.
pub async fn tabled(app: &TestApp) -> Session {
    let session = app.session();
    let secretariat = app.secretariat();
    prepare(&secretariat, EN, RU, "yes").await.expect(303);
    act(app, &session, &secretariat, "open-register", &[]).await.expect(303);
    session
}

/// Begins a silence procedure until Monday 21 September, 18:00 in Almaty: a week after the start of the test.
async fn silenced(app: &TestApp) -> Session {
    let session = tabled(app).await;
    act(app, &session, &app.secretariat(), "start-silence", &[("until", "2020-09-21T18:00")]).await.expect(303);
    session
}

/// Lets time pass until so many seconds before the end of that silence procedure, in the zone of the session at 18:00.
fn pass_until(app: &TestApp, seconds_before: i64) {
    let end = chrono::NaiveDate::from_ymd_opt(2020, 9, 21).expect("day").and_hms_opt(12, 0, 0).expect("time");
    app.pass(end - TimeDelta::seconds(seconds_before) - app.clock.now().naive_utc());
}

fn kinds(app: &TestApp, who: &Actor<'_>) -> Vec<Kind> {
    let id = who.account.clone();
    let mut mails = app.db.read_here(move |conn| speca::outbox::store::newest_of(conn, &id, 100)).expect("mails");
    mails.reverse();
    mails.into_iter().map(|mail| mail.kind).collect()
}

on_each_database! {
    async fn a_decision_climbs_from_the_sense_check_to_consensus(app: TestApp) {
        let session = app.session();
        let (secretariat, kaz, uzb) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        prepare(&secretariat, EN, RU, "yes").await.expect(303);
        kaz.get(ONE).await.expect(404);
        act(&app, &session, &secretariat, "open-sense-check", &[]).await.expect(303);
        let say = [("grade", "can-live-with"), ("note", "With a note 4711")];
        act(&app, &session, &kaz, "support", &say).await.expect(303);
        act(&app, &session, &kaz, "support", &[("grade", "")]).await.expect(422);
        for other in [&uzb, &secretariat, &app.office(Office::Chair), &app.delegate("KAZ", Capacity::Observer)] {
            other.get(ONE).await.expect(200).sees("1 delegation has answered").lacks("note 4711").lacks("Can live with it");
        }
        kaz.get(ONE).await.expect(200).sees("Can live with it");
        act(&app, &session, &secretariat, "close-sense-check", &[]).await.expect(303);
        uzb.get(ONE).await.expect(200).sees("With a note 4711").sees("Kazakhstan");
        act(&app, &session, &secretariat, "adopt", &[]).await.expect(303);
        app.visitor().get(ONE).await.expect(200).sees("The Working Group decided, by consensus").lacks("note 4711");
        app.visitor().get(LIST).await.expect(200).sees("Work programme");
        assert_eq!(kinds(&app, &uzb), [Kind::DecisionOpened, Kind::DecisionOpened, Kind::DecisionConcluded]);
        assert_eq!(held(&app, &session, 1).decided.map(|(rung, _)| rung), Some(Rung::Consensus));
    }
}

on_each_database! {
    async fn unequal_languages_do_not_go_before_the_group(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let odd = [
            ("", "yes", "not there in both"),
            ("Одна строка на 2021 и 2022.", "yes", "the English text has 2 paragraphs"),
            ("Программа на 2021 год.\nДоклад в 2023 году.", "yes", "the number 2022"),
            (RU, "", "Nobody has yet confirmed"),
        ];
        prepare(&secretariat, EN, RU, "yes").await.expect(303);
        for (ru, checked, words) in odd {
            let edition = edition(&app, &session);
            let fields = [
                ("title_en", "Work programme"),
                ("title_ru", "Программа работы"),
                ("about", ""),
                ("text_en", EN),
                ("text_ru", ru),
                ("checked", checked),
                ("edition", edition.as_str()),
            ];
            secretariat.post(&format!("{ONE}/edit"), &fields).await.expect(303);
            for rung in ["open-register", "open-sense-check"] {
                act(&app, &session, &secretariat, rung, &[]).await.expect(409).sees(words);
            }
        }
        act(&app, &session, &secretariat, "check-text", &[]).await.expect(303);
        act(&app, &session, &secretariat, "open-register", &[]).await.expect(303);
        assert_eq!(held(&app, &session, 1).state, State::Discussing);
    }
}

on_each_database! {
    async fn an_objection_is_answered_by_an_amendment_and_resolved_by_who_raised_it(app: TestApp) {
        let session = tabled(&app).await;
        let (secretariat, kaz, uzb) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        let reason = [("passage", "adopts the programme"), ("reason", "We need a mandate first.")];
        act(&app, &session, &secretariat, "object", &reason).await.expect(403);
        act(&app, &session, &app.delegate("KAZ", Capacity::Observer), "object", &reason).await.expect(403);
        act(&app, &session, &app.delegate("KAZ", Capacity::Delegate), "object", &reason).await.expect(403);
        act(&app, &session, &kaz, "object", &[("reason", " ")]).await.expect(422);
        act(&app, &session, &kaz, "object", &reason).await.expect(303);
        for blocked in ["adopt", "start-silence"] {
            let until = [("until", "2020-09-30T18:00")];
            act(&app, &session, &secretariat, blocked, &until).await.expect(409).sees("An objection is open");
        }
        let (objection, _) = register(&app, &session);
        let amend = format!("{ONE}/objections/{objection}/amend");
        let (en, ru) = (EN.replace("adopts", "notes"), RU.replace("принимает", "принимает к сведению"));
        let text = |ru: &str| [("text_en", en.clone()), ("text_ru", ru.to_owned()), ("revision", "1".to_owned())];
        let send = async |who: &Actor<'_>, ru: &str| {
            let fields = text(ru);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            who.post(&amend, &fields).await
        };
        send(&uzb, "Одна строка, 2021 и 2022").await.expect(422).sees("paragraphs");
        send(&uzb, &ru).await.expect(303);
        uzb.post(&format!("{ONE}/objections/{objection}/resolved"), &[]).await.expect(404);
        let (_, amendment) = register(&app, &session);
        let amendment = amendment.expect("proposed");
        let seen = edition(&app, &session);
        let take_in = format!("{ONE}/amendments/{amendment}/take-in");
        kaz.post(&take_in, &[("edition", &seen), ("checked", "yes")]).await.expect(403);
        secretariat.post(&take_in, &[("edition", "1"), ("checked", "yes")]).await.expect(409);
        secretariat.post(&take_in, &[("edition", &seen), ("checked", "yes")]).await.expect(303);
        kaz.get(ONE).await.expect(200).sees("notes the programme").sees("Revision 1");
        kaz.post(&format!("{ONE}/objections/{objection}/resolved"), &[]).await.expect(303);
        act(&app, &session, &secretariat, "adopt", &[]).await.expect(303);
        assert_eq!(held(&app, &session, 1).revision, 2);
        app.visitor().get(ONE).await.expect(200).sees("notes the programme").lacks("We need a mandate first.");
        assert_eq!(kinds(&app, &kaz), [Kind::AmendmentTakenIn, Kind::DecisionConcluded]);
    }
}

/// Returns the first objection and the first amendment to the first decision.
fn register(app: &TestApp, session: &Session) -> (String, Option<String>) {
    let id = held(app, session, 1).id;
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            let objection = decisions::store::objections_of(conn, &id)?.remove(0).id.to_string();
            let amendment = decisions::store::amendments_of(conn, &id)?.first().map(|one| one.id.to_string());
            Ok((objection, amendment))
        })
        .expect("register")
}

on_each_database! {
    async fn a_silence_procedure_is_seventy_two_hours_at_least_and_its_end_is_exact(app: TestApp) {
        let session = tabled(&app).await;
        let (secretariat, kaz) = (app.secretariat(), app.head("KAZ"));
        // Monday 14 September, 8:00: 72 hours later it is 14:00 on Thursday in Almaty.
        let short = [("until", "2020-09-17T13:59")];
        act(&app, &session, &secretariat, "start-silence", &short).await.expect(422).sees("17 September 2020, 14:00");
        secretariat.get(&format!("{ONE}/acts/start-silence")).await.expect(200).sees("2020-09-21T18:00").sees("Uzbekistan");
        act(&app, &session, &secretariat, "start-silence", &[("until", "2020-09-21T18:00")]).await.expect(303);
        kaz.get(ONE).await.expect(200).sees("21 September 2020, 18:00 (UTC+6)").sees("21 September 2020, 12:00 (UTC)");
        pass_until(&app, 1);
        app.visitor().get(ONE).await.expect(404);
        pass_until(&app, 0);
        // Nothing was written yet, and everybody sees that the group has decided.
        assert_eq!(held(&app, &session, 1).state, State::Silence);
        app.visitor().get(ONE).await.expect(200).sees("ended without objection on 21 September 2020, 18:00 (UTC+6)");
        act(&app, &session, &kaz, "object", &[("reason", "Too late.")]).await.expect(409);
        act(&app, &session, &secretariat, "extend-silence", &[("until", "2020-09-30T18:00"), ("reason", "Late")])
            .await
            .expect(409);
        assert_eq!(held(&app, &session, 1).state, State::Silence);
    }
}

on_each_database! {
    async fn the_end_of_a_silence_is_written_down_exactly_once_whoever_does_it(app: TestApp) {
        let session = silenced(&app).await;
        let kaz = app.head("KAZ");
        pass_until(&app, 0);
        app.pass(TimeDelta::hours(30));
        let now = app.clock.now().naive_utc();
        let due = app.db.read_here(move |conn| decisions::store::overdue(conn, now)).expect("due");
        assert_eq!(due, [held(&app, &session, 1).id]);
        let settle = |id: speca::kernel::ids::DecisionId| {
            let db = app.db.clone();
            async move { db.write(move |tx| decisions::operations::settle(tx, &id, now)).await }
        };
        // Two replicas find the same one at the same time.
        let (one, other) = rocket::tokio::join!(settle(due[0].clone()), settle(due[0].clone()));
        let done = [one, other].into_iter().filter(|done| matches!(done, Ok(true))).count();
        assert_eq!(done, 1);
        // An explanation of position that comes first writes it down as well; here it finds it done.
        act(&app, &session, &kaz, "explain", &[("text_en", "We join the consensus.")]).await.expect(303);
        let decision = held(&app, &session, 1);
        let until = decision.silence.expect("silence").until;
        assert_eq!((decision.state, decision.decided), (State::Decided, Some((Rung::Silence, until))));
        assert_eq!(kinds(&app, &kaz), [Kind::DecisionConcluded]);
        app.visitor().get(ONE).await.expect(200).sees("We join the consensus.");
        let acts = app
            .db
            .read_here(|conn| -> Result<_, StoreError> {
                assert!(matches!(verify(conn)?, Verdict::Whole { .. }));
                decisions::store::acts_of(conn, &decision.id)
            })
            .expect("acts");
        assert_eq!(acts.iter().filter(|act| act.account.is_none()).map(|act| act.at).collect::<Vec<_>>(), [until]);
    }
}

on_each_database! {
    async fn whoever_acts_first_after_the_end_writes_it_down(app: TestApp) {
        let session = silenced(&app).await;
        let kaz = app.head("KAZ");
        pass_until(&app, -5);
        act(&app, &session, &kaz, "explain", &[("text_ru", "Мы присоединяемся.")]).await.expect(303);
        assert_eq!(held(&app, &session, 1).state, State::Decided);
    }
}

on_each_database! {
    async fn one_objection_at_the_last_second_breaks_the_silence_and_all_are_told(app: TestApp) {
        let (tjk, observer, chair) =
            (app.head("TJK"), app.delegate("UZB", Capacity::Observer), app.office(Office::Chair));
        let session = silenced(&app).await;
        pass_until(&app, 1);
        let kaz = app.delegate("KAZ", Capacity::Alternate);
        act(&app, &session, &kaz, "object", &[("reason", "Not yet, for reason 4711.")]).await.expect(303);
        pass_until(&app, 0);
        app.pass(TimeDelta::days(1));
        let decision = held(&app, &session, 1);
        assert_eq!((decision.state, decision.decided), (State::Discussing, None));
        tjk.get(ONE).await.expect(200).sees("4711").sees("broke the silence");
        app.visitor().get(ONE).await.expect(404);
        for told in [&tjk, &observer, &chair] {
            assert_eq!(kinds(&app, told), [Kind::DecisionOpened, Kind::SilenceStarted, Kind::SilenceBroken]);
        }
        // It can be tried again once the objection is settled, not before.
        let secretariat = app.secretariat();
        let until = [("until", "2020-10-01T18:00")];
        act(&app, &session, &secretariat, "start-silence", &until).await.expect(409);
        let (objection, _) = register(&app, &session);
        kaz.post(&format!("{ONE}/objections/{objection}/withdrawn"), &[]).await.expect(303);
        act(&app, &session, &secretariat, "start-silence", &until).await.expect(303);
    }
}

on_each_database! {
    async fn an_extension_is_later_and_gives_its_reason_to_all(app: TestApp) {
        let kaz = app.head("KAZ");
        let session = silenced(&app).await;
        let secretariat = app.secretariat();
        let extend = async |until: &str, reason: &str| {
            act(&app, &session, &secretariat, "extend-silence", &[("until", until), ("reason", reason)]).await
        };
        extend("2020-09-21T17:59", "Sooner").await.expect(422).sees("must lie after");
        extend("2020-09-23T18:00", "").await.expect(422);
        extend("2020-09-23T18:00", "Holiday 4711").await.expect(303);
        kaz.get(ONE).await.expect(200).sees("23 September 2020, 18:00 (UTC+6)").sees("Holiday 4711");
        pass_until(&app, 0);
        app.visitor().get(ONE).await.expect(404);
        app.pass(TimeDelta::days(2));
        app.visitor().get(ONE).await.expect(200).sees("without objection on 23 September 2020, 18:00");
        assert_eq!(kinds(&app, &kaz), [Kind::DecisionOpened, Kind::SilenceStarted, Kind::SilenceExtended]);
    }
}

on_each_database! {
    async fn a_member_asks_for_a_vote_and_the_roll_is_called_twice_for_who_passes(app: TestApp) {
        let session = tabled(&app).await;
        let (secretariat, kaz) = (app.secretariat(), app.head("KAZ"));
        act(&app, &session, &secretariat, "ask-vote", &[]).await.expect(422);
        act(&app, &session, &kaz, "ask-vote", &[]).await.expect(303);
        let roll = format!("{ONE}/roll");
        kaz.get(&roll).await.expect(403);
        let mut called = Vec::new();
        // One passes and then abstains, one is absent, one does not vote, one is against.
        for answer in ["pass", "yes", "yes", "no", "absent", "not-voting", "yes", "abstain"] {
            act(&app, &session, &secretariat, "close-vote", &[]).await.expect(409);
            let code = next_called(&app, &session);
            let edition = edition(&app, &session);
            let fields = [("edition", edition.as_str()), ("delegation", code.as_str()), ("answer", answer)];
            secretariat.post(&roll, &fields).await.expect(303);
            called.push(code);
        }
        assert_eq!(called.first(), called.last(), "who passed is called again");
        let edition = edition(&app, &session);
        let again = [("edition", edition.as_str()), ("delegation", called[0].as_str()), ("answer", "pass")];
        secretariat.post(&roll, &again).await.expect(409);
        act(&app, &session, &secretariat, "close-vote", &[]).await.expect(303);
        app.visitor()
            .get(ONE)
            .await
            .expect(200)
            .sees("At the request of Kazakhstan")
            .sees("by 3 in favour to 1 against, with 1 abstaining")
            .sees("Present: 6");
        assert_eq!(held(&app, &session, 1).decided.map(|(rung, _)| rung), Some(Rung::RecordedVote));
    }
}

/// Returns the code of the delegation that is called next.
pub fn next_called(app: &TestApp, session: &Session) -> String {
    let id = held(app, session, 1).id;
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            let votes = decisions::store::votes_of(conn, &id)?;
            let next = decisions::model::next_called(&votes).expect("somebody").delegation.clone();
            Ok(speca::delegations::store::by_id(conn, &next)?.code)
        })
        .expect("roll")
}

on_each_database! {
    async fn a_vote_that_does_not_carry_adopts_nothing(app: TestApp) {
        let session = tabled(&app).await;
        let secretariat = app.secretariat();
        act(&app, &session, &secretariat, "ask-vote", &[("asked_by", "TJK")]).await.expect(303);
        for answer in ["yes", "yes", "no", "no", "abstain", "absent", "absent"] {
            let (code, edition) = (next_called(&app, &session), edition(&app, &session));
            let fields = [("edition", edition.as_str()), ("delegation", code.as_str()), ("answer", answer)];
            secretariat.post(&format!("{ONE}/roll"), &fields).await.expect(303);
        }
        act(&app, &session, &secretariat, "close-vote", &[]).await.expect(303);
        app.visitor().get(ONE).await.expect(200).sees("was not adopted: 2 in favour, 2 against");
        assert_eq!(held(&app, &session, 1).state, State::NotAdopted);
    }
}

on_each_database! {
    async fn who_speaks_for_a_delegation_finds_open_decisions_on_the_start_page_until_they_end(app: TestApp) {
        let session = app.session();
        let (secretariat, kaz, uzb) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        prepare(&secretariat, EN, RU, "yes").await.expect(303);
        kaz.get("/").await.expect(200).lacks("Work programme");
        act(&app, &session, &secretariat, "open-sense-check", &[]).await.expect(303);
        let sense = "Say how far your delegation supports the text: Work programme";
        kaz.get("/").await.expect(200).sees(sense).sees("/sessions/15/decisions/1");
        for other in [&app.delegate("KAZ", Capacity::Delegate), &secretariat, &app.office(Office::Chair)] {
            other.get("/").await.expect(200).lacks(sense);
        }
        act(&app, &session, &kaz, "support", &[("grade", "can-live-with")]).await.expect(303);
        kaz.get("/").await.expect(200).lacks(sense);
        uzb.get("/").await.expect(200).sees(sense);
        act(&app, &session, &secretariat, "close-sense-check", &[]).await.expect(303);
        uzb.get("/").await.expect(200).lacks("Work programme");
        act(&app, &session, &secretariat, "start-silence", &[("until", "2020-09-21T18:00")]).await.expect(303);
        kaz.get("/").await.expect(200).sees("Silence procedure: adopted unless").sees("21 September 2020");
        pass_until(&app, 0);
        app.head("KAZ").get("/").await.expect(200).lacks("Silence procedure");
    }
}
