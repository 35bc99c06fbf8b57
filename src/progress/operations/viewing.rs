//! Loads what pages show, for whom the policy lets see it: the board of a session, and the page of one action with its
//! history.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::{By, Course, permit};
use crate::ballots;
use crate::db::{AnyConnection, StoreError};
use crate::decisions::{self, Rung};
use crate::delegations::{self, Delegation};
use crate::kernel::ids::DelegationId;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Target, may};
use crate::programmes;
use crate::programmes::operations::looks;
use crate::progress::model::Report;
use crate::progress::store;
use crate::progress::workflow::State;
use crate::refusals::OperationError;
use crate::reviews;
use crate::sessions::{self, Session};
use crate::submissions::links;
use crate::submissions::operations::{Dossier, is_own, target_of};
use crate::submissions::workflow::Event as Act;
use crate::submissions::{self, Columns, Submission};
use crate::tally::OptionId;

/// Something that happened to an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// Its delegation handed it in.
    Proposed,
    /// The secretariat accepted it.
    Accepted,
    /// It stands at a place of the ranking, among so many.
    Ranked(usize, usize),
    /// It came out of a certified ballot at a place, among so many; number of the ballot.
    Voted(i32, usize, usize),
    /// The group adopted a programme with it; reference, revision and place.
    InProgramme(String, i32, i32),
    /// The group adopted a programme without it.
    LeftOut(String, i32),
    /// The group decided on it, or on a programme with it: number and rung.
    Decided(i32, Rung),
    /// Its delegation gave a report, of this number.
    Reported(i32),
    /// Every country named confirmed a report.
    Confirmed(i32),
    /// A report said that it is finished.
    Finished,
    /// It became a good practice.
    BecamePractice(String),
}

/// An entry of the history: number of the session, when if that is known, and what.
pub type Entry = (i32, Option<NaiveDateTime>, Happened);

/// What the page of an action needs.
#[derive(Debug, Clone)]
pub struct Look {
    /// The session that the action was made for.
    pub session: Session,
    /// The action.
    pub submission: Submission,
    /// What it said: when it was adopted, else as far as the reader may see it.
    pub columns: Columns,
    /// Its course since it was adopted, with the reports that the reader may see.
    pub course: Option<Course>,
    /// The delegations, by id.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// What happened to it.
    pub history: Vec<Entry>,
    /// The practices that grew out of it, as far as the reader may know them.
    pub practices: Vec<Submission>,
    /// Whether the reader may open the page of the submission itself.
    pub sees_submission: bool,
}

/// Returns the page of an action: of one in an adopted programme to everybody, else to those who may see the submission.
pub fn look(conn: &mut AnyConnection, by: &By) -> Result<Look, OperationError> {
    let dossier = Dossier::load(conn, &by.reference)?;
    let submission = dossier.submission.clone();
    let visible = dossier.visible_revision(&by.actor);
    let sees_submission = visible.is_some() && may(&by.actor, Action::ViewSubmission, &dossier.target());
    let mut course = Course::load(conn, submission.clone())?;
    if submission.kind != Kind::Action || (course.is_none() && !sees_submission) {
        return Err(OperationError::NotFound);
    }
    if let Some(course) = &mut course {
        let target = |report: &Report| Target {
            delegation: Some(submission.delegation.clone()),
            report: Some(report.state),
            ..Target::none()
        };
        course.reports.retain(|report| may(&by.actor, Action::ViewReport, &target(report)));
    }
    let columns = match (&course, visible) {
        (Some(course), _) => Columns::of(&course.answers),
        (None, visible) => {
            let revision = visible.unwrap_or(submission.revision);
            Columns::of(&submissions::store::answers_at(conn, &submission.id, revision)?)
        }
    };
    let mut practices = links::store::grown_from(conn, &submission.id)?;
    practices.retain(|one| is_own(&by.actor, one) || may(&by.actor, Action::ViewSubmission, &target_of(one)));
    let history =
        Historian { actor: &by.actor, dossier: &dossier, sees_submission, course: course.as_ref(), now: by.now };
    Ok(Look {
        history: history.write(conn, &practices)?,
        session: dossier.calendar.session.clone(),
        delegations: delegations::store::all(conn)?.into_iter().map(|one| (one.id.clone(), one)).collect(),
        submission,
        columns,
        course,
        practices,
        sees_submission,
    })
}

