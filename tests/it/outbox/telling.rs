//! Who is told what: those concerned, in their language, with the act or not at all; never what is sealed.

use chrono::TimeDelta;
use speca::accounts::{self, Office};
use speca::kernel::ids::AccountId;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind as SubmissionKind;
use speca::outbox::{self, Kind, Letter, To};
use speca::policy::Capacity;
use speca::refusals::OperationError;
use speca::submissions::State as SubmissionState;

use super::server::{Server, desk, round};
use super::{messages, of, told, worded, write};
use crate::ballots::{cast, opened, stage, step};
use crate::on_each_database;
use crate::submissions::act;

on_each_database! {
    async fn a_text_on_its_way_tells_those_who_are_to_act(app: TestApp) {
        let session = app.session();
        let (delegate, head, other) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"), app.head("UZB"));
        let (secretariat, colleague) = (app.secretariat(), app.secretariat());
        app.db.write_here(|tx| accounts::store::set_language(tx, &head.account, Lang::Ru)).expect("language");
        let one = app.submission(&session, "KAZ", SubmissionKind::Action, SubmissionState::Draft, "Agree on data");
        act(&delegate, &one.reference, "request-clearance", &[]).await.expect(303);
        act(&head, &one.reference, "send-back", &[("note", "Shorter, please")]).await.expect(303);
        act(&delegate, &one.reference, "request-clearance", &[]).await.expect(303);
        act(&head, &one.reference, "clear", &[]).await.expect(303);
        act(&secretariat, &one.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &one.reference, "return", &[("note", "Add indicators")]).await.expect(303);
        let expected = [
            (Kind::ClearanceRequested, &head),
            (Kind::SentBack, &delegate),
            (Kind::ClearanceRequested, &head),
            (Kind::Submitted, &secretariat),
            (Kind::Submitted, &colleague),
            (Kind::Returned, &head),
            (Kind::Returned, &delegate),
        ];
        let expected: Vec<_> = expected.iter().map(|(kind, actor)| (*kind, Some(actor.account.clone()))).collect();
        // The text was made by one of the secretariat who is not among these.
        let known = |account: &Option<AccountId>| expected.iter().any(|(_, one)| one == account);
        let found: Vec<_> = told(&app).into_iter().filter(|(_, account)| known(account)).collect();
        assert_eq!(found, expected);
        assert_eq!(of(&app, &other.account), []);
        let words: Vec<_> = messages(&app).iter().map(worded).collect();
        assert_eq!(words[0].subject, format!("Требуется действие: {}: ожидается ваше утверждение", one.reference));
        assert!(words[0].body.starts_with("Вниманию: Глава делегации, Казахстан\n"), "{}", words[0].body);
        assert!(words[1].body.contains("Shorter, please"), "{}", words[1].body);
        assert!(words[3].body.contains("Delegation: Kazakhstan") && !words[3].subject.contains("Action"), "{words:?}");
        let last = &words[words.len() - 1];
        assert!(last.subject.starts_with("Action required: ") && words[6].body.contains("Add indicators"));
    }
}

on_each_database! {
    async fn an_act_that_does_not_happen_tells_nobody(app: TestApp) {
        let now = app.clock.now().naive_utc();
        let refused = app.db.write_here(|tx| -> Result<(), OperationError> {
            let letter = Letter::new(Kind::Accepted, "/").text("reference", "PA-KAZ-2020-001");
            outbox::write(tx, &letter, To::Address("head@example.org", "Office", Lang::En), None, now)?;
            Err(OperationError::refused("account-own"))
        });
        assert!(refused.is_err());
        assert_eq!(messages(&app), []);
        let session = app.session();
        let (delegate, _head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let one = app.submission(&session, "KAZ", SubmissionKind::Action, SubmissionState::Draft, "Agree on data");
        let address = format!("/submissions/{}/acts/request-clearance", one.reference);
        assert_ne!(delegate.post(&address, &[("revision", "7")]).await.status.code, 500);
        assert_eq!(messages(&app), []);
    }
}

on_each_database! {
    async fn nobody_is_told_after_the_accreditation_ended_or_the_account_was_disabled(app: TestApp) {
        let (kaz, now) = (app.delegation("KAZ"), app.clock.now().naive_utc());
        let (head, alternate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Alternate));
        app.db.write_here(|tx| accounts::store::disable(tx, &alternate.account, now)).expect("disabled");
        let letter = Letter::new(Kind::Accepted, "/").text("reference", "PA-KAZ-2020-001");
        write(&app, &letter, To::Delegation(&kaz, outbox::ALL), now);
        assert_eq!(told(&app), [(Kind::Accepted, Some(head.account.clone()))]);
    }
}

