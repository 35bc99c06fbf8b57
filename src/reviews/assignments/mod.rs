//! Who is asked to review which action: by load and without conflicts, proposed by the program and set by the secretariat.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
