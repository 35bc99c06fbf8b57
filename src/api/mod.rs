//! The programming interface under `/api/v1`: what the pages show and the acts that integrations need, as JSON.
//!
//! It has no rules of its own: every handler calls the operation behind the page of the same thing, as the account of
//! its token; the scopes of the token only narrow that. `caller` says who calls, `problems` how refusals look, `reply`
//! how answers are validated, `pages` what they hold. Start with `routes`; `description` is drawn from it.

pub mod asked;
pub mod caller;
pub mod cursor;
pub mod description;
pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod problems;
pub mod reply;
pub mod routes;
pub mod store;

pub use model::{Scope, Token};
