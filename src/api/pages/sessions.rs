//! Sessions and their questionnaires.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Both, utc};
use crate::classification::List;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::questionnaires::store::OfSession;
use crate::questionnaires::{AnswerLang, Question, QuestionKind};
use crate::sessions::operations::Hub;
use crate::sessions::{Calendar, Criterion, Step, Window};
use crate::tally::Method;
use crate::tally::turnout::Base;

/// A session of the Working Group with its windows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionRow)]
pub struct SessionView {
    /// Its number: the fifteenth session is 15.
    #[schema(example = 15)]
    number: i32,
    /// Its title.
    title: Both,
    /// Where it meets.
    place: Both,
    /// First day.
    starts_on: NaiveDate,
    /// Last day.
    ends_on: NaiveDate,
    /// The one legal time zone of its deadlines.
    #[schema(example = "Asia/Almaty")]
    time_zone: String,
    /// First year of its programme.
    programme_first_year: i32,
    /// Last year of its programme.
    programme_last_year: i32,
    /// Windows in the order of the steps; a step without one is closed.
    windows: Vec<WindowView>,
    /// Whether it only demonstrates.
    is_demonstration: bool,
}

/// When a step is open.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Window)]
pub struct WindowView {
    /// The step.
    step: Step,
    /// From when.
    opens_at: DateTime<Utc>,
    /// Until just before then.
    closes_at: DateTime<Utc>,
}

impl From<&Window> for WindowView {
    fn from(window: &Window) -> Self {
        Self { step: window.step, opens_at: utc(window.opens_at), closes_at: utc(window.closes_at) }
    }
}

impl From<&Calendar> for SessionView {
    fn from(calendar: &Calendar) -> Self {
        let session = &calendar.session;
        Self {
            number: session.number,
            title: (&session.title).into(),
            place: (&session.place).into(),
            starts_on: session.starts_on,
            ends_on: session.ends_on,
            time_zone: session.time_zone.name().to_owned(),
            programme_first_year: session.programme_years.0,
            programme_last_year: session.programme_years.1,
            windows: calendar.windows.iter().map(WindowView::from).collect(),
            is_demonstration: session.is_demonstration,
        }
    }
}

/// A session with its criteria and voting rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct HubView {
    /// The session.
    #[serde(flatten)]
    session: SessionView,
    /// Criteria of review; weights sum to 100.
    criteria: Vec<CriterionView>,
    /// Rules that its ballots start with.
    voting_rules: RulesView,
    /// Whether the result of a ballot is public.
    has_certified_ballot: bool,
    /// Whether a programme was adopted.
    has_programme: bool,
}

/// A criterion of review.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Criterion)]
pub struct CriterionView {
    /// Its id, under which marks are given.
    id: String,
    /// Its name.
    name: Both,
    /// What it asks.
    help: Both,
    /// Its weight.
    weight: i32,
}

impl From<&Criterion> for CriterionView {
    fn from(criterion: &Criterion) -> Self {
        Self {
            id: criterion.id.to_string(),
            name: (&criterion.name).into(),
            help: (&criterion.help).into(),
            weight: criterion.weight,
        }
    }
}

/// Rules of voting.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VotingRules)]
pub struct RulesView {
    /// How votes are counted.
    pub method: Method,
    /// Code of the tie rule.
    pub tie_rule: String,
    /// Of whom a majority is reckoned.
    pub base: Base,
    /// How many must be present: `none`, `majority-of-electorate` or `number:4`.
    pub quorum: String,
}

impl From<&Hub> for HubView {
    fn from(hub: &Hub) -> Self {
        let rules = &hub.calendar.session.rules;
        Self {
            session: (&hub.calendar).into(),
            criteria: hub.criteria.iter().map(CriterionView::from).collect(),
            voting_rules: RulesView {
                method: rules.method,
                tie_rule: rules.tie_rule.clone(),
                base: rules.base,
                quorum: rules.quorum.to_string(),
            },
            has_certified_ballot: hub.has_certified_ballot,
            has_programme: hub.has_programme,
        }
    }
}

/// The questionnaire of a session and kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Questionnaire)]
pub struct QuestionnaireView {
    /// Number of the session.
    session: i32,
    /// For good practices or priority actions.
    kind: Kind,
    /// Version within the session.
    version: i32,
    /// Its sections.
    sections: Vec<SectionView>,
}

/// Questions that belong together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionnaireSection)]
pub struct SectionView {
    /// Its code.
    code: String,
    /// Its title.
    title: Both,
    /// Its questions.
    questions: Vec<QuestionView>,
}

/// A question, or a column of a question whose rows repeat.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Question)]
pub struct QuestionView {
    /// Its code. An answer is kept under `code|en`, `code|ru`, `code`, or `code.0.column|en` for the first row.
    code: String,
    /// As people read it.
    label: Both,
    /// What belongs here.
    help: Both,
    /// Kind of answer.
    kind: QuestionKind,
    /// Languages in which it is answered.
    languages: Vec<AnswerLang>,
    /// Longest text in characters, for English or without a language.
    chars_max: Option<u32>,
    /// Longest text in characters, for Russian.
    chars_max_ru: Option<u32>,
    /// Shortest text in characters.
    chars_min: Option<u32>,
    /// Whether it must be answered before clearance.
    required: bool,
    /// Never published.
    private: bool,
    /// The list to choose from.
    list: Option<List>,
    /// The answers to choose from, when there is no list.
    options: Vec<ChoiceView>,
    /// Most choices or rows.
    most: Option<u32>,
    /// Least choices or rows.
    least: Option<u32>,
    /// Smallest number or year.
    min: Option<i64>,
    /// Largest number or year.
    max: Option<i64>,
    /// The columns of rows.
    #[schema(no_recursion)]
    columns: Vec<QuestionView>,
}

/// One of the answers to choose from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Choice)]
pub struct ChoiceView {
    /// Its code.
    code: String,
    /// As people read it.
    label: Both,
}

impl From<&Question> for QuestionView {
    fn from(question: &Question) -> Self {
        let choice = |choice: &crate::questionnaires::model::Choice| ChoiceView {
            code: choice.code.clone(),
            label: (&choice.label).into(),
        };
        Self {
            code: question.code.clone(),
            label: (&question.label).into(),
            help: (&question.help).into(),
            kind: question.kind,
            languages: question.languages().to_vec(),
            chars_max: question.chars_max,
            chars_max_ru: question.limit(Lang::Ru.into()).filter(|_| question.is_bilingual()),
            chars_min: question.chars_min,
            required: question.required,
            private: question.private,
            list: question.list,
            options: question.options.iter().map(choice).collect(),
            most: question.most,
            least: question.least,
            min: question.min,
            max: question.max,
            columns: question.columns.iter().map(QuestionView::from).collect(),
        }
    }
}

impl From<&OfSession> for QuestionnaireView {
    fn from(held: &OfSession) -> Self {
        let section = |section: &crate::questionnaires::model::Section| SectionView {
            code: section.code.clone(),
            title: (&section.title).into(),
            questions: section.questions.iter().map(QuestionView::from).collect(),
        };
        Self {
            session: held.number,
            kind: held.questionnaire.kind,
            version: held.questionnaire.version,
            sections: held.questionnaire.sections.iter().map(section).collect(),
        }
    }
}
