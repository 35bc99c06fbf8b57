//! The urn of a secret ballot, what papers look like when they are counted, and when numbers would give a paper away.

use serde::{Deserialize, Serialize};

use super::{BallotOption, Line, Paper, PaperKind, Vote};
use crate::tally::Outcome;

/// Fewest papers of a secret ballot that can be counted: the order alone of fewer would tell what they say.
pub const COUNTABLE_MIN: usize = 3;
/// How many papers a secret ballot needs for numbers to be published, unless it is set otherwise.
pub const FEWEST_PAPERS_DEFAULT: u32 = 12;
/// Highest number that can be set.
pub const FEWEST_PAPERS_MAX: u32 = 99;

/// The papers of a secret ballot and the codes of those who put them in: two lists, each sorted by itself, so that neither
/// says when a paper came nor which code belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urn {
    papers: Vec<Vote>,
    codes: Vec<String>,
}

impl Urn {
    /// Puts a paper in, and a code.
    pub fn put(&mut self, mut vote: Vote, code: &str) {
        if let Vote::Ranked(lines) = &mut vote {
            lines.sort();
        }
        self.papers.push(vote);
        self.papers.sort();
        self.codes.push(code.to_owned());
        self.codes.sort();
    }

    /// Returns the codes.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// Returns the papers as they are counted, numbered in an order that follows from what they say.
    pub fn cast(&self) -> Vec<Cast> {
        let numbered = (1..).zip(&self.papers);
        let cast = |(number, vote): (usize, &Vote)| Cast {
            label: format!("{number:02}"),
            kind: vote.kind(),
            lines: vote.lines().to_vec(),
            number: None,
            receipt: String::new(),
        };
        numbered.map(cast).collect()
    }
}

/// A paper as it is counted and published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// Code of the delegation; in a secret ballot a number that says nothing.
    pub label: String,
    /// Priorities or abstention.
    pub kind: PaperKind,
    /// What it says about each option; none when abstaining.
    pub lines: Vec<Line>,
    /// Number within ballot and delegation; none in a secret ballot.
    pub number: Option<i32>,
    /// By which its delegation finds it; empty in a secret ballot.
    pub receipt: String,
}

impl Cast {
    /// Returns the priority of an option.
    pub fn priority(&self, reference: &str) -> Option<u32> {
        self.lines.iter().find(|line| line.reference == reference).and_then(|line| line.priority)
    }

    /// Returns what the paper says of two options: the first above, level or below; nothing when it abstains.
    fn compares(&self, one: &str, other: &str) -> Option<std::cmp::Ordering> {
        let place = |reference: &str| self.priority(reference).unwrap_or(u32::MAX);
        (self.kind == PaperKind::Ranked).then(|| place(one).cmp(&place(other)))
    }
}

impl From<&Paper> for Cast {
    fn from(paper: &Paper) -> Self {
        Self {
            label: paper.code.clone(),
            kind: paper.kind,
            lines: paper.lines.clone(),
            number: Some(paper.number),
            receipt: paper.receipt.clone().unwrap_or_default(),
        }
    }
}

/// Returns whether all but one of some papers, or all, say the same.
fn all_but_one<T: PartialEq>(said: &[T]) -> bool {
    said.iter().any(|one| said.iter().filter(|other| *other == one).count() + 1 >= said.len())
}

/// Returns whether numbers would show what single papers of a secret ballot say: they are too few, or all but one say the
/// same of an option or of two compared.
pub fn gives_away(papers: &[Cast], options: &[BallotOption], fewest: u32) -> bool {
    let is_few = u32::try_from(papers.len()).is_ok_and(|papers| papers < fewest);
    let options: Vec<&str> = options.iter().map(|option| option.reference.as_str()).collect();
    let alone = |option: &&str| {
        all_but_one(&papers.iter().map(|paper| (paper.kind, paper.priority(option))).collect::<Vec<_>>())
    };
    let compared = |one: &&str| {
        let said = |other: &&str| papers.iter().map(|paper| paper.compares(one, other)).collect::<Vec<_>>();
        options.iter().filter(|other| one < *other).any(|other| all_but_one(&said(other)))
    };
    is_few || options.iter().any(alone) || options.iter().any(compared)
}

/// Returns an outcome that tells the order and how ties fell, and no number.
pub fn ranks_only(outcome: Outcome) -> Outcome {
    let mut only = outcome;
    only.weight = 0;
    only.scores.clear();
    only.pairwise.rows.clear();
    only.paths = None;
    only.condorcet_winner = None;
    only.smith_set.clear();
    only.ties.retain(|tie| tie.step.is_none());
    only.reasons.clear();
    only.rounds.clear();
    only
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ballots::model::tests::option;

    fn vote(priorities: &[Option<u32>]) -> Vote {
        if priorities.is_empty() {
            return Vote::Abstain;
        }
        let line = |(number, priority): (usize, &Option<u32>)| Line {
            reference: format!("PA-{number}"),
            priority: *priority,
            objection: String::new(),
        };
        Vote::Ranked(priorities.iter().enumerate().map(line).collect())
    }

    fn urn(votes: &[Vec<Option<u32>>]) -> Urn {
        let mut urn = Urn::default();
        for (number, priorities) in votes.iter().enumerate() {
            urn.put(vote(priorities), &format!("code {number}"));
        }
        urn
    }

    fn given_away(votes: &[&[Option<u32>]], fewest: u32) -> bool {
        let votes: Vec<Vec<Option<u32>>> = votes.iter().map(|one| one.to_vec()).collect();
        gives_away(&urn(&votes).cast(), &[option("PA-0"), option("PA-1")], fewest)
    }

    #[test]
    fn numbers_stay_sealed_where_they_would_show_a_single_paper() {
        let [a, b] = [&[Some(1), Some(2)][..], &[Some(2), Some(1)][..]];
        let mixed = [a, a, b, b, &[Some(1), None], &[None, Some(1)]];
        assert!(!given_away(&mixed, 6), "six papers, no comparison with fewer than two on a side");
        assert!(given_away(&mixed, 7), "fewer papers than stated");
        assert!(given_away(&[a, a, a, a], 2), "unanimous");
        assert!(given_away(&[a, a, a, b], 2), "all but one");
        assert!(given_away(&[&[], &[], &[], b], 2), "all but one abstain");
        // Each option has varied priorities, yet all but one put the first above the second.
        let same_way: [&[Option<u32>]; 4] =
            [&[Some(1), Some(3)], &[Some(2), Some(4)], &[Some(1), Some(4)], &[Some(2), Some(1)]];
        assert!(given_away(&same_way, 2), "all but one compare alike");
    }

    proptest! {
        #[test]
        fn an_urn_does_not_know_in_which_order_papers_came_nor_whose_code_is_whose(
            votes in prop::collection::vec(prop::collection::vec(prop::option::of(1_u32..6), 0..4), 1..9),
            seed in any::<u64>(),
        ) {
            let mut shuffled = votes.clone();
            let turn = usize::try_from(seed % 97).unwrap_or(0) % shuffled.len();
            shuffled.rotate_left(turn);
            if seed % 2 == 0 {
                shuffled.reverse();
            }
            // The codes come in the same order both times, so each belongs to another paper.
            prop_assert_eq!(
                serde_json::to_string(&urn(&votes)).expect("text"),
                serde_json::to_string(&urn(&shuffled)).expect("text")
            );
        }
    }
}
