//! What happened to an action from proposal to end.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::pages::utc;
use crate::coded_enum;
use crate::decisions::Rung;
use crate::progress::operations::viewing::{Entry, Happened};

coded_enum! {
    /// What happened to an action.
    pub enum Happening {
        /// Its delegation handed it in.
        Proposed = "proposed",
        /// The secretariat accepted it.
        Accepted = "accepted",
        /// It stands at a place of the ranking.
        Ranked = "ranked",
        /// It came out of a certified ballot at a place.
        Voted = "voted",
        /// The group adopted a programme with it.
        InProgramme = "in-programme",
        /// The group adopted a programme without it.
        LeftOut = "left-out",
        /// The group decided on it, or on a programme with it.
        Decided = "decided",
        /// Its delegation gave a report.
        Reported = "reported",
        /// Every country named confirmed a report.
        Confirmed = "confirmed",
        /// A report said that it is finished.
        Finished = "finished",
        /// It became a good practice.
        BecamePractice = "became-practice",
    }
}

/// Something that happened to an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Milestone)]
pub struct MilestoneView {
    /// Number of the session.
    session: i32,
    /// When, if that is known.
    at: Option<DateTime<Utc>>,
    /// What.
    what: Happening,
    /// Number of the ballot, decision or report.
    number: Option<i32>,
    /// Place in the ranking, the result or the programme.
    place: Option<i64>,
    /// Among how many.
    of: Option<usize>,
    /// On which rung it was decided.
    rung: Option<Rung>,
    /// Reference of the programme or practice.
    reference: Option<String>,
    /// Revision of the programme.
    revision: Option<i32>,
}

impl From<&Entry> for MilestoneView {
    fn from((session, at, happened): &Entry) -> Self {
        let what = |what| Self {
            session: *session,
            at: at.map(utc),
            what,
            number: None,
            place: None,
            of: None,
            rung: None,
            reference: None,
            revision: None,
        };
        let numbered = |of, number: &i32| Self { number: Some(*number), ..what(of) };
        let placed = |place: &usize| i64::try_from(*place).ok();
        match happened {
            Happened::Proposed => what(Happening::Proposed),
            Happened::Accepted => what(Happening::Accepted),
            Happened::Ranked(rank, of) => Self { place: placed(rank), of: Some(*of), ..what(Happening::Ranked) },
            Happened::Voted(number, place, of) => {
                Self { place: placed(place), of: Some(*of), ..numbered(Happening::Voted, number) }
            }
            Happened::InProgramme(reference, revision, place) => Self {
                reference: Some(reference.clone()),
                revision: Some(*revision),
                place: Some(i64::from(*place)),
                ..what(Happening::InProgramme)
            },
            Happened::LeftOut(reference, revision) => {
                Self { reference: Some(reference.clone()), revision: Some(*revision), ..what(Happening::LeftOut) }
            }
            Happened::Decided(number, rung) => Self { rung: Some(*rung), ..numbered(Happening::Decided, number) },
            Happened::Reported(number) => numbered(Happening::Reported, number),
            Happened::Confirmed(number) => numbered(Happening::Confirmed, number),
            Happened::Finished => what(Happening::Finished),
            Happened::BecamePractice(reference) => {
                Self { reference: Some(reference.clone()), ..what(Happening::BecamePractice) }
            }
        }
    }
}
