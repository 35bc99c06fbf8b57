//! What the pages of the room show. This file holds what they share: addresses, the frame, moments, names.

pub mod act;
pub mod amend;
pub mod decision;
pub mod edit;
pub mod list;
mod parts;
pub mod roll;
pub mod separate;
pub mod wording;

use chrono::NaiveDateTime;

use super::model::Decision;
use super::operations::Place;
use super::operations::viewing::Look;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Lang;
use crate::sessions::Session;
use crate::sessions::pages as sessions_pages;
use crate::web::{Frame, Reader};

/// Returns the address of a decision, or of a page of it.
pub fn address(place: Place, page: &str) -> String {
    format!("/sessions/{}/decisions/{}{page}", place.session, place.number)
}

/// Returns where a decision is.
pub fn place(session: &Session, decision: &Decision) -> Place {
    Place { session: session.number, number: decision.number }
}

/// Returns the frame of a page of a session's decisions.
pub fn session_frame(reader: &Reader, session: &Session, title: String) -> Frame {
    Frame::new(reader, title)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
}

/// Returns the frame of a page of one decision.
fn frame(reader: &Reader, look: &Look, title: String) -> Frame {
    session_frame(reader, &look.session, title)
        .crumb(reader.texts().text("decision-list"), format!("/sessions/{}/decisions", look.session.number))
}

/// Writes a moment in the legal zone and in the reader's.
pub fn moment(reader: &Reader, session: &Session, at: NaiveDateTime) -> String {
    sessions_pages::moment(reader, at, session.time_zone).line(reader.texts())
}

/// Returns the name of a delegation.
fn name(look: &Look, id: &DelegationId, lang: Lang) -> String {
    look.delegations.get(id).map_or_else(String::new, |delegation| delegation.name.get(lang).clone())
}
