//! The trail as a page: newest first, each act in words.

use std::collections::BTreeMap;

use askama::Template;
use serde_json::Value;

use super::{Line, Part};
use crate::i18n::Texts;
use crate::kernel::ids::AccountId;
use crate::web::paging::{Page, Pager};
use crate::web::{Answer, Frame, Member, PageResult};

/// The page.
#[derive(Template)]
#[template(path = "audit/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    pager: Pager,
}

/// One line.
struct Row {
    position: i64,
    at: String,
    on: String,
    who: String,
    what: String,
    subject: String,
    detail: String,
}

/// Shows a page of the trail.
pub fn list(member: &Member<'_>, page: Page, part: &Part) -> PageResult {
    let texts = member.texts();
    let names = &part.names;
    let row = |line: &Line| Row {
        position: line.position,
        at: line.acted_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        on: texts.moment(line.acted_at, member.zone),
        who: match &line.account_id {
            Some(id) => names.get(id).cloned().unwrap_or_else(|| id.to_string()),
            None => texts.text("audit-by-command"),
        },
        what: act(texts, &line.act),
        subject: names.get(&AccountId::from(line.subject.as_str())).unwrap_or(&line.subject).clone(),
        detail: detail(texts, names, &line.detail),
    };
    Answer::page(&ListPage {
        frame: Frame::new(member, texts.text("nav-audit")),
        rows: part.lines.iter().map(row).collect(),
        pager: Pager::new(page, part.count, |number| format!("/audit?page={number}")),
    })
}

/// Words an act by the key `act-<room>-<act>`; one without words shows as its code.
fn act(texts: Texts, code: &str) -> String {
    let key = format!("act-{}", code.replace('.', "-"));
    if texts.has(&key) { texts.text(&key) } else { code.to_owned() }
}

/// Writes the facts of a line: names and values in words where there are words, what is empty left out.
fn detail(texts: Texts, names: &BTreeMap<AccountId, String>, json: &str) -> String {
    let mut facts = Vec::new();
    if let Ok(value) = serde_json::from_str::<Value>(json) {
        gather("", &value, &mut facts);
    }
    let worded = |(name, value): (String, String)| {
        let (label, word) = (format!("audit-detail-{name}"), format!("{name}-{value}"));
        let label = if texts.has(&label) { texts.text(&label) } else { name };
        let person = names.get(&AccountId::from(value.as_str())).cloned();
        let word = if texts.has(&word) { texts.text(&word) } else { person.unwrap_or(value) };
        format!("{label}: {word}")
    };
    facts.into_iter().map(worded).collect::<Vec<_>>().join(" · ")
}

fn gather(name: &str, value: &Value, facts: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(inner) => inner.iter().for_each(|(name, value)| gather(name, value, facts)),
        Value::Array(values) => values.iter().for_each(|value| gather(name, value, facts)),
        Value::String(text) => facts.push((name.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => facts.push((name.to_owned(), value.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;

    #[test]
    fn facts_are_written_in_one_line_and_in_words() {
        let person = AccountId::new();
        let names = BTreeMap::from([(person.clone(), "Trade department".to_owned())]);
        let written = |lang, json: &str| detail(Texts::of(lang), &names, json);
        let json = format!(r#"{{"by":"{person}","to":{{"capacity":"head","delegation":"KAZ"}},"until":null,"odd":7}}"#);
        assert_eq!(
            written(Lang::En, &json),
            "By: Trade department · odd: 7 · Capacity: Head of delegation · Delegation: KAZ"
        );
        assert_eq!(written(Lang::Ru, r#"{"capacity":"head"}"#), "Функция: Глава делегации");
        assert_eq!(written(Lang::En, "{}"), "");
        assert_eq!(written(Lang::En, "broken"), "");
    }

    #[test]
    fn an_act_without_words_shows_as_its_code() {
        assert_eq!(act(Texts::of(Lang::En), "room.never-worded"), "room.never-worded");
        assert_ne!(act(Texts::of(Lang::Ru), "invitation.made"), "invitation.made");
    }
}
