//! The words of what is made up, in both languages, and answers that state no fact.

use crate::i18n::Texts;
use crate::kernel::lang::{Bilingual, Lang};
use crate::questionnaires::{AnswerKey, AnswerLang, Answers, Question, QuestionKind, Questionnaire};

/// Returns a text in both languages.
pub fn both(key: &str) -> Bilingual<String> {
    Bilingual::new(Texts::of(Lang::En).text(key), Texts::of(Lang::Ru).text(key))
}

/// Returns a text in one language.
pub fn text(lang: Lang, key: &str) -> String {
    Texts::of(lang).text(key)
}

/// Returns answers to every required question which say that they only show a step.
pub fn whole(questionnaire: &Questionnaire, title: &str) -> Answers {
    let mut answers = Answers::none();
    for question in questionnaire.questions().filter(|question| question.required) {
        if question.kind == QuestionKind::Rows {
            for column in question.columns.iter().filter(|column| column.required) {
                fill(&mut answers, column, &format!("{}.0.{}", question.code, column.code));
            }
        } else {
            fill(&mut answers, question, &question.code);
        }
    }
    titled(answers, title)
}

/// Returns the beginning of a draft: a title, nothing else.
pub fn begun(title: &str) -> Answers {
    titled(Answers::none(), title)
}

fn titled(answers: Answers, title: &str) -> Answers {
    let title = both(title);
    answers.with("title", Lang::En, title.en).with("title", Lang::Ru, title.ru)
}

fn fill(answers: &mut Answers, question: &Question, path: &str) {
    for lang in question.languages() {
        let words = |lang| long_enough(&text(lang, "demonstration-answer"), question.chars_min.unwrap_or(0));
        let answer = match question.kind {
            QuestionKind::Line | QuestionKind::Text => words(if *lang == AnswerLang::Ru { Lang::Ru } else { Lang::En }),
            QuestionKind::Choice | QuestionKind::Choices => {
                question.choices(Lang::En).first().map_or_else(String::new, |(code, _)| code.clone())
            }
            QuestionKind::Number => question.min.unwrap_or(0).max(0).to_string(),
            QuestionKind::Year => "2021".to_owned(),
            QuestionKind::HalfYear => "2021-2".to_owned(),
            QuestionKind::Tick => "yes".to_owned(),
            QuestionKind::Email => "office@speca.example".to_owned(),
            QuestionKind::Url => "https://speca.example/".to_owned(),
            QuestionKind::Reference | QuestionKind::Rows => String::new(),
        };
        answers.set(AnswerKey::new(path, *lang), answer);
    }
}

fn long_enough(text: &str, least: u32) -> String {
    let mut answer = text.to_owned();
    while answer.chars().count() < least as usize {
        answer.push(' ');
        answer.push_str(text);
    }
    answer
}