on_each_database! {
    async fn mails_about_a_ballot_hold_nothing_of_what_is_sealed(app: TestApp) {
        let session = stage(&app);
        let secretariat = app.secretariat();
        let (kaz, uzb, delegate) = (app.head("KAZ"), app.head("UZB"), app.delegate("AZE", Capacity::Delegate));
        opened(&secretariat, &[]).await;
        let expected = [&kaz, &uzb, &delegate].map(|actor| (Kind::BallotOpened, Some(actor.account.clone())));
        let mut found = told(&app);
        found.sort_by_key(|(_, account)| account.clone());
        let mut wanted = expected.to_vec();
        wanted.sort_by_key(|(_, account)| account.clone());
        assert_eq!(found, wanted);
        let asks = |account| worded(&of(&app, account)[0]).subject.starts_with("Action required: ");
        assert!(asks(&kaz.account) && !asks(&delegate.account), "the head confirms, a delegate may prepare");
        cast(&kaz, "1 2 3").await;
        let desk = desk(&app, None);
        round(&desk).await;
        let closing: Vec<_> =
            told(&app).into_iter().filter(|(kind, _)| *kind == Kind::BallotClosing).map(|(_, account)| account).collect();
        assert_eq!(closing, [Some(uzb.account.clone())], "reminded is only who has not voted");
        round(&desk).await;
        assert_eq!(messages(&app).len(), 4, "and only once");
        app.pass(TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        round(&desk).await;
        for message in messages(&app) {
            let text = format!("{:?}\n{}", message.facts, worded(&message).body);
            for sealed in ["PA-KAZ", "PA-KGZ", "PA-UZB", "Agree on data", "Borda", "priorit"] {
                assert!(!text.contains(sealed), "{sealed} in a mail before the result is certified:\n{text}");
            }
        }
        assert!(!told(&app).iter().any(|(kind, _)| *kind == Kind::BallotCertified));
        let chair = app.office(Office::Chair);
        step(&app, &secretariat, &session, "certify").await.expect(303);
        let certified = told(&app).into_iter().filter(|(kind, _)| *kind == Kind::BallotCertified);
        let mut certified: Vec<_> = certified.filter_map(|(_, account)| account).collect();
        certified.sort();
        let mut wanted = vec![kaz.account.clone(), uzb.account.clone(), delegate.account.clone(), chair.account.clone()];
        wanted.sort();
        assert_eq!(certified, wanted);
    }
}

on_each_database! {
    async fn before_submissions_close_those_are_reminded_who_have_handed_nothing_in(app: TestApp) {
        let session = app.session();
        let (done, waiting, observer) =
            (app.head("KAZ"), app.delegate("UZB", Capacity::Delegate), app.delegate("UZB", Capacity::Observer));
        app.submission(&session, "KAZ", SubmissionKind::Practice, SubmissionState::Submitted, "Single window");
        app.submission(&session, "UZB", SubmissionKind::Practice, SubmissionState::Draft, "A draft");
        let desk = desk(&app, None);
        round(&desk).await;
        assert_eq!(messages(&app), [], "there is time");
        // The windows close on 31 December 2020 at 00:00.
        app.pass(TimeDelta::days(105));
        let expected: Vec<_> = [5, 1].iter().map(|_| (Kind::SubmissionsClosing, Some(waiting.account.clone()))).collect();
        round(&desk).await;
        round(&desk).await;
        assert_eq!(told(&app), expected[..1]);
        app.pass(TimeDelta::days(2));
        rocket::tokio::join!(round(&desk), round(&desk));
        assert_eq!(told(&app), expected);
        assert!(of(&app, &done.account).is_empty() && of(&app, &observer.account).is_empty());
        let words = worded(&messages(&app)[0]);
        assert_eq!(words.subject, "Action required: Submissions close soon");
        assert!(words.body.contains("Deadline: 31 December 2020, 06:00 (UTC+6)"), "{}", words.body);
    }
}

on_each_database! {
    async fn reviewers_are_told_of_their_appointment_and_of_what_is_missing(app: TestApp) {
        let session = app.session();
        app.accepted_action(&session, "UZB", "Study corridors");
        let (secretariat, person) = (app.secretariat(), app.head("KAZ"));
        let own = app.reviewer(&session.id, Some("UZB"));
        secretariat
            .post("/sessions/15/reviewers", &[("account", person.account.as_str()), ("email", "")])
            .await
            .expect(303);
        let desk = desk(&app, None);
        round(&desk).await;
        let kinds = |account| of(&app, account).into_iter().map(|message| message.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&person.account), [Kind::ReviewerAppointed]);
        app.pass(TimeDelta::days(107));
        round(&desk).await;
        assert_eq!(kinds(&person.account)[1..], [Kind::SubmissionsClosing, Kind::ReviewsClosing]);
        assert_eq!(kinds(&own.account), [], "the action of one's own country asks for no review");
        assert!(worded(&of(&app, &person.account)[2]).body.starts_with("For the attention of: Reviewer\n"));
    }
}

on_each_database! {
    async fn a_reminder_brings_its_deadline_as_a_calendar_file(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        app.session();
        let head = app.head("UZB");
        app.pass(TimeDelta::days(105));
        round(&server.desk(&app)).await;
        let mail = server.only(&of(&app, &head.account)[0].email);
        let file = mail["attachments"][0].as_str().expect("a file");
        for line in ["DTSTART:20201231T000000Z", "METHOD:PUBLISH", "URL:https://speca.example.org/sessions/15/submissions"] {
            assert!(file.lines().any(|found| found.trim_end() == line), "{line}\n{file}");
        }
    }
}

on_each_database! {
    async fn the_deadlines_of_a_session_are_a_calendar_file(app: TestApp) {
        app.session();
        let page = app.visitor().get("/sessions/15/calendar.ics?lang=ru").await.expect(200);
        let kind = page.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type")).expect("type").1.clone();
        assert_eq!(kind, "text/calendar; charset=utf-8");
        let whole = page.body.replace("\r\n ", "");
        assert_eq!(whole.matches("BEGIN:VEVENT").count(), 11);
        for line in ["SUMMARY:Голосования: завершение (Пятнадцатая сессия)", "DTSTART;VALUE=DATE:20201116", "DTEND;VALUE=DATE:20201117"] {
            assert!(whole.lines().any(|found| found == line), "{line}\n{whole}");
        }
        app.visitor().get("/sessions/15").await.expect(200).sees("/sessions/15/calendar.ics?lang=en");
        app.visitor().get("/sessions/99/calendar.ics").await.expect(404);
    }
}
