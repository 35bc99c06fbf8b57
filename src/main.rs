//! The `speca` command.
fn main() {}
