//! The plenary screen: what an observer may see and no more, live over several readers, right after a lost connection.

use chrono::TimeDelta;
use rocket::http::Status;
use rocket::tokio::io::AsyncReadExt as _;
use rocket::tokio::time::timeout;
use speca::accounts::Office;
use speca::kernel::lang::Lang;
use speca::plenary::feed::STREAMS_MAX;
use speca::policy::Capacity;
use speca::sessions::Session;

use crate::ballots::{cast, opened, stage, step};
use crate::decisions::act;
use crate::factories::decision;
use crate::on_each_database;
use crate::separate_votes::{call, vote};
use crate::support::{Actor, TestApp};

const SCREEN: &str = "/sessions/15/plenary";
const ONCE: &str = "/sessions/15/plenary/events?once=true";
/// Longest wait for an event: the feed reads once a second.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// Returns the screen as the page shows it at once and an event tells it a reading later, when both say some words.
async fn seen(who: &Actor<'_>, words: &str) -> [String; 2] {
    let page = who.get(SCREEN).await.expect(200).sees(words).body;
    let told = async {
        loop {
            let event = who.get(ONCE).await.expect(200);
            if event.body.contains(words) {
                return event;
            }
        }
    };
    let event = timeout(PATIENCE, told).await.expect("an event with these words in time");
    let kind = event.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    assert_eq!(kind.map(|(_, value)| value.as_str()), Some("text/event-stream"));
    assert!(event.body.contains("retry:2000") && event.body.contains("event:screen"), "{}", event.body);
    [page, event.body]
}

on_each_database! {
    async fn the_screen_shows_who_has_cast_and_never_what(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        let observer = app.delegate("UZB", Capacity::Observer);
        seen(&observer, "Nothing is before the group").await;
        opened(&secretariat, &[]).await;
        seen(&observer, "0 of 7").await;
        cast(&app.head("KAZ"), "1 2 3").await;
        seen(&observer, "1 of 7").await;
        cast(&app.head("UZB"), "3 2 1").await;
        for shown in seen(&observer, "2 of 7").await {
            assert!(!shown.contains("PA-") && !shown.contains("class=\"order\""), "{shown}");
        }
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        // The papers are counted and the secretariat could see what came out; the screen does not, whoever opens it.
        secretariat.get("/sessions/15/ballots/1/result").await.expect(200).sees("PA-KAZ-2020-001");
        for who in [&secretariat, &observer] {
            for shown in seen(who, "not certified yet").await {
                assert!(!shown.contains("class=\"order\"") && !shown.contains("Agree on data"), "{shown}");
            }
        }
        step(&app, &secretariat, &session, "certify").await.expect(303);
        seen(&observer, "class=\"order\"").await;
    }
}

on_each_database! {
    async fn the_screen_is_for_the_hall(app: TestApp) {
        app.session();
        for page in [SCREEN, ONCE] {
            app.visitor().get(page).await.expect(303);
            for office in [Office::Chair, Office::Secretariat] {
                app.office(office).get(page).await.expect(200);
            }
            app.office(Office::Administrator).get(page).await.expect(404);
            app.head("KAZ").get(page).await.expect(200);
        }
        app.head("KAZ").get("/sessions/99/plenary").await.expect(404);
        app.head("KAZ").get("/sessions/99/plenary/events?once=true").await.expect(404);
    }
}

#[rocket::async_test]
async fn every_connection_gets_the_whole_screen_and_then_what_changes() {
    let app = TestApp::on_sqlite().await;
    app.session();
    let secretariat = app.secretariat();
    let request = secretariat.request("/sessions/15/plenary/events");
    let mut stream = request.dispatch().await;
    assert_eq!(stream.status(), Status::Ok);
    let mut heard = String::new();
    let mut more = vec![0; 4096];
    let fields = decision(["Decision 4711", "Решение 4711"], ["One.", "Один."]);
    let mut has_asked = false;
    while !heard.contains("Decision 4711") {
        let read =
            timeout(PATIENCE, stream.read(&mut more)).await.expect("an event in time").expect("the stream goes on");
        assert!(read > 0, "the stream ended: {heard}");
        heard.push_str(&String::from_utf8_lossy(&more[..read]));
        if !has_asked && heard.contains("Nothing is before the group") {
            has_asked = true;
            secretariat.post("/sessions/15/decisions/new", &fields).await.expect(303);
            secretariat.post("/sessions/15/decisions/1/acts/open-register", &[("edition", "1")]).await.expect(303);
        }
    }
    drop(stream);
    // Whoever comes back gets all of it at once, whatever was missed.
    assert!(secretariat.get(ONCE).await.expect(200).body.contains("Decision 4711"));
}

#[rocket::async_test]
async fn there_is_an_end_to_the_number_of_streams() {
    let app = TestApp::on_sqlite().await;
    app.session();
    let feed = app.client.rocket().state::<speca::plenary::feed::Feed>().expect("feed").clone();
    let secretariat = app.secretariat();
    let seats: Vec<_> = (0..STREAMS_MAX).map(|_| feed.seat(15).expect("a seat")).collect();
    let refused = secretariat.get(ONCE).await.expect(503);
    assert!(refused.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("retry-after")));
    secretariat.get(SCREEN).await.expect(200);
    drop(seats);
    secretariat.get(ONCE).await.expect(200);
}

