//! Accounts: logins, accreditations, invitations and sign-ins.
//!
//! Start with `model.rs`; `operations.rs` holds one function per act. Each file has a folder for its part of
//! invitations (nobody registers: each level calls the next by a link that works once) and of sign-ins.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod password;
pub mod routes;
pub mod store;

pub use model::{Account, Office};
