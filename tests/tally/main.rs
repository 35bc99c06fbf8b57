//! The counting library against cases from the literature and hand-counted ones, and against its properties.
//!
//! A case is a folder: `case.toml` names the source, `ballots.csv` (or `projects.pb`) is the file, `expected.json` what must
//! come out; or `case.toml` names a criterion that some methods violate here, `changed.csv` being the same ballots changed.
//! `naive.rs` counts everything a second time, slowly and by other formulas; `recount.py` with programs of other people.

#![expect(clippy::unwrap_used, reason = "a test may stop at once where its ground is missing")]

mod budgets;
mod cases;
mod command;
mod criteria;
mod files;
mod fuzzed;
mod naive;
mod naive_steps;
mod properties;
mod reasons;
mod recount;
mod schema;
mod violations;
