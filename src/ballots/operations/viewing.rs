//! Loads what pages show, for whom the policy lets see it. What may not be seen looks as if it were not there.

use std::collections::{BTreeMap, BTreeSet};

use super::setting::accepted_actions;
use super::{Place, load, paper_target, target};
use crate::accounts;
use crate::ballots::model::{self, Ballot, BallotOption, Cast, Counted, Elector, HandPaper, Paper, Position};
use crate::ballots::{State, store};
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation};
use crate::kernel::ids::{AccountId, DelegationId, SubmissionId};
use crate::meetings::model::When;
use crate::meetings::{self, Credentials, Meeting};
use crate::policy::{Action, Actor, Target, decide, may};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::Submission;
use crate::submissions::co_sponsors::{self, model::Partners};
use crate::submissions::consents::{self, Missing};
use crate::tally::{Profile, TieRule};

/// A ballot with what everybody who knows of it may see.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The session.
    pub session: Session,
    /// The ballot.
    pub ballot: Ballot,
    /// Its options.
    pub options: Vec<BallotOption>,
    /// Its electorate, frozen at opening; the delegations that would vote before.
    pub electorate: Vec<Elector>,
    /// The delegation that asked for the vote.
    pub asked_by: Option<Delegation>,
    /// Who co-sponsors its options.
    pub partners: Partners,
    /// While it is prepared: its options over which it cannot open, with the countries whose consent is missing.
    pub missing: BTreeMap<SubmissionId, Vec<Missing>>,
    /// The newest letter of credentials of each delegation that has handed one in, on the page of those who run the ballot.
    pub credentials: Option<BTreeMap<DelegationId, Credentials>>,
    /// While it is prepared: the meeting whose attendance the electorate shows.
    pub last_meeting: Option<When>,
}

/// Returns the ballots of a session that an actor may know of.
pub fn list(conn: &mut AnyConnection, actor: &Actor, session: i32) -> Result<(Session, Vec<Ballot>), OperationError> {
    let session = sessions::store::by_number(conn, session)?;
    let mut ballots = store::of_session(conn, &session.id)?;
    ballots.retain(|ballot| is_known(actor, ballot));
    Ok((session, ballots))
}

fn is_known(actor: &Actor, ballot: &Ballot) -> bool {
    may(actor, Action::ViewBallot, &target(ballot)) || may(actor, Action::ViewResult, &target(ballot))
}

/// Returns a ballot that an actor may know of, with the codes of those who confirmed a paper if those may be seen.
pub fn ballot(
    conn: &mut AnyConnection,
    actor: &Actor,
    place: Place,
) -> Result<(Shown, Option<BTreeSet<String>>), OperationError> {
    let (session, ballot) = load(conn, place)?;
    if !is_known(actor, &ballot) {
        return Err(OperationError::NotFound);
    }
    let sees_turnout = may(actor, Action::ViewBallot, &target(&ballot));
    let turnout = if sees_turnout { Some(store::turnout_of(conn, &ballot.id)?) } else { None };
    let runs = may(actor, Action::RunBallot, &target(&ballot));
    let credentials = runs.then(|| meetings::store::newest_of(conn, &session.id)).transpose()?;
    Ok((Shown { credentials, ..shown(conn, session, ballot)? }, turnout))
}

fn shown(conn: &mut AnyConnection, session: Session, ballot: Ballot) -> Result<Shown, OperationError> {
    let options = store::options_of(conn, &ballot.id)?;
    let asked_by = ballot.asked_by.as_ref().map(|id| delegations::store::by_id(conn, id)).transpose()?;
    let (electorate, last_meeting, missing) = if ballot.state == State::Prepared {
        let last = meetings::store::meetings_of(conn, &session.id)?.pop();
        let mut missing = consents::operations::missing(conn, &session.id)?;
        missing.retain(|action, _| options.iter().any(|option| option.submission == *action));
        (to_be(conn, last.as_ref())?, last.map(|meeting| meeting.when), missing)
    } else {
        (store::electorate_of(conn, &ballot.id)?, None, BTreeMap::new())
    };
    let partners = co_sponsors::store::joined(conn, options.iter().map(|option| &option.submission))?;
    Ok(Shown { session, ballot, options, electorate, asked_by, partners, missing, credentials: None, last_meeting })
}

