//! How alike two submissions are: pure, in whole points.

use std::collections::BTreeSet;

use crate::classification::List;
use crate::kernel::lang::Lang;
use crate::submissions::Submission;
use crate::submissions::search::stems;

/// Shortest stem that says anything about a subject, in characters.
const STEM_CHARS_MIN: usize = 4;
/// Fewest stems of a text by which it can be compared.
const STEMS_MIN: usize = 2;
/// Points from which on two submissions are shown.
pub const LIKE_MIN: usize = 40;
/// The same where two texts have no language in common.
pub const LIKE_MIN_WITHOUT_TEXT: usize = 25;
/// Most points of each part: titles, summaries, theme, target, countries, years.
const POINTS: [usize; 6] = [40, 30, 10, 5, 10, 5];

/// What two submissions are compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Print {
    titles: [BTreeSet<String>; 2],
    summaries: [BTreeSet<String>; 2],
    theme: Option<String>,
    target: Option<String>,
    countries: BTreeSet<String>,
    years: Option<(i32, i32)>,
}

impl Print {
    /// Takes the print of a submission with its tags.
    pub fn of(submission: &Submission, tags: &[(List, String)]) -> Self {
        let columns = &submission.columns;
        let sides =
            |text: &crate::kernel::lang::Bilingual<String>| [Lang::En, Lang::Ru].map(|lang| long_stems(text.get(lang)));
        Self {
            titles: sides(&columns.title),
            summaries: sides(&columns.summary),
            theme: columns.theme.clone(),
            target: columns.main_target.clone(),
            countries: tags.iter().filter(|(list, _)| *list == List::Country).map(|(_, code)| code.clone()).collect(),
            years: columns.first_year.zip(columns.last_year),
        }
    }
}

fn long_stems(text: &str) -> BTreeSet<String> {
    stems(text).into_iter().filter(|stem| stem.chars().count() >= STEM_CHARS_MIN).collect()
}

/// What two submissions share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Points out of a hundred.
    pub points: usize,
    /// Stems of the titles that both have.
    pub words: Vec<String>,
    /// How much of the shorter summary is in the other, in per cent; nothing where they have no language in common.
    pub summaries: Option<usize>,
    /// Code of the theme of both.
    pub theme: Option<String>,
    /// Code of the main target of both.
    pub target: Option<String>,
    /// Codes of the countries that both name.
    pub countries: Vec<String>,
    /// The years that both cover.
    pub years: Option<(i32, i32)>,
}

/// Returns what is shared of the shorter of two sets, in per cent; nothing where one says too little.
fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> Option<usize> {
    let shorter = one.len().min(other.len());
    (shorter >= STEMS_MIN).then(|| one.intersection(other).count() * 100 / shorter)
}

/// Returns the greatest share in either language.
fn best(one: &[BTreeSet<String>; 2], other: &[BTreeSet<String>; 2]) -> Option<usize> {
    one.iter().zip(other).filter_map(|(one, other)| share(one, other)).max()
}

/// Compares two prints; nothing when they are not alike.
pub fn compare(one: &Print, other: &Print) -> Option<Likeness> {
    let both = |a: &Option<String>, b: &Option<String>| a.clone().filter(|_| a == b);
    let titles = best(&one.titles, &other.titles);
    let summaries = best(&one.summaries, &other.summaries);
    let words: BTreeSet<String> =
        one.titles.iter().zip(&other.titles).flat_map(|(a, b)| a.intersection(b).cloned()).collect();
    let (theme, target) = (both(&one.theme, &other.theme), both(&one.target, &other.target));
    let countries: Vec<String> = one.countries.intersection(&other.countries).cloned().collect();
    let named = one.countries.union(&other.countries).count();
    let years = one.years.zip(other.years).map(|(a, b)| (a.0.max(b.0), a.1.min(b.1))).filter(|(from, to)| from <= to);
    let points = [
        titles.unwrap_or(0) * POINTS[0] / 100,
        summaries.unwrap_or(0) * POINTS[1] / 100,
        if theme.is_some() { POINTS[2] } else { 0 },
        if target.is_some() { POINTS[3] } else { 0 },
        (countries.len() * POINTS[4]).checked_div(named).unwrap_or(0),
        if years.is_some() { POINTS[5] } else { 0 },
    ]
    .iter()
    .sum();
    let least = if titles.is_none() && summaries.is_none() { LIKE_MIN_WITHOUT_TEXT } else { LIKE_MIN };
    let words = words.into_iter().collect();
    (points >= least).then_some(Likeness { points, words, summaries, theme, target, countries, years })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(title: [&str; 2], summary: [&str; 2], theme: &str, countries: &[&str]) -> Print {
        Print {
            titles: title.map(long_stems),
            summaries: summary.map(long_stems),
            theme: Some(theme.to_owned()),
            target: Some("17.11".to_owned()),
            countries: countries.iter().map(|code| (*code).to_owned()).collect(),
            years: Some((2021, 2022)),
        }
    }

    #[test]
    fn alike_by_stems_in_either_language_and_by_tags_without_a_common_one() {
        let english = print(
            ["Linking single windows at borders", ""],
            ["Exchange permits between customs offices of neighbours", ""],
            "transparency",
            &["KAZ", "UZB"],
        );
        let other = print(
            ["Single window links at the border", ""],
            ["Customs offices exchange permits electronically", ""],
            "transparency",
            &["KAZ"],
        );
        let found = compare(&english, &other).expect("alike");
        assert_eq!(found.words, ["border", "link", "singl", "window"]);
        assert_eq!(
            (found.points, found.countries.as_slice()),
            (40 + 24 + 10 + 5 + 5 + 5, ["KAZ".to_owned()].as_slice())
        );
        let russian = print(["", "Связать единые окна"], ["", "Обмен разрешениями"], "transparency", &["KAZ", "UZB"]);
        assert_eq!(compare(&english, &russian).map(|found| (found.points, found.summaries)), Some((30, None)));
        let far = print(["Training of officials", ""], ["Courses for women traders"; 2], "gender", &["KAZ"]);
        assert_eq!(compare(&english, &far), None);
    }
}
