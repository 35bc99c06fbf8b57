//! The paper off line: its workbook, the blank form, the page that takes the workbook back, and what it changes.

use std::collections::BTreeMap;

use askama::Template;

use super::ballot::law;
use super::paper::choices;
use super::{OptionView, address, ballot_frame, moment, place};
use crate::ballots::model::{Elector, Line, PaperKind, Vote};
use crate::ballots::operations::viewing::OwnPapers;
use crate::ballots::workbook::{self, Filled};
use crate::i18n::Texts;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Lang;
use crate::kernel::workbook::Fault;
use crate::submissions::pages::pieces;
use crate::web::{Answer, Frame, PageError, PageResult, Reader, sheets};

fn elector<'a>(own: &'a OwnPapers, delegation: &DelegationId) -> Result<&'a Elector, PageError> {
    own.shown.electorate.iter().find(|elector| elector.delegation == *delegation).ok_or_else(PageError::not_found)
}

/// Answers with the workbook of the paper.
pub fn file(lang: Lang, own: &OwnPapers, delegation: &DelegationId) -> PageResult {
    let elector = elector(own, delegation)?;
    let (session, ballot) = (own.shown.session.number, own.shown.ballot.number);
    let name = format!("speca-{session}-ballot-{ballot}-{}-{lang}.xlsx", elector.code);
    sheets::file(name, workbook::write(Texts::of(lang), own, elector))
}

/// Returns addresses and words of the workbook in each language.
pub fn files(texts: Texts, address: &str) -> Vec<(String, String)> {
    let one = |lang: &Lang| {
        let words = texts.one("ballot-file-in", "language", texts.code("submission-in", *lang));
        (format!("{address}.xlsx?lang={lang}"), words)
    };
    Lang::ALL.iter().map(one).collect()
}

fn frame(reader: &Reader, own: &OwnPapers, title: &str) -> (Frame, String) {
    let (session, ballot) = (&own.shown.session, &own.shown.ballot);
    let texts = reader.texts();
    let paper = format!("{}/paper", address(place(session, ballot)));
    let frame =
        ballot_frame(reader, session, ballot, texts.text(title)).crumb(texts.text("ballot-paper"), paper.clone());
    (frame, paper)
}

/// The blank form.
#[derive(Template)]
#[template(path = "ballots/paper_blank.html")]
struct BlankPage {
    frame: Frame,
    lead: String,
    ballot: String,
    how: String,
    version: String,
    options: Vec<(OptionView, String)>,
    back: String,
    law: String,
}

/// Shows the paper with room to write, to be printed.
pub fn blank(reader: &Reader, own: &OwnPapers, delegation: &DelegationId) -> PageResult {
    let (texts, shown) = (reader.texts(), &own.shown);
    let elector = elector(own, delegation)?;
    let closes = moment(reader, &shown.session, shown.ballot.closes_at);
    let summary = |option: &crate::ballots::model::BallotOption| {
        let held = option.summary.get(reader.lang);
        if held.is_empty() { option.summary.get(option.title(reader.lang).1).clone() } else { held.clone() }
    };
    let (frame, back) = frame(reader, own, "ballot-blank");
    Answer::page(&BlankPage {
        frame,
        lead: texts
            .with("ballot-paper-lead", &[("delegation", elector.name.get(reader.lang).clone()), ("closes", closes)]),
        ballot: shown.ballot.title.get(reader.lang).clone(),
        how: texts.one("ballot-file-how", "levels", shown.ballot.rules.levels),
        version: texts.one("ballot-file-version", "version", shown.ballot.version(&shown.options)),
        options: shown.options.iter().map(|option| (OptionView::new(reader, option), summary(option))).collect(),
        back,
        law: law(texts, &shown.ballot),
    })
}

/// The page that takes a workbook.
#[derive(Template)]
#[template(path = "ballots/paper_upload.html")]
struct UploadPage {
    frame: Frame,
    lead: String,
    action: String,
    files: Vec<(String, String)>,
    blank: String,
    faults: Vec<(String, String)>,
}

