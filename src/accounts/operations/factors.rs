//! Acts on second factors: setting one up, using it to sign in, new recovery codes, switching off, taking a lost one away.
//!
//! Codes are tried under a count of their own: whoever knows the password does not clear it by giving the password again.

use std::net::IpAddr;

use chrono::NaiveDateTime;
use serde_json::json;

use super::sign_ins::{begin, begin_attempt, clear_attempt, sign_out, tell_of_new_machine};
use super::{by, own};
use crate::accounts::model::factors::{Change, Factor, FactorKey, STEP_LIFE, is_seed, new_codes};
use crate::accounts::model::{Accreditation, Grant};
use crate::accounts::store::{self, SignedIn, factors};
use crate::accounts::{Account, Office, password};
use crate::audit;
use crate::db::{AnyConnection, Db, StoreError, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, SignInId};
use crate::kernel::token::{digest, new_token};
use crate::outbox::{self, Fact, Kind, Letter, To};
use crate::policy::{Action, Actor, Capacity, Target, decide};
use crate::refusals::OperationError;

/// What the page of one's own second factor shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Since when there is one, if there is.
    pub since: Option<NaiveDateTime>,
    /// How many recovery codes are left.
    pub codes_left: i64,
}

/// Returns whether an account may do nothing before it has a second factor: heads and alternates when a session asks
/// for it, secretariat and administrators when the installation does.
pub fn is_missing(
    conn: &mut AnyConnection,
    account: &Account,
    accreditations: &[Accreditation],
    offices_need_it: bool,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    let office = matches!(account.office, Office::Secretariat | Office::Administrator);
    let decides = |capacity| matches!(capacity, Capacity::Head | Capacity::Alternate);
    let heads = accreditations.iter().any(|one| decides(one.capacity));
    let is_asked = (offices_need_it && office) || (heads && factors::is_asked_now(conn, now)?);
    Ok(is_asked && !factors::is_set(conn, &account.id)?)
}

/// Returns where one's own second factor stands.
pub fn standing(conn: &mut AnyConnection, actor: &Actor) -> Result<Standing, OperationError> {
    let account = own(actor)?;
    let since = factors::of(conn, &account)?.map(|factor| factor.confirmed_at);
    Ok(Standing { since, codes_left: factors::codes_left(conn, &account)? })
}

/// Sets a second factor up, once a first code shows that the device holds the secret; returns the recovery codes. Every other
/// sign-in of the account ends: it was made without.
pub fn set_up(
    tx: &mut Tx<'_>,
    actor: &Actor,
    key: &FactorKey,
    (sign_in, seed, code): (&SignInId, &str, &str),
    now: NaiveDateTime,
) -> Result<Vec<String>, OperationError> {
    let account = own(actor)?;
    if factors::is_set(tx, &account)? {
        return Err(OperationError::refused("factor-exists"));
    }
    if !is_seed(seed) {
        return Err(OperationError::NotFound);
    }
    let Some(last_step) = key.secret(&account, seed).step_of(code, now, -1) else {
        return Err(FieldErrors::one("code", Message::new("factor-code")).into());
    };
    let factor = Factor { account: account.clone(), seed: seed.to_owned(), last_step, confirmed_at: now };
    factors::insert(tx, &factor)?;
    let codes = renew_codes(tx, key, &account)?;
    store::sign_ins::revoke_all(tx, &account, Some(sign_in), now)?;
    audit::record(tx, now, Some(&account), "account.factor-set", account.as_str(), &json!({}))?;
    tell(tx, &account, Change::Set, now)?;
    Ok(codes)
}

fn renew_codes(tx: &mut Tx<'_>, key: &FactorKey, account: &AccountId) -> Result<Vec<String>, StoreError> {
    let codes = new_codes();
    let digests: Vec<String> = codes.iter().map(|code| key.digest(account, code)).collect();
    factors::set_codes(tx, account, &digests)?;
    Ok(codes)
}

/// Tells the holder of an account what was done with its second factor.
fn tell(tx: &mut Tx<'_>, account: &AccountId, change: Change, now: NaiveDateTime) -> Result<(), StoreError> {
    let zone = store::account(tx, account)?.time_zone;
    let letter = Letter::new(Kind::SecondFactor, "/account/second-factor")
        .with("change", Fact::code("factor-change", change.code()))
        .with("at", Fact::moment(now, zone));
    outbox::write(tx, &letter, To::Account(account), None, now)?;
    Ok(())
}

/// How a code was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    Device,
    Recovery,
}

