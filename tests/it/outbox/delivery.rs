//! Delivery to a real mail server that takes, refuses, delays and drops.

use chrono::TimeDelta;
use speca::db::StoreError;
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::token::new_token;
use speca::outbox::delivery::{CLAIM, Round};
use speca::outbox::model::{ATTEMPTS_MAX, Encryption, MailServer, WAIT_MAX};
use speca::outbox::{self, Fact, Kind, Letter, State, To};
use speca::policy::Capacity;

use super::server::{SITE, Server, desk, round};
use super::{messages, of, write, write_to};
use crate::on_each_database;
use crate::support::TestApp;

fn states(app: &TestApp) -> Vec<(String, State, i32)> {
    messages(app).into_iter().map(|message| (message.email, message.state, message.attempts)).collect()
}

on_each_database! {
    async fn a_mail_arrives_whole(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        let now = app.clock.now().naive_utc();
        let letter = Letter::new(Kind::Returned, "/submissions/PA-KAZ-2020-001")
            .text("reference", "PA-KAZ-2020-001")
            .with("title", Fact::Both(Bilingual::new("Agree on data".to_owned(), "Согласовать данные".to_owned())))
            .with("deadline", Fact::moment(now, chrono_tz::Tz::Asia__Almaty))
            .text("note", "Первая строка.\n.\nThird line.");
        write(&app, &letter, To::Address("head@example.org", "Глава делегации", Lang::Ru), now);
        assert_eq!(round(&server.desk(&app)).await, Round { sent: 1, ..Round::default() });
        let mail = server.only("head@example.org");
        assert_eq!(mail["subject"], "Требуется действие: PA-KAZ-2020-001: возвращено с замечаниями");
        assert_eq!(mail["name"], "Глава делегации");
        let body = mail["body"].as_str().expect("text");
        for part in [
            "Вниманию: Глава делегации",
            "Название: Согласовать данные",
            "Срок: 14 сентября 2020 года, 14:00 (UTC+6)",
            "Первая строка.\n.\nThird line.",
            &format!("{SITE}/submissions/PA-KAZ-2020-001"),
        ] {
            assert!(body.contains(part), "{part}\n{body}");
        }
        assert_eq!(body.matches("https://").count(), 1, "one link\n{body}");
        let kept = messages(&app).remove(0);
        assert_eq!((kept.state, kept.sent_at), (State::Sent, Some(now)));
        assert_eq!((kept.subject.as_str(), kept.body.as_str()), (mail["subject"].as_str().expect("subject"), body));
        assert_eq!(mail["id"], format!("<{}@example.org>", kept.id));
        let headers: Vec<&str> = mail["headers"].as_array().expect("headers").iter().filter_map(|name| name.as_str()).collect();
        assert!(headers.contains(&"Auto-Submitted") && headers.contains(&"Reply-To"), "{headers:?}");
        assert_eq!(round(&server.desk(&app)).await, Round::default(), "nothing goes out twice");
    }
}

on_each_database! {
    async fn what_is_put_off_goes_out_later_and_what_is_refused_does_not(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        for email in ["busy@example.org", "unknown@example.org", "dropped@example.org", "good@example.org"] {
            write_to(&app, email);
        }
        let desk = server.desk(&app);
        assert_eq!(round(&desk).await, Round { sent: 1, later: 2, lost: 1 });
        let kept = messages(&app);
        let said = |place: usize| kept[place].last_error.clone();
        assert!(said(0).contains("451") && said(1).contains("550") && !said(2).is_empty(), "{kept:?}");
        assert_eq!(round(&desk).await, Round::default(), "it pauses first");
        app.pass(TimeDelta::minutes(1));
        assert_eq!(round(&desk).await, Round { sent: 2, ..Round::default() });
        let found = states(&app);
        let state = |email: &str| found.iter().find(|(to, ..)| to == email).map(|(_, state, tries)| (*state, *tries));
        assert_eq!(state("busy@example.org"), Some((State::Sent, 2)));
        assert_eq!(state("dropped@example.org"), Some((State::Sent, 2)));
        assert_eq!(state("unknown@example.org"), Some((State::Failed, 1)));
        assert_eq!(state("good@example.org"), Some((State::Sent, 1)));
        assert_eq!(server.received().len(), 3);
    }
}

on_each_database! {
    async fn a_server_that_does_not_answer_is_left_alone_for_a_while(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        write_to(&app, "slow@example.org");
        assert_eq!(round(&server.desk(&app)).await, Round { later: 1, ..Round::default() });
        assert!(messages(&app)[0].last_error.contains("no answer"), "{:?}", messages(&app));
        let gone = MailServer { port: 1, ..server.settings() };
        let away = desk(&app, Some(&gone));
        for number in 0..10 {
            write_to(&app, &format!("{number}@example.org"));
        }
        assert_eq!(round(&away).await.later, 3, "a round ends when the server is not there");
        for _ in 0..ATTEMPTS_MAX {
            app.pass(TimeDelta::days(1));
            for _ in 0..5 {
                round(&away).await;
            }
        }
        let left = states(&app);
        assert!(left.iter().all(|(_, state, _)| *state == State::GivenUp), "{left:?}");
        assert_eq!(server.received(), Vec::<serde_json::Value>::new());
    }
}

