//! The tables of papers as a workbook: one sheet a table, cells as texts and whole numbers, no formula.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use crate::papers::model::{Document, Table, letters};

/// Longest name of a sheet.
const SHEET_CHARS_MAX: usize = 31;
/// Characters that the name of a sheet may not hold.
const FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// Width of a column for each part of its share, in characters.
const WIDTH_OF_SHARE: f64 = 4.0;
/// Longest text of a cell that a spreadsheet takes.
const CELL_CHARS_MAX: usize = 32_767;

/// Returns the name of a sheet, different from those before it.
fn sheet_name(table: &Table, before: &mut BTreeSet<String>) -> String {
    let clean: String = table.sheet.chars().filter(|c| !FORBIDDEN.contains(c)).collect();
    let mut count = 1;
    loop {
        let end = if count == 1 { String::new() } else { format!(" {count}") };
        let most = SHEET_CHARS_MAX - end.chars().count();
        let name = format!("{}{end}", clean.chars().take(most).collect::<String>());
        if before.insert(name.to_lowercase()) {
            return name;
        }
        count += 1;
    }
}

/// Returns the workbook with the tables of papers, in their order; `title` names it.
pub fn write(documents: &[Document], title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Why: the time of writing would make every file another one.
    let never = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&never));
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let mut names = BTreeSet::new();
    for document in documents {
        for table in document.tables() {
            let sheet = workbook.add_worksheet();
            sheet.set_name(sheet_name(table, &mut names))?;
            sheet.write_string_with_format(0, 0, &table.title, &Format::new().set_bold())?;
            sheet.write_string(1, 0, format!("{} · {}", document.head.reference, document.head.title))?;
            for (column, at) in table.columns.iter().zip(0_u16..) {
                sheet.set_column_width(at, f64::from(column.share) * WIDTH_OF_SHARE)?;
                sheet.write_string_with_format(3, at, &column.title, &bold)?;
            }
            for (line, row) in table.rows.iter().zip(4_u32..) {
                for ((cell, column), at) in line.iter().zip(&table.columns).zip(0_u16..) {
                    let text: String = letters(cell).chars().take(CELL_CHARS_MAX).collect();
                    match text.parse::<u32>() {
                        Ok(number) if column.is_number => sheet.write_number_with_format(row, at, number, &wrapped)?,
                        _ => sheet.write_string_with_format(row, at, &text, &wrapped)?,
                    };
                }
            }
            sheet.set_freeze_panes(4, 0)?;
        }
    }
    if documents.iter().all(|document| document.tables().next().is_none()) {
        workbook.add_worksheet().write_string(0, 0, title)?;
    }
    workbook.save_to_buffer()
}
