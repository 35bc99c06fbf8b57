//! The outcome of a count: the order, its ties and how they fell, and why each place is where it is — all as data.
//!
//! Stored with a ballot and written into files, so its shape is stable. Pages word it: [`Reason::key`] and
//! [`Reason::values`] lead to the texts of `tally.ftl`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Tiers;
use super::methods::{Basis, Count, Counted, Method, StepTie};
use super::profile::OptionId;
use super::reason::Reason;
use super::reasons::reasons;
use super::tie_rules::{TieRule, TieStep, lot};

/// A square table of whole numbers: the row's option against the column's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The options of rows and columns.
    pub options: Vec<OptionId>,
    /// The numbers, row by row.
    pub rows: Vec<Vec<u64>>,
}

impl Matrix {
    /// Returns the number of a row's option against a column's.
    pub fn get(&self, row: &OptionId, column: &OptionId) -> Option<u64> {
        let place = |id: &OptionId| self.options.iter().position(|option| option == id);
        self.rows.get(place(row)?)?.get(place(column)?).copied()
    }
}

/// What a count came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The method that counted.
    pub method: Method,
    /// The rule by which ties fell.
    pub tie_rule: TieRule,
    /// Weight of the ballots counted.
    pub weight: u64,
    /// The order as the method leaves it, ties as ties. Where its steps ask the tie rule, the rule has its part in it.
    pub ranking: Tiers,
    /// The order after the tie rule; ties it could not decide are still ties.
    pub order: Tiers,
    /// The exact number of each option that the method is known by: a whole number or a fraction (`7/2`).
    pub scores: BTreeMap<OptionId, String>,
    /// How many ballots put the row's option above the column's.
    pub pairwise: Matrix,
    /// Strengths of the strongest paths, where the method has them.
    pub paths: Option<Matrix>,
    /// The option that beats every other, if there is one.
    pub condorcet_winner: Option<OptionId>,
    /// The smallest set each of whose members beats every option outside.
    pub smith_set: Vec<OptionId>,
    /// Every tie and how it fell.
    pub ties: Vec<TieRecord>,
    /// Why each place is where it is, from the top.
    pub reasons: Vec<Reason>,
    /// The rounds of a method that counts in rounds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<Round>,
    /// Those elected, where a method fills seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elected: Option<Vec<OptionId>>,
}

/// One round of a count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number; 1 is the first.
    pub number: usize,
    /// The exact votes (or points) of each option that is still in the count.
    pub counts: BTreeMap<OptionId, String>,
    /// Votes that no option of the round holds any more.
    pub exhausted: String,
    /// Votes needed: the quota, or half of the continuing votes, which must be passed.
    pub quota: Option<String>,
    /// Options that the round elects or sends into the runoff.
    pub elected: Vec<OptionId>,
    /// Options that the round eliminates.
    pub eliminated: Vec<OptionId>,
}

/// A tie and how it fell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieRecord {
    /// The place for which the options are tied; 1 is the first.
    pub place: usize,
    /// The options tied, by id.
    pub between: Vec<OptionId>,
    /// Code of the tie rule.
    pub rule: String,
    /// Seed of the lot.
    pub seed: Option<String>,
    /// The lot of each option, where the lot decided.
    pub lots: BTreeMap<OptionId, String>,
    /// How they fell; options in one tier stay tied.
    pub fell: Tiers,
    /// The step of the method that met the tie; nothing when the order as a whole leaves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<TieStep>,
}

impl Outcome {
    /// Returns those elected where the method fills seats, else the options at the first place.
    pub fn winners(&self) -> &[OptionId] {
        self.elected.as_deref().or(self.order.first().map(Vec::as_slice)).unwrap_or_default()
    }

    /// Returns the tiers of the final order with their places: two options at place 1 are followed by place 3.
    pub fn places(&self) -> Vec<(usize, &[OptionId])> {
        places(&self.order)
    }

