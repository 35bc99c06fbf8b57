//! Turnout: who cast, abstained, did not vote or was absent; the quorum, the base and the order of the roll call.
//!
//! Abstentions are not votes; absent, not voting and abstaining are three things (DESIGN §5).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use serde::{Deserialize, Serialize};

use super::tie_rules::lot;
use crate::coded_enum;

coded_enum! {
    /// What a delegation of the electorate did.
    pub enum RollKind {
        /// Cast a ballot.
        Cast = "cast",
        /// Abstained.
        Abstained = "abstained",
        /// Was present and did not vote.
        NotVoting = "not-voting",
        /// Was absent, or its place is vacant.
        Absent = "absent",
    }
}

coded_enum! {
    /// Of whom a majority or share is reckoned.
    pub enum Base {
        /// Those who cast a ballot.
        PresentAndVoting = "present-and-voting",
        /// Those present: cast, abstained or not voting.
        Present = "present",
        /// The whole electorate.
        Electorate = "electorate",
    }
}

/// How many must be present. Written `none`, `majority-of-electorate` or `number:4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quorum {
    /// No quorum.
    None,
    /// More than half of the electorate.
    MajorityOfElectorate,
    /// So many delegations.
    Number(u32),
}

impl fmt::Display for Quorum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::MajorityOfElectorate => f.write_str("majority-of-electorate"),
            Self::Number(number) => write!(f, "number:{number}"),
        }
    }
}

/// A text that is no quorum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no quorum; `none`, `majority-of-electorate` and `number:4` are accepted")]
pub struct UnknownQuorum(pub String);

impl FromStr for Quorum {
    type Err = UnknownQuorum;

    fn from_str(text: &str) -> Result<Self, UnknownQuorum> {
        let number = || text.strip_prefix("number:").and_then(|number| number.parse().ok()).map(Self::Number);
        match text {
            "none" => Ok(Self::None),
            "majority-of-electorate" => Ok(Self::MajorityOfElectorate),
            _ => number().ok_or_else(|| UnknownQuorum(text.to_owned())),
        }
    }
}

impl Serialize for Quorum {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Quorum {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One line of the roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollEntry {
    /// Code of the delegation.
    pub delegation: String,
    /// What it did.
    pub kind: RollKind,
}

/// The roll of the whole electorate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roll {
    /// One line for each delegation of the electorate.
    pub entries: Vec<RollEntry>,
    /// How many of those that cast a paper abstained in a secret ballot, where nobody knows which.
    #[serde(default, skip_serializing_if = "is_none")]
    pub abstained_unnamed: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_none(number: &usize) -> bool {
    *number == 0
}

/// Whether the quorum was met, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuorumCheck {
    /// The rule.
    pub quorum: Quorum,
    /// Delegations of the electorate.
    pub electorate: usize,
    /// Delegations present.
    pub present: usize,
    /// Delegations that must be present.
    pub needed: usize,
}

impl QuorumCheck {
    /// Returns whether enough were present.
    pub const fn is_met(&self) -> bool {
        self.present >= self.needed
    }
}

impl Roll {
    /// Returns how many did one thing.
    pub fn number(&self, kind: RollKind) -> usize {
        let named = self.entries.iter().filter(|entry| entry.kind == kind).count();
        match kind {
            RollKind::Cast => named - self.abstained_unnamed,
            RollKind::Abstained => named + self.abstained_unnamed,
            RollKind::NotVoting | RollKind::Absent => named,
        }
    }

    /// Returns the number of delegations that a base counts.
    pub fn base(&self, base: Base) -> usize {
        match base {
            Base::PresentAndVoting => self.number(RollKind::Cast),
            Base::Present => self.entries.len() - self.number(RollKind::Absent),
            Base::Electorate => self.entries.len(),
        }
    }

    /// Returns the smallest number that is a majority of a base.
    pub fn majority(&self, base: Base) -> usize {
        self.base(base) / 2 + 1
    }

    /// Checks the quorum: who abstains or does not vote is present.
    pub fn check_quorum(&self, quorum: Quorum) -> QuorumCheck {
        let needed = match quorum {
            Quorum::None => 0,
            Quorum::MajorityOfElectorate => self.majority(Base::Electorate),
            Quorum::Number(number) => usize::try_from(number).unwrap_or(usize::MAX),
        };
        QuorumCheck { quorum, electorate: self.entries.len(), present: self.base(Base::Present), needed }
    }
}

static ENGLISH: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("en").into(), CollatorOptions::default())
        .expect("invariant: the English order is compiled in")
});

