//! What is acted on: a session with everything in every state, of one's own delegation and of another.
//!
//! Own is Kazakhstan, other is Uzbekistan, and the group as a whole carries regional entries.

use std::collections::BTreeMap;
use std::fmt;

use diesel::prelude::*;
use speca::accounts::Office;
use speca::db::StoreError;
use speca::db::schema::{accreditations, ballot_options, ballots, electorate, invitations, programmes};
use speca::kernel::ids::{AccountId, BallotId, DelegationId, InvitationId, ProgrammeId};
use speca::kernel::reference::Kind;
use speca::kernel::token::{digest, new_token};
use speca::policy::{self, Capacity, Target};
use speca::sessions::Session;
use speca::submissions::Submission;

use crate::support::{Actor, TestApp};

/// The delegation of all actors that have one.
const OWN: &str = "KAZ";
/// A delegation that is not theirs.
const OTHER: &str = "UZB";

/// Where a route acts: which addresses there are, and what the policy is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "rooms use the places they have")]
pub enum Place {
    /// The site: nothing in particular.
    Site,
    /// The delegation of whoever asks.
    OwnDelegation,
    /// A delegation, own and other: `<code>`.
    Delegation,
    /// An account accredited as delegate, own delegation and other: `<id>`.
    Account,
    /// An account with an office: `<id>`.
    Office,
    /// An accreditation in a capacity, own delegation and other: `<id>`.
    Grant(Capacity),
    /// An open invitation to a delegation in a capacity, own and other: `<id>`, `<token>`, `<code>`.
    Invitation(Capacity),
    /// A web login of whoever asks: `<id>`.
    OwnSignIn,
    /// The session: `<number>`.
    Session,
    /// A submission of a kind, in every state, own, other and regional: `<reference>`, `<number>`.
    Submission(Kind),
    /// An accepted priority action, own, other and regional: `<reference>`, `<number>`.
    AcceptedAction,
    /// A ballot in every state: `<number>`, `<k>`.
    Ballot,
    /// The paper of one's own delegation in a ballot in every state.
    OwnPaper,
    /// A programme in every state: `<number>`, `<revision>`.
    Programme,
}

