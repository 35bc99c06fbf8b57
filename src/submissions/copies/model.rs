//! Which answers of an earlier session fit the questionnaire of a later one.

use crate::questionnaires::answers::SEPARATOR;
use crate::questionnaires::{AnswerKey, Answers, Question, QuestionKind, Questionnaire};

/// What is carried over, and what no longer fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The answers that a questionnaire still asks for.
    pub answers: Answers,
    /// Which answers it no longer asks for, or no longer offers, wholly or in part.
    pub left: Vec<AnswerKey>,
}

/// Carries answers over to a questionnaire: texts and numbers as they are, of codes those that can still be chosen.
pub fn carry(to: &Questionnaire, answers: &Answers) -> Carried {
    let mut carried = Carried::default();
    for (key, text) in answers.iter() {
        let asked = to.at(&key.question).filter(|question| question.languages().contains(&key.lang));
        let kept = asked.map_or_else(String::new, |question| fitting(question, text));
        if kept != text {
            carried.left.push(key.clone());
        }
        carried.answers.set(key.clone(), kept);
    }
    carried
}

/// Returns what of an answer a question still takes.
fn fitting(question: &Question, text: &str) -> String {
    match question.kind {
        QuestionKind::Choice if !question.offers(text) => String::new(),
        QuestionKind::Choices => {
            let is_offered = |code: &&str| question.offers(code.trim());
            let all: Vec<&str> = text.split(SEPARATOR).collect();
            let kept: Vec<&str> = all.iter().copied().filter(is_offered).collect();
            if kept.len() == all.len() { text.to_owned() } else { kept.join(";") }
        }
        QuestionKind::Rows => String::new(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;
    use crate::kernel::reference::Kind;
    use crate::questionnaires::AnswerLang;

    #[test]
    fn what_is_no_longer_asked_or_offered_is_left_out_and_said() {
        let to = Questionnaire::default_of(Kind::Action);
        let answers = Answers::none()
            .with("title", Lang::En, "Agree on data")
            .with("title", Lang::Ru, "Согласовать данные")
            .with("mascot", Lang::En, "A camel")
            .with("first_year", AnswerLang::Neutral, "2019")
            .with("theme", AnswerLang::Neutral, "no-such-theme")
            .with("countries", AnswerLang::Neutral, "KAZ;XXX")
            .with("objectives.0.text", Lang::En, "An objective")
            .with("objectives.0.colour", Lang::En, "Blue")
            .with("objectives.99.text", Lang::En, "One too many");
        let carried = carry(to, &answers);
        let left: Vec<String> = carried.left.iter().map(AnswerKey::to_string).collect();
        assert_eq!(left, ["countries", "mascot|en", "objectives.0.colour|en", "objectives.99.text|en", "theme"]);
        let kept = Answers::none()
            .with("title", Lang::En, "Agree on data")
            .with("title", Lang::Ru, "Согласовать данные")
            .with("first_year", AnswerLang::Neutral, "2019")
            .with("countries", AnswerLang::Neutral, "KAZ")
            .with("objectives.0.text", Lang::En, "An objective");
        assert_eq!(carried.answers, kept);
    }
}
