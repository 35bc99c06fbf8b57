//! Passwords: hashed with Argon2id off the async executor, a few at a time.
//!
//! The hash of a missing account takes as long as that of a real one.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;

use crate::kernel::fields::{FieldErrors, Message};

/// Shortest password that is taken, in characters (NIST SP 800-63B asks for 8 at least; long ones need no other rule).
pub const CHARS_MIN: usize = 10;
/// Longest password that is taken, in characters.
pub const CHARS_MAX: usize = 200;

/// Words of the place, which are tried first by whoever knows it, and the commonest passwords in Russian, which no dictionary of
/// English holds (ASVS 5.0, 6.1.2).
const WORDS: &[&str] = &[
    "speca",
    "спека",
    "unece",
    "еэк",
    "escap",
    "эскато",
    "trade",
    "торговля",
    "delegation",
    "делегация",
    "пароль",
    "йцукен",
    "йцукенгшщз",
    "привет",
    "любовь",
    "солнышко",
    "наташа",
    "qazwsx",
    "gfhjkm",
];
/// How much of a password is judged: the rest only makes it longer.
const JUDGED_CHARS_MAX: usize = 100;

/// Shortest word of the place or the person that counts as one.
const WORD_CHARS_MIN: usize = 4;
/// What must be left of a password without those words.
const REST_CHARS_MIN: usize = 6;

/// How many hashes may run at once: a storm of sign-ins must not stop the pages.
static GATE: Semaphore = Semaphore::const_new(2);

/// A hash to compare with when there is no account, so that both cases take the same time.
static DUMMY: LazyLock<String> = LazyLock::new(|| hash_here("no account has this password"));

/// Returns whether a password is among the first millions that somebody would try who knows the person: common and leaked ones,
/// keyboard rows, dates, `about` (name, address) and the words of the platform (NIST SP 800-63B, 5.1.1.2).
pub fn is_guessable(password: &str, about: &[&str]) -> bool {
    let judged: String = password.chars().take(JUDGED_CHARS_MAX).collect();
    let parts = about.iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
    let known: Vec<&str> = WORDS.iter().copied().chain(about.iter().copied()).chain(parts).collect();
    let mut rest = judged.to_lowercase();
    for word in known.iter().filter(|word| word.chars().count() >= WORD_CHARS_MIN) {
        rest = rest.replace(&word.to_lowercase(), "");
    }
    rest.chars().count() < REST_CHARS_MIN || zxcvbn::zxcvbn(&judged, &known).score() < zxcvbn::Score::Two
}

/// Returns what is said beside the field of a password that is easily guessed.
pub fn guessed(password: &str, about: &[&str]) -> Option<FieldErrors> {
    is_guessable(password, about).then(|| FieldErrors::one("password", Message::new("password-guessed")))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_is_easily_guessed_is_refused() {
        let about = ["Office of Trade", "aigul.bekova@trade.example"];
        for guessed in [
            "password123",
            "1234567890",
            "qwertyuiop",
            "iloveyou123",
            "aigul.bekova",
            "speca-2020",
            "Bekova2020",
            "йцукенгшщз",
            "aaaaaaaaaaaa",
            "Пароль2020",
        ] {
            assert!(is_guessable(guessed, &about), "{guessed}");
        }
        for good in
            ["seven open windows", "кот идет через мост", "g7#Vq0-plo", "demo-kaz-2020 and more", "twelve closed doors"]
        {
            assert!(!is_guessable(good, &about), "{good}");
        }
    }
}
