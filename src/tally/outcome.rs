//! The outcome of a count: the order, its ties and how they fell, and why each place is where it is — all as data.
//!
//! Stored with a ballot and written into files, so its shape is stable. Pages word it: [`Reason::key`] and
//! [`Reason::values`] lead to the texts of `tally.ftl`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Tiers;
use super::pairwise::Pairwise;
use super::profile::{OptionId, Profile};
use super::registry::{Basis, Counted, Method};
use super::tie_rules::{TieRule, lot};

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
    /// The order as the method leaves it, ties as ties.
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
}

/// Why an option stands where it stands. `place` is that of the option named first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// A higher score.
    AheadByScore {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// Score of the option ahead.
        above_score: String,
        /// Score of the option behind.
        below_score: String,
    },
    /// More ballots prefer it, and no path leads back.
    AheadByDirectComparison {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// Weight of the ballots that prefer the option ahead.
        prefer: u64,
        /// Weight of those that prefer the option behind.
        against: u64,
        /// Weight of those that prefer neither.
        indifferent: u64,
    },
    /// Its strongest path is stronger than the path back.
    AheadByPath {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// Strength of the strongest path from above to below.
        strength: u64,
        /// Strength of the strongest path back.
        back: u64,
    },
    /// The method and the tie rule leave these options at one place.
    TiedWith {
        /// Their place.
        place: usize,
        /// All options at that place.
        between: Vec<OptionId>,
    },
    /// The method leaves both tied; the rule decides.
    ByTieRule {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// Code of the tie rule.
        rule: String,
    },
}

impl Reason {
    /// Returns the place that the reason is about.
    pub const fn place(&self) -> usize {
        match self {
            Self::AheadByScore { place, .. }
            | Self::AheadByDirectComparison { place, .. }
            | Self::AheadByPath { place, .. }
            | Self::TiedWith { place, .. }
            | Self::ByTieRule { place, .. } => *place,
        }
    }

    /// Returns the key of the text that words the reason; one per tie rule where a rule decided.
    pub fn key(&self) -> String {
        match self {
            Self::AheadByScore { .. } => "reason-ahead-by-score".to_owned(),
            Self::AheadByDirectComparison { .. } => "reason-ahead-by-direct-comparison".to_owned(),
            Self::AheadByPath { .. } => "reason-ahead-by-path".to_owned(),
            Self::TiedWith { .. } => "reason-tied-with".to_owned(),
            Self::ByTieRule { rule, .. } => format!("reason-by-tie-rule-{rule}"),
        }
    }

    /// Returns the values of that text; `name` says what an option is called there.
    pub fn values(&self, name: impl Fn(&OptionId) -> String) -> Vec<(&'static str, String)> {
        match self {
            Self::AheadByScore { above, below, above_score, below_score, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("above-score", above_score.clone()),
                ("below-score", below_score.clone()),
            ],
            Self::AheadByDirectComparison { above, below, prefer, against, indifferent, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("prefer", prefer.to_string()),
                ("against", against.to_string()),
                ("indifferent", indifferent.to_string()),
                ("ballots", (prefer + against + indifferent).to_string()),
            ],
            Self::AheadByPath { above, below, strength, back, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("strength", strength.to_string()),
                ("back", back.to_string()),
            ],
            Self::TiedWith { between, .. } => {
                vec![("between", between.iter().map(name).collect::<Vec<_>>().join(", "))]
            }
            Self::ByTieRule { above, below, .. } => vec![("above", name(above)), ("below", name(below))],
        }
    }
}

