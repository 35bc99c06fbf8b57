//! The submissions of a session, as far as the reader may see them.

use std::ops::Range;

use askama::Template;

use super::frame_in;
use crate::i18n::order::compare;
use crate::kernel::code::Code as _;
use crate::kernel::ids::DelegationId;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Capacity, Target};
use crate::submissions::operations::{Filter, Listing};
use crate::submissions::{co_sponsors, consents, filters, languages};
use crate::web::errors::refusal;
use crate::web::forms::FormView;
use crate::web::paging::{Page, Pager};
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// Rows a page.
const ROWS: i64 = 50;
/// The same, for counting in memory.
const ROWS_A_PAGE: usize = 50;

/// A submission in the list.
struct RowView {
    href: String,
    reference: String,
    title: String,
    lang: &'static str,
    kind: String,
    delegation: String,
    state: &'static str,
    consents: String,
    partners: String,
    checked: String,
    updated: String,
}

/// Delegations that have not handed something in.
struct OutstandingView {
    kind: String,
    names: String,
}

#[derive(Template)]
#[template(path = "submissions/list.html")]
struct ListPage {
    frame: Frame,
    form: FormView,
    action: String,
    window: Option<String>,
    rows: Vec<RowView>,
    pager: Pager,
    kinds: Vec<(String, String)>,
    states: Vec<(String, String)>,
    delegations: Vec<(String, String)>,
    outstanding: Vec<OutstandingView>,
    is_own_outstanding: bool,
    starts: Vec<(String, String)>,
    earlier: Option<String>,
    saved: Vec<SavedView>,
    shares: bool,
    file: String,
    bulk: Option<String>,
}

/// A filter that the reader is offered.
struct SavedView {
    name: String,
    href: String,
    remove: Option<String>,
}

/// Returns the places of the rows that a page shows.
pub fn range(page: Option<i64>) -> Range<usize> {
    let skip = usize::try_from(Page::new(page, ROWS).skip()).unwrap_or(usize::MAX);
    skip..skip.saturating_add(ROWS_A_PAGE)
}

/// Shows the list.
pub fn list(reader: &Reader, listing: &Listing, filter: &Filter, page: Option<i64>) -> PageResult {
    let texts = reader.texts();
    let session = &listing.found.calendar.session;
    let action = format!("/sessions/{}/submissions", session.number);
    let page = Page::new(page, ROWS);
    let total = i64::try_from(listing.found.keys.len()).unwrap_or(i64::MAX);
    let kind = filter.kind.map_or("", |kind| kind.code());
    let state = filter.state.map_or("", |state| state.code());
    let delegation = filter.delegation.as_deref().unwrap_or("all");
    let query = filters::operations::query(filter);
    let shares = filters::operations::shares(&reader.actor);
    let saved = listing.filters.iter().map(|one| SavedView {
        name: one.name.clone(),
        href: format!("{action}?{}", one.query),
        remove: (reader.account() == Some(&one.account)).then(|| format!("{action}/filters/{}/remove", one.id)),
    });
    let fields = Fields::none().set("kind", kind).set("state", state).set("delegation", delegation);
    let can_start = listing.found.calendar.expect_writing(reader.now());
    let writes = listing
        .found
        .delegations
        .iter()
        .any(|one| reader.may(Action::CreateSubmission, &Target::of_delegation(one.id.clone())));
    let new = |kind: &Kind| (format!("{action}/new?kind={kind}"), texts.code("submission-start", kind));
    Answer::page(&ListPage {
        frame: frame_in(reader, session, texts.text("submissions-title")),
        form: FormView::fresh(fields),
        window: can_start.as_ref().err().filter(|_| writes).map(|message| refusal(texts, message)),
        rows: listing.rows.iter().map(|row| row_of(reader, listing, row)).collect(),
        pager: Pager::new(page, total, |number| format!("{action}?{query}&page={number}")),
        kinds: Kind::ALL.iter().map(|kind| (kind.code().to_owned(), texts.code("kind", kind))).collect(),
        states: listing
            .found
            .states
            .iter()
            .map(|state| (state.code().to_owned(), texts.code("state", state)))
            .collect(),
        delegations: named(reader, listing),
        outstanding: outstanding(reader, listing),
        is_own_outstanding: !reader.actor.is(Capacity::Secretariat),
        starts: if writes && can_start.is_ok() { Kind::ALL.iter().map(new).collect() } else { Vec::new() },
        earlier: (writes && can_start.is_ok() && listing.has_earlier).then(|| format!("{action}/earlier")),
        saved: saved.collect(),
        shares,
        file: format!("{action}/list.csv?{query}&lang={}", reader.lang.code()),
        bulk: shares.then(|| format!("/sessions/{}/bulk?{query}", session.number)),
        action,
    })
}

fn row_of(reader: &Reader, listing: &Listing, row: &crate::submissions::Submission) -> RowView {
    let texts = reader.texts();
    let (title, lang) = match row.title(reader.lang) {
        Some((title, lang)) => (title.to_owned(), lang),
        None => (texts.code("submission-untitled", row.kind), reader.lang),
    };
    let delegation = listing.found.delegations.iter().find(|one| one.id == row.delegation);
    RowView {
        href: format!("/submissions/{}", row.reference),
        reference: row.reference.clone(),
        title,
        lang: lang.code(),
        kind: texts.code("kind", row.kind),
        delegation: delegation.map(|one| one.name.get(reader.lang).clone()).unwrap_or_default(),
        state: row.state.code(),
        consents: consents(reader, listing, row),
        checked: listing.checked.get(&row.id).map_or_else(String::new, |count| languages::pages::count(texts, *count)),
        partners: co_sponsors::pages::line(texts, &listing.partners, &row.id),
        updated: texts.day(row.updated_at.and_utc().with_timezone(&reader.zone).date_naive()),
    }
}

/// Says how many of the countries named have consented, and whether the reader's own has not answered.
fn consents(reader: &Reader, listing: &Listing, row: &crate::submissions::Submission) -> String {
    let Some(asked) = listing.found.consents.get(&row.id) else { return String::new() };
    let texts = reader.texts();
    let given = asked.values().filter(|state| **state == consents::State::Given).count();
    let is_asked = |own: &DelegationId| asked.get(own) == Some(&consents::State::Asked);
    let words = texts.with("consents-count", &[("given", given), ("asked", asked.len())]);
    if reader.actor.delegations().any(is_asked) {
        return format!("{words} {}", texts.text("consent-own-needed"));
    }
    words
}

/// Returns every delegation with its name, in alphabetical order.
fn named(reader: &Reader, listing: &Listing) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> =
        listing.found.delegations.iter().map(|one| (one.code.clone(), one.name.get(reader.lang).clone())).collect();
    named.sort_by(|(_, a), (_, b)| compare(reader.lang, a, b));
    named
}

fn outstanding(reader: &Reader, listing: &Listing) -> Vec<OutstandingView> {
    let name = |id: &DelegationId| {
        listing.found.delegations.iter().find(|one| one.id == *id).map(|one| one.name.get(reader.lang).clone())
    };
    listing
        .found
        .outstanding
        .iter()
        .map(|one| {
            let mut names: Vec<String> = one.delegations.iter().filter_map(name).collect();
            names.sort_by(|a, b| compare(reader.lang, a, b));
            OutstandingView { kind: reader.texts().code("kind", one.kind), names: names.join(", ") }
        })
        .collect()
}
