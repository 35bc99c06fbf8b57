//! What the platform holds about a person: a copy for that person, and erasing it once they are gone.
//!
//! Read `docs/personal-data.md` first: it says what is kept, what for, how long, and what stays after an erasure. The rooms
//! keep their own rows; this one only asks them, so that a new table about people needs one line in `operations.rs`.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
