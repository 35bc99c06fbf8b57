//! The audit trail as rows: one line a row, in the words of its page.

use chrono_tz::Tz;

use super::{Export, ExportError, Words, Writing};
use crate::audit::pages::{Said, said};
use crate::audit::{self, Line};
use crate::exports::model::Reach;
use crate::i18n::Texts;
use crate::kernel::clock::written;
use crate::policy::{Action, Target, decide};

pub(super) const EXPORT: Export = Export {
    is_of_session: false,
    reach: |actor| decide(actor, Action::ViewAudit, &Target::none()).map(|()| Reach::Reader),
    columns: &COLUMNS,
    write,
};

/// Names of the columns, in order.
const COLUMNS: [&str; 7] = ["position", "acted_at", "who", "act", "act_title", "subject", "detail"];

/// Lines of the trail read at a time.
const LINES: i64 = 500;

/// Writes the trail as its page words it for the reader, the oldest line first, a part at a time.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let texts = Texts::of(to.order.lang);
    let mut last = 0;
    loop {
        let part = audit::following(to.conn, last, LINES)?;
        let Some(end) = part.lines.last().map(|line| line.position) else { return Ok(()) };
        for line in &part.lines {
            let told = said((texts, Tz::UTC), &to.order.reader, &part, line);
            to.sheet.row(&row(line, told, to.said))?;
        }
        last = end;
    }
}

/// Returns the cells of a line; of one that tells the reader nothing there are its place and its time alone.
fn row(line: &Line, told: Option<Said>, said: Words<'_>) -> [String; COLUMNS.len()] {
    let (position, acted_at) = (line.position.to_string(), written(line.acted_at));
    let Some(Said { who, what, subject, detail }) = told else {
        let what = (said.code)("audit", "inside");
        return [position, acted_at, String::new(), String::new(), what, String::new(), String::new()];
    };
    [position, acted_at, who, line.act.clone(), what, subject, detail]
}
