//! The second factor: one-time codes of an authenticator (RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes.
//!
//! No secret is stored. Each is made of the key of the installation, the account and a random seed; only the seed is kept, so
//! that a copy of the database signs nobody in. Recovery codes are kept as digests under the same key.

use chrono::{NaiveDateTime, TimeDelta};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::coded_enum;
use crate::kernel::ids::AccountId;
use crate::kernel::token::hex;

/// Length of a step in seconds.
pub const STEP_SECONDS: i64 = 30;
/// How many steps the clock of a device may be wrong by, either way.
pub const DRIFT_STEPS: i64 = 1;
/// How many recovery codes an account has.
pub const RECOVERY_CODES: usize = 10;
/// How long the code may be typed after the password.
pub const STEP_LIFE: TimeDelta = TimeDelta::minutes(10);
/// Bytes of a secret, as the standard recommends.
const SECRET_BYTES: usize = 20;
/// The letters of secrets, as authenticators read them (RFC 4648).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The letters of recovery codes: none that is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a recovery code: fifty bits, more than can be guessed.
const CODE_LETTERS: usize = 10;

coded_enum! {
    /// What was done with a second factor.
    pub enum Change {
        /// It was set up.
        Set = "set",
        /// New recovery codes took the place of the old ones.
        Codes = "codes",
        /// A recovery code was used to sign in.
        CodeUsed = "code-used",
        /// Its holder switched it off.
        Off = "off",
        /// It was taken away, because the device was lost.
        Removed = "removed",
    }
}

/// A second factor that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// The account.
    pub account: AccountId,
    /// From which, with the key, the secret is made.
    pub seed: String,
    /// The newest step whose code was used.
    pub last_step: i64,
    /// Since when it counts.
    pub confirmed_at: NaiveDateTime,
}

/// The key of the installation from which secrets are made.
#[derive(Clone)]
pub struct FactorKey(Hmac<Sha256>);

impl std::fmt::Debug for FactorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FactorKey")
    }
}

impl FactorKey {
    /// Returns the key that belongs to the secret of the installation.
    pub fn of(secret: &str) -> Self {
        let key = Hmac::new_from_slice(format!("second factors {secret}").as_bytes());
        Self(key.expect("invariant: a key of any length is taken"))
    }

    fn keyed(&self, text: &str) -> Vec<u8> {
        let mut mac = self.0.clone();
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// Returns the secret of an account that belongs to a seed.
    pub fn secret(&self, account: &AccountId, seed: &str) -> Secret {
        let mut bytes = self.keyed(&format!("secret {account} {seed}"));
        bytes.truncate(SECRET_BYTES);
        Secret(bytes)
    }

    /// Returns what is stored of a recovery code; how it was typed does not matter.
    pub fn digest(&self, account: &AccountId, code: &str) -> String {
        hex(&self.keyed(&format!("recovery {account} {}", plain(code))))
    }
}

/// What a device holds.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// Returns the code of a step, as a number of six digits.
    fn code(&self, step: i64) -> u32 {
        let mut mac: Hmac<Sha1> = Hmac::new_from_slice(&self.0).expect("invariant: a key of any length is taken");
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let at = usize::from(hash[hash.len() - 1] & 15);
        let four = [hash[at] & 127, hash[at + 1], hash[at + 2], hash[at + 3]];
        u32::from_be_bytes(four) % 1_000_000
    }

    /// Returns the code that a device shows at a moment.
    pub fn code_at(&self, now: NaiveDateTime) -> String {
        format!("{:06}", self.code(step_at(now)))
    }

    /// Returns the step to which a code belongs, if it is near enough and newer than the last that was used.
    pub fn step_of(&self, typed: &str, now: NaiveDateTime, last_step: i64) -> Option<i64> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit());
        let wanted: u32 = typed.parse().ok().filter(|_| is_code)?;
        let middle = step_at(now);
        let mut steps = middle - DRIFT_STEPS..=middle + DRIFT_STEPS;
        steps.find(|step| *step > last_step && self.code(*step) == wanted)
    }

    /// Returns the secret as a person types it into a device.
    pub fn written(&self) -> String {
        base32(&self.0)
    }

    /// Returns the address that a device reads from a picture: whose account, on which platform.
    pub fn address(&self, issuer: &str, email: &str) -> String {
        let (issuer, email, secret) = (encoded(issuer), encoded(email), self.written());
        format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")
    }
}

fn step_at(now: NaiveDateTime) -> i64 {
    now.and_utc().timestamp().div_euclid(STEP_SECONDS)
}

