//! The delegations, by code: one delegation a row.

use super::{Export, ExportError, Words, Writing, whole, yes_or_no};
use crate::delegations::{self, Delegation};
use crate::policy::Action;

pub(super) const EXPORT: Export =
    Export { is_of_session: false, reach: |actor| whole(actor, Action::ManageDelegations), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 8] =
    ["code", "kind", "kind_title", "name_en", "name_ru", "formal_name_en", "formal_name_ru", "votes"];

/// Writes the delegations.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = delegations::store::all(to.conn)?;
    Ok(delegations.iter().try_for_each(|delegation| to.sheet.row(&row(delegation, to.said)))?)
}

/// Returns the cells of a delegation.
fn row(delegation: &Delegation, said: Words<'_>) -> [String; COLUMNS.len()] {
    [
        delegation.code.clone(),
        delegation.kind.code().to_owned(),
        (said.code)("delegation-kind", delegation.kind.code()),
        delegation.name.en.clone(),
        delegation.name.ru.clone(),
        delegation.formal_name.en.clone(),
        delegation.formal_name.ru.clone(),
        yes_or_no(delegation.votes),
    ]
}