/// Shows the page that takes a workbook, with everything that is wrong with the one sent before.
pub fn upload(reader: &Reader, own: &OwnPapers, faults: &[Fault]) -> PageResult {
    let texts = reader.texts();
    let (frame, paper) = frame(reader, own, "ballot-file-title");
    let page = UploadPage {
        frame,
        lead: texts.text("ballot-file-lead"),
        action: format!("{paper}/upload"),
        files: files(texts, &paper),
        blank: format!("{paper}/blank"),
        faults: sheets::faults(texts, faults),
    };
    Answer::again(&page, !faults.is_empty())
}

/// What a workbook says about one option, beside what the newest paper says.
struct ChangeView {
    option: OptionView,
    before: String,
    after: String,
    pieces: Vec<(&'static str, String)>,
    is_changed: bool,
}

/// What a workbook changes.
#[derive(Template)]
#[template(path = "ballots/paper_uploaded.html")]
struct UploadedPage {
    frame: Frame,
    explanation: String,
    is_stale: bool,
    abstains: bool,
    rows: Vec<ChangeView>,
    is_same: bool,
    action: String,
    back: String,
    after: i32,
    given: Vec<(String, String)>,
    law: String,
}

/// Shows what a workbook changes, to be confirmed; confirmed, the paper is prepared as on the page.
pub fn uploaded(reader: &Reader, own: &OwnPapers, filled: &Filled) -> PageResult {
    let texts = reader.texts();
    let latest = own.latest.as_ref().map_or(0, |paper| paper.number);
    let held = own.latest.as_ref().map(|paper| (paper.kind, paper.lines.as_slice()));
    let rows = changes(reader, own, held.map_or(&[], |(_, lines)| lines), filled.vote.lines());
    let kind = filled.vote.kind();
    let is_same = held.is_some_and(|(before, _)| before == kind) && rows.iter().all(|row| !row.is_changed);
    let (frame, paper) = frame(reader, own, "ballot-file-shown");
    let back = format!("{paper}/upload");
    let key = if is_same {
        "ballot-file-same"
    } else if latest == 0 {
        "ballot-file-first"
    } else {
        "ballot-file-changes"
    };
    Answer::page(&UploadedPage {
        frame: frame.crumb(texts.text("ballot-file-title"), back.clone()),
        explanation: texts.one(key, "count", rows.iter().filter(|row| row.is_changed).count()),
        is_stale: filled.after != latest,
        abstains: kind == PaperKind::Abstain,
        rows,
        is_same,
        action: paper,
        back,
        after: latest,
        given: given(filled),
        law: law(texts, &own.shown.ballot),
    })
}

/// Returns the fields of the form on the page that the workbook fills, but the paper it follows.
fn given(filled: &Filled) -> Vec<(String, String)> {
    let abstains = matches!(filled.vote, Vote::Abstain);
    let keep = |name: &str| name != "after" && (!abstains || name == "abstain");
    filled.fields.iter().filter(|(name, _)| keep(name)).map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

fn changes(reader: &Reader, own: &OwnPapers, before: &[Line], after: &[Line]) -> Vec<ChangeView> {
    let words: BTreeMap<String, String> = choices(reader, own.shown.ballot.rules.levels).into_iter().collect();
    let of = |lines: &[Line], reference: &str| lines.iter().find(|line| line.reference == reference).cloned();
    let priority = |line: &Option<Line>| {
        let level = line.as_ref().and_then(|line| line.priority).map_or_else(String::new, |level| level.to_string());
        words.get(&level).cloned().unwrap_or(level)
    };
    let objection = |line: &Option<Line>| line.as_ref().map_or_else(String::new, |line| line.objection.clone());
    own.shown
        .options
        .iter()
        .map(|option| {
            let (before, after) = (of(before, &option.reference), of(after, &option.reference));
            let view = |line: &Option<Line>| (priority(line), objection(line));
            let pieces = pieces(&objection(&before), &objection(&after));
            ChangeView {
                option: OptionView::new(reader, option),
                before: priority(&before),
                after: priority(&after),
                is_changed: view(&before) != view(&after),
                pieces,
            }
        })
        .collect()
}
