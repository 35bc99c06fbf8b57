//! Documents drawn from the code: `docs/permissions.md` and `docs/workflow.md`.
//!
//! They are compared with what the code says now; `SPECA_WRITE_DOCS=1 cargo test --test tidy` writes them anew.

use std::fmt::Write as _;

use speca::policy::Action;
use speca::policy::table::{RULES, Rule, Scope, When};
use speca::{ballots, decisions, meetings, programmes, progress, submissions};

use super::tree::{read, top};

/// Compares a document with what it must be, or writes it.
fn compare(path: &str, wanted: &str) {
    let file = top().join(path);
    if std::env::var_os("SPECA_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, wanted).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == wanted, "{path} is out of date: SPECA_WRITE_DOCS=1 cargo test --test tidy snapshots");
}

/// Returns the sentence above a variant of an enum in a source file, by its code.
fn sentence(path: &str, code: &str) -> String {
    let text = read(path);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines
        .iter()
        .position(|line| line.ends_with(&format!("= \"{code}\",")))
        .unwrap_or_else(|| panic!("{path}: {code}"));
    let start = lines[..at].iter().rposition(|line| !line.starts_with("///")).map_or(0, |before| before + 1);
    lines[start..at].iter().map(|line| line.trim_start_matches("///").trim()).collect::<Vec<_>>().join(" ")
}

fn codes<T: Copy + std::fmt::Display>(states: &[T]) -> String {
    states.iter().map(|state| state.to_string().replace('-', " ")).collect::<Vec<_>>().join(", ")
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Any => "everything",
        Scope::Own => "own delegation",
        Scope::Concerned => "what asks the own delegation to agree",
        Scope::Assigned => "session assigned, unless recused",
        Scope::OwnAccount => "own account",
    }
}

fn condition(when: When) -> String {
    match when {
        When::Always => "always".to_owned(),
        When::Submission(states) => format!("submission: {}", codes(states)),
        When::Published => "published in the library".to_owned(),
        When::Turn => "the step of the clearance is one's turn".to_owned(),
        When::Ballot(states) => format!("ballot: {}", codes(states)),
        When::Programme(states) => format!("programme: {}", codes(states)),
        When::Report(states) => format!("report on progress: {}", codes(states)),
        When::Decision(states) => format!("decision: {}", codes(states)),
    }
}

#[test]
fn the_permissions_are_written_down() {
    let mut out = String::from(
        "# Permissions\n\nDrawn from `src/policy/table.rs`; do not edit. What is not listed is not allowed. A visitor is \
         anybody, signed in or not.\nWhoever holds several capacities may do what any of them allows.\n\n\
         | Act | Capacity | Reaches | While |\n|--|--|--|--|\n",
    );
    for action in Action::ALL {
        let rules: Vec<&Rule> = RULES.iter().filter(|rule| rule.action == *action).collect();
        assert!(!rules.is_empty(), "{action}: nobody may do it: take it out of src/policy/action.rs");
        for (index, rule) in rules.iter().enumerate() {
            let words = sentence("src/policy/action.rs", action.code());
            let act = if index == 0 { format!("**{action}**: {words}") } else { String::new() };
            writeln!(out, "| {act} | {} | {} | {} |", rule.capacity, scope(rule.scope), condition(rule.when)).unwrap();
        }
    }
    compare("docs/permissions.md", &out);
}

/// Draws one workflow: a diagram, then its states and acts in words.
macro_rules! drawn {
    ($out:expr, $title:literal, $path:literal, $($room:ident)::+) => {{
        let path = concat!("src/", $path, "/workflow.rs");
        let id = |code: &str| code.replace('-', "_");
        let name = |code: &str| code.replace('-', " ");
        let out: &mut String = $out;
        write!(out, "\n## {}\n\n```mermaid\nstateDiagram-v2\n", $title).unwrap();
        for state in $($room)::+::workflow::State::ALL {
            writeln!(out, "    state \"{}\" as {}", name(state.code()), id(state.code())).unwrap();
        }
        writeln!(out, "    [*] --> {}", id($($room)::+::workflow::State::ALL[0].code())).unwrap();
        for (from, event, to) in $($room)::+::workflow::TRANSITIONS {
            writeln!(out, "    {} --> {}: {}", id(from.code()), id(to.code()), name(event.code())).unwrap();
        }
        for state in $($room)::+::workflow::State::ALL {
            if !$($room)::+::workflow::TRANSITIONS.iter().any(|(from, ..)| from == state) {
                writeln!(out, "    {} --> [*]", id(state.code())).unwrap();
            }
        }
        out.push_str("```\n\n| State | |\n|--|--|\n");
        for state in $($room)::+::workflow::State::ALL {
            writeln!(out, "| {} | {} |", name(state.code()), sentence(path, state.code())).unwrap();
        }
        out.push_str("\n| Act | | From | To |\n|--|--|--|--|\n");
        for (from, event, to) in $($room)::+::workflow::TRANSITIONS {
            let words = event_sentence(path, event.code());
            writeln!(out, "| {} | {words} | {} | {} |", name(event.code()), name(from.code()), name(to.code()))
                .unwrap();
        }
    }};
}

/// Returns the sentence above an event: a state may have the same code, so only the second enum is read.
fn event_sentence(path: &str, code: &str) -> String {
    let text = read(path);
    let start = text.find("pub enum Event").unwrap();
    let lines: Vec<&str> = text[start..].lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.ends_with(&format!("= \"{code}\","))).unwrap();
    lines[at - 1].trim_start_matches("///").trim().to_owned()
}

#[test]
fn the_workflows_are_drawn() {
    let mut out = String::from(
        "# Workflows\n\nDrawn from the `TRANSITIONS` of each room's `workflow.rs`; do not edit. An act that is not drawn \
         is refused.\nWho may act stands in [permissions](permissions.md).\n",
    );
    drawn!(&mut out, "Submissions", "submissions", submissions);
    drawn!(&mut out, "Attached files", "submissions/attachments", submissions::attachments);
    drawn!(&mut out, "Steps of the national clearance", "submissions/clearance", submissions::clearance);
    drawn!(&mut out, "Consents of the countries named", "submissions/consents", submissions::consents);
    drawn!(&mut out, "Co-sponsors", "submissions/co_sponsors", submissions::co_sponsors);
    drawn!(&mut out, "Changes proposed by the secretariat", "submissions/edits", submissions::edits);
    drawn!(&mut out, "Letters of credentials", "meetings", meetings);
    drawn!(&mut out, "Ballots", "ballots", ballots);
    drawn!(&mut out, "Work programmes", "programmes", programmes);
    drawn!(&mut out, "Decisions", "decisions", decisions);
    drawn!(&mut out, "Reports on progress", "progress", progress);
    compare("docs/workflow.md", &out);
}
