//! The priority actions of a session.

use super::{Export, entries, whole};
use crate::kernel::reference::Kind;
use crate::policy::Action;

pub(super) const EXPORT: Export = Export {
    is_of_session: true,
    reach: |actor| whole(actor, Action::ExportSubmissions),
    columns: &[],
    write: |to| entries::write(to, Kind::Action),
};
