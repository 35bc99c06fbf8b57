//! The feed of the screens: one task a session that is looked at, one reading of the database a second, for all who look.
//!
//! A stream is only read from it: each event is the whole screen, so that a lost connection needs no repair, and any
//! replica can take the next one. The number of streams is bounded; a stream ends by itself after a while, so that whoever
//! looks on is asked again whether they may.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use rocket::tokio::time::sleep;
use rocket::{error, tokio};

use super::{operations, pages};
use crate::db::{Db, StoreError};
use crate::i18n::Texts;
use crate::kernel::clock::Clock;
use crate::kernel::lang::Lang;
use crate::kernel::token::digest;
use crate::refusals::OperationError;

/// The pause between two readings.
const EVERY: Duration = Duration::from_secs(1);
/// Most streams at a time in one process.
pub const STREAMS_MAX: usize = 200;

/// The screen in both languages, with a name for what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Changes with the content.
    pub id: String,
    en: String,
    ru: String,
}

impl Picture {
    /// Returns the screen in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ru => &self.ru,
        }
    }
}

/// What a stream reads: the newest picture; none before the first.
pub type Pictures = watch::Receiver<Option<Arc<Picture>>>;
type Channels = Arc<Mutex<BTreeMap<i32, Weak<watch::Sender<Option<Arc<Picture>>>>>>>;

/// The feed of a process.
#[derive(Clone)]
pub struct Feed {
    db: Db,
    clock: Clock,
    streams: Arc<Semaphore>,
    channels: Channels,
}

/// A place among the streams, given back when it is dropped.
#[derive(Debug)]
pub struct Seat {
    /// What it reads.
    pub pictures: Pictures,
    _permit: OwnedSemaphorePermit,
}

impl Feed {
    /// Returns a feed from a database.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, streams: Arc::new(Semaphore::new(STREAMS_MAX)), channels: Channels::default() }
    }

    /// Draws the screen of a session as it is now.
    pub async fn picture(&self, session: i32) -> Result<Picture, OperationError> {
        let now = self.clock.now().naive_utc();
        let screen = self.db.read(move |conn| operations::screen(conn, session, now)).await?;
        let draw = |lang| pages::fragment(Texts::of(lang), &screen);
        let (en, ru) = (draw(Lang::En), draw(Lang::Ru));
        let id = digest(&format!("{en}\n{ru}"))[..16].to_owned();
        Ok(Picture { id, en, ru })
    }

    /// Takes a place among the streams of a session, unless there are too many.
    pub fn seat(&self, session: i32) -> Result<Seat, OperationError> {
        let too_many = |_| OperationError::Store(StoreError::Busy("too many screens".to_owned()));
        let permit = Arc::clone(&self.streams).try_acquire_owned().map_err(too_many)?;
        Ok(Seat { pictures: self.subscribe(session), _permit: permit })
    }

    /// Joins the task of a session, or starts it.
    fn subscribe(&self, session: i32) -> Pictures {
        let mut channels = self.channels.lock().expect("invariant: no holder panics");
        if let Some(sender) = channels.get(&session).and_then(Weak::upgrade) {
            return sender.subscribe();
        }
        let (sender, receiver) = watch::channel(None);
        let sender = Arc::new(sender);
        channels.insert(session, Arc::downgrade(&sender));
        let feed = self.clone();
        tokio::spawn(async move { feed.run(session, &sender).await });
        receiver
    }

    /// Reads again and again while somebody looks on.
    async fn run(&self, session: i32, sender: &watch::Sender<Option<Arc<Picture>>>) {
        loop {
            match self.picture(session).await {
                Ok(picture) => {
                    sender.send_if_modified(|shown| {
                        let is_new = shown.as_ref().is_none_or(|shown| shown.id != picture.id);
                        if is_new {
                            *shown = Some(Arc::new(picture));
                        }
                        is_new
                    });
                }
                // Why: the last picture stays; the database may be back at the next reading.
                Err(reason) => error!("plenary screen of session {session}: {reason}"),
            }
            sleep(EVERY).await;
            let mut channels = self.channels.lock().expect("invariant: no holder panics");
            if sender.receiver_count() == 0 {
                channels.remove(&session);
                return;
            }
        }
    }
}
