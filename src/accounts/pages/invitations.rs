//! The form that invites, the link it makes, and the page behind the link.

use askama::Template;
use rocket::http::Status;

use crate::accounts::Office;
use crate::accounts::model::Place;
use crate::accounts::model::invitations::{Invitation, Standing};
use crate::accounts::operations::invitations::Found;
use crate::accounts::operations::may_call;
use crate::accounts::pages::languages;
use crate::delegations::Delegation;
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::DelegationId;
use crate::policy::{Capacity, Denial};
use crate::web::{Answer, Fields, FormView, Frame, Member, PageResult, Reader};

/// Where somebody is invited to: the offices, or a delegation.
pub enum Towards {
    /// The offices of the platform.
    Offices,
    /// A delegation.
    Delegation(Delegation),
}

impl Towards {
    /// Returns the place for the code of a capacity or an office, if there is one.
    pub fn place(&self, role: &str) -> Option<Place> {
        let delegation = match self {
            Self::Offices => None,
            Self::Delegation(delegation) => Some(&delegation.id),
        };
        places(delegation).into_iter().find(|place| place.role() == role)
    }
}

/// The places of a delegation, or the offices.
fn places(delegation: Option<&DelegationId>) -> Vec<Place> {
    match delegation {
        None => Office::all_given().map(Place::Office).collect(),
        Some(id) => Capacity::IN_DELEGATION.iter().map(|capacity| Place::Delegation(id.clone(), *capacity)).collect(),
    }
}

