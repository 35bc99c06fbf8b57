//! Sign-ins: the web logins of accounts, how they begin, how long they hold, and what waits for one that was missed.
//!
//! A form sent after a sign-in has run out is kept: `routes.rs` shows the sign-in page with everything that was
//! typed, and sends it on afterwards. Start with `model.rs`.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
