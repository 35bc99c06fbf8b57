//! The pages of the outbox: who sees that a mail exists, and who reads it.

use speca::accounts::Office;
use speca::kernel::ids::AccountId;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind as SubmissionKind;
use speca::outbox::{Kind, State};
use speca::policy::Capacity;
use speca::submissions::State as SubmissionState;

use super::server::{Server, round};
use super::{messages, of, write_to};
use crate::on_each_database;
use crate::submissions::act;

on_each_database! {
    async fn what_a_delegation_does_at_home_is_read_by_its_recipient_alone(app: TestApp) {
        let session = app.session();
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let one = app.submission(&session, "KAZ", SubmissionKind::Action, SubmissionState::Draft, "Sealed title 4711");
        act(&delegate, &one.reference, "request-clearance", &[]).await.expect(303);
        let message = messages(&app).remove(0);
        let address = format!("/outbox/{}", message.id);
        for other in [app.secretariat(), app.office(Office::Administrator)] {
            let list = other.get("/outbox").await.expect(200);
            list.sees(&message.email).sees("Private mail").lacks(&one.reference).lacks("Sealed title").lacks("clearance");
            let page = other.get(&address).await.expect(200);
            page.sees("for its recipient alone").lacks(&one.reference).lacks("Sealed title").lacks("awaits");
        }
        head.get(&address).await.expect(200).sees("Sealed title 4711");
        for other in [app.head("UZB"), app.office(Office::Chair)] {
            other.get(&address).await.expect(404);
            other.get("/outbox").await.expect(403);
        }
        assert_eq!(app.visitor().get("/outbox").await.status.code, 303);
    }
}

on_each_database! {
    async fn the_secretariat_reads_what_goes_out_and_an_administrator_sees_that_it_does(app: TestApp) {
        write_to(&app, "office@example.org");
        let address = format!("/outbox/{}", messages(&app)[0].id);
        let secretariat = app.secretariat();
        secretariat.get("/outbox").await.expect(200).sees("office@example.org").sees("PA-KAZ-2020-001 was accepted");
        secretariat.get(&address).await.expect(200).sees("PA-KAZ-2020-001 was accepted").sees("accepted a text");
        secretariat.get("/outbox?state=sent").await.expect(200).lacks("office@example.org");
        secretariat.get("/outbox?state=nonsense&page=-7").await.expect(200).sees("office@example.org");
        let administrator = app.office(Office::Administrator);
        administrator.get("/outbox").await.expect(200).sees("office@example.org").lacks("PA-KAZ-2020-001");
        administrator.get(&address).await.expect(200).sees("Text accepted").lacks("PA-KAZ-2020-001");
    }
}

on_each_database! {
    async fn a_refused_mail_is_sent_again_by_hand(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        write_to(&app, "unknown@example.org");
        let (desk, secretariat) = (server.desk(&app), app.secretariat());
        round(&desk).await;
        let address = format!("/outbox/{}", messages(&app)[0].id);
        secretariat.get(&address).await.expect(200).sees("Refused").sees("550").sees("/send-again");
        secretariat.post(&format!("{address}/send-again"), &[]).await.expect(303);
        assert_eq!(messages(&app)[0].state, State::Waiting);
        secretariat.post(&format!("{address}/send-again"), &[]).await.expect(409);
        round(&desk).await;
        assert_eq!((messages(&app)[0].state, messages(&app)[0].attempts), (State::Failed, 1));
    }
}

