//! Imports: practices and actions from CSV files, first shown, then applied as a whole or not at all.
//!
//! `read` makes text and rows of whatever a spreadsheet saved, `columns` recognises headers, `rows` reads cells, `plan`
//! says what a row changes; [`prepare`] puts them together, [`operations::apply`] does it. The rules about answers are those of
//! `questionnaires::check`; the columns are those of the exports, so that what was taken out can be put in again.

pub mod columns;
pub mod model;
pub mod operations;
pub mod pages;
pub mod plan;
pub mod prepare;
pub mod read;
pub mod routes;
pub mod rows;
pub mod store;

pub use model::{Change, Fault, Plan, Planned};
pub use routes::routes;
