//! Guides: for each role the tasks of a session, step by step, in both languages, with a picture of the page.
//!
//! The texts are Markdown in `docs/guides/<language>/<role>/<task>.md`, listed with the pages they speak of in
//! `docs/guides/catalogue.toml`. They quote controls as `{label:key}`, found among the page texts when a guide is shown, so
//! that a guide never contradicts a page. The browser tests walk the pages of every guide and take the pictures.

pub mod markdown;
pub mod model;
pub mod pages;
pub mod routes;
