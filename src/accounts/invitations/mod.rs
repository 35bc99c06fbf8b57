//! Invitations: nobody registers; each level calls the next by a link that works once.
//!
//! An administrator invites offices and heads, the secretariat heads and everybody else in a delegation, a head or
//! alternate the delegates and observers of their own. The link is shown once and stored only as a digest.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