/// Gathers what happened to an action, as far as an actor may know it.
struct Historian<'a> {
    actor: &'a Actor,
    dossier: &'a Dossier,
    sees_submission: bool,
    course: Option<&'a Course>,
    now: NaiveDateTime,
}

impl Historian<'_> {
    fn write(&self, conn: &mut AnyConnection, practices: &[Submission]) -> Result<Vec<Entry>, OperationError> {
        let session = &self.dossier.calendar.session;
        let mut entries = Vec::new();
        if self.sees_submission {
            self.proposed(&mut entries);
        }
        self.ranked(conn, &mut entries)?;
        self.voted(conn, &mut entries)?;
        self.decided(conn, &mut entries)?;
        self.reported(&mut entries);
        let grown = practices.iter().map(|one| (session.number, None, Happened::BecamePractice(one.reference.clone())));
        entries.extend(grown);
        Ok(entries)
    }

    fn proposed(&self, entries: &mut Vec<Entry>) {
        let number = self.dossier.calendar.session.number;
        let is_first = |act: &&submissions::store::Act| matches!(act.event, Act::Clear | Act::HandIn);
        if let Some(act) = self.dossier.acts.iter().find(is_first) {
            entries.push((number, Some(act.at), Happened::Proposed));
        }
        if let Some(at) = self.dossier.submission.accepted_at {
            entries.push((number, Some(at), Happened::Accepted));
        }
    }

    fn ranked(&self, conn: &mut AnyConnection, entries: &mut Vec<Entry>) -> Result<(), OperationError> {
        let session = &self.dossier.calendar.session;
        if !may(self.actor, Action::ViewRanking, &Target::of_session(session.id.clone())) {
            return Ok(());
        }
        let ranking = reviews::store::ranking(conn, &session.id)?;
        let of = ranking.lines.iter().filter(|line| line.rank.is_some()).count();
        if let Some(rank) = ranking.line(&self.dossier.submission.id).and_then(|line| line.rank) {
            entries.push((session.number, None, Happened::Ranked(rank, of)));
        }
        Ok(())
    }

    /// Certified ballots alone: what is sealed does not exist here.
    fn voted(&self, conn: &mut AnyConnection, entries: &mut Vec<Entry>) -> Result<(), OperationError> {
        let session = &self.dossier.calendar.session;
        for ballot in ballots::store::certified_of_session(conn, &session.id)? {
            let target = Target { ballot: Some(ballot.state), ..Target::of_session(session.id.clone()) };
            let options = ballots::store::options_of(conn, &ballot.id)?;
            let is_option = options.iter().any(|option| option.submission == self.dossier.submission.id);
            if !is_option || !may(self.actor, Action::ViewResult, &target) {
                continue;
            }
            let counted = ballots::store::outcome_of(conn, &ballot.id)?;
            let id = OptionId(self.dossier.submission.reference.clone());
            if let Some(place) = counted.and_then(|counted| counted.outcome.place_of(&id)) {
                let happened = Happened::Voted(ballot.number, place, options.len());
                entries.push((session.number, ballot.certified_at, happened));
            }
        }
        Ok(())
    }

    /// Programmes that were adopted with the action or without it, and decisions about them or about the action.
    fn decided(&self, conn: &mut AnyConnection, entries: &mut Vec<Entry>) -> Result<(), OperationError> {
        let session = &self.dossier.calendar.session;
        let action = &self.dossier.submission.id;
        let mut programmes = programmes::store::of_session(conn, &session.id)?;
        programmes.retain(|one| one.adopted_at.is_some());
        programmes.sort_by_key(|one| one.revision);
        let mut with = Vec::new();
        for programme in programmes {
            let items = programmes::store::items_of(conn, &programme.id)?;
            let Some(item) = items.into_iter().find(|item| item.submission == *action) else { continue };
            let happened = if item.included {
                with.push(programme.id.clone());
                Happened::InProgramme(programme.reference.clone(), programme.revision, item.position)
            } else if self.sees_submission {
                Happened::LeftOut(programme.reference.clone(), programme.revision)
            } else {
                continue;
            };
            // Why: noon is the same day in every zone of the group.
            let on = programme.adoption.and_then(|(_, on)| on.and_hms_opt(12, 0, 0));
            entries.push((session.number, on.or(programme.adopted_at), happened));
        }
        for decision in decisions::store::of_session(conn, &session.id)? {
            let decision = decision.at(self.now);
            let target = Target { decision: Some(decision.state), ..Target::of_session(session.id.clone()) };
            let is_about = match &decision.subject {
                decisions::model::Subject::Programme(id) => with.contains(id),
                decisions::model::Subject::Action(id) => id == action,
                decisions::model::Subject::Text => false,
            };
            let is_shown = is_about
                && decision.state == decisions::State::Decided
                && may(self.actor, Action::ViewDecision, &target);
            if let Some((rung, at)) = decision.decided.filter(|_| is_shown) {
                entries.push((session.number, Some(at), Happened::Decided(decision.number, rung)));
            }
        }
        Ok(())
    }

    fn reported(&self, entries: &mut Vec<Entry>) {
        let number = self.dossier.calendar.session.number;
        for report in self.course.iter().flat_map(|course| course.reports.iter().rev()) {
            let Some(given_at) = report.given_at else { continue };
            entries.push((number, Some(given_at), Happened::Reported(report.number)));
            if let Some(at) = report.confirmed_at {
                entries.push((number, Some(at), Happened::Confirmed(report.number)));
            }
            if report.is_last {
                entries.push((number, Some(given_at), Happened::Finished));
            }
        }
    }
}

