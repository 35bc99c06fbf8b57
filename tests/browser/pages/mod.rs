//! Every page of every office on the demonstration, in both languages, light and dark, at 1280 and at 360 pixels, breaks no rule
//! of accessibility that a program can check; zoomed to 200 % it is not scrolled sideways.
//!
//! `tables` says which office opens what, `rooms` does the acts that bring other pages into being and opens those. A page that
//! neither opens is found by itself where the demonstration holds what its address names ([`HELD`]), and is opened as the first
//! office that may; where it does not, `every_page_is_opened` fails. A page is loaded once a language. What is there and where it
//! stands may differ from window to window, so all rules are asked on each: light on the wide one, dark on the narrow one. The other
//! scheme changes colours and nothing else, so it asks those rules alone: in both languages where the page has a form, else in the
//! first, for colours do not depend on the language. Each test says how many seconds its offices took: some two a page and language
//! on an idle machine.

mod rooms;
pub mod tables;

use std::time::{Duration, Instant};

use speca::demonstration::desks;

use crate::support::{Browser, DESK, Server, journey_within};
use tables::{
    ADMINISTRATOR, ALTERNATE, CHAIR, DELEGATE, HEAD, HEAD_IN_RUSSIAN, NOWHERE, OBSERVER, REVIEWER, SECRETARIAT,
    SECRETARIAT_VOTING, VISITOR, WAYS,
};

/// Longest time for all pages of a test: some two hundred, on a machine that may be busy.
const LONGEST: Duration = Duration::from_mins(15);
/// Width of the narrowest window.
const NARROW: u32 = 360;

#[test]
fn visitors_observers_and_delegations_find_every_page_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let mut wrong = Vec::new();
        wrong.extend(walk(&server, "", VISITOR, &[]).await);
        wrong.extend(walk(&server, "observer", OBSERVER, &[]).await);
        wrong.extend(walk(&server, "kaz-delegate", DELEGATE, &[]).await);
        wrong.extend(walk(&server, "kaz-head", HEAD, &[]).await);
        wrong.extend(walk(&server, "tkm-alternate", ALTERNATE, &[]).await);
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

#[test]
fn a_head_who_reads_russian_finds_every_page_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let wrong = walk(&server, "kgz-head", HEAD_IN_RUSSIAN, &[]).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

#[test]
fn the_secretariat_finds_every_page_of_a_session_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let wrong = walk(&server, "secretariat", SECRETARIAT, &[]).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

#[test]
fn the_offices_of_the_group_find_every_page_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let mut wrong = Vec::new();
        wrong.extend(walk(&server, "secretariat", SECRETARIAT_VOTING, &[]).await);
        wrong.extend(walk(&server, "chair", CHAIR, &[]).await);
        wrong.extend(walk(&server, "reviewer-1", REVIEWER, &[]).await);
        wrong.extend(walk(&server, "administrator", ADMINISTRATOR, &[]).await);
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

/// Who opens the pages that no table lists, in this order.
const OPENERS: &[&str] = &["secretariat", "administrator", "chair", "kaz-head", "reviewer-1"];

