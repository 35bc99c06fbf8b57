//! Counting ballots: pure, exact, deterministic; no clock, no chance that is not published, no text for readers.
//!
//! Start with [`count`]: a [`Profile`] (options and ballots), a [`Method`] and a [`TieRule`] give an [`Outcome`] that
//! says the order, what ties there were and how they fell, and why each place is where it is. `budgets` chooses projects
//! under a limit; `files` reads and writes our own ballot files and those of others; `robustness` says how sure an outcome
//! is; `turnout` holds quorum, base and roll call. Conventions: DESIGN §9, and `docs/counting.md`.
//!
//! To add a method: its file here, its arm in `registry.rs`, `method-<code>` and `method-<code>-explained` in both
//! `tally.ftl`, and one case folder in `tests/tally/`.

mod approval;
pub mod ballot_file;
mod borda;
pub mod budgets;
mod copeland;
mod exact;
pub mod files;
mod irv;
mod layers;
mod majority_judgment;
mod minimax;
pub mod outcome;
pub mod pairwise;
mod plurality;
pub mod profile;
mod ranked_pairs;
pub mod reason;
mod reasons;
pub mod registry;
pub mod robustness;
mod rounds;
mod schulze;
mod score;
mod star;
mod stv;
pub mod tie_rules;
pub mod turnout;

pub use exact::parse_exact;
pub use outcome::{Matrix, Outcome, Round, TieRecord};
pub use pairwise::Pairwise;
pub use profile::{Ballot, BallotOption, OptionId, Profile, ProfileError};
pub use reason::Reason;
pub use registry::Method;
use registry::{Count, Counted};
pub use tie_rules::{TieRule, TieStep, TieStepKind};

/// Tiers of options: the first tier is ahead of all others, options of one tier are tied.
pub type Tiers = Vec<Vec<OptionId>>;

/// Why a count could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    /// The lot needs a published seed.
    #[error("the tie rule `lot` needs a seed")]
    SeedMissing,
}

/// What a count is told beside the ballots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountOptions {
    /// Seats to fill: read by the single transferable vote alone.
    pub seats: usize,
}

impl Default for CountOptions {
    fn default() -> Self {
        Self { seats: 1 }
    }
}

/// Counts a profile with a method and lets ties fall by a rule; one seat.
pub fn count(profile: &Profile, method: Method, tie_rule: &TieRule) -> Result<Outcome, TallyError> {
    count_with(profile, method, tie_rule, &CountOptions::default())
}

/// Counts a profile with a method and lets ties fall by a rule.
pub fn count_with(
    profile: &Profile,
    method: Method,
    tie_rule: &TieRule,
    options: &CountOptions,
) -> Result<Outcome, TallyError> {
    count_compared(profile, &Pairwise::of(profile), method, tie_rule, options)
}

/// Counts a profile whose options have been compared already: several methods need the comparison once.
pub fn count_compared(
    profile: &Profile,
    pairwise: &Pairwise,
    method: Method,
    tie_rule: &TieRule,
    options: &CountOptions,
) -> Result<Outcome, TallyError> {
    if matches!(tie_rule, TieRule::Lot { seed } if seed.is_empty()) {
        return Err(TallyError::SeedMissing);
    }
    let count = Count { profile, pairwise, tie_rule, options };
    let counted = if profile.options().is_empty() { Counted::nothing() } else { method.count(&count) };
    Ok(outcome::conclude(&count, method, counted))
}
