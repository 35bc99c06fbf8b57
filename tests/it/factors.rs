//! The second factor: signing in takes two steps, no code serves twice, a lost device keeps nobody out, and who must have one
//! does nothing before.

use chrono::TimeDelta;
use chrono_tz::Tz;
use diesel::prelude::*;
use speca::accounts::model::factors::FactorKey;
use speca::accounts::operations::{NewAccount, create_account};
use speca::accounts::{Office, password};
use speca::db::StoreError;
use speca::db::schema::{accreditations, audit, second_factors, sign_ins};
use speca::kernel::ids::{AccountId, AccreditationId};
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::outbox;
use speca::policy::Capacity;
use speca::sessions::Step;
use speca::submissions::State;

use crate::on_each_database;
use crate::support::{Actor, Page, SECRET, TestApp};

const PASSWORD: &str = "seven open windows";
const PAGE: &str = "/account/second-factor";

/// Makes an account with [`PASSWORD`], accredited in a capacity to Kazakhstan.
fn account(app: &TestApp, email: &str, capacity: Option<Capacity>) -> AccountId {
    let now = app.clock.now().naive_utc();
    let new = NewAccount {
        email: email.to_owned(),
        name: "Office".to_owned(),
        office: if capacity.is_some() { Office::None } else { Office::Administrator },
        language: Lang::En,
        time_zone: Tz::UTC,
        password_hash: password::hash_here(PASSWORD),
    };
    let id = app.db.write_here(|tx| create_account(tx, None, new.clone(), now)).expect("account");
    if let Some(capacity) = capacity {
        let kaz = app.delegation("KAZ");
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                diesel::insert_into(accreditations::table)
                    .values((
                        accreditations::id.eq(AccreditationId::new()),
                        accreditations::account_id.eq(&id),
                        accreditations::delegation_id.eq(&kaz),
                        accreditations::capacity.eq(capacity),
                        accreditations::valid_from_on.eq(now.date()),
                        accreditations::created_at.eq(now),
                    ))
                    .execute(&mut **tx)?;
                Ok(())
            })
            .expect("accredited");
    }
    id
}

/// Returns the code that the device of an account shows now.
fn code(app: &TestApp, account: &AccountId, seed: &str) -> String {
    FactorKey::of(SECRET).secret(account, seed).code_at(app.clock.now().naive_utc())
}

/// Returns the seed on the page that sets a second factor up.
fn seed(page: &Page) -> String {
    let start = page.body.find("name=\"seed\" value=\"").expect("a seed") + "name=\"seed\" value=\"".len();
    page.body[start..start + 64].to_owned()
}

/// Sets a second factor up and returns its seed and the recovery codes.
async fn set_up(actor: &Actor<'_>) -> (String, Vec<String>) {
    let seed = seed(&actor.get(PAGE).await.expect(200));
    let first = code(actor.app, &actor.account, &seed);
    let page = actor.post(PAGE, &[("seed", &seed), ("code", &first)]).await.expect(200);
    let codes = page.body.split("<code>").skip(1).map(|rest| rest[..11].to_owned()).collect();
    // The code was used to set it up: the next step shows another.
    actor.app.pass(TimeDelta::seconds(30));
    (seed, codes)
}

async fn give_password(app: &TestApp, email: &str, password: &str) -> Page {
    app.visitor().post("/sign-in", &[("email", email), ("password", password)]).await
}

/// Gives the password and returns the browser that waits for the code.
async fn first_step<'a>(app: &'a TestApp, email: &str) -> Actor<'a> {
    let page = give_password(app, email, PASSWORD).await.expect(200).sees("name=\"code\"").sees("one-time-code");
    assert_eq!(page.sign_in, None, "no sign-in exists between the steps");
    app.visitor().at_step(&page)
}

async fn give_code(browser: &Actor<'_>, code: &str) -> Page {
    browser.post("/sign-in/code", &[("code", code), ("recovery", "")]).await
}

fn audited(app: &TestApp, act: &str) -> i64 {
    app.db
        .read_here(|conn| -> Result<i64, StoreError> {
            Ok(audit::table.filter(audit::act.eq(act)).count().get_result(conn)?)
        })
        .expect("trail")
}

fn mails(app: &TestApp, account: &AccountId) -> usize {
    let found = app.db.read_here(|conn| outbox::store::newest_of(conn, account, 50)).expect("messages");
    found.iter().filter(|message| message.kind == outbox::Kind::SecondFactor).count()
}

