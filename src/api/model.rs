//! The nouns of the room: a token, what it narrows its account to, and the kinds of refusal.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::coded_enum;
use crate::kernel::code::Code as _;
use crate::kernel::ids::ApiTokenId;
use crate::kernel::token::new_token;

coded_enum! {
    /// What a token may be used for, of all that its account may do.
    pub enum Scope {
        /// Read what the account may see.
        Read = "read",
        /// Start drafts, save answers and act on submissions, consents and co-sponsorships.
        WriteSubmissions = "write-submissions",
        /// Write and give reviews.
        WriteReviews = "write-reviews",
        /// Answer sense checks, object, propose amendments, explain a position.
        WriteDecisions = "write-decisions",
        /// Note meetings and who is present.
        WriteMeetings = "write-meetings",
        /// Report on adopted actions, answer reports for a country.
        WriteProgress = "write-progress",
    }
}

coded_enum! {
    /// Why the interface did not do what was asked; each has a status and words.
    pub enum Code {
        /// The body is no JSON, or not of the shape described.
        Malformed = "malformed",
        /// A parameter of the address or a header cannot be read.
        Parameter = "parameter",
        /// A token is needed.
        TokenMissing = "token-missing",
        /// The token is unknown, expired or revoked, or its account is disabled.
        TokenWrong = "token-wrong",
        /// The token was not made for this.
        Scope = "scope",
        /// The account may not do this.
        Denied = "denied",
        /// There is nothing there, or nothing that the caller may see.
        NotFound = "not-found",
        /// The address does not take this method.
        Method = "method",
        /// A rule of the session is in the way.
        Refused = "refused",
        /// Somebody changed it since it was read.
        Stale = "stale",
        /// The body is too large.
        TooLarge = "too-large",
        /// The body is of another type than JSON.
        MediaType = "media-type",
        /// Fields are not as they must be.
        Invalid = "invalid",
        /// The key of the request was used for another one.
        KeyReused = "key-reused",
        /// The request must say which state it was made for.
        PreconditionRequired = "precondition-required",
        /// Too many wrong tokens.
        TooMany = "too-many",
        /// The fault is ours.
        Failed = "failed",
        /// The database does not answer at the moment.
        Busy = "busy",
    }
}

impl Code {
    /// Returns the status of answers of this kind.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::Parameter => 400,
            Self::TokenMissing | Self::TokenWrong => 401,
            Self::Scope | Self::Denied => 403,
            Self::NotFound => 404,
            Self::Method => 405,
            Self::Refused => 409,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::MediaType => 415,
            Self::Invalid | Self::KeyReused => 422,
            Self::PreconditionRequired => 428,
            Self::TooMany => 429,
            Self::Failed => 500,
            Self::Busy => 503,
        }
    }
}

/// Longest name of a token, in characters.
pub const NAME_CHARS_MAX: u64 = 80;
/// Most tokens that an account can hold at a time.
pub const TOKENS_MAX: usize = 20;
/// For how many days a token can be made; a year is the longest.
pub const DAYS: [i64; 4] = [30, 90, 180, 365];
/// How tokens begin, so that scanners for secrets that leaked find them.
pub const PREFIX: &str = "speca_";

/// A token, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: ApiTokenId,
    /// What it is called.
    pub name: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// When it was made.
    pub created_at: NaiveDateTime,
    /// Until when it holds.
    pub expires_at: NaiveDateTime,
    /// On which day it was last used.
    pub last_used_on: Option<NaiveDate>,
}

/// What an account asks of a new token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What it is called.
    pub name: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// For how long it holds.
    pub life: TimeDelta,
}

/// Returns the text of a new token.
pub fn new_text() -> String {
    format!("{PREFIX}{}", new_token())
}

/// Returns scopes as they are stored.
pub fn written(scopes: &BTreeSet<Scope>) -> String {
    scopes.iter().copied().map(Scope::code).collect::<Vec<_>>().join(" ")
}

/// Returns stored scopes; what is unknown gives nothing.
pub fn read(text: &str) -> BTreeSet<Scope> {
    text.split(' ').filter_map(Scope::from_code).collect()
}
