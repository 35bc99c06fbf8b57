//! Consents: nothing is decided about a country without it.
//!
//! Every other country that an action names among those in which it acts is asked when the action is cleared, and asked
//! again after a change of substance. It consents, or it is taken out of the action; until then no ballot opens over it.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{Consent, Missing};
pub use workflow::{Event, State};
