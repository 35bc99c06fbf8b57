//! The demonstration: the fifteenth session and the one before it, filled through the import and the operations of the
//! other rooms.
//!
//! Practices and actions are real, from `data/demonstration/`, with their sources. Offices, reviews, ballots, the earlier
//! session and the few entries that show a state of the workflow are made up and say so. Start with [`fill`].

mod decisions;
mod desk;
mod earlier;
mod files;
mod fill;
mod meetings;
mod offices;
mod papers;
mod session;
mod texts;

pub use files::clear as clear_files;
pub use fill::fill;
pub use offices::{Desk, all as desks};

use crate::accounts;
use crate::db::{AnyConnection, StoreError};
use crate::sessions;

/// Returns whether a database holds a demonstration and nothing else.
pub fn is_demonstration(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    let held = sessions::store::all(conn)?;
    Ok(!held.is_empty() && held.iter().all(|session| session.is_demonstration))
}

/// Returns whether a database may be emptied: it is new, or a demonstration.
pub fn may_be_emptied(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    let is_new = sessions::store::all(conn)?.is_empty() && accounts::store::accounts(conn)?.is_empty();
    Ok(is_new || is_demonstration(conn)?)
}
