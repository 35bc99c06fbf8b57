//! References: the numbers that people read and write (`PA-KAZ-2020-003`).

use std::fmt;

use crate::coded_enum;

coded_enum! {
    /// What a delegation hands in.
    pub enum Kind {
        /// A good practice.
        Practice = "practice",
        /// A priority action.
        Action = "action",
    }
}

impl Kind {
    /// Returns the letters that open a reference.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Practice => "GP",
            Self::Action => "PA",
        }
    }
}

/// The reference of a submission: kind, delegation, year of the session, number within these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Good practice or priority action.
    pub kind: Kind,
    /// Code of the delegation, for countries ISO 3166 alpha-3.
    pub delegation: String,
    /// Year in which the session meets.
    pub year: i32,
    /// Running number, from 1.
    pub number: i32,
}

impl Reference {
    /// Reads a reference; letters may be in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_uppercase();
        let mut parts = text.split('-');
        let kind = match parts.next()? {
            "GP" => Kind::Practice,
            "PA" => Kind::Action,
            _ => return None,
        };
        let delegation = parts.next()?.to_owned();
        let year = parts.next()?.parse().ok()?;
        let number = parts.next()?.parse().ok()?;
        let well_formed = !delegation.is_empty() && (1990..=2999).contains(&year) && number > 0;
        (well_formed && parts.next().is_none()).then_some(Self { kind, delegation, year, number })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}-{:03}", self.kind.letters(), self.delegation, self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_it_is_written() {
        for text in ["PA-KAZ-2020-003", "GP-REG-2026-120", "GP-KGZ-2020-001"] {
            assert_eq!(Reference::parse(text).map(|r| r.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Reference::parse(" pa-kaz-2020-3 ").map(|r| r.to_string()).as_deref(), Some("PA-KAZ-2020-003"));
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in ["", "PA", "XX-KAZ-2020-001", "PA-KAZ-20-001", "PA-KAZ-2020-0", "PA-KAZ-2020-001-4", "PA--2020-001"]
        {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }
}
