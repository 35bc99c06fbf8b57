//! The acts of the room: `letters` hands in and examines credentials, `attendance` notes who is present.

pub mod attendance;
pub mod letters;