on_each_database! {
    async fn signing_in_takes_a_password_and_a_code_that_serves_once(app: TestApp) {
        let id = account(&app, "head@example.org", Some(Capacity::Head));
        let first = app.signed_in_by(&give_password(&app, "head@example.org", PASSWORD).await.expect(303));
        let elsewhere = app.signed_in_by(&give_password(&app, "head@example.org", PASSWORD).await.expect(303));
        let page = first.get(PAGE).await.expect(200).sees("<svg").sees("otpauth://totp/SPECA%20Trade:head@example.org?secret=");
        let shown = seed(&page);
        first.post(PAGE, &[("seed", &shown), ("code", "000000")]).await.expect(422).sees(&shown);
        let (seed, codes) = set_up(&first).await;
        assert_eq!(codes.len(), 10);
        first.get(PAGE).await.expect(200).lacks("otpauth").lacks(&seed).lacks(&codes[0]);
        assert_eq!(elsewhere.get("/account").await.status.code, 303, "sign-ins made without it end");
        first.post(PAGE, &[("seed", &"0".repeat(64)), ("code", "000000")]).await.expect(409);

        let browser = first_step(&app, "head@example.org").await;
        browser.get("/account").await.expect(303);
        browser.get("/sign-in/code").await.expect(200);
        app.visitor().get("/sign-in/code").await.expect(303);
        let now = code(&app, &id, &seed);
        give_code(&app.visitor(), &now).await.expect(422).sees("too long after the password");
        give_code(&browser, "000000").await.expect(422).sees("not right");
        give_code(&browser, "").await.expect(422);
        let page = give_code(&browser, &now).await.expect(303);
        app.signed_in_by(&page).get("/account").await.expect(200);
        // Neither the step nor the code serves again.
        give_code(&browser, &now).await.expect(422).sees("too long after the password");
        let again = first_step(&app, "head@example.org").await;
        give_code(&again, &now).await.expect(422).sees("not right");
        app.pass(TimeDelta::seconds(30));
        // A device whose clock is a step behind.
        app.pass(TimeDelta::seconds(30));
        let behind = FactorKey::of(SECRET).secret(&id, &seed).code_at(app.clock.now().naive_utc() - TimeDelta::seconds(30));
        give_code(&again, &behind).await.expect(303);
        let late = first_step(&app, "head@example.org").await;
        app.pass(TimeDelta::minutes(10));
        give_code(&late, &code(&app, &id, &seed)).await.expect(422).sees("too long after the password");
        assert_eq!((audited(&app, "account.factor-set"), mails(&app, &id)), (1, 1));
    }
}

on_each_database! {
    async fn of_two_who_use_one_code_at_once_one_signs_in(app: TestApp) {
        let id = account(&app, "head@example.org", Some(Capacity::Head));
        let first = app.signed_in_by(&give_password(&app, "head@example.org", PASSWORD).await.expect(303));
        let (seed, codes) = set_up(&first).await;
        for shown in [code(&app, &id, &seed), codes[3].to_lowercase().replace('-', " ")] {
            let (one, other) = (first_step(&app, "head@example.org").await, first_step(&app, "head@example.org").await);
            let (a, b) = rocket::tokio::join!(give_code(&one, &shown), give_code(&other, &shown));
            let mut both = [a.status.code, b.status.code];
            both.sort_unstable();
            assert_eq!(both, [303, 422], "{shown}");
        }
    }
}

on_each_database! {
    async fn a_recovery_code_signs_in_once_in_place_of_the_device(app: TestApp) {
        let id = account(&app, "head@example.org", Some(Capacity::Head));
        let first = app.signed_in_by(&give_password(&app, "head@example.org", PASSWORD).await.expect(303));
        let (_, codes) = set_up(&first).await;
        let use_one = async |typed: &str| {
            let browser = first_step(&app, "head@example.org").await;
            browser.post("/sign-in/code", &[("code", ""), ("recovery", typed)]).await
        };
        use_one(&codes[0].to_lowercase().replace('-', " ")).await.expect(303);
        use_one(&codes[0]).await.expect(422);
        use_one(&codes[1]).await.expect(303);
        first.get(PAGE).await.expect(200).sees("<dd>8</dd>");
        assert_eq!((audited(&app, "account.recovery-code-used"), mails(&app, &id)), (2, 3));
        let kept = format!("{:?}", app.db.read_here(|conn| -> Result<Vec<String>, StoreError> {
            use speca::db::schema::recovery_codes;
            Ok(recovery_codes::table.select(recovery_codes::digest).load(conn)?)
        }).expect("codes"));
        assert!(codes.iter().all(|code| !kept.contains(code.as_str())));
    }
}

