//! The editor: the original on the left, the translation on the right, and what changed since it was made.

use std::collections::BTreeSet;

use askama::Template;

use super::model::{Count, Parity, TextState};
use super::operations::Editor;
use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::questionnaires::QuestionKind;
use crate::submissions::compare::words;
use crate::submissions::pages::history::{PieceView, piece};
use crate::submissions::pages::wording::place;
use crate::submissions::pages::{address, frame_of};
use crate::web::forms::FormView;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// Beginning of the fields that mark a text as checked.
pub const CHECK: &str = "_check.";

/// A text with its translation.
struct TextView {
    name: String,
    tick: String,
    place: String,
    parity: &'static str,
    original: String,
    pieces: Vec<PieceView>,
    lines: usize,
    limit: u32,
}

#[derive(Template)]
#[template(path = "submissions/languages.html")]
struct LanguagesPage {
    frame: Frame,
    form: FormView,
    action: String,
    back: String,
    reference: String,
    revision: i32,
    reason: Option<String>,
    count: String,
    original: (&'static str, String),
    translation: (&'static str, String),
    open: Vec<TextView>,
    done: Vec<TextView>,
    done_title: String,
}

/// Shows the editor; with what was typed when it could not be saved, and why.
pub fn editor(reader: &Reader, editor: &Editor, typed: Option<Fields>, reason: Option<String>) -> PageResult {
    let page = page_of(reader, editor, typed, reason);
    if page.reason.is_some() { Answer::conflict(&page) } else { Answer::page(&page) }
}

fn page_of(reader: &Reader, editor: &Editor, typed: Option<Fields>, reason: Option<String>) -> LanguagesPage {
    let (texts, submission) = (reader.texts(), &editor.dossier.submission);
    let here = address(&submission.reference);
    let fields = typed.unwrap_or_else(|| stored(editor));
    let revision = crate::submissions::forms::revision(&fields).unwrap_or(submission.revision);
    let (done, open): (Vec<&TextState>, Vec<&TextState>) =
        editor.texts.iter().partition(|text| text.parity == Parity::Checked);
    let view = |text: &&TextState| text_view(texts, editor, text);
    let side = |lang: crate::kernel::lang::Lang| (lang.code(), texts.code("submission-in", lang));
    LanguagesPage {
        frame: frame_of(reader, &editor.dossier, texts.text("languages-title"))
            .crumb(submission.reference.clone(), here.clone())
            .form("main"),
        form: FormView::again(texts, fields, &FieldErrors::none()),
        action: format!("{here}/languages"),
        back: here,
        reference: submission.reference.clone(),
        revision,
        reason,
        count: count(texts, Count::of(&editor.texts)),
        original: side(submission.original),
        translation: side(submission.original.other()),
        done_title: texts.one("languages-done", "count", done.len()),
        open: open.iter().map(view).collect(),
        done: done.iter().map(view).collect(),
    }
}

/// Returns the fields of the editor as they are stored.
fn stored(editor: &Editor) -> Fields {
    let lang = editor.dossier.submission.original.other();
    let mut fields = Fields::none();
    for text in &editor.texts {
        fields.push(&format!("{}|{lang}", text.path), text.translation.clone());
        if text.parity == Parity::Checked {
            fields.push(&format!("{CHECK}{}|{lang}", text.path), "yes");
        }
    }
    fields
}

fn text_view(texts: Texts, editor: &Editor, text: &TextState) -> TextView {
    let questionnaire = &editor.dossier.questionnaire;
    let lang = editor.dossier.submission.original.other();
    let question = questionnaire.at(&text.path);
    let name = format!("{}|{lang}", text.path);
    let changed = text.before.as_ref().map(|before| words(before, &text.original).into_iter().map(piece).collect());
    let is_long = question.is_some_and(|question| question.kind == QuestionKind::Text);
    TextView {
        tick: format!("{CHECK}{name}"),
        place: place(texts, questionnaire, &text.path),
        parity: text.parity.code(),
        original: text.original.clone(),
        pieces: changed.unwrap_or_default(),
        lines: if is_long { 5 } else { 2 },
        limit: question.and_then(|question| question.limit(lang.into())).unwrap_or(0),
        name,
    }
}

/// Says how many texts are checked.
pub fn count(texts: Texts, count: Count) -> String {
    texts.with("languages-count", &[("checked", count.checked), ("all", count.all)])
}

/// Returns the worst state among the texts of a question; nothing when it has none.
pub fn worst(all: &[TextState], code: &str) -> Option<Parity> {
    let is_of = |text: &&TextState| text.path.split('.').next() == Some(code);
    all.iter().filter(is_of).map(|text| text.parity).min()
}

/// Returns the names of the texts that are ticked as checked.
pub fn ticked(fields: &Fields) -> BTreeSet<String> {
    fields.iter().filter_map(|(name, _)| name.strip_prefix(CHECK).map(str::to_owned)).collect()
}
