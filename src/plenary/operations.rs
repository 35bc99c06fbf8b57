//! What the screen of a session shows now, of everything that an observer may see.

use chrono::NaiveDateTime;

use crate::ballots;
use crate::ballots::operations::viewing::{self as ballot_views, BallotResult, Shown};
use crate::db::AnyConnection;
use crate::decisions::operations::By;
use crate::decisions::operations::viewing::{self as decision_views, Look};
use crate::decisions::{self, Decision};
use crate::kernel::ids::AccountId;
use crate::policy::{Action, Actor, Capacity, Holding, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};

/// What is before the group.
#[derive(Debug, Clone)]
pub enum Matter {
    /// Nothing.
    Nothing,
    /// A ballot that is open, with the codes of the delegations that have cast.
    Ballot(Box<Shown>, Vec<String>),
    /// A ballot that is closed and not certified yet.
    Counted(Box<Shown>),
    /// The certified result of a ballot.
    Result(Box<BallotResult>),
    /// A decision: on its way, or concluded.
    Decision(Box<Look>),
}

/// What the screen shows.
#[derive(Debug, Clone)]
pub struct Screen {
    /// The session.
    pub session: Session,
    /// What is before the group.
    pub matter: Matter,
    /// The time at which it was so.
    pub now: NaiveDateTime,
}

/// Whoever sits in the hall: an observer of no delegation.
fn hall() -> Actor {
    let holding = Holding { capacity: Capacity::Observer, delegation: None, session: None };
    Actor::new(AccountId::from("hall"), [holding])
}

/// Refuses who may not open the screen.
pub fn expect_viewer(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<(), OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    decide(actor, Action::ViewPlenary, &Target::of_session(session.id.clone()))
        .map_err(|denial| OperationError::from(denial).hidden())
}

/// Returns what the screen of a session shows: what is being voted on before what is being discussed, and when there is
/// neither, what the group concluded last.
pub fn screen(conn: &mut AnyConnection, number: i32, now: NaiveDateTime) -> Result<Screen, OperationError> {
    let by = By { actor: hall(), now };
    let (session, ballots) = ballot_views::list(conn, &by.actor, number)?;
    let decisions = decision_views::list(conn, &by, number)?.1;
    let matter = match chosen(&ballots, &decisions) {
        None => Matter::Nothing,
        Some(Chosen::Ballot(ballot)) => {
            let place = ballots::operations::Place { session: number, number: ballot };
            let (shown, turnout) = ballot_views::ballot(conn, &by.actor, place)?;
            match shown.ballot.state {
                ballots::State::Certified => Matter::Result(Box::new(ballot_views::result(conn, &by.actor, place)?)),
                ballots::State::Closed => Matter::Counted(Box::new(shown)),
                _ => Matter::Ballot(Box::new(shown), turnout.unwrap_or_default().into_iter().collect()),
            }
        }
        Some(Chosen::Decision(decision)) => {
            let place = decisions::operations::Place { session: number, number: decision };
            Matter::Decision(Box::new(decision_views::look(conn, &by, place)?))
        }
    };
    Ok(Screen { session, matter, now })
}

/// A number of a ballot or a decision.
enum Chosen {
    Ballot(i32),
    Decision(i32),
}

fn chosen(ballots: &[ballots::Ballot], decisions: &[Decision]) -> Option<Chosen> {
    use ballots::State as B;
    use decisions::State as D;
    let latest = |states: &[D]| {
        let found = decisions.iter().filter(|decision| states.contains(&decision.state));
        found.max_by_key(|decision| (decision.updated_at, decision.number))
    };
    let last_ballot = |state: B| ballots.iter().rev().find(|ballot| ballot.state == state);
    if let Some(decision) = latest(&[D::Voting]) {
        return Some(Chosen::Decision(decision.number));
    }
    if let Some(ballot) = last_ballot(B::Open).or_else(|| last_ballot(B::Closed)) {
        return Some(Chosen::Ballot(ballot.number));
    }
    if let Some(decision) = latest(&[D::Sensing, D::Discussing, D::Silence]) {
        return Some(Chosen::Decision(decision.number));
    }
    let decided = decisions.iter().filter_map(|each| Some((each.decided?.1, each.number)));
    let decided = decided.max().map(|(at, number)| (at, Chosen::Decision(number)));
    let certified = ballots.iter().filter_map(|each| Some((each.certified_at?, each.number)));
    let certified = certified.max().map(|(at, number)| (at, Chosen::Ballot(number)));
    match (decided, certified) {
        (Some((one, _)), Some((other, ballot))) if other > one => Some(ballot),
        (Some((_, decision)), _) => Some(decision),
        (None, ballot) => ballot.map(|(_, ballot)| ballot),
    }
}
