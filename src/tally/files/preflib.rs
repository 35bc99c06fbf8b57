//! PrefLib (N. Mattei and T. Walsh, "PrefLib: A Library for Preferences", 2013): `.soc`, `.soi`, `.toc`, `.toi`, `.cat`.
//!
//! Lines that begin with `#` say `KEY: value`; every other line is `number: order`. An order is a list of ids of
//! alternatives, 1 to n, parted by commas; `{…}` is a tie. In `.cat` each part is a category, the first one the best, and
//! `{}` is an empty one. Alternatives that an order leaves out are unranked. The ids are the numbers of the file.

use std::collections::BTreeMap;

use super::super::ballot_file::{BallotFile, BallotFileError, fingerprint};
use super::super::profile::{Ballot, BallotOption};
use super::{check_cells, label, profile};

/// What the lines at the top say.
#[derive(Default)]
struct Head {
    kind: Option<String>,
    title: Option<String>,
    alternatives: Option<(u64, usize)>,
    voters: Option<(u64, u64)>,
    categories: Option<u32>,
    names: BTreeMap<usize, String>,
}

/// Reads a file.
pub fn read(text: &str) -> Result<BallotFile, BallotFileError> {
    let mut head = Head::default();
    let mut orders: Vec<(u64, u64, Vec<Vec<usize>>)> = Vec::new();
    let mut last_line = 1;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        last_line = number;
        if let Some(fact) = line.strip_prefix('#') {
            head.add(number, fact)?;
        } else if !line.is_empty() {
            let (voters, tiers) = order(number, line)?;
            orders.push((number, voters, tiers));
        }
    }
    let size = head.size(text.len(), last_line)?;
    check_cells(last_line, size, orders.len(), text.len())?;
    let is_category = head.kind.as_deref() == Some("cat");
    let mut ballots = Vec::with_capacity(orders.len());
    for (position, (line, weight, tiers)) in orders.iter().enumerate() {
        let priorities = head.priorities(*line, size, tiers)?;
        ballots.push(Ballot { label: label(position), weight: *weight, priorities });
    }
    let voters = orders.iter().try_fold(0_u64, |sum, (_, weight, _)| sum.checked_add(*weight));
    if let Some((line, expected)) = head.voters.filter(|(_, expected)| Some(*expected) != voters) {
        let found = format!("NUMBER VOTERS: {expected}");
        let sum = voters.map_or_else(|| "more than fit".to_owned(), |voters| voters.to_string());
        return Err(BallotFileError::new(line, "", &found, format!("{sum}, the sum of the lines below")));
    }
    let name = |id: usize| head.names.get(&id).map_or("", String::as_str);
    let options = (1..=size).map(|id| BallotOption::plain(&id.to_string(), name(id))).collect();
    let longest = orders.iter().map(|(_, _, tiers)| tiers.len()).max().unwrap_or(0);
    let levels = u32::try_from(longest.max(1)).ok().map(|longest| head.categories.unwrap_or(0).max(longest));
    let profile = profile(last_line, options, ballots, levels.filter(|_| is_category || longest > 0))?;
    let fingerprint = fingerprint(&profile, &[]);
    let (method, tie_rule, seed, abstentions) = (None, None, None, Vec::new());
    Ok(BallotFile { ballot: head.title, method, tie_rule, seed, profile, abstentions, fingerprint })
}

