//! The profile: all options and all ballots of one count, checked once and then trusted.
//!
//! A ballot is a weak order made of priorities: 1 is the best, equal priorities are ties, gaps do no harm, unranked
//! options are tied last. The profile keeps its options by id and its ballots by label, whatever order they came in:
//! no count can depend on it. Knows nothing of methods.

use std::collections::BTreeSet;
use std::fmt;

use num_rational::BigRational;
use serde::{Deserialize, Serialize};

/// Levels of priority when the rules of the ballot do not name them.
pub const LEVELS_DEFAULT: u32 = 5;

/// Most levels of priority a ballot may have.
pub const LEVELS_MAX: u32 = 100_000;

/// What an option is called in files and outcomes: the reference of the submission, or the file's own id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OptionId(pub String);

impl OptionId {
    /// Makes an id of a text.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OptionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that is voted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotOption {
    /// Its id.
    pub id: OptionId,
    /// Its name, for people.
    pub name: String,
    /// Its score in the review, if it has one: the tie rule `review-score` reads it.
    pub review_score: Option<BigRational>,
    /// Its reference: the tie rule `reference` reads its numbers.
    pub reference: String,
}

impl BallotOption {
    /// Makes an option whose reference is its id and which has no review score.
    pub fn plain(id: &str, name: &str) -> Self {
        Self { id: OptionId::new(id), name: name.to_owned(), review_score: None, reference: id.to_owned() }
    }
}

/// What one delegation cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Code of the delegation, or the file's own label.
    pub label: String,
    /// How often it counts.
    pub weight: u64,
    /// The priority of each option, in the order of the options; 1 is the best, nothing is unranked.
    pub priorities: Vec<Option<u32>>,
}

/// Why options and ballots do not make a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// There is nothing to vote on.
    #[error("there is no option")]
    NoOptions,
    /// An id or label is empty or holds a control character.
    #[error("`{0}` is no id: it is empty or holds a control character")]
    BadId(String),
    /// Two options with one id.
    #[error("option `{0}` is there twice")]
    OptionTwice(OptionId),
    /// Two ballots with one label.
    #[error("ballot `{0}` is there twice")]
    BallotTwice(String),
    /// A ballot with too many or too few priorities.
    #[error("ballot `{label}` has {found} priorities for {expected} options")]
    Length {
        /// Label of the ballot.
        label: String,
        /// Priorities found.
        found: usize,
        /// Options there are.
        expected: usize,
    },
    /// A priority outside 1 to the number of levels.
    #[error("ballot `{label}` gives `{option}` the priority {found}; 1 to {levels} is accepted")]
    Priority {
        /// Label of the ballot.
        label: String,
        /// The option.
        option: OptionId,
        /// The priority found.
        found: u32,
        /// The number of levels.
        levels: u32,
    },
    /// A number of levels outside 1 to [`LEVELS_MAX`].
    #[error("{0} levels of priority; 1 to {LEVELS_MAX} is accepted")]
    Levels(u32),
    /// A ballot that counts for nothing.
    #[error("ballot `{0}` has the weight 0")]
    NoWeight(String),
    /// The weights together are beyond any electorate.
    #[error("the weights of the ballots together are too large")]
    WeightTooLarge,
}

/// All options and ballots of one count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    options: Vec<BallotOption>,
    ballots: Vec<Ballot>,
    levels: u32,
    weight: u64,
}

impl Profile {
    /// Checks and puts in order options and ballots. Without `levels`, the levels are [`LEVELS_DEFAULT`] or the
    /// greatest priority found, whichever is more.
    pub fn new(options: Vec<BallotOption>, ballots: Vec<Ballot>, levels: Option<u32>) -> Result<Self, ProfileError> {
        check_options(&options)?;
        let greatest = ballots.iter().flat_map(|ballot| ballot.priorities.iter().flatten()).max().copied();
        let levels = levels.unwrap_or_else(|| greatest.unwrap_or(0).max(LEVELS_DEFAULT));
        if !(1..=LEVELS_MAX).contains(&levels) {
            return Err(ProfileError::Levels(levels));
        }
        let weight = check_ballots(&options, &ballots, levels)?;
        let mut order: Vec<usize> = (0..options.len()).collect();
        order.sort_by(|a, b| options[*a].id.cmp(&options[*b].id));
        let mut ballots: Vec<Ballot> = ballots
            .into_iter()
            .map(|ballot| Ballot {
                priorities: order.iter().map(|position| ballot.priorities[*position]).collect(),
                ..ballot
            })
            .collect();
        ballots.sort_by(|a, b| a.label.cmp(&b.label));
        let options = order.iter().map(|position| options[*position].clone()).collect();
        Ok(Self { options, ballots, levels, weight })
    }

