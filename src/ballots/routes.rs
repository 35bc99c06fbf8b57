//! Addresses of the room, all below `/sessions/<session>/ballots`.

mod by_hand;
mod files;
mod positions;

use std::sync::Arc;

use rocket::http::ContentType;
use rocket::{Route, get, post, routes};

use super::export::{self, Form};
use super::forms::{self, BallotForm, MoveForm};
use super::operations::papers::{self, PaperPlace, Receipt};
use super::operations::viewing::{self, Certified, OwnPapers, Setting};
use super::operations::{By, Place, running, setting};
use super::pages;
use super::pages::{address, file_name};
use crate::db::{StoreError, Tx};
use crate::kernel::ids::DelegationId;
use crate::kernel::token::new_token;
use crate::refusals::OperationError;
use crate::tally::robustness::{Hinges, hinges as hinges_of};
use crate::tally::{Method, Profile, TieRule};
use crate::web::kept::Kept;
use crate::web::{Answer, Fields, Member, Nothing, PageError, PageResult, Posted, Reader};

fn by(reader: &Reader) -> By {
    By { actor: reader.actor.clone(), now: reader.now() }
}

#[get("/sessions/<session>/ballots")]
async fn list(reader: &Reader, session: i32) -> PageResult {
    let actor = reader.actor.clone();
    let (session, ballots) = reader.db.read(move |conn| viewing::list(conn, &actor, session)).await?;
    pages::list::list(reader, &session, &ballots)
}

async fn load_setting(reader: &Reader, session: i32, number: Option<i32>) -> Result<Setting, PageError> {
    let actor = reader.actor.clone();
    Ok(reader.db.read(move |conn| viewing::setting(conn, &actor, session, number)).await?)
}

#[get("/sessions/<session>/ballots/new")]
async fn new(member: Member<'_>, session: i32) -> PageResult {
    pages::form::form(&member, &load_setting(&member, session, None).await?)
}

#[post("/sessions/<session>/ballots/new", data = "<posted>")]
async fn prepare(member: Member<'_>, session: i32, posted: Posted<BallotForm>) -> PageResult {
    save(&member, session, None, posted).await
}

#[get("/sessions/<session>/ballots/<number>/edit")]
async fn edit_page(member: Member<'_>, session: i32, number: i32) -> PageResult {
    pages::form::form(&member, &load_setting(&member, session, Some(number)).await?)
}

#[post("/sessions/<session>/ballots/<number>/edit", data = "<posted>")]
async fn edit(member: Member<'_>, session: i32, number: i32, posted: Posted<BallotForm>) -> PageResult {
    save(&member, session, Some(number), posted).await
}

/// Prepares or changes a ballot, or shows its form again.
async fn save(reader: &Reader, session: i32, number: Option<i32>, posted: Posted<BallotForm>) -> PageResult {
    let shown = load_setting(reader, session, number).await?;
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::form::again(reader, &shown, fields, &errors),
    };
    let draft = match form.draft(shown.session.time_zone) {
        Ok(draft) => draft,
        Err(errors) => return pages::form::again(reader, &shown, fields, &errors),
    };
    let by = by(reader);
    let saved = reader.db.write(move |tx| match number {
        None => setting::prepare(tx, &by, session, &draft),
        Some(number) => {
            setting::edit(tx, &by, Place { session, number }, form.edition, &draft)?;
            Ok(number)
        }
    });
    match saved.await {
        Ok(number) => Answer::done(address(Place { session, number }), reader.texts().text("ballot-saved")),
        Err(OperationError::Invalid(errors)) => pages::form::again(reader, &shown, fields, &errors),
        Err(OperationError::Stale) => pages::form::stale(reader, &load_setting(reader, session, number).await?, fields),
        Err(error) => Err(error.into()),
    }
}

#[get("/sessions/<session>/ballots/<number>", rank = 2)]
async fn ballot(reader: &Reader, session: i32, number: &str) -> PageResult {
    let Ok(number) = number.parse() else { return no_number(reader, session, number) };
    let (actor, place) = (reader.actor.clone(), Place { session, number });
    let (shown, turnout) = reader.db.read(move |conn| viewing::ballot(conn, &actor, place)).await?;
    pages::ballot::ballot(reader, &shown, turnout.as_ref())
}

/// Leads who is not signed in from the form of a new ballot to the sign-in; there is nothing else without a number.
fn no_number(reader: &Reader, session: i32, text: &str) -> PageResult {
    if text == "new" && reader.signed_in.is_none() {
        return Answer::go(format!("/sign-in?next=%2Fsessions%2F{session}%2Fballots%2Fnew"));
    }
    Err(PageError::not_found())
}

