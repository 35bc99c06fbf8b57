//! Who can help whom, and the ties that the page of a submission shows.

use askama::Template;

use super::model::{Filter, Tied};
use super::operations::{Board, Links};
use crate::classification::List;
use crate::delegations::Delegation;
use crate::i18n::Texts;
use crate::kernel::reference::Kind;
use crate::submissions::model::Submission;
use crate::web::{Answer, Frame, PageResult, Reader};

/// A submission as lists name it.
pub struct LinkView {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub lang: &'static str,
    /// Its address.
    pub href: String,
    /// Who puts it forward.
    pub who: String,
    /// More about it; may be empty.
    pub detail: String,
}

/// Returns a submission as lists name it.
pub fn link(reader: &Reader, one: &Submission, delegations: &[Delegation], detail: String) -> LinkView {
    let (title, lang) = one.title(reader.lang).unwrap_or((one.reference.as_str(), reader.lang));
    let name = delegations.iter().find(|held| held.id == one.delegation);
    LinkView {
        reference: one.reference.clone(),
        title: title.to_owned(),
        lang: lang.code(),
        href: format!("/submissions/{}", one.reference),
        who: name.map_or_else(String::new, |held| held.name.get(reader.lang).clone()),
        detail,
    }
}

fn offered(texts: Texts, one: &Tied) -> String {
    let words: Vec<String> = one.offers.iter().map(|code| offer(texts, code)).collect();
    words.join(", ")
}

fn offer(texts: Texts, code: &str) -> String {
    let key = format!("link-offer-{code}");
    if texts.has(&key) { texts.text(&key) } else { code.to_owned() }
}

/// What the page of a submission shows of its ties.
#[derive(Default)]
pub struct LinksView {
    /// Practices on which it builds.
    pub built_on: Vec<LinkView>,
    /// Actions that build on it.
    pub used_by: Vec<LinkView>,
    /// The action that it grew out of.
    pub origin: Vec<LinkView>,
    /// Practices that grew out of it.
    pub grown: Vec<LinkView>,
    /// Address of the page on its progress, for an action.
    pub progress: Option<String>,
    /// Offers of others.
    pub offers: Vec<LinkView>,
    /// Address of the page on who can help whom.
    pub board: String,
}

/// Returns the ties of a submission as its page shows them.
pub fn shown(
    reader: &Reader,
    submission: &Submission,
    links: &Links,
    delegations: &[Delegation],
    session: i32,
) -> LinksView {
    let texts = reader.texts();
    let plain = |all: &[Submission]| all.iter().map(|one| link(reader, one, delegations, String::new())).collect();
    LinksView {
        built_on: plain(&links.built_on),
        used_by: plain(&links.used_by),
        origin: links.origin.iter().map(|one| link(reader, one, delegations, String::new())).collect(),
        grown: plain(&links.grown),
        progress: (submission.kind == Kind::Action).then(|| format!("/submissions/{}/progress", submission.reference)),
        offers: links
            .offers
            .iter()
            .map(|(one, targets)| {
                let targets = targets.iter().cloned().collect::<Vec<_>>().join(", ");
                let values = [("offers", offered(texts, one)), ("targets", targets)];
                link(reader, &one.submission, delegations, texts.with("link-offers-for", &values))
            })
            .collect(),
        board: format!("/sessions/{session}/matches"),
    }
}

/// A target with who offers and who needs.
struct MatchView {
    target: String,
    offers: Vec<LinkView>,
    needs: Vec<LinkView>,
    /// How many actions there are, where they are too many to be shown before they are asked for.
    folded: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "submissions/matches.html")]
struct MatchesPage {
    frame: Frame,
    here: String,
    countries: Vec<(String, String)>,
    offering: String,
    needing: String,
    figures: String,
    rows: Vec<MatchView>,
    export: String,
}

/// Actions of a target that are shown at once; more are folded.
const SHOWN: usize = 3;

/// Shows who can help whom: first the targets with both an offer and a need.
pub fn board(reader: &Reader, board: &Board, filter: &Filter) -> PageResult {
    let texts = reader.texts();
    let row = |one: &super::model::Match| MatchView {
        target: label(reader, List::Target, &one.target),
        offers: one
            .offers
            .iter()
            .map(|tied| link(reader, &tied.submission, &board.delegations, offered(texts, tied)))
            .collect(),
        needs: one
            .needs
            .iter()
            .map(|tied| link(reader, &tied.submission, &board.delegations, concerned(reader, tied)))
            .collect(),
        folded: (one.needs.len() > SHOWN).then(|| texts.one("link-needs-folded", "number", one.needs.len())),
    };
    let is_both = |one: &&super::model::Match| !one.offers.is_empty() && !one.needs.is_empty();
    let (both, others): (Vec<_>, Vec<_>) = board.matches.iter().partition(is_both);
    let number = board.session.number;
    Answer::page(&MatchesPage {
        frame: Frame::new(reader, texts.text("link-board-title"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(board.session.title.get(reader.lang).clone(), format!("/sessions/{number}")),
        here: format!("/sessions/{number}/matches"),
        countries: board.delegations.iter().map(|one| (one.code.clone(), one.name.get(reader.lang).clone())).collect(),
        offering: filter.offering.clone(),
        needing: filter.needing.clone(),
        figures: texts.with("link-board-figures", &[("both", both.len()), ("all", board.matches.len())]),
        rows: both.into_iter().chain(others).map(row).collect(),
        export: format!("/sessions/{number}/exports/matches.csv?lang={}", reader.lang),
    })
}

/// Says which other countries an action concerns.
fn concerned(reader: &Reader, one: &Tied) -> String {
    let others: Vec<String> =
        one.countries.iter().filter(|code| **code != one.code).map(|code| label(reader, List::Country, code)).collect();
    if others.is_empty() { String::new() } else { reader.texts().one("link-concerns", "countries", others.join(", ")) }
}

fn label(reader: &Reader, list: List, code: &str) -> String {
    list.entry(code).map_or_else(|| code.to_owned(), |entry| entry.label(list, reader.lang))
}
