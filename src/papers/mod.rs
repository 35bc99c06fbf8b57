//! Session papers: the compilation of practices, the result of the ballots, the draft decision, the work programme.
//!
//! Each paper is built once, as data ([`model::Document`]), in `pages` by the words of one language; `export` writes that
//! same document as a file for a word processor, its tables as a workbook, and `pages` shows it for reading and printing.
//! A paper holds nothing that its reader could not see elsewhere: `operations` asks the rooms with the reader's rights.

pub mod export;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;

pub use model::{Document, Name};