#[rocket::async_test]
async fn a_stream_ends_when_the_program_does() {
    let app = TestApp::on_sqlite().await;
    app.session();
    let secretariat = app.secretariat();
    let mut stream = secretariat.request("/sessions/15/plenary/events").dispatch().await;
    let mut some = vec![0; 256];
    let read = timeout(PATIENCE, stream.read(&mut some)).await.expect("in time").expect("an event");
    assert!(read > 0);
    app.client.rocket().shutdown().notify();
    let mut rest = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("the stream ends in time").expect("read");
}

on_each_database! {
    async fn a_silence_on_the_screen_runs_out_by_itself(app: TestApp) {
        app.session();
        let secretariat = app.secretariat();
        let fields = decision(["Decision", "Решение"], ["One.", "Один."]);
        secretariat.post("/sessions/15/decisions/new", &fields).await.expect(303);
        secretariat.post("/sessions/15/decisions/1/acts/open-register", &[("edition", "1")]).await.expect(303);
        let until = [("edition", "2"), ("until", "2020-09-21T18:00")];
        secretariat.post("/sessions/15/decisions/1/acts/start-silence", &until).await.expect(303);
        let head = app.head("KAZ");
        seen(&head, "7 d 4 h 0 min").await;
        app.pass(TimeDelta::days(7) + TimeDelta::hours(4) - TimeDelta::seconds(5));
        seen(&head, "5 s").await;
        app.pass(TimeDelta::seconds(5));
        seen(&head, "silence procedure that ended without objection").await;
    }
}

on_each_database! {
    async fn what_was_concluded_last_stays_until_something_newer_moves(app: TestApp) {
        let session = stage(&app);
        let (secretariat, observer) = (app.secretariat(), app.delegate("UZB", Capacity::Observer));
        opened(&secretariat, &[]).await;
        cast(&app.head("KAZ"), "1 2 3").await;
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        app.pass(TimeDelta::minutes(1));
        put_before(&app, &session).await;
        act(&app, &session, &secretariat, "start-silence", &[("until", "2020-09-25T18:00")]).await.expect(303);
        // What is voted on is shown before what is discussed, and the result that follows stays.
        seen(&observer, "not certified yet").await;
        app.pass(TimeDelta::minutes(1));
        step(&app, &secretariat, &session, "certify").await.expect(303);
        seen(&observer, "class=\"order\"").await;
        app.pass(TimeDelta::hours(20));
        for shown in seen(&observer, "class=\"order\"").await {
            assert!(shown.contains("Certified result") && !shown.contains("Adopted at the time below"), "{shown}");
        }
        // The silence procedure is given more time: that is newer. So is its end, which nobody has to write down.
        let more = [("until", "2020-09-28T18:00"), ("reason", "A holiday")];
        act(&app, &session, &secretariat, "extend-silence", &more).await.expect(303);
        seen(&observer, "Adopted at the time below").await;
        app.pass(TimeDelta::days(20));
        seen(&observer, "silence procedure that ended without objection").await;
    }
}

on_each_database! {
    async fn the_screen_says_which_part_is_voted_and_what_became_of_the_others(app: TestApp) {
        let session = app.session();
        put_before(&app, &session).await;
        let (secretariat, kaz) = (app.secretariat(), app.head("KAZ"));
        let observer = app.delegate("UZB", Capacity::Observer);
        act(&app, &session, &kaz, "ask-vote", &[]).await.expect(303);
        let parts = "/sessions/15/decisions/1/parts";
        for paragraph in ["3", "2"] {
            kaz.post(parts, &[("paragraph", paragraph)]).await.expect(303);
        }
        // The part before the group stands with its words, the other one waits; nobody is called on the whole.
        for shown in seen(&observer, "Part A is voted separately").await {
            assert!(shown.contains("class=\"passage\">Three.<") && shown.contains("Not voted yet."), "{shown}");
            assert!(!shown.contains("is called") && !shown.contains("Two."), "{shown}");
        }
        vote(&app, &session, &secretariat, "A", ["yes", "no", "no", "abstain", "no", "absent", "yes"]).await.expect(303);
        for shown in seen(&observer, "Part B is voted separately").await {
            assert!(shown.contains("class=\"passage\">Two.<"), "{shown}");
            assert!(shown.contains("Left out: 2 in favour, 3 against, 1 abstaining.") && !shown.contains("Three."), "{shown}");
        }
        let feed = app.client.rocket().state::<speca::plenary::feed::Feed>().expect("feed").clone();
        let picture = feed.picture(15).await.expect("a picture");
        for words in ["Исключена: за — 2", "Раздельное голосование по части B", ">Два.<"] {
            assert!(picture.get(Lang::Ru).contains(words), "{words}: {}", picture.get(Lang::Ru));
        }
        vote(&app, &session, &secretariat, "B", ["yes"; 7]).await.expect(303);
        for shown in seen(&observer, "is called").await {
            assert!(shown.contains("Kept: 7 in favour") && shown.contains("Left out: 2") && !shown.contains("passage"), "{shown}");
        }
        call(&app, &session, &secretariat, ["yes"; 7]).await;
        seen(&observer, "Kept: 7 in favour").await;
    }
}

/// Puts a decision of three paragraphs before the group.
async fn put_before(app: &TestApp, session: &Session) {
    let fields = decision(["Decision", "Решение"], ["One.\nTwo.\nThree.", "Один.\nДва.\nТри."]);
    let secretariat = app.secretariat();
    secretariat.post("/sessions/15/decisions/new", &fields).await.expect(303);
    act(app, session, &secretariat, "open-register", &[]).await.expect(303);
}
