//! How long a sign-in holds, how many failures are borne, and what is said about a machine.

use std::net::IpAddr;

use chrono::{NaiveDateTime, TimeDelta};

use crate::coded_enum;
use crate::kernel::ids::SignInId;
use crate::kernel::token::digest;

/// How long a sign-in holds without being used.
pub const IDLE_MAX: TimeDelta = TimeDelta::hours(12);
/// How long a sign-in holds at most.
pub const LIFE_MAX: TimeDelta = TimeDelta::days(30);
/// The time within which failures count.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);

coded_enum! {
    /// By what failures are counted.
    pub enum Scope {
        /// The account that was named, whether or not it exists.
        Account = "account",
        /// The address of the client.
        Address = "address",
    }
}

impl Scope {
    /// Returns how many failures are borne within the window.
    pub const fn failures_max(self) -> usize {
        match self {
            Self::Account => 5,
            Self::Address => 20,
        }
    }
}

/// A web login, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Its id.
    pub id: SignInId,
    /// Browser and system, as the browser says.
    pub machine: String,
    /// When it began.
    pub created_at: NaiveDateTime,
    /// When it was last used, within a few minutes.
    pub last_seen_at: NaiveDateTime,
}

/// Returns until when a sign-in holds that is used now.
pub fn expires_at(created_at: NaiveDateTime, now: NaiveDateTime) -> NaiveDateTime {
    (now + IDLE_MAX).min(created_at + LIFE_MAX)
}

/// Returns until when to wait, if the failures within the window are too many. The times come in ascending order.
pub fn wait_until(scope: Scope, failed_at: &[NaiveDateTime], now: NaiveDateTime) -> Option<NaiveDateTime> {
    let recent: Vec<NaiveDateTime> = failed_at.iter().copied().filter(|at| *at + WINDOW > now).collect();
    let over = recent.len().checked_sub(scope.failures_max())?;
    Some(recent[over] + WINDOW)
}

/// Returns the digest under which failures of an account are counted.
pub fn account_digest(email: &str) -> String {
    digest(&format!("account {email}"))
}

/// Returns the digest under which failures of a client address are counted: for IPv6 those of its network, because one
/// customer commonly holds all addresses of it.
pub fn address_digest(address: IpAddr) -> String {
    digest(&format!("address {}", network(address)))
}

/// Returns the digest under which wrong tokens from a client address are counted: apart from passwords, so that a program
/// gone wrong locks out nobody beside it.
pub fn token_digest(address: IpAddr) -> String {
    digest(&format!("tokens {}", network(address)))
}

fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
    }
}

/// Systems by the word in which browsers name them; the first that is found counts.
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// Browsers by the word in which they name themselves; the first that is found counts.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser", "Yandex"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

/// Returns browser and system in a few words, or nothing when they are not known.
pub fn machine(user_agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(word, _)| user_agent.contains(word)).map(|(_, name)| *name)
    };
    [named(BROWSERS), named(SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(minute: i64) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2020, 9, 14).unwrap().and_hms_opt(8, 0, 0).unwrap() + TimeDelta::minutes(minute)
    }

    #[test]
    fn a_sign_in_holds_while_it_is_used_but_not_for_ever() {
        assert_eq!(expires_at(at(0), at(0)), at(12 * 60));
        assert_eq!(expires_at(at(0), at(600)), at(600 + 12 * 60));
        assert_eq!(expires_at(at(0), at(29 * 24 * 60 + 23 * 60)), at(30 * 24 * 60));
    }

    #[test]
    fn the_fifth_failure_within_the_window_makes_wait_until_the_first_is_old() {
        let failures: Vec<_> = (0..5).map(at).collect();
        assert_eq!(wait_until(Scope::Account, &failures[..4], at(5)), None);
        assert_eq!(wait_until(Scope::Account, &failures, at(5)), Some(at(15)));
        assert_eq!(wait_until(Scope::Account, &failures, at(14)), Some(at(15)));
        assert_eq!(wait_until(Scope::Account, &failures, at(15)), None);
        assert_eq!(wait_until(Scope::Address, &failures, at(5)), None);
    }

    #[test]
    fn more_failures_than_are_borne_wait_for_the_later_ones() {
        let failures: Vec<_> = (0..7).map(at).collect();
        assert_eq!(wait_until(Scope::Account, &failures, at(7)), Some(at(17)));
    }

    #[test]
    fn addresses_of_one_network_count_together() {
        let digest = |text: &str| address_digest(text.parse().unwrap());
        assert_eq!(digest("2001:db8:1:2::1"), digest("2001:db8:1:2:ffff::9"));
        assert_ne!(digest("2001:db8:1:2::1"), digest("2001:db8:1:3::1"));
        assert_ne!(digest("192.0.2.1"), digest("192.0.2.2"));
        assert_eq!(digest("192.0.2.1"), digest("::ffff:192.0.2.1"));
    }

    #[test]
    fn a_machine_is_told_in_two_words() {
        let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0";
        let phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
        assert_eq!(machine(firefox), "Firefox, Windows");
        assert_eq!(machine(edge), "Edge, Windows");
        assert_eq!(machine(phone), "Chrome, Android");
        assert_eq!(machine("<script>"), "");
    }
}
