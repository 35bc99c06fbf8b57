//! Who calls: whoever holds a token, or anybody. Cookies are not looked at, so that no page elsewhere can make a browser
//! call in its reader's name.
//!
//! The signature of a handler shows who may call it: [`Caller`] is anybody, [`Holder`] reads with a token,
//! the writers write with one, each in its room. What the account may do is asked of the policy as always.

use std::ops::Deref;

use chrono::NaiveDateTime;
use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::model::{Code, Scope};
use super::operations::{self, Entered};
use super::problems::{Problem, keep};
use crate::accounts::operations::sign_ins::refuse_token;
use crate::db::Db;
use crate::kernel::clock::Clock;
use crate::kernel::ids::DelegationId;
use crate::kernel::token::digest;
use crate::policy::{Action, Actor, Capacity, Target, may};
use crate::web::reader::{Site, acting};

/// Who calls, and what a handler needs to serve them.
#[derive(Clone)]
pub struct Who {
    /// Who acts, for the policy.
    pub actor: Actor,
    /// The token with its account, if one was sent.
    pub entered: Option<Entered>,
    /// The database.
    pub db: Db,
    /// The time now.
    pub now: NaiveDateTime,
}

impl Who {
    /// Asks the policy, to show what the pages show.
    pub fn may(&self, action: Action, target: &Target) -> bool {
        may(&self.actor, action, target)
    }

    /// Returns the delegation of which the caller is head, alternate or delegate, if there is one.
    pub fn delegation(&self) -> Option<&DelegationId> {
        let acts_for =
            |capacity: Capacity| matches!(capacity, Capacity::Head | Capacity::Alternate | Capacity::Delegate);
        let accreditations = &self.entered.as_ref()?.standing.accreditations;
        accreditations.iter().find(|one| acts_for(one.capacity)).map(|one| &one.delegation)
    }
}

/// Returns the text of the token that a request carries.
fn token<'r>(request: &'r Request<'_>) -> Result<Option<&'r str>, Problem> {
    let Some(header) = request.headers().get_one("Authorization") else { return Ok(None) };
    let (scheme, text) = header.trim().split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("Bearer") { Ok(Some(text.trim())) } else { Err(Code::TokenWrong.into()) }
}

async fn load(request: &Request<'_>) -> Result<Who, Problem> {
    let db = request.rocket().state::<Db>().expect("invariant: the database is managed").clone();
    let clock = request.rocket().state::<Clock>().expect("invariant: the clock is managed");
    let now = clock.now().naive_utc();
    // Why: no text of ours holds this sign, and one of the databases refuses it.
    if request.uri().to_string().contains("%00") {
        return Err(Code::NotFound.into());
    }
    let Some(text) = token(request)? else { return Ok(Who { actor: Actor::visitor(), entered: None, db, now }) };
    let stored = digest(text);
    let site = request.rocket().state::<Site>().expect("invariant: the site is managed");
    let offices_need_factor = site.offices_need_factor;
    let Some(entered) = db.read(move |conn| operations::enter(conn, &stored, offices_need_factor, now)).await? else {
        return Err(wrong(request, &db, now).await?);
    };
    if entered.token.last_used_on != Some(now.date()) {
        let id = entered.token.id.clone();
        db.write(move |tx| operations::mark_used(tx, &id, now)).await?;
    }
    let standing = &entered.standing;
    // Why: a token is no way around the second factor that a page would ask for first.
    let actor = if entered.needs_factor {
        Actor::new(entered.account.id.clone(), [])
    } else {
        acting(&entered.account, &standing.accreditations, &standing.reviewer_of, standing.group.as_ref())
    };
    Ok(Who { actor, entered: Some(entered), db, now })
}

/// Returns what a wrong token is answered: it is counted, and too many have to wait.
async fn wrong(request: &Request<'_>, db: &Db, now: NaiveDateTime) -> Result<Problem, Problem> {
    let Some(address) = request.client_ip() else { return Ok(Code::TokenWrong.into()) };
    let until = db.write(move |tx| refuse_token(tx, address, now)).await?;
    Ok(match until {
        Some(until) => Problem::from(Code::TooMany).with("Retry-After", (until - now).num_seconds().max(1).to_string()),
        None => Code::TokenWrong.into(),
    })
}

/// Returns who calls, if the token was made for it. Without a token only what is open to anybody can be asked.
async fn of(request: &Request<'_>, scope: Scope, needs_token: bool) -> Result<Who, Problem> {
    let who = request.local_cache_async(async { load(request).await }).await.clone()?;
    match &who.entered {
        None if needs_token => Err(Code::TokenMissing.into()),
        Some(entered) if !entered.token.scopes.contains(&scope) => Err(Code::Scope.into()),
        _ => Ok(who),
    }
}

macro_rules! callers {
    ($($(#[$meta:meta])* $name:ident: $scope:expr, $needs_token:literal;)+) => {$(
        $(#[$meta])*
        pub struct $name(Who);

        impl Deref for $name {
            type Target = Who;
            fn deref(&self) -> &Who {
                &self.0
            }
        }

        #[rocket::async_trait]
        impl<'r> FromRequest<'r> for $name {
            type Error = ();

            async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
                match of(request, $scope, $needs_token).await {
                    Ok(who) => Outcome::Success(Self(who)),
                    Err(problem) => Outcome::Error((keep(request, problem), ())),
                }
            }
        }
    )+};
}

callers! {
    /// Anybody; a token that was sent must be one that reads.
    Caller: Scope::Read, false;
    /// Somebody with a token that reads.
    Holder: Scope::Read, true;
    /// Somebody with a token that writes submissions.
    SubmissionWriter: Scope::WriteSubmissions, true;
    /// Somebody with a token that writes reviews.
    ReviewWriter: Scope::WriteReviews, true;
    /// Somebody with a token that speaks for a delegation about decisions.
    DecisionWriter: Scope::WriteDecisions, true;
    /// Somebody with a token that notes meetings.
    MeetingWriter: Scope::WriteMeetings, true;
    /// Somebody with a token that reports on actions and confirms reports.
    ProgressWriter: Scope::WriteProgress, true;
}
