//! What the screen of a session shows now, of everything that an observer may see. The first of these that there is:
//!
//! 1. the roll that is called in a recorded vote;
//! 2. the ballot that is open, or that is closed and not certified yet;
//! 3. what moved last: a decision on its way, since the last step that was taken with it, or what the group concluded, a
//!    decision or a certified ballot. What was concluded last so stays on the screen until something newer opens: a silence
//!    procedure that was running before does not take its place.

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

/// Returns what the screen of a session shows, by the rule of this module.
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
    let on_its_way = latest(&[D::Sensing, D::Discussing, D::Silence]);
    let on_its_way = on_its_way.map(|decision| (decision.updated_at, Chosen::Decision(decision.number)));
    let decided = decisions.iter().filter_map(|each| Some((each.decided?.1, each.number))).max();
    let decided = decided.map(|(at, number)| (at, Chosen::Decision(number)));
    let certified = ballots.iter().filter_map(|each| Some((each.certified_at?, each.number))).max();
    let certified = certified.map(|(at, number)| (at, Chosen::Ballot(number)));
    // Why: of what moved at the same time the last of these is taken.
    let moved = [certified, decided, on_its_way].into_iter().flatten();
    moved.max_by_key(|(at, _)| *at).map(|(_, chosen)| chosen)
}
