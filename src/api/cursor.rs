//! Where a list goes on: the key of its last row as a text that only the same list takes back.

use crate::kernel::token::{digest, hex};

/// Digits by which a cursor of our own making is told.
const CHECK: usize = 8;

fn check(list: &str, key: &str) -> String {
    digest(&format!("cursor {list} {key}"))[..CHECK].to_owned()
}

/// Returns the cursor behind a row of a list.
pub fn after(list: &str, key: &str) -> String {
    format!("{}{}", check(list, key), hex(key.as_bytes()))
}

/// Returns the key of a cursor, unless it is of another list or of nobody's making.
pub fn key(list: &str, cursor: &str) -> Option<String> {
    let (checked, rest) = cursor.split_at_checked(CHECK)?;
    if !rest.len().is_multiple_of(2) || !rest.is_ascii() {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(rest.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..rest.len()).step_by(2).map(byte).collect();
    let key = String::from_utf8(bytes?).ok()?;
    (check(list, &key) == checked).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_taken_back_by_its_own_list_alone() {
        let cursor = after("library", "GP-KAZ-2020-001");
        assert_eq!(key("library", &cursor).as_deref(), Some("GP-KAZ-2020-001"));
        assert_eq!(key("sessions", &cursor), None);
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "1", "12345678", "zzzzzzzz47", "12345678+f", "12345678ключ", "ключключ"] {
            assert_eq!(key("library", text), None, "{text}");
        }
    }
}
