//! Gathers what waits for a reader: of everything found, the policy is asked whether it is theirs.

use chrono::NaiveDateTime;

use super::model::{Desk, OpenBallot, OpenDecision, PaperState, PendingAgreement, PendingReport, PendingSubmission};
use super::store;
use crate::ballots::State as BallotState;
use crate::db::AnyConnection;
use crate::decisions::State as DecisionState;
use crate::kernel::ids::{DelegationId, SessionId};
use crate::policy::{Action, Actor, Capacity, Target, may};
use crate::progress::model::newest;
use crate::progress::operations::confirming::own;
use crate::progress::store::followed;
use crate::progress::{Answer, Light, Report, State as ReportState};
use crate::refusals::OperationError;
use crate::sessions::store::calendars;
use crate::sessions::{Calendar, Step};
use crate::submissions::State;
use crate::submissions::clearance::operations::takes;
use crate::submissions::clearance::{self, Chain};

/// Returns everything that waits for an actor now.
pub fn desk(conn: &mut AnyConnection, actor: &Actor, now: NaiveDateTime) -> Result<Desk, OperationError> {
    let mut desk = Desk { calendars: calendars(conn)?, ..Desk::default() };
    let Some(account) = &actor.account else { return Ok(desk) };
    let own: Vec<DelegationId> = actor.delegations().cloned().collect();
    if !own.is_empty() {
        desk.submissions = store::pending(conn, &own)?;
        add_steps(conn, &mut desk.submissions)?;
        desk.submissions.retain(|one| can_move(actor, one, now) && can_still_move(&desk.calendars, one, now));
        desk.consents = store::consents_asked(conn, &own)?;
        desk.consents.retain(|one| is_asked(actor, Action::AnswerConsent, one));
        desk.invitations_to_join = store::co_sponsors_asked(conn, &own)?;
        desk.invitations_to_join.retain(|one| {
            let closes =
                |calendar: &Calendar| calendar.window(Step::Ballots).is_none_or(|window| now < window.closes_at);
            let calendar = desk.calendars.iter().find(|calendar| calendar.session.id == one.session);
            calendar.is_some_and(closes) && is_asked(actor, Action::CoSponsor, one)
        });
        desk.questions = store::questions_asked(conn, &own)?;
        desk.questions.retain(|one| is_asked(actor, Action::AnswerClarification, one));
        desk.decisions = store::open_decisions(conn, now)?;
        desk.decisions.retain(|one| own.iter().any(|delegation| can_speak(actor, delegation, one)));
        desk.edits = store::edits_proposed(conn, &own)?;
        desk.edits.retain(|one| is_asked(actor, Action::PrepareEdits, one));
        desk.ballots = store::open_ballots(conn, &own, now)?;
        desk.ballots.extend(store::entered_papers(conn, &own)?);
        desk.ballots.retain(|ballot| asks(actor, ballot));
        desk.can_hand_in = can_hand_in(actor, &own, &desk.calendars, now);
    }
    reports(conn, actor, &mut desk, now)?;
    let assigned = reviewing(actor, &desk.calendars, now);
    if !assigned.is_empty() {
        desk.reviews = store::unreviewed(conn, account, &assigned, &own)?;
    }
    if may(actor, Action::ScreenSubmission, &in_state(State::Submitted)) {
        desk.screening = store::to_screen(conn)?;
    }
    if may(actor, Action::RunBallot, &Target { ballot: Some(BallotState::Closed), ..Target::none() }) {
        desk.to_run = store::to_run(conn, now)?;
    }
    if may(actor, Action::BuildProgramme, &Target::none()) {
        desk.programmes = store::programmes_in_draft(conn)?;
    }
    desk.presides = actor.is(Capacity::Chair);
    if desk.presides && may(actor, Action::ViewSubmission, &in_state(State::Accepted)) {
        desk.accepted = store::accepted(conn)?;
    }
    if may(actor, Action::ManageOffices, &Target::none()) {
        desk.invitations = Some(store::open_invitations(conn, now)?);
    }
    Ok(desk)
}

/// Adds the actions of programmes in force on which the actor is to report, and the reports that the actor is to confirm.
fn reports(conn: &mut AnyConnection, actor: &Actor, desk: &mut Desk, now: NaiveDateTime) -> Result<(), OperationError> {
    if !may(actor, Action::FollowProgress, &Target::none()) {
        return Ok(());
    }
    for one in followed(conn)? {
        let light = one.light(now.date());
        let pending = PendingReport {
            session: one.session.clone(),
            reference: one.reference.clone(),
            title: one.title.clone(),
            is_late: light == Light::Red,
        };
        let newest = newest(&one.reports);
        let has_draft = one.reports.iter().any(|report| report.state == ReportState::Draft);
        let waits = newest.is_some_and(|report| report.state == ReportState::Given);
        let is_due = matches!(light, Light::Amber | Light::Red) && !waits;
        let to_write = Target {
            delegation: Some(one.delegation.clone()),
            report: Some(ReportState::Draft),
            ..Target::of_session(one.session.clone())
        };
        if (has_draft || is_due) && may(actor, Action::WriteReport, &to_write) {
            desk.reports_due.push(pending.clone());
        }
        if newest.is_some_and(|report| is_to_confirm(actor, report)) {
            desk.reports_to_confirm.push(pending);
        }
    }
    Ok(())
}

