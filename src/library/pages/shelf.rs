//! The library held in memory: indexed, worded in both languages, in every order. One a process, renewed by edition.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::model::{Collection, Entry, Facet, Index, Order};
use super::{only_in, years};
use crate::classification::List;
use crate::i18n::{Texts, order};
use crate::kernel::lang::{Bilingual, Lang};

/// Longest summary in a list, in characters.
const SUMMARY_CHARS_MAX: usize = 260;

/// Holds the newest edition that this process has read.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Option<Arc<Shelved>>>);

impl Shelf {
    /// Returns what is held, if anything was read yet.
    pub fn held(&self) -> Option<Arc<Shelved>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Holds a newer edition, and returns it.
    pub fn put(&self, collection: Collection) -> Arc<Shelved> {
        let shelved = Arc::new(Shelved::new(collection));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&shelved));
        shelved
    }
}

/// An entry as the list shows it in one language.
#[derive(Debug)]
pub struct Card {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub title_lang: &'static str,
    /// That the title is in the other language only.
    pub title_note: Option<String>,
    /// Country and years.
    pub place: String,
    /// Main deliverable or area.
    pub theme: String,
    /// SDG targets.
    pub targets: String,
    /// The beginning of its summary.
    pub summary: String,
    /// Language of the summary.
    pub summary_lang: &'static str,
    /// Whether it was compiled from public sources.
    pub is_compiled: bool,
}

impl Card {
    fn new(entry: &Entry, lang: Lang) -> Self {
        let texts = Texts::of(lang);
        let (title, title_lang) = entry.side(&entry.title, lang);
        let (summary, summary_lang) = entry.side(&entry.summary, lang);
        let place = [entry.country_name.get(lang).clone(), years(texts, entry.first_year, entry.last_year)];
        let theme = entry.theme.as_deref().and_then(|code| List::Theme.entry(code));
        Self {
            reference: entry.reference.clone(),
            title: if title.is_empty() { entry.reference.clone() } else { title.to_owned() },
            title_lang: title_lang.code(),
            title_note: only_in(texts, title_lang),
            place: place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            theme: theme.map(|theme| theme.label(List::Theme, lang)).unwrap_or_default(),
            targets: entry.targets().join(", "),
            summary: beginning(summary),
            summary_lang: summary_lang.code(),
            is_compiled: entry.is_compiled,
        }
    }
}

/// Returns the beginning of a text, cut between two words.
fn beginning(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(SUMMARY_CHARS_MAX) else { return text };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}

/// Values to choose from, each with its words.
pub type Choices = Vec<(String, String)>;

/// One edition, ready to be shown.
#[derive(Debug)]
pub struct Shelved {
    /// The edition.
    pub edition: String,
    /// Finds entries by their place.
    pub index: Index,
    /// Sessions with entries, the newest first.
    pub sessions: Vec<i32>,
    cards: Bilingual<Vec<Card>>,
    orders: BTreeMap<(Lang, Order), Vec<usize>>,
    choices: BTreeMap<(Lang, Facet), Choices>,
    countries: Countries,
}

impl Shelved {
    fn new(collection: Collection) -> Self {
        let entries = collection.entries;
        let index = Index::of(&entries);
        let countries: Countries =
            entries.iter().map(|entry| (entry.country.clone(), entry.country_name.clone())).collect();
        let mut choices = BTreeMap::new();
        let mut orders = BTreeMap::new();
        for lang in Lang::ALL {
            for facet in Facet::ALL {
                choices.insert((*lang, *facet), choose(&countries, &index, *facet, *lang));
            }
            for by in Order::ALL {
                orders.insert((*lang, *by), ordered(&entries, *by, *lang));
            }
        }
        let mut sessions: Vec<i32> = entries.iter().map(|entry| entry.session).collect();
        sessions.sort_unstable_by(|a, b| b.cmp(a));
        sessions.dedup();
        let cards = Bilingual::new(Lang::En, Lang::Ru)
            .map(|lang| entries.iter().map(|entry| Card::new(entry, lang)).collect::<Vec<_>>());
        Self { edition: collection.edition, index, sessions, cards, orders, choices, countries }
    }

    /// Returns how many entries there are.
    pub fn len(&self) -> usize {
        self.cards.en.len()
    }

    /// Returns the places of all entries in an order.
    pub fn order(&self, lang: Lang, by: Order) -> &[usize] {
        &self.orders[&(lang, by)]
    }

    /// Returns an entry by its place.
    pub fn card(&self, lang: Lang, place: usize) -> &Card {
        &self.cards.get(lang)[place]
    }

    /// Words a value of a facet; one that nobody knows stays as it is.
    pub fn word(&self, lang: Lang, facet: Facet, value: &str) -> String {
        word(&self.countries, facet, value, lang)
    }

    /// Returns the values of a facet that occur, behind an empty one.
    pub fn choices(&self, lang: Lang, facet: Facet) -> &Choices {
        &self.choices[&(lang, facet)]
    }
}

fn ordered(entries: &[Entry], by: Order, lang: Lang) -> Vec<usize> {
    let mut places: Vec<usize> = (0..entries.len()).collect();
    let title = |place: usize| entries[place].side(&entries[place].title, lang).0;
    let by_title = |a: usize, b: usize| {
        let titles = order::compare(lang, title(a), title(b));
        titles.then_with(|| entries[a].reference.cmp(&entries[b].reference))
    };
    match by {
        Order::Newest => {}
        Order::Title => places.sort_by(|a, b| by_title(*a, *b)),
        Order::Country => places.sort_by(|a, b| {
            let name = |place: usize| entries[place].country_name.get(lang);
            order::compare(lang, name(*a), name(*b)).then_with(|| by_title(*a, *b))
        }),
    }
    places
}

/// Names of the countries with entries, by code.
type Countries = BTreeMap<String, Bilingual<String>>;

/// Words the values that occur, each with the number of its entries, behind "any".
fn choose(countries: &Countries, index: &Index, facet: Facet, lang: Lang) -> Choices {
    let texts = Texts::of(lang);
    let mut choices: Choices = index
        .values(facet)
        .map(|(value, count)| {
            let count = texts.number(count.try_into().unwrap_or(i64::MAX));
            (value.to_owned(), format!("{} ({count})", word(countries, facet, value, lang)))
        })
        .collect();
    match (facet, facet.list()) {
        (_, Some(list)) => {
            choices.sort_by_key(|(value, _)| list.entries().iter().position(|entry| entry.code == *value));
        }
        (Facet::Country, _) => choices.sort_by(|a, b| order::compare(lang, &a.1, &b.1)),
        _ => choices.reverse(),
    }
    choices.insert(0, (String::new(), texts.code("library-any", facet)));
    choices
}

fn word(countries: &Countries, facet: Facet, value: &str, lang: Lang) -> String {
    let known = match facet.list() {
        Some(list) => list.entry(value).map(|entry| entry.label(list, lang)),
        None => countries.get(value).map(|name| name.get(lang).clone()),
    };
    known.unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_summary_is_cut_between_words() {
        let cut = beginning(&"слово, ".repeat(60));
        assert!(cut.ends_with("слово…") && cut.chars().count() <= SUMMARY_CHARS_MAX + 1, "{cut}");
        assert_eq!(beginning("one\ntwo"), "one two");
    }
}
