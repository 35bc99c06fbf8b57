//! Who reads the page: language, account, capacities; and the guards that ask for a sign-in.
//!
//! [`Reader`] always succeeds; [`Member`] asks for somebody signed in. They establish who it is, never what they may
//! do: that is asked of the policy in operations and pages.

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use rocket::http::{ContentType, CookieJar, Header, Method, Status};
use rocket::request::{FlashMessage, FromRequest, Outcome, Request};

use super::cookies::{self, LANGUAGE, SIGN_IN};
use super::csrf::Seed;
use super::layout::FlashView;
use super::{language, observed};
use crate::accounts::Account;
use crate::accounts::model::Accreditation;
use crate::accounts::model::factors::FactorKey;
use crate::accounts::model::sign_ins::expires_at;
use crate::accounts::operations::factors::is_missing;
use crate::accounts::store::{self, SignedIn};
use crate::db::{AnyConnection, Db, StoreError};
use crate::i18n::Texts;
use crate::kernel::clock::Clock;
use crate::kernel::code::Code as _;
use crate::kernel::ids::{AccountId, DelegationId, SessionId};
use crate::kernel::lang::Lang;
use crate::kernel::token::{LinkKey, digest};
use crate::policy::{Action, Actor, Capacity, Holding, Target, may};

/// Where those who need a second factor set it up: the only page that asks for a sign-in and opens before.
const FACTOR_PAGE: &str = "/account/second-factor";
/// The status by which a page says that a second factor comes first.
pub(super) const FACTOR_FIRST: Status = Status::PreconditionRequired;
/// How long a time between two requests passes unrecorded.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Facts about the installation, fixed at the start.
#[derive(Debug, Clone)]
pub struct Site {
    /// Whether browsers come through TLS.
    pub behind_tls: bool,
    /// Whether every page says that this is a demonstration.
    pub is_demonstration: bool,
    /// Address of the site as people type it.
    pub public_url: Option<String>,
    /// Whether mails are sent.
    pub sends_mail: bool,
    /// Key of the links that go out by mail.
    pub link_key: LinkKey,
    /// Key of the second factors.
    pub factor_key: FactorKey,
    /// Whether secretariat and administrators need a second factor.
    pub offices_need_factor: bool,
    /// Where readers write to the secretariat, if that is set.
    pub contact: Option<String>,
}

/// Who reads, and what a handler needs to serve them.
pub struct Reader {
    /// Language of the page.
    pub lang: Lang,
    /// Zone of the reader.
    pub zone: Tz,
    /// Who acts, for the policy.
    pub actor: Actor,
    /// The sign-in, if there is one.
    pub signed_in: Option<SignedIn>,
    /// Whether a second factor has to be set up before anything else; until then the reader is nothing but a visitor.
    pub needs_factor: bool,
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The installation.
    pub site: Site,
    /// Path and query asked for.
    pub path: String,
    /// The route that answers, with `*` for what varies: what the page is, and nothing of what it shows.
    pub route: String,
    /// Number of this request, shown on error pages and logged.
    pub request: String,
    /// Message left by the last act.
    pub flash: Option<FlashView>,
    /// Seed of the tokens in forms.
    pub seed: Seed,
}

impl Reader {
    /// Returns the texts of the page's language.
    pub fn texts(&self) -> Texts {
        Texts::of(self.lang)
    }

    /// Returns the time now.
    pub fn now(&self) -> NaiveDateTime {
        self.clock.now().naive_utc()
    }

    /// Returns whether the reader may do something, for showing a button.
    pub fn may(&self, action: Action, target: &Target) -> bool {
        may(&self.actor, action, target)
    }

    /// Returns the account, if somebody is signed in.
    pub fn account(&self) -> Option<&AccountId> {
        self.actor.account.as_ref()
    }

    /// Returns the reader as they are once a sign-in holds: for the page that follows in the same request.
    #[must_use]
    pub fn signed_in_as(&self, signed_in: SignedIn) -> Self {
        Self {
            lang: signed_in.account.language,
            zone: signed_in.account.time_zone,
            actor: actor_of(&signed_in),
            signed_in: Some(signed_in),
            needs_factor: false,
            db: self.db.clone(),
            clock: self.clock.clone(),
            site: self.site.clone(),
            path: self.path.clone(),
            route: self.route.clone(),
            request: self.request.clone(),
            flash: None,
            seed: self.seed.clone(),
        }
    }

