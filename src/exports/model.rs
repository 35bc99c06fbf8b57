//! The nouns of the room: the exports there are, how far each reaches, and what its columns are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::coded_enum;
use crate::kernel::lang::{Bilingual, Lang};

coded_enum! {
    /// An export; its code names the file and the folder of its contract.
    pub enum Name {
        /// Good practices, one a row.
        Practices = "practices",
        /// Priority actions, one a row.
        Actions = "actions",
        /// Every answer, one a row.
        Answers = "answers",
        /// The reviews that were given, one mark a row.
        Reviews = "reviews",
        /// The actions in the order of their reviews.
        Ranking = "ranking",
        /// The papers of a certified ballot.
        Ballots = "ballots",
        /// The order that a certified ballot came to.
        Result = "result",
        /// The work programme in force.
        Programme = "programme",
        /// The decisions that the group has taken.
        Decisions = "decisions",
        /// The confirmed reports on the actions of the programme in force.
        Progress = "progress",
        /// The certified ballots of a session, one a row.
        BallotList = "ballot-list",
        /// Who took part in the certified ballots.
        Turnout = "turnout",
        /// Who is asked to review what.
        Assignments = "assignments",
        /// The consents of the countries that actions name.
        Consents = "consents",
        /// The credentials of the delegations.
        Credentials = "credentials",
        /// The meetings and who was present.
        Attendance = "attendance",
        /// What reviews say beside their marks.
        Remarks = "remarks",
        /// Questions about submissions and their answers.
        Clarifications = "clarifications",
        /// The registers of objections, with the amendments that answer them.
        Objections = "objections",
        /// Submissions that are alike, and what was decided.
        Duplicates = "duplicates",
        /// Outcomes that are prepared and not applied.
        Pending = "pending",
        /// The sessions.
        Sessions = "sessions",
        /// The delegations.
        Delegations = "delegations",
        /// The accounts in their places.
        Accounts = "accounts",
        /// The outbox.
        Mails = "mails",
        /// The audit trail.
        Audit = "audit",
    }
}

/// How much an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What everybody may see.
    Public,
    /// What its reader may see on the pages.
    Reader,
    /// What the secretariat may see: everything that was cleared, never a draft.
    Secretariat,
}

/// A column of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, which never changes.
    pub name: String,
    /// Its title in each language: the header of the file.
    pub title: Bilingual<String>,
}

/// What an export is: its title, what it holds, its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    /// The title.
    pub title: Bilingual<String>,
    /// The columns, in the order of the file.
    pub columns: Vec<Column>,
    /// The document itself.
    document: Value,
}

impl Name {
    /// Returns the document that describes the export, as it stands in the contract.
    const fn contract(self) -> &'static str {
        match self {
            Self::Practices => include_str!("../../exports/practices/metadata.json"),
            Self::Actions => include_str!("../../exports/actions/metadata.json"),
            Self::Answers => include_str!("../../exports/answers/metadata.json"),
            Self::Reviews => include_str!("../../exports/reviews/metadata.json"),
            Self::Ranking => include_str!("../../exports/ranking/metadata.json"),
            Self::Ballots => include_str!("../../exports/ballots/metadata.json"),
            Self::Result => include_str!("../../exports/result/metadata.json"),
            Self::Programme => include_str!("../../exports/programme/metadata.json"),
            Self::Decisions => include_str!("../../exports/decisions/metadata.json"),
            Self::Progress => include_str!("../../exports/progress/metadata.json"),
            Self::BallotList => include_str!("../../exports/ballot-list/metadata.json"),
            Self::Turnout => include_str!("../../exports/turnout/metadata.json"),
            Self::Assignments => include_str!("../../exports/assignments/metadata.json"),
            Self::Consents => include_str!("../../exports/consents/metadata.json"),
            Self::Credentials => include_str!("../../exports/credentials/metadata.json"),
            Self::Attendance => include_str!("../../exports/attendance/metadata.json"),
            Self::Remarks => include_str!("../../exports/remarks/metadata.json"),
            Self::Clarifications => include_str!("../../exports/clarifications/metadata.json"),
            Self::Objections => include_str!("../../exports/objections/metadata.json"),
            Self::Duplicates => include_str!("../../exports/duplicates/metadata.json"),
            Self::Pending => include_str!("../../exports/pending/metadata.json"),
            Self::Sessions => include_str!("../../exports/sessions/metadata.json"),
            Self::Delegations => include_str!("../../exports/delegations/metadata.json"),
            Self::Accounts => include_str!("../../exports/accounts/metadata.json"),
            Self::Mails => include_str!("../../exports/mails/metadata.json"),
            Self::Audit => include_str!("../../exports/audit/metadata.json"),
        }
    }

    /// Returns the description of the export.
    pub fn description(self) -> &'static Description {
        static ALL: LazyLock<BTreeMap<Name, Description>> =
            LazyLock::new(|| Name::ALL.iter().map(|name| (*name, Description::read(name.contract()))).collect());
        &ALL[&self]
    }

    /// Returns whether the export is of one session, and not of the whole platform.
    pub const fn is_of_session(self) -> bool {
        !matches!(self, Self::Sessions | Self::Delegations | Self::Accounts | Self::Mails | Self::Audit)
    }

    /// Returns the name of the file, with the number of its session: `speca-15-practices-ru.csv`, `speca-accounts-ru.csv`.
    pub fn file(self, session: Option<i32>, lang: Lang) -> String {
        let session = session.map_or_else(String::new, |number| format!("{number}-"));
        format!("speca-{session}{self}-{lang}.csv")
    }
}

