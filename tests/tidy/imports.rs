//! Who may know whom: the order of files inside the house, and of rooms in the order of a session.

use super::source::{code, named};
use super::tree::{files, none};

/// The order of the kinds of files: each may know those before it and its own kind.
const ORDER: &[&[&str]] = &[
    &["kernel"],
    &["classification"],
    &["tally"],
    &["model", "workflow"],
    &["policy"],
    &["depot"],
    &["db"],
    &["store"],
    &["audit", "outbox", "refusals"],
    &["operations"],
    &["export", "listing"],
    &["i18n", "web", "forms", "pages"],
    &["routes"],
    &["config"],
    &["app", "demonstration"],
    &["cli"],
    &["main"],
];

/// The rooms in the order of a session: each may know those before it.
pub const ROOMS: &[&str] = &[
    "delegations",
    "accounts",
    "questionnaires",
    "sessions",
    "submissions",
    "reviews",
    "meetings",
    "ballots",
    "programmes",
    "decisions",
    "progress",
    "plenary",
    "library",
    "papers",
    "exports",
    "imports",
    "api",
    "desk",
    "personal",
    "figures",
    "guides",
    "start",
    "monitoring",
    "demonstration",
];

/// What operations write beside their act, in its transaction: no rooms, but with files and pages like rooms.
const BESIDE: &[&str] = &["audit", "outbox"];

/// The file names of a room.
const FILES: &[&str] = &["model", "workflow", "store", "operations", "forms", "pages", "routes", "export"];

/// Files of rooms with a name of their own: which kind they are like, and why they are apart.
pub const OTHER: &[(&str, &str, &str)] = &[
    ("ballots/workbook", "pages", "a paper as a spreadsheet, worded for its reader; read by the same layout"),
    ("api/asked", "routes", "what a request asks, read once for every handler"),
    ("api/caller", "routes", "who calls: a guard that reads the token, words nothing and decides nothing"),
    ("api/cursor", "model", "where a list goes on, as text"),
    ("api/description", "routes", "the whole interface as one document, gathered from the handlers"),
    ("api/problems", "routes", "refusals as answers: knows the errors of every layer and the words"),
    ("api/reply", "routes", "an answer with its validators, worded by nobody"),
    ("exports/cell", "model", "what may stand in a cell is the same for every file out and in"),
    (
        "exports/export",
        "listing",
        "each export is one file: who may take it, how its rows are read, what stands in them",
    ),
    ("exports/meaning", "model", "what a column means, for writing and for reading"),
    ("exports/spool", "store", "keeps a file until it is whole; the only place that touches the disk"),
    ("exports/writing", "routes", "hands the words of the language to the export: knows both"),
    ("guides/markdown", "pages", "texts of guides as blocks, worded for their reader"),
    ("imports/columns", "model", "which header is which column"),
    ("imports/plan", "workflow", "what a row changes and what is wrong with it: rules without a database"),
    ("imports/prepare", "operations", "says what a file would do; apart because it changes nothing"),
    ("imports/read", "model", "bytes to rows, without a framework"),
    ("imports/rows", "workflow", "what each cell gives: rules without a database"),
    ("accounts/password", "operations", "hashing is off the executor and belongs to no act alone"),
    ("outbox/delivery", "routes", "a task beside the pages: knows the store, the words and the mail server"),
    ("outbox/letters", "pages", "the words of a mail, which is a page that goes out"),
    ("outbox/post", "model", "one mail to the mail server and its answer; no database, no words"),
    ("outbox/reminders", "operations", "who has not acted is told; apart because nobody asks for it"),
    ("questionnaires/answers", "model", "a noun of its own, shared by forms, files and stores"),
    ("questionnaires/check", "workflow", "the rules of answers, one set for every door"),
    ("plenary/feed", "routes", "a task beside the pages that draws the screen for everybody who looks on"),
    (
        "questionnaires/workbook",
        "pages",
        "a questionnaire as a spreadsheet, worded for its reader; read by the same layout",
    ),
    ("reviews/ranking", "workflow", "how scores become an order: rules without a database"),
    ("reviews/ranking_page", "pages", "the ranking is a page with its own table and chart"),
    ("reviews/robustness", "workflow", "how sure the ranking is: rules without a database"),
    ("reviews/robustness_page", "pages", "a page of its own with charts and tables"),
    ("reviews/scale", "model", "what each mark means, as data"),
    ("reviews/workbook", "pages", "a reviewer's work as a spreadsheet, worded for its reader; read by the same layout"),
    ("submissions/compare", "model", "what changed between two texts, without a database"),
    ("submissions/merge", "model", "two people's changes brought together, without a database"),
    ("submissions/search", "model", "the words that the search column holds"),
];

/// Imports against the order: file, what it names, and why it may.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("accounts/model", "policy", "offices and accreditations give capacities of the policy; there is no second list"),
    ("accounts/store", "policy::Capacity", "the capacity is stored as the policy spells it"),
    ("submissions/clearance/model", "policy::Capacity", "who may take a step is told by the capacity of the policy"),
    ("policy/actor", "submissions", "a target carries the states of the workflows"),
    ("policy/actor", "ballots", "a target carries the states of the workflows"),
    ("policy/actor", "programmes", "a target carries the states of the workflows"),
    ("policy/actor", "decisions", "a target carries the states of the workflows"),
    ("policy/actor", "progress", "a target carries the states of the workflows"),
    ("sessions/operations", "questionnaires", "a session is made with its two questionnaires, in one transaction"),
    ("exports/export/audit", "audit::pages", "the trail leaves in the words of its page, which depend on the reader"),
    ("exports/export/audit", "i18n", "the same: its page words a line, no code of it"),
    ("lib", "", "the table of contents"),
];

