//! The nouns of the room: how far an export reaches, and what its contract says of it.

use serde_json::{Value, json};

use crate::kernel::lang::{Bilingual, Lang};

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

/// What an export is, as its contract says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    /// The title.
    pub title: Bilingual<String>,
    /// What it holds.
    pub about: Bilingual<String>,
    /// Who may take it.
    pub who: Bilingual<String>,
    /// The columns, in the order of the file.
    pub columns: Vec<Column>,
    /// The document itself.
    pub(super) document: Value,
}

/// Keys of the document whose words stand there in both languages.
const WORDED: [&str; 5] = ["titles", "dc:title", "dc:abstract", "dc:accessRights", "dc:description"];

/// Returns the words of a key in both languages.
pub(super) fn both(value: &Value) -> Bilingual<String> {
    let side = |lang: Lang| value[lang.code()].as_str().unwrap_or_default().to_owned();
    Bilingual::new(side(Lang::En), side(Lang::Ru))
}

impl Description {
    /// Reads a document of the contract.
    pub(super) fn read(text: &str) -> Self {
        let document: Value = serde_json::from_str(text).expect("invariant: embedded descriptions are well formed");
        let columns = document["tableSchema"]["columns"].as_array().map_or(&[][..], Vec::as_slice).iter();
        let columns = columns
            .map(|column| Column {
                name: column["name"].as_str().unwrap_or_default().to_owned(),
                title: both(&column["titles"]),
            })
            .collect();
        let [title, about, who] = ["dc:title", "dc:abstract", "dc:accessRights"].map(|key| both(&document[key]));
        Self { title, about, who, columns, document }
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