impl Head {
    fn add(&mut self, line: u64, fact: &str) -> Result<(), BallotFileError> {
        // What has no colon, or a key that is not known, is a remark.
        let Some((key, value)) = fact.split_once(':') else { return Ok(()) };
        let (key, value) = (key.trim().to_ascii_uppercase(), value.trim());
        let refuse = |accepted: &str| BallotFileError::new(line, &key, value, accepted);
        let whole = || value.parse::<u64>().map_err(|_| refuse("a whole number"));
        match key.as_str() {
            "DATA TYPE" => {
                let kind = value.to_ascii_lowercase();
                if !["soc", "soi", "toc", "toi", "cat"].contains(&kind.as_str()) {
                    return Err(refuse("soc, soi, toc, toi or cat"));
                }
                self.kind = Some(kind);
            }
            "TITLE" if !value.is_empty() => self.title = Some(value.to_owned()),
            "NUMBER ALTERNATIVES" => {
                let number = usize::try_from(whole()?).map_err(|_| refuse("a whole number"))?;
                self.alternatives = Some((line, number));
            }
            "NUMBER VOTERS" => self.voters = Some((line, whole()?)),
            "NUMBER CATEGORIES" => {
                self.categories = Some(value.parse().map_err(|_| refuse("a whole number"))?);
            }
            _ => {
                if let Some(id) = key.strip_prefix("ALTERNATIVE NAME") {
                    let id: usize = id.trim().parse().map_err(|_| refuse("ALTERNATIVE NAME and a number from 1"))?;
                    if id == 0 || self.names.insert(id, value.to_owned()).is_some() {
                        return Err(refuse("each alternative once, from 1"));
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns the number of alternatives.
    fn size(&self, length: usize, last_line: u64) -> Result<usize, BallotFileError> {
        let named = self.names.keys().next_back().copied().unwrap_or(0);
        let (line, size) = self.alternatives.unwrap_or((last_line, named));
        if size == 0 || named > size || named != self.names.len() {
            let accepted =
                format!("NUMBER ALTERNATIVES from 1, and their names 1 to n; {} are named", self.names.len());
            return Err(BallotFileError::new(line, "NUMBER ALTERNATIVES", &size.to_string(), accepted));
        }
        if size > length {
            let accepted = "as many alternatives as a file of this length can name";
            return Err(BallotFileError::new(line, "NUMBER ALTERNATIVES", &size.to_string(), accepted));
        }
        Ok(size)
    }

    /// Turns an order into priorities and checks it against the kind of file.
    fn priorities(&self, line: u64, size: usize, tiers: &[Vec<usize>]) -> Result<Vec<Option<u32>>, BallotFileError> {
        let refuse = |found: &str, accepted: String| Err(BallotFileError::new(line, "", found, accepted));
        let kind = self.kind.as_deref().unwrap_or("toi");
        let mut priorities = vec![None; size];
        for (priority, tier) in (1..).zip(tiers) {
            for id in tier {
                let Some(cell) = id.checked_sub(1).and_then(|position| priorities.get_mut(position)) else {
                    return refuse(&id.to_string(), format!("alternatives 1 to {size}"));
                };
                if cell.replace(priority).is_some() {
                    return refuse(&id.to_string(), "each alternative once in a line".to_owned());
                }
            }
            if matches!(kind, "soc" | "soi") && tier.len() > 1 {
                return refuse("a tie", format!("orders without ties, as the file says it is {kind}"));
            }
        }
        if matches!(kind, "soc" | "toc") && priorities.iter().any(Option::is_none) {
            return refuse(
                "an order that leaves out alternatives",
                format!("all {size}, as the file says it is {kind}"),
            );
        }
        let is_blank = tiers.iter().all(Vec::is_empty);
        if kind != "cat" && !is_blank && tiers.iter().any(Vec::is_empty) {
            return refuse("{}", "ties that hold alternatives; `{}` alone for a blank ballot".to_owned());
        }
        Ok(priorities)
    }
}

/// Reads `number: order`.
fn order(line: u64, text: &str) -> Result<(u64, Vec<Vec<usize>>), BallotFileError> {
    let refuse = |found: &str, accepted: &str| Err(BallotFileError::new(line, "", found, accepted));
    let Some((number, order)) = text.split_once(':') else {
        return refuse(text, "a number of voters, a colon and an order such as 1,{2,3},4");
    };
    let Some(number) = number.trim().parse::<u64>().ok().filter(|number| *number > 0) else {
        return refuse(number.trim(), "a number of voters from 1");
    };
    let mut tiers = Vec::new();
    let mut rest = order.trim();
    let id = |text: &str| text.trim().parse::<usize>().ok();
    while !rest.is_empty() {
        let (tier, after) = match rest.strip_prefix('{') {
            Some(open) => match open.split_once('}') {
                Some((inside, after)) => (inside, after.trim_start()),
                None => return refuse(rest, "a tie that ends with }"),
            },
            None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        let ids: Vec<&str> =
            tier.split(',').filter(|text| !tier.trim().is_empty() || !text.trim().is_empty()).collect();
        let Some(ids) = ids.into_iter().map(id).collect::<Option<Vec<usize>>>() else {
            return refuse(tier, "numbers of alternatives parted by commas");
        };
        if ids.is_empty() && !rest.starts_with('{') {
            return refuse(rest, "an alternative before each comma");
        }
        tiers.push(ids);
        rest = match after.strip_prefix(',') {
            Some(next) if !next.trim().is_empty() => next.trim_start(),
            None if after.is_empty() => after,
            _ => return refuse(after, "a comma between alternatives, and an alternative after each"),
        };
    }
    Ok((number, tiers))
}
