//! What stands in a cell: formulas made harmless, several values in one cell.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. Such a text gets an
//! apostrophe in front; import takes it off again. A text that already has apostrophes there gets one more, so that
//! nothing is lost on the way out and back.

use std::borrow::Cow;

use crate::questionnaires::answers::SEPARATOR;

/// First characters that make a spreadsheet calculate.
const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Returns whether a text is a plain negative number, which may stay as it is.
fn is_negative_number(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|digits| {
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
            && digits.matches('.').count() <= 1
    })
}

/// Returns a text as it stands in a cell.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let calculates = text.trim_start_matches('\'').starts_with(DANGEROUS);
    if calculates && !is_negative_number(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Returns the text of a cell as it was before it was guarded.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(DANGEROUS) => text,
        _ => cell,
    }
}

/// Joins values into one cell; a separator within a value is escaped. Empty values keep their place.
pub fn joined<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut cell = String::new();
    for (place, value) in values.into_iter().enumerate() {
        if place > 0 {
            cell.push(SEPARATOR);
        }
        cell.push_str(&value.replace('\\', "\\\\").replace(SEPARATOR, "\\;"));
    }
    let is_empty = cell.chars().all(|c| c == SEPARATOR);
    if is_empty { String::new() } else { cell }
}

/// Splits a cell into its values, without white space around them.
pub fn split(cell: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let is_escape = c == '\\' && chars.peek().is_some_and(|next| matches!(next, '\\' | ';'));
        let last = values.last_mut().expect("invariant: there is always a value");
        if is_escape {
            last.extend(chars.next());
        } else if c == SEPARATOR {
            values.push(String::new());
        } else {
            last.push(c);
        }
    }
    for value in &mut values {
        *value = value.trim().to_owned();
    }
    while values.last().is_some_and(String::is_empty) {
        values.pop();
    }
    values
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_numbers_are_left_alone() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+7 700", "'+7 700"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("'=x", "''=x"),
            ("-5", "-5"),
            ("-5.25", "-5.25"),
            ("-5.2.5", "'-5.2.5"),
            ("-", "'-"),
            ("'quoted'", "'quoted'"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
            assert_eq!(unguarded(&guarded(text)), text);
        }
    }

    #[test]
    fn empty_values_keep_their_place() {
        assert_eq!(joined(["Ministry; department", "", "Customs"]), "Ministry\\; department;;Customs");
        assert_eq!(split("Ministry\\; department; ;Customs;"), ["Ministry; department", "", "Customs"]);
        assert_eq!((joined(["", ""]), split("")), (String::new(), Vec::new()));
    }

    proptest! {
        #[test]
        fn a_cell_gives_back_its_text(text in "['=+@a\\-\t\r 5.]{0,8}") {
            let guarded = guarded(&text);
            prop_assert!(!guarded.starts_with(DANGEROUS) || is_negative_number(&guarded), "{guarded:?}");
            prop_assert_eq!(unguarded(&guarded), text.as_str());
        }

        #[test]
        fn joined_values_are_split_again(values in prop::collection::vec("[a;\\\\]{1,5}", 1..5)) {
            prop_assert_eq!(split(&joined(values.iter().map(String::as_str))), values);
        }
    }
}
