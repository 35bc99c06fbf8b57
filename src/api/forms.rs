//! What is sent: the form that makes a token, and the JSON of requests that write.

pub mod decisions;
pub mod meetings;
pub mod progress;
pub mod texts;

use std::collections::BTreeMap;

use rocket::FromForm;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use super::model::{DAYS, Scope};
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::CriterionId;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::questionnaires::{AnswerKey, Answers, QuestionKind, Questionnaire};
use crate::reviews::Mark;
use crate::reviews::model::{Judgement, mark_field};
use crate::reviews::remarks::{Recommendation, Remarks};
use crate::sessions::Criterion;
use crate::submissions::operations::Words;
use crate::submissions::{Event, State, co_sponsors, consents};
use crate::web::forms::filled;

/// The form that makes a token.
#[derive(Debug, Clone, FromForm, Validate)]
pub struct TokenForm {
    /// What it is called.
    #[validate(custom(function = "filled"), length(max = 80, code = "text_long"))]
    pub name: String,
    /// Codes of what it may be used for.
    #[field(default = Vec::new())]
    #[validate(length(min = 1, code = "required"), custom(function = "scopes"))]
    pub scopes: Vec<String>,
    /// For how many days it holds.
    #[validate(custom(function = "days"))]
    pub days: i64,
}

fn scopes(codes: &[String]) -> Result<(), ValidationError> {
    let is_known = codes.iter().all(|code| Scope::from_code(code).is_some());
    if is_known { Ok(()) } else { Err(ValidationError::new("unreadable")) }
}

fn days(days: i64) -> Result<(), ValidationError> {
    if DAYS.contains(&days) { Ok(()) } else { Err(ValidationError::new("unreadable")) }
}

