//! The closing hour: every delegation at once signs in, drafts, attaches a file, clears and votes, while others read on. Nothing
//! that was acknowledged is lost, counted afterwards in the database.
//!
//! Bounded here; `script/load` plays it with two hundred delegations and prints how long readers waited.

use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use speca::accounts::password;
use speca::db::StoreError;
use speca::db::schema::{accounts, attachments, ballot_papers, submissions as rows};
use speca::delegations::{self, Delegation, DelegationKind};
use speca::kernel::ids::DelegationId;
use speca::kernel::lang::Bilingual;
use speca::kernel::reference::Kind;
use speca::submissions::State;

use crate::client::{Browser, Server};
use crate::desk::{PASSWORD, Saved, always_open, assert_trail_is_whole, fields, lost, pairs};
use crate::factories::{BALLOT_FIELDS, complete_answers};
use crate::on_each_database;
use crate::support::TestApp;

/// How often each delegation saves.
const SAVES: i32 = 5;
/// Size of each attached file.
const FILE_SIZE_BYTES: usize = 200_000;
/// The ballot that is open.
const BALLOT: &str = "/sessions/15/ballots/1";
/// How many pages are read beforehand, by one reader alone.
const READ_ALONE: usize = 60;

/// A delegation with its draft and its head.
struct Voter {
    reference: String,
    email: String,
}

/// Returns how many delegations there are.
fn delegations_asked_for() -> usize {
    #[expect(clippy::disallowed_methods, reason = "script/load asks for more")]
    let asked = std::env::var("SPECA_LOAD_DELEGATIONS");
    asked.ok().and_then(|count| count.parse().ok()).unwrap_or(12)
}

/// Returns the code of an organization: three letters that no country has.
fn code(number: usize) -> String {
    let letter = |value: usize| char::from(b'A' + u8::try_from(value % 26).expect("a letter"));
    format!("Q{}{}", letter(number / 26), letter(number))
}

/// Makes organizations that vote, each with a complete draft and a head who can sign in, and an open ballot on three actions.
async fn stage(app: &TestApp) -> Vec<Voter> {
    let session = app.session();
    always_open(app, &session);
    let (hash, now) = (password::hash_here(PASSWORD), app.clock.now().naive_utc());
    let answers = complete_answers(Kind::Practice);
    let mut voters = Vec::new();
    for number in 0..delegations_asked_for() {
        let code = code(number);
        let name = Bilingual::new(format!("Organization {code}"), format!("Организация {code}"));
        let delegation = Delegation {
            id: DelegationId::new(),
            code: code.clone(),
            kind: DelegationKind::Organization,
            formal_name: name.clone(),
            name,
            votes: true,
        };
        app.db.write_here(|tx| delegations::store::insert(tx, &delegation, now)).expect("a delegation");
        let account = app.head(&code).account;
        let email = app.db.write_here(|tx| -> Result<String, StoreError> {
            diesel::update(accounts::table.find(&account)).set(accounts::password_hash.eq(&hash)).execute(&mut **tx)?;
            Ok(accounts::table.find(&account).select(accounts::email).first(&mut **tx)?)
        });
        let draft = app.submission_with(&session, &code, Kind::Practice, State::Draft, &answers);
        voters.push(Voter { reference: draft.reference, email: email.expect("an account") });
    }
    let options = ["KAZ", "KGZ", "UZB"].map(|code| app.accepted_action(&session, code, "Action").reference);
    let secretariat = app.secretariat();
    let mut ballot = BALLOT_FIELDS.to_vec();
    ballot.push(("closes", "2099-01-01T00:00"));
    ballot.extend(options.iter().map(|option| ("options", option.as_str())));
    secretariat.post("/sessions/15/ballots/new", &ballot).await.expect(303);
    let present: Vec<String> = (0..voters.len()).map(code).collect();
    let mut opening = vec![("edition", "1")];
    opening.extend(present.iter().map(|code| ("present", code.as_str())));
    secretariat.post(&format!("{BALLOT}/open"), &opening).await.expect(303);
    voters
}

/// Signs in from an address of one's own, as delegations do.
fn signed_in(port: u16, number: usize, voter: &Voter) -> Browser {
    let [.., high, low] = number.to_be_bytes();
    Browser::signed_in_from(Ipv4Addr::new(198, 18, high, low).into(), port, &voter.email, PASSWORD)
}

