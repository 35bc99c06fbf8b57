//! The pages of revisions: who wrote when, and what changed between any two.

use askama::Template;

use super::view::who;
use super::wording::{place, unit_text, units};
use super::{address, frame_of, moment};
use crate::i18n::Texts;
use crate::questionnaires::{AnswerKey, AnswerLang, Answers, Questionnaire};
use crate::submissions::compare::{Change, Piece, words};
use crate::submissions::operations::{History, Opened};
use crate::submissions::store::Revision;
use crate::web::{Answer, Frame, PageResult, Reader};

/// A revision in the list.
struct RevisionView {
    number: i32,
    who: String,
    on: String,
    compare: Option<String>,
    is_first: bool,
    is_last: bool,
}

#[derive(Template)]
#[template(path = "submissions/history.html")]
struct HistoryPage {
    frame: Frame,
    action: String,
    rows: Vec<RevisionView>,
}

/// Shows the revisions of a submission, newest first.
pub fn revisions(reader: &Reader, opened: &Opened) -> PageResult {
    let texts = reader.texts();
    let reference = &opened.dossier.submission.reference;
    let history = opened.history.clone().unwrap_or_default();
    let numbers: Vec<i32> = history.revisions.iter().map(|revision| revision.number).collect();
    let mut rows: Vec<RevisionView> = history
        .revisions
        .iter()
        .enumerate()
        .map(|(index, revision)| RevisionView {
            number: revision.number,
            who: author(reader, opened, &history, revision),
            on: moment(texts, revision.at, reader),
            compare: index.checked_sub(1).map(|before| {
                format!("{}/compare?from={}&to={}", address(reference), numbers[before], revision.number)
            }),
            is_first: index + 2 == numbers.len() || numbers.len() == 1,
            is_last: index + 1 == numbers.len(),
        })
        .collect();
    rows.reverse();
    Answer::page(&HistoryPage {
        frame: frame_of(reader, &opened.dossier, texts.text("submission-history"))
            .crumb(reference.clone(), address(reference)),
        action: format!("{}/compare", address(reference)),
        rows,
    })
}

/// Words who wrote a revision: the secretariat's edits with whoever confirmed them for the delegation.
fn author(reader: &Reader, opened: &Opened, history: &History, revision: &Revision) -> String {
    let written = who(reader, opened, history.people.get(&revision.account));
    match history.confirmed.get(&revision.number) {
        None => written,
        Some(account) => {
            let by = who(reader, opened, history.people.get(account));
            reader.texts().with("edits-revision-author", &[("author", written), ("by", by)])
        }
    }
}

/// A question that changed (`submissions/changes.html`).
pub(super) struct ChangedView {
    pub place: String,
    pub lang: &'static str,
    pub pieces: Vec<PieceView>,
}

/// A run of words.
pub struct PieceView {
    /// `ins`, `del`, or nothing.
    pub tag: &'static str,
    /// The words.
    pub text: String,
}

/// A question that did not change (`submissions/changes.html`).
pub(super) struct SameView {
    pub place: String,
    pub lang: &'static str,
    pub text: String,
}

#[derive(Template)]
#[template(path = "submissions/compare.html")]
struct ComparePage {
    frame: Frame,
    explanation: String,
    history: String,
    changed: Vec<ChangedView>,
    same: Vec<SameView>,
}

/// Returns the language of what belongs to a question: the page's own where it has none.
pub fn lang_of(texts: Texts, name: &str) -> &'static str {
    match AnswerKey::parse(name).lang {
        AnswerLang::Neutral => texts.lang_code(),
        lang => lang.code(),
    }
}

/// Returns what changed between two sets of answers and what stayed, in the order of the questionnaire.
pub(super) fn differences(
    texts: Texts,
    questionnaire: &Questionnaire,
    before: &Answers,
    after: &Answers,
) -> (Vec<ChangedView>, Vec<SameView>) {
    let (mut changed, mut same) = (Vec::new(), Vec::new());
    for name in units(questionnaire) {
        let lang = lang_of(texts, &name);
        let place = place(texts, questionnaire, &name);
        let before = unit_text(texts, questionnaire, before, &name);
        let after = unit_text(texts, questionnaire, after, &name);
        if before != after {
            let pieces = words(&before, &after).into_iter().map(piece).collect();
            changed.push(ChangedView { place, lang, pieces });
        } else if !after.is_empty() {
            same.push(SameView { place, lang, text: after });
        }
    }
    (changed, same)
}

/// Shows what changed between two revisions, question by question.
pub fn comparison(reader: &Reader, opened: &Opened, sides: (i32, &Answers), other: (i32, &Answers)) -> PageResult {
    let (texts, questionnaire) = (reader.texts(), &opened.dossier.questionnaire);
    let reference = &opened.dossier.submission.reference;
    let (changed, same) = differences(texts, questionnaire, sides.1, other.1);
    let values = [("from", sides.0), ("to", other.0)];
    Answer::page(&ComparePage {
        frame: frame_of(reader, &opened.dossier, texts.with("submission-compare-title", &values))
            .crumb(reference.clone(), address(reference))
            .crumb(texts.text("submission-history"), format!("{}/history", address(reference))),
        explanation: texts.one("submission-compare-count", "count", changed.len()),
        history: format!("{}/history", address(reference)),
        changed,
        same,
    })
}

/// Returns a run of words as a page shows it.
pub fn piece(piece: Piece) -> PieceView {
    let tag = match piece.change {
        Change::Same => "",
        Change::Added => "ins",
        Change::Removed => "del",
    };
    PieceView { tag, text: piece.text }
}

/// Returns what changed between two texts as pages show it: `ins`, `del` or nothing, and the words.
pub fn pieces(before: &str, after: &str) -> Vec<(&'static str, String)> {
    words(before, after).into_iter().map(piece).map(|piece| (piece.tag, piece.text)).collect()
}