    /// Returns the place of an option in the final order.
    pub fn place_of(&self, id: &OptionId) -> Option<usize> {
        self.places().into_iter().find(|(_, tier)| tier.contains(id)).map(|(place, _)| place)
    }

    /// Returns the reasons that are about a place.
    pub fn reasons_at(&self, place: usize) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(move |reason| reason.place() == place)
    }
}

/// Returns tiers with their places: two options at place 1 are followed by place 3.
pub(super) fn places(tiers: &[Vec<OptionId>]) -> Vec<(usize, &[OptionId])> {
    let mut next = 1;
    let with_place = |tier| {
        let place = next;
        next += Vec::len(tier);
        (place, tier.as_slice())
    };
    tiers.iter().map(with_place).collect()
}

/// Puts together what a method counted and what the tie rule decides.
pub(super) fn conclude(count: &Count<'_>, method: Method, counted: Counted) -> Outcome {
    let (profile, pairwise, tie_rule) = (count.profile, count.pairwise, count.tie_rule);
    let named = |tier: &Vec<usize>| tier.iter().map(|position| profile.id(*position)).collect::<Vec<_>>();
    let ranking: Tiers = counted.tiers.iter().map(named).collect();
    let fallen: Vec<Tiers> = ranking.iter().map(|tier| tie_rule.settle(profile, tier)).collect();
    let order: Tiers = fallen.iter().flatten().cloned().collect();
    let reasons = reasons(count, &counted, &fallen);
    let scores = counted.scores.iter().enumerate().map(|(position, score)| (profile.id(position), score.to_string()));
    let matrix = pairwise.matrix(profile);
    let paths = match &counted.basis {
        Basis::Paths(rows) => Some(Matrix { options: matrix.options.clone(), rows: rows.clone() }),
        _ => None,
    };
    let elected = counted.elected.as_ref().map(|elected| {
        let ids = named(elected);
        order.iter().flatten().filter(|id| ids.contains(id)).cloned().collect()
    });
    Outcome {
        method,
        tie_rule: tie_rule.clone(),
        weight: profile.weight(),
        order,
        scores: scores.collect(),
        pairwise: matrix,
        paths,
        condorcet_winner: pairwise.condorcet_winner().map(|position| profile.id(position)),
        smith_set: named(&pairwise.smith_set()),
        ties: ties(count, &counted, &ranking, &fallen),
        ranking,
        reasons,
        rounds: counted.rounds,
        elected,
    }
}

/// Returns the ties that steps met, then those that the order leaves and no step has told already.
fn ties(count: &Count<'_>, counted: &Counted, ranking: &Tiers, fallen: &[Tiers]) -> Vec<TieRecord> {
    let named = |tier: &Vec<usize>| tier.iter().map(|position| count.profile.id(*position)).collect::<Vec<_>>();
    let record = |place: usize, between: Vec<OptionId>, fell: Tiers, step: Option<TieStep>| TieRecord {
        place,
        rule: count.tie_rule.code().to_owned(),
        seed: count.tie_rule.seed().map(str::to_owned),
        lots: lots(count.tie_rule, &between),
        between,
        fell,
        step,
    };
    let at_step = |tie: &StepTie| {
        let step = TieStep { kind: tie.kind, round: tie.round };
        record(tie.place, named(&tie.between), tie.fell.iter().map(named).collect(), Some(step))
    };
    let mut ties: Vec<TieRecord> = counted.ties.iter().map(at_step).collect();
    for ((place, tier), fell) in places(ranking).into_iter().zip(fallen) {
        let is_told = ties.iter().any(|tie| tie.fell.iter().any(|told| told == tier));
        if tier.len() > 1 && !is_told {
            ties.push(record(place, tier.to_vec(), fell.clone(), None));
        }
    }
    ties
}

fn lots(tie_rule: &TieRule, tier: &[OptionId]) -> BTreeMap<OptionId, String> {
    let Some(seed) = tie_rule.seed() else { return BTreeMap::new() };
    tier.iter().map(|id| (id.clone(), lot(seed, id.as_str()))).collect()
}
