//! Invitations, signing in and out, one's own account, and who may do what to whom.

use chrono::TimeDelta;
use chrono_tz::Tz;
use diesel::prelude::*;
use rocket::http::ContentType;
use speca::accounts::operations::{NewAccount, create_account};
use speca::accounts::{Office, password};
use speca::db::schema::{accounts, accreditations, invitations, sign_in_failures};
use speca::kernel::ids::AccountId;
use speca::kernel::lang::Lang;
use speca::policy::Capacity;
use speca::refusals::OperationError;
use speca::web::csrf::Seed;

use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

const PASSWORD: &str = "seven open windows";

/// Makes an account with [`PASSWORD`] and returns its id.
fn account(app: &TestApp, email: &str, office: Office) -> AccountId {
    let now = app.clock.now().naive_utc();
    let new = NewAccount {
        email: email.to_owned(),
        name: "Office".to_owned(),
        office,
        language: Lang::En,
        time_zone: Tz::UTC,
        password_hash: password::hash_here(PASSWORD),
    };
    app.db.write_here(|tx| create_account(tx, None, new.clone(), now)).expect("account")
}

async fn try_to_sign_in(app: &TestApp, email: &str, password: &str) -> Page {
    app.visitor().post("/sign-in", &[("email", email), ("password", password)]).await
}

async fn sign_in<'a>(app: &'a TestApp, email: &str) -> Actor<'a> {
    let page = try_to_sign_in(app, email, PASSWORD).await.expect(303);
    app.signed_in_by(&page)
}

/// Invites and returns the path of the link on the page.
async fn invite(actor: &Actor<'_>, to: &str, role: &str, email: &str) -> String {
    let fields = [("to", to), ("role", role), ("email", email), ("name", "Office"), ("language", "en")];
    let page = actor.post("/accounts/invitations", &fields).await.expect(201);
    let start = page.body.find("/invitations/").expect("link");
    page.body[start..].chars().take("/invitations/".len() + 64).collect()
}

async fn accept<'a>(app: &'a TestApp, link: &str) -> Actor<'a> {
    let page = app.visitor().post(link, &acceptance()).await.expect(303);
    app.signed_in_by(&page)
}

fn acceptance() -> [(&'static str, &'static str); 4] {
    [("name", "Office"), ("password", PASSWORD), ("password_again", PASSWORD), ("language", "ru")]
}

on_each_database! {
    async fn each_level_invites_the_next_by_a_link(app: TestApp) {
        account(&app, "admin@example.org", Office::Administrator);
        let administrator = sign_in(&app, "Admin@Example.org ").await;
        let link = invite(&administrator, "offices", "secretariat", "secretariat@example.org").await;
        app.visitor().get(&link).await.expect(200).sees("secretariat@example.org").sees("Secretariat");
        let secretariat = accept(&app, &link).await;
        let link = invite(&secretariat, "KAZ", "head", "head@example.org").await;
        let head = accept(&app, &link).await;
        head.get("/account").await.expect(200).sees("Глава делегации").sees("Казахстан").sees("Asia/Almaty\" selected");
        let link = invite(&head, "KAZ", "delegate", "delegate@example.org").await;
        let delegate = accept(&app, &link).await;
        delegate.get("/account").await.expect(200).sees("Делегат");
        delegate.get("/accounts").await.expect(403);
        head.get("/accounts").await.expect(200).sees("delegate@example.org").lacks("secretariat@example.org");
        secretariat.get("/accounts").await.expect(200).sees("delegate@example.org").sees("admin@example.org");
        sign_in(&app, "delegate@example.org").await;
    }
}

on_each_database! {
    async fn an_invitation_works_once_and_not_for_ever(app: TestApp) {
        let head = app.head("KAZ");
        let used = invite(&head, "KAZ", "delegate", "one@example.org").await;
        let replaced = invite(&head, "KAZ", "delegate", "two@example.org").await;
        let old = invite(&head, "KAZ", "delegate", "two@example.org").await;
        accept(&app, &used).await;
        app.visitor().get(&used).await.expect(410).sees("accepted already");
        app.visitor().post(&used, &acceptance()).await.expect(410);
        app.visitor().get(&replaced).await.expect(410).sees("withdrawn");
        app.pass(TimeDelta::days(14));
        app.visitor().post(&old, &acceptance()).await.expect(410).sees("in time");
        app.visitor().get("/invitations/none").await.expect(404);
        let accounts: i64 = app.db.read_here(|conn| -> Result<_, OperationError> {
            Ok(accreditations::table.count().get_result(conn)?)
        }).expect("count");
        assert_eq!(accounts, 2, "the head and the one who accepted");
    }
}

