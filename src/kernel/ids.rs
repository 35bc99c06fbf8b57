//! Ids: one type a table, so that an account is never taken for a delegation.
//!
//! Values are UUID version 7 as text: made by us, ordered by time. People see references instead.

use crate::kernel::code::Code;

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Makes a new id, later ones sort after earlier ones.
            #[allow(clippy::new_without_default, reason = "a default id would hide that each one is new")]
            pub fn new() -> Self { Self(uuid::Uuid::now_v7().to_string()) }
            /// Returns the text.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl Code for $name {
            fn code(&self) -> &str { &self.0 }
            fn from_code(code: &str) -> Option<Self> { Some(Self(code.to_owned())) }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
    )+};
}

id! {
    /// A login.
    AccountId,
    /// The link of an account to a delegation.
    AccreditationId,
    /// An invitation to make an account.
    InvitationId,
    /// A web login on one machine.
    SignInId,
    /// A token for the programming interface.
    ApiTokenId,
    /// A participating country's or organization's place in the group.
    DelegationId,
    /// A session of the Working Group.
    SessionId,
    /// A criterion of review of one session.
    CriterionId,
    /// The questionnaire of one session and kind.
    QuestionnaireId,
    /// What a delegation hands in.
    SubmissionId,
    /// A comment of the secretariat on a returned submission.
    CommentId,
    /// A letter of credentials of a delegation.
    CredentialsId,
    /// A file attached to a submission.
    AttachmentId,
    /// A round of changes that the secretariat proposes to a submission.
    EditRoundId,
    /// A filter of the list of submissions that somebody keeps.
    SavedFilterId,
    /// A question about a submission and its answer.
    ClarificationId,
    /// One reviewer's review of one action.
    ReviewId,
    /// A vote of the group.
    BallotId,
    /// What one delegation casts in a ballot.
    BallotPaperId,
    /// A work programme, in one revision.
    ProgrammeId,
    /// A line of a work programme.
    ItemId,
    /// A decision of a session.
    DecisionId,
    /// An objection to a decision.
    ObjectionId,
    /// A text proposed in answer to an objection.
    AmendmentId,
    /// A report on the progress of an action.
    ProgressReportId,
    /// A mail to one recipient.
    MessageId,
}
