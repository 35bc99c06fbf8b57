//! Acts of signing in and out.
//!
//! An attempt is counted as failed before the password is looked at, and forgotten when it succeeds: however many
//! come at once, no more are tried than are borne. Unknown, wrong and disabled take the same way and the same time.

use std::net::IpAddr;

use chrono::NaiveDateTime;

use super::factors;
use crate::accounts::model::folded_email;
use crate::accounts::model::sign_ins::{
    LIFE_MAX, Scope, SignIn, WINDOW, account_digest, address_digest, expires_at, token_digest, wait_until,
};
use crate::accounts::store::sign_ins as store;
use crate::accounts::store::{SignedIn, account_by_email, signed_in};
use crate::accounts::{Account, password};
use crate::db::{AnyConnection, Db, StoreError, Tx};
use crate::kernel::ids::{AccountId, SignInId};
use crate::kernel::token::{digest, new_token};
use crate::outbox::{self, Fact, Kind, Letter, To};
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;

/// What somebody hands in to sign in.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// E-mail address, as typed.
    pub email: String,
    /// Password.
    pub password: String,
    /// Address of the client, where known.
    pub address: Option<IpAddr>,
    /// Browser and system.
    pub machine: String,
    /// The sign-in that this one replaces.
    pub replaces: Option<(AccountId, SignInId)>,
}

/// What became of an attempt.
#[derive(Debug)]
pub enum Outcome {
    /// Signed in: the token for the cookie, and everything that holds now.
    In(String, Box<SignedIn>),
    /// The password is right and a code has to follow: the token of the step.
    Code(String),
    /// Unknown, wrong or disabled: which of them is not told.
    No,
    /// Too many attempts: not before then.
    Wait(NaiveDateTime),
}

/// An attempt that is counted as failed until it is cleared.
#[derive(Debug, Clone)]
pub struct Attempt {
    account_digest: String,
    address_row: Option<String>,
}

/// Counts an attempt, unless there were too many: then says until when to wait.
pub fn begin_attempt(
    tx: &mut Tx<'_>,
    email: &str,
    address: Option<IpAddr>,
    now: NaiveDateTime,
) -> Result<Result<Attempt, NaiveDateTime>, StoreError> {
    store::prune_failures(tx, now - WINDOW)?;
    let account = account_digest(&folded_email(email));
    let client = address.map(address_digest);
    let counted = [(Scope::Account, Some(&account)), (Scope::Address, client.as_ref())];
    let mut wait = None;
    for (scope, digest) in counted {
        if let Some(digest) = digest {
            wait = wait.max(wait_until(scope, &store::failures(tx, scope, digest)?, now));
        }
    }
    if let Some(until) = wait {
        return Ok(Err(until));
    }
    let mut address_row = None;
    for (scope, digest) in counted {
        if let Some(digest) = digest {
            let id = new_token();
            store::insert_failure(tx, &id, scope, digest, now)?;
            address_row = (scope == Scope::Address).then_some(id);
        }
    }
    Ok(Ok(Attempt { account_digest: account, address_row }))
}

/// Clears an attempt that has succeeded, with every earlier failure of the account.
pub fn clear_attempt(tx: &mut Tx<'_>, attempt: &Attempt) -> Result<(), StoreError> {
    store::clear_account(tx, &attempt.account_digest)?;
    match &attempt.address_row {
        Some(row) => store::forget_failure(tx, row),
        None => Ok(()),
    }
}

/// Counts a wrong token from an address; says until when to wait when there were too many.
pub fn refuse_token(tx: &mut Tx<'_>, address: IpAddr, now: NaiveDateTime) -> Result<Option<NaiveDateTime>, StoreError> {
    store::prune_failures(tx, now - WINDOW)?;
    let counted = token_digest(address);
    let until = wait_until(Scope::Address, &store::failures(tx, Scope::Address, &counted)?, now);
    if until.is_none() {
        store::insert_failure(tx, &new_token(), Scope::Address, &counted, now)?;
    }
    Ok(until)
}

