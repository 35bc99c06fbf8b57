//! A new password by mail: nobody learns who has an account, and the link serves once.

use chrono::TimeDelta;
use chrono_tz::Tz;
use speca::accounts::operations::{NewAccount, create_account};
use speca::accounts::{Office, password};
use speca::kernel::lang::Lang;
use speca::outbox::{Kind, State};

use super::server::{Server, desk, round};
use super::{messages, told};
use crate::on_each_database;
use crate::support::TestApp;

const PASSWORD: &str = "a long password";
const NEW: &str = "another long password";

fn account(app: &TestApp, email: &str) {
    let now = app.clock.now().naive_utc();
    let new = NewAccount {
        email: email.to_owned(),
        name: "Office".to_owned(),
        office: Office::Chair,
        language: Lang::En,
        time_zone: Tz::UTC,
        password_hash: password::hash_here(PASSWORD),
    };
    app.db.write_here(|tx| create_account(tx, None, new.clone(), now)).expect("account");
}

on_each_database! {
    async fn a_lost_password_is_set_anew_by_mail(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        account(&app, "chair@example.org");
        let sign_in = async |password: &str| {
            app.visitor().post("/sign-in", &[("email", "chair@example.org"), ("password", password)]).await
        };
        let before = app.signed_in_by(&sign_in(PASSWORD).await.expect(303));
        let ask = async |email: &str| app.visitor().post("/sign-in/forgotten", &[("email", email)]).await;
        app.visitor().get("/sign-in").await.expect(200).sees("/sign-in/forgotten");
        let answers = [ask("Chair@Example.org").await.expect(303), ask("nobody@example.org").await.expect(303)];
        assert_eq!(answers[0].location, answers[1].location);
        let said = |page: &crate::support::Page| {
            page.headers.iter().filter(|(name, value)| name == "set-cookie" && value.starts_with("_flash")).cloned().collect::<Vec<_>>()
        };
        assert_eq!(said(&answers[0]), said(&answers[1]));
        round(&server.desk(&app)).await;
        let received = server.received();
        assert!(received.iter().all(|mail| mail["to"] == "chair@example.org"), "{received:?}");
        let links: Vec<String> = received
            .iter()
            .filter_map(|mail| mail["body"].as_str()?.split("https://speca.example.org").nth(1)?.lines().next().map(str::to_owned))
            .filter(|link| link.starts_with("/invitations/"))
            .collect();
        let [link] = links.as_slice() else { panic!("{received:?}") };
        assert!(!format!("{:?}", messages(&app)).contains(&link["/invitations/".len()..]));
        let fields = [("password", NEW), ("password_again", NEW)];
        app.visitor().get(link).await.expect(200).sees("chair@example.org");
        app.visitor().post(&format!("{link}/password"), &fields).await.expect(303);
        assert_eq!(before.get("/account").await.status.code, 303, "every sign-in has ended");
        app.visitor().post(&format!("{link}/password"), &fields).await.expect(410);
        sign_in(PASSWORD).await.expect(422);
        sign_in(NEW).await.expect(303);
    }
}

on_each_database! {
    async fn a_link_runs_out_and_a_later_one_takes_its_place(app: TestApp) {
        let Some(server) = Server::start(&[]) else { return };
        account(&app, "chair@example.org");
        for _ in 0..2 {
            app.visitor().post("/sign-in/forgotten", &[("email", "chair@example.org")]).await.expect(303);
            round(&server.desk(&app)).await;
        }
        let links: Vec<String> = server
            .received()
            .iter()
            .filter_map(|mail| mail["body"].as_str()?.split("https://speca.example.org").nth(1)?.lines().next().map(str::to_owned))
            .collect();
        app.visitor().get(&links[0]).await.expect(410);
        app.visitor().get(&links[1]).await.expect(200);
        app.pass(TimeDelta::hours(2));
        app.visitor().get(&links[1]).await.expect(410);
    }
}

on_each_database! {
    async fn asking_too_often_makes_wait_whether_or_not_there_is_an_account(app: TestApp) {
        account(&app, "chair@example.org");
        for email in ["chair@example.org", "nobody@example.org"] {
            for _ in 0..5 {
                app.visitor().post("/sign-in/forgotten", &[("email", email)]).await.expect(303);
            }
            app.visitor().post("/sign-in/forgotten", &[("email", email)]).await.expect(429);
        }
        let signing_in = [("email", "chair@example.org"), ("password", PASSWORD)];
        app.visitor().post("/sign-in", &signing_in).await.expect(303);
    }
}

on_each_database! {
    async fn a_sign_in_from_a_new_browser_is_told_once(app: TestApp) {
        account(&app, "chair@example.org");
        for _ in 0..2 {
            let fields = [("email", "chair@example.org"), ("password", PASSWORD)];
            app.visitor().post("/sign-in", &fields).await.expect(303);
        }
        let kinds: Vec<Kind> = told(&app).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Kind::NewSignIn]);
        round(&desk(&app, None)).await;
        assert_eq!(messages(&app)[0].state, State::Waiting);
    }
}
