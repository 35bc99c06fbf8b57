//! Queries about texts by revision, and about who checked what.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;

use super::model::{Check, Count, Parity, Trail, parity};
use crate::db::schema::{answers, text_states};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, SubmissionId};
use crate::kernel::lang::Lang;
use crate::questionnaires::{AnswerKey, AnswerLang};
use crate::submissions::Submission;

/// Returns every text of a submission up to a revision.
pub fn trail(conn: &mut AnyConnection, id: &SubmissionId, revision: i32) -> Result<Trail, StoreError> {
    let rows: Vec<(String, AnswerLang, i32, String)> = answers::table
        .filter(answers::submission_id.eq(id))
        .filter(answers::revision.le(revision))
        .filter(answers::language.ne(AnswerLang::Neutral))
        .order(answers::revision.asc())
        .select((answers::question, answers::language, answers::revision, answers::text))
        .load(conn)?;
    let mut trail = Trail::new();
    for (question, lang, at, text) in rows {
        trail.entry(AnswerKey::new(question, lang)).or_default().push((at, text));
    }
    Ok(trail)
}

/// Returns who checked which translation of a submission.
pub fn checks(conn: &mut AnyConnection, id: &SubmissionId) -> Result<BTreeMap<AnswerKey, Check>, StoreError> {
    let rows: Vec<(String, Lang, i32, AccountId, NaiveDateTime)> = text_states::table
        .filter(text_states::submission_id.eq(id))
        .select((
            text_states::question,
            text_states::language,
            text_states::revision,
            text_states::account_id,
            text_states::checked_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(question, lang, revision, account, at)| {
            (AnswerKey::new(question, lang), Check { revision, account, at })
        })
        .collect())
}

/// Writes down that a translation was checked.
pub fn set_check(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    (path, lang): (&str, Lang),
    check: &Check,
) -> Result<(), StoreError> {
    let row = text_states::table.find((id, path, lang));
    let set = (
        text_states::revision.eq(check.revision),
        text_states::account_id.eq(&check.account),
        text_states::checked_at.eq(check.at),
    );
    if diesel::update(row).set(set).execute(&mut **tx)? == 0 {
        let key = (text_states::submission_id.eq(id), text_states::question.eq(path), text_states::language.eq(lang));
        diesel::insert_into(text_states::table).values((key, set)).execute(&mut **tx)?;
    }
    Ok(())
}

/// Takes back that a translation was checked; returns whether it was.
pub fn remove_check(tx: &mut Tx<'_>, id: &SubmissionId, path: &str, lang: Lang) -> Result<bool, StoreError> {
    Ok(diesel::delete(text_states::table.find((id, path, lang))).execute(&mut **tx)? > 0)
}

/// When the texts of submissions changed last, by submission, path and language.
type Last = BTreeMap<(SubmissionId, String, AnswerLang), i32>;

/// Counts the checked texts of submissions, without loading a text.
pub fn counts(conn: &mut AnyConnection, rows: &[Submission]) -> Result<BTreeMap<SubmissionId, Count>, StoreError> {
    type Row = (SubmissionId, String, AnswerLang, Option<i32>);
    let ids: Vec<String> = rows.iter().map(|row| row.id.as_str().to_owned()).collect();
    let of = |rows: Vec<Row>| -> Last {
        rows.into_iter().map(|(id, path, lang, at)| ((id, path, lang), at.unwrap_or(0))).collect()
    };
    let key = (answers::submission_id, answers::question, answers::language);
    let changed: Vec<Row> = answers::table
        .filter(answers::submission_id.eq_any(ids.clone()))
        .filter(answers::language.ne(AnswerLang::Neutral))
        .group_by(key)
        .select((answers::submission_id, answers::question, answers::language, max(answers::revision)))
        .load(conn)?;
    let given: Vec<Row> = answers::table
        .filter(answers::submission_id.eq_any(ids.clone()))
        .filter(answers::language.ne(AnswerLang::Neutral))
        .filter(answers::text.ne(""))
        .group_by(key)
        .select((answers::submission_id, answers::question, answers::language, max(answers::revision)))
        .load(conn)?;
    let checks: Vec<(SubmissionId, String, Lang, i32)> = text_states::table
        .filter(text_states::submission_id.eq_any(ids))
        .select((text_states::submission_id, text_states::question, text_states::language, text_states::revision))
        .load(conn)?;
    let checks: Last =
        checks.into_iter().map(|(id, path, lang, at)| ((id, path, AnswerLang::from(lang)), at)).collect();
    Ok(counted(rows, &of(changed), &of(given), &checks))
}

fn counted(rows: &[Submission], changed: &Last, given: &Last, checks: &Last) -> BTreeMap<SubmissionId, Count> {
    let originals: BTreeMap<&SubmissionId, Lang> = rows.iter().map(|row| (&row.id, row.original)).collect();
    let mut counts: BTreeMap<SubmissionId, Count> = BTreeMap::new();
    // Why: a text is there when its last change left anything in it.
    let is_there =
        |key: &(SubmissionId, String, AnswerLang)| given.get(key).is_some_and(|at| changed.get(key) == Some(at));
    for key in changed.keys().filter(|key| is_there(key)) {
        let Some(original) = originals.get(&key.0) else { continue };
        let side = |lang: Lang| (key.0.clone(), key.1.clone(), AnswerLang::from(lang));
        let (own, other) = (side(*original), side(original.other()));
        let are_both = is_there(&own) && is_there(&other);
        // Each text counts once: by its original, or by the translation where that stands alone.
        if *key == other && are_both {
            continue;
        }
        let count = counts.entry(key.0.clone()).or_default();
        count.all += 1;
        let at = |map: &Last, key| map.get(key).copied().unwrap_or(0);
        let state = parity(at(changed, &own), at(changed, &other), at(checks, &other));
        count.checked += usize::from(are_both && state == Parity::Checked);
    }
    counts
}
