//! One line a route: method, address as mounted, where it acts, what guards it.

use rocket::http::Method::{Get, Post};
use speca::policy::Action::*;
use speca::policy::Capacity::{Delegate, Head};

use super::Guard::{May, Nobody, Public, SignIn};
use super::world::Place::*;
use super::{Row, row};

/// Every route, room by room.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row(Get,  "/assets/<name>",                      Site,      Public).at(&[("name", "style.css")]),

    // Keeps a form whose sign-in has ended; what it was sent to decides.
    row(Post, "/<_..>",                              Site,      Nobody).at(&[("_", "no-such-page")]),

    // Signing in, and one's own account.
    row(Get,  "/sign-in",                            Site,      Public),
    row(Post, "/sign-in",                            Site,      Public).with(&[("email", "a@example.org"), ("password", "wrong")]),
    row(Post, "/sign-out",                           Site,      Public),
    row(Post, "/language",                           Site,      Public).with(&[("language", "ru"), ("return_to", "/")]),
    row(Get,  "/account",                            Site,      SignIn),
    row(Post, "/account",                            Site,      SignIn).with(&[("name", "Office"), ("language", "en"), ("time_zone", "UTC")]),
    row(Get,  "/account/password",                   Site,      SignIn),
    row(Post, "/account/password",                   Site,      SignIn),
    row(Post, "/account/sign-ins/<id>/revoke",       OwnSignIn, SignIn),
    row(Post, "/account/sign-ins/revoke-all",        Site,      SignIn),

    // Accounts and invitations.
    row(Get,  "/accounts",                           OwnDelegation,        May(&[ViewAccounts])),
    row(Post, "/accounts/<id>/disable",              Account,              May(&[ManageHeads])),
    row(Post, "/accounts/<id>/disable",              Office,               May(&[ManageOffices])),
    row(Post, "/accounts/<id>/enable",               Account,              May(&[ManageHeads])),
    row(Post, "/accounts/<id>/enable",               Office,               May(&[ManageOffices])),
    row(Post, "/accounts/accreditations/<id>/end",   Grant(Delegate),      May(&[ManageDelegates])),
    row(Post, "/accounts/accreditations/<id>/end",   Grant(Head),          May(&[ManageHeads])),
    row(Get,  "/accounts/invitations/new",           Delegation,           May(&[ManageHeads, ManageDelegates])).asking("to=<code>"),
    row(Get,  "/accounts/invitations/new",           Site,                 May(&[ManageOffices])).asking("to=offices"),
    row(Post, "/accounts/invitations",               Delegation,           May(&[ManageDelegates])).with(&[("to", "<code>"), ("role", "delegate"), ("email", "new@example.org"), ("name", "Office"), ("language", "en")]),
    row(Post, "/accounts/invitations",               Delegation,           May(&[ManageHeads])).with(&[("to", "<code>"), ("role", "head"), ("email", "new@example.org"), ("name", "Office"), ("language", "en")]),
    row(Post, "/accounts/invitations",               Site,                 May(&[ManageOffices])).with(&[("to", "offices"), ("role", "chair"), ("email", "new@example.org"), ("name", "Office"), ("language", "en")]),
    row(Post, "/accounts/invitations/<id>/withdraw", Invitation(Delegate), May(&[ManageDelegates])),
    row(Post, "/accounts/invitations/<id>/withdraw", Invitation(Head),     May(&[ManageHeads])),
    row(Get,  "/invitations/<token>",                Invitation(Delegate), Public),
    row(Post, "/invitations/<token>",                Invitation(Delegate), Public).with(&[("name", "Office"), ("language", "en"), ("password", "long enough to pass"), ("password_again", "long enough to pass")]),

    // Delegations and the audit trail.
    row(Get,  "/delegations",                        Site,       May(&[ManageDelegations])),
    row(Get,  "/delegations/new",                    Site,       May(&[ManageDelegations])),
    row(Post, "/delegations",                        Site,       May(&[ManageDelegations])),
    row(Get,  "/delegations/<code>/edit",            Delegation, May(&[ManageDelegations])),
    row(Post, "/delegations/<code>",                 Delegation, May(&[ManageDelegations])),
    row(Get,  "/audit",                              Site,       May(&[ViewAudit])),

    // Reviews and the ranking.
    row(Get,  "/sessions/<number>/reviews",          Session,        May(&[ViewOwnReviews, ViewAllReviews])),
    row(Get,  "/sessions/<number>/ranking",          Session,        May(&[ViewRanking])),
    row(Get,  "/submissions/<reference>/review",     AcceptedAction, May(&[GiveReview, ViewAllReviews])),
    row(Post, "/submissions/<reference>/review",     AcceptedAction, May(&[GiveReview])),
    row(Get,  "/submissions/<reference>/recusal",    AcceptedAction, May(&[Recuse])),
    row(Post, "/submissions/<reference>/recusal",    AcceptedAction, May(&[Recuse])).with(&[("reason", "A reason")]),
];
