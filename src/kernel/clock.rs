//! The only source of time. Tests fix it.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};

/// Writes a moment of Coordinated Universal Time in whole seconds, as programs read it: `2020-11-16T09:30:00Z` (RFC 3339).
pub fn written(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Tells the time: the machine's, or one that a test has set.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<Mutex<DateTime<Utc>>>>);

impl Clock {
    /// Returns the machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// Returns a clock that stands at a time until it is moved.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(Mutex::new(at))))
    }

    /// Moves a fixed clock; the machine's clock is left alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(at) = &self.0 {
            let mut at = at.lock().expect("invariant: no holder of the clock panics");
            *at += by;
        }
    }

    /// Returns the time now, in whole microseconds so that both databases keep it exactly.
    pub fn now(&self) -> DateTime<Utc> {
        if let Some(at) = &self.0 {
            return *at.lock().expect("invariant: no holder of the clock panics");
        }
        #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else asks")]
        let now = Utc::now();
        now.trunc_subsecs(6)
    }

    /// Returns today's date in Coordinated Universal Time.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}
