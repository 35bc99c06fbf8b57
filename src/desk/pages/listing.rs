//! The cells of the list of submissions, worded in the language of the file.

use crate::delegations::Delegation;
use crate::i18n::Texts;
use crate::submissions::Submission;

/// Returns header and rows of a list.
pub fn cells(texts: Texts, (delegations, rows): (&[Delegation], &[Submission])) -> (Vec<String>, Vec<Vec<String>>) {
    let keys = ["reference", "title", "kind", "delegation", "state", "updated"];
    let header = keys.iter().map(|key| texts.text(&format!("submission-{key}"))).collect();
    (header, rows.iter().map(|row| line(texts, delegations, row)).collect())
}

fn line(texts: Texts, delegations: &[Delegation], row: &Submission) -> Vec<String> {
    let delegation = delegations.iter().find(|one| one.id == row.delegation);
    vec![
        row.reference.clone(),
        row.title(texts.lang()).map(|(title, _)| title.to_owned()).unwrap_or_default(),
        texts.code("kind", row.kind),
        delegation.map(|one| one.name.get(texts.lang()).clone()).unwrap_or_default(),
        texts.code("state", row.state),
        row.updated_at.format("%Y-%m-%d").to_string(),
    ]
}
