//! Forms of the room, read field by field: every message at once, under the name of its field.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::model::drafts::{CRITERIA_MAX, check_criteria, check_windows};
use super::model::zones::{Twice, legal_zone, to_local, to_utc};
use super::model::{Criterion, Dates, Details, NewCriterion, NewSession, Session, Step, VotingRules, Window};
use crate::kernel::code::Code;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Bilingual;
use crate::tally::turnout::Quorum;
use crate::web::Fields;

/// Field of the tick that takes what is late.
pub const TAKES_LATE: &str = "takes_late";
/// How browsers write a local time.
const LOCAL: &str = "%Y-%m-%dT%H:%M";
/// Choice of a quorum that is a number.
pub const QUORUM_NUMBER: &str = "number";

/// Reads fields and gathers what is wrong with them; a field that cannot be read yields a stand-in.
struct Reading<'a> {
    fields: &'a Fields,
    errors: FieldErrors,
}

impl<'a> Reading<'a> {
    fn of(fields: &'a Fields) -> Self {
        Self { fields, errors: FieldErrors::none() }
    }

    fn both(&self, name: &str) -> Bilingual<String> {
        let side = |side| self.fields.value(&format!("{name}_{side}")).trim().to_owned();
        Bilingual::new(side("en"), side("ru"))
    }

    /// Reads a field, or says that it is missing or has the fault of `code`.
    fn read<T: FromStr>(&mut self, name: &str, code: &str) -> Option<T> {
        let text = self.fields.value(name).trim();
        let read = text.parse().ok();
        if read.is_none() {
            self.errors.add(name, Message::new(if text.is_empty() { "required" } else { code }));
        }
        read
    }

    fn coded<T: Code>(&mut self, name: &str) -> Option<T> {
        let text = self.fields.value(name);
        let read = T::from_code(text);
        if read.is_none() {
            self.errors.add(name, Message::new("unknown-choice").text("value", text));
        }
        read
    }

    fn zone(&mut self, name: &str) -> Option<Tz> {
        let text = self.fields.value(name);
        let zone = legal_zone(text);
        if zone.is_none() {
            self.errors.add(name, Message::new("unknown-choice").text("value", text));
        }
        zone
    }

    /// Adds the messages of a rule about fields that could be read.
    fn and(mut self, ruled: &FieldErrors) -> FieldErrors {
        for (field, messages) in ruled.iter() {
            if self.errors.of(field).is_empty() {
                for message in messages {
                    self.errors.add(field, message.clone());
                }
            }
        }
        self.errors
    }
}

/// Returns the edition that a form showed; what cannot be read is older than anything.
pub fn edition(fields: &Fields) -> i32 {
    fields.value("edition").parse().unwrap_or(0)
}

/// Reads title, place, days, zone and programme years.
pub fn details(fields: &Fields) -> Result<Details, FieldErrors> {
    let mut reading = Reading::of(fields);
    let details = details_within(&mut reading);
    let errors = reading.and(&details.check());
    errors.into_result().map(|()| details)
}

fn details_within(reading: &mut Reading<'_>) -> Details {
    let starts_on: Option<NaiveDate> = reading.read("starts_on", "day");
    let ends_on: Option<NaiveDate> = reading.read("ends_on", "day");
    let first: Option<i32> = reading.read("first_year", "whole-number");
    let last: Option<i32> = reading.read("last_year", "whole-number");
    let time_zone = reading.zone("time_zone").unwrap_or(Tz::UTC);
    // Why: what could not be read has its message already; the stand-in keeps the other rules quiet about it.
    Details {
        title: reading.both("title"),
        place: reading.both("place"),
        starts_on: starts_on.or(ends_on).unwrap_or_default(),
        ends_on: ends_on.or(starts_on).unwrap_or_default(),
        time_zone,
        programme_years: (first.or(last).unwrap_or_default(), last.or(first).unwrap_or_default()),
    }
}

/// Reads a session to be created; it begins with proposed windows, the default criteria and voting rules.
pub fn new_session(fields: &Fields) -> Result<NewSession, FieldErrors> {
    let mut reading = Reading::of(fields);
    let number = reading.read("number", "whole-number").unwrap_or(1);
    let new = NewSession::new(number, details_within(&mut reading));
    let errors = reading.and(&new.check());
    errors.into_result().map(|()| new)
}

/// Returns the details of a session as its form shows them.
pub fn of_details(session: &Session) -> Fields {
    Fields::none()
        .set("edition", session.edition.to_string())
        .set("title_en", &session.title.en)
        .set("title_ru", &session.title.ru)
        .set("place_en", &session.place.en)
        .set("place_ru", &session.place.ru)
        .set("starts_on", session.starts_on.to_string())
        .set("ends_on", session.ends_on.to_string())
        .set("time_zone", session.time_zone.name())
        .set("first_year", session.programme_years.0.to_string())
        .set("last_year", session.programme_years.1.to_string())
}

