//! The form page with every question: what goes over the line, empty and filled in both languages.

use std::time::Instant;

use rocket::http::{Cookie, Header};
use rocket::local::blocking::Client;
use speca::kernel::clock::Clock;
use speca::kernel::reference::Kind;
use speca::questionnaires::Questionnaire;
use speca::submissions::State;
use speca::web::cookies::SIGN_IN;

use super::data::{CHARS_MAX, Made, start};
use super::{median, verdict};

/// Most bytes of the page, compressed.
const BYTES_MAX: usize = 60 * 1024;
const ROUNDS: usize = 50;

pub fn run() {
    let questions = Questionnaire::default_of(Kind::Practice).questions().count();
    println!("   form of a good practice, {questions} questions, median of {ROUNDS}");
    for (what, chars_max) in [("little in it", 1), ("full in both languages", CHARS_MAX)] {
        let made = Made::new(None);
        let (draft, _) = made.add_practices(1, State::Draft, chars_max);
        let (_, token) = made.head();
        let clock = Clock::fixed(start().and_utc());
        let app = speca::app::build(&made.config, &"5".repeat(64), made.db.clone(), clock, false);
        let client = Client::untracked(app).expect("application starts");
        let path = format!("/submissions/{}/edit", draft.reference);
        for coding in ["identity", "gzip", "br"] {
            let mut times = Vec::new();
            let mut bytes = 0;
            for _ in 0..ROUNDS {
                let begin = Instant::now();
                let answer = client
                    .get(&path)
                    .private_cookie(Cookie::new(SIGN_IN, token.clone()))
                    .header(Header::new("Accept-Encoding", coding))
                    .dispatch();
                assert_eq!(answer.status().code, 200, "{path}");
                bytes = answer.into_bytes().map_or(0, |bytes| bytes.len());
                times.push(begin.elapsed().as_secs_f64() * 1000.0);
            }
            let judged = match coding {
                "identity" => String::new(),
                _ => format!("  limit {BYTES_MAX} bytes: {}", verdict(bytes <= BYTES_MAX)),
            };
            println!("   {what:<24}{coding:<9}{bytes:>8} bytes  {:>7.2} ms{judged}", median(times));
        }
    }
}
