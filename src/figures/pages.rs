//! The figures as tables with a chart beside each; the same tables are the files.

use std::collections::BTreeMap;

use askama::Template;

use super::model::{Counts, Name, Pair, by_code, by_delegation, languages, matches, median_days};
use super::operations::Figures;
use crate::classification::List;
use crate::i18n::Texts;
use crate::i18n::order::compare;
use crate::kernel::reference::Kind;
use crate::sessions::Session;
use crate::web::{Answer, Frame, PageResult, Reader};

/// A table of numbers: header, rows with their label first.
pub struct Table {
    /// Titles of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<(String, Vec<String>)>,
    /// What the chart draws of each row: a number.
    drawn: Vec<usize>,
}

/// A bar of a chart.
struct Bar {
    label: String,
    value: String,
    share: usize,
}

/// A figure as the page shows it.
struct Section {
    name: Name,
    title: String,
    hint: String,
    header: Vec<String>,
    rows: Vec<(String, Vec<(String, String)>)>,
    bars: Vec<Bar>,
    chart: String,
    file: String,
}

/// The page.
#[derive(Template)]
#[template(path = "figures/figures.html")]
struct FiguresPage {
    frame: Frame,
    lead: String,
    other: Option<(String, String)>,
    is_made_up: bool,
    sections: Vec<Section>,
}

/// Returns the address of the figures of a session, or of a file of them.
pub fn address(session: &Session, rest: &str) -> String {
    format!("/sessions/{}/figures{rest}", session.number)
}

/// Shows the figures.
pub fn show(reader: &Reader, figures: &Figures) -> PageResult {
    let texts = reader.texts();
    let session = &figures.session;
    let other = |key: &str, rest: &str| (texts.text(key), address(session, rest));
    let section = |name: &Name| {
        let table = table(texts, figures, *name)?;
        let query = if figures.is_whole { "" } else { "&public=yes" };
        Some(section(texts, *name, table, address(session, &format!("/{name}.csv?lang={}{query}", reader.lang))))
    };
    Answer::page(&FiguresPage {
        frame: Frame::new(reader, texts.text("figures-title"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number)),
        lead: texts.text(if figures.is_whole { "figures-lead-whole" } else { "figures-lead-public" }),
        other: figures.sees_whole.then(|| {
            if figures.is_whole { other("figures-see-public", "?public=yes") } else { other("figures-see-whole", "") }
        }),
        is_made_up: session.is_demonstration,
        sections: Name::ALL.iter().filter_map(section).collect(),
    })
}

fn section(texts: Texts, name: Name, table: Table, file: String) -> Section {
    let Table { header, rows, drawn } = table;
    let most = drawn.iter().copied().max().unwrap_or(0).max(1);
    let bars = rows.iter().zip(&drawn).map(|((label, _), number)| Bar {
        label: label.clone(),
        value: number.to_string(),
        share: number * 100 / most,
    });
    let bars = bars.collect();
    let labelled = |cells: Vec<String>| header.iter().skip(1).cloned().zip(cells).collect();
    Section {
        name,
        title: texts.code("figures-name", name),
        hint: texts.code("figures-about", name),
        rows: rows.into_iter().map(|(label, cells)| (label, labelled(cells))).collect(),
        bars,
        chart: texts.code("figures-chart", name),
        header,
        file,
    }
}

/// Returns the table of a figure; nothing where it is not told to the reader.
pub fn table(texts: Texts, figures: &Figures, name: Name) -> Option<Table> {
    let counts = &figures.counts;
    match name {
        Name::Delegations => Some(delegations(texts, figures)),
        Name::Themes => Some(by_list(texts, List::Theme, &by_code(&counts.all, List::Theme), ["practices", "actions"])),
        Name::Targets => {
            Some(by_list(texts, List::Target, &by_code(&counts.all, List::Target), ["practices", "actions"]))
        }
        Name::Matches => Some(by_list(texts, List::Target, &matches(&counts.all), ["offers", "needs"])),
        Name::Languages => Some(parity(texts, counts)),
        Name::Clearance => clearance(texts, counts),
    }
}

fn header(texts: Texts, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| texts.code("figures-column", key)).collect()
}

fn line(label: String, pair: Pair) -> ((String, Vec<String>), usize) {
    ((label, [pair.practices, pair.actions].map(|number| number.to_string()).to_vec()), pair.all())
}

/// Delegations in alphabetical order. Those without anything are listed only where everything handed in is counted.
fn delegations(texts: Texts, figures: &Figures) -> Table {
    let counts = by_delegation(&figures.counts.all);
    let mut lines: Vec<((String, Vec<String>), usize)> = figures
        .delegations
        .iter()
        .filter(|one| figures.is_whole || counts.contains_key(&one.id))
        .map(|one| line(one.name.get(texts.lang()).clone(), counts.get(&one.id).copied().unwrap_or_default()))
        .collect();
    lines.sort_by(|((a, _), _), ((b, _), _)| compare(texts.lang(), a, b));
    let (rows, drawn) = lines.into_iter().unzip();
    Table { header: header(texts, &["delegation", "practices", "actions"]), rows, drawn }
}

/// The entries of a list that occur, in the order of the list.
fn by_list(texts: Texts, list: List, counts: &BTreeMap<String, Pair>, columns: [&str; 2]) -> Table {
    let entries = list.entries().iter().filter_map(|entry| {
        let pair = counts.get(&entry.code)?;
        Some(line(entry.label(list, texts.lang()), *pair))
    });
    let (rows, drawn) = entries.unzip();
    let first = if list == List::Theme { "theme" } else { "target" };
    Table { header: header(texts, &[first, columns[0], columns[1]]), rows, drawn }
}

fn parity(texts: Texts, counts: &Counts) -> Table {
    let row = |kind: &Kind| {
        let numbers = languages(&counts.all, *kind);
        ((texts.code("kind", kind), numbers.map(|number| number.to_string()).to_vec()), numbers[0])
    };
    let (rows, drawn) = Kind::ALL.iter().map(row).unzip();
    Table { header: header(texts, &["kind", "both", "english", "russian", "neither"]), rows, drawn }
}

fn clearance(texts: Texts, counts: &Counts) -> Option<Table> {
    let times = counts.clearance.as_ref()?;
    let row = |kind: &Kind| {
        let of = counts.all.iter().filter(|one| one.submission.kind == *kind);
        let of: Vec<_> = of.filter_map(|one| times.get(&one.submission.id).copied()).collect();
        let median = median_days(&of);
        let cells = vec![of.len().to_string(), median.map_or_else(String::new, |days| days.to_string())];
        ((texts.code("kind", kind), cells), usize::try_from(median.unwrap_or(0)).unwrap_or(0))
    };
    let (rows, drawn) = Kind::ALL.iter().map(row).unzip();
    Some(Table { header: header(texts, &["kind", "cleared", "days"]), rows, drawn })
}
