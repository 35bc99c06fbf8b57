//! What each kind of file may touch, how long files and handlers may be, which words are not used.

use super::imports::{ROOMS, kind};
use super::source::{code, line_of, words};
use super::tree::{File, files, none};

/// Longest source file, in lines.
const SOURCE_LINES_MAX: usize = 500;
/// The one file that may be longer: a plain list of tables, compared with the live database.
const LIST_OF_TABLES: &str = "src/db/schema.rs";
/// Longest handler, in lines between its braces.
const HANDLER_LINES_MAX: usize = 15;
/// Most places that may tell the databases apart.
const BACKEND_ARMS_MAX: usize = 5;

/// What a kind of file may not name, and what to do instead.
const FORBIDDEN: &[(&str, &[&str], &str)] = &[
    ("model", &["rocket", "diesel", "askama", "Clock", "std::env"], "a noun knows no framework, clock or environment"),
    ("workflow", &["rocket", "diesel", "askama", "Clock", "accounts"], "a workflow knows states and events only"),
    ("store", &["rocket", "askama", "decide(", "may("], "a store asks the database and nothing else"),
    ("operations", &["askama", "Texts", "ContentType", "Flash", "Redirect"], "an act knows no page and no language"),
    ("operations", &["diesel::"], "queries live in store.rs"),
    ("forms", &["diesel", "crate::db", "AnyConnection", "store::"], "a form is checked without the database"),
    ("pages", &["diesel", "crate::db", "AnyConnection", ".read(", ".write("], "a page is made of values handed in"),
    ("pages", &["decide(", "policy::may", "RULES"], "a page asks `reader.may(action, &target)`"),
    ("routes", &["diesel", "sql_query", "RULES"], "a handler calls operations; rules and queries live there"),
    ("export", &["diesel", "crate::db", "AnyConnection"], "an export turns rows that are handed in into columns"),
    (
        "listing",
        &["diesel", "askama", "Tx", ".write("],
        "a file of the room of exports asks stores and changes nothing",
    ),
];

/// Ways to lose an error of the database.
const SWALLOWED: &[&str] =
    &["conn).ok()", "tx).ok()", "conn).unwrap_or", "tx).unwrap_or", "conn).is_ok()", "tx).is_ok()"];

/// Uses of a forbidden name: file, name, and why it may.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Names of modules that say nothing.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "shared"];

fn sources() -> Vec<File> {
    files("src", &[".rs"])
}

#[test]
fn each_kind_of_file_touches_only_its_own() {
    let mut complaints = Vec::new();
    for file in sources() {
        let module = file.module().unwrap();
        let path: Vec<&str> = module.split('/').collect();
        if !ROOMS.contains(&path[0]) || path.last() == Some(&"mod") && path.len() == 2 {
            continue;
        }
        let Some(own) = kind(&path) else { continue };
        let code = code(&file.text);
        for (index, line) in code.lines().enumerate() {
            for (_, names, advice) in FORBIDDEN.iter().filter(|(kind, ..)| *kind == own) {
                for name in names.iter().filter(|name| line_names(line, name)) {
                    if EXCEPTIONS.iter().any(|(file, used, _)| *file == module && used == name) {
                        continue;
                    }
                    let line = index + 1;
                    complaints.push(format!("{}:{line}: `{own}` may not touch `{name}`: {advice}.", file.path));
                }
            }
            let is_lost = own == "store" && SWALLOWED.iter().any(|way| line.contains(way));
            if is_lost {
                complaints.push(format!("{}:{}: an error of the database is lost: use `?`.", file.path, index + 1));
            }
        }
    }
    none(&complaints);
}

/// Returns whether a line names something: whole words, not parts of longer ones.
fn line_names(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let behind = line[at + name.len()..].chars().next();
        let opens = !name.starts_with(is_word) || !before.is_some_and(is_word);
        let closes = !name.ends_with(is_word) || !behind.is_some_and(is_word);
        opens && closes
    })
}

#[test]
fn queries_live_in_stores() {
    // Why: `refusals` and `db` turn errors of diesel into ours; the audit trail is its own store.
    let home = |module: &str| {
        let path: Vec<&str> = module.split('/').collect();
        matches!(path[0], "db" | "audit" | "outbox" | "refusals") || kind(&path) == Some("store")
    };
    let mut complaints = Vec::new();
    for file in sources() {
        let module = file.module().unwrap();
        let names = code(&file.text).lines().position(|line| line_names(line, "diesel"));
        if let Some(line) = names.filter(|_| !home(module)) {
            complaints.push(format!("{}:{}: names diesel: queries live in store.rs.", file.path, line + 1));
        }
    }
    none(&complaints);
}

