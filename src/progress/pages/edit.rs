//! The form of a report.

use askama::Template;

use super::{address, frame, half_year, side, title};
use crate::policy::Action;
use crate::progress::forms::{GIVE, TICKED, fields_of};
use crate::progress::model::{OutputState, TEXT_CHARS_MAX, VALUE_CHARS_MAX, output_field, value_field};
use crate::progress::operations::viewing::Writing;
use crate::progress::workflow::State;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, Member, PageResult};

/// An output to report on.
struct OutputRow {
    field: String,
    name: String,
    due: String,
}

/// An indicator to report on.
struct IndicatorRow {
    field_en: String,
    field_ru: String,
    name: String,
    hint: String,
}

/// The form.
#[derive(Template)]
#[template(path = "progress/edit.html")]
struct EditPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    action: String,
    back: String,
    title: (String, &'static str),
    outputs: Vec<OutputRow>,
    states: Vec<(String, String)>,
    indicators: Vec<IndicatorRow>,
    named: String,
    gives: bool,
    give: &'static str,
    ticked: &'static str,
    text_max: (usize, usize),
    value_max: (usize, usize),
}

/// Shows the form, fresh or again with what was typed.
pub fn show(member: &Member<'_>, writing: &Writing, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = member.texts();
    let Writing { course, report } = writing;
    let reference = &course.submission.reference;
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let outputs = course.plan.outputs.iter().enumerate().map(|(at, output)| OutputRow {
        field: output_field(at),
        name: side(&output.name, member.lang).0,
        due: texts.one("progress-due", "half", half_year(texts, &output.due)),
    });
    let indicators = course.plan.indicators.iter().enumerate().map(|(at, indicator)| {
        let values = [("baseline", &indicator.baseline), ("target", &indicator.target)];
        let values = values.map(|(name, text)| (name, side(text, member.lang).0));
        IndicatorRow {
            field_en: format!("{}_en", value_field(at)),
            field_ru: format!("{}_ru", value_field(at)),
            name: side(&indicator.name, member.lang).0,
            hint: texts.with("progress-indicator-hint", &values),
        }
    });
    let named: Vec<String> = course.named.iter().map(|one| one.name.get(member.lang).clone()).collect();
    let page = EditPage {
        frame: frame(member, &course.session, super::name(texts, report))
            .crumb(reference.clone(), address(reference, ""))
            .form("main"),
        form: FormView::again(texts, typed.unwrap_or_else(|| fields_of(report)), &Again::errors(again)),
        notice: Again::notice(again, texts, "progress-stale"),
        action: address(reference, "/report"),
        back: address(reference, ""),
        title: title(&course.title(), reference, member.lang),
        outputs: outputs.collect(),
        states: OutputState::ALL
            .iter()
            .map(|state| (state.code().to_owned(), texts.code("progress-output", state)))
            .collect(),
        indicators: indicators.collect(),
        named: if named.is_empty() {
            texts.text("progress-asks-nobody")
        } else {
            texts.one("progress-asks", "countries", named.join(", "))
        },
        gives: member.may(Action::GiveReport, &course.target(State::Draft)),
        give: GIVE,
        ticked: TICKED,
        text_max: TEXT_CHARS_MAX,
        value_max: VALUE_CHARS_MAX,
    };
    Again::answer(again, &page)
}
