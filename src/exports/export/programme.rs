//! The work programme in force as rows: one action a row, as it stood when the group adopted it.

use super::{Export, ExportError, Words, Writing};
use crate::classification::List;
use crate::db::StoreError;
use crate::delegations::{self, Delegation};
use crate::exports::model::Reach;
use crate::policy::{Action, Target, decide};
use crate::programmes::{self, Item, Programme};
use crate::submissions::{self, Columns};

pub(super) const EXPORT: Export = Export {
    is_of_session: true,
    reach: |actor| decide(actor, Action::ExportPublic, &Target::none()).map(|()| Reach::Public),
    columns: &COLUMNS,
    write,
};

/// Names of the columns, in order.
const COLUMNS: [&str; 19] = [
    "programme",
    "adopted_by",
    "adopted_by_title",
    "adopted_on",
    "position",
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "theme",
    "theme_title",
    "main_target",
    "main_target_title",
    "first_year",
    "last_year",
    "cost",
    "currency",
    "staff_weeks",
    "reason",
];

/// An action of the programme with everything that its row shows.
#[derive(Debug, Clone, Copy)]
pub struct Included<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The item.
    pub item: &'a Item,
    /// Reference of the action.
    pub reference: &'a str,
    /// The delegation that leads it.
    pub delegation: &'a Delegation,
    /// What the action said at the adoption.
    pub columns: &'a Columns,
}

/// Writes the programme in force. A draft answers as if it did not exist.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let programme = programmes::store::in_force(to.conn, &to.order.session()?.id)?.ok_or(StoreError::NotFound)?;
    let adopted_at = programme.adopted_at.ok_or(StoreError::NotFound)?;
    for item in programmes::store::items_of(to.conn, &programme.id)?.iter().filter(|item| item.included) {
        let action = submissions::store::by_id(to.conn, &item.submission)?;
        let delegation = delegations::store::by_id(to.conn, &action.delegation)?;
        let revision = programmes::store::revision_at(to.conn, &action.id, adopted_at)?.unwrap_or(action.revision);
        let columns = Columns::of(&submissions::store::answers_at(to.conn, &action.id, revision)?);
        let included = Included {
            programme: &programme,
            item,
            reference: &action.reference,
            delegation: &delegation,
            columns: &columns,
        };
        to.sheet.row(&row(included, to.said))?;
    }
    Ok(())
}

/// Returns the cells of an action.
fn row(included: Included<'_>, said: Words<'_>) -> [String; COLUMNS.len()] {
    let Included { programme, item, reference, delegation, columns } = included;
    let (adopted_by, adopted_by_title, adopted_on) = match programme.adoption {
        Some((by, on)) => (by.code().to_owned(), (said.code)("programme-adopted-by", by.code()), on.to_string()),
        None => Default::default(),
    };
    let in_words = |list: List, code: &Option<String>| {
        let entry = code.as_ref().and_then(|code| list.entry(code));
        entry.map_or_else(String::new, |entry| entry.label(list, said.lang))
    };
    [
        programme.reference.clone(),
        adopted_by,
        adopted_by_title,
        adopted_on,
        item.position.to_string(),
        reference.to_owned(),
        said.either(&columns.title),
        delegation.code.clone(),
        delegation.name.get(said.lang).clone(),
        columns.theme.clone().unwrap_or_default(),
        in_words(List::Theme, &columns.theme),
        columns.main_target.clone().unwrap_or_default(),
        in_words(List::Target, &columns.main_target),
        columns.first_year.map_or_else(String::new, |year| year.to_string()),
        columns.last_year.map_or_else(String::new, |year| year.to_string()),
        columns.cost_total.map_or_else(String::new, |cost| cost.to_string()),
        columns.currency.clone().unwrap_or_default(),
        columns.staff_weeks.map_or_else(String::new, |weeks| weeks.to_string()),
        said.either(&item.reason),
    ]
}