/// Signs in with e-mail address and password.
pub async fn sign_in(db: &Db, credentials: Credentials, now: NaiveDateTime) -> Result<Outcome, OperationError> {
    let Credentials { email, password, address, machine, replaces } = credentials;
    let (named, known) = (folded_email(&email), folded_email(&email));
    let attempt = match db.write(move |tx| begin_attempt(tx, &named, address, now)).await? {
        Ok(attempt) => attempt,
        Err(until) => return Ok(Outcome::Wait(until)),
    };
    let found = db.read(move |conn| account_by_email(conn, &known)).await?;
    let is_right = password::verify(password, found.as_ref().map(|(_, hash)| hash.clone())).await;
    let account = match found {
        Some((account, _)) if is_right && account.disabled_at.is_none() => account,
        _ => return Ok(Outcome::No),
    };
    let token = new_token();
    let stored = digest(&token);
    let begun = db
        .write(move |tx| {
            clear_attempt(tx, &attempt)?;
            if factors::begin_step(tx, &account, &stored, now)? {
                return Ok(None);
            }
            if let Some((account, old)) = &replaces {
                sign_out(tx, account, old, now)?;
            }
            tell_of_new_machine(tx, &account, &machine, now)?;
            begin(tx, &account, &machine, &stored, now).map(Some)
        })
        .await?;
    Ok(match begun {
        Some(signed_in) => Outcome::In(token, Box::new(signed_in)),
        None => Outcome::Code(token),
    })
}

/// Tells the holder of an account of a sign-in from a browser and system that were not seen lately.
pub(super) fn tell_of_new_machine(
    tx: &mut Tx<'_>,
    account: &Account,
    machine: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if store::is_known_machine(tx, &account.id, machine)? {
        return Ok(());
    }
    let letter = Letter::new(Kind::NewSignIn, "/account#sign-ins")
        .text("machine", machine)
        .with("at", Fact::moment(now, account.time_zone));
    outbox::write(tx, &letter, To::Account(&account.id), None, now)?;
    Ok(())
}

/// Begins a sign-in of an account; the token stays with the caller. Nothing comes back if it cannot hold.
pub fn begin(
    tx: &mut Tx<'_>,
    account: &Account,
    machine: &str,
    token_digest: &str,
    now: NaiveDateTime,
) -> Result<SignedIn, OperationError> {
    let sign_in = SignIn { id: SignInId::new(), machine: machine.to_owned(), created_at: now, last_seen_at: now };
    store::forget_old(tx, &account.id, now - LIFE_MAX)?;
    store::insert(tx, &account.id, &sign_in, token_digest, expires_at(now, now))?;
    signed_in(tx, token_digest, now)?.ok_or(OperationError::NotFound)
}

/// Ends one's own sign-in; one that has ended already is as good.
pub fn sign_out(tx: &mut Tx<'_>, account: &AccountId, id: &SignInId, now: NaiveDateTime) -> Result<(), StoreError> {
    match store::revoke(tx, account, id, now) {
        Ok(()) | Err(StoreError::Stale) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Returns one's own sign-ins that hold, the last used first.
pub fn list(conn: &mut AnyConnection, actor: &Actor, now: NaiveDateTime) -> Result<Vec<SignIn>, OperationError> {
    let account = own(actor)?;
    Ok(store::of_account(conn, &account, now)?)
}

/// Ends one of one's own sign-ins, from the list.
pub fn revoke(tx: &mut Tx<'_>, actor: &Actor, id: &SignInId, now: NaiveDateTime) -> Result<(), OperationError> {
    let account = own(actor)?;
    match store::revoke(tx, &account, id, now) {
        Err(StoreError::Stale) => Err(OperationError::NotFound),
        other => Ok(other?),
    }
}

/// Ends all of one's own sign-ins, this one included.
pub fn sign_out_everywhere(tx: &mut Tx<'_>, actor: &Actor, now: NaiveDateTime) -> Result<(), OperationError> {
    let account = own(actor)?;
    Ok(store::revoke_all(tx, &account, None, now)?)
}

/// Returns the actor's own account, if the policy lets them manage it.
fn own(actor: &Actor) -> Result<AccountId, OperationError> {
    let account = actor.account.clone().ok_or(OperationError::NotFound)?;
    decide(actor, Action::ManageOwnAccount, &Target::of_account(account.clone()))?;
    Ok(account)
}
