//! How sure a result is: one sentence for each place, each two options compared, the same papers under all methods, and
//! each delegation left out.

use askama::Template;

use super::result::{called, joined};
use super::{OptionView, address, ballot_frame, place};
use crate::ballots::operations::viewing::Certified;
use crate::i18n::Texts;
use crate::tally::robustness::{Hinges, WithoutOne, methods};
use crate::tally::{Method, OptionId, Outcome, Reason};
use crate::web::{Answer, Frame, PageResult, Reader};

/// A place with its sentence.
struct PlaceView {
    place: String,
    option: OptionView,
    why: String,
}

/// A cell of a table: what stands there, a mark beside it for the eye, the same in a word for the ear.
#[derive(Default)]
struct Cell {
    class: &'static str,
    mark: &'static str,
    text: String,
    word: String,
}

/// A row of a table.
struct Row {
    head: String,
    note: String,
    cells: Vec<Cell>,
}

/// What would be without a delegation.
struct LeftOut {
    delegation: String,
    changes: Vec<String>,
    changes_first: bool,
}

/// What needs at least one paper with priorities.
struct HingesView {
    said: Vec<String>,
    places: Vec<PlaceView>,
    matrix: Vec<Row>,
    methods: Vec<Row>,
    firm: Row,
    left_out: Vec<LeftOut>,
}

/// The page.
#[derive(Template)]
#[template(path = "ballots/sure.html")]
struct SurePage {
    frame: Frame,
    is_made_up: bool,
    has_quorum: bool,
    back: String,
    ordered: Vec<String>,
    hinges: Option<HingesView>,
}

/// Shows how sure a certified result is.
pub fn sure(reader: &Reader, certified: &Certified, hinges: Option<&Hinges>) -> PageResult {
    let (texts, shown, outcome) = (reader.texts(), &certified.shown, &certified.counted.outcome);
    let back = format!("{}/result", address(place(&shown.session, &shown.ballot)));
    let frame = ballot_frame(reader, &shown.session, &shown.ballot, texts.text("ballot-sure-title"));
    Answer::page(&SurePage {
        frame: frame.crumb(texts.text("ballot-result"), back.clone()),
        is_made_up: shown.ballot.is_made_up,
        has_quorum: certified.counted.quorum.is_met(),
        back,
        ordered: outcome.order.iter().flatten().map(|id| id.0.clone()).collect(),
        hinges: hinges.map(|hinges| HingesView {
            said: said(texts, outcome, hinges),
            places: places(reader, certified),
            matrix: matrix(texts, outcome),
            methods: by_method(texts, outcome, hinges),
            firm: firm(texts, outcome, hinges),
            left_out: left_out(reader, certified, hinges),
        }),
    })
}

/// Says the whole in a few sentences.
fn said(texts: Texts, outcome: &Outcome, hinges: &Hinges) -> Vec<String> {
    let all = methods().count();
    let firsts = |method: Method| {
        let first = |id: &&OptionId| hinges.across.places[*id].get(&method) == Some(&1);
        hinges.across.places.keys().filter(first).collect::<Vec<_>>()
    };
    let mut winners: Vec<&OptionId> = outcome.winners().iter().collect();
    winners.sort();
    let agreeing = methods().filter(|method| firsts(*method) == winners).count();
    let changing = hinges.without.iter().filter(|without| without.changes_winner).count();
    let numbers = |number: usize, of: usize| [("number", number.to_string()), ("all", of.to_string())];
    vec![
        texts.with("ballot-sure-said-first", &numbers(agreeing, all)),
        texts.with("ballot-sure-said-firm", &numbers(hinges.across.firm.len(), hinges.across.places.len())),
        texts.with("ballot-sure-said-delegations", &numbers(changing, hinges.without.len())),
    ]
}

fn places(reader: &Reader, certified: &Certified) -> Vec<PlaceView> {
    let (texts, outcome) = (reader.texts(), &certified.counted.outcome);
    let options = &certified.shown.options;
    let mut rows = Vec::new();
    for (at, (place, tier)) in outcome.places().into_iter().enumerate() {
        for id in tier {
            let Some(option) = options.iter().find(|option| option.reference == id.as_str()) else { continue };
            let others: Vec<OptionId> = tier.iter().filter(|other| *other != id).cloned().collect();
            let mut why = Vec::new();
            if !others.is_empty() {
                why.push(texts.one("ballot-sure-tied", "others", joined(&others)));
            }
            match outcome.order.get(at + 1).and_then(|next| next.first()) {
                Some(below) => why.push(ahead(texts, outcome, id, below)),
                None if others.is_empty() => why.push(texts.text("ballot-sure-last")),
                None => {}
            }
            let place = if tier.len() > 1 { texts.one("ballot-place-tied", "place", place) } else { place.to_string() };
            rows.push(PlaceView { place, option: OptionView::new(reader, option), why: why.join(" ") });
        }
    }
    rows
}