/// One variant of a place.
#[derive(Debug, Clone, Copy)]
pub enum Case {
    /// The only one.
    Only(Place),
    /// A delegation.
    Delegation(&'static str),
    /// An account of a delegation, or of an office.
    Account(Option<&'static str>),
    /// An accreditation to a delegation.
    Grant(&'static str, Capacity),
    /// An invitation to a delegation.
    Invitation(&'static str, Capacity),
    /// A submission of a delegation in a state.
    Submission(Kind, &'static str, speca::submissions::State),
    /// A ballot in a state; whether it is about one's own paper.
    Ballot(speca::ballots::State, bool),
    /// A programme in a state.
    Programme(speca::programmes::State),
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only(place) => write!(f, "{place:?}"),
            Self::Delegation(code) => write!(f, "delegation {code}"),
            Self::Account(code) => write!(f, "account of {}", code.unwrap_or("an office")),
            Self::Grant(code, capacity) => write!(f, "{capacity} of {code}"),
            Self::Invitation(code, capacity) => write!(f, "invitation as {capacity} of {code}"),
            Self::Submission(kind, code, state) => write!(f, "{kind} of {code}, {state}"),
            Self::Ballot(state, _) => write!(f, "ballot {state}"),
            Self::Programme(state) => write!(f, "programme {state}"),
        }
    }
}

/// Returns the variants of a place.
pub fn cases(place: Place) -> Vec<Case> {
    match place {
        Place::Site | Place::OwnDelegation | Place::OwnSignIn | Place::Session => vec![Case::Only(place)],
        Place::Delegation => vec![Case::Delegation(OWN), Case::Delegation(OTHER)],
        Place::Account => vec![Case::Account(Some(OWN)), Case::Account(Some(OTHER))],
        Place::Office => vec![Case::Account(None)],
        Place::Grant(capacity) => vec![Case::Grant(OWN, capacity), Case::Grant(OTHER, capacity)],
        Place::Invitation(capacity) => vec![Case::Invitation(OWN, capacity), Case::Invitation(OTHER, capacity)],
        Place::AcceptedAction => [OWN, OTHER, "REG"]
            .map(|code| Case::Submission(Kind::Action, code, speca::submissions::State::Accepted))
            .into(),
        Place::Submission(kind) => speca::submissions::workflow::State::ALL
            .iter()
            .flat_map(|state| [OWN, OTHER, "REG"].map(|code| Case::Submission(kind, code, *state)))
            .collect(),
        Place::Ballot | Place::OwnPaper => speca::ballots::workflow::State::ALL
            .iter()
            .map(|state| Case::Ballot(*state, place == Place::OwnPaper))
            .collect(),
        Place::Programme => {
            speca::programmes::workflow::State::ALL.iter().map(|state| Case::Programme(*state)).collect()
        }
    }
}

/// What was made for a case.
pub struct Made {
    parts: BTreeMap<&'static str, String>,
    target: Target,
    /// Whether the target belongs to the delegation of whoever asks.
    is_own: bool,
    is_own_sign_in: bool,
    /// Fields that every form of the place needs.
    pub fields: Vec<(&'static str, String)>,
}

impl Made {
    /// Returns what is at known parts of addresses; every other part names nothing.
    pub fn at(parts: BTreeMap<&'static str, String>) -> Self {
        let rest =
            ["id", "token", "code", "reference", "k", "revision", "kind", "name"].map(|name| (name, "none".to_owned()));
        let parts = rest.into_iter().chain(parts).collect();
        Self { parts, target: Target::none(), is_own: false, is_own_sign_in: false, fields: Vec::new() }
    }

    /// Returns a part of the address.
    pub fn part(&self, name: &str, actor: &Actor<'_>) -> Option<String> {
        if self.is_own_sign_in && name == "id" {
            return Some(
                actor.signed_in().map_or_else(|| "none".to_owned(), |signed_in| signed_in.sign_in.to_string()),
            );
        }
        self.parts.get(name).cloned()
    }

    /// Returns what the policy is asked about when an actor asks.
    pub fn target(&self, who: &policy::Actor) -> Target {
        let mut target = self.target.clone();
        if self.is_own {
            target.delegation = who.delegations().next().cloned();
        }
        // One's own country is always recused.
        target.is_recused = target.submission.is_some()
            && target.delegation.as_ref().is_some_and(|own| who.delegations().any(|one| one == own));
        target
    }
}

/// The session and the people.
pub struct World {
    pub app: TestApp,
    pub session: Session,
    options: Vec<Submission>,
}

impl World {
    pub fn new(app: TestApp) -> Self {
        let session = app.session();
        let options =
            ["AZE", "TJK", "KGZ"].map(|code| app.accepted_action(&session, code, &format!("Action of {code}")));
        Self { app, session, options: options.into() }
    }

    /// Returns somebody of every capacity, each newly signed in.
    pub fn actors(&self) -> Vec<(String, Actor<'_>)> {
        let mut actors = vec![("visitor".to_owned(), self.app.visitor())];
        for capacity in [Capacity::Observer, Capacity::Delegate, Capacity::Alternate, Capacity::Head] {
            actors.push((format!("{capacity} of {OWN}"), self.app.delegate(OWN, capacity)));
        }
        actors.push(("reviewer".to_owned(), self.app.reviewer(&self.session.id, None)));
        actors.push((format!("reviewer from {OWN}"), self.app.reviewer(&self.session.id, Some(OWN))));
        for office in [Office::Chair, Office::Secretariat, Office::Administrator] {
            actors.push((office.to_string(), self.app.office(office)));
        }
        actors
    }

    /// Makes what a case acts on, anew.
    pub fn make(&self, case: Case) -> Made {
        let mut target = Target::none();
        let mut parts = BTreeMap::from([("number", self.session.number.to_string())]);
        let mut fields = Vec::new();
        match case {
            Case::Only(Place::Session) => target = Target::of_session(self.session.id.clone()),
            Case::Only(_) => {}
            Case::Delegation(code) => {
                parts.insert("code", code.to_owned());
                target = Target::of_delegation(self.app.delegation(code));
            }
            Case::Account(code) => {
                let account = match code {
                    Some(code) => self.app.delegate(code, Capacity::Delegate).account,
                    None => self.app.office(Office::Chair).account,
                };
                parts.insert("id", account.to_string());
                target.delegation = code.map(|code| self.app.delegation(code));
            }
            Case::Grant(code, capacity) => {
                let account = self.app.delegate(code, capacity).account;
                parts.insert("id", self.grant(&account));
                target = Target::of_delegation(self.app.delegation(code));
            }
            Case::Invitation(code, capacity) => {
                let (id, token) = self.invitation(code, capacity);
                parts.extend([("id", id), ("token", token), ("code", code.to_owned())]);
                target = Target::of_delegation(self.app.delegation(code));
            }
            Case::Submission(kind, code, state) => {
                let submission = self.app.submission(&self.session, code, kind, state, "Title");
                parts.insert("reference", submission.reference.clone());
                fields.push(("revision", submission.revision.to_string()));
                target = Target {
                    delegation: Some(submission.delegation.clone()),
                    session: Some(self.session.id.clone()),
                    submission: Some(state),
                    is_published: submission.published_at.is_some(),
                    ..Target::none()
                };
            }
            Case::Ballot(state, _) => {
                let number = self.ballot(state);
                parts.insert("k", number.to_string());
                fields.push(("edition", "1".to_owned()));
                target = Target { session: Some(self.session.id.clone()), ballot: Some(state), ..Target::none() };
            }
            Case::Programme(state) => {
                let revision = self.programme(state);
                parts.insert("revision", revision.to_string());
                fields.push(("edition", "1".to_owned()));
                target = Target { session: Some(self.session.id.clone()), programme: Some(state), ..Target::none() };
            }
        }
        let is_own = matches!(case, Case::Only(Place::OwnDelegation) | Case::Ballot(_, true));
        let is_own_sign_in = matches!(case, Case::Only(Place::OwnSignIn));
        Made { parts, target, is_own, is_own_sign_in, fields }
    }

    /// Returns the accreditation of an account.
    fn grant(&self, account: &AccountId) -> String {
        self.app
            .db
            .read_here(|conn| -> Result<String, StoreError> {
                let found = accreditations::table.filter(accreditations::account_id.eq(account));
                Ok(found.select(accreditations::id).first(conn)?)
            })
            .expect("accreditation")
    }

    /// Makes an open invitation and returns its id and token.
    fn invitation(&self, code: &str, capacity: Capacity) -> (String, String) {
        let (id, token) = (InvitationId::new(), new_token());
        let by = self.app.secretariat().account;
        let delegation = self.app.delegation(code);
        let now = self.app.clock.now().naive_utc();
        self.app
            .db
            .write_here(|tx| -> Result<(), StoreError> {
                diesel::insert_into(invitations::table)
                    .values((
                        invitations::id.eq(&id),
                        invitations::token_digest.eq(digest(&token)),
                        invitations::email.eq(format!("{}@example.org", new_token())),
                        invitations::name.eq("Office"),
                        invitations::office.eq(Office::None),
                        invitations::delegation_id.eq(&delegation),
                        invitations::capacity.eq(capacity),
                        invitations::language.eq("en"),
                        invitations::created_by.eq(&by),
                        invitations::created_at.eq(now),
                        invitations::expires_at.eq(now + chrono::TimeDelta::days(7)),
                    ))
                    .execute(&mut **tx)?;
                Ok(())
            })
            .expect("invitation inserted");
        (id.to_string(), token)
    }

    /// Makes a ballot of three options in a state and returns its number.
    fn ballot(&self, state: speca::ballots::State) -> i32 {
        use speca::ballots::State;
        let id = BallotId::new();
        let now = self.app.clock.now().naive_utc();
        let opened = (state != State::Prepared).then_some(now);
        let closed = matches!(state, State::Closed | State::Certified).then_some(now);
        let certified = (state == State::Certified).then_some(now);
        let voters: Vec<DelegationId> =
            ["AFG", "AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"].map(|code| self.app.delegation(code)).into();
        self.app
            .db
            .write_here(|tx| -> Result<i32, StoreError> {
                let last: Option<i32> = ballots::table.select(diesel::dsl::max(ballots::number)).first(&mut **tx)?;
                let number = last.unwrap_or(0) + 1;
                diesel::insert_into(ballots::table)
                    .values((
                        (
                            ballots::id.eq(&id),
                            ballots::session_id.eq(&self.session.id),
                            ballots::number.eq(number),
                            ballots::title_en.eq("Ballot"),
                            ballots::title_ru.eq("Голосование"),
                            ballots::state.eq(state.code()),
                            ballots::method.eq("borda"),
                            ballots::tie_rule.eq("refuse"),
                            ballots::base.eq("present-and-voting"),
                            ballots::quorum.eq("none"),
                            ballots::levels.eq(3),
                            ballots::seed.eq(""),
                        ),
                        (
                            ballots::is_made_up.eq(false),
                            ballots::opens_at.eq(now),
                            ballots::closes_at.eq(now + chrono::TimeDelta::days(7)),
                            ballots::opened_at.eq(opened),
                            ballots::closed_at.eq(closed),
                            ballots::certified_at.eq(certified),
                            ballots::edition.eq(1),
                            ballots::created_at.eq(now),
                        ),
                    ))
                    .execute(&mut **tx)?;
                for (position, option) in (1..).zip(&self.options) {
                    diesel::insert_into(ballot_options::table)
                        .values((
                            ballot_options::ballot_id.eq(&id),
                            ballot_options::submission_id.eq(&option.id),
                            ballot_options::position.eq(position),
                            ballot_options::review_score.eq(""),
                        ))
                        .execute(&mut **tx)?;
                }
                for delegation in &voters {
                    diesel::insert_into(electorate::table)
                        .values((
                            electorate::ballot_id.eq(&id),
                            electorate::delegation_id.eq(delegation),
                            electorate::is_present.eq(true),
                        ))
                        .execute(&mut **tx)?;
                }
                Ok(number)
            })
            .expect("ballot inserted")
    }

    /// Makes a programme in a state and returns its revision.
    fn programme(&self, state: speca::programmes::State) -> i32 {
        let now = self.app.clock.now().naive_utc();
        self.app
            .db
            .write_here(|tx| -> Result<i32, StoreError> {
                let last: Option<i32> =
                    programmes::table.select(diesel::dsl::max(programmes::revision)).first(&mut **tx)?;
                let revision = last.unwrap_or(0) + 1;
                let adopted = (state != speca::programmes::State::Draft).then_some(now);
                diesel::insert_into(programmes::table)
                    .values((
                        programmes::id.eq(ProgrammeId::new()),
                        programmes::session_id.eq(&self.session.id),
                        programmes::reference.eq("WP-2020"),
                        programmes::revision.eq(revision),
                        programmes::state.eq(state.code()),
                        programmes::places.eq(3),
                        programmes::introduction_en.eq("Introduction"),
                        programmes::introduction_ru.eq("Введение"),
                        programmes::adopted_by.eq(adopted.map(|_| "consensus")),
                        programmes::adopted_on.eq(adopted.map(|at| at.date())),
                        programmes::adoption_record_en.eq(""),
                        programmes::adoption_record_ru.eq(""),
                        programmes::edition.eq(1),
                        programmes::created_at.eq(now),
                        programmes::updated_at.eq(now),
                        programmes::adopted_at.eq(adopted),
                    ))
                    .execute(&mut **tx)?;
                Ok(revision)
            })
            .expect("programme inserted")
    }
}
