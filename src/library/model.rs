//! The nouns of the room: an entry of the library, what is asked of it, and the index that answers.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDateTime};

use crate::classification::List;
use crate::coded_enum;
use crate::kernel::lang::{Bilingual, Lang};
use crate::questionnaires::{Answers, Questionnaire};
use crate::submissions::search::stems;

coded_enum! {
    /// What a list can be narrowed by, each to one value; several hold together.
    pub enum Facet {
        /// Code of the delegation.
        Country = "country",
        /// Deliverable, which takes in its areas, or area.
        Theme = "theme",
        /// SDG target.
        Target = "target",
        /// Measure of the Agreement on Trade Facilitation.
        Tfa = "tfa",
        /// A year in which the practice was applied.
        Year = "year",
    }
}

impl Facet {
    /// Returns the list whose codes it takes, unless they come from the entries.
    pub const fn list(self) -> Option<List> {
        match self {
            Self::Theme => Some(List::Theme),
            Self::Target => Some(List::Target),
            Self::Tfa => Some(List::Tfa),
            Self::Country | Self::Year => None,
        }
    }
}

coded_enum! {
    /// The order of a list.
    pub enum Order {
        /// Published last first.
        Newest = "newest",
        /// By title, as a dictionary of the reader's language would.
        Title = "title",
        /// By country, as the reader's language calls it, then by title.
        Country = "country",
    }
}

/// What is asked of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filters {
    /// Words, all of which must occur in some form.
    pub words: String,
    /// What the list is narrowed to.
    pub chosen: BTreeMap<Facet, String>,
    /// Its order.
    pub order: Order,
}

impl Filters {
    /// Returns whether everything is asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.chosen.is_empty()
    }
}

/// A published practice, as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its reference.
    pub reference: String,
    /// Its title; empty where not given.
    pub title: Bilingual<String>,
    /// Its summary; empty where not given.
    pub summary: Bilingual<String>,
    /// The language it was written in.
    pub original: Lang,
    /// Code of the delegation.
    pub country: String,
    /// Name of the delegation.
    pub country_name: Bilingual<String>,
    /// Number of its session.
    pub session: i32,
    /// First year.
    pub first_year: Option<i32>,
    /// Last year; nothing while it goes on.
    pub last_year: Option<i32>,
    /// Main deliverable or area.
    pub theme: Option<String>,
    /// Main SDG target.
    pub main_target: Option<String>,
    /// Codes by which it is found.
    pub tags: Vec<(List, String)>,
    /// The stems of its public answers between single spaces.
    pub stems: String,
    /// Whether it was compiled from public sources and not taken over since.
    pub is_compiled: bool,
    /// When it was published.
    pub published_at: NaiveDateTime,
}

impl Entry {
    /// Returns a text in a language, or in the original or other language where it is missing, with that language.
    pub fn side<'a>(&self, text: &'a Bilingual<String>, lang: Lang) -> (&'a str, Lang) {
        let sides = [lang, self.original, lang.other()];
        let given = sides.into_iter().find(|lang| !text.get(*lang).is_empty()).unwrap_or(lang);
        (text.get(given), given)
    }

    /// Returns its SDG targets, the main one first.
    pub fn targets(&self) -> Vec<&str> {
        let held = self.tags.iter().filter(|(list, _)| *list == List::Target).map(|(_, code)| code.as_str());
        let main = self.main_target.as_deref();
        main.into_iter().chain(held.filter(|code| Some(*code) != main)).collect()
    }

    /// Returns the values under which it is found; `horizon` closes what goes on.
    fn values(&self, facet: Facet, horizon: i32) -> Vec<String> {
        let Some(list) = facet.list() else {
            return match (facet, self.first_year) {
                (Facet::Country, _) => vec![self.country.clone()],
                (_, Some(first)) => (first..=self.last_year.unwrap_or(horizon)).map(|year| year.to_string()).collect(),
                (_, None) => Vec::new(),
            };
        };
        let mut codes: Vec<String> = Vec::new();
        for (_, code) in self.tags.iter().filter(|(held, _)| *held == list) {
            codes.push(code.clone());
            let parent = list.entry(code).map_or("", |entry| entry.parent.as_str());
            if facet == Facet::Theme && !parent.is_empty() {
                codes.push(parent.to_owned());
            }
        }
        codes.sort();
        codes.dedup();
        codes
    }
}

/// The library as it stands in one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its edition; every change makes another.
    pub edition: String,
    /// Its entries, the newest first.
    pub entries: Vec<Entry>,
}

/// A set of entries, by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places(Vec<u64>);

impl Places {
    fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    fn all(size: usize) -> Self {
        let mut places = Self::none(size);
        (0..size).for_each(|place| places.add(place));
        places
    }

    fn add(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn remove(&mut self, place: usize) {
        self.0[place / 64] &= !(1 << (place % 64));
    }

    fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(held, other)| *held &= other);
    }

    /// Returns whether a place is in the set.
    pub fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    /// Returns how many there are.
    pub fn count(&self) -> usize {
        self.0.iter().map(|part| part.count_ones() as usize).sum()
    }
}

/// Finds entries by their place in the collection.
#[derive(Debug)]
pub struct Index {
    values: BTreeMap<Facet, BTreeMap<String, Places>>,
    stems: Vec<String>,
}

