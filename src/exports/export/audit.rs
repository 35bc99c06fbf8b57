//! The audit trail as rows: one line a row, in the words of its page.

use super::Words;
use crate::audit::Line;
use crate::kernel::clock::written;

/// Names of the columns, in order.
pub const COLUMNS: [&str; 7] = ["position", "acted_at", "who", "act", "act_title", "subject", "detail"];

/// What a line says, worded as on its page.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Who acted.
    pub who: &'a str,
    /// What was done.
    pub what: &'a str,
    /// To what.
    pub subject: &'a str,
    /// Further facts.
    pub detail: &'a str,
}

/// Returns the cells of a line; of one that tells the reader nothing there are its place and its time alone.
pub fn row(line: &Line, told: Option<Told<'_>>, said: Words<'_>) -> [String; COLUMNS.len()] {
    let (position, acted_at) = (line.position.to_string(), written(line.acted_at));
    let Some(Told { who, what, subject, detail }) = told else {
        let what = (said.code)("audit", "inside");
        return [position, acted_at, String::new(), String::new(), what, String::new(), String::new()];
    };
    [position, acted_at, who.into(), line.act.clone(), what.into(), subject.into(), detail.into()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Audit.description().names().collect::<Vec<_>>(), COLUMNS);
    }
}
