//! The nouns: a step as a delegation sets it, and the steps of one text on its way.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::workflow::State;
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Bilingual;
use crate::kernel::token::digest;
use crate::policy::Capacity;

/// Most steps before the head.
pub const STEPS_MAX: usize = 5;
/// Longest name of a step in English, in characters; Russian gets a quarter more.
pub const NAME_CHARS_MAX: u32 = 80;
/// Longest name of a step in Russian, in characters.
pub const NAME_CHARS_MAX_RUSSIAN: u32 = NAME_CHARS_MAX + NAME_CHARS_MAX / 4;
/// The capacities in which a step can be taken, the weakest first.
pub const TAKERS: &[Capacity] = &[Capacity::Delegate, Capacity::Alternate, Capacity::Head];

/// A step as a delegation sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name; one side may be empty.
    pub name: Bilingual<String>,
    /// The capacity that it takes at least, when none of those named can take it.
    pub capacity: Capacity,
    /// Those who take it; nobody means anybody of the capacity.
    pub people: BTreeSet<AccountId>,
}

/// Returns a digest of the steps, to notice that somebody else was first.
pub fn edition(steps: &[Setting]) -> String {
    let line = |step: &Setting| {
        let people: Vec<&str> = step.people.iter().map(AccountId::as_str).collect();
        format!("{}\n{}\n{}\n{}", step.name.en, step.name.ru, step.capacity, people.join(" "))
    };
    digest(&steps.iter().map(line).collect::<Vec<_>>().join("\n\n"))
}

/// Somebody who was named for a step, with one accreditation to the delegation that nobody has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// In which capacity it is accredited.
    pub capacity: Capacity,
    /// From which day.
    pub valid_from_on: NaiveDate,
    /// Until which day, if limited.
    pub valid_until_on: Option<NaiveDate>,
}

impl Taker {
    /// Returns whether the accreditation holds on a day.
    pub fn holds(&self, today: NaiveDate) -> bool {
        self.valid_from_on <= today && self.valid_until_on.is_none_or(|last| today <= last)
    }
}

/// A step of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its place, from 1.
    pub position: i32,
    /// Its name; one side may be empty.
    pub name: Bilingual<String>,
    /// The capacity that it takes at least, when none of those named can take it.
    pub capacity: Capacity,
    /// Everybody named for it, whether or not they can still take it.
    pub named: BTreeSet<AccountId>,
    /// Those named who are accredited.
    pub takers: Vec<Taker>,
    /// Where it stands.
    pub state: State,
    /// Who took it.
    pub account: Option<AccountId>,
    /// What they said; may be empty.
    pub note: String,
    /// When.
    pub acted_at: Option<NaiveDateTime>,
}

impl Step {
    /// Returns those named who can take it on a day; nobody when it is open to anybody of its capacity.
    pub fn takers_on(&self, today: NaiveDate) -> impl Iterator<Item = &Taker> {
        self.takers.iter().filter(move |taker| taker.holds(today))
    }

    /// Returns the step as it was set.
    fn setting(&self) -> Setting {
        Setting { name: self.name.clone(), capacity: self.capacity, people: self.named.clone() }
    }
}

/// The steps of one text since its clearance was asked for the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The act that asked.
    pub request: String,
    /// Number of the round: each request, and each change of the text on its way, begins one.
    pub round: i32,
    /// Whether the text changed on its way, so that the steps began again.
    pub is_again: bool,
    /// When the round began.
    pub began_at: NaiveDateTime,
    /// The steps in order, one at least.
    pub steps: Vec<Step>,
}

impl Chain {
    /// Returns the step that is to be taken next; nothing when all are passed or one has returned the text.
    pub fn next(&self) -> Option<&Step> {
        let is_returned = self.steps.iter().any(|step| step.state == State::Returned);
        self.steps.iter().find(|step| step.state == State::Waiting).filter(|_| !is_returned)
    }

    /// Returns whether any step has passed the text on.
    pub fn has_begun(&self) -> bool {
        self.steps.iter().any(|step| step.state == State::Passed)
    }

    /// Returns the steps as they were set.
    pub fn settings(&self) -> Vec<Setting> {
        self.steps.iter().map(Step::setting).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(states: &[State]) -> Chain {
        let began_at = NaiveDate::from_ymd_opt(2020, 9, 14).unwrap().and_hms_opt(8, 0, 0).unwrap();
        let step = |(index, state): (usize, &State)| Step {
            position: i32::try_from(index).unwrap() + 1,
            name: Bilingual::default(),
            capacity: Capacity::Delegate,
            named: BTreeSet::new(),
            takers: Vec::new(),
            state: *state,
            account: None,
            note: String::new(),
            acted_at: None,
        };
        let steps = states.iter().enumerate().map(step).collect();
        Chain { request: String::new(), round: 1, is_again: false, began_at, steps }
    }

    #[test]
    fn the_first_step_that_waits_is_next_until_one_returns() {
        use State::{Passed, Returned, Waiting};
        let next = |states: &[State]| chain(states).next().map(|step| step.position);
        assert_eq!(next(&[Waiting, Waiting]), Some(1));
        assert_eq!(next(&[Passed, Waiting]), Some(2));
        assert_eq!(next(&[Passed, Passed]), None);
        assert_eq!(next(&[Passed, Returned, Waiting]), None);
        assert!(!chain(&[Waiting, Waiting]).has_begun() && chain(&[Passed, Waiting]).has_begun());
    }

    #[test]
    fn an_accreditation_holds_on_its_first_and_its_last_day() {
        let day = |day| NaiveDate::from_ymd_opt(2020, 9, day).unwrap();
        let taker = Taker {
            account: AccountId::new(),
            name: String::new(),
            capacity: Capacity::Delegate,
            valid_from_on: day(2),
            valid_until_on: Some(day(3)),
        };
        assert_eq!([1, 2, 3, 4].map(|one| taker.holds(day(one))), [false, true, true, false]);
    }
}
