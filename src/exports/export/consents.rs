//! The consents of the countries that actions name: one country of one action a row.

use super::{Export, ExportError, Words, Writing, by_id, cleared_title, day, whole};
use crate::delegations::Delegation;
use crate::exports::store::NOT_CLEARED;
use crate::kernel::reference::Kind;
use crate::policy::Action;
use crate::submissions::consents::model::Consent;
use crate::submissions::{self, State, Submission, consents};

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ViewDesk), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 10] = [
    "reference",
    "title",
    "delegation",
    "country",
    "country_title",
    "state",
    "state_title",
    "revision",
    "asked_on",
    "answered_on",
];

/// Writes the consents, of all that has left its delegation.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = by_id(to.conn)?;
    let states: Vec<State> = State::ALL.iter().copied().filter(|state| !NOT_CLEARED.contains(state)).collect();
    let actions = submissions::store::of_session(to.conn, &to.order.session()?.id, Some(Kind::Action), &states)?;
    for action in actions {
        let mut asked: Vec<_> = consents::store::of(to.conn, &action.id)?
            .into_iter()
            .filter_map(|one| Some((delegations.get(&one.delegation)?, one)))
            .collect();
        asked.sort_by(|(a, _), (b, _)| a.code.cmp(&b.code));
        let Some(lead) = delegations.get(&action.delegation) else { continue };
        for (country, one) in &asked {
            to.sheet.row(&row((&action, cleared_title(&action, to.order.lang)), lead, country, one, to.said))?;
        }
    }
    Ok(())
}

/// Returns the cells of a consent: an action with its title as it may be read, the delegation that leads it, the country that is
/// asked.
fn row(
    (action, title): (&Submission, &str),
    lead: &Delegation,
    country: &Delegation,
    consent: &Consent,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    [
        action.reference.clone(),
        title.to_owned(),
        lead.code.clone(),
        country.code.clone(),
        country.name.get(said.lang).clone(),
        consent.state.code().to_owned(),
        (said.code)("consent-state", consent.state.code()),
        consent.revision.to_string(),
        day(Some(consent.asked_at)),
        day(consent.answered_at),
    ]
}
