//! Uploads that go on where the line broke, in the manner of the tus protocol 1.0: created with a length, asked where they
//! stand, continued at that place. What has been acknowledged is kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rocket::data::{Data, ToByteUnit};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::response::{self, Responder};
use rocket::tokio::io::AsyncReadExt;
use rocket::{Request, Response, Route, State, head, patch, post, routes};

use super::{asked, carrier, not_carried};
use crate::depot::Depot;
use crate::kernel::ids::AttachmentId;
use crate::refusals::OperationError;
use crate::submissions::attachments::model::{Attachment, PART_BYTES_MAX};
use crate::submissions::attachments::operations::carrying::{Carrier, CarryError};
use crate::submissions::attachments::operations::{Announced, Asked};
use crate::submissions::attachments::workflow::State as Standing;
use crate::web::forms::Tokened;
use crate::web::{Member, PageError, Reader};

/// The version of the protocol.
const VERSION: &str = "1.0.0";

/// What a script of ours says of an upload.
struct UploadHeaders {
    length: Option<i64>,
    offset: Option<i64>,
    metadata: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for UploadHeaders {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let header = |name| request.headers().get_one(name);
        let Outcome::Success(Tokened) = Tokened::from_request(request).await else {
            return Outcome::Error((Status::Forbidden, ()));
        };
        Outcome::Success(Self {
            length: header("Upload-Length").and_then(|number| number.parse().ok()),
            offset: header("Upload-Offset").and_then(|number| number.parse().ok()),
            metadata: header("Upload-Metadata").unwrap_or_default().to_owned(),
        })
    }
}

impl UploadHeaders {
    /// Returns a value of the metadata: names, each with a value in base64, between commas.
    fn metadata(&self, name: &str) -> String {
        let pairs = self.metadata.split(',').filter_map(|pair| pair.trim().split_once(' '));
        let value = pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let decoded = value.and_then(|value| STANDARD_NO_PAD.decode(value.trim().trim_end_matches('=')).ok());
        decoded.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// An answer to a script: where the upload stands, or words for the reader about what is in the way.
struct Told {
    code: Status,
    words: String,
    one: Option<Attachment>,
    location: Option<String>,
}

impl<'r> Responder<'r, 'static> for Told {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from(self.words.respond_to(request)?);
        response.status(self.code).raw_header("Tus-Resumable", VERSION);
        if let Some(one) = self.one {
            response.raw_header("Upload-Offset", one.received.to_string());
            if let Some(size) = one.size {
                response.raw_header("Upload-Length", size.to_string());
            }
        }
        if let Some(location) = self.location {
            response.raw_header("Location", location);
        }
        response.ok()
    }
}

/// Answers with where an upload stands, or why something was not done: 409 asks to look where it stands, 422 says that it
/// cannot go on.
fn answer(reader: &Reader, done: Result<(Status, Attachment), CarryError>) -> Result<Told, PageError> {
    let is_refused = matches!(done, Err(CarryError::Operation(OperationError::Refused(_))));
    Ok(match done {
        Ok((code, one)) => {
            let location = format!("{}/{}", reader.path, one.id);
            let location = (code == Status::Created).then_some(location);
            Told { code, words: String::new(), one: Some(one), location }
        }
        Err(error) => {
            let (code, words) = not_carried(reader, error)?;
            let code = if is_refused { Status::UnprocessableEntity } else { code };
            Told { code, words, one: None, location: None }
        }
    })
}

#[post("/submissions/<reference>/attachments/uploads")]
async fn create(
    member: Member<'_>,
    reference: &str,
    depot: &State<Depot>,
    headers: UploadHeaders,
) -> Result<Told, PageError> {
    let announced =
        Announced { name: headers.metadata("filename"), size: headers.length, mark: headers.metadata("mark") };
    let begun = match announced.size {
        Some(_) => carrier(&member, depot).begin(&asked(&member, reference), announced).await,
        None => Err(OperationError::refused("attachment-empty").into()),
    };
    answer(&member, begun.map(|one| (Status::Created, one)))
}

#[head("/submissions/<reference>/attachments/uploads/<upload>")]
async fn standing(member: Member<'_>, reference: &str, upload: &str, depot: &State<Depot>) -> Result<Told, PageError> {
    let found = carrier(&member, depot).upload(&asked(&member, reference), &AttachmentId::from(upload)).await;
    answer(&member, found.map(|one| (Status::Ok, one)))
}

#[patch("/submissions/<reference>/attachments/uploads/<upload>", data = "<data>")]
async fn go_on(
    member: Member<'_>,
    reference: &str,
    upload: &str,
    depot: &State<Depot>,
    headers: UploadHeaders,
    data: Data<'_>,
) -> Result<Told, PageError> {
    let carrier = carrier(&member, depot);
    let done = continued(&carrier, &asked(&member, reference), &AttachmentId::from(upload), headers.offset, data).await;
    answer(&member, done.map(|one| (Status::NoContent, one)))
}

/// Takes what follows at a place and, when it was the last, ends the upload. Each part is kept before the next is read, so
/// that a line that breaks loses one part at most.
async fn continued(
    carrier: &Carrier,
    asked: &Asked,
    id: &AttachmentId,
    start: Option<i64>,
    data: Data<'_>,
) -> Result<Attachment, CarryError> {
    let mut one = carrier.upload(asked, id).await?;
    if one.state == Standing::Whole && start == one.size {
        return Ok(one);
    }
    if start != Some(one.received) {
        return Err(OperationError::Stale.into());
    }
    let left = one.size.unwrap_or(0) - one.received;
    let mut stream = data.open((u64::try_from(left).unwrap_or(0) + 1).bytes());
    loop {
        let mut held = Vec::new();
        let read = (&mut stream).take(PART_BYTES_MAX as u64).read_to_end(&mut held).await;
        if !held.is_empty() {
            one.received = carrier.part(asked, &one, one.received, held).await?;
        }
        match read {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => return Err(OperationError::refused("attachment-broken-off").into()),
        }
    }
    if one.is_complete() { carrier.finish(asked, id).await } else { Ok(one) }
}

/// Returns the routes.
pub fn routes() -> Vec<Route> {
    routes![create, standing, go_on]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read_by_name() {
        let headers = UploadHeaders {
            length: None,
            offset: None,
            metadata: "mark MTIz, filename 0J7RgtGH0ZHRgi5wZGY=,empty ,odd ***".to_owned(),
        };
        let read = |name| headers.metadata(name);
        assert_eq!(
            [read("filename"), read("mark"), read("empty"), read("odd"), read("none")],
            ["Отчёт.pdf", "123", "", "", ""]
        );
    }
}
