//! Reading a workbook (XLSX) into sheets of texts, bounded whatever the file says of itself.
//!
//! A workbook is a packed archive: a small file can unpack to any size. Everything is unpacked once and counted before the
//! reader sees it, and the cells are taken one by one, so that a cell in the last row costs no more than one in the first.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, copy, sink};

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::fields::Message;

/// Most that a workbook may unpack to, in bytes.
const UNPACKED_BYTES_MAX: u64 = 48 * 1024 * 1024;
/// Most files in the archive.
const FILES_MAX: usize = 1_000;
/// Most that the texts of all cells may be together, in bytes.
const TEXT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Most cells with anything in them.
const CELLS_MAX: usize = 200_000;
/// Most formulas that are told of.
const FORMULAS_TOLD_MAX: usize = 100;

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// It is no workbook, or a damaged one.
    #[error("not a workbook")]
    Unreadable,
    /// It holds more than a form or a table of ours can.
    #[error("the workbook holds too much")]
    TooLarge,
}

/// A sheet: its name and the cells that have anything in them, by row and column from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    cells: BTreeMap<(u32, u32), String>,
}

impl Sheet {
    /// Returns the text of a cell, empty when there is nothing in it.
    pub fn cell(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", String::as_str)
    }

    /// Returns the rows that have anything in them: number from 0 and cells by column.
    pub fn rows(&self) -> BTreeMap<u32, Vec<(u32, &str)>> {
        let mut rows: BTreeMap<u32, Vec<(u32, &str)>> = BTreeMap::new();
        for ((row, column), text) in &self.cells {
            rows.entry(*row).or_default().push((*column, text));
        }
        rows
    }
}

/// Something in a workbook that cannot be taken, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The cell as people name it (`D12`); empty when it is about the whole file.
    pub cell: String,
    /// What is wrong.
    pub message: Message,
}

impl Fault {
    /// Returns a fault of a cell, row and column from 0.
    pub fn at(row: u32, column: u32, message: Message) -> Self {
        Self { cell: cell_name(row, column), message }
    }

    /// Returns a fault of the whole file.
    pub fn whole(message: Message) -> Self {
        Self { cell: String::new(), message }
    }
}

/// Returns the name of a cell as spreadsheets show it: column in letters, row from 1.
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// Returns whether bytes begin as a workbook does.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads every sheet. Numbers come as they are written out, days as `2021-03-31`, formulas as their last value.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    measure(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Unreadable)?;
    let mut sheets = Vec::new();
    let (mut count, mut size) = (0, 0);
    for name in workbook.sheet_names() {
        let mut sheet = Sheet { name: name.clone(), cells: BTreeMap::new() };
        // Why: a sheet may be a chart, which has no cells.
        let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = reader.next_cell().map_err(|_| WorkbookError::Unreadable)? {
            let text = text_of(cell.get_value());
            if text.is_empty() {
                continue;
            }
            count += 1;
            size += text.len();
            if count > CELLS_MAX || size > TEXT_BYTES_MAX {
                return Err(WorkbookError::TooLarge);
            }
            sheet.cells.insert(cell.get_position(), text);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Returns the names of the cells that hold a formula, in any sheet, the first hundred at most.
pub fn formulas(bytes: &[u8]) -> Result<Vec<String>, WorkbookError> {
    measure(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Unreadable)?;
    let mut found = Vec::new();
    for name in workbook.sheet_names() {
        let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = reader.next_formula().map_err(|_| WorkbookError::Unreadable)? {
            if !cell.get_value().is_empty() {
                let (row, column) = cell.get_position();
                found.push(cell_name(row, column));
            }
            if found.len() >= FORMULAS_TOLD_MAX {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// Unpacks everything into nothing, and counts.
fn measure(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Unreadable)?;
    if archive.len() > FILES_MAX {
        return Err(WorkbookError::TooLarge);
    }
    let mut left = UNPACKED_BYTES_MAX;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|_| WorkbookError::Unreadable)?;
        let taken = copy(&mut file.take(left + 1), &mut sink()).map_err(|_| WorkbookError::Unreadable)?;
        left = left.checked_sub(taken).ok_or(WorkbookError::TooLarge)?;
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(is) => if *is { "yes" } else { "" }.to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use rust_xlsxwriter::Workbook;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn cells_come_as_texts_wherever_they_stand() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name("Лист").expect("name");
        sheet.write_string(0, 0, " a text ").expect("cell");
        sheet.write_number(1, 1, 2021.0).expect("cell");
        sheet.write_number(2, 1, 0.5).expect("cell");
        sheet.write_string(1_048_575, 16_383, "last").expect("cell");
        let read = read(&workbook.save_to_buffer().expect("workbook")).expect("read");
        let cells: Vec<&str> = [(0, 0), (1, 1), (2, 1), (1_048_575, 16_383), (5, 5)]
            .iter()
            .map(|(row, column)| read[0].cell(*row, *column))
            .collect();
        assert_eq!((read[0].name.as_str(), cells), ("Лист", vec!["a text", "2021", "0.5", "last", ""]));
    }

    #[test]
    fn cells_are_named_as_people_see_them_and_formulas_are_found() {
        let names =
            [(0, 0), (11, 3), (0, 25), (0, 26), (1_048_575, 16_383)].map(|(row, column)| cell_name(row, column));
        assert_eq!(names, ["A1", "D12", "Z1", "AA1", "XFD1048576"]);
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "=1+1").expect("text");
        sheet.write_formula(11, 3, "=1+1").expect("formula");
        assert_eq!(formulas(&workbook.save_to_buffer().expect("workbook")), Ok(vec!["D12".to_owned()]));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_read() {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).expect("file");
        let zeros = vec![b' '; 1024 * 1024];
        for _ in 0..64 {
            archive.write_all(&zeros).expect("written");
        }
        let bytes = archive.finish().expect("archive").into_inner();
        assert!(bytes.len() < 256 * 1024, "{}", bytes.len());
        assert_eq!(read(&bytes), Err(WorkbookError::TooLarge));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"name,title\n", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
            assert_eq!(read(bytes), Err(WorkbookError::Unreadable), "{bytes:?}");
        }
    }
}
