//! What the pages of the library show, decided and worded.

mod entry;
mod list;
mod shelf;

pub use entry::EntryPage;
pub use list::ListPage;
pub use shelf::{Shelf, Shelved};

use rocket::http::RawStr;

use super::model::{Facet, Filters, Order};
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::web::Reader;

/// Returns the language that a visitor's address asks for: links to other pages of the library keep it. The page of
/// somebody signed in follows the account.
pub fn kept_language(reader: &Reader, asked: Option<&str>) -> Option<Lang> {
    asked.and_then(Lang::from_code).filter(|_| reader.signed_in.is_none())
}

/// Returns the address of an entry.
pub fn entry_address(reference: &str, lang: Option<Lang>) -> String {
    format!("/library/{reference}{}", suffix(lang))
}

fn suffix(lang: Option<Lang>) -> &'static str {
    match lang {
        Some(Lang::En) => "?lang=en",
        Some(Lang::Ru) => "?lang=ru",
        None => "",
    }
}

/// Returns the address of a list.
fn list_address(filters: &Filters, page: i64, lang: Option<Lang>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut add = |name: &str, value: &str| parts.push(format!("{name}={}", RawStr::new(value).percent_encode()));
    if !filters.words.is_empty() {
        add("words", &filters.words);
    }
    for (facet, value) in &filters.chosen {
        add(facet.code(), value);
    }
    if filters.order != Order::Newest {
        add("order", filters.order.code());
    }
    if page > 1 {
        add("page", &page.to_string());
    }
    if let Some(lang) = lang {
        add("lang", lang.code());
    }
    if parts.is_empty() { "/library".to_owned() } else { format!("/library?{}", parts.join("&")) }
}

/// Returns the address of everything under one value.
fn facet_address(facet: Facet, value: &str, lang: Option<Lang>) -> String {
    let filters = Filters { words: String::new(), chosen: [(facet, value.to_owned())].into(), order: Order::Newest };
    list_address(&filters, 1, lang)
}

/// Words a span of years: `2016–2019`, `2016`, `since 2016`; nothing when neither year is given.
fn years(texts: Texts, first: Option<i32>, last: Option<i32>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}\u{2013}{last}"),
        (Some(first), None) => texts.one("library-since", "year", format!("{first}")),
        (None, Some(last)) => texts.one("library-until", "year", format!("{last}")),
        (None, None) => String::new(),
    }
}

/// Words that a text is there in one language only, when that is not the reader's.
fn only_in(texts: Texts, lang: Lang) -> Option<String> {
    (lang != texts.lang()).then(|| texts.code("library-only", lang))
}
