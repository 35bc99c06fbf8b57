//! Tie rules: chosen before a ballot opens, they say how options fall that a method leaves tied.
//!
//! A tie is a value. A rule that cannot decide (equal review scores, none given) leaves the options tied and says so.

use std::cmp::Ordering;

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Tiers;
use super::profile::{BallotOption, OptionId, Profile};
use crate::coded_enum;

/// How tied options fall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum TieRule {
    /// They do not: the tie is reported.
    Refuse,
    /// The higher review score goes ahead; without a score behind any score.
    ReviewScore,
    /// The higher reference number goes ahead: the numbers in the reference from left to right, then its letters.
    Reference,
    /// The lot decides: the smaller [`lot`] of seed and id goes ahead.
    Lot {
        /// The published seed.
        seed: String,
    },
}

coded_enum! {
    /// What a step of a method was about when it met a tie.
    pub enum TieStepKind {
        /// Who is eliminated.
        Elimination = "elimination",
        /// Who comes into the runoff.
        Finalist = "finalist",
        /// Who wins the runoff.
        Runoff = "runoff",
        /// Which direct wins are locked.
        Lock = "lock",
    }
}

/// The step of a method that met a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieStep {
    /// What it was about.
    pub kind: TieStepKind,
    /// Its number; 1 is the first.
    pub round: usize,
}

impl TieRule {
    /// The codes of all rules.
    pub const CODES: [&'static str; 4] = ["refuse", "review-score", "reference", "lot"];

    /// Returns the code of the rule.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refuse => Self::CODES[0],
            Self::ReviewScore => Self::CODES[1],
            Self::Reference => Self::CODES[2],
            Self::Lot { .. } => Self::CODES[3],
        }
    }

    /// Returns the rule of a code; the seed is kept by the lot alone.
    pub fn from_code(code: &str, seed: &str) -> Option<Self> {
        match code {
            "refuse" => Some(Self::Refuse),
            "review-score" => Some(Self::ReviewScore),
            "reference" => Some(Self::Reference),
            "lot" => Some(Self::Lot { seed: seed.to_owned() }),
            _ => None,
        }
    }

    /// Returns the seed of the lot.
    pub fn seed(&self) -> Option<&str> {
        match self {
            Self::Lot { seed } => Some(seed),
            Self::Refuse | Self::ReviewScore | Self::Reference => None,
        }
    }

    /// Lets tied options fall; those that the rule leaves tied stay in one tier, by id.
    pub fn settle(&self, profile: &Profile, tied: &[OptionId]) -> Tiers {
        let mut options: Vec<&BallotOption> = tied.iter().filter_map(|id| profile.option(id)).collect();
        options.sort_by(|a, b| self.compare(a, b).then_with(|| a.id.cmp(&b.id)));
        options
            .chunk_by(|a, b| self.compare(a, b) == Ordering::Equal)
            .map(|tier| tier.iter().map(|option| option.id.clone()).collect())
            .collect()
    }

    fn compare(&self, a: &BallotOption, b: &BallotOption) -> Ordering {
        match self {
            Self::Refuse => Ordering::Equal,
            Self::ReviewScore => b.review_score.cmp(&a.review_score),
            Self::Reference => reference_key(&b.reference).cmp(&reference_key(&a.reference)),
            Self::Lot { seed } => lot(seed, a.id.as_str()).cmp(&lot(seed, b.id.as_str())).then_with(|| a.id.cmp(&b.id)),
        }
    }
}

/// Returns the lot of an id: SHA-256 of seed, colon and id, in hexadecimal. Anybody can draw it again with `sha256sum`.
pub fn lot(seed: &str, id: &str) -> String {
    hexadecimal(&Sha256::digest(format!("{seed}:{id}")))
}

/// Writes bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Returns the numbers in a reference from left to right, then the reference itself.
fn reference_key(reference: &str) -> (Vec<BigInt>, &str) {
    let numbers = reference
        .split(|character: char| !character.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    (numbers, reference)
}

#[cfg(test)]
mod tests {
    use super::super::exact::parse_exact;
    use super::*;

    fn settled(rule: &TieRule, options: &[(&str, &str)]) -> String {
        let options = options
            .iter()
            .map(|(id, score)| BallotOption { review_score: parse_exact(score), ..BallotOption::plain(id, "") })
            .collect::<Vec<_>>();
        let ids: Vec<OptionId> = options.iter().map(|option| option.id.clone()).collect();
        let profile = Profile::new(options, vec![], None).unwrap();
        let tiers = rule.settle(&profile, &ids);
        tiers
            .iter()
            .map(|tier| tier.iter().map(OptionId::as_str).collect::<Vec<_>>().join("="))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn each_rule_decides_by_its_own_data_and_leaves_the_rest_tied() {
        let scored = [("a", "3.5"), ("b", ""), ("c", "7/2"), ("d", "4"), ("e", "")];
        assert_eq!(settled(&TieRule::Refuse, &scored), "a=b=c=d=e");
        assert_eq!(settled(&TieRule::ReviewScore, &scored), "d a=c b=e");
        let referenced =
            [("PA-UZB-2020-002", ""), ("PA-AFG-2020-010", ""), ("PA-KAZ-2020-002", ""), ("PA-TJK-2021-001", "")];
        assert_eq!(
            settled(&TieRule::Reference, &referenced),
            "PA-TJK-2021-001 PA-AFG-2020-010 PA-UZB-2020-002 PA-KAZ-2020-002"
        );
    }

    #[test]
    fn the_lot_is_the_published_hash() {
        // printf '%s' 'seed:a' | sha256sum
        assert_eq!(lot("seed", "a"), hexadecimal(&Sha256::digest(b"seed:a")));
        let rule = TieRule::Lot { seed: "fifteenth".into() };
        let mut expected = ["a", "b", "c"];
        expected.sort_by_key(|id| lot("fifteenth", id));
        let options = [("c", ""), ("a", ""), ("b", "")];
        assert_eq!(settled(&rule, &options), expected.join(" "));
        assert_eq!(settled(&rule, &options), settled(&rule, &[("a", ""), ("b", ""), ("c", "")]));
    }

    #[test]
    fn codes_lead_to_rules_and_back() {
        for code in TieRule::CODES {
            let rule = TieRule::from_code(code, "s").unwrap();
            assert_eq!(rule.code(), code);
            let json = serde_json::to_string(&rule).unwrap();
            assert_eq!(serde_json::from_str::<TieRule>(&json).unwrap(), rule);
        }
        assert_eq!(TieRule::from_code("coin", ""), None);
    }
}