on_each_database! {
    async fn a_withdrawn_invitation_says_so(app: TestApp) {
        let head = app.head("KAZ");
        let link = invite(&head, "KAZ", "observer", "one@example.org").await;
        let id: String = app.db.read_here(|conn| -> Result<_, OperationError> {
            Ok(invitations::table.select(invitations::id).first(conn)?)
        }).expect("invitation");
        let withdraw = format!("/accounts/invitations/{id}/withdraw");
        app.head("UZB").post(&withdraw, &[]).await.expect(404);
        app.delegate("KAZ", Capacity::Delegate).post(&withdraw, &[]).await.expect(404);
        app.visitor().get(&link).await.expect(200);
        head.post(&withdraw, &[]).await.expect(303);
        app.visitor().get(&link).await.expect(410).sees("withdrawn");
        head.post(&withdraw, &[]).await.expect(409);
    }
}

on_each_database! {
    async fn nobody_invites_beyond_their_place(app: TestApp) {
        let invitation = |to, role| [("to", to), ("role", role), ("email", "a@example.org"), ("name", "A"), ("language", "en")];
        let (head, alternate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Alternate));
        for actor in [&head, &alternate] {
            actor.post("/accounts/invitations", &invitation("UZB", "delegate")).await.expect(403);
            actor.post("/accounts/invitations", &invitation("KAZ", "head")).await.expect(403);
            actor.post("/accounts/invitations", &invitation("KAZ", "alternate")).await.expect(403);
            actor.post("/accounts/invitations", &invitation("offices", "administrator")).await.expect(403);
            actor.get("/accounts/invitations/new?to=KAZ").await.expect(200).sees("Observer").lacks("value=\"head\"");
            actor.get("/accounts/invitations/new?to=UZB").await.expect(403);
        }
        let secretariat = app.secretariat();
        secretariat.post("/accounts/invitations", &invitation("offices", "secretariat")).await.expect(403);
        secretariat.post("/accounts/invitations", &invitation("REG", "head")).await.expect(409);
        secretariat.post("/accounts/invitations", &invitation("KAZ", "secretariat")).await.expect(404);
        secretariat.post("/accounts/invitations", &invitation("ZZZ", "head")).await.expect(404);
        app.office(Office::Administrator).post("/accounts/invitations", &invitation("KAZ", "delegate")).await.expect(403);
        app.office(Office::Chair).post("/accounts/invitations", &invitation("KAZ", "delegate")).await.expect(403);
        app.delegate("KAZ", Capacity::Delegate).post("/accounts/invitations", &invitation("KAZ", "observer")).await.expect(403);
        let made: i64 = app.db.read_here(|conn| -> Result<_, OperationError> {
            Ok(invitations::table.count().get_result(conn)?)
        }).expect("count");
        assert_eq!(made, 0);
    }
}

on_each_database! {
    async fn who_has_an_account_signs_in_to_accept(app: TestApp) {
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        let link = invite(&head, "KAZ", "delegate", "one@example.org").await;
        let person = accept(&app, &link).await;
        let link = invite(&secretariat, "UZB", "observer", "one@example.org").await;
        app.visitor().get(&link).await.expect(200).sees(&format!("/sign-in?next={link}")).lacks("type=\"password\"");
        app.visitor().post(&link, &acceptance()).await.expect(409);
        head.get(&link).await.expect(200).sees("another e-mail address");
        head.post(&link, &[]).await.expect(409);
        person.post(&link, &[]).await.expect(303);
        person.get("/account").await.expect(200).sees("Узбекистан").sees("Казахстан");
        let again = [("to", "UZB"), ("role", "observer"), ("email", "one@example.org"), ("name", "A"), ("language", "en")];
        secretariat.post("/accounts/invitations", &again).await.expect(422).sees("holds this capacity already");
    }
}