/// What the form of a report needs.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The action with its course.
    pub course: Course,
    /// The draft, as it is stored or as it would begin.
    pub report: Report,
}

/// Returns what the form of a report needs.
pub fn writing(conn: &mut AnyConnection, by: &By) -> Result<Writing, OperationError> {
    let course = Course::of(conn, &by.reference)?;
    permit(&by.actor, Action::WriteReport, &course.target(State::Draft))?;
    let report = if let Some(draft) = course.draft() {
        draft.clone()
    } else {
        course.expect_to_come()?;
        Report { edition: 0, ..super::writing::fresh(&course, by.now) }
    };
    Ok(Writing { course, report })
}

/// Returns the actions of the programmes in force of some sessions, in the order of each programme.
fn courses(conn: &mut AnyConnection, is_wanted: impl Fn(&Session) -> bool) -> Result<Vec<Course>, StoreError> {
    let mut all = Vec::new();
    for id in store::programmes_in_force(conn)? {
        let programme = programmes::store::by_id(conn, &id)?;
        if !is_wanted(&sessions::store::by_id(conn, &programme.session)?) {
            continue;
        }
        for item in programmes::store::items_of(conn, &id)?.into_iter().filter(|item| item.included) {
            let submission = submissions::store::by_id(conn, &item.submission)?;
            all.extend(Course::load(conn, submission)?);
        }
    }
    Ok(all)
}

/// Returns the actions of the programmes in force that were adopted up to a session, each with the reports that an actor may
/// read: what a session has before it.
pub fn gathered(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Vec<Course>, OperationError> {
    let mut all = courses(conn, |session| session.number <= number)?;
    for course in &mut all {
        let targets: Vec<Target> = course.reports.iter().map(|report| course.target_of(report)).collect();
        let mut targets = targets.iter();
        let is_seen = |target: Option<&Target>| target.is_some_and(|target| may(actor, Action::ViewReport, target));
        course.reports.retain(|_| is_seen(targets.next()));
    }
    Ok(all)
}

/// What the board of a session needs.
#[derive(Debug, Clone)]
pub struct Board {
    /// The session.
    pub session: Session,
    /// The actions of its programme in force.
    pub courses: Vec<Course>,
    /// Today, in Coordinated Universal Time.
    pub today: NaiveDate,
}

/// Returns how the actions of a session's programme go, to those who follow them.
pub fn board(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    now: NaiveDateTime,
) -> Result<Board, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    permit(actor, Action::FollowProgress, &Target::of_session(session.id.clone())).map_err(OperationError::hidden)?;
    looks::look(conn, actor, number, None)?
        .filter(|look| look.programme.adopted_at.is_some())
        .ok_or(OperationError::NotFound)?;
    let courses = courses(conn, |one| one.id == session.id)?;
    Ok(Board { session, courses, today: now.date() })
}
