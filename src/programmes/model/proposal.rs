//! Which actions are proposed for a programme, and why: pure.
//!
//! Tiers are taken from the top while a whole tier fits. A tier that does not fit is the border: whoever is tied there is
//! proposed as excluded, all alike, and nobody behind it comes in. The group decides; every departure says why.

use crate::kernel::ids::SubmissionId;

/// The order that a proposal follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// Number of the ballot it comes from; none when it is the ranking.
    pub ballot: Option<i32>,
    /// Places from the top, each with the actions that share it.
    pub tiers: Vec<(usize, Vec<Candidate>)>,
    /// Actions without a place, by reference.
    pub unplaced: Vec<Candidate>,
}

/// An action that could enter a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The action.
    pub submission: SubmissionId,
    /// Its rank in the review.
    pub rank: Option<usize>,
}

/// Why an action is proposed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It stands within the places.
    Within,
    /// It is tied with others at the last place, and they do not all fit.
    TiedAtBorder,
    /// The places are filled before it.
    Beyond,
    /// It has no place in the order.
    Unplaced,
}

/// The grounds of one proposal, from which its reason is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grounds {
    /// Number of the ballot; none when the order is the ranking.
    pub ballot: Option<i32>,
    /// Place in the order.
    pub place: Option<usize>,
    /// Rank in the review.
    pub rank: Option<usize>,
    /// Number of places of the programme.
    pub places: usize,
    /// What follows.
    pub verdict: Verdict,
}

impl Grounds {
    /// Returns whether the action is proposed.
    pub fn is_proposed(&self) -> bool {
        self.verdict == Verdict::Within
    }
}

/// Returns every action with the grounds of its proposal, in the order followed.
pub fn propose(order: &Order, places: usize) -> Vec<(SubmissionId, Grounds)> {
    let mut proposals = Vec::new();
    let mut taken = 0;
    let mut is_full = false;
    for (place, tier) in &order.tiers {
        let fits = !is_full && taken + tier.len() <= places;
        let verdict = match (fits, !is_full && taken < places) {
            (true, _) => Verdict::Within,
            (false, true) => Verdict::TiedAtBorder,
            (false, false) => Verdict::Beyond,
        };
        is_full |= !fits;
        taken += if fits { tier.len() } else { 0 };
        let grounds = |candidate: &Candidate| Grounds {
            ballot: order.ballot,
            place: Some(*place),
            rank: candidate.rank,
            places,
            verdict,
        };
        proposals.extend(tier.iter().map(|candidate| (candidate.submission.clone(), grounds(candidate))));
    }
    let unplaced = |candidate: &Candidate| {
        let (ballot, rank) = (order.ballot, candidate.rank);
        (candidate.submission.clone(), Grounds { ballot, place: None, rank, places, verdict: Verdict::Unplaced })
    };
    proposals.extend(order.unplaced.iter().map(unplaced));
    proposals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: &str) -> Candidate {
        Candidate { submission: SubmissionId::from(id), rank: None }
    }

    /// The verdicts on a, b–d (tied), e and f, of which f has no place.
    fn verdicts(places: usize) -> String {
        let order = Order {
            ballot: None,
            tiers: vec![
                (1, vec![candidate("a")]),
                (2, vec![candidate("b"), candidate("c"), candidate("d")]),
                (5, vec![candidate("e")]),
            ],
            unplaced: vec![candidate("f")],
        };
        let letter = |verdict| match verdict {
            Verdict::Within => 'w',
            Verdict::TiedAtBorder => 't',
            Verdict::Beyond => 'b',
            Verdict::Unplaced => 'u',
        };
        propose(&order, places).iter().map(|(_, grounds)| letter(grounds.verdict)).collect()
    }

    #[test]
    fn who_is_tied_at_the_last_place_is_in_or_out_together() {
        let all: Vec<String> = (0..=6).map(verdicts).collect();
        assert_eq!(all, ["bbbbbu", "wbbbbu", "wtttbu", "wtttbu", "wwwwbu", "wwwwwu", "wwwwwu"]);
    }
}
