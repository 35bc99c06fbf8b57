//! What answers hold: one struct a shape, from which the description of the interface is drawn as well.
//!
//! Codes are those of the files, times are of Coordinated Universal Time, texts come in both languages; a text that was
//! not given is empty. `tokens` and `reference` are pages for people.

pub mod ballots;
pub mod decisions;
pub mod exports;
pub mod lists;
pub mod meetings;
pub mod part;
pub mod problems;
pub mod programmes;
pub mod progress;
pub mod reference;
pub mod reviews;
pub mod sessions;
pub mod submissions;
pub mod tokens;

pub use part::Page;

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Serialize;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::kernel::lang::Bilingual;

/// A text in both languages; a side that was not given is empty.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Text)]
pub struct Both {
    /// In English.
    en: String,
    /// In Russian.
    ru: String,
}

impl Both {
    /// Returns a text that was not given.
    const fn empty() -> Self {
        Self { en: String::new(), ru: String::new() }
    }
}

impl From<&Bilingual<String>> for Both {
    fn from(text: &Bilingual<String>) -> Self {
        Self { en: text.en.clone(), ru: text.ru.clone() }
    }
}

/// Returns a stored time with its zone.
pub fn utc(at: NaiveDateTime) -> DateTime<Utc> {
    at.and_utc()
}

/// Describes enums with codes: name in the description, and what it is.
macro_rules! described {
    ($($code:ty as $name:literal: $about:literal),+ $(,)?) => {$(
        impl PartialSchema for $code {
            fn schema() -> RefOr<Schema> {
                let codes = <$code>::ALL.iter().map(|one| one.code());
                let object = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes));
                object.description(Some($about)).into()
            }
        }

        impl ToSchema for $code {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )+};
}

described! {
    crate::kernel::reference::Kind as "Kind": "Good practice or priority action.",
    crate::kernel::lang::Lang as "Language": "A language of the group.",
    crate::classification::List as "List": "A list of codes.",
    crate::policy::Capacity as "Capacity": "In what capacity a person acts.",
    crate::sessions::Step as "Step": "A step of a session that has a window.",
    crate::questionnaires::QuestionKind as "QuestionKind": "What kind of answer a question asks for.",
    crate::questionnaires::AnswerLang as "AnswerLanguage": "The language of an answer; `zxx` for none.",
    crate::submissions::State as "SubmissionState": "Where a submission stands.",
    crate::submissions::Event as "SubmissionEvent": "An act that moves a submission.",
    crate::submissions::consents::State as "ConsentState": "Where a consent stands.",
    crate::submissions::consents::Event as "ConsentEvent": "What happens to a consent.",
    crate::submissions::co_sponsors::workflow::State as "CoSponsorState": "Where a co-sponsor stands.",
    crate::submissions::co_sponsors::workflow::Event as "CoSponsorEvent": "What happens to a co-sponsor.",
    crate::submissions::clarifications::model::Side as "AskedAs": "In what capacity something was asked.",
    crate::submissions::clarifications::model::Reach as "ClarificationReach": "Who reads a question and its answer.",
    crate::reviews::model::State as "ReviewState": "Where a review stands.",
    crate::reviews::remarks::Recommendation as "Recommendation": "What a reviewer would do with an action; it moves nothing.",
    crate::reviews::model::Mark as "Mark": "A step of the scale from 0 to 5, or why there is none.",
    crate::tally::Method as "Method": "How a ballot is counted.",
    crate::tally::turnout::Base as "Base": "Of whom a majority is reckoned.",
    crate::tally::turnout::RollKind as "RollKind": "What a delegation of the electorate did.",
    crate::ballots::State as "BallotState": "Where a ballot stands.",
    crate::ballots::model::HandState as "HandState": "What a delegation says of a paper that was entered for it.",
    crate::ballots::model::PaperKind as "PaperKind": "What a ballot paper says as a whole.",
    crate::programmes::State as "ProgrammeState": "Where a programme stands.",
    crate::programmes::model::AdoptedBy as "AdoptedBy": "How a programme was adopted.",
    crate::programmes::model::VoteAnswer as "VoteAnswer": "What a delegation answered when the roll was called.",
    crate::decisions::State as "DecisionState": "Where a decision stands.",
    crate::decisions::workflow::Event as "DecisionEvent": "An act that moves a decision.",
    crate::decisions::Rung as "Rung": "On which rung of the ladder the group decided.",
    crate::decisions::model::Grade as "Grade": "How far a delegation supports a text.",
    crate::decisions::model::ObjectionState as "ObjectionState": "Where an objection stands.",
    crate::decisions::model::AmendmentState as "AmendmentState": "Where an amendment stands.",
    crate::meetings::Part as "MeetingPart": "The part of a day in which a meeting is held.",
    crate::progress::State as "ReportState": "Where a report on progress stands.",
    crate::progress::workflow::Event as "ReportEvent": "An act that moves a report on progress.",
    crate::progress::OutputState as "OutputState": "How far an output is.",
    crate::progress::Answer as "ReportAnswer": "What a country says to a report on progress.",
    crate::progress::Light as "Light": "How long the last word on an action is ago.",
    progress::Happening as "Happening": "What happened to an action.",
    crate::exports::Name as "ExportName": "A file.",
    super::model::Scope as "Scope": "What a token may be used for.",
    super::model::Code as "ProblemCode": "Why something was not done.",
}