/// Where a list goes on, and how much of it is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `asked::Query` reads")]
pub struct Paging {
    /// Where the list goes on: `next` of the part before.
    cursor: Option<String>,
    /// How many rows are wanted; 50 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// In which form a file is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `asked::Query` reads")]
pub struct File {
    /// Language of titles and words; English when not said.
    #[param(inline)]
    lang: Option<Lang>,
    /// Number of the ballot, for its papers and its result; the last certified one when not said.
    ballot: Option<i32>,
}

/// Which submissions of a session are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `asked::Query` reads")]
pub struct Wanted {
    /// Good practices or priority actions.
    #[param(inline)]
    kind: Option<Kind>,
    /// Where they stand.
    #[param(inline)]
    state: Option<State>,
    /// Code of the delegation.
    #[param(example = "KAZ")]
    country: Option<String>,
    /// Main SDG target.
    #[param(example = "17.10")]
    target: Option<String>,
}

/// Which practices of the library are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `asked::Query` reads")]
pub struct Shelf {
    /// Words, all of which must occur in some form, in either language.
    words: Option<String>,
    /// Code of the delegation.
    country: Option<String>,
    /// Deliverable, which takes in its areas, or area.
    theme: Option<String>,
    /// SDG target.
    target: Option<String>,
    /// Measure of the Agreement on Trade Facilitation.
    tfa: Option<String>,
    /// A year in which the practice was applied.
    year: Option<String>,
}

/// A draft to be started.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "action", "delegation": "KAZ", "original_language": "en"}))]
pub struct NewSubmission {
    /// Good practice or priority action.
    pub kind: Kind,
    /// Code of the delegation that will own it.
    pub delegation: String,
    /// The language it will be written in.
    pub original_language: Lang,
}

/// Answers that change; those that are not sent stay as they are.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answers": {"title|en": "Single window", "theme": "D2", "innovation|en": null}}))]
pub struct Changes {
    /// Texts by the key of their question; an empty one or `null` takes the answer away. Several codes are parted by `;`.
    pub answers: BTreeMap<String, Option<String>>,
    /// The language the submission is written in, when that changes.
    #[serde(default)]
    pub original_language: Option<Lang>,
}

/// An act on a submission.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"event": "request-clearance"}))]
pub struct NewAct {
    /// What is to be done.
    pub event: Event,
    /// Note to the other side.
    #[serde(default)]
    pub note: String,
    /// Comments by the code of their question, when the secretariat returns a submission.
    #[serde(default)]
    pub comments: BTreeMap<String, String>,
}

impl NewAct {
    /// Returns the words that go with the act.
    pub fn words(&self) -> Words {
        let comments = self.comments.iter().map(|(question, text)| (question.clone(), text.clone())).collect();
        Words { note: self.note.clone(), comments }
    }
}

/// What one's own country says to an action that names it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"event": "give"}))]
pub struct NewConsent {
    /// `give` or `decline`.
    pub event: consents::Event,
    /// Note to the delegation that leads the action.
    #[serde(default)]
    pub note: String,
}

/// What one's own delegation does about co-sponsoring an action.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"event": "join"}))]
pub struct NewCoSponsorship {
    /// `join`, `decline` or `leave`.
    pub event: co_sponsors::Event,
}

/// A review of an action.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"marks": {"01927a3e-0000-7000-8000-000000000001": "4"}, "reason": "The steps are clear.", "give": false}))]
pub struct NewReview {
    /// Marks by the id of their criterion.
    pub marks: BTreeMap<String, Mark>,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// What is said beside the marks; left out it stays as it is kept.
    #[serde(default)]
    pub remarks: Option<NewRemarks>,
    /// Whether the review is given; a draft otherwise. A given review stays given.
    #[serde(default)]
    pub give: bool,
}

/// What a review says beside its marks.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"recommendation": "return", "because": "The costs are missing."}))]
pub struct NewRemarks {
    /// What is recommended, if anything.
    #[serde(default)]
    pub recommendation: Option<Recommendation>,
    /// Why it is recommended; needed when that is not to accept.
    #[serde(default)]
    pub because: String,
    /// What the delegation reads, without the name of the reviewer.
    #[serde(default)]
    pub to_delegation: String,
    /// What the other reviewers read, without the name of the reviewer.
    #[serde(default)]
    pub note: String,
}

impl From<&NewRemarks> for Remarks {
    fn from(new: &NewRemarks) -> Self {
        let text = |words: &str| words.trim().to_owned();
        Self {
            recommendation: new.recommendation,
            because: text(&new.because),
            to_delegation: text(&new.to_delegation),
            note: text(&new.note),
        }
    }
}

impl NewReview {
    /// Returns the marks and the reason, or what is wrong with them.
    pub fn judgement(&self, criteria: &[Criterion]) -> Result<Judgement, FieldErrors> {
        let mut errors = FieldErrors::none();
        let (reason, remarks) = (self.reason.trim().to_owned(), self.remarks.as_ref().map(Remarks::from));
        let mut judgement = Judgement { reason, remarks, ..Judgement::default() };
        for (id, mark) in &self.marks {
            let id = CriterionId::from(id.as_str());
            if criteria.iter().any(|criterion| criterion.id == id) {
                judgement.marks.insert(id, *mark);
            } else {
                errors.add(mark_field(&id), Message::new("unreadable"));
            }
        }
        errors.into_result().map(|()| judgement)
    }
}

/// Returns stored answers with changes laid over them, or which keys the questionnaire does not ask for.
pub fn laid_over(
    questionnaire: &Questionnaire,
    stored: &Answers,
    changes: &Changes,
) -> Result<Vec<(String, String)>, FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut answers = stored.clone();
    for (name, text) in &changes.answers {
        let key = AnswerKey::parse(name);
        let is_asked = questionnaire
            .at(&key.question)
            .is_some_and(|question| question.kind != QuestionKind::Rows && question.languages().contains(&key.lang));
        if is_asked {
            answers.set(key, text.as_deref().unwrap_or_default());
        } else {
            errors.add(name, Message::new("unknown-question"));
        }
    }
    errors.into_result()?;
    Ok(answers.iter().map(|(key, text)| (key.to_string(), text.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_changes_and_the_rest_stays() {
        let questionnaire = Questionnaire::default_of(Kind::Practice);
        let stored = Answers::none().with("title", Lang::En, "One").with(
            "theme",
            crate::questionnaires::AnswerLang::Neutral,
            "D1",
        );
        let changes = |pairs: &[(&str, Option<&str>)]| Changes {
            answers: pairs.iter().map(|(key, text)| ((*key).to_owned(), text.map(str::to_owned))).collect(),
            original_language: None,
        };
        let laid = laid_over(questionnaire, &stored, &changes(&[("title|ru", Some("Один")), ("theme", None)])).unwrap();
        let wanted = [("title|en", "One"), ("title|ru", "Один")].map(|(key, text)| (key.to_owned(), text.to_owned()));
        assert_eq!(laid, wanted);
        let wrong =
            laid_over(questionnaire, &stored, &changes(&[("title", Some("x")), ("nothing", None)])).unwrap_err();
        assert_eq!(wrong.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["nothing", "title"]);
    }
}
