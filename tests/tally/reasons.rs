//! What an outcome tells beside the order is true: every reason is held against the ballots, and rounds lose no vote.

use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use speca::tally::{
    CountOptions, Method, OptionId, Outcome, Profile, Reason, Round, TieRule, TieStepKind, count, count_with,
    parse_exact,
};

use crate::naive;
use crate::properties::{parts, rules};

fn exact(text: &str) -> BigRational {
    parse_exact(text).unwrap()
}

fn whole(number: u64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// An outcome beside its ballots.
struct Told<'a> {
    profile: &'a Profile,
    outcome: &'a Outcome,
}

impl Told<'_> {
    fn prefer(&self, a: &OptionId, b: &OptionId) -> u64 {
        self.outcome.pairwise.get(a, b).unwrap()
    }

    fn beats(&self, a: &OptionId, b: &OptionId) -> bool {
        self.prefer(a, b) > self.prefer(b, a)
    }

    fn others(&self) -> impl Iterator<Item = &OptionId> {
        self.outcome.pairwise.options.iter()
    }

    /// Wins and losses of an option.
    fn balance(&self, id: &OptionId) -> (usize, usize) {
        let wins = self.others().filter(|other| self.beats(id, other)).count();
        (wins, self.others().filter(|other| self.beats(other, id)).count())
    }

    fn worst_defeat(&self, id: &OptionId) -> u64 {
        let defeats = self.others().filter(|other| self.beats(other, id)).map(|other| {
            let back = if self.outcome.method == Method::MinimaxMargins { self.prefer(id, other) } else { 0 };
            self.prefer(other, id) - back
        });
        defeats.max().unwrap_or(0)
    }

    /// The grade in the middle, the worse of two; nothing when that is "unranked".
    fn median(&self, id: &OptionId) -> String {
        let option = self.profile.position(id).unwrap();
        let papers = naive::papers(self.profile);
        let mut grades: Vec<u32> = papers.iter().map(|p| p.get(&option).copied().unwrap_or(u32::MAX)).collect();
        grades.sort_unstable();
        let median = grades.get(grades.len() / 2).filter(|grade| **grade < u32::MAX);
        median.map(ToString::to_string).unwrap_or_default()
    }

    /// The last round in which an option is counted: there its way ends.
    fn end(&self, id: &OptionId) -> &Round {
        self.outcome.rounds.iter().rfind(|round| round.counts.contains_key(id)).unwrap()
    }

    /// The tier of the method's own order that holds an option.
    fn tier(&self, id: &OptionId) -> &[OptionId] {
        self.outcome.ranking.iter().find(|tier| tier.contains(id)).unwrap()
    }

    fn place(&self, id: &OptionId) -> usize {
        self.outcome.place_of(id).unwrap()
    }

    fn is_true(&self, reason: &Reason) -> bool {
        match reason {
            Reason::TiedWith { place, between } => {
                between.len() > 1 && self.outcome.places().contains(&(*place, between.as_slice()))
            }
            Reason::ByTieRule { above, below, rule, .. } => {
                let is_one_tier = self.tier(above).contains(below);
                *rule == self.outcome.tie_rule.code() && (is_one_tier || self.outcome.method == Method::Star)
            }
            Reason::AheadByScore { above, below, above_score, below_score, .. } => {
                let told = [above, below].map(|id| &self.outcome.scores[id]);
                told == [above_score, below_score]
                    && exact(above_score) > exact(below_score)
                    && (self.outcome.method != Method::Star || !self.met_in_the_runoff(above, below))
            }
            Reason::ByBalance { above, below, above_wins, above_losses, below_wins, below_losses, .. } => {
                let score = |(wins, losses): (usize, usize)| whole(wins as u64) - whole(losses as u64);
                [self.balance(above), self.balance(below)]
                    == [(*above_wins, *above_losses), (*below_wins, *below_losses)]
                    && score(self.balance(above)) > score(self.balance(below))
            }
            Reason::ByWorstDefeat { above, below, above_defeat, below_defeat, .. } => {
                [self.worst_defeat(above), self.worst_defeat(below)] == [*above_defeat, *below_defeat]
                    && above_defeat < below_defeat
            }
            Reason::ByMedianGrade { above, below, above_grade, below_grade, .. } => {
                [&self.median(above), &self.median(below)] == [above_grade, below_grade] && above_grade != below_grade
            }
            Reason::ByGradesAroundMedian { above, below, grade, .. } => {
                self.median(above) == *grade && self.median(below) == *grade
            }
            Reason::ByRunoff { above, below, prefer, against, .. } => {
                [self.prefer(above, below), self.prefer(below, above)] == [*prefer, *against]
                    && self.met_in_the_runoff(above, below)
            }
            _ => self.is_true_of_steps(reason),
        }
    }

    fn met_in_the_runoff(&self, above: &OptionId, below: &OptionId) -> bool {
        let possible = &self.outcome.rounds[0].elected;
        possible.contains(above) && possible.contains(below) && self.beats(above, below)
    }

    /// Of several options of a tier that are ahead, the reason names the one that comes last.
    fn is_last_ahead(&self, above: &OptionId, below: &OptionId, is_ahead: impl Fn(&OptionId) -> bool) -> bool {
        let ahead = self.tier(above).iter().filter(|id| is_ahead(id));
        let last = ahead.map(|id| self.place(id)).max();
        last == Some(self.place(above)) && self.place(above) < self.place(below)
    }

    fn is_true_of_steps(&self, reason: &Reason) -> bool {
        let path = |a: &OptionId, b: &OptionId| self.outcome.paths.as_ref().and_then(|paths| paths.get(a, b));
        match reason {
            Reason::AheadByDirectComparison { above, below, prefer, against, indifferent, .. } => {
                let is_direct = self.outcome.paths.is_none()
                    || path(below, above) == Some(0)
                        && self.is_last_ahead(above, below, |id| path(id, below) > path(below, id));
                [self.prefer(above, below), self.prefer(below, above)] == [*prefer, *against]
                    && prefer > against
                    && prefer + against + indifferent == self.profile.weight()
                    && is_direct
            }
            Reason::AheadByPath { above, below, strength, back, .. } => {
                [path(above, below), path(below, above)] == [Some(*strength), Some(*back)]
                    && strength > back
                    && !(*back == 0 && self.beats(above, below))
                    && self.is_last_ahead(above, below, |id| path(id, below) > path(below, id))
            }
            Reason::ByLockedChain { above, below, chain, .. } => {
                chain.len() > 2
                    && (chain.first(), chain.last()) == (Some(above), Some(below))
                    && chain.windows(2).all(|pair| self.beats(&pair[0], &pair[1]))
            }
            Reason::ByElimination { above, below, round, votes, .. } => {
                let end = self.end(below);
                end.number == *round
                    && end.counts[below] == *votes
                    && end.eliminated.contains(below)
                    && !end.eliminated.contains(above)
            }
            Reason::ByQuota { above, below, round, votes, quota, .. } => {
                let (end, other) = (self.end(above), self.end(below));
                end.number == *round
                    && end.number < other.number
                    && !other.eliminated.contains(below)
                    && [end.counts[above].as_str(), end.quota.as_deref().unwrap()] == [votes, quota]
                    && end.elected.contains(above)
                    && exact(votes) >= exact(quota)
            }
            Reason::ByVotes { above, below, round, above_votes, below_votes, .. } => {
                let (end, other) = (self.end(above), self.end(below));
                [end.number, other.number] == [*round, *round]
                    && [&end.counts[above], &end.counts[below]] == [above_votes, below_votes]
                    && exact(above_votes) > exact(below_votes)
                    && !end.eliminated.contains(below)
            }
            _ => false,
        }
    }
}

