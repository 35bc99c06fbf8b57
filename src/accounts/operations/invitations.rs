//! Acts of inviting, withdrawing and accepting.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde_json::{Value, json};

use crate::accounts::model::invitations::{Invitation, LIFE, RETURN_LIFE, Standing};
use crate::accounts::model::{Place, folded_email};
use crate::accounts::operations::{NewAccount, call_to, insert_account, may_call, may_restore, place_detail};
use crate::accounts::store::{account, account_by_email, grants_of, replace_password};
use crate::accounts::store::{invitations as store, sign_ins};
use crate::accounts::{Account, Office};
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, Delegation, DelegationKind};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, InvitationId};
use crate::kernel::lang::Lang;
use crate::kernel::token::SecretLink;
use crate::outbox::{self, Fact, Letter, To};
use crate::policy::Actor;
use crate::refusals::OperationError;

/// Whom to invite, to what.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// E-mail address, as typed.
    pub email: String,
    /// Name of the person or the office.
    pub name: String,
    /// To what.
    pub place: Place,
    /// Language in which the person is addressed.
    pub language: Lang,
}

/// Invites somebody to a place. An open invitation of the same address to the same place gives way.
pub fn invite(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: NewInvitation,
    link: &SecretLink,
    now: NaiveDateTime,
) -> Result<Invitation, OperationError> {
    if new.place == Place::Return {
        return Err(OperationError::NotFound);
    }
    may_call(actor, &new.place)?;
    let created_by = actor.account.clone().ok_or(OperationError::NotFound)?;
    if let Place::Delegation(delegation, _) = &new.place
        && delegations::store::by_id(tx, delegation)?.kind == DelegationKind::Group
    {
        return Err(OperationError::refused("group-has-no-people"));
    }
    let email = folded_email(&new.email);
    if let Some((account, _)) = account_by_email(tx, &email)? {
        must_be_free_for(tx, &account, &new.place, now.date())?;
    }
    replace(tx, &email, &new.place, now)?;
    let invitation = Invitation {
        id: InvitationId::new(),
        email,
        name: new.name.trim().to_owned(),
        place: new.place,
        language: new.language,
        created_by,
        expires_at: now + LIFE,
        used_at: None,
        revoked_at: None,
    };
    store::insert(tx, &invitation, &link.digest, now)?;
    record(tx, actor.account.as_ref(), "invitation.made", &invitation, now)?;
    tell_invited(tx, &invitation, link, now)?;
    Ok(invitation)
}

/// Tells an invited person at the address that was named.
fn tell_invited(
    tx: &mut Tx<'_>,
    invitation: &Invitation,
    link: &SecretLink,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let mut letter = link_letter(outbox::Kind::Invitation, invitation, link)
        .text("inviter", account(tx, &invitation.created_by)?.name)
        .with("capacity", Fact::code("capacity", invitation.place.role()));
    if let Place::Delegation(delegation, _) = &invitation.place {
        letter = letter.with("delegation", Fact::Both(delegations::store::by_id(tx, delegation)?.name));
    }
    let to = To::Address(&invitation.email, &invitation.name, invitation.language);
    outbox::write(tx, &letter, to, None, now)?;
    Ok(())
}

/// Returns a letter with the link of an invitation.
fn link_letter(kind: outbox::Kind, invitation: &Invitation, link: &SecretLink) -> Letter {
    let mut letter = Letter::new(kind, format!("/invitations/{}", outbox::model::TOKEN))
        .with("until", Fact::moment(invitation.expires_at, Tz::UTC));
    letter.secret_seed.clone_from(&link.seed);
    letter
}

/// Withdraws open invitations of an address to a place: a new one takes their place.
fn replace(tx: &mut Tx<'_>, email: &str, place: &Place, now: NaiveDateTime) -> Result<(), StoreError> {
    for other in store::open(tx, now)?.iter().filter(|other| other.email == email && other.place == *place) {
        store::withdraw(tx, &other.id, now)?;
    }
    Ok(())
}

