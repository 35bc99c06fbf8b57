//! Everything that can be asked of the policy table.

use crate::coded_enum;

coded_enum! {
    /// An act, or a look at something that not everybody may see.
    pub enum Action {
        /// Invite or disable accounts of the secretariat, the chair and administrators.
        ManageOffices = "manage-offices",
        /// Invite or end the accreditation of a head or alternate.
        ManageHeads = "manage-heads",
        /// Invite or end the accreditation of delegates and observers of a delegation.
        ManageDelegates = "manage-delegates",
        /// Make an alternate, a delegate or an observer of a delegation another of these.
        ChangeCapacity = "change-capacity",
        /// See the accounts of the platform.
        ViewAccounts = "view-accounts",
        /// Take a lost second factor away from an account.
        RemoveFactor = "remove-factor",
        /// Take everything out of a disabled account that tells who the person was.
        EraseAccount = "erase-account",
        /// See and add delegations.
        ManageDelegations = "manage-delegations",
        /// Change one's own password, language and sign-ins.
        ManageOwnAccount = "manage-own-account",
        /// Read the audit trail.
        ViewAudit = "view-audit",
        /// See which mails were written, to whom, and where their delivery stands.
        ViewOutbox = "view-outbox",
        /// Read the text of mails that are not for their recipient alone.
        ReadMail = "read-mail",
        /// Set what mails say instead of the standard texts.
        EditMailTexts = "edit-mail-texts",
        /// Let a mail that was not delivered be tried anew.
        SendMailAgain = "send-mail-again",
        /// Create and edit sessions, their windows, criteria and rules; appoint reviewers.
        ManageSessions = "manage-sessions",
        /// Read the questionnaires and rules of a session.
        ViewSession = "view-session",
        /// See the letters of credentials of a delegation.
        ViewCredentials = "view-credentials",
        /// Hand in a letter of credentials for a delegation.
        HandInCredentials = "hand-in-credentials",
        /// Find a letter of credentials in order, or return it.
        ExamineCredentials = "examine-credentials",
        /// See the meetings of a session and who was present.
        ViewAttendance = "view-attendance",
        /// Note the meetings of a session and who is present.
        KeepAttendance = "keep-attendance",
        /// Start a draft for a delegation.
        CreateSubmission = "create-submission",
        /// Change the text of a submission.
        EditSubmission = "edit-submission",
        /// Write and check translations: the other language than the original alone.
        TranslateSubmission = "translate-submission",
        /// See a submission with its answers.
        ViewSubmission = "view-submission",
        /// See private answers, earlier revisions, acts and comments of a submission.
        ViewSubmissionHistory = "view-submission-history",
        /// See the files attached to a submission.
        ViewAttachments = "view-attachments",
        /// See those files of a published practice that its delegation shows to everybody.
        ViewPublicAttachments = "view-public-attachments",
        /// Ask the head to clear.
        RequestClearance = "request-clearance",
        /// Set the steps that a text takes inside the delegation before the head clears it.
        SetClearanceSteps = "set-clearance-steps",
        /// Take the step of the clearance that is one's turn: pass the text on, or send it back.
        TakeClearanceStep = "take-clearance-step",
        /// Clear, or send back to the delegates.
        ClearSubmission = "clear-submission",
        /// Withdraw a submission.
        WithdrawSubmission = "withdraw-submission",
        /// Hand in a compiled entry.
        HandInSubmission = "hand-in-submission",
        /// Take up, return, accept or not retain.
        ScreenSubmission = "screen-submission",
        /// Admit what was handed in late, or keep it as an informal paper.
        ReceiveLate = "receive-late",
        /// Propose changes to the text of a submission.
        ProposeEdits = "propose-edits",
        /// Take changes back that were proposed and not answered.
        TakeBackEdits = "take-back-edits",
        /// Prepare what the delegation says to changes that the secretariat proposes.
        PrepareEdits = "prepare-edits",
        /// Confirm or decline changes that the secretariat proposes.
        ConfirmEdits = "confirm-edits",
        /// Sit at the desk of a session: what waits, the screening queue, acts on several submissions.
        ViewDesk = "view-desk",
        /// Join a submission to another one.
        MergeSubmissions = "merge-submissions",
        /// Take a merge back.
        UnmergeSubmission = "unmerge-submission",
        /// Ask countries again that have not said whether they consent.
        RemindConsents = "remind-consents",
        /// Take over an entry compiled from public sources.
        TakeOverSubmission = "take-over-submission",
        /// Consent, or not, to an action that names one's country; take a consent back.
        AnswerConsent = "answer-consent",
        /// Invite delegations to put an action forward together.
        InviteCoSponsors = "invite-co-sponsors",
        /// Join an action of another delegation as co-sponsor, decline, or leave.
        CoSponsor = "co-sponsor",
        /// Take out of an action a country that has not consented.
        RemoveCountry = "remove-country",
        /// Ask the delegation that leads a submission to clarify something.
        AskClarification = "ask-clarification",
        /// Answer a question about a submission of one's delegation.
        AnswerClarification = "answer-clarification",
        /// Import submissions from a file.
        ImportSubmissions = "import-submissions",
        /// Give a review of an action.
        GiveReview = "give-review",
        /// Declare oneself recused from an action.
        Recuse = "recuse",
        /// See the actions to be reviewed and one's own reviews.
        ViewOwnReviews = "view-own-reviews",
        /// See all reviews with the names of the reviewers.
        ViewAllReviews = "view-all-reviews",
        /// See the ranking of a session.
        ViewRanking = "view-ranking",
        /// Prepare a ballot and set its rules.
        PrepareBallot = "prepare-ballot",
        /// Open, close, certify or cancel a ballot.
        RunBallot = "run-ballot",
        /// See that a ballot takes place, its options, rules and turnout.
        ViewBallot = "view-ballot",
        /// Fill in the ballot paper of a delegation.
        PreparePaper = "prepare-paper",
        /// Confirm the ballot paper of a delegation.
        ConfirmPaper = "confirm-paper",
        /// Enter the vote of a delegation from a record made in the room, or take it out.
        EnterPaper = "enter-paper",
        /// Confirm or contest a ballot paper that the secretariat entered for a delegation.
        AnswerEnteredPaper = "answer-entered-paper",
        /// Explain the position of a delegation on a ballot.
        ExplainVote = "explain-vote",
        /// See the ballot paper of a delegation before the result is certified.
        ViewPaper = "view-paper",
        /// See the result of a ballot.
        ViewResult = "view-result",
        /// See what each delegation cast in a ballot, its objections, and take them out as a file.
        ViewBallotPapers = "view-ballot-papers",
        /// Build a work programme, adopt it on behalf of the group, start a revision.
        BuildProgramme = "build-programme",
        /// See a work programme.
        ViewProgramme = "view-programme",
        /// Prepare a decision and lead it from rung to rung.
        ManageDecision = "manage-decision",
        /// See a decision, its text and what became of it.
        ViewDecision = "view-decision",
        /// See objections to a decision and the amendments that answer them.
        ViewObjections = "view-objections",
        /// See how far each delegation supports a decision.
        ViewSupport = "view-support",
        /// Say how far a delegation supports a decision.
        GiveSupport = "give-support",
        /// Object to a decision, which breaks a silence procedure.
        ObjectToDecision = "object-to-decision",
        /// Say that an objection of the delegation is resolved, or withdraw it.
        SettleObjection = "settle-objection",
        /// Propose another text in answer to an objection.
        ProposeAmendment = "propose-amendment",
        /// Ask for a recorded vote on a decision.
        AskForVote = "ask-for-vote",
        /// Ask that a part of a decision be voted separately.
        AskForPart = "ask-for-part",
        /// Explain the position of a delegation on a decision.
        ExplainPosition = "explain-position",
        /// See how old the last word on each action of a programme is.
        FollowProgress = "follow-progress",
        /// See a report on the progress of an action.
        ViewReport = "view-report",
        /// Write a report on the progress of an action.
        WriteReport = "write-report",
        /// Give a report on progress to the group.
        GiveReport = "give-report",
        /// Take a report on progress back before it is confirmed.
        TakeReportBack = "take-report-back",
        /// Confirm a report on an action that names one's country, or comment on it.
        ConfirmReport = "confirm-report",
        /// Make a draft good practice of an action that is finished.
        MakePractice = "make-practice",
        /// See a session in figures: what is published.
        ViewFigures = "view-figures",
        /// Open the plenary screen.
        ViewPlenary = "view-plenary",
        /// Take out reviews and the ranking as files.
        ExportReviews = "export-reviews",
        /// Take out submissions and their answers as files.
        ExportSubmissions = "export-submissions",
        /// Take out published practices and adopted programmes as files.
        ExportPublic = "export-public",
    }
}
