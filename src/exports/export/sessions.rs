//! The sessions as rows: one session a row, with the windows of its steps.

use super::{Words, moment};
use crate::sessions::{Calendar, Step};

/// Names of the columns before the windows, in order.
const COLUMNS: [&str; 9] =
    ["number", "title", "place", "starts_on", "ends_on", "time_zone", "first_year", "last_year", "demonstration"];

/// Returns the names of the columns, in order.
pub fn columns() -> Vec<String> {
    let windows = Step::ALL.iter().flat_map(|step| [format!("{step}_opens_at"), format!("{step}_closes_at")]);
    COLUMNS.iter().map(|name| (*name).to_owned()).chain(windows).collect()
}

/// Returns the cells of a session.
pub fn row(calendar: &Calendar, said: Words<'_>) -> Vec<String> {
    let session = &calendar.session;
    let mut cells = vec![
        session.number.to_string(),
        said.either(&session.title),
        said.either(&session.place),
        session.starts_on.to_string(),
        session.ends_on.to_string(),
        session.time_zone.name().to_owned(),
        session.programme_years.0.to_string(),
        session.programme_years.1.to_string(),
        super::yes_or_no(session.is_demonstration),
    ];
    for step in Step::ALL {
        let window = calendar.window(*step);
        cells.push(moment(window.map(|window| window.opens_at)));
        cells.push(moment(window.map(|window| window.closes_at)));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Sessions.description().names().collect::<Vec<_>>(), columns());
    }
}