/// Checks the rounds of a method that passes papers on: each holds all votes, and the last options go first.
fn check_rounds(profile: &Profile, outcome: &Outcome, quota: Option<&BigRational>) -> Result<(), TestCaseError> {
    let is_ranked = |priorities: &[Option<u32>]| priorities.iter().any(Option::is_some);
    let ranked = profile.ballots().iter().filter(|ballot| is_ranked(&ballot.priorities));
    let total = whole(ranked.map(|ballot| ballot.weight).sum());
    let (mut used, mut ahead) = (BigRational::zero(), 0);
    for (number, round) in (1..).zip(&outcome.rounds) {
        let held: BigRational = round.counts.values().map(|votes| exact(votes)).sum();
        prop_assert_eq!(round.number, number);
        prop_assert_eq!(&held + exact(&round.exhausted) + &used, total.clone());
        let needed = quota.cloned().unwrap_or_else(|| &held / whole(2));
        prop_assert_eq!(&round.quota, &Some(needed.to_string()));
        let least = round.counts.values().map(|votes| exact(votes)).min().unwrap_or_default();
        prop_assert!(round.eliminated.iter().all(|id| exact(&round.counts[id]) == least), "{:?}", round);
        let last: Vec<&OptionId> = round.counts.keys().filter(|id| exact(&round.counts[*id]) == least).collect();
        for tie in outcome.ties.iter().filter(|tie| tie.step.is_some_and(|step| step.round == number)) {
            prop_assert_eq!(tie.step.map(|step| step.kind), Some(TieStepKind::Elimination));
            prop_assert_eq!(tie.between.iter().collect::<Vec<_>>(), last.clone());
            prop_assert_eq!(tie.place, ahead + round.counts.len() - last.len() + 1);
        }
        if quota.is_some() {
            used += whole(round.elected.len() as u64) * &needed;
            ahead += round.elected.len();
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_reason_is_true_of_the_ballots(parts in parts(), seats in 1_usize..4) {
        let profile = parts.profile();
        for (method, rule) in Method::ALL.iter().flat_map(|method| rules().map(|rule| (*method, rule))) {
            let outcome = count_with(&profile, method, &rule, &CountOptions { seats }).unwrap();
            let told = Told { profile: &profile, outcome: &outcome };
            for reason in &outcome.reasons {
                prop_assert!(told.is_true(reason), "{:?} of {:?}", reason, outcome);
            }
            let places: Vec<usize> = outcome.reasons.iter().map(Reason::place).collect();
            prop_assert!(places.is_sorted(), "{:?}", places);
            let asked: usize = outcome.places().iter().map(|(place, _)| outcome.reasons_at(*place).count()).sum();
            prop_assert_eq!(asked, outcome.reasons.len());
        }
    }

    #[test]
    fn rounds_lose_no_vote_and_say_where_ties_stand(parts in parts(), seats in 1_usize..4) {
        let profile = parts.profile();
        for rule in rules() {
            check_rounds(&profile, &count(&profile, Method::Irv, &rule).unwrap(), None)?;
            let outcome = count_with(&profile, Method::Stv, &rule, &CountOptions { seats }).unwrap();
            let ranked = profile.ballots().iter().filter(|ballot| ballot.priorities.iter().any(Option::is_some));
            let quota = ranked.map(|ballot| ballot.weight).sum::<u64>() / (seats as u64 + 1) + 1;
            check_rounds(&profile, &outcome, Some(&whole(quota)))?;
        }
    }

    #[test]
    fn the_runoff_of_two_is_told_with_its_votes(parts in parts()) {
        let profile = parts.profile();
        for rule in rules() {
            let outcome = count(&profile, Method::Star, &rule).unwrap();
            prop_assert_eq!(&outcome.rounds[0].counts, &outcome.scores);
            for tie in outcome.ties.iter().filter(|tie| tie.step.is_some()) {
                let ahead = |id: &&OptionId| exact(&outcome.scores[*id]) > exact(&outcome.scores[&tie.between[0]]);
                let is_runoff = tie.step.is_some_and(|step| step.kind == TieStepKind::Runoff && step.round == 2);
                let place = if is_runoff { 1 } else { 1 + outcome.scores.keys().filter(ahead).count() };
                prop_assert_eq!(tie.place, place, "{:?}", tie);
            }
            let Some(runoff) = outcome.rounds.get(1) else { continue };
            let told = Told { profile: &profile, outcome: &outcome };
            let [a, b] = outcome.rounds[0].elected.as_slice() else { panic!("two meet: {outcome:?}") };
            prop_assert_eq!([&runoff.counts[a], &runoff.counts[b]], [&told.prefer(a, b).to_string(), &told.prefer(b, a).to_string()]);
            prop_assert_eq!(exact(&runoff.exhausted), whole(profile.weight() - told.prefer(a, b) - told.prefer(b, a)));
            prop_assert_eq!(&runoff.elected, &outcome.ranking[0]);
            prop_assert_eq!(runoff.number, 2);
        }
    }
}

#[test]
fn a_tie_that_the_lot_decided_shows_seed_and_lots() {
    let level = Profile::new(
        ["a", "b"].map(|id| speca::tally::BallotOption::plain(id, "")).to_vec(),
        vec![speca::tally::Ballot { label: "KAZ".into(), weight: 1, priorities: vec![Some(1), Some(1)] }],
        None,
    );
    let level = level.unwrap();
    let drawn = count(&level, Method::Borda, &TieRule::Lot { seed: "s".into() }).unwrap();
    let tie = &drawn.ties[0];
    assert_eq!((tie.rule.as_str(), tie.seed.as_deref(), tie.place, tie.step), ("lot", Some("s"), 1, None));
    let lot = |id: &str| (OptionId::new(id), speca::tally::tie_rules::lot("s", id));
    assert_eq!(tie.lots, [lot("a"), lot("b")].into());
    let refused = count(&level, Method::Borda, &TieRule::Refuse).unwrap();
    assert_eq!((refused.ties[0].seed.as_deref(), refused.ties[0].lots.len()), (None, 0));
}
