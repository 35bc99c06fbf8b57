//! The noun: the queue as somebody finds it who has just looked at one of its texts.

use chrono::NaiveDateTime;

use crate::submissions::State;

/// A text that waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When it was handed in last.
    pub at: NaiveDateTime,
    /// Its reference.
    pub reference: String,
    /// Where it stands: handed in, or taken up.
    pub state: State,
}

/// The queue of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Number of the session.
    pub session: i32,
    /// What comes next.
    pub next: Option<Place>,
    /// How many wait in all.
    pub left: usize,
}

impl Queue {
    /// Returns the queue behind a text: the next that was handed in later or, at the end, the first of all.
    pub fn behind(session: i32, mut places: Vec<Place>, after: Option<&Place>) -> Self {
        places.sort();
        let left = places.len();
        let is_later =
            |place: &&Place| after.is_none_or(|after| (place.at, &place.reference) > (after.at, &after.reference));
        let is_other = |place: &&Place| after.is_none_or(|after| place.reference != after.reference);
        let next = places.iter().find(is_later).or_else(|| places.iter().find(is_other)).cloned();
        Self { session, next, left }
    }

    /// Returns the address of what comes next, or of the desk when nothing does.
    pub fn address(&self) -> String {
        match &self.next {
            Some(place) => address(&place.reference, place.state, self.session),
            None => format!("/sessions/{}/desk", self.session),
        }
    }
}

/// Returns the address at which a text of the queue is read.
pub fn address(reference: &str, state: State, session: i32) -> String {
    let page = if state == State::UnderReview { "/screen" } else { "" };
    format!("/submissions/{reference}{page}?queue={session}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn what_is_left_for_later_comes_round_again() {
        let place = |day, reference: &str| Place {
            at: NaiveDate::from_ymd_opt(2020, 9, day).unwrap().and_hms_opt(8, 0, 0).unwrap(),
            reference: reference.to_owned(),
            state: State::Submitted,
        };
        let all = || vec![place(3, "C"), place(1, "B"), place(1, "A")];
        let next = |after: Option<&Place>| Queue::behind(15, all(), after).next.map(|place| place.reference);
        assert_eq!(next(None).as_deref(), Some("A"));
        assert_eq!(next(Some(&place(1, "A"))).as_deref(), Some("B"));
        assert_eq!(next(Some(&place(3, "C"))).as_deref(), Some("A"));
        assert_eq!(Queue::behind(15, vec![place(1, "A")], Some(&place(1, "A"))).next, None);
    }
}
