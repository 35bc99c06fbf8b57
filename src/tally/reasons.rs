//! Finds the reasons of an order: for every tie that stands, every step the tie rule decided, and every step between
//! tiers.

use std::collections::BTreeMap;

use super::Tiers;
use super::methods::{Basis, Count, Counted};
use super::outcome::places;
use super::profile::OptionId;
use super::reason::Reason;
use super::rounds::Fate;

/// What the reasons are made of.
struct Ground<'a> {
    count: &'a Count<'a>,
    counted: &'a Counted,
    place_of: BTreeMap<OptionId, usize>,
}

/// Gives a reason for every tie that stands, every step the tie rule decided, and every step between tiers: for paths
/// and locked wins one for each option of the lower tier, for all else one pair says it all.
pub(super) fn reasons(count: &Count<'_>, counted: &Counted, fallen: &[Tiers]) -> Vec<Reason> {
    let order: Tiers = fallen.iter().flatten().cloned().collect();
    let place_of: BTreeMap<OptionId, usize> =
        places(&order).into_iter().flat_map(|(place, tier)| tier.iter().map(move |id| (id.clone(), place))).collect();
    let ground = Ground { count, counted, place_of };
    let mut reasons = Vec::new();
    for (upper, fell) in fallen.iter().enumerate() {
        for tier in fell.iter().filter(|tier| tier.len() > 1) {
            reasons.push(Reason::TiedWith { place: ground.place_of[&tier[0]], between: tier.clone() });
        }
        for pair in fell.windows(2) {
            reasons.push(ground.by_rule(&pair[0][0], &pair[1][0]));
        }
        let (Some(next), Some(lower)) = (fallen.get(upper + 1), counted.tiers.get(upper + 1)) else { continue };
        if matches!(counted.basis, Basis::Paths(_) | Basis::Locked(_)) {
            let upper = &counted.tiers[upper];
            reasons.extend(lower.iter().filter_map(|below| ground.by_chain(upper, *below)));
        } else if let (Some(above), Some(below)) = (fell.last(), next.first()) {
            // The options that meet at the step: the last of the upper tier and the first of the lower one.
            let tier: Vec<&OptionId> = above.iter().collect();
            reasons.push(ground.between(&tier, &below[0]));
        }
    }
    reasons.sort_by_key(Reason::place);
    reasons
}