on_each_database! {
    async fn two_deliverers_never_send_one_mail_twice(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        for number in 0..24 {
            write_to(&app, &format!("office-{number}@example.org"));
        }
        let (one, two, three) = (server.desk(&app), server.desk(&app), server.desk(&app));
        let done = rocket::tokio::join!(round(&one), round(&two), round(&three));
        let mut ids: Vec<String> = server.received().iter().map(|mail| mail["id"].to_string()).collect();
        assert_eq!(ids.len(), 24, "{done:?}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 24);
        assert_eq!(done.0.sent + done.1.sent + done.2.sent, 24);
        assert!(states(&app).iter().all(|(_, state, tries)| (*state, *tries) == (State::Sent, 1)));
    }
}

on_each_database! {
    async fn what_a_stopped_deliverer_had_claimed_goes_out_when_the_claim_ends(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        write_to(&app, "head@example.org");
        let now = app.clock.now().naive_utc();
        let claim = |by: &'static str, now| {
            app.db.write_here(|tx| outbox::store::claim(tx, by, now + CLAIM, now)).expect("answer")
        };
        let claimed = claim("stopped", now).expect("due");
        assert_eq!(claim("another", now), None);
        assert_eq!(round(&server.desk(&app)).await, Round::default());
        app.pass(CLAIM);
        assert_eq!(round(&server.desk(&app)).await.sent, 1);
        let late = app.db.write_here(|tx| {
            let refused = outbox::model::Attempt::Never("550".to_owned());
            outbox::store::settle(tx, &claimed, "stopped", &refused, ("", ""), now)
        });
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        assert_eq!(states(&app)[0].1, State::Sent);
    }
}

on_each_database! {
    async fn nothing_goes_out_without_the_encryption_that_is_set(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        write_to(&app, "head@example.org");
        for encryption in [Encryption::StartTls, Encryption::Tls] {
            let settings = MailServer { encryption, ..server.settings() };
            assert_eq!(round(&desk(&app, Some(&settings))).await.sent, 0);
            app.pass(TimeDelta::hours(1));
        }
        assert_eq!(server.received(), Vec::<serde_json::Value>::new());
        assert_eq!(states(&app)[0].1, State::Waiting);
    }
}

on_each_database! {
    async fn a_wrong_password_of_ours_is_not_held_against_the_recipient(app: TestApp) {
        let Some(server) = Server::start(&["speca", "right"]) else { return };
        write_to(&app, "head@example.org");
        let with = |password: &str| {
            let credentials = Some(("speca".to_owned(), password.to_owned()));
            desk(&app, Some(&MailServer { credentials, ..server.settings() }))
        };
        assert_eq!(round(&with("wrong")).await, Round { later: 1, ..Round::default() });
        assert!(messages(&app)[0].last_error.contains("535"), "{:?}", messages(&app));
        app.pass(TimeDelta::hours(1));
        assert_eq!(round(&with("right")).await.sent, 1);
    }
}

on_each_database! {
    async fn nothing_typed_adds_a_header_or_a_recipient(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        let now = app.clock.now().naive_utc();
        let evil = "X\r\nBcc: thief@example.org\r\n\r\nHello\u{2028}";
        let letter = Letter::new(Kind::ProgrammeAdopted, "/").text("programme", evil).text("session", evil);
        write(&app, &letter, To::Address("head@example.org", evil, Lang::En), now);
        write(&app, &letter, To::Address("a@example.org\r\nRCPT TO:<thief@example.org>", "Office", Lang::En), now);
        assert_eq!(round(&server.desk(&app)).await, Round { sent: 1, later: 0, lost: 1 });
        let mail = server.only("head@example.org");
        let headers: Vec<&str> = mail["headers"].as_array().expect("headers").iter().filter_map(|name| name.as_str()).collect();
        assert!(!headers.contains(&"Bcc"), "{headers:?}");
        assert_eq!(mail["subject"], "The work programme X Bcc: thief@example.org Hello is adopted");
        assert_eq!(server.received().len(), 1);
    }
}

on_each_database! {
    async fn what_waited_too_long_is_given_up(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        write_to(&app, "head@example.org");
        app.pass(WAIT_MAX + TimeDelta::minutes(1));
        assert_eq!(round(&server.desk(&app)).await, Round { lost: 1, ..Round::default() });
        assert_eq!(server.received(), Vec::<serde_json::Value>::new());
        assert_eq!(states(&app)[0].1, State::GivenUp);
    }
}

