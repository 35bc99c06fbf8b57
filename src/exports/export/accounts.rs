//! The accounts in their places: one account in one place a row.

use super::{Export, ExportError, Words, Writing, whole};
use crate::accounts::model::Grant;
use crate::accounts::{self, Account, Office};
use crate::delegations::{self, Delegation, DelegationKind};
use crate::kernel::ids::DelegationId;
use crate::policy::Action;

// Why: without a delegation the target is everybody, which a head may not see.
pub(super) const EXPORT: Export =
    Export { is_of_session: false, reach: |actor| whole(actor, Action::ViewAccounts), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 11] = [
    "name",
    "email",
    "delegation",
    "delegation_title",
    "role",
    "role_title",
    "valid_from",
    "valid_until",
    "standing",
    "standing_title",
    "language",
];

/// Writes the accounts in their places.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let (accounts, grants) = (accounts::store::accounts(to.conn)?, accounts::store::grants(to.conn)?);
    let rows = rows(&accounts, &grants, &delegations::store::all(to.conn)?, to.said);
    Ok(to.sheet.rows(&rows)?)
}

/// Returns the rows of all accounts in the order of their page: offices, then delegations by code with their heads first, then
/// those without a place.
fn rows(
    accounts: &[Account],
    grants: &[Grant],
    delegations: &[Delegation],
    said: Words<'_>,
) -> Vec<[String; COLUMNS.len()]> {
    let holds = |account: &Account| grants.iter().any(|grant| grant.account == account.id);
    let offices = accounts.iter().filter(|account| account.office != Office::None);
    let mut rows: Vec<_> = offices.map(|account| row(account, None, said)).collect();
    for delegation in delegations.iter().filter(|delegation| delegation.kind != DelegationKind::Group) {
        let mut own: Vec<&Grant> = of(grants, &delegation.id).collect();
        // Why: a capacity counts upwards, and a list begins with the head.
        own.sort_by_key(|grant| std::cmp::Reverse(grant.capacity));
        for grant in own {
            let account = accounts.iter().find(|account| account.id == grant.account);
            rows.extend(account.map(|account| row(account, Some((delegation, grant)), said)));
        }
    }
    let unplaced = accounts.iter().filter(|account| account.office == Office::None && !holds(account));
    rows.extend(unplaced.map(|account| row(account, None, said)));
    rows
}

fn of<'a>(grants: &'a [Grant], delegation: &'a DelegationId) -> impl Iterator<Item = &'a Grant> {
    grants.iter().filter(move |grant| grant.delegation == *delegation)
}

fn row(account: &Account, place: Option<(&Delegation, &Grant)>, said: Words<'_>) -> [String; COLUMNS.len()] {
    let is_erased = account.erased_at.is_some();
    let standing = match account.disabled_at {
        _ if is_erased => "erased",
        Some(_) => "disabled",
        None => "active",
    };
    let role = place.map(|(_, grant)| grant.capacity).or(account.office.capacity());
    let role = role.map_or_else(String::new, |capacity| capacity.code().to_owned());
    let role_title = if role.is_empty() { String::new() } else { (said.code)("capacity", &role) };
    let until = place.and_then(|(_, grant)| grant.valid_until_on);
    [
        account.name.clone(),
        if is_erased { String::new() } else { account.email.clone() },
        place.map_or_else(String::new, |(delegation, _)| delegation.code.clone()),
        place.map_or_else(String::new, |(delegation, _)| delegation.name.get(said.lang).clone()),
        role,
        role_title,
        place.map_or_else(String::new, |(_, grant)| grant.valid_from_on.to_string()),
        until.map_or_else(String::new, |day| day.to_string()),
        standing.to_owned(),
        (said.code)("account-standing", standing),
        account.language.code().to_owned(),
    ]
}
