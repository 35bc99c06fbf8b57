//! A file that goes with a practice: the measures of the WTO Agreement on Trade Facilitation, as the lists of this program
//! hold them.

use super::fill::People;
use super::session::at;
use crate::classification::List;
use crate::db::{Db, StoreError};
use crate::depot::{self, Depot, DepotError};
use crate::kernel::reference::Kind;
use crate::refusals::OperationError;
use crate::sessions::Session;
use crate::submissions::attachments::operations::carrying::{Carrier, CarryError};
use crate::submissions::attachments::operations::{Announced, Asked};
use crate::submissions::{self, State};

/// Where the measures come from.
const SOURCE: &str = "WTO Agreement on Trade Facilitation, document WT/L/940 of 28 November 2014";

/// Attaches the file to the practice that waits for its head of delegation, as that head.
pub fn attach(db: &Db, depot: &Depot, session: &Session, people: &People) -> Result<(), OperationError> {
    let id = session.id.clone();
    let waiting = db.read_here(move |conn| {
        submissions::store::of_session(conn, &id, Some(Kind::Practice), &[State::AwaitingClearance])
    })?;
    let Some(practice) = waiting.into_iter().find(|one| one.delegation == *people.delegation("KAZ")) else {
        return Err(OperationError::NotFound);
    };
    let asked = Asked { actor: people.actor("kaz-head"), reference: practice.reference, now: at(9, 30, 9) };
    let carrier = Carrier { db: db.clone(), depot: depot.clone() };
    let bytes = table().map_err(|error| OperationError::Store(StoreError::Unreadable(error.to_string())))?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let carried: Result<_, CarryError> = depot::wait(async {
        let announced = Announced { name: "tfa-measures.csv".to_owned(), size: Some(size), mark: String::new() };
        let one = carrier.begin(&asked, announced).await?;
        carrier.part(&asked, &one, 0, bytes).await?;
        carrier.finish(&asked, &one.id).await
    });
    carried.map(drop).map_err(|error| match error {
        CarryError::Operation(error) => error,
        CarryError::Depot(error) => OperationError::Store(StoreError::Busy(error.to_string())),
    })
}

/// Returns the measures as a table in both languages.
fn table() -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["measure", "title_en", "title_ru", "source"])?;
    for entry in List::Tfa.entries().iter().filter(|entry| !entry.is_heading) {
        writer.write_record([entry.code.as_str(), &entry.title.en, &entry.title.ru, SOURCE])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Takes away the files of a demonstration that is made afresh.
pub fn clear(db: &Db, depot: &Depot) -> Result<(), OperationError> {
    use submissions::attachments::{State, model, store};
    let rows = db.read_here(|conn| -> Result<_, StoreError> {
        let mut rows = store::in_state(conn, State::Whole)?;
        rows.extend(store::in_state(conn, State::Removed)?);
        rows.extend(store::in_state(conn, State::Arriving)?);
        Ok(rows)
    })?;
    let cleared: Result<(), DepotError> = depot::wait(async {
        for one in rows {
            let parts = depot.keys(&model::parts(&one.id)).await?;
            for key in parts.iter().chain([&one.key]) {
                depot.remove(key).await?;
            }
        }
        Ok(())
    });
    cleared.map_err(|error| OperationError::Store(StoreError::Busy(error.to_string())))
}