/// Returns whether a report waits for what the actor's country says to it.
fn is_to_confirm(actor: &Actor, report: &Report) -> bool {
    let concerned = report.confirmations.iter().map(|one| one.delegation.clone()).collect();
    let target = Target { report: Some(report.state), concerned, ..Target::none() };
    own(report, actor).is_some_and(|said| said.answer == Answer::Asked) && may(actor, Action::ConfirmReport, &target)
}

fn in_state(state: State) -> Target {
    Target { submission: Some(state), ..Target::none() }
}

/// Adds to the texts that await clearance the step inside the delegation that they wait for.
fn add_steps(conn: &mut AnyConnection, pending: &mut [PendingSubmission]) -> Result<(), OperationError> {
    let waiting = pending.iter().filter(|one| one.state == State::AwaitingClearance);
    let waiting = waiting.map(|one| (one.id.clone(), one.delegation.clone())).collect();
    let chains = clearance::store::chains(conn, &waiting)?;
    for one in pending.iter_mut().filter(|one| one.state == State::AwaitingClearance) {
        one.step = chains.get(&one.id).and_then(Chain::next).cloned();
    }
    Ok(())
}

/// Returns whether a contribution asks something of the actor: a draft or a returned text to be written, a text to be
/// passed on or cleared.
fn can_move(actor: &Actor, one: &PendingSubmission, now: NaiveDateTime) -> bool {
    let is_turn = one.step.as_ref().is_some_and(|step| takes(step, actor, &one.delegation, now.date()));
    let target = Target { delegation: Some(one.delegation.clone()), is_turn, ..in_state(one.state) };
    let action = match (one.state, &one.step) {
        (State::AwaitingClearance, Some(_)) => Action::TakeClearanceStep,
        (State::AwaitingClearance, None) => Action::ClearSubmission,
        _ => Action::EditSubmission,
    };
    may(actor, action, &target)
}

/// Returns whether a submission asks the actor to agree, or to answer, on behalf of a delegation.
fn is_asked(actor: &Actor, action: Action, one: &PendingAgreement) -> bool {
    may(actor, action, &Target { delegation: Some(one.delegation.clone()), ..in_state(one.state) })
}

/// Returns whether an actor can speak for a delegation in a decision: say how far it supports the text, unless it has, or
/// object while silence runs.
fn can_speak(actor: &Actor, delegation: &DelegationId, one: &OpenDecision) -> bool {
    let target = Target { delegation: Some(delegation.clone()), decision: Some(one.state), ..Target::none() };
    match one.state {
        DecisionState::Sensing => may(actor, Action::GiveSupport, &target) && !one.graded.contains(delegation),
        _ => may(actor, Action::ObjectToDecision, &target),
    }
}

/// Returns whether there is still time: until contributions close, where what is late is taken beyond that, for what was returned until screening closes.
fn can_still_move(calendars: &[Calendar], one: &PendingSubmission, now: NaiveDateTime) -> bool {
    calendars.iter().find(|calendar| calendar.session.id == one.session).is_some_and(|calendar| {
        let closes_later = |step| calendar.window(step).is_some_and(|window| now < window.closes_at);
        closes_later(Step::Submissions)
            || calendar.takes_late(now)
            || (one.was_returned && closes_later(Step::Screening))
    })
}

/// Returns whether a ballot asks something of the actor: to confirm, to prepare what nobody has prepared, or to say whether
/// what was entered is how the delegation voted.
fn asks(actor: &Actor, ballot: &OpenBallot) -> bool {
    let target =
        Target { delegation: Some(ballot.delegation.clone()), ballot: Some(BallotState::Open), ..Target::none() };
    match ballot.paper {
        PaperState::Confirmed => false,
        PaperState::Prepared => may(actor, Action::ConfirmPaper, &target),
        PaperState::Missing => may(actor, Action::PreparePaper, &target),
        PaperState::Entered => may(actor, Action::AnswerEnteredPaper, &target),
    }
}

fn can_hand_in(actor: &Actor, own: &[DelegationId], calendars: &[Calendar], now: NaiveDateTime) -> Vec<SessionId> {
    let drafts = |id: &DelegationId| may(actor, Action::CreateSubmission, &Target::of_delegation(id.clone()));
    // Why: the secretariat hands in for the group as a whole, but nobody has to remind it of that.
    if !own.iter().any(drafts) || may(actor, Action::ScreenSubmission, &in_state(State::Submitted)) {
        return Vec::new();
    }
    let open = calendars.iter().filter(|calendar| calendar.is_open(Step::Submissions, now));
    open.map(|calendar| calendar.session.id.clone()).collect()
}

/// Returns the sessions that the actor reviews now.
fn reviewing(actor: &Actor, calendars: &[Calendar], now: NaiveDateTime) -> Vec<SessionId> {
    calendars
        .iter()
        .filter(|calendar| calendar.is_open(Step::Reviews, now))
        .map(|calendar| calendar.session.id.clone())
        .filter(|id| may(actor, Action::ViewOwnReviews, &Target::of_session(id.clone())))
        .collect()
}
