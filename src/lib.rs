//! `speca`: from the call for contributions to the adopted work programme.

pub mod db;
pub mod kernel;
