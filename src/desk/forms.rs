//! Forms of the room, read field by field: every message at once, under the name of its field.

use super::model::{BulkAct, LeadTimes, Milestone};
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::web::Fields;
use crate::web::again::SEEN;

/// Field of the submissions chosen, each as `reference@revision`.
pub const CHOSEN: &str = "chosen";

/// Returns the lead times of a form.
pub fn lead_times(fields: &Fields) -> Result<LeadTimes, FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut set = Vec::new();
    for milestone in Milestone::ALL {
        match fields.value(milestone.code()).trim().parse() {
            Ok(days) => set.push((*milestone, days)),
            Err(_) => errors.add(milestone.code(), Message::new("unreadable")),
        }
    }
    errors.into_result()?;
    let lead = LeadTimes::with(set);
    lead.check().into_result()?;
    Ok(lead)
}

/// Returns lead times as the fields of their form.
pub fn fields_of(lead: &LeadTimes) -> Fields {
    let fields = Fields::none().set(SEEN, lead.print());
    lead.iter().fold(fields, |fields, (milestone, days)| fields.set(milestone.code(), days.to_string()))
}

/// What is to be done to which submissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkForm {
    /// The act.
    pub act: BulkAct,
    /// References, each with the revision that was shown.
    pub chosen: Vec<(String, i32)>,
    /// Note to the delegations.
    pub note: String,
}

impl BulkForm {
    /// Returns the references.
    pub fn references(&self) -> Vec<String> {
        self.chosen.iter().map(|(reference, _)| reference.clone()).collect()
    }
}

/// Returns an act on several submissions.
pub fn bulk(fields: &Fields) -> Result<BulkForm, FieldErrors> {
    let mut errors = FieldErrors::none();
    let act = BulkAct::from_code(fields.value("act"));
    if act.is_none() {
        errors.add("act", Message::new("required"));
    }
    let pair = |text: &String| {
        let (reference, revision) = text.split_once('@')?;
        Some((reference.to_owned(), revision.parse().ok()?))
    };
    let chosen: Vec<(String, i32)> = fields.values(CHOSEN).iter().filter_map(pair).collect();
    if chosen.is_empty() {
        errors.add(CHOSEN, Message::new("bulk-none-chosen"));
    }
    let note = fields.value("note").trim().to_owned();
    if act == Some(BulkAct::NotRetain) && note.is_empty() {
        errors.add("note", Message::new("required"));
    }
    match act.filter(|_| errors.is_empty()) {
        Some(act) => Ok(BulkForm { act, chosen, note }),
        None => Err(errors),
    }
}
