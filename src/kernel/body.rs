//! The body that an installation serves, as data: its members, its lists, its questionnaires, its criteria, its words.
//!
//! What is embedded is the SPECA Working Group on Trade. Another body is a folder (the setting `body`) of files by the names of
//! [`FILES`]; each stands in the place of the embedded one, and what the folder leaves out stays. `cli::body` reads the folder and
//! checks it before anything else is read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The files that a body can have.
pub const FILES: [&str; 12] = [
    "group.toml",
    "criteria.toml",
    "lists/countries.csv",
    "lists/targets.csv",
    "lists/themes.csv",
    "lists/tfa.csv",
    "lists/survey.csv",
    "lists/ntm.csv",
    "questionnaires/practice.toml",
    "questionnaires/action.toml",
    "messages/en.ftl",
    "messages/ru.ftl",
];

static SET: OnceLock<BTreeMap<String, String>> = OnceLock::new();

/// Puts files in the place of the embedded ones; the first to do so decides for the whole process.
pub fn serve(files: BTreeMap<String, String>) {
    SET.get_or_init(|| files);
}

/// Returns a file of the body, or the embedded one.
pub fn text(name: &str, embedded: &'static str) -> &'static str {
    SET.get().and_then(|files| files.get(name)).map_or(embedded, String::as_str)
}
