//! Page texts: both languages whole, every key used, none missing, Russian written as Russian.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Literal, code, literals, template_code};
use super::tree::{File, files, none, read};

/// Keys whose Russian text is the same as the English: and why.
const SAME: &[(&str, &str)] = &[];

/// Keys whose text is in the other language on purpose.
const OTHER_LANGUAGE: &[&str] = &["language-en", "language-ru", "other-language"];

/// Words written in Latin letters inside Russian text.
const PLURAL_FORMS: &[&str] = &["one", "few"];

/// One message of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    file: String,
    line: usize,
    value: String,
}

/// Reads the messages of a file; a value goes on over indented lines.
fn messages(file: &File) -> Vec<(String, Text)> {
    let mut found: Vec<(String, Text)> = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let goes_on = line.starts_with([' ', '\t', '}', '*', '[']);
        if goes_on || line.is_empty() {
            if let Some((_, text)) = found.last_mut().filter(|_| goes_on) {
                text.value.push('\n');
                text.value.push_str(line);
            }
        } else if !line.starts_with('#')
            && let Some((key, value)) = line.split_once('=')
        {
            let text = Text { file: file.path.clone(), line: index + 1, value: value.trim().to_owned() };
            found.push((key.trim().to_owned(), text));
        }
    }
    found
}

fn language(lang: &str) -> BTreeMap<String, Text> {
    files(&format!("locales/{lang}"), &[".ftl"]).iter().flat_map(messages).collect()
}

/// Returns the names of the values that a text is filled with.
fn placeables(value: &str) -> BTreeSet<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    value
        .match_indices('$')
        .map(|(at, _)| {
            let rest = &value[at + 1..];
            &rest[..rest.find(|c: char| !is_name(c)).unwrap_or(rest.len())]
        })
        .collect()
}

/// Returns what a reader sees: without the values in braces.
fn shown(value: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let is_selector = value.contains("->");
    for c in value.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 || (is_selector && depth == 1) => out.push(c),
            _ => {}
        }
    }
    out
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