#[test]
fn every_module_opens_by_saying_what_it_is() {
    let all = [sources(), files("tests", &[".rs"]), files("benches", &[".rs"])];
    let silent = all.into_iter().flatten().filter(|file| !file.text.starts_with("//! "));
    none(
        &silent
            .map(|file| format!("{}: open it with `//!`: what it owns and where to start.", file.path))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn files_stay_short() {
    let mut complaints = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if lines > SOURCE_LINES_MAX && file.path != LIST_OF_TABLES {
            complaints.push(format!(
                "{}: {lines} lines, {SOURCE_LINES_MAX} at most: make it a folder of the same name and split by subject.",
                file.path
            ));
        }
    }
    none(&complaints);
}

#[test]
fn handlers_stay_short() {
    const VERBS: &[&str] = &["#[get(", "#[post(", "#[put(", "#[delete("];
    let mut complaints = Vec::new();
    for file in sources() {
        let lines: Vec<&str> = file.text.lines().collect();
        for start in 0..lines.len() {
            if !VERBS.iter().any(|verb| lines[start].starts_with(verb)) {
                continue;
            }
            let Some(opens) = (start..lines.len()).find(|line| lines[*line].trim_end().ends_with('{')) else {
                continue;
            };
            let closes = (opens..lines.len()).find(|line| lines[*line] == "}").unwrap_or(opens);
            let length = (closes - opens).saturating_sub(1);
            if length > HANDLER_LINES_MAX {
                complaints.push(format!(
                    "{}:{}: a handler of {length} lines, {HANDLER_LINES_MAX} at most: rules belong to operations.rs, \
                     what is shown to pages.rs.",
                    file.path,
                    start + 1
                ));
            }
        }
    }
    none(&complaints);
}

#[test]
fn the_databases_are_told_apart_in_few_places() {
    let uses: usize = sources().iter().map(|file| code(&file.text).matches("each_backend!(").count()).sum();
    assert!(
        uses <= BACKEND_ARMS_MAX,
        "each_backend! is used {uses} times, {BACKEND_ARMS_MAX} at most: first try what both databases share, such as \
         a conditional update and an insert when it found nothing"
    );
}

#[test]
fn modules_have_names_that_say_something() {
    let empty = |file: &File| {
        file.path.split('/').any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs").trim_end_matches(".html")))
    };
    let found =
        [sources(), files("tests", &[".rs"]), files("templates", &[".html"])].into_iter().flatten().filter(empty);
    none(&found.map(|file| format!("{}: name it by what it holds.", file.path)).collect::<Vec<_>>());
}

#[test]
fn status_is_left_to_http() {
    // Why: DESIGN keeps *state* for positions in a workflow. Rocket's and the machine's own names cannot be changed.
    let mut complaints = Vec::new();
    for file in sources() {
        // The programming interface speaks HTTP from end to end: answers and their description name it throughout.
        if ["src/web/", "src/cli/", "src/api/"].iter().any(|room| file.path.starts_with(room)) {
            continue;
        }
        let code = code(&file.text);
        for (start, word) in words(&code) {
            let is_status = word == "status" || word.starts_with("status_") || word.ends_with("_status");
            let line = line_of(&code, start);
            let speaks_http =
                code.lines().nth(line - 1).is_some_and(|line| line.contains("Status") || line.contains("with_status"));
            if is_status && !speaks_http && !code[..start].ends_with(['.', '"']) {
                complaints.push(format!("{}:{line}: `{word}`: a position in a workflow is a *state*.", file.path));
            }
        }
    }
    for file in files("migrations", &[".sql"]) {
        if words(&file.text).any(|(_, word)| word.contains("status")) {
            complaints.push(format!("{}: a column says `status`: call it `state`.", file.path));
        }
    }
    none(&complaints);
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    let later = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let places = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];
    let mut complaints = Vec::new();
    for file in files("", &[]).iter().filter(|file| file.path != "Cargo.lock") {
        for (index, line) in file.text.lines().enumerate() {
            let at = format!("{}:{}", file.path, index + 1);
            if let Some(word) = later.iter().find(|word| line_names(line, word)) {
                complaints.push(format!("{at}: `{word}`: do it now, or write it down as an issue."));
            }
            if let Some(place) = places.iter().find(|place| line.contains(**place)) {
                complaints.push(format!("{at}: `{place}…` is the path of one machine: take it from a setting."));
            }
        }
    }
    none(&complaints);
}
