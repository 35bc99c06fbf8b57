//! Meetings and who is present.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::kernel::fields::{FieldErrors, Message};
use crate::meetings::model::{Meeting, Part, When};
use crate::meetings::operations::attendance::Sitting;

/// A meeting to be noted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"held_on": "2020-11-11", "part": "afternoon", "present": ["KAZ", "UZB"]}))]
pub struct NewMeeting {
    /// The day, in the legal time zone of the session.
    pub held_on: NaiveDate,
    /// The part of the day.
    pub part: Part,
    /// Codes of the delegations present.
    #[serde(default)]
    pub present: Vec<String>,
}

/// Who has come or gone; what is said of others stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"present": {"KAZ": true, "UZB": false}}))]
pub struct NewPresence {
    /// Whether a delegation is present, by its code.
    pub present: BTreeMap<String, bool>,
}

fn unknown(code: &str) -> Message {
    Message::new("unknown-choice").text("value", code)
}

fn can_be_present(sitting: &Sitting, code: &str) -> bool {
    sitting.delegations.iter().any(|one| one.code == code)
}

impl NewMeeting {
    /// Returns when it is held and who is present, or what is wrong with that.
    pub fn read(&self, sitting: &Sitting) -> Result<(When, BTreeSet<String>), FieldErrors> {
        let mut errors = FieldErrors::none();
        // Why: days are written with four digits of the year wherever they are kept.
        if !(1000..=9999).contains(&self.held_on.year()) {
            errors.add("held_on", Message::new("day"));
        }
        for (position, code) in self.present.iter().enumerate().filter(|(_, code)| !can_be_present(sitting, code)) {
            errors.add(format!("present.{position}"), unknown(code));
        }
        errors.into_result()?;
        Ok((When { held_on: self.held_on, part: self.part }, self.present.iter().cloned().collect()))
    }
}

impl NewPresence {
    /// Returns who is present then, or what is wrong with that.
    pub fn read(&self, sitting: &Sitting, held: &Meeting) -> Result<BTreeSet<String>, FieldErrors> {
        let mut errors = FieldErrors::none();
        let mut present: BTreeSet<String> = sitting.codes(held).into_iter().map(str::to_owned).collect();
        for (code, is_present) in &self.present {
            if !can_be_present(sitting, code) {
                errors.add(format!("present.{code}"), unknown(code));
            } else if *is_present {
                present.insert(code.clone());
            } else {
                present.remove(code);
            }
        }
        errors.into_result().map(|()| present)
    }
}