    /// Returns the delegation of which the reader is head, alternate or delegate, if there is one.
    pub fn delegation(&self) -> Option<&DelegationId> {
        let acts_for =
            |capacity: Capacity| matches!(capacity, Capacity::Head | Capacity::Alternate | Capacity::Delegate);
        self.signed_in
            .as_ref()?
            .accreditations
            .iter()
            .find(|accreditation| acts_for(accreditation.capacity))
            .map(|accreditation| &accreditation.delegation)
    }
}

/// Turns a sign-in into the actor that the policy knows.
pub fn actor_of(signed_in: &SignedIn) -> Actor {
    let SignedIn { account, accreditations, reviewer_of, group, .. } = signed_in;
    acting(account, accreditations, reviewer_of, group.as_ref())
}

/// Returns an account with all its capacities as the policy knows it. The secretariat acts for the group as a whole.
pub fn acting(
    account: &Account,
    accreditations: &[Accreditation],
    reviewer_of: &[SessionId],
    group: Option<&DelegationId>,
) -> Actor {
    let office =
        account.office.capacity().map(|capacity| Holding { capacity, delegation: group.cloned(), session: None });
    let delegations = accreditations.iter().map(|accreditation| Holding {
        capacity: accreditation.capacity,
        delegation: Some(accreditation.delegation.clone()),
        session: None,
    });
    let reviews = reviewer_of.iter().map(|session| Holding {
        capacity: Capacity::Reviewer,
        delegation: None,
        session: Some(session.clone()),
    });
    Actor::new(account.id.clone(), office.into_iter().chain(delegations).chain(reviews))
}

/// The reader, loaded once a request. An error means that the database does not answer.
async fn load(request: &Request<'_>) -> Result<Reader, StoreError> {
    let rocket = request.rocket();
    let db: Db = rocket.state::<Db>().expect("invariant: the database is managed").clone();
    let clock: Clock = rocket.state::<Clock>().expect("invariant: the clock is managed").clone();
    let site: Site = rocket.state::<Site>().expect("invariant: the site is managed").clone();
    let found = signed_in(request.cookies(), &db, &clock, &site).await?;
    let needs_factor = found.as_ref().is_some_and(|(_, needs_factor)| *needs_factor);
    let signed_in = found.map(|(signed_in, _)| signed_in);
    let lang = match (language::asked(request), &signed_in) {
        (Some(asked), _) => asked,
        (None, Some(signed_in)) => signed_in.account.language,
        (None, None) => visitor_language(request, site.behind_tls),
    };
    let actor = match &signed_in {
        None => Actor::visitor(),
        Some(signed_in) if needs_factor => Actor::new(signed_in.account.id.clone(), []),
        Some(signed_in) => actor_of(signed_in),
    };
    let zone = signed_in.as_ref().map_or(Tz::UTC, |signed_in| signed_in.account.time_zone);
    let flash = request
        .guard::<FlashMessage<'_>>()
        .await
        .succeeded()
        .map(|flash| FlashView { kind: flash.kind().to_owned(), text: flash.message().to_owned() });
    Ok(Reader {
        lang,
        zone,
        actor,
        signed_in,
        needs_factor,
        db,
        clock,
        seed: Seed::of(request.cookies(), site.behind_tls),
        site,
        path: request.uri().to_string(),
        route: request.route().map_or_else(String::new, |route| pattern(route.uri.path())),
        request: observed::number(request).to_owned(),
        flash,
    })
}

/// Returns the path of a route with `*` for each part that varies.
pub fn pattern(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('<') { "*" } else { part }).collect::<Vec<_>>().join("/")
}

