//! The outbox as pages: which mails were written, where their delivery stands, and the text of one. `texts` edits what mails
//! say.

pub mod texts;

use askama::Template;

use super::delivery::WITHHELD;
use super::letters::{Wordings, Written, words};
use super::model::{Message, State};
use super::operations::{Listing, Opened, may_read};
use super::store::SetWording;
use crate::kernel::clock::written;
use crate::policy::{Action, Target};
use crate::web::paging::{Page, Pager};
use crate::web::{Answer, Frame, Member, PageResult, Reader};

/// The list.
#[derive(Template)]
#[template(path = "outbox/list.html")]
struct ListPage {
    frame: Frame,
    lead: String,
    rows: Vec<Row>,
    filters: Vec<FilterView>,
    pager: Pager,
    notice: Option<String>,
    texts: Option<&'static str>,
}

/// One message of the list.
struct Row {
    href: String,
    at: String,
    on: String,
    whom: String,
    email: String,
    what: String,
    subject: String,
    state: &'static str,
    said: String,
}

/// One way to filter the list.
struct FilterView {
    label: String,
    href: String,
    is_current: bool,
}

/// Shows a part of the outbox.
pub fn list(member: &Member<'_>, page: Page, state: Option<State>, listing: &Listing) -> PageResult {
    let texts = member.texts();
    let filter = |state: Option<State>| state.map_or_else(String::new, |state| format!("state={state}"));
    let total: i64 = listing.counts.iter().map(|(_, count)| count).sum();
    let view = |label: String, count: i64, one: Option<State>| FilterView {
        label: format!("{label} ({})", texts.number(count)),
        href: format!("/outbox?{}", filter(one)),
        is_current: one == state,
    };
    let states = listing.counts.iter().map(|(one, count)| view(texts.code("mail-state", one), *count, Some(*one)));
    Answer::page(&ListPage {
        frame: Frame::new(member, texts.text("nav-outbox")),
        lead: texts.text("outbox-lead"),
        rows: rows(member, listing),
        texts: member.may(Action::EditMailTexts, &Target::none()).then_some("/outbox/texts"),
        filters: [view(texts.text("all"), total, None)].into_iter().chain(states).collect(),
        pager: Pager::new(page, listing.count, |number| format!("/outbox?{}&page={number}", filter(state))),
        notice: (!member.site.sends_mail).then(|| texts.text("outbox-sends-nothing")),
    })
}

/// Shows one's own mails.
pub fn own(member: &Member<'_>, listing: &Listing) -> PageResult {
    let texts = member.texts();
    Answer::page(&ListPage {
        frame: Frame::new(member, texts.text("outbox-own")).crumb(texts.text("account-own"), "/account"),
        lead: texts.text("outbox-own-lead"),
        filters: Vec::new(),
        pager: Pager::new(Page::new(None, listing.count.max(1)), listing.count, |_| String::new()),
        notice: None,
        texts: None,
        rows: rows(member, listing),
    })
}

fn rows(member: &Member<'_>, listing: &Listing) -> Vec<Row> {
    let wordings = in_force(&listing.wordings);
    listing.messages.iter().map(|message| row(member, message, &wordings)).collect()
}

/// Returns the words that the secretariat set, by what they are for.
pub fn in_force(wordings: &[SetWording]) -> Wordings {
    wordings.iter().map(|(kind, lang, wording, _)| ((*kind, *lang), wording.clone())).collect()
}

fn row(member: &Member<'_>, message: &Message, wordings: &Wordings) -> Row {
    let texts = member.texts();
    let is_read = may_read(&member.actor, message);
    Row {
        href: format!("/outbox/{}", message.id),
        at: written(message.created_at),
        on: texts.moment(message.created_at, member.zone),
        whom: message.name.clone(),
        email: message.email.clone(),
        what: what(member, message),
        subject: if is_read { text(member, message, &[], wordings).subject } else { String::new() },
        state: message.state.code(),
        said: message.last_error.clone(),
    }
}

/// Says what a message tells, unless that is for its recipient alone.
fn what(reader: &Reader, message: &Message) -> String {
    let is_told = !message.kind.is_private() || may_read(&reader.actor, message);
    let key = if is_told { message.kind.code() } else { "private" };
    reader.texts().text(&format!("mail-kind-{key}"))
}

/// Returns the text that was sent, or that would be: without the secret of its link.
fn text(reader: &Reader, message: &Message, items: &[Message], wordings: &Wordings) -> Written {
    if message.state == State::Sent {
        return Written { subject: message.subject.clone(), body: message.body.clone() };
    }
    words(message, items, reader.site.public_url.as_deref().unwrap_or_default(), WITHHELD, wordings)
}

/// One message.
#[derive(Template)]
#[template(path = "outbox/message.html")]
struct MessagePage {
    frame: Frame,
    facts: Vec<(String, String)>,
    state: &'static str,
    language: &'static str,
    text: Option<Written>,
    again: Option<String>,
}

/// Shows one message.
pub fn message(member: &Member<'_>, opened: &Opened) -> PageResult {
    let texts = member.texts();
    let message = &opened.message;
    let moment = |at| texts.moment(at, member.zone);
    let mut facts = vec![
        (texts.text("outbox-whom"), format!("{} <{}>", message.name, message.email)),
        (texts.text("outbox-what"), what(member, message)),
        (texts.text("account-language"), texts.code("account-language", message.language)),
        (texts.text("outbox-written"), moment(message.created_at)),
    ];
    match message.sent_at {
        Some(at) => facts.push((texts.text("outbox-sent"), moment(at))),
        None if message.state == State::Waiting => facts.push((texts.text("outbox-due"), moment(message.due_at))),
        None => {}
    }
    if message.attempts > 0 {
        facts.push((texts.text("outbox-attempts"), texts.number(message.attempts.into())));
    }
    if !message.last_error.is_empty() {
        facts.push((texts.text("outbox-said"), message.last_error.clone()));
    }
    let is_lost = matches!(message.state, State::Failed | State::GivenUp);
    let may_again = is_lost && member.may(Action::SendMailAgain, &Target::none());
    let frame = Frame::new(member, what(member, message));
    let frame = if member.may(Action::ViewOutbox, &Target::none()) {
        frame.crumb(texts.text("nav-outbox"), "/outbox")
    } else {
        frame.crumb(texts.text("account-own"), "/account").crumb(texts.text("outbox-own"), "/account/mail")
    };
    Answer::page(&MessagePage {
        frame,
        facts,
        state: message.state.code(),
        language: message.language.code(),
        text: may_read(&member.actor, message)
            .then(|| text(member, message, &opened.items, &in_force(&opened.wordings))),
        again: may_again.then(|| format!("/outbox/{}/send-again", message.id)),
    })
}
