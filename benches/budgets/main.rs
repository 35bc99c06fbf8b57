//! The budgets, measured, each with its limit beside the figure: `cargo bench`, or `cargo bench -- library save`.
//!
//! Every figure that depends on the machine is a ratio to something bare that is measured in the same run, in turns
//! with it; what is printed is the median of the rounds. `docs/performance.md` says what bounds each.

#![expect(clippy::cast_precision_loss, reason = "rates are for reading, and far below the limit")]

mod counting;
mod data;
mod export;
mod form;
mod http;
mod library;
mod save;

use std::time::Instant;

/// A measurement by its name on the command line.
type Measurement = (&'static str, fn());

const ALL: &[Measurement] = &[
    ("counting", counting::run),
    ("export", export::run),
    ("form", form::run),
    ("library", library::run),
    ("save", save::run),
];

fn main() {
    if let Some(job) = export::Job::of_arguments() {
        return job.run();
    }
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    for (name, run) in ALL.iter().filter(|(name, _)| asked.is_empty() || asked.iter().any(|asked| asked == name)) {
        let start = Instant::now();
        println!("== {name}");
        run();
        println!("   ({:.0} s)\n", start.elapsed().as_secs_f64());
    }
}

/// Returns the median of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Says whether a figure keeps to its limit.
pub fn verdict(is_kept: bool) -> &'static str {
    if is_kept { "kept" } else { "NOT KEPT" }
}
