//! What the pages of the room show, decided and worded. A page sees a count or a paper only when it is handed one.

pub mod ballot;
pub mod by_hand;
pub mod form;
pub mod kit;
pub mod list;
pub mod offline;
pub mod paper;
pub mod position;
pub mod result;
pub mod sure;

use chrono::NaiveDateTime;

use super::model::{Ballot, BallotOption};
use super::operations::Place;
use crate::classification::List;
use crate::i18n::Texts;
use crate::policy::{Action, Target};
use crate::sessions::Session;
use crate::submissions;
use crate::submissions::co_sponsors::{self, model::Partners};
use crate::submissions::consents::{Missing, State};
use crate::tally::turnout::{Quorum, QuorumCheck};
use crate::web::{Frame, Reader};

/// Returns the address of the ballots of a session.
pub fn list_address(session: i32) -> String {
    format!("/sessions/{session}/ballots")
}

/// Returns the address of a ballot.
pub fn address(place: Place) -> String {
    format!("{}/{}", list_address(place.session), place.number)
}

/// Returns the name under which a ballot file is saved.
pub fn file_name(place: Place, extension: &str) -> String {
    format!("speca-{}-ballot-{}.{extension}", place.session, place.number)
}

/// Returns the frame of a page about the ballots of a session.
fn session_frame(reader: &Reader, session: &Session, title: impl Into<String>) -> Frame {
    Frame::new(reader, title)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
}

/// Returns the frame of a page about one ballot, below its own page.
fn ballot_frame(reader: &Reader, session: &Session, ballot: &Ballot, title: impl Into<String>) -> Frame {
    let place = place(session, ballot);
    session_frame(reader, session, title)
        .crumb(reader.texts().text("ballot-list"), list_address(session.number))
        .crumb(ballot.title.get(reader.lang).clone(), address(place))
}

fn place(session: &Session, ballot: &Ballot) -> Place {
    Place { session: session.number, number: ballot.number }
}

/// Words a moment in the legal zone of the session, and in the reader's where that differs.
fn moment(reader: &Reader, session: &Session, at: NaiveDateTime) -> String {
    let texts = reader.texts();
    let legal = texts.moment(at, session.time_zone);
    let own = texts.moment(at, reader.zone);
    if legal == own { legal } else { texts.with("ballot-moment", &[("legal", legal), ("own", own)]) }
}

/// Words a quorum.
fn quorum(texts: Texts, quorum: Quorum) -> String {
    match quorum {
        Quorum::None => texts.text("ballot-quorum-none"),
        Quorum::MajorityOfElectorate => texts.text("ballot-quorum-majority-of-electorate"),
        Quorum::Number(number) => texts.one("ballot-quorum-least", "number", number),
    }
}

/// Words whether a quorum is met, with its rule and its numbers.
fn quorum_words(texts: Texts, check: &QuorumCheck) -> String {
    let key = if check.is_met() { "ballot-quorum-met" } else { "ballot-quorum-missed" };
    let values = [
        ("rule", quorum(texts, check.quorum)),
        ("needed", check.needed.to_string()),
        ("present", check.present.to_string()),
        ("electorate", check.electorate.to_string()),
    ];
    texts.with(key, &values)
}

/// An option as lists show it.
#[derive(Debug, Clone)]
pub struct OptionView {
    /// Reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Language of the title.
    pub lang: &'static str,
    /// Address of the action, for those who may see it.
    pub href: Option<String>,
    /// Who co-sponsors it; may be empty.
    pub partners: String,
}

impl OptionView {
    fn new(reader: &Reader, option: &BallotOption) -> Self {
        let accepted = Target { submission: Some(submissions::State::Accepted), ..Target::none() };
        let is_open = reader.may(Action::ViewSubmission, &accepted);
        let (title, lang) = option.title(reader.lang);
        Self {
            reference: option.reference.clone(),
            title: title.to_owned(),
            lang: lang.code(),
            href: is_open.then(|| format!("/submissions/{}", option.reference)),
            partners: String::new(),
        }
    }

    /// Says who co-sponsors the action.
    fn with_partners(self, reader: &Reader, option: &BallotOption, partners: &Partners) -> Self {
        Self { partners: co_sponsors::pages::line(reader.texts(), partners, &option.submission), ..self }
    }
}

/// Words which actions wait for the consent of which countries.
fn waiting<'a>(reader: &Reader, actions: impl Iterator<Item = (&'a str, &'a [Missing])>) -> Vec<(String, String)> {
    let texts = reader.texts();
    let word = |one: &Missing| {
        let country = List::Country
            .entry(&one.country)
            .map_or_else(|| one.country.clone(), |entry| entry.label(List::Country, reader.lang));
        let state = texts.code("consent-state", one.state.map_or("none", State::code));
        texts.with("ballot-consent-missing", &[("country", country), ("state", state)])
    };
    actions
        .map(|(reference, missing)| (reference.to_owned(), missing.iter().map(word).collect::<Vec<_>>().join("; ")))
        .collect()
}

/// Names a delegation as tables do: name and code.
fn named(name: &str, code: &str) -> String {
    format!("{name} ({code})")
}