/// Makes a link by which somebody who has lost the password sets a new one.
pub fn restore(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &AccountId,
    link: &SecretLink,
    now: NaiveDateTime,
) -> Result<Invitation, OperationError> {
    let account = account(tx, id)?;
    may_restore(actor, &account, &grants_of(tx, id)?)?;
    let created_by = actor.account.clone().ok_or(OperationError::NotFound)?;
    let invitation = insert_return(tx, account, created_by, (link, now + RETURN_LIFE), now)?;
    audit::record(tx, now, actor.account.as_ref(), "account.password-link-made", id.as_str(), &json!({}))?;
    Ok(invitation)
}

/// Adds a link to a new password in place of earlier ones, and mails it to its account. Without policy and trail.
pub fn insert_return(
    tx: &mut Tx<'_>,
    account: Account,
    created_by: AccountId,
    (link, expires_at): (&SecretLink, NaiveDateTime),
    now: NaiveDateTime,
) -> Result<Invitation, StoreError> {
    replace(tx, &account.email, &Place::Return, now)?;
    let invitation = Invitation {
        id: InvitationId::new(),
        email: account.email,
        name: account.name,
        place: Place::Return,
        language: account.language,
        created_by,
        expires_at,
        used_at: None,
        revoked_at: None,
    };
    store::insert(tx, &invitation, &link.digest, now)?;
    let letter = link_letter(outbox::Kind::PasswordLink, &invitation, link);
    outbox::write(tx, &letter, To::Account(&account.id), None, now)?;
    Ok(invitation)
}

/// Sets a new password by such a link; every sign-in of the account ends.
pub fn accept_return(
    tx: &mut Tx<'_>,
    token_digest: &str,
    password_hash: &str,
    now: NaiveDateTime,
) -> Result<Account, OperationError> {
    let invitation = store::by_token(tx, token_digest)?;
    must_stand(&invitation, now)?;
    let found = account_by_email(tx, &invitation.email)?;
    let (account, old) = match found {
        Some(found) if invitation.place == Place::Return && found.0.disabled_at.is_none() => found,
        _ => return Err(OperationError::NotFound),
    };
    store::mark_used(tx, &invitation.id, now)?;
    replace_password(tx, &account.id, &old, password_hash)?;
    sign_ins::revoke_all(tx, &account.id, None, now)?;
    let detail = json!({ "by": invitation.created_by });
    audit::record(tx, now, Some(&account.id), "account.password-changed", account.id.as_str(), &detail)?;
    Ok(account)
}

/// Refuses when an account cannot be called to a place: the office or the same capacity is held already, or an office
/// would meet an accreditation (secretariat and chair never vote).
fn must_be_free_for(
    conn: &mut AnyConnection,
    account: &Account,
    place: &Place,
    today: NaiveDate,
) -> Result<(), OperationError> {
    let mut grants = grants_of(conn, &account.id)?;
    grants.retain(|grant| !grant.is_over(today));
    let code = match place {
        _ if account.disabled_at.is_some() => "account-disabled",
        Place::Office(office) if account.office == *office => "account-holds-this",
        Place::Office(_) | Place::Delegation(..) if account.office != Office::None => "account-has-office",
        Place::Office(_) if !grants.is_empty() => "account-has-delegation",
        Place::Delegation(delegation, capacity)
            if grants.iter().any(|grant| grant.delegation == *delegation && grant.capacity == *capacity) =>
        {
            "account-holds-this"
        }
        Place::Office(_) | Place::Delegation(..) | Place::Return => return Ok(()),
    };
    Err(FieldErrors::one("email", Message::new(code)).into())
}

/// Withdraws an open invitation.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: &InvitationId, now: NaiveDateTime) -> Result<(), OperationError> {
    let invitation = store::by_id(tx, id)?;
    may_call(actor, &invitation.place).map_err(OperationError::hidden)?;
    must_stand(&invitation, now)?;
    store::withdraw(tx, id, now)?;
    record(tx, actor.account.as_ref(), "invitation.withdrawn", &invitation, now)
}

/// Withdraws the open invitations that somebody has made, to one delegation or to anything: they fall with the right
/// to make them.
pub fn withdraw_all_by(
    tx: &mut Tx<'_>,
    actor: Option<&AccountId>,
    inviter: &AccountId,
    place: Option<&Place>,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let is_meant = |invitation: &Invitation| match (place, &invitation.place) {
        (None, _) => true,
        (Some(Place::Delegation(left, _)), Place::Delegation(called, _)) => left == called,
        (Some(_), _) => false,
    };
    let all = store::open(tx, now)?;
    for invitation in all.iter().filter(|invitation| invitation.created_by == *inviter && is_meant(invitation)) {
        store::withdraw(tx, &invitation.id, now)?;
        record(tx, actor, "invitation.withdrawn", invitation, now)?;
    }
    Ok(())
}

