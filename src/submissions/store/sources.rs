//! Queries about where compiled entries come from.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::renew_library;
use crate::db::schema::compiled_sources;
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::SubmissionId;
use crate::submissions::model::CompiledSource;

/// Where a compiled entry comes from, as `compiled_sources` stores it.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = compiled_sources)]
struct SourceRow {
    source_key: String,
    period: String,
    source_state: String,
    source_title: String,
    source_url: String,
    source_date: String,
    source_kind: String,
    confidence: String,
}

impl From<&CompiledSource> for SourceRow {
    fn from(source: &CompiledSource) -> Self {
        Self {
            source_key: source.key.clone(),
            period: source.period.clone(),
            source_state: source.state.clone(),
            source_title: source.title.clone(),
            source_url: source.url.clone(),
            source_date: source.date.clone(),
            source_kind: source.kind.clone(),
            confidence: source.confidence.clone(),
        }
    }
}

/// A source, the entry that comes from it, and when its delegation took it over.
type Row = (SubmissionId, SourceRow, Option<NaiveDateTime>);

fn source((id, row, taken_over_at): Row) -> (SubmissionId, CompiledSource) {
    let source = CompiledSource {
        key: row.source_key,
        period: row.period,
        state: row.source_state,
        title: row.source_title,
        url: row.source_url,
        date: row.source_date,
        kind: row.source_kind,
        confidence: row.confidence,
        taken_over_at,
    };
    (id, source)
}

/// Returns where compiled entries come from, by entry; those that a delegation wrote itself are left out.
pub fn sources_of<'a>(
    conn: &mut AnyConnection,
    ids: impl IntoIterator<Item = &'a SubmissionId>,
) -> Result<BTreeMap<SubmissionId, CompiledSource>, StoreError> {
    let ids: Vec<String> = ids.into_iter().map(|id| id.as_str().to_owned()).collect();
    let rows: Vec<Row> = compiled_sources::table
        .filter(compiled_sources::submission_id.eq_any(ids))
        .select((compiled_sources::submission_id, SourceRow::as_select(), compiled_sources::taken_over_at))
        .load(conn)?;
    Ok(rows.into_iter().map(source).collect())
}

/// Returns where a compiled entry comes from; nothing for what a delegation wrote itself.
pub fn source_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Option<CompiledSource>, StoreError> {
    Ok(sources_of(conn, [id])?.remove(id))
}

/// Adds where a compiled entry comes from.
pub fn insert_source(tx: &mut Tx<'_>, id: &SubmissionId, source: &CompiledSource) -> Result<(), StoreError> {
    let place = (compiled_sources::submission_id.eq(id), compiled_sources::taken_over_at.eq(source.taken_over_at));
    diesel::insert_into(compiled_sources::table).values((place, SourceRow::from(source))).execute(&mut **tx)?;
    renew_library(tx)
}

/// Changes where a compiled entry comes from; whether it was taken over stays.
pub fn update_source(tx: &mut Tx<'_>, id: &SubmissionId, source: &CompiledSource) -> Result<(), StoreError> {
    let row = compiled_sources::table.find(id);
    expect_one(diesel::update(row).set(SourceRow::from(source)).execute(&mut **tx)?)
}

/// Records that the delegation took a compiled entry over, unless it did before.
pub fn mark_taken_over(tx: &mut Tx<'_>, id: &SubmissionId, now: NaiveDateTime) -> Result<(), StoreError> {
    let row = compiled_sources::table.find(id).filter(compiled_sources::taken_over_at.is_null());
    expect_one(diesel::update(row).set(compiled_sources::taken_over_at.eq(now)).execute(&mut **tx)?)
}
