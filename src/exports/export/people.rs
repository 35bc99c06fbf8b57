//! Delegations, and accounts in their places, as rows: one delegation a row; one account in one place a row.

use super::Words;
use crate::accounts::model::Grant;
use crate::accounts::{Account, Office};
use crate::delegations::{Delegation, DelegationKind};
use crate::kernel::ids::DelegationId;

/// Names of the columns of delegations, in order.
pub const DELEGATION_COLUMNS: [&str; 8] =
    ["code", "kind", "kind_title", "name_en", "name_ru", "formal_name_en", "formal_name_ru", "votes"];

/// Names of the columns of accounts, in order.
pub const ACCOUNT_COLUMNS: [&str; 11] = [
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

/// Returns the cells of a delegation.
pub fn delegation(delegation: &Delegation, said: Words<'_>) -> [String; DELEGATION_COLUMNS.len()] {
    [
        delegation.code.clone(),
        delegation.kind.code().to_owned(),
        (said.code)("delegation-kind", delegation.kind.code()),
        delegation.name.en.clone(),
        delegation.name.ru.clone(),
        delegation.formal_name.en.clone(),
        delegation.formal_name.ru.clone(),
        super::yes_or_no(delegation.votes),
    ]
}

/// Returns the rows of all accounts in the order of their page: offices, then delegations by code with their heads first, then
/// those without a place.
pub fn accounts(
    accounts: &[Account],
    grants: &[Grant],
    delegations: &[Delegation],
    said: Words<'_>,
) -> Vec<[String; ACCOUNT_COLUMNS.len()]> {
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

fn row(account: &Account, place: Option<(&Delegation, &Grant)>, said: Words<'_>) -> [String; ACCOUNT_COLUMNS.len()] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Delegations.description().names().collect::<Vec<_>>(), DELEGATION_COLUMNS);
        assert_eq!(Name::Accounts.description().names().collect::<Vec<_>>(), ACCOUNT_COLUMNS);
    }
}
