//! Counting ballots: pure, exact, deterministic; no clock, no chance that is not published, no text for readers.
//!
//! Start with [`count`]: a [`Profile`] (options and ballots), a [`Method`] and a [`TieRule`] give an [`Outcome`] that
//! says the order, what ties there were and how they fell, and why each place is where it is. `budgets` chooses projects
//! under a limit; `files` reads and writes our own ballot files and those of others; `robustness` says how sure an outcome
//! is; `turnout` holds quorum, base and roll call. Conventions: DESIGN §9, and `docs/counting.md`.
//!
//! To add a method: its file in `methods/`, its lines in `methods/mod.rs`, `method-<code>` and `method-<code>-explained` in
//! both `tally.ftl`, and one case folder in `tests/tally/`: ballots with what must come out, and for each criterion that the
//! method violates ballots that show it (the drawn tests find such ballots and fail until the case records them).

pub mod ballot_file;
pub mod budgets;
mod exact;
pub mod files;
mod layers;
mod methods;
pub mod outcome;
pub mod pairwise;
pub mod profile;
pub mod reason;
mod reasons;
pub mod robustness;
mod rounds;
pub mod tie_rules;
pub mod turnout;

pub use exact::parse_exact;
pub use methods::Method;
use methods::{Count, Counted};
pub use outcome::{Matrix, Outcome, Round, TieRecord};
pub use pairwise::Pairwise;
pub use profile::{Ballot, BallotOption, OptionId, Profile, ProfileError};
pub use reason::Reason;
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
