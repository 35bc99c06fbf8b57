//! The page of a programme: introduction, items, adoption with its roll call, revisions.

pub mod adopt;
pub mod capacity;
pub mod edit;
pub mod scenarios;
pub mod timeline;
pub mod wording;

use std::collections::BTreeMap;

use askama::Template;

use crate::classification::List;
use crate::i18n::Texts;
use crate::kernel::lang::{Bilingual, Lang};
use crate::policy::{Action, Target};
use crate::programmes::model::{AdoptedBy, Programme, VoteAnswer, number_of};
use crate::programmes::operations::looks::{Line, Look, in_roll_call_order};
use crate::programmes::workflow::State;
use crate::sessions::Session;
use crate::submissions::Columns;
use crate::submissions::co_sponsors::pages::names;

use crate::web::{Answer, Frame, PageResult, Reader};

/// The programme.
#[derive(Template)]
#[template(path = "programmes/programme.html")]
struct ProgrammePage {
    frame: Frame,
    is_made_up: bool,
    state: State,
    notice: Option<String>,
    facts: Vec<(String, String)>,
    introduction: Option<(String, &'static str)>,
    record: Option<(String, &'static str)>,
    rows: Vec<Row>,
    staff_total: String,
    money_totals: Vec<String>,
    excluded: Option<Vec<Row>>,
    timeline: Option<timeline::Timeline>,
    decision: Option<(String, String)>,
    roll: Option<Roll>,
    revisions: Vec<RevisionView>,
    current: Option<String>,
    export: Option<String>,
    edit: Option<String>,
    adopt: Option<String>,
    revise: Option<String>,
    is_member: bool,
}

/// One item.
struct Row {
    position: i32,
    reference: String,
    href: Option<String>,
    title: String,
    title_lang: Option<&'static str>,
    delegation: String,
    partners: String,
    years: String,
    theme: String,
    targets: String,
    money: String,
    staff: String,
    reason: String,
    override_reason: String,
}

/// The roll call.
struct Roll {
    first: String,
    seed: String,
    counts: Vec<(String, usize)>,
    rows: Vec<(String, &'static str, String)>,
}

/// A revision to choose.
struct RevisionView {
    reference: String,
    state: String,
    href: String,
    is_shown: bool,
}

/// Returns the frame of a page of a session's programme.
pub fn frame(reader: &Reader, session: &Session, title: String) -> Frame {
    Frame::new(reader, title)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
}

/// Returns the years of a session's programme.
pub fn years(session: &Session) -> String {
    format!("{}\u{2013}{}", session.programme_years.0, session.programme_years.1)
}

/// Shows a programme.
pub fn show(reader: &Reader, look: &Look) -> PageResult {
    let texts = reader.texts();
    let (session, programme) = (&look.session, &look.programme);
    let address = |rest: &str| format!("/sessions/{}/programme{rest}", session.number);
    let is_member = reader.signed_in.is_some();
    let is_draft = programme.state == State::Draft;
    let included = || look.lines.iter().filter(|line| line.item.included);
    let out: Vec<&Line> = look.lines.iter().filter(|line| !line.item.included).collect();
    let has_draft = look.revisions.iter().any(|each| each.state.is_pending());
    let may_export = programme.state == State::Adopted && reader.may(Action::ExportPublic, &Target::none());
    let newest = look.revisions.iter().find(|each| each.state == State::Adopted);
    let (staff_total, money_totals) = totals(texts, included().map(|line| &line.columns));
    let page = ProgrammePage {
        frame: frame(reader, session, texts.one("programme-title", "reference", &programme.reference)),
        is_made_up: session.is_demonstration,
        state: programme.state,
        notice: match programme.state {
            State::Draft => Some(texts.text("programme-draft-notice")),
            State::Tabled => Some(texts.text("programme-tabled-notice")),
            State::Superseded => Some(texts.text("programme-superseded-notice")),
            State::Adopted => None,
        },
        facts: facts(texts, look),
        introduction: side(&programme.introduction, reader.lang),
        record: side(&wording::record(programme, session, &look.votes), reader.lang),
        rows: included().map(|line| row(texts, look, line, is_member)).collect(),
        staff_total,
        money_totals,
        excluded: (is_member && !out.is_empty())
            .then(|| out.into_iter().map(|line| row(texts, look, line, is_member)).collect()),
        timeline: timeline::of(texts, look, &included().collect::<Vec<_>>()),
        decision: decision(texts, look),
        roll: (!look.votes.is_empty()).then(|| roll(texts, look)),
        revisions: look.revisions.iter().map(|each| revision(texts, session, programme, each)).collect(),
        current: newest.filter(|_| programme.state == State::Superseded).map(|_| address("")),
        export: may_export.then(|| format!("/sessions/{}/exports/programme.csv?lang={}", session.number, reader.lang)),
        edit: (look.builds && has_draft).then(|| address("/edit")),
        adopt: (look.builds && is_draft).then(|| address("/adopt")),
        revise: (look.builds && !has_draft).then(|| address("/revise")),
        is_member,
    };
    Answer::page(&page)
}

/// Returns the side of a text in a language, or the other side, with its language.
fn side(text: &Bilingual<String>, lang: Lang) -> Option<(String, &'static str)> {
    [lang, lang.other()]
        .into_iter()
        .map(|lang| (text.get(lang).clone(), lang.code()))
        .find(|(text, _)| !text.is_empty())
}

fn facts(texts: Texts, look: &Look) -> Vec<(String, String)> {
    let programme = &look.programme;
    let order = match look.ballot {
        Some(number) => texts.one("programme-order-ballot", "number", number),
        None => texts.text("programme-order-ranking"),
    };
    let mut facts = vec![
        (texts.text("programme-years"), years(&look.session)),
        (texts.text("programme-places"), programme.places.to_string()),
        (texts.text("programme-order"), order),
    ];
    if let Some((by, on)) = programme.adoption {
        facts.push((texts.text("programme-adopted-by"), texts.code("programme-adopted-by", by)));
        facts.push((texts.text("programme-adopted-on"), texts.day(on)));
    }
    facts
}

/// Returns where an action leads: to its progress once the programme is adopted, before to the submission.
fn address(look: &Look, line: &Line, is_member: bool) -> Option<String> {
    let reference = &line.submission.reference;
    if line.item.included && !look.programme.state.is_pending() {
        return Some(format!("/submissions/{reference}/progress"));
    }
    is_member.then(|| format!("/submissions/{reference}"))
}

/// Returns one item as the table shows it.
fn row(texts: Texts, look: &Look, line: &Line, is_member: bool) -> Row {
    let lang = texts.lang();
    let (title, title_lang) = title(line, lang);
    let columns = &line.columns;
    let dash = || "\u{2013}".to_owned();
    Row {
        position: line.item.position,
        href: address(look, line, is_member),
        reference: line.submission.reference.clone(),
        title,
        title_lang,
        delegation: look
            .delegations
            .get(&line.submission.delegation)
            .map_or_else(String::new, |delegation| delegation.name.get(lang).clone()),
        partners: match line.partners.as_slice() {
            [] => String::new(),
            all => texts.one("co-sponsors-line", "names", names(lang, all)),
        },
        years: match (columns.first_year, columns.last_year) {
            (Some(first), Some(last)) if first != last => format!("{first}\u{2013}{last}"),
            (Some(year), _) | (None, Some(year)) => year.to_string(),
            (None, None) => dash(),
        },
        theme: columns
            .theme
            .as_deref()
            .and_then(|code| List::Theme.entry(code))
            .map_or_else(dash, |entry| entry.label(List::Theme, lang)),
        targets: if line.targets.is_empty() { dash() } else { line.targets.join(", ") },
        money: money(texts, columns).unwrap_or_else(dash),
        staff: columns.staff_weeks.map_or_else(dash, |weeks| texts.number(weeks)),
        reason: line.item.reason.get(lang).clone(),
        override_reason: line.item.override_reason.clone(),
    }
}

/// Returns the title of an action and its language where that is not the page's; the reference where there is none.
pub fn title(line: &Line, lang: Lang) -> (String, Option<&'static str>) {
    match side(&line.columns.title, lang) {
        Some((title, side)) => (title, (side != lang.code()).then_some(side)),
        None => (line.submission.reference.clone(), None),
    }
}

fn money(texts: Texts, columns: &Columns) -> Option<String> {
    let currency = columns.currency.as_deref().unwrap_or_default();
    columns.cost_total.map(|cost| format!("{} {currency}", texts.number(cost)).trim_end().to_owned())
}

/// Returns the staff weeks in all, and the money in all, currency by currency.
fn totals<'a>(texts: Texts, columns: impl Iterator<Item = &'a Columns>) -> (String, Vec<String>) {
    let mut staff: i64 = 0;
    let mut money: BTreeMap<&str, i64> = BTreeMap::new();
    for each in columns {
        staff = staff.saturating_add(each.staff_weeks.unwrap_or(0));
        if let Some(cost) = each.cost_total {
            let sum = money.entry(each.currency.as_deref().unwrap_or_default()).or_default();
            *sum = sum.saturating_add(cost);
        }
    }
    let sums =
        money.into_iter().map(|(currency, sum)| format!("{} {currency}", texts.number(sum)).trim_end().to_owned());
    (texts.number(staff), sums.collect())
}

fn roll(texts: Texts, look: &Look) -> Roll {
    let voted = look.votes.iter().filter_map(|(id, _)| look.delegations.get(id).cloned()).collect();
    let order = in_roll_call_order(voted, look.programme.id.as_str());
    let answer_of = |id| look.votes.iter().find(|(held, _)| held == id).map(|(_, answer)| *answer);
    let rows: Vec<(String, &'static str, String)> = order
        .iter()
        .filter_map(|each| {
            let answer = answer_of(&each.id)?;
            let class = if answer == VoteAnswer::NotVoting { "absent" } else { answer.code() };
            Some((each.name.get(texts.lang()).clone(), class, texts.code("programme-vote", answer)))
        })
        .collect();
    let counts =
        VoteAnswer::ALL.iter().map(|answer| (texts.code("programme-vote", answer), number_of(&look.votes, *answer)));
    Roll {
        first: rows.first().map_or_else(String::new, |(name, _, _)| name.clone()),
        seed: look.programme.id.to_string(),
        counts: counts.collect(),
        rows,
    }
}

/// Words by which decision the group decides or has decided on the programme, and where that stands.
fn decision(texts: Texts, look: &Look) -> Option<(String, String)> {
    let address = |number: i32| format!("/sessions/{}/decisions/{number}", look.session.number);
    match (&look.decision, look.under_way) {
        (Some((number, rung)), _) => {
            let values = [("number", number.to_string()), ("rung", texts.code("decision-rung", rung))];
            Some((texts.with("programme-by-decision", &values), address(*number)))
        }
        (None, Some(number)) => Some((texts.one("programme-decision-under-way", "number", number), address(number))),
        (None, None) => None,
    }
}

fn revision(texts: Texts, session: &Session, shown: &Programme, each: &Programme) -> RevisionView {
    let state = texts.code("programme-state", each.state);
    let on = each.adoption.map(|(_, on): (AdoptedBy, _)| texts.day(on));
    RevisionView {
        reference: each.reference.clone(),
        state: on.map_or(state.clone(), |on| format!("{state}, {on}")),
        href: format!("/sessions/{}/programme/{}", session.number, each.revision),
        is_shown: each.id == shown.id,
    }
}
