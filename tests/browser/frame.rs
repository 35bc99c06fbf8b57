//! The frame around every page: it answers, in the language asked for, with and without scripts, on every window.

use crate::support::{Browser, DESK, PLAIN, Server, Setting, TELEPHONE, journey};

#[test]
fn the_site_answers_in_english_with_scripts() {
    journey(|| async {
        let server = Server::empty();
        let browser = Browser::start(&server, DESK).await;
        browser.open("/").await;
        browser.sees("SPECA Working Group on Trade").await;
        assert_eq!(browser.find("html").await.attr("lang").await.unwrap().as_deref(), Some("en"));
        browser.is_accessible().await;
        browser.picture("start-en").await;
        browser.close().await;
    });
}

#[test]
fn the_site_answers_in_russian_on_a_telephone() {
    journey(|| answers_in_russian(TELEPHONE, "start-ru-telephone"));
}

#[test]
fn the_site_answers_in_russian_without_scripts() {
    journey(|| answers_in_russian(PLAIN, "start-ru-plain"));
}

async fn answers_in_russian(setting: Setting, picture: &str) {
    let server = Server::empty();
    let browser = Browser::start(&server, setting).await;
    browser.open("/").await;
    browser.sees("Рабочая группа СПЕКА по торговле").await;
    assert_eq!(browser.find("html").await.attr("lang").await.unwrap().as_deref(), Some("ru"));
    browser.is_accessible().await;
    browser.picture(picture).await;
    browser.close().await;
}