impl Ground<'_> {
    fn position(&self, id: &OptionId) -> usize {
        self.count.profile.position(id).unwrap_or_default()
    }

    fn by_rule(&self, above: &OptionId, below: &OptionId) -> Reason {
        let rule = self.count.tie_rule.code().to_owned();
        Reason::ByTieRule { place: self.place_of[above], above: above.clone(), below: below.clone(), rule }
    }

    /// Says why the last options of one tier are ahead of the first of the next, by what the order rests on.
    fn between(&self, tier: &[&OptionId], below: &OptionId) -> Reason {
        let (mut above, b) = (tier[0].clone(), self.position(below));
        let mut a = self.position(&above);
        let place = self.place_of[&above];
        let scores = &self.counted.scores;
        match &self.counted.basis {
            Basis::Balances(balances) => {
                let ((above_wins, above_losses), (below_wins, below_losses)) = (balances[a], balances[b]);
                let below = below.clone();
                Reason::ByBalance { place, above, below, above_wins, above_losses, below_wins, below_losses }
            }
            Basis::Defeats(defeats) => {
                let (above_defeat, below_defeat) = (defeats[a], defeats[b]);
                Reason::ByWorstDefeat { place, above, below: below.clone(), above_defeat, below_defeat }
            }
            Basis::Fates(fates) => self.by_fate(&above, below, &fates[a], &fates[b]),
            Basis::Grades(grades) => {
                let text = |option: usize| {
                    let median = grades[option].median().filter(|grade| *grade <= self.count.profile.levels());
                    median.map(|grade| grade.to_string()).unwrap_or_default()
                };
                let (above_grade, below_grade, below) = (text(a), text(b), below.clone());
                if above_grade == below_grade {
                    Reason::ByGradesAroundMedian { place, above, below, grade: above_grade }
                } else {
                    Reason::ByMedianGrade { place, above, below, above_grade, below_grade }
                }
            }
            Basis::Runoff(possible) => {
                let pairwise = self.count.pairwise;
                let met = |option: usize| possible.contains(&option);
                if let Some(id) = tier.iter().find(|id| met(self.position(id)) && pairwise.beats(self.position(id), b))
                {
                    (above, a) = ((*id).clone(), self.position(id));
                }
                if met(a) && met(b) && pairwise.beats(a, b) {
                    let (prefer, against) = (pairwise.above(a, b), pairwise.above(b, a));
                    return Reason::ByRunoff { place, above, below: below.clone(), prefer, against };
                }
                if scores[a] > scores[b] { self.by_score(&above, below) } else { self.by_rule(&above, below) }
            }
            Basis::Scores | Basis::Paths(_) | Basis::Locked(_) => self.by_score(&above, below),
        }
    }

    fn by_score(&self, above: &OptionId, below: &OptionId) -> Reason {
        let score = |id: &OptionId| self.counted.scores[self.position(id)].to_string();
        Reason::AheadByScore {
            place: self.place_of[above],
            above_score: score(above),
            below_score: score(below),
            above: above.clone(),
            below: below.clone(),
        }
    }

    fn by_fate(&self, above: &OptionId, below: &OptionId, up: &Fate, down: &Fate) -> Reason {
        let (place, above, below) = (self.place_of[above], above.clone(), below.clone());
        match (up, down) {
            // Those that go in one round share a tier, or the tie rule sent one of them first: the rounds differ.
            (_, Fate::Eliminated { round, votes }) => {
                Reason::ByElimination { place, above, below, round: *round, votes: votes.to_string() }
            }
            (Fate::Elected { round, votes, needed }, _) if down.round() > *round => {
                let (round, votes, quota) = (*round, votes.to_string(), needed.to_string());
                Reason::ByQuota { place, above, below, round, votes, quota }
            }
            _ => {
                let (above_votes, below_votes) = (up.votes().to_string(), down.votes().to_string());
                Reason::ByVotes { place, above, below, round: up.round(), above_votes, below_votes }
            }
        }
    }

    /// Says which option of the tier above is ahead of one below, by paths or by locked wins.
    fn by_chain(&self, upper: &[usize], below: usize) -> Option<Reason> {
        let id = |option: usize| self.count.profile.id(option);
        let place = |option: usize| self.place_of[&id(option)];
        match &self.counted.basis {
            Basis::Paths(paths) => {
                let is_ahead = |above: &&usize| paths[**above][below] > paths[below][**above];
                let a = *upper.iter().filter(is_ahead).max_by_key(|a| place(**a))?;
                if self.count.pairwise.beats(a, below) && paths[below][a] == 0 {
                    return Some(self.direct(a, below));
                }
                let (strength, back) = (paths[a][below], paths[below][a]);
                Some(Reason::AheadByPath { place: place(a), above: id(a), below: id(below), strength, back })
            }
            Basis::Locked(locked) => {
                let chains = upper.iter().filter_map(|above| chain(locked, *above, below));
                let chain = chains.max_by_key(|chain| (std::cmp::Reverse(chain.len()), place(chain[0])))?;
                let a = chain[0];
                if chain.len() == 2 {
                    return Some(self.direct(a, below));
                }
                let chain = chain.into_iter().map(id).collect();
                Some(Reason::ByLockedChain { place: place(a), above: id(a), below: id(below), chain })
            }
            _ => None,
        }
    }

    fn direct(&self, a: usize, b: usize) -> Reason {
        let pairwise = self.count.pairwise;
        let (above, below) = (self.count.profile.id(a), self.count.profile.id(b));
        Reason::AheadByDirectComparison {
            place: self.place_of[&above],
            above,
            below,
            prefer: pairwise.above(a, b),
            against: pairwise.above(b, a),
            indifferent: pairwise.indifferent(a, b),
        }
    }
}

/// Returns a shortest chain of locked wins from one option to another.
fn chain(locked: &[Vec<usize>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came: Vec<Option<usize>> = vec![None; locked.len()];
    let mut waiting = std::collections::VecDeque::from([from]);
    while let Some(option) = waiting.pop_front() {
        for next in locked[option].iter().copied().filter(|next| *next != from) {
            if came[next].is_none() {
                came[next] = Some(option);
                waiting.push_back(next);
            }
        }
        if came[to].is_some() {
            break;
        }
    }
    let mut chain = vec![to];
    let mut at = to;
    while at != from {
        at = came[at]?;
        chain.push(at);
    }
    chain.reverse();
    Some(chain)
}
