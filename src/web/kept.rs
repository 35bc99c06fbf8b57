//! Answers that take time and hang on nothing but their input: reckoned off the executor, one at a time, the newest kept.
//!
//! The input is the key, so that nothing kept can be out of date; whoever asks first reckons, the others wait for it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;

use super::errors::PageError;
use crate::db::StoreError;

/// Most answers kept.
const KEPT_MAX: usize = 32;

/// Answers of one kind, by their input.
pub struct Kept<K: 'static, V: 'static> {
    gate: Semaphore,
    held: Mutex<VecDeque<(K, Arc<V>)>>,
}

impl<K, V> Kept<K, V>
where
    K: PartialEq + Send + 'static,
    V: Send + Sync + 'static,
{
    /// Returns a place that keeps nothing yet.
    pub const fn empty() -> Self {
        Self { gate: Semaphore::const_new(1), held: Mutex::new(VecDeque::new()) }
    }

    fn held(&self, key: &K) -> Option<Arc<V>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|(known, _)| known == key).map(|(_, value)| Arc::clone(value))
    }

    /// Returns the answer to an input, reckoning it when it is not kept.
    pub async fn get(
        &'static self,
        key: K,
        reckon: impl FnOnce(&K) -> V + Send + 'static,
    ) -> Result<Arc<V>, PageError> {
        if let Some(value) = self.held(&key) {
            return Ok(value);
        }
        let busy = |error: String| PageError::from(StoreError::Busy(error));
        let permit = self.gate.acquire().await.map_err(|error| busy(error.to_string()))?;
        // Why: the permit goes with the work, so that a reader who leaves does not let a second one begin.
        let work = move || {
            let _permit = permit;
            if let Some(value) = self.held(&key) {
                return value;
            }
            let value = Arc::new(reckon(&key));
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            held.push_front((key, Arc::clone(&value)));
            held.truncate(KEPT_MAX);
            value
        };
        spawn_blocking(work).await.map_err(|error| busy(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rocket::async_test]
    async fn an_input_is_reckoned_once_and_old_answers_go() {
        static KEPT: Kept<usize, String> = Kept::empty();
        let first = KEPT.get(7, |key| format!("reckoned {key}")).await.expect("reckoned");
        let again = KEPT.get(7, |_| unreachable!("it is kept")).await.expect("kept");
        assert_eq!((first.as_str(), again.as_str()), ("reckoned 7", "reckoned 7"));
        for key in 100..100 + KEPT_MAX {
            KEPT.get(key, ToString::to_string).await.expect("reckoned");
        }
        assert_eq!(KEPT.get(7, |_| "anew".to_owned()).await.expect("reckoned").as_str(), "anew");
    }
}
