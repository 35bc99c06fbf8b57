//! The files themselves: for those who may see them, as files to save and never as pages of this site, whole or in part.

use std::future::ready;
use std::ops::Range;

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::response::stream::ByteStream;
use rocket::response::{self, Responder};
use rocket::{Request, Response, Route, State, error, get, routes};

use crate::db::StoreError;
use crate::depot::{Depot, DepotError, Pieces};
use crate::kernel::ids::AttachmentId;
use crate::submissions::attachments::model::{Attachment, Content};
use crate::submissions::attachments::operations;
use crate::web::answer::disposition;
use crate::web::{PageError, Reader};

/// What a browser says of the part that it wants.
struct Wanted {
    range: Option<String>,
    only_if: Option<String>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Wanted {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let header = |name| request.headers().get_one(name).map(str::to_owned);
        Outcome::Success(Self { range: header("Range"), only_if: header("If-Range") })
    }
}

/// What part of a file to send.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    All,
    Some(Range<u64>),
    None,
}

/// Reads one range of bytes; several at once, and what cannot be read, get the whole file.
fn part(wanted: &Wanted, size: u64, tag: &str) -> Part {
    let Some(text) = wanted.range.as_deref().and_then(|range| range.strip_prefix("bytes=")) else { return Part::All };
    if wanted.only_if.as_deref().is_some_and(|held| held != tag) || text.contains(',') {
        return Part::All;
    }
    let Some((first, last)) = text.trim().split_once('-') else { return Part::All };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.trim().is_empty() => first..size,
        (None, Some(count)) if first.trim().is_empty() => size.saturating_sub(count)..size,
        _ => return Part::All,
    };
    if range.start < range.end { Part::Some(range) } else { Part::None }
}

/// A file to send.
struct Served {
    one: Attachment,
    size: u64,
    part: Part,
    tag: String,
    is_public: bool,
    pieces: Option<Pieces>,
}

#[get("/submissions/<reference>/attachments/<attachment>")]
async fn file(
    reader: &Reader,
    reference: &str,
    attachment: &str,
    depot: &State<Depot>,
    wanted: Wanted,
) -> Result<Served, PageError> {
    let (actor, reference, id) = (reader.actor.clone(), reference.to_owned(), AttachmentId::from(attachment));
    let one = reader.db.read(move |conn| operations::to_take(conn, &actor, &reference, &id)).await?;
    served(reader, depot, one, &wanted).await
}

async fn served(reader: &Reader, depot: &Depot, one: Attachment, wanted: &Wanted) -> Result<Served, PageError> {
    let size = u64::try_from(one.size.unwrap_or(0)).unwrap_or(0);
    let tag = format!("\"{}\"", one.sha256);
    let part = part(wanted, size, &tag);
    let pieces = match &part {
        Part::None => None,
        Part::All => Some(depot.read(&one.key, None).await.map_err(not_there)?),
        Part::Some(range) => Some(depot.read(&one.key, Some(range.clone())).await.map_err(not_there)?),
    };
    Ok(Served { is_public: one.is_public && reader.actor.account.is_none(), one, size, part, tag, pieces })
}

/// Says that the store fails, as a page that asks to come back.
fn not_there(error: DepotError) -> PageError {
    StoreError::Busy(error.to_string()).into()
}

impl Served {
    /// Returns the number of bytes sent; sets the headers that say which.
    fn place(&self, response: &mut Response<'_>) -> u64 {
        match &self.part {
            Part::All => self.size,
            Part::Some(range) => {
                let place = format!("bytes {}-{}/{}", range.start, range.end - 1, self.size);
                response.set_status(Status::PartialContent);
                response.set_raw_header("Content-Range", place);
                range.end - range.start
            }
            Part::None => {
                response.set_status(Status::RangeNotSatisfiable);
                response.set_raw_header("Content-Range", format!("bytes */{}", self.size));
                0
            }
        }
    }
}

impl<'r> Responder<'r, 'r> for Served {
    fn respond_to(mut self, request: &'r Request<'_>) -> response::Result<'r> {
        let mut response = match self.pieces.take() {
            Some(pieces) => ByteStream(until_broken(pieces, request.uri().path().to_string())).respond_to(request)?,
            None => Response::new(),
        };
        let length = self.place(&mut response);
        let media_type = self.one.content.map_or("application/octet-stream", Content::media_type);
        response.set_raw_header("Content-Type", media_type);
        response.set_raw_header("Content-Length", length.to_string());
        response.set_raw_header("Content-Disposition", disposition(&self.one.name));
        response.set_raw_header("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
        response.set_raw_header("Accept-Ranges", "bytes");
        response.set_raw_header("ETag", self.tag);
        // Why: a file is sent as it is stored, so that a part of it is a part of it.
        response.set_raw_header("Content-Encoding", "identity");
        if self.is_public {
            response.set_raw_header("Cache-Control", "public, max-age=300");
        }
        Ok(response)
    }
}

/// Ends a stream where it breaks; the length was announced, so that a file cut off there is known to be cut.
fn until_broken(pieces: Pieces, path: String) -> BoxStream<'static, Vec<u8>> {
    let whole = pieces.take_while(move |piece| {
        if let Err(reason) = piece {
            error!("{path}: {reason}");
        }
        ready(piece.is_ok())
    });
    whole.filter_map(|piece| ready(piece.ok())).boxed()
}

/// Returns the routes.
pub fn routes() -> Vec<Route> {
    routes![file]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str, only_if: Option<&str>) -> Part {
        part(&Wanted { range: Some(range.to_owned()), only_if: only_if.map(str::to_owned) }, 100, "\"t\"")
    }

    #[test]
    fn one_range_is_answered_and_anything_else_gets_the_whole() {
        assert_eq!(asked("bytes=0-9", None), Part::Some(0..10));
        assert_eq!(asked("bytes=90-", None), Part::Some(90..100));
        assert_eq!(asked("bytes=-10", Some("\"t\"")), Part::Some(90..100));
        assert_eq!(asked("bytes=50-9999", None), Part::Some(50..100));
        assert_eq!(asked("bytes=100-", None), Part::None);
        assert_eq!(asked("bytes=-0", None), Part::None);
        for whole in ["bytes=0-1,3-4", "lines=1-2", "bytes=9-1", "bytes=a-b", "bytes="] {
            assert_eq!(asked(whole, None), Part::All, "{whole}");
        }
        assert_eq!(asked("bytes=0-9", Some("\"another\"")), Part::All);
    }
}
