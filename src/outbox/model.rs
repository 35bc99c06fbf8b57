//! The nouns of the outbox: a message with its facts, where its delivery stands, and when it is tried again.
//!
//! `kinds` lists what messages tell. A message holds facts and no text: the words are found when it is shown or sent
//! (`letters`), in the language that its recipient had when it was written.

pub mod kinds;

mod wording;

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::coded_enum;
use crate::kernel::ids::{AccountId, DelegationId, MessageId};
use crate::kernel::lang::{Bilingual, Lang};

pub use kinds::Kind;
pub use wording::{BODY_CHARS_MAX, SUBJECT_CHARS_MAX, Wording};

/// How often a message is tried.
pub const ATTEMPTS_MAX: i32 = 8;
/// How long a message may wait for its delivery; afterwards it would say nothing new.
pub const WAIT_MAX: TimeDelta = TimeDelta::days(7);
/// The hour at which daily mails go out, in the zone of their recipient.
pub const DIGEST_HOUR: u32 = 7;

/// The fact that names the delegation for which a recipient is addressed.
pub const PLACE: &str = "place";
/// What stands for the token in the link of a message that has a secret.
pub const TOKEN: &str = "<token>";

coded_enum! {
    /// Where the delivery of a message stands.
    pub enum State {
        /// It waits to be sent, for the first time or again.
        Waiting = "waiting",
        /// The mail server took it.
        Sent = "sent",
        /// It goes out in a daily mail.
        Gathered = "gathered",
        /// The mail server refused it for good.
        Failed = "failed",
        /// It was tried too often, or waited too long.
        GivenUp = "given-up",
    }
}

coded_enum! {
    /// How an account wants its mails; what asks something of it comes at once in any case.
    pub enum Pace {
        /// Each at once.
        AtOnce = "at-once",
        /// Once a day, together.
        Daily = "daily",
    }
}

/// One fact of a message, worded in the recipient's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// Text as it is.
    Text(String),
    /// A text in both languages; one side may be empty.
    Both(Bilingual<String>),
    /// A whole number.
    Number(i64),
    /// A moment of Coordinated Universal Time, shown in a zone.
    Moment(NaiveDateTime, String),
    /// A code, worded by the key `prefix-code`.
    Code(String, String),
}

impl Fact {
    /// Returns a moment in a zone.
    pub fn moment(at: NaiveDateTime, zone: Tz) -> Self {
        Self::Moment(at, zone.name().to_owned())
    }

    /// Returns a code.
    pub fn code(prefix: &str, code: &str) -> Self {
        Self::Code(prefix.to_owned(), code.to_owned())
    }
}

/// The facts of a message, by name.
pub type Facts = BTreeMap<String, Fact>;

/// What a new message says, before it is known to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it tells.
    pub kind: Kind,
    /// Path of the page that it leads to; `<token>` stands for the token of a link with a secret.
    pub link: String,
    /// The facts.
    pub facts: Facts,
    /// Seed of the link, if it has a secret.
    pub secret_seed: String,
    /// What makes it the same message if it is written again; nothing when each is a new one.
    pub once: Option<String>,
}

impl Letter {
    /// Returns a letter that leads to a page.
    pub fn new(kind: Kind, link: impl Into<String>) -> Self {
        Self { kind, link: link.into(), facts: Facts::new(), secret_seed: String::new(), once: None }
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &str, fact: Fact) -> Self {
        self.facts.insert(name.to_owned(), fact);
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Fact::Text(text.into()))
    }

    /// Says what makes it the same message if it is written again.
    #[must_use]
    pub fn once(mut self, key: String) -> Self {
        self.once = Some(key);
        self
    }
}

/// A message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// What it tells.
    pub kind: Kind,
    /// The account of the recipient, if there is one.
    pub account: Option<AccountId>,
    /// E-mail address.
    pub email: String,
    /// Name of the person or the office.
    pub name: String,
    /// Code of the capacity in which the recipient is addressed; may be empty.
    pub capacity: String,
    /// The delegation for which the recipient is addressed.
    pub delegation: Option<DelegationId>,
    /// Its language.
    pub language: Lang,
    /// The facts.
    pub facts: Facts,
    /// Path of the page that it leads to.
    pub link: String,
    /// Seed of the link, if it has a secret.
    pub secret_seed: String,
    /// Whether it asks something of the recipient.
    pub asks: bool,
    /// Whether it waits for the daily mail.
    pub in_digest: bool,
    /// What makes it the same message if it is written again.
    pub unique_key: String,
    /// Its subject as it was sent; empty before.
    pub subject: String,
    /// Its text as it was sent; empty before.
    pub body: String,
    /// When it was written.
    pub created_at: NaiveDateTime,
    /// When it is to be sent next.
    pub due_at: NaiveDateTime,
    /// Where its delivery stands.
    pub state: State,
    /// How often it was tried.
    pub attempts: i32,
    /// What the last failure said.
    pub last_error: String,
    /// When the mail server took it.
    pub sent_at: Option<NaiveDateTime>,
}

