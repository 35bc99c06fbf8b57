//! What happens when something breaks: the process, the disk, the database, the line. On the real binary.
//!
//! Bounded here; `script/faults` runs the same with ten thousand writes.

#![allow(clippy::unwrap_used, reason = "a test that fails is to stop there")]

#[path = "../it/factories.rs"]
#[allow(dead_code, reason = "shared with the journeys")]
mod factories;
#[path = "../browser/support/process.rs"]
#[allow(dead_code, reason = "shared with the journeys")]
mod process;
#[path = "../it/support.rs"]
mod support;

mod client;
mod closing;
mod database;
mod desk;
mod lines;
mod log;
mod power;
mod read_only;
mod replicas;