/// Does one act that moves a ballot and says that it is done.
async fn moved<F>(member: Member<'_>, place: Place, posted: Posted<MoveForm>, said: &str, act: F) -> PageResult
where
    F: Fn(&mut Tx<'_>, &By, &MoveForm) -> Result<(), OperationError> + Send + 'static,
{
    let (form, _) = posted.take().map_err(|(_, errors)| OperationError::Invalid(errors))?;
    let by = by(&member);
    member.db.write(move |tx| act(tx, &by, &form)).await?;
    Answer::done(address(place), member.texts().text(said))
}

#[post("/sessions/<session>/ballots/<number>/open", data = "<posted>")]
async fn open(member: Member<'_>, session: i32, number: i32, posted: Posted<MoveForm>) -> PageResult {
    let (place, seed) = (Place { session, number }, new_token());
    let act = move |tx: &mut Tx<'_>, by: &By, form: &MoveForm| {
        running::open(tx, by, place, form.edition, &form.present(), &seed[..32])
    };
    moved(member, place, posted, "ballot-opened", act).await
}

#[post("/sessions/<session>/ballots/<number>/presence", data = "<posted>")]
async fn presence(member: Member<'_>, session: i32, number: i32, posted: Posted<MoveForm>) -> PageResult {
    let place = Place { session, number };
    let act = move |tx: &mut Tx<'_>, by: &By, form: &MoveForm| {
        running::note_presence(tx, by, place, form.edition, &form.present())
    };
    moved(member, place, posted, "ballot-presence-saved", act).await
}

#[post("/sessions/<session>/ballots/<number>/close", data = "<posted>")]
async fn close(member: Member<'_>, session: i32, number: i32, posted: Posted<MoveForm>) -> PageResult {
    let place = Place { session, number };
    let act = move |tx: &mut Tx<'_>, by: &By, form: &MoveForm| running::close(tx, by, place, form.edition);
    moved(member, place, posted, "ballot-closed", act).await
}

#[post("/sessions/<session>/ballots/<number>/certify", data = "<posted>")]
async fn certify(member: Member<'_>, session: i32, number: i32, posted: Posted<MoveForm>) -> PageResult {
    let place = Place { session, number };
    let act = move |tx: &mut Tx<'_>, by: &By, form: &MoveForm| running::certify(tx, by, place, form.edition);
    moved(member, place, posted, "ballot-certified", act).await
}

#[post("/sessions/<session>/ballots/<number>/cancel", data = "<posted>")]
async fn cancel(member: Member<'_>, session: i32, number: i32, posted: Posted<MoveForm>) -> PageResult {
    let place = Place { session, number };
    let act = move |tx: &mut Tx<'_>, by: &By, form: &MoveForm| running::cancel(tx, by, place, form.edition);
    moved(member, place, posted, "ballot-cancelled", act).await
}

/// Returns the delegation that a member acts for; without one there is no paper.
fn own_delegation(member: &Member<'_>) -> Result<DelegationId, PageError> {
    member.delegation().cloned().ok_or_else(PageError::not_found)
}

async fn own_papers(reader: &Reader, place: Place, delegation: &DelegationId) -> Result<OwnPapers, PageError> {
    let (actor, delegation) = (reader.actor.clone(), delegation.clone());
    Ok(reader.db.read(move |conn| viewing::own_papers(conn, &actor, place, &delegation)).await?)
}

#[get("/sessions/<session>/ballots/<number>/paper")]
async fn paper(member: Member<'_>, session: i32, number: i32) -> PageResult {
    let delegation = own_delegation(&member)?;
    let own = own_papers(&member, Place { session, number }, &delegation).await?;
    pages::paper::paper(&member, &own, &delegation)
}

#[post("/sessions/<session>/ballots/<number>/paper", data = "<posted>")]
async fn fill_paper(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    let (place, delegation) = (Place { session, number }, own_delegation(&member)?);
    let own = own_papers(&member, place, &delegation).await?;
    let fields = match posted.take() {
        Ok((fields, _)) => fields,
        Err((fields, errors)) => return pages::paper::again(&member, &own, &delegation, fields, &errors),
    };
    cast(&member, place, &own, fields).await
}

/// Keeps a paper, confirmed at once when that button was pressed, or shows its form again.
async fn cast(member: &Member<'_>, place: Place, own: &OwnPapers, fields: Fields) -> PageResult {
    let delegation = own_delegation(member)?;
    let vote = match forms::read_vote(&fields, &own.shown.options, own.shown.ballot.rules.levels) {
        Ok(vote) => vote,
        Err(errors) => return pages::paper::again(member, own, &delegation, fields, &errors),
    };
    let confirms = fields.value("act") == "confirm";
    let at = PaperPlace { ballot: place, delegation: delegation.clone(), after: forms::after(&fields) };
    let (by, nonce) = (by(member), new_nonce());
    let kept = member.db.write(move |tx| {
        if confirms {
            papers::cast_paper(tx, &by, &at, &vote, &nonce).map(Some)
        } else {
            papers::prepare_paper(tx, &by, &at, &vote).map(|_| None)
        }
    });
    match kept.await {
        Ok(Some(receipt)) => confirmed(member, place, &receipt),
        Ok(None) => Answer::done(format!("{}/paper", address(place)), member.texts().text("ballot-paper-kept")),
        Err(OperationError::Invalid(errors)) => pages::paper::again(member, own, &delegation, fields, &errors),
        Err(OperationError::Stale) => {
            let own = own_papers(member, place, &delegation).await?;
            pages::paper::stale(member, &own, &delegation, fields)
        }
        Err(error) => Err(error.into()),
    }
}

