//! Signing in by keyboard; the pages of accounts, delegations and the audit trail; nothing typed is lost.

use crate::support::{Browser, DESK, PLAIN, Server, Setting, TELEPHONE, journey};

const ADMINISTRATOR: &str = "administrator@example.org";

/// The pages that an administrator has.
const PAGES: &[&str] = &[
    "/account",
    "/account/password",
    "/accounts",
    "/accounts/invitations/new?to=offices",
    "/delegations",
    "/delegations/new",
    "/audit",
];

async fn signed_in(setting: Setting) -> (Server, Browser) {
    let server = Server::empty();
    server.account(ADMINISTRATOR, "administrator", setting.lang);
    let browser = Browser::start(&server, setting).await;
    browser.sign_in(ADMINISTRATOR).await;
    (server, browser)
}

#[test]
fn every_page_of_an_administrator_is_accessible() {
    journey(|| async {
        for setting in [DESK, TELEPHONE] {
            let (_server, browser) = signed_in(setting).await;
            for page in PAGES {
                browser.open(page).await;
                assert_eq!(browser.path().await, *page);
                browser.is_accessible().await;
                browser.picture(&format!("{}-{}", page[1..].replace(['/', '?', '='], "-"), setting.lang)).await;
            }
            browser.close().await;
        }
    });
}

#[test]
fn the_language_switch_keeps_what_was_typed() {
    journey(|| async {
        let (_server, browser) = signed_in(PLAIN).await;
        browser.open("/delegations/new").await;
        browser.fill("name_ru", "Узбекистан").await;
        let before = browser.find("html").await.attr("lang").await.unwrap();
        browser.switch_language().await;
        browser.find("[name=\"name_ru\"]").await;
        assert_ne!(browser.find("html").await.attr("lang").await.unwrap(), before);
        let typed = browser.find("[name=\"name_ru\"]").await.prop("value").await.unwrap();
        assert_eq!(typed.as_deref(), Some("Узбекистан"));
        browser.close().await;
    });
}

#[test]
fn a_form_outlives_the_sign_in() {
    journey(|| async {
        let (_server, browser) = signed_in(PLAIN).await;
        browser.open("/delegations/new").await;
        browser.fill("name_en", "Uzbekistan").await;
        browser.client.delete_cookie("speca_sign_in").await.unwrap();
        browser.press("main form button:not([name])").await;
        browser.fill("email", ADMINISTRATOR).await;
        browser.fill("password", crate::support::PASSWORD).await;
        browser.press("main form button:not([name])").await;
        let kept = browser.find("[name=\"name_en\"]").await.prop("value").await.unwrap();
        assert_eq!(kept.as_deref(), Some("Uzbekistan"));
        browser.close().await;
    });
}
