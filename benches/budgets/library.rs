//! The library list over HTTP, 50 of 2,000 entries with filters on, beside a bare handler of the same server.

use std::sync::OnceLock;
use std::time::Duration;

use rocket::config::LogLevel;
use rocket::http::ContentType;
use rocket::{Build, Rocket, get, routes};
use speca::kernel::clock::Clock;
use speca::submissions::State;

use super::data::{CHARS_MAX, Made};
use super::http::{self, Load};
use super::{median, verdict};

const ENTRIES: usize = 2000;
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(2);
/// Least share of the bare handler's requests a second.
const SHARE_MIN: f64 = 0.25;
/// Most times the bare handler's p99.
const P99_MAX: f64 = 5.0;

/// A page as large as the list's, for the second comparison.
static SAME_SIZE: OnceLock<String> = OnceLock::new();

#[get("/")]
fn bare() -> &'static str {
    "bare"
}

#[get("/same")]
fn same() -> (ContentType, &'static str) {
    (ContentType::HTML, SAME_SIZE.get().map_or("", String::as_str))
}

fn bare_server() -> Rocket<Build> {
    let figment = rocket::Config::figment()
        .merge(("address", "127.0.0.1"))
        .merge(("port", 0))
        .merge(("log_level", LogLevel::Critical))
        .merge(("secret_key", "5".repeat(64)));
    rocket::custom(figment).mount("/", routes![bare, same])
}

/// Addresses with filters on; each leaves at least a page of entries.
fn filtered() -> Vec<String> {
    let mut paths = Vec::new();
    for order in ["newest", "title", "country"] {
        for (theme, year) in [("D1", 2018), ("D2", 2019), ("D2", 2020), ("D3", 2020), ("D4", 2020)] {
            paths.push(format!("/library?target=17.10&theme={theme}&year={year}&order={order}"));
            paths.push(format!("/library?country=KAZ&target=17.11&year={year}&order={order}&lang=ru"));
        }
    }
    paths
}

fn searched() -> Vec<String> {
    ["corridor", "customs%20laboratory", "exporter"].map(|words| format!("/library?words={words}&target=17.10")).into()
}

pub fn run() {
    let made = Made::new(None);
    made.add_practices(ENTRIES, State::Accepted, CHARS_MAX);
    let app = speca::app::build(&made.config, &"5".repeat(64), made.db.clone(), Clock::system(), false);
    let runtime = http::runtime();
    let (app, bare) = (http::serve(&runtime, app), http::serve(&runtime, bare_server()));
    let short = Duration::from_millis(500);
    let page = http::load(app, &filtered(), "", short).bytes;
    let _ = SAME_SIZE.set("x".repeat(page));

    let (one, same) = (vec!["/".to_owned()], vec!["/same".to_owned()]);
    let packed = "Accept-Encoding: br\r\n";
    let cases: [(&str, std::net::SocketAddr, Vec<String>, &str); 5] = [
        ("bare handler", bare, one, ""),
        ("bare handler, a page of the same size", bare, same, ""),
        ("list with filters", app, filtered(), ""),
        ("list with filters, compressed", app, filtered(), packed),
        ("list with words and a filter", app, searched(), ""),
    ];
    let mut loads: Vec<Vec<Load>> = cases.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for ((_, server, paths, headers), loads) in cases.iter().zip(&mut loads) {
            loads.push(http::load(*server, paths, headers, ROUND));
        }
    }
    println!(
        "   {ENTRIES} entries, {ROUNDS} rounds of {} s in turns, 16 connections, median of the rounds",
        ROUND.as_secs()
    );
    let figure = |case: usize, of: fn(&Load) -> f64| median(loads[case].iter().map(of).collect());
    let milliseconds = |load: &Load, time: fn(&Load) -> Duration| time(load).as_secs_f64() * 1000.0;
    for (case, (name, ..)) in cases.iter().enumerate() {
        let p50 = median(loads[case].iter().map(|load| milliseconds(load, |load| load.p50)).collect());
        let p99 = median(loads[case].iter().map(|load| milliseconds(load, |load| load.p99)).collect());
        let bytes = loads[case][0].bytes;
        println!(
            "   {name:<40} {:>8.0}/s  p50 {p50:>7.3} ms  p99 {p99:>7.3} ms  {bytes:>7} bytes",
            figure(case, |load| load.rate)
        );
    }
    for (name, base) in [("bare handler", 0), ("bare handler, same size", 1)] {
        for (what, case) in [("filters", 2), ("compressed", 3), ("words", 4)] {
            let rounds = 0..ROUNDS;
            let rate = median(rounds.clone().map(|round| loads[case][round].rate / loads[base][round].rate).collect());
            let p99 = |round: usize| loads[case][round].p99.as_secs_f64() / loads[base][round].p99.as_secs_f64();
            let p99 = median(rounds.map(p99).collect());
            let judged = if case == 2 && base == 0 {
                format!("  limit ≥ 25 %: {}, p99 ≤ 5×: {}", verdict(rate >= SHARE_MIN), verdict(p99 <= P99_MAX))
            } else {
                String::new()
            };
            println!("   list, {what:<10} to {name:<24} {:>6.1} % of the rate, p99 × {p99:.1}{judged}", rate * 100.0);
        }
    }
    runtime.shutdown_background();
}
