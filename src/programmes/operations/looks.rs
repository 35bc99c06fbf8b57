//! What each may look at: a programme with its items as they stood when it was adopted, the builder, the adoption.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::order::{certified, order};
use super::{draft_of, expect_builder, tabling};
use crate::classification::List;
use crate::db::AnyConnection;
use crate::delegations::{self, Delegation};
use crate::kernel::fields::Message;
use crate::kernel::ids::{BallotId, DelegationId};
use crate::policy::{Action, Actor, Target, may};
use crate::programmes::model::proposal::{Verdict, propose};
use crate::programmes::model::{Item, Programme, Votes};
use crate::programmes::store;
use crate::programmes::workflow::{Event, State};
use crate::questionnaires::AnswerLang;
use crate::refusals::OperationError;
use crate::reviews;
use crate::sessions::{self, Session, Step};
use crate::submissions::co_sponsors::{self, Partner};
use crate::submissions::{self, Columns, Submission};
use crate::tally::turnout::roll_call_order;

/// An item with its action as it stood when the programme was adopted, or stands now in a draft.
#[derive(Debug, Clone)]
pub struct Line {
    /// The item.
    pub item: Item,
    /// The action.
    pub submission: Submission,
    /// What the program reasons about.
    pub columns: Columns,
    /// SDG targets.
    pub targets: Vec<String>,
    /// The half-years in which its outputs fall due, as it gives them: `2021-2`.
    pub due: Vec<String>,
    /// Who co-sponsors it.
    pub partners: Vec<Partner>,
}

/// What the page of a programme needs.
#[derive(Debug, Clone)]
pub struct Look {
    /// The session.
    pub session: Session,
    /// The programme.
    pub programme: Programme,
    /// Its items: included ones in their order, then excluded ones.
    pub lines: Vec<Line>,
    /// The answers of the roll call.
    pub votes: Votes,
    /// The delegations, by id.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// The revisions that the actor may see, newest first.
    pub revisions: Vec<Programme>,
    /// Number of the ballot it follows.
    pub ballot: Option<i32>,
    /// Number of the decision by which the group decided on it, and the code of the rung.
    pub decision: Option<(i32, String)>,
    /// Number of the decision about it that is before the group.
    pub under_way: Option<i32>,
    /// Whether the actor builds programmes.
    pub builds: bool,
}

fn target(programme: &Programme) -> Target {
    Target { session: Some(programme.session.clone()), programme: Some(programme.state), ..Target::none() }
}

/// Returns a programme that an actor may see: a revision by number, or the one in force, or else the draft. Nothing when
/// there is none yet and the actor is one who could start it.
pub fn look(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    revision: Option<i32>,
) -> Result<Option<Look>, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    let builds = expect_builder(actor, &session).is_ok();
    let mut revisions = store::of_session(conn, &session.id)?;
    revisions.retain(|programme| may(actor, Action::ViewProgramme, &target(programme)));
    let in_force = || revisions.iter().find(|programme| programme.state == State::Adopted).or(revisions.first());
    let found = match revision {
        Some(revision) => revisions.iter().find(|programme| programme.revision == revision),
        None => in_force(),
    };
    let Some(programme) = found.cloned() else {
        return if builds && revision.is_none() { Ok(None) } else { Err(OperationError::NotFound) };
    };
    let lines = lines(conn, &programme)?;
    let votes = store::votes_of(conn, &programme.id)?;
    let delegations = delegations::store::all(conn)?.into_iter().map(|each| (each.id.clone(), each)).collect();
    let ballots = certified(conn, &session.id)?;
    let ballot = ballots.into_iter().find(|(id, _)| Some(id) == programme.ballot.as_ref()).map(|(_, number)| number);
    let decision = store::decision_on(conn, &programme.id)?;
    let under_way = match programme.state {
        State::Tabled => store::decision_under_way(conn, &programme.id)?.map(|(number, _)| number),
        State::Draft | State::Adopted | State::Superseded => None,
    };
    Ok(Some(Look { session, programme, lines, votes, delegations, revisions, ballot, decision, under_way, builds }))
}

/// Returns the lines of a programme. An adopted one shows its actions as they were then: it does not change afterwards.
pub fn lines(conn: &mut AnyConnection, programme: &Programme) -> Result<Vec<Line>, OperationError> {
    let items = store::items_of(conn, &programme.id)?;
    let mut partners = co_sponsors::store::joined(conn, items.iter().map(|item| &item.submission))?;
    items
        .into_iter()
        .map(|item| {
            let submission = submissions::store::by_id(conn, &item.submission)?;
            let then = match programme.adopted_at {
                Some(at) => store::revision_at(conn, &submission.id, at)?.unwrap_or(submission.revision),
                None => submission.revision,
            };
            let answers = submissions::store::answers_at(conn, &submission.id, then)?;
            let targets: BTreeSet<String> = submissions::model::tags(&answers)
                .into_iter()
                .filter(|(list, _)| *list == List::Target)
                .map(|(_, code)| code)
                .collect();
            let partners = partners.remove(&submission.id).unwrap_or_default();
            let (columns, targets) = (Columns::of(&answers), targets.into_iter().collect());
            let due = (0..answers.rows("outputs"))
                .map(|row| answers.get(&format!("outputs.{row}.due"), AnswerLang::Neutral).to_owned())
                .filter(|due| !due.is_empty())
                .collect();
            Ok(Line { item, submission, columns, targets, due, partners })
        })
        .collect()
}

