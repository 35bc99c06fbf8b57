//! Queries about questionnaires.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::answers::AnswerLang;
use super::model::Questionnaire;
use crate::db::schema::{questionnaires, sessions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{QuestionnaireId, SessionId};
use crate::kernel::lang::Bilingual;
use crate::kernel::reference::Kind;
use crate::text_column;

text_column!(AnswerLang);

fn read(definition: &str) -> Result<Questionnaire, StoreError> {
    serde_json::from_str(definition).map_err(|error| StoreError::Unreadable(format!("questionnaire: {error}")))
}

/// Returns the newest questionnaire of a session and kind, with its id.
pub fn newest(
    conn: &mut AnyConnection,
    session: &SessionId,
    kind: Kind,
) -> Result<(QuestionnaireId, Questionnaire), StoreError> {
    let (id, definition): (QuestionnaireId, String) = questionnaires::table
        .filter(questionnaires::session_id.eq(session))
        .filter(questionnaires::kind.eq(kind))
        .order(questionnaires::version.desc())
        .select((questionnaires::id, questionnaires::definition))
        .first(conn)?;
    Ok((id, read(&definition)?))
}

/// Returns a questionnaire by its id.
pub fn by_id(conn: &mut AnyConnection, id: &QuestionnaireId) -> Result<Questionnaire, StoreError> {
    let definition: String = questionnaires::table.find(id).select(questionnaires::definition).first(conn)?;
    read(&definition)
}

/// A questionnaire with the session it belongs to.
#[derive(Debug, Clone)]
pub struct OfSession {
    /// Number of the session.
    pub number: i32,
    /// Title of the session.
    pub title: Bilingual<String>,
    /// The questionnaire.
    pub questionnaire: Questionnaire,
}

/// Returns the newest questionnaire of the session with a number.
pub fn of_number(conn: &mut AnyConnection, number: i32, kind: Kind) -> Result<OfSession, StoreError> {
    let (id, en, ru): (SessionId, String, String) = sessions::table
        .filter(sessions::number.eq(number))
        .select((sessions::id, sessions::title_en, sessions::title_ru))
        .first(conn)?;
    let (_, questionnaire) = newest(conn, &id, kind)?;
    Ok(OfSession { number, title: Bilingual::new(en, ru), questionnaire })
}

/// Gives a session a questionnaire and returns its id.
pub fn insert(
    tx: &mut Tx<'_>,
    session: &SessionId,
    questionnaire: &Questionnaire,
    now: NaiveDateTime,
) -> Result<QuestionnaireId, StoreError> {
    let id = QuestionnaireId::new();
    let definition = serde_json::to_string(questionnaire)
        .map_err(|error| StoreError::Unreadable(format!("questionnaire: {error}")))?;
    diesel::insert_into(questionnaires::table)
        .values((
            questionnaires::id.eq(&id),
            questionnaires::session_id.eq(session),
            questionnaires::kind.eq(questionnaire.kind),
            questionnaires::version.eq(questionnaire.version),
            questionnaires::definition.eq(definition),
            questionnaires::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(id)
}
