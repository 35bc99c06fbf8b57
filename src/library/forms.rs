//! What the address of the list asks for. Anything it cannot mean is left out.

use rocket::form::FromForm;

use super::model::{Facet, Filters, Order};
use crate::kernel::code::Code as _;

/// Longest search in characters: more words than anybody looks for at once.
const WORDS_CHARS_MAX: usize = 200;
/// Longest value of a filter in characters.
const VALUE_CHARS_MAX: usize = 40;

/// The query of `/library`.
#[derive(Debug, FromForm)]
pub struct Asked {
    words: Option<String>,
    country: Option<String>,
    theme: Option<String>,
    target: Option<String>,
    tfa: Option<String>,
    year: Option<String>,
    order: Option<String>,
    /// Number of the page.
    pub page: Option<i64>,
    /// Language, for visitors.
    pub lang: Option<String>,
}

impl Asked {
    /// Returns what is asked of the library.
    pub fn filters(&self) -> Filters {
        let value = |text: Option<&String>, chars_max: usize| -> Option<String> {
            let text: String = text?.trim().chars().filter(|c| !c.is_control()).take(chars_max).collect();
            (!text.is_empty()).then_some(text)
        };
        let facets = [
            (Facet::Country, &self.country),
            (Facet::Theme, &self.theme),
            (Facet::Target, &self.target),
            (Facet::Tfa, &self.tfa),
            (Facet::Year, &self.year),
        ];
        Filters {
            words: value(self.words.as_ref(), WORDS_CHARS_MAX).unwrap_or_default(),
            chosen: facets
                .into_iter()
                .filter_map(|(facet, text)| Some((facet, value(text.as_ref(), VALUE_CHARS_MAX)?)))
                .collect(),
            order: self.order.as_deref().and_then(Order::from_code).unwrap_or(Order::Newest),
        }
    }
}
