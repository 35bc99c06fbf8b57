//! A file in a plain form, without scripts: taken part by part as it arrives, never held whole.

use multer::{Constraints, Field, Multipart, SizeLimit};
use rocket::data::{ByteUnit, Data};
use rocket::http::ContentType;
use rocket::{Route, State, post, routes};

use super::{after, asked, carrier};
use crate::depot::Depot;
use crate::refusals::OperationError;
use crate::submissions::attachments::model::{Attachment, PART_BYTES_MAX};
use crate::submissions::attachments::operations::carrying::{Carrier, CarryError};
use crate::submissions::attachments::operations::{self, Announced, Asked};
use crate::web::forms::{OwnSite, TOKEN};
use crate::web::{Member, PageError, PageResult, Reader};

/// Most that is read of such a form: a file that is too large is read on for a while, so that the browser hears the answer.
const FORM_BYTES_MAX: ByteUnit = ByteUnit::Mebibyte(64);

#[post("/submissions/<reference>/attachments", data = "<data>")]
async fn add(
    member: Member<'_>,
    reference: &str,
    kind: Option<&ContentType>,
    depot: &State<Depot>,
    own_site: OwnSite,
    data: Data<'_>,
) -> PageResult {
    let editor = asked(&member, reference);
    member.db.read(move |conn| operations::expect_editor(conn, &editor)).await?;
    let Some(boundary) = kind.and_then(|kind| kind.param("boundary")).map(str::to_owned) else {
        return after(&member, reference, Err(missing())).await;
    };
    let carried = taken(&member, (reference, depot), own_site, data, &boundary).await?;
    let words = carried.map(|one| member.texts().one("attachment-done-add", "name", one.name));
    after(&member, reference, words).await
}

/// What is said when no file came.
fn missing() -> CarryError {
    OperationError::refused("attachment-missing").into()
}

/// Reads the form: the token first, then the file.
async fn taken(
    reader: &Reader,
    (reference, depot): (&str, &Depot),
    own_site: OwnSite,
    data: Data<'_>,
    boundary: &str,
) -> Result<Result<Attachment, CarryError>, PageError> {
    let limits = SizeLimit::new().whole_stream(FORM_BYTES_MAX.as_u64()).for_field(TOKEN, 1024);
    let constraints = Constraints::new().size_limit(limits);
    let mut form = Multipart::with_reader_with_constraints(data.open(FORM_BYTES_MAX), boundary, constraints);
    let (carrier, asked, mut is_ours) = (carrier(reader, depot), asked(reader, reference), false);
    let mut answer = Err(missing());
    while let Ok(Some(field)) = form.next_field().await {
        match field.name() {
            Some(TOKEN) => is_ours = own_site.accepts(reader, &field.text().await.unwrap_or_default()),
            Some("file") if is_ours => answer = carried(&carrier, &asked, field).await,
            _ => {}
        }
    }
    if is_ours { Ok(answer) } else { Err(PageError::forged()) }
}

/// Takes the file; when it breaks off or cannot be taken, nothing of it stays.
async fn carried(carrier: &Carrier, asked: &Asked, mut field: Field<'_>) -> Result<Attachment, CarryError> {
    let name = field.file_name().unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err(missing());
    }
    let begun = carrier.begin(asked, Announced { name, ..Announced::default() }).await;
    let one = match begun {
        Ok(one) => one,
        Err(error) => {
            // Why: a browser hears an answer only after it has sent everything.
            while let Ok(Some(_)) = field.chunk().await {}
            return Err(error);
        }
    };
    let kept = match kept(carrier, asked, &one, &mut field).await {
        Ok(()) => carrier.finish(asked, &one.id).await,
        Err(error) => Err(error),
    };
    if kept.is_err() {
        while let Ok(Some(_)) = field.chunk().await {}
        // Why: it may have ended already; otherwise the sweeper ends it.
        let _ = carrier.remove(asked, &one.id).await;
    }
    kept
}

/// Keeps the parts of a file in order.
async fn kept(carrier: &Carrier, asked: &Asked, one: &Attachment, field: &mut Field<'_>) -> Result<(), CarryError> {
    let (mut one, mut held) = (one.clone(), Vec::new());
    loop {
        let chunk = field.chunk().await.map_err(|_| OperationError::refused("attachment-broken-off"))?;
        let is_end = chunk.is_none();
        held.extend_from_slice(chunk.as_deref().unwrap_or_default());
        if held.len() >= PART_BYTES_MAX || (is_end && !held.is_empty()) {
            one.received = carrier.part(asked, &one, one.received, std::mem::take(&mut held)).await?;
        }
        if is_end {
            return Ok(());
        }
    }
}

/// Returns the routes.
pub fn routes() -> Vec<Route> {
    routes![add]
}
