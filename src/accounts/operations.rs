//! Acts on accounts and accreditations, one function each. `invitations` and `sign_ins` have their own.
//!
//! With `None` for the actor an act is a command on the machine: the policy is not asked, the trail names nobody.

pub mod factors;
pub mod invitations;
pub mod resets;
pub mod sign_ins;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::model::invitations::Invitation;
use super::model::{BELOW_HEAD, Grant, Place, folded_email};
use super::{Account, Office, password, store};
use crate::audit;
use crate::db::{AnyConnection, Db, StoreError, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, AccreditationId, DelegationId, SignInId};
use crate::kernel::lang::Lang;
use crate::policy::{Action, Actor, Capacity, Target, decide, may};
use crate::refusals::OperationError;

/// What a new account is made of.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// E-mail address; stored in lower case.
    pub email: String,
    /// Name of the person or the office.
    pub name: String,
    /// Office on the platform.
    pub office: Office,
    /// Language of pages and mails.
    pub language: Lang,
    /// Zone in which times are shown beside the legal one.
    pub time_zone: Tz,
    /// Argon2id hash of the password, from [`password::hash`] or [`password::hash_here`].
    pub password_hash: String,
}

/// Returns what the policy is asked when somebody is called to a place or taken from it.
pub fn question(place: &Place) -> (Action, Target) {
    match place {
        Place::Office(_) | Place::Return => (Action::ManageOffices, Target::none()),
        Place::Delegation(delegation, Capacity::Head | Capacity::Alternate) => {
            (Action::ManageHeads, Target::of_delegation(delegation.clone()))
        }
        Place::Delegation(delegation, _) => (Action::ManageDelegates, Target::of_delegation(delegation.clone())),
    }
}

/// Refuses unless the actor may call somebody to a place.
pub fn may_call(actor: &Actor, place: &Place) -> Result<(), OperationError> {
    let (action, target) = question(place);
    Ok(decide(actor, action, &target)?)
}

/// Makes an account directly, without an invitation: for the command line and the demonstration.
pub fn create_account(
    tx: &mut Tx<'_>,
    actor: Option<&Actor>,
    new: NewAccount,
    now: NaiveDateTime,
) -> Result<AccountId, OperationError> {
    if let Some(actor) = actor {
        decide(actor, Action::ManageOffices, &Target::none())?;
    }
    let account = insert_account(tx, new, now)?;
    let detail = json!({ "capacity": account.office });
    audit::record(tx, now, by(actor), "account.created", account.id.as_str(), &detail)?;
    Ok(account.id)
}

/// Adds an account, refusing an address that is taken. Without policy and trail: for operations.
pub fn insert_account(tx: &mut Tx<'_>, new: NewAccount, now: NaiveDateTime) -> Result<Account, OperationError> {
    let account = Account {
        id: AccountId::new(),
        email: folded_email(&new.email),
        name: new.name.trim().to_owned(),
        office: new.office,
        language: new.language,
        time_zone: new.time_zone,
        disabled_at: None,
        erased_at: None,
    };
    if store::account_by_email(tx, &account.email)?.is_some() {
        return Err(FieldErrors::one("email", Message::new("email-taken")).into());
    }
    match store::insert_account(tx, &account, &new.password_hash, now) {
        Err(StoreError::Conflict(_)) => Err(FieldErrors::one("email", Message::new("email-taken")).into()),
        other => Ok(other.map(|()| account)?),
    }
}

/// Accredits an account to a delegation, from a day on and until a day if limited.
pub fn accredit(
    tx: &mut Tx<'_>,
    actor: Option<&Actor>,
    grant: (AccountId, DelegationId, Capacity),
    valid: (NaiveDate, Option<NaiveDate>),
    now: NaiveDateTime,
) -> Result<AccreditationId, OperationError> {
    let (account, delegation, capacity) = grant;
    let place = Place::Delegation(delegation.clone(), capacity);
    if let Some(actor) = actor {
        may_call(actor, &place)?;
    }
    if store::account(tx, &account)?.office != Office::None {
        return Err(OperationError::refused("account-has-office"));
    }
    let (valid_from_on, valid_until_on) = valid;
    let grant = Grant {
        id: AccreditationId::new(),
        account: account.clone(),
        delegation,
        capacity,
        valid_from_on,
        valid_until_on,
    };
    store::insert_grant(tx, &grant, now)?;
    let detail = json!({ "to": place_detail(tx, &place)?, "until": valid_until_on });
    audit::record(tx, now, by(actor), "accreditation.added", account.as_str(), &detail)?;
    Ok(grant.id)
}

