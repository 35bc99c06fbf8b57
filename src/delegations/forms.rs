//! The form of a delegation.

use rocket::FromForm;
use validator::{Validate, ValidationError};

use super::model::{Delegation, DelegationKind};
use super::operations::Particulars;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Bilingual;
use crate::web::Fields;
use crate::web::forms::filled;

/// Code, kind, names, and whether there is a ballot. Code and kind are fixed once the delegation exists.
#[derive(FromForm, Validate)]
pub struct DelegationForm {
    /// Code.
    #[validate(custom(function = "filled"))]
    pub code: String,
    /// Code of the kind.
    #[validate(custom(function = "kind"))]
    pub kind: String,
    /// Short name in English.
    #[validate(custom(function = "filled"), length(max = 120, code = "text_long"))]
    pub name_en: String,
    /// Short name in Russian.
    #[validate(custom(function = "filled"), length(max = 150, code = "text_long"))]
    pub name_ru: String,
    /// Formal name in English.
    #[validate(custom(function = "filled"), length(max = 200, code = "text_long"))]
    pub formal_name_en: String,
    /// Formal name in Russian.
    #[validate(custom(function = "filled"), length(max = 250, code = "text_long"))]
    pub formal_name_ru: String,
    /// Whether it has a ballot.
    pub votes: bool,
    /// What the form showed at first.
    #[field(default = String::new())]
    pub edition: String,
}

impl DelegationForm {
    /// Returns what the form says.
    pub fn particulars(self) -> Particulars {
        Particulars {
            name: Bilingual::new(self.name_en, self.name_ru),
            formal_name: Bilingual::new(self.formal_name_en, self.formal_name_ru),
            votes: self.votes,
        }
    }
}

/// Returns the fields of a form that shows a stored delegation.
pub fn fields_of(delegation: &Delegation) -> Fields {
    let fields = Fields::none()
        .set("code", delegation.code.clone())
        .set("kind", delegation.kind.code())
        .set("name_en", delegation.name.en.clone())
        .set("name_ru", delegation.name.ru.clone())
        .set("formal_name_en", delegation.formal_name.en.clone())
        .set("formal_name_ru", delegation.formal_name.ru.clone())
        .set("edition", delegation.edition());
    if delegation.votes { fields.set("votes", "true") } else { fields }
}

fn kind(code: &str) -> Result<(), ValidationError> {
    if DelegationKind::from_code(code).is_some() { Ok(()) } else { Err(ValidationError::new("required")) }
}