/// What the builder needs.
#[derive(Debug, Clone)]
pub struct Build {
    /// The session.
    pub session: Session,
    /// The draft; nothing before it is started.
    pub draft: Option<(Programme, Vec<Line>)>,
    /// Whether a programme is in force, which a revision could start from.
    pub in_force: bool,
    /// Certified ballots with their numbers.
    pub ballots: Vec<(BallotId, i32)>,
    /// References of the actions tied at the last place.
    pub tied: Vec<String>,
    /// The delegations, by id.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// Number of accepted actions, for a first guess at the places.
    pub actions: usize,
    /// Why nothing can be saved now: the window is closed, or the draft is before the group.
    pub closed: Option<Message>,
}

/// Returns what the builder needs.
pub fn build(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    now: NaiveDateTime,
) -> Result<Build, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    expect_builder(actor, &session)?;
    let all = store::of_session(conn, &session.id)?;
    let in_force = all.iter().any(|programme| programme.state == State::Adopted);
    let ballots = certified(conn, &session.id)?;
    let actions = reviews::store::accepted_actions(conn, &session.id)?;
    let mut tied = Vec::new();
    let draft = match all.into_iter().find(|programme| programme.state.is_pending()) {
        None => None,
        Some(programme) => {
            let order = order(conn, &session.id, programme.ballot.as_ref())?;
            let border: BTreeSet<_> = propose(&order, usize::try_from(programme.places).unwrap_or(0))
                .into_iter()
                .filter(|(_, grounds)| grounds.verdict == Verdict::TiedAtBorder)
                .map(|(submission, _)| submission)
                .collect();
            let of_border = actions.iter().filter(|action| border.contains(&action.id));
            tied.extend(of_border.map(|action| action.reference.clone()));
            let lines = lines(conn, &programme)?;
            Some((programme, lines))
        }
    };
    let mut closed = sessions::store::calendar(conn, &session.id)?.expect_open(Step::Programme, now).err();
    if let (None, Some((programme, _))) = (&closed, &draft) {
        closed = tabling::kept_by(conn, programme)?;
    }
    let delegations = delegations::store::all(conn)?.into_iter().map(|each| (each.id.clone(), each)).collect();
    Ok(Build { session, draft, in_force, ballots, tied, delegations, actions: actions.len(), closed })
}

/// What the form of the adoption needs.
#[derive(Debug, Clone)]
pub struct Adopting {
    /// The session.
    pub session: Session,
    /// The draft.
    pub draft: Programme,
    /// Number of actions in it.
    pub included: usize,
    /// The delegations that vote, in the order of the roll call.
    pub roll: Vec<Delegation>,
    /// Why nothing can be entered now: the window is closed, or the draft is before the group.
    pub closed: Option<Message>,
}

/// Returns what the form of the adoption needs.
pub fn adopting(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    now: NaiveDateTime,
) -> Result<Adopting, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    expect_builder(actor, &session)?;
    let draft = draft_of(conn, &session, Event::Adopt)?;
    let included = store::items_of(conn, &draft.id)?.iter().filter(|item| item.included).count();
    let voting: Vec<Delegation> = delegations::store::all(conn)?.into_iter().filter(|each| each.votes).collect();
    let roll = in_roll_call_order(voting, draft.id.as_str());
    let mut closed = sessions::store::calendar(conn, &session.id)?.expect_open(Step::Programme, now).err();
    if closed.is_none() {
        closed = tabling::decided_by(conn, &draft)?;
    }
    Ok(Adopting { session, draft, included, roll, closed })
}

/// Puts delegations into the order of the roll call: English alphabetical, from the one drawn by lot. The seed is the
/// id of the programme: nobody knew it before the draft, anybody can draw again with it.
pub fn in_roll_call_order(mut delegations: Vec<Delegation>, seed: &str) -> Vec<Delegation> {
    let named: Vec<(String, String)> =
        delegations.iter().map(|each| (each.code.clone(), each.name.en.clone())).collect();
    let order = roll_call_order(&named, seed);
    delegations.sort_by_key(|each| order.iter().position(|code| *code == each.code));
    delegations
}
