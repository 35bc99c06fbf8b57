//! What the crates we build on allow: every licence stands on the list in `deny.toml`, every crate comes from the registry.

use std::collections::BTreeSet;
use std::process::Command;

use super::tree::{none, read, top};

/// A package as cargo describes it.
struct Package {
    name: String,
    licence: String,
    source: Option<String>,
}

/// Returns every package that this machine builds, the tests included.
fn packages() -> Vec<Package> {
    let version = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(top())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| Package {
            name: text(&package["name"]).unwrap(),
            licence: text(&package["license"]).unwrap_or_default(),
            source: text(&package["source"]),
        })
        .collect()
}

/// Returns whether an expression of licences can be met with allowed ones alone.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest, allowed) && rest.is_empty()
}

fn any_of(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = all_of(words, allowed);
    while let Some(("OR", rest)) = words.split_first().map(|(word, rest)| (*word, rest)) {
        *words = rest;
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, allowed);
    while let Some(("AND", rest)) = words.split_first().map(|(word, rest)| (*word, rest)) {
        *words = rest;
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let Some((word, rest)) = words.split_first() else { return false };
    *words = rest;
    if *word == "(" {
        let met = any_of(words, allowed);
        *words = words.split_first().map_or(&[], |(_, rest)| rest);
        return met;
    }
    let mut licence = (*word).to_owned();
    if let ["WITH", exception, rest @ ..] = *words {
        licence = format!("{licence} WITH {exception}");
        *words = rest;
    }
    allowed.contains(&licence)
}

#[test]
fn every_licence_is_on_the_list() {
    let list: toml::Table = read("deny.toml").parse().unwrap();
    let names = |value: &toml::Value| {
        value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    let allowed = names(&list["licenses"]["allow"]);
    let exceptions = list["licenses"].get("exceptions").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let mut complaints = Vec::new();
    for package in packages() {
        let excepted = exceptions.iter().find(|row| row["name"].as_str() == Some(&package.name));
        let mut allowed = allowed.clone();
        allowed.extend(excepted.map(|row| names(&row["allow"])).unwrap_or_default());
        if !is_met(&package.licence, &allowed) {
            complaints.push(format!(
                "{}: licence `{}` is not on the list in deny.toml: do without the crate, or add it there with the reason.",
                package.name, package.licence
            ));
        }
    }
    none(&complaints);
}

#[test]
fn every_crate_comes_from_the_registry() {
    let stray = packages().into_iter().filter(|package| match &package.source {
        Some(source) => source != "registry+https://github.com/rust-lang/crates.io-index",
        None => package.name != env!("CARGO_PKG_NAME"),
    });
    none(
        &stray
            .map(|package| format!("{}: comes from {:?}: use a released version.", package.name, package.source))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_dependency_says_what_for() {
    let mut complaints = Vec::new();
    let mut is_list = false;
    let text = read("Cargo.toml");
    let mut before = "";
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            is_list = line.ends_with("dependencies]");
        } else if is_list && line.contains('=') && !line.starts_with('#') && !before.starts_with('#') {
            complaints.push(format!("Cargo.toml:{}: say above it what for.", index + 1));
        }
        before = line;
    }
    none(&complaints);
}

#[test]
fn expressions_of_licences_are_read() {
    let allowed: BTreeSet<String> = ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].map(str::to_owned).into();
    for met in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-2.0 OR MIT",
        "(GPL-2.0 OR MIT) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for unmet in ["", "GPL-2.0", "MIT AND GPL-2.0", "Apache-2.0", "(GPL-2.0 OR MIT) AND BSD-3-Clause"] {
        assert!(!is_met(unmet, &allowed), "{unmet}");
    }
}
