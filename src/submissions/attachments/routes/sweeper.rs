//! A task beside the pages that ends what was left between row and file: at the start, and every few minutes.

use std::sync::Mutex;
use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::sleep;
use rocket::{Orbit, Rocket, error, tokio};

use crate::db::Db;
use crate::depot::Depot;
use crate::kernel::clock::Clock;
use crate::submissions::attachments::operations::carrying::Carrier;
use crate::submissions::attachments::operations::sweeping::sweep;

/// The pause between two sweeps.
const EVERY: Duration = Duration::from_mins(5);

/// Sweeps until the program ends; a sweep that breaks off is done again.
pub struct Sweeper {
    carrier: Carrier,
    clock: Clock,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Sweeper {
    /// Returns a sweeper over rows and files.
    pub fn new(db: Db, depot: Depot, clock: Clock) -> Self {
        Self { carrier: Carrier { db, depot }, clock, task: Mutex::new(None) }
    }
}

#[rocket::async_trait]
impl Fairing for Sweeper {
    fn info(&self) -> Info {
        Info { name: "attached files", kind: Kind::Liftoff | Kind::Shutdown }
    }

    async fn on_liftoff(&self, _: &Rocket<Orbit>) {
        let (carrier, clock) = (self.carrier.clone(), self.clock.clone());
        let task = tokio::spawn(async move {
            loop {
                if let Err(reason) = sweep(&carrier, clock.now().naive_utc()).await {
                    error!("attached files: {reason}");
                }
                sleep(EVERY).await;
            }
        });
        *self.task.lock().expect("invariant: no holder panics") = Some(task);
    }

    async fn on_shutdown(&self, _: &Rocket<Orbit>) {
        if let Some(task) = self.task.lock().expect("invariant: no holder panics").take() {
            task.abort();
        }
    }
}
