//! Journeys and rules over the whole application, on a real database through real HTTP requests.
//!
//! `support` starts an application with its own database and gives actors that speak HTTP. Every test written with
//! `on_each_database!` runs on SQLite and, when `SPECA_TEST_POSTGRES` names a server, on PostgreSQL.

mod access;
mod accounts;
mod api;
mod attachments;
mod attack;
mod audit;
mod backup;
mod ballot_sure;
mod ballots;
mod clarifications;
mod clearance;
mod clock;
mod co_sponsors;
mod consents;
mod costs;
mod decisions;
mod delegations;
mod demonstration;
mod desk;
mod doctor;
mod editors;
mod exports;
mod factories;
mod factors;
mod health;
mod imports;
mod languages;
mod library;
mod links;
mod merging;
mod monitoring;
mod offline;
mod outbox;
mod papers;
mod parity;
mod personal;
mod plenary;
mod presences;
mod programmes;
mod questionnaires;
mod ranking_sure;
mod recount_kit;
mod reviews;
mod scenarios;
mod seal;
mod seal_ballots;
mod sessions;
mod similar;
mod start;
mod submissions;
mod support;