/// Says why an option is ahead of the next one. The direct comparison is the reason only where the method goes by it.
fn ahead(texts: Texts, outcome: &Outcome, above: &OptionId, below: &OptionId) -> String {
    let is_level = outcome.ranking.iter().any(|tier| tier.contains(above) && tier.contains(below));
    if is_level {
        let rule = texts.code("tie-rule", outcome.tie_rule.code());
        return texts.with("ballot-sure-by-rule", &[("below", below.0.clone()), ("rule", rule)]);
    }
    let number = |row: &OptionId, column: &OptionId| outcome.pairwise.get(row, column).unwrap_or(0);
    let (prefer, against) = (number(above, below), number(below, above));
    let is_reason =
        |reason: &Reason| matches!(reason, Reason::AheadByDirectComparison { above: first, .. } if first == above);
    let key = match prefer.cmp(&against) {
        std::cmp::Ordering::Greater if outcome.reasons.iter().any(is_reason) => "ballot-sure-because",
        std::cmp::Ordering::Greater => "ballot-sure-agrees",
        std::cmp::Ordering::Equal => "ballot-sure-level",
        std::cmp::Ordering::Less => "ballot-sure-although",
    };
    let values = [
        ("below", below.0.clone()),
        ("prefer", prefer.to_string()),
        ("against", against.to_string()),
        ("ballots", outcome.weight.to_string()),
    ];
    texts.with(key, &values)
}

/// Returns the comparisons, rows and columns in the order of the result.
fn matrix(texts: Texts, outcome: &Outcome) -> Vec<Row> {
    let number = |row: &OptionId, column: &OptionId| outcome.pairwise.get(row, column).unwrap_or(0);
    let cell = |row: &OptionId, column: &OptionId| {
        let (prefer, against) = (number(row, column), number(column, row));
        let (class, mark, key) = match prefer.cmp(&against) {
            _ if row == column => return Cell { class: "same", ..Cell::default() },
            std::cmp::Ordering::Greater => ("win", "▲", "ballot-sure-wins"),
            std::cmp::Ordering::Less => ("lose", "▽", "ballot-sure-loses"),
            std::cmp::Ordering::Equal => ("same", "=", "ballot-sure-even"),
        };
        Cell { class, mark, text: format!("{prefer}\u{2009}:\u{2009}{against}"), word: texts.text(key) }
    };
    let row = |row: &OptionId| Row {
        head: row.0.clone(),
        note: String::new(),
        cells: outcome.order.iter().flatten().map(|column| cell(row, column)).collect(),
    };
    outcome.order.iter().flatten().map(row).collect()
}

/// Returns a row for each method, that of the ballot first; its options stand in the order of the result.
fn by_method(texts: Texts, outcome: &Outcome, hinges: &Hinges) -> Vec<Row> {
    let own = outcome.method;
    let places = |method: Method, id: &OptionId| hinges.across.places[id].get(&method).copied().unwrap_or_default();
    let cell = |method: Method, id: &OptionId| {
        let (place, here) = (places(method, id), outcome.place_of(id).unwrap_or_default());
        let (class, mark, word) = match place.cmp(&here) {
            std::cmp::Ordering::Less => ("win", "↑", texts.text("ballot-sure-higher")),
            std::cmp::Ordering::Greater => ("lose", "↓", texts.text("ballot-sure-lower")),
            std::cmp::Ordering::Equal => ("", "", String::new()),
        };
        Cell { class, mark, text: place.to_string(), word }
    };
    let row = |method: Method| Row {
        head: texts.code("method", method),
        note: if method == own { texts.text("ballot-sure-own-method") } else { String::new() },
        cells: outcome.order.iter().flatten().map(|id| cell(method, id)).collect(),
    };
    std::iter::once(own).chain(methods().filter(|method| *method != own)).map(row).collect()
}

/// Returns the row that sums up: the one place, or the best and the worst.
fn firm(texts: Texts, outcome: &Outcome, hinges: &Hinges) -> Row {
    let cell = |id: &OptionId| {
        if let Some(place) = hinges.across.firm.get(id) {
            let word = texts.text("ballot-sure-firm-word");
            return Cell { class: "win", mark: "✓", text: place.to_string(), word };
        }
        let places = hinges.across.places[id].values();
        let (best, worst) = (places.clone().min().copied(), places.max().copied());
        let text = format!("{}\u{2013}{}", best.unwrap_or_default(), worst.unwrap_or_default());
        Cell { text, ..Cell::default() }
    };
    let cells = outcome.order.iter().flatten().map(cell).collect();
    Row { head: texts.text("ballot-sure-firm"), note: String::new(), cells }
}

fn left_out(reader: &Reader, certified: &Certified, hinges: &Hinges) -> Vec<LeftOut> {
    let order: Vec<&OptionId> = certified.counted.outcome.order.iter().flatten().collect();
    let row = |name: String, without: &WithoutOne| {
        let changes = order.iter().filter_map(|id| Some((id, without.changed.get(*id)?)));
        LeftOut {
            delegation: name,
            changes: changes.map(|(id, (before, after))| format!("{id}: {before} → {after}")).collect(),
            changes_first: without.changes_winner,
        }
    };
    let called = called(reader, &certified.shown).into_iter();
    called
        .filter_map(|(code, name)| Some(row(name, hinges.without.iter().find(|without| without.label == code)?)))
        .collect()
}
