//! The form of the steps: five places, those without a name are no steps.

use super::model::{NAME_CHARS_MAX, NAME_CHARS_MAX_RUSSIAN, STEPS_MAX, Setting, TAKERS, edition};
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Bilingual;
use crate::policy::Capacity;
use crate::web::Fields;

/// Field of the steps that the form showed at first.
pub const EDITION: &str = "edition";

/// Returns the name of a field of the step at a place, from 0.
pub fn field(place: usize, part: &str) -> String {
    format!("steps.{place}.{part}")
}

/// Returns the steps that a form sends, or everything that is wrong with it.
pub fn steps(fields: &Fields) -> Result<Vec<Setting>, FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut steps = Vec::new();
    for place in 0..STEPS_MAX {
        let text = |part: &str| fields.value(&field(place, part)).trim().to_owned();
        let name = Bilingual::new(text("name_en"), text("name_ru"));
        let people = fields.values(&field(place, "people")).iter().map(|id| AccountId::from(id.as_str())).collect();
        let capacity = Capacity::from_code(&text("capacity")).filter(|capacity| TAKERS.contains(capacity));
        let setting = Setting { name, capacity: capacity.unwrap_or(Capacity::Delegate), people };
        check(&mut errors, place, &setting);
        if !setting.name.en.is_empty() || !setting.name.ru.is_empty() {
            steps.push(setting);
        }
    }
    errors.into_result().map(|()| steps)
}

fn check(errors: &mut FieldErrors, place: usize, setting: &Setting) {
    if setting.name.en.is_empty() && setting.name.ru.is_empty() && !setting.people.is_empty() {
        errors.add(field(place, "name_en"), Message::new("required"));
    }
    let sides = [("name_en", &setting.name.en, NAME_CHARS_MAX), ("name_ru", &setting.name.ru, NAME_CHARS_MAX_RUSSIAN)];
    for (part, text, max) in sides {
        let over = text.chars().count().saturating_sub(max as usize);
        if over > 0 {
            let over = i64::try_from(over).unwrap_or(i64::MAX);
            let message = Message::new("too-long").number("max", i64::from(max)).number("over", over);
            errors.add(field(place, part), message);
        }
    }
}

/// Returns stored steps as fields of the form.
pub fn fields_of(steps: &[Setting]) -> Fields {
    let mut fields = Fields::none().set(EDITION, edition(steps));
    for place in 0..STEPS_MAX {
        let step = steps.get(place);
        let capacity = step.map_or(Capacity::Delegate, |step| step.capacity);
        fields = fields.set(&field(place, "capacity"), capacity.code());
        let Some(step) = step else { continue };
        fields = fields.set(&field(place, "name_en"), &step.name.en).set(&field(place, "name_ru"), &step.name.ru);
        for account in &step.people {
            fields.push(&field(place, "people"), account.as_str());
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_without_a_name_are_no_steps_and_every_mistake_is_told() {
        let step = |en: &str, ru: &str| Setting {
            name: Bilingual::new(en.to_owned(), ru.to_owned()),
            capacity: Capacity::Alternate,
            people: [AccountId::from("one")].into(),
        };
        let stored = vec![step("Expert", ""), step("", "Министерство")];
        assert_eq!(steps(&fields_of(&stored)), Ok(stored));
        assert_eq!(steps(&Fields::none()), Ok(Vec::new()));
        let wrong = fields_of(&[step("", ""), step(&"x".repeat(81), "")]);
        let errors = steps(&wrong).expect_err("wrong");
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["steps.0.name_en", "steps.1.name_en"]);
    }
}
