//! The noun of the room.

use crate::coded_enum;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Bilingual;
use crate::kernel::token::digest;

coded_enum! {
    /// What a delegation stands for.
    pub enum DelegationKind {
        /// A participating country.
        Country = "country",
        /// An organization that takes part.
        Organization = "organization",
        /// The group as a whole: carries regional entries, run by the secretariat, has no ballot.
        Group = "group",
    }
}

/// Code of the delegation that stands for the group as a whole.
pub const GROUP_CODE: &str = "REG";

/// A place in the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// ISO 3166 alpha-3 for countries.
    pub code: String,
    /// Country, organization or the group as a whole.
    pub kind: DelegationKind,
    /// Short name.
    pub name: Bilingual<String>,
    /// Formal name.
    pub formal_name: Bilingual<String>,
    /// Whether it has a ballot.
    pub votes: bool,
}

impl Delegation {
    /// Returns a digest of what can be edited, to notice that somebody else was first.
    pub fn edition(&self) -> String {
        let (name, formal) = (&self.name, &self.formal_name);
        digest(&[&name.en, &name.ru, &formal.en, &formal.ru, &self.votes.to_string()].map(String::as_str).join("\n"))
    }
}

/// Returns whether a code suits a kind: three capital letters for a country, as in ISO 3166; two to twelve capital
/// letters or digits for an organization. The code of the group is its own.
pub fn is_code_of(kind: DelegationKind, code: &str) -> bool {
    let is_capital = |c: char| c.is_ascii_uppercase();
    match kind {
        DelegationKind::Country => code.len() == 3 && code.chars().all(is_capital) && code != GROUP_CODE,
        DelegationKind::Organization => {
            (2..=12).contains(&code.len())
                && code.chars().all(|c| is_capital(c) || c.is_ascii_digit())
                && code != GROUP_CODE
        }
        DelegationKind::Group => code == GROUP_CODE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_that_stand_in_references() {
        assert!(is_code_of(DelegationKind::Country, "KAZ"));
        assert!(is_code_of(DelegationKind::Organization, "UNECE"));
        assert!(is_code_of(DelegationKind::Group, "REG"));
        for code in ["", "KA", "kaz", "KAZA", "KA1", "REG", "К А З"] {
            assert!(!is_code_of(DelegationKind::Country, code), "{code}");
        }
        for code in ["", "U", "UN-ECE", "REG", "ABCDEFGHIJKLM"] {
            assert!(!is_code_of(DelegationKind::Organization, code), "{code}");
        }
    }
}