/// What became of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The mail server took it.
    Taken,
    /// It did not, but may later: what it said.
    Later(String),
    /// It never will: what it said.
    Never(String),
    /// It was not tried: it waited too long to say anything new.
    TooLate,
}

/// Returns how long to pause after an attempt that failed, from the first: a minute, then four times as long each, a day at
/// most.
pub fn pause(attempts: i32) -> TimeDelta {
    let minutes = 4_i64.pow(u32::try_from(attempts - 1).unwrap_or(0).min(8));
    TimeDelta::minutes(minutes).min(TimeDelta::days(1))
}

/// Returns where the delivery of a message stands after an attempt, and when it is tried next.
pub fn after(message: &Message, attempt: &Attempt, now: NaiveDateTime) -> (State, NaiveDateTime) {
    let attempts = message.attempts + 1;
    match attempt {
        Attempt::Taken => (State::Sent, message.due_at),
        Attempt::Never(_) => (State::Failed, message.due_at),
        Attempt::TooLate => (State::GivenUp, message.due_at),
        Attempt::Later(_) if attempts >= ATTEMPTS_MAX => (State::GivenUp, message.due_at),
        Attempt::Later(_) => (State::Waiting, now + pause(attempts)),
    }
}

/// Returns when the next daily mail of a zone goes out, later than now.
pub fn next_digest(now: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    let today = Utc.from_utc_datetime(&now).with_timezone(&zone).date_naive();
    let hour = NaiveTime::from_hms_opt(DIGEST_HOUR, 0, 0).unwrap_or_default();
    let moments = (0..=2).filter_map(|days| {
        let local = (today + TimeDelta::days(days)).and_time(hour);
        zone.from_local_datetime(&local).earliest().map(|at| at.naive_utc())
    });
    moments.into_iter().find(|at| *at > now).unwrap_or(now + TimeDelta::days(1))
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all.
    None,
    /// From the command STARTTLS on; a server without it gets nothing.
    StartTls,
    /// From the first byte.
    Tls,
}

/// The mail server, as it is set.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    /// Its name or address.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
    /// User and password, if it asks for them.
    pub credentials: Option<(String, String)>,
    /// From whom mails come: `Name <address>`.
    pub from: String,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailServer({}:{})", self.server, self.port)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2020, 9, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn pauses_grow_to_a_day() {
        let minutes: Vec<i64> = (1..ATTEMPTS_MAX).map(|attempts| pause(attempts).num_minutes()).collect();
        assert_eq!(minutes, [1, 4, 16, 64, 256, 1024, 1440]);
    }

    #[test]
    fn the_daily_mail_goes_out_in_the_morning_of_its_recipient() {
        assert_eq!(next_digest(at(14, 8, 0), Tz::UTC), at(15, 7, 0));
        assert_eq!(next_digest(at(14, 6, 59), Tz::UTC), at(14, 7, 0));
        assert_eq!(next_digest(at(14, 7, 0), Tz::UTC), at(15, 7, 0));
        assert_eq!(next_digest(at(14, 1, 0), Tz::Asia__Kabul), at(14, 2, 30));
        assert_eq!(next_digest(at(14, 23, 0), Tz::Asia__Kabul), at(15, 2, 30));
    }

    #[test]
    fn what_asks_somebody_to_act_says_so_to_those_who_can() {
        assert!(Kind::BallotOpened.asks("head") && !Kind::BallotOpened.asks("delegate"));
        assert!(Kind::Returned.asks("delegate") && !Kind::Accepted.asks("head"));
    }

    #[test]
    fn words_may_name_the_facts_of_their_kind_alone() {
        let odd = |body: &str| {
            let wording = Wording { subject: "{reference}".to_owned(), body: body.to_owned() };
            let errors = wording.check(Kind::Accepted);
            errors.of("body").first().map(|message| message.code.clone())
        };
        assert_eq!(odd("{title} ({kind})"), None);
        for text in ["{result}", "{title", "title}", "{{title}}", "{ title }"] {
            assert_eq!(odd(text).as_deref(), Some("mail-name"), "{text}");
        }
        assert_eq!(odd(" ").as_deref(), Some("required"));
        assert_eq!(odd(&"п".repeat(BODY_CHARS_MAX + 1)).as_deref(), Some("too-long"));
    }

    #[test]
    fn facts_are_kept_as_they_were() {
        let letter = Letter::new(Kind::Returned, "/submissions/PA-KAZ-2020-001")
            .text("reference", "PA-KAZ-2020-001")
            .with("title", Fact::Both(Bilingual::new("A".to_owned(), String::new())))
            .with("deadline", Fact::moment(at(14, 8, 0), Tz::Asia__Almaty))
            .with("step", Fact::code("step", "screening"))
            .with("count", Fact::Number(3));
        let json = serde_json::to_string(&letter.facts).unwrap();
        assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), letter.facts);
    }
}
