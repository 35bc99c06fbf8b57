//! The form of what the secretariat can carry in each half-year, and what scenarios ask of it.

use askama::Template;
use num_rational::BigRational;

use super::frame;
use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::programmes::forms::capacity_fields;
use crate::programmes::model::capacity::{Capacities, excess, field, halves};
use crate::programmes::model::scenarios::Half;
use crate::programmes::operations::scenarios::{Compared, Weighed};
use crate::reviews::ranking::two_decimals;
use crate::sessions::Session;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, Member, PageResult};

/// The numbers of a half-year.
struct HalfView {
    name: String,
    staff_weeks: String,
    missions: String,
    money: String,
}

/// The form.
#[derive(Template)]
#[template(path = "programmes/capacity.html")]
struct CapacityPage {
    frame: Frame,
    form: FormView,
    action: String,
    cancel: String,
    notice: Option<String>,
    halves: Vec<HalfView>,
}

/// Words a half-year.
pub fn half(texts: Texts, (year, half): Half) -> String {
    texts.with("scenario-half", &[("year", year.to_string()), ("half", half.to_string())])
}

/// Shows the form; `typed` with what was typed and why it is shown again.
pub fn show(
    member: &Member<'_>,
    (session, held): &(Session, Capacities),
    typed: Option<(Fields, Again)>,
) -> PageResult {
    let texts = member.texts();
    let scenarios = format!("/sessions/{}/programme/scenarios", session.number);
    let (fields, again) = typed.map_or_else(|| (capacity_fields(held), None), |(fields, again)| (fields, Some(again)));
    let errors: FieldErrors = Again::errors(again.as_ref());
    let fields = Again::fields(again.as_ref(), fields, held.print());
    let view = |at: Half| HalfView {
        name: half(texts, at),
        staff_weeks: field("staff_weeks", at),
        missions: field("missions", at),
        money: field("money", at),
    };
    let page = CapacityPage {
        frame: frame(member, session, texts.text("capacity-title"))
            .crumb(texts.text("scenario-open"), scenarios.clone())
            .form("main"),
        form: FormView::again(texts, fields, &errors),
        action: format!("/sessions/{}/programme/capacity", session.number),
        cancel: scenarios,
        notice: Again::notice(again.as_ref(), texts, "capacity-stale"),
        halves: halves(session.programme_years).into_iter().map(view).collect(),
    };
    Again::answer(again.as_ref(), &page)
}

/// What a scenario asks for beside what can be carried.
pub struct LoadView {
    /// How the scenario comes about.
    pub way: String,
    /// How often it asks for too much, in words.
    pub verdict: String,
    /// Whether it does.
    pub is_over: bool,
    /// Each half-year: its name, and of staff weeks, missions and money whether they are over and the words.
    pub rows: Vec<(String, [(bool, String); 3])>,
    /// Actions whose cost is in another currency.
    pub others: String,
}

/// Returns what each scenario asks for in each half-year beside what can be carried; nothing while nothing is set.
pub fn loads(texts: Texts, compared: &Compared) -> Vec<LoadView> {
    if compared.capacities.by_half.is_empty() {
        return Vec::new();
    }
    compared.scenarios.iter().map(|one| load(texts, compared, one)).collect()
}

fn load(texts: Texts, compared: &Compared, one: &Weighed) -> LoadView {
    let capacities = &compared.capacities;
    let row = |at: Half| {
        let (load, limit) = (one.loads.of(at), capacities.of(at));
        let cells = [
            cell(texts, &load.staff_weeks, limit.staff_weeks.map(u64::from)),
            cell(texts, &load.missions, limit.missions.map(u64::from)),
            cell(texts, &load.money, limit.money),
        ];
        (half(texts, at), cells)
    };
    let rows: Vec<_> = halves(compared.session.programme_years).into_iter().map(row).collect();
    let over = rows.iter().filter(|(_, cells)| cells.iter().any(|(is_over, _)| *is_over)).count();
    LoadView {
        way: texts.code("scenario-way", one.way),
        verdict: if over == 0 { texts.text("capacity-fits") } else { texts.one("capacity-exceeded", "count", over) },
        is_over: over > 0,
        rows,
        others: if capacities.currency.is_empty() {
            String::new()
        } else {
            one.loads.other_currency.iter().cloned().collect::<Vec<_>>().join(", ")
        },
    }
}

/// Words a load beside its limit, and says whether it is over.
fn cell(texts: Texts, load: &BigRational, limit: Option<u64>) -> (bool, String) {
    let number = |number: &BigRational| texts.decimal(&two_decimals(number));
    let Some(limit) = limit else { return (false, texts.one("capacity-unlimited", "load", number(load))) };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut values = vec![("load", number(load)), ("limit", texts.number(limit))];
    match excess(load, u64::try_from(limit).ok()) {
        Some(over) => {
            values.push(("over", number(&over)));
            (true, texts.with("capacity-over", &values))
        }
        None => (false, texts.with("capacity-within", &values)),
    }
}