/// Returns who would vote if the ballot were opened now; those present at the last meeting are taken to be present.
fn to_be(conn: &mut AnyConnection, last_meeting: Option<&Meeting>) -> Result<Vec<Elector>, StoreError> {
    let voting = delegations::store::all(conn)?.into_iter().filter(|delegation| delegation.votes);
    Ok(voting
        .map(|delegation| Elector {
            is_present: last_meeting.is_some_and(|meeting| meeting.present.contains(&delegation.id)),
            delegation: delegation.id,
            code: delegation.code,
            name: delegation.name,
            has_voted: false,
        })
        .collect())
}

/// What the form of a ballot is made of.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The session.
    pub session: Session,
    /// The ballot with the references of its options; nothing when it is new.
    pub ballot: Option<(Ballot, Vec<String>)>,
    /// The actions that can be voted on.
    pub actions: Vec<Submission>,
    /// Of these, the ones that cannot be voted on yet, with the countries whose consent is missing.
    pub missing: BTreeMap<SubmissionId, Vec<Missing>>,
    /// The delegations that vote.
    pub delegations: Vec<Delegation>,
    /// Code of the delegation that asked for the vote.
    pub asked_by: Option<String>,
}

/// Returns what the form of a new ballot, or of one that is prepared, is made of.
pub fn setting(
    conn: &mut AnyConnection,
    actor: &Actor,
    session: i32,
    number: Option<i32>,
) -> Result<Setting, OperationError> {
    let (session, ballot) = if let Some(number) = number {
        let (session, ballot) = load(conn, Place { session, number })?;
        if !may(actor, Action::ViewBallot, &target(&ballot)) {
            return Err(OperationError::NotFound);
        }
        decide(actor, Action::PrepareBallot, &target(&ballot))?;
        (session, Some(ballot))
    } else {
        let session = sessions::store::by_number(conn, session)?;
        let to_be = Target { ballot: Some(State::Prepared), ..Target::of_session(session.id.clone()) };
        decide(actor, Action::PrepareBallot, &to_be)?;
        (session, None)
    };
    let actions = accepted_actions(conn, &session)?;
    let missing = consents::operations::missing(conn, &session.id)?;
    let delegations: Vec<Delegation> =
        delegations::store::all(conn)?.into_iter().filter(|delegation| delegation.votes).collect();
    let asked_by = ballot.as_ref().and_then(|ballot| ballot.asked_by.clone());
    let asked_by = delegations
        .iter()
        .find(|delegation| asked_by.as_ref() == Some(&delegation.id))
        .map(|delegation| delegation.code.clone());
    let ballot = match ballot {
        Some(ballot) => {
            let options = store::options_of(conn, &ballot.id)?;
            Some((ballot, options.into_iter().map(|option| option.reference).collect()))
        }
        None => None,
    };
    Ok(Setting { session, ballot, actions, missing, delegations, asked_by })
}

/// The papers of one delegation, for that delegation.
#[derive(Debug, Clone)]
pub struct OwnPapers {
    /// The ballot.
    pub shown: Shown,
    /// The newest paper, confirmed or not.
    pub latest: Option<Paper>,
    /// The paper that counts as things stand.
    pub counts: Option<Paper>,
    /// What the secretariat noted of it, when it was entered by hand.
    pub by_hand: Option<HandPaper>,
    /// Names of the people who filled in or confirmed.
    pub names: BTreeMap<AccountId, String>,
}

/// Returns the papers of a delegation to its own people.
pub fn own_papers(
    conn: &mut AnyConnection,
    actor: &Actor,
    place: Place,
    delegation: &DelegationId,
) -> Result<OwnPapers, OperationError> {
    let (session, ballot) = load(conn, place)?;
    decide(actor, Action::ViewPaper, &paper_target(&ballot, delegation))
        .map_err(|denial| OperationError::Denied(denial).hidden())?;
    let latest = store::latest_paper(conn, &ballot.id, delegation)?;
    let counts = store::newest_confirmed(conn, &ballot.id, delegation)?;
    let mut names = BTreeMap::new();
    for paper in latest.iter().chain(&counts) {
        for account in [Some(&paper.prepared_by), paper.confirmed_by.as_ref()].into_iter().flatten() {
            names.insert(account.clone(), accounts::store::account(conn, account)?.name);
        }
    }
    let by_hand = store::hand_papers_of(conn, &ballot.id)?.into_iter().find(|paper| paper.delegation == *delegation);
    Ok(OwnPapers { shown: shown(conn, session, ballot)?, latest, counts, by_hand, names })
}

