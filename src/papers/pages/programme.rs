//! The work programme as a paper: what it covers, its actions in order, when each is carried out, what each is about.

use std::collections::BTreeMap;

use super::pen::Pen;
use crate::classification::List;
use crate::i18n::Texts;
use crate::papers::model::{Column, Document, Name, Run, Text, text};
use crate::programmes::model::{VoteAnswer, number_of};
use crate::programmes::operations::looks::{Line, Look, in_roll_call_order};
use crate::programmes::pages::wording;
use crate::programmes::pages::years;
use crate::programmes::workflow::State;
use crate::sessions::Session;
use crate::submissions::co_sponsors::pages::names;

/// What stands in a cell of an action in a year in which it is carried out.
const BUSY: &str = "\u{25cf}";

/// Writes the programme.
pub fn write(texts: Texts, session: &Session, look: &Look) -> Document {
    let mut pen = Pen::new(texts);
    let included: Vec<&Line> = look.lines.iter().filter(|line| line.item.included).collect();
    opening(&mut pen, look, &included);
    if !included.is_empty() {
        actions(&mut pen, look, &included);
        timeline(&mut pen, session, &included);
        pen.section("paper-programme-details");
        for (place, line) in (1..).zip(&included) {
            one(&mut pen, place, line, look);
        }
    }
    if !look.votes.is_empty() {
        roll(&mut pen, look);
    }
    let head = pen.head(session, Name::Programme, look.programme.reference.clone(), standing(texts, look));
    pen.finish(Name::Programme, head)
}

/// Returns where the programme stands, in the words that follow a reference.
pub fn standing(texts: Texts, look: &Look) -> String {
    match (look.programme.state, look.programme.adoption) {
        (State::Draft | State::Tabled, _) | (_, None) => texts.text("paper-programme-draft"),
        (_, Some((_, on))) => texts.one("paper-programme-adopted", "day", texts.day(on)),
    }
}

fn opening(pen: &mut Pen, look: &Look, included: &[&Line]) {
    let texts = pen.texts;
    let programme = &look.programme;
    if !programme.state.is_pending() {
        let record = pen.either(&wording::record(programme, &look.session, &look.votes));
        if !record.is_empty() {
            pen.numbered(record);
        }
    }
    let introduction = pen.either(&programme.introduction);
    if !introduction.is_empty() {
        pen.numbered(introduction);
    }
    let span = years(&look.session);
    pen.says("paper-programme-covers", &[("years", span), ("count", included.len().to_string())]);
    match look.ballot {
        Some(number) => pen.says("paper-programme-by-ballot", &[("number", number.to_string())]),
        None => pen.says("paper-programme-by-ranking", &[]),
    }
    let weeks: i64 = included.iter().filter_map(|line| line.columns.staff_weeks).sum();
    let without = included.iter().filter(|line| line.columns.staff_weeks.is_none()).count();
    let values = [("weeks", texts.number(weeks)), ("without", without.to_string())];
    pen.says("paper-programme-staff", &values);
    let mut money: BTreeMap<&str, i64> = BTreeMap::new();
    for line in included {
        if let Some(cost) = line.columns.cost_total {
            let sum = money.entry(line.columns.currency.as_deref().unwrap_or_default()).or_default();
            *sum = sum.saturating_add(cost);
        }
    }
    let without = included.iter().filter(|line| line.columns.cost_total.is_none()).count();
    let sums: Vec<String> = money
        .iter()
        .map(|(currency, sum)| format!("{} {currency}", texts.number(*sum)).trim_end().to_owned())
        .collect();
    if sums.is_empty() {
        pen.says("paper-programme-no-money", &[]);
    } else {
        pen.says("paper-programme-money", &[("sums", sums.join("; ")), ("without", without.to_string())]);
    }
}

fn actions(pen: &mut Pen, look: &Look, included: &[&Line]) {
    let row = |(place, line): (u32, &&Line)| {
        vec![
            text(place.to_string()),
            text(&line.submission.reference),
            pen.title(&line.columns.title, &line.submission.reference),
            text(lead(pen, look, line)),
            text(pen.years(line.columns.first_year, line.columns.last_year)),
            text(line.targets.join(", ")),
            text(line.columns.staff_weeks.map_or_else(String::new, |weeks| pen.texts.number(weeks))),
            text(money(pen, line)),
        ]
    };
    let rows = (1..).zip(included).map(row).collect();
    let columns = [
        ("paper-place", 2, true),
        ("paper-reference", 5, false),
        ("paper-title", 10, false),
        ("paper-lead", 4, false),
        ("paper-years", 3, false),
        ("paper-targets", 3, false),
        ("paper-staff", 3, true),
        ("paper-money", 4, true),
    ];
    pen.table("paper-programme-table", &columns, rows);
}

