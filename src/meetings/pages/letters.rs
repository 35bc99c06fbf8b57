//! Credentials: the list of delegations, and the letters of one with the forms to hand in and to examine.

use askama::Template;

use super::frame;
use crate::delegations::Delegation;
use crate::i18n::{Texts, order};
use crate::kernel::ids::AccountId;
use crate::meetings::State;
use crate::meetings::model::{COMMENT_CHARS_MAX, Credentials, LETTER_BYTES_MAX};
use crate::meetings::operations::letters::{Dossier, Standing, target};
use crate::policy::Action;
use crate::sessions::Session;
use crate::sessions::pages::{address, moment};
use crate::web::again::{Again, SEEN};
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// A delegation with its newest letter.
struct RowView {
    name: String,
    href: String,
    state: &'static str,
    state_words: String,
    validity: String,
    go: String,
}

/// The list.
#[derive(Template)]
#[template(path = "meetings/credentials.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<RowView>,
    summary: String,
    export: Option<String>,
}

/// A letter.
struct LetterView {
    state: &'static str,
    state_words: String,
    facts: Vec<(String, String)>,
    file: Option<(String, String)>,
    comment: String,
}

/// The letters of one delegation.
#[derive(Template)]
#[template(path = "meetings/letters.html")]
struct LettersPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    address: String,
    standing: String,
    newest: Option<LetterView>,
    earlier: Vec<LetterView>,
    head_differs: bool,
    hands_in: bool,
    people: Vec<(String, String)>,
    letter_hint: String,
    accepts: bool,
    returns: bool,
    comment_max: usize,
}

/// Returns the address of the credentials of a session, or of one delegation in it.
pub fn place(session: i32, code: &str) -> String {
    let list = address(session, "credentials");
    if code.is_empty() { list } else { format!("{list}/{code}") }
}

/// Words where the credentials of a delegation stand.
pub fn state_words(texts: Texts, letter: Option<&Credentials>, session: &Session) -> String {
    texts.code("credentials-state", Credentials::standing(letter, session))
}

fn validity(texts: Texts, one: &Credentials) -> String {
    let from = texts.day(one.valid_from_on);
    match one.valid_until_on {
        Some(until) => texts.with("credentials-from-until", &[("from", from), ("until", texts.day(until))]),
        None => texts.one("credentials-from", "from", from),
    }
}

/// Shows the delegations with where their credentials stand.
pub fn list(reader: &Reader, session: &Session, rows: &[Standing]) -> PageResult {
    let texts = reader.texts();
    let is_in_order =
        |(_, letter): &&Standing| Credentials::standing(letter.as_ref(), session) == State::Accepted.code();
    let accepted = rows.iter().filter(is_in_order).count();
    let summary = texts.with("credentials-summary", &[("accepted", accepted), ("all", rows.len())]);
    let mut views: Vec<RowView> = rows
        .iter()
        .map(|(delegation, letter)| RowView {
            name: delegation.name.get(reader.lang).clone(),
            href: place(session.number, &delegation.code),
            state: Credentials::standing(letter.as_ref(), session),
            state_words: state_words(texts, letter.as_ref(), session),
            validity: letter.as_ref().map_or_else(String::new, |one| validity(texts, one)),
            go: go(reader, session, delegation, letter.as_ref()),
        })
        .collect();
    views.sort_by(|a, b| order::compare(reader.lang, &a.name, &b.name));
    let is_whole = reader.may(Action::ExamineCredentials, &crate::policy::Target::of_session(session.id.clone()));
    Answer::page(&ListPage {
        frame: frame(reader, session, texts.text("credentials-title")),
        rows: views,
        summary,
        export: is_whole.then(|| address(session.number, "exports/credentials.csv")),
    })
}

