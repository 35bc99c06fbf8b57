//! What messages tell: every kind, whom it asks to act, who may read it, which facts it has.

use crate::coded_enum;

coded_enum! {
    /// What a message tells.
    pub enum Kind {
        /// Somebody is called to a place on the platform.
        Invitation = "invitation",
        /// A link to a new password.
        PasswordLink = "password-link",
        /// The account was signed in to from a browser not seen before.
        NewSignIn = "new-sign-in",
        /// Something was done with the second factor of the account.
        SecondFactor = "second-factor",
        /// A text waits for the head of delegation.
        ClearanceRequested = "clearance-requested",
        /// The secretariat has entered a text from a file and asks its delegation to confirm it.
        ConfirmationAsked = "confirmation-asked",
        /// A text waits for a step of the clearance inside its delegation.
        ClearanceStep = "clearance-step",
        /// A text was sent back inside its delegation.
        SentBack = "sent-back",
        /// A text reached the secretariat.
        Submitted = "submitted",
        /// A text reached the secretariat after the window of submissions.
        HandedInLate = "handed-in-late",
        /// The secretariat admitted what was handed in late.
        Admitted = "admitted",
        /// The secretariat keeps what was handed in late as an informal paper.
        KeptInformal = "kept-informal",
        /// The secretariat returned a text with comments.
        Returned = "returned",
        /// The secretariat accepted a text.
        Accepted = "accepted",
        /// A text was not retained in this session.
        NotRetained = "not-retained",
        /// A text was joined to another one.
        Merged = "merged",
        /// The secretariat proposes changes to a text.
        EditsProposed = "edits-proposed",
        /// A delegation has answered to changes that were proposed.
        EditsAnswered = "edits-answered",
        /// Somebody was appointed as a reviewer.
        ReviewerAppointed = "reviewer-appointed",
        /// A reviewer is asked to review certain actions.
        ReviewsAssigned = "reviews-assigned",
        /// Reviews can be given from now on.
        ReviewsOpened = "reviews-opened",
        /// The secretariat found the credentials of a delegation in order.
        CredentialsAccepted = "credentials-accepted",
        /// The secretariat returned the credentials of a delegation.
        CredentialsReturned = "credentials-returned",
        /// A ballot is open.
        BallotOpened = "ballot-opened",
        /// The secretariat has entered the vote of a delegation from a record made in the room.
        PaperEntered = "paper-entered",
        /// A delegation contests the vote that was entered for it.
        PaperContested = "paper-contested",
        /// The result of a ballot is certified.
        BallotCertified = "ballot-certified",
        /// The group adopted its work programme.
        ProgrammeAdopted = "programme-adopted",
        /// A decision is before the group.
        DecisionOpened = "decision-opened",
        /// A delegation objects to a decision.
        ObjectionRaised = "objection-raised",
        /// The text of a decision was amended; who objected is asked whether that resolves the objection.
        AmendmentTakenIn = "amendment-taken-in",
        /// A silence procedure runs.
        SilenceStarted = "silence-started",
        /// A silence procedure was given more time.
        SilenceExtended = "silence-extended",
        /// An objection broke a silence procedure.
        SilenceBroken = "silence-broken",
        /// A member asked for a recorded vote.
        VoteAsked = "vote-asked",
        /// The group has decided, or has not.
        DecisionConcluded = "decision-concluded",
        /// A country is asked to confirm a report on an action that names it.
        ProgressAsked = "progress-asked",
        /// A country has confirmed a report, or commented on it.
        ProgressAnswered = "progress-answered",
        /// A report on an action is due.
        ProgressDue = "progress-due",
        /// Submissions close soon, and nothing was handed in.
        SubmissionsClosing = "submissions-closing",
        /// Reviews close soon, and some are missing.
        ReviewsClosing = "reviews-closing",
        /// A ballot closes soon, and no paper was confirmed.
        BallotClosing = "ballot-closing",
        /// A country is asked to consent to an action that names it.
        ConsentAsked = "consent-asked",
        /// A country is asked again, after a change of substance.
        ConsentAskedAgain = "consent-asked-again",
        /// A country has answered whether it consents.
        ConsentAnswered = "consent-answered",
        /// A country was taken out of an action.
        CountryRemoved = "country-removed",
        /// A delegation is invited to co-sponsor.
        CoSponsorInvited = "co-sponsor-invited",
        /// A co-sponsor is asked again, after a change of substance.
        CoSponsorAskedAgain = "co-sponsor-asked-again",
        /// A delegation joined, declined or left.
        CoSponsorAnswered = "co-sponsor-answered",
        /// A delegation is asked to clarify something.
        ClarificationAsked = "clarification-asked",
        /// A question was answered.
        ClarificationAnswered = "clarification-answered",
        /// Consents of a delegation are missing.
        ConsentsOpen = "consents-open",
        /// Invitations to co-sponsor wait for an answer.
        CoSponsorsOpen = "co-sponsors-open",
        /// Questions to a delegation wait for an answer.
        ClarificationsOpen = "clarifications-open",
        /// Several messages in one.
        Digest = "digest",
    }
}

/// Capacities, as a message carries them.
const DECIDE: &[&str] = &["head", "alternate"];

impl Kind {
    /// Returns whether the text is for its recipient alone: what a delegation does at home, what concerns a sign-in, and
    /// what would name a reviewer who asked.
    pub const fn is_private(self) -> bool {
        matches!(
            self,
            Self::PasswordLink
                | Self::NewSignIn
                | Self::SecondFactor
                | Self::ClearanceRequested
                | Self::ClearanceStep
                | Self::SentBack
                | Self::ClarificationAnswered
                | Self::Digest
        )
    }

