//! Why a form is shown again, with everything typed still in it.

use askama::Template;

use super::answer::{Answer, PageResult};
use super::errors::{PageError, refusal};
use super::forms::Fields;
use crate::i18n::Texts;
use crate::kernel::fields::{FieldErrors, Message};
use crate::refusals::OperationError;

/// Field of what a form showed, by which it is noticed that somebody else was first.
pub const SEEN: &str = "seen";

/// Why a form is shown again.
#[derive(Debug, Clone)]
pub enum Again {
    /// Fields are not as they must be; without messages only the language was switched.
    Wrong(FieldErrors),
    /// Somebody else, or another window, was first.
    Stale,
    /// A rule is in the way.
    Refused(Message),
}

impl Again {
    /// Returns why the form is shown again, or the error when showing it again would not help.
    pub fn of(error: OperationError) -> Result<Self, PageError> {
        match error {
            OperationError::Invalid(errors) => Ok(Self::Wrong(errors)),
            OperationError::Stale => Ok(Self::Stale),
            OperationError::Refused(message) => Ok(Self::Refused(message)),
            other => Err(other.into()),
        }
    }

    /// Returns the messages about fields.
    pub fn errors(again: Option<&Self>) -> FieldErrors {
        match again {
            Some(Self::Wrong(errors)) => errors.clone(),
            None | Some(Self::Stale | Self::Refused(_)) => FieldErrors::none(),
        }
    }

    /// Words what is in the way of the form as a whole; `stale` is the key for a form that came too late.
    pub fn notice(again: Option<&Self>, texts: Texts, stale: &str) -> Option<String> {
        match again? {
            Self::Stale => Some(texts.text(stale)),
            Self::Refused(message) => Some(refusal(texts, message)),
            Self::Wrong(_) => None,
        }
    }

    /// Returns the fields of a form shown again. Whoever saves again after having seen that somebody else was first, saves over
    /// what is stored now.
    pub fn fields(again: Option<&Self>, fields: Fields, stored: impl Into<String>) -> Fields {
        if matches!(again, Some(Self::Stale)) { fields.set(SEEN, stored) } else { fields }
    }

    /// Shows the page with the status that fits.
    pub fn answer(again: Option<&Self>, page: &impl Template) -> PageResult {
        match again {
            None => Answer::page(page),
            Some(Self::Wrong(errors)) => Answer::again(page, !errors.is_empty()),
            Some(Self::Stale | Self::Refused(_)) => Answer::conflict(page),
        }
    }
}
