//! What an act on a submission asks before it goes, which words go with it, and who is told after: one arm for each act.
//!
//! The workflow says from where to where an act leads and the policy who may do it. `acts` does an act by these rules, the page
//! offers it by them, `letters` writes by them: a new act is an arm here.

use chrono::NaiveDateTime;

use super::acts::Words;
use super::{Dossier, is_own};
use crate::kernel::fields::{FieldErrors, Message};
use crate::outbox::Kind;
use crate::policy::{Action, Actor};
use crate::refusals::OperationError;
use crate::sessions::Step;
use crate::submissions::clearance;
use crate::submissions::workflow::Event;

/// What an act asks and does beside moving the submission.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// What the policy calls it; where there are several, any of them. None for an act with a door of its own.
    pub actions: &'static [Action],
    /// What must hold, in the order in which it is refused.
    pub conditions: &'static [Condition],
    /// Whether the answers must be as a submission needs them.
    pub is_complete: bool,
    /// The words that go with it.
    pub said: Said,
    /// Whether countries that the text names are then asked for their consent, and invited delegations to join.
    pub puts_forward: bool,
    /// Who is told.
    pub told: Told,
}

/// What must hold for an act beside the permission and the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It is an entry compiled from public sources, or the text of whoever acts. The draft of another delegation is unknown.
    CompiledOrOwn,
    /// It is an entry compiled from public sources.
    Compiled,
    /// The steps of the delegation are passed.
    StepsPassed,
    /// The delegation can write now, if only to be late.
    Writing,
    /// The delegation can hand in now, and in time.
    InTime,
    /// In time, or an entry compiled from public sources, which knows no window.
    InTimeUnlessCompiled,
    /// The window is over and the session takes what is late.
    Late,
    /// Screening is open.
    Screening,
    /// Delegations or the secretariat still work on submissions.
    WritingOrScreening,
}

/// The words that go with an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// None.
    Nothing,
    /// A note, if one likes.
    Note,
    /// A note; one must be written where the delegation has steps.
    NoteInSteps,
    /// A note and comments on questions, if one likes.
    Comments,
    /// A note or a comment, and comments besides.
    SomeComment,
    /// A note, and comments besides.
    Reason,
}

/// Who is told of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nobody, or whoever the act itself tells.
    Nobody,
    /// Whoever can take the next step inside the delegation; after the last one the head.
    NextInDelegation,
    /// Those named, by one letter that names the end of a window.
    One(Kind, Whom, Until),
}

/// Those whom a letter goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// The secretariat.
    Secretariat,
    /// The heads of the delegation.
    Heads,
    /// Those who write for the delegation.
    Writers,
    /// Whoever asked for clearance last; if nobody did, those who write for the delegation.
    Asker,
}

/// The window whose end a letter names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// None.
    Never,
    /// The one by whose end the delegation has to be ready.
    Ready,
    /// Screening.
    Screened,
}

impl Rules {
    /// The rules of an act that the secretariat does while it screens.
    const SCREENING: Self =
        Self { conditions: &[Condition::Screening], ..Self::of(&[Action::ScreenSubmission], Told::Nobody) };

    /// Rules that ask for nothing but the permission.
    const fn of(actions: &'static [Action], told: Told) -> Self {
        Self { actions, conditions: &[], is_complete: false, said: Said::Nothing, puts_forward: false, told }
    }

    /// Refuses while a condition does not hold.
    pub fn expect(&self, dossier: &Dossier, actor: &Actor, now: NaiveDateTime) -> Result<(), OperationError> {
        self.conditions.iter().try_for_each(|condition| condition.expect(dossier, actor, now))
    }
}

