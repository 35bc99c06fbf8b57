//! Offers, needs and how they meet: by SDG target, nearer when the theme is the same. Pure.

use std::collections::BTreeSet;

use crate::classification::List;
use crate::kernel::reference::Kind;
use crate::questionnaires::{AnswerLang, Answers};
use crate::submissions::model::Submission;

/// Most rows that the question of the practices built on may have.
const ROWS_MAX: usize = 20;
/// Question of a practice about what is offered to other countries.
pub const OFFERS: &str = "offers";

/// Returns the name of a row of the question about the practices on which an action builds.
pub fn built_on_row(row: usize) -> String {
    format!("built_on.{row}.reference")
}

/// Returns the names of all its rows.
pub fn built_on_rows() -> Vec<String> {
    (0..ROWS_MAX).map(built_on_row).collect()
}

/// Returns the references of the practices on which an action builds, with the row of each.
pub fn built_on(answers: &Answers) -> Vec<(usize, String)> {
    (0..answers.rows("built_on").min(ROWS_MAX))
        .map(|row| (row, answers.get(&built_on_row(row), AnswerLang::Neutral).trim().to_owned()))
        .filter(|(_, reference)| !reference.is_empty())
        .collect()
}

/// A submission with the targets and themes that it serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tied {
    /// The submission.
    pub submission: Submission,
    /// Code of its delegation.
    pub code: String,
    /// Codes of its targets.
    pub targets: BTreeSet<String>,
    /// Codes of its themes.
    pub themes: BTreeSet<String>,
    /// Codes of the countries that it concerns.
    pub countries: BTreeSet<String>,
    /// What it offers; empty for an action.
    pub offers: Vec<String>,
}

impl Tied {
    /// Takes the codes of a submission apart, list by list.
    pub fn new(submission: Submission, code: String, tags: &[(List, String)], offers: Vec<String>) -> Self {
        let of = |wanted: List| {
            tags.iter().filter(|(list, _)| *list == wanted).map(|(_, code)| code.clone()).collect::<BTreeSet<String>>()
        };
        let mut countries = of(List::Country);
        countries.insert(code.clone());
        Self { submission, code, targets: of(List::Target), themes: of(List::Theme), countries, offers }
    }

    /// Returns whether it needs help: an action.
    pub fn is_need(&self) -> bool {
        self.submission.kind == Kind::Action
    }

    /// Returns whether both serve the same theme.
    pub fn is_near(&self, other: &Self) -> bool {
        !self.themes.is_disjoint(&other.themes)
    }
}

/// A target with who offers something for it, and who needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Code of the target.
    pub target: String,
    /// Practices that offer something.
    pub offers: Vec<Tied>,
    /// Actions that need it.
    pub needs: Vec<Tied>,
}

/// Which offers and needs to show: of one country, or of all where it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Country whose practices offer.
    pub offering: String,
    /// Country that the actions concern.
    pub needing: String,
}

/// Matches offers and needs, target by target in the order of the list. Of one's own country nobody needs help: where a
/// country is chosen as the one in need, its own offers are left out.
pub fn matched(all: &[Tied], filter: &Filter) -> Vec<Match> {
    let offers = |one: &&Tied| {
        let is_other = filter.needing.is_empty() || one.code != filter.needing;
        !one.is_need() && !one.offers.is_empty() && is_other && is_of(&filter.offering, &one.code)
    };
    let needs = |one: &&Tied| one.is_need() && (filter.needing.is_empty() || one.countries.contains(&filter.needing));
    let of = |one: &&Tied, target: &str| one.targets.contains(target);
    List::Target
        .entries()
        .iter()
        .map(|entry| Match {
            target: entry.code.clone(),
            offers: all.iter().filter(offers).filter(|one| of(one, &entry.code)).cloned().collect(),
            needs: all.iter().filter(needs).filter(|one| of(one, &entry.code)).cloned().collect(),
        })
        .filter(|one| !one.offers.is_empty() || !one.needs.is_empty())
        .collect()
}

fn is_of(wanted: &str, code: &str) -> bool {
    wanted.is_empty() || wanted == code
}

/// Returns the practices of others that offer something for a target of an action, the same theme first, with the targets
/// that both serve.
pub fn offers_for(action: &Tied, all: &[Tied]) -> Vec<(Tied, BTreeSet<String>)> {
    let shared = |one: &Tied| one.targets.intersection(&action.targets).cloned().collect::<BTreeSet<String>>();
    let is_offer = |one: &&Tied| !one.is_need() && !one.offers.is_empty() && one.code != action.code;
    let mut found: Vec<(Tied, BTreeSet<String>)> = all
        .iter()
        .filter(is_offer)
        .map(|one| (one.clone(), shared(one)))
        .filter(|(_, both)| !both.is_empty())
        .collect();
    found.sort_by_key(|(one, both)| {
        (!one.is_near(action), std::cmp::Reverse(both.len()), one.submission.reference.clone())
    });
    found
}
