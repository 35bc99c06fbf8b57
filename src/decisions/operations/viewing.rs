//! What each may look at: the list, a decision with everything that belongs to it, the forms of the secretariat.

use std::collections::BTreeMap;

use super::{By, Place, own, read, setting, target, text_of};
use crate::accounts::store::recipients;
use crate::db::{AnyConnection, StoreError};
use crate::decisions::model::separate::Part;
use crate::decisions::model::{
    Act, Amendment, Decision, Objection, Position, Subject, Support, Text, Vote, VoteResult,
};
use crate::decisions::store;
use crate::decisions::workflow::State;
use crate::delegations::{self, Delegation};
use crate::kernel::ids::{DelegationId, SessionId};
use crate::outbox::HEADS;
use crate::policy::{Action, Actor, Target, decide, may};
use crate::programmes;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions;

/// What a decision is about, as a page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Reference.
    pub reference: String,
    /// Page of it.
    pub href: String,
    /// Where the programme stands, if it is one: a draft is adopted with the decision.
    pub programme: Option<programmes::State>,
}

/// What the page of a decision needs.
#[derive(Debug, Clone)]
pub struct Look {
    /// The session.
    pub session: Session,
    /// The decision as it stands.
    pub decision: Decision,
    /// What it is about.
    pub about: Option<About>,
    /// Its texts, the newest first.
    pub texts: Vec<Text>,
    /// What happened to it.
    pub acts: Vec<Act>,
    /// How many answers the sense check has.
    pub answered: usize,
    /// The answers that the actor may see: all when the check is closed, before that the own alone.
    pub support: Vec<Support>,
    /// The register, as far as the actor may see it.
    pub objections: Vec<Objection>,
    /// Amendments, as far as the actor may see them.
    pub amendments: Vec<Amendment>,
    /// The roll.
    pub votes: Vec<Vote>,
    /// Parts of the text that are voted separately.
    pub parts: Vec<Part>,
    /// Explanations of position.
    pub positions: Vec<Position>,
    /// The delegations, by id.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// The delegations without a head or alternate, for who leads the decision: nobody can answer for them.
    pub vacant: Vec<Delegation>,
    /// The delegation for which the actor speaks.
    pub own: Option<DelegationId>,
}

impl Look {
    /// Returns the text that is before the group.
    pub fn text(&self) -> Option<&Text> {
        self.texts.iter().find(|text| text.revision == self.decision.revision)
    }

    /// Returns whether there is a register of objections: from when the text is before the group, or somebody has objected.
    pub fn has_register(&self) -> bool {
        !matches!(self.decision.state, State::Draft | State::Sensing) || !self.objections.is_empty()
    }

    /// Returns what the roll came to, once the vote is closed.
    pub fn result(&self) -> Option<VoteResult> {
        let (base, quorum) = self.decision.rules?;
        let is_closed = matches!(self.decision.state, State::Decided | State::NotAdopted) && !self.votes.is_empty();
        is_closed.then(|| VoteResult::of(&self.votes, base, quorum))
    }
}

/// Returns the decisions of a session that an actor may see, by number.
pub fn list(conn: &mut AnyConnection, by: &By, session: i32) -> Result<(Session, Vec<Decision>), OperationError> {
    let session = sessions::store::by_number(conn, session)?;
    let mut found: Vec<Decision> =
        store::of_session(conn, &session.id)?.into_iter().map(|each| each.at(by.now)).collect();
    found.retain(|each| may(&by.actor, Action::ViewDecision, &target(each)));
    Ok((session, found))
}

/// Returns a decision that an actor may see, with what of it the actor may see.
pub fn look(conn: &mut AnyConnection, by: &By, place: Place) -> Result<Look, OperationError> {
    let (session, decision) = read(conn, place, by.now)?;
    let actor = &by.actor;
    decide(actor, Action::ViewDecision, &target(&decision)).map_err(|denial| OperationError::from(denial).hidden())?;
    let all = delegations::store::all(conn)?;
    let own_one = speaks_for(by, &decision);
    let mut support = store::grades_of(conn, &decision.id)?;
    let answered = support.len();
    if !may(actor, Action::ViewSupport, &target(&decision)) {
        support.retain(|each| Some(&each.delegation) == own_one.as_ref());
    }
    let sees_objections = may(actor, Action::ViewObjections, &target(&decision));
    let objections = if sees_objections { store::objections_of(conn, &decision.id)? } else { Vec::new() };
    let amendments = if sees_objections { store::amendments_of(conn, &decision.id)? } else { Vec::new() };
    let mut texts = store::texts_of(conn, &decision.id)?;
    if !sees_objections {
        texts.retain(|text| text.revision == decision.revision);
    }
    let leads = may(actor, Action::ManageDecision, &target(&decision));
    Ok(Look {
        about: about(conn, &session, &decision)?,
        acts: if sees_objections { store::acts_of(conn, &decision.id)? } else { Vec::new() },
        votes: store::votes_of(conn, &decision.id)?,
        parts: store::separate_parts(conn, &decision.id)?,
        positions: store::positions_of(conn, &decision.id)?,
        vacant: if leads { vacant(conn, by, &all)? } else { Vec::new() },
        delegations: all.into_iter().map(|each| (each.id.clone(), each)).collect(),
        own: own_one,
        session,
        decision,
        texts,
        answered,
        support,
        objections,
        amendments,
    })
}

