//! Delivery: a task beside the pages that concludes silence procedures, answers requests for a new password, writes reminders, gathers daily mails and
//! hands what is due to the mail server.
//!
//! Several replicas may run it over one database: each message is claimed before it is sent. Without a mail server
//! messages stay in the outbox, where one can read what would go out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use rocket::fairing::{Fairing, Info, Kind as FairingKind};
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::{sleep, timeout};
use rocket::{Orbit, Rocket, tokio};

use super::letters::{Written, calendar, words};
use super::model::{Attempt, Kind, Message, State, WAIT_MAX};
use super::post::{Mail, Post};
use super::{To, operations, pages, reminders, store};
use crate::accounts::operations::resets;
use crate::db::{Db, StoreError};
use crate::decisions;
use crate::kernel::clock::Clock;
use crate::kernel::token::{LinkKey, new_token};
use crate::refusals::OperationError;

/// The pause between two rounds.
const EVERY: Duration = Duration::from_secs(10);
/// How long a claim holds: longer than any attempt takes.
pub const CLAIM: TimeDelta = TimeDelta::minutes(10);
/// After how many failures in a row a round ends: the mail server is not there.
const FAILURES_MAX: u32 = 3;
/// How long the end of the program waits for a mail that is on its way.
const FAREWELL: Duration = Duration::from_secs(30);
/// What stands for the token where a text is kept.
pub const WITHHELD: &str = "…";

/// Where mails are made ready and handed over; one for each running program.
pub struct Desk {
    db: Db,
    clock: Clock,
    key: LinkKey,
    base: String,
    post: Option<Post>,
    name: String,
    keep: TimeDelta,
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Mails that the server took.
    pub sent: u32,
    /// Mails that are tried again later.
    pub later: u32,
    /// Mails that never will be.
    pub lost: u32,
}

impl Desk {
    /// Returns a desk; without a way to a mail server it only writes.
    pub fn new(db: Db, clock: Clock, key: LinkKey, base: String, post: Option<Post>) -> Self {
        Self { db, clock, key, base, post, name: new_token(), keep: TimeDelta::days(365) }
    }

    /// Says for how many days mails that are done with are kept.
    #[must_use]
    pub fn keeping(self, days: u32) -> Self {
        Self { keep: TimeDelta::days(days.into()), ..self }
    }

    fn now(&self) -> NaiveDateTime {
        self.clock.now().naive_utc()
    }

    /// Does everything that is due, and stops early when told to.
    pub async fn round(&self, stop: &AtomicBool) -> Result<Round, OperationError> {
        self.conclude_silences().await?;
        self.answer_requests().await?;
        self.remind().await?;
        self.gather().await?;
        self.sweep().await?;
        let mut done = Round::default();
        let mut failures = 0;
        while failures < FAILURES_MAX && !stop.load(Ordering::Relaxed) {
            match self.deliver_next().await? {
                None => break,
                Some(State::Sent) => (done.sent, failures) = (done.sent + 1, 0),
                Some(State::Waiting) => (done.later, failures) = (done.later + 1, failures + 1),
                Some(State::Failed | State::GivenUp | State::Gathered) => done.lost += 1,
            }
        }
        Ok(done)
    }

