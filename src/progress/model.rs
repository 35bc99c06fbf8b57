//! The nouns of the room: what an action promised, a report on it, what countries say to it, and how old the newest is.

use chrono::{Datelike as _, Months, NaiveDate, NaiveDateTime};

use super::workflow::State;
use crate::coded_enum;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, DelegationId, ProgrammeId, ProgressReportId, SessionId, SubmissionId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::questionnaires::{AnswerLang, Answers};

coded_enum! {
    /// How far an output is.
    pub enum OutputState {
        /// Nothing has been done for it.
        NotBegun = "not-begun",
        /// Work on it goes on.
        UnderWay = "under-way",
        /// It is there.
        Done = "done",
    }
}

coded_enum! {
    /// What a country that the action names says to a report.
    pub enum Answer {
        /// It has been asked and has not answered.
        Asked = "asked",
        /// It confirms the report.
        Confirmed = "confirmed",
        /// It has comments that the report does not take account of yet.
        Commented = "commented",
    }
}

coded_enum! {
    /// How long the last word on an action is ago.
    pub enum Light {
        /// Less than twelve months.
        Green = "green",
        /// Twelve months or more, less than eighteen: a report is due.
        Amber = "amber",
        /// Eighteen months or more.
        Red = "red",
        /// The last report said that the action is finished.
        Finished = "finished",
    }
}

/// Months after which a report is due.
pub const DUE_MONTHS: u32 = 12;
/// Months after which a report is long overdue.
pub const LATE_MONTHS: u32 = 18;
/// Longest text of a report in characters, English and Russian.
pub const TEXT_CHARS_MAX: (usize, usize) = (2000, 2500);
/// Longest value of an indicator in characters, English and Russian.
pub const VALUE_CHARS_MAX: (usize, usize) = (100, 125);
/// Longest comment of a country in characters.
pub const NOTE_CHARS_MAX: usize = 1250;

/// Returns the day on which the next report is due, after the last word on an action.
pub fn due_on(last: NaiveDate) -> NaiveDate {
    last.checked_add_months(Months::new(DUE_MONTHS)).unwrap_or(last)
}

/// Returns the day on which a report is long overdue.
pub fn late_on(last: NaiveDate) -> NaiveDate {
    last.checked_add_months(Months::new(LATE_MONTHS)).unwrap_or(last)
}

/// Returns the light of an action that is not finished, by the day of the last word on it.
pub fn light(last: NaiveDate, today: NaiveDate) -> Light {
    if today < due_on(last) {
        Light::Green
    } else if today < late_on(last) {
        Light::Amber
    } else {
        Light::Red
    }
}

/// An output that an action promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// What it is.
    pub name: Bilingual<String>,
    /// The half-year in which it is due, as it was given: `2021-2`.
    pub due: String,
}

impl Output {
    /// Returns whether its half-year is over.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        let due = self.due.split_once('-').and_then(|(year, half)| {
            let (year, half) = (year.parse::<i32>().ok()?, half.parse::<u32>().ok()?);
            Some((year, half))
        });
        due.is_some_and(|due| (today.year(), if today.month() <= 6 { 1 } else { 2 }) > due)
    }
}

/// An indicator that an action set itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// What is measured.
    pub name: Bilingual<String>,
    /// Where it stood.
    pub baseline: Bilingual<String>,
    /// Where it is to go.
    pub target: Bilingual<String>,
    /// Where it can be looked up.
    pub source: String,
}

/// What an action promised, as the group adopted it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Its outputs, in order.
    pub outputs: Vec<Output>,
    /// Its indicators, in order.
    pub indicators: Vec<Indicator>,
}

impl Plan {
    /// Reads what was promised from the answers; what was compiled from public sources may promise nothing.
    pub fn of(answers: &Answers) -> Self {
        let both =
            |path: &str| Bilingual::new(answers.get(path, Lang::En).to_owned(), answers.get(path, Lang::Ru).to_owned());
        let output = |row: usize| Output {
            name: both(&format!("outputs.{row}.name")),
            due: answers.get(&format!("outputs.{row}.due"), AnswerLang::Neutral).to_owned(),
        };
        let indicator = |row: usize| Indicator {
            name: both(&format!("outcome_indicators.{row}.name")),
            baseline: both(&format!("outcome_indicators.{row}.baseline")),
            target: both(&format!("outcome_indicators.{row}.target")),
            source: answers.get(&format!("outcome_indicators.{row}.source"), AnswerLang::Neutral).to_owned(),
        };
        Self {
            outputs: (0..answers.rows("outputs")).map(output).collect(),
            indicators: (0..answers.rows("outcome_indicators")).map(indicator).collect(),
        }
    }
}

/// What a country says to a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The delegation asked.
    pub delegation: DelegationId,
    /// What it says.
    pub answer: Answer,
    /// Its comments; may be empty.
    pub note: String,
    /// Who answered.
    pub account: Option<AccountId>,
    /// When it was asked.
    pub asked_at: NaiveDateTime,
    /// When it answered.
    pub answered_at: Option<NaiveDateTime>,
}

