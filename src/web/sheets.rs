//! What the workbooks of every room have in common: how cells look, how high rows are, the hidden sheet about the workbook
//! itself, and what is wrong with one that came back, cell by cell.

use std::collections::BTreeMap;

use rocket::http::ContentType;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::forms::worded;
use super::{Answer, Fields, PageError, PageResult};
use crate::i18n::Texts;
use crate::kernel::fields::Message;
use crate::kernel::workbook::{self, Fault, Sheet, WorkbookError};

/// Name of the hidden sheet about the workbook itself.
pub const ABOUT: &str = "speca";
/// Size of the paper: A4.
pub const A4: u8 = 9;
/// Height of a line, in points.
pub const LINE_HEIGHT: f64 = 15.0;
/// Highest row of a spreadsheet, in points.
pub const HEIGHT_MAX: f64 = 405.0;
/// Longest message that a spreadsheet shows beside a cell, in characters.
pub const MESSAGE_CHARS_MAX: usize = 250;
/// Field of the file in the forms that take one.
pub const FILE: &str = "file";

/// How cells look.
pub struct Looks {
    /// Title of the sheet.
    pub title: Format,
    /// Heading of a section.
    pub section: Format,
    /// Heading of a column.
    pub heading: Format,
    /// What a row is about.
    pub label: Format,
    /// Help, and what is there to be read.
    pub help: Format,
    /// Text to fill in.
    pub text: Format,
    /// Number to fill in.
    pub number: Format,
    /// Where nothing is to be filled in.
    pub none: Format,
}

impl Looks {
    /// Returns the looks of a new workbook.
    pub fn ours() -> Self {
        let plain = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let line = Color::RGB(0x0096_9FAB);
        let open = || plain().set_unlocked().set_border(FormatBorder::Thin).set_border_color(line);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            section: Format::new().set_bold().set_font_size(13).set_background_color(Color::RGB(0x00DC_E8F2)),
            heading: plain().set_bold().set_background_color(Color::RGB(0x00EE_F1F4)),
            label: plain().set_bold(),
            help: plain().set_font_color(Color::RGB(0x0045_4F5B)),
            text: open().set_num_format("@"),
            number: open().set_num_format("0"),
            none: plain().set_background_color(Color::RGB(0x00EE_F1F4)),
        }
    }
}

/// Returns how high a row must be for a text in a column, in points: programs do not find out when they open a file.
pub fn height(text: &str, width: f64) -> f64 {
    let of = |line: &str| u32::try_from(line.chars().count()).map_or(HEIGHT_MAX, f64::from);
    let lines: f64 = text.lines().map(|line| (of(line) * 1.15 / width).ceil().max(1.0)).sum();
    (lines.max(1.0) * LINE_HEIGHT + 3.0).min(HEIGHT_MAX)
}

/// Cuts a message to what a spreadsheet shows beside a cell.
pub fn cut(text: &str) -> String {
    text.chars().take(MESSAGE_CHARS_MAX).collect()
}

/// Writes the hidden sheet about the workbook itself: names and values.
pub fn about(sheet: &mut Worksheet, lines: &[(&str, String)]) -> Result<(), XlsxError> {
    sheet.set_name(ABOUT)?;
    for (row, (name, value)) in (0_u32..).zip(lines) {
        sheet.write_string(row, 0, *name)?;
        sheet.write_string(row, 1, value)?;
    }
    sheet.set_very_hidden(true).protect();
    Ok(())
}

/// Returns what a workbook says about itself; nothing when it is none of ours.
pub fn read_about(sheets: &[Sheet]) -> Option<BTreeMap<&str, &str>> {
    let about = sheets.iter().find(|sheet| sheet.name == ABOUT)?;
    Some(about.rows().into_keys().map(|row| (about.cell(row, 0), about.cell(row, 1))).collect())
}

/// Returns the sheets of the workbook that was sent, or why there is none to read. No cell may hold a formula: what it
/// shows is not what somebody wrote.
pub fn sent(fields: &Fields) -> Result<Vec<Sheet>, Vec<Fault>> {
    let whole = |code: &str| vec![Fault::whole(Message::new(code))];
    let refused = |error| match error {
        WorkbookError::Unreadable => whole("no-workbook"),
        WorkbookError::TooLarge => whole("workbook-too-large"),
    };
    let bytes = fields.file(FILE).ok_or_else(|| whole("required"))?;
    let sheets = workbook::read(bytes).map_err(refused)?;
    let formulas = workbook::formulas(bytes).map_err(refused)?;
    if formulas.is_empty() {
        return Ok(sheets);
    }
    Err(formulas.into_iter().map(|place| Fault { cell: place, message: Message::new("workbook-formula") }).collect())
}

/// Words what is wrong, each with its cell.
pub fn faults(texts: Texts, faults: &[Fault]) -> Vec<(String, String)> {
    faults.iter().map(|fault| (fault.cell.clone(), worded(texts, "error", &fault.message))).collect()
}

/// Answers with a workbook.
pub fn file(name: String, bytes: Result<Vec<u8>, XlsxError>) -> PageResult {
    let bytes = bytes.map_err(|error| PageError::Template(format!("workbook: {error}")))?;
    let kind = ContentType::new("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    Ok(Answer::File(kind, name, bytes))
}
