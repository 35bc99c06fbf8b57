//! Over a slow line: what the first page of each main task weighs, how long it takes until it can be used, and how often the line is
//! gone along.

use std::time::{Duration, Instant};

use serde_json::json;
use speca::demonstration::desks;

use crate::support::{Browser, DESK, Server, journey_within};

/// Longest time that all tasks may take.
const LONGEST: Duration = Duration::from_mins(9);
/// 64 kilobits a second, in bytes.
const BYTES_A_SECOND: u32 = 8_000;
/// Time that a question needs to be answered, in milliseconds.
const ROUND_TRIP_MS: u32 = 800;
/// Most bytes that a first page may weigh.
const BYTES_MAX: u64 = 100 * 1024;
/// Longest time until a first page can be used, in seconds.
const USABLE_SECONDS_MAX: f64 = 15.0;
/// Longest time that an act with its answer may take, in seconds.
const ACT_SECONDS_MAX: f64 = 15.0;

/// A task.
struct Task {
    name: &'static str,
    office: &'static str,
    /// Its first page.
    path: &'static str,
    /// What is entered there, as a script.
    entered: &'static str,
    /// The button or link of its act.
    act: &'static str,
    /// What is there afterwards.
    after: &'static str,
}

const TASKS: &[Task] = &[
    Task {
        name: "sign in",
        office: "",
        path: "/sign-in",
        entered: "document.querySelector('[name=email]').value = 'kaz-delegate@speca.example';
            document.querySelector('[name=password]').value = 'demo-kaz-delegate-2020'",
        act: "#sign-in .actions button",
        after: "form[action=\"/sign-out\"]",
    },
    Task {
        name: "read the library",
        office: "",
        path: "/library",
        entered: "",
        act: "main h3 a, main h2 a, main li a[href^=\"/library/\"]",
        after: "main h1",
    },
    Task {
        name: "fill in the form",
        office: "kgz-delegate",
        path: "/submissions/PA-KGZ-2020-004/edit",
        entered: "",
        act: "#main .actions button:not([name])",
        after: ".notice.good",
    },
    Task {
        name: "clear",
        office: "kaz-head",
        path: "/submissions/GP-KAZ-2020-005",
        entered: "",
        act: "form[action$=\"/acts/clear\"] button",
        after: ".badge.state-submitted",
    },
    Task {
        name: "assign reviews",
        office: "secretariat",
        path: "/sessions/15/reviews/assignments?each=2",
        entered: "",
        act: "#main .actions button",
        after: ".notice.good",
    },
    Task {
        name: "review",
        office: "reviewer-1",
        path: "/submissions/PA-KGZ-2020-001/review",
        entered: "document.querySelectorAll('#review [name^=\"mark\"][value=\"4\"]').forEach(mark => { mark.checked = true });
            document.querySelector('#review [name=reason]').value = 'It can be done in two years with what the agencies have.'",
        act: "#review button[value=give]",
        after: ".notice.good",
    },
    Task {
        name: "vote",
        office: "kgz-head",
        path: "/sessions/15/ballots/2/paper",
        entered: "document.querySelector('#main [name^=\"priority|\"]').selectedIndex = 1",
        act: "#main button[value=confirm]",
        after: ".notice.good",
    },
];

/// What came over the line for the page that is open: bytes, requests, and redirects before it.
const CAME: &str = "
    const page = performance.getEntriesByType('navigation')[0], parts = performance.getEntriesByType('resource');
    const came = [page, ...parts].filter(one => one.transferSize > 0);
    return [came.reduce((sum, one) => sum + one.transferSize, 0), came.length, page.redirectCount,
        (page.domContentLoadedEventEnd - page.startTime) / 1000];
";

async fn line(browser: &Browser, is_slow: bool) {
    let (latency, speed) = if is_slow { (ROUND_TRIP_MS, i64::from(BYTES_A_SECOND)) } else { (0, -1) };
    let conditions =
        json!({ "offline": false, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed });
    browser.command("Network.enable", &json!({})).await;
    browser.command("Network.emulateNetworkConditions", &conditions).await;
}

async fn came(browser: &Browser) -> (u64, u64, u64, f64) {
    let said = browser.client.execute(CAME, vec![]).await.unwrap();
    let whole = |at: usize| said[at].as_u64().unwrap_or_default();
    (whole(0), whole(1), whole(2), said[3].as_f64().unwrap_or_default())
}

#[test]
fn every_main_task_can_be_done_over_a_slow_line() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let mut wrong = Vec::new();
        println!(
            "| task | first page, bytes | requests | usable after, s | act, bytes | requests | done after, s |\n|--|--|--|--|--|--|--|"
        );
        for Task { name, office, path, entered, act, after } in TASKS {
            let browser = Browser::start(&server, DESK).await;
            let desk = desks().into_iter().find(|desk| desk.key == *office);
            if let Some(desk) = &desk {
                browser.sign_in_with(&desk.email(), &desk.password()).await;
            }
            line(&browser, true).await;
            browser.command("Network.clearBrowserCache", &json!({})).await;
            browser.open(path).await;
            let (bytes, requests, _, usable) = came(&browser).await;
            browser.client.execute(entered, vec![]).await.unwrap();
            let begun = Instant::now();
            browser.press(act).await;
            browser.find(after).await;
            let done = begun.elapsed().as_secs_f64();
            let (act_bytes, act_requests, redirects, _) = came(&browser).await;
            let steps = act_requests + redirects;
            println!("| {name} | {bytes} | {requests} | {usable:.1} | {act_bytes} | {steps} | {done:.1} |");
            if bytes > BYTES_MAX || usable > USABLE_SECONDS_MAX || done > ACT_SECONDS_MAX {
                wrong.push(format!("{name}: {bytes} bytes, usable after {usable:.1} s, done after {done:.1} s"));
            }
            // The page, its style, its script, its icon; then one question for an act and one for the page after it.
            if requests > 5 || steps > 2 {
                wrong.push(format!("{name}: {requests} requests for the first page, {steps} for the act"));
            }
            browser.close().await;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}
