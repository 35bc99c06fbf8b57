//! Who may take which export, and how much of it.

use super::model::{Name, Reach};
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::{ballots, decisions, progress};

/// Returns how much of an export an actor may take.
pub fn reach(actor: &Actor, name: Name) -> Result<Reach, Denial> {
    let none = Target::none();
    match name {
        Name::Practices | Name::Answers => match decide(actor, Action::ExportSubmissions, &none) {
            Ok(()) => Ok(Reach::Secretariat),
            Err(_) => decide(actor, Action::ExportPublic, &none).map(|()| Reach::Public),
        },
        Name::Actions => decide(actor, Action::ExportSubmissions, &none).map(|()| Reach::Secretariat),
        Name::Programme => decide(actor, Action::ExportPublic, &none).map(|()| Reach::Public),
        // Why: the write takes certified ballots only, so this asks about a ballot that stands there.
        Name::Ballots | Name::Result | Name::BallotList | Name::Turnout => {
            let certified = Target { ballot: Some(ballots::State::Certified), ..none };
            decide(actor, Action::ViewResult, &certified).map(|()| Reach::Public)
        }
        // Why: the write takes concluded decisions and confirmed reports only.
        Name::Decisions => {
            let decided = Target { decision: Some(decisions::State::Decided), ..none };
            decide(actor, Action::ViewDecision, &decided).map(|()| Reach::Public)
        }
        Name::Progress => {
            let confirmed = Target { report: Some(progress::State::Confirmed), ..none };
            decide(actor, Action::ViewReport, &confirmed).map(|()| Reach::Public)
        }
        // Why: an objection to a decision that is done is read by the same people as one to a decision on its way, and
        // the write leaves out what the reader may not see.
        Name::Objections => {
            let decided = Target { decision: Some(decisions::State::Decided), ..none };
            decide(actor, Action::ViewObjections, &decided).map(|()| Reach::Reader)
        }
        // Why: whoever is signed in reads some questions; the write asks about each.
        Name::Clarifications => actor.account.as_ref().map(|_| Reach::Reader).ok_or(Denial::NotSignedIn),
        Name::Reviews | Name::Ranking | Name::Remarks => {
            decide(actor, Action::ExportReviews, &none).map(|()| Reach::Secretariat)
        }
        Name::Assignments => decide(actor, Action::ManageSessions, &none).map(|()| Reach::Secretariat),
        Name::Consents | Name::Duplicates | Name::Pending => {
            decide(actor, Action::ViewDesk, &none).map(|()| Reach::Secretariat)
        }
        Name::Credentials => decide(actor, Action::ExamineCredentials, &none).map(|()| Reach::Secretariat),
        Name::Attendance => decide(actor, Action::KeepAttendance, &none).map(|()| Reach::Secretariat),
        Name::Sessions => decide(actor, Action::ViewSession, &none).map(|()| Reach::Public),
        Name::Delegations => decide(actor, Action::ManageDelegations, &none).map(|()| Reach::Secretariat),
        // Why: without a delegation the target is everybody, which a head may not see.
        Name::Accounts => decide(actor, Action::ViewAccounts, &none).map(|()| Reach::Secretariat),
        Name::Mails => decide(actor, Action::ViewOutbox, &none).map(|()| Reach::Secretariat),
        Name::Audit => decide(actor, Action::ViewAudit, &none).map(|()| Reach::Reader),
    }
}
