//! Reads Rust source as far as the rules need it: code without comments and tests, paths, text literals.

/// What a stretch of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Code,
    Comment,
    Text,
}

/// Cuts source into code, comments and text literals (quotes included).
fn stretches(text: &str) -> Vec<(Stretch, usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut start, mut index) = (0, 0);
    while index < bytes.len() {
        let end = match bytes[index] {
            b'/' if bytes.get(index + 1) == Some(&b'/') => {
                let end = text[index..].find('\n').map_or(bytes.len(), |length| index + length);
                Some((Stretch::Comment, end))
            }
            b'"' => Some((Stretch::Text, end_of_text(text, index))),
            b'\'' => {
                index = end_of_letter(bytes, index);
                continue;
            }
            _ => None,
        };
        let Some((kind, end)) = end else {
            index += 1;
            continue;
        };
        found.push((Stretch::Code, start, index));
        found.push((kind, index, end));
        (start, index) = (end, end);
    }
    found.push((Stretch::Code, start, bytes.len()));
    found
}

/// Returns where a text literal ends that opens at a quote; raw ones end at the quote with as many hashes.
fn end_of_text(text: &str, quote: usize) -> usize {
    let bytes = text.as_bytes();
    let hashes = bytes[..quote].iter().rev().take_while(|byte| **byte == b'#').count();
    if quote > hashes && bytes[quote - hashes - 1] == b'r' {
        let close = format!("\"{}", "#".repeat(hashes));
        return text[quote + 1..].find(&close).map_or(bytes.len(), |at| quote + 1 + at + close.len());
    }
    let mut index = quote + 1;
    while index < bytes.len() && bytes[index] != b'"' {
        index += if bytes[index] == b'\\' { 2 } else { 1 };
    }
    (index + 1).min(bytes.len())
}

/// Returns where a letter in single quotes ends; a lifetime ends at once.
fn end_of_letter(bytes: &[u8], quote: usize) -> usize {
    match (bytes.get(quote + 1), bytes.get(quote + 2)) {
        (Some(b'\\'), _) => {
            bytes[quote + 3..].iter().position(|byte| *byte == b'\'').map_or(quote + 1, |at| quote + 4 + at)
        }
        (Some(b'"'), Some(b'\'')) => quote + 3,
        _ => quote + 1,
    }
}

/// Returns the code of a file without comments and without its test modules; line numbers stay.
pub fn code(text: &str) -> String {
    let kept: String = stretches(text)
        .into_iter()
        .filter(|(kind, ..)| *kind != Stretch::Comment)
        .map(|(_, start, end)| &text[start..end])
        .collect();
    let mut out = String::new();
    let mut is_test = false;
    let mut lines = kept.lines().peekable();
    while let Some(line) = lines.next() {
        let opens_module = lines.peek().is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'));
        is_test |= line == "#[cfg(test)]" && opens_module;
        if !is_test {
            out.push_str(line);
        }
        is_test &= line != "}";
        out.push('\n');
    }
    out
}

/// Returns what a template computes: all outside `{{ }}` and `{% %}` becomes space; line numbers stay.
pub fn template_code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.extend(rest[..at].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[at..];
        let close = match rest.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                out.push(' ');
                rest = &rest[1..];
                continue;
            }
        };
        let end = rest.find(close).map_or(rest.len(), |end| end + 2);
        if close == "#}" {
            out.extend(rest[..end].chars().filter(|c| *c == '\n'));
        } else {
            out.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    out
}

/// Returns every text literal with the line it stands on.
pub fn literals(code: &str) -> Vec<Literal<'_>> {
    stretches(code)
        .into_iter()
        .filter(|(kind, ..)| *kind == Stretch::Text)
        .map(|(_, start, end)| {
            let close = code[start + 1..end].rfind('"').map_or(end, |at| start + 1 + at);
            Literal { text: &code[start + 1..close], line: line_of(code, start), start, end }
        })
        .collect()
}

/// Returns the line of a place in a text, from 1.
pub fn line_of(text: &str, place: usize) -> usize {
    text[..place].matches('\n').count() + 1
}