on_each_database! {
    async fn an_office_never_meets_an_accreditation(app: TestApp) {
        let administrator = app.office(Office::Administrator);
        account(&app, "office@example.org", Office::Secretariat);
        let to_delegation = [("to", "KAZ"), ("role", "head"), ("email", "office@example.org"), ("name", "A"), ("language", "en")];
        administrator.post("/accounts/invitations", &to_delegation).await.expect(422).sees("holds an office");
        let link = invite(&administrator, "KAZ", "head", "head@example.org").await;
        accept(&app, &link).await;
        let to_office = [("to", "offices"), ("role", "chair"), ("email", "head@example.org"), ("name", "A"), ("language", "en")];
        administrator.post("/accounts/invitations", &to_office).await.expect(422).sees("accredited to a delegation");
    }
}

on_each_database! {
    async fn a_form_that_invites_keeps_what_was_typed(app: TestApp) {
        let typed = [("to", "KAZ"), ("role", "delegate"), ("email", "no address"), ("name", "Trade office"), ("language", "ru")];
        let page = app.head("KAZ").post("/accounts/invitations", &typed).await.expect(422);
        page.sees("value=\"no address\"").sees("value=\"Trade office\"").sees("value=\"delegate\" checked").sees("value=\"ru\" checked");
    }
}

on_each_database! {
    async fn invitations_fall_with_the_accreditation_that_made_them(app: TestApp) {
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        let link = invite(&head, "KAZ", "delegate", "one@example.org").await;
        let id = head.account.clone();
        let grant: String = app.db.read_here(move |conn| -> Result<_, OperationError> {
            Ok(accreditations::table.filter(accreditations::account_id.eq(&id)).select(accreditations::id).first(conn)?)
        }).expect("accreditation");
        let end = format!("/accounts/accreditations/{grant}/end");
        app.delegate("KAZ", Capacity::Alternate).post(&end, &[]).await.expect(404);
        app.head("UZB").post(&end, &[]).await.expect(404);
        secretariat.post(&end, &[]).await.expect(303);
        app.visitor().get(&link).await.expect(410);
        head.get("/accounts").await.expect(403);
        secretariat.post(&end, &[]).await.expect(404);
    }
}

on_each_database! {
    async fn unknown_wrong_and_disabled_read_the_same(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let disabled = account(&app, "gone@example.org", Office::Chair);
        app.office(Office::Administrator).post(&format!("/accounts/{disabled}/disable"), &[]).await.expect(303);
        let attempts = [("known@example.org", "wrong password"), ("none@example.org", PASSWORD), ("gone@example.org", PASSWORD)];
        for (email, password) in attempts {
            let page = try_to_sign_in(&app, email, password).await.expect(422);
            assert_eq!(page.sign_in, None);
            page.sees("This did not work").sees(email).lacks(PASSWORD);
        }
    }
}

on_each_database! {
    async fn five_failures_make_wait_whether_or_not_the_account_exists(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        for email in ["known@example.org", "none@example.org"] {
            for _ in 0..5 {
                try_to_sign_in(&app, email, "wrong password").await.expect(422);
            }
            app.pass(TimeDelta::minutes(5));
            let page = try_to_sign_in(&app, &email.to_uppercase(), PASSWORD).await.expect(429);
            assert!(page.headers.contains(&("Retry-After".to_owned(), "600".to_owned())), "{:?}", page.headers);
            page.sees("Try again in 10 minutes");
        }
        app.pass(TimeDelta::minutes(10));
        sign_in(&app, "known@example.org").await;
        for _ in 0..4 {
            try_to_sign_in(&app, "known@example.org", "wrong password").await.expect(422);
        }
        sign_in(&app, "known@example.org").await;
        for _ in 0..4 {
            try_to_sign_in(&app, "known@example.org", "wrong password").await.expect(422);
        }
        app.pass(TimeDelta::hours(1));
        sign_in(&app, "known@example.org").await;
        let kept: i64 = app.db.read_here(|conn| -> Result<_, OperationError> {
            Ok(sign_in_failures::table.count().get_result(conn)?)
        }).expect("count");
        assert_eq!(kept, 0, "old failures are forgotten");
    }
}

