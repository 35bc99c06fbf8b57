//! From bytes to rows: a workbook, or text of any encoding and delimiter, whatever the spreadsheet was that saved it.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};

use super::model::Fault;
use crate::exports::cell::unguarded;
use crate::kernel::fields::Message;
use crate::kernel::workbook::{self, Sheet, is_workbook};

/// Between lines within a cell of a workbook, so that a line of the text stays a row of the sheet.
const LINE_IN_CELL: &str = "\u{2028}";
/// Most columns of a sheet that are read.
const COLUMNS_MAX: usize = 500;
/// Most rows of a sheet that are read.
const ROWS_MAX: u32 = 100_000;

/// A file as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The headers.
    pub header: Vec<String>,
    /// The lines under them that have anything in them.
    pub lines: Vec<Line>,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line of the file on which it begins, from 1.
    pub number: u64,
    /// Its cells, one for each header.
    pub cells: Vec<String>,
}

/// Returns the text of a file: the first sheet of a workbook, else by its byte order mark, else UTF-8, else Windows-1251.
#[expect(clippy::result_large_err, reason = "a fault is rare, and made once a file")]
pub fn decode(bytes: &[u8]) -> Result<String, Fault> {
    let refuse = || Fault::new(1, "", "", Message::new("import-no-text")).accepts(Message::new("import-accepted-file"));
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, has_errors) = encoding.decode(bytes);
        return if has_errors { Err(refuse()) } else { Ok(text.into_owned()) };
    }
    if is_workbook(bytes) {
        return workbook::read(bytes).map_err(|_| refuse()).map(|sheets| as_csv(sheets.first()));
    }
    // Why: other files of programs hold zeros; as text they would give hundreds of faults.
    if bytes.contains(&0) {
        return Err(refuse());
    }
    let text = UTF_8
        .decode_without_bom_handling_and_without_replacement(bytes)
        .unwrap_or_else(|| WINDOWS_1251.decode_without_bom_handling(bytes).0);
    Ok(text.into_owned())
}

/// Returns a sheet as CSV, line by line, so that a fault names the row of the sheet.
fn as_csv(sheet: Option<&Sheet>) -> String {
    let rows = sheet.map(Sheet::rows).unwrap_or_default();
    let width = rows.values().flatten().map(|(column, _)| *column as usize + 1).max().unwrap_or(0).min(COLUMNS_MAX);
    let last = rows.last_key_value().map_or(0, |(row, _)| row + 1).min(ROWS_MAX);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in 0..last {
        let mut line = vec![String::new(); width];
        for (column, cell) in rows.get(&row).into_iter().flatten() {
            if let Some(place) = line.get_mut(*column as usize) {
                *place = cell.replace('\n', LINE_IN_CELL);
            }
        }
        writer.write_record(&line).expect("invariant: writing to memory does not fail");
    }
    let text = writer.into_inner().expect("invariant: writing to memory does not fail");
    String::from_utf8(text).expect("invariant: made of texts")
}

/// Returns a text as a table; `is_known` says whether a header is one of ours, by which the delimiter is recognised.
pub fn table(text: &str, is_known: impl Fn(&str) -> bool) -> Result<Table, Vec<Fault>> {
    // Why: the reader counts a line less where lines end in two characters.
    let text = &text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|delimiter| headers(text, *delimiter).iter().filter(|header| is_known(header)).count())
        .unwrap_or(b',');
    let header = headers(text, delimiter);
    let mut faults = Vec::new();
    let mut lines = Vec::new();
    let mut reader = reader(text, delimiter);
    for record in reader.records().skip(1) {
        match record {
            Ok(record) => {
                let number = record.position().map_or(0, csv::Position::line);
                let cells: Vec<String> = record.iter().map(tidy).collect();
                if cells.iter().all(String::is_empty) {
                    continue;
                }
                if cells.len() == header.len() {
                    lines.push(Line { number, cells });
                } else {
                    faults.push(wrong_width(number, cells.len(), header.len()));
                }
            }
            Err(error) => {
                let number = error.position().map_or(1, csv::Position::line);
                faults.push(Fault::new(number, "", "", Message::new("unreadable")));
            }
        }
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push(Fault::new(1, "", "", Message::new("import-empty")).accepts(Message::new("import-accepted-file")));
    }
    if faults.is_empty() { Ok(Table { header, lines }) } else { Err(faults) }
}

fn wrong_width(line: u64, cells: usize, headers: usize) -> Fault {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let message = Message::new("import-width").number("cells", number(cells));
    Fault::new(line, "", "", message).accepts(Message::new("import-accepted-width").number("headers", number(headers)))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn headers(text: &str, delimiter: u8) -> Vec<String> {
    let first = reader(text, delimiter).records().next();
    first.and_then(Result::ok).map_or_else(Vec::new, |record| record.iter().map(tidy).collect())
}

/// No white space around, no apostrophe in front of a formula.
fn tidy(cell: &str) -> String {
    unguarded(cell.trim()).trim().replace(LINE_IN_CELL, "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "code,title\nKAZ,\"Первая, строка\nвторая\"\n\n,\nUZB,'=1+1\n";

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        let table = table(text, |header| ["code", "title"].contains(&header)).unwrap();
        assert_eq!(table.header, ["code", "title"]);
        table.lines.into_iter().map(|line| (line.number, line.cells)).collect()
    }

    fn expected() -> Vec<(u64, Vec<String>)> {
        let cells = |code: &str, title: &str| vec![code.to_owned(), title.to_owned()];
        vec![(2, cells("KAZ", "Первая, строка\nвторая")), (6, cells("UZB", "=1+1"))]
    }

    #[test]
    fn every_delimiter_and_line_end_is_recognised() {
        for (delimiter, end) in [(",", "\n"), (";", "\r\n"), ("\t", "\n")] {
            let text = ROWS.replace("Первая, строка", "#").replace(',', delimiter).replace('\n', end);
            assert_eq!(lines(&text.replace('#', "Первая, строка")), expected(), "{delimiter:?}");
        }
    }

    #[test]
    fn every_encoding_is_recognised() {
        let (cyrillic, _, _) = WINDOWS_1251.encode(ROWS);
        let with_mark = [b"\xEF\xBB\xBF", ROWS.as_bytes()].concat();
        let wide: Vec<u8> = [0xFEFF].into_iter().chain(ROWS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [ROWS.as_bytes(), &cyrillic, &with_mark, &wide] {
            assert_eq!(lines(&decode(bytes).unwrap()), expected());
        }
    }

    #[test]
    fn a_workbook_is_its_first_sheet_line_by_line() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, cells) in [(0, ["code", "title"]), (1, ["KAZ", "Первая, строка\nвторая"]), (5, ["UZB", "=1+1"])]
        {
            for (column, cell) in (0_u16..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        let text = decode(&workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(lines(&text), expected());
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let code = |bytes: &[u8]| match decode(bytes) {
            Err(fault) => fault.message.code,
            Ok(text) => table(&text, |_| false).unwrap_err()[0].message.code.clone(),
        };
        assert_eq!(code(b"PK\x03\x04..."), "import-no-text");
        assert_eq!(code(b"a\0b"), "import-no-text");
        assert_eq!(code(b""), "import-empty");
        assert_eq!(code(b"code,title\n"), "import-empty");
        assert_eq!(code(b"code,title\nKAZ\n"), "import-width");
    }
}
