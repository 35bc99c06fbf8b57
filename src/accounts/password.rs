//! Passwords: hashed with Argon2id off the async executor, a few at a time.
//!
//! The hash of a missing account takes as long as that of a real one.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;

/// Shortest password that is taken, in characters (NIST SP 800-63B asks for 8 at least; long ones need no other rule).
pub const CHARS_MIN: usize = 10;
/// Longest password that is taken, in characters.
pub const CHARS_MAX: usize = 200;

/// How many hashes may run at once: a storm of sign-ins must not stop the pages.
static GATE: Semaphore = Semaphore::const_new(2);

/// A hash to compare with when there is no account, so that both cases take the same time.
static DUMMY: LazyLock<String> = LazyLock::new(|| hash_here("no account has this password"));

/// Returns the Argon2id hash of a password, on this thread.
pub fn hash_here(password: &str) -> String {
    let salt = SaltString::generate(&mut OsRng);
    Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .expect("invariant: default parameters and a fresh salt hash any password")
        .to_string()
}

/// Returns the Argon2id hash of a password.
pub async fn hash(password: String) -> String {
    let _permit = GATE.acquire().await.expect("invariant: the gate is never closed");
    spawn_blocking(move || hash_here(&password)).await.expect("invariant: hashing does not panic")
}

/// Returns whether a password belongs to a hash; without a hash it takes as long and says no.
pub async fn verify(password: String, stored: Option<String>) -> bool {
    let _permit = GATE.acquire().await.expect("invariant: the gate is never closed");
    spawn_blocking(move || {
        let text = stored.as_deref().unwrap_or(&DUMMY);
        let matches = PasswordHash::new(text)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        matches && stored.is_some()
    })
    .await
    .expect("invariant: verifying does not panic")
}
