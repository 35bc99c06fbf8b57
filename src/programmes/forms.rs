//! The forms of the room: start, builder, adoption.

use chrono::NaiveDate;
use rocket::FromForm;
use validator::Validate;

use super::model::capacity::{CURRENCY, Capacities, Capacity, field, halves};
use super::model::scenarios::Limits;
use super::model::{AdoptedBy, Programme, VoteAnswer, item_field, vote_field};
use super::operations::adoption::Adoption;
use super::operations::looks::{Adopting, Line};
use super::operations::{Edit, ItemEdit};
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message, tidy};
use crate::kernel::ids::BallotId;
use crate::kernel::lang::Bilingual;
use crate::web::Fields;
use crate::web::again::SEEN;

/// Value of a ticked box.
pub const TICKED: &str = "yes";

/// How many places, by which order.
#[derive(FromForm, Validate)]
pub struct StartForm {
    /// How many actions there is room for.
    pub places: i32,
    /// Id of the ballot to follow; empty for the ranking.
    #[field(default = String::new())]
    pub ballot: String,
}

/// How many places scenarios have where the address says nothing of limits.
const PLACES_AT_FIRST: u32 = 8;

/// The limits of scenarios, as the address gives them; what is no number, or empty, is no limit.
#[derive(FromForm)]
pub struct LimitsForm {
    /// Most actions.
    pub places: Option<String>,
    /// Most staff weeks in a half-year.
    pub staff_weeks: Option<String>,
    /// Most missions in a half-year.
    pub missions: Option<String>,
    /// Most money in all.
    pub money: Option<String>,
    /// The currency of that money.
    pub currency: Option<String>,
}

impl From<LimitsForm> for Limits {
    fn from(form: LimitsForm) -> Self {
        let is_bare = form.places.is_none() && form.money.is_none();
        let number = |text: Option<String>| text.and_then(|text| text.trim().parse().ok());
        let small = |text: Option<String>| text.and_then(|text| text.trim().parse().ok());
        let currency = form.currency.unwrap_or_default().trim().to_uppercase();
        let is_code = currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase());
        Self {
            places: if is_bare { Some(PLACES_AT_FIRST) } else { small(form.places) },
            staff_weeks: small(form.staff_weeks),
            missions: small(form.missions),
            money: number(form.money),
            currency: if is_code { currency } else { "USD".to_owned() },
        }
    }
}

/// Reads what can be carried in each half-year of a programme: every number that is none is told at once; empty is no limit.
pub fn capacities(fields: &Fields, years: (i32, i32)) -> Result<Capacities, FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut read = |name: String| -> Option<u64> {
        let text = fields.value(&name).trim();
        let number = text.parse().ok();
        if number.is_none() && !text.is_empty() {
            errors.add(&name, Message::new("whole-number"));
        }
        number
    };
    // Why: what is too large for its column is refused with what the model calls too large.
    let small = |number: Option<u64>| number.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let mut wanted = Capacities { currency: fields.value(CURRENCY).trim().to_uppercase(), ..Capacities::default() };
    for half in halves(years) {
        let one = Capacity {
            staff_weeks: small(read(field("staff_weeks", half))),
            missions: small(read(field("missions", half))),
            money: read(field("money", half)),
        };
        if !one.is_empty() {
            wanted.by_half.insert(half, one);
        }
    }
    errors.extend(&wanted.check());
    errors.into_result()?;
    if wanted.by_half.values().all(|one| one.money.is_none()) {
        // Why: a currency of no money says nothing, and would not be stored with no half-year.
        wanted.currency = String::new();
    }
    Ok(wanted)
}

/// Returns what can be carried as the fields of its form.
pub fn capacity_fields(held: &Capacities) -> Fields {
    let shown = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let start = Fields::none().set(SEEN, held.print()).set(CURRENCY, held.currency.clone());
    held.by_half.iter().fold(start, |fields, (half, one)| {
        fields
            .set(&field("staff_weeks", *half), shown(one.staff_weeks.map(u64::from)))
            .set(&field("missions", *half), shown(one.missions.map(u64::from)))
            .set(&field("money", *half), shown(one.money))
    })
}

