//! The counting library against cases from the literature and hand-counted ones, and against its properties.
//!
//! A case is a folder: `case.toml` names the source, `ballots.csv` is the ballot file, `expected.json` what must come
//! out. `naive.rs` counts everything a second time, slowly and by other formulas.

#![expect(clippy::unwrap_used, reason = "a test may stop at once where its ground is missing")]

mod budgets;
mod cases;
mod command;
mod files;
mod naive;
mod naive_steps;
mod properties;
mod schema;
