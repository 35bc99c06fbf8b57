//! Whether the two sides of a text can say the same: what a program can tell without knowing the languages.
//!
//! Both sides are there, have as many paragraphs, and name the same numbers. That they say the same a person checks.

use std::collections::BTreeMap;

use crate::kernel::fields::Message;
use crate::kernel::lang::Bilingual;

/// Returns what is unequal about a text, as the code of a message with its values; nothing when nothing is.
pub fn unequal(text: &Bilingual<String>) -> Option<Message> {
    if text.en.trim().is_empty() || text.ru.trim().is_empty() {
        return Some(Message::new("decision-one-language"));
    }
    let (en, ru) = (paragraphs(&text.en), paragraphs(&text.ru));
    if en != ru {
        return Some(Message::new("decision-paragraphs").number("en", en).number("ru", ru));
    }
    let (en, ru) = (numbers(&text.en), numbers(&text.ru));
    let odd: Vec<&str> =
        en.keys().chain(ru.keys()).filter(|number| en.get(*number) != ru.get(*number)).copied().collect();
    odd.first().map(|number| Message::new("decision-numbers").text("number", *number))
}

fn paragraphs(text: &str) -> i64 {
    i64::try_from(text.lines().filter(|line| !line.trim().is_empty()).count()).unwrap_or(i64::MAX)
}

/// Returns how often each run of digits stands in a text.
fn numbers(text: &str) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for run in text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()) {
        *found.entry(run).or_default() += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(en: &str, ru: &str) -> Option<String> {
        unequal(&Bilingual::new(en.to_owned(), ru.to_owned())).map(|message| message.code)
    }

    #[test]
    fn sides_differ_by_language_paragraph_or_number() {
        assert_eq!(code("Adopts WP-2020,\n\nwith USD 1,500.", "Принимает WP-2020\nи 1 500 долл. США."), None);
        assert_eq!(code("Adopts.", " \n").as_deref(), Some("decision-one-language"));
        assert_eq!(code("One.\nTwo.", "Раз.").as_deref(), Some("decision-paragraphs"));
        assert_eq!(code("By 2022.", "К 2023 году.").as_deref(), Some("decision-numbers"));
        assert_eq!(code("By 2022, by 2022.", "К 2022 году.").as_deref(), Some("decision-numbers"));
    }
}
