//! The noun of the room: an invitation, and whether it still stands.

use chrono::{NaiveDateTime, TimeDelta};

use crate::accounts::model::Place;
use crate::coded_enum;
use crate::kernel::ids::{AccountId, InvitationId};
use crate::kernel::lang::Lang;

/// How long an invitation stands.
pub const LIFE: TimeDelta = TimeDelta::days(14);
/// How long a link to a new password stands.
pub const RETURN_LIFE: TimeDelta = TimeDelta::days(3);

coded_enum! {
    /// Whether an invitation can be accepted.
    pub enum Standing {
        /// It can.
        Open = "open",
        /// It was accepted.
        Used = "used",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
        /// It was not accepted in time.
        Expired = "expired",
    }
}

/// A call to a place on the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// To whom: e-mail address, in lower case.
    pub email: String,
    /// To whom: name.
    pub name: String,
    /// To what.
    pub place: Place,
    /// Language in which the invited person is addressed.
    pub language: Lang,
    /// Who invites.
    pub created_by: AccountId,
    /// Until when.
    pub expires_at: NaiveDateTime,
    /// When it was accepted.
    pub used_at: Option<NaiveDateTime>,
    /// When it was withdrawn.
    pub revoked_at: Option<NaiveDateTime>,
}

impl Invitation {
    /// Returns whether it can be accepted, or why not.
    pub fn standing(&self, now: NaiveDateTime) -> Standing {
        if self.used_at.is_some() {
            Standing::Used
        } else if self.revoked_at.is_some() {
            Standing::Withdrawn
        } else if self.expires_at <= now {
            Standing::Expired
        } else {
            Standing::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::accounts::Office;

    #[test]
    fn an_invitation_stands_until_it_is_used_withdrawn_or_old() {
        let now = NaiveDate::from_ymd_opt(2020, 9, 14).unwrap().and_hms_opt(8, 0, 0).unwrap();
        let open = Invitation {
            id: InvitationId::new(),
            email: "office@example.org".into(),
            name: "Office".into(),
            place: Place::Office(Office::Chair),
            language: Lang::En,
            created_by: AccountId::new(),
            expires_at: now + LIFE,
            used_at: None,
            revoked_at: None,
        };
        assert_eq!(open.standing(now), Standing::Open);
        assert_eq!(open.standing(now + LIFE), Standing::Expired);
        let withdrawn = Invitation { revoked_at: Some(now), ..open.clone() };
        assert_eq!(withdrawn.standing(now), Standing::Withdrawn);
        let used = Invitation { used_at: Some(now), ..withdrawn };
        assert_eq!(used.standing(now + LIFE), Standing::Used);
    }
}
