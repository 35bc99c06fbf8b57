//! An export written in the words of its language, whole or in part: everything is read in one read transaction, so the file
//! shows one moment, and a page at a time, so memory stays flat however long it is.
//!
//! Apart from `export`, because it knows the words; called by pages and commands alike.

use std::io::{self, BufReader, Cursor, Read, Write};

use super::cell::unguarded;
use super::export::ballots::{certified, papers_of};
use super::export::{self, ExportError, Order, Words};
use super::spool::{Spool, Spooled};
use crate::ballots;
use crate::ballots::export::Form;
use crate::db::{AnyConnection, StoreError};
use crate::i18n::Texts;

/// Writes an export and returns the number of rows under the titles. Call it within one read transaction.
pub fn write<W: Write>(conn: &mut AnyConnection, order: &Order, out: W) -> Result<u64, ExportError> {
    let texts = Texts::of(order.lang);
    // Why: the questionnaires of a body may have codes of their own, which have no words here.
    let code = |prefix: &str, code: &str| {
        if texts.has(&format!("{prefix}-{code}")) { texts.code(prefix, code) } else { code.to_owned() }
    };
    export::write(conn, (order, Words { lang: order.lang, code: &code }), out)
}

/// Returns the cells of some rows of an export, as they were before formulas were made harmless, and whether more follow. The
/// whole is written all the same: what a row says may follow from the others.
pub fn part(
    conn: &mut AnyConnection,
    order: &Order,
    (skipped, wanted): (usize, usize),
) -> Result<(Vec<Vec<String>>, bool), ExportError> {
    let mut spool = Spool::default();
    write(conn, order, &mut spool)?;
    let written: Box<dyn Read> = match spool.finish()? {
        Spooled::Held(bytes) => Box::new(Cursor::new(bytes)),
        Spooled::File(file) => Box::new(BufReader::new(file)),
    };
    let mut rows = Vec::new();
    for record in csv::Reader::from_reader(written).records().skip(skipped).take(wanted + 1) {
        rows.push(record.map_err(io::Error::from)?.iter().map(|cell| unguarded(cell).to_owned()).collect());
    }
    let goes_on = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, goes_on))
}

/// Writes the papers of a certified ballot in a form that other programs read.
pub fn write_form<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    form: Form,
    mut out: W,
) -> Result<(), ExportError> {
    let ballot = certified(conn, order)?;
    let options = ballots::store::options_of(conn, &ballot.id)?;
    let papers = papers_of(conn, &ballot)?;
    let file = ballots::export::file(form, order.session()?, &ballot, &options, &papers)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok(out.write_all(file.content.as_bytes())?)
}