impl Outcome {
    /// Returns the options at the first place.
    pub fn winners(&self) -> &[OptionId] {
        self.order.first().map_or(&[], Vec::as_slice)
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

fn places(tiers: &[Vec<OptionId>]) -> Vec<(usize, &[OptionId])> {
    let mut next = 1;
    let with_place = |tier| {
        let place = next;
        next += Vec::len(tier);
        (place, tier.as_slice())
    };
    tiers.iter().map(with_place).collect()
}

/// Puts together what a method counted and what the tie rule decides.
pub(super) fn conclude(
    profile: &Profile,
    pairwise: &Pairwise,
    method: Method,
    counted: Counted,
    tie_rule: &TieRule,
) -> Outcome {
    let named = |tier: &Vec<usize>| tier.iter().map(|position| profile.id(*position)).collect::<Vec<_>>();
    let ranking: Tiers = counted.tiers.iter().map(named).collect();
    let fallen: Vec<Tiers> = ranking.iter().map(|tier| tie_rule.settle(profile, tier)).collect();
    let is_tie = |((_, tier), _): &((usize, &[OptionId]), &Tiers)| tier.len() > 1;
    let record = |((place, tier), fell): ((usize, &[OptionId]), &Tiers)| TieRecord {
        place,
        between: tier.to_vec(),
        rule: tie_rule.code().to_owned(),
        seed: tie_rule.seed().map(str::to_owned),
        lots: lots(tie_rule, tier),
        fell: fell.clone(),
    };
    let ties = places(&ranking).into_iter().zip(&fallen).filter(is_tie).map(record).collect();
    let reasons = reasons(profile, pairwise, &counted, &fallen, tie_rule);
    let scores = counted.scores.iter().enumerate().map(|(position, score)| (profile.id(position), score.to_string()));
    let matrix = pairwise.matrix(profile);
    let paths = match &counted.basis {
        Basis::Scores => None,
        Basis::Paths(rows) => Some(Matrix { options: matrix.options.clone(), rows: rows.clone() }),
    };
    Outcome {
        method,
        tie_rule: tie_rule.clone(),
        weight: profile.weight(),
        order: fallen.into_iter().flatten().collect(),
        ranking,
        scores: scores.collect(),
        pairwise: matrix,
        paths,
        condorcet_winner: pairwise.condorcet_winner().map(|position| profile.id(position)),
        smith_set: named(&pairwise.smith_set()),
        ties,
        reasons,
    }
}

fn lots(tie_rule: &TieRule, tier: &[OptionId]) -> BTreeMap<OptionId, String> {
    let Some(seed) = tie_rule.seed() else { return BTreeMap::new() };
    tier.iter().map(|id| (id.clone(), lot(seed, id.as_str()))).collect()
}

/// Gives a reason for every tie that stands, every step the tie rule decided, and every step between tiers: for each
/// option of the lower tier one option of the tier above that is ahead of it (for scores one pair says it all).
fn reasons(
    profile: &Profile,
    pairwise: &Pairwise,
    counted: &Counted,
    fallen: &[Tiers],
    tie_rule: &TieRule,
) -> Vec<Reason> {
    let order: Tiers = fallen.iter().flatten().cloned().collect();
    let place_of: BTreeMap<&OptionId, usize> =
        places(&order).into_iter().flat_map(|(place, tier)| tier.iter().map(move |id| (id, place))).collect();
    let mut reasons = Vec::new();
    for (upper, fell) in fallen.iter().enumerate() {
        for tier in fell.iter().filter(|tier| tier.len() > 1) {
            reasons.push(Reason::TiedWith { place: place_of[&tier[0]], between: tier.clone() });
        }
        for pair in fell.windows(2) {
            let (above, below, rule) = (pair[0][0].clone(), pair[1][0].clone(), tie_rule.code().to_owned());
            reasons.push(Reason::ByTieRule { place: place_of[&above], above, below, rule });
        }
        let Some(lower) = counted.tiers.get(upper + 1) else { continue };
        match &counted.basis {
            Basis::Scores => {
                // The options that meet at the step: the last of the upper tier and the first of the lower one.
                let (Some(above), Some(below)) = (fell.last(), fallen[upper + 1].first()) else { continue };
                reasons.push(by_score(profile, counted, &above[0], &below[0], &place_of));
            }
            Basis::Paths(paths) => {
                for below in lower {
                    let is_ahead = |above: &&usize| paths[**above][*below] > paths[*below][**above];
                    let candidates = counted.tiers[upper].iter().filter(is_ahead);
                    let Some(above) = candidates.max_by_key(|a| place_of[&profile.id(**a)]) else { continue };
                    let place = place_of[&profile.id(*above)];
                    reasons.push(by_path(profile, pairwise, paths, (*above, *below), place));
                }
            }
        }
    }
    reasons.sort_by_key(Reason::place);
    reasons
}

fn by_score(
    profile: &Profile,
    counted: &Counted,
    above: &OptionId,
    below: &OptionId,
    place_of: &BTreeMap<&OptionId, usize>,
) -> Reason {
    let score = |id: &OptionId| {
        let position = profile.options().iter().position(|option| option.id == *id);
        position.map_or_else(String::new, |position| counted.scores[position].to_string())
    };
    let (above_score, below_score) = (score(above), score(below));
    Reason::AheadByScore {
        place: place_of[above],
        above: above.clone(),
        below: below.clone(),
        above_score,
        below_score,
    }
}

fn by_path(profile: &Profile, pairwise: &Pairwise, paths: &[Vec<u64>], (a, b): (usize, usize), place: usize) -> Reason {
    let (above, below) = (profile.id(a), profile.id(b));
    if pairwise.beats(a, b) && paths[b][a] == 0 {
        let (prefer, against) = (pairwise.above(a, b), pairwise.above(b, a));
        let indifferent = pairwise.indifferent(a, b);
        return Reason::AheadByDirectComparison { place, above, below, prefer, against, indifferent };
    }
    Reason::AheadByPath { place, above, below, strength: paths[a][b], back: paths[b][a] }
}