/// What came out of a ballot.
#[derive(Debug, Clone)]
pub struct BallotResult {
    /// The ballot.
    pub shown: Shown,
    /// What was counted.
    pub counted: Counted,
    /// How many papers give each option a priority, by reference; empty where numbers would give secret papers away.
    pub support: BTreeMap<String, usize>,
    /// The papers that were entered by hand.
    pub by_hand: Vec<HandPaper>,
    /// Fingerprint and papers; nothing before certification, not even for the secretariat.
    pub published: Option<Published>,
}

/// What is published with a certified result.
#[derive(Debug, Clone)]
pub struct Published {
    /// Fingerprint of the papers counted; empty where only the order is published.
    pub fingerprint: String,
    /// The papers that counted, by code; none where only the order is published.
    pub papers: Vec<Cast>,
    /// The codes that delegations were given for their secret papers, in an order that says nothing.
    pub codes: Vec<String>,
    /// Explanations of position, by code.
    pub positions: Vec<Position>,
}

/// Returns what came out of a ballot, to whom the policy shows it.
pub fn result(conn: &mut AnyConnection, actor: &Actor, place: Place) -> Result<BallotResult, OperationError> {
    let (session, ballot) = load(conn, place)?;
    decide(actor, Action::ViewResult, &target(&ballot)).map_err(|denial| OperationError::Denied(denial).hidden())?;
    let counted = store::outcome_of(conn, &ballot.id)?
        .ok_or_else(|| StoreError::Unreadable(format!("ballot {} has no outcome", ballot.id)))?;
    let papers = if counted.ranks_only { Vec::new() } else { store::counted(conn, &ballot)? };
    let mut support = BTreeMap::new();
    for line in papers.iter().flat_map(|paper| &paper.lines) {
        *support.entry(line.reference.clone()).or_default() += usize::from(line.priority.is_some());
    }
    let published = if may(actor, Action::ViewBallotPapers, &target(&ballot)) {
        let fingerprint = store::fingerprint_of(conn, &ballot.id)?.unwrap_or_default();
        let codes =
            if ballot.rules.is_secret() { store::urn_of(conn, &ballot.id)?.codes().to_vec() } else { Vec::new() };
        Some(Published { fingerprint, papers, codes, positions: store::positions_of(conn, &ballot.id)? })
    } else {
        None
    };
    let by_hand = store::hand_papers_of(conn, &ballot.id)?;
    Ok(BallotResult { shown: shown(conn, session, ballot)?, counted, support, by_hand, published })
}

/// Returns the papers that counted in a certified ballot, for taking them out. Where only the order is published there are
/// none to take.
pub fn papers(conn: &mut AnyConnection, actor: &Actor, place: Place) -> Result<(Shown, Vec<Cast>), OperationError> {
    let (session, ballot) = load(conn, place)?;
    decide(actor, Action::ViewBallotPapers, &target(&ballot))
        .map_err(|denial| OperationError::Denied(denial).hidden())?;
    if !store::is_cast_public(conn, &ballot)? {
        return Err(OperationError::NotFound);
    }
    let papers = store::counted(conn, &ballot)?;
    Ok((shown(conn, session, ballot)?, papers))
}

/// A certified ballot, and what its result can be questioned with.
#[derive(Debug, Clone)]
pub struct Certified {
    /// The ballot.
    pub shown: Shown,
    /// What was counted.
    pub counted: Counted,
    /// Options and papers as they were counted, with the rule for ties; nothing when no paper gives priorities.
    pub basis: Option<(Profile, TieRule)>,
}

/// Returns a certified ballot with all that its count rests on, to whom the policy shows its papers. What a result would
/// be without one delegation is never asked of a secret ballot.
pub fn certified(conn: &mut AnyConnection, actor: &Actor, place: Place) -> Result<Certified, OperationError> {
    let (shown, papers) = papers(conn, actor, place)?;
    if shown.ballot.rules.is_secret() {
        return Err(OperationError::NotFound);
    }
    let id = &shown.ballot.id;
    let unreadable = |what: &str| StoreError::Unreadable(format!("ballot {id}: {what}"));
    let counted = store::outcome_of(conn, id)?.ok_or_else(|| unreadable("no outcome"))?;
    let (profile, _) = model::profile(&shown.ballot, &shown.options, &papers)
        .map_err(|_| unreadable("its papers do not fit its options"))?;
    let tie_rule = shown.ballot.tie_rule().ok_or_else(|| unreadable("unknown tie rule"))?;
    let basis = (profile.weight() > 0).then_some((profile, tie_rule));
    Ok(Certified { shown, counted, basis })
}
