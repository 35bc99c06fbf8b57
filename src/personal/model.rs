//! The copy that a person takes of what is held about them.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

/// Everything that is held about one account, as the file of it says. Times in Coordinated Universal Time.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// The account itself.
    pub account: Profile,
    /// Places in delegations that it holds.
    pub accreditations: Vec<Held>,
    /// When its address was invited.
    pub invited_at: Vec<NaiveDateTime>,
    /// Whether a second factor is set up; its seed is not given out again.
    pub has_second_factor: bool,
    /// How mails are wanted.
    pub mail_pace: &'static str,
    /// From where it was signed in.
    pub sign_ins: Vec<SignedInFrom>,
    /// Its tokens for the programming interface that hold; never their text.
    pub tokens: Vec<HeldToken>,
    /// Mails that are still kept.
    pub mails: Vec<Mail>,
    /// When letters of credentials were handed in that name it as head of delegation.
    pub named_in_credentials_at: Vec<NaiveDateTime>,
    /// What it did, by the audit trail.
    pub acts: Vec<Act>,
}

/// The account itself.
#[derive(Debug, Clone, Serialize)]
pub struct Profile {
    /// E-mail address.
    pub email: String,
    /// Name as typed by the person.
    pub name: String,
    /// Office on the platform, as a code.
    pub office: &'static str,
    /// Language of pages and mails.
    pub language: &'static str,
    /// Time zone.
    pub time_zone: &'static str,
    /// When it was made.
    pub created_at: NaiveDateTime,
}

/// A place in a delegation.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// Code of the delegation.
    pub delegation: String,
    /// Capacity, as a code.
    pub capacity: &'static str,
    /// From which day.
    pub valid_from_on: NaiveDate,
    /// Until which day, if limited.
    pub valid_until_on: Option<NaiveDate>,
}

/// A sign-in.
#[derive(Debug, Clone, Serialize)]
pub struct SignedInFrom {
    /// Browser and system, as it named itself.
    pub machine: String,
    /// When it began.
    pub created_at: NaiveDateTime,
    /// When it was last seen.
    pub last_seen_at: NaiveDateTime,
}

/// A token for the programming interface.
#[derive(Debug, Clone, Serialize)]
pub struct HeldToken {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: NaiveDateTime,
    /// Until when it holds.
    pub expires_at: NaiveDateTime,
}

/// A mail.
#[derive(Debug, Clone, Serialize)]
pub struct Mail {
    /// What it was about, as a code.
    pub kind: &'static str,
    /// When it was written.
    pub created_at: NaiveDateTime,
    /// Where its delivery stands, as a code.
    pub state: &'static str,
}

/// One thing done.
#[derive(Debug, Clone, Serialize)]
pub struct Act {
    /// When.
    pub acted_at: NaiveDateTime,
    /// What, as `room.act`.
    pub act: String,
    /// To what: a reference or an id.
    pub subject: String,
}
