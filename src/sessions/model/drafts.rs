//! What a form or a command hands over, with its rules: details of a session, windows, criteria, voting rules.
//!
//! Every rule answers with all messages at once, by the name that the field has in the form.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde::Deserialize;
use validator::{ValidateLength, ValidateRange};

use super::zones::{Twice, legal_zone, to_utc_or_later};
use super::{Criterion, Step, VotingRules, WEIGHTS_SUM, Window};
use crate::kernel::body;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Bilingual;
use crate::tally::Method;
use crate::tally::turnout::{Base, Quorum};

/// Longest title or place in characters, for English; Russian gets a quarter more (DESIGN §6).
pub const TITLE_CHARS_MAX: u32 = 150;
/// Longest name of a criterion in characters, for English.
pub const NAME_CHARS_MAX: u32 = 120;
/// Longest help of a criterion in characters, for English.
pub const HELP_CHARS_MAX: u32 = 500;
/// Most criteria of a session.
pub const CRITERIA_MAX: usize = 12;
/// Most delegations that a quorum can ask for.
pub const QUORUM_MAX: u32 = 50;
/// Most years of a programme.
const PROGRAMME_YEARS_MAX: i32 = 10;
/// The earliest and the latest year that anybody means.
const YEARS: (i32, i32) = (1990, 2100);
/// Highest number of a session.
const NUMBER_MAX: i32 = 999;

/// Returns the limit in characters of the Russian text beside an English one.
pub const fn russian_limit(chars_max: u32) -> u32 {
    chars_max + chars_max / 4
}

/// The session that a form showed, and how often it had been changed by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Number of the session.
    pub number: i32,
    /// Its edition.
    pub edition: i32,
}

/// What the secretariat writes about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Title.
    pub title: Bilingual<String>,
    /// Where it meets.
    pub place: Bilingual<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Legal zone of its deadlines.
    pub time_zone: Tz,
    /// First and last year of its programme.
    pub programme_years: (i32, i32),
}

impl Details {
    /// Returns everything that is wrong.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        check_both(&self.title, "title", TITLE_CHARS_MAX, &mut errors);
        check_both(&self.place, "place", TITLE_CHARS_MAX, &mut errors);
        if self.ends_on < self.starts_on {
            errors.add("ends_on", Message::new("ends-before-start"));
        }
        if legal_zone(self.time_zone.name()).is_none() {
            errors.add("time_zone", Message::new("unknown-choice").text("value", self.time_zone.name()));
        }
        let (first, last) = self.programme_years;
        check_range(first, "first_year", YEARS, &mut errors);
        check_range(last, "last_year", YEARS, &mut errors);
        if last < first {
            errors.add("last_year", Message::new("ends-before-start"));
        } else if last - first >= PROGRAMME_YEARS_MAX {
            errors.add("last_year", Message::new("span").number("most", PROGRAMME_YEARS_MAX.into()));
        }
        errors
    }
}

/// A session to be created, with everything it starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its number.
    pub number: i32,
    /// Title, place, days, zone, programme years.
    pub details: Details,
    /// Windows; [`Window::proposed`] proposes them.
    pub windows: Vec<Window>,
    /// Criteria; [`NewCriterion::defaults`] are those that ship.
    pub criteria: Vec<NewCriterion>,
    /// Rules that its ballots start with.
    pub rules: VotingRules,
    /// Whether it only demonstrates.
    pub is_demonstration: bool,
}

impl NewSession {
    /// Returns a session with proposed windows, the default criteria and the default voting rules.
    pub fn new(number: i32, details: Details) -> Self {
        let windows = Window::proposed(&details);
        let criteria = NewCriterion::defaults();
        Self { number, details, windows, criteria, rules: VotingRules::default(), is_demonstration: false }
    }

    /// Returns everything that is wrong.
    pub fn check(&self) -> FieldErrors {
        let mut errors = self.details.check();
        check_range(self.number, "number", (1, NUMBER_MAX), &mut errors);
        for other in [check_windows(&self.windows), check_criteria(&self.criteria), self.rules.check()] {
            errors.extend(&other);
        }
        errors
    }
}