/// A report on the progress of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: ProgressReportId,
    /// The action.
    pub submission: SubmissionId,
    /// The programme that held the action when the report was begun.
    pub programme: ProgrammeId,
    /// Its number among the reports on the action, from 1.
    pub number: i32,
    /// Where it stands.
    pub state: State,
    /// The revision of the action that the group adopted.
    pub plan_revision: i32,
    /// Whether it says that the action is finished.
    pub is_last: bool,
    /// How the work goes.
    pub text: Bilingual<String>,
    /// How far each output is, in the order of the plan.
    pub outputs: Vec<OutputState>,
    /// Where each indicator stands now, in the order of the plan.
    pub values: Vec<Bilingual<String>>,
    /// What the countries named say.
    pub confirmations: Vec<Confirmation>,
    /// Counts saved changes, so that a stale form is noticed.
    pub edition: i32,
    /// When it was begun.
    pub created_at: NaiveDateTime,
    /// When it last changed.
    pub updated_at: NaiveDateTime,
    /// When it was given to the group.
    pub given_at: Option<NaiveDateTime>,
    /// When the last country confirmed it.
    pub confirmed_at: Option<NaiveDateTime>,
}

impl Report {
    /// Returns whether every country that was asked confirms it.
    pub fn is_agreed(&self) -> bool {
        self.confirmations.iter().all(|one| one.answer == Answer::Confirmed)
    }

    /// Returns everything that is missing before it can be given, by field.
    pub fn gaps(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        let mut require = |name: &str, text: &Bilingual<String>| {
            for (side, suffix) in [(&text.en, "en"), (&text.ru, "ru")] {
                if side.is_empty() {
                    errors.add(format!("{name}_{suffix}"), Message::new("required"));
                }
            }
        };
        require("text", &self.text);
        for (position, value) in self.values.iter().enumerate() {
            require(&value_field(position), value);
        }
        if self.is_last {
            for (position, _) in self.outputs.iter().enumerate().filter(|(_, state)| **state == OutputState::NotBegun) {
                errors.add(output_field(position), Message::new("progress-last-not-begun"));
            }
        }
        errors
    }
}

/// Returns the field of how far an output is.
pub fn output_field(position: usize) -> String {
    format!("output.{position}")
}

/// Returns the field of where an indicator stands, without its language.
pub fn value_field(position: usize) -> String {
    format!("value.{position}")
}

/// Returns the newest report that is before the group, of reports from the newest on.
pub fn newest(reports: &[Report]) -> Option<&Report> {
    reports.iter().find(|report| report.state != State::Draft)
}

/// Returns the day of the last word on an action: of the newest report before the group, or of the adoption.
pub fn last_word(reports: &[Report], adopted_on: NaiveDate) -> NaiveDate {
    newest(reports).and_then(|report| report.given_at).map_or(adopted_on, |at| at.date().max(adopted_on))
}

/// Returns how long the last word on an action is ago.
pub fn light_of(reports: &[Report], adopted_on: NaiveDate, today: NaiveDate) -> Light {
    let is_finished = reports.iter().any(|report| report.is_last && report.state != State::Draft);
    if is_finished { Light::Finished } else { light(last_word(reports, adopted_on), today) }
}

/// An action of a programme in force, with its reports: as much as lists of many need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The action.
    pub submission: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// Its title in each language; empty where not given.
    pub title: Bilingual<String>,
    /// The delegation that leads it.
    pub delegation: DelegationId,
    /// The session that adopted the programme.
    pub session: SessionId,
    /// When it was adopted.
    pub adopted_on: NaiveDate,
    /// The reports on it, the newest first, whatever their state.
    pub reports: Vec<Report>,
}

impl Followed {
    /// Returns how long the last word on it is ago.
    pub fn light(&self, today: NaiveDate) -> Light {
        light_of(&self.reports, self.adopted_on, today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_light_changes_on_the_day() {
        let last = day(2020, 8, 31);
        let of = |today| light(last, today);
        assert_eq!(of(day(2021, 8, 30)), Light::Green);
        assert_eq!(of(day(2021, 8, 31)), Light::Amber);
        // The last day of February stands for the thirty-first.
        assert_eq!(of(day(2022, 2, 27)), Light::Amber);
        assert_eq!(of(day(2022, 2, 28)), Light::Red);
    }

    #[test]
    fn an_output_is_overdue_when_its_half_year_is_over() {
        let output = |due: &str| Output { name: Bilingual::default(), due: due.to_owned() };
        assert!(!output("2021-1").is_overdue(day(2021, 6, 30)));
        assert!(output("2021-1").is_overdue(day(2021, 7, 1)));
        assert!(!output("2021-2").is_overdue(day(2021, 12, 31)));
        assert!(output("2021-2").is_overdue(day(2022, 1, 1)));
        assert!(!output("").is_overdue(day(2022, 1, 1)) && !output("later").is_overdue(day(2022, 1, 1)));
    }

    #[test]
    fn a_plan_is_what_the_answers_promise() {
        let answers = Answers::none()
            .with("outputs.0.name", Lang::En, "A form")
            .with("outputs.0.due", AnswerLang::Neutral, "2021-2")
            .with("outcome_indicators.0.target", Lang::Ru, "Десять");
        let plan = Plan::of(&answers);
        assert_eq!(plan.outputs.len(), 1);
        assert_eq!((plan.outputs[0].name.en.as_str(), plan.outputs[0].due.as_str()), ("A form", "2021-2"));
        assert_eq!(plan.indicators[0].target.ru, "Десять");
        assert_eq!(Plan::of(&Answers::none()), Plan::default());
    }
}
