//! The nouns of the room: which papers there are, and a paper as data that every form of it is written from.
//!
//! Texts of delegations are cleaned when they enter a [`Run`]: no control characters, nothing that turns the direction of
//! a line, so that no writer has to think of them.

use crate::coded_enum;
use crate::kernel::lang::Lang;

coded_enum! {
    /// A paper of a session; its code names its page and its files.
    pub enum Name {
        /// Compilation of the accepted good practices.
        Practices = "practices",
        /// Annex with scores, order and result of the certified ballots.
        Result = "result",
        /// Draft decision of the Working Group.
        Decision = "decision",
        /// The work programme.
        Programme = "programme",
        /// How the actions of the programmes in force go.
        Progress = "progress",
    }
}

impl Name {
    /// Returns the name of the file of a session: `speca-15-programme-ru.docx`.
    pub fn file(self, session: i32, lang: Lang) -> String {
        format!("speca-{session}-{self}-{lang}.docx")
    }
}

coded_enum! {
    /// Where a paper stands for one reader.
    pub enum Standing {
        /// It can be read by everybody.
        Open = "open",
        /// It is a draft, open to the secretariat and the Chair.
        Draft = "draft",
        /// What it reports is not certified or adopted yet.
        Sealed = "sealed",
    }
}

/// How a run of letters is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stress {
    /// As the text around it.
    None,
    /// In bold.
    Strong,
    /// In italics.
    Emphasis,
}

/// Letters set alike, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    text: String,
    /// The language, where it is not the paper's.
    pub lang: Option<Lang>,
    /// How it is set.
    pub stress: Stress,
}

/// Returns whether a character may stand in a paper: no control characters, nothing that XML forbids or that turns the
/// direction of a line.
fn may_stand(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_no_character = matches!(c, '\u{fffe}' | '\u{ffff}');
    (c == '\n' || !c.is_control()) && !turns && !is_no_character
}

impl Run {
    /// Returns a run in the language of the paper.
    pub fn new(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().replace("\r\n", "\n").replace('\t', " ");
        let text = text.chars().filter(|c| may_stand(*c)).collect();
        Self { text, lang: None, stress: Stress::None }
    }

    /// Sets the language.
    #[must_use]
    pub const fn in_language(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }

    /// Sets it in bold.
    #[must_use]
    pub const fn strong(mut self) -> Self {
        self.stress = Stress::Strong;
        self
    }

    /// Sets it in italics.
    #[must_use]
    pub const fn emphasis(mut self) -> Self {
        self.stress = Stress::Emphasis;
        self
    }

    /// Returns the letters.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A text: one run after the other.
pub type Text = Vec<Run>;

/// Returns a text in the language of the paper.
pub fn text(words: impl AsRef<str>) -> Text {
    vec![Run::new(words)]
}

/// Returns the letters of a text alone.
pub fn letters(text: &[Run]) -> String {
    text.iter().map(Run::text).collect()
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands at its head.
    pub title: String,
    /// Its share of the width, against the other columns.
    pub share: u32,
    /// Whether it holds numbers.
    pub is_number: bool,
}

/// A table with its title and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its number within the paper, from 1.
    pub number: usize,
    /// What stands above it: `Table 1. Actions of the programme`.
    pub title: String,
    /// Name of its sheet in a workbook.
    pub sheet: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Text>>,
}

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, from level 1.
    Heading(u8, Text),
    /// A paragraph with a number; numbers run through the paper.
    Numbered(u32, Text),
    /// A lettered part of the paragraph before it: its place, from 1, and its words.
    Item(u32, Text),
    /// A paragraph without a number.
    Plain(Text),
    /// A remark in small letters.
    Note(Text),
    /// A table.
    Table(Table),
}

/// What stands above a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The organizations, one a line.
    pub organizations: Vec<String>,
    /// The programme and the group.
    pub body: Vec<String>,
    /// Session, place and days, agenda item: one a line.
    pub meeting: Vec<String>,
    /// Reference and revision.
    pub reference: String,
    /// What stands with the reference: how provisional it is, the date, the languages.
    pub remarks: Vec<String>,
    /// Title of the paper.
    pub title: String,
    /// By whom the paper is.
    pub by: String,
    /// What must be said before anything else; a demonstration is no session.
    pub warning: Option<String>,
}

/// A paper as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which paper.
    pub name: Name,
    /// Its language.
    pub lang: Lang,
    /// What stands above it.
    pub head: Head,
    /// Its pieces, in order.
    pub blocks: Vec<Block>,
}

/// Letters of items: the alphabet of each language, without those that Russian lists leave out.
const LETTERS: [&str; 2] = ["abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщыэюя"];

/// Returns the letter of an item: `(a)`, `а)` in Russian; doubled where the alphabet ends.
pub fn letter(lang: Lang, place: u32) -> String {
    let letters: Vec<char> = LETTERS[usize::from(lang == Lang::Ru)].chars().collect();
    let index = usize::try_from(place.saturating_sub(1)).unwrap_or(0);
    let mark: String = std::iter::repeat_n(letters[index % letters.len()], index / letters.len() + 1).collect();
    match lang {
        Lang::En => format!("({mark})"),
        Lang::Ru => format!("{mark})"),
    }
}

impl Document {
    /// Returns the tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// Returns the paper as lines of plain text, cells parted by tabs: for comparing the forms of a paper.
    pub fn lines(&self) -> Vec<String> {
        let head = &self.head;
        let mut lines: Vec<String> = head.organizations.iter().chain([&head.reference]).cloned().collect();
        lines.extend(head.remarks.iter().chain(&head.body).chain(&head.meeting).cloned());
        lines.extend([head.title.clone(), head.by.clone()]);
        lines.extend(head.warning.clone());
        for block in &self.blocks {
            match block {
                Block::Heading(_, text) | Block::Plain(text) | Block::Note(text) => lines.push(letters(text)),
                Block::Numbered(number, text) => lines.push(format!("{number}. {}", letters(text))),
                Block::Item(place, text) => lines.push(format!("{} {}", letter(self.lang, *place), letters(text))),
                Block::Table(table) => {
                    lines.push(table.title.clone());
                    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
                    lines.push(titles.join("\t"));
                    for row in &table.rows {
                        lines.push(row.iter().map(|cell| letters(cell)).collect::<Vec<_>>().join("\t"));
                    }
                }
            }
        }
        lines.iter().flat_map(|line| line.split('\n').map(str::to_owned).collect::<Vec<_>>()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_file_can_hold_does_not_enter_a_paper() {
        let run = Run::new("A\u{0}\u{b}\u{1b}[31m\u{202e}dna\u{2069}\u{feff}\u{ffff} <b>&amp;\r\nsecond\tline\u{85}");
        assert_eq!(run.text(), "A[31mdna\u{feff} <b>&amp;\nsecond line");
    }

    #[test]
    fn items_have_the_letters_of_the_language() {
        let of = |lang| [1, 2, 8, 10, 40].map(|place| letter(lang, place));
        assert_eq!(of(Lang::En), ["(a)", "(b)", "(h)", "(j)", "(nn)"]);
        assert_eq!(of(Lang::Ru), ["а)", "б)", "з)", "к)", "лл)"]);
    }
}