/// Returns the sign-in of a browser, and whether a second factor has to come first.
async fn signed_in(
    jar: &CookieJar<'_>,
    db: &Db,
    clock: &Clock,
    site: &Site,
) -> Result<Option<(SignedIn, bool)>, StoreError> {
    let Some(cookie) = jar.get_private(&cookies::name(SIGN_IN, site.behind_tls)) else { return Ok(None) };
    let token = digest(cookie.value());
    let (now, offices_need_factor) = (clock.now().naive_utc(), site.offices_need_factor);
    let load = move |conn: &mut AnyConnection| -> Result<_, StoreError> {
        let Some(found) = store::signed_in(conn, &token, now)? else { return Ok(None) };
        let needs_factor = is_missing(conn, &found.account, &found.accreditations, offices_need_factor, now)?;
        Ok(Some((found, needs_factor)))
    };
    let found = db.read(load).await?;
    if let Some((signed_in, _)) = &found
        && now - signed_in.last_seen_at > SEEN_EVERY
    {
        let id = signed_in.sign_in.clone();
        let until = expires_at(signed_in.signed_in_at, now).max(signed_in.expires_at);
        db.write(move |tx| store::mark_seen(tx, &id, now, until)).await?;
    }
    Ok(found)
}

/// A visitor's language: an explicit `?lang=`, the cookie, the browser's wish, English.
fn visitor_language(request: &Request<'_>, behind_tls: bool) -> Lang {
    let asked = request.query_value::<&str>("lang").and_then(Result::ok).and_then(Lang::from_code);
    let kept = || {
        request.cookies().get(&cookies::name(LANGUAGE, behind_tls)).and_then(|cookie| Lang::from_code(cookie.value()))
    };
    let wished = || {
        request
            .headers()
            .get_one("Accept-Language")
            .and_then(|wish| wish.split(',').find_map(|part| Lang::from_code(part.trim().get(..2).unwrap_or_default())))
    };
    asked.or_else(kept).or_else(wished).unwrap_or(Lang::En)
}

/// Returns the reader of a request, loaded once.
pub(super) async fn of<'r>(request: &'r Request<'_>) -> Result<&'r Reader, &'r StoreError> {
    request.local_cache_async(async { load(request).await }).await.as_ref()
}

/// Returns the reader of a request whose guards have loaded it.
pub(super) fn loaded<'r>(request: &'r Request<'_>) -> Result<&'r Reader, &'r StoreError> {
    request
        .local_cache(|| -> Result<Reader, StoreError> {
            Err(StoreError::Busy("no guard loaded the reader".to_owned()))
        })
        .as_ref()
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Reader {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match of(request).await {
            Ok(reader) => Outcome::Success(reader),
            Err(_) => nobody_known(request),
        }
    }
}

/// Whether a request brings a form, which can be kept.
fn is_form(request: &Request<'_>) -> bool {
    let is_kept = |kind: &ContentType| kind.is_form() || kind.is_form_data();
    request.method() == Method::Post && request.content_type().is_some_and(is_kept)
}

/// Ends a request while the database does not answer; a form goes on to the route that keeps what was typed.
fn nobody_known<T>(request: &Request<'_>) -> Outcome<T, ()> {
    match request.method() {
        Method::Post => Outcome::Forward(Status::ServiceUnavailable),
        _ => Outcome::Error((Status::ServiceUnavailable, ())),
    }
}

/// Somebody who is signed in. Others are led to the sign-in page, with what they typed.
#[derive(Clone, Copy)]
pub struct Member<'r> {
    /// The reader.
    pub reader: &'r Reader,
    /// The sign-in.
    pub signed_in: &'r SignedIn,
}

impl std::ops::Deref for Member<'_> {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        self.reader
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Member<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match of(request).await {
            Ok(reader) => match &reader.signed_in {
                Some(_) if reader.needs_factor && !reader.path.starts_with(FACTOR_PAGE) => match request.method() {
                    Method::Get => Outcome::Error((FACTOR_FIRST, ())),
                    _ => Outcome::Forward(FACTOR_FIRST),
                },
                Some(signed_in) => Outcome::Success(Member { reader, signed_in }),
                // Why: a page asked for leads to the sign-in at once, whatever other address would fit; a form goes on to
                // the route that keeps it.
                None if !is_form(request) => Outcome::Error((Status::Unauthorized, ())),
                None => Outcome::Forward(Status::Unauthorized),
            },
            Err(_) => nobody_known(request),
        }
    }
}

/// Says that an answer depends on who reads it, so that no cache between keeps it.
pub fn private() -> Header<'static> {
    Header::new("Cache-Control", "private, no-store")
}