/// Puts an account in a place, without policy and trail: for operations that have asked and will record.
pub fn call_to(
    tx: &mut Tx<'_>,
    account: &AccountId,
    place: &Place,
    valid_until_on: Option<NaiveDate>,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    match place {
        Place::Office(office) => Ok(store::give_office(tx, account, *office)?),
        Place::Return => Ok(()),
        Place::Delegation(delegation, capacity) => {
            let grant = Grant {
                id: AccreditationId::new(),
                account: account.clone(),
                delegation: delegation.clone(),
                capacity: *capacity,
                valid_from_on: now.date(),
                valid_until_on,
            };
            Ok(store::insert_grant(tx, &grant, now)?)
        }
    }
}

/// Everybody whom an actor may see on the list of accounts.
#[derive(Debug)]
pub struct Directory {
    /// Whether nothing is left out.
    pub is_whole: bool,
    /// The delegations shown, by code.
    pub delegations: Vec<Delegation>,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// Their accreditations to the delegations shown.
    pub grants: Vec<Grant>,
    /// Invitations that stand.
    pub invitations: Vec<Invitation>,
    /// Those of the accounts that have a second factor.
    pub with_factor: BTreeSet<AccountId>,
}

/// Returns the accounts that the actor may see: all, or those of their own delegations.
pub fn directory(conn: &mut AnyConnection, actor: &Actor, now: NaiveDateTime) -> Result<Directory, OperationError> {
    let whole = decide(actor, Action::ViewAccounts, &Target::none());
    let sees = |id: &DelegationId| may(actor, Action::ViewAccounts, &Target::of_delegation(id.clone()));
    let mut delegations = delegations::store::all(conn)?;
    delegations.retain(|delegation| sees(&delegation.id));
    if delegations.is_empty() {
        whole?;
    }
    let is_whole = whole.is_ok();
    let mut grants = store::grants(conn)?;
    grants.retain(|grant| sees(&grant.delegation));
    let mut accounts = store::accounts(conn)?;
    accounts.retain(|account| is_whole || grants.iter().any(|grant| grant.account == account.id));
    let mut invitations = store::invitations::open(conn, now)?;
    invitations.retain(|invitation| match &invitation.place {
        Place::Office(_) => is_whole,
        Place::Delegation(delegation, _) => sees(delegation),
        Place::Return => false,
    });
    let mut with_factor = store::factors::holders(conn)?;
    with_factor.retain(|id| accounts.iter().any(|account| account.id == *id));
    Ok(Directory { is_whole, delegations, accounts, grants, invitations, with_factor })
}

/// Ends an accreditation at once. Invitations that its holder has made for the delegation fall with it.
pub fn end_accreditation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &AccreditationId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let grant = store::grant(tx, id)?;
    let place = Place::Delegation(grant.delegation, grant.capacity);
    may_call(actor, &place).map_err(OperationError::hidden)?;
    store::end_grant(tx, id, now)?;
    invitations::withdraw_all_by(tx, actor.account.as_ref(), &grant.account, Some(&place), now)?;
    let detail = json!({ "from": place_detail(tx, &place)? });
    Ok(audit::record(tx, now, by(Some(actor)), "accreditation.ended", grant.account.as_str(), &detail)?)
}

/// Refuses unless the actor may give an accreditation another capacity: below the head, never one's own.
pub fn may_change(actor: &Actor, grant: &Grant) -> Result<(), OperationError> {
    let target = Target::of_delegation(grant.delegation.clone());
    decide(actor, Action::ChangeCapacity, &target).map_err(|denial| OperationError::from(denial).hidden())?;
    if actor.account.as_ref() == Some(&grant.account) {
        return Err(OperationError::refused("accreditation-own"));
    }
    if BELOW_HEAD.contains(&grant.capacity) { Ok(()) } else { Err(OperationError::refused("accreditation-of-head")) }
}