/// Uses a code of the device, or a recovery code; nothing when it is wrong or was used.
fn prove(
    tx: &mut Tx<'_>,
    key: &FactorKey,
    factor: &Factor,
    typed: &str,
    now: NaiveDateTime,
) -> Result<Option<Proof>, StoreError> {
    let account = &factor.account;
    if let Some(step) = key.secret(account, &factor.seed).step_of(typed, now, factor.last_step) {
        return Ok(factors::use_step(tx, factor, step)?.then_some(Proof::Device));
    }
    Ok(factors::use_code(tx, account, &key.digest(account, typed), now)?.then_some(Proof::Recovery))
}

/// The name under which attempts with codes of an account are counted.
fn counted(account: &AccountId) -> String {
    format!("second factor {account}")
}

/// What somebody hands in after the password.
#[derive(Debug, Clone)]
pub struct SecondStep {
    /// The token that the browser holds.
    pub token: String,
    /// The code, as typed.
    pub code: String,
    /// Address of the client, where known.
    pub address: Option<IpAddr>,
    /// Browser and system.
    pub machine: String,
    /// The sign-in that this one replaces.
    pub replaces: Option<(AccountId, SignInId)>,
}

/// What became of it.
#[derive(Debug)]
pub enum Outcome {
    /// Signed in: the token for the cookie, and everything that holds now.
    In(String, Box<SignedIn>),
    /// The code is wrong, or was used.
    No,
    /// The password has to be given again: that was too long ago.
    Over,
    /// Too many attempts: not before then.
    Wait(NaiveDateTime),
}

/// Signs in with the code that follows the password.
pub async fn finish(db: &Db, key: &FactorKey, step: SecondStep, now: NaiveDateTime) -> Result<Outcome, OperationError> {
    let (known, key) = (digest(&step.token), key.clone());
    let found = db.read(move |conn| factors::step(conn, &known, now)).await?;
    let Some(account) = found else { return Ok(Outcome::Over) };
    let (counted, address) = (counted(&account), step.address);
    let attempt = match db.write(move |tx| begin_attempt(tx, &counted, address, now)).await? {
        Ok(attempt) => attempt,
        Err(until) => return Ok(Outcome::Wait(until)),
    };
    let token = new_token();
    let stored = digest(&token);
    let begun = db
        .write(move |tx| {
            let begun = enter(tx, &key, &account, (&step, &stored), now)?;
            if begun.is_some() {
                clear_attempt(tx, &attempt)?;
            }
            Ok::<_, OperationError>(begun)
        })
        .await?;
    Ok(begun.map_or(Outcome::No, |signed_in| Outcome::In(token, Box::new(signed_in))))
}

/// Begins the sign-in when the code is right; the step ends with it.
fn enter(
    tx: &mut Tx<'_>,
    key: &FactorKey,
    id: &AccountId,
    (step, stored): (&SecondStep, &str),
    now: NaiveDateTime,
) -> Result<Option<SignedIn>, OperationError> {
    let Some(factor) = factors::of(tx, id)? else { return Ok(None) };
    let Some(proof) = prove(tx, key, &factor, &step.code, now)? else { return Ok(None) };
    if !factors::end_step(tx, &digest(&step.token))? {
        return Err(OperationError::Stale);
    }
    if proof == Proof::Recovery {
        audit::record(tx, now, Some(id), "account.recovery-code-used", id.as_str(), &json!({}))?;
        tell(tx, id, Change::CodeUsed, now)?;
    }
    if let Some((account, old)) = &step.replaces {
        sign_out(tx, account, old, now)?;
    }
    let account = store::account(tx, id)?;
    tell_of_new_machine(tx, &account, &step.machine, now)?;
    Ok(Some(begin(tx, &account, &step.machine, stored, now)?))
}

/// What somebody wants of their second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// New recovery codes.
    Codes,
    /// To be without.
    Off,
}

/// What became of the wish.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed {
    /// New recovery codes.
    Codes(Vec<String>),
    /// It is switched off.
    Off,
    /// The password is not right.
    WrongPassword,
    /// The code is not right, or was used.
    WrongCode,
    /// Too many attempts: not before then.
    Wait(NaiveDateTime),
}

