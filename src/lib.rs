//! `speca`: from the call for contributions to the adopted work programme.
//!
//! The rooms in the order of a session; below them the cellars (`kernel`, `tally`, `policy`), around them the
//! database, the texts and the web. `ARCHITECTURE.md` walks through the house.

pub mod accounts;
pub mod api;
pub mod app;
pub mod audit;
pub mod ballots;
pub mod classification;
pub mod cli;
pub mod config;
pub mod db;
pub mod decisions;
pub mod delegations;
pub mod demonstration;
pub mod depot;
pub mod desk;
pub mod exports;
pub mod figures;
pub mod guides;
pub mod i18n;
pub mod imports;
pub mod kernel;
pub mod library;
pub mod meetings;
pub mod monitoring;
pub mod outbox;
pub mod papers;
pub mod personal;
pub mod plenary;
pub mod policy;
pub mod programmes;
pub mod progress;
pub mod questionnaires;
pub mod refusals;
pub mod reviews;
pub mod sessions;
pub mod start;
pub mod submissions;
pub mod tally;
pub mod web;
