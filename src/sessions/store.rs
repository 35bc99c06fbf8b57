//! Queries about sessions.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::select;

use crate::db::schema::sessions;
use crate::db::{AnyConnection, StoreError};

/// Returns whether the database holds a session that only demonstrates.
pub fn has_demonstration(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(select(exists(sessions::table.filter(sessions::is_demonstration.eq(true)))).get_result(conn)?)
}