on_each_database! {
    async fn twenty_failures_from_one_address_make_wait(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let attempt = async |email: &str, password: &str, address: &str| {
            let seed = "s";
            let token = Seed::known(seed).token();
            let body = format!("csrf={token}&email={email}&password={}", password.replace(' ', "%20"));
            let request = app.client.post("/sign-in").header(ContentType::Form).body(body);
            let address = format!("{address}:4000").parse::<std::net::SocketAddr>().expect("address");
            request.remote(address).private_cookie(("speca_browser", seed)).dispatch().await.status().code
        };
        for number in 0..20 {
            assert_eq!(attempt(&format!("a{number}@example.org"), "wrong", "192.0.2.1").await, 422);
        }
        assert_eq!(attempt("known@example.org", PASSWORD, "192.0.2.1").await, 429);
        assert_eq!(attempt("known@example.org", PASSWORD, "192.0.2.2").await, 303);
    }
}

on_each_database! {
    async fn a_sign_in_ends_unused_and_takes_a_new_token_each_time(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let first = try_to_sign_in(&app, "known@example.org", PASSWORD).await.expect(303);
        let person = app.signed_in_by(&first);
        let second = person.post("/sign-in", &[("email", "known@example.org"), ("password", PASSWORD)]).await.expect(303);
        assert_ne!(first.sign_in, second.sign_in);
        person.get("/account").await.expect(303);
        let person = app.signed_in_by(&second);
        for _ in 0..71 {
            app.pass(TimeDelta::hours(10));
            person.get("/account").await.expect(200);
        }
        app.pass(TimeDelta::hours(10));
        person.get("/account").await.expect(303);
        let person = sign_in(&app, "known@example.org").await;
        app.pass(TimeDelta::hours(12));
        person.get("/account").await.expect(303);
    }
}

on_each_database! {
    async fn the_cookie_is_closed_to_scripts_and_other_sites(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let page = try_to_sign_in(&app, "known@example.org", PASSWORD).await;
        let is_ours = |(name, value): &&(String, String)| name.eq_ignore_ascii_case("set-cookie") && value.starts_with("speca_sign_in=");
        let (_, cookie) = page.headers.iter().find(is_ours).expect("cookie");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains(&page.sign_in.clone().expect("token")), "the token is sealed");
    }
}

on_each_database! {
    async fn signing_out_here_and_everywhere(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let (one, two, three) = (
            sign_in(&app, "known@example.org").await,
            sign_in(&app, "known@example.org").await,
            sign_in(&app, "known@example.org").await,
        );
        one.post("/sign-out", &[]).await.expect(303);
        one.get("/account").await.expect(303);
        one.post("/sign-out", &[]).await.expect(303);
        two.get("/account").await.expect(200);
        let page = three.post("/account/sign-ins/revoke-all", &[]).await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/sign-in"));
        two.get("/account").await.expect(303);
        three.get("/account").await.expect(303);
    }
}

on_each_database! {
    async fn one_sign_in_ends_from_the_list_and_only_ones_own(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let (one, two) = (sign_in(&app, "known@example.org").await, sign_in(&app, "known@example.org").await);
        let page = two.get("/account").await.expect(200).sees("this one");
        let start = page.body.find("/account/sign-ins/").expect("the other sign-in");
        let revoke: String = page.body[start..].chars().take_while(|c| *c != '"').collect();
        app.head("KAZ").post(&revoke, &[]).await.expect(404);
        one.get("/account").await.expect(200);
        two.post(&revoke, &[]).await.expect(303);
        one.get("/account").await.expect(303);
        two.get("/account").await.expect(200);
    }
}

on_each_database! {
    async fn a_new_password_ends_every_other_sign_in(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let (one, two) = (sign_in(&app, "known@example.org").await, sign_in(&app, "known@example.org").await);
        let change = |old, new, again| [("old_password", old), ("password", new), ("password_again", again)];
        let new = "another long password";
        one.post("/account/password", &change("wrong password", new, new)).await.expect(422).sees("not the present").lacks(new);
        one.post("/account/password", &change(PASSWORD, "short", "other")).await.expect(422).sees("10 to 200").sees("differ");
        two.get("/account").await.expect(200);
        one.post("/account/password", &change(PASSWORD, new, new)).await.expect(303);
        one.get("/account").await.expect(200);
        two.get("/account").await.expect(303);
        try_to_sign_in(&app, "known@example.org", PASSWORD).await.expect(422);
        try_to_sign_in(&app, "known@example.org", new).await.expect(303);
        for _ in 0..5 {
            one.post("/account/password", &change("wrong password", PASSWORD, PASSWORD)).await.expect(422);
        }
        one.post("/account/password", &change(new, PASSWORD, PASSWORD)).await.expect(429);
    }
}

