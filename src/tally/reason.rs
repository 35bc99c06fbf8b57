//! Why an option stands where it stands, as data; pages word it through [`Reason::key`] and [`Reason::values`].

use serde::{Deserialize, Serialize};

use super::profile::OptionId;

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
    /// More direct comparisons won than lost.
    ByBalance {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// Comparisons that the option ahead wins.
        above_wins: usize,
        /// Comparisons that it loses.
        above_losses: usize,
        /// Comparisons that the option behind wins.
        below_wins: usize,
        /// Comparisons that it loses.
        below_losses: usize,
    },
    /// A smaller worst defeat.
    ByWorstDefeat {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// Strength of the worst defeat of the option ahead; 0 is undefeated.
        above_defeat: u64,
        /// Strength of the worst defeat of the option behind.
        below_defeat: u64,
    },
    /// The option behind was eliminated first.
    ByElimination {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// The round.
        round: usize,
        /// Votes of the option behind in that round.
        votes: String,
    },
    /// The option ahead reached the quota first.
    ByQuota {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// The round.
        round: usize,
        /// Its votes in that round.
        votes: String,
        /// The quota.
        quota: String,
    },
    /// More votes in the round in which both ways end.
    ByVotes {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// The round.
        round: usize,
        /// Votes of the option ahead.
        above_votes: String,
        /// Votes of the option behind.
        below_votes: String,
    },
    /// A better median.
    ByMedianGrade {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// Median priority of the option ahead; empty is unranked.
        above_grade: String,
        /// Median priority of the option behind; empty is unranked.
        below_grade: String,
    },
    /// Equal medians, and better grades around them.
    ByGradesAroundMedian {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// The median priority of both; empty is unranked.
        grade: String,
    },
    /// More ballots prefer it in the runoff.
    ByRunoff {
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
    },
    /// A chain of locked comparisons leads from it.
    ByLockedChain {
        /// Place of `above`.
        place: usize,
        /// The option ahead.
        above: OptionId,
        /// The option behind.
        below: OptionId,
        /// The options of the chain, from the one ahead to the one behind.
        chain: Vec<OptionId>,
    },
}

impl Reason {
    /// Returns the place that the reason is about.
    pub const fn place(&self) -> usize {
        match self {
            Self::AheadByScore { place, .. }
            | Self::AheadByDirectComparison { place, .. }
            | Self::AheadByPath { place, .. }
            | Self::ByBalance { place, .. }
            | Self::ByWorstDefeat { place, .. }
            | Self::ByElimination { place, .. }
            | Self::ByQuota { place, .. }
            | Self::ByVotes { place, .. }
            | Self::ByMedianGrade { place, .. }
            | Self::ByGradesAroundMedian { place, .. }
            | Self::ByRunoff { place, .. }
            | Self::ByLockedChain { place, .. }
            | Self::TiedWith { place, .. }
            | Self::ByTieRule { place, .. } => *place,
        }
    }

    /// Returns the option ahead and the option behind; nothing of a tie that stands.
    pub const fn pair(&self) -> Option<(&OptionId, &OptionId)> {
        match self {
            Self::TiedWith { .. } => None,
            Self::AheadByScore { above, below, .. }
            | Self::AheadByDirectComparison { above, below, .. }
            | Self::AheadByPath { above, below, .. }
            | Self::ByTieRule { above, below, .. }
            | Self::ByBalance { above, below, .. }
            | Self::ByWorstDefeat { above, below, .. }
            | Self::ByElimination { above, below, .. }
            | Self::ByQuota { above, below, .. }
            | Self::ByVotes { above, below, .. }
            | Self::ByMedianGrade { above, below, .. }
            | Self::ByGradesAroundMedian { above, below, .. }
            | Self::ByRunoff { above, below, .. }
            | Self::ByLockedChain { above, below, .. } => Some((above, below)),
        }
    }

