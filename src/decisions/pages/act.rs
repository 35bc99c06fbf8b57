//! The form of an act: what it does, the fields that it asks for, one button.

use askama::Template;

use super::{address, frame, place};
use crate::decisions::forms;
use crate::decisions::model::silence::usual_end;
use crate::decisions::model::{Grade, POSITION_CHARS_MAX};
use crate::decisions::operations::acts::Act;
use crate::decisions::operations::target;
use crate::decisions::operations::viewing::Look;
use crate::policy::Action;
use crate::sessions::pages::zone_name;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// The form.
#[derive(Template)]
#[template(path = "decisions/act.html")]
struct ActPage {
    frame: Frame,
    form: FormView,
    lead: String,
    notice: Option<String>,
    action: String,
    back: String,
    decision: String,
    vacant: Vec<String>,
    grades: Vec<(String, String)>,
    delegations: Vec<(String, String)>,
    has_until: bool,
    zone: String,
    /// Fields of several lines: name, label, hint.
    areas: Vec<(&'static str, String, String)>,
    position_max: Option<(usize, usize)>,
    is_grave: bool,
}

/// Shows the form, fresh or again with what was typed.
pub fn show(reader: &Reader, look: &Look, act: Act, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = reader.texts();
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let at = place(&look.session, &look.decision);
    let leads = reader.may(Action::ManageDecision, &target(&look.decision));
    let title = look.decision.title.get(reader.lang).clone();
    let grades = if act == Act::Support { Grade::ALL } else { &[] };
    let page = ActPage {
        frame: frame(reader, look, texts.code("decision-act", act)).crumb(title.clone(), address(at, "")).form("main"),
        form: FormView::again(texts, typed.unwrap_or_else(|| fresh(reader, look, act)), &Again::errors(again)),
        lead: texts.text(&format!("decision-act-{act}-explained")),
        notice: Again::notice(again, texts, "decision-stale"),
        action: address(at, &format!("/acts/{act}")),
        back: address(at, ""),
        decision: title,
        vacant: if act == Act::StartSilence {
            look.vacant.iter().map(|delegation| delegation.name.get(reader.lang).clone()).collect()
        } else {
            Vec::new()
        },
        grades: grades.iter().map(|grade| (grade.code().to_owned(), texts.code("decision-grade", grade))).collect(),
        delegations: if act == Act::AskVote && leads { delegations(reader, look) } else { Vec::new() },
        has_until: matches!(act, Act::StartSilence | Act::ExtendSilence),
        zone: zone_name(texts, look.session.time_zone),
        areas: areas(act)
            .iter()
            .map(|name| {
                (*name, texts.code("decision-field", name), texts.text(&format!("decision-field-{name}-{act}")))
            })
            .collect(),
        position_max: (act == Act::Explain).then_some(POSITION_CHARS_MAX),
        is_grave: matches!(act, Act::Withdraw),
    };
    Again::answer(again, &page)
}

/// Returns the fields of several lines that an act asks for.
const fn areas(act: Act) -> &'static [&'static str] {
    match act {
        Act::Support => &["note"],
        Act::Object => &["passage", "reason"],
        Act::ExtendSilence | Act::Withdraw => &["reason"],
        Act::OpenSenseCheck
        | Act::CloseSenseCheck
        | Act::OpenRegister
        | Act::Adopt
        | Act::StartSilence
        | Act::CheckText
        | Act::AskVote
        | Act::CloseVote
        | Act::Explain => &[],
    }
}

fn delegations(reader: &Reader, look: &Look) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = look
        .delegations
        .values()
        .filter(|delegation| delegation.votes)
        .map(|delegation| (delegation.code.clone(), delegation.name.get(reader.lang).clone()))
        .collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    std::iter::once((String::new(), reader.texts().text("decision-choose"))).chain(found).collect()
}

/// Returns what the fields hold at first: what the delegation has said before, or the usual end of a silence.
fn fresh(reader: &Reader, look: &Look, act: Act) -> Fields {
    let fields = Fields::none().set("edition", look.decision.edition.to_string());
    let zone = look.session.time_zone;
    match act {
        Act::StartSilence => fields.set("until", forms::local(usual_end(reader.now(), zone), zone)),
        Act::ExtendSilence => {
            let until = look.decision.silence.map_or_else(|| reader.now(), |silence| silence.until);
            fields.set("until", forms::local(usual_end(until, zone), zone))
        }
        Act::Support => match look.support.iter().find(|each| Some(&each.delegation) == look.own.as_ref()) {
            Some(own) => fields.set("grade", own.grade.code()).set("note", own.note.clone()),
            None => fields,
        },
        Act::Explain => match look.positions.iter().find(|each| Some(&each.delegation) == look.own.as_ref()) {
            Some(own) => fields.set("text_en", own.text.en.clone()).set("text_ru", own.text.ru.clone()),
            None => fields,
        },
        _ => fields,
    }
}
