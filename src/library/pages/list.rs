//! The list of the library.

use std::borrow::Cow;

use askama::Template;

use super::super::model::{Facet, Filters, Order};
use super::shelf::{Card, Choices, Shelved};
use super::{list_address, suffix};
use crate::kernel::lang::Lang;
use crate::web::paging::{Page, Pager};
use crate::web::{Fields, FormView, Frame, Reader};

/// Entries a page.
const PAGE_SIZE: i64 = 50;

/// A filter to choose.
struct Select<'a> {
    name: &'static str,
    label: String,
    choices: Cow<'a, Choices>,
}

/// A filter that holds, with the address of the list without it.
struct Chip {
    label: String,
    without: String,
}

/// The files of a session.
struct File {
    label: String,
    href: String,
}

/// The page.
#[derive(Template)]
#[template(path = "library/list.html")]
pub struct ListPage<'a> {
    frame: Frame,
    form: FormView,
    selects: Vec<Select<'a>>,
    orders: Vec<(String, String)>,
    kept: Option<&'static str>,
    suffix: &'static str,
    found: String,
    chips: Vec<Chip>,
    all: String,
    has_entries: bool,
    cards: Vec<&'a Card>,
    pager: Pager,
    files: Vec<File>,
}

impl<'a> ListPage<'a> {
    /// Puts the page together.
    pub fn new(reader: &Reader, shelved: &'a Shelved, filters: Filters, page: Option<i64>, lang: Option<Lang>) -> Self {
        let texts = reader.texts();
        let places = shelved.index.find(&filters);
        let count = i64::try_from(places.count()).unwrap_or(i64::MAX);
        let last = (count + PAGE_SIZE - 1).div_euclid(PAGE_SIZE).max(1);
        let page = Page::new(Some(page.unwrap_or(1).min(last)), PAGE_SIZE);
        let (skip, size) = (usize::try_from(page.skip()).unwrap_or(0), usize::try_from(page.size).unwrap_or(0));
        let in_order = shelved.order(reader.lang, filters.order).iter().filter(|place| places.has(**place));
        let cards = in_order.skip(skip).take(size).map(|place| shelved.card(reader.lang, *place)).collect();
        let frame = Frame::new(reader, texts.text("library-title"));
        Self {
            frame,
            form: FormView::fresh(typed(&filters)),
            selects: Facet::ALL.iter().map(|facet| select(reader, shelved, &filters, *facet)).collect(),
            orders: Order::ALL
                .iter()
                .map(|order| (order.code().to_owned(), texts.code("library-order", order)))
                .collect(),
            kept: lang.map(Lang::code),
            suffix: suffix(lang),
            found: texts.with("library-found", &[("count", count.to_string()), ("number", texts.number(count))]),
            chips: chips(reader, shelved, &filters, lang),
            all: list_address(&Filters { words: String::new(), chosen: [].into(), ..filters.clone() }, 1, lang),
            has_entries: shelved.len() > 0,
            cards,
            pager: Pager::new(page, count, |number| list_address(&filters, number, lang)),
            files: shelved.sessions.iter().map(|session| file(reader, *session)).collect(),
        }
    }
}

/// Returns what stands in the form.
fn typed(filters: &Filters) -> Fields {
    filters
        .chosen
        .iter()
        .fold(Fields::none(), |fields, (facet, value)| fields.set(facet.code(), value))
        .set("words", &filters.words)
        .set("order", filters.order.code())
}

fn select<'a>(reader: &Reader, shelved: &'a Shelved, filters: &Filters, facet: Facet) -> Select<'a> {
    let mut choices = Cow::Borrowed(shelved.choices(reader.lang, facet));
    if let Some(value) = filters.chosen.get(&facet)
        && !choices.iter().any(|(held, _)| held == value)
    {
        // Why: an address may ask for what no entry has; sending the form again must not lose it.
        choices.to_mut().push((value.clone(), shelved.word(reader.lang, facet, value)));
    }
    Select { name: facet.code(), label: reader.texts().code("library-facet", facet), choices }
}

fn chips(reader: &Reader, shelved: &Shelved, filters: &Filters, lang: Option<Lang>) -> Vec<Chip> {
    let texts = reader.texts();
    let mut chips = Vec::new();
    if !filters.words.is_empty() {
        let without = Filters { words: String::new(), ..filters.clone() };
        let label = texts.one("library-chip-words", "words", &filters.words);
        chips.push(Chip { label, without: list_address(&without, 1, lang) });
    }
    for (facet, value) in &filters.chosen {
        let mut without = filters.clone();
        without.chosen.remove(facet);
        let name = texts.code("library-facet", facet);
        let label = format!("{name}: {}", shelved.word(reader.lang, *facet, value));
        chips.push(Chip { label, without: list_address(&without, 1, lang) });
    }
    chips
}

fn file(reader: &Reader, session: i32) -> File {
    File {
        label: reader.texts().one("library-file", "session", session),
        href: format!("/sessions/{session}/exports/practices.csv?lang={}", reader.lang),
    }
}
