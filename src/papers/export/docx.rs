//! A paper as a document of a word processor (Office Open XML), written part by part.
//!
//! Written by hand and not by a crate, because a paper of ours needs what they leave out: language tags, compressed parts,
//! properties without a person, and the same bytes for the same data (`docs/decisions/0019-papers-are-written-part-by-part.md`). Paragraphs have named styles;
//! numbers and letters are lists of the document; tables repeat their head on each page.

use std::fmt::Write as _;
use std::io;

use super::parts;
use crate::kernel::archive::{CompressionMethod, zip};
use crate::kernel::lang::Lang;
use crate::papers::model::{Block, Document, Head, Run, Stress, Table};

/// Width of the text in twentieths of a point: A4 less its margins.
const TEXT_WIDTH: u32 = 9638;

/// Returns the tag of a language as word processors know it.
pub const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en-GB",
        Lang::Ru => "ru-RU",
    }
}

/// Returns a text as it stands in XML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// Returns the file.
pub fn write(document: &Document) -> io::Result<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::properties(&title(document), tag(document.lang))),
        ("docProps/app.xml", parts::APPLICATION.to_owned()),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/document.xml", body(document)),
        ("word/styles.xml", parts::styles(tag(document.lang))),
        ("word/numbering.xml", parts::numbering(document.lang)),
        ("word/settings.xml", parts::settings(tag(document.lang))),
        ("word/header1.xml", parts::header(&escaped(&document.head.reference))),
        ("word/footer1.xml", parts::FOOTER.to_owned()),
    ];
    zip(&parts.each_ref().map(|(path, content)| (*path, content.as_bytes())), CompressionMethod::Deflated)
}

fn title(document: &Document) -> String {
    escaped(&format!("{} ({})", document.head.title, document.head.reference))
}

fn body(document: &Document) -> String {
    let mut out = String::from(parts::DOCUMENT_OPENS);
    head(&mut out, &document.head);
    for block in &document.blocks {
        match block {
            Block::Heading(level, text) => paragraph(&mut out, &format!("Heading{level}"), text),
            Block::Numbered(_, text) => paragraph(&mut out, "Numbered", text),
            Block::Item(_, text) => paragraph(&mut out, "Lettered", text),
            Block::Plain(text) => paragraph(&mut out, "BodyText", text),
            Block::Note(text) => paragraph(&mut out, "Note", text),
            Block::Table(shown) => table(&mut out, shown),
        }
    }
    out.push_str(parts::DOCUMENT_ENDS);
    out
}

/// Writes what stands above the paper: the organizations beside the reference, then the meeting, then the title.
fn head(out: &mut String, head: &Head) {
    let half = TEXT_WIDTH / 2;
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
         <w:tblGrid><w:gridCol w:w=\"{half}\"/><w:gridCol w:w=\"{half}\"/></w:tblGrid><w:tr>"
    );
    let left: Vec<(&str, &String)> = head.organizations.iter().map(|line| ("Organization", line)).collect();
    let right = std::iter::once(("Reference", &head.reference)).chain(head.remarks.iter().map(|line| ("Remark", line)));
    for lines in [left, right.collect()] {
        let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{half}\" w:type=\"dxa\"/></w:tcPr>");
        for (style, line) in lines {
            line_of(out, style, line);
        }
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr></w:tbl>");
    for line in &head.body {
        line_of(out, "Body", line);
    }
    for line in &head.meeting {
        line_of(out, "Meeting", line);
    }
    line_of(out, "Title", &head.title);
    line_of(out, "Subtitle", &head.by);
    if let Some(warning) = &head.warning {
        line_of(out, "Note", warning);
    }
}

fn line_of(out: &mut String, style: &str, line: &str) {
    paragraph(out, style, &[Run::new(line)]);
}

fn paragraph(out: &mut String, style: &str, text: &[Run]) {
    let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    runs(out, text);
    out.push_str("</w:p>");
}

fn runs(out: &mut String, text: &[Run]) {
    for run in text.iter().filter(|run| !run.text().is_empty()) {
        out.push_str("<w:r>");
        let stress = match run.stress {
            Stress::None => "",
            Stress::Strong => "<w:b/><w:bCs/>",
            Stress::Emphasis => "<w:i/><w:iCs/>",
        };
        let lang = run.lang.map_or_else(String::new, |lang| format!("<w:lang w:val=\"{}\"/>", tag(lang)));
        if !stress.is_empty() || !lang.is_empty() {
            let _ = write!(out, "<w:rPr>{stress}{lang}</w:rPr>");
        }
        for (place, line) in run.text().split('\n').enumerate() {
            if place > 0 {
                out.push_str("<w:br/>");
            }
            let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(line));
        }
        out.push_str("</w:r>");
    }
}

/// Returns the widths of the columns, which fill the width of the text.
fn widths(table: &Table) -> Vec<u32> {
    let shares: u32 = table.columns.iter().map(|column| column.share).sum::<u32>().max(1);
    table.columns.iter().map(|column| TEXT_WIDTH * column.share / shares).collect()
}

fn table(out: &mut String, table: &Table) {
    paragraph(out, "Caption", &[Run::new(&table.title)]);
    let widths = widths(table);
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"PaperTable\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>"
    );
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in table.columns.iter().zip(&widths) {
        cell(out, *width, "TableHead", column.is_number, &[Run::new(&column.title)]);
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for ((column, width), text) in table.columns.iter().zip(&widths).zip(row) {
            cell(out, *width, "TableText", column.is_number, text);
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    paragraph(out, "AfterTable", &[]);
}

fn cell(out: &mut String, width: u32, style: &str, is_number: bool, text: &[Run]) {
    let right = if is_number { "<w:jc w:val=\"right\"/>" } else { "" };
    let _ = write!(
        out,
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{right}</w:pPr>"
    );
    runs(out, text);
    out.push_str("</w:p></w:tc>");
}