fn base32(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    let letter = |start: usize| (start..start + 5).fold(0, |value: usize, at| value << 1 | usize::from(bit(at)));
    (0..bytes.len() * 8).step_by(5).map(|start| char::from(BASE32[letter(start)])).collect()
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Makes recovery codes, as they are shown once.
pub fn new_codes() -> Vec<String> {
    let code = || {
        let letters = rand::random::<[u8; CODE_LETTERS]>().map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
        let (left, right) = letters.split_at(CODE_LETTERS / 2);
        format!("{}-{}", String::from_iter(left), String::from_iter(right))
    };
    std::iter::repeat_with(code).take(RECOVERY_CODES).collect()
}

/// Returns a recovery code without what people add or mistake.
fn plain(code: &str) -> String {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    code.chars().filter(|c| !c.is_whitespace() && *c != '-').map(letter).collect()
}

/// Returns whether a text can be a seed of ours.
pub fn is_seed(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn at(seconds: i64) -> NaiveDateTime {
        DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA-1: eight digits there, the last six here.
        let secret = Secret(b"12345678901234567890".to_vec());
        let cases = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, code) in cases {
            assert_eq!(secret.code_at(at(seconds)), code, "{seconds}");
        }
        // RFC 4226, appendix D.
        let counted: Vec<u32> = (0..10).map(|step| secret.code(step)).collect();
        let expected = [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        assert_eq!(counted, expected);
    }

    #[test]
    fn a_clock_may_be_one_step_wrong_and_no_code_serves_twice() {
        let secret = Secret(b"12345678901234567890".to_vec());
        let now = at(1_111_111_110);
        let (before, here, after) =
            (secret.code_at(at(1_111_111_080)), secret.code_at(now), secret.code_at(at(1_111_111_140)));
        let step = 1_111_111_110 / 30;
        assert_eq!(secret.step_of(&before, now, 0), Some(step - 1));
        assert_eq!(secret.step_of(&format!(" {} {} ", &here[..3], &here[3..]), now, 0), Some(step));
        assert_eq!(secret.step_of(&after, now, 0), Some(step + 1));
        assert_eq!(secret.step_of(&secret.code_at(at(1_111_111_170)), now, 0), None);
        assert_eq!(secret.step_of(&here, now, step), None);
        assert_eq!(secret.step_of(&after, now, step), Some(step + 1));
        for odd in ["", "12345", "1234567", "+12345", "abcdef", "１２３４５６"] {
            assert_eq!(secret.step_of(odd, now, 0), None, "{odd}");
        }
    }

    #[test]
    fn secrets_are_written_as_authenticators_read_them() {
        // RFC 4648, section 10, without padding.
        for (bytes, written) in [
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), written);
        }
        let address = Secret(b"fooba".to_vec()).address("SPECA trade", "head+1@example.org");
        let expected = "otpauth://totp/SPECA%20trade:head%2B1@example.org?secret=MZXW6YTB&issuer=SPECA%20trade\
                        &algorithm=SHA1&digits=6&period=30";
        assert_eq!(address, expected);
    }

    #[test]
    fn a_secret_belongs_to_a_key_an_account_and_a_seed() {
        let (key, account) = (FactorKey::of("secret"), AccountId::from("a"));
        let written = |key: &FactorKey, account: &AccountId, seed: &str| key.secret(account, seed).written();
        let own = written(&key, &account, "seed");
        assert_eq!((own.len(), written(&FactorKey::of("secret"), &account, "seed")), (32, own.clone()));
        assert_ne!(written(&FactorKey::of("other"), &account, "seed"), own);
        assert_ne!(written(&key, &AccountId::from("b"), "seed"), own);
        assert_ne!(written(&key, &account, "other"), own);
        assert!(!format!("{key:?} {:?}", key.secret(&account, "seed")).contains("secret"));
    }

    #[test]
    fn recovery_codes_are_read_as_people_write_them() {
        let (key, account) = (FactorKey::of("secret"), AccountId::from("a"));
        let codes = new_codes();
        assert_eq!((codes.len(), codes[0].len()), (RECOVERY_CODES, CODE_LETTERS + 1));
        assert!(codes.iter().all(|code| codes.iter().filter(|other| *other == code).count() == 1));
        let kept = key.digest(&account, "0123A-4567B");
        assert_eq!(key.digest(&account, " oi23a 4567b"), kept);
        assert_ne!(key.digest(&account, "0123A-4567C"), kept);
        assert_ne!(key.digest(&AccountId::from("b"), "0123A-4567B"), kept);
    }

    #[test]
    fn a_seed_is_sixty_four_digits() {
        assert!(is_seed(&crate::kernel::token::new_token()) && !is_seed("") && !is_seed(&"x".repeat(64)));
    }
}
