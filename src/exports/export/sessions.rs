//! The sessions, the newest first: one session a row, with the windows of its steps.

use super::{Export, ExportError, Words, Writing, moment, yes_or_no};
use crate::exports::model::Reach;
use crate::policy::{Action, Target, decide};
use crate::sessions::{self, Calendar, Step};

pub(super) const EXPORT: Export = Export {
    is_of_session: false,
    reach: |actor| decide(actor, Action::ViewSession, &Target::none()).map(|()| Reach::Public),
    columns: &[],
    write,
};

/// Writes the sessions.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let calendars = sessions::store::calendars(to.conn)?;
    Ok(calendars.iter().try_for_each(|calendar| to.sheet.row(&row(calendar, to.said)))?)
}

/// Returns the cells of a session.
fn row(calendar: &Calendar, said: Words<'_>) -> Vec<String> {
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
        yes_or_no(session.is_demonstration),
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
    fn the_columns_end_with_the_windows_of_every_step() {
        let windows = Step::ALL.iter().flat_map(|step| [format!("{step}_opens_at"), format!("{step}_closes_at")]);
        assert_eq!(Name::Sessions.description().names().skip(9).collect::<Vec<_>>(), windows.collect::<Vec<_>>());
    }
}
