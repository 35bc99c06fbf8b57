//! The nouns: a consent, what is missing, and what counts as a change of substance.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::workflow::State;
use crate::kernel::ids::{AccountId, DelegationId};
use crate::kernel::lang::Lang;
use crate::questionnaires::{AnswerKey, AnswerLang, Answers, Questionnaire};
use crate::sessions::{Calendar, Step};

/// Code of the question that names the countries in which an action takes place.
pub const COUNTRIES: &str = "countries";

/// What a country that an action names says to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The delegation asked.
    pub delegation: DelegationId,
    /// Where the consent stands.
    pub state: State,
    /// The revision that was asked about.
    pub revision: i32,
    /// Note to the delegation that leads the action; may be empty.
    pub note: String,
    /// Who answered.
    pub account: Option<AccountId>,
    /// When it was asked, for the last time.
    pub asked_at: NaiveDateTime,
    /// When it was answered.
    pub answered_at: Option<NaiveDateTime>,
}

/// A country that an action names and that has not consented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its code, ISO 3166 alpha-3.
    pub country: String,
    /// Where its consent stands; nothing when it was never asked.
    pub state: Option<State>,
}

/// Returns the other countries that an action names.
pub fn named<'a>(answers: &'a Answers, owner: &str) -> BTreeSet<&'a str> {
    answers.codes(COUNTRIES).into_iter().filter(|code| *code != owner).collect()
}

/// Returns until when consents are needed: ballots do not open over an action before; nothing when that time has passed.
pub fn deadline(calendar: &Calendar, now: NaiveDateTime) -> Option<NaiveDateTime> {
    calendar.window(Step::Ballots).map(|window| window.opens_at).filter(|at| now < *at)
}

/// Returns the answers without one of the countries named.
#[must_use]
pub fn without_country(answers: &Answers, code: &str) -> Answers {
    let kept: Vec<&str> = answers.codes(COUNTRIES).into_iter().filter(|named| *named != code).collect();
    answers.clone().with(COUNTRIES, AnswerLang::Neutral, kept.join(";"))
}

/// Returns whether the substance of an action differs between two revisions: an answer to a question that the
/// questionnaire marks, in the original language. A country that leaves changes nothing for those who stay.
pub fn differs(questionnaire: &Questionnaire, original: Lang, before: &Answers, after: &Answers) -> bool {
    let is_marked = |key: &AnswerKey| {
        let code = key.question.split('.').next().unwrap_or_default();
        code != COUNTRIES && questionnaire.question(code).is_some_and(|question| question.substance)
    };
    let is_original = |key: &AnswerKey| key.lang == AnswerLang::Neutral || key.lang == original.into();
    let countries =
        |answers: &Answers| answers.codes(COUNTRIES).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    before.changed(after).iter().any(|key| is_original(key) && is_marked(key))
        || !countries(after).is_subset(&countries(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::reference::Kind;

    #[test]
    fn substance_is_what_the_questionnaire_marks_in_the_original_language() {
        let questionnaire = Questionnaire::default_of(Kind::Action);
        let before = Answers::none()
            .with("title", Lang::En, "Agree")
            .with("title", Lang::Ru, "Согласовать")
            .with("risks", Lang::En, "None")
            .with("outputs.0.name", Lang::En, "A form")
            .with(COUNTRIES, AnswerLang::Neutral, "KAZ;UZB;TJK");
        let differs = |after: &Answers| differs(questionnaire, Lang::En, &before, after);
        assert!(!differs(&before.clone().with("risks", Lang::En, "Many")));
        assert!(!differs(&before.clone().with("title", Lang::Ru, "Договориться")));
        assert!(!differs(&without_country(&before, "UZB")));
        assert!(differs(&before.clone().with("title", Lang::En, "Agree again")));
        assert!(differs(&before.clone().with("outputs.0.name", Lang::En, "Two forms")));
        assert!(differs(&before.clone().with(COUNTRIES, AnswerLang::Neutral, "KAZ;UZB;TJK;AFG")));
        assert!(differs(&before.clone().with("cost", AnswerLang::Neutral, "1")));
        assert_eq!(named(&before, "KAZ"), BTreeSet::from(["TJK", "UZB"]));
    }
}
