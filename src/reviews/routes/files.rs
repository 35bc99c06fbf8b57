//! Reviews off line: out as a workbook or as sheets to print, in again, shown before anything is saved.

use rocket::{Route, get, post, routes};

use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::kernel::workbook::Fault;
use crate::refusals::OperationError;
use crate::reviews::operations::offline::{Desk, desk, save_all};
use crate::reviews::workbook::{self, Change};
use crate::reviews::{forms, pages};
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, sheets};

async fn desk_of(member: &Member<'_>, number: i32) -> Result<Desk, PageError> {
    let (actor, now) = (member.actor.clone(), member.now());
    Ok(member.db.read(move |conn| desk(conn, &actor, number, now)).await?)
}

#[get("/sessions/<number>/reviews.xlsx?<lang>")]
async fn file(member: Member<'_>, number: i32, lang: Option<&str>) -> PageResult {
    let desk = desk_of(&member, number).await?;
    pages::offline::file(lang.and_then(Lang::from_code).unwrap_or(member.lang), &desk)
}

#[get("/sessions/<number>/reviews/blank")]
async fn blank(member: Member<'_>, number: i32) -> PageResult {
    pages::offline::blank(&member, &desk_of(&member, number).await?)
}

#[get("/sessions/<number>/reviews/upload")]
async fn upload_page(member: Member<'_>, number: i32) -> PageResult {
    pages::offline::upload(&member, &desk_of(&member, number).await?, &[])
}

#[post("/sessions/<number>/reviews/upload", data = "<posted>")]
async fn upload(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let desk = desk_of(&member, number).await?;
    if posted.switch.is_some() {
        return pages::offline::upload(&member, &desk, &[]);
    }
    match read(&desk, &posted.fields) {
        Ok(changes) => pages::offline::uploaded(&member, &desk, &changes),
        Err(faults) => pages::offline::upload(&member, &desk, &faults),
    }
}

fn read(desk: &Desk, fields: &Fields) -> Result<Vec<Change>, Vec<Fault>> {
    workbook::read(desk, &sheets::sent(fields)?)
}

#[post("/sessions/<number>/reviews/upload/apply", data = "<posted>")]
async fn apply(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    desk_of(&member, number).await?;
    let (actor, now, handed) = (member.actor.clone(), member.now(), forms::handed(&posted.fields));
    let count = handed.len();
    let texts = member.texts();
    match member.db.write(move |tx| save_all(tx, &actor, &handed, now)).await {
        Ok(()) => Answer::done(pages::offline::list(number), texts.one("review-file-saved", "count", count)),
        Err(OperationError::Stale | OperationError::Invalid(_)) => {
            Answer::not_done(pages::offline::upload_address(number), texts.text("review-file-overtaken"))
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the routes of files.
pub fn routes() -> Vec<Route> {
    routes![file, blank, upload_page, upload, apply]
}