/// Returns the ballot that a field names; empty is the ranking.
pub fn ballot(text: &str) -> Option<BallotId> {
    (!text.is_empty()).then(|| BallotId::from(text))
}

fn number(fields: &Fields, name: &str, errors: &mut FieldErrors) -> i32 {
    let text = fields.value(name).trim();
    text.parse().unwrap_or_else(|_| {
        errors.add(name, Message::new(if text.is_empty() { "required" } else { "whole-number" }));
        0
    })
}

/// Reads the builder: every number that is none is told at once.
pub fn edit(fields: &Fields, lines: &[Line]) -> Result<Edit, FieldErrors> {
    let mut errors = FieldErrors::none();
    let places = number(fields, "places", &mut errors);
    let items = lines
        .iter()
        .map(|line| {
            let field = |part| item_field(&line.item.id, part);
            let included = fields.value(&field("included")) == TICKED;
            let position = field("position");
            // Why: the place of an action that is left out says nothing, so it may be left empty.
            let is_asked = included || !fields.value(&position).trim().is_empty();
            ItemEdit {
                id: line.item.id.clone(),
                included,
                position: if is_asked { number(fields, &position, &mut errors) } else { line.item.position },
                reason: fields.both(&field("reason")),
                override_reason: tidy(fields.value(&field("override_reason"))),
            }
        })
        .collect();
    errors.into_result()?;
    let ballot = ballot(fields.value("ballot"));
    let edition = fields.value("edition").parse().unwrap_or(-1);
    Ok(Edit { places, ballot, introduction: fields.both("introduction"), items, edition })
}

/// Returns the fields of a builder that shows what is stored.
pub fn fields_of(programme: &Programme, lines: &[Line]) -> Fields {
    let mut fields = Fields::none()
        .set("places", programme.places.to_string())
        .set("ballot", programme.ballot.as_ref().map_or("", BallotId::as_str))
        .set("introduction_en", programme.introduction.en.clone())
        .set("introduction_ru", programme.introduction.ru.clone())
        .set("edition", programme.edition.to_string());
    for item in lines.iter().map(|line| &line.item) {
        let field = |part| item_field(&item.id, part);
        fields = fields
            .set(&field("position"), item.position.to_string())
            .set(&field("reason_en"), item.reason.en.clone())
            .set(&field("reason_ru"), item.reason.ru.clone())
            .set(&field("override_reason"), item.override_reason.clone());
        if item.included {
            fields = fields.set(&field("included"), TICKED);
        }
    }
    fields
}

/// Reads the adoption, and the edition of the draft that was before the group. The sentence that the form proposes, or none,
/// is that of the data.
pub fn adoption(
    fields: &Fields,
    adopting: &Adopting,
    proposed: &Bilingual<String>,
    today: NaiveDate,
) -> Result<(Adoption, i32), FieldErrors> {
    let mut errors = FieldErrors::none();
    let by = AdoptedBy::from_code(fields.value("by"));
    if by.is_none() {
        errors.add("by", Message::new("required"));
    }
    let text = fields.value("on").trim();
    let on = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    match on {
        None => errors.add("on", Message::new(if text.is_empty() { "required" } else { "programme-day" })),
        Some(on) if on > today => errors.add("on", Message::new("programme-day-future")),
        Some(_) => {}
    }
    let votes = adopting
        .roll
        .iter()
        .filter_map(|each| Some((each.id.clone(), VoteAnswer::from_code(fields.value(&vote_field(&each.code)))?)))
        .collect();
    let edition = fields.value("edition").parse().unwrap_or(-1);
    match (by, on) {
        (Some(by), Some(on)) if errors.is_empty() => {
            let typed = fields.both("record");
            let is_ours = |side: &String, proposed: &String| side.is_empty() || side == proposed;
            let is_proposed = is_ours(&typed.en, &proposed.en) && is_ours(&typed.ru, &proposed.ru);
            let record = if is_proposed { Bilingual::default() } else { typed };
            Ok((Adoption { by, on, record, votes }, edition))
        }
        _ => Err(errors),
    }
}
