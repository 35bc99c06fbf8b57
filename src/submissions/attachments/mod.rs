//! Attachments: the files that go with a submission, and their rows, which never part.
//!
//! A row comes before its file and goes before it. A file arrives in parts, each of which is kept once it is acknowledged, so
//! that an upload goes on where the line broke; when all are there `operations::carrying` looks at what the file is by its
//! content, stores it whole and only then says so. `operations::sweeping` finishes or takes away what was left between.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{Attachment, Content};
pub use workflow::State;
