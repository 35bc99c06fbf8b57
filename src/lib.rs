//! `speca`: from the call for contributions to the adopted work programme.

pub mod audit;
pub mod ballots;
pub mod db;
pub mod i18n;
pub mod kernel;
pub mod policy;
pub mod programmes;
pub mod submissions;
