//! What a file is, told by its content and never by its name, and what is not taken.
//!
//! Text and office documents are read to their end, within bounds: what is announced as one thing and holds another, a
//! program, a page, macros or a bomb is refused by a code of its own.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::name::ends_as;
use crate::coded_enum;

/// Most that an office document may unpack to, in bytes.
const UNPACKED_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// Most files inside an office document.
const FILES_MAX: usize = 2_000;
/// Most of the list of contents that is looked at.
const LIST_BYTES_MAX: u64 = 1024 * 1024;
/// How much of the beginning decides.
const HEAD_BYTES: usize = 4096;

coded_enum! {
    /// The kinds of content that are taken.
    pub enum Content {
        /// Portable document.
        Pdf = "pdf",
        /// Text document of Office Open XML.
        Docx = "docx",
        /// Spreadsheet of Office Open XML.
        Xlsx = "xlsx",
        /// Presentation of Office Open XML.
        Pptx = "pptx",
        /// Text document of OpenDocument.
        Odt = "odt",
        /// Spreadsheet of OpenDocument.
        Ods = "ods",
        /// Presentation of OpenDocument.
        Odp = "odp",
        /// Picture.
        Png = "png",
        /// Photograph.
        Jpeg = "jpeg",
        /// Plain text.
        Text = "text",
        /// Table as plain text.
        Csv = "csv",
    }
}

impl Content {
    /// Returns the media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// Returns how names of such files end; the first is the usual one.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
        }
    }
}

coded_enum! {
    /// Why a file is not taken.
    pub enum Unfit {
        /// It holds nothing.
        Empty = "empty",
        /// It runs.
        Program = "program",
        /// It is a page or a drawing that can hold scripts.
        Page = "page",
        /// It holds macros.
        Macros = "macros",
        /// It is an archive.
        Archive = "archive",
        /// It unpacks to far more than it is.
        Bomb = "bomb",
        /// It begins as a document and does not go on as one.
        Damaged = "damaged",
        /// It is of an older or encrypted office format.
        Old = "old",
        /// It is none of the kinds that are taken.
        Unknown = "unknown",
    }
}

/// What examining a file gives: an error of the disk, a reason not to take it, or what it is.
pub type Examined = io::Result<Result<Content, Unfit>>;

/// How programs begin: Windows, Linux, macOS and Java.
const PROGRAMS: &[&[u8]] = &[
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",
];
/// How archives begin that are no office documents.
const ARCHIVES: &[&[u8]] =
    &[b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF", b"PK\x05\x06"];
/// How older and encrypted office documents begin.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Tells what a file is; the name only tells a table from another plain text.
pub fn examine(mut file: impl Read + Seek, name: &str) -> Examined {
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let begins = |beginnings: &[&[u8]]| beginnings.iter().any(|one| head.starts_with(one));
    let told = if head.is_empty() {
        Err(Unfit::Empty)
    } else if begins(PROGRAMS) {
        Err(Unfit::Program)
    } else if head.starts_with(b"%PDF-") {
        Ok(Content::Pdf)
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") {
        Ok(Content::Png)
    } else if head.starts_with(b"\xff\xd8\xff") {
        Ok(Content::Jpeg)
    } else if head.starts_with(b"PK\x03\x04") {
        office(BufReader::new(file))
    } else if head.starts_with(OLD) {
        Err(Unfit::Old)
    } else if begins(ARCHIVES) {
        Err(Unfit::Archive)
    } else {
        return text(file, &head, name);
    };
    Ok(told)
}

/// Reads a text to its end: letters of UTF-8 and the usual controls, and nothing that a browser would take for a page.
fn text(file: impl Read, head: &[u8], name: &str) -> Examined {
    let start = String::from_utf8_lossy(head).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let pages = ["<!doctype", "<html", "<svg", "<script", "<body", "<iframe"];
    if start.starts_with('<') || pages.iter().any(|page| start.contains(page)) {
        return Ok(Err(Unfit::Page));
    }
    if start.starts_with("{\\rtf") || start.starts_with("%!ps") {
        return Ok(Err(Unfit::Unknown));
    }
    let mut file = BufReader::new(file);
    let mut held = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        held.extend_from_slice(&buffer[..count]);
        let whole = match std::str::from_utf8(&held) {
            Ok(_) => held.len(),
            // Why: a letter may lie across two pieces, but not across the end.
            Err(error) if error.error_len().is_none() && count > 0 => error.valid_up_to(),
            Err(_) => return Ok(Err(Unfit::Unknown)),
        };
        let is_strange = |byte: &u8| (*byte < 0x20 && !b"\t\n\r\x0c".contains(byte)) || *byte == 0x7f;
        if held[..whole].iter().any(is_strange) {
            return Ok(Err(Unfit::Unknown));
        }
        if count == 0 {
            return Ok(Ok(if ends_as(name, Content::Csv.endings()) { Content::Csv } else { Content::Text }));
        }
        held.drain(..whole);
    }
}

/// What the list of contents of an Office Open XML document says that it is.
const OPEN_XML: &[(&str, Content)] = &[
    ("wordprocessingml.document.main+xml", Content::Docx),
    ("spreadsheetml.sheet.main+xml", Content::Xlsx),
    ("presentationml.presentation.main+xml", Content::Pptx),
];