/// Returns the codes of delegations, given as code and English name, in the order of the roll call: English alphabetical,
/// beginning with the delegation whose [`lot`] is smallest, and round to the one before it.
pub fn roll_call_order(delegations: &[(String, String)], seed: &str) -> Vec<String> {
    let mut delegations = delegations.to_vec();
    delegations.sort_by(|a, b| match ENGLISH.compare(&a.1, &b.1) {
        Ordering::Equal => a.0.cmp(&b.0),
        order => order,
    });
    let mut codes: Vec<String> = delegations.into_iter().map(|(code, _)| code).collect();
    let drawn = codes.iter().enumerate().min_by_key(|(_, code)| lot(seed, code)).map_or(0, |(position, _)| position);
    codes.rotate_left(drawn);
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roll(cast: usize, abstained: usize, not_voting: usize, absent: usize) -> Roll {
        let kinds = [
            (RollKind::Cast, cast),
            (RollKind::Abstained, abstained),
            (RollKind::NotVoting, not_voting),
            (RollKind::Absent, absent),
        ];
        let entries = kinds.iter().flat_map(|(kind, number)| vec![*kind; *number]).enumerate();
        let entries = entries.map(|(n, kind)| RollEntry { delegation: format!("D{n}"), kind }).collect();
        Roll { entries, ..Roll::default() }
    }

    #[test]
    fn absent_not_voting_and_abstaining_are_three_things() {
        let roll = roll(3, 1, 1, 2);
        assert_eq!(Base::ALL.iter().map(|base| roll.base(*base)).collect::<Vec<_>>(), [3, 5, 7]);
        assert_eq!(Base::ALL.iter().map(|base| roll.majority(*base)).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn the_quorum_counts_those_present_of_the_whole_electorate() {
        for (roll, quorum, needed, is_met) in [
            (roll(0, 0, 0, 7), Quorum::None, 0, true),
            (roll(2, 1, 1, 3), Quorum::MajorityOfElectorate, 4, true),
            (roll(3, 0, 0, 4), Quorum::MajorityOfElectorate, 4, false),
            (roll(3, 0, 0, 3), Quorum::MajorityOfElectorate, 4, false),
            (roll(4, 1, 0, 2), Quorum::Number(5), 5, true),
            (roll(4, 0, 0, 3), Quorum::Number(5), 5, false),
        ] {
            let check = roll.check_quorum(quorum);
            assert_eq!((check.needed, check.is_met()), (needed, is_met), "{quorum} {check:?}");
        }
    }

    #[test]
    fn a_quorum_is_read_as_it_is_written() {
        for quorum in [Quorum::None, Quorum::MajorityOfElectorate, Quorum::Number(5)] {
            assert_eq!(quorum.to_string().parse(), Ok(quorum));
        }
        assert!("number:".parse::<Quorum>().is_err() && "half".parse::<Quorum>().is_err());
    }

    #[test]
    fn the_roll_is_called_in_english_order_from_the_delegation_drawn() {
        let names = [("UZB", "Uzbekistan"), ("TUR", "Türkiye"), ("AFG", "Afghanistan"), ("TKM", "Turkmenistan")];
        let delegations = names.map(|(code, name)| (code.to_owned(), name.to_owned()));
        let round = ["AFG", "TUR", "TKM", "UZB"];
        let mut starts = std::collections::BTreeSet::new();
        for seed in 0..50 {
            let order = roll_call_order(&delegations, &seed.to_string());
            let start = round.iter().position(|code| *code == order[0]).unwrap();
            assert!((0..4).all(|step| order[step] == round[(start + step) % 4]), "{order:?}");
            starts.insert(start);
        }
        assert_eq!(starts.len(), 4);
        assert!(roll_call_order(&[], "1").is_empty());
    }

    #[test]
    fn abstentions_that_nobody_can_name_are_taken_from_the_papers_cast() {
        let secret = Roll { abstained_unnamed: 2, ..roll(5, 1, 1, 3) };
        assert_eq!(RollKind::ALL.iter().map(|kind| secret.number(*kind)).collect::<Vec<_>>(), [3, 3, 1, 3]);
        assert_eq!(Base::ALL.iter().map(|base| secret.base(*base)).collect::<Vec<_>>(), [3, 7, 10]);
        assert!(serde_json::to_string(&secret).unwrap().ends_with(r#""abstained_unnamed":2}"#));
        let named = serde_json::to_string(&roll(1, 0, 0, 0)).unwrap();
        assert_eq!(named, r#"{"entries":[{"delegation":"D0","kind":"cast"}]}"#);
    }

    #[test]
    fn a_stored_quorum_is_its_text() {
        let text = serde_json::to_string(&Quorum::Number(5)).unwrap();
        assert_eq!(text, r#""number:5""#);
        assert_eq!(serde_json::from_str::<Quorum>(&text).unwrap(), Quorum::Number(5));
        assert!(serde_json::from_str::<Quorum>(r#""half""#).is_err());
    }
}
