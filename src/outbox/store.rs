//! Queries about messages, about how accounts want them, and about requests for a new password.
//!
//! A deliverer claims messages by compare-and-set before it sends them, so that of several replicas one sends each. A claim
//! runs out by itself: a replica that was killed holds nothing up for long.

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use diesel::select;

use super::model::{Attempt, Facts, Kind, Message, Pace, State, Wording, after};
use crate::db::schema::{mail_choices, mail_texts, messages, password_requests};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, MessageId};
use crate::kernel::lang::Lang;
use crate::text_column;

text_column!(Kind, State, Pace);

/// Words that the secretariat set: for which kind and language, and how often they were changed.
pub type SetWording = (Kind, Lang, Wording, i32);

/// A row of `messages`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = messages)]
struct Row {
    id: MessageId,
    kind: Kind,
    account_id: Option<AccountId>,
    email: String,
    name: String,
    capacity: String,
    delegation_id: Option<DelegationId>,
    language: Lang,
    facts: String,
    link: String,
    secret_seed: String,
    asks: bool,
    in_digest: bool,
    unique_key: String,
    subject: String,
    body: String,
    created_at: NaiveDateTime,
    due_at: NaiveDateTime,
    state: State,
    attempts: i32,
    last_error: String,
    sent_at: Option<NaiveDateTime>,
}

impl From<&Message> for Row {
    fn from(message: &Message) -> Self {
        let message = message.clone();
        Self {
            facts: serde_json::json!(message.facts).to_string(),
            id: message.id,
            kind: message.kind,
            account_id: message.account,
            email: message.email,
            name: message.name,
            capacity: message.capacity,
            delegation_id: message.delegation,
            language: message.language,
            link: message.link,
            secret_seed: message.secret_seed,
            asks: message.asks,
            in_digest: message.in_digest,
            unique_key: message.unique_key,
            subject: message.subject,
            body: message.body,
            created_at: message.created_at,
            due_at: message.due_at,
            state: message.state,
            attempts: message.attempts,
            last_error: message.last_error,
            sent_at: message.sent_at,
        }
    }
}