/// Returns the rules of an act.
pub fn rules(event: Event) -> Rules {
    use Condition::{
        Compiled, CompiledOrOwn, InTime, InTimeUnlessCompiled, Late, Screening, StepsPassed, Writing,
        WritingOrScreening,
    };
    use Told::{NextInDelegation, Nobody, One};
    use Until::{Never, Ready, Screened};
    use Whom::{Asker, Heads, Secretariat, Writers};

    match event {
        Event::RequestClearance => Rules {
            conditions: &[Writing],
            is_complete: true,
            ..Rules::of(&[Action::RequestClearance], NextInDelegation)
        },
        Event::AskConfirmation => Rules::of(&[], One(Kind::ConfirmationAsked, Heads, Ready)),
        Event::PassOn => Rules {
            conditions: &[Writing],
            said: Said::Note,
            ..Rules::of(&[Action::TakeClearanceStep], NextInDelegation)
        },
        Event::SendBack => Rules {
            said: Said::NoteInSteps,
            ..Rules::of(&[Action::ClearSubmission, Action::TakeClearanceStep], One(Kind::SentBack, Asker, Ready))
        },
        Event::Clear => Rules {
            conditions: &[StepsPassed, InTime],
            is_complete: true,
            puts_forward: true,
            ..Rules::of(&[Action::ClearSubmission], One(Kind::Submitted, Secretariat, Screened))
        },
        Event::HandInLate => Rules {
            conditions: &[StepsPassed, Writing, Late],
            is_complete: true,
            ..Rules::of(&[Action::ClearSubmission], One(Kind::HandedInLate, Secretariat, Never))
        },
        Event::Admit => Rules {
            conditions: &[Screening],
            said: Said::Note,
            puts_forward: true,
            ..Rules::of(&[Action::ReceiveLate], One(Kind::Admitted, Writers, Never))
        },
        Event::KeepInformal => {
            Rules { said: Said::Note, ..Rules::of(&[Action::ReceiveLate], One(Kind::KeptInformal, Writers, Never)) }
        }
        Event::HandIn => Rules {
            conditions: &[CompiledOrOwn, InTimeUnlessCompiled],
            is_complete: true,
            puts_forward: true,
            ..Rules::of(&[Action::HandInSubmission], One(Kind::Submitted, Secretariat, Screened))
        },
        Event::TakeUp => Rules::SCREENING,
        Event::Return => {
            Rules { said: Said::SomeComment, told: One(Kind::Returned, Writers, Screened), ..Rules::SCREENING }
        }
        Event::Accept => Rules { said: Said::Comments, told: One(Kind::Accepted, Writers, Never), ..Rules::SCREENING },
        Event::NotRetain => {
            Rules { said: Said::Reason, told: One(Kind::NotRetained, Writers, Never), ..Rules::SCREENING }
        }
        Event::Withdraw => Rules { said: Said::Note, ..Rules::of(&[Action::WithdrawSubmission], Nobody) },
        Event::TakeOver => {
            Rules { conditions: &[Compiled, WritingOrScreening], ..Rules::of(&[Action::TakeOverSubmission], Nobody) }
        }
        // Why: a merge is about two submissions, and tells both delegations at once, from its own place.
        Event::Merge | Event::Unmerge => Rules::of(&[], Nobody),
    }
}

impl Condition {
    fn expect(self, dossier: &Dossier, actor: &Actor, now: NaiveDateTime) -> Result<(), OperationError> {
        let is_open = |step| dossier.calendar.expect_open(step, now).map_err(OperationError::Refused);
        let held = |holds: bool, refusal: fn() -> OperationError| if holds { Ok(()) } else { Err(refusal()) };
        match self {
            Self::CompiledOrOwn => {
                held(dossier.is_compiled() || is_own(actor, &dossier.submission), || OperationError::NotFound)
            }
            Self::Compiled => held(dossier.is_compiled(), || OperationError::refused("not-compiled")),
            Self::StepsPassed => clearance::operations::expect_through(dossier),
            Self::Writing => dossier.expect_writing(now),
            Self::InTimeUnlessCompiled if dossier.is_compiled() => Ok(()),
            Self::InTime | Self::InTimeUnlessCompiled => dossier.expect_in_time(now),
            Self::Late => held(dossier.is_late(now), || OperationError::refused("not-late")),
            Self::Screening => is_open(Step::Screening),
            Self::WritingOrScreening => is_open(Step::Submissions).or_else(|_| is_open(Step::Screening)),
        }
    }
}

impl Said {
    /// Returns whether comments on questions go with the act: it is done from the page of screening.
    pub const fn has_comments(self) -> bool {
        matches!(self, Self::Comments | Self::SomeComment | Self::Reason)
    }

    /// Returns what is kept of the words given, or refuses where those are missing that must be there.
    pub fn of(self, words: &Words, dossier: &Dossier) -> Result<Words, OperationError> {
        let is_noted = !words.note.trim().is_empty();
        let is_enough = match self {
            Self::Nothing | Self::Note | Self::Comments => true,
            Self::NoteInSteps => is_noted || dossier.chain.is_none(),
            Self::SomeComment => !words.is_silent(),
            Self::Reason => is_noted,
        };
        if !is_enough {
            return Err(FieldErrors::one("note", Message::new("required")).into());
        }
        Ok(match self {
            Self::Nothing => Words::default(),
            Self::Note | Self::NoteInSteps => Words::note(&words.note),
            Self::Comments | Self::SomeComment | Self::Reason => words.clone(),
        })
    }
}
