//! What the lists among the exports hold in the contract: who is asked for what, people, mails.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use speca::accounts;
use speca::db::{StoreError, schema};
use speca::kernel::ids::{DelegationId, MessageId};
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::meetings::model::When;
use speca::meetings::{self, Meeting, Part};
use speca::outbox::{Kind as MailKind, Message, State as MailState, store};
use speca::policy::Capacity;
use speca::reviews;
use speca::sessions::Session;
use speca::submissions::{self, State, consents};

use crate::factories::credentials;
use crate::support::TestApp;

/// Asks every reviewer for the action reviewed, and two countries for their consent; a draft that a country was asked about
/// shows nowhere.
pub fn asked(app: &TestApp, session: &Session) {
    let (now, by) = (app.clock.now().naive_utc(), app.secretariat().account);
    let draft = app.submission(session, "TJK", Kind::Action, State::Draft, "Never seen");
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let mut given = reviews::store::all_in(tx, &session.id)?;
            given.sort_by(|a, b| a.account.cmp(&b.account));
            for review in &given {
                let pair = (review.submission.clone(), review.account.clone());
                reviews::assignments::store::insert(tx, &pair, (&by, now))?;
            }
            let action = submissions::store::by_reference(tx, "PA-KAZ-2020-001")?;
            let (uzb, tjk) = (app.delegation("UZB"), app.delegation("TJK"));
            for (id, delegation) in [(&action.id, &uzb), (&action.id, &tjk), (&draft.id, &uzb)] {
                consents::store::insert(tx, id, delegation, 1, now)?;
            }
            let found = consents::store::of(tx, &action.id)?;
            let held = found.iter().find(|one| one.delegation == uzb).ok_or(StoreError::NotFound)?;
            let answer = (consents::workflow::State::Given, "Never seen");
            consents::store::answer(tx, &action.id, held, answer, (&by, now))
        })
        .expect("asked");
}

/// Makes people with names and addresses that are the same at every run, in every kind of place.
pub fn people(app: &TestApp) {
    app.head("KAZ");
    app.delegate("KAZ", Capacity::Observer);
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let all = accounts::store::accounts(tx)?;
            for (number, account) in (1..).zip(&all) {
                diesel::update(schema::accounts::table.find(&account.id))
                    .set(schema::accounts::email.eq(format!("person-{number}@example.org")))
                    .execute(&mut **tx)?;
            }
            let last = all.last().ok_or(StoreError::NotFound)?;
            accounts::store::disable(tx, &last.id, app.clock.now().naive_utc())
        })
        .expect("people");
}

/// Writes a mail that was refused, and one that is for its recipient alone.
pub fn mails(app: &TestApp) {
    let now = app.clock.now().naive_utc();
    for (kind, state, said) in [
        (MailKind::Returned, MailState::Failed, "=550 no such mailbox"),
        (MailKind::PasswordLink, MailState::Waiting, ""),
    ] {
        let message = Message {
            id: MessageId::new(),
            kind,
            account: None,
            email: "head@example.org".to_owned(),
            name: "Trade department".to_owned(),
            capacity: "head".to_owned(),
            delegation: Some(app.delegation("KAZ")),
            language: Lang::Ru,
            facts: BTreeMap::new(),
            link: "/Never seen".to_owned(),
            secret_seed: "Never seen".to_owned(),
            asks: true,
            in_digest: false,
            unique_key: kind.to_string(),
            subject: "Never seen".to_owned(),
            body: "Never seen".to_owned(),
            created_at: now,
            due_at: now,
            state,
            attempts: i32::from(state == MailState::Failed),
            last_error: said.to_owned(),
            sent_at: None,
        };
        app.db.write_here(|tx| store::insert(tx, &message)).expect("mail");
    }
}

/// Hands in a letter, finds it in order, and notes a meeting with two delegations present.
pub fn room(app: &TestApp, session: &Session) {
    let now = app.clock.now().naive_utc();
    let when = When { held_on: session.starts_on, part: Part::Afternoon };
    let present: BTreeSet<DelegationId> = [app.delegation("KAZ"), app.delegation("AFG")].into();
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let all = accounts::store::accounts(tx)?;
            let head = &all.first().ok_or(StoreError::NotFound)?.id;
            let one = credentials(app, session, "KAZ", head);
            meetings::store::insert_credentials(tx, one.clone(), b"Never seen")?;
            meetings::store::examine(tx, &one, (meetings::State::Accepted, "Never seen"), (head, now))?;
            meetings::store::insert_meeting(tx, &session.id, &Meeting { when, present: present.clone() }, now)
        })
        .expect("in the room");
}
