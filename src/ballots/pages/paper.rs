//! The paper of the reader's own delegation: what it says, whether it counts, and the form for the next one.

use askama::Template;

use super::{OptionView, address, ballot_frame, moment, place};
use crate::ballots::State;
use crate::ballots::forms::{self, objection_field, priority_field};
use crate::ballots::model::{BallotOption, HandState, Paper, PaperKind};
use crate::ballots::operations::paper_target;
use crate::ballots::operations::viewing::{OwnPapers, Shown};
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::DelegationId;
use crate::policy::Action;
use crate::web::again::Again;
use crate::web::{Answer, Fields, FormView, Frame, PageError, PageResult, Reader};

/// A paper as it is shown to its delegation.
struct PaperView {
    number: i32,
    prepared: String,
    confirmed: Option<String>,
    receipt: Option<String>,
    abstains: bool,
    lines: Vec<LineView>,
}

/// What a paper says about one option.
struct LineView {
    reference: String,
    title: String,
    lang: &'static str,
    priority: String,
    objection: String,
}

/// A paper that the secretariat entered for the delegation.
struct EnteredView {
    source: String,
    state_words: String,
    reason: String,
    answers: bool,
    contests: bool,
    contest: FormView,
}

/// The fields of one option.
pub(super) struct OptionFields {
    pub(super) option: OptionView,
    pub(super) priority: String,
    pub(super) objection: String,
    pub(super) has_objection: bool,
}