    /// Returns whether the reason names an option.
    pub fn names(&self, id: &OptionId) -> bool {
        match (self, self.pair()) {
            (Self::TiedWith { between, .. }, _) => between.contains(id),
            (_, pair) => pair.is_some_and(|(above, below)| above == id || below == id),
        }
    }

    /// Returns the key of the text that words the reason; one per tie rule where a rule decided.
    pub fn key(&self) -> String {
        match self {
            Self::AheadByScore { .. } => "reason-ahead-by-score".to_owned(),
            Self::AheadByDirectComparison { .. } => "reason-ahead-by-direct-comparison".to_owned(),
            Self::AheadByPath { .. } => "reason-ahead-by-path".to_owned(),
            Self::ByBalance { .. } => "reason-by-balance".to_owned(),
            Self::ByWorstDefeat { .. } => "reason-by-worst-defeat".to_owned(),
            Self::ByElimination { .. } => "reason-by-elimination".to_owned(),
            Self::ByQuota { .. } => "reason-by-quota".to_owned(),
            Self::ByVotes { .. } => "reason-by-votes".to_owned(),
            Self::ByMedianGrade { .. } => "reason-by-median-grade".to_owned(),
            Self::ByGradesAroundMedian { .. } => "reason-by-grades-around-median".to_owned(),
            Self::ByRunoff { .. } => "reason-by-runoff".to_owned(),
            Self::ByLockedChain { .. } => "reason-by-locked-chain".to_owned(),
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
            _ => self.step_values(name),
        }
    }

    /// Returns the values of the reasons of methods that go step by step.
    fn step_values(&self, name: impl Fn(&OptionId) -> String) -> Vec<(&'static str, String)> {
        match self {
            Self::ByBalance { above, below, above_wins, above_losses, below_wins, below_losses, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("above-wins", above_wins.to_string()),
                ("above-losses", above_losses.to_string()),
                ("below-wins", below_wins.to_string()),
                ("below-losses", below_losses.to_string()),
            ],
            Self::ByWorstDefeat { above, below, above_defeat, below_defeat, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("above-defeat", above_defeat.to_string()),
                ("below-defeat", below_defeat.to_string()),
            ],
            Self::ByElimination { above, below, round, votes, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("round", round.to_string()),
                ("votes", votes.clone()),
            ],
            Self::ByQuota { above, below, round, votes, quota, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("round", round.to_string()),
                ("votes", votes.clone()),
                ("quota", quota.clone()),
            ],
            Self::ByVotes { above, below, round, above_votes, below_votes, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("round", round.to_string()),
                ("above-votes", above_votes.clone()),
                ("below-votes", below_votes.clone()),
            ],
            Self::ByMedianGrade { above, below, above_grade, below_grade, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("above-grade", grade_text(above_grade)),
                ("below-grade", grade_text(below_grade)),
            ],
            Self::ByGradesAroundMedian { above, below, grade, .. } => {
                vec![("above", name(above)), ("below", name(below)), ("grade", grade_text(grade))]
            }
            Self::ByRunoff { above, below, prefer, against, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("prefer", prefer.to_string()),
                ("against", against.to_string()),
            ],
            Self::ByLockedChain { above, below, chain, .. } => vec![
                ("above", name(above)),
                ("below", name(below)),
                ("chain", chain.iter().map(name).collect::<Vec<_>>().join(" → ")),
            ],
            _ => Vec::new(),
        }
    }
}

/// Words a median priority: a dash for unranked.
fn grade_text(grade: &str) -> String {
    if grade.is_empty() { "–".to_owned() } else { grade.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_worded_as_its_priority_and_a_dash_where_most_did_not_rank() {
        let around = |grade: &str| Reason::ByGradesAroundMedian {
            place: 1,
            above: OptionId::new("a"),
            below: OptionId::new("b"),
            grade: grade.to_owned(),
        };
        let worded = |grade| around(grade).values(ToString::to_string);
        assert_eq!(worded("2")[2], ("grade", "2".to_owned()));
        assert_eq!(worded("")[2], ("grade", "–".to_owned()));
    }
}
