//! The draft of a programme before the group: it is seen, kept and adopted with the decision that is about it.

use chrono::{NaiveDate, TimeDelta};
use speca::accounts::Office;
use speca::policy::Capacity;
use speca::programmes::model::{VoteAnswer, number_of};
use speca::programmes::{self, AdoptedBy, State};
use speca::sessions::Session;

use crate::decisions::{ONE, act, next_called};
use crate::on_each_database;
use crate::programmes::{ADOPT, EDIT, adoption, field, fields, five_actions, newest, send, start};
use crate::separate_votes::call;
use crate::support::{Actor, Page, TestApp};

const PAGE: &str = "/sessions/15/programme";
const EN: &str = "The Working Group adopts its work programme.";
const RU: &str = "Рабочая группа принимает свою программу работы.";

/// Prepares a decision about the draft `WP-2020`.
async fn prepare(secretariat: &Actor<'_>) {
    let fields = [
        ("title_en", "The work programme"),
        ("title_ru", "Программа работы"),
        ("about", "WP-2020"),
        ("text_en", EN),
        ("text_ru", RU),
        ("checked", "yes"),
        ("edition", "0"),
    ];
    secretariat.post("/sessions/15/decisions/new", &fields).await.expect(303);
}

/// Makes a session whose draft of two places is before the group; the register of objections is open.
async fn tabled(app: &TestApp) -> Session {
    let session = app.session();
    five_actions(app, &session);
    let secretariat = app.secretariat();
    start(&secretariat, "2").await;
    prepare(&secretariat).await;
    act(app, &session, &secretariat, "open-register", &[]).await.expect(303);
    session
}

fn state(app: &TestApp, session: &Session) -> State {
    newest(app, session).0.state
}

/// Saves the draft as it is shown, with another introduction.
async fn introduce(app: &TestApp, session: &Session, secretariat: &Actor<'_>, en: &str) -> Page {
    let set = [("introduction_en".to_owned(), en), ("introduction_ru".to_owned(), "Введение")];
    send(secretariat, EDIT, &fields(&newest(app, session), &set)).await
}

on_each_database! {
    async fn a_draft_is_seen_by_the_group_from_the_decision_that_is_about_it(app: TestApp) {
        let session = app.session();
        five_actions(&app, &session);
        let (secretariat, kaz) = (app.secretariat(), app.head("KAZ"));
        start(&secretariat, "2").await;
        prepare(&secretariat).await;
        let members = [&kaz, &app.delegate("UZB", Capacity::Delegate), &app.delegate("TJK", Capacity::Observer)];
        for reader in members {
            reader.get(PAGE).await.expect(404);
            reader.get("/sessions/15").await.expect(200).lacks("href=\"/sessions/15/programme\"");
        }
        act(&app, &session, &secretariat, "open-sense-check", &[]).await.expect(303);
        assert_eq!(state(&app, &session), State::Tabled);
        for reader in members.into_iter().chain([&app.office(Office::Chair), &secretariat]) {
            reader.get(PAGE).await.expect(200).sees("Draft before the group").sees("Decision 1, before the group").sees("PA-UZB-2020-001");
            reader.get("/sessions/15").await.expect(200).sees("href=\"/sessions/15/programme\"");
            reader.get(ONE).await.expect(200).sees("Adopted with this decision").sees("WP-2020");
        }
        let visitor = app.visitor();
        for sealed in [PAGE, "/sessions/15/programme/0", "/sessions/15/papers/programme.docx", "/sessions/15/exports/programme.csv?lang=en", "/api/v1/sessions/15/programme", ONE] {
            visitor.get(sealed).await.expect(404);
        }
        visitor.get("/sessions/15").await.expect(200).lacks("/sessions/15/programme\"");
        // While delegations say how far they support it, it stays as it is; it is not adopted past the decision.
        introduce(&app, &session, &secretariat, "Changed meanwhile").await.expect(409).sees("before the group in decision 1").sees("Changed meanwhile");
        secretariat.get(EDIT).await.expect(200).sees("before the group in decision 1");
        secretariat.get(ADOPT).await.expect(200).sees("before the group in decision 1");
        send(&secretariat, ADOPT, &adoption(&newest(&app, &session).0, &[])).await.expect(409).sees("before the group in decision 1");
        secretariat.get(PAGE).await.expect(200).lacks("programme/adopt");
        act(&app, &session, &secretariat, "close-sense-check", &[]).await.expect(303);
        introduce(&app, &session, &secretariat, "Changed in the register").await.expect(303);
        kaz.get(PAGE).await.expect(200).sees("Changed in the register");
    }
}

on_each_database! {
    async fn consensus_in_the_room_adopts_the_programme(app: TestApp) {
        let session = tabled(&app).await;
        let secretariat = app.secretariat();
        act(&app, &session, &secretariat, "adopt", &[]).await.expect(303);
        let (programme, _) = newest(&app, &session);
        let today = app.clock.now().date_naive();
        assert_eq!((programme.state, programme.adoption), (State::Adopted, Some((AdoptedBy::Consensus, today))));
        let visitor = app.visitor();
        let words = "The Working Group adopted the work programme for 2021–2023, as contained in document WP-2020, by consensus.";
        visitor.get(PAGE).await.expect(200).sees(words).sees("Decision 1 of the group: Consensus");
        let read = visitor.get("/api/v1/sessions/15/programme").await.expect(200);
        read.sees(words).sees("\"adopted_by\":\"consensus\"");
        visitor.get("/sessions/15/exports/programme.csv?lang=en").await.expect(200).sees("consensus");
        secretariat.get(PAGE).await.expect(200).sees("programme/revise");
    }
}

