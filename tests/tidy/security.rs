//! The table of security requirements: every number is there, and every test and file that it names exists.

use std::collections::BTreeSet;

use super::tree::{files, none, read, top};

/// The requirements of OWASP ASVS 5.0 of levels 1 and 2, chapter by chapter: section and the numbers in it.
const NUMBERS: &[(&str, &[u32])] = &[
    ("1.1", &[1, 2]),
    ("1.2", &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("1.3", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ("1.4", &[1, 2, 3]),
    ("1.5", &[1, 2]),
    ("2.1", &[1, 2, 3]),
    ("2.2", &[1, 2, 3]),
    ("2.3", &[1, 2, 3, 4]),
    ("2.4", &[1]),
    ("3.2", &[1, 2]),
    ("3.3", &[1, 2, 3, 4]),
    ("3.4", &[1, 2, 3, 4, 5, 6]),
    ("3.5", &[1, 2, 3, 4, 5]),
    ("3.7", &[1, 2]),
    ("4.1", &[1, 2, 3]),
    ("4.2", &[1]),
    ("4.3", &[1, 2]),
    ("4.4", &[1, 2, 3, 4]),
    ("5.1", &[1]),
    ("5.2", &[1, 2, 3]),
    ("5.3", &[1, 2]),
    ("5.4", &[1, 2, 3]),
    ("6.1", &[1, 2, 3]),
    ("6.2", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("6.3", &[1, 2, 3, 4]),
    ("6.4", &[1, 2, 3, 4]),
    ("6.5", &[1, 2, 3, 4, 5]),
    ("6.6", &[1, 2, 3]),
    ("6.8", &[1, 2, 3, 4]),
    ("7.1", &[1, 2, 3]),
    ("7.2", &[1, 2, 3, 4]),
    ("7.3", &[1, 2]),
    ("7.4", &[1, 2, 3, 4, 5]),
    ("7.5", &[1, 2]),
    ("7.6", &[1, 2]),
    ("8.1", &[1, 2]),
    ("8.2", &[1, 2, 3]),
    ("8.3", &[1]),
    ("8.4", &[1]),
    ("9.1", &[1, 2, 3]),
    ("9.2", &[1, 2, 3, 4]),
    ("10.1", &[1, 2]),
    ("10.2", &[1, 2]),
    ("10.3", &[1, 2, 3, 4]),
    ("10.4", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ("10.5", &[1, 2, 3, 4, 5]),
    ("10.6", &[1, 2]),
    ("10.7", &[1, 2, 3]),
    ("11.1", &[1, 2]),
    ("11.2", &[1, 2, 3]),
    ("11.3", &[1, 2, 3]),
    ("11.4", &[1, 2, 3, 4]),
    ("11.5", &[1]),
    ("11.6", &[1]),
    ("12.1", &[1, 2, 3]),
    ("12.2", &[1, 2]),
    ("12.3", &[1, 2, 3, 4]),
    ("13.1", &[1]),
    ("13.2", &[1, 2, 3, 4, 5]),
    ("13.3", &[1, 2]),
    ("13.4", &[1, 2, 3, 4, 5]),
    ("14.1", &[1, 2]),
    ("14.2", &[1, 2, 3, 4]),
    ("14.3", &[1, 2, 3]),
    ("15.1", &[1, 2, 3]),
    ("15.2", &[1, 2, 3]),
    ("15.3", &[1, 2, 3, 4, 5, 6, 7]),
    ("16.1", &[1]),
    ("16.2", &[1, 2, 3, 4, 5]),
    ("16.3", &[1, 2, 3, 4]),
    ("16.4", &[1, 2, 3]),
    ("16.5", &[1, 2, 3]),
    ("17.1", &[1]),
    ("17.2", &[1, 2, 3, 4]),
    ("17.3", &[1, 2]),
];

fn wanted() -> BTreeSet<String> {
    NUMBERS.iter().flat_map(|(section, all)| all.iter().map(move |number| format!("{section}.{number}"))).collect()
}

fn parts(number: &str) -> Vec<u32> {
    number.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Returns the numbers of the table; a range stands for all that lie in it.
fn given(table: &str) -> BTreeSet<String> {
    let first = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let numbers = first.filter(|cell| cell.starts_with(|letter: char| letter.is_ascii_digit()));
    numbers
        .flat_map(|cell| match cell.split_once('–') {
            None => vec![cell.to_owned()],
            Some((from, to)) => {
                wanted().into_iter().filter(|one| (parts(from)..=parts(to)).contains(&parts(one))).collect()
            }
        })
        .collect()
}

#[test]
fn every_requirement_has_a_row_that_names_what_is_there() {
    let table = read("docs/security.md");
    let (wanted, given) = (wanted(), given(&table));
    let mut complaints: Vec<String> =
        wanted.difference(&given).map(|number| format!("docs/security.md: no row for {number}.")).collect();
    complaints.extend(given.difference(&wanted).map(|number| format!("docs/security.md: {number} is no requirement.")));
    let sources: String =
        files("tests", &[".rs"]).into_iter().chain(files("src", &[".rs"])).map(|file| file.text).collect();
    for row in
        table.lines().filter(|line| line.trim_start_matches("| ").starts_with(|letter: char| letter.is_ascii_digit()))
    {
        let shown = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        for name in shown.split('`').skip(1).step_by(2) {
            let is_there = if name.contains(['/', '.']) {
                top().join(name).exists()
            } else {
                sources.contains(&format!("fn {name}("))
            };
            if !is_there {
                complaints.push(format!("docs/security.md: `{name}` is neither a test nor a file."));
            }
        }
    }
    none(&complaints);
}
