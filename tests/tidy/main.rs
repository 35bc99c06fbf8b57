//! The rules of the house, checked by reading the tree: a failure says in which file, and what to do instead.
//!
//! `imports` holds the order in which rooms and files may know each other; `files` what each kind of file may touch,
//! how long it may be and which words it may not use; `templates` and `messages` what pages are made of; `licences`
//! what the crates we build on allow; `snapshots` the documents that are drawn from the code; `security` the table of requirements.
//! An exception is one row in a list, with its reason.

#![expect(clippy::unwrap_used, reason = "a test may stop at once where its ground is missing")]

mod files;
mod imports;
mod licences;
mod messages;
mod security;
mod settings;
mod snapshots;
mod source;
mod templates;
mod tree;