impl TryFrom<Row> for Message {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let facts: Facts = serde_json::from_str(&row.facts)
            .map_err(|error| StoreError::Unreadable(format!("facts of message {}: {error}", row.id)))?;
        Ok(Self {
            facts,
            id: row.id,
            kind: row.kind,
            account: row.account_id,
            email: row.email,
            name: row.name,
            capacity: row.capacity,
            delegation: row.delegation_id,
            language: row.language,
            link: row.link,
            secret_seed: row.secret_seed,
            asks: row.asks,
            in_digest: row.in_digest,
            unique_key: row.unique_key,
            subject: row.subject,
            body: row.body,
            created_at: row.created_at,
            due_at: row.due_at,
            state: row.state,
            attempts: row.attempts,
            last_error: row.last_error,
            sent_at: row.sent_at,
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Message>, StoreError> {
    rows.into_iter().map(Message::try_from).collect()
}

/// Adds a message, unless the same was written before; returns whether it was added.
pub fn insert(tx: &mut Tx<'_>, message: &Message) -> Result<bool, StoreError> {
    let same = messages::table.filter(messages::unique_key.eq(&message.unique_key));
    if select(exists(same)).get_result(&mut **tx)? {
        return Ok(false);
    }
    diesel::insert_into(messages::table).values(Row::from(message)).execute(&mut **tx)?;
    Ok(true)
}

/// Returns a message.
pub fn by_id(conn: &mut AnyConnection, id: &MessageId) -> Result<Message, StoreError> {
    let row: Row = messages::table.find(id).select(Row::as_select()).first(conn)?;
    row.try_into()
}

/// Returns messages, the newest first, of one state or of any, and how many there are.
pub fn newest(
    conn: &mut AnyConnection,
    state: Option<State>,
    skip: i64,
    limit: i64,
) -> Result<(Vec<Message>, i64), StoreError> {
    let states: Vec<State> = state.map_or_else(|| State::ALL.to_vec(), |state| vec![state]);
    let rows: Vec<Row> = messages::table
        .filter(messages::state.eq_any(&states))
        .order(messages::id.desc())
        .offset(skip)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    let count = messages::table.filter(messages::state.eq_any(&states)).count().get_result(conn)?;
    Ok((all(rows)?, count))
}

/// Returns messages after one, or from the first on, oldest first.
pub fn following(conn: &mut AnyConnection, last: Option<&MessageId>, limit: i64) -> Result<Vec<Message>, StoreError> {
    let last = last.map_or("", MessageId::as_str);
    let rows: Vec<Row> = messages::table
        .filter(messages::id.gt(last))
        .order(messages::id.asc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    all(rows)
}

/// Returns the newest messages to an account.
pub fn newest_of(conn: &mut AnyConnection, account: &AccountId, limit: i64) -> Result<Vec<Message>, StoreError> {
    let rows: Vec<Row> = messages::table
        .filter(messages::account_id.eq(account))
        .order(messages::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    all(rows)
}

/// Returns how many messages there are in each state that occurs.
pub fn counts(conn: &mut AnyConnection) -> Result<Vec<(State, i64)>, StoreError> {
    Ok(messages::table
        .group_by(messages::state)
        .order(messages::state.asc())
        .select((messages::state, count_star()))
        .load(conn)?)
}

/// Claims the message that has been due longest, for one deliverer and until a moment; of several who try, one gets it.
pub fn claim(
    tx: &mut Tx<'_>,
    by: &str,
    until: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<Option<Message>, StoreError> {
    let is_free = || messages::claimed_until.is_null().or(messages::claimed_until.le(now));
    let found: Option<Row> = messages::table
        .filter(messages::state.eq(State::Waiting))
        .filter(messages::in_digest.eq(false))
        .filter(messages::due_at.le(now))
        .filter(is_free())
        .order((messages::due_at.asc(), messages::id.asc()))
        .select(Row::as_select())
        .first(&mut **tx)
        .optional()?;
    let Some(row) = found else { return Ok(None) };
    let changed = diesel::update(messages::table.find(&row.id))
        .filter(messages::state.eq(State::Waiting))
        .filter(is_free())
        .set((messages::claimed_by.eq(by), messages::claimed_until.eq(until)))
        .execute(&mut **tx)?;
    expect_one(changed)?;
    Ok(Some(row.try_into()?))
}

/// Returns whether messages are due.
pub fn is_due(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<bool, StoreError> {
    let due = messages::table
        .filter(messages::state.eq(State::Waiting))
        .filter(messages::in_digest.eq(false))
        .filter(messages::due_at.le(now))
        .filter(messages::claimed_until.is_null().or(messages::claimed_until.le(now)));
    Ok(select(exists(due)).get_result(conn)?)
}

/// Returns whether a message that is written once was written.
pub fn is_written(conn: &mut AnyConnection, unique_key: &str) -> Result<bool, StoreError> {
    let same = messages::table.filter(messages::unique_key.eq(unique_key));
    Ok(select(exists(same)).get_result(conn)?)
}

/// Keeps what became of an attempt, with the text that was sent; refused when the claim has gone to another.
pub fn settle(
    tx: &mut Tx<'_>,
    message: &Message,
    by: &str,
    attempt: &Attempt,
    (subject, body): (&str, &str),
    now: NaiveDateTime,
) -> Result<State, StoreError> {
    let (state, due_at) = after(message, attempt, now);
    let said = match attempt {
        Attempt::Taken | Attempt::TooLate => "",
        Attempt::Later(said) | Attempt::Never(said) => said.as_str(),
    };
    let changed = diesel::update(messages::table.find(&message.id))
        .filter(messages::claimed_by.eq(by))
        .filter(messages::state.eq(State::Waiting))
        .set((
            messages::state.eq(state),
            messages::due_at.eq(due_at),
            messages::attempts.eq(message.attempts + 1),
            messages::last_error.eq(said),
            messages::subject.eq(subject),
            messages::body.eq(body),
            messages::sent_at.eq((state == State::Sent).then_some(now)),
            messages::claimed_by.eq(None::<String>),
            messages::claimed_until.eq(None::<NaiveDateTime>),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)?;
    Ok(state)
}

/// Lets a message that was not sent be tried anew, from now on.
pub fn send_again(tx: &mut Tx<'_>, id: &MessageId, now: NaiveDateTime) -> Result<(), StoreError> {
    let changed = diesel::update(messages::table.find(id))
        .filter(messages::state.eq_any([State::Failed, State::GivenUp]))
        .set((messages::state.eq(State::Waiting), messages::attempts.eq(0), messages::due_at.eq(now)))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Returns the accounts for which daily mails are due.
pub fn digests_due(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<Vec<AccountId>, StoreError> {
    let found: Vec<Option<AccountId>> = messages::table
        .filter(messages::state.eq(State::Waiting))
        .filter(messages::in_digest.eq(true))
        .filter(messages::due_at.le(now))
        .select(messages::account_id)
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// Returns what waits for the daily mail of an account, oldest first.
pub fn for_digest(
    conn: &mut AnyConnection,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<Vec<Message>, StoreError> {
    let rows: Vec<Row> = messages::table
        .filter(messages::account_id.eq(account))
        .filter(messages::state.eq(State::Waiting))
        .filter(messages::in_digest.eq(true))
        .filter(messages::due_at.le(now))
        .order(messages::id.asc())
        .select(Row::as_select())
        .load(conn)?;
    all(rows)
}

/// Returns the id of a message that is written once.
pub fn by_key(conn: &mut AnyConnection, unique_key: &str) -> Result<Option<MessageId>, StoreError> {
    Ok(messages::table.filter(messages::unique_key.eq(unique_key)).select(messages::id).first(conn).optional()?)
}

/// Gives up a message that nobody is to get any more.
pub fn drop_waiting(tx: &mut Tx<'_>, id: &MessageId) -> Result<(), StoreError> {
    diesel::update(messages::table.find(id))
        .filter(messages::state.eq(State::Waiting))
        .set(messages::state.eq(State::GivenUp))
        .execute(&mut **tx)?;
    Ok(())
}

/// Sends a message alone after all.
pub fn take_out_of_digest(tx: &mut Tx<'_>, id: &MessageId) -> Result<(), StoreError> {
    diesel::update(messages::table.find(id)).set(messages::in_digest.eq(false)).execute(&mut **tx)?;
    Ok(())
}

/// Puts a message into a daily mail, unless another did.
pub fn gather(tx: &mut Tx<'_>, id: &MessageId, digest: &MessageId) -> Result<(), StoreError> {
    let changed = diesel::update(messages::table.find(id))
        .filter(messages::state.eq(State::Waiting))
        .set((messages::state.eq(State::Gathered), messages::digest_id.eq(digest)))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Returns the messages that a daily mail holds, oldest first.
pub fn gathered_in(conn: &mut AnyConnection, digest: &MessageId) -> Result<Vec<Message>, StoreError> {
    let rows: Vec<Row> = messages::table
        .filter(messages::digest_id.eq(digest))
        .order(messages::id.asc())
        .select(Row::as_select())
        .load(conn)?;
    all(rows)
}

/// Returns how an account wants its mails.
pub fn pace_of(conn: &mut AnyConnection, account: &AccountId) -> Result<Pace, StoreError> {
    let kept: Option<Pace> = mail_choices::table.find(account).select(mail_choices::pace).first(conn).optional()?;
    Ok(kept.unwrap_or(Pace::AtOnce))
}

/// Sets how an account wants its mails.
pub fn set_pace(tx: &mut Tx<'_>, account: &AccountId, pace: Pace) -> Result<(), StoreError> {
    let changed =
        diesel::update(mail_choices::table.find(account)).set(mail_choices::pace.eq(pace)).execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(mail_choices::table)
            .values((mail_choices::account_id.eq(account), mail_choices::pace.eq(pace)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Returns the words that the secretariat set, with how often they were changed.
pub fn wordings(conn: &mut AnyConnection) -> Result<Vec<SetWording>, StoreError> {
    let rows: Vec<(Kind, Lang, String, String, i32)> = mail_texts::table
        .order((mail_texts::kind.asc(), mail_texts::language.asc()))
        .select((mail_texts::kind, mail_texts::language, mail_texts::subject, mail_texts::body, mail_texts::edition))
        .load(conn)?;
    let set = |(kind, lang, subject, body, edition)| (kind, lang, Wording { subject, body }, edition);
    Ok(rows.into_iter().map(set).collect())
}

/// Sets the words of a kind in a language, unless they have changed since the edition that was seen; 0 is the standard text.
pub fn set_wording(
    tx: &mut Tx<'_>,
    (kind, lang): (Kind, Lang),
    wording: &Wording,
    seen: i32,
    (by, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let values = (
        mail_texts::subject.eq(&wording.subject),
        mail_texts::body.eq(&wording.body),
        mail_texts::edition.eq(seen + 1),
        mail_texts::edited_by.eq(by),
        mail_texts::edited_at.eq(now),
    );
    if seen > 0 {
        let changed = diesel::update(mail_texts::table.find((kind, lang)))
            .filter(mail_texts::edition.eq(seen))
            .set(values)
            .execute(&mut **tx)?;
        return expect_one(changed);
    }
    let is_there: bool = select(exists(mail_texts::table.find((kind, lang)))).get_result(&mut **tx)?;
    if is_there {
        return Err(StoreError::Stale);
    }
    let (subject, body, edition, edited_by, edited_at) = values;
    diesel::insert_into(mail_texts::table)
        .values((
            mail_texts::kind.eq(kind),
            mail_texts::language.eq(lang),
            subject,
            body,
            edition,
            edited_by,
            edited_at,
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Goes back to the standard text of a kind in a language.
pub fn delete_wording(tx: &mut Tx<'_>, kind: Kind, lang: Lang) -> Result<(), StoreError> {
    diesel::delete(mail_texts::table.find((kind, lang))).execute(&mut **tx)?;
    Ok(())
}

/// The states of mails that are done with.
const DONE: &[State] = &[State::Sent, State::Gathered, State::Failed, State::GivenUp];

/// Returns whether there are mails that were done with before a moment.
pub fn has_old(conn: &mut AnyConnection, until: NaiveDateTime) -> Result<bool, StoreError> {
    let old = messages::table.filter(messages::state.eq_any(DONE)).filter(messages::due_at.lt(until));
    Ok(select(exists(old)).get_result(conn)?)
}

/// Deletes the mails that were done with before a moment; what is inside a daily mail goes before it.
pub fn delete_old(tx: &mut Tx<'_>, until: NaiveDateTime) -> Result<(), StoreError> {
    let held: Vec<Option<MessageId>> = messages::table
        .filter(messages::digest_id.is_not_null())
        .filter(messages::due_at.ge(until))
        .select(messages::digest_id)
        .load(&mut **tx)?;
    let held: Vec<String> = held.into_iter().flatten().map(|id| id.as_str().to_owned()).collect();
    let old = |is_inside: bool| {
        diesel::delete(
            messages::table
                .filter(messages::state.eq_any(DONE))
                .filter(messages::due_at.lt(until))
                .filter(messages::digest_id.is_not_null().eq(is_inside))
                .filter(messages::id.ne_all(held.clone())),
        )
    };
    old(true).execute(&mut **tx)?;
    old(false).execute(&mut **tx)?;
    Ok(())
}

/// Adds a request for a new password.
pub fn insert_request(tx: &mut Tx<'_>, id: &str, email: &str, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::insert_into(password_requests::table)
        .values((password_requests::id.eq(id), password_requests::email.eq(email), password_requests::asked_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the requests that nobody has answered: id and address.
pub fn requests(conn: &mut AnyConnection) -> Result<Vec<(String, String)>, StoreError> {
    Ok(password_requests::table
        .order(password_requests::asked_at.asc())
        .select((password_requests::id, password_requests::email))
        .load(conn)?)
}

/// Takes a request, and returns whether it was still there.
pub fn take_request(tx: &mut Tx<'_>, id: &str) -> Result<bool, StoreError> {
    Ok(diesel::delete(password_requests::table.find(id)).execute(&mut **tx)? == 1)
}

/// Deletes the mails to an account, how it wants them, and what was asked for its address.
pub fn delete_of(tx: &mut Tx<'_>, account: &AccountId, email: &str) -> Result<(), StoreError> {
    let own = |is_inside: bool| {
        diesel::delete(
            messages::table
                .filter(messages::account_id.eq(account).or(messages::email.eq(email.to_owned())))
                .filter(messages::digest_id.is_not_null().eq(is_inside)),
        )
    };
    own(true).execute(&mut **tx)?;
    own(false).execute(&mut **tx)?;
    diesel::delete(mail_choices::table.find(account)).execute(&mut **tx)?;
    diesel::delete(password_requests::table.filter(password_requests::email.eq(email))).execute(&mut **tx)?;
    Ok(())
}
