//! Accounts: logins, accreditations, invitations and sign-ins.
//!
//! Start with `model.rs`; `operations.rs` holds one function per act.

pub mod model;
pub mod password;
pub mod store;

pub use model::{Account, Office};
