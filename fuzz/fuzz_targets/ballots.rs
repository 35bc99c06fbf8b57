//! Our own ballot file, from arbitrary bytes.

#![no_main]
#![allow(dead_code, reason = "each target uses one entry")]

#[path = "../entry.rs"]
mod entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry::ballots(bytes));