on_each_database! {
    async fn disabling_ends_everything_and_has_its_limits(app: TestApp) {
        let one = account(&app, "one@example.org", Office::Administrator);
        let person = sign_in(&app, "one@example.org").await;
        let act = |id: &AccountId, act: &str| format!("/accounts/{id}/{act}");
        person.post(&act(&one, "disable"), &[]).await.expect(409).sees("your own account");
        let other = app.office(Office::Administrator);
        let link = invite(&person, "offices", "chair", "chair@example.org").await;
        other.post(&act(&one, "disable"), &[]).await.expect(303);
        person.get("/account").await.expect(303);
        app.visitor().get(&link).await.expect(410);
        other.post(&act(&one, "disable"), &[]).await.expect(409);
        other.post(&act(&one, "enable"), &[]).await.expect(303);
        person.get("/account").await.expect(303);
        sign_in(&app, "one@example.org").await;
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        secretariat.post(&act(&one, "disable"), &[]).await.expect(404);
        head.post(&act(&secretariat.account, "disable"), &[]).await.expect(404);
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        head.post(&act(&delegate.account, "disable"), &[]).await.expect(404);
        secretariat.post(&act(&delegate.account, "disable"), &[]).await.expect(303);
        delegate.get("/account").await.expect(303);
    }
}

on_each_database! {
    async fn the_last_administrator_stays(app: TestApp) {
        let (one, two) = (app.office(Office::Administrator), app.office(Office::Administrator));
        one.post(&format!("/accounts/{}/disable", two.account), &[]).await.expect(303);
        // A sign-in that holds although its administrator is disabled meanwhile cannot exist; the rule is asked directly.
        let now = app.clock.now().naive_utc();
        let id = one.account.clone();
        let actor = speca::policy::Actor::new(two.account.clone(), [speca::policy::Holding {
            capacity: Capacity::Administrator,
            delegation: None,
            session: None,
        }]);
        let refused = app.db.write_here(|tx| speca::accounts::operations::disable(tx, &actor, &id, now));
        assert!(matches!(refused, Err(OperationError::Refused(message)) if message.code == "account-last-administrator"));
        let held: i64 = app.db.read_here(|conn| -> Result<_, OperationError> {
            Ok(accounts::table.filter(accounts::disabled_at.is_null()).count().get_result(conn)?)
        }).expect("count");
        assert_eq!(held, 1);
    }
}

on_each_database! {
    async fn a_form_without_our_token_does_nothing(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let person = sign_in(&app, "known@example.org").await;
        let foreign = Seed::known("another browser").token();
        for token in ["", "0", foreign.as_str()] {
            person.post_raw("/account/sign-ins/revoke-all", &[("csrf", token)]).await.expect(403);
            app.visitor().post_raw("/sign-in", &[("csrf", token), ("email", "known@example.org"), ("password", PASSWORD)]).await.expect(403);
            app.visitor().post_raw("/account", &[("csrf", token), ("name", "kept?")]).await.expect(403).lacks("kept?");
        }
        person.post_raw("/account/sign-ins/revoke-all", &[]).await.expect(403);
        person.get("/account").await.expect(200);
    }
}