    /// Writes down the silence procedures whose time is over. Several replicas may find the same one: it is done once.
    async fn conclude_silences(&self) -> Result<(), OperationError> {
        let now = self.now();
        for id in self.db.read(move |conn| decisions::store::overdue(conn, now)).await? {
            match self.db.write(move |tx| decisions::operations::settle(tx, &id, now)).await {
                // Another replica was first.
                Ok(_) | Err(OperationError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn answer_requests(&self) -> Result<(), OperationError> {
        let now = self.now();
        for (id, email) in self.db.read(store::requests).await? {
            let (_, link) = self.key.new_link();
            self.db.write(move |tx| resets::answer(tx, &id, &email, &link, now)).await?;
        }
        Ok(())
    }

    async fn remind(&self) -> Result<(), OperationError> {
        let now = self.now();
        for (letter, person) in self.db.read(move |conn| reminders::due(conn, now)).await? {
            let written = self
                .db
                .write(move |tx| {
                    let to = To::Holder(&person.account, person.capacity, person.delegation.as_ref());
                    super::write(tx, &letter, to, None, now)
                })
                .await;
            match written {
                // Another replica was first.
                Ok(_) | Err(StoreError::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Puts what waits for the daily mail of an account into one message; a single one goes out as it is.
    async fn gather(&self) -> Result<(), OperationError> {
        let now = self.now();
        for account in self.db.read(move |conn| store::digests_due(conn, now)).await? {
            self.db.write(move |tx| operations::gather(tx, &account, now)).await?;
        }
        Ok(())
    }

    /// Forgets mails that have been done with for long.
    async fn sweep(&self) -> Result<(), StoreError> {
        let until = self.now() - self.keep;
        if self.db.read(move |conn| store::has_old(conn, until)).await? {
            self.db.write(move |tx| store::delete_old(tx, until)).await?;
        }
        Ok(())
    }

    /// Sends the message that has been due longest, if there is one; returns where its delivery stands then.
    async fn deliver_next(&self) -> Result<Option<State>, StoreError> {
        let Some(post) = &self.post else { return Ok(None) };
        let (now, by) = (self.now(), self.name.clone());
        if !self.db.read(move |conn| store::is_due(conn, now)).await? {
            return Ok(None);
        }
        let claimed = self.db.write(move |tx| store::claim(tx, &by, now + CLAIM, now)).await?;
        let Some(message) = claimed else { return Ok(None) };
        let items = self.items(&message).await?;
        let wordings = pages::in_force(&self.db.read(store::wordings).await?);
        let token = if message.secret_seed.is_empty() { String::new() } else { self.key.token(&message.secret_seed) };
        let written = words(&message, &items, &self.base, &token, &wordings);
        let attempt = if now - message.due_at > WAIT_MAX {
            Attempt::TooLate
        } else {
            let mail = Mail {
                id: message.id.to_string(),
                email: message.email.clone(),
                name: message.name.clone(),
                subject: written.subject,
                body: written.body,
                written_at: message.created_at,
                calendar: calendar(&message, &self.base),
            };
            post.send(&mail).await
        };
        let kept = words(&message, &items, &self.base, WITHHELD, &wordings);
        self.settle(message, kept, attempt).await
    }

    async fn items(&self, message: &Message) -> Result<Vec<Message>, StoreError> {
        if message.kind != Kind::Digest {
            return Ok(Vec::new());
        }
        let id = message.id.clone();
        self.db.read(move |conn| store::gathered_in(conn, &id)).await
    }

    /// Keeps what became of an attempt, and the text without its secret.
    async fn settle(&self, message: Message, kept: Written, attempt: Attempt) -> Result<Option<State>, StoreError> {
        let (now, by) = (self.now(), self.name.clone());
        let settled =
            self.db.write(move |tx| store::settle(tx, &message, &by, &attempt, (&kept.subject, &kept.body), now)).await;
        match settled {
            // Why: the claim ran out meanwhile and another deliverer has the message; it will say what became of it.
            Err(StoreError::Stale) => Ok(Some(State::Waiting)),
            other => other.map(Some),
        }
    }
}

/// Runs the desk beside the pages: a round every few seconds until the program ends.
pub struct Postman {
    desk: Arc<Desk>,
    stop: Arc<AtomicBool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Postman {
    /// Returns a postman for a desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk: Arc::new(desk), stop: Arc::new(AtomicBool::new(false)), task: Mutex::new(None) }
    }
}

#[rocket::async_trait]
impl Fairing for Postman {
    fn info(&self) -> Info {
        Info { name: "outbox", kind: FairingKind::Liftoff | FairingKind::Shutdown }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        let (desk, stop, mut shutdown) = (Arc::clone(&self.desk), Arc::clone(&self.stop), rocket.shutdown());
        let task = tokio::spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                if let Err(reason) = desk.round(&stop).await {
                    tracing::error!("outbox: {reason}");
                }
                tokio::select! {
                    () = sleep(EVERY) => {}
                    () = &mut shutdown => break,
                }
            }
        });
        *self.task.lock().expect("invariant: no holder panics") = Some(task);
    }

    async fn on_shutdown(&self, _: &Rocket<Orbit>) {
        self.stop.store(true, Ordering::Relaxed);
        let task = self.task.lock().expect("invariant: no holder panics").take();
        if let Some(task) = task
            && timeout(FAREWELL, task).await.is_err()
        {
            tracing::error!(
                "outbox: stopped while a mail was on its way; it goes out again when its claim has run out"
            );
        }
    }
}