on_each_database! {
    async fn guessing_codes_is_slowed_down_and_the_password_does_not_clear_it(app: TestApp) {
        let id = account(&app, "head@example.org", Some(Capacity::Head));
        let first = app.signed_in_by(&give_password(&app, "head@example.org", PASSWORD).await.expect(303));
        let (seed, _) = set_up(&first).await;
        let browser = first_step(&app, "head@example.org").await;
        for _ in 0..4 {
            give_code(&browser, "000000").await.expect(422);
        }
        let browser = first_step(&app, "head@example.org").await;
        give_code(&browser, "000000").await.expect(422);
        give_code(&browser, &code(&app, &id, &seed)).await.expect(429);
        first_step(&app, "head@example.org").await;
        app.pass(TimeDelta::minutes(15));
        let browser = first_step(&app, "head@example.org").await;
        give_code(&browser, &code(&app, &id, &seed)).await.expect(303);
        // Whoever does not know the password learns nothing of a second factor.
        let known = give_password(&app, "head@example.org", "wrong wrong wrong").await.expect(422);
        let unknown = give_password(&app, "nobody@example.org", "wrong wrong wrong").await.expect(422);
        known.lacks("name=\"code\"").sees("autocomplete=\"username\"");
        unknown.lacks("name=\"code\"");
    }
}

on_each_database! {
    async fn switching_off_and_new_codes_need_password_and_code(app: TestApp) {
        let id = account(&app, "head@example.org", Some(Capacity::Head));
        let first = app.signed_in_by(&give_password(&app, "head@example.org", PASSWORD).await.expect(303));
        let (seed, codes) = set_up(&first).await;
        let change = async |password: &str, code: &str, wish: &str| {
            let fields = [("password", password), ("code", code), ("recovery", ""), ("wish", wish)];
            first.post(&format!("{PAGE}/change"), &fields).await
        };
        let now = code(&app, &id, &seed);
        change("wrong wrong wrong", &now, "off").await.expect(422);
        change(PASSWORD, "000000", "off").await.expect(422);
        change(PASSWORD, "", "off").await.expect(422);
        first_step(&app, "head@example.org").await;
        let page = change(PASSWORD, &now, "codes").await.expect(200).lacks(&codes[0]);
        let renewed: Vec<String> = page.body.split("<code>").skip(1).map(|rest| rest[..11].to_owned()).collect();
        assert_eq!(renewed.len(), 10);
        let browser = first_step(&app, "head@example.org").await;
        browser.post("/sign-in/code", &[("code", ""), ("recovery", &codes[5])]).await.expect(422);
        change(PASSWORD, &now, "off").await.expect(422);
        change(PASSWORD, &renewed[5], "off").await.expect(303);
        give_password(&app, "head@example.org", PASSWORD).await.expect(303);
        assert_eq!(audited(&app, "account.factor-off"), 1);
        change(PASSWORD, &now, "off").await.expect(409);
    }
}

on_each_database! {
    async fn a_lost_factor_is_taken_away_by_those_who_answer_for_the_account(app: TestApp) {
        let id = account(&app, "delegate@example.org", Some(Capacity::Delegate));
        let own = app.signed_in_by(&give_password(&app, "delegate@example.org", PASSWORD).await.expect(303));
        let remove = format!("/accounts/{id}/second-factor/remove");
        let (head, administrator) = (app.head("KAZ"), app.office(Office::Administrator));
        head.get("/accounts").await.expect(200).lacks(&remove);
        head.post(&remove, &[]).await.expect(409);
        set_up(&own).await;
        for other in [app.head("UZB"), app.secretariat(), app.delegate("KAZ", Capacity::Delegate)] {
            other.post(&remove, &[]).await.expect(404);
        }
        own.post(&remove, &[]).await.expect(404);
        app.secretariat().get("/accounts").await.expect(200).lacks(&remove);
        head.get("/accounts").await.expect(200).sees(&remove);
        head.post(&remove, &[]).await.expect(303);
        assert_eq!((audited(&app, "account.factor-removed"), mails(&app, &id)), (1, 2));
        own.get("/account").await.expect(303);
        let again = app.signed_in_by(&give_password(&app, "delegate@example.org", PASSWORD).await.expect(303));
        set_up(&again).await;
        administrator.post(&remove, &[]).await.expect(303);
        // The head of a delegation is the administrator's alone.
        set_up(&head).await;
        let of_head = format!("/accounts/{}/second-factor/remove", head.account);
        app.delegate("KAZ", Capacity::Alternate).post(&of_head, &[]).await.expect(404);
        head.post(&of_head, &[]).await.expect(404);
        administrator.post(&of_head, &[]).await.expect(303);
    }
}

