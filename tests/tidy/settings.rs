//! The example of the settings names every setting there is, with values that are accepted.

use std::collections::BTreeSet;

use speca::config::{Config, Overrides};

use super::source::literals;
use super::tree::read;

/// Returns the example with its settings in force: the mark before each taken away.
fn in_force() -> String {
    read("speca.example.toml")
        .lines()
        .map(|line| {
            let setting = line.strip_prefix('#').filter(|rest| is_setting(rest));
            setting.unwrap_or(if line.starts_with('#') { "" } else { line })
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_setting(line: &str) -> bool {
    line.split_once(" = ").is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}

#[test]
fn the_example_names_every_setting() {
    let source = read("src/config.rs");
    let start = source.find("const NAMES").unwrap();
    let list = &source[start..start + source[start..].find(';').unwrap()];
    let settings: BTreeSet<&str> = literals(list).iter().map(|literal| literal.text).collect();
    let example: toml::Table = in_force().parse().unwrap();
    let named: BTreeSet<&str> = example.keys().map(String::as_str).collect();
    assert_eq!(named, settings, "speca.example.toml names each setting of src/config.rs, in a comment or not");
}

#[test]
fn the_example_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("example.toml");
    // Why: the example holds no secret that could be taken as it is; such a start is refused.
    let text = in_force().replace("64 hexadecimal digits", &"0".repeat(64));
    std::fs::write(&file, text).unwrap();
    let overrides = Overrides { file: Some(file), ..Overrides::default() };
    let config = Config::read(&overrides, "sqlite://unused").expect("the example is accepted");
    assert!(config.secret_key.is_some());
}
