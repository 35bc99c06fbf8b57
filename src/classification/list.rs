//! The lists and their entries.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::coded_enum;
use crate::kernel::body;
use crate::kernel::lang::Bilingual;

coded_enum! {
    /// A list of codes.
    pub enum List {
        /// Participating countries, by ISO 3166 alpha-3.
        Country = "country",
        /// Targets of the Sustainable Development Goals, under their goals.
        Target = "target",
        /// The targets of which one must be the main one of every submission: for trade 17.10 and 17.11.
        MainTarget = "main-target",
        /// Deliverables of the group and their areas.
        Theme = "theme",
        /// Measures of the WTO Agreement on Trade Facilitation, under their articles.
        Tfa = "tfa",
        /// Measures of the United Nations survey on trade facilitation, under their groups.
        Survey = "survey",
        /// Chapters of the classification of non-tariff measures.
        Ntm = "ntm",
    }
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its code, unique in the list.
    pub code: String,
    /// Another code of the same thing: alpha-2 of a country, address of a target.
    pub alias: String,
    /// Code of the entry above it, or empty.
    pub parent: String,
    /// Whether it only heads others and cannot be chosen.
    pub is_heading: bool,
    /// Its title.
    pub title: Bilingual<String>,
    /// More about it: formal name of a country, description of a theme; often empty.
    pub detail: Bilingual<String>,
}

impl Entry {
    /// Returns code and title as people read them: `17.10 Promote a …`; a country is its name alone.
    pub fn label(&self, list: List, lang: crate::kernel::lang::Lang) -> String {
        match list {
            List::Country => self.title.get(lang).clone(),
            _ => format!("{} {}", self.code.trim_start_matches("TFA-ART"), self.title.get(lang)),
        }
    }
}

/// A line of a list's file.
#[derive(serde::Deserialize)]
struct Line {
    code: String,
    alias: String,
    parent: String,
    heading: String,
    title_en: String,
    title_ru: String,
    detail_en: String,
    detail_ru: String,
}

/// The part of the file of the group that this room reads.
#[derive(serde::Deserialize)]
struct Group {
    main_targets: Vec<String>,
}

static LISTS: LazyLock<BTreeMap<List, Vec<Entry>>> = LazyLock::new(|| {
    let read = |name, embedded| {
        read(body::text(name, embedded))
            .unwrap_or_else(|error| panic!("invariant: {name} is checked and well formed: {error}"))
    };
    let mut lists: BTreeMap<List, Vec<Entry>> = BTreeMap::from([
        (List::Country, read("lists/countries.csv", include_str!("../../data/lists/countries.csv"))),
        (List::Target, read("lists/targets.csv", include_str!("../../data/lists/targets.csv"))),
        (List::Theme, read("lists/themes.csv", include_str!("../../data/lists/themes.csv"))),
        (List::Tfa, read("lists/tfa.csv", include_str!("../../data/lists/tfa.csv"))),
        (List::Survey, read("lists/survey.csv", include_str!("../../data/lists/survey.csv"))),
        (List::Ntm, read("lists/ntm.csv", include_str!("../../data/lists/ntm.csv"))),
    ]);
    let group: Group = toml::from_str(body::text("group.toml", include_str!("../../data/group.toml")))
        .unwrap_or_else(|error| panic!("invariant: the group is checked and well formed: {error}"));
    let is_main = |entry: &&Entry| group.main_targets.contains(&entry.code);
    let main = lists[&List::Target].iter().filter(is_main).cloned().collect();
    lists.insert(List::MainTarget, main);
    lists
});

/// Reads the file of a list.
pub fn read(text: &str) -> Result<Vec<Entry>, String> {
    let lines = csv::Reader::from_reader(text.as_bytes()).into_deserialize::<Line>();
    let entry = |line: Line| Entry {
        code: line.code,
        alias: line.alias,
        parent: line.parent,
        is_heading: line.heading == "yes",
        title: Bilingual::new(line.title_en, line.title_ru),
        detail: Bilingual::new(line.detail_en, line.detail_ru),
    };
    lines.map(|line| line.map(entry).map_err(|error| error.to_string())).collect()
}

impl List {
    /// Returns the entries, in the order of their source.
    pub fn entries(self) -> &'static [Entry] {
        &LISTS[&self]
    }

    /// Returns the entry of a code.
    pub fn entry(self, code: &str) -> Option<&'static Entry> {
        self.entries().iter().find(|entry| entry.code == code)
    }

    /// Returns whether a code can be chosen from the list.
    pub fn offers(self, code: &str) -> bool {
        self.entry(code).is_some_and(|entry| !entry.is_heading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_whole_and_in_both_languages() {
        let counts: Vec<(List, usize)> = List::ALL.iter().map(|list| (*list, list.entries().len())).collect();
        assert_eq!(
            counts,
            [
                (List::Country, 7),
                (List::Target, 17 + 169),
                (List::MainTarget, 2),
                (List::Theme, 25),
                (List::Tfa, 49),
                (List::Survey, 58 + 11),
                (List::Ntm, 16),
            ]
        );
        for list in List::ALL {
            for entry in list.entries() {
                assert!(!entry.title.en.is_empty() && !entry.title.ru.is_empty(), "{list} {}", entry.code);
                assert!(entry.parent.is_empty() || list.entry(&entry.parent).is_some() || *list == List::MainTarget);
            }
        }
    }

    #[test]
    fn codes_are_texts_and_headings_cannot_be_chosen() {
        assert!(List::Target.offers("17.10") && !List::Target.offers("17.1.0") && !List::Target.offers("17"));
        assert!(List::Tfa.offers("TFA-23.2") && !List::Tfa.offers("TFA-ART1"));
        assert!(List::Theme.offers("D3"));
    }
}