on_each_database! {
    async fn a_new_password_does_not_pass_by_the_second_factor(app: TestApp) {
        let id = account(&app, "delegate@example.org", Some(Capacity::Delegate));
        let own = app.signed_in_by(&give_password(&app, "delegate@example.org", PASSWORD).await.expect(303));
        let (seed, _) = set_up(&own).await;
        let waiting = first_step(&app, "delegate@example.org").await;
        let page = app.head("KAZ").post(&format!("/accounts/{id}/password-link"), &[]).await.expect(201);
        let start = page.body.find("/invitations/").expect("link");
        let link: String = page.body[start..].chars().take("/invitations/".len() + 64).collect();
        let new = [("password", "eight open windows"), ("password_again", "eight open windows")];
        let page = app.visitor().post(&format!("{link}/password"), &new).await.expect(200).sees("name=\"code\"");
        assert_eq!(page.sign_in, None);
        own.get("/account").await.expect(303);
        give_code(&waiting, &code(&app, &id, &seed)).await.expect(422).sees("too long after the password");
        let browser = app.visitor().at_step(&page);
        give_code(&browser, &code(&app, &id, &seed)).await.expect(303);
    }
}

on_each_database! {
    async fn heads_do_nothing_before_they_have_one_where_a_session_asks(app: TestApp) {
        let session = app.session();
        let (head, alternate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Alternate));
        let (delegate, secretariat) = (app.delegate("KAZ", Capacity::Delegate), app.secretariat());
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Single window");
        let page = format!("/submissions/{}", draft.reference);
        let asked = "/sessions/15/second-factor";
        head.get(asked).await.expect(403);
        head.post(asked, &[("heads", "yes")]).await.expect(403);
        head.get(&page).await.expect(200);
        secretariat.post(asked, &[("heads", "yes")]).await.expect(303);
        secretariat.get(asked).await.expect(200).sees("checked");
        assert_eq!(audited(&app, "session.factor-asked"), 1);
        delegate.get(&page).await.expect(200);
        for one in [&head, &alternate] {
            assert_eq!(one.get("/accounts").await.expect(303).location.as_deref(), Some("/account/second-factor?next=%2Faccounts"));
            assert_eq!(one.get("/").await.expect(303).location.as_deref(), Some(PAGE));
            // What is not for visitors is not for them either.
            one.get(&page).await.expect(404);
            one.get(PAGE).await.expect(200).sees("asks heads of delegation").lacks("href=\"/accounts\"");
            one.get("/library").await.expect(200);
            one.post("/language", &[("language", "ru"), ("return_to", "/library")]).await.expect(303);
            one.get(PAGE).await.expect(200).sees("Настройка второго фактора");
        }
        // What was being typed is kept over it.
        let typed = [("revision", "1"), ("title|en", "Typed before it was asked")];
        let kept = head.post(&format!("{page}/edit"), &typed).await.expect(403).sees("Typed before it was asked");
        let seed = seed(&kept);
        let target = format!("{page}/edit");
        let first = code(&app, &head.account, &seed);
        let fields =
            [("seed", seed.as_str()), ("code", &first), ("target", &target), ("kept:title|en", "Typed before it was asked"), ("kept:revision", "1")];
        let done = head.post(PAGE, &fields).await.expect(200);
        done.sees(&format!("action=\"{target}\"")).sees("Typed before it was asked");
        head.post(&target, &typed).await.expect(303);
        head.get("/accounts").await.expect(200);
        alternate.post("/sign-out", &[]).await.expect(303);
        // It is over with the session and its windows.
        for step in Step::ALL {
            app.close_window(&session, *step);
        }
        let other = app.head("UZB");
        other.get("/accounts").await.expect(303);
        app.pass(TimeDelta::days(80));
        other.get("/accounts").await.expect(200);
    }
}

on_each_database! {
    async fn a_copy_of_the_database_holds_no_secret(app: TestApp) {
        let id = account(&app, "head@example.org", Some(Capacity::Head));
        let first = app.signed_in_by(&give_password(&app, "head@example.org", PASSWORD).await.expect(303));
        let (seed, _) = set_up(&first).await;
        let stored: Vec<String> = app.db.read_here(|conn| -> Result<_, StoreError> {
            Ok(second_factors::table.select(second_factors::seed).load(conn)?)
        }).expect("factors");
        assert_eq!(stored, std::slice::from_ref(&seed));
        let code_of = |key: &FactorKey| key.secret(&id, &seed).code_at(app.clock.now().naive_utc());
        assert_ne!(code_of(&FactorKey::of("another key")), code_of(&FactorKey::of(SECRET)));
        let there: i64 = app.db.read_here(|conn| -> Result<i64, StoreError> {
            Ok(sign_ins::table.count().get_result(conn)?)
        }).expect("sign-ins");
        assert_eq!(there, 1);
    }
}
