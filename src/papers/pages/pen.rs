//! Writes a paper: numbers its paragraphs and tables, finds the words, and says openly where a translation is missing.

use crate::classification::List;
use crate::i18n::Texts;
use crate::i18n::order::compare;
use crate::kernel::lang::{Bilingual, Lang};
use crate::papers::model::{Block, Column, Document, Head, Name, Run, Table, Text, text};
use crate::sessions::Session;
use crate::sessions::pages::days;

/// The mark between which words of a message are set in italics.
const EMPHASIS: char = '*';

/// A paper being written.
pub struct Pen {
    /// The words.
    pub texts: Texts,
    blocks: Vec<Block>,
    paragraphs: u32,
    items: u32,
    tables: usize,
}

impl Pen {
    /// Begins a paper.
    pub const fn new(texts: Texts) -> Self {
        Self { texts, blocks: Vec::new(), paragraphs: 0, items: 0, tables: 0 }
    }

    /// Returns the language.
    pub const fn lang(&self) -> Lang {
        self.texts.lang()
    }

    /// Writes a heading.
    pub fn heading(&mut self, level: u8, text: Text) {
        self.blocks.push(Block::Heading(level, text));
    }

    /// Writes a heading of the paper's own.
    pub fn section(&mut self, key: &str) {
        self.heading(1, text(self.texts.text(key)));
    }

    /// Writes a paragraph with the next number.
    pub fn numbered(&mut self, text: Text) {
        self.paragraphs += 1;
        self.items = 0;
        self.blocks.push(Block::Numbered(self.paragraphs, text));
    }

    /// Writes a numbered paragraph in words of our own, filled in; what stands between asterisks is emphasised.
    pub fn says(&mut self, key: &str, values: &[(&str, String)]) {
        let text = marked(&self.texts.with(key, values));
        self.numbered(text);
    }

    /// Writes a part of the paragraph before it.
    pub fn item(&mut self, text: Text) {
        self.items += 1;
        self.blocks.push(Block::Item(self.items, text));
    }

    /// Writes a paragraph without a number.
    pub fn plain(&mut self, text: Text) {
        self.blocks.push(Block::Plain(text));
    }

    /// Writes a remark.
    pub fn note(&mut self, text: Text) {
        self.blocks.push(Block::Note(text));
    }

    /// Writes a table: the key of its title, its columns (key of the title, share, whether it holds numbers), its rows.
    pub fn table(&mut self, key: &str, columns: &[(&str, u32, bool)], rows: Vec<Vec<Text>>) {
        let columns = columns
            .iter()
            .map(|(key, share, is_number)| Column { title: self.texts.text(key), share: *share, is_number: *is_number })
            .collect();
        self.table_of(self.texts.text(key), columns, rows);
    }

    /// Writes a table whose columns are worded already.
    pub fn table_of(&mut self, title: String, columns: Vec<Column>, rows: Vec<Vec<Text>>) {
        self.tables += 1;
        let number = self.tables;
        let numbered = self.texts.with("paper-table", &[("number", number.to_string()), ("title", title.clone())]);
        self.blocks.push(Block::Table(Table { number, title: numbered, sheet: title, columns, rows }));
    }

    /// Ends the paper under its head.
    pub fn finish(self, name: Name, head: Head) -> Document {
        Document { name, lang: self.lang(), head, blocks: self.blocks }
    }

    /// Returns the head of a paper, with a reference of the program that is no document symbol.
    pub fn head(&self, session: &Session, name: Name, reference: String, remark: String) -> Head {
        let texts = self.texts;
        let lang = self.lang();
        let organizations = ["paper-unece", "paper-escap"].map(|key| texts.text(key));
        let place = format!("{}, {}", session.place.get(lang), days(texts, session));
        Head {
            organizations: organizations.to_vec(),
            body: vec![texts.text("paper-speca"), texts.text("paper-group")],
            meeting: vec![session.title.get(lang).clone(), place, texts.text("paper-agenda-item")],
            reference,
            remarks: vec![texts.text("paper-provisional"), remark, texts.code("paper-written-in", lang)],
            title: texts.code("papers-name", name),
            by: texts.text("paper-by"),
            warning: session.is_demonstration.then(|| texts.text("paper-made-up")),
        }
    }

