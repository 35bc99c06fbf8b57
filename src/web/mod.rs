//! What every page needs: who reads, in which language, the frame around the page, forms that lose nothing, errors.
//!
//! Rooms import from here; nothing here knows a room but `accounts`, which says who is signed in.
//! Start with [`reader::Reader`], then [`forms::Posted`] and [`answer::Answer`].

pub mod again;
pub mod answer;
pub mod assets;
pub mod browser;
pub mod cookies;
pub mod csrf;
pub mod errors;
pub mod forms;
pub mod headers;
pub mod health;
pub mod kept;
pub mod language;
pub mod layout;
pub mod observed;
pub mod paging;
pub mod reader;
pub mod resend;
pub mod sheets;
pub mod statement;
pub mod summary;

pub use answer::{Answer, PageResult};
pub use browser::Browser;
pub use errors::PageError;
pub use forms::{Fields, FormView, Nothing, Posted};
pub use layout::Frame;
pub use reader::{Member, Reader};
