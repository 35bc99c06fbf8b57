//! Journeys through a real browser: the program as people start it, Chromium, both languages, with and without scripts.
//!
//! `support` starts the program with a database of its own, ChromeDriver and a browser, and ends them again. A journey
//! is an async function wrapped in [`support::journey`], which bounds its time. Pages look at themselves through
//! `Browser::is_accessible` (axe-core, brought by `script/test`) and leave pictures in `target/screenshots/`.

#![expect(clippy::unwrap_used, reason = "a test may stop at once where its ground is missing")]

mod accounts;
mod body;
mod frame;
mod guides;
mod hall;
mod keyboard;
mod languages;
mod pages;
mod session;
mod slow;
mod support;
mod together;
mod uploads;
