//! A delegation writes together: one with scripts, one without, one without a network; and its head clears.

use std::time::Duration;

use fantoccini::Locator;
use speca::demonstration::desks;

use crate::support::{Browser, DESK, PLAIN, Server, journey_within, spreadsheet};

/// Longest time that a journey of several browsers may take.
const LONGEST: Duration = Duration::from_mins(8);
/// A returned action of Kyrgyzstan: everything that is required is answered.
const ACTION: &str = "/submissions/PA-KGZ-2020-004";

async fn seat(server: &Server, setting: crate::support::Setting, key: &str) -> Browser {
    let browser = Browser::start(server, setting).await;
    let desk = desks().into_iter().find(|desk| desk.key == key).unwrap();
    browser.sign_in_with(&desk.email(), &desk.password()).await;
    browser
}

async fn value(browser: &Browser, name: &str) -> String {
    let field = browser.find(&format!("[name=\"{name}\"]")).await;
    field.prop("value").await.unwrap().unwrap_or_default()
}

async fn edit(browser: &Browser) {
    browser.open(&format!("{ACTION}/edit")).await;
    browser.find("[name=\"title|en\"]").await;
}

async fn save(browser: &Browser) {
    browser.press("#main .actions button:not([name])").await;
}

/// Waits until the script has saved in passing.
async fn is_saved_in_passing(browser: &Browser) {
    let wait = browser.client.wait().at_most(Duration::from_secs(40));
    wait.for_element(Locator::Css("#autosave:not(:empty)")).await.expect("the script saves in passing");
}

#[test]
fn two_delegates_write_at_once_and_the_head_clears() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let scripted = seat(&server, DESK, "kgz-delegate").await;
        let plain = seat(&server, PLAIN, "kgz-alternate").await;

        // Both begin from the same text: one is saved in passing, the other by the button; neither loses a word.
        edit(&scripted).await;
        edit(&plain).await;
        scripted.fill("mandate|en", "Decision of the fourteenth session, typed with scripts").await;
        is_saved_in_passing(&scripted).await;
        plain.fill("after|en", "The agencies go on by themselves, typed without scripts").await;
        save(&plain).await;
        plain.find(".notice.good").await;
        assert_eq!(value(&plain, "mandate|en").await, "Decision of the fourteenth session, typed with scripts");
        assert_eq!(value(&plain, "after|en").await, "The agencies go on by themselves, typed without scripts");

        // Both change the same question: both texts are kept, and one is chosen.
        edit(&scripted).await;
        scripted.fill("title|en", "Agree on the data of permits").await;
        save(&scripted).await;
        scripted.find(".notice.good").await;
        plain.fill("title|en", "Agree on the data of certificates").await;
        save(&plain).await;
        plain.sees("Agree on the data of permits").await;
        plain.sees("Agree on the data of certificates").await;
        plain.is_accessible().await;
        plain.picture("both-texts-desk").await;
        plain.press("input[value=\"theirs\"]").await;
        plain.press("main form .actions button").await;
        plain.find(".notice.good").await;
        assert_eq!(value(&plain, "title|en").await, "Agree on the data of permits");

        // The language is switched in the middle of typing.
        plain.fill("mandate|en", "Typed and not saved").await;
        plain.switch_language().await;
        plain.find("html[lang=en]").await;
        assert_eq!(value(&plain, "mandate|en").await, "Typed and not saved");
        save(&plain).await;
        plain.find(".notice.good").await;
        plain.close().await;
        scripted.close().await;

        let head = seat(&server, DESK, "kgz-head").await;
        edit(&head).await;
        assert_eq!(value(&head, "mandate|en").await, "Typed and not saved");
        head.press("#main button[name=then]").await;
        head.find(".badge.state-submitted").await;
        head.close().await;
    });
}

#[test]
fn a_form_is_filled_in_with_a_spreadsheet_program_and_comes_back() {
    if !spreadsheet::is_installed() {
        return;
    }
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let browser = seat(&server, DESK, "kgz-delegate").await;
        browser.switch_language().await;
        browser.find("html[lang=en]").await;
        edit(&browser).await;
        browser.follow(&format!("{ACTION}/upload")).await;
        let link = browser.find("main li a[download]").await.attr("href").await.unwrap().unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("before.xlsx"), browser.fetched(&link).await).unwrap();
        spreadsheet::fill(folder.path(), "mandate", "Typed into a cell without a network");

        let field = browser.find("input[type=file]").await;
        field.send_keys(&folder.path().join("after.xlsx").display().to_string()).await.unwrap();
        browser.press("#upload .actions button").await;
        browser.find(".diff ins").await;
        assert_eq!(browser.count(".diff").await, 1, "one question changes");
        browser.sees("1 question changes").await;
        browser.is_accessible().await;
        browser.picture("workbook-diff-desk").await;
        browser.press("main form .actions button").await;
        browser.find(".notice.good").await;
        assert_eq!(value(&browser, "mandate|en").await, "Typed into a cell without a network");
        browser.open(&format!("{ACTION}/languages")).await;
        browser.picture("parity-desk").await;
        browser.close().await;
    });
}