    /// Returns the profile that is left where everybody abstained and no option is named.
    pub const fn of_nothing() -> Self {
        Self { options: Vec::new(), ballots: Vec::new(), levels: LEVELS_DEFAULT, weight: 0 }
    }

    /// Returns the same without the ballot of a label.
    #[must_use]
    pub fn without(&self, label: &str) -> Self {
        let mut other = self.clone();
        other.ballots.retain(|ballot| ballot.label != label);
        other.weight = other.ballots.iter().map(|ballot| ballot.weight).sum();
        other
    }

    /// Returns the options, by id.
    pub fn options(&self) -> &[BallotOption] {
        &self.options
    }

    /// Returns the ballots, by label; their priorities follow [`Self::options`].
    pub fn ballots(&self) -> &[Ballot] {
        &self.ballots
    }

    /// Returns the number of levels of priority.
    pub const fn levels(&self) -> u32 {
        self.levels
    }

    /// Returns the weight of all ballots together.
    pub const fn weight(&self) -> u64 {
        self.weight
    }

    /// Returns the option of an id.
    pub fn option(&self, id: &OptionId) -> Option<&BallotOption> {
        self.position(id).map(|position| &self.options[position])
    }

    /// Returns the position of an id in [`Self::options`].
    pub fn position(&self, id: &OptionId) -> Option<usize> {
        self.options.binary_search_by(|option| option.id.cmp(id)).ok()
    }

    /// Returns the id at a position of [`Self::options`].
    pub(super) fn id(&self, position: usize) -> OptionId {
        self.options[position].id.clone()
    }
}

fn check_options(options: &[BallotOption]) -> Result<(), ProfileError> {
    if options.is_empty() {
        return Err(ProfileError::NoOptions);
    }
    let mut ids = BTreeSet::new();
    for option in options {
        check_id(option.id.as_str())?;
        if !ids.insert(&option.id) {
            return Err(ProfileError::OptionTwice(option.id.clone()));
        }
    }
    Ok(())
}

fn check_ballots(options: &[BallotOption], ballots: &[Ballot], levels: u32) -> Result<u64, ProfileError> {
    let mut labels = BTreeSet::new();
    let mut weight = 0_u64;
    for ballot in ballots {
        check_id(&ballot.label)?;
        if !labels.insert(&ballot.label) {
            return Err(ProfileError::BallotTwice(ballot.label.clone()));
        }
        if ballot.weight == 0 {
            return Err(ProfileError::NoWeight(ballot.label.clone()));
        }
        weight = weight.checked_add(ballot.weight).ok_or(ProfileError::WeightTooLarge)?;
        if ballot.priorities.len() != options.len() {
            let (label, found) = (ballot.label.clone(), ballot.priorities.len());
            return Err(ProfileError::Length { label, found, expected: options.len() });
        }
        for (option, priority) in options.iter().zip(&ballot.priorities) {
            if let Some(found) = priority.filter(|priority| !(1..=levels).contains(priority)) {
                let (label, option) = (ballot.label.clone(), option.id.clone());
                return Err(ProfileError::Priority { label, option, found, levels });
            }
        }
    }
    Ok(weight)
}

fn check_id(id: &str) -> Result<(), ProfileError> {
    let is_bad = id.trim().is_empty() || id.chars().any(char::is_control);
    if is_bad { Err(ProfileError::BadId(id.to_owned())) } else { Ok(()) }
}

