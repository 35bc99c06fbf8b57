//! Templates: short, without anything inline, none forgotten.

use std::collections::BTreeSet;

use super::source::{code, literals, template_code};
use super::tree::{File, files, none};

/// Longest template, in lines.
const TEMPLATE_LINES_MAX: usize = 150;

fn templates() -> Vec<File> {
    files("templates", &[".html"])
}

#[test]
fn templates_stay_short() {
    let mut complaints = Vec::new();
    for file in templates() {
        let lines = file.text.lines().count();
        if lines > TEMPLATE_LINES_MAX {
            complaints.push(format!(
                "{}: {lines} lines, {TEMPLATE_LINES_MAX} at most: take a part out into a file of its own and include it.",
                file.path
            ));
        }
    }
    none(&complaints);
}

#[test]
fn nothing_is_inline() {
    let mut complaints = Vec::new();
    for file in templates() {
        for (index, line) in file.text.lines().enumerate() {
            let lower = line.to_lowercase();
            let at = format!("{}:{}", file.path, index + 1);
            if lower.contains(" style=") || lower.contains("<style") {
                complaints.push(format!("{at}: an inline style is refused by our own policy header: use a class."));
            }
            if lower.replace("<script src=", "").contains("<script") || lower.contains("javascript:") {
                complaints
                    .push(format!("{at}: an inline script is refused by our own policy header: use assets/app.js."));
            }
            if has_handler(&lower) {
                complaints.push(format!(
                    "{at}: an `on…=` attribute is refused by our own policy header: use a data attribute."
                ));
            }
            if lower.contains("|safe") || lower.contains("| safe") {
                complaints.push(format!("{at}: `safe` shows text unescaped: hand over a value that needs no markup."));
            }
        }
    }
    none(&complaints);
}

/// Declarations that name a side of the window instead of a side of the text, and what to write in their place.
const SIDES: &[(&str, &str)] = &[
    ("margin-left", "margin-inline-start"),
    ("margin-right", "margin-inline-end"),
    ("padding-left", "padding-inline-start"),
    ("padding-right", "padding-inline-end"),
    ("border-left", "border-inline-start"),
    ("border-right", "border-inline-end"),
    ("left:", "inset-inline-start:"),
    ("right:", "inset-inline-end:"),
    ("text-align: left", "text-align: start"),
    ("text-align: right", "text-align: end"),
    ("float: left", "float: inline-start"),
    ("float: right", "float: inline-end"),
];

#[test]
fn the_stylesheet_knows_no_left_and_no_right() {
    let mut complaints = Vec::new();
    for file in files("assets", &[".css"]) {
        for (index, line) in file.text.lines().enumerate() {
            let at = format!("{}:{}", file.path, index + 1);
            let stands_alone =
                |place: usize| line[..place].chars().next_back().is_none_or(|before| " {;".contains(before));
            for (side, better) in SIDES {
                if line.match_indices(side).any(|(place, _)| stands_alone(place)) {
                    complaints
                        .push(format!("{at}: `{side}` is wrong where a language runs from right to left: `{better}`."));
                }
            }
            for (place, _) in line.match_indices("margin: ").chain(line.match_indices("padding: ")) {
                let values = line[place..].split([';', '}']).next().unwrap_or_default();
                let values: Vec<&str> = values.split_whitespace().skip(1).collect();
                if values.len() == 4 && values[1] != values[3] {
                    complaints
                        .push(format!("{at}: four values name left and right: write the inline sides by themselves."));
                }
            }
        }
    }
    none(&complaints);
}

/// Returns whether a line holds an attribute such as `onclick=`.
fn has_handler(line: &str) -> bool {
    line.match_indices(" on").any(|(at, _)| {
        let rest = &line[at + 3..];
        let letters = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
        letters > 2 && rest[letters..].starts_with("=\"")
    })
}

#[test]
fn every_template_is_used() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for file in files("src", &[".rs"]) {
        used.extend(literals(&code(&file.text)).iter().map(|literal| literal.text.to_owned()));
    }
    for file in templates() {
        for literal in literals(&template_code(&file.text)) {
            used.insert(literal.text.to_owned());
        }
    }
    let unused = templates().into_iter().filter(|file| {
        let name = file.path.trim_start_matches("templates/");
        !used.contains(name)
    });
    none(
        &unused.map(|file| format!("{}: no page and no template uses it: take it out.", file.path)).collect::<Vec<_>>(),
    );
}