/// Accepts an invitation with a new account.
pub fn accept_anew(
    tx: &mut Tx<'_>,
    token_digest: &str,
    mut person: NewAccount,
    now: NaiveDateTime,
) -> Result<Account, OperationError> {
    let invitation = store::by_token(tx, token_digest)?;
    must_stand(&invitation, now)?;
    must_call_somewhere(&invitation)?;
    if account_by_email(tx, &invitation.email)?.is_some() {
        return Err(OperationError::refused("invitation-needs-sign-in"));
    }
    person.email.clone_from(&invitation.email);
    person.office = Office::None;
    let account = insert_account(tx, person, now)?;
    finish(tx, &invitation, account, now)
}

/// Accepts an invitation with the account that is signed in, which must be the one invited.
pub fn accept(
    tx: &mut Tx<'_>,
    actor: &Actor,
    token_digest: &str,
    now: NaiveDateTime,
) -> Result<Account, OperationError> {
    let invitation = store::by_token(tx, token_digest)?;
    must_stand(&invitation, now)?;
    must_call_somewhere(&invitation)?;
    match account_by_email(tx, &invitation.email)? {
        Some((account, _)) if actor.account.as_ref() == Some(&account.id) => {
            must_be_free_for(tx, &account, &invitation.place, now.date())?;
            finish(tx, &invitation, account, now)
        }
        _ => Err(OperationError::refused("invitation-of-another")),
    }
}

fn finish(
    tx: &mut Tx<'_>,
    invitation: &Invitation,
    account: Account,
    now: NaiveDateTime,
) -> Result<Account, OperationError> {
    store::mark_used(tx, &invitation.id, now)?;
    call_to(tx, &account.id, &invitation.place, None, now)?;
    record(tx, Some(&account.id), "invitation.accepted", invitation, now)?;
    Ok(account)
}

/// Refuses a link that only sets a new password: it makes no account and gives no place.
fn must_call_somewhere(invitation: &Invitation) -> Result<(), OperationError> {
    if invitation.place == Place::Return { Err(OperationError::NotFound) } else { Ok(()) }
}

fn must_stand(invitation: &Invitation, now: NaiveDateTime) -> Result<(), OperationError> {
    match invitation.standing(now) {
        Standing::Open => Ok(()),
        other => Err(OperationError::refused(&format!("invitation-{}", other.code()))),
    }
}

/// An invitation with what its page tells.
#[derive(Debug)]
pub struct Found {
    /// The invitation.
    pub invitation: Invitation,
    /// Name of the account that invites.
    pub inviter: String,
    /// The delegation, if it is to one.
    pub delegation: Option<Delegation>,
    /// The account that the invited address has already.
    pub account: Option<AccountId>,
}

/// Returns the invitation of a token, whether or not it stands.
pub fn find(conn: &mut AnyConnection, token_digest: &str) -> Result<Found, StoreError> {
    let invitation = store::by_token(conn, token_digest)?;
    let inviter = account(conn, &invitation.created_by)?.name;
    let delegation = match &invitation.place {
        Place::Office(_) | Place::Return => None,
        Place::Delegation(delegation, _) => Some(delegations::store::by_id(conn, delegation)?),
    };
    let account = account_by_email(conn, &invitation.email)?.map(|(account, _)| account.id);
    Ok(Found { invitation, inviter, delegation, account })
}

/// Why: the trail cannot be cleaned, so it names ids and places, never addresses.
fn record(
    tx: &mut Tx<'_>,
    account: Option<&AccountId>,
    act: &str,
    invitation: &Invitation,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let place: Value = place_detail(tx, &invitation.place)?;
    let is_own = account == Some(&invitation.created_by);
    let detail = json!({ "by": (!is_own).then_some(&invitation.created_by), "to": place });
    Ok(audit::record(tx, now, account, act, invitation.id.as_str(), &detail)?)
}
