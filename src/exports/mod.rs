//! Exports: the work of a session as CSV files, in English or Russian, with a published description of each column.
//!
//! The contract stands in `exports/<name>/metadata.json` (CSV on the Web): names, titles in both languages, kinds,
//! descriptions. The program embeds that file and takes every header from it; the code knows column names only.
//! Start with [`export`], the list of them, then [`writing::write`], which needs nothing but a connection and something to
//! write to.

pub mod cell;
pub mod export;
pub mod meaning;
pub mod model;
pub mod pages;
pub mod routes;
pub mod spool;
pub mod store;
pub mod writing;

pub use export::{ExportError, Name, Order};
pub use meaning::Meaning;
pub use model::{Description, Reach};
pub use routes::routes;
pub use writing::{part, write, write_form};
