//! Questionnaires: the forms of a session, as data.
//!
//! Each session owns a version of two questionnaires, stored whole. `model` says what a question is, `answers` what
//! was answered, `check` what is missing or too long: one set of rules for pages, files and imports. `pages` shows a
//! whole questionnaire to read or print, `workbook` writes and reads it as a spreadsheet to fill in without a network. The
//! room knows no other room.

pub mod answers;
pub mod check;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workbook;

pub use answers::{AnswerKey, AnswerLang, Answers};
pub use check::{Context, check};
pub use model::{Choice, Condition, Question, QuestionKind, Questionnaire, Section};