#[test]
fn both_languages_hold_the_same_keys() {
    let mut complaints = Vec::new();
    for (lang, other) in [("en", "ru"), ("ru", "en")] {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for file in files(&format!("locales/{lang}"), &[".ftl"]) {
            let twin = file.path.replace(&format!("locales/{lang}/"), &format!("locales/{other}/"));
            let twins: BTreeSet<String> = files(&format!("locales/{other}"), &[".ftl"])
                .iter()
                .filter(|file| file.path == twin)
                .flat_map(messages)
                .map(|(key, _)| key)
                .collect();
            for (key, text) in messages(&file) {
                let at = format!("{}:{}: `{key}`", file.path, text.line);
                if !twins.contains(&key) {
                    complaints.push(format!("{at} is missing in {twin}."));
                }
                if let Some(before) = seen.insert(key, at.clone()) {
                    complaints.push(format!("{at} stands at {before} already: keys are known to the whole platform."));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn both_languages_are_filled_with_the_same_values() {
    let (en, ru) = (language("en"), language("ru"));
    let mut complaints = Vec::new();
    for (key, russian) in &ru {
        let Some(english) = en.get(key) else { continue };
        let (wanted, found) = (placeables(&english.value), placeables(&russian.value));
        if wanted != found {
            complaints.push(format!(
                "{}:{}: `{key}` is filled with {found:?}, in English with {wanted:?}.",
                russian.file, russian.line
            ));
        }
    }
    none(&complaints);
}

#[test]
fn everything_is_translated() {
    let (en, ru) = (language("en"), language("ru"));
    let mut complaints = Vec::new();
    for (key, russian) in &ru {
        let Some(english) = en.get(key) else { continue };
        let at = format!("{}:{}: `{key}`", russian.file, russian.line);
        let has_words = shown(&english.value).chars().any(char::is_alphabetic);
        let is_listed = SAME.iter().any(|(same, _)| same == key) || OTHER_LANGUAGE.contains(&key.as_str());
        let has_latin = shown(&russian.value).chars().any(|c| c.is_ascii_alphabetic());
        if has_words && has_latin && !is_listed && !shown(&russian.value).chars().any(is_cyrillic) {
            complaints.push(format!("{at} has no Russian word: translate it, or list it in SAME with the reason."));
        }
        if !is_listed && shown(&english.value).chars().any(is_cyrillic) {
            complaints.push(format!("{}:{}: `{key}` is in Russian.", english.file, english.line));
        }
    }
    for (key, _) in SAME {
        let is_needed = ru.get(*key).is_some_and(|text| !shown(&text.value).chars().any(is_cyrillic));
        if !is_needed {
            complaints.push(format!("tests/tidy/messages.rs: `{key}` is translated or gone: take it out of SAME."));
        }
    }
    none(&complaints);
}

#[test]
fn russian_counts_as_russian_does() {
    let mut complaints = Vec::new();
    for (key, text) in language("ru") {
        if !text.value.contains("->") || !is_plural(&text.value) {
            continue;
        }
        let has = |form: &str| text.value.contains(&format!("[{form}]"));
        let missing: Vec<&&str> = PLURAL_FORMS.iter().filter(|form| !has(form)).collect();
        if !missing.is_empty() || !(has("many") || has("other")) {
            complaints.push(format!(
                "{}:{}: `{key}`: Russian needs [one], [few] and [many] or *[other]; missing {missing:?}.",
                text.file, text.line
            ));
        }
    }
    none(&complaints);
}

fn is_plural(value: &str) -> bool {
    ["[one]", "[few]", "[many]"].iter().any(|form| value.contains(form))
}

#[test]
fn russian_is_written_with_its_own_letters_and_quotes() {
    let mut complaints = Vec::new();
    for (key, text) in language("ru") {
        let at = format!("{}:{}: `{key}`", text.file, text.line);
        let shown = shown(&text.value);
        if shown.contains('"') || shown.contains('“') || shown.contains('”') {
            complaints.push(format!("{at}: Russian quotes are « and », inside them „ and “ only."));
        }
        for word in shown.split(|c: char| !c.is_alphabetic()) {
            if word.chars().any(is_cyrillic) && word.chars().any(|c| c.is_ascii_alphabetic()) {
                complaints.push(format!("{at}: `{word}` mixes Cyrillic and Latin letters."));
            }
        }
    }
    none(&complaints);
}

/// A file with its code, literals of which may be keys.
struct Reader {
    path: String,
    code: String,
}

fn readers() -> Vec<Reader> {
    let sources = files("src", &[".rs"]).into_iter().map(|file| Reader { code: code(&file.text), path: file.path });
    let templates = files("templates", &[".html"])
        .into_iter()
        .map(|file| Reader { code: template_code(&file.text), path: file.path });
    sources.chain(templates).collect()
}

/// Returns whether a literal is the key of a call such as `texts.text("…")`.
fn is_key(literal: &Literal<'_>, code: &str) -> bool {
    let (before, behind) = (literal.before(code), literal.behind(code));
    // Why: messages about fields have `text(name, value)` and `with(name, value)` as well; a key comes alone or with a list.
    (before.ends_with(".text(") && behind.starts_with(')'))
        || (before.ends_with(".one(") && behind.starts_with(','))
        || (before.ends_with(".with(") && (behind.starts_with(", &[") || behind.starts_with(", [")))
}

/// Returns the patterns under which a file looks keys up; `*` stands for what is filled in.
fn patterns(reader: &Reader) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for literal in literals(&reader.code) {
        let before = literal.before(&reader.code);
        let is_prefix = (before.ends_with(".code(") && literal.behind(&reader.code).starts_with(','))
            || before.ends_with("Value::Code(")
            || before.ends_with("Fact::code(")
            || (before.ends_with(',')
                && ["badge(", "worded("]
                    .iter()
                    .any(|call| before.rfind(call).is_some_and(|at| !before[at..].contains(')'))));
        if is_prefix {
            found.push((format!("{}-*", literal.text), literal.line));
        } else if before.ends_with("format!(")
            && let Some(pattern) = filled(literal.text)
        {
            found.push((pattern, literal.line));
        }
    }
    found
}

/// Turns `error-page-{key}-advice` into `error-page-*-advice`; other texts are no keys.
fn filled(text: &str) -> Option<String> {
    let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let head = text.find('{').map(|at| &text[..at])?;
    if head.is_empty() || !head.ends_with('-') || !head.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let mut pattern = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let end = rest[at..].find('}')?;
        pattern.push_str(&rest[..at]);
        pattern.push('*');
        rest = &rest[at + end + 1..];
    }
    pattern.push_str(rest);
    pattern.chars().all(|c| is_key(c) || c == '*').then_some(pattern)
}

/// Returns whether a key fits a pattern.
fn fits(key: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| key.strip_prefix(head)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        if index + 1 == parts.len() {
            return rest.len() > part.len() && rest.ends_with(part);
        }
        let Some(at) = rest.get(1..).and_then(|behind| behind.find(part)) else { return false };
        rest = &rest[1 + at + part.len()..];
    }
    rest.is_empty()
}

/// Codes of messages that code makes: the call before the literal, and under which prefixes it is worded.
const CODES: &[(&str, &[&str])] = &[
    ("Message::new(", &["error", "refusal"]),
    ("OperationError::refused(", &["refusal"]),
    ("ValidationError::new(", &["error"]),
    ("code = ", &["error"]),
];

/// Codes that frameworks give by themselves, where a form asks for such a rule.
const RULES: &[(&str, &str)] =
    &[("length(", "length"), ("range(", "range"), ("email", "email"), ("must_match(", "must-match")];

#[test]
fn every_key_that_is_asked_for_exists() {
    let keys = language("en");
    let mut complaints = Vec::new();
    for reader in readers() {
        for literal in literals(&reader.code) {
            let at = format!("{}:{}", reader.path, literal.line);
            if is_key(&literal, &reader.code) && !keys.contains_key(literal.text) {
                complaints.push(format!("{at}: there is no text `{}`: add it to both languages.", literal.text));
            }
            for (call, prefixes) in
                CODES.iter().filter(|(call, _)| literal.before(&reader.code).ends_with(call.trim_end()))
            {
                let code = literal.text.replace('_', "-");
                let wanted: Vec<String> = prefixes.iter().map(|prefix| format!("{prefix}-{code}")).collect();
                if !wanted.iter().any(|key| keys.contains_key(key)) && !code.contains('{') {
                    complaints.push(format!("{at}: {call}\"{code}\" has no words: add `{}`.", wanted.join("` or `")));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_rule_of_a_form_has_words() {
    let keys = language("en");
    let mut complaints = Vec::new();
    for reader in readers() {
        for (index, line) in reader.code.lines().enumerate().filter(|(_, line)| line.contains("#[validate(")) {
            for (_, code) in RULES.iter().filter(|(rule, _)| line.contains(rule) && !line.contains("code = ")) {
                if !keys.contains_key(&format!("error-{code}")) {
                    complaints.push(format!("{}:{}: there is no text `error-{code}`.", reader.path, index + 1));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_key_is_used() {
    let readers = readers();
    let mut words: BTreeSet<&str> = BTreeSet::new();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for reader in &readers {
        words.extend(literals(&reader.code).iter().map(|literal| literal.text));
        asked.extend(patterns(reader).into_iter().map(|(pattern, _)| pattern));
    }
    // Why: `format!("{key}-explained")` asks for the explanation of a key that is itself in use.
    let ends: BTreeSet<&str> = words
        .iter()
        .filter_map(|text| text.strip_prefix('{')?.split_once('}'))
        .map(|(_, end)| end)
        .filter(|end| end.starts_with('-') && !end.contains(['{', ' ']))
        .collect();
    let mut complaints = Vec::new();
    for (key, text) in language("en") {
        let is_known = |key: &str| words.contains(key) || asked.iter().any(|pattern| fits(key, pattern));
        let is_behind = |end: &&str| key.strip_suffix(*end).is_some_and(is_known);
        let is_used = is_known(&key) || ends.iter().any(is_behind);
        if !is_used {
            complaints
                .push(format!("{}:{}: no page uses `{key}`: take it out of both languages.", text.file, text.line));
        }
    }
    none(&complaints);
}

#[test]
fn every_code_has_words() {
    use speca::{accounts, ballots, delegations, kernel, outbox, policy, programmes, submissions, tally};
    macro_rules! codes {
        ($($prefix:literal => $list:expr),+ $(,)?) => {
            vec![$(($prefix, $list.iter().map(|one| one.code()).collect::<Vec<_>>())),+]
        };
    }
    let all: Vec<(&str, Vec<&str>)> = codes![
        "state" => submissions::workflow::State::ALL,
        "ballot-state" => ballots::workflow::State::ALL,
        "programme-state" => programmes::workflow::State::ALL,
        "event" => submissions::workflow::Event::ALL,
        "capacity" => policy::Capacity::ALL,
        "office" => accounts::Office::ALL,
        "delegation-kind" => delegations::DelegationKind::ALL,
        "kind" => kernel::reference::Kind::ALL,
        "method" => tally::Method::ALL,
        "base" => tally::turnout::Base::ALL,
        "roll" => tally::turnout::RollKind::ALL,
        "mail-subject" => outbox::Kind::ALL,
        "mail-text" => outbox::Kind::ALL,
        "mail-kind" => outbox::Kind::ALL,
        "mail-state" => outbox::State::ALL,
        "mail-pace" => outbox::Pace::ALL,
    ];
    let keys = language("en");
    let asked: BTreeSet<String> = readers().iter().flat_map(patterns).map(|(pattern, _)| pattern).collect();
    let mut complaints = Vec::new();
    for (prefix, codes) in all.iter().filter(|(prefix, _)| asked.contains(&format!("{prefix}-*"))) {
        for code in codes.iter().filter(|code| !keys.contains_key(&format!("{prefix}-{code}"))) {
            complaints
                .push(format!("locales/en: `{prefix}-{code}` has no words, and pages ask for every `{prefix}-…`."));
        }
    }
    none(&complaints);
}

#[test]
fn the_glossary_of_months_is_whole() {
    for lang in ["en", "ru"] {
        let text = read(&format!("locales/{lang}/dates.ftl"));
        let months = (1..=12).filter(|month| text.contains(&format!("month-{month} = "))).count();
        assert_eq!(months, 12, "locales/{lang}/dates.ftl");
    }
}

#[test]
fn patterns_are_read_from_code() {
    assert_eq!(filled("error-page-{key}-advice").as_deref(), Some("error-page-*-advice"));
    assert_eq!((filled("{prefix}-{code}"), filled("a b-{c}"), filled("plain")), (None, None, None));
    assert!(fits("error-page-404-advice", "error-page-*-advice") && fits("state-draft", "state-*"));
    assert!(!fits("error-page-404", "error-page-*-advice") && !fits("state-", "state-*"));
}
