//! Who acts, and on what: the two sides of the question that the table answers.

use crate::coded_enum;
use crate::kernel::code::Code as _;
use crate::kernel::ids::{AccountId, DelegationId, SessionId};
use crate::{ballots, decisions, programmes, progress, submissions};

coded_enum! {
    /// In what capacity a person acts.
    pub enum Capacity {
        /// Anybody, signed in or not.
        Visitor = "visitor",
        /// Follows the work of the group for a delegation or an organization.
        Observer = "observer",
        /// Drafts for a delegation.
        Delegate = "delegate",
        /// Stands in for the head of delegation.
        Alternate = "alternate",
        /// Heads a delegation: clears its texts and casts its ballot.
        Head = "head",
        /// Scores the actions of a session.
        Reviewer = "reviewer",
        /// Presides.
        Chair = "chair",
        /// The secretariat of the group.
        Secretariat = "secretariat",
        /// Looks after accounts and the machine.
        Administrator = "administrator",
    }
}

impl Capacity {
    /// The capacities that an accreditation to a delegation can give, strongest first.
    pub const IN_DELEGATION: &'static [Self] = &[Self::Head, Self::Alternate, Self::Delegate, Self::Observer];
}

coded_enum! {
    /// What an account is on the platform itself, outside delegations. An office has the code of the capacity that it gives.
    pub enum Office {
        /// Nothing but what its accreditations give.
        None = "none",
        /// The secretariat of the group.
        Secretariat = "secretariat",
        /// The presiding officer.
        Chair = "chair",
        /// Looks after accounts and the machine.
        Administrator = "administrator",
    }
}

impl Office {
    /// Returns the capacity that the office gives.
    pub fn capacity(self) -> Option<Capacity> {
        Capacity::from_code(self.code())
    }

    /// Returns the offices to which somebody can be called.
    pub fn all_given() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|office| *office != Self::None)
    }
}

/// One capacity that an account holds, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The capacity.
    pub capacity: Capacity,
    /// The delegation, for capacities in a delegation.
    pub delegation: Option<DelegationId>,
    /// The session, for reviewers.
    pub session: Option<SessionId>,
}

/// Who acts. Everybody holds the capacity of a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account, unless nobody is signed in.
    pub account: Option<AccountId>,
    /// All capacities held now.
    pub holdings: Vec<Holding>,
}

impl Actor {
    /// Returns somebody who is not signed in.
    pub fn visitor() -> Self {
        Self { account: None, holdings: vec![Holding { capacity: Capacity::Visitor, delegation: None, session: None }] }
    }

    /// Returns an account with its capacities.
    pub fn new(account: AccountId, holdings: impl IntoIterator<Item = Holding>) -> Self {
        let mut actor = Self::visitor();
        actor.account = Some(account);
        actor.holdings.extend(holdings);
        actor
    }

    /// Returns whether the actor holds a capacity anywhere.
    pub fn is(&self, capacity: Capacity) -> bool {
        self.holdings.iter().any(|holding| holding.capacity == capacity)
    }

    /// Returns the delegations of the actor, in any capacity.
    pub fn delegations(&self) -> impl Iterator<Item = &DelegationId> {
        self.holdings.iter().filter_map(|holding| holding.delegation.as_ref())
    }
}

/// What is acted on. Fields that do not apply stay empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The delegation that owns it.
    pub delegation: Option<DelegationId>,
    /// The account that it is about.
    pub account: Option<AccountId>,
    /// The session that it belongs to.
    pub session: Option<SessionId>,
    /// The state, if it is a submission.
    pub submission: Option<submissions::State>,
    /// Whether it is an accepted practice in the public library.
    pub is_published: bool,
    /// The state, if it is a ballot.
    pub ballot: Option<ballots::State>,
    /// The state, if it is a programme.
    pub programme: Option<programmes::State>,
    /// The state, if it is a decision.
    pub decision: Option<decisions::State>,
    /// The state, if it is a report on progress.
    pub report: Option<progress::State>,
    /// Whether it awaits clearance at a step that is the actor's to take.
    pub is_turn: bool,
    /// The delegations that it concerns beside its own: they are asked to agree to it.
    pub concerned: Vec<DelegationId>,
    /// Whether the actor is recused from it.
    pub is_recused: bool,
}

impl Target {
    /// Returns the target of acts that are about nothing in particular.
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns a target owned by a delegation.
    pub fn of_delegation(delegation: DelegationId) -> Self {
        Self { delegation: Some(delegation), ..Self::default() }
    }

    /// Returns a target that is an account.
    pub fn of_account(account: AccountId) -> Self {
        Self { account: Some(account), ..Self::default() }
    }

    /// Returns a target that belongs to a session.
    pub fn of_session(session: SessionId) -> Self {
        Self { session: Some(session), ..Self::default() }
    }
}
