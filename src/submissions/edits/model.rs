//! The nouns: a round of changes, what is said to each, and how what is confirmed is brought into a text.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::workflow::State;
use crate::coded_enum;
use crate::kernel::ids::{AccountId, EditRoundId, SubmissionId};
use crate::questionnaires::{AnswerKey, Answers};
use crate::submissions::merge::{part, unit};

/// Rounds that a session allows for each text, unless it sets another number.
pub const ROUNDS_STANDARD: i32 = 3;
/// Most rounds that a session can allow.
pub const ROUNDS_MAX: i32 = 20;

coded_enum! {
    /// What a delegation says to a change.
    pub enum Answer {
        /// It becomes the delegation's text.
        Confirmed = "confirmed",
        /// The delegation's text stands.
        Declined = "declined",
    }
}

/// What is said to the change of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// The answer; nothing while there is none.
    pub answer: Option<Answer>,
    /// Why it is declined; may be empty.
    pub reason: String,
}

/// Changes by the name of their question: `title|en`, `theme`, `indicators`.
pub type Edits = BTreeMap<String, Edit>;

/// A round of changes that the secretariat proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: EditRoundId,
    /// The submission.
    pub submission: SubmissionId,
    /// Its number among the rounds of the submission, from 1.
    pub number: i32,
    /// The revision that it was written against.
    pub base: i32,
    /// Where it stands.
    pub state: State,
    /// What the secretariat says to it; may be empty.
    pub note: String,
    /// Counts saved changes, so that a stale form is noticed.
    pub edition: i32,
    /// Who wrote it.
    pub account: AccountId,
    /// When it was begun.
    pub started_at: NaiveDateTime,
    /// When it was proposed.
    pub proposed_at: Option<NaiveDateTime>,
    /// Who answered for the delegation.
    pub answered_by: Option<AccountId>,
    /// When.
    pub answered_at: Option<NaiveDateTime>,
    /// The revision that what was confirmed became; nothing when nothing changed.
    pub revision: Option<i32>,
    /// Whether others than the delegation could read the text when that was made.
    pub is_shared: bool,
}

/// Returns the names of the questions whose answers differ between two texts.
pub fn changed(before: &Answers, after: &Answers) -> BTreeSet<String> {
    before.changed(after).iter().map(unit).collect()
}

/// Returns the texts that differ, empty where one is taken away: how a round keeps them.
pub fn differences(before: &Answers, after: &Answers) -> Vec<(AnswerKey, String)> {
    before.changed(after).into_iter().map(|key| (key.clone(), after.of(&key).to_owned())).collect()
}

/// Lays the texts of a round over the revision it was written against.
pub fn proposed(base: &Answers, texts: &[(AnswerKey, String)]) -> Answers {
    let mut all = base.clone();
    for (key, text) in texts {
        all.set(key.clone(), text.clone());
    }
    all
}

/// Returns a text with the questions named as another text answers them; everything else stays.
pub fn taking(text: &Answers, from: &Answers, questions: &BTreeSet<String>) -> Answers {
    let stays = text.iter().filter(|(key, _)| !questions.contains(&unit(key)));
    let taken = from.iter().filter(|(key, _)| questions.contains(&unit(key)));
    stays.chain(taken).map(|(key, text)| (key.clone(), text.to_owned())).collect()
}

/// Returns whether a question was answered anew since a round was written, so that both texts have to be shown.
pub fn is_moved(base: &Answers, now: &Answers, question: &str) -> bool {
    part(base, question) != part(now, question)
}

/// Returns the questions that a delegation confirmed.
pub fn confirmed(edits: &Edits) -> BTreeSet<String> {
    edits.iter().filter(|(_, edit)| edit.answer == Some(Answer::Confirmed)).map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;
    use crate::questionnaires::AnswerLang;

    fn text(title: &str, theme: &str, partners: &[&str]) -> Answers {
        let mut all = Answers::none().with("title", Lang::En, title).with("theme", AnswerLang::Neutral, theme);
        for (row, name) in partners.iter().enumerate() {
            all.set(AnswerKey::new(format!("partners.{row}.name"), Lang::En), *name);
        }
        all
    }

    #[test]
    fn what_is_confirmed_is_taken_and_everything_else_stays() {
        let base = text("A", "D1", &["x", "y"]);
        let edited = text("B", "", &["y"]);
        let kept = differences(&base, &edited);
        assert_eq!(proposed(&base, &kept), edited, "rows and answers taken away come back as they were proposed");
        let now = text("A", "D2", &["x", "y", "z"]);
        let only = BTreeSet::from(["title|en".to_owned()]);
        assert_eq!(taking(&now, &edited, &only), text("B", "D2", &["x", "y", "z"]));
        let rows = BTreeSet::from(["partners".to_owned(), "theme".to_owned()]);
        assert_eq!(taking(&now, &edited, &rows), text("A", "", &["y"]));
        let moved: Vec<bool> = ["title|en", "theme", "partners"].map(|name| is_moved(&base, &now, name)).to_vec();
        assert_eq!(moved, [false, true, true]);
    }
}
