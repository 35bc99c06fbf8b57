//! The programming interface: tokens, reading, writing, refusals, and that its description says all of it.

mod decisions;
mod described;
mod documented;
mod fuzzed;
mod meetings;
mod progress;
mod reading;
mod tokens;
mod writing;