    /// Returns whether it asks something of a recipient in a capacity.
    pub fn asks(self, capacity: &str) -> bool {
        match self {
            Self::Invitation
            | Self::ClearanceStep
            | Self::SentBack
            | Self::Returned
            | Self::ReviewerAppointed
            | Self::ReviewsAssigned
            | Self::ReviewsOpened
            | Self::ReviewsClosing
            | Self::SubmissionsClosing
            | Self::PaperContested
            | Self::CredentialsReturned
            | Self::ProgressDue
            | Self::ClarificationAsked
            | Self::ClarificationsOpen => true,
            Self::ClearanceRequested
            | Self::ConfirmationAsked
            | Self::BallotOpened
            | Self::PaperEntered
            | Self::BallotClosing
            | Self::DecisionOpened
            | Self::AmendmentTakenIn
            | Self::SilenceStarted
            | Self::SilenceExtended
            | Self::ConsentAsked
            | Self::ConsentAskedAgain
            | Self::CoSponsorInvited
            | Self::CoSponsorAskedAgain
            | Self::ConsentsOpen
            | Self::ProgressAsked
            | Self::CoSponsorsOpen
            | Self::EditsProposed => DECIDE.contains(&capacity),
            Self::PasswordLink
            | Self::NewSignIn
            | Self::SecondFactor
            | Self::Submitted
            | Self::HandedInLate
            | Self::Admitted
            | Self::KeptInformal
            | Self::Accepted
            | Self::NotRetained
            | Self::Merged
            | Self::EditsAnswered
            | Self::CredentialsAccepted
            | Self::BallotCertified
            | Self::ProgrammeAdopted
            | Self::ObjectionRaised
            | Self::SilenceBroken
            | Self::VoteAsked
            | Self::DecisionConcluded
            | Self::ProgressAnswered
            | Self::ConsentAnswered
            | Self::CountryRemoved
            | Self::CoSponsorAnswered
            | Self::ClarificationAnswered
            | Self::Digest => false,
        }
    }

    /// Returns the names of the facts that its messages have, as the secretariat may use them in its words.
    pub const fn facts(self) -> &'static [&'static str] {
        match self {
            Self::Invitation => &["inviter", "until"],
            Self::PasswordLink => &["until"],
            Self::NewSignIn => &["machine", "at"],
            Self::SecondFactor => &["change", "at"],
            Self::HandedInLate => &["reference", "kind", "title", "session", "delegation"],
            Self::Submitted => &["reference", "kind", "title", "session", "deadline", "delegation"],
            Self::ClearanceRequested
            | Self::ConfirmationAsked
            | Self::ClearanceStep
            | Self::SentBack
            | Self::Returned => &["reference", "kind", "title", "session", "deadline"],
            Self::Merged => &["reference", "title", "other", "session"],
            Self::Admitted
            | Self::KeptInformal
            | Self::Accepted
            | Self::NotRetained
            | Self::ClarificationAsked
            | Self::ClarificationAnswered
            | Self::EditsProposed => &["reference", "kind", "title", "session"],
            Self::EditsAnswered => &["reference", "kind", "title", "session", "delegation", "confirmed", "declined"],
            Self::ReviewerAppointed | Self::ReviewsOpened | Self::SubmissionsClosing | Self::ReviewsClosing => {
                &["session", "deadline"]
            }
            Self::BallotOpened | Self::BallotClosing => &["session", "ballot", "deadline"],
            Self::BallotCertified | Self::PaperEntered => &["session", "ballot"],
            Self::PaperContested => &["session", "ballot", "delegation"],
            Self::CredentialsAccepted | Self::CredentialsReturned => &["session"],
            Self::ProgrammeAdopted => &["session", "programme"],
            Self::DecisionOpened | Self::AmendmentTakenIn | Self::DecisionConcluded => &["session", "decision"],
            Self::ObjectionRaised | Self::SilenceBroken | Self::VoteAsked => &["session", "decision", "delegation"],
            Self::SilenceStarted | Self::SilenceExtended => &["session", "decision", "deadline"],
            Self::ConsentAsked | Self::ConsentAskedAgain | Self::CoSponsorInvited | Self::CoSponsorAskedAgain => {
                &["reference", "title", "session", "deadline", "delegation"]
            }
            Self::ConsentAnswered | Self::CoSponsorAnswered | Self::ProgressAnswered => {
                &["reference", "title", "session", "country", "answer"]
            }
            Self::ProgressAsked => &["reference", "title", "session", "delegation"],
            Self::ProgressDue => &["reference", "title", "session"],
            Self::CountryRemoved => &["reference", "title", "session", "country"],
            Self::ReviewsAssigned | Self::ConsentsOpen | Self::CoSponsorsOpen | Self::ClarificationsOpen => {
                &["session", "deadline", "count"]
            }
            Self::Digest => &["count"],
        }
    }

    /// Returns whether its deadline goes along as a calendar file.
    pub const fn has_calendar(self) -> bool {
        matches!(
            self,
            Self::BallotOpened
                | Self::BallotClosing
                | Self::SubmissionsClosing
                | Self::ReviewsClosing
                | Self::SilenceStarted
                | Self::SilenceExtended
        )
    }

    /// Returns whether it may wait for the daily mail of those who want one.
    pub const fn can_wait(self) -> bool {
        !matches!(self, Self::Invitation | Self::PasswordLink | Self::NewSignIn | Self::SecondFactor | Self::Digest)
    }
}