/// Says that a paper is confirmed. The code of a secret paper is said once and kept nowhere.
fn confirmed(member: &Member<'_>, place: Place, receipt: &Receipt) -> PageResult {
    let words = match receipt {
        Receipt::Secret(code) => member.texts().one("ballot-secret-confirmed", "code", code),
        Receipt::Recorded(_) => member.texts().text("ballot-paper-confirmed"),
    };
    Answer::done(format!("{}/paper", address(place)), words)
}

/// Returns the random part of a receipt.
fn new_nonce() -> String {
    new_token()[..16].to_owned()
}

#[post("/sessions/<session>/ballots/<number>/paper/confirm", data = "<posted>")]
async fn confirm(member: Member<'_>, session: i32, number: i32, posted: Posted<Nothing>) -> PageResult {
    let place = Place { session, number };
    let at = PaperPlace { ballot: place, delegation: own_delegation(&member)?, after: forms::after(&posted.fields) };
    let (by, nonce) = (by(&member), new_nonce());
    let receipt = member.db.write(move |tx| papers::confirm_paper(tx, &by, &at, &nonce)).await?;
    confirmed(&member, place, &receipt)
}

#[get("/sessions/<session>/ballots/<number>/result")]
async fn result(reader: &Reader, session: i32, number: i32) -> PageResult {
    let (actor, place) = (reader.actor.clone(), Place { session, number });
    let result = reader.db.read(move |conn| viewing::result(conn, &actor, place)).await?;
    pages::result::result(reader, &result)
}

#[get("/sessions/<session>/ballots/<number>/result/sure")]
async fn sure(reader: &Reader, session: i32, number: i32) -> PageResult {
    let (actor, place) = (reader.actor.clone(), Place { session, number });
    let certified = reader.db.read(move |conn| viewing::certified(conn, &actor, place)).await?;
    let hinges = hinges(&certified).await?;
    pages::sure::sure(reader, &certified, hinges.as_deref())
}

/// What a ballot is counted from: its papers, its method, its rule for ties.
type Basis = (Profile, Method, TieRule);

/// Returns what a result hinges on; nothing when no paper gives priorities.
async fn hinges(certified: &Certified) -> Result<Option<Arc<Hinges>>, PageError> {
    static KEPT: Kept<Basis, Option<Arc<Hinges>>> = Kept::empty();
    let Some((profile, tie_rule)) = certified.basis.clone() else { return Ok(None) };
    let basis = (profile, certified.shown.ballot.rules.method, tie_rule);
    // Why: only a lot without a seed cannot be counted, and no ballot opens without one.
    let found = KEPT.get(basis, |(profile, method, rule)| hinges_of(profile, *method, rule).ok().map(Arc::new)).await?;
    Ok(found.as_ref().clone())
}

async fn taken_out(reader: &Reader, place: Place, form: Form) -> PageResult {
    let actor = reader.actor.clone();
    let (shown, papers) = reader.db.read(move |conn| viewing::papers(conn, &actor, place)).await?;
    let file = export::file(form, &shown.session, &shown.ballot, &shown.options, &papers)
        .map_err(|error| OperationError::from(StoreError::Unreadable(error.to_string())))?;
    let kind = if form == Form::Csv { ContentType::CSV } else { ContentType::Plain };
    Ok(Answer::File(kind, file_name(place, file.extension), file.content.into_bytes()))
}

#[get("/sessions/<session>/ballots/<number>/ballots.csv")]
async fn file(reader: &Reader, session: i32, number: i32) -> PageResult {
    taken_out(reader, Place { session, number }, Form::Csv).await
}

#[get("/sessions/<session>/ballots/<number>/ballots.preflib")]
async fn preflib(reader: &Reader, session: i32, number: i32) -> PageResult {
    taken_out(reader, Place { session, number }, Form::Preflib).await
}

#[get("/sessions/<session>/ballots/<number>/ballots.pabulib")]
async fn pabulib(reader: &Reader, session: i32, number: i32) -> PageResult {
    taken_out(reader, Place { session, number }, Form::Pabulib).await
}

#[get("/sessions/<session>/ballots/<number>/recount.zip")]
async fn kit(reader: &Reader, session: i32, number: i32) -> PageResult {
    let (actor, place) = (reader.actor.clone(), Place { session, number });
    let result = reader.db.read(move |conn| viewing::result(conn, &actor, place)).await?;
    let kit = pages::kit::kit(&result).map_err(|reason| OperationError::from(StoreError::Unreadable(reason)))?;
    kit.ok_or_else(PageError::not_found)
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    let pages = routes![
        list, new, prepare, edit_page, edit, ballot, open, presence, close, certify, cancel, paper, fill_paper,
        confirm, result, sure, file, preflib, pabulib, kit
    ];
    [pages, by_hand::routes(), files::routes(), positions::routes()].concat()
}