fn lead(pen: &Pen, look: &Look, line: &Line) -> String {
    look.delegations.get(&line.submission.delegation).map_or_else(String::new, |one| one.name.get(pen.lang()).clone())
}

fn money(pen: &Pen, line: &Line) -> String {
    let currency = line.columns.currency.as_deref().unwrap_or_default();
    let sum = line.columns.cost_total.map(|cost| format!("{} {currency}", pen.texts.number(cost)));
    sum.map_or_else(String::new, |sum| sum.trim_end().to_owned())
}

/// Writes the actions against the years of the programme.
fn timeline(pen: &mut Pen, session: &Session, included: &[&Line]) {
    let (first, last) = session.programme_years;
    let all: Vec<i32> = (first..=last).take(10).collect();
    let column = |title: String, share| Column { title, share, is_number: false };
    let mut columns = vec![column(pen.texts.text("paper-action"), 14)];
    columns.extend(all.iter().map(|year| column(year.to_string(), 3)));
    let is_busy = |line: &Line, year: i32| {
        let first = line.columns.first_year.or(line.columns.last_year);
        let last = line.columns.last_year.or(line.columns.first_year);
        first.zip(last).is_some_and(|(first, last)| (first..=last).contains(&year))
    };
    let row = |line: &&Line| {
        let mut title = vec![Run::new(format!("{} ", line.submission.reference))];
        title.extend(pen.title(&line.columns.title, &line.submission.reference));
        let cells = all.iter().map(|year| text(if is_busy(line, *year) { BUSY } else { "" }));
        std::iter::once(title).chain(cells).collect::<Vec<Text>>()
    };
    let rows = included.iter().map(row).collect();
    pen.table_of(pen.texts.text("paper-programme-timeline"), columns, rows);
}

fn one(pen: &mut Pen, place: u32, line: &Line, look: &Look) {
    let mut title = vec![Run::new(format!("{place}. "))];
    title.extend(pen.title(&line.columns.title, &line.submission.reference));
    title.push(Run::new(format!(" ({})", line.submission.reference)));
    pen.heading(2, title);
    let summary = pen.either(&line.columns.summary);
    pen.numbered(if summary.is_empty() { text(pen.texts.text("paper-no-summary")) } else { summary });
    let theme = line.columns.theme.as_ref().map_or_else(String::new, |code| pen.entry(List::Theme, code));
    let facts = [
        ("paper-lead", lead(pen, look, line)),
        ("paper-co-sponsors", if line.partners.is_empty() { String::new() } else { names(pen.lang(), &line.partners) }),
        ("paper-theme", theme),
    ];
    for (key, fact) in facts {
        if !fact.is_empty() {
            let labelled = pen.labelled(&pen.texts.text(key), text(fact));
            pen.item(labelled);
        }
    }
    let reason = pen.either(&line.item.reason);
    if !reason.is_empty() {
        let labelled = pen.labelled(&pen.texts.text("paper-reason"), reason);
        pen.item(labelled);
    }
}

fn roll(pen: &mut Pen, look: &Look) {
    let voted = look.votes.iter().filter_map(|(id, _)| look.delegations.get(id).cloned()).collect();
    let texts = pen.texts;
    pen.section("paper-programme-roll");
    let number = |answer| number_of(&look.votes, answer).to_string();
    let values = [
        ("yes", number(VoteAnswer::Yes)),
        ("no", number(VoteAnswer::No)),
        ("abstain", number(VoteAnswer::Abstain)),
        ("silent", number(VoteAnswer::NotVoting)),
        ("absent", number(VoteAnswer::Absent)),
    ];
    pen.says("paper-programme-votes", &values);
    let order = in_roll_call_order(voted, look.programme.id.as_str());
    let rows = order.iter().filter_map(|one| {
        let (_, answer) = look.votes.iter().find(|(id, _)| *id == one.id)?;
        Some(vec![text(one.name.get(texts.lang())), text(texts.code("programme-vote", answer))])
    });
    let rows = rows.collect();
    pen.table("paper-programme-roll", &[("paper-delegation", 3, false), ("paper-answer", 2, false)], rows);
}
