//! Submissions: good practices and priority actions, from draft to decision.
//!
//! `workflow` says how they move, `model` what they are, `store` how they are kept: answers as rows, each revision
//! holding only what changed. `operations` holds the acts, `merge` brings two people's changes together, `compare`
//! shows what changed; `consents` is what the countries named by an action say to it, `co_sponsors` who puts it forward together;
//! `attachments` are the files that go with a submission; `clearance` are the steps inside a delegation before the head
//! clears; `languages` keeps both languages at parity, `clarifications` holds questions and answers, `similar` finds partners,
//! `links` ties practices and actions together, `presences` shows who else is writing. `queue` leads the secretariat from one
//! text to the next, `duplicates` finds what may be the same, `merging` joins one to another, `filters` keeps filters of the
//! list, `copies` begins a draft with the answers of an earlier session, `edits` are changes that the secretariat proposes and the delegation confirms,
//! `pending` is what it means to do and has not done. `search` folds words so that both languages are found.

pub mod attachments;
pub mod clarifications;
pub mod clearance;
pub mod co_sponsors;
pub mod compare;
pub mod consents;
pub mod copies;
pub mod duplicates;
pub mod edits;
pub mod filters;
pub mod forms;
pub mod languages;
pub mod links;
pub mod merge;
pub mod merging;
pub mod model;
pub mod operations;
pub mod pages;
pub mod pending;
pub mod presences;
pub mod queue;
pub mod routes;
pub mod search;
pub mod similar;
pub mod store;
pub mod workflow;

pub use model::{Columns, CompiledSource, Submission};
pub use workflow::{Event, State};
