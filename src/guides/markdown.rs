//! Markdown as blocks of worded pieces, with the words that the controls bear; templates make the page of them.

use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeStream};

use crate::i18n::Texts;

/// What stands around the key of a control in a text.
const LABEL: (&str, char) = ("{label:", '}');

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they are set apart: the name of a control, above all.
    pub is_strong: bool,
    /// Whether they are to be typed as they stand.
    pub is_typed: bool,
    /// Where they lead.
    pub href: Option<String>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// Numbered steps.
    Steps,
    /// A list without numbers.
    List,
}

/// A block with its lines: one, or each entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its lines.
    pub lines: Vec<Vec<Piece>>,
}

/// Returns the keys of the controls that a text quotes.
pub fn quoted(markdown: &str) -> Vec<&str> {
    markdown.split(LABEL.0).skip(1).filter_map(|rest| rest.split_once(LABEL.1)).map(|(key, _)| key).collect()
}

/// Returns the blocks of a text.
pub fn blocks(texts: Texts, markdown: &str) -> Vec<Block> {
    let mut writer = Writer { texts, blocks: Vec::new(), now: Piece::default(), is_in_list: false };
    TextMergeStream::new(Parser::new(markdown)).for_each(|event| writer.take(event));
    writer.blocks
}

/// Gathers blocks from the events of the parser.
struct Writer {
    texts: Texts,
    blocks: Vec<Block>,
    now: Piece,
    is_in_list: bool,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.open(Kind::Heading, true),
            Event::Start(Tag::Paragraph) if !self.is_in_list => self.open(Kind::Paragraph, true),
            Event::Start(Tag::List(first)) => {
                self.is_in_list = true;
                self.open(if first.is_some() { Kind::Steps } else { Kind::List }, false);
            }
            Event::End(TagEnd::List(_)) => self.is_in_list = false,
            Event::Start(Tag::Item) => self.line(),
            Event::Start(Tag::Strong) => self.now.is_strong = true,
            Event::End(TagEnd::Strong) => self.now.is_strong = false,
            Event::Start(Tag::Link { dest_url, .. }) => self.now.href = Some(dest_url.into_string()),
            Event::End(TagEnd::Link) => self.now.href = None,
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.put(Piece { is_typed: true, ..self.piece(&text) }),
            Event::SoftBreak | Event::HardBreak => self.put(self.piece(" ")),
            _ => {}
        }
    }

    fn open(&mut self, kind: Kind, has_line: bool) {
        self.blocks.push(Block { kind, lines: Vec::new() });
        if has_line {
            self.line();
        }
    }

    fn line(&mut self) {
        if let Some(block) = self.blocks.last_mut() {
            block.lines.push(Vec::new());
        }
    }

    fn piece(&self, text: &str) -> Piece {
        Piece { text: text.to_owned(), ..self.now.clone() }
    }

    fn put(&mut self, piece: Piece) {
        if let Some(line) = self.blocks.last_mut().and_then(|block| block.lines.last_mut()) {
            line.push(piece);
        }
    }

    /// Adds words, each control that they quote as the page names it.
    fn text(&mut self, text: &str) {
        let mut parts = text.split(LABEL.0);
        self.put(self.piece(parts.next().unwrap_or_default()));
        for part in parts {
            let (key, rest) = part.split_once(LABEL.1).unwrap_or((part, ""));
            self.put(Piece { is_strong: true, ..self.piece(&self.texts.text(key)) });
            self.put(self.piece(rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;

    fn shown(block: &Block) -> Vec<String> {
        let piece = |piece: &Piece| if piece.is_strong { format!("<{}>", piece.text) } else { piece.text.clone() };
        block.lines.iter().map(|line| line.iter().map(piece).collect()).collect()
    }

    #[test]
    fn controls_are_quoted_in_the_words_of_the_page() {
        let markdown = "Press {label:sign-in}\nnow, *please*.\n\n1. One [there](/x).\n2. Two **{label:sign-in}**\n\n## Then\n\n- `a`";
        for lang in [Lang::En, Lang::Ru] {
            let texts = Texts::of(lang);
            let label = texts.text("sign-in");
            let found = blocks(texts, markdown);
            assert_eq!(
                found.iter().map(|block| block.kind).collect::<Vec<_>>(),
                [Kind::Paragraph, Kind::Steps, Kind::Heading, Kind::List]
            );
            assert_eq!(shown(&found[0]), [format!("Press <{label}> now, please.")]);
            assert_eq!(shown(&found[1]), ["One there.".to_owned(), format!("Two <><{label}><>")]);
            assert_eq!(found[1].lines[0][1].href.as_deref(), Some("/x"));
            assert!(found[3].lines[0][0].is_typed);
        }
        assert_eq!(quoted(markdown), ["sign-in", "sign-in"]);
    }
}