/// The register of a decision: its objections, and the amendments that answer them.
#[derive(Debug, Clone)]
pub struct Register {
    /// The decision, as it is stored.
    pub decision: Decision,
    /// The objections, in the order in which they were raised.
    pub objections: Vec<Objection>,
    /// The amendments, in the order in which they were proposed.
    pub amendments: Vec<Amendment>,
}

/// Returns the registers of a session that a reader may see, by the number of the decision; all of them where no reader is named.
pub fn registers(
    conn: &mut AnyConnection,
    reader: Option<&Actor>,
    session: &SessionId,
) -> Result<Vec<Register>, StoreError> {
    let mut all = Vec::new();
    for decision in store::of_session(conn, session)? {
        if reader.is_some_and(|actor| !may(actor, Action::ViewObjections, &target(&decision))) {
            continue;
        }
        let objections = store::objections_of(conn, &decision.id)?;
        let amendments = store::amendments_of(conn, &decision.id)?;
        all.push(Register { decision, objections, amendments });
    }
    Ok(all)
}

/// Returns the delegation for which an actor would speak, whatever the rung.
fn speaks_for(by: &By, decision: &Decision) -> Option<DelegationId> {
    let as_if = |state| Decision { state, ..decision.clone() };
    own(&by.actor, Action::GiveSupport, &as_if(State::Sensing)).ok()
}

fn about(conn: &mut AnyConnection, session: &Session, decision: &Decision) -> Result<Option<About>, OperationError> {
    Ok(match &decision.subject {
        Subject::Text => None,
        Subject::Action(id) => {
            let reference = submissions::store::by_id(conn, id)?.reference;
            Some(About { href: format!("/submissions/{reference}"), reference, programme: None })
        }
        Subject::Programme(id) => programmes::store::of_session(conn, &session.id)?
            .into_iter()
            .find(|programme| programme.id == *id)
            .map(|programme| About {
                href: format!("/sessions/{}/programme/{}", session.number, programme.revision),
                reference: programme.reference,
                programme: Some(programme.state),
            }),
    })
}

fn vacant(conn: &mut AnyConnection, by: &By, all: &[Delegation]) -> Result<Vec<Delegation>, OperationError> {
    let heads = recipients::accredited(conn, HEADS, by.now.date())?;
    let has_head = |delegation: &Delegation| heads.iter().any(|(_, _, of)| *of == delegation.id);
    Ok(all.iter().filter(|delegation| delegation.votes && !has_head(delegation)).cloned().collect())
}

/// Refuses who may not do an act about a decision, and returns the decision to show the form of it.
pub fn look_to(conn: &mut AnyConnection, by: &By, place: Place, action: Action) -> Result<Look, OperationError> {
    let look = look(conn, by, place)?;
    if decide(&by.actor, action, &target(&look.decision)).is_err() {
        own(&by.actor, action, &look.decision)?;
    }
    Ok(look)
}

/// What the form of a draft needs.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The session.
    pub session: Session,
    /// The draft with its text; nothing for a new one.
    pub draft: Option<(Decision, Text)>,
    /// Reference of what the draft is about; empty for its text alone.
    pub about: String,
    /// References that it can be about.
    pub subjects: Vec<String>,
}

/// Returns what the form of a draft needs.
pub fn setting(
    conn: &mut AnyConnection,
    by: &By,
    session: i32,
    number: Option<i32>,
) -> Result<Setting, OperationError> {
    let hidden = |denial| OperationError::from(denial).hidden();
    let held = sessions::store::by_number(conn, session)?;
    decide(&by.actor, Action::ManageDecision, &Target::of_session(held.id.clone())).map_err(hidden)?;
    let subjects = setting::subjects(conn, &held)?;
    let draft = match number {
        None => None,
        Some(number) => {
            let decision = read(conn, Place { session, number }, by.now)?.1;
            let text = text_of(conn, &decision)?;
            Some((decision, text))
        }
    };
    let is_of = |subject: &Subject| draft.as_ref().is_some_and(|(decision, _)| decision.subject == *subject);
    let about = subjects.iter().find(|(_, subject)| is_of(subject)).map(|(reference, _)| reference.clone());
    Ok(Setting {
        session: held,
        draft,
        about: about.unwrap_or_default(),
        subjects: subjects.into_iter().map(|(reference, _)| reference).collect(),
    })
}
