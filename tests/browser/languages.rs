//! A third language would fit: with pages in one that does not exist, longer than English and written from right to left, no word
//! stays behind that is not data, and nothing is wider than the window.

use std::time::Duration;

use serde_json::Value;

use crate::pages::tables::{ADMINISTRATOR, DELEGATE, HEAD, Pages, REVIEWER, SECRETARIAT, SECRETARIAT_VOTING, VISITOR};
use crate::pages::{go, seat, unlisted};
use crate::support::{Browser, Server, journey_within};

/// Longest time for all pages.
const LONGEST: Duration = Duration::from_mins(8);
/// Widths of the windows.
const WIDTHS: [u32; 2] = [1280, 360];
/// What is the same in every language: units, kinds of files, keys, names of the world and of this program.
const NAMES: &[&str] =
    &["UTC", "CSV", "XLSX", "DOCX", "PDF", "JSON", "SDG", "WTO", "UNECE", "ESCAP", "Chrome", "Linux"];

/// Who opens what.
const OFFICES: &[(&str, Pages)] = &[
    ("", VISITOR),
    ("kaz-delegate", DELEGATE),
    ("kaz-head", HEAD),
    ("secretariat", SECRETARIAT),
    ("secretariat", SECRETARIAT_VOTING),
    ("reviewer-1", REVIEWER),
    ("administrator", ADMINISTRATOR),
];

/// Every piece of text that a reader sees or hears, but what is marked as being in a language of its own.
const WORDS: &str = "
    const words = [], shown = one => one.closest('script, style, textarea, code, [hidden], main [lang]') === null;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (shown(walk.currentNode.parentElement)) words.push(walk.currentNode.data);
    for (const one of document.querySelectorAll('[aria-label], [placeholder], [alt], [title]')) {
        for (const name of ['aria-label', 'placeholder', 'alt', 'title']) {
            if (one.hasAttribute(name) && shown(one)) words.push(one.getAttribute(name));
        }
    }
    return [document.documentElement.dir, words];
";

/// By how much the page is wider than the window, what makes it so, and what stands where no scrolling leads: beyond the edge at
/// which lines begin.
const EDGES: &str = "
    const root = document.documentElement, wider = root.scrollWidth - root.clientWidth;
    const shown = one => one.checkVisibility() && one.closest('.scroll, .unseen, .skip, svg') === null;
    const all = [...document.querySelectorAll('body *')].filter(shown), box = one => one.getBoundingClientRect();
    const over = all.filter(one => wider > 0 ? box(one).left < box(root).left : box(one).right > root.clientWidth + 1);
    return [wider, over.slice(-3).map(one => one.outerHTML.slice(0, 160))];
";

/// Returns the parts of a text that stand outside of brackets.
fn outside(text: &str) -> Vec<String> {
    let (mut depth, mut parts) = (0_usize, vec![String::new()]);
    for letter in text.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            letter if depth == 0 && !"·,:;()<>→–|/\n".contains(letter) => parts.last_mut().unwrap().push(letter),
            _ => parts.push(String::new()),
        }
    }
    let has_words = |part: &String| part.chars().filter(char::is_ascii_alphabetic).count() > 2;
    parts.into_iter().map(|part| part.trim_matches([' ', '.']).to_owned()).filter(has_words).collect()
}

/// Returns everything that is data: the database, the lists and forms that ship, and the guides, which have a folder for each
/// language; line by line without what marks them up.
fn data(server: &Server) -> String {
    let mut data = server.held();
    let top = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let within = |folder: &str| std::fs::read_dir(top.join(folder)).unwrap().flatten().map(|entry| entry.path());
    let folders = ["data", "data/lists", "data/questionnaires"].map(|folder| top.join(folder));
    for folder in
        folders.into_iter().chain(within("exports")).chain(within("docs/guides/en")).filter(|path| path.is_dir())
    {
        for entry in std::fs::read_dir(folder).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            data.push_str(&String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()));
        }
    }
    data.replace(['\n', '*'], " ")
}

/// Returns whether a text is a name, or stands in the data: a title alone or behind its code, the offset of a zone.
fn is_data(data: &str, part: &str) -> bool {
    let title = part.split_once(' ').map_or(part, |(_, title)| title);
    NAMES.contains(&part) || part.starts_with("UTC") || data.contains(part) || data.contains(title)
}

/// Returns what is wrong with the page that is open: another direction, English words, what does not fit into a window.
async fn faults(browser: &Browser, data: &str, name: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let said = browser.client.execute(WORDS, vec![]).await.unwrap();
    if said[0] != "rtl" {
        faults.push("runs from left to right".to_owned());
    }
    let words = said[1].as_array().into_iter().flatten().filter_map(Value::as_str);
    let plain: Vec<String> = words.flat_map(outside).filter(|part| !is_data(data, part)).collect();
    if !plain.is_empty() {
        faults.push(format!("says in English: {plain:?}"));
    }
    for width in WIDTHS {
        browser.imitate(width, false).await;
        let edges = browser.client.execute(EDGES, vec![]).await.unwrap();
        if edges[0].as_i64().unwrap_or_default() > 0 {
            faults.push(format!("is {} pixels too wide at {width}: {}", edges[0], edges[1]));
        } else if edges[1].as_array().is_some_and(|lost| !lost.is_empty()) {
            faults.push(format!("hides beyond its edge at {width}: {}", edges[1]));
        }
        if !name.is_empty() {
            browser.picture(&format!("imitated-{name}-{width}")).await;
        }
    }
    faults
}

#[test]
fn nothing_is_said_in_english_and_nothing_is_too_wide_where_the_language_is_another() {
    journey_within(LONGEST, || async {
        let server = Server::imitating_a_language();
        let data = data(&server);
        let mut wrong = Vec::new();
        let (unlisted, _) = unlisted(&server).await;
        let named = OFFICES.iter().map(|(office, pages)| (*office, pages.to_vec()));
        let others =
            unlisted.iter().map(|(office, pages)| (*office, pages.iter().map(|path| (path.as_str(), "")).collect()));
        for (office, pages) in named.chain(others) {
            let browser = seat(&server, office).await;
            for (path, name) in &pages {
                go(&browser, path).await;
                let found = faults(&browser, &data, name).await;
                wrong.extend(found.into_iter().map(|fault| format!("{office}: {path} {fault}")));
            }
            browser.close().await;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}
