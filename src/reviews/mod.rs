//! Reviews: reviewers score accepted actions by the session's criteria; the scores make the ranking.
//!
//! Start with `model` (marks, reviews, recusals) and `ranking` (the arithmetic, pure and exact). A reviewer sees what
//! others gave only after giving the own review; a recused one sees neither form nor scores. `assignments` says who is
//! asked for which action, `remarks` what a review says beside its marks.

pub mod assignments;
pub mod forms;
pub mod model;
pub mod operations;
mod pages;
pub mod ranking;
mod ranking_page;
pub mod remarks;
pub mod robustness;
mod robustness_page;
pub mod routes;
pub mod scale;
pub mod store;
pub mod workbook;

pub use model::{Mark, Recusal, Review, State};
pub use ranking::{Ranking, RankingLine};
