//! The list of delegations and the form of one.

use askama::Template;

use super::forms::fields_of;
use super::model::{Delegation, DelegationKind};
use crate::i18n::order;
use crate::kernel::fields::FieldErrors;
use crate::web::{Answer, Fields, FormView, Frame, Member, PageResult};

/// The list.
#[derive(Template)]
#[template(path = "delegations/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
}

/// One delegation on the list.
struct Row {
    code: String,
    name: String,
    formal_name: String,
    kind: &'static str,
    votes: bool,
}

/// Shows the list, names in the alphabetical order of the page's language.
pub fn list(member: &Member<'_>, mut delegations: Vec<Delegation>) -> PageResult {
    let lang = member.lang;
    delegations.sort_by(|a, b| order::compare(lang, a.name.get(lang), b.name.get(lang)));
    let row = |delegation: Delegation| Row {
        name: delegation.name.get(lang).clone(),
        formal_name: delegation.formal_name.get(lang).clone(),
        code: delegation.code,
        kind: delegation.kind.code(),
        votes: delegation.votes,
    };
    let frame = Frame::new(member, member.texts().text("delegations-title"))
        .crumb(member.texts().text("nav-accounts"), "/accounts");
    Answer::page(&ListPage { frame, rows: delegations.into_iter().map(row).collect() })
}

/// The form.
#[derive(Template)]
#[template(path = "delegations/form.html")]
struct FormPage {
    frame: Frame,
    form: FormView,
    action: String,
    kinds: Vec<(&'static str, String)>,
    is_new: bool,
    is_group: bool,
}

/// Shows the form of a delegation, or of a new one; fresh, or again with what was typed.
pub fn form(member: &Member<'_>, stored: Option<&Delegation>, typed: Option<(Fields, FieldErrors)>) -> PageResult {
    let texts = member.texts();
    let is_again = typed.is_some();
    let fresh = || {
        let new = || Fields::none().set("kind", DelegationKind::Country.code()).set("votes", "true");
        (stored.map_or_else(new, fields_of), FieldErrors::none())
    };
    let (fields, errors) = typed.unwrap_or_else(fresh);
    let title = stored.map_or_else(|| texts.text("delegation-new"), |stored| stored.name.get(member.lang).clone());
    let page = FormPage {
        frame: Frame::new(member, title).crumb(texts.text("delegations-title"), "/delegations").form("delegation"),
        form: FormView::again(texts, fields, &errors),
        action: stored.map_or_else(|| "/delegations".to_owned(), |stored| format!("/delegations/{}", stored.code)),
        kinds: [DelegationKind::Country, DelegationKind::Organization]
            .into_iter()
            .map(|kind| (kind.code(), texts.code("delegation-kind", kind)))
            .collect(),
        is_new: stored.is_none(),
        is_group: stored.is_some_and(|stored| stored.kind == DelegationKind::Group),
    };
    if is_again { Answer::again(&page, !errors.is_empty()) } else { Answer::page(&page) }
}