on_each_database! {
    async fn an_invitation_goes_to_the_address_invited_and_its_link_is_nowhere_else(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        let secretariat = app.secretariat();
        let fields =
            [("to", "KAZ"), ("role", "head"), ("email", "Head@Example.org"), ("name", "Глава"), ("language", "ru")];
        let page = secretariat.post("/accounts/invitations", &fields).await.expect(201);
        let start = page.body.find("/invitations/").expect("link") + "/invitations/".len();
        let token: String = page.body[start..].chars().take(64).collect();
        assert!(!format!("{:?}", messages(&app)).contains(&token));
        round(&server.desk(&app)).await;
        let mail = server.only("head@example.org");
        let body = mail["body"].as_str().expect("text");
        assert!(mail["subject"].as_str().expect("subject").starts_with("Требуется действие: "), "{mail}");
        assert!(body.contains(&format!("https://speca.example.org/invitations/{token}\n")), "{body}");
        assert!(body.contains("Делегация: Казахстан") && body.contains("Функция: Глава делегации"), "{body}");
        let kept = messages(&app).remove(0);
        assert_eq!((kept.kind, kept.language, kept.account.clone()), (Kind::Invitation, Lang::Ru, None::<AccountId>));
        assert!(!format!("{kept:?}").contains(&token) && kept.body.contains("/invitations/…"), "{kept:?}");
        let shown = secretariat.get(&format!("/outbox/{}", kept.id)).await.expect(200);
        shown.sees("/invitations/…").lacks(&token);
        app.visitor().get(&format!("/invitations/{token}")).await.expect(200);
    }
}

on_each_database! {
    async fn everybody_reads_their_own_mails(app: TestApp) {
        let session = app.session();
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let one = app.submission(&session, "KAZ", SubmissionKind::Action, SubmissionState::Draft, "Agree on data");
        act(&delegate, &one.reference, "request-clearance", &[]).await.expect(303);
        head.get("/account/mail").await.expect(200).sees(&one.reference).sees("/outbox/");
        delegate.get("/account/mail").await.expect(200).lacks(&one.reference);
        assert_eq!(of(&app, &head.account).len(), 1);
    }
}

on_each_database! {
    async fn the_secretariat_sets_what_mails_say(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        let (secretariat, address) = (app.secretariat(), "/outbox/texts/accepted/en");
        secretariat.get("/outbox/texts").await.expect(200).sees(address).lacks("set by the secretariat");
        let page = secretariat.get(address).await.expect(200);
        page.sees("{reference} was accepted").sees("PA-KAZ-2020-001 was accepted");
        let fields = |body: &'static str, edition: &'static str, act: &'static str| {
            [("subject", "Congratulations: {reference}"), ("body", body), ("edition", edition), ("act", act)]
        };
        let looked = secretariat.post(address, &fields("Well done, {title}.", "0", "preview")).await.expect(200);
        looked.sees("Well done, Agree on common data").sees("Congratulations: PA-KAZ-2020-001");
        let page = secretariat.post(address, &fields("{result} and {title", "0", "save")).await.expect(422);
        page.sees("{result} is no name of a fact").sees("{result} and {title");
        secretariat.post(address, &fields("Well done. {reference}\r\nNext line", "0", "save")).await.expect(303);
        let late = secretariat.post(address, &fields("Another", "0", "save")).await.expect(409);
        late.sees("Another").sees("Meanwhile somebody else");
        secretariat.get("/outbox/texts").await.expect(200).sees("set by the secretariat");
        write_to(&app, "office@example.org");
        round(&server.desk(&app)).await;
        let mail = server.only("office@example.org");
        assert_eq!(mail["subject"], "Congratulations: PA-KAZ-2020-001");
        let body = mail["body"].as_str().expect("text");
        assert!(body.contains("Well done. PA-KAZ-2020-001\nNext line\n\nReference: PA-KAZ-2020-001"), "{body}");
        secretariat.post(address, &fields("", "1", "standard")).await.expect(303);
        secretariat.get(address).await.expect(200).lacks("Congratulations");
        secretariat.get("/outbox/texts/nothing/en").await.expect(404);
    }
}

on_each_database! {
    async fn every_kind_has_an_example_in_both_languages(app: TestApp) {
        let secretariat = app.secretariat();
        for kind in Kind::ALL {
            for lang in Lang::ALL {
                let page = secretariat.get(&format!("/outbox/texts/{kind}/{lang}")).await.expect(200);
                let example = page.body.split("id=\"example\"").nth(1).expect("example");
                assert!(!example.contains(['{', '}']) && !example.contains("mail-"), "{kind} {lang}: {example}");
            }
        }
    }
}
