//! The two doors: pools of connections entered off the async executor.
//!
//! Reading has several connections; writing has one on SQLite and a few on PostgreSQL. A semaphore no larger than
//! the pool keeps waiting requests from occupying blocking threads.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{ManageConnection, Pool};
use diesel::{ConnectionError, QueryResult};
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;

use super::connection::{self, Purpose};
use super::{AnyConnection, DatabaseUrl, StoreError, Tx};

/// How often a write is tried when PostgreSQL reports a serialization failure.
const WRITE_ATTEMPTS_MAX: u32 = 5;

/// Opens and checks connections for a pool.
struct Manager {
    url: DatabaseUrl,
    purpose: Purpose,
}

/// Why a pooled connection cannot be used.
#[derive(Debug, thiserror::Error)]
enum ManagerError {
    #[error("{0}")]
    Open(#[from] ConnectionError),
    #[error("{0}")]
    Check(#[from] diesel::result::Error),
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = ManagerError;

    fn connect(&self) -> Result<AnyConnection, ManagerError> {
        Ok(connection::open(&self.url, self.purpose)?)
    }

    fn is_valid(&self, conn: &mut AnyConnection) -> Result<(), ManagerError> {
        match conn {
            // Why: a file does not go away between requests; asking would cost each of them a statement.
            AnyConnection::Sqlite(_) => Ok(()),
            AnyConnection::Postgres(_) => Ok(connection::answers(conn)?),
        }
    }

    fn has_broken(&self, conn: &mut AnyConnection) -> bool {
        connection::is_spoilt(conn)
    }
}

/// What is done with a connection; the answer comes back as whatever it is.
type Job = Box<dyn FnOnce(&mut AnyConnection) -> Result<Box<dyn Any + Send>, StoreError> + Send>;

/// A pool with the gate in front of it.
struct Door {
    pool: Pool<Manager>,
    gate: Arc<Semaphore>,
}

impl Door {
    fn new(url: &DatabaseUrl, purpose: Purpose, size: u32) -> Result<Self, StoreError> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(5))
            .build(Manager { url: url.clone(), purpose })
            .map_err(|error| StoreError::Busy(error.to_string()))?;
        Ok(Self { pool, gate: Arc::new(Semaphore::new(size as usize)) })
    }

    /// Does a job with a connection of the pool, on a thread that may wait.
    async fn enter<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let answer = self.run(Box::new(move |conn| Ok(Box::new(work(conn)?)))).await?;
        let Ok(answer) = answer.downcast::<T>() else { unreachable!("a job answers with what it was given to find") };
        Ok(*answer)
    }

    /// Why: the threads' side knows nothing of the kind of job, or it would be compiled once for each of some three hundred.
    async fn run(&self, job: Job) -> Result<Box<dyn Any + Send>, StoreError> {
        let permit = Arc::clone(&self.gate)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Busy("the pool is closed".to_owned()))?;
        let pool = self.pool.clone();
        spawn_blocking(move || {
            let _permit = permit;
            let mut conn = pool.get().map_err(|error| StoreError::Busy(error.to_string()))?;
            job(&mut conn)
        })
        .await
        .map_err(|error| StoreError::Busy(error.to_string()))?
    }

    fn enter_here<T>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut conn = self.pool.get().map_err(|error| StoreError::Busy(error.to_string()))?;
        work(&mut conn)
    }
}

/// The database, with a door for reading and one for writing. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Doors>);

struct Doors {
    reading: Door,
    writing: Door,
}

impl Db {
    /// Opens the pools; makes the folder of a SQLite file when it is missing.
    pub fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let (readers, writers) = match url {
            DatabaseUrl::Sqlite(path) => {
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    std::fs::create_dir_all(folder)
                        .map_err(|error| StoreError::Busy(format!("{}: {error}", folder.display())))?;
                }
                (4, 1)
            }
            DatabaseUrl::Postgres(_) => (4, 4),
        };
        // Why: the writing door opens first, because it creates a missing file and a reader may not.
        let writing = Door::new(url, Purpose::Writing, writers)?;
        let reading = Door::new(url, Purpose::Reading, readers)?;
        Ok(Self(Arc::new(Doors { reading, writing })))
    }

    /// Runs queries that all see the same state of the database.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
    {
        self.0.reading.enter(move |conn| reading(conn, work)).await?
    }

    /// Runs an act in one transaction: all of it happens, or nothing.
    ///
    /// On PostgreSQL the act may run again when it collided with another, so it must do nothing but read and write
    /// the database.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Collision + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.0.writing.enter(move |conn| Ok(writing(conn, &work))).await?
    }

    /// Like [`Db::read`], on this thread: for commands and exports that stream.
    pub fn read_here<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.0.reading.enter_here(|conn| reading(conn, work))?
    }

    /// Like [`Db::write`], on this thread: for commands.
    pub fn write_here<T, E: From<StoreError> + Collision>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.0.writing.enter_here(|conn| Ok(writing(conn, &work)))?
    }

    /// Runs the migrations that are missing and returns how many ran.
    pub fn migrate(&self) -> Result<usize, StoreError> {
        self.0.writing.enter_here(super::migrate)
    }

    /// Gives a database without rows the schema that these migrations make.
    pub(super) fn rebuild(&self, versions: &[String]) -> Result<(), StoreError> {
        self.0.writing.enter_here(|conn| super::rebuild(conn, versions))
    }

    /// Returns whether migrations are missing.
    pub fn needs_migration(&self) -> Result<bool, StoreError> {
        self.0.writing.enter_here(super::needs_migration)
    }
}

/// An error that may say: another transaction was in the way, the same act can be tried again.
pub trait Collision {
    /// Returns whether trying again may succeed.
    fn is_collision(&self) -> bool;
}

impl Collision for StoreError {
    fn is_collision(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

fn reading<T, E: From<StoreError>>(
    conn: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<Result<T, E>, StoreError> {
    connection::begin_read(conn)?;
    let answer = work(conn);
    match &answer {
        Ok(_) => connection::commit(conn)?,
        Err(_) => give_up(connection::roll_back(conn)),
    }
    Ok(answer)
}

fn writing<T, E: From<StoreError> + Collision>(
    conn: &mut AnyConnection,
    work: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut attempt = 1;
    loop {
        let answer = write_once(conn, work);
        match answer {
            Err(error) if error.is_collision() && attempt < WRITE_ATTEMPTS_MAX => {
                std::thread::sleep(Duration::from_millis(5 << attempt));
                attempt += 1;
            }
            other => return other,
        }
    }
}

fn write_once<T, E: From<StoreError>>(
    conn: &mut AnyConnection,
    work: &dyn Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    connection::begin_write(conn).map_err(StoreError::from)?;
    match work(&mut Tx(conn)) {
        Ok(value) => match connection::commit(conn) {
            Ok(()) => Ok(value),
            Err(error) => {
                give_up(connection::roll_back(conn));
                Err(StoreError::from(error).into())
            }
        },
        Err(error) => {
            give_up(connection::roll_back(conn));
            Err(error)
        }
    }
}

/// Leaves a failed roll-back to the pool: it drops a connection whose transaction is still open.
fn give_up(_rolled_back: QueryResult<()>) {}