impl Ballot {
    /// Returns the tiers of the weak order as positions of options: the best first, unranked options tied last.
    pub fn tiers(&self) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.priorities.len()).collect();
        order.sort_by_key(|position| self.rank(*position));
        order.chunk_by(|a, b| self.rank(*a) == self.rank(*b)).map(<[usize]>::to_vec).collect()
    }

    /// Returns the priority of an option, with unranked behind every priority.
    pub(super) fn rank(&self, position: usize) -> u32 {
        self.priorities[position].unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Makes a profile of ids and ballots written as priorities, `-` for unranked: `("KAZ", 1, "1 2 -")`.
    pub(crate) fn profile(ids: &str, ballots: &[(&str, u64, &str)]) -> Profile {
        let options = ids.split(' ').map(|id| BallotOption::plain(id, id)).collect();
        let ballots = ballots
            .iter()
            .map(|(label, weight, priorities)| Ballot {
                label: (*label).to_owned(),
                weight: *weight,
                priorities: priorities.split(' ').map(|priority| priority.parse().ok()).collect(),
            })
            .collect();
        Profile::new(options, ballots, None).unwrap()
    }

    fn ballot(label: &str, weight: u64, priorities: &[Option<u32>]) -> Ballot {
        Ballot { label: label.to_owned(), weight, priorities: priorities.to_vec() }
    }

    #[test]
    fn bad_data_is_refused() {
        let a = || BallotOption::plain("a", "A");
        let refusal = |options: Vec<BallotOption>, ballots: Vec<Ballot>, levels| {
            Profile::new(options, ballots, levels).expect_err("refused")
        };
        assert_eq!(refusal(vec![], vec![], None), ProfileError::NoOptions);
        assert_eq!(refusal(vec![BallotOption::plain(" ", "")], vec![], None), ProfileError::BadId(" ".into()));
        assert_eq!(refusal(vec![a(), a()], vec![], None), ProfileError::OptionTwice(OptionId::new("a")));
        assert_eq!(refusal(vec![a()], vec![], Some(0)), ProfileError::Levels(0));
        let one = || ballot("KAZ", 1, &[Some(1)]);
        assert_eq!(refusal(vec![a()], vec![one(), one()], None), ProfileError::BallotTwice("KAZ".into()));
        assert_eq!(refusal(vec![a()], vec![ballot("KAZ", 0, &[None])], None), ProfileError::NoWeight("KAZ".into()));
        let large = vec![ballot("KAZ", u64::MAX, &[None]), ballot("KGZ", 1, &[None])];
        assert_eq!(refusal(vec![a()], large, None), ProfileError::WeightTooLarge);
        let short = refusal(vec![a()], vec![ballot("KAZ", 1, &[])], None);
        assert_eq!(short, ProfileError::Length { label: "KAZ".into(), found: 0, expected: 1 });
        for found in [0, 4] {
            let refused = refusal(vec![a()], vec![ballot("KAZ", 1, &[Some(found)])], Some(3));
            let option = OptionId::new("a");
            assert_eq!(refused, ProfileError::Priority { label: "KAZ".into(), option, found, levels: 3 });
        }
    }

    #[test]
    fn the_order_of_entry_leaves_no_trace() {
        let one = profile("b a", &[("KGZ", 1, "1 2"), ("KAZ", 2, "- 3")]);
        let other = profile("a b", &[("KAZ", 2, "3 -"), ("KGZ", 1, "2 1")]);
        assert_eq!(one, other);
    }

    #[test]
    fn gaps_do_no_harm_and_unranked_options_are_tied_last() {
        let profile = profile("a b c d e", &[("KAZ", 1, "4 - 2 4 -")]);
        assert_eq!(profile.ballots()[0].tiers(), [vec![2], vec![0, 3], vec![1, 4]]);
        assert_eq!(profile.levels(), 5);
    }

    #[test]
    fn ids_stand_on_one_line_and_levels_have_a_bound() {
        for id in ["", "a\u{7}", "a\nb"] {
            let refused = Profile::new(vec![BallotOption::plain(id, "")], vec![], None);
            assert_eq!(refused, Err(ProfileError::BadId(id.into())), "{id:?}");
        }
        let with_levels = |levels| Profile::new(vec![BallotOption::plain("a", "")], vec![], Some(levels));
        assert_eq!(with_levels(LEVELS_MAX + 1), Err(ProfileError::Levels(LEVELS_MAX + 1)));
        assert_eq!(with_levels(LEVELS_MAX).map(|profile| profile.levels()), Ok(LEVELS_MAX));
        let nothing = Profile::of_nothing();
        assert_eq!((nothing.options(), nothing.ballots(), nothing.weight()), (&[][..], &[][..], 0));
    }

    #[test]
    fn a_profile_without_a_ballot_is_that_of_the_others() {
        let all = profile("a b", &[("KAZ", 2, "1 2"), ("KGZ", 3, "2 1"), ("UZB", 4, "1 1")]);
        assert_eq!(all.without("KGZ"), profile("a b", &[("KAZ", 2, "1 2"), ("UZB", 4, "1 1")]));
        assert_eq!(all.without("TJK"), all);
        assert_eq!(all.option(&OptionId::new("b")).map(|option| option.id.to_string()), Some("b".to_owned()));
        assert_eq!(all.option(&OptionId::new("c")), None);
    }
}