on_each_database! {
    async fn a_silence_that_nobody_breaks_adopts_the_programme_at_its_end(app: TestApp) {
        let session = tabled(&app).await;
        let secretariat = app.secretariat();
        act(&app, &session, &secretariat, "start-silence", &[("until", "2020-09-21T18:00")]).await.expect(303);
        introduce(&app, &session, &secretariat, "Changed in the silence").await.expect(409);
        let end = NaiveDate::from_ymd_opt(2020, 9, 21).and_then(|day| day.and_hms_opt(12, 0, 0)).expect("time");
        app.pass(end + TimeDelta::hours(40) - app.clock.now().naive_utc());
        // Between the end and the moment at which it is written down the draft cannot be changed either.
        introduce(&app, &session, &secretariat, "Changed after the silence").await.expect(409);
        let id = crate::decisions::held(&app, &session, 1).id;
        let now = app.clock.now().naive_utc();
        app.db.write_here(|tx| speca::decisions::operations::settle(tx, &id, now)).expect("settled");
        let (programme, _) = newest(&app, &session);
        assert_eq!(programme.adoption, Some((AdoptedBy::Silence, end.date())));
        assert_eq!((programme.state, programme.adopted_at), (State::Adopted, Some(end)));
        let visitor = app.visitor();
        visitor.get(PAGE).await.expect(200).sees("under the silence procedure.").lacks("Changed");
        let russian = visitor.get(&format!("{PAGE}?lang=ru")).await;
        russian.sees("в рамках процедуры отсутствия возражений приняла программу работы на 2021–2023 годы");
    }
}

on_each_database! {
    async fn a_vote_that_carries_adopts_the_programme_with_its_roll_and_one_that_does_not_hands_it_back(app: TestApp) {
        let session = tabled(&app).await;
        let secretariat = app.secretariat();
        act(&app, &session, &secretariat, "ask-vote", &[("asked_by", "TJK")]).await.expect(303);
        introduce(&app, &session, &secretariat, "Changed in the vote").await.expect(409);
        call(&app, &session, &secretariat, ["yes", "yes", "yes", "yes", "no", "abstain", "absent"]).await;
        let (programme, _) = newest(&app, &session);
        assert_eq!(programme.adoption.map(|(by, _)| by), Some(AdoptedBy::RecordedVote));
        let votes = app.db.read_here(move |conn| programmes::store::votes_of(conn, &programme.id)).expect("votes");
        assert_eq!((votes.len(), number_of(&votes, VoteAnswer::Yes), number_of(&votes, VoteAnswer::No)), (7, 4, 1));
        app.visitor().get(PAGE).await.expect(200).sees("by a recorded vote of 4 in favour to 1 against, with 1 abstaining");
    }
}

on_each_database! {
    async fn what_falls_or_is_withdrawn_goes_back_to_its_builders(app: TestApp) {
        let session = tabled(&app).await;
        let (secretariat, kaz) = (app.secretariat(), app.head("KAZ"));
        act(&app, &session, &secretariat, "ask-vote", &[("asked_by", "TJK")]).await.expect(303);
        assert_eq!(next_called(&app, &session).len(), 3);
        call(&app, &session, &secretariat, ["no", "no", "no", "no", "yes", "abstain", "absent"]).await;
        assert_eq!(state(&app, &session), State::Draft);
        kaz.get(PAGE).await.expect(404);
        introduce(&app, &session, &secretariat, "Built anew").await.expect(303);
        // A second decision brings it back, a third about the same draft waits, and a withdrawal frees it.
        prepare(&secretariat).await;
        prepare(&secretariat).await;
        let step = async |number: i32, step: &str, fields: &[(&str, &str)]| {
            let edition = crate::decisions::held(&app, &session, number).edition.to_string();
            let mut all = vec![("edition", edition.as_str())];
            all.extend_from_slice(fields);
            secretariat.post(&format!("/sessions/15/decisions/{number}/acts/{step}"), &all).await
        };
        step(2, "open-register", &[]).await.expect(303);
        step(3, "open-register", &[]).await.expect(409).sees("in another decision already");
        step(3, "withdraw", &[("reason", "Not needed.")]).await.expect(303);
        assert_eq!(state(&app, &session), State::Tabled);
        step(2, "withdraw", &[("reason", "Later.")]).await.expect(303);
        assert_eq!(state(&app, &session), State::Draft);
        send(&secretariat, ADOPT, &adoption(&newest(&app, &session).0, &[])).await.expect(303);
        assert_eq!(state(&app, &session), State::Adopted);
    }
}

on_each_database! {
    async fn a_draft_that_lacks_something_does_not_come_before_the_group(app: TestApp) {
        let session = app.session();
        let actions = five_actions(&app, &session);
        let secretariat = app.secretariat();
        start(&secretariat, "2").await;
        prepare(&secretariat).await;
        let held = newest(&app, &session);
        let (included, why) =
            (field(&held, &actions[0], "included"), field(&held, &actions[0], "override_reason"));
        send(&secretariat, EDIT, &fields(&held, &[(included, ""), (why, "None of them.")])).await.expect(303);
        for rung in ["open-register", "open-sense-check"] {
            act(&app, &session, &secretariat, rung, &[]).await.expect(409).sees("at least one action");
        }
        assert_eq!(state(&app, &session), State::Draft);
    }
}
