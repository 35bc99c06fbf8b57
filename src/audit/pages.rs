//! The trail as a page: newest first, each act in words.

use std::collections::BTreeMap;

use askama::Template;
use serde_json::Value;

use super::Line;
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
pub fn list(
    member: &Member<'_>,
    page: Page,
    lines: &[Line],
    count: i64,
    names: &BTreeMap<AccountId, String>,
) -> PageResult {
    let texts = member.texts();
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
        detail: detail(&line.detail),
    };
    Answer::page(&ListPage {
        frame: Frame::new(member, texts.text("nav-audit")),
        rows: lines.iter().map(row).collect(),
        pager: Pager::new(page, count, |number| format!("/audit?page={number}")),
    })
}

/// Words an act by the key `act-<room>-<act>`; one without words shows as its code.
fn act(texts: Texts, code: &str) -> String {
    let key = format!("act-{}", code.replace('.', "-"));
    if texts.has(&key) { texts.text(&key) } else { code.to_owned() }
}

/// Writes the facts of a line: names and values, what is empty left out.
fn detail(json: &str) -> String {
    let mut parts = Vec::new();
    if let Ok(value) = serde_json::from_str::<Value>(json) {
        gather("", &value, &mut parts);
    }
    parts.join(" · ")
}

fn gather(name: &str, value: &Value, parts: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Object(facts) => facts.iter().for_each(|(name, value)| gather(name, value, parts)),
        Value::Array(values) => values.iter().for_each(|value| gather(name, value, parts)),
        Value::String(text) => parts.push(format!("{name}: {text}")),
        Value::Bool(_) | Value::Number(_) => parts.push(format!("{name}: {value}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;

    #[test]
    fn facts_are_written_in_one_line() {
        assert_eq!(detail(r#"{"to":{"delegation":"KAZ","capacity":"head"},"until":null,"votes":true}"#), {
            "capacity: head · delegation: KAZ · votes: true"
        });
        assert_eq!(detail("{}"), "");
        assert_eq!(detail("broken"), "");
    }

    #[test]
    fn an_act_without_words_shows_as_its_code() {
        assert_eq!(act(Texts::of(Lang::En), "room.never-worded"), "room.never-worded");
        assert_ne!(act(Texts::of(Lang::Ru), "invitation.made"), "invitation.made");
    }
}