/// Makes new recovery codes, or switches off: both need password and code.
pub async fn change(
    db: &Db,
    actor: &Actor,
    key: &FactorKey,
    (wish, password, code): (Wish, String, String),
    now: NaiveDateTime,
) -> Result<Changed, OperationError> {
    let (id, key) = (own(actor)?, key.clone());
    let reading = id.clone();
    let (email, hash) = db
        .read(move |conn| -> Result<_, StoreError> {
            let email = store::account(conn, &reading)?.email;
            let hash = store::account_by_email(conn, &email)?.map(|(_, hash)| hash);
            Ok((email, hash))
        })
        .await?;
    let begun = db.write(move |tx| begin_attempt(tx, &email, None, now)).await?;
    let attempt = match begun {
        Ok(attempt) => attempt,
        Err(until) => return Ok(Changed::Wait(until)),
    };
    if !password::verify(password, hash).await {
        return Ok(Changed::WrongPassword);
    }
    let counted = counted(&id);
    let tried = db
        .write(move |tx| {
            clear_attempt(tx, &attempt)?;
            begin_attempt(tx, &counted, None, now)
        })
        .await?;
    let attempt = match tried {
        Ok(attempt) => attempt,
        Err(until) => return Ok(Changed::Wait(until)),
    };
    db.write(move |tx| {
        let Some(factor) = factors::of(tx, &id)? else { return Err(OperationError::refused("factor-none")) };
        if prove(tx, &key, &factor, &code, now)?.is_none() {
            return Ok(Changed::WrongCode);
        }
        clear_attempt(tx, &attempt)?;
        grant(tx, &key, &id, wish, now)
    })
    .await
}

fn grant(
    tx: &mut Tx<'_>,
    key: &FactorKey,
    id: &AccountId,
    wish: Wish,
    now: NaiveDateTime,
) -> Result<Changed, OperationError> {
    let (changed, act, change) = match wish {
        Wish::Codes => (Changed::Codes(renew_codes(tx, key, id)?), "account.recovery-codes-made", Change::Codes),
        Wish::Off => {
            factors::remove(tx, id)?;
            (Changed::Off, "account.factor-off", Change::Off)
        }
    };
    audit::record(tx, now, Some(id), act, id.as_str(), &json!({}))?;
    tell(tx, id, change, now)?;
    Ok(changed)
}

/// Refuses unless the actor may take the second factor of an account away: an administrator, or the head or alternate of the
/// delegation for everybody accredited to that delegation alone but its heads. Nobody does it to oneself.
pub fn may_remove(actor: &Actor, account: &Account, grants: &[Grant]) -> Result<(), OperationError> {
    let ask = |target: Target| {
        decide(actor, Action::RemoveFactor, &target).map_err(|denial| OperationError::from(denial).hidden())
    };
    if account.office != Office::None || grants.is_empty() {
        ask(Target::none())?;
    }
    for grant in grants {
        match grant.capacity {
            Capacity::Head => ask(Target::none())?,
            _ => ask(Target::of_delegation(grant.delegation.clone()))?,
        }
    }
    let is_own = actor.account.as_ref() == Some(&account.id);
    if is_own { Err(OperationError::refused("factor-own")) } else { Ok(()) }
}

/// Takes a lost second factor away; every sign-in of the account ends.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: &AccountId, now: NaiveDateTime) -> Result<(), OperationError> {
    let account = store::account(tx, id)?;
    may_remove(actor, &account, &store::grants_of(tx, id)?)?;
    take_away(tx, by(Some(actor)), id, now)
}

/// Takes a lost second factor away from the machine.
pub fn remove_here(tx: &mut Tx<'_>, email: &str, now: NaiveDateTime) -> Result<(), OperationError> {
    let email = crate::accounts::model::folded_email(email);
    let (account, _) = store::account_by_email(tx, &email)?.ok_or(OperationError::NotFound)?;
    take_away(tx, None, &account.id, now)
}

fn take_away(
    tx: &mut Tx<'_>,
    by: Option<&AccountId>,
    id: &AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    if !factors::remove(tx, id)? {
        return Err(OperationError::refused("factor-none"));
    }
    store::sign_ins::revoke_all(tx, id, None, now)?;
    audit::record(tx, now, by, "account.factor-removed", id.as_str(), &json!({}))?;
    Ok(tell(tx, id, Change::Removed, now)?)
}

/// Begins the step between password and code, and returns whether the account has a second factor; the token stays with
/// the caller.
pub fn begin_step(
    tx: &mut Tx<'_>,
    account: &Account,
    token_digest: &str,
    now: NaiveDateTime,
) -> Result<bool, OperationError> {
    let is_set = factors::is_set(tx, &account.id)?;
    if is_set {
        factors::insert_step(tx, token_digest, &account.id, (now, now + STEP_LIFE))?;
    }
    Ok(is_set)
}
