//! The forms of the room: a review, read by the criteria's fields, and a recusal.

use rocket::FromForm;
use validator::Validate;

use super::model::{Judgement, Mark, Marks, REASON_FIELD, Review, mark_field};
use super::operations::offline::Handed;
use super::remarks;
use crate::kernel::code::Code as _;
use crate::kernel::fields::tidy;
use crate::kernel::ids::CriterionId;
use crate::web::forms::Fields;

/// Field of the edition that the form was made from; 0 for a new review.
pub const EDITION_FIELD: &str = "edition";
/// Field of the revision of the text that was judged.
pub const REVISION_FIELD: &str = "revision";
/// Field of the button: `give` or `draft`.
pub const ACT_FIELD: &str = "act";
/// Value of the button that gives the review.
pub const GIVE: &str = "give";
/// What the field of a mark begins with.
const MARK_PREFIX: &str = "mark.";

/// Returns the marks and the reason that were typed.
pub fn judgement(fields: &Fields) -> Judgement {
    let marks: Marks = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(MARK_PREFIX)?, Mark::from_code(value)?)))
        .map(|(criterion, mark)| (CriterionId::from(criterion), mark))
        .collect();
    Judgement {
        marks,
        reason: tidy(fields.value(REASON_FIELD)),
        remarks: remarks::pages::read(fields),
        seen: fields.value(REVISION_FIELD).parse().ok(),
    }
}

/// Returns the edition that the form was made from.
pub fn edition(fields: &Fields) -> i32 {
    fields.value(EDITION_FIELD).parse().unwrap_or(-1)
}

/// Returns the fields of a form that shows a stored review, or an empty one.
pub fn fields_of(review: Option<&Review>) -> Fields {
    let Some(review) = review else { return Fields::none().set(EDITION_FIELD, "0") };
    let fields = Fields::none().set(EDITION_FIELD, review.edition.to_string()).set(REASON_FIELD, review.reason.clone());
    review.marks.iter().fold(fields, |fields, (criterion, mark)| fields.set(&mark_field(criterion), mark.code()))
}

/// Field of the references of the actions whose rows of a workbook are taken.
pub const TAKE_FIELD: &str = "take";

/// Returns what a workbook says about one action as fields of the form that confirms it.
pub fn handed_fields(handed: &Handed) -> Vec<(String, String)> {
    let name = |what: &str| format!("{what}|{}", handed.reference);
    let marks = handed.judgement.marks.iter().map(|(id, mark)| (name(&mark_field(id)), mark.code().to_owned()));
    let act = if handed.gives { GIVE } else { "draft" };
    let rest = [
        (name(EDITION_FIELD), handed.edition.to_string()),
        (name(ACT_FIELD), act.to_owned()),
        (name(REASON_FIELD), handed.judgement.reason.clone()),
    ];
    let remarks = handed.judgement.remarks.iter().flat_map(remarks::pages::named);
    marks.chain(rest).chain(remarks.map(|(what, text)| (name(what), text))).collect()
}

/// Returns what was confirmed of a workbook: the rows that were taken.
pub fn handed(fields: &Fields) -> Vec<Handed> {
    let one = |reference: &String| {
        let of = |name: &str| {
            let (what, whose) = name.rsplit_once('|')?;
            (whose == reference).then(|| what.to_owned())
        };
        let own: Vec<(String, &str)> = fields.iter().filter_map(|(name, value)| Some((of(name)?, value))).collect();
        let own = own.into_iter().fold(Fields::none(), |own, (name, value)| own.set(&name, value));
        Handed {
            reference: reference.clone(),
            judgement: judgement(&own),
            gives: own.value(ACT_FIELD) == GIVE,
            edition: edition(&own),
        }
    };
    fields.values(TAKE_FIELD).iter().map(one).collect()
}

/// A statement not to judge an action.
#[derive(FromForm, Validate)]
pub struct RecusalForm {
    /// Why.
    pub reason: String,
}