/// Gives an accreditation another capacity. Invitations that its holder has made for the delegation fall with the right to
/// make them.
pub fn change_capacity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &AccreditationId,
    to: Capacity,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let grant = store::grant(tx, id)?;
    may_change(actor, &grant)?;
    if !BELOW_HEAD.contains(&to) {
        return Err(OperationError::refused("accreditation-of-head"));
    }
    let held = store::grants_of(tx, &grant.account)?;
    let is_held = |one: &&Grant| one.delegation == grant.delegation && !one.is_over(now.date());
    if held.iter().filter(is_held).any(|one| one.capacity == to) {
        return Err(OperationError::refused("accreditation-held"));
    }
    store::set_capacity(tx, &grant, to)?;
    let place = Place::Delegation(grant.delegation.clone(), grant.capacity);
    if grant.capacity == Capacity::Alternate {
        invitations::withdraw_all_by(tx, actor.account.as_ref(), &grant.account, Some(&place), now)?;
    }
    let detail = json!({ "from": place_detail(tx, &place)?, "to": { "capacity": to } });
    Ok(audit::record(tx, now, by(Some(actor)), "accreditation.changed", grant.account.as_str(), &detail)?)
}

/// Refuses unless the actor may disable and enable an account: offices are an administrator's, delegations the
/// secretariat's; nobody does it to oneself.
pub fn may_disable(actor: &Actor, account: &Account, grants: &[Grant]) -> Result<(), OperationError> {
    let action = if account.office == Office::None { Action::ManageHeads } else { Action::ManageOffices };
    let targets = grants.iter().map(|grant| Target::of_delegation(grant.delegation.clone()));
    for target in targets.chain([Target::none()]) {
        decide(actor, action, &target).map_err(|denial| OperationError::from(denial).hidden())?;
    }
    if actor.account.as_ref() == Some(&account.id) {
        return Err(OperationError::refused("account-own"));
    }
    Ok(())
}

