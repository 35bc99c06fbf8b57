//! Single transferable vote for several seats: Droop quota, weighted inclusive Gregory transfers (as in the Scottish
//! Local Government Elections Order 2007, with exact fractions and all surpluses of a round passed on together).
//!
//! The quota is the whole number above the valid votes parted by seats and one, once and for all. Whoever reaches it is
//! elected, and every paper it holds passes on with the part of its value that was not needed. If nobody reaches it the
//! last is eliminated. When no more go on than seats are left, all are elected. Order: those elected by round and by
//! votes, then those left, then those eliminated, the latest first. Options tied for the last seats that the tie rule
//! leaves tied are all named as elected; the tie says so.

use num_rational::BigRational;
use num_traits::Zero;

use super::{Basis, Count, Counted, by_number};
use crate::tally::exact::whole;
use crate::tally::rounds::{Fate, Papers, Votes, eliminated, written};

/// What a count knows on its way.
struct Seats {
    free: usize,
    quota: BigRational,
    elected: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    fates: Vec<Option<Fate>>,
}

/// Counts a profile round by round.
pub(super) fn count(count: &Count<'_>) -> Counted {
    let mut papers = Papers::of(count.profile);
    let total = papers.weight();
    let mut seats = Seats {
        free: count.options.seats,
        quota: whole(total / (u64::try_from(count.options.seats).unwrap_or(u64::MAX).saturating_add(1)) + 1),
        elected: Vec::new(),
        below: Vec::new(),
        fates: vec![None; count.profile.options().len()],
    };
    let (mut rounds, mut ties, mut used) = (Vec::new(), Vec::new(), BigRational::zero());
    let mut left: Vec<Vec<usize>> = Vec::new();
    loop {
        let number = rounds.len() + 1;
        let continuing = papers.continuing();
        let votes = papers.votes();
        let exhausted = whole(total) - &used - &votes.continuing;
        let mut round = written(count, number, &continuing, &votes, (&seats.quota, &exhausted));
        let order = by_number(continuing.clone(), |option| &votes.held[option]);
        let reached: Vec<usize> =
            continuing.iter().copied().filter(|option| votes.held[*option] >= seats.quota).collect();
        let named = |options: &[usize]| options.iter().map(|option| count.profile.id(*option)).collect();
        if continuing.len() <= seats.free {
            round.elected = named(&continuing);
            seats.elect_rest(order, &votes, number);
            rounds.push(round);
            break;
        } else if seats.free == 0 {
            left = order;
            seats.remain(&continuing, &votes, number);
            rounds.push(round);
            break;
        } else if reached.is_empty() {
            let ahead = count.options.seats - seats.free;
            let last = eliminated(count, &continuing, &votes, (number, ahead), &mut ties);
            if continuing.len() - last.len() < seats.free {
                // The tied options share what seats are left when the others have theirs.
                round.elected = named(&continuing);
                seats.elect_rest(order, &votes, number);
                rounds.push(round);
                break;
            }
            round.eliminated = named(&last);
            seats.eliminate(last, &votes, number, &mut papers);
        } else {
            round.elected = named(&reached);
            let surplus = |option: &usize| (&votes.held[*option] - &seats.quota) / &votes.held[*option];
            let keep: Vec<(usize, BigRational)> = reached.iter().map(|option| (*option, surplus(option))).collect();
            papers.transfer(&keep);
            used += whole(u64::try_from(reached.len()).unwrap_or(0)) * &seats.quota;
            seats.elect(by_number(reached, |option| &votes.held[option]), &votes, number, &mut papers);
        }
        rounds.push(round);
    }
    let elected = seats.elected.iter().flatten().copied().collect();
    let tiers = seats.elected.into_iter().chain(left).chain(seats.below.into_iter().rev()).collect();
    let fates: Vec<Fate> = seats.fates.into_iter().flatten().collect();
    let scores = fates.iter().map(|fate| fate.votes().clone()).collect();
    Counted { rounds, ties, elected: Some(elected), ..Counted::plain(tiers, scores, Basis::Fates(fates)) }
}

impl Seats {
    fn elect(&mut self, order: Vec<Vec<usize>>, votes: &Votes, round: usize, papers: &mut Papers) {
        for option in order.iter().flatten() {
            papers.leave(*option);
            self.free = self.free.saturating_sub(1);
            let (votes, needed) = (votes.held[*option].clone(), self.quota.clone());
            self.fates[*option] = Some(Fate::Elected { round, votes, needed });
        }
        self.elected.extend(order);
    }

    fn elect_rest(&mut self, order: Vec<Vec<usize>>, votes: &Votes, round: usize) {
        self.remain(&order.concat(), votes, round);
        self.elected.extend(order);
    }

    fn remain(&mut self, options: &[usize], votes: &Votes, round: usize) {
        for option in options {
            self.fates[*option] = Some(Fate::Remained { round, votes: votes.held[*option].clone() });
        }
    }

    fn eliminate(&mut self, last: Vec<usize>, votes: &Votes, round: usize, papers: &mut Papers) {
        for option in &last {
            papers.leave(*option);
            self.fates[*option] = Some(Fate::Eliminated { round, votes: votes.held[*option].clone() });
        }
        self.below.push(last);
    }
}

#[cfg(test)]
mod tests {
    use crate::tally::profile::tests::profile;
    use crate::tally::{CountOptions, Method, TieRule, count_with};

    #[test]
    fn surplus_passes_on_with_the_part_of_its_value_that_was_not_needed() {
        // Quota 21 / 3 + 1 = 8. a has 12 and passes on 4: a third of each paper, 2 to b and 2 to c.
        let ballots = [("1", 6, "1 2 -"), ("2", 6, "1 - 2"), ("3", 5, "- 1 -"), ("4", 4, "- - 1")];
        let options = CountOptions { seats: 2 };
        let outcome = count_with(&profile("a b c", &ballots), Method::Stv, &TieRule::Refuse, &options).unwrap();
        let winners: Vec<&str> = outcome.winners().iter().map(crate::tally::OptionId::as_str).collect();
        assert_eq!(winners, ["a", "b"]);
        assert_eq!(outcome.rounds[1].counts.values().collect::<Vec<_>>(), ["7", "6"]);
        assert_eq!(outcome.rounds[0].quota.as_deref(), Some("8"));
        assert_eq!(outcome.rounds.iter().map(|round| round.exhausted.as_str()).collect::<Vec<_>>(), ["0", "0", "6"]);
    }

    #[test]
    fn options_tied_for_the_last_seat_are_named_and_reported() {
        let tied = profile("a b c", &[("1", 4, "1 - -"), ("2", 1, "- 1 -"), ("3", 1, "- - 1")]);
        let options = CountOptions { seats: 2 };
        let refused = count_with(&tied, Method::Stv, &TieRule::Refuse, &options).unwrap();
        assert_eq!((refused.winners().len(), refused.ties.len(), refused.ties[0].place), (3, 1, 2));
        let fallen = count_with(&tied, Method::Stv, &TieRule::Reference, &options).unwrap();
        assert_eq!(fallen.winners().iter().map(crate::tally::OptionId::as_str).collect::<Vec<_>>(), ["a", "c"]);
    }
}
