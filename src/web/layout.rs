//! The frame around every page, decided and worded: templates only place it.

use super::reader::Reader;
use crate::i18n::Texts;
use crate::policy::{Action, Target};

/// Who is signed in, as the header shows it.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Name of the account.
    pub name: String,
    /// Capacities, worded.
    pub roles: String,
    /// Delegation, if any.
    pub delegation: Option<String>,
}

/// A message left by the last act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlashView {
    /// `good`, `bad` or `note`.
    pub kind: String,
    /// The words.
    pub text: String,
}

/// One step of the way to this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Where it is; the last has none.
    pub href: Option<String>,
}

/// One entry of the main navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Whether the page lies within it.
    pub current: bool,
}

/// The frame of one page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Texts of the page's language.
    pub texts: Texts,
    /// Title of the page.
    pub title: String,
    /// Path and query of the page.
    pub path: String,
    /// Whether to say that this is a demonstration.
    pub demonstration: bool,
    /// Who is signed in.
    pub person: Option<PersonView>,
    /// Message of the last act.
    pub flash: Option<FlashView>,
    /// Way to this page.
    pub crumbs: Vec<Crumb>,
    /// Main navigation.
    pub nav: Vec<NavItem>,
    /// Where the page is explained.
    pub help: String,
    /// Token for the forms of the page.
    pub csrf: String,
    /// Id of the page's main form: the language switch then submits it, so that nothing typed is lost.
    pub main_form: Option<String>,
}

impl Frame {
    /// Returns the frame of a page with a title that is already worded.
    pub fn new(reader: &Reader, title: impl Into<String>) -> Self {
        let title = title.into();
        let texts = reader.texts();
        Self {
            texts,
            path: reader.path.clone(),
            demonstration: reader.site.is_demonstration,
            person: person(reader),
            flash: reader.flash.clone(),
            crumbs: vec![Crumb { label: texts.text("nav-start"), href: Some("/".to_owned()) }],
            nav: navigation(reader),
            help: format!("/help?at={}", reader.route),
            csrf: reader.seed.token(),
            main_form: None,
            title,
        }
    }

    /// Adds a step of the way; the title of the page closes it by itself.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: Some(href.into()) });
        self
    }

    /// Names the main form of the page.
    #[must_use]
    pub fn form(mut self, id: &str) -> Self {
        self.main_form = Some(id.to_owned());
        self
    }

    /// Returns the address of an asset, which changes with its content.
    pub fn asset(&self, name: &str) -> String {
        super::assets::address(name)
    }
}

fn person(reader: &Reader) -> Option<PersonView> {
    let signed_in = reader.signed_in.as_ref()?;
    let texts = reader.texts();
    let mut roles: Vec<String> = Vec::new();
    if let Some(capacity) = signed_in.account.office.capacity() {
        roles.push(texts.code("capacity", capacity));
    }
    for accreditation in &signed_in.accreditations {
        roles.push(texts.code("capacity", accreditation.capacity));
    }
    if !signed_in.reviewer_of.is_empty() {
        roles.push(texts.text("capacity-reviewer"));
    }
    roles.dedup();
    let delegation =
        signed_in.accreditations.first().map(|accreditation| accreditation.delegation_name.get(reader.lang).clone());
    Some(PersonView { name: signed_in.account.name.clone(), roles: roles.join(", "), delegation })
}

fn navigation(reader: &Reader) -> Vec<NavItem> {
    let mut places = vec![("nav-start", "/"), ("nav-library", "/library"), ("nav-sessions", "/sessions")];
    let own = reader.delegation().cloned().map_or_else(Target::none, Target::of_delegation);
    if reader.may(Action::ViewAccounts, &own) {
        places.push(("nav-accounts", "/accounts"));
    }
    if reader.may(Action::ViewOutbox, &Target::none()) {
        places.push(("nav-outbox", "/outbox"));
    }
    if reader.may(Action::ViewAudit, &Target::none()) {
        places.push(("nav-audit", "/audit"));
    }
    places
        .into_iter()
        .map(|(key, href)| NavItem {
            label: reader.texts().text(key),
            href: href.to_owned(),
            current: if href == "/" { reader.path == "/" } else { reader.path.starts_with(href) },
        })
        .collect()
}