/// One delegation in its last hour; notes what was acknowledged.
fn closing_hour(browser: &Browser, voter: &Voter, saved: &Mutex<Vec<Saved>>) {
    let address = format!("/submissions/{}", voter.reference);
    for revision in 1..=SAVES {
        let title = format!("Title after {revision}");
        let answer = browser.post(&format!("{address}/autosave"), &pairs(&fields(revision, &title)));
        assert_eq!(answer.status, Some(200), "{address}: {}", answer.body);
        let saving = Saved { reference: voter.reference.clone(), revision: revision + 1, title };
        saved.lock().unwrap().push(saving);
    }
    let file = vec![b'a'; FILE_SIZE_BYTES];
    let answer = browser.post_file(&format!("{address}/attachments"), "evidence.txt", &file);
    assert_eq!(answer.status, Some(303), "{address}: {}", answer.body);
    let newest = (SAVES + 1).to_string();
    let answer = browser.post(&format!("{address}/acts/clear"), &[("revision", &newest)]);
    assert_eq!(answer.status, Some(303), "{address}: {}", answer.body);
    let options = ["KAZ", "KGZ", "UZB"].map(|code| format!("priority|PA-{code}-2020-001"));
    let mut paper = vec![("after", "0"), ("act", "confirm")];
    paper.extend(options.iter().map(|option| (option.as_str(), "1")));
    let answer = browser.post(&format!("{BALLOT}/paper"), &paper);
    assert_eq!(answer.status, Some(303), "{}: {}", voter.email, answer.body);
}

/// Reads a public page again and again, and returns how long each took.
fn read_on(port: u16, until: impl Fn(usize) -> bool) -> Vec<Duration> {
    let visitor = Browser::visitor(port);
    let mut times = Vec::new();
    while !until(times.len()) {
        let begun = Instant::now();
        assert_eq!(visitor.get("/library").status, Some(200));
        times.push(begun.elapsed());
    }
    times.sort();
    times
}

/// Has every delegation do something at the same time; returns what came of each, and how long a reader waited meanwhile.
fn all_at_once<T: Send>(
    port: u16,
    voters: &[Voter],
    act: impl Fn(usize, &Voter) -> T + Sync,
) -> (Vec<T>, Vec<Duration>) {
    let (is_over, act) = (AtomicBool::new(false), &act);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_on(port, |count| count > 0 && is_over.load(Ordering::Relaxed)));
        let acts: Vec<_> =
            voters.iter().enumerate().map(|(number, voter)| scope.spawn(move || act(number, voter))).collect();
        let done: Vec<_> = acts.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        is_over.store(true, Ordering::Relaxed);
        let failed = done.iter().filter(|one| one.is_err()).count();
        assert_eq!(failed, 0, "delegations were turned away");
        (done.into_iter().flatten().collect(), reader.join().expect("the reader read on"))
    })
}

fn described(times: &[Duration]) -> String {
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    format!("{} pages, median {:.1} ms, p99 {:.1} ms", times.len(), at(50), at(99))
}

/// Returns how many drafts were cleared, files are whole and papers confirmed.
fn kept(app: &TestApp) -> (i64, i64, i64) {
    app.db
        .read_here(|conn| -> Result<_, StoreError> {
            let size = i64::try_from(FILE_SIZE_BYTES).expect("a size");
            Ok((
                rows::table.filter(rows::state.eq("submitted")).count().get_result(conn)?,
                attachments::table
                    .filter(attachments::state.eq("whole"))
                    .filter(attachments::size_bytes.eq(size))
                    .count()
                    .get_result(conn)?,
                ballot_papers::table.filter(ballot_papers::confirmed_at.is_not_null()).count().get_result(conn)?,
            ))
        })
        .expect("counts")
}

on_each_database! {
    async fn the_closing_hour_loses_nothing_and_others_read_on(app: TestApp) {
        let voters = stage(&app).await;
        let folder = tempfile::tempdir().unwrap();
        let server = Server::behind_proxy(&app.database, folder.path());
        let (saved, port) = (Mutex::new(Vec::new()), server.port);
        let alone = read_on(port, |count| count == READ_ALONE);
        let begun = Instant::now();
        let (browsers, storm) = all_at_once(port, &voters, |number, voter| signed_in(port, number, voter));
        let signed_in_after = begun.elapsed().as_secs_f64();
        let hour = |number: usize, voter: &Voter| closing_hour(&browsers[number], voter, &saved);
        let (_, meanwhile) = all_at_once(port, &voters, hour);
        let (saved, count) = (saved.into_inner().unwrap(), i64::try_from(voters.len()).unwrap());
        println!(
            "{count} delegations signed in within {signed_in_after:.1} s and had done all after {:.1} s: {} saves, {count} files, \
             clearances and papers acknowledged; library alone: {}; while all signed in: {}; in the hour: {}",
            begun.elapsed().as_secs_f64(), saved.len(), described(&alone), described(&storm), described(&meanwhile),
        );
        assert_eq!(lost(&app, &saved), []);
        assert_eq!(kept(&app), (count, count, count));
        assert_trail_is_whole(&app);
    }
}
