//! Another body than the one embedded, from its folder alone: its name, members, criteria, questionnaires and targets, from the
//! first account to a practice handed in. The folder is `tests/second_body`.

use std::path::Path;
use std::process::Command;

use speca::kernel::lang::Lang;

use crate::support::{Browser, DESK, PASSWORD, Server, TELEPHONE, journey};

const BODY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second_body");

#[test]
fn another_body_is_a_folder_of_data() {
    journey(|| async {
        let server = Server::of_body(BODY);
        server.account("secretariat@office.example", "secretariat", Lang::En);
        let browser = Browser::start(&server, DESK).await;
        browser.open("/").await;
        browser.sees("Group on Water (made up)").await;
        browser.sees("This group exists in the tests alone.").await;
        browser.sign_in("secretariat@office.example").await;
        browser.open("/delegations").await;
        browser.sees("Upper Place").await;
        assert!(!browser.text().await.contains("Kazakhstan"));
        a_session_is_opened(&browser).await;
        browser.sees("Water saved").await;
        browser.sees("70").await;
        browser.open("/sessions/1/questionnaires/practice").await;
        browser.sees("Name of the water practice").await;
        assert_eq!(browser.count("main h3").await, 5, "the questions of its own questionnaire and no others");
        a_head_is_invited(&browser).await;
        a_practice_is_handed_in(&browser).await;
        browser.close().await;
        let russian = Browser::start(&server, TELEPHONE).await;
        russian.open("/").await;
        russian.sees("Группа по воде (условная)").await;
        russian.close().await;
    });
}

async fn a_session_is_opened(browser: &Browser) {
    browser.open("/sessions/new").await;
    for (name, value) in [
        ("number", "1"),
        ("title_en", "First session"),
        ("title_ru", "Первая сессия"),
        ("place_en", "Online"),
        ("place_ru", "В режиме онлайн"),
        ("first_year", "2027"),
        ("last_year", "2029"),
    ] {
        browser.fill(name, value).await;
    }
    browser.set("starts_on", "2026-12-07").await;
    browser.set("ends_on", "2026-12-08").await;
    browser.choose("time_zone", "Asia/Almaty").await;
    browser.press("#main .actions button").await;
    browser.find("main h1").await;
    browser.open("/sessions/1/windows").await;
    browser.set("submissions_opens", "2024-01-01T09:00").await;
    browser.set("submissions_closes", "2099-01-01T18:00").await;
    browser.press("#main .actions button").await;
    browser.find(".notice.good").await;
    browser.open("/sessions/1").await;
}

async fn a_head_is_invited(browser: &Browser) {
    browser.open("/accounts/invitations/new?to=QMA").await;
    browser.fill("name", "Water office").await;
    browser.fill("email", "head@office.example").await;
    browser.choose("role", "head").await;
    browser.choose("language", "en").await;
    browser.press("#invite .actions button").await;
    let link = browser.find("code.link").await.text().await.unwrap();
    browser.press("form[action=\"/sign-out\"] button").await;
    browser.find("a[href=\"/sign-in\"]").await;
    browser.open(&format!("/invitations/{}", link.rsplit('/').next().unwrap())).await;
    browser.fill("password", PASSWORD).await;
    browser.fill("password_again", PASSWORD).await;
    browser.press("#invitation .actions button").await;
    browser.find("form[action=\"/sign-out\"]").await;
}

async fn a_practice_is_handed_in(browser: &Browser) {
    browser.open("/sessions/1/submissions/new?kind=practice").await;
    browser.choose("original", "en").await;
    browser.press("#main .actions button").await;
    browser.find("[name=\"title|en\"]").await;
    browser.unfold().await;
    for (name, value) in
        [("title|en", "Closed canals"), ("summary|en", "Canals are covered."), ("river|en", "The river")]
    {
        browser.fill(name, value).await;
    }
    browser.choose("theme", "W1").await;
    browser.choose("main_target", "6.4").await;
    browser.press("#main button[name=then]").await;
    browser.find(".badge.state-submitted").await;
    browser.sees("GP-QMA-2026-001").await;
}

#[test]
fn a_body_that_cannot_be_used_is_refused_with_what_is_wrong() {
    let broken = |name: &str, text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        refusal(folder.path())
    };
    for (name, text, said) in [
        ("group.toml", "name = 1", "group.toml"),
        ("criteria.toml", "criteria = []\nmarks = []", "criteria.toml"),
        ("lists/themes.csv", "code,title\nW1,Water\n", "themes.csv"),
        ("questionnaires/action.toml", "kind = \"practice\"\nversion = 1\nsections = []\n", "its kind is practice"),
        ("questionnaires/practice.toml", "kind = \"practice\"\nversion = 1\nsections = []\n", "`title` is missing"),
        ("messages/en.ftl", "no-such-message = A\n", "there is no message `no-such-message`"),
        ("messages/ru.ftl", "site-name = А\n", "both languages"),
        ("README.md", "nothing", "no file of a body"),
    ] {
        let refused = broken(name, text);
        assert!(refused.contains(said), "{name}: {refused}");
    }
}

/// Returns what the program says to a body that it does not serve.
fn refusal(body: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_speca"))
        .args(["migrate", "--database", "sqlite://never.sqlite"])
        .env("SPECA_BODY", body)
        .current_dir(body)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stderr).into_owned()
}
