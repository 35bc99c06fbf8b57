//! The builder: start, revise, and the draft as a table of decisions.

use askama::Template;

use super::{frame, title};
use crate::kernel::ids::BallotId;
use crate::kernel::lang::Lang;
use crate::programmes::forms::{TICKED, fields_of};
use crate::programmes::model::{INTRODUCTION_CHARS_MAX, PLACES_MAX, Programme, REASON_CHARS_MAX, item_field};
use crate::programmes::operations::looks::{Build, Line};
use crate::web::again::Again;
use crate::web::errors::refusal;
use crate::web::{Fields, FormView, Frame, Member, PageResult};

/// The page before there is a draft.
#[derive(Template)]
#[template(path = "programmes/start.html")]
struct StartPage {
    frame: Frame,
    form: FormView,
    number: i32,
    notice: Option<String>,
    in_force: bool,
    is_open: bool,
    orders: Vec<(String, String)>,
    places_max: i32,
    actions: usize,
}

/// The builder.
#[derive(Template)]
#[template(path = "programmes/edit.html")]
struct EditPage {
    frame: Frame,
    form: FormView,
    number: i32,
    revision: i32,
    notice: Option<String>,
    is_open: bool,
    tied: Option<String>,
    orders: Vec<(String, String)>,
    rows: Vec<Row>,
    figures: (usize, i32),
    introduction_max: (usize, usize),
    reason_max: (usize, usize),
    ticked: &'static str,
    edition: String,
}

/// One action in the builder.
struct Row {
    reference: String,
    title: String,
    title_lang: Option<&'static str>,
    delegation: String,
    is_proposed: bool,
    included: String,
    position: String,
    reason_en: String,
    reason_ru: String,
    override_reason: String,
}

/// Shows the builder, or the form that starts a programme, fresh or again with what was typed.
pub fn show(member: &Member<'_>, build: &Build, again: Option<(Fields, Again)>) -> PageResult {
    match &build.draft {
        Some((draft, lines)) => builder(member, build, (draft, lines), again),
        None => start(member, build, again),
    }
}

fn orders(member: &Member<'_>, build: &Build) -> Vec<(String, String)> {
    let texts = member.texts();
    let ballot =
        |(id, number): &(BallotId, i32)| (id.to_string(), texts.one("programme-order-ballot", "number", number));
    let ranking = (String::new(), texts.text("programme-order-ranking"));
    build.ballots.iter().rev().map(ballot).chain([ranking]).collect()
}

fn closed(member: &Member<'_>, build: &Build) -> Option<String> {
    build.closed.as_ref().map(|message| refusal(member.texts(), message))
}

fn start(member: &Member<'_>, build: &Build, again: Option<(Fields, Again)>) -> PageResult {
    let texts = member.texts();
    let (typed, again) = again.unzip();
    let again = again.as_ref();
    let page = StartPage {
        frame: frame(member, &build.session, texts.text("programme-build")).form("start"),
        form: FormView::again(texts, typed.unwrap_or_default(), &Again::errors(again)),
        number: build.session.number,
        notice: Again::notice(again, texts, "refusal-stale").or_else(|| closed(member, build)),
        in_force: build.in_force,
        is_open: build.closed.is_none() || again.is_some(),
        orders: orders(member, build),
        places_max: PLACES_MAX,
        actions: build.actions,
    };
    Again::answer(again, &page)
}

fn builder(
    member: &Member<'_>,
    build: &Build,
    (draft, lines): (&Programme, &[Line]),
    again: Option<(Fields, Again)>,
) -> PageResult {
    let texts = member.texts();
    let (typed, again) = again.unzip();
    let again = again.as_ref();
    // A stale form keeps the edition it was made from until it is loaded anew: the draft belongs to several people.
    let edition = typed.as_ref().map_or_else(|| draft.edition.to_string(), |typed| typed.value("edition").to_owned());
    let rows = lines.iter().map(|line| row(member.lang, build, line)).collect();
    let included = lines.iter().filter(|line| line.item.included).count();
    let page = EditPage {
        frame: frame(member, &build.session, texts.one("programme-edit-title", "reference", &draft.reference))
            .form("build"),
        form: FormView::again(texts, typed.unwrap_or_else(|| fields_of(draft, lines)), &Again::errors(again)),
        number: build.session.number,
        revision: draft.revision,
        notice: Again::notice(again, texts, "programme-stale").or_else(|| closed(member, build)),
        is_open: build.closed.is_none() || again.is_some(),
        tied: (!build.tied.is_empty()).then(|| texts.one("programme-tied", "references", build.tied.join(", "))),
        orders: orders(member, build),
        rows,
        figures: (included, draft.places),
        introduction_max: INTRODUCTION_CHARS_MAX,
        reason_max: REASON_CHARS_MAX,
        ticked: TICKED,
        edition,
    };
    Again::answer(again, &page)
}

fn row(lang: Lang, build: &Build, line: &Line) -> Row {
    let field = |part| item_field(&line.item.id, part);
    let (title, title_lang) = title(line, lang);
    Row {
        reference: line.submission.reference.clone(),
        title,
        title_lang,
        delegation: build
            .delegations
            .get(&line.submission.delegation)
            .map_or_else(String::new, |delegation| delegation.name.get(lang).clone()),
        is_proposed: line.item.proposed,
        included: field("included"),
        position: field("position"),
        reason_en: field("reason_en"),
        reason_ru: field("reason_ru"),
        override_reason: field("override_reason"),
    }
}
