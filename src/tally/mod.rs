//! Counting ballots: pure, exact, deterministic; no clock, no chance that is not published, no text for readers.
//!
//! Start with [`count`]: a [`Profile`] (options and ballots), a [`Method`] and a [`TieRule`] give an [`Outcome`] that
//! says the order, what ties there were and how they fell, and why each place is where it is. `ballot_file` reads the
//! files that recount a ballot; `turnout` holds quorum, base and roll call. Conventions: DESIGN §9.
//!
//! To add a method: its file here, its arm in `registry.rs`, `method-<code>` and `method-<code>-explained` in both
//! `tally.ftl`, and one case folder in `tests/tally/`.

mod approval;
pub mod ballot_file;
mod borda;
mod exact;
pub mod outcome;
pub mod pairwise;
pub mod profile;
pub mod registry;
mod schulze;
mod score;
pub mod tie_rules;
pub mod turnout;

pub use exact::parse_exact;
pub use outcome::{Matrix, Outcome, Reason, TieRecord};
pub use pairwise::Pairwise;
pub use profile::{Ballot, BallotOption, OptionId, Profile, ProfileError};
pub use registry::Method;
pub use tie_rules::TieRule;

/// Tiers of options: the first tier is ahead of all others, options of one tier are tied.
pub type Tiers = Vec<Vec<OptionId>>;

/// Why a count could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    /// The lot needs a published seed.
    #[error("the tie rule `lot` needs a seed")]
    SeedMissing,
}

/// Counts a profile with a method and lets ties fall by a rule.
pub fn count(profile: &Profile, method: Method, tie_rule: &TieRule) -> Result<Outcome, TallyError> {
    if matches!(tie_rule, TieRule::Lot { seed } if seed.is_empty()) {
        return Err(TallyError::SeedMissing);
    }
    let pairwise = Pairwise::of(profile);
    let counted = method.count(profile, &pairwise);
    Ok(outcome::conclude(profile, &pairwise, method, counted, tie_rule))
}
