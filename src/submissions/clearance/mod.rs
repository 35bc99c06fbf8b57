//! National clearance: the steps that a text takes inside its delegation before the head clears it.
//!
//! A delegation sets up to five steps, each with a name and those who may take it. They are copied to a text when its
//! clearance is asked: a later change of the steps does not touch texts on their way. Each step passes the text on or
//! returns it with a comment; a text that changes on its way begins again at the first step. Nobody outside the
//! delegation learns of any of it. Without steps the head is asked at once.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{Chain, Setting, Step};
pub use workflow::{Event, State};
