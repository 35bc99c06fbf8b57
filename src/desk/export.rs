//! The list of submissions as a file: what the list shows with its filter, one row a submission.

use std::io;

use crate::exports::cell::guarded;
use crate::exports::export::sheet::MARK;

/// Writes a CSV file: byte order mark, header, rows; cells that could start a formula are made harmless.
pub fn file(header: &[String], rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut out = MARK.to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(out)
}
