//! What the pages show beside their lists, written as files: questions, objections, pairs, what is prepared, the trail.

use std::io::Write;

use chrono_tz::Tz;

use super::{ExportError, Order, by_id, cleared_title};
use crate::audit;
use crate::db::AnyConnection;
use crate::exports::export::Words;
use crate::exports::export::audit::{Told, row as line_row};
use crate::exports::export::clarifications::{About, row as question_row};
use crate::exports::export::duplicates::{Side, row as pair_row};
use crate::exports::export::objections::{Raised, row as objection_row};
use crate::exports::export::pending::row as outcome_row;
use crate::exports::export::reviews::remarks as remark_rows;
use crate::exports::export::sheet::Sheet;
use crate::i18n::Texts;
use crate::submissions::{clarifications, duplicates, pending};
use crate::{accounts, decisions, reviews, submissions};

/// Lines of the trail read at a time.
const LINES: i64 = 500;

/// Writes what the reviews that were given say beside their marks.
pub fn write_remarks<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let session = &order.session()?.id;
    let ranking = reviews::store::ranking(conn, session)?;
    let given = reviews::store::given_in(conn, session)?;
    let kept = reviews::remarks::store::of_session(conn, session)?;
    let names = accounts::store::names(conn)?;
    let rows = remark_rows(&ranking, (&given, &kept), &names, words);
    Ok(rows.iter().try_for_each(|cells| sheet.row(cells))?)
}

/// Writes the questions about submissions that the reader reads on their pages, with their answers.
pub fn write_clarifications<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = by_id(conn)?;
    let all = clarifications::operations::of_session(conn, order.asked_of(), &order.session()?.id)?;
    for (submission, asked) in &all {
        let about = About {
            reference: &submission.reference,
            title: cleared_title(submission, order.lang),
            delegation: delegations.get(&submission.delegation),
        };
        for (number, one) in (1..).zip(asked) {
            let asker = one.asked_for.as_ref().and_then(|id| delegations.get(id));
            sheet.row(&question_row(about, (number, one), asker, words))?;
        }
    }
    Ok(())
}

/// Writes the registers of objections that the reader may see, each objection with the amendments that answer it.
pub fn write_objections<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = by_id(conn)?;
    for register in decisions::operations::viewing::registers(conn, order.asked_of(), &order.session()?.id)? {
        for (number, objection) in (1..).zip(&register.objections) {
            let delegation = delegations.get(&objection.delegation);
            let raised =
                Raised { decision: &register.decision, objection: (number, objection), delegation, amendment: None };
            let numbered = (1..).zip(&register.amendments);
            let answers: Vec<_> = numbered.filter(|(_, amendment)| amendment.objection == objection.id).collect();
            if answers.is_empty() {
                sheet.row(&objection_row(raised, words))?;
            }
            for (number, amendment) in answers {
                let proposer = amendment.delegation.as_ref().and_then(|id| delegations.get(id));
                let amendment = Some((number, amendment, proposer));
                sheet.row(&objection_row(Raised { amendment, ..raised }, words))?;
            }
        }
    }
    Ok(())
}

/// Writes the submissions that are alike or were joined, and what was decided.
pub fn write_duplicates<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = by_id(conn)?;
    let pairs = duplicates::operations::register(conn, &order.session()?.id)?;
    for pair in &pairs {
        let [one, other] = [&pair.one, &pair.other].map(|one| Side {
            reference: &one.reference,
            title: cleared_title(one, order.lang),
            delegation: delegations.get(&one.delegation).map_or("", |delegation| &delegation.code),
        });
        sheet.row(&pair_row((one, other), pair.likeness.as_ref(), pair.merge.as_ref(), words))?;
    }
    Ok(())
}

/// Writes the outcomes that are prepared.
pub fn write_pending<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = by_id(conn)?;
    for outcome in pending::store::of_session(conn, &order.session()?.id)? {
        let submission = submissions::store::by_id(conn, &outcome.submission)?;
        sheet.row(&outcome_row(&outcome, &submission, delegations.get(&submission.delegation), words))?;
    }
    Ok(())
}

/// Writes the trail as its page words it for the reader, the oldest line first, a part at a time.
pub fn write_audit<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let texts = Texts::of(order.lang);
    let mut last = 0;
    loop {
        let part = audit::following(conn, last, LINES)?;
        let Some(end) = part.lines.last().map(|line| line.position) else { return Ok(()) };
        for line in &part.lines {
            let said = audit::pages::said((texts, Tz::UTC), &order.reader, &part, line);
            let told = said.as_ref().map(|said| Told {
                who: &said.who,
                what: &said.what,
                subject: &said.subject,
                detail: &said.detail,
            });
            sheet.row(&line_row(line, told, words))?;
        }
        last = end;
    }
}