/// Tells what a packed document is, after everything in it was unpacked into nothing and counted.
fn office(file: impl Read + Seek) -> Result<Content, Unfit> {
    let mut archive = ZipArchive::new(file).map_err(|_| Unfit::Damaged)?;
    if archive.len() > FILES_MAX {
        return Err(Unfit::Bomb);
    }
    let (mut left, mut list, mut kind, mut has_macros) = (UNPACKED_BYTES_MAX, String::new(), String::new(), false);
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).map_err(|_| Unfit::Damaged)?;
        let name = file.name().map_err(|_| Unfit::Damaged)?.into_owned();
        has_macros |= is_macro(&name);
        let mut taken = 0;
        let kept = match name.as_str() {
            "[Content_Types].xml" => Some(&mut list),
            "mimetype" => Some(&mut kind),
            _ => None,
        };
        if let Some(kept) = kept {
            let mut bytes = Vec::new();
            let most = LIST_BYTES_MAX.min(left);
            taken = io::copy(&mut file.by_ref().take(most), &mut bytes).map_err(|_| Unfit::Damaged)?;
            *kept = String::from_utf8_lossy(&bytes).into_owned();
        }
        let rest = left - taken;
        taken += io::copy(&mut file.take(rest + 1), &mut io::sink()).map_err(|_| Unfit::Damaged)?;
        left = left.checked_sub(taken).ok_or(Unfit::Bomb)?;
    }
    if has_macros || list.to_lowercase().contains("macroenabled") {
        return Err(Unfit::Macros);
    }
    if let Some((_, content)) = OPEN_XML.iter().find(|(part, _)| list.contains(part)) {
        return Ok(*content);
    }
    match kind.trim() {
        "application/vnd.oasis.opendocument.text" => Ok(Content::Odt),
        "application/vnd.oasis.opendocument.spreadsheet" => Ok(Content::Ods),
        "application/vnd.oasis.opendocument.presentation" => Ok(Content::Odp),
        _ => Err(Unfit::Archive),
    }
}

/// Whether a file inside a document holds macros, by where such documents keep them.
fn is_macro(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn told(bytes: &[u8], name: &str) -> Result<Content, Unfit> {
        examine(Cursor::new(bytes), name).unwrap()
    }

    const DOCX: &[u8] = b"<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.\
                          wordprocessingml.document.main+xml\"/></Types>";

    #[test]
    fn the_content_tells_and_not_the_name() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR rest";
        assert_eq!(told(png, "report.pdf"), Ok(Content::Png));
        assert_eq!(told(b"%PDF-1.7 \x80", "x.exe"), Ok(Content::Pdf));
        assert_eq!(told(b"\xff\xd8\xff\xe0", "x"), Ok(Content::Jpeg));
        assert_eq!(told("a;b\nё;2\n".as_bytes(), "t.CSV"), Ok(Content::Csv));
        assert_eq!(told("текст".as_bytes(), "t.html"), Ok(Content::Text));
        assert_eq!(told(&packed(&[("[Content_Types].xml", DOCX)]), "x"), Ok(Content::Docx));
        let odt = packed(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
        assert_eq!(told(&odt, "x"), Ok(Content::Odt));
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet();
        assert_eq!(told(&workbook.save_to_buffer().unwrap(), "x"), Ok(Content::Xlsx));
    }

    #[test]
    fn what_runs_hides_or_misleads_is_not_taken() {
        let refused = |bytes: &[u8], why| assert_eq!(told(bytes, "report.pdf"), Err(why));
        refused(b"", Unfit::Empty);
        refused(b"MZ\x90\0", Unfit::Program);
        refused(b"\x7fELF", Unfit::Program);
        refused(b"#!/bin/sh\n", Unfit::Program);
        refused(b" \n<HTML>", Unfit::Page);
        refused(b"\xef\xbb\xbf<svg onload=alert(1)>", Unfit::Page);
        refused(b"name,<script>alert(1)</script>", Unfit::Page);
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unfit::Old);
        refused(b"Rar!\x1a", Unfit::Archive);
        refused(b"a\0b", Unfit::Unknown);
        refused(b"\xcf\xf0\xe8\xe2\xe5\xf2", Unfit::Unknown);
        refused(b"{\\rtf1", Unfit::Unknown);
        refused(b"PK\x03\x04 and no more", Unfit::Damaged);
        refused(&packed(&[("a.txt", b"a")]), Unfit::Archive);
        refused(&packed(&[("[Content_Types].xml", DOCX), ("word/vbaProject.bin", b"x")]), Unfit::Macros);
        let sheet = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml";
        refused(&packed(&[("[Content_Types].xml", sheet)]), Unfit::Macros);
        let odt: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.text");
        refused(&packed(&[odt, ("Basic/Standard/Module1.xml", b"x")]), Unfit::Macros);
    }

    #[test]
    fn a_letter_across_two_pieces_is_a_letter() {
        let text = format!("a{}", "ё".repeat(200_000));
        assert_eq!(told(text.as_bytes(), "t.txt"), Ok(Content::Text));
        assert_eq!(told(&text.as_bytes()[..text.len() - 1], "t.txt"), Err(Unfit::Unknown));
    }

    #[test]
    fn a_bomb_is_counted_and_refused() {
        let zeros = vec![0; 16 * 1024 * 1024];
        let files: Vec<(String, &[u8])> = (0..9).map(|n| (format!("word/{n}"), zeros.as_slice())).collect();
        let mut named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        named.push(("[Content_Types].xml", DOCX));
        let bomb = packed(&named);
        assert!(bomb.len() < 512 * 1024, "{}", bomb.len());
        assert_eq!(told(&bomb, "x.docx"), Err(Unfit::Bomb));
        let many: Vec<(String, &[u8])> = (0..=FILES_MAX).map(|n| (n.to_string(), &b""[..])).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        assert_eq!(told(&packed(&many), "x.docx"), Err(Unfit::Bomb));
    }
}
