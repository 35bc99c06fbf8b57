//! The noun: a filter with its name.

use crate::kernel::ids::{AccountId, SavedFilterId};

/// Longest name, in characters.
pub const NAME_CHARS_MAX: usize = 60;
/// Most filters that one account keeps in one session.
pub const FILTERS_MAX: usize = 20;

/// A filter that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its id.
    pub id: SavedFilterId,
    /// Whose it is.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// The part of the address behind the question mark.
    pub query: String,
    /// Whether the whole secretariat is offered it.
    pub is_shared: bool,
}
