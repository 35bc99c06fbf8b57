//! What those who run the program watch: the golden signals of its requests, and the work that lies there.
//!
//! `/metrics` answers in the text form of Prometheus to whoever brings the token of the settings, and to nobody else. It
//! counts states, never contents: nothing of a sealed ballot or of a delegation can be read from it.

mod routes;
mod store;

pub use routes::{Watch, routes};