/// Keys of the document whose words stand there in both languages.
const WORDED: [&str; 3] = ["titles", "dc:title", "dc:description"];

fn both(value: &Value) -> Bilingual<String> {
    let side = |lang: Lang| value[lang.code()].as_str().unwrap_or_default().to_owned();
    Bilingual::new(side(Lang::En), side(Lang::Ru))
}

impl Description {
    fn read(text: &str) -> Self {
        let document: Value = serde_json::from_str(text).expect("invariant: embedded descriptions are well formed");
        let columns = document["tableSchema"]["columns"].as_array().map_or(&[][..], Vec::as_slice).iter();
        let columns = columns
            .map(|column| Column {
                name: column["name"].as_str().unwrap_or_default().to_owned(),
                title: both(&column["titles"]),
            })
            .collect();
        Self { title: both(&document["dc:title"]), columns, document }
    }

    /// Returns the names of the columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// Returns the description of the file in one language, as CSV on the Web, for a file at an address.
    pub fn document(&self, lang: Lang, url: &str) -> Value {
        let mut document = worded(&self.document, lang);
        document["@context"] = json!(["http://www.w3.org/ns/csvw", { "@language": lang.code() }]);
        document["url"] = json!(url);
        if lang == Lang::Ru {
            decimal_commas(&mut document);
        }
        document
    }
}

/// Says that decimals are written with a comma: a Russian spreadsheet takes 3.05 for the third of May.
fn decimal_commas(document: &mut Value) {
    let columns = document["tableSchema"]["columns"].as_array_mut().map_or(&mut [][..], Vec::as_mut_slice);
    for column in columns.iter_mut().filter(|column| column["datatype"] == "decimal") {
        column["datatype"] = json!({ "base": "decimal", "format": { "decimalChar": ",", "groupChar": " " } });
    }
}

/// Returns a document whose words are those of one language.
fn worded(value: &Value, lang: Lang) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, field)| {
                let words = field.get(lang.code()).filter(|_| WORDED.contains(&key.as_str()));
                (key.clone(), words.cloned().unwrap_or_else(|| worded(field, lang)))
            })
            .collect(),
        Value::Array(items) => items.iter().map(|item| worded(item, lang)).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_has_a_name_titles_and_descriptions_of_its_own() {
        for name in Name::ALL {
            let description = name.description();
            for pick in [
                &(|column: &Column| column.name.clone()) as &dyn Fn(&Column) -> String,
                &|column| column.title.en.clone(),
                &|column| column.title.ru.clone(),
            ] {
                let all: BTreeSet<String> = description.columns.iter().map(pick).collect();
                assert!(!all.contains(""), "{name}");
                assert_eq!(all.len(), description.columns.len(), "{name}");
            }
            let columns = description.document["tableSchema"]["columns"].as_array().expect("columns");
            for column in columns {
                let words = both(&column["dc:description"]);
                assert!(!words.en.is_empty() && !words.ru.is_empty(), "{name} {}", column["name"]);
            }
        }
    }

    #[test]
    fn the_document_of_a_language_has_its_words_only() {
        let text = Name::Answers.description().document(Lang::Ru, "a.csv").to_string();
        assert!(text.contains("\"titles\":\"Обозначение\"") && !text.contains("Reference"), "{text}");
    }
}
