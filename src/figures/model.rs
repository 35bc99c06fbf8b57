//! The nouns of the room: which figures there are, what is counted, and the counting. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::classification::List;
use crate::coded_enum;
use crate::kernel::ids::{DelegationId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::submissions::Submission;

coded_enum! {
    /// A figure; its code names the file.
    pub enum Name {
        /// Submissions by delegation.
        Delegations = "delegations",
        /// Submissions by theme.
        Themes = "themes",
        /// Submissions by target.
        Targets = "targets",
        /// Offers and needs by target.
        Matches = "matches",
        /// In which languages titles and summaries are given.
        Languages = "languages",
        /// Days from the draft to the clearance.
        Clearance = "clearance",
    }
}

/// A submission with its codes.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The submission.
    pub submission: Submission,
    /// Its themes and targets.
    pub tags: BTreeSet<(List, String)>,
    /// Whether it offers something to other countries.
    pub offers: bool,
}

/// Numbers of practices and of actions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pair {
    /// Practices, or offers.
    pub practices: usize,
    /// Actions, or needs.
    pub actions: usize,
}

impl Pair {
    /// Returns both together.
    pub const fn all(self) -> usize {
        self.practices + self.actions
    }

    fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Practice => self.practices += 1,
            Kind::Action => self.actions += 1,
        }
    }
}

/// Counts by delegation.
pub fn by_delegation(all: &[Counted]) -> BTreeMap<DelegationId, Pair> {
    let mut counts: BTreeMap<DelegationId, Pair> = BTreeMap::new();
    for one in all {
        counts.entry(one.submission.delegation.clone()).or_default().add(one.submission.kind);
    }
    counts
}

/// Counts by the codes of a list; a submission counts under each of its codes.
pub fn by_code(all: &[Counted], list: List) -> BTreeMap<String, Pair> {
    let mut counts: BTreeMap<String, Pair> = BTreeMap::new();
    for one in all {
        for (_, code) in one.tags.iter().filter(|(of, _)| *of == list) {
            counts.entry(code.clone()).or_default().add(one.submission.kind);
        }
    }
    counts
}

/// Counts practices that offer something, and actions, by target.
pub fn matches(all: &[Counted]) -> BTreeMap<String, Pair> {
    let matching: Vec<Counted> =
        all.iter().filter(|one| one.offers || one.submission.kind == Kind::Action).cloned().collect();
    by_code(&matching, List::Target)
}

/// In how many submissions title and summary are given in both languages, in English alone, in Russian alone, in neither.
pub fn languages(all: &[Counted], kind: Kind) -> [usize; 4] {
    let mut counts = [0; 4];
    for one in all.iter().filter(|one| one.submission.kind == kind) {
        let columns = &one.submission.columns;
        let en = !columns.title.en.is_empty() && !columns.summary.en.is_empty();
        let ru = !columns.title.ru.is_empty() && !columns.summary.ru.is_empty();
        let place = match (en, ru) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        counts[place] += 1;
    }
    counts
}

/// Returns the whole days of the middle one of several times; of an even number the lower middle. Nothing where there is
/// none.
pub fn median_days(times: &[TimeDelta]) -> Option<i64> {
    let mut days: Vec<i64> = times.iter().map(TimeDelta::num_days).collect();
    days.sort_unstable();
    days.get(days.len().checked_sub(1)? / 2).copied()
}

/// What is counted, with what only the secretariat counts.
#[derive(Debug, Clone)]
pub struct Counts {
    /// The submissions.
    pub all: Vec<Counted>,
    /// How long each of them took from draft to clearance; nothing where that is not told.
    pub clearance: Option<BTreeMap<SubmissionId, TimeDelta>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_time_that_occurred() {
        let days = |all: &[i64]| median_days(&all.iter().map(|days| TimeDelta::days(*days)).collect::<Vec<_>>());
        assert_eq!(days(&[]), None);
        assert_eq!(days(&[9]), Some(9));
        assert_eq!(days(&[9, 1, 4]), Some(4));
        assert_eq!(days(&[9, 1, 4, 5]), Some(4));
    }
}
