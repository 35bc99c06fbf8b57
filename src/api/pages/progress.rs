//! The actions of an adopted programme: how old the last word on each is, the reports, what countries say to them.

mod history;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

pub use self::history::Happening;
use self::history::MilestoneView;
use super::{Both, utc};
use crate::kernel::ids::DelegationId;
use crate::progress::model::{Answer, Confirmation, Indicator, Light, Output, OutputState, Plan, Report, due_on};
use crate::progress::operations::Course;
use crate::progress::operations::viewing::Look;
use crate::progress::workflow::State;

/// An action of an adopted programme, as the board of its session shows it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProgressRow)]
pub struct RowView {
    /// Reference of the action.
    #[schema(example = "PA-KAZ-2020-003")]
    reference: String,
    /// Its title as it was adopted.
    title: Both,
    /// Code of the delegation that leads it.
    delegation: String,
    /// How long the last word on it is ago.
    light: Light,
    /// When the programme was adopted.
    adopted_on: NaiveDate,
    /// The newest report before the group.
    last_report: Option<LastReportView>,
    /// When the next report is due; nothing for a finished action and for a programme that was replaced.
    next_report_due_on: Option<NaiveDate>,
    /// How many outputs it promised.
    outputs: usize,
    /// How many of them are there.
    outputs_done: usize,
    /// How many are not, and their half-year is over.
    outputs_overdue: usize,
}

/// The newest report before the group.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LastReport)]
pub struct LastReportView {
    /// Its number among the reports on the action, from 1.
    number: i32,
    /// Where it stands.
    state: State,
    /// When it was given to the group.
    given_at: Option<DateTime<Utc>>,
}

impl RowView {
    /// Shows an action as it stands on a day.
    pub fn new(course: &Course, today: NaiveDate) -> Self {
        let light = course.light(today);
        let states = course.newest().map_or(&[][..], |report| report.outputs.as_slice());
        let is_done = |at: usize| states.get(at) == Some(&OutputState::Done);
        let outputs = &course.plan.outputs;
        let is_due = course.is_in_force() && light != Light::Finished;
        Self {
            reference: course.submission.reference.clone(),
            title: (&course.title()).into(),
            delegation: course.delegation.code.clone(),
            light,
            adopted_on: course.adopted_on(),
            last_report: course.newest().map(|report| LastReportView {
                number: report.number,
                state: report.state,
                given_at: report.given_at.map(utc),
            }),
            next_report_due_on: is_due.then(|| due_on(course.last_word())),
            outputs: outputs.len(),
            outputs_done: (0..outputs.len()).filter(|at| is_done(*at)).count(),
            outputs_overdue: outputs
                .iter()
                .enumerate()
                .filter(|(at, one)| !is_done(*at) && one.is_overdue(today))
                .count(),
        }
    }
}

/// The progress of an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Progress)]
pub struct ProgressView {
    /// Reference of the action.
    #[schema(example = "PA-KAZ-2020-003")]
    reference: String,
    /// Number of the session that it was made for.
    session: i32,
    /// Its title, as it was adopted.
    title: Both,
    /// Code of the delegation that leads it.
    delegation: String,
    /// The adopted programme that held it last; nothing for an action that was in none.
    programme: Option<HeldView>,
    /// Codes of the other countries that it names.
    countries: Vec<String>,
    /// How long the last word on it is ago, for those who follow it.
    light: Option<Light>,
    /// What it promised, for those who write its reports.
    plan: Option<PlanView>,
    /// The reports that the caller may read, the newest first.
    reports: Vec<ReportView>,
    /// What happened to it, as far as the caller may know.
    history: Vec<MilestoneView>,
    /// References of the practices that grew out of it, as far as the caller may know them.
    practices: Vec<String>,
}

/// The programme that holds an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeldIn)]
pub struct HeldView {
    /// Its reference.
    #[schema(example = "WP-2020")]
    reference: String,
    /// Number of the revision.
    revision: i32,
    /// When it was adopted.
    adopted_on: NaiveDate,
    /// Whether it is in force.
    is_in_force: bool,
}

/// What an action promised.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanView {
    /// Its outputs, in order.
    outputs: Vec<PromiseView>,
    /// Its indicators, in order.
    indicators: Vec<AimView>,
}

/// An output that an action promised.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanOutput)]
pub struct PromiseView {
    /// What it is.
    name: Both,
    /// The half-year in which it is due, as it was given.
    #[schema(example = "2021-2")]
    due: String,
}

/// An indicator that an action set itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanIndicator)]
pub struct AimView {
    /// What is measured.
    name: Both,
    /// Where it stood.
    baseline: Both,
    /// Where it is to go.
    target: Both,
}

impl From<&Output> for PromiseView {
    fn from(output: &Output) -> Self {
        Self { name: (&output.name).into(), due: output.due.clone() }
    }
}

