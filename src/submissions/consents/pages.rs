//! What the page of a submission shows of consents: who is asked, what they say, and the answer that the reader can give.

use super::model::Consent;
use super::operations::{own_consent, target_for};
use super::workflow::{self, Event, State};
use crate::i18n::order::compare;
use crate::kernel::ids::DelegationId;
use crate::policy::Action;
use crate::submissions::operations::Opened;
use crate::web::Reader;

/// What one country says.
pub struct RowView {
    /// Code of the country.
    pub code: String,
    /// Name of the country.
    pub name: String,
    /// Code of the state.
    pub state: &'static str,
    /// When it was asked, or answered.
    pub on: String,
    /// Its note, for those who may read it.
    pub note: String,
    /// Whether the reader can take it out of the action.
    pub can_be_removed: bool,
}

/// The answer that the reader can give.
pub struct OwnView {
    /// What is asked, or what was answered.
    pub words: String,
    /// Whether the reader can consent.
    pub gives: bool,
    /// Whether the reader can decline, or take the consent back.
    pub declines: bool,
    /// Whether nothing has been answered yet.
    pub is_open: bool,
}

/// The consents of a submission.
#[derive(Default)]
pub struct ConsentsView {
    /// Every country asked, in alphabetical order.
    pub rows: Vec<RowView>,
    /// What the reader is asked.
    pub own: Option<OwnView>,
}

/// Returns the consents of a submission as its page shows them.
pub fn shown(reader: &Reader, opened: &Opened) -> ConsentsView {
    let consents = &opened.dossier.consents;
    let mut rows: Vec<RowView> = consents.iter().map(|consent| row(reader, opened, consent)).collect();
    rows.sort_by(|a, b| compare(reader.lang, &a.name, &b.name));
    ConsentsView { rows, own: own(reader, opened) }
}

/// Returns the name of a delegation in the reader's language.
fn name(reader: &Reader, opened: &Opened, id: &DelegationId) -> (String, String) {
    let found = opened.delegations.iter().find(|one| one.id == *id);
    found.map(|one| (one.code.clone(), one.name.get(reader.lang).clone())).unwrap_or_default()
}

fn row(reader: &Reader, opened: &Opened, consent: &Consent) -> RowView {
    let texts = reader.texts();
    let (code, name) = name(reader, opened, &consent.delegation);
    let is_party = reader.actor.delegations().any(|own| *own == consent.delegation) || opened.history.is_some();
    let (key, at) = match consent.answered_at {
        Some(at) => ("consent-answered-on", at),
        None => ("consent-asked-on", consent.asked_at),
    };
    let may_remove = reader.may(Action::RemoveCountry, &opened.dossier.target());
    RowView {
        code,
        name,
        state: consent.state.code(),
        on: texts.one(key, "day", texts.day(at.and_utc().with_timezone(&reader.zone).date_naive())),
        note: if is_party { consent.note.clone() } else { String::new() },
        can_be_removed: may_remove && consent.state != State::Given && !opened.is_voted_on,
    }
}

fn own(reader: &Reader, opened: &Opened) -> Option<OwnView> {
    let dossier = &opened.dossier;
    let consent = own_consent(dossier, &reader.actor)?;
    let may_answer = reader.may(Action::AnswerConsent, &target_for(dossier, &consent.delegation));
    let can = |event| may_answer && !opened.is_voted_on && workflow::next(consent.state, event).is_ok();
    let values = [
        ("country", name(reader, opened, &consent.delegation).1),
        ("delegation", opened.delegation.name.get(reader.lang).clone()),
    ];
    Some(OwnView {
        words: reader.texts().with(&format!("consent-own-{}", consent.state), &values),
        gives: can(Event::Give),
        declines: can(Event::Decline),
        is_open: consent.state == State::Asked,
    })
}