/// The form that invites.
#[derive(Template)]
#[template(path = "accounts/invite.html")]
struct InvitePage {
    frame: Frame,
    form: FormView,
    place: String,
    roles: Vec<(&'static str, String)>,
    languages: Vec<(&'static str, String)>,
}

/// Shows the form that invites, fresh or again; denied when there is no place to which the reader may call.
pub fn invite(member: &Member<'_>, towards: &Towards, typed: Option<(Fields, FieldErrors)>) -> PageResult {
    let texts = member.texts();
    let (to, place, id) = match towards {
        Towards::Offices => ("offices", texts.text("account-offices"), None),
        Towards::Delegation(delegation) => {
            (delegation.code.as_str(), delegation.name.get(member.lang).clone(), Some(&delegation.id))
        }
    };
    let mut open = places(id);
    open.retain(|place| may_call(&member.actor, place).is_ok());
    if open.is_empty() {
        return Err(Denial::NoCapacity.into());
    }
    let is_again = typed.is_some();
    let fresh = || (Fields::none().set("to", to).set("language", member.lang.code()), FieldErrors::none());
    let (fields, errors) = typed.unwrap_or_else(fresh);
    let page = InvitePage {
        frame: Frame::new(member, texts.text("invitation-new"))
            .crumb(texts.text("nav-accounts"), "/accounts")
            .form("invite"),
        form: FormView::again(texts, fields, &errors),
        place,
        roles: open.iter().map(|place| (place.role(), texts.code("capacity", place.role()))).collect(),
        languages: languages(member),
    };
    if is_again { Answer::again(&page, !errors.is_empty()) } else { Answer::page(&page) }
}

/// The link, shown once.
#[derive(Template)]
#[template(path = "accounts/invited.html")]
struct InvitedPage {
    frame: Frame,
    link: String,
    facts: Vec<(String, String)>,
}

/// Shows the link of a new invitation.
pub fn invited(member: &Member<'_>, invitation: &Invitation, link: String) -> PageResult {
    let texts = member.texts();
    let mut facts = vec![
        (texts.text("account-name"), invitation.name.clone()),
        (texts.text("account-email"), invitation.email.clone()),
    ];
    if invitation.place != Place::Return {
        facts.push((texts.text("account-role"), texts.code("capacity", invitation.place.role())));
    }
    facts.push((texts.text("invitation-until"), texts.moment(invitation.expires_at, member.zone)));
    let title = if invitation.place == Place::Return { "password-link-made" } else { "invitation-made" };
    let frame = Frame::new(member, texts.text(title)).crumb(texts.text("nav-accounts"), "/accounts");
    Answer::page_as(Status::Created, &InvitedPage { frame, link, facts })
}

/// What the page behind a link offers.
enum Offer {
    /// Make an account.
    Account,
    /// Sign in with the account that exists.
    SignIn(String),
    /// Accept with the account that is signed in.
    Join,
    /// Somebody else is signed in.
    Another(String),
    /// Set a new password.
    Password(String),
}

/// The page behind a link.
#[derive(Template)]
#[template(path = "accounts/invitation.html")]
struct InvitationPage {
    frame: Frame,
    form: FormView,
    facts: Vec<(String, String)>,
    offer: Offer,
    languages: Vec<(&'static str, String)>,
}

/// The page behind a link that no longer works.
#[derive(Template)]
#[template(path = "accounts/invitation_over.html")]
struct OverPage {
    frame: Frame,
    explanation: String,
}

/// Shows the page behind a link, fresh or again.
pub fn invitation(reader: &Reader, found: &Found, typed: Option<(Fields, FieldErrors)>) -> PageResult {
    let texts = reader.texts();
    let invitation = &found.invitation;
    let standing = invitation.standing(reader.now());
    if standing != Standing::Open {
        let frame = Frame::new(reader, texts.text("invitation-over"));
        let explanation = texts.code("refusal-invitation", standing);
        return Answer::page_as(Status::Gone, &OverPage { frame, explanation });
    }
    let is_again = typed.is_some();
    let fresh = || {
        let fields = Fields::none().set("name", invitation.name.clone()).set("language", invitation.language.code());
        (fields, FieldErrors::none())
    };
    let (fields, errors) = typed.unwrap_or_else(fresh);
    let offer = offer(reader, found);
    let title = if invitation.place == Place::Return { "password-new-title" } else { "invitation-title" };
    let frame = Frame::new(reader, texts.text(title));
    let page = InvitationPage {
        // Why: a switch of the language sends the main form, so a page without one of its own names none.
        frame: match offer {
            Offer::Account | Offer::Join | Offer::Password(_) => frame.form("invitation"),
            Offer::SignIn(_) | Offer::Another(_) => frame,
        },
        form: FormView::again(texts, fields, &errors),
        facts: facts(reader, found),
        offer,
        languages: languages(reader),
    };
    if is_again { Answer::again(&page, !errors.is_empty()) } else { Answer::page(&page) }
}

fn offer(reader: &Reader, found: &Found) -> Offer {
    // Why: the form of a new password has an address of its own, where it also comes back with messages.
    let here = reader.path.split('?').next().unwrap_or_default().trim_end_matches("/password");
    if found.invitation.place == Place::Return {
        return Offer::Password(format!("{here}/password"));
    }
    match (&reader.signed_in, &found.account) {
        (Some(signed_in), Some(account)) if signed_in.account.id == *account => Offer::Join,
        (Some(signed_in), _) => Offer::Another(signed_in.account.email.clone()),
        (None, Some(_)) => Offer::SignIn(format!("/sign-in?next={here}")),
        (None, None) => Offer::Account,
    }
}

fn facts(reader: &Reader, found: &Found) -> Vec<(String, String)> {
    let texts = reader.texts();
    if found.invitation.place == Place::Return {
        return vec![
            (texts.text("password-link-by"), found.inviter.clone()),
            (texts.text("account-email"), found.invitation.email.clone()),
            (texts.text("invitation-until"), texts.moment(found.invitation.expires_at, reader.zone)),
        ];
    }
    let role = texts.code("capacity", found.invitation.place.role());
    let role = match &found.delegation {
        Some(delegation) => format!("{role} · {}", delegation.name.get(reader.lang)),
        None => role,
    };
    vec![
        (texts.text("invitation-by"), found.inviter.clone()),
        (texts.text("invitation-to"), role),
        (texts.text("account-email"), found.invitation.email.clone()),
        (texts.text("invitation-until"), texts.moment(found.invitation.expires_at, reader.zone)),
    ]
}
