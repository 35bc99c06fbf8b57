//! Fills an empty database step by step, in the order of a session, each step as the office that does it.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, TimeDelta};

use super::decisions;
use super::desk;
use super::earlier;
use super::files;
use super::meetings;
use super::offices::{self, Desk, ORGANIZATION};
use super::papers::{self, Room};
use super::session::{NUMBER, at, earlier as session_before, fifteenth, then};
use super::texts::text;
use crate::accounts::operations::NewAccount;
use crate::accounts::{self, password};
use crate::api;
use crate::api::model::{NewToken, new_text};
use crate::db::{Db, Tx};
use crate::delegations::operations::Particulars;
use crate::delegations::{self, DelegationKind};
use crate::depot::Depot;
use crate::imports;
use crate::kernel::ids::AccountId;
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;
use crate::kernel::token::digest;
use crate::policy::{Actor, Capacity, Holding};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::operations::{Asked, Words};
use crate::submissions::{self, Event, State};

/// The entries of each kind that are left where the secretariat has not decided yet.
const UNDECIDED: usize = 2;

/// Fills a migrated, empty database.
pub fn fill(db: &Db, depot: &Depot, now: NaiveDateTime) -> Result<(), OperationError> {
    let desks = offices::all();
    // Why: hashing takes its time on purpose; it is done before the database is held.
    let hashes: Vec<String> = desks.iter().map(|desk| password::hash_here(&desk.password())).collect();
    let people = db.write_here(|tx| -> Result<People, OperationError> {
        let opened = then(8, 5, 7);
        delegations::operations::found(tx, opened)?;
        let people = People::call(tx, &desks, &hashes, opened)?;
        let secretariat = people.actor("secretariat");
        add_organization(tx, &secretariat, opened)?;
        accredit(tx, &people, &desks, opened)?;
        Ok(people)
    })?;
    let before = db.write_here(|tx| {
        sessions::operations::create(tx, &people.actor("secretariat"), &session_before(), then(8, 12, 7))
    })?;
    let earlier_room = Room { session: &before, people: &people, now };
    db.write_here(|tx| earlier::session(tx, &earlier_room))?;
    db.write_here(|tx| decisions::in_parts(tx, &earlier_room))?;
    db.write_here(|tx| meetings::earlier(tx, &earlier_room))?;
    let session = db.write_here(|tx| open_session(tx, &people, &desks, now))?;
    let room = Room { session: &session, people: &people, now };
    db.write_here(|tx| bring_in(tx, &room))?;
    db.write_here(|tx| decide_entries(tx, &room))?;
    db.write_here(|tx| papers::made_up_entries(tx, &room))?;
    db.write_here(|tx| desk::fill(tx, &room))?;
    db.write_here(|tx| meetings::credentials(tx, &room))?;
    files::attach(db, depot, &session, &people)?;
    db.write_here(|tx| desk::assign(tx, &room))?;
    db.write_here(|tx| papers::reviews(tx, &room))?;
    db.write_here(|tx| papers::certified_ballot(tx, &room))?;
    db.write_here(|tx| papers::open_ballot(tx, &room))?;
    db.write_here(|tx| papers::programme(tx, &room))?;
    db.write_here(|tx| decisions::concluded(tx, &room))?;
    db.write_here(|tx| decisions::in_silence(tx, &room))?;
    db.write_here(|tx| decisions::about_programme(tx, &room))?;
    db.write_here(|tx| earlier::reports(tx, &earlier_room))?;
    db.write_here(|tx| add_token(tx, &room))
}

/// The accounts of the offices, by key.
#[derive(Debug, Clone)]
pub struct People {
    accounts: BTreeMap<String, (AccountId, Desk)>,
    delegations: BTreeMap<String, crate::kernel::ids::DelegationId>,
    session: Option<crate::kernel::ids::SessionId>,
}

impl People {
    fn call(tx: &mut Tx<'_>, desks: &[Desk], hashes: &[String], now: NaiveDateTime) -> Result<Self, OperationError> {
        let mut accounts = BTreeMap::new();
        for (desk, hash) in desks.iter().zip(hashes) {
            let new = NewAccount {
                email: desk.email(),
                name: desk.name.clone(),
                office: desk.office,
                language: desk.language,
                time_zone: desk.time_zone,
                password_hash: hash.clone(),
            };
            let id = accounts::operations::create_account(tx, None, new, now)?;
            accounts.insert(desk.key.clone(), (id, desk.clone()));
        }
        let delegations =
            delegations::store::all(tx)?.into_iter().map(|delegation| (delegation.code, delegation.id)).collect();
        Ok(Self { accounts, delegations, session: None })
    }

