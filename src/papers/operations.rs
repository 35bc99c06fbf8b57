//! What each may read: a paper is made of what its reader may see in the rooms that it reports from.
//!
//! A result enters no paper before its certification, whoever asks.

use super::model::{Name, Standing};
use crate::ballots;
use crate::ballots::operations::Place;
use crate::ballots::operations::viewing::{self, BallotResult};
use crate::db::AnyConnection;
use crate::kernel::reference::Kind;
use crate::library;
use crate::library::operations::Practice;
use crate::policy::{Actor, Capacity, Holding};
use crate::programmes::operations::looks::{self, Look};
use crate::progress::operations::Course;
use crate::progress::operations::viewing::gathered;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::{self, State};

/// Returns the actor that commands read as: whoever holds the database may read all that the secretariat may.
pub fn at_the_machine() -> Actor {
    let secretariat = Holding { capacity: Capacity::Secretariat, delegation: None, session: None };
    let mut actor = Actor::visitor();
    actor.holdings.push(secretariat);
    actor
}

/// What a paper reports.
#[derive(Debug, Clone)]
pub enum Matter {
    /// The published practices of the session, by reference.
    Practices(Vec<Practice>),
    /// Its certified ballots.
    Result(Vec<BallotResult>),
    /// The programme to be decided on, how many practices are published, which ballots are certified.
    Decision(Box<Look>, usize, Vec<i32>),
    /// The programme in force, or the draft.
    Programme(Box<Look>),
    /// The actions of the programmes in force with the reports that may be read.
    Progress(Vec<Course>),
}

/// A session and what one of its papers reports.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The session.
    pub session: Session,
    /// What is reported.
    pub matter: Matter,
}

/// Returns the references of the published practices of a session.
fn published(conn: &mut AnyConnection, session: &Session) -> Result<Vec<String>, OperationError> {
    let accepted = submissions::store::of_session(conn, &session.id, Some(Kind::Practice), &[State::Accepted])?;
    let mut references: Vec<String> =
        accepted.into_iter().filter(|one| one.published_at.is_some()).map(|one| one.reference).collect();
    references.sort();
    Ok(references)
}

/// Returns the numbers of the certified ballots of a session.
fn certified(conn: &mut AnyConnection, session: &Session) -> Result<Vec<i32>, OperationError> {
    let ballots = ballots::store::certified_of_session(conn, &session.id)?;
    Ok(ballots.into_iter().map(|ballot| ballot.number).collect())
}

/// Returns the results that an actor may read: certified ones alone, papers included.
fn results(conn: &mut AnyConnection, actor: &Actor, session: &Session) -> Result<Vec<BallotResult>, OperationError> {
    let mut results = Vec::new();
    for number in certified(conn, session)? {
        let result = viewing::result(conn, actor, Place { session: session.number, number })?;
        if result.published.is_some() {
            results.push(result);
        }
    }
    Ok(results)
}

/// Returns the programme that an actor may read. Where there is none, or none for the actor, nothing is known of it.
fn programme(conn: &mut AnyConnection, actor: &Actor, session: &Session) -> Result<Look, OperationError> {
    looks::look(conn, actor, session.number, None)?.ok_or(OperationError::NotFound)
}

/// Returns what a paper reports, as far as an actor may see it.
pub fn sources(conn: &mut AnyConnection, actor: &Actor, number: i32, name: Name) -> Result<Sources, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    let matter = match name {
        Name::Practices => {
            let mut practices = Vec::new();
            for reference in published(conn, &session)? {
                practices.push(library::operations::practice(conn, actor, &reference)?);
            }
            Matter::Practices(practices)
        }
        Name::Result => match results(conn, actor, &session)? {
            results if results.is_empty() => return Err(OperationError::NotFound),
            results => Matter::Result(results),
        },
        Name::Decision => {
            let look = programme(conn, actor, &session)?;
            Matter::Decision(Box::new(look), published(conn, &session)?.len(), certified(conn, &session)?)
        }
        Name::Programme => Matter::Programme(Box::new(programme(conn, actor, &session)?)),
        Name::Progress => match gathered(conn, actor, number)? {
            courses if courses.is_empty() => return Err(OperationError::NotFound),
            courses => Matter::Progress(courses),
        },
    };
    Ok(Sources { session, matter })
}

/// Returns the papers of a session and where each stands for an actor.
pub fn list(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
) -> Result<(Session, Vec<(Name, Standing)>), OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    let result = if certified(conn, &session)?.is_empty() { Standing::Sealed } else { Standing::Open };
    let programme = match programme(conn, actor, &session) {
        Ok(look) if look.programme.state.is_pending() => Standing::Draft,
        Ok(_) => Standing::Open,
        Err(OperationError::NotFound) => Standing::Sealed,
        Err(error) => return Err(error),
    };
    let progress = if gathered(conn, actor, number)?.is_empty() { Standing::Sealed } else { Standing::Open };
    let standing = |name: &Name| match name {
        Name::Practices => Standing::Open,
        Name::Result => result,
        Name::Decision | Name::Programme => programme,
        Name::Progress => progress,
    };
    Ok((session, Name::ALL.iter().map(|name| (*name, standing(name))).collect()))
}

/// Returns what every paper reports that an actor may read.
pub fn every(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Vec<Sources>, OperationError> {
    let (_, papers) = list(conn, actor, number)?;
    let readable = papers.into_iter().filter(|(_, standing)| *standing != Standing::Sealed);
    readable.map(|(name, _)| sources(conn, actor, number, name)).collect()
}