impl OptionFields {
    pub(super) fn new(reader: &Reader, shown: &Shown, option: &BallotOption, form: &FormView) -> Self {
        Self {
            has_objection: !form.value(&objection_field(&option.reference)).is_empty(),
            priority: priority_field(&option.reference),
            objection: objection_field(&option.reference),
            option: OptionView::new(reader, option).with_partners(reader, option, &shown.partners),
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "ballots/paper.html")]
struct PaperPage {
    frame: Frame,
    address: String,
    lead: String,
    counts: Option<PaperView>,
    waiting: Option<PaperView>,
    form: Option<FormView>,
    options: Vec<OptionFields>,
    choices: Vec<(String, String)>,
    confirms: bool,
    is_stale: bool,
    is_made_up: bool,
    files: Vec<(String, String)>,
    notice: String,
    law: String,
    is_secret: bool,
    objection_hint: String,
    has_voted: bool,
    entered: Option<EnteredView>,
    contesting: Option<String>,
}

impl PaperPage {
    fn new(reader: &Reader, own: &OwnPapers, delegation: &DelegationId, form: FormView) -> Self {
        let (texts, session, ballot) = (reader.texts(), &own.shown.session, &own.shown.ballot);
        let target = paper_target(ballot, delegation);
        let is_open = ballot.state == State::Open && !ballot.is_over(reader.now());
        let elector = own.shown.electorate.iter().find(|elector| elector.delegation == *delegation);
        let has_voted = ballot.rules.is_secret() && elector.is_some_and(|elector| elector.has_voted);
        let is_shown = is_open && !has_voted && elector.is_some() && reader.may(Action::PreparePaper, &target);
        let waiting = own.latest.as_ref().filter(|paper| paper.confirmed_at.is_none());
        let options = own.shown.options.iter().map(|option| OptionFields::new(reader, &own.shown, option, &form));
        let frame = ballot_frame(reader, session, ballot, texts.text("ballot-paper"));
        let name = elector.map_or_else(String::new, |elector| elector.name.get(reader.lang).clone());
        let closes = moment(reader, session, ballot.closes_at);
        Self {
            frame: if is_shown { frame.form("main") } else { frame },
            address: format!("{}/paper", address(place(session, ballot))),
            lead: texts.with("ballot-paper-lead", &[("delegation", name), ("closes", closes)]),
            counts: own.counts.as_ref().map(|paper| view(reader, own, paper)),
            waiting: waiting.map(|paper| view(reader, own, paper)),
            options: options.collect(),
            entered: entered(reader, own, delegation),
            contesting: None,
            choices: choices(reader, ballot.rules.levels),
            confirms: is_shown && reader.may(Action::ConfirmPaper, &target),
            form: is_shown.then_some(form),
            is_stale: false,
            is_made_up: ballot.is_made_up,
            notice: super::ballot::notice(texts, ballot),
            law: super::ballot::law(texts, ballot),
            is_secret: ballot.rules.is_secret(),
            objection_hint: texts.text(if ballot.rules.is_secret() {
                "ballot-secret-objection-hint"
            } else {
                "ballot-objection-hint"
            }),
            has_voted,
            files: super::offline::files(texts, &format!("{}/paper", address(place(session, ballot)))),
        }
    }
}

fn entered(reader: &Reader, own: &OwnPapers, delegation: &DelegationId) -> Option<EnteredView> {
    let paper = own.by_hand.as_ref()?;
    let may_answer = reader.may(Action::AnswerEnteredPaper, &paper_target(&own.shown.ballot, delegation));
    Some(EnteredView {
        source: paper.source.clone(),
        state_words: reader.texts().code("ballot-hand", paper.state),
        reason: paper.reason.clone(),
        answers: may_answer && paper.state != HandState::Confirmed,
        contests: may_answer && paper.state == HandState::Entered,
        contest: FormView::fresh(Fields::none()),
    })
}

/// Shows the paper again with the reason typed against what was entered.
pub fn contesting(reader: &Reader, own: &OwnPapers, fields: Fields, again: Again) -> PageResult {
    let Some(delegation) = reader.delegation().cloned() else { return Err(PageError::not_found()) };
    let form = FormView::fresh(forms::paper_fields(own.latest.as_ref()));
    let mut page = PaperPage::new(reader, own, &delegation, form);
    page.contesting = Again::notice(Some(&again), reader.texts(), "ballot-hand-stale");
    if let Some(entered) = &mut page.entered {
        entered.contests = true;
        entered.contest = FormView::again(reader.texts(), fields, &Again::errors(Some(&again)));
    }
    Again::answer(Some(&again), &page)
}

fn view(reader: &Reader, own: &OwnPapers, paper: &Paper) -> PaperView {
    let (texts, session) = (reader.texts(), &own.shown.session);
    let by = |account| own.names.get(account).cloned().unwrap_or_default();
    let at = |at| moment(reader, session, at);
    let confirmed = paper.confirmed_by.as_ref().zip(paper.confirmed_at);
    let lines = own.shown.options.iter().filter(|_| paper.kind == PaperKind::Ranked).map(|option| {
        let (title, lang) = option.title(reader.lang);
        let line = paper.lines.iter().find(|line| line.reference == option.reference);
        let priority = line.and_then(|line| line.priority);
        LineView {
            reference: option.reference.clone(),
            title: title.to_owned(),
            lang: lang.code(),
            priority: priority.map_or_else(|| texts.text("ballot-priority-none"), |priority| priority.to_string()),
            objection: line.map_or_else(String::new, |line| line.objection.clone()),
        }
    });
    PaperView {
        number: paper.number,
        prepared: texts.with("ballot-paper-by", &[("who", by(&paper.prepared_by)), ("at", at(paper.prepared_at))]),
        confirmed: confirmed.map(|(who, when)| texts.with("ballot-paper-by", &[("who", by(who)), ("at", at(when))])),
        receipt: paper.receipt.clone(),
        abstains: paper.kind == PaperKind::Abstain,
        lines: lines.collect(),
    }
}

/// Returns the levels with their words, the blank one first.
pub(super) fn choices(reader: &Reader, levels: u32) -> Vec<(String, String)> {
    let texts = reader.texts();
    let word = |level: u32| match level {
        1 => texts.text("ballot-priority-highest"),
        _ if level == levels => texts.one("ballot-priority-lowest", "level", level),
        _ => level.to_string(),
    };
    let blank = (String::new(), texts.text("ballot-priority-none"));
    std::iter::once(blank).chain((1..=levels).map(|level| (level.to_string(), word(level)))).collect()
}

/// Shows the paper with the form filled in from the newest one.
pub fn paper(reader: &Reader, own: &OwnPapers, delegation: &DelegationId) -> PageResult {
    let form = FormView::fresh(forms::paper_fields(own.latest.as_ref()));
    Answer::page(&PaperPage::new(reader, own, delegation, form))
}

/// Shows the form again with what was chosen and all messages.
pub fn again(
    reader: &Reader,
    own: &OwnPapers,
    delegation: &DelegationId,
    fields: Fields,
    errors: &FieldErrors,
) -> PageResult {
    let form = FormView::again(reader.texts(), fields, errors);
    Answer::again(&PaperPage::new(reader, own, delegation, form), !errors.is_empty())
}

/// Shows what was chosen beside the paper that somebody else of the delegation prepared meanwhile.
pub fn stale(reader: &Reader, own: &OwnPapers, delegation: &DelegationId, fields: Fields) -> PageResult {
    let latest = own.latest.as_ref().map_or(0, |paper| paper.number);
    let form = FormView::fresh(fields.set("after", latest.to_string()));
    Answer::conflict(&PaperPage { is_stale: true, ..PaperPage::new(reader, own, delegation, form) })
}
