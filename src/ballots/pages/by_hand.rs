//! Votes taken by hand in the room: the form in which the secretariat enters one, and what delegations say of them.

use askama::Template;

use super::paper::{OptionFields, choices};
use super::{address, ballot_frame, named, place};
use crate::ballots::model::{HandPaper, HandState, SOURCE_CHARS_MAX};
use crate::ballots::operations::viewing::Shown;
use crate::i18n::{Texts, order};
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// A paper that was entered.
pub struct EnteredView {
    code: String,
    name: String,
    source: String,
    state: &'static str,
    state_words: String,
    reason: String,
    is_contested: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "ballots/by_hand.html")]
struct ByHandPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    address: String,
    back: String,
    entered: Vec<EnteredView>,
    delegations: Vec<(String, String)>,
    options: Vec<OptionFields>,
    choices: Vec<(String, String)>,
    objection_hint: String,
    source_hint: String,
}

fn entered(reader: &Reader, shown: &Shown, paper: &HandPaper) -> EnteredView {
    let elector = shown.electorate.iter().find(|elector| elector.code == paper.code);
    let name = elector.map_or_else(String::new, |elector| named(elector.name.get(reader.lang), &elector.code));
    EnteredView {
        code: paper.code.clone(),
        name,
        source: paper.source.clone(),
        state: paper.state.code(),
        state_words: reader.texts().code("ballot-hand", paper.state),
        reason: paper.reason.clone(),
        is_contested: paper.state == HandState::Contested,
    }
}

/// Returns how many of the papers entered by hand their delegations have confirmed, in words; nothing without any.
pub fn confirmed_words(texts: Texts, papers: &[HandPaper]) -> Option<String> {
    let confirmed = papers.iter().filter(|paper| paper.state == HandState::Confirmed).count();
    let words = || texts.with("ballot-hand-number", &[("entered", papers.len()), ("confirmed", confirmed)]);
    (!papers.is_empty()).then(words)
}

/// Shows the form with the papers entered so far, fresh or again with what was typed.
pub fn by_hand(reader: &Reader, shown: &Shown, papers: &[HandPaper], typed: Option<(Fields, Again)>) -> PageResult {
    let (texts, ballot) = (reader.texts(), &shown.ballot);
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let form = FormView::again(texts, typed.unwrap_or_else(Fields::none), &Again::errors(again));
    let back = address(place(&shown.session, ballot));
    let mut delegations: Vec<(String, String)> = shown
        .electorate
        .iter()
        .map(|elector| (elector.code.clone(), named(elector.name.get(reader.lang), &elector.code)))
        .collect();
    delegations.sort_by(|a, b| order::compare(reader.lang, &a.1, &b.1));
    delegations.insert(0, (String::new(), texts.text("ballot-hand-choose")));
    let page = ByHandPage {
        frame: ballot_frame(reader, &shown.session, ballot, texts.text("ballot-hand-title")).form("main"),
        notice: Again::notice(again, texts, "ballot-form-stale"),
        address: format!("{back}/by-hand"),
        back,
        entered: papers.iter().map(|paper| entered(reader, shown, paper)).collect(),
        delegations,
        options: shown.options.iter().map(|option| OptionFields::new(reader, shown, option, &form)).collect(),
        choices: choices(reader, ballot.rules.levels),
        objection_hint: texts.text("ballot-objection-hint"),
        source_hint: texts.one("ballot-hand-source-hint", "most", SOURCE_CHARS_MAX),
        form,
    };
    Again::answer(again, &page)
}