/// Reads the windows of all steps from times on the clock of the legal zone, and whether what is late is taken. A step left
/// empty has no window.
pub fn dates(fields: &Fields, zone: Tz) -> Result<Dates, FieldErrors> {
    let mut reading = Reading::of(fields);
    let mut windows = Vec::new();
    for step in Step::ALL {
        let names = (format!("{step}_opens"), format!("{step}_closes"));
        if fields.value(&names.0).trim().is_empty() && fields.value(&names.1).trim().is_empty() {
            continue;
        }
        let opens_at = moment(&mut reading, &names.0, zone, Twice::First);
        let closes_at = moment(&mut reading, &names.1, zone, Twice::Second);
        if let (Some(opens_at), Some(closes_at)) = (opens_at, closes_at) {
            windows.push(Window { step: *step, opens_at, closes_at });
        }
    }
    let takes_late = !fields.value(TAKES_LATE).is_empty();
    let errors = reading.and(&check_windows(&windows));
    errors.into_result().map(|()| Dates { windows, takes_late })
}

fn moment(reading: &mut Reading<'_>, name: &str, zone: Tz, twice: Twice) -> Option<NaiveDateTime> {
    let text = reading.fields.value(name).trim();
    let parsed = NaiveDateTime::parse_from_str(text, LOCAL)
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M"));
    let code = match parsed {
        Ok(local) => match to_utc(local, zone, twice) {
            Some(at) => return Some(at),
            None => "no-such-time",
        },
        Err(_) if text.is_empty() => "required",
        Err(_) => "moment",
    };
    reading.errors.add(name, Message::new(code));
    None
}

/// Returns the dates of a session as the form shows them: times on the clock of the legal zone.
pub fn of_dates(session: &Session, windows: &[Window]) -> Fields {
    let takes_late = if session.takes_late { "yes" } else { "" };
    let fields = Fields::none().set("edition", session.edition.to_string()).set(TAKES_LATE, takes_late);
    windows.iter().fold(fields, |fields, window| {
        let local = |at| to_local(at, session.time_zone).format(LOCAL).to_string();
        fields
            .set(&format!("{}_opens", window.step), local(window.opens_at))
            .set(&format!("{}_closes", window.step), local(window.closes_at))
    })
}

/// The fields of a row of criteria.
const ROW: [&str; 5] = ["name_en", "name_ru", "help_en", "help_ru", "weight"];

/// Returns how many rows of criteria a form holds.
pub fn rows(fields: &Fields) -> usize {
    let row = |name: &str| name.strip_prefix("rows.")?.split('.').next()?.parse::<usize>().ok();
    let rows = fields.iter().filter_map(|(name, _)| row(name)).map(|row| row + 1).max().unwrap_or(0);
    rows.min(CRITERIA_MAX + 1)
}

/// Reads the criteria; rows with nothing in them are left out, and messages name the rows as they were typed.
pub fn criteria(fields: &Fields) -> Result<Vec<NewCriterion>, FieldErrors> {
    let mut reading = Reading::of(fields);
    let mut criteria = Vec::new();
    let mut typed_in = Vec::new();
    for row in 0..rows(fields) {
        let is_empty = |part: &str| fields.value(&format!("rows.{row}.{part}")).trim().is_empty();
        if ROW.into_iter().all(is_empty) {
            continue;
        }
        let name = reading.both(&format!("rows.{row}.name"));
        let help = reading.both(&format!("rows.{row}.help"));
        let weight = reading.read(&format!("rows.{row}.weight"), "whole-number").unwrap_or_default();
        criteria.push(NewCriterion { name, help, weight });
        typed_in.push(row);
    }
    let mut ruled = FieldErrors::none();
    for (field, messages) in check_criteria(&criteria).iter() {
        let field = as_typed(field, &typed_in);
        for message in messages {
            ruled.add(&field, message.clone());
        }
    }
    let errors = reading.and(&ruled);
    errors.into_result().map(|()| criteria)
}

/// Turns the name of a field by its place among the rows kept into the name that it has in the form.
fn as_typed(field: &str, typed_in: &[usize]) -> String {
    let cell = field.strip_prefix("rows.").and_then(|rest| rest.split_once('.'));
    let row = cell.and_then(|(row, part)| Some((typed_in.get(row.parse::<usize>().ok()?)?, part)));
    row.map_or_else(|| field.to_owned(), |(row, part)| format!("rows.{row}.{part}"))
}

/// Returns the criteria of a session as the form shows them.
pub fn of_criteria(session: &Session, criteria: &[Criterion]) -> Fields {
    let fields = Fields::none().set("edition", session.edition.to_string());
    criteria.iter().enumerate().fold(fields, |fields, (row, criterion)| {
        let weight = criterion.weight.to_string();
        let values = [&criterion.name.en, &criterion.name.ru, &criterion.help.en, &criterion.help.ru, &weight];
        ROW.iter().zip(values).fold(fields, |fields, (part, value)| fields.set(&format!("rows.{row}.{part}"), value))
    })
}