impl Window {
    /// Proposes windows around the days of a session: working hours of the legal zone, counted in weeks.
    pub fn proposed(details: &Details) -> Vec<Self> {
        let at = |day: NaiveDate, weeks: i64, hour: u32, twice| {
            let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
            to_utc_or_later((day + TimeDelta::weeks(weeks)).and_time(time), details.time_zone, twice)
        };
        let (start, end) = (details.starts_on, details.ends_on);
        let window = |step, opens: i64, closes: (NaiveDate, i64)| Self {
            step,
            opens_at: at(start, opens, 9, Twice::First),
            closes_at: at(closes.0, closes.1, 18, Twice::Second),
        };
        vec![
            window(Step::Submissions, -14, (start, -8)),
            window(Step::Screening, -14, (start, -6)),
            window(Step::Reviews, -6, (start, -2)),
            window(Step::Ballots, -1, (end, 0)),
            window(Step::Programme, -1, (end, 4)),
        ]
    }
}

/// When the steps of a session are open, and what becomes of what is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Windows; a step that is not among them has none and is closed.
    pub windows: Vec<Window>,
    /// Whether what is handed in after the window of submissions is taken as late, and not refused.
    pub takes_late: bool,
}

/// Returns what is wrong with windows.
pub fn check_windows(windows: &[Window]) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for window in windows.iter().filter(|window| window.closes_at <= window.opens_at) {
        errors.add(format!("{}_closes", window.step), Message::new("closes-before-opening"));
    }
    errors
}

/// A criterion to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCriterion {
    /// Its name.
    pub name: Bilingual<String>,
    /// What to look at.
    pub help: Bilingual<String>,
    /// Its share of the whole, in per cent.
    pub weight: i32,
}

/// The part of the file that this room reads; the meanings of the marks belong to the reviews.
#[derive(Deserialize)]
struct CriteriaFile {
    criteria: Vec<NewCriterion>,
}

static DEFAULT_CRITERIA: LazyLock<Vec<NewCriterion>> = LazyLock::new(|| {
    NewCriterion::read(body::text("criteria.toml", include_str!("../../../data/criteria.toml")))
        .unwrap_or_else(|error| panic!("invariant: the criteria are checked and well formed: {error}"))
});

impl NewCriterion {
    /// Reads the criteria of a file, which a session could have as they stand.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let file: CriteriaFile = toml::from_str(text).map_err(|error| error.to_string())?;
        match check_criteria(&file.criteria).iter().next() {
            None => Ok(file.criteria),
            Some((field, messages)) => Err(format!("{field}: {}", messages[0].code)),
        }
    }

    /// Returns the criteria that a new session starts with.
    pub fn defaults() -> Vec<Self> {
        DEFAULT_CRITERIA.clone()
    }
}

impl From<Criterion> for NewCriterion {
    fn from(criterion: Criterion) -> Self {
        Self { name: criterion.name, help: criterion.help, weight: criterion.weight }
    }
}

/// Returns what is wrong with the criteria of a session, by rows from 0.
pub fn check_criteria(criteria: &[NewCriterion]) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for (row, criterion) in criteria.iter().enumerate() {
        check_both(&criterion.name, &format!("rows.{row}.name"), NAME_CHARS_MAX, &mut errors);
        check_both(&criterion.help, &format!("rows.{row}.help"), HELP_CHARS_MAX, &mut errors);
        check_range(criterion.weight, &format!("rows.{row}.weight"), (1, WEIGHTS_SUM), &mut errors);
    }
    if criteria.len() > CRITERIA_MAX {
        errors.add("rows", Message::new("too-many").number("most", i64::try_from(CRITERIA_MAX).unwrap_or(i64::MAX)));
    }
    let sum: i64 = criteria.iter().map(|criterion| i64::from(criterion.weight)).sum();
    if sum != i64::from(WEIGHTS_SUM) {
        errors.add("rows", Message::new("weights-sum").number("sum", sum).number("wanted", WEIGHTS_SUM.into()));
    }
    errors
}

