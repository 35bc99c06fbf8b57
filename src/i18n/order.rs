//! Alphabetical order in each language: `ё` beside `е`, capitals beside small letters.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::{CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::{Locale, locale};

use crate::kernel::lang::Lang;

static ENGLISH: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| collator(locale!("en")));
static RUSSIAN: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| collator(locale!("ru")));

fn collator(locale: Locale) -> CollatorBorrowed<'static> {
    icu_collator::Collator::try_new(locale.into(), CollatorOptions::default())
        .expect("invariant: the order of both languages is compiled in")
}

/// Compares two texts as a dictionary of the language would.
pub fn compare(lang: Lang, a: &str, b: &str) -> Ordering {
    match lang {
        Lang::En => ENGLISH.compare(a, b),
        Lang::Ru => RUSSIAN.compare(a, b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yo_stands_beside_ye_and_capitals_beside_small_letters() {
        let mut words = ["Жар", "ель", "Ёлка", "абв", "Zed", "apple"];
        words.sort_by(|a, b| compare(Lang::Ru, a, b));
        let place = |word| words.iter().position(|other| *other == word).unwrap();
        assert!(place("абв") < place("Ёлка") && place("Ёлка") < place("ель") && place("ель") < place("Жар"));
        assert!(place("apple") < place("Zed"));
    }
}
