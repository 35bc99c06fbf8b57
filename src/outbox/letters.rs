//! The words of a message: subject and text in its recipient's language, from its facts.
//!
//! Every text has the same parts: to whom, what happened and what to do, the facts one a line, words of the other side,
//! one link, why one gets it. Nothing typed by people can break out of its line: control characters become spaces.

use std::collections::BTreeMap;

use super::model::{Fact, Kind, Message, PLACE, TOKEN, Wording};
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::sessions::pages::calendar as files;

/// Facts that stand in the text one a line, in this order.
const LINES: &[&str] = &[
    "inviter",
    "capacity",
    "delegation",
    "session",
    "ballot",
    "decision",
    "programme",
    "reference",
    "title",
    "country",
    "answer",
    "change",
    "machine",
    "at",
    "until",
    "deadline",
];
/// The fact that holds words of the other side.
const NOTE: &str = "note";
/// Longest line of a fact, in characters.
const LINE_CHARS_MAX: usize = 400;

/// What the secretariat lets mails say instead of the standard texts.
pub type Wordings = BTreeMap<(Kind, Lang), Wording>;

/// Subject and text of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject, in one line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Finds the words of a message. `items` are the messages that a daily mail holds, `base` is the address of the site,
/// `token` belongs into the link of a message that has a secret.
pub fn words(message: &Message, items: &[Message], base: &str, token: &str, wordings: &Wordings) -> Written {
    let texts = Texts::of(message.language);
    let own = wordings.get(&(message.kind, message.language));
    let mut parts = vec![texts.one("mail-attention", "whom", whom(texts, message)), paragraph(texts, message, own)];
    parts.extend(fact_lines(texts, message));
    if let Some(Fact::Text(note)) = message.facts.get(NOTE).filter(|note| !worded(texts, note).is_empty()) {
        parts.push(format!("{}\n{}", texts.text("mail-note"), several_lines(note)));
    }
    parts.extend(items.iter().map(|item| {
        let own = wordings.get(&(item.kind, texts.lang()));
        let mut part = vec![format!("* {}", subject(texts, item, own)), paragraph(texts, item, own)];
        part.extend(fact_lines(texts, item));
        part.push(address(item, base, ""));
        part.join("\n")
    }));
    parts.push(address(message, base, token));
    parts.push(format!("{}\n{}", texts.code("mail-why", why(message.kind)), texts.text("mail-no-answer")));
    parts.push(format!("{}\n{}", texts.text("site-name"), texts.text("site-secretariat")));
    Written { subject: subject(texts, message, own), body: parts.join("\n\n") + "\n" }
}

/// Returns a calendar file with the deadline of a message, for those that tell of one to be kept.
pub fn calendar(message: &Message, base: &str) -> Option<String> {
    let Some(Fact::Moment(at, _)) = message.facts.get("deadline").filter(|_| message.kind.has_calendar()) else {
        return None;
    };
    let texts = Texts::of(message.language);
    let entry = files::Entry {
        // Why: each reminder of one deadline is the same entry.
        uid: format!("deadline{}@speca", message.link.replace('/', "-")),
        summary: texts.with(&format!("mail-subject-{}", message.kind), &values(texts, message)),
        at: *at,
        url: address(message, base, ""),
    };
    Some(files::file(&texts.text("site-short"), &[entry], message.created_at, 0))
}

fn address(message: &Message, base: &str, token: &str) -> String {
    format!("{base}{}", message.link.replace(TOKEN, token))
}

fn subject(texts: Texts, message: &Message, own: Option<&Wording>) -> String {
    let values = values(texts, message);
    let plain = match own {
        Some(own) => filled(&own.subject, &values),
        None => texts.with(&format!("mail-subject-{}", message.kind), &values),
    };
    let whole = if message.asks { texts.one("mail-asks", "subject", plain) } else { plain };
    one_line(&whole)
}

fn paragraph(texts: Texts, message: &Message, own: Option<&Wording>) -> String {
    let values = values(texts, message);
    match own {
        Some(own) => several_lines(&filled(&own.body, &values)),
        None => texts.with(&format!("mail-text-{}", message.kind), &values),
    }
}

/// Returns the standard words of a kind, with `{name}` for each fact.
pub fn standard(kind: Kind, lang: Lang) -> Wording {
    let texts = Texts::of(lang);
    let names: Vec<(&str, String)> = kind.facts().iter().map(|name| (*name, format!("{{{name}}}"))).collect();
    Wording {
        subject: texts.with(&format!("mail-subject-{kind}"), &names),
        body: texts.with(&format!("mail-text-{kind}"), &names),
    }
}