#[test]
fn pages_that_no_table_lists_are_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let (opened, closed) = unlisted(&server).await;
        assert!(closed.is_empty(), "none of {OPENERS:?} opens {closed:#?}: add them to a table in tests/browser/pages");
        let mut wrong = Vec::new();
        for (office, pages) in &opened {
            let pages: Vec<(&str, &str)> = pages.iter().map(|path| (path.as_str(), "")).collect();
            wrong.extend(walk(&server, office, &pages, &[]).await);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

/// Returns the pages that no table lists by the office that opens them, and those that none opens.
pub async fn unlisted(server: &Server) -> (Vec<(&'static str, Vec<String>)>, Vec<String>) {
    let mut closed: Vec<String> = missing().iter().filter_map(|route| address(route)).collect();
    let mut opened = Vec::new();
    for office in OPENERS {
        if closed.is_empty() {
            break;
        }
        let browser = seat(server, office).await;
        let (mut theirs, mut others) = (Vec::new(), Vec::new());
        for path in closed {
            browser.open(&path).await;
            let answers = browser.status().await == 200 && browser.path().await == path;
            if answers { theirs.push(path) } else { others.push(path) }
        }
        browser.close().await;
        if !theirs.is_empty() {
            opened.push((*office, theirs));
        }
        closed = others;
    }
    (opened, closed)
}

/// What the demonstration holds: the beginning of a route, and of the address in its place.
const HELD: &[(&str, &str)] = &[
    ("/sessions/<session>", "/sessions/15"),
    ("/sessions/<number>", "/sessions/15"),
    ("/sessions/15/ballots/<number>", "/sessions/15/ballots/2"),
    ("/sessions/15/decisions/<number>", "/sessions/15/decisions/2"),
    ("/submissions/<reference>", "/submissions/PA-KAZ-2020-001"),
    ("/delegations/<code>", "/delegations/KAZ"),
];

/// Returns the address of a route, or nothing when it names what the demonstration does not hold.
fn address(route: &str) -> Option<String> {
    let address = HELD.iter().fold(route.to_owned(), |path, (part, held)| match path.strip_prefix(part) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{held}{rest}"),
        _ => path,
    });
    (!address.contains('<')).then_some(address)
}

/// Routes that answer with a file, a piece of a page, one word or the way to a page.
const NO_PAGES: &[&str] = &[
    "/account/data",
    "/api/<_..>",
    "/assets/<name>",
    "/exports/<file>",
    "/guides/pictures/<lang>/guides/<role>/<task>",
    "/health",
    "/help",
    "/metrics",
    "/ready",
    "/sessions/<number>/calendar.ics",
    "/sessions/<number>/credentials/<code>/<id>/letter",
    "/sessions/<number>/desk/calendar.ics",
    "/sessions/<number>/exports/<file>",
    "/sessions/<number>/figures/<file>",
    "/sessions/<number>/plenary/events",
    "/sessions/<number>/questionnaires/<kind>/form.xlsx",
    "/sessions/<number>/reviews.xlsx",
    "/sessions/<number>/similar",
    "/sessions/<number>/submissions/list.csv",
    "/sessions/<number>/submissions/next",
    "/sessions/<session>/ballots/<number>/ballots.csv",
    "/sessions/<session>/ballots/<number>/ballots.pabulib",
    "/sessions/<session>/ballots/<number>/ballots.preflib",
    "/sessions/<session>/ballots/<number>/paper.xlsx",
    "/sessions/<session>/ballots/<number>/recount.zip",
    "/submissions/<reference>/attachments/<attachment>",
    "/submissions/<reference>/form.xlsx",
];

/// Returns in how many parts a route names an address, or nothing when it is not its route.
fn fits(route: &str, path: &str) -> Option<usize> {
    let address = path.split('?').next().unwrap_or_default();
    if route.matches('/').count() != address.matches('/').count() {
        return None;
    }
    let parts = || route.split('/').zip(address.split('/'));
    parts().all(|(a, b)| a == b || a.starts_with('<')).then(|| parts().filter(|(a, b)| a == b).count())
}

/// Returns the mounted routes that may be asked for something.
fn mounted() -> Vec<String> {
    let routes = speca::app::routes().into_iter().filter(|route| route.method == rocket::http::Method::Get);
    routes.map(|route| route.uri.path().to_owned()).collect()
}

/// Returns the routes of the pages that no table lists.
fn missing() -> Vec<String> {
    let mounted = mounted();
    let office = [VISITOR, OBSERVER, DELEGATE, HEAD, ALTERNATE, HEAD_IN_RUSSIAN, REVIEWER, CHAIR, ADMINISTRATOR];
    let tables =
        office.into_iter().chain([SECRETARIAT, SECRETARIAT_VOTING]).chain(rooms::TABLES.iter().map(|row| row.1));
    let listed = tables.flatten().map(|(path, _)| *path).chain(rooms::APART.iter().copied());
    let listed: std::collections::BTreeSet<&str> = listed
        .filter_map(|path| mounted.iter().filter_map(|route| Some((fits(route, path)?, route.as_str()))).max())
        .map(|(_, route)| route)
        .collect();
    let is_page = |route: &&String| !route.starts_with("/api/v1") && !NO_PAGES.contains(&route.as_str());
    mounted.iter().filter(is_page).filter(|route| !listed.contains(route.as_str())).cloned().collect()
}

#[test]
fn every_page_is_opened() {
    let missing: Vec<String> = missing().into_iter().filter(|route| address(route).is_none()).collect();
    assert!(missing.is_empty(), "nobody opens {missing:#?}: add them to a table in tests/browser/pages");
    let mounted = mounted();
    let gone: Vec<_> = NO_PAGES.iter().filter(|route| !mounted.iter().any(|mounted| mounted == *route)).collect();
    assert!(gone.is_empty(), "not mounted any more: {gone:?}");
}

/// Sits down as an office of the demonstration; as a visitor where there is no such office.
pub async fn seat(server: &Server, office: &str) -> Browser {
    let browser = Browser::start(server, DESK).await;
    if let Some(desk) = desks().iter().find(|desk| desk.key == office) {
        browser.sign_in_with(&desk.email(), &desk.password()).await;
    }
    browser
}

/// Opens the pages of an office in both languages and returns what is wrong with them. Names in braces in their addresses are
/// looked up in what was made.
async fn walk(server: &Server, office: &str, pages: &[(&str, &str)], made: &[(&str, String)]) -> Vec<String> {
    let (begun, browser) = (Instant::now(), seat(server, office).await);
    let mut wrong = Vec::new();
    for pass in 0..2 {
        if pass > 0 {
            browser.open("/").await;
            browser.switch_language().await;
        }
        for (path, name) in pages {
            let path = named(path, made);
            browser.imitate(DESK.width, false).await;
            go(&browser, &path).await;
            let status = browser.status().await;
            if status != if path == NOWHERE { 404 } else { 200 } {
                wrong.push(format!("{office}: {path} answers {status}"));
            }
            wrong.extend(look(&browser, name, pass).await.into_iter().map(|fault| format!("{office}, {fault}")));
        }
    }
    browser.close().await;
    println!("{office}: {} pages in {} s; {}", pages.len(), begun.elapsed().as_secs(), wrong.join("\n\n"));
    wrong
}

/// Returns an address with the numbers of what was made.
fn named(path: &str, made: &[(&str, String)]) -> String {
    made.iter().fold(path.to_owned(), |path, (name, number)| path.replace(name, number))
}

/// Opens a page; one whose address is not known beforehand by the link that leads there.
pub async fn go(browser: &Browser, path: &str) {
    let Some((route, page, link)) = WAYS.iter().find(|(route, ..)| *route == path) else {
        return browser.open(path).await;
    };
    browser.open(page).await;
    let address = browser.find(link).await.attr("href").await.unwrap().unwrap();
    // Why: two routes may share the beginning of an address; what the link lacks of the route is put behind it.
    let last = route.rsplit('/').next().filter(|last| !last.starts_with('<') && !address.contains(last));
    browser.open(&last.map_or(address.clone(), |last| format!("{address}/{last}"))).await;
}

/// Looks at the page that is open: on both windows, light and dark, zoomed, enlarged and on paper; returns its faults. Keeps its
/// picture, light: on a desk where the page is in English, on a telephone where it is in Russian, whichever language its reader
/// began with. So each picture is taken once, and one whose name says Russian is in Russian.
async fn look(browser: &Browser, name: &str, pass: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let is_russian = browser.count("html[lang=\"ru\"]").await > 0;
    let kept = if is_russian { NARROW } else { DESK.width };
    let is_kept = !name.is_empty() && (is_russian || !name.ends_with("-russian"));
    let in_both_schemes = pass == 0 || browser.count("main form").await > 0;
    for (width, whole, other) in &[(DESK.width, "light", "dark"), (NARROW, "dark", "light")] {
        for scheme in [whole, other].into_iter().take(if in_both_schemes { 2 } else { 1 }) {
            browser.imitate(*width, *scheme == "dark").await;
            let found = if scheme == whole { browser.faults().await } else { browser.faults_of_colour().await };
            faults.extend(found.into_iter().map(|fault| format!("{width} pixels, {scheme}: {fault}")));
        }
        if is_kept && *width == kept {
            browser.imitate(*width, false).await;
            browser.picture(&format!("{name}-{}", if *width == NARROW { "telephone" } else { "desk" })).await;
        }
    }
    faults.extend(browser.faults_enlarged().await);
    faults
}
