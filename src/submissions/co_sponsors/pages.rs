//! What pages show of co-sponsors: who they are, and what the reader can do.

use super::model::{CoSponsor, Partner, Partners};
use super::operations::{can_join, own_delegation};
use super::workflow::{self, Event, State};
use crate::i18n::Texts;
use crate::i18n::order::compare;
use crate::kernel::ids::SubmissionId;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::policy::Action;
use crate::submissions::operations::Opened;
use crate::web::Reader;

/// A delegation that was invited or has joined.
pub struct RowView {
    /// Its name.
    pub name: String,
    /// Code of the state.
    pub state: &'static str,
    /// When it was asked, or answered.
    pub on: String,
}

/// What the reader's delegation can do.
pub struct OwnView {
    /// What is asked, or how things stand.
    pub words: String,
    /// Code of the act on the first button and its words.
    pub acts: Vec<(&'static str, String)>,
    /// Whether the delegation was asked and has not answered.
    pub is_open: bool,
}

/// The co-sponsors of a submission.
#[derive(Default)]
pub struct CoSponsorsView {
    /// Everybody concerned, in alphabetical order.
    pub rows: Vec<RowView>,
    /// What the reader's delegation can do.
    pub own: Option<OwnView>,
    /// Delegations that the reader can invite: code and name.
    pub invitable: Vec<(String, String)>,
}

/// Returns the co-sponsors of a submission as its page shows them.
pub fn shown(reader: &Reader, opened: &Opened) -> CoSponsorsView {
    let dossier = &opened.dossier;
    if dossier.submission.kind != Kind::Action {
        return CoSponsorsView::default();
    }
    // Why: who declined or left is nobody's business but that of the delegation that leads.
    let is_party = opened.history.is_some();
    let is_shown = |one: &&CoSponsor| is_party || workflow::is_concerned(one.state);
    let mut rows: Vec<RowView> =
        dossier.co_sponsors.iter().filter(is_shown).map(|one| row(reader, opened, one)).collect();
    rows.sort_by(|a, b| compare(reader.lang, &a.name, &b.name));
    CoSponsorsView { rows, own: own(reader, opened), invitable: invitable(reader, opened) }
}

fn row(reader: &Reader, opened: &Opened, one: &CoSponsor) -> RowView {
    let texts = reader.texts();
    let found = opened.delegations.iter().find(|delegation| delegation.id == one.delegation);
    let (key, at) = match one.answered_at {
        Some(at) => ("co-sponsor-since", at),
        None => ("co-sponsor-asked-on", one.asked_at),
    };
    RowView {
        name: found.map(|delegation| delegation.name.get(reader.lang).clone()).unwrap_or_default(),
        state: one.state.code(),
        on: texts.one(key, "day", texts.day(at.and_utc().with_timezone(&reader.zone).date_naive())),
    }
}

fn own(reader: &Reader, opened: &Opened) -> Option<OwnView> {
    let own = own_delegation(&opened.dossier, &reader.actor).filter(|_| opened.co_sponsors_open)?;
    let texts = reader.texts();
    let state = opened.dossier.co_sponsors.iter().find(|one| one.delegation == *own).map(|one| one.state);
    let can = |event: &Event| match state {
        Some(state) => workflow::next(state, *event).is_ok(),
        None => *event == Event::Join,
    };
    let label = |event: &Event| {
        let is_confirmed = *event == Event::Join && state == Some(State::AskedAgain);
        texts.text(
            if is_confirmed { "co-sponsor-act-confirm".to_owned() } else { format!("co-sponsor-act-{event}") }.as_str(),
        )
    };
    let acts = [Event::Join, Event::Decline, Event::Leave];
    Some(OwnView {
        words: texts.one(
            &format!("co-sponsor-own-{}", state.map_or("none", State::code)),
            "delegation",
            opened.delegation.name.get(reader.lang),
        ),
        acts: acts.iter().filter(|event| can(event)).map(|event| (event.code(), label(event))).collect(),
        is_open: matches!(state, Some(State::Invited | State::AskedAgain)),
    })
}

fn invitable(reader: &Reader, opened: &Opened) -> Vec<(String, String)> {
    let dossier = &opened.dossier;
    if !opened.co_sponsors_open || !reader.may(Action::InviteCoSponsors, &dossier.target()) {
        return Vec::new();
    }
    let held = |id| dossier.co_sponsors.iter().find(|one| one.delegation == id).map(|one| one.state);
    let mut all: Vec<(String, String)> = opened
        .delegations
        .iter()
        .filter(|one| can_join(dossier, one))
        .filter(|one| held(one.id.clone()).is_none_or(|state| workflow::next(state, Event::Invite).is_ok()))
        .map(|one| (one.code.clone(), one.name.get(reader.lang).clone()))
        .collect();
    all.sort_by(|a, b| compare(reader.lang, &a.1, &b.1));
    all
}

/// Names co-sponsors in the alphabetical order of a language.
pub fn names(lang: Lang, partners: &[Partner]) -> String {
    let mut names: Vec<&str> = partners.iter().map(|one| one.name.get(lang).as_str()).collect();
    names.sort_by(|a, b| compare(lang, a, b));
    names.join(", ")
}

/// Words who co-sponsors a submission; nothing when nobody does.
pub fn line(texts: Texts, partners: &Partners, id: &SubmissionId) -> String {
    partners.get(id).map_or_else(String::new, |all| texts.one("co-sponsors-line", "names", names(texts.lang(), all)))
}
