//! The counting library against cases from the literature and hand-counted ones, and against its properties.
//!
//! A case is a folder: `case.toml` names the source, `ballots.csv` (or `projects.pb`) is the file, `expected.json` what must
//! come out. Instead or besides, `case.toml` names criteria that methods violate here, each with the file that shows it
//! (`ballots.csv` unless another is named) and where need be the same ballots changed (`changed.csv`). What no case says of a
//! method is asserted of it on drawn profiles (`criteria.rs`, `properties.rs`): a new one needs its case and nothing else here.
//! `naive.rs` counts a second time, slowly and by other formulas; `recount.py` with programs of other people.

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