impl From<&Indicator> for AimView {
    fn from(one: &Indicator) -> Self {
        Self { name: (&one.name).into(), baseline: (&one.baseline).into(), target: (&one.target).into() }
    }
}

impl From<&Plan> for PlanView {
    fn from(plan: &Plan) -> Self {
        Self {
            outputs: plan.outputs.iter().map(PromiseView::from).collect(),
            indicators: plan.indicators.iter().map(AimView::from).collect(),
        }
    }
}

/// A report on the progress of an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub struct ReportView {
    /// Its number among the reports on the action, from 1.
    number: i32,
    /// Where it stands.
    state: State,
    /// Whether it says that the action is finished.
    is_last: bool,
    /// How the work goes.
    text: Both,
    /// How far each output is.
    outputs: Vec<ReportOutputView>,
    /// Where each indicator stands.
    indicators: Vec<ReportIndicatorView>,
    /// What the countries asked to confirm it say.
    answers: Vec<SaidView>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
    /// When it was given to the group.
    given_at: Option<DateTime<Utc>>,
    /// When the last country confirmed it.
    confirmed_at: Option<DateTime<Utc>>,
}

/// How far an output is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportOutput)]
pub struct ReportOutputView {
    /// The output.
    #[serde(flatten)]
    promise: PromiseView,
    /// How far it is.
    state: OutputState,
    /// Whether it is not there and its half-year is over.
    is_overdue: bool,
}

/// Where an indicator stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportIndicator)]
pub struct ReportIndicatorView {
    /// The indicator.
    #[serde(flatten)]
    aim: AimView,
    /// Where it stands now.
    value: Both,
}

/// What a country says to a report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportConfirmation)]
pub struct SaidView {
    /// Code of the delegation.
    delegation: String,
    /// What it says.
    answer: Answer,
    /// When it answered.
    answered_at: Option<DateTime<Utc>>,
    /// Its comments, for those who follow the action; may be empty.
    note: String,
}

/// Returns the code of a delegation.
fn code(look: &Look, id: &DelegationId) -> String {
    look.delegations.get(id).map_or_else(String::new, |one| one.code.clone())
}

/// What the caller may see of an action beside its reports.
#[derive(Debug, Clone, Copy)]
pub struct Sees {
    /// How old the last word is, and the comments of countries: those are for the group until everybody agrees.
    pub follows: bool,
    /// What was promised, to report on it.
    pub writes: bool,
}

impl ProgressView {
    /// Shows the progress of an action as far as it may be seen, as it stands on a day.
    pub fn new(look: &Look, sees: Sees, today: NaiveDate) -> Self {
        let course = look.course.as_ref();
        let held = |course: &Course| HeldView {
            reference: course.programme.reference.clone(),
            revision: course.programme.revision,
            adopted_on: course.adopted_on(),
            is_in_force: course.is_in_force(),
        };
        let report = |course: &Course, report: &Report| report_view(look, course, report, (sees.follows, today));
        Self {
            reference: look.submission.reference.clone(),
            session: look.session.number,
            title: (&look.columns.title).into(),
            delegation: code(look, &look.submission.delegation),
            programme: course.map(held),
            countries: course.iter().flat_map(|course| &course.named).map(|one| one.code.clone()).collect(),
            light: course.filter(|_| sees.follows).map(|course| course.light(today)),
            plan: course.filter(|_| sees.writes).map(|course| (&course.plan).into()),
            reports: course
                .map_or_else(Vec::new, |course| course.reports.iter().map(|one| report(course, one)).collect()),
            history: look.history.iter().map(MilestoneView::from).collect(),
            practices: look.practices.iter().map(|one| one.reference.clone()).collect(),
        }
    }
}

fn report_view(look: &Look, course: &Course, report: &Report, (follows, today): (bool, NaiveDate)) -> ReportView {
    let output = |(output, state): (&Output, &OutputState)| ReportOutputView {
        promise: output.into(),
        state: *state,
        is_overdue: *state != OutputState::Done && output.is_overdue(today),
    };
    let said = |one: &Confirmation| SaidView {
        delegation: code(look, &one.delegation),
        answer: one.answer,
        answered_at: one.answered_at.map(utc),
        note: if follows { one.note.clone() } else { String::new() },
    };
    let indicators = course.plan.indicators.iter().zip(&report.values);
    ReportView {
        number: report.number,
        state: report.state,
        is_last: report.is_last,
        text: (&report.text).into(),
        outputs: course.plan.outputs.iter().zip(&report.outputs).map(output).collect(),
        indicators: indicators
            .map(|(aim, value)| ReportIndicatorView { aim: aim.into(), value: value.into() })
            .collect(),
        answers: report.confirmations.iter().map(said).collect(),
        updated_at: utc(report.updated_at),
        given_at: report.given_at.map(utc),
        confirmed_at: report.confirmed_at.map(utc),
    }
}
