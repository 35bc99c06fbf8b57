//! Reports on the progress of an action, and what countries say to them.

use serde::Deserialize;
use utoipa::ToSchema;

use super::texts::NewText;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Bilingual;
use crate::progress::model::{Answer, OutputState, Plan};
use crate::progress::operations::writing::Typed;
use crate::progress::workflow::Event;

/// A report as it is to stand; it saves with anything missing.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": {"en": "The form is drafted.", "ru": "Форма подготовлена."}, "outputs": ["under-way"], "values": [{"en": "3 of 7", "ru": "3 из 7"}]}))]
pub struct NewReport {
    /// How the work goes.
    #[serde(default)]
    pub text: NewText,
    /// How far each output is, in the order of the plan.
    #[serde(default)]
    pub outputs: Vec<OutputState>,
    /// Where each indicator stands, in the order of the plan; those at the end may be left out.
    #[serde(default)]
    pub values: Vec<NewText>,
    /// Whether the action is finished.
    #[serde(default)]
    pub is_last: bool,
}

impl NewReport {
    /// Returns what a form would send over an edition, or what does not fit the plan.
    pub fn typed(&self, plan: &Plan, edition: i32) -> Result<Typed, FieldErrors> {
        let mut errors = FieldErrors::none();
        for missing in self.outputs.len()..plan.outputs.len() {
            errors.add(format!("outputs.{missing}"), Message::new("required"));
        }
        for unknown in plan.outputs.len()..self.outputs.len() {
            errors.add(format!("outputs.{unknown}"), Message::new("unreadable"));
        }
        for unknown in plan.indicators.len()..self.values.len() {
            errors.add(format!("values.{unknown}"), Message::new("unreadable"));
        }
        errors.into_result()?;
        let mut values: Vec<Bilingual<String>> = self.values.iter().map(Bilingual::from).collect();
        values.resize(plan.indicators.len(), Bilingual::default());
        let (text, outputs) = ((&self.text).into(), self.outputs.clone());
        Ok(Typed { text, outputs, values, is_last: self.is_last, edition })
    }
}

/// An act of the delegation that leads the action.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"event": "give"}))]
pub struct NewReportAct {
    /// `give` or `take-back`.
    pub event: Event,
}

/// What a country that the action names says to the newest report.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answer": "commented", "note": "The pilot is missing."}))]
pub struct NewReportAnswer {
    /// `confirmed` or `commented`.
    pub answer: Answer,
    /// Its comments; needed where it does not confirm.
    #[serde(default)]
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::model::{Indicator, Output};

    #[test]
    fn a_report_fits_the_plan_or_says_where_it_does_not() {
        let output = Output { name: Bilingual::default(), due: String::new() };
        let (name, source) = (Bilingual::<String>::default(), String::new());
        let indicator = Indicator { baseline: name.clone(), target: name.clone(), name, source };
        let plan = Plan { outputs: vec![output.clone(), output], indicators: vec![indicator] };
        let new = |outputs: usize, values: usize| NewReport {
            text: NewText { en: " A\r\nB ".to_owned(), ru: String::new() },
            outputs: vec![OutputState::Done; outputs],
            values: vec![NewText::default(); values],
            is_last: false,
        };
        let typed = new(2, 0).typed(&plan, 3).unwrap();
        assert_eq!((typed.text.en.as_str(), typed.values.len(), typed.edition), ("A\nB", 1, 3));
        let wrong = |outputs, values| {
            let errors = new(outputs, values).typed(&plan, 0).unwrap_err();
            errors.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(wrong(0, 1), ["outputs.0", "outputs.1"]);
        assert_eq!(wrong(3, 2), ["outputs.2", "values.1"]);
    }
}
