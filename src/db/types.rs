//! How codes and ids of the kernel are stored: as text, the same on both databases.

/// Lets a type with a text code stand in queries and rows as a text column.
#[macro_export]
macro_rules! text_column {
    ($($name:ty),+ $(,)?) => {$(
        const _: () = {
            use diesel::backend::Backend;
            use diesel::deserialize::{self, FromSql, Queryable};
            use diesel::expression::AsExpression;
            use diesel::internal::derives::as_expression::Bound;
            use diesel::serialize::{self, Output, ToSql};
            use diesel::sql_types::{Nullable, Text};
            use $crate::kernel::code::Code;

            impl AsExpression<Text> for $name {
                type Expression = Bound<Text, $name>;
                fn as_expression(self) -> Self::Expression { Bound::new(self) }
            }
            impl<'a> AsExpression<Text> for &'a $name {
                type Expression = Bound<Text, &'a $name>;
                fn as_expression(self) -> Self::Expression { Bound::new(self) }
            }
            impl AsExpression<Nullable<Text>> for $name {
                type Expression = Bound<Nullable<Text>, $name>;
                fn as_expression(self) -> Self::Expression { Bound::new(self) }
            }
            impl<'a> AsExpression<Nullable<Text>> for &'a $name {
                type Expression = Bound<Nullable<Text>, &'a $name>;
                fn as_expression(self) -> Self::Expression { Bound::new(self) }
            }
            impl<DB: Backend> ToSql<Text, DB> for $name where str: ToSql<Text, DB> {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    <str as ToSql<Text, DB>>::to_sql(Code::code(self), out)
                }
            }
            impl<DB: Backend> ToSql<Nullable<Text>, DB> for $name where str: ToSql<Text, DB> {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    <str as ToSql<Text, DB>>::to_sql(Code::code(self), out)
                }
            }
            impl<DB: Backend> FromSql<Text, DB> for $name where String: FromSql<Text, DB> {
                fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    let text = <String as FromSql<Text, DB>>::from_sql(bytes)?;
                    <$name as Code>::from_code(&text)
                        .ok_or_else(|| format!("unknown {} `{text}`", stringify!($name)).into())
                }
            }
            impl<DB: Backend> Queryable<Text, DB> for $name where $name: FromSql<Text, DB> {
                type Row = Self;
                fn build(row: Self) -> deserialize::Result<Self> { Ok(row) }
            }
        };
    )+};
}

use crate::kernel::ids::{
    AccountId, AccreditationId, AmendmentId, ApiTokenId, AttachmentId, BallotId, BallotPaperId, ClarificationId,
    CommentId, CredentialsId, CriterionId, DecisionId, DelegationId, EditRoundId, InvitationId, ItemId, MessageId,
    ObjectionId, ProgrammeId, ProgressReportId, QuestionnaireId, ReviewId, SavedFilterId, SessionId, SignInId,
    SubmissionId,
};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;

text_column!(
    AccountId,
    AccreditationId,
    AmendmentId,
    ApiTokenId,
    AttachmentId,
    BallotId,
    BallotPaperId,
    ClarificationId,
    CommentId,
    CredentialsId,
    CriterionId,
    DecisionId,
    DelegationId,
    EditRoundId,
    InvitationId,
    ItemId,
    MessageId,
    ObjectionId,
    ProgrammeId,
    ProgressReportId,
    QuestionnaireId,
    ReviewId,
    SavedFilterId,
    SessionId,
    SignInId,
    SubmissionId,
    Lang,
    Kind,
);
