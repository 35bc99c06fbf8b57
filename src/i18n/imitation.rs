//! A language that does not exist, to see whether a third one would fit: the English texts with accents, a third longer, in
//! brackets, on pages that run from right to left.
//!
//! The texts go through the loader of every language. Builds that are released know nothing of it.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::kernel::lang::Lang;

static IS_ON: AtomicBool = AtomicBool::new(false);

/// Lets the imitation stand in the place of English; asked for before the first text is looked up.
#[cfg(debug_assertions)]
pub fn begin() {
    IS_ON.store(true, Ordering::Relaxed);
}

/// Returns whether the texts of a language are those of the imitation.
pub fn is_on(lang: Lang) -> bool {
    cfg!(debug_assertions) && lang == Lang::En && IS_ON.load(Ordering::Relaxed)
}

/// Returns a piece of text with accents, and a third longer.
pub fn lengthened(text: &str) -> Cow<'_, str> {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters == 0 {
        return Cow::Borrowed(text);
    }
    let mut longer: String = text.chars().map(accented).collect();
    let end = longer.trim_end().len();
    let more = (1..=letters.div_ceil(3)).map(|at| if at % 7 == 0 { ' ' } else { '~' });
    longer.insert_str(end, &more.collect::<String>());
    Cow::Owned(longer)
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "aceiknosuyzACEINOSUYZ";
    const ACCENTED: &str = "àçéîķñôšüýžÀÇÉÎÑÔŠÜÝŽ";
    PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, accented)| accented)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_third_longer_and_keeps_what_stands_around_it() {
        assert_eq!(lengthened("Sign in "), "Šîgñ îñ~~ ");
        assert_eq!(lengthened(" · "), " · ");
        assert!(!is_on(Lang::En) && !is_on(Lang::Ru));
    }
}