/// Refuses unless the actor may give an account back to somebody who has lost the password: whoever may call a person
/// to every place that the account holds. Nobody does it to oneself: that is what the old password is for.
pub fn may_restore(actor: &Actor, account: &Account, grants: &[Grant]) -> Result<(), OperationError> {
    if account.office == Office::None && grants.is_empty() {
        decide(actor, Action::ManageHeads, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    }
    if account.office != Office::None {
        may_call(actor, &Place::Office(account.office)).map_err(OperationError::hidden)?;
    }
    for grant in grants {
        let place = Place::Delegation(grant.delegation.clone(), grant.capacity);
        may_call(actor, &place).map_err(OperationError::hidden)?;
    }
    match &account.disabled_at {
        _ if actor.account.as_ref() == Some(&account.id) => Err(OperationError::refused("account-own-password")),
        Some(_) => Err(OperationError::refused("account-disabled")),
        None => Ok(()),
    }
}

/// Disables an account: it can no longer sign in, its sign-ins and open invitations end.
pub fn disable(tx: &mut Tx<'_>, actor: &Actor, id: &AccountId, now: NaiveDateTime) -> Result<(), OperationError> {
    let account = store::account(tx, id)?;
    may_disable(actor, &account, &store::grants_of(tx, id)?)?;
    let is_administrator = account.office == Office::Administrator && account.disabled_at.is_none();
    if is_administrator && store::administrators(tx)? <= 1 {
        return Err(OperationError::refused("account-last-administrator"));
    }
    store::disable(tx, id, now)?;
    store::sign_ins::revoke_all(tx, id, None, now)?;
    invitations::withdraw_all_by(tx, actor.account.as_ref(), id, None, now)?;
    Ok(audit::record(tx, now, by(Some(actor)), "account.disabled", id.as_str(), &json!({}))?)
}

/// Enables an account again.
pub fn enable(tx: &mut Tx<'_>, actor: &Actor, id: &AccountId, now: NaiveDateTime) -> Result<(), OperationError> {
    let account = store::account(tx, id)?;
    may_disable(actor, &account, &store::grants_of(tx, id)?)?;
    store::enable(tx, id)?;
    Ok(audit::record(tx, now, by(Some(actor)), "account.enabled", id.as_str(), &json!({}))?)
}

/// Changes one's own name, language and time zone.
pub fn change_profile(
    tx: &mut Tx<'_>,
    actor: &Actor,
    profile: &(String, Lang, Tz),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let id = own(actor)?;
    let (name, language, zone) = profile;
    let before = store::account(tx, &id)?;
    store::set_profile(tx, &id, name.trim(), *language, *zone)?;
    if before.name != name.trim() {
        audit::record(tx, now, Some(&id), "account.renamed", id.as_str(), &json!({}))?;
    }
    Ok(())
}

/// What became of a wish to change one's password.
#[derive(Debug, PartialEq, Eq)]
pub enum PasswordOutcome {
    /// It is changed, and every other sign-in has ended.
    Changed,
    /// The old password is not right.
    Wrong,
    /// Too many attempts: not before then.
    Wait(NaiveDateTime),
}

/// Changes one's own password, given the old one. Attempts are counted with those of signing in.
pub async fn change_password(
    db: &Db,
    actor: &Actor,
    sign_in: SignInId,
    passwords: (String, String),
    now: NaiveDateTime,
) -> Result<PasswordOutcome, OperationError> {
    let id = own(actor)?;
    let (old, new) = passwords;
    let reading = id.clone();
    let (email, stored) = db
        .read(move |conn| -> Result<_, StoreError> {
            let email = store::account(conn, &reading)?.email;
            let hash = store::account_by_email(conn, &email)?.map(|(_, hash)| hash).ok_or(StoreError::NotFound)?;
            Ok((email, hash))
        })
        .await?;
    let begun = db.write(move |tx| sign_ins::begin_attempt(tx, &email, None, now)).await?;
    let attempt = match begun {
        Ok(attempt) => attempt,
        Err(until) => return Ok(PasswordOutcome::Wait(until)),
    };
    if !password::verify(old, Some(stored.clone())).await {
        return Ok(PasswordOutcome::Wrong);
    }
    let hash = password::hash(new).await;
    db.write(move |tx| -> Result<(), OperationError> {
        sign_ins::clear_attempt(tx, &attempt)?;
        store::replace_password(tx, &id, &stored, &hash)?;
        store::sign_ins::revoke_all(tx, &id, Some(&sign_in), now)?;
        Ok(audit::record(tx, now, Some(&id), "account.password-changed", id.as_str(), &json!({}))?)
    })
    .await?;
    Ok(PasswordOutcome::Changed)
}

/// Replaces the password of an account from the machine, for somebody who has lost it; every sign-in ends.
pub fn replace_password_here(
    tx: &mut Tx<'_>,
    email: &str,
    password_hash: &str,
    now: NaiveDateTime,
) -> Result<AccountId, OperationError> {
    let (account, old) = store::account_by_email(tx, &folded_email(email))?.ok_or(OperationError::NotFound)?;
    store::replace_password(tx, &account.id, &old, password_hash)?;
    store::sign_ins::revoke_all(tx, &account.id, None, now)?;
    audit::record(tx, now, None, "account.password-replaced", account.id.as_str(), &json!({}))?;
    Ok(account.id)
}

/// Returns a place as the trail names it: by codes.
pub fn place_detail(conn: &mut AnyConnection, place: &Place) -> Result<Value, StoreError> {
    Ok(match place {
        Place::Office(office) => json!({ "capacity": office }),
        Place::Return => json!({}),
        Place::Delegation(delegation, capacity) => {
            json!({ "delegation": delegations::store::by_id(conn, delegation)?.code, "capacity": capacity })
        }
    })
}

fn by(actor: Option<&Actor>) -> Option<&AccountId> {
    actor.and_then(|actor| actor.account.as_ref())
}

/// Returns the actor's own account, if the policy lets them manage it.
fn own(actor: &Actor) -> Result<AccountId, OperationError> {
    let account = actor.account.clone().ok_or(OperationError::NotFound)?;
    decide(actor, Action::ManageOwnAccount, &Target::of_account(account.clone()))?;
    Ok(account)
}
