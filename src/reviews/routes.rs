//! Addresses of the room.

mod files;

use rocket::{Route, get, post, routes};

use super::forms::{self, RecusalForm};
use super::model::State;
use super::operations::{self, Look};
use super::pages;
use super::ranking_page;
use super::robustness::{Basis, Robustness};
use super::robustness_page;
use super::{assignments, remarks};
use crate::refusals::OperationError;
use crate::web::again::Again;
use crate::web::errors::PageError;
use crate::web::forms::{Fields, Posted};
use crate::web::kept::Kept;
use crate::web::reader::Member;
use crate::web::{Answer, PageResult};

/// Threads that draw samples: one, so that other pages keep the rest of the machine.
const SAMPLING_THREADS: u32 = 1;

#[get("/sessions/<number>/reviews")]
async fn list(member: Member<'_>, number: i32) -> PageResult {
    let (actor, now) = (member.actor.clone(), member.now());
    let overview = member.db.read(move |conn| operations::overview(conn, &actor, number, now)).await?;
    pages::list(&member, &overview)
}

#[get("/submissions/<reference>/review")]
async fn review(member: Member<'_>, reference: &str) -> PageResult {
    let look = look(&member, reference).await?;
    pages::review(&member, &look, None)
}

#[post("/submissions/<reference>/review", data = "<posted>")]
async fn save(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (_, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => {
            return pages::review(&member, &look(&member, reference).await?, Some((fields, Again::Wrong(errors))));
        }
    };
    match store(&member, reference, &fields).await {
        Ok(state) => Answer::done(format!("/submissions/{reference}/review"), saved(&member, state)),
        Err(error) => {
            let again = Again::of(error)?;
            pages::review(&member, &look(&member, reference).await?, Some((fields, again)))
        }
    }
}

async fn store(member: &Member<'_>, reference: &str, fields: &Fields) -> Result<State, OperationError> {
    let (actor, now, reference) = (member.actor.clone(), member.now(), reference.to_owned());
    let (judgement, give) = (forms::judgement(fields), fields.value(forms::ACT_FIELD) == forms::GIVE);
    let edition = forms::edition(fields);
    let act = move |tx: &mut crate::db::Tx<'_>| {
        operations::save(tx, &actor, &reference, judgement.clone(), (give, edition), now)
    };
    member.db.write(act).await
}

fn saved(member: &Member<'_>, state: State) -> String {
    member.texts().code("review-saved", state)
}

async fn look(member: &Member<'_>, reference: &str) -> Result<Look, PageError> {
    let (actor, now, reference) = (member.actor.clone(), member.now(), reference.to_owned());
    Ok(member.db.read(move |conn| operations::look(conn, &actor, &reference, now)).await?)
}

#[get("/submissions/<reference>/recusal")]
async fn recusal(member: Member<'_>, reference: &str) -> PageResult {
    let (actor, reference) = (member.actor.clone(), reference.to_owned());
    let subject = member.db.read(move |conn| operations::recusable(conn, &actor, &reference)).await?;
    pages::recusal(&member, &subject, None)
}

#[post("/submissions/<reference>/recusal", data = "<posted>")]
async fn recuse(member: Member<'_>, reference: &str, posted: Posted<RecusalForm>) -> PageResult {
    let (actor, asked) = (member.actor.clone(), reference.to_owned());
    let subject = member.db.read(move |conn| operations::recusable(conn, &actor, &asked)).await?;
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::recusal(&member, &subject, Some((fields, Again::Wrong(errors)))),
    };
    let (actor, now, asked) = (member.actor.clone(), member.now(), reference.to_owned());
    let act = move |tx: &mut crate::db::Tx<'_>| operations::recuse(tx, &actor, &asked, &form.reason, now);
    match member.db.write(act).await {
        Ok(()) => Answer::done(pages::list_address(&subject), member.texts().text("review-recused-done")),
        Err(error) => pages::recusal(&member, &subject, Some((fields, Again::of(error)?))),
    }
}

#[post("/submissions/<reference>/recusal/take-back", data = "<posted>")]
async fn take_back(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, asked) = (member.actor.clone(), member.now(), reference.to_owned());
    let done = member.db.write(move |tx| operations::take_back(tx, &actor, &asked, now)).await;
    match done {
        Ok(()) => {
            let words = member.texts().text("review-recusal-taken-back");
            Answer::done(format!("/submissions/{reference}/review"), words)
        }
        Err(error) => {
            let again = Again::of(error)?;
            pages::review(&member, &look(&member, reference).await?, Some((posted.fields, again)))
        }
    }
}

#[get("/sessions/<number>/ranking?<theme>")]
async fn ranking(member: Member<'_>, number: i32, theme: Option<&str>) -> PageResult {
    let actor = member.actor.clone();
    let look = member.db.read(move |conn| operations::ranking(conn, &actor, number)).await?;
    ranking_page::show(&member, &look, theme.unwrap_or_default())
}

#[get("/sessions/<number>/ranking/sure")]
async fn sure(member: Member<'_>, number: i32) -> PageResult {
    static KEPT: Kept<Basis, Robustness> = Kept::empty();
    let actor = member.actor.clone();
    let look = member.db.read(move |conn| operations::sure(conn, &actor, number)).await?;
    let seed = u64::from(number.unsigned_abs());
    let basis = Basis { ranking: look.look.ranking.clone(), given: look.given.clone(), seed };
    let found = KEPT.get(basis, |basis| Robustness::of(basis, SAMPLING_THREADS)).await?;
    robustness_page::show(&member, &look, &found, seed)
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    [
        routes![list, review, save, recusal, recuse, take_back, ranking, sure],
        files::routes(),
        assignments::routes::routes(),
        remarks::routes::routes(),
    ]
    .concat()
}