impl Index {
    /// Indexes the entries.
    pub fn of(entries: &[Entry]) -> Self {
        let horizon = entries.iter().flat_map(|entry| [entry.last_year, Some(entry.published_at.year())]).flatten();
        let horizon = horizon.max().unwrap_or_default();
        let mut values: BTreeMap<Facet, BTreeMap<String, Places>> = BTreeMap::new();
        for (place, entry) in entries.iter().enumerate() {
            for facet in Facet::ALL {
                for value in entry.values(*facet, horizon) {
                    let held = values.entry(*facet).or_default().entry(value);
                    held.or_insert_with(|| Places::none(entries.len())).add(place);
                }
            }
        }
        Self { values, stems: entries.iter().map(|entry| entry.stems.clone()).collect() }
    }

    /// Returns the values of a facet that occur, each with the number of its entries.
    pub fn values(&self, facet: Facet) -> impl DoubleEndedIterator<Item = (&str, usize)> {
        self.values.get(&facet).into_iter().flatten().map(|(value, places)| (value.as_str(), places.count()))
    }

    /// Returns the entries that fit every filter. A word fits when the same stem occurs as a whole: endings are folded,
    /// parts of words are not found. Words without a letter or digit fit nothing.
    pub fn find(&self, filters: &Filters) -> Places {
        let size = self.stems.len();
        let mut found = Places::all(size);
        for (facet, value) in &filters.chosen {
            match self.values.get(facet).and_then(|values| values.get(value)) {
                Some(places) => found.keep(places),
                None => return Places::none(size),
            }
        }
        if filters.words.is_empty() {
            return found;
        }
        let wanted: Vec<String> = stems(&filters.words).iter().map(|stem| format!(" {stem} ")).collect();
        for (place, held) in self.stems.iter().enumerate() {
            if found.has(place) && (wanted.is_empty() || wanted.iter().any(|stem| !held.contains(stem))) {
                found.remove(place);
            }
        }
        found
    }
}

/// Returns the answers that everybody may read: those to questions that the questionnaire asks and does not call
/// private.
pub fn public_answers(questionnaire: &Questionnaire, answers: &Answers) -> Answers {
    let is_public = |path: &str| {
        let whole = questionnaire.question(path.split('.').next().unwrap_or_default());
        let is_open = |question: &crate::questionnaires::Question| !question.private;
        whole.is_some_and(is_open) && questionnaire.at(path).is_some_and(is_open)
    };
    answers
        .iter()
        .filter(|(key, _)| is_public(&key.question))
        .map(|(key, text)| (key.clone(), text.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn entry(country: &str, years: (Option<i32>, Option<i32>), tags: &[(List, &str)], words: &str) -> Entry {
        let both = |text: &str| Bilingual::new(text.to_owned(), text.to_owned());
        Entry {
            reference: format!("GP-{country}-2020-001"),
            title: both(words),
            summary: both(""),
            original: Lang::En,
            country: country.to_owned(),
            country_name: both(country),
            session: 15,
            first_year: years.0,
            last_year: years.1,
            theme: None,
            main_target: None,
            tags: tags.iter().map(|(list, code)| (*list, (*code).to_owned())).collect(),
            stems: format!(" {} ", stems(words).join(" ")),
            is_compiled: false,
            published_at: NaiveDate::from_ymd_opt(2020, 9, 14).unwrap().and_hms_opt(8, 0, 0).unwrap(),
        }
    }

    fn found(chosen: &[(Facet, &str)], words: &str) -> Vec<usize> {
        let entries = [
            entry("KAZ", (Some(2016), Some(2018)), &[(List::Theme, "D2.3"), (List::Target, "17.10")], "Green corridor"),
            entry("KGZ", (Some(2018), None), &[(List::Theme, "D2"), (List::Tfa, "TFA-10.4")], "Зелёные коридоры"),
            entry("KGZ", (None, None), &[(List::Theme, "D1.1"), (List::Target, "17.10")], "Corridors of 100 per cent"),
        ];
        let filters = Filters {
            words: words.to_owned(),
            chosen: chosen.iter().map(|(facet, value)| (*facet, (*value).to_owned())).collect(),
            order: Order::Newest,
        };
        let places = Index::of(&entries).find(&filters);
        let all: Vec<usize> = (0..entries.len()).filter(|place| places.has(*place)).collect();
        assert_eq!(places.count(), all.len());
        all
    }

    #[test]
    fn filters_hold_together_and_a_deliverable_takes_in_its_areas() {
        assert_eq!(found(&[], ""), [0, 1, 2]);
        assert_eq!(found(&[(Facet::Theme, "D2")], ""), [0, 1]);
        assert_eq!(found(&[(Facet::Theme, "D2.3")], ""), [0]);
        assert_eq!(found(&[(Facet::Country, "KGZ"), (Facet::Target, "17.10")], ""), [2]);
        assert_eq!(found(&[(Facet::Tfa, "TFA-10.4")], ""), [1]);
        assert_eq!(found(&[(Facet::Tfa, "no such code")], ""), [0; 0]);
    }

    #[test]
    fn a_practice_is_found_in_each_of_its_years_and_on_while_it_goes_on() {
        let years = ["2015", "2016", "2018", "2020", "2021"].map(|year| found(&[(Facet::Year, year)], ""));
        assert_eq!(years, [vec![], vec![0], vec![0, 1], vec![1], vec![]]);
    }

    #[test]
    fn words_are_found_whole_in_any_form_and_signs_are_no_wildcards() {
        assert_eq!(found(&[], "CORRIDORS"), [0, 2]);
        assert_eq!(found(&[], "зеленый коридор"), [1]);
        assert_eq!(found(&[], "corr"), [0; 0]);
        assert_eq!(found(&[], "corridor 100"), [2]);
        for sign in ["%", "_", "%%", "'"] {
            assert_eq!(found(&[], sign), [0; 0], "{sign}");
        }
    }
}
