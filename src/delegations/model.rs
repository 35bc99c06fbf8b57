//! The noun of the room.

use crate::coded_enum;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Bilingual;

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