    /// Returns the actor of an office.
    pub fn actor(&self, key: &str) -> Actor {
        let (id, desk) = &self.accounts[key];
        let plain = |capacity| Holding { capacity, delegation: None, session: None };
        let office = desk.office.capacity().map(plain);
        let place = desk.place.and_then(|(code, capacity)| {
            let delegation = self.delegations.get(code)?.clone();
            Some(Holding { capacity, delegation: Some(delegation), session: None })
        });
        let review = self.session.clone().filter(|_| desk.is_reviewer).map(|session| Holding {
            capacity: Capacity::Reviewer,
            delegation: None,
            session: Some(session),
        });
        Actor::new(id.clone(), [office, place, review].into_iter().flatten())
    }

    /// Returns the same people, with the reviewers appointed to a session.
    #[must_use]
    pub fn reviewing(mut self, session: &Session) -> Self {
        self.session = Some(session.id.clone());
        self
    }

    /// Returns the delegation of a code.
    pub fn delegation(&self, code: &str) -> &crate::kernel::ids::DelegationId {
        &self.delegations[code]
    }
}

fn add_organization(tx: &mut Tx<'_>, secretariat: &Actor, now: NaiveDateTime) -> Result<(), OperationError> {
    let name = Bilingual::new("International Trade Centre".to_owned(), "Центр по международной торговле".to_owned());
    let particulars = Particulars { formal_name: name.clone(), name, votes: false };
    delegations::operations::add(tx, secretariat, ORGANIZATION, DelegationKind::Organization, particulars, now)
}

/// Makes the token of a program of the secretariat; nobody holds its text.
fn add_token(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let new = NewToken {
        name: text(Lang::En, "demonstration-token"),
        scopes: [api::Scope::Read].into(),
        life: TimeDelta::days(365),
    };
    api::operations::make(tx, &room.people.actor("secretariat"), &new, &digest(&new_text()), room.now).map(drop)
}

/// Accredits the delegations' offices.
fn accredit(tx: &mut Tx<'_>, people: &People, desks: &[Desk], now: NaiveDateTime) -> Result<(), OperationError> {
    let secretariat = people.actor("secretariat");
    for desk in desks {
        let Some((code, capacity)) = desk.place else { continue };
        let delegation = delegations::store::by_code(tx, code)?.id;
        let to = (people.accounts[&desk.key].0.clone(), delegation, capacity);
        accounts::operations::accredit(tx, Some(&secretariat), to, (now.date(), None), now)?;
    }
    Ok(())
}

/// Opens the session and appoints its reviewers.
fn open_session(
    tx: &mut Tx<'_>,
    people: &People,
    desks: &[Desk],
    now: NaiveDateTime,
) -> Result<Session, OperationError> {
    let secretariat = people.actor("secretariat");
    let opened = at(8, 10, 8);
    let session = sessions::operations::create(tx, &secretariat, &fifteenth(now), opened)?;
    for desk in desks.iter().filter(|desk| desk.is_reviewer) {
        sessions::operations::appoint(tx, &secretariat, NUMBER, &people.accounts[&desk.key].0, opened)?;
    }
    Ok(session)
}

/// Imports every practice and action from the files that ship.
fn bring_in(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let secretariat = room.people.actor("secretariat");
    for (kind, text) in [
        (Kind::Practice, include_str!("../../data/demonstration/practices.csv")),
        (Kind::Action, include_str!("../../data/demonstration/actions.csv")),
    ] {
        let asked = imports::operations::Asked { session: room.session, kind, text, name: "", digest: None };
        let applied = imports::operations::apply(tx, &secretariat, asked, at(9, 14, 9))?;
        applied.map_err(|faults| {
            let text = faults.first().map_or_else(String::new, |fault| format!("{fault:?}"));
            OperationError::Store(crate::db::StoreError::Unreadable(format!("demonstration file: {text}")))
        })?;
    }
    Ok(())
}

/// Takes up and accepts what was compiled, but for the last ones of each kind: those wait for a decision.
fn decide_entries(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let secretariat = room.people.actor("secretariat");
    let (taken_up, accepted) = (at(9, 21, 8), at(9, 28, 8));
    for kind in Kind::ALL {
        let entries = submissions::store::of_session(tx, &room.session.id, Some(*kind), &[State::Submitted])?;
        let undecided = entries.len().saturating_sub(UNDECIDED);
        for (index, entry) in entries.iter().enumerate() {
            let asked = |now| Asked { actor: &secretariat, reference: &entry.reference, seen: None, now };
            if index < undecided {
                submissions::operations::act(tx, Event::TakeUp, &asked(taken_up), &Words::default())?;
                submissions::operations::act(tx, Event::Accept, &asked(accepted), &Words::default())?;
            } else if index == undecided {
                submissions::operations::act(tx, Event::TakeUp, &asked(taken_up), &Words::default())?;
            }
        }
    }
    Ok(())
}
