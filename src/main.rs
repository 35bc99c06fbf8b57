//! The `speca` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    speca::cli::run()
}