    /// Returns a text of both languages in the paper's; where that is missing, says so and gives the other.
    pub fn either(&self, both: &Bilingual<String>) -> Text {
        self.sides(both.get(self.lang()), both.get(self.lang().other()))
    }

    /// Returns one side, or says that it is missing and gives the other.
    pub fn sides(&self, own: &str, other: &str) -> Text {
        match (own.is_empty(), other.is_empty()) {
            (false, _) => text(own),
            (true, true) => Text::new(),
            (true, false) => {
                let missing = self.texts.code("paper-missing", self.lang());
                vec![Run::new(missing).emphasis(), Run::new(" "), Run::new(other).in_language(self.lang().other())]
            }
        }
    }

    /// Returns a title of both languages, or the reference where there is none.
    pub fn title(&self, both: &Bilingual<String>, reference: &str) -> Text {
        let title = self.either(both);
        if title.is_empty() { text(reference) } else { title }
    }

    /// Returns a label in bold before a text.
    pub fn labelled(&self, label: &str, mut words: Text) -> Text {
        words.insert(0, Run::new(format!("{label}: ")).strong());
        words
    }

    /// Returns the words of a code of a list.
    pub fn entry(&self, list: List, code: &str) -> String {
        list.entry(code).map_or_else(|| code.to_owned(), |entry| entry.label(list, self.lang()))
    }

    /// Returns a span of years; empty where none is known.
    pub fn years(&self, first: Option<i32>, last: Option<i32>) -> String {
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first}\u{2013}{last}"),
            (Some(year), _) | (None, Some(year)) => year.to_string(),
            (None, None) => String::new(),
        }
    }

    /// Sorts things by a name, as a dictionary of the language would.
    pub fn sort<T>(&self, things: &mut [T], name: impl Fn(&T) -> String) {
        things.sort_by(|a, b| compare(self.lang(), &name(a), &name(b)));
    }
}

/// Returns a reference of the program for a paper of a session: no document symbol.
pub fn working_reference(session: &Session, name: Name) -> String {
    format!("{}/papers/{name}", session.number)
}

/// Returns words of our own, what stands between asterisks emphasised.
pub fn marked(words: &str) -> Text {
    let part = |(place, part): (usize, &str)| {
        let run = Run::new(part);
        if place % 2 == 1 { run.emphasis() } else { run }
    };
    words.split(EMPHASIS).enumerate().filter(|(_, part)| !part.is_empty()).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::papers::model::{Stress, letters};

    #[test]
    fn a_missing_translation_is_said_and_the_original_given() {
        let pen = Pen::new(Texts::of(Lang::Ru));
        let said = pen.either(&Bilingual::new("A title".to_owned(), String::new()));
        assert_eq!(letters(&said), "[текст на русском языке отсутствует] A title");
        assert_eq!(said.last().and_then(|run| run.lang), Some(Lang::En));
        let whole = pen.either(&Bilingual::new("A title".to_owned(), "Название".to_owned()));
        assert_eq!(letters(&whole), "Название");
        assert!(pen.either(&Bilingual::default()).is_empty());
    }

    #[test]
    fn words_between_asterisks_are_emphasised() {
        let text = marked("*Takes note* of it");
        let set: Vec<(&str, Stress)> = text.iter().map(|run| (run.text(), run.stress)).collect();
        assert_eq!(set, [("Takes note", Stress::Emphasis), (" of it", Stress::None)]);
    }

    #[test]
    fn paragraphs_tables_and_letters_are_numbered() {
        let mut pen = Pen::new(Texts::of(Lang::En));
        pen.numbered(text("one"));
        pen.item(text("a"));
        pen.item(text("b"));
        pen.numbered(text("two"));
        pen.item(text("c"));
        let items: Vec<Block> = pen.blocks;
        assert!(matches!(items[2], Block::Item(2, _)) && matches!(items[4], Block::Item(1, _)));
        assert!(matches!(items[3], Block::Numbered(2, _)));
    }
}