/// Puts facts in the place of their names; a fact that a message does not have leaves nothing.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        out.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
        out.push_str(value);
        rest = after;
    }
    out + rest
}

/// Returns every fact with its words.
fn values(texts: Texts, message: &Message) -> Vec<(&str, String)> {
    message.facts.iter().map(|(name, fact)| (name.as_str(), worded(texts, fact))).collect()
}

fn fact_lines(texts: Texts, message: &Message) -> Option<String> {
    let lines: Vec<String> = LINES
        .iter()
        .filter_map(|name| Some((name, worded(texts, message.facts.get(*name)?))))
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{}: {value}", texts.code("mail-fact", name)))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn worded(texts: Texts, fact: &Fact) -> String {
    match fact {
        Fact::Text(text) => one_line(text),
        Fact::Both(text) => {
            let lang: Lang = texts.lang();
            let side = text.get(lang);
            one_line(if side.trim().is_empty() { text.get(lang.other()) } else { side })
        }
        Fact::Number(number) => texts.number(*number),
        Fact::Moment(at, zone) => texts.moment(*at, zone.parse().unwrap_or_default()),
        Fact::Code(prefix, code) => texts.text(&format!("{prefix}-{code}")),
    }
}

/// Names the recipient: the office and its delegation, or the person.
fn whom(texts: Texts, message: &Message) -> String {
    if message.capacity.is_empty() {
        return one_line(&message.name);
    }
    let office = texts.code("capacity", &message.capacity);
    match message.facts.get(PLACE) {
        Some(place) => format!("{office}, {}", worded(texts, place)),
        None => office,
    }
}

/// Returns the end of the key that says why somebody gets a message.
const fn why(kind: Kind) -> &'static str {
    match kind {
        Kind::Invitation => "invited",
        Kind::PasswordLink | Kind::NewSignIn | Kind::SecondFactor | Kind::Digest => "account",
        Kind::Submitted | Kind::HandedInLate | Kind::PaperContested | Kind::EditsAnswered => "secretariat",
        Kind::ReviewerAppointed | Kind::ReviewsAssigned | Kind::ReviewsOpened | Kind::ReviewsClosing => "reviewer",
        Kind::ClearanceRequested
        | Kind::ClearanceStep
        | Kind::SentBack
        | Kind::ConfirmationAsked
        | Kind::Admitted
        | Kind::KeptInformal
        | Kind::Returned
        | Kind::Accepted
        | Kind::NotRetained
        | Kind::Merged
        | Kind::EditsProposed
        | Kind::SubmissionsClosing
        | Kind::BallotOpened
        | Kind::CredentialsAccepted
        | Kind::CredentialsReturned
        | Kind::PaperEntered
        | Kind::BallotClosing
        | Kind::AmendmentTakenIn
        | Kind::ConsentAsked
        | Kind::ConsentAskedAgain
        | Kind::ConsentAnswered
        | Kind::CountryRemoved
        | Kind::ProgressAsked
        | Kind::CoSponsorInvited
        | Kind::CoSponsorAskedAgain
        | Kind::CoSponsorAnswered
        | Kind::ConsentsOpen
        | Kind::CoSponsorsOpen => "delegation",
        Kind::ClarificationAsked | Kind::ClarificationsOpen | Kind::ProgressAnswered | Kind::ProgressDue => "answers",
        Kind::ClarificationAnswered => "asked",
        Kind::BallotCertified
        | Kind::ProgrammeAdopted
        | Kind::DecisionOpened
        | Kind::ObjectionRaised
        | Kind::SilenceStarted
        | Kind::SilenceExtended
        | Kind::SilenceBroken
        | Kind::VoteAsked
        | Kind::DecisionConcluded => "group",
    }
}

/// Returns a text in one line of bounded length, without control characters.
pub fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if is_odd(c) { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LINE_CHARS_MAX {
        return line;
    }
    line.chars().take(LINE_CHARS_MAX - 1).chain(['…']).collect()
}

/// Returns a text with its line breaks, without other control characters.
fn several_lines(text: &str) -> String {
    text.trim().replace("\r\n", "\n").chars().map(|c| if c != '\n' && is_odd(c) { ' ' } else { c }).collect()
}

/// Whether a character controls something: line ends of any kind, and those that turn the direction of writing.
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_stays_in_its_line() {
        assert_eq!(one_line("A\r\nBcc: x@example.org\u{2028}B\u{202e}C\0"), "A Bcc: x@example.org B C");
        assert_eq!(one_line(&"п".repeat(500)).chars().count(), LINE_CHARS_MAX);
        assert_eq!(several_lines("a\r\nb\u{7}c"), "a\nb c");
    }
}
