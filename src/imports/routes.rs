//! The pages of the imports: a file is sent, shown, applied. Nothing is kept between: the page carries the file.

use rocket::{Route, get, post, routes};

use super::model::{FILE_BYTES_MAX, Fault};
use super::operations::{Asked, apply, permit};
use super::pages::{PreviewPage, UploadPage, address, summary};
use super::prepare::{Prepared, prepare};
use super::read::decode;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::reference::Kind;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted};

/// Field of the file.
const FILE: &str = "file";
/// Field of the text of the file, in the page that shows what it will do.
const CONTENT: &str = "content";
/// Field of the name of the file.
const NAME: &str = "name";
/// Field of the digest of what was shown.
const DIGEST: &str = "digest";

/// The session and kind of an address, open to whoever may import.
async fn place(member: &Member<'_>, number: i32, kind: &str) -> Result<(Session, Kind), PageError> {
    let kind = Kind::from_code(kind).ok_or_else(PageError::not_found)?;
    let session = member.db.read(move |conn| sessions::store::by_number(conn, number)).await?;
    permit(&member.actor, &session)?;
    Ok((session, kind))
}

#[get("/sessions/<number>/imports/<kind>")]
async fn form(member: Member<'_>, number: i32, kind: &str) -> PageResult {
    let (session, kind) = place(&member, number, kind).await?;
    Answer::page(&UploadPage::new(&member, &session, kind, &FieldErrors::none(), &[]))
}

#[post("/sessions/<number>/imports/<kind>", data = "<posted>")]
async fn preview(member: Member<'_>, number: i32, kind: &str, posted: Posted<Fields>) -> PageResult {
    let (session, kind) = place(&member, number, kind).await?;
    match posted.take() {
        Err((_, errors)) => again(&member, &session, kind, &errors, &[]),
        Ok((_, fields)) => match text_of(&fields) {
            Err(message) => again(&member, &session, kind, &FieldErrors::one(FILE, message), &[]),
            Ok(Err(fault)) => again(&member, &session, kind, &FieldErrors::none(), &[fault]),
            Ok(Ok(text)) => {
                let name = fields.file_name(FILE).to_owned();
                show(&member, session, kind, (text, name), false).await
            }
        },
    }
}

#[post("/sessions/<number>/imports/<kind>/apply", data = "<posted>")]
async fn apply_file(member: Member<'_>, number: i32, kind: &str, posted: Posted<Fields>) -> PageResult {
    let (session, kind) = place(&member, number, kind).await?;
    let (fields, is_switched) = match posted.take() {
        Ok((_, fields)) => (fields, false),
        Err((fields, _)) => (fields, true),
    };
    let file = (one_line_end(fields.value(CONTENT)), fields.value(NAME).to_owned());
    if is_switched {
        return show(&member, session, kind, file, false).await;
    }
    carry_out(&member, session, kind, file, fields.value(DIGEST)).await
}

/// The text of a file and its name.
type File = (String, String);

async fn carry_out(member: &Member<'_>, session: Session, kind: Kind, file: File, digest: &str) -> PageResult {
    let (actor, now, digest) = (member.actor.clone(), member.now(), digest.to_owned());
    let (held, (content, name)) = (session.clone(), file.clone());
    let act = move |tx: &mut crate::db::Tx<'_>| {
        let asked = Asked { session: &held, kind, text: &content, name: &name, digest: Some(&digest) };
        apply(tx, &actor, asked, now)
    };
    match member.db.write(act).await {
        Ok(Ok(applied)) => {
            let counts = (applied.new.len(), applied.changed.len(), applied.unchanged);
            Answer::done(address(session.number, kind), summary(member.texts(), counts))
        }
        Ok(Err(faults)) => again(member, &session, kind, &FieldErrors::none(), &faults),
        Err(OperationError::Stale) => show(member, session, kind, file, true).await,
        Err(error) => Err(error.into()),
    }
}

/// Returns the text of the file that was sent, or why there is none.
fn text_of(fields: &Fields) -> Result<Result<String, Fault>, Message> {
    let bytes = fields.file(FILE).ok_or_else(|| Message::new("required"))?;
    if bytes.len() > FILE_BYTES_MAX {
        let kilobytes = i64::try_from(FILE_BYTES_MAX / 1024).unwrap_or(i64::MAX);
        return Err(Message::new("import-too-large").number("kilobytes", kilobytes));
    }
    Ok(decode(bytes).map(|text| one_line_end(text.trim_start_matches('\u{feff}'))))
}

/// Returns a text with one kind of line end: a browser sends back another than it was given.
fn one_line_end(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn again(member: &Member<'_>, session: &Session, kind: Kind, errors: &FieldErrors, faults: &[Fault]) -> PageResult {
    let page = UploadPage::new(member, session, kind, errors, faults);
    Answer::again(&page, !errors.is_empty() || !faults.is_empty())
}

async fn show(member: &Member<'_>, session: Session, kind: Kind, file: File, is_stale: bool) -> PageResult {
    let (held, content) = (session.clone(), file.0.clone());
    let prepared: Prepared = member.db.read(move |conn| prepare(conn, &held, kind, &content)).await?;
    match prepared {
        Err(faults) => again(member, &session, kind, &FieldErrors::none(), &faults),
        Ok(plan) => {
            let page = PreviewPage::new(member, &session, kind, file, &plan, is_stale);
            if is_stale { Answer::conflict(&page) } else { Answer::page(&page) }
        }
    }
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![form, preview, apply_file]
}
