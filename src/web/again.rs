//! Why a form is shown again, with everything typed still in it.

use askama::Template;

use super::answer::{Answer, PageResult};
use super::errors::{PageError, refusal};
use crate::i18n::Texts;
use crate::kernel::fields::{FieldErrors, Message};
use crate::refusals::OperationError;

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

    /// Shows the page with the status that fits.
    pub fn answer(again: Option<&Self>, page: &impl Template) -> PageResult {
        match again {
            None => Answer::page(page),
            Some(Self::Wrong(errors)) => Answer::again(page, !errors.is_empty()),
            Some(Self::Stale | Self::Refused(_)) => Answer::conflict(page),
        }
    }
}
