//! The outbox: written with the act, delivered once, in the language of its recipient, to nobody else.
//!
//! `delivery` works against a real mail server, `telling` is about who is told what, `reading` about the pages.

mod delivery;
mod partners;
mod reading;
mod resets;
mod server;
mod telling;

use chrono::NaiveDateTime;
use speca::db::StoreError;
use speca::kernel::ids::AccountId;
use speca::kernel::lang::Lang;
use speca::outbox::letters::{Wordings, Written, words};
use speca::outbox::{self, Kind, Letter, Message, To};

use crate::support::TestApp;

/// Returns every message, oldest first.
pub fn messages(app: &TestApp) -> Vec<Message> {
    let mut found = app.db.read_here(|conn| outbox::store::newest(conn, None, 0, 1000)).expect("messages").0;
    found.reverse();
    found
}

/// Returns the messages to an account.
pub fn of(app: &TestApp, account: &AccountId) -> Vec<Message> {
    messages(app).into_iter().filter(|message| message.account.as_ref() == Some(account)).collect()
}

/// Returns kinds and accounts of all messages, in the order in which they were written.
pub fn told(app: &TestApp) -> Vec<(Kind, Option<AccountId>)> {
    messages(app).into_iter().map(|message| (message.kind, message.account)).collect()
}

/// Returns the words of a message.
pub fn worded(message: &Message) -> Written {
    words(message, &[], "https://speca.example.org", "", &Wordings::new())
}

/// Writes a plain message to an address.
fn write_to(app: &TestApp, email: &str) {
    let now = app.clock.now().naive_utc();
    let letter = Letter::new(Kind::Accepted, "/submissions/PA-KAZ-2020-001").text("reference", "PA-KAZ-2020-001");
    write(app, &letter, To::Address(email, "Office", Lang::En), now);
}

fn write(app: &TestApp, letter: &Letter, to: To<'_>, now: NaiveDateTime) {
    app.db.write_here(|tx| -> Result<_, StoreError> { outbox::write(tx, letter, to, None, now) }).expect("written");
}
