//! The forms of the room: a report, and what a country says to it.

use super::model::{OutputState, Plan, Report, output_field, value_field};
use super::operations::writing::Typed;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::web::Fields;

/// Value of a ticked box.
pub const TICKED: &str = "yes";
/// Value of the button that gives the report to the group.
pub const GIVE: &str = "give";

/// Returns the edition that a form was made from.
pub fn edition(fields: &Fields) -> i32 {
    fields.value("edition").parse().unwrap_or(-1)
}

/// Reads a report on what an action promised.
pub fn report(fields: &Fields, plan: &Plan) -> Result<Typed, FieldErrors> {
    let mut errors = FieldErrors::none();
    let outputs = (0..plan.outputs.len())
        .map(|position| {
            let field = output_field(position);
            OutputState::from_code(fields.value(&field)).unwrap_or_else(|| {
                errors.add(field, Message::new("required"));
                OutputState::NotBegun
            })
        })
        .collect();
    errors.into_result()?;
    Ok(Typed {
        text: fields.both("text"),
        outputs,
        values: (0..plan.indicators.len()).map(|position| fields.both(&value_field(position))).collect(),
        is_last: fields.value("is_last") == TICKED,
        edition: edition(fields),
    })
}

/// Returns the fields of a form that shows a report as it is stored.
pub fn fields_of(report: &Report) -> Fields {
    let mut fields = Fields::none()
        .set("text_en", report.text.en.clone())
        .set("text_ru", report.text.ru.clone())
        .set("edition", report.edition.to_string());
    for (position, state) in report.outputs.iter().enumerate() {
        fields = fields.set(&output_field(position), state.code());
    }
    for (position, value) in report.values.iter().enumerate() {
        let field = value_field(position);
        fields = fields.set(&format!("{field}_en"), value.en.clone()).set(&format!("{field}_ru"), value.ru.clone());
    }
    if report.is_last { fields.set("is_last", TICKED) } else { fields }
}
