//! Scenarios side by side: limits, what each takes and leaves and why, what it uses by half-year, what delegations see.

use askama::Template;

use super::capacity::{LoadView, half, loads};
use super::{frame, years};
use crate::i18n::Texts;
use crate::i18n::order::compare as alphabetical;
use crate::programmes::model::scenarios::{Half, Limits, Obstacle, Resource};
use crate::programmes::operations::scenarios::{Compared, Weighed};
use crate::reviews::ranking::two_decimals;
use crate::web::{Answer, Frame, Member, PageResult};

/// The page.
#[derive(Template)]
#[template(path = "programmes/scenarios.html")]
struct ScenariosPage {
    frame: Frame,
    number: i32,
    lead: String,
    fields: Vec<(&'static str, String, String)>,
    currency: String,
    ways: Vec<String>,
    rows: Vec<Row>,
    charts: Vec<Chart>,
    halves: Vec<(String, Vec<String>)>,
    money: Vec<String>,
    heard: Vec<(String, Vec<String>)>,
    faults: Vec<String>,
    without: String,
    shares_missing: bool,
    loads: Vec<LoadView>,
    /// Keys of the heads of the columns of loads.
    heads: [&'static str; 3],
}

/// An action and what each scenario makes of it.
struct Row {
    reference: String,
    title: String,
    lang: &'static str,
    cells: Vec<(bool, String)>,
}

/// Actions under way by half-year in a scenario.
struct Chart {
    caption: String,
    bars: Vec<Bar>,
}

/// One bar.
struct Bar {
    label: String,
    value: String,
    share: usize,
}

/// Words what stands in the way of an action.
fn why(texts: Texts, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::NoRoom(resource) => texts.code("scenario-no-room", resource),
        Obstacle::Needs(other) => texts.one("scenario-needs", "reference", other),
        Obstacle::Excluded(other) => texts.one("scenario-excluded", "reference", other),
        Obstacle::OtherCurrency => texts.text("scenario-other-currency"),
        Obstacle::NotChosen => texts.text("scenario-not-chosen"),
    }
}

/// Returns the fields of the limits: name, label, value.
fn fields(texts: Texts, limits: &Limits) -> Vec<(&'static str, String, String)> {
    let shown = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    [
        ("places", Resource::Places, limits.places.map(u64::from)),
        ("staff_weeks", Resource::StaffWeeks, limits.staff_weeks.map(u64::from)),
        ("missions", Resource::Missions, limits.missions.map(u64::from)),
        ("money", Resource::Money, limits.money),
    ]
    .into_iter()
    .map(|(name, resource, limit)| (name, texts.code("scenario-limit", resource), shown(limit)))
    .collect()
}

fn chart(texts: Texts, one: &Weighed) -> Chart {
    let most = one.uses.under_way.values().copied().max().unwrap_or(0).max(1);
    let bar = |(at, number): (&Half, &usize)| Bar {
        label: half(texts, *at),
        value: number.to_string(),
        share: number * 100 / most,
    };
    let way = texts.code("scenario-way", one.way);
    Chart { caption: texts.one("scenario-under-way", "way", way), bars: one.uses.under_way.iter().map(bar).collect() }
}

fn rows(texts: Texts, compared: &Compared) -> Vec<Row> {
    let cell = |one: &Weighed, reference: &String| {
        if one.scenario.taken.contains(reference) {
            return (true, texts.text("scenario-in"));
        }
        let left = one.scenario.left.iter().find(|(left, _)| left == reference);
        (false, left.map_or_else(|| texts.text("scenario-out"), |(_, obstacle)| why(texts, obstacle)))
    };
    let row = |(reference, action): (&String, &crate::submissions::Submission)| {
        let (title, lang) = action.title(texts.lang()).unwrap_or((reference, texts.lang()));
        Row {
            reference: reference.clone(),
            title: title.to_owned(),
            lang: lang.code(),
            cells: compared.scenarios.iter().map(|one| cell(one, reference)).collect(),
        }
    };
    let is_known = |(reference, _): &(&String, &crate::submissions::Submission)| {
        compared.scenarios.iter().any(|one| {
            one.scenario.taken.contains(reference) || one.scenario.left.iter().any(|(left, _)| left == *reference)
        })
    };
    compared.actions.iter().filter(is_known).map(row).collect()
}

/// Shows the scenarios.
pub fn show(member: &Member<'_>, compared: &Compared) -> PageResult {
    let texts = member.texts();
    let scenarios = &compared.scenarios;
    let lead = match compared.ballot {
        Some(number) => texts.one("scenario-by-ballot", "number", number),
        None => texts.text("scenario-by-ranking"),
    };
    let halves: std::collections::BTreeSet<Half> =
        scenarios.iter().flat_map(|one| one.uses.staff_weeks.keys().copied()).collect();
    let weeks = |at: &Half| {
        let cell = |one: &Weighed| match one.uses.staff_weeks.get(at) {
            Some(number) => texts.decimal(&two_decimals(number)),
            None => "0".to_owned(),
        };
        (half(texts, *at), scenarios.iter().map(cell).collect())
    };
    let mut heard: Vec<(String, Vec<String>)> = compared
        .heard
        .iter()
        .map(|one| {
            let share = |held: &usize| {
                texts.with("scenario-held", &[("held", held.to_string()), ("supported", one.supported.to_string())])
            };
            (one.name.get(texts.lang()).clone(), one.held.iter().map(share).collect())
        })
        .collect();
    heard.sort_by(|a, b| alphabetical(texts.lang(), &a.0, &b.0));
    let fault = |(reference, obstacle): &(String, Obstacle)| format!("{reference} {}", why(texts, obstacle));
    let without: std::collections::BTreeSet<&String> =
        scenarios.iter().flat_map(|one| &one.uses.without_estimate).collect();
    let money = |one: &Weighed| {
        let sum = i64::try_from(one.uses.money).unwrap_or(i64::MAX);
        format!("{} {}", texts.number(sum), compared.limits.currency)
    };
    Answer::page(&ScenariosPage {
        frame: frame(member, &compared.session, texts.one("scenario-title", "years", years(&compared.session))),
        number: compared.session.number,
        lead,
        fields: fields(texts, &compared.limits),
        currency: compared.limits.currency.clone(),
        ways: scenarios.iter().map(|one| texts.code("scenario-way", one.way)).collect(),
        rows: rows(texts, compared),
        charts: scenarios.iter().map(|one| chart(texts, one)).collect(),
        halves: halves.iter().map(weeks).collect(),
        money: scenarios.iter().map(money).collect(),
        heard,
        faults: scenarios.iter().flat_map(|one| one.faults.iter().map(fault)).collect(),
        without: without.into_iter().cloned().collect::<Vec<_>>().join(", "),
        shares_missing: compared.ballot.is_none(),
        loads: loads(texts, compared),
        heads: ["capacity-staff-weeks", "capacity-missions", "capacity-money"],
    })
}
