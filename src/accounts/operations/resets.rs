//! Acts of somebody who has lost the password and asks for a link by mail.
//!
//! Asking does the same for every address: it is counted and noted. Whether an account has the address is looked up later,
//! in the background, so that neither the answer nor its time tells.

use std::net::IpAddr;

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use super::{invitations, sign_ins};
use crate::accounts::model::folded_email;
use crate::accounts::store::account_by_email;
use crate::audit;
use crate::db::{StoreError, Tx};
use crate::kernel::token::{SecretLink, new_token};
use crate::outbox;
use crate::refusals::OperationError;

/// How long a link stands that somebody asked for.
pub const LINK_LIFE: TimeDelta = TimeDelta::hours(2);

/// Notes that a new password was asked for an address, unless that was too often: then says until when to wait.
pub fn ask(
    tx: &mut Tx<'_>,
    email: &str,
    address: Option<IpAddr>,
    now: NaiveDateTime,
) -> Result<Result<(), NaiveDateTime>, StoreError> {
    let email = folded_email(email);
    match sign_ins::begin_attempt(tx, &format!("new password {email}"), address, now)? {
        Err(until) => Ok(Err(until)),
        Ok(_) => Ok(Ok(outbox::store::insert_request(tx, &new_token(), &email, now)?)),
    }
}

/// Answers a request: an account in use gets a link, any other address nothing.
pub fn answer(
    tx: &mut Tx<'_>,
    id: &str,
    email: &str,
    link: &SecretLink,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    if !outbox::store::take_request(tx, id)? {
        return Ok(());
    }
    match account_by_email(tx, email)? {
        Some((account, _)) if account.disabled_at.is_none() => {
            let by = account.id.clone();
            invitations::insert_return(tx, account, by.clone(), (link, now + LINK_LIFE), now)?;
            Ok(audit::record(tx, now, None, "account.password-link-asked", by.as_str(), &json!({}))?)
        }
        _ => Ok(()),
    }
}
