//! What is acted on: a session with everything in every state, of one's own delegation and of another.
//!
//! Own is Kazakhstan, other is Uzbekistan, and the group as a whole carries regional entries.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use speca::accounts::Office;
use speca::accounts::operations::invitations::restore;
use speca::ballots;
use speca::ballots::operations::By;
use speca::db::schema::{accreditations, invitations, messages};
use speca::db::{StoreError, Tx, schema};
use speca::decisions::model::{self as nouns, Objection, ObjectionState};
use speca::decisions::{self, Decision};
use speca::kernel::ids::{
    AccountId, AmendmentId, AttachmentId, BallotId, BallotPaperId, ClarificationId, DecisionId, DelegationId,
    EditRoundId, InvitationId, ItemId, ObjectionId, ProgrammeId, ProgressReportId,
};
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::reference::Kind;
use speca::kernel::token::{LinkKey, digest, new_token};
use speca::meetings;
use speca::outbox;
use speca::policy::{self, Capacity, Target};
use speca::programmes;
use speca::progress;
use speca::progress::model::{Confirmation, Report};
use speca::refusals::OperationError;
use speca::sessions::Session;
use speca::submissions::{self, Submission};

use crate::factories;
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
    /// A link by which somebody sets a new password: `<token>`.
    ReturnLink,
    /// A mail that was refused: `<id>`.
    Mail,
    /// A web login of whoever asks: `<id>`.
    OwnSignIn,
    /// A token of whoever asks: `<id>`.
    OwnToken,
    /// The session: `<number>`, `<session>`, `<reviewer>`.
    Session,
    /// A submission of a kind, in each of these states, own, other and regional: `<reference>`, `<number>`.
    Submission(Kind, &'static [submissions::State]),
    /// An action of another delegation that asks one's own to agree, in each of these states.
    Asked(&'static [submissions::State]),
    /// What one's own delegation says to it.
    OwnAnswer(&'static [submissions::State]),
    /// A submission compiled from public sources, in each of these states.
    Compiled(Kind, &'static [submissions::State]),
    /// A ballot that does not exist yet.
    NewBallot,
    /// A ballot in each of these states: `<session>`, `<number>`.
    Ballot(&'static [ballots::State]),
    /// The paper of one's own delegation, prepared and not confirmed, in a ballot in every state.
    OwnPaper,
    /// A programme in each of these states: `<number>`, `<revision>`.
    Programme(&'static [programmes::State]),
    /// A report on an adopted action in each of these states; `<reference>`.
    Report(&'static [progress::State]),
    /// A report before the group that names one's own country; `<reference>`.
    OwnConfirmation,
    /// A decision in each of these states: `<session>`, `<number>`, `<amendment>`.
    Decision(&'static [decisions::State]),
    /// What one's own delegation says of a decision in every state: `<session>`, `<number>`, `<id>` of its objection.
    OwnVoice,
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
    Submission(Kind, &'static str, submissions::State),
    /// An action of another delegation that asks one's own, in a state; whether it is about one's own answer.
    Asked(submissions::State, bool),
    /// The same, compiled from public sources.
    Compiled(Kind, &'static str, submissions::State),
    /// A ballot in a state; whether it is about one's own paper.
    Ballot(ballots::State, bool),
    /// A programme in a state.
    Programme(programmes::State),
    /// A report on progress of a delegation in a state; whether it names one's own country.
    Report(&'static str, progress::State, bool),
    /// A decision in a state; whether it is about one's own voice.
    Decision(decisions::State, bool),
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
            Self::Asked(state, _) => write!(f, "action that asks {OWN}, {state}"),
            Self::Compiled(kind, code, state) => write!(f, "compiled {kind} of {code}, {state}"),
            Self::Ballot(state, _) => write!(f, "ballot {state}"),
            Self::Programme(state) => write!(f, "programme {state}"),
            Self::Report(code, state, _) => write!(f, "report of {code}, {state}"),
            Self::Decision(state, _) => write!(f, "decision {state}"),
        }
    }
}

/// Returns the variants of a place.
pub fn cases(place: Place) -> Vec<Case> {
    match place {
        Place::Site
        | Place::OwnDelegation
        | Place::OwnSignIn
        | Place::OwnToken
        | Place::ReturnLink
        | Place::Mail
        | Place::NewBallot
        | Place::Session => vec![Case::Only(place)],
        Place::Delegation => vec![Case::Delegation(OWN), Case::Delegation(OTHER)],
        Place::Account => vec![Case::Account(Some(OWN)), Case::Account(Some(OTHER))],
        Place::Office => vec![Case::Account(None)],
        Place::Grant(capacity) => vec![Case::Grant(OWN, capacity), Case::Grant(OTHER, capacity)],
        Place::Invitation(capacity) => vec![Case::Invitation(OWN, capacity), Case::Invitation(OTHER, capacity)],
        Place::Submission(kind, states) => states
            .iter()
            .flat_map(|state| [OWN, OTHER, "REG"].map(|code| Case::Submission(kind, code, *state)))
            .collect(),
        Place::Asked(states) => states.iter().map(|state| Case::Asked(*state, false)).collect(),
        Place::OwnAnswer(states) => states.iter().map(|state| Case::Asked(*state, true)).collect(),
        Place::Compiled(kind, states) => {
            states.iter().flat_map(|state| [OWN, OTHER, "REG"].map(|code| Case::Compiled(kind, code, *state))).collect()
        }
        Place::Ballot(states) => states.iter().map(|state| Case::Ballot(*state, false)).collect(),
        Place::OwnPaper => ballots::State::ALL.iter().map(|state| Case::Ballot(*state, true)).collect(),
        Place::Programme(states) => states.iter().map(|state| Case::Programme(*state)).collect(),
        Place::Report(states) => {
            states.iter().flat_map(|state| [OWN, OTHER, "REG"].map(|code| Case::Report(code, *state, false))).collect()
        }
        Place::OwnConfirmation => vec![Case::Report(OTHER, progress::State::Given, true)],
        Place::Decision(states) => states.iter().map(|state| Case::Decision(*state, false)).collect(),
        Place::OwnVoice => decisions::State::ALL.iter().map(|state| Case::Decision(*state, true)).collect(),
    }
}

/// What was made for a case.
pub struct Made {
    parts: BTreeMap<&'static str, String>,
    target: Target,
    /// Whether the target belongs to the delegation of whoever asks.
    is_own: bool,
    is_own_sign_in: bool,
    is_own_token: bool,
    /// Fields that every form of the place needs.
    pub fields: Vec<(&'static str, String)>,
}

impl Made {
    /// Returns what is at known parts of addresses; every other part names nothing.
    pub fn at(parts: BTreeMap<&'static str, String>) -> Self {
        let rest = ["id", "token", "code", "reference", "revision", "kind", "name", "event", "attachment"]
            .map(|name| (name, "none".to_owned()));
        // Why: where the session is not the last part of an address, it is called so.
        let session = parts.get("number").map(|number| ("session", number.clone()));
        let parts = rest.into_iter().chain(session).chain(parts).collect();
        Self {
            parts,
            target: Target::none(),
            is_own: false,
            is_own_sign_in: false,
            is_own_token: false,
            fields: Vec::new(),
        }
    }

    /// Returns a part of the address.
    pub fn part(&self, name: &str, actor: &Actor<'_>) -> Option<String> {
        if self.is_own_sign_in && name == "id" {
            return Some(
                actor.signed_in().map_or_else(|| "none".to_owned(), |signed_in| signed_in.sign_in.to_string()),
            );
        }
        if self.is_own_token && name == "id" {
            let is_somebody = actor.signed_in().is_some();
            return Some(if is_somebody { actor.new_api_token(&[]).0.to_string() } else { "none".to_owned() });
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
    voters: Vec<DelegationId>,
    own: DelegationId,
}

impl World {
    pub fn new(app: TestApp) -> Self {
        let session = app.session();
        let options =
            ["AZE", "TJK", "KGZ"].map(|code| app.accepted_action(&session, code, &format!("Action of {code}")));
        let voters = ["AFG", "AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"].map(|code| app.delegation(code)).into();
        let own = app.delegation(OWN);
        Self { app, session, options: options.into(), voters, own }
    }

    /// Returns somebody of every capacity, each newly signed in.
    pub fn actors(&self) -> Vec<(String, Actor<'_>)> {
        let mut actors = vec![("visitor".to_owned(), self.app.visitor())];
        for capacity in Capacity::IN_DELEGATION {
            actors.push((format!("{capacity} of {OWN}"), self.app.delegate(OWN, *capacity)));
        }
        actors.push(("reviewer".to_owned(), self.app.reviewer(&self.session.id, None)));
        actors.push((format!("reviewer from {OWN}"), self.app.reviewer(&self.session.id, Some(OWN))));
        for office in Office::all_given() {
            actors.push((office.to_string(), self.app.office(office)));
        }
        actors
    }

    /// Makes what a case acts on, anew.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of place")]
    pub fn make(&self, case: Case) -> Made {
        let mut target = Target::none();
        let number = self.session.number.to_string();
        let mut parts = BTreeMap::from([("number", number.clone()), ("session", number)]);
        let mut fields = Vec::new();
        match case {
            Case::Only(Place::Session) => {
                target = Target::of_session(self.session.id.clone());
                self.meeting();
                parts.insert("reviewer", self.app.reviewer(&self.session.id, None).account.to_string());
            }
            Case::Only(Place::ReturnLink) => {
                parts.insert("token", self.return_link());
            }
            Case::Only(Place::Mail) => {
                parts.insert("id", self.refused_mail());
            }
            Case::Only(Place::NewBallot) => {
                let to_be = Some(ballots::State::Prepared);
                target = Target { ballot: to_be, ..Target::of_session(self.session.id.clone()) };
            }
            Case::Only(_) => {}
            Case::Delegation(code) => {
                parts.extend([("code", code.to_owned()), ("id", self.letter(code))]);
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
            Case::Submission(kind, code, state) | Case::Compiled(kind, code, state) => {
                let submission = self.app.submission(&self.session, code, kind, state, "Title");
                self.hand_in(&submission);
                if matches!(case, Case::Compiled(..)) {
                    self.compile(&submission);
                }
                parts.insert("reference", submission.reference.clone());
                parts.insert("id", self.question(&submission));
                self.round(&submission);
                let (attachment, upload) = self.attach(&submission);
                parts.insert("attachment", attachment);
                parts.insert("upload", upload);
                fields.push(("revision", submission.revision.to_string()));
                target = Target {
                    delegation: Some(submission.delegation.clone()),
                    session: Some(self.session.id.clone()),
                    submission: Some(state),
                    is_published: submission.published_at.is_some(),
                    ..Target::none()
                };
            }
            Case::Asked(state, is_answer) => {
                let submission = self.app.submission(&self.session, OTHER, Kind::Action, state, "Title");
                self.hand_in(&submission);
                self.ask(&submission);
                parts.insert("reference", submission.reference.clone());
                fields.push(("revision", submission.revision.to_string()));
                target = Target {
                    delegation: Some(if is_answer { self.own.clone() } else { submission.delegation.clone() }),
                    session: Some(self.session.id.clone()),
                    submission: Some(state),
                    concerned: vec![self.own.clone()],
                    ..Target::none()
                };
            }
            Case::Ballot(state, is_paper) => {
                let (number, edition) = self.ballot(state, is_paper);
                parts.insert("number", number.to_string());
                fields.extend([("edition", edition.to_string()), ("after", "1".to_owned())]);
                target = Target { session: Some(self.session.id.clone()), ballot: Some(state), ..Target::none() };
            }
            Case::Programme(state) => {
                let revision = self.programme(state);
                parts.insert("revision", revision.to_string());
                fields.push(("edition", "1".to_owned()));
                target = Target { session: Some(self.session.id.clone()), programme: Some(state), ..Target::none() };
            }
            Case::Report(code, state, is_named) => {
                let action = self.reported(code, state, is_named);
                parts.insert("reference", action.reference.clone());
                fields.push(("edition", "1".to_owned()));
                target = Target {
                    delegation: Some(action.delegation),
                    session: Some(self.session.id.clone()),
                    programme: Some(programmes::State::Adopted),
                    report: Some(state),
                    concerned: if is_named { vec![self.own.clone()] } else { Vec::new() },
                    ..Target::none()
                };
            }
            Case::Decision(state, _) => {
                let (number, objection, amendment) = self.decision(state);
                parts.extend([("number", number), ("id", objection), ("amendment", amendment)]);
                fields.push(("edition", "1".to_owned()));
                target = Target { session: Some(self.session.id.clone()), decision: Some(state), ..Target::none() };
            }
        }
        let is_own = matches!(case, Case::Only(Place::OwnDelegation) | Case::Ballot(_, true) | Case::Decision(_, true));
        let is_own_sign_in = matches!(case, Case::Only(Place::OwnSignIn));
        let is_own_token = matches!(case, Case::Only(Place::OwnToken));
        Made { parts, target, is_own, is_own_sign_in, is_own_token, fields }
    }

    /// Hands in a letter of credentials for a delegation; returns its id.
    fn letter(&self, code: &str) -> String {
        let account = self.app.secretariat().account;
        let one = factories::credentials(&self.app, &self.session, code, &account);
        let id = one.id.to_string();
        let insert = |tx: &mut Tx<'_>| meetings::store::insert_credentials(tx, one.clone(), b"%PDF-1.7");
        self.app.db.write_here(insert).expect("handed in");
        id
    }

    /// Notes a meeting, unless it stands.
    fn meeting(&self) {
        let held_on = NaiveDate::from_ymd_opt(2020, 11, 10).expect("a day");
        let when = meetings::model::When { held_on, part: meetings::Part::Morning };
        let meeting = meetings::Meeting { when, present: [self.own.clone()].into() };
        let note = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            let stands = meetings::store::meetings_of(tx, &self.session.id)?.iter().any(|one| one.when == when);
            if stands {
                return Ok(());
            }
            meetings::store::insert_meeting(tx, &self.session.id, &meeting, self.app.clock.now().naive_utc())
        };
        self.app.db.write_here(note).expect("noted");
    }

    /// Writes down that a submission was cleared, unless it is still at home.
    fn hand_in(&self, submission: &Submission) {
        use submissions::workflow::{Event, State};
        if matches!(submission.state, State::Draft | State::AwaitingClearance) {
            return;
        }
        let act = submissions::store::Act {
            event: Event::Clear,
            from: State::Draft,
            to: State::Submitted,
            revision: submission.revision,
            account: self.app.secretariat().account,
            note: String::new(),
            at: submission.created_at,
        };
        self.app.db.write_here(|tx| submissions::store::insert_act(tx, &submission.id, &act)).expect("act inserted");
    }

    /// Attaches a file for everybody and begins an upload; returns the ids of both.
    fn attach(&self, submission: &Submission) -> (String, String) {
        use submissions::attachments::{Attachment, Content, State, model, store};
        let id = AttachmentId::new();
        let arriving = Attachment {
            submission: submission.id.clone(),
            name: "a.txt".to_owned(),
            state: State::Arriving,
            content: None,
            size: Some(5),
            received: 0,
            sha256: String::new(),
            key: model::key(&id),
            mark: String::new(),
            is_public: false,
            account: self.app.secretariat().account,
            started_at: submission.created_at,
            finished_at: None,
            removed_at: None,
            id,
        };
        let id = AttachmentId::new();
        let whole = Attachment {
            key: "whole/file".to_owned(),
            state: State::Whole,
            content: Some(Content::Text),
            received: 5,
            is_public: true,
            finished_at: Some(submission.created_at),
            id,
            ..arriving.clone()
        };
        let folder = self.app.files.join("whole");
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join("file"), "whole")).expect("stored");
        let inserted = self.app.db.write_here(|tx| -> Result<(), StoreError> {
            store::insert(tx, &arriving)?;
            store::insert(tx, &whole)
        });
        inserted.expect("attached");
        (whole.id.to_string(), arriving.id.to_string())
    }

    /// Asks a question about a submission and returns its id.
    fn question(&self, submission: &Submission) -> String {
        let one = submissions::clarifications::Clarification {
            id: ClarificationId::new(),
            reach: submissions::clarifications::Reach::Delegations,
            asked_by: self.app.secretariat().account,
            asked_for: None,
            asked_as: submissions::clarifications::Side::Secretariat,
            question: "Why?".to_owned(),
            asked_at: submission.created_at,
            answer: String::new(),
            answered_at: None,
        };
        let id = &submission.id;
        self.app.db.write_here(|tx| submissions::clarifications::store::insert(tx, id, &one)).expect("question");
        one.id.to_string()
    }

    /// Writes down a round of changes that was proposed and taken back.
    fn round(&self, submission: &Submission) {
        let now = submission.created_at;
        let round = submissions::edits::Round {
            id: EditRoundId::new(),
            submission: submission.id.clone(),
            number: 1,
            base: submission.revision,
            state: submissions::edits::State::TakenBack,
            note: String::new(),
            edition: 2,
            account: self.app.secretariat().account,
            started_at: now,
            proposed_at: Some(now),
            answered_by: None,
            answered_at: None,
            revision: None,
            is_shared: false,
        };
        self.app.db.write_here(|tx| submissions::edits::store::insert(tx, &round)).expect("round");
    }

    /// Writes down that one's own delegation is asked to agree to an action.
    fn ask(&self, submission: &Submission) {
        let (id, own, now) = (&submission.id, &self.own, submission.created_at);
        self.app
            .db
            .write_here(|tx| submissions::consents::store::insert(tx, id, own, submission.revision, now))
            .expect("consent asked");
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

    /// Makes a mail that was refused and returns its id.
    fn refused_mail(&self) -> String {
        let now = self.app.clock.now().naive_utc();
        let letter = outbox::Letter::new(outbox::Kind::Accepted, "/").once(new_token());
        let to = outbox::To::Address("office@example.org", "Office", Lang::En);
        self.app
            .db
            .write_here(|tx| -> Result<String, StoreError> {
                outbox::write(tx, &letter, to, None, now)?;
                let key = format!("{} office@example.org", letter.once.as_deref().unwrap_or_default());
                let id = outbox::store::by_key(tx, &key)?.expect("written");
                diesel::update(messages::table.find(&id))
                    .set(messages::state.eq(outbox::State::Failed))
                    .execute(&mut **tx)?;
                Ok(id.to_string())
            })
            .expect("mail refused")
    }

    /// Makes a link to a new password and returns its token.
    fn return_link(&self) -> String {
        let (token, link) = LinkKey::of("tests").new_link();
        let holding = policy::Holding { capacity: Capacity::Secretariat, delegation: None, session: None };
        let actor = policy::Actor::new(self.app.secretariat().account, [holding]);
        let account = self.app.delegate(OWN, Capacity::Delegate).account;
        let now = self.app.clock.now().naive_utc();
        self.app.db.write_here(|tx| restore(tx, &actor, &account, &link, now)).expect("link to a new password made");
        token
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
                        invitations::expires_at.eq(now + TimeDelta::days(7)),
                    ))
                    .execute(&mut **tx)?;
                Ok(())
            })
            .expect("invitation inserted");
        (id.to_string(), token)
    }

    /// Writes down that a submission was compiled from public sources.
    fn compile(&self, submission: &Submission) {
        let source = submissions::CompiledSource {
            key: submission.reference.clone(),
            period: "2019".to_owned(),
            state: String::new(),
            title: "A public source".to_owned(),
            url: "https://example.org/".to_owned(),
            date: "2020-01-01".to_owned(),
            kind: "report".to_owned(),
            confidence: "high".to_owned(),
            taken_over_at: None,
        };
        self.app.db.write_here(|tx| submissions::store::insert_source(tx, &submission.id, &source)).expect("source");
    }

    /// Makes a ballot of three options in a state, with a paper of one's own delegation if asked; returns its number and
    /// edition. It is closed and certified by the acts of the room, which count it.
    fn ballot(&self, state: ballots::State, with_paper: bool) -> (i32, i32) {
        use ballots::State;
        let now = self.app.clock.now().naive_utc();
        let is_counted = matches!(state, State::Closed | State::Certified);
        let begun = if is_counted { State::Open } else { state };
        let closes_at = if is_counted { now } else { now + TimeDelta::days(7) };
        let author = self.app.secretariat();
        let by = By { actor: author.policy(), now };
        self.app
            .db
            .write_here(|tx| -> Result<(i32, i32), OperationError> {
                let number = self.insert_ballot(tx, begun, closes_at, with_paper.then_some(&author.account))?;
                let place = ballots::operations::Place { session: self.session.number, number };
                if is_counted {
                    ballots::operations::running::close(tx, &by, place, 1)?;
                }
                if state == State::Certified {
                    ballots::operations::running::certify(tx, &by, place, 2)?;
                }
                let row = schema::ballots::table.filter(schema::ballots::number.eq(number));
                Ok((number, row.select(schema::ballots::edition).first(&mut **tx)?))
            })
            .expect("ballot made")
    }

    fn insert_ballot(
        &self,
        tx: &mut Tx<'_>,
        state: ballots::State,
        closes_at: NaiveDateTime,
        paper_by: Option<&AccountId>,
    ) -> Result<i32, StoreError> {
        use schema::{ballot_options, ballot_papers, ballots as table, electorate};
        let id = BallotId::new();
        let now = self.app.clock.now().naive_utc();
        let last: Option<i32> = table::table.select(diesel::dsl::max(table::number)).first(&mut **tx)?;
        let number = last.unwrap_or(0) + 1;
        let opened = (state != ballots::State::Prepared).then_some(now);
        diesel::insert_into(table::table)
            .values((
                (
                    table::id.eq(&id),
                    table::session_id.eq(&self.session.id),
                    table::number.eq(number),
                    table::title_en.eq("Ballot"),
                    table::title_ru.eq("Голосование"),
                    table::state.eq(state),
                    table::method.eq("borda"),
                    table::tie_rule.eq("refuse"),
                    table::base.eq("present-and-voting"),
                    table::quorum.eq("none"),
                ),
                (
                    table::levels.eq(3),
                    table::seed.eq(""),
                    table::is_made_up.eq(false),
                    table::opens_at.eq(now),
                    table::closes_at.eq(closes_at),
                    table::opened_at.eq(opened),
                    table::edition.eq(1),
                    table::created_at.eq(now),
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
        for delegation in self.voters.iter().filter(|_| opened.is_some()) {
            diesel::insert_into(electorate::table)
                .values((
                    electorate::ballot_id.eq(&id),
                    electorate::delegation_id.eq(delegation),
                    electorate::is_present.eq(true),
                ))
                .execute(&mut **tx)?;
        }
        if let Some(author) = paper_by {
            diesel::insert_into(ballot_papers::table)
                .values((
                    ballot_papers::id.eq(BallotPaperId::new()),
                    ballot_papers::ballot_id.eq(&id),
                    ballot_papers::delegation_id.eq(&self.own),
                    ballot_papers::number.eq(1),
                    ballot_papers::kind.eq("abstain"),
                    ballot_papers::prepared_by.eq(author),
                    ballot_papers::prepared_at.eq(now),
                ))
                .execute(&mut **tx)?;
        }
        Ok(number)
    }

    /// Makes a programme in a state and returns its revision.
    fn programme(&self, state: programmes::State) -> i32 {
        use schema::programmes as table;
        let now = self.app.clock.now().naive_utc();
        self.app
            .db
            .write_here(|tx| -> Result<i32, StoreError> {
                let last: Option<i32> = table::table.select(diesel::dsl::max(table::revision)).first(&mut **tx)?;
                let revision = last.unwrap_or(0) + 1;
                let adopted = (!state.is_pending()).then_some(now);
                diesel::insert_into(table::table)
                    .values((
                        table::id.eq(ProgrammeId::new()),
                        table::session_id.eq(&self.session.id),
                        table::reference.eq("WP-2020"),
                        table::revision.eq(revision),
                        table::state.eq(state.code()),
                        table::places.eq(3),
                        table::introduction_en.eq("Introduction"),
                        table::introduction_ru.eq("Введение"),
                        table::adopted_by.eq(adopted.map(|_| "consensus")),
                        table::adopted_on.eq(adopted.map(|at| at.date())),
                        table::adoption_record_en.eq(""),
                        table::adoption_record_ru.eq(""),
                        table::edition.eq(1),
                        table::created_at.eq(now),
                        table::updated_at.eq(now),
                        table::adopted_at.eq(adopted),
                    ))
                    .execute(&mut **tx)?;
                Ok(revision)
            })
            .expect("programme inserted")
    }

    /// Makes a report in a state on an action of a delegation in an adopted programme; it says that the action is finished.
    fn reported(&self, code: &str, state: progress::State, is_named: bool) -> Submission {
        let now = self.app.clock.now().naive_utc();
        let action = self.app.accepted_action(&self.session, code, "Action reported on");
        let revision = self.programme(programmes::State::Adopted);
        let asked = |delegation: &DelegationId| Confirmation {
            delegation: delegation.clone(),
            answer: progress::Answer::Asked,
            note: String::new(),
            account: None,
            asked_at: now,
            answered_at: None,
        };
        let report = |programme: ProgrammeId| Report {
            id: ProgressReportId::new(),
            submission: action.id.clone(),
            programme,
            number: 1,
            state,
            plan_revision: 1,
            is_last: true,
            text: Bilingual::new("Text".to_owned(), "Текст".to_owned()),
            outputs: Vec::new(),
            values: Vec::new(),
            confirmations: if is_named { vec![asked(&self.own)] } else { Vec::new() },
            edition: 1,
            created_at: now,
            updated_at: now,
            given_at: (state != progress::State::Draft).then_some(now),
            confirmed_at: (state == progress::State::Confirmed).then_some(now),
        };
        self.app
            .db
            .write_here(|tx| -> Result<(), StoreError> {
                let all = programmes::store::of_session(tx, &self.session.id)?;
                let programme = all.into_iter().find(|one| one.revision == revision).ok_or(StoreError::NotFound)?;
                let item = programmes::Item {
                    id: ItemId::new(),
                    submission: action.id.clone(),
                    position: 1,
                    proposed: true,
                    included: true,
                    reason: Bilingual::default(),
                    override_reason: String::new(),
                };
                programmes::store::insert_item(tx, &programme.id, &item)?;
                progress::store::insert(tx, &report(programme.id))
            })
            .expect("report inserted");
        action
    }

    /// Returns a part of a decision that one's own delegation asked to have voted separately.
    fn part(&self, text: &Bilingual<String>) -> nouns::separate::Part {
        nouns::separate::Part {
            letter: "A".to_owned(),
            paragraph: 1,
            text: text.clone(),
            asked_by: self.own.clone(),
            is_kept: None,
            votes: Vec::new(),
        }
    }

    /// Makes a decision in a state with an objection of one's own delegation and an amendment; returns its number and the
    /// ids of both.
    fn decision(&self, state: decisions::State) -> (String, String, String) {
        let now = self.app.clock.now().naive_utc();
        let author = self.app.secretariat().account;
        let text = Bilingual::new("A text".to_owned(), "Текст".to_owned());
        let (objection, amendment) = (ObjectionId::new(), AmendmentId::new());
        let silence = nouns::silence::Silence { from: now, until: now + TimeDelta::days(5) };
        self.app
            .db
            .write_here(|tx| -> Result<(String, String, String), StoreError> {
                let decision = Decision {
                    id: DecisionId::new(),
                    session: self.session.id.clone(),
                    number: decisions::store::next_number(tx, &self.session.id)?,
                    title: text.clone(),
                    subject: nouns::Subject::Text,
                    state,
                    revision: 1,
                    silence: (state == decisions::State::Silence).then_some(silence),
                    asked_by: None,
                    seed: String::new(),
                    rules: Some((self.session.rules.base, self.session.rules.quorum)),
                    decided: (state == decisions::State::Decided).then_some((decisions::Rung::Consensus, now)),
                    is_made_up: false,
                    edition: 1,
                    created_at: now,
                    updated_at: now,
                };
                decisions::store::insert(tx, &decision)?;
                let first = nouns::Text {
                    revision: 1,
                    text: text.clone(),
                    is_checked: true,
                    entered_by: author.clone(),
                    entered_at: now,
                };
                decisions::store::insert_text(tx, &decision.id, &first)?;
                if state == decisions::State::Voting {
                    decisions::store::insert_place(tx, &decision.id, &self.own, 1)?;
                    decisions::store::insert_separate_part(tx, &decision.id, &self.part(&text))?;
                }
                let raised = Objection {
                    id: objection.clone(),
                    delegation: self.own.clone(),
                    revision: 1,
                    passage: String::new(),
                    reason: "A reason".to_owned(),
                    broke_silence: false,
                    state: ObjectionState::Open,
                    raised_at: now,
                    settled_at: None,
                };
                decisions::store::insert_objection(tx, &decision.id, &raised, &author)?;
                let proposed = nouns::Amendment {
                    id: amendment.clone(),
                    objection: objection.clone(),
                    delegation: None,
                    revision: 1,
                    text: text.clone(),
                    state: nouns::AmendmentState::Proposed,
                    proposed_at: now,
                };
                decisions::store::insert_amendment(tx, &decision.id, &proposed, &author)?;
                Ok((decision.number.to_string(), objection.to_string(), amendment.to_string()))
            })
            .expect("decision made")
    }
}
