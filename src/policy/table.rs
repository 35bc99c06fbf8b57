//! The permissions, as one table. What is not listed is not allowed.
//!
//! Read a row as: *this act* is allowed *in this capacity*, *within this scope*, *while this holds*.
//! Secretariat and chair never vote; observers read; the secretariat sees nothing before clearance.

#![allow(clippy::enum_glob_use, reason = "the table is read as a document: each row starts with the bare act")]

use super::action::Action::{self, *};
use super::actor::Capacity::{self, *};
use crate::ballots::State as B;
use crate::decisions::State as D;
use crate::programmes::State as P;
use crate::progress::State as R;
use crate::submissions::State as S;

/// How far a capacity reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    Any,
    /// What belongs to the delegation in which the capacity is held.
    Own,
    /// What concerns the delegation in which the capacity is held: it is asked to agree.
    Concerned,
    /// What belongs to the session for which one was appointed, unless recused.
    Assigned,
    /// One's own account.
    OwnAccount,
}

/// What must hold of the thing acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Always,
    /// The submission stands in one of these states.
    Submission(&'static [S]),
    /// The practice is in the public library.
    Published,
    /// The submission awaits clearance at a step that is the actor's to take.
    Turn,
    /// The ballot stands in one of these states.
    Ballot(&'static [B]),
    /// The programme stands in one of these states.
    Programme(&'static [P]),
    /// The decision stands in one of these states.
    Decision(&'static [D]),
    /// The report on progress stands in one of these states.
    Report(&'static [R]),
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The act.
    pub action: Action,
    /// The capacity that allows it.
    pub capacity: Capacity,
    /// How far it reaches.
    pub scope: Scope,
    /// While what holds.
    pub when: When,
}

const fn rule(action: Action, capacity: Capacity, scope: Scope, when: When) -> Rule {
    Rule { action, capacity, scope, when }
}

use Scope::{Any, Assigned, Concerned, Own, OwnAccount};
use When::{Always, Ballot, Decision, Programme, Published, Report, Submission, Turn};

/// In the hands of the delegation.
const AT_HOME: &[S] = &[S::Draft, S::AwaitingClearance, S::Returned];
/// Not yet decided: the delegation can still withdraw.
const OPEN: &[S] =
    &[S::Draft, S::AwaitingClearance, S::Late, S::Informal, S::Submitted, S::UnderReview, S::Returned, S::Accepted];
/// Handed in once: the secretariat may see it.
const CLEARED: &[S] = &[
    S::Late,
    S::Informal,
    S::Submitted,
    S::UnderReview,
    S::Returned,
    S::Accepted,
    S::NotRetained,
    S::Withdrawn,
    S::Merged,
];
/// Known to the group.
const SHARED: &[S] = &[S::Accepted];
/// Read by every delegation: what is known to the group, and informal papers.
const BEFORE_THE_GROUP: &[S] = &[S::Accepted, S::Informal];
/// Handed in late, and not admitted.
const LATE: &[S] = &[S::Late, S::Informal];
/// Handed in and not decided against: others can be asked to agree.
const PUT_FORWARD: &[S] = S::PUT_FORWARD;
/// Put forward, or joined to another since: those concerned go on reading it.
const ASKED_ABOUT: &[S] = &[S::Submitted, S::UnderReview, S::Returned, S::Accepted, S::Merged];
/// Put forward, and out of the hands of the delegation.
const HANDED_OVER: &[S] = S::HANDED_OVER;
/// Called, whatever became of it.
const CALLED: &[B] = &[B::Open, B::Closed, B::Certified, B::Cancelled];
/// The result is public to the group.
const DECIDED: &[B] = &[B::Certified];
/// Adopted once.
const IN_FORCE: &[P] = &[P::Adopted, P::Superseded];
/// Any programme.
const ANY_PROGRAMME: &[P] = &[P::Draft, P::Tabled, P::Adopted, P::Superseded];
/// A programme before the group, or adopted by it.
const BEFORE_GROUP: &[P] = &[P::Tabled, P::Adopted, P::Superseded];
/// Before the group, whatever became of it.
const TABLED: &[D] = &[D::Sensing, D::Discussing, D::Silence, D::Voting, D::Decided, D::NotAdopted, D::Withdrawn];
/// Before the group, and the sense check is closed.
const SENSED: &[D] = &[D::Discussing, D::Silence, D::Voting, D::Decided, D::NotAdopted];
/// Objections can be raised.
const OBJECTABLE: &[D] = &[D::Discussing, D::Silence];
/// The group has decided, one way or the other.
const CONCLUDED: &[D] = &[D::Decided, D::NotAdopted];
/// Positions can be explained.
const EXPLAINABLE: &[D] = &[D::Silence, D::Voting, D::Decided, D::NotAdopted];
/// Before the group.
const REPORTED: &[R] = &[R::Given, R::Confirmed];

/// The table.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    // Accounts: by invitation only, each level invites the next.
    rule(ManageOffices,         Administrator, Any,        Always),
    rule(ManageHeads,           Administrator, Any,        Always),
    rule(ManageHeads,           Secretariat,   Any,        Always),
    rule(ManageDelegates,       Secretariat,   Any,        Always),
    rule(ManageDelegates,       Head,          Own,        Always),
    rule(ManageDelegates,       Alternate,     Own,        Always),
    rule(ChangeCapacity,        Secretariat,   Any,        Always),
    rule(ChangeCapacity,        Head,          Own,        Always),
    rule(ViewAccounts,          Administrator, Any,        Always),
    rule(ViewAccounts,          Secretariat,   Any,        Always),
    rule(ViewAccounts,          Head,          Own,        Always),
    rule(ViewAccounts,          Alternate,     Own,        Always),
    rule(RemoveFactor,          Administrator, Any,        Always),
    rule(RemoveFactor,          Head,          Own,        Always),
    rule(RemoveFactor,          Alternate,     Own,        Always),
    rule(EraseAccount,          Administrator, Any,        Always),
    rule(ManageDelegations,     Administrator, Any,        Always),
    rule(ManageDelegations,     Secretariat,   Any,        Always),
    rule(ManageOwnAccount,      Visitor,       OwnAccount, Always),
    rule(ViewAudit,             Administrator, Any,        Always),
    rule(ViewAudit,             Secretariat,   Any,        Always),
    rule(ViewOutbox,            Administrator, Any,        Always),
    rule(ViewOutbox,            Secretariat,   Any,        Always),
    rule(ReadMail,              Secretariat,   Any,        Always),
    rule(EditMailTexts,         Secretariat,   Any,        Always),
    rule(SendMailAgain,         Administrator, Any,        Always),
    rule(SendMailAgain,         Secretariat,   Any,        Always),

    // Sessions and their questionnaires.
    rule(ManageSessions,        Secretariat,   Any,        Always),
    rule(ViewSession,           Visitor,       Any,        Always),

    // Meetings: a government says who represents it, the secretariat examines the letter and notes who is present.
    rule(ViewCredentials,       Secretariat,   Any,        Always),
    rule(ViewCredentials,       Chair,         Any,        Always),
    rule(ViewCredentials,       Head,          Own,        Always),
    rule(ViewCredentials,       Alternate,     Own,        Always),
    rule(ViewCredentials,       Delegate,      Own,        Always),
    rule(HandInCredentials,     Secretariat,   Any,        Always),
    rule(HandInCredentials,     Head,          Own,        Always),
    rule(HandInCredentials,     Alternate,     Own,        Always),
    rule(ExamineCredentials,    Secretariat,   Any,        Always),
    rule(KeepAttendance,        Secretariat,   Any,        Always),
    rule(ViewAttendance,        Secretariat,   Any,        Always),
    rule(ViewAttendance,        Chair,         Any,        Always),
    rule(ViewAttendance,        Head,          Any,        Always),
    rule(ViewAttendance,        Alternate,     Any,        Always),
    rule(ViewAttendance,        Delegate,      Any,        Always),
    rule(ViewAttendance,        Observer,      Any,        Always),

    // Submissions: the delegation writes, its head clears, the secretariat screens.
    rule(CreateSubmission,      Delegate,      Own,        Always),
    rule(CreateSubmission,      Alternate,     Own,        Always),
    rule(CreateSubmission,      Head,          Own,        Always),
    rule(CreateSubmission,      Secretariat,   Own,        Always),
    rule(EditSubmission,        Delegate,      Own,        Submission(&[S::Draft, S::Returned])),
    rule(EditSubmission,        Alternate,     Own,        Submission(AT_HOME)),
    rule(EditSubmission,        Head,          Own,        Submission(AT_HOME)),
    rule(EditSubmission,        Secretariat,   Own,        Submission(AT_HOME)),
    rule(TranslateSubmission,   Delegate,      Own,        Submission(&[S::Draft, S::Returned])),
    rule(TranslateSubmission,   Alternate,     Own,        Submission(AT_HOME)),
    rule(TranslateSubmission,   Head,          Own,        Submission(AT_HOME)),
    rule(TranslateSubmission,   Secretariat,   Own,        Submission(AT_HOME)),
    rule(TranslateSubmission,   Secretariat,   Any,        Submission(HANDED_OVER)),
    rule(ViewSubmission,        Delegate,      Own,        Always),
    rule(ViewSubmission,        Alternate,     Own,        Always),
    rule(ViewSubmission,        Head,          Own,        Always),
    rule(ViewSubmission,        Observer,      Own,        Submission(CLEARED)),
    rule(ViewSubmission,        Secretariat,   Own,        Always),
    rule(ViewSubmission,        Secretariat,   Any,        Submission(CLEARED)),
    rule(ViewSubmission,        Chair,         Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewSubmission,        Reviewer,      Any,        Submission(SHARED)),
    rule(ViewSubmission,        Head,          Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewSubmission,        Alternate,     Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewSubmission,        Delegate,      Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewSubmission,        Observer,      Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewSubmission,        Head,          Concerned,  Submission(ASKED_ABOUT)),
    rule(ViewSubmission,        Alternate,     Concerned,  Submission(ASKED_ABOUT)),
    rule(ViewSubmission,        Delegate,      Concerned,  Submission(ASKED_ABOUT)),
    rule(ViewSubmission,        Visitor,       Any,        Published),
    rule(ViewSubmissionHistory, Delegate,      Own,        Always),
    rule(ViewSubmissionHistory, Alternate,     Own,        Always),
    rule(ViewSubmissionHistory, Head,          Own,        Always),
    rule(ViewSubmissionHistory, Secretariat,   Own,        Always),
    rule(ViewSubmissionHistory, Secretariat,   Any,        Submission(CLEARED)),
    rule(ViewAttachments,       Delegate,      Own,        Always),
    rule(ViewAttachments,       Alternate,     Own,        Always),
    rule(ViewAttachments,       Head,          Own,        Always),
    rule(ViewAttachments,       Observer,      Own,        Submission(CLEARED)),
    rule(ViewAttachments,       Secretariat,   Own,        Always),
    rule(ViewAttachments,       Secretariat,   Any,        Submission(CLEARED)),
    rule(ViewAttachments,       Chair,         Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewAttachments,       Reviewer,      Any,        Submission(SHARED)),
    rule(ViewAttachments,       Head,          Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewAttachments,       Alternate,     Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewAttachments,       Delegate,      Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewAttachments,       Observer,      Any,        Submission(BEFORE_THE_GROUP)),
    rule(ViewAttachments,       Head,          Concerned,  Submission(PUT_FORWARD)),
    rule(ViewAttachments,       Alternate,     Concerned,  Submission(PUT_FORWARD)),
    rule(ViewAttachments,       Delegate,      Concerned,  Submission(PUT_FORWARD)),
    rule(ViewPublicAttachments, Visitor,       Any,        Published),
    rule(RequestClearance,      Delegate,      Own,        Submission(&[S::Draft, S::Returned])),
    rule(RequestClearance,      Alternate,     Own,        Submission(&[S::Draft, S::Returned])),
    rule(RequestClearance,      Head,          Own,        Submission(&[S::Draft, S::Returned])),
    rule(SetClearanceSteps,     Head,          Own,        Always),
    rule(SetClearanceSteps,     Alternate,     Own,        Always),
    rule(TakeClearanceStep,     Delegate,      Own,        Turn),
    rule(TakeClearanceStep,     Alternate,     Own,        Turn),
    rule(TakeClearanceStep,     Head,          Own,        Turn),
    rule(ClearSubmission,       Head,          Own,        Submission(AT_HOME)),
    rule(ClearSubmission,       Alternate,     Own,        Submission(AT_HOME)),
    rule(WithdrawSubmission,    Head,          Own,        Submission(OPEN)),
    rule(WithdrawSubmission,    Alternate,     Own,        Submission(OPEN)),
    rule(WithdrawSubmission,    Secretariat,   Own,        Submission(OPEN)),
    rule(HandInSubmission,      Secretariat,   Any,        Submission(&[S::Draft])),
    rule(ScreenSubmission,      Secretariat,   Any,        Submission(&[S::Submitted, S::UnderReview])),
    rule(ReceiveLate,           Secretariat,   Any,        Submission(LATE)),
    rule(ProposeEdits,          Secretariat,   Any,        Submission(&[S::Submitted, S::UnderReview])),
    rule(TakeBackEdits,         Secretariat,   Any,        Submission(PUT_FORWARD)),
    rule(PrepareEdits,          Delegate,      Own,        Submission(PUT_FORWARD)),
    rule(PrepareEdits,          Alternate,     Own,        Submission(PUT_FORWARD)),
    rule(PrepareEdits,          Head,          Own,        Submission(PUT_FORWARD)),
    rule(ConfirmEdits,          Alternate,     Own,        Submission(PUT_FORWARD)),
    rule(ConfirmEdits,          Head,          Own,        Submission(PUT_FORWARD)),
    rule(ViewDesk,              Secretariat,   Any,        Always),
    rule(MergeSubmissions,      Secretariat,   Any,        Submission(HANDED_OVER)),
    rule(UnmergeSubmission,     Secretariat,   Any,        Submission(&[S::Merged])),
    rule(RemindConsents,        Secretariat,   Any,        Submission(PUT_FORWARD)),
    rule(TakeOverSubmission,    Head,          Own,        Submission(&[S::Submitted, S::Accepted])),
    rule(TakeOverSubmission,    Alternate,     Own,        Submission(&[S::Submitted, S::Accepted])),
    rule(AnswerConsent,         Head,          Own,        Submission(PUT_FORWARD)),
    rule(AnswerConsent,         Alternate,     Own,        Submission(PUT_FORWARD)),
    rule(InviteCoSponsors,      Head,          Own,        Submission(PUT_FORWARD)),
    rule(InviteCoSponsors,      Alternate,     Own,        Submission(PUT_FORWARD)),
    rule(InviteCoSponsors,      Secretariat,   Own,        Submission(PUT_FORWARD)),
    rule(CoSponsor,             Head,          Own,        Submission(PUT_FORWARD)),
    rule(CoSponsor,             Alternate,     Own,        Submission(PUT_FORWARD)),
    rule(RemoveCountry,         Head,          Own,        Submission(HANDED_OVER)),
    rule(RemoveCountry,         Alternate,     Own,        Submission(HANDED_OVER)),
    rule(RemoveCountry,         Secretariat,   Own,        Submission(HANDED_OVER)),
    rule(AskClarification,      Secretariat,   Any,        Submission(PUT_FORWARD)),
    rule(AskClarification,      Reviewer,      Any,        Submission(SHARED)),
    rule(AskClarification,      Head,          Any,        Submission(SHARED)),
    rule(AskClarification,      Alternate,     Any,        Submission(SHARED)),
    rule(AskClarification,      Delegate,      Any,        Submission(SHARED)),
    rule(AskClarification,      Head,          Concerned,  Submission(PUT_FORWARD)),
    rule(AskClarification,      Alternate,     Concerned,  Submission(PUT_FORWARD)),
    rule(AskClarification,      Delegate,      Concerned,  Submission(PUT_FORWARD)),
    rule(AnswerClarification,   Delegate,      Own,        Submission(PUT_FORWARD)),
    rule(AnswerClarification,   Alternate,     Own,        Submission(PUT_FORWARD)),
    rule(AnswerClarification,   Head,          Own,        Submission(PUT_FORWARD)),
    rule(AnswerClarification,   Secretariat,   Own,        Submission(PUT_FORWARD)),
    rule(ImportSubmissions,     Secretariat,   Any,        Always),

    // Reviews: scores stay with their reviewer until given; own country is always recused.
    rule(GiveReview,            Reviewer,      Assigned,   Submission(SHARED)),
    rule(Recuse,                Reviewer,      Assigned,   Submission(SHARED)),
    rule(ViewOwnReviews,        Reviewer,      Assigned,   Always),
    rule(ViewAllReviews,        Secretariat,   Any,        Always),
    rule(ViewRanking,           Secretariat,   Any,        Always),
    rule(ViewRanking,           Chair,         Any,        Always),

    // Ballots: one delegation one ballot; sealed until certified.
    rule(PrepareBallot,         Secretariat,   Any,        Ballot(&[B::Prepared])),
    rule(RunBallot,             Secretariat,   Any,        Ballot(&[B::Prepared, B::Open, B::Closed])),
    rule(ViewBallot,            Secretariat,   Any,        Always),
    rule(ViewBallot,            Chair,         Any,        Ballot(CALLED)),
    rule(ViewBallot,            Head,          Any,        Ballot(CALLED)),
    rule(ViewBallot,            Alternate,     Any,        Ballot(CALLED)),
    rule(ViewBallot,            Delegate,      Any,        Ballot(CALLED)),
    rule(ViewBallot,            Observer,      Any,        Ballot(CALLED)),
    rule(PreparePaper,          Delegate,      Own,        Ballot(&[B::Open])),
    rule(PreparePaper,          Alternate,     Own,        Ballot(&[B::Open])),
    rule(PreparePaper,          Head,          Own,        Ballot(&[B::Open])),
    rule(ConfirmPaper,          Alternate,     Own,        Ballot(&[B::Open])),
    rule(ConfirmPaper,          Head,          Own,        Ballot(&[B::Open])),
    rule(EnterPaper,            Secretariat,   Any,        Ballot(&[B::Open, B::Closed])),
    rule(AnswerEnteredPaper,    Alternate,     Own,        Ballot(&[B::Open, B::Closed])),
    rule(AnswerEnteredPaper,    Head,          Own,        Ballot(&[B::Open, B::Closed])),
    rule(ExplainVote,           Alternate,     Own,        Ballot(&[B::Open, B::Closed, B::Certified])),
    rule(ExplainVote,           Head,          Own,        Ballot(&[B::Open, B::Closed, B::Certified])),
    rule(ViewPaper,             Delegate,      Own,        Ballot(CALLED)),
    rule(ViewPaper,             Alternate,     Own,        Ballot(CALLED)),
    rule(ViewPaper,             Head,          Own,        Ballot(CALLED)),
    rule(ViewResult,            Secretariat,   Any,        Ballot(&[B::Closed, B::Certified])),
    rule(ViewResult,            Chair,         Any,        Ballot(DECIDED)),
    rule(ViewResult,            Head,          Any,        Ballot(DECIDED)),
    rule(ViewResult,            Alternate,     Any,        Ballot(DECIDED)),
    rule(ViewResult,            Delegate,      Any,        Ballot(DECIDED)),
    rule(ViewResult,            Observer,      Any,        Ballot(DECIDED)),
    rule(ViewResult,            Visitor,       Any,        Ballot(DECIDED)),
    rule(ViewBallotPapers,      Visitor,       Any,        Ballot(DECIDED)),

    // Programmes.
    rule(BuildProgramme,        Secretariat,   Any,        Always),
    rule(ViewProgramme,         Secretariat,   Any,        Programme(ANY_PROGRAMME)),
    rule(ViewProgramme,         Chair,         Any,        Programme(ANY_PROGRAMME)),
    rule(ViewProgramme,         Head,          Any,        Programme(BEFORE_GROUP)),
    rule(ViewProgramme,         Alternate,     Any,        Programme(BEFORE_GROUP)),
    rule(ViewProgramme,         Delegate,      Any,        Programme(BEFORE_GROUP)),
    rule(ViewProgramme,         Observer,      Any,        Programme(BEFORE_GROUP)),
    rule(ViewProgramme,         Visitor,       Any,        Programme(IN_FORCE)),

    // Decisions: the secretariat leads from rung to rung and never objects; heads speak for their delegations.
    rule(ManageDecision,        Secretariat,   Any,        Always),
    rule(ViewDecision,          Secretariat,   Any,        Always),
    rule(ViewDecision,          Chair,         Any,        Decision(TABLED)),
    rule(ViewDecision,          Head,          Any,        Decision(TABLED)),
    rule(ViewDecision,          Alternate,     Any,        Decision(TABLED)),
    rule(ViewDecision,          Delegate,      Any,        Decision(TABLED)),
    rule(ViewDecision,          Observer,      Any,        Decision(TABLED)),
    rule(ViewDecision,          Visitor,       Any,        Decision(CONCLUDED)),
    rule(ViewObjections,        Secretariat,   Any,        Always),
    rule(ViewObjections,        Chair,         Any,        Decision(TABLED)),
    rule(ViewObjections,        Head,          Any,        Decision(TABLED)),
    rule(ViewObjections,        Alternate,     Any,        Decision(TABLED)),
    rule(ViewObjections,        Delegate,      Any,        Decision(TABLED)),
    rule(ViewObjections,        Observer,      Any,        Decision(TABLED)),
    rule(ViewSupport,           Secretariat,   Any,        Decision(SENSED)),
    rule(ViewSupport,           Chair,         Any,        Decision(SENSED)),
    rule(ViewSupport,           Head,          Any,        Decision(SENSED)),
    rule(ViewSupport,           Alternate,     Any,        Decision(SENSED)),
    rule(ViewSupport,           Delegate,      Any,        Decision(SENSED)),
    rule(ViewSupport,           Observer,      Any,        Decision(SENSED)),
    rule(GiveSupport,           Head,          Own,        Decision(&[D::Sensing])),
    rule(GiveSupport,           Alternate,     Own,        Decision(&[D::Sensing])),
    rule(ObjectToDecision,      Head,          Own,        Decision(OBJECTABLE)),
    rule(ObjectToDecision,      Alternate,     Own,        Decision(OBJECTABLE)),
    rule(SettleObjection,       Head,          Own,        Decision(&[D::Discussing])),
    rule(SettleObjection,       Alternate,     Own,        Decision(&[D::Discussing])),
    rule(ProposeAmendment,      Head,          Own,        Decision(&[D::Discussing])),
    rule(ProposeAmendment,      Alternate,     Own,        Decision(&[D::Discussing])),
    rule(ProposeAmendment,      Secretariat,   Any,        Decision(&[D::Discussing])),
    rule(AskForVote,            Head,          Own,        Decision(&[D::Discussing])),
    rule(AskForVote,            Alternate,     Own,        Decision(&[D::Discussing])),
    rule(AskForVote,            Secretariat,   Any,        Decision(&[D::Discussing])),
    rule(AskForPart,            Head,          Own,        Decision(&[D::Voting])),
    rule(AskForPart,            Alternate,     Own,        Decision(&[D::Voting])),
    rule(AskForPart,            Secretariat,   Any,        Decision(&[D::Voting])),
    rule(ExplainPosition,       Head,          Own,        Decision(EXPLAINABLE)),
    rule(ExplainPosition,       Alternate,     Own,        Decision(EXPLAINABLE)),

    // Progress: the delegation that leads the action reports, the countries named confirm, then everybody may read.
    rule(FollowProgress,         Secretariat,   Any,        Always),
    rule(FollowProgress,         Chair,         Any,        Always),
    rule(FollowProgress,         Head,          Any,        Always),
    rule(FollowProgress,         Alternate,     Any,        Always),
    rule(FollowProgress,         Delegate,      Any,        Always),
    rule(FollowProgress,         Observer,      Any,        Always),
    rule(ViewReport,             Delegate,      Own,        Report(&[R::Draft])),
    rule(ViewReport,             Alternate,     Own,        Report(&[R::Draft])),
    rule(ViewReport,             Head,          Own,        Report(&[R::Draft])),
    rule(ViewReport,             Secretariat,   Own,        Report(&[R::Draft])),
    rule(ViewReport,             Secretariat,   Any,        Report(REPORTED)),
    rule(ViewReport,             Chair,         Any,        Report(REPORTED)),
    rule(ViewReport,             Head,          Any,        Report(REPORTED)),
    rule(ViewReport,             Alternate,     Any,        Report(REPORTED)),
    rule(ViewReport,             Delegate,      Any,        Report(REPORTED)),
    rule(ViewReport,             Observer,      Any,        Report(REPORTED)),
    rule(ViewReport,             Visitor,       Any,        Report(&[R::Confirmed])),
    rule(WriteReport,            Delegate,      Own,        Report(&[R::Draft])),
    rule(WriteReport,            Alternate,     Own,        Report(&[R::Draft])),
    rule(WriteReport,            Head,          Own,        Report(&[R::Draft])),
    rule(WriteReport,            Secretariat,   Own,        Report(&[R::Draft])),
    rule(GiveReport,             Alternate,     Own,        Report(&[R::Draft])),
    rule(GiveReport,             Head,          Own,        Report(&[R::Draft])),
    rule(GiveReport,             Secretariat,   Own,        Report(&[R::Draft])),
    rule(TakeReportBack,         Alternate,     Own,        Report(&[R::Given])),
    rule(TakeReportBack,         Head,          Own,        Report(&[R::Given])),
    rule(TakeReportBack,         Secretariat,   Own,        Report(&[R::Given])),
    rule(ConfirmReport,          Alternate,     Concerned,  Report(&[R::Given])),
    rule(ConfirmReport,          Head,          Concerned,  Report(&[R::Given])),
    rule(MakePractice,           Delegate,      Own,        Report(REPORTED)),
    rule(MakePractice,           Alternate,     Own,        Report(REPORTED)),
    rule(MakePractice,           Head,          Own,        Report(REPORTED)),
    rule(MakePractice,           Secretariat,   Own,        Report(REPORTED)),

    // Figures: everybody counts what is published.
    rule(ViewFigures,           Visitor,       Any,        Always),

    // The plenary screen: for those in the hall; what is on it an observer may see.
    rule(ViewPlenary,           Secretariat,   Any,        Always),
    rule(ViewPlenary,           Chair,         Any,        Always),
    rule(ViewPlenary,           Head,          Any,        Always),
    rule(ViewPlenary,           Alternate,     Any,        Always),
    rule(ViewPlenary,           Delegate,      Any,        Always),
    rule(ViewPlenary,           Observer,      Any,        Always),

    // Files.
    rule(ExportReviews,         Secretariat,   Any,        Always),
    rule(ExportSubmissions,     Secretariat,   Any,        Always),
    rule(ExportPublic,          Visitor,       Any,        Always),
];
