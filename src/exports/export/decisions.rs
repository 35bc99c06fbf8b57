//! The concluded decisions of a session as rows: one decision a row.

use super::Words;
use crate::decisions::Decision;
use crate::decisions::model::Text;

/// Names of the columns, in order.
pub const COLUMNS: [&str; 10] =
    ["number", "title", "about", "state", "state_title", "rung", "rung_title", "decided_on", "revision", "text"];

/// Returns the cells of a decision, with the reference of what it is about and the text that was decided on.
pub fn row(decision: &Decision, about: &str, text: &Text, said: Words<'_>) -> [String; COLUMNS.len()] {
    let (rung, rung_title, decided_on) = match decision.decided {
        Some((rung, at)) => (rung.code().to_owned(), (said.code)("decision-rung", rung.code()), at.date().to_string()),
        None => Default::default(),
    };
    [
        decision.number.to_string(),
        said.either(&decision.title),
        about.to_owned(),
        decision.state.code().to_owned(),
        (said.code)("decision-state", decision.state.code()),
        rung,
        rung_title,
        decided_on,
        text.revision.to_string(),
        said.either(&text.text),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Decisions.description().names().collect::<Vec<_>>(), COLUMNS);
    }
}