/// Returns the form with one row more or less, when a button asked for that instead of saving.
pub fn with_rows_changed(fields: &Fields) -> Option<Fields> {
    let rows = rows(fields);
    if !fields.value("_add").is_empty() {
        let more = fields.clone().set(&format!("rows.{rows}.weight"), "");
        return Some(if rows < CRITERIA_MAX { more } else { fields.clone() });
    }
    let removed = (0..rows).find(|row| !fields.value(&format!("_remove.{row}")).is_empty())?;
    let kept = Fields::none().set("edition", fields.value("edition"));
    let rows = (0..rows).filter(|row| *row != removed).enumerate();
    Some(rows.fold(kept, |kept, (to, from)| {
        ROW.iter().fold(kept, |kept, part| {
            kept.set(&format!("rows.{to}.{part}"), fields.value(&format!("rows.{from}.{part}")))
        })
    }))
}

/// Reads the voting rules.
pub fn rules(fields: &Fields) -> Result<VotingRules, FieldErrors> {
    let mut reading = Reading::of(fields);
    let method = reading.coded("method");
    let base = reading.coded("base");
    let quorum = match fields.value("quorum") {
        QUORUM_NUMBER => reading.read("quorum_number", "whole-number").map(Quorum::Number),
        other => {
            let quorum = other.parse().ok();
            if quorum.is_none() {
                reading.errors.add("quorum", Message::new("unknown-choice").text("value", other));
            }
            quorum
        }
    };
    let standing = VotingRules::default();
    let rules = VotingRules {
        method: method.unwrap_or(standing.method),
        tie_rule: fields.value("tie_rule").to_owned(),
        base: base.unwrap_or(standing.base),
        quorum: quorum.unwrap_or(standing.quorum),
    };
    let errors = reading.and(&rules.check());
    errors.into_result().map(|()| rules)
}

/// Returns the voting rules of a session as the form shows them.
pub fn of_rules(session: &Session) -> Fields {
    let rules = &session.rules;
    let fields = Fields::none()
        .set("edition", session.edition.to_string())
        .set("method", rules.method.code())
        .set("tie_rule", &rules.tie_rule)
        .set("base", rules.base.code());
    match rules.quorum {
        Quorum::Number(number) => fields.set("quorum", QUORUM_NUMBER).set("quorum_number", number.to_string()),
        other => fields.set("quorum", other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<T>(read: Result<T, FieldErrors>) -> Vec<(String, String)> {
        let errors = read.err().unwrap_or_default();
        errors.iter().flat_map(|(field, all)| all.iter().map(|one| (field.to_owned(), one.code.clone()))).collect()
    }

    fn said(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect()
    }

    #[test]
    fn an_empty_form_is_told_everything_that_is_missing() {
        let required =
            ["ends_on", "first_year", "last_year", "place_en", "place_ru", "starts_on", "title_en", "title_ru"];
        let mut expected: Vec<(&str, &str)> = required.iter().map(|field| (*field, "required")).collect();
        expected.insert(6, ("time_zone", "unknown-choice"));
        assert_eq!(codes(details(&Fields::none())), said(&expected));
    }

    #[test]
    fn windows_are_read_on_the_clock_of_the_legal_zone() {
        let fields =
            Fields::none().set("submissions_opens", "2020-10-01T09:00").set("submissions_closes", "2020-10-31T18:00");
        let windows = dates(&fields, Tz::Asia__Kabul).unwrap().windows;
        let times: Vec<String> =
            windows.iter().map(|window| format!("{} {}", window.opens_at, window.closes_at)).collect();
        assert_eq!(times, ["2020-10-01 04:30:00 2020-10-31 13:30:00"]);
    }

    #[test]
    fn each_fault_of_a_window_is_said_at_its_field() {
        let fields = Fields::none()
            .set("submissions_opens", "2021-03-28T02:30")
            .set("submissions_closes", "")
            .set("reviews_opens", "yesterday")
            .set("reviews_closes", "2021-04-01T10:00")
            .set("ballots_opens", "2021-04-01T10:00")
            .set("ballots_closes", "2021-04-01T10:00");
        let expected = said(&[
            ("ballots_closes", "closes-before-opening"),
            ("reviews_opens", "moment"),
            ("submissions_closes", "required"),
            ("submissions_opens", "no-such-time"),
        ]);
        assert_eq!(codes(dates(&fields, Tz::Europe__Zurich)), expected);
    }

    #[test]
    fn faults_of_criteria_name_the_row_that_was_typed() {
        let row = |fields: Fields, row: usize, weight: &str| {
            ROW.iter().fold(fields, |fields, part| {
                let value = if *part == "weight" { weight } else { "Text" };
                fields.set(&format!("rows.{row}.{part}"), value)
            })
        };
        let fields = row(row(Fields::none(), 0, "60"), 2, "").set("rows.1.weight", " ");
        let expected = said(&[("rows", "weights-sum"), ("rows.2.weight", "required")]);
        assert_eq!(codes(criteria(&fields)), expected);
        let fields = row(row(Fields::none(), 0, "60"), 2, "40");
        assert_eq!(criteria(&fields).map(|all| all.len()), Ok(2));
        let less = with_rows_changed(&fields.set("_remove.0", "1")).unwrap();
        assert_eq!((rows(&less), less.value("rows.1.weight")), (2, "40"));
    }
}
