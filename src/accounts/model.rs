//! The nouns of the room: an account, its accreditation to a delegation.

pub mod factors;
pub mod invitations;
pub mod sign_ins;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::kernel::ids::{AccountId, AccreditationId, DelegationId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::policy::Capacity;

pub use crate::policy::Office;

/// Capacities between which a head moves the people of the delegation: heads are called by the secretariat alone.
pub const BELOW_HEAD: &[Capacity] = &[Capacity::Alternate, Capacity::Delegate, Capacity::Observer];

/// A login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// E-mail address, in lower case.
    pub email: String,
    /// Name of the person or the office.
    pub name: String,
    /// Office on the platform.
    pub office: Office,
    /// Language of pages and mails.
    pub language: Lang,
    /// Zone in which times are shown beside the legal one.
    pub time_zone: Tz,
    /// When it was disabled, if it was.
    pub disabled_at: Option<NaiveDateTime>,
    /// When everything that told who the person was went out of it, if it did; never enabled again then.
    pub erased_at: Option<NaiveDateTime>,
}

/// An accreditation that holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accreditation {
    /// The delegation.
    pub delegation: DelegationId,
    /// Its code.
    pub delegation_code: String,
    /// Its name.
    pub delegation_name: Bilingual<String>,
    /// In which capacity.
    pub capacity: Capacity,
    /// Until when, if limited.
    pub valid_until_on: Option<NaiveDate>,
}

/// An accreditation as it was given; it may not have begun, or have run out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: AccreditationId,
    /// The account.
    pub account: AccountId,
    /// The delegation.
    pub delegation: DelegationId,
    /// In which capacity.
    pub capacity: Capacity,
    /// From which day.
    pub valid_from_on: NaiveDate,
    /// Until which day, if limited.
    pub valid_until_on: Option<NaiveDate>,
}

impl Grant {
    /// Returns whether it has run out before a day.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.valid_until_on.is_some_and(|last| last < today)
    }
}

/// A place on the platform to which a person can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An office.
    Office(Office),
    /// A capacity in a delegation.
    Delegation(DelegationId, Capacity),
    /// The places that an account holds already: for somebody who has lost the password.
    Return,
}

impl Place {
    /// Returns the code of the office or capacity.
    pub const fn role(&self) -> &'static str {
        match self {
            Self::Office(office) => office.code(),
            Self::Delegation(_, capacity) => capacity.code(),
            Self::Return => "return",
        }
    }
}

/// Returns an address as it is stored and compared: trimmed, in lower case.
pub fn folded_email(text: &str) -> String {
    text.trim().to_lowercase()
}