/// A text literal in code or in a template.
#[derive(Debug, Clone, Copy)]
pub struct Literal<'a> {
    /// What stands between the quotes.
    pub text: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Where the opening quote stands.
    pub start: usize,
    /// Behind the closing quote.
    pub end: usize,
}

impl Literal<'_> {
    /// Returns what stands before it, without space.
    pub fn before<'a>(&self, code: &'a str) -> &'a str {
        code[..self.start].trim_end()
    }

    /// Returns what stands behind it, without space.
    pub fn behind<'a>(&self, code: &'a str) -> &'a str {
        code.get(self.end..).unwrap_or_default().trim_start()
    }
}

/// A path that code names, from the crate, with the line it stands on.
pub struct Named {
    /// `accounts::store::signed_in`.
    pub path: Vec<String>,
    /// Line, from 1.
    pub line: usize,
}

/// Returns every path of this crate that code names: `crate::…`, and `super::…` as seen from a module.
pub fn named(code: &str, module: &str) -> Vec<Named> {
    let mut above: Vec<String> = module.split('/').map(str::to_owned).collect();
    if above.last().is_some_and(|last| last == "mod") {
        above.pop();
    }
    let mut found = Vec::new();
    for (start, word) in words(code) {
        let line = line_of(code, start);
        let is_head = !code[..start].ends_with("::") && code[start + word.len()..].starts_with("::");
        let mut rest = &code[start + word.len()..];
        let mut base = match word {
            "crate" if is_head => Vec::new(),
            "super" if is_head => above[..above.len() - 1].to_vec(),
            _ => continue,
        };
        while let Some(next) = rest.strip_prefix("::super") {
            base.pop();
            rest = next;
        }
        let mut paths = Vec::new();
        expand(rest.strip_prefix("::").unwrap_or(rest), &base, &mut paths);
        found.extend(paths.into_iter().map(|path| Named { path, line }));
    }
    found
}

/// Follows a path and its braces; returns what is left behind it.
fn expand<'a>(text: &'a str, base: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(rest) = rest.strip_prefix('}') {
                return rest;
            }
            if rest.is_empty() {
                return rest;
            }
            let before = rest.len();
            rest = expand(rest, base, found).trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest);
            if rest.len() == before {
                return rest;
            }
        }
    }
    let length = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (word, mut rest) = text.split_at(length);
    let mut path = base.to_vec();
    if !word.is_empty() && word != "self" {
        path.push(word.to_owned());
    }
    if let Some(next) = rest.strip_prefix("::") {
        let goes_on = next.starts_with('{') || next.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if goes_on {
            return expand(next, &path, found);
        }
    }
    if let Some(renamed) = rest.trim_start().strip_prefix("as ") {
        let end = renamed.find([',', '}', ';']).unwrap_or(renamed.len());
        rest = &renamed[end..];
    }
    found.push(path);
    rest
}

/// Returns every word of code with where it begins.
pub fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let start = at + code[at..].find(is_word)?;
        let length = code[start..].find(|c: char| !is_word(c)).unwrap_or(code.len() - start);
        at = start + length;
        Some((start, &code[start..at]))
    })
}

#[test]
fn paths_are_followed_through_braces_and_upwards() {
    let code = "use crate::a::{b::{C, d}, self as x};\nuse super::store;\nlet y = crate::e::f(1);\n";
    let found: Vec<String> = named(code, "rooms/routes").iter().map(|one| one.path.join("::")).collect();
    assert_eq!(found, ["a::b::C", "a::b::d", "a", "rooms::store", "e::f"]);
    let from_top: Vec<String> = named("use super::x;", "rooms/mod").iter().map(|one| one.path.join("::")).collect();
    assert_eq!(from_top, ["x"]);
}

#[test]
fn tests_and_comments_are_not_code() {
    let text = "a(\"http://b\"); // c\n#[cfg(test)]\nmod tests {\n    d\n}\ne\n";
    assert_eq!(code(text).split_whitespace().collect::<Vec<_>>(), ["a(\"http://b\");", "e"]);
    assert_eq!(code(text).lines().count(), text.lines().count());
}
