//! What the form shows of similar proposals, and the same as a part of a page for the script that asks while one types.

use std::collections::BTreeMap;

use askama::Template;

use super::model::Similar;
use super::operations::Found;
use crate::classification::List;
use crate::i18n::Texts;
use crate::kernel::ids::DelegationId;
use crate::web::{Answer, PageResult, Reader};

/// A similar submission in the list.
pub struct SimilarView {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub lang: &'static str,
    /// Its delegation.
    pub delegation: String,
    /// What both share.
    pub shared: String,
}

/// The part of a page.
#[derive(Template)]
#[template(path = "submissions/similar.html")]
struct SimilarPart {
    texts: Texts,
    rows: Vec<SimilarView>,
}

/// Answers the script.
pub fn part(reader: &Reader, found: &Found) -> PageResult {
    Answer::page(&SimilarPart { texts: reader.texts(), rows: rows(reader, found) })
}

/// Returns similar submissions as the list shows them.
pub fn rows(reader: &Reader, found: &Found) -> Vec<SimilarView> {
    let names: BTreeMap<&DelegationId, &str> =
        found.delegations.iter().map(|one| (&one.id, one.name.get(reader.lang).as_str())).collect();
    found.rows.iter().map(|one| row(reader, one, names.get(&one.delegation).copied().unwrap_or_default())).collect()
}

fn row(reader: &Reader, one: &Similar, delegation: &str) -> SimilarView {
    let lang = if one.title.get(reader.lang).is_empty() { reader.lang.other() } else { reader.lang };
    let label = |list: List, code: &Option<String>| {
        code.as_deref().and_then(|code| list.entry(code)).map(|entry| entry.label(list, reader.lang))
    };
    let tags = [label(List::Theme, &one.theme), label(List::Target, &one.target)];
    let shared: Vec<String> = std::iter::once(one.words.join(", ")).chain(tags.into_iter().flatten()).collect();
    SimilarView {
        reference: one.reference.clone(),
        title: one.title.get(lang).clone(),
        lang: lang.code(),
        delegation: delegation.to_owned(),
        shared: reader.texts().one("similar-shared", "what", shared.join(" · ")),
    }
}