on_each_database! {
    async fn a_sign_in_leads_nowhere_else(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let goals = [
            ("/library?page=2", "/library?page=2"), ("/library?q=окно", "/library?q=%D0%BE%D0%BA%D0%BD%D0%BE"),
            ("https://evil.example", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("", "/"),
        ];
        for (next, goal) in goals {
            let fields = [("email", "known@example.org"), ("password", PASSWORD), ("next", next)];
            let page = app.visitor().post("/sign-in", &fields).await.expect(303);
            assert_eq!(page.location.as_deref(), Some(goal), "{next}");
        }
        let fields = [("email", "known@example.org"), ("password", PASSWORD), ("target", "https://evil.example")];
        app.visitor().post("/sign-in", &fields).await.expect(200).lacks("evil.example");
        let person = sign_in(&app, "known@example.org").await;
        assert_eq!(person.get("/sign-in?next=//evil.example").await.expect(303).location.as_deref(), Some("/"));
        let back = person.post("/language", &[("language", "ru"), ("return_to", "//evil.example")]).await.expect(303);
        assert_eq!(back.location.as_deref(), Some("/"));
    }
}

on_each_database! {
    async fn an_expired_sign_in_loses_nothing_typed(app: TestApp) {
        account(&app, "known@example.org", Office::Chair);
        let person = sign_in(&app, "known@example.org").await;
        app.pass(TimeDelta::hours(13));
        let typed = [("name", "Trade \"office\"\n& more"), ("language", "ru"), ("time_zone", "Asia/Kabul"), ("password", "secret one")];
        let page = person.post("/account", &typed).await.expect(401);
        assert_eq!(page.sign_in, None);
        let page = page
            .sees("What you typed is kept")
            .sees("<input type=\"hidden\" name=\"target\" value=\"/account\">")
            .sees("<input type=\"hidden\" name=\"kept:language\" value=\"ru\">")
            .sees("name=\"kept:name\" value=\"Trade &#34;office&#34;\n&#38; more\"")
            .lacks("secret one")
            .lacks("kept:password");
        assert_eq!(page.body.matches("kept:").count(), 3);
        let kept = [
            ("email", "known@example.org"), ("password", PASSWORD), ("target", "/account"),
            ("kept:name", "Trade office"), ("kept:language", "ru"), ("kept:time_zone", "Asia/Kabul"),
        ];
        let mut wrong = kept;
        wrong[1] = ("password", "wrong password");
        person.post("/sign-in", &wrong).await.expect(422).sees("name=\"kept:name\" value=\"Trade office\"");
        let page = person.post("/sign-in", &kept).await.expect(200);
        assert!(page.sign_in.is_some());
        page.sees("action=\"/account\"")
            .sees("<input type=\"hidden\" name=\"name\" value=\"Trade office\">")
            .sees("<input type=\"hidden\" name=\"time_zone\" value=\"Asia/Kabul\">")
            .lacks("kept:")
            .lacks(PASSWORD)
            .sees("Sign out");
    }
}

on_each_database! {
    async fn a_page_asked_for_without_a_sign_in_comes_after_it(app: TestApp) {
        let page = app.visitor().get("/accounts?page=2").await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/sign-in?next=%2Faccounts%3Fpage%3D2"));
        app.visitor().get("/sign-in?next=%2Faccounts%3Fpage%3D2").await.expect(200).sees("name=\"next\" value=\"/accounts?page=2\"");
        app.head("KAZ").post("/no-such-address", &[]).await.expect(404);
    }
}

on_each_database! {
    async fn the_language_is_switched_and_kept(app: TestApp) {
        let page = app.visitor().post("/language", &[("language", "ru"), ("return_to", "/sign-in?lang=en")]).await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/sign-in"));
        assert!(page.headers.iter().any(|(_, value)| value.starts_with("speca_language=ru")), "{:?}", page.headers);
        let head = app.head("KAZ");
        head.get("/account").await.expect(200).sees("My account");
        head.post("/language", &[("language", "ru"), ("return_to", "/account")]).await.expect(303);
        head.get("/account").await.expect(200).sees("Моя учетная запись");
        head.post("/language", &[("language", "xx"), ("return_to", "/account")]).await.expect(303);
        head.get("/account").await.expect(200).sees("Моя учетная запись");
    }
}

on_each_database! {
    async fn switching_the_language_in_a_form_loses_nothing(app: TestApp) {
        let head = app.head("KAZ");
        let typed = [("_language", "ru"), ("to", "KAZ"), ("role", "delegate"), ("email", "not yet"), ("name", "Trade office"), ("language", "en")];
        let page = head.post("/accounts/invitations", &typed).await.expect(200);
        page.sees("Новое приглашение").sees("value=\"not yet\"").sees("value=\"Trade office\"").lacks("class=\"error\"");
        head.get("/account").await.expect(200).sees("Моя учетная запись");
        let page = app.visitor().post("/sign-in", &[("_language", "ru"), ("email", "a@example.org")]).await.expect(200);
        page.sees("Войти").sees("a@example.org");
    }
}

on_each_database! {
    async fn ones_own_account_is_saved_and_checked(app: TestApp) {
        let head = app.head("KAZ");
        let save = |name, language, zone| [("name", name), ("language", language), ("time_zone", zone)];
        head.post("/account", &save(" ", "fr", "Moon/Base")).await.expect(422).sees("3 answers need attention");
        head.post("/account", &save("Trade department", "en", "Asia/Kabul")).await.expect(303);
        head.get("/account").await.expect(200).sees("Trade department").sees("Kabul (UTC+4:30)").sees("Asia/Kabul\" selected");
        app.visitor().get("/account").await.expect(303);
    }
}

on_each_database! {
    async fn who_has_lost_the_password_comes_back_by_a_link(app: TestApp) {
        let head = app.head("KAZ");
        let person = accept(&app, &invite(&head, "KAZ", "delegate", "one@example.org").await).await;
        let address = format!("/accounts/{}/password-link", person.account);
        app.head("UZB").post(&address, &[]).await.expect(404);
        person.post(&address, &[]).await.expect(404);
        app.office(Office::Chair).post(&address, &[]).await.expect(404);
        head.post(&format!("/accounts/{}/password-link", head.account), &[]).await.expect(404);
        app.secretariat().post(&address, &[]).await.expect(201);
        let page = head.post(&address, &[]).await.expect(201).sees("one@example.org");
        let start = page.body.find("/invitations/").expect("link");
        let link: String = page.body[start..].chars().take("/invitations/".len() + 64).collect();
        let set = format!("{link}/password");
        let new = "another long password";
        app.visitor().get(&link).await.expect(200).sees(&set).lacks("name=\"name\"");
        app.visitor().post(&link, &acceptance()).await.expect(404);
        app.visitor().post(&set, &[("password", "short"), ("password_again", "short")]).await.expect(422).sees(&set);
        person.get("/account").await.expect(200);
        let page = app.visitor().post(&set, &[("password", new), ("password_again", new)]).await.expect(303);
        app.signed_in_by(&page).get("/account").await.expect(200).sees("one@example.org");
        person.get("/account").await.expect(303);
        app.visitor().post(&set, &[("password", new), ("password_again", new)]).await.expect(410);
        try_to_sign_in(&app, "one@example.org", PASSWORD).await.expect(422);
        try_to_sign_in(&app, "one@example.org", new).await.expect(303);
        let link = invite(&app.secretariat(), "UZB", "observer", "one@example.org").await;
        app.visitor().post(&format!("{link}/password"), &[("password", new), ("password_again", new)]).await.expect(404);
    }
}

on_each_database! {
    async fn a_head_gives_no_account_back_that_serves_another_delegation_too(app: TestApp) {
        let head = app.head("KAZ");
        let person = accept(&app, &invite(&head, "KAZ", "delegate", "one@example.org").await).await;
        let link = invite(&app.head("UZB"), "UZB", "observer", "one@example.org").await;
        person.post(&link, &[]).await.expect(303);
        head.post(&format!("/accounts/{}/password-link", person.account), &[]).await.expect(404);
        head.get("/accounts").await.expect(200).sees("one@example.org");
    }
}

on_each_database! {
    async fn many_acts_at_once_each_take_their_place_in_the_trail(app: TestApp) {
        let head = app.head("KAZ");
        let emails: Vec<String> = (0..8).map(|number| format!("a{number}@example.org")).collect();
        let all = emails.iter().map(|email| invite(&head, "KAZ", "delegate", email));
        let links = rocket::futures::future::join_all(all).await;
        assert_eq!(links.len(), 8);
        let verdict = app.db.read_here(speca::audit::verify).expect("verdict");
        assert!(matches!(verdict, speca::audit::Verdict::Whole { lines: 8, .. }), "{verdict:?}");
    }
}

on_each_database! {
    async fn a_link_used_twice_at_once_makes_one_account(app: TestApp) {
        let link = invite(&app.head("KAZ"), "KAZ", "delegate", "one@example.org").await;
        let (one, two) = (app.visitor(), app.visitor());
        let fields = acceptance();
        let pages = rocket::futures::future::join(one.post(&link, &fields), two.post(&link, &fields)).await;
        let accepted = [&pages.0, &pages.1].iter().filter(|page| page.sign_in.is_some()).count();
        assert_eq!(accepted, 1, "{} and {}", pages.0.status, pages.1.status);
        assert!([pages.0.status.code, pages.1.status.code].iter().all(|code| [303, 409, 410].contains(code)));
    }
}