impl Default for VotingRules {
    /// Returns the rules that a session starts with: Borda, ties stand, of those present and voting, half must be there.
    fn default() -> Self {
        Self {
            method: Method::Borda,
            tie_rule: "refuse".to_owned(),
            base: Base::PresentAndVoting,
            quorum: Quorum::MajorityOfElectorate,
        }
    }
}

impl VotingRules {
    /// Returns everything that is wrong.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        if !Self::methods().any(|method| method == self.method) {
            errors.add("method", Message::new("unknown-choice").text("value", self.method.code()));
        }
        if !Self::is_tie_rule(&self.tie_rule) {
            errors.add("tie_rule", Message::new("unknown-choice").text("value", self.tie_rule.as_str()));
        }
        if let Quorum::Number(number) = self.quorum
            && !number.validate_range(Some(1), Some(QUORUM_MAX), None, None)
        {
            let message = Message::new("range").number("min", 1).number("max", QUORUM_MAX.into());
            errors.add("quorum_number", message);
        }
        errors
    }
}

fn check_both(text: &Bilingual<String>, field: &str, chars_max: u32, errors: &mut FieldErrors) {
    for (side, text, max) in [("en", &text.en, chars_max), ("ru", &text.ru, russian_limit(chars_max))] {
        let field = format!("{field}_{side}");
        if text.trim().is_empty() {
            errors.add(field, Message::new("required"));
        } else if !text.validate_length(None, Some(max.into()), None) {
            let over = i64::try_from(text.chars().count()).unwrap_or(i64::MAX) - i64::from(max);
            errors.add(field, Message::new("too-long").number("max", max.into()).number("over", over));
        }
    }
}

fn check_range(number: i32, field: &str, (min, max): (i32, i32), errors: &mut FieldErrors) {
    if !number.validate_range(Some(min), Some(max), None, None) {
        errors.add(field, Message::new("range").number("min", min.into()).number("max", max.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> Details {
        let both = || Bilingual::new("Text".to_owned(), "Текст".to_owned());
        let day = NaiveDate::from_ymd_opt(2020, 11, 16).unwrap();
        Details {
            title: both(),
            place: both(),
            starts_on: day,
            ends_on: day,
            time_zone: Tz::Asia__Kabul,
            programme_years: (2021, 2023),
        }
    }

    fn codes(errors: &FieldErrors) -> Vec<(String, String)> {
        errors.iter().flat_map(|(field, all)| all.iter().map(|one| (field.to_owned(), one.code.clone()))).collect()
    }

    #[test]
    fn what_ships_passes_its_own_rules() {
        assert_eq!(codes(&NewSession::new(15, details()).check()), []);
        assert_eq!(NewCriterion::defaults().len(), 5);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let mut new = NewSession::new(0, details());
        new.details.title.ru = " ".to_owned();
        new.details.ends_on = new.details.starts_on - TimeDelta::days(1);
        new.details.programme_years = (2021, 2031);
        new.criteria[0].weight = 24;
        new.rules.quorum = Quorum::Number(0);
        let expected = [
            ("ends_on", "ends-before-start"),
            ("last_year", "span"),
            ("number", "range"),
            ("quorum_number", "range"),
            ("rows", "weights-sum"),
            ("title_ru", "required"),
            ("ballots_closes", "closes-before-opening"),
        ];
        let mut expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        new.windows.retain(|window| window.step != Step::Ballots);
        new.windows.push(Window {
            step: Step::Ballots,
            opens_at: new.windows[0].closes_at,
            closes_at: new.windows[0].closes_at,
        });
        expected.sort();
        assert_eq!(codes(&new.check()), expected);
    }

    #[test]
    fn windows_are_proposed_in_working_hours_of_the_legal_zone() {
        let windows = Window::proposed(&details());
        assert_eq!(windows[0].opens_at.to_string(), "2020-08-10 04:30:00");
        assert_eq!(windows[3].closes_at.to_string(), "2020-11-16 13:30:00");
    }
}
