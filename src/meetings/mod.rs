//! Who sits in the room: the credentials of each delegation, the meetings of a session, and who was present.
//!
//! A government says in a letter who represents it; the secretariat examines the letter. Until then, and when it is returned,
//! the delegation takes part provisionally with the same rights, as the rules of procedure of the General Assembly have it
//! (rules 27 to 29), so that nothing here keeps anybody from voting: it is shown. Attendance is noted meeting by meeting; a ballot
//! that opens begins with who was present at the last one.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{Credentials, Meeting, Part};
pub use workflow::{Event, State};
