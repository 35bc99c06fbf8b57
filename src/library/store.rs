//! Queries about the library. The predicate of what is public is [`published_filter`], here and in files.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::{And, Eq, IsNotNull};
use diesel::prelude::*;

use super::model::{Collection, Entry};
use crate::classification::List;
use crate::db::schema::{compiled_sources, delegations, library_editions, sessions, submission_tags, submissions};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::ids::SubmissionId;
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;

/// The predicate of [`published_filter`].
pub type Published = And<Eq<submissions::kind, Kind>, IsNotNull<submissions::published_at>>;

/// Returns what makes a submission public: an accepted practice that was published and not taken back.
pub fn published_filter() -> Published {
    submissions::kind.eq(Kind::Practice).and(submissions::published_at.is_not_null())
}

/// Returns the edition of the library: it differs after every change of what the library shows.
pub fn edition(conn: &mut AnyConnection) -> Result<String, StoreError> {
    Ok(library_editions::table.select(library_editions::edition).first(conn)?)
}

/// Returns the id of a published practice.
pub fn published_id(conn: &mut AnyConnection, reference: &str) -> Result<SubmissionId, StoreError> {
    Ok(submissions::table
        .filter(published_filter())
        .filter(submissions::reference.eq(reference))
        .select(submissions::id)
        .first(conn)?)
}

/// A row of an entry, without its tags.
#[derive(Queryable, Selectable)]
#[diesel(table_name = submissions)]
struct Row {
    id: SubmissionId,
    reference: String,
    original_language: Lang,
    title_en: String,
    title_ru: String,
    summary_en: String,
    summary_ru: String,
    theme: Option<String>,
    main_target: Option<String>,
    first_year: Option<i32>,
    last_year: Option<i32>,
    search_text: String,
    published_at: Option<NaiveDateTime>,
}

/// What other tables say about an entry: delegation, session, source and whether it was taken over.
type Beside = (String, String, String, i32, Option<String>, Option<NaiveDateTime>);

/// Returns every published practice, the newest first, in three queries.
pub fn collection(conn: &mut AnyConnection) -> Result<Collection, StoreError> {
    let edition = edition(conn)?;
    let mut tags = tags(conn)?;
    let rows: Vec<(Row, Beside)> = submissions::table
        .inner_join(delegations::table)
        .inner_join(sessions::table)
        .left_join(compiled_sources::table)
        .filter(published_filter())
        .order((submissions::published_at.desc(), submissions::reference.asc()))
        .select((
            Row::as_select(),
            (
                delegations::code,
                delegations::name_en,
                delegations::name_ru,
                sessions::number,
                compiled_sources::source_key.nullable(),
                compiled_sources::taken_over_at.nullable(),
            ),
        ))
        .load(conn)?;
    let entries = rows
        .into_iter()
        .map(|(row, beside)| {
            let tags = tags.remove(row.id.as_str()).unwrap_or_default();
            entry(row, beside, tags)
        })
        .collect::<Result<_, _>>()?;
    Ok(Collection { edition, entries })
}

fn entry(row: Row, beside: Beside, tags: Vec<(List, String)>) -> Result<Entry, StoreError> {
    let (country, name_en, name_ru, session, source, taken_over_at) = beside;
    let published_at = row.published_at.ok_or_else(|| StoreError::Unreadable(row.reference.clone()))?;
    Ok(Entry {
        reference: row.reference,
        title: Bilingual::new(row.title_en, row.title_ru),
        summary: Bilingual::new(row.summary_en, row.summary_ru),
        original: row.original_language,
        country,
        country_name: Bilingual::new(name_en, name_ru),
        session,
        first_year: row.first_year,
        last_year: row.last_year,
        theme: row.theme,
        main_target: row.main_target,
        tags,
        stems: row.search_text,
        is_compiled: source.is_some() && taken_over_at.is_none(),
        published_at,
    })
}

/// Returns the codes of every published practice, by its id.
fn tags(conn: &mut AnyConnection) -> Result<BTreeMap<String, Vec<(List, String)>>, StoreError> {
    let rows: Vec<(SubmissionId, List, String)> = submission_tags::table
        .inner_join(submissions::table)
        .filter(published_filter())
        .order((submission_tags::list.asc(), submission_tags::code.asc()))
        .select((submission_tags::submission_id, submission_tags::list, submission_tags::code))
        .load(conn)?;
    let mut all: BTreeMap<String, Vec<(List, String)>> = BTreeMap::new();
    for (id, list, code) in rows {
        all.entry(id.as_str().to_owned()).or_default().push((list, code));
    }
    Ok(all)
}