/// Returns the kind of a module: the name of its file in a room or in a part of a room, of its folder elsewhere.
pub fn kind(path: &[&str]) -> Option<&'static str> {
    let first = path.first()?;
    let known = |name: &str| ORDER.iter().flat_map(|level| level.iter()).find(|kind| **kind == name).copied();
    // Why: the audit trail lies below the operations that write it; only its page is a page.
    // The outbox is written beside it in the same transactions, and has pages of its own as well.
    let is_house = !ROOMS.contains(first) && !BESIDE.contains(first);
    if *first == "demonstration" || is_house {
        return known(first).or_else(|| macro_home(first).and_then(known));
    }
    let second = path.get(1).copied().unwrap_or_default();
    let is = |(file, ..): &&(&str, &str, &str)| file.split_once('/') == Some((first, second));
    if let Some((_, like, _)) = OTHER.iter().find(is) {
        return known(like);
    }
    // Why: what a room shows at its own door comes from its model or its workflow.
    let door = if BESIDE.contains(first) { *first } else { "model" };
    path.iter().skip(1).find(|name| FILES.contains(name)).map_or_else(|| known(door), |name| known(name))
}

/// Macros stand at the top of the crate; this is where they are written.
fn macro_home(name: &str) -> Option<&'static str> {
    match name {
        "coded_enum" => Some("kernel"),
        "text_column" | "each_backend" => Some("db"),
        _ => None,
    }
}

fn level(kind: &str) -> usize {
    ORDER.iter().position(|level| level.contains(&kind)).unwrap()
}

fn is_excepted(module: &str, path: &str) -> bool {
    EXCEPTIONS.iter().any(|(file, named, _)| *file == module && path.starts_with(named))
}

#[test]
fn every_file_has_its_place() {
    let mut complaints = Vec::new();
    for file in files("src", &[".rs"]) {
        let module = file.module().unwrap();
        let path: Vec<&str> = module.split('/').collect();
        let is_room = ROOMS.contains(&path[0]) && path[0] != "demonstration";
        let is_known = match path.as_slice() {
            ["lib"] => true,
            [_, "mod"] => kind(&path[..1]).is_some(),
            // A part of a room has the same file names as a room.
            [room, name, ..] if is_room => {
                let is_other = OTHER.iter().any(|(other, ..)| *other == format!("{room}/{name}"));
                is_other || FILES.contains(name) || path[2..].iter().any(|part| FILES.contains(part) || *part == "mod")
            }
            _ => kind(&path).is_some(),
        };
        if !is_known {
            complaints.push(format!(
                "{}: not a place of the house. In a room use one of {}, or a folder of that name; a file of another \
                 name needs a row in OTHER (tests/tidy/imports.rs), a new room one in ROOMS.",
                file.path,
                FILES.join(", ")
            ));
        }
    }
    none(&complaints);
}

#[test]
fn imports_run_one_way() {
    let mut complaints = Vec::new();
    for file in files("src", &[".rs"]) {
        let module = file.module().unwrap();
        let own: Vec<&str> = module.split('/').collect();
        let is_door = own.last() == Some(&"mod") && own.len() == 2;
        let Some(own_kind) = kind(&own) else { continue };
        for named in named(&code(&file.text), module) {
            let path: Vec<&str> = named.path.iter().map(String::as_str).collect();
            let text = named.path.join("::");
            let Some(kind) = kind(&path) else { continue };
            let is_same_room = path[0] == own[0];
            if is_excepted(module, &text) || (is_same_room && (is_door || !ROOMS.contains(&own[0]))) {
                continue;
            }
            if level(kind) > level(own_kind) {
                complaints.push(format!(
                    "{}:{}: `{own_kind}` may not know `{text}` ({kind}): imports run {}. Hand the value in from the \
                     caller, or move what is shared further down.",
                    file.path,
                    named.line,
                    ORDER.iter().map(|level| level.join(" · ")).collect::<Vec<_>>().join(" → "),
                ));
            }
            let place = |room: &str| ROOMS.iter().position(|known| *known == room);
            match (place(own[0]), place(path[0])) {
                (Some(from), Some(to)) if to > from => complaints.push(format!(
                    "{}:{}: room `{}` may not know the later room `{}`: rooms know earlier ones only ({}). Do it in \
                     the later room.",
                    file.path,
                    named.line,
                    own[0],
                    path[0],
                    ROOMS.join(", "),
                )),
                (None, Some(_)) if ["web", "i18n"].contains(&own[0]) && path[0] != "accounts" => {
                    complaints.push(format!(
                        "{}:{}: `{}` may know no room but accounts; it names `{text}`. Let the room hand over what is \
                         shown.",
                        file.path, named.line, own[0],
                    ));
                }
                _ => {}
            }
        }
    }
    none(&complaints);
}

#[test]
fn no_exception_outlives_its_reason() {
    let sources = files("src", &[".rs"]);
    let mut complaints = Vec::new();
    for (module, path, _) in EXCEPTIONS.iter().filter(|(_, path, _)| !path.is_empty()) {
        let is_used = sources
            .iter()
            .filter(|file| file.module() == Some(module))
            .any(|file| named(&code(&file.text), module).iter().any(|named| named.path.join("::").starts_with(path)));
        if !is_used {
            complaints.push(format!("tests/tidy/imports.rs: {module} no longer names {path}: take the row out."));
        }
    }
    for (module, ..) in OTHER {
        let is_there = sources.iter().filter_map(|file| file.module()).any(|file| file.starts_with(module));
        if !is_there {
            complaints.push(format!("tests/tidy/imports.rs: there is no src/{module}.rs: take the row out."));
        }
    }
    none(&complaints);
}
