//! What the page of duplicates shows.

use askama::Template;

use super::model::Likeness;
use super::operations::{Duplicates, Pair};
use crate::classification::List;
use crate::i18n::Texts;
use crate::submissions::Submission;
use crate::submissions::pages::frame_in;
use crate::web::{Answer, Frame, PageResult, Reader};

/// One side of a pair.
struct SideView {
    reference: String,
    title: String,
    lang: &'static str,
    delegation: String,
    state: &'static str,
}

/// Two that are alike.
struct PairView {
    one: SideView,
    other: SideView,
    shared: Vec<String>,
    points: usize,
    merge: String,
}

#[derive(Template)]
#[template(path = "submissions/duplicates.html")]
struct DuplicatesPage {
    frame: Frame,
    rows: Vec<PairView>,
    export: String,
}

/// Shows the duplicates of a session.
pub fn duplicates(reader: &Reader, found: &Duplicates) -> PageResult {
    let texts = reader.texts();
    let number = found.session.number;
    Answer::page(&DuplicatesPage {
        frame: frame_in(reader, &found.session, texts.text("duplicates-title"))
            .crumb(texts.text("desk-title"), format!("/sessions/{number}/desk")),
        rows: found.pairs.iter().map(|pair| pair_view(reader, found, pair)).collect(),
        export: format!("/sessions/{number}/exports/duplicates.csv"),
    })
}

fn pair_view(reader: &Reader, found: &Duplicates, pair: &Pair) -> PairView {
    let side = |one: &Submission| {
        let (title, lang) = one.title(reader.lang).unwrap_or((&one.reference, reader.lang));
        let delegation = found.delegations.iter().find(|delegation| delegation.id == one.delegation);
        SideView {
            reference: one.reference.clone(),
            title: title.to_owned(),
            lang: lang.code(),
            delegation: delegation.map(|one| one.name.get(reader.lang).clone()).unwrap_or_default(),
            state: one.state.code(),
        }
    };
    PairView {
        merge: format!("/submissions/{}/merge?into={}", pair.other.reference, pair.one.reference),
        one: side(&pair.one),
        other: side(&pair.other),
        shared: shared(reader.texts(), &pair.likeness),
        points: pair.likeness.points,
    }
}

/// Words what two submissions share, part by part.
pub fn shared(texts: Texts, likeness: &Likeness) -> Vec<String> {
    let label = |list: List, code: &str| {
        list.entry(code).map_or_else(|| code.to_owned(), |entry| entry.label(list, texts.lang()))
    };
    let mut parts = Vec::new();
    if !likeness.words.is_empty() {
        parts.push(texts.one("duplicates-words", "words", likeness.words.join(", ")));
    }
    if let Some(percent) = likeness.summaries {
        parts.push(texts.one("duplicates-summaries", "percent", percent));
    }
    if let Some(theme) = &likeness.theme {
        parts.push(texts.one("duplicates-theme", "theme", label(List::Theme, theme)));
    }
    if let Some(target) = &likeness.target {
        parts.push(texts.one("duplicates-target", "target", label(List::Target, target)));
    }
    if !likeness.countries.is_empty() {
        let names: Vec<String> = likeness.countries.iter().map(|code| label(List::Country, code)).collect();
        parts.push(texts.one("duplicates-countries", "countries", names.join(", ")));
    }
    if let Some((from, to)) = likeness.years {
        let years = if from == to { from.to_string() } else { format!("{from}–{to}") };
        parts.push(texts.one("duplicates-years", "years", years));
    }
    parts
}
