//! Exact numbers from text and back. No float decides anything.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero, pow};

/// Longest text of a number, so that a file cannot make us compute with millions of digits.
const LENGTH_MAX: usize = 64;

/// Reads a whole number, a decimal (`3.75` or `3,75`) or a fraction (`15/4`) exactly.
pub fn parse_exact(text: &str) -> Option<BigRational> {
    let text = text.trim();
    // The fraction of a number that was read is at most twice as long.
    if text.len() > 2 * LENGTH_MAX + 1 || (text.len() > LENGTH_MAX && !text.contains('/')) {
        return None;
    }
    if let Some((top, bottom)) = text.split_once('/') {
        let bottom = digits(bottom)?;
        return (!bottom.is_zero()).then(|| signed(top)).flatten().map(|top| BigRational::new(top, bottom));
    }
    match text.split_once(['.', ',']) {
        None => signed(text).map(BigRational::from_integer),
        Some((whole, decimals)) => {
            digits(decimals)?;
            let scale = pow(BigInt::from(10), decimals.len());
            signed(&format!("{whole}{decimals}")).map(|number| BigRational::new(number, scale))
        }
    }
}

fn signed(text: &str) -> Option<BigInt> {
    match text.strip_prefix('-') {
        Some(rest) => digits(rest).map(|number| -number),
        None => digits(text),
    }
}

fn digits(text: &str) -> Option<BigInt> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Returns the exact whole number of a weight or count.
pub(super) fn whole(number: u64) -> BigRational {
    BigRational::new_raw(number.into(), BigInt::one())
}

/// A sum of weights that were shared by so many: kept by the number of sharers, so that adding stays cheap.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares(BTreeMap<usize, u64>);

impl Shares {
    /// Adds one part of a weight shared by so many.
    pub(super) fn add(&mut self, weight: u64, parts: usize) {
        *self.0.entry(parts).or_default() += weight;
    }

    /// Returns the exact sum.
    pub(super) fn sum(&self) -> BigRational {
        self.0.iter().map(|(parts, weight)| whole(*weight) / BigRational::from_integer(BigInt::from(*parts))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        for (text, expected) in [
            ("7", "7"),
            ("7/2", "7/2"),
            ("3.50", "7/2"),
            ("3,5", "7/2"),
            ("-0.1", "-1/10"),
            ("-4/6", "-2/3"),
            (" 12 ", "12"),
        ] {
            assert_eq!(parse_exact(text).map(|n| n.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", ".", "1/0", "1/", "/2", "1.", "x", "1e5", "--1", "1/-2", "1.2.3", &"9".repeat(65)] {
            assert_eq!(parse_exact(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_64_characters_are_read_and_their_fractions() {
        let (long, longer) = ("9".repeat(64), "9".repeat(65));
        assert_eq!(parse_exact(&long).map(|n| n.to_string()).as_ref(), Some(&long));
        assert_eq!(parse_exact(&format!("{long}/{long}")), Some(BigRational::one()));
        for text in [longer.clone(), format!("{longer}/{long}"), format!("0.{}", "1".repeat(63))] {
            assert_eq!(parse_exact(&text), None, "{text}");
        }
    }
}
