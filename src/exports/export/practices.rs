//! The good practices of a session.

use super::{Export, entries};
use crate::kernel::reference::Kind;

pub(super) const EXPORT: Export = Export {
    is_of_session: true,
    reach: entries::published,
    columns: &[],
    write: |to| entries::write(to, Kind::Practice),
};
