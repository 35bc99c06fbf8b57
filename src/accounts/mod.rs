//! Accounts: logins, accreditations, invitations and sign-ins.
//!
//! Start with `model.rs`; `operations.rs` holds one function per act. Two smaller rooms lie within: `invitations` and
//! `sign_ins`, with the same file names.

pub mod forms;
pub mod invitations;
pub mod model;
pub mod operations;
pub mod pages;
pub mod password;
pub mod routes;
pub mod sign_ins;
pub mod store;

pub use model::{Account, Office};
