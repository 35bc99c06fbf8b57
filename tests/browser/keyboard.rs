//! With the keyboard alone: a delegate writes and hands to the head, the head clears and votes; where the focus is can be seen all
//! the way, and a faulty form leads to its errors.

use std::time::Duration;

use speca::demonstration::desks;

use crate::support::{Browser, DESK, Server, journey_within};

/// Longest time that the journey may take.
const LONGEST: Duration = Duration::from_mins(8);
/// Most presses of the tabulator on one page.
const PRESSES_MAX: usize = 400;
/// A returned action: everything that is required is answered.
const ACTION: &str = "/submissions/PA-KGZ-2020-004";

/// Where the focus is, whether that can be seen, and whether it is in the window.
const FOCUS: &str = "
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [one.matches(arguments[0]), one === document.body || seen, box.bottom > 0 && box.top < innerHeight, one.outerHTML.slice(0, 200)];
";

/// Presses the tabulator until the focus stands on what a selector names.
async fn tab_to(browser: &Browser, css: &str) {
    for _ in 0..PRESSES_MAX {
        let found = browser.client.execute(FOCUS, vec![css.into()]).await.unwrap();
        if found[0] == true {
            return;
        }
        browser.key("Tab").await;
        let now = browser.client.execute(FOCUS, vec![css.into()]).await.unwrap();
        assert_eq!(now[1], true, "nobody sees the focus on {} of {}", now[3], browser.path().await);
        assert_eq!(now[2], true, "the focus is outside of the window: {} of {}", now[3], browser.path().await);
    }
    panic!("no key leads to {css} on {}:\n{}", browser.path().await, browser.text().await);
}

/// Goes to a button or link and presses Enter.
async fn enter(browser: &Browser, css: &str) {
    tab_to(browser, css).await;
    browser.key("Enter").await;
}

/// Signs in through the start page.
async fn sign_in(browser: &Browser, key: &str) {
    let desk = desks().into_iter().find(|desk| desk.key == key).unwrap();
    browser.open("/").await;
    browser.key("Tab").await;
    let skip = browser.client.execute(FOCUS, vec![".skip".into()]).await.unwrap();
    assert_eq!((&skip[0], &skip[2]), (&true.into(), &true.into()), "the way past the frame comes first, and is seen");
    browser.key("Enter").await;
    let content = browser.client.execute(FOCUS, vec!["#content".into()]).await.unwrap();
    assert_eq!(content[0], true, "it leads to the content");
    browser.open("/sign-in").await;
    tab_to(browser, "[name=email]").await;
    browser.type_keys(&desk.email()).await;
    tab_to(browser, "[name=password]").await;
    browser.type_keys(&desk.password()).await;
    browser.key("Enter").await;
    browser.find("form[action=\"/sign-out\"]").await;
}

#[test]
fn a_delegation_writes_clears_and_votes_with_the_keyboard_alone() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let delegate = Browser::start(&server, DESK).await;
        sign_in(&delegate, "kgz-delegate").await;
        delegate.open(&format!("{ACTION}/edit")).await;
        tab_to(&delegate, "[name=\"title|en\"]").await;
        // The tabulator selects nothing in a text of several lines: letter by letter.
        let title = delegate.find("[name=\"title|en\"]").await.prop("value").await.unwrap().unwrap_or_default();
        for _ in title.chars() {
            delegate.key("Backspace").await;
        }
        let left = delegate.find("[name=\"title|en\"]").await.prop("value").await.unwrap().unwrap_or_default();
        if !left.is_empty() {
            delegate.client.active_element().await.unwrap().clear().await.unwrap();
        }
        enter(&delegate, "#main button[name=then]").await;
        delegate.find("#errors a").await;
        let summary = delegate.client.execute(FOCUS, vec!["#errors".into()]).await.unwrap();
        assert_eq!(summary[0], true, "a faulty form leads to its errors: {}", summary[3]);
        enter(&delegate, "#errors a").await;
        let field = delegate.client.execute(FOCUS, vec!["[name=\"title|en\"]".into()]).await.unwrap();
        assert_eq!(field[0], true, "an error leads to its field: {}", field[3]);
        let tree = delegate.told("Accessibility.getFullAXTree", &serde_json::json!({})).await;
        assert!(tree.contains("\"live\"") && tree.contains("polite"), "changes are announced");
        delegate.type_keys("Written with the keyboard alone").await;
        enter(&delegate, "#main button[name=then]").await;
        delegate.find(".badge.state-awaiting-clearance").await;
        delegate.close().await;

        let head = Browser::start(&server, DESK).await;
        sign_in(&head, "kgz-head").await;
        enter(&head, &format!("main a[href=\"{ACTION}\"]")).await;
        head.find(".badge.state-awaiting-clearance").await;
        enter(&head, "form[action$=\"/acts/clear\"] button").await;
        head.find(".badge.state-submitted").await;

        head.open("/sessions/15/ballots/2").await;
        enter(&head, "main a[href=\"/sessions/15/ballots/2/paper\"]").await;
        head.find("[name^=\"priority|\"]").await;
        tab_to(&head, "#main [name^=\"priority|\"]").await;
        head.key("ArrowDown").await;
        let chosen = head.client.execute("return document.activeElement.value", vec![]).await.unwrap();
        assert_ne!(chosen, "", "an arrow chooses a priority");
        enter(&head, "#main button[value=confirm]").await;
        head.find(".notice.good").await;
        head.close().await;
    });
}