on_each_database! {
    async fn a_daily_mail_holds_what_asks_for_nothing(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        let head = app.head("KAZ");
        let kaz = app.delegation("KAZ");
        head.post("/account/mail", &[("pace", "daily")]).await.expect(303);
        head.get("/account").await.expect(200).sees("value=\"daily\" checked");
        let now = app.clock.now().naive_utc();
        let tell = |kind: Kind, reference: &str| {
            let letter = Letter::new(kind, format!("/submissions/{reference}")).text("reference", reference);
            write(&app, &letter, To::Delegation(&kaz, &[Capacity::Head]), now);
        };
        tell(Kind::Accepted, "PA-KAZ-2020-001");
        tell(Kind::NotRetained, "PA-KAZ-2020-002");
        tell(Kind::Returned, "PA-KAZ-2020-003");
        let desk = server.desk(&app);
        assert_eq!(round(&desk).await.sent, 1, "what asks to act comes at once");
        app.pass(TimeDelta::days(1));
        assert_eq!(round(&desk).await.sent, 1);
        let received = server.received();
        let subjects: Vec<&str> = received.iter().filter_map(|mail| mail["subject"].as_str()).collect();
        assert_eq!(subjects, ["Action required: PA-KAZ-2020-003 was returned with comments", "Messages of the day: 2"]);
        let body = received[1]["body"].as_str().expect("text");
        for part in ["PA-KAZ-2020-001 was accepted", "PA-KAZ-2020-002 was not retained", "/submissions/PA-KAZ-2020-002"] {
            assert!(body.contains(part), "{part}\n{body}");
        }
        let found: Vec<State> = of(&app, &head.account).into_iter().map(|message| message.state).collect();
        assert_eq!(found, [State::Gathered, State::Gathered, State::Sent, State::Sent]);
        tell(Kind::Accepted, "PA-KAZ-2020-004");
        app.pass(TimeDelta::days(2));
        assert_eq!(round(&desk).await.sent, 1);
        assert_eq!(server.received()[2]["subject"], "PA-KAZ-2020-004 was accepted", "a single one goes out as it is");
    }
}

on_each_database! {
    async fn without_a_mail_server_everything_stays_in_the_outbox(app: TestApp) {
        write_to(&app, "head@example.org");
        assert_eq!(round(&desk(&app, None)).await, Round::default());
        assert_eq!(states(&app), [("head@example.org".to_owned(), State::Waiting, 0)]);
    }
}

on_each_database! {
    async fn the_same_message_is_written_once(app: TestApp) {
        let now = app.clock.now().naive_utc();
        let letter = Letter::new(Kind::Accepted, "/").once(new_token());
        for _ in 0..2 {
            write(&app, &letter, To::Address("head@example.org", "Office", Lang::En), now);
        }
        assert_eq!(messages(&app).len(), 1);
    }
}

on_each_database! {
    async fn mails_that_were_done_with_long_ago_are_forgotten(app: TestApp) {
        use diesel::prelude::*;
        let (head, other) = (app.head("KAZ"), app.head("UZB"));
        let now = app.clock.now().naive_utc();
        let letter = || Letter::new(Kind::Accepted, "/").text("reference", "PA-KAZ-2020-001");
        app.db.write_here(|tx| outbox::store::set_pace(tx, &head.account, outbox::Pace::Daily)).expect("pace");
        for _ in 0..2 {
            write(&app, &letter(), To::Account(&head.account), now);
        }
        write(&app, &letter(), To::Account(&other.account), now);
        let desk = desk(&app, None).keeping(30);
        app.pass(TimeDelta::days(1));
        round(&desk).await;
        assert_eq!(messages(&app).len(), 4, "two inside a daily mail");
        let done = |id: &speca::kernel::ids::MessageId| {
            let id = id.clone();
            app.db
                .write_here(|tx| -> Result<(), StoreError> {
                    diesel::update(speca::db::schema::messages::table.find(&id))
                        .set(speca::db::schema::messages::state.eq(State::Sent))
                        .execute(&mut **tx)?;
                    Ok(())
                })
                .expect("sent");
        };
        let digest = messages(&app).into_iter().find(|one| one.kind == Kind::Digest).expect("a daily mail");
        done(&digest.id);
        app.pass(TimeDelta::days(29));
        round(&desk).await;
        assert_eq!(messages(&app).len(), 4, "what is inside stays as long as its daily mail");
        app.pass(TimeDelta::days(2));
        round(&desk).await;
        let left: Vec<_> = messages(&app).into_iter().map(|one| (one.account, one.state)).collect();
        assert_eq!(left, [(Some(other.account.clone()), State::Waiting)], "what was never sent stays");
    }
}
