//! The paper off line: out as a workbook or a blank form, in again, shown before it is prepared.

use rocket::{Route, get, post, routes};

use super::{by, own_delegation, own_papers};
use crate::ballots::operations::Place;
use crate::ballots::operations::papers::{self, PaperPlace};
use crate::ballots::operations::viewing::OwnPapers;
use crate::ballots::{pages, workbook};
use crate::kernel::code::Code as _;
use crate::kernel::fields::Message;
use crate::kernel::lang::Lang;
use crate::kernel::workbook::Fault;
use crate::web::{Fields, Member, PageError, PageResult, Posted, sheets};

/// Returns the papers of the member's delegation while they can be filled in.
async fn fillable(member: &Member<'_>, place: Place) -> Result<OwnPapers, PageError> {
    let delegation = own_delegation(member)?;
    let own = own_papers(member, place, &delegation).await?;
    let (by, at) = (by(member), PaperPlace { ballot: place, delegation, after: 0 });
    member.db.read(move |conn| papers::fillable(conn, &by, &at)).await?;
    Ok(own)
}

#[get("/sessions/<session>/ballots/<number>/paper.xlsx?<lang>")]
async fn file(member: Member<'_>, session: i32, number: i32, lang: Option<&str>) -> PageResult {
    let own = fillable(&member, Place { session, number }).await?;
    let lang = lang.and_then(Lang::from_code).unwrap_or(member.lang);
    pages::offline::file(lang, &own, &own_delegation(&member)?)
}

#[get("/sessions/<session>/ballots/<number>/paper/blank")]
async fn blank(member: Member<'_>, session: i32, number: i32) -> PageResult {
    let own = fillable(&member, Place { session, number }).await?;
    pages::offline::blank(&member, &own, &own_delegation(&member)?)
}

#[get("/sessions/<session>/ballots/<number>/paper/upload")]
async fn upload_page(member: Member<'_>, session: i32, number: i32) -> PageResult {
    let own = fillable(&member, Place { session, number }).await?;
    pages::offline::upload(&member, &own, &[])
}

#[post("/sessions/<session>/ballots/<number>/paper/upload", data = "<posted>")]
async fn upload(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    let own = fillable(&member, Place { session, number }).await?;
    if posted.switch.is_some() {
        return pages::offline::upload(&member, &own, &[]);
    }
    match read(&member, &own, &posted.fields) {
        Ok(filled) => pages::offline::uploaded(&member, &own, &filled),
        Err(faults) => pages::offline::upload(&member, &own, &faults),
    }
}

fn read(member: &Member<'_>, own: &OwnPapers, fields: &Fields) -> Result<workbook::Filled, Vec<Fault>> {
    let delegation = member.delegation();
    let elector = own.shown.electorate.iter().find(|elector| Some(&elector.delegation) == delegation);
    let elector = elector.ok_or_else(|| vec![Fault::whole(Message::new("ballot-file-other"))])?;
    workbook::read(own, elector, &sheets::sent(fields)?)
}

/// Returns the routes of files.
pub fn routes() -> Vec<Route> {
    routes![file, blank, upload_page, upload]
}