/// Says what the reader would do about the credentials of a delegation.
fn go(reader: &Reader, session: &Session, delegation: &Delegation, letter: Option<&Credentials>) -> String {
    let (texts, target) = (reader.texts(), target(session, delegation));
    let waits = letter.is_some_and(|one| one.state == State::HandedIn);
    let asks = letter.is_none_or(|one| one.state == State::Returned || !one.covers(session));
    if waits && reader.may(Action::ExamineCredentials, &target) {
        texts.text("credentials-go-examine")
    } else if asks && reader.may(Action::HandInCredentials, &target) {
        texts.text("credentials-go-hand-in")
    } else {
        texts.text("credentials-go-see")
    }
}

fn letter_view(reader: &Reader, dossier: &Dossier, one: &Credentials) -> LetterView {
    let (texts, session) = (reader.texts(), &dossier.session);
    let at = |when| moment(reader, when, session.time_zone).line(texts);
    let head = name_of(dossier, &one.head).unwrap_or_else(|| texts.text("credentials-head-left"));
    let mut facts = vec![
        (texts.text("credentials-head"), head),
        (texts.text("credentials-validity"), validity(texts, one)),
        (texts.text("credentials-handed-in-at"), at(one.handed_in_at)),
    ];
    facts.extend(one.examined_at.map(|when| (texts.text("credentials-examined-at"), at(when))));
    let href = format!("{}/{}/letter", place(session.number, &dossier.delegation.code), one.id);
    let kilobytes = (one.size_bytes + 1023) / 1024;
    let words =
        || texts.with("credentials-file", &[("name", one.file_name.clone()), ("kilobytes", kilobytes.to_string())]);
    LetterView {
        state: Credentials::standing(Some(one), session),
        state_words: state_words(texts, Some(one), session),
        facts,
        file: (!one.file_name.is_empty()).then(|| (href, words())),
        comment: one.comment.clone(),
    }
}

fn name_of(dossier: &Dossier, id: &AccountId) -> Option<String> {
    dossier.people.iter().find(|account| account.id == *id).map(|account| account.name.clone())
}

/// Shows the letters of a delegation, the forms fresh or again with what was typed.
pub fn letters(reader: &Reader, dossier: &Dossier, typed: Option<(Fields, Again)>) -> PageResult {
    let (texts, session, code) = (reader.texts(), &dossier.session, &dossier.delegation.code);
    let target = target(session, &dossier.delegation);
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let newest = dossier.letters.first();
    let stored = newest.map_or("", |one| one.id.as_str());
    let fresh = || Fields::none().set(SEEN, stored).set("valid_from_on", session.starts_on.to_string());
    let fields = Again::fields(again, typed.unwrap_or_else(fresh), stored);
    let state = newest.map(|one| one.state);
    let examines = reader.may(Action::ExamineCredentials, &target);
    let mut people: Vec<(String, String)> =
        dossier.people.iter().map(|account| (account.id.to_string(), account.name.clone())).collect();
    people.insert(0, (String::new(), texts.text("credentials-head-choose")));
    let page = LettersPage {
        frame: frame(
            reader,
            session,
            texts.one("credentials-of", "delegation", dossier.delegation.name.get(reader.lang)),
        )
        .crumb(texts.text("credentials-title"), place(session.number, ""))
        .form("main"),
        notice: Again::notice(again, texts, "credentials-stale"),
        address: place(session.number, code),
        standing: texts.code("credentials-explained", Credentials::standing(newest, session)),
        newest: newest.map(|one| letter_view(reader, dossier, one)),
        earlier: dossier.letters.iter().skip(1).map(|one| letter_view(reader, dossier, one)).collect(),
        head_differs: newest.is_some_and(|one| !dossier.heads.contains(&one.head)),
        hands_in: reader.may(Action::HandInCredentials, &target),
        people,
        letter_hint: texts.one("credentials-letter-hint", "kilobytes", LETTER_BYTES_MAX / 1024),
        accepts: examines && state == Some(State::HandedIn),
        returns: examines && matches!(state, Some(State::HandedIn | State::Accepted)),
        comment_max: COMMENT_CHARS_MAX,
        form: FormView::again(texts, fields, &Again::errors(again)),
    };
    Again::answer(again, &page)
}
