//! What the pages of the room show: the list, the page of a session, its forms, its reviewers.
//!
//! This file holds what they share: moments in two zones, steps with their windows, names of zones.

pub mod calendar;
pub mod hub;
pub mod list;
pub mod manage;
pub mod reviewers;
pub mod second_factor;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::model::zones::legal_zones;
use super::model::{Calendar, Session, Step};
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::kernel::zones::ZONES;
use crate::policy::{Action, Target};
use crate::web::Reader;

/// A moment in the legal zone and, where the clock differs, in the reader's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentView {
    /// In the legal zone.
    pub legal: String,
    /// In the reader's zone; empty when the clock shows the same.
    pub own: String,
}

impl MomentView {
    /// Returns both in one line.
    pub fn line(&self, texts: Texts) -> String {
        if self.own.is_empty() {
            self.legal.clone()
        } else {
            texts.with("session-moment-both", &[("legal", &self.legal), ("own", &self.own)])
        }
    }
}

/// Writes a moment in the legal zone and in the reader's; visitors have no zone of their own.
pub fn moment(reader: &Reader, at: NaiveDateTime, zone: Tz) -> MomentView {
    let texts = reader.texts();
    let (legal, own) = (texts.moment(at, zone), texts.moment(at, reader.zone));
    let is_told = reader.signed_in.is_some() && own != legal;
    MomentView { own: if is_told { own } else { String::new() }, legal }
}

/// A step with its window.
#[derive(Debug, Clone)]
pub struct StepView {
    /// Code of the step.
    pub code: &'static str,
    /// Name of the step.
    pub name: String,
    /// What happens in it.
    pub explained: String,
    /// Whether it is over.
    pub is_over: bool,
    /// Whether it is open.
    pub is_open: bool,
    /// Open, closed, not yet, not set: worded.
    pub standing: String,
    /// When it opens, if that is set.
    pub opens: Option<MomentView>,
    /// When it closes, if that is set.
    pub closes: Option<MomentView>,
}

/// Returns the steps of a session as they stand now.
pub fn steps(reader: &Reader, calendar: &Calendar) -> Vec<StepView> {
    let (texts, now, zone) = (reader.texts(), reader.now(), calendar.session.time_zone);
    Step::ALL
        .iter()
        .map(|step| {
            let window = calendar.window(*step);
            let is_open = window.is_some_and(|window| window.is_open(now));
            let is_over = window.is_some_and(|window| window.closes_at <= now);
            let standing = match (window, is_open, is_over) {
                (None, ..) => "unset",
                (_, true, _) => "open",
                (_, _, true) => "closed",
                _ => "later",
            };
            StepView {
                code: step.code(),
                name: texts.code("step", step),
                explained: texts.text(&format!("session-step-{step}-explained")),
                is_over,
                is_open,
                standing: texts.code("window", standing),
                opens: window.map(|window| moment(reader, window.opens_at, zone)),
                closes: window.map(|window| moment(reader, window.closes_at, zone)),
            }
        })
        .collect()
}

/// Something that waits to be done, for the macro `tasks`.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// What is to be done.
    pub text: String,
    /// More about it; may be empty.
    pub detail: String,
    /// What the link says.
    pub action: String,
    /// Where it is done.
    pub href: String,
    /// Whether it is urgent.
    pub soon: bool,
}

/// Writes the days of a session: one day or from to.
pub fn days(texts: Texts, session: &Session) -> String {
    between(texts, session.starts_on, session.ends_on)
}

fn between(texts: Texts, from: NaiveDate, until: NaiveDate) -> String {
    if from == until {
        texts.day(from)
    } else {
        texts.with("session-days", &[("from", texts.day(from)), ("until", texts.day(until))])
    }
}

/// Returns the name of a zone by its city.
pub fn zone_name(texts: Texts, zone: Tz) -> String {
    match ZONES.iter().find(|(known, _)| *known == zone) {
        Some((_, word)) => texts.code("zone", word),
        None => zone.name().to_owned(),
    }
}

/// Returns the zones to choose from.
fn zones(texts: Texts) -> Vec<(String, String)> {
    legal_zones().map(|(zone, word)| (zone.name().to_owned(), texts.code("zone", word))).collect()
}

/// Returns the address of a session, or of a page within it.
pub fn address(number: i32, page: &str) -> String {
    if page.is_empty() { format!("/sessions/{number}") } else { format!("/sessions/{number}/{page}") }
}

/// Returns the title of a session in a language.
pub fn title(session: &Session, lang: Lang) -> String {
    session.title.get(lang).clone()
}

/// Returns whether the reader may do something for any of their delegations, or for none in particular.
pub fn may_for_own(reader: &Reader, action: Action, target: &Target) -> bool {
    let own = |delegation| Target { delegation: Some(delegation), ..target.clone() };
    reader.may(action, target) || reader.actor.delegations().cloned().any(|own_one| reader.may(action, &own(own_one)))
}

/// The forms about a session: key of the name, last part of the address.
const FORMS: [(&str, &str); 6] = [
    ("session-edit", "edit"),
    ("session-windows", "windows"),
    ("session-criteria", "criteria"),
    ("session-rules", "rules"),
    ("session-reviewers", "reviewers"),
    ("session-second-factor", "second-factor"),
];

/// One of the forms, as a tab.
struct TabView {
    label: String,
    href: String,
    is_current: bool,
}

/// The forms of a session as tabs.
fn tabs(texts: Texts, session: &Session, current: &str) -> Vec<TabView> {
    FORMS
        .iter()
        .map(|(key, page)| TabView {
            label: texts.text(key),
            href: address(session.number, page),
            is_current: *page == current,
        })
        .collect()
}
