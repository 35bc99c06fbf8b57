//! The programme along its half-years: each action as a bar with the outputs that fall due, and how much is under way when.

use std::collections::BTreeMap;

use super::capacity::half as worded;
use crate::i18n::Texts;
use crate::programmes::model::capacity::halves;
use crate::programmes::model::scenarios::Half;
use crate::programmes::operations::looks::{Line, Look};

/// An action along the half-years, in hundredths of the whole.
pub struct Span {
    /// Its reference.
    pub reference: String,
    /// Where it begins.
    pub from: usize,
    /// How long it is.
    pub width: usize,
    /// Where outputs fall due.
    pub marks: Vec<usize>,
    /// Its years in words.
    pub years: String,
}

/// The timeline of a programme.
pub struct Timeline {
    /// The actions.
    pub spans: Vec<Span>,
    /// First and last half-year in words.
    pub ends: (String, String),
    /// Each half-year: its name, actions under way, outputs that fall due.
    pub rows: Vec<(String, usize, usize)>,
}

/// Reads a half-year, as in `2021-2`.
fn half(text: &str) -> Option<Half> {
    let (year, half) = text.split_once('-')?;
    Some((year.parse().ok()?, half.parse().ok().filter(|half| (1..=2).contains(half))?))
}

/// Returns the timeline of what a programme holds; nothing where no action says when.
pub fn of(texts: Texts, look: &Look, included: &[&Line]) -> Option<Timeline> {
    let (first, last) = look.session.programme_years;
    let halves = halves(look.session.programme_years);
    let place = |wanted: Half| halves.iter().position(|half| *half == wanted);
    let (mut spans, mut under_way, mut due) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for line in included {
        let columns = &line.columns;
        let begins = columns.first_year.or(columns.last_year);
        let Some((from, until)) = begins.zip(columns.last_year.or(begins)) else { continue };
        let (from, until) = (from.clamp(first, last), until.clamp(first, last));
        let inside = |half: &&Half| (from..=until).contains(&half.0);
        for half in halves.iter().filter(inside) {
            *under_way.entry(*half).or_insert(0) += 1;
        }
        let dues: Vec<Half> = line.due.iter().filter_map(|text| half(text)).collect();
        for half in &dues {
            *due.entry(*half).or_insert(0) += 1;
        }
        let width = halves.iter().filter(inside).count();
        let hundredths = |halves_before: usize| halves_before * 100 / halves.len().max(1);
        spans.push(Span {
            reference: line.submission.reference.clone(),
            from: hundredths(place((from, 1)).unwrap_or(0)),
            width: hundredths(width),
            marks: dues.iter().filter_map(|half| Some((2 * place(*half)? + 1) * 50 / halves.len())).collect(),
            years: if from == until { from.to_string() } else { format!("{from}\u{2013}{until}") },
        });
    }
    let ends = (worded(texts, *halves.first()?), worded(texts, *halves.last()?));
    let number = |of: &BTreeMap<Half, usize>, half: &Half| of.get(half).copied().unwrap_or(0);
    let rows = halves.iter().map(|half| (worded(texts, *half), number(&under_way, half), number(&due, half)));
    (!spans.is_empty()).then(|| Timeline { rows: rows.collect(), spans, ends })
}
