//! Texts in both languages as they are sent, and refusals under the names of what was sent.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::kernel::fields::{FieldErrors, tidy};
use crate::kernel::lang::Bilingual;
use crate::refusals::OperationError;

/// A text in both languages; a side that is left out is empty.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"en": "The form is drafted.", "ru": "Форма подготовлена."}))]
pub struct NewText {
    /// In English.
    #[serde(default)]
    pub en: String,
    /// In Russian.
    #[serde(default)]
    pub ru: String,
}

impl From<&NewText> for Bilingual<String> {
    fn from(text: &NewText) -> Self {
        Self::new(tidy(&text.en), tidy(&text.ru))
    }
}

/// Names the fields of a refusal as they were sent: `text_en` is `text.en`, `value.0_ru` is `values.0.ru`.
pub fn as_sent(error: OperationError) -> OperationError {
    let OperationError::Invalid(fields) = error else { return error };
    let mut errors = FieldErrors::none();
    for (field, messages) in fields.iter() {
        for message in messages {
            errors.add(named(field), message.clone());
        }
    }
    errors.into()
}

fn named(field: &str) -> String {
    let (name, side) = match field.rsplit_once('_') {
        Some((name, side @ ("en" | "ru"))) => (name, format!(".{side}")),
        _ => (field, String::new()),
    };
    match name.split_once('.') {
        Some((list @ ("output" | "value"), place)) => format!("{list}s.{place}{side}"),
        _ => format!("{name}{side}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_as_they_were_sent() {
        for (field, sent) in [
            ("text_en", "text.en"),
            ("value.0_ru", "values.0.ru"),
            ("output.12", "outputs.12"),
            ("reason", "reason"),
            ("held_on", "held_on"),
        ] {
            assert_eq!(named(field), sent);
        }
    }
}
