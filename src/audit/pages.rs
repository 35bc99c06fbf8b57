//! The trail as a page: newest first, each act in words.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use serde_json::Value;

use super::{Line, Part};
use crate::i18n::Texts;
use crate::kernel::clock::written;
use crate::kernel::ids::AccountId;
use crate::policy::{Actor, Capacity};
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
    said: Said,
}

/// What a line says, in words.
#[derive(Default)]
pub struct Said {
    /// Who acted.
    pub who: String,
    /// What was done.
    pub what: String,
    /// To what.
    pub subject: String,
    /// Further facts.
    pub detail: String,
}

/// Shows a page of the trail.
pub fn list(member: &Member<'_>, page: Page, part: &Part, count: i64) -> PageResult {
    let texts = member.texts();
    let inside = || Said { what: texts.text("audit-inside"), ..Said::default() };
    let row = |line: &Line| Row {
        position: line.position,
        at: written(line.acted_at),
        on: texts.moment(line.acted_at, member.zone),
        said: said((texts, member.zone), &member.actor, part, line).unwrap_or_else(inside),
    };
    Answer::page(&ListPage {
        frame: Frame::new(member, texts.text("nav-audit")),
        rows: part.lines.iter().map(row).collect(),
        pager: Pager::new(page, count, |number| format!("/audit?page={number}")),
    })
}

/// Words a line for a reader; nothing where the reader learns no more than that it is there.
pub fn said((texts, zone): (Texts, Tz), actor: &Actor, part: &Part, line: &Line) -> Option<Said> {
    if is_inside(actor, part, line) {
        return None;
    }
    let names = &part.names;
    Some(Said {
        who: match &line.account_id {
            Some(id) => names.get(id).cloned().unwrap_or_else(|| id.to_string()),
            None => texts.text("audit-by-command"),
        },
        what: act(texts, &line.act),
        subject: names.get(&AccountId::from(line.subject.as_str())).unwrap_or(&line.subject).clone(),
        detail: detail(texts, zone, names, &line.detail),
    })
}

/// Acts of a delegation among its own people.
const INSIDE: &[&str] = &[
    "clearance.begin-again",
    "clearance.set",
    "edits.prepare",
    "submission.create",
    "submission.pass-on",
    "submission.request-clearance",
    "submission.save",
    "submission.send-back",
];

/// What the secretariat prepares and has not said to anybody.
const PREPARED: &[&str] = &["edits.draft", "pending.forget", "pending.prepare"];

/// Returns whether a line is about what a delegation does at home, or about what the secretariat prepares and the reader is not
/// of it: whoever keeps the trail learns that it is there, and nothing of it but what they did themselves.
fn is_inside(actor: &Actor, part: &Part, line: &Line) -> bool {
    let is_prepared = PREPARED.contains(&line.act.as_str()) && !actor.is(Capacity::Secretariat);
    let is_inside = INSIDE.contains(&line.act.as_str()) || is_prepared || part.unseen.contains(&line.subject);
    is_inside && line.account_id.is_some() && line.account_id != actor.account
}

/// Words an act by the key `act-<room>-<act>`; one without words shows as its code.
fn act(texts: Texts, code: &str) -> String {
    let key = format!("act-{}", code.replace('.', "-"));
    if texts.has(&key) { texts.text(&key) } else { code.to_owned() }
}

/// Writes the facts of a line: names and values in words where there are words, what is empty left out.
fn detail(texts: Texts, zone: Tz, names: &BTreeMap<AccountId, String>, json: &str) -> String {
    let mut facts = Vec::new();
    if let Ok(value) = serde_json::from_str::<Value>(json) {
        gather("", &value, &mut facts);
    }
    let worded = |(name, values): (String, Vec<String>)| {
        let words: Vec<String> = values.iter().map(|value| word(texts, zone, names, &name, value)).collect();
        format!("{}: {}", label(texts, &name), words.join(", "))
    };
    facts.into_iter().map(worded).collect::<Vec<_>>().join(" · ")
}

/// Words the name of a fact; one without words shows as its code.
fn label(texts: Texts, name: &str) -> String {
    let keys = [format!("audit-detail-{}", name.replace('_', "-")), format!("step-{name}")];
    keys.iter().find(|key| texts.has(key)).map_or_else(|| name.to_owned(), |key| texts.text(key))
}

/// Words a value: a code by the texts of its room, a moment in the reader's zone, an account by its name.
fn word(texts: Texts, zone: Tz, names: &BTreeMap<AccountId, String>, name: &str, value: &str) -> String {
    let room = match name {
        "from" | "to" => "state",
        "by" => "programme-adopted-by",
        "reach" => "clarification-reach",
        "base" => "ballot-base",
        "quorum" => "ballot-quorum",
        "tie_rule" => "tie-rule",
        name => name,
    };
    let key = match value {
        "true" => "yes".to_owned(),
        "false" => "no".to_owned(),
        value => format!("{room}-{value}"),
    };
    if texts.has(&key) {
        return texts.text(&key);
    }
    if let Ok(at) = value.parse::<NaiveDateTime>() {
        return texts.moment(at, zone);
    }
    names.get(&AccountId::from(value)).cloned().unwrap_or_else(|| value.to_owned())
}

fn gather(name: &str, value: &Value, facts: &mut Vec<(String, Vec<String>)>) {
    match value {
        Value::Null => {}
        Value::Object(inner) => inner.iter().for_each(|(name, value)| gather(name, value, facts)),
        Value::Array(values) if values.iter().any(Value::is_object) => {
            for value in values {
                gather(name, value, facts);
            }
        }
        Value::Array(values) if values.is_empty() => {}
        Value::Array(values) => facts.push((name.to_owned(), values.iter().map(plain).collect())),
        value => facts.push((name.to_owned(), vec![plain(value)])),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;

    #[test]
    fn facts_are_written_in_one_line_and_in_words() {
        let person = AccountId::new();
        let names = BTreeMap::from([(person.clone(), "Trade department".to_owned())]);
        let written = |lang, json: &str| detail(Texts::of(lang), Tz::Asia__Bishkek, &names, json);
        let json = format!(r#"{{"by":"{person}","to":{{"capacity":"head","delegation":"KAZ"}},"until":null,"odd":7}}"#);
        assert_eq!(
            written(Lang::En, &json),
            "By: Trade department · odd: 7 · Capacity: Head of delegation · Delegation: KAZ"
        );
        assert_eq!(written(Lang::Ru, r#"{"capacity":"head"}"#), "Функция: Глава делегации");
        assert_eq!(
            written(
                Lang::En,
                r#"{"electorate":["AFG","KAZ"],"tie_rule":"lot","closes_at":"2020-11-12T12:00:00","none":[]}"#
            ),
            "Closes: 12 November 2020, 18:00 (UTC+6) · Electorate: AFG, KAZ · Tie rule: Drawing of lots"
        );
        assert_eq!(
            written(Lang::En, r#"{"from":"draft","to":"submitted","votes":true}"#),
            "From: Draft · To: Submitted · Has a ballot: Yes"
        );
        assert_eq!(written(Lang::En, "{}"), "");
        assert_eq!(written(Lang::En, "broken"), "");
    }

    #[test]
    fn an_act_without_words_shows_as_its_code() {
        assert_eq!(act(Texts::of(Lang::En), "room.never-worded"), "room.never-worded");
        assert_ne!(act(Texts::of(Lang::Ru), "invitation.made"), "invitation.made");
    }
}
