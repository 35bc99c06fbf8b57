//! A CSV file being written: byte order mark, headers, rows; cells made harmless one by one.

use std::io::{self, Write};

use crate::exports::cell::guarded;
use crate::exports::model::Description;
use crate::kernel::lang::Lang;

/// The byte order mark, by which Excel recognises UTF-8.
pub const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A file being written.
pub struct Sheet<'a> {
    writer: csv::Writer<Box<dyn Write + 'a>>,
    width: usize,
    rows: u64,
}

impl<'a> Sheet<'a> {
    /// Begins a file with the titles of an export in a language.
    pub fn begin(mut out: impl Write + 'a, description: &Description, lang: Lang) -> io::Result<Self> {
        out.write_all(MARK)?;
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Box::new(out) as Box<dyn Write>);
        writer.write_record(description.columns.iter().map(|column| column.title.get(lang)))?;
        Ok(Self { writer, width: description.columns.len(), rows: 0 })
    }

    /// Writes a row, one cell for each column.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.width, "a cell for each column");
        for cell in cells {
            self.writer.write_field(guarded(cell.as_ref()).as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        self.rows += 1;
        Ok(())
    }

    /// Writes several rows.
    pub fn rows<S: AsRef<str>, const N: usize>(&mut self, rows: &[[S; N]]) -> io::Result<()> {
        rows.iter().try_for_each(|cells| self.row(cells))
    }

    /// Ends the file and returns the number of rows under the titles.
    pub fn end(mut self) -> io::Result<u64> {
        self.writer.flush()?;
        Ok(self.rows)
    }
}
