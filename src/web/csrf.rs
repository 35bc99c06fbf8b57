//! Tokens that tell our own forms from forged ones.
//!
//! Each browser holds a sealed cookie with a random seed; a form carries the digest of that seed behind a fresh mask,
//! so that compressed pages do not give it away. The check needs both.

use rocket::http::CookieJar;
use rocket::time::Duration;

use super::cookies::{self, BROWSER};
use crate::kernel::token::{digest, hex, new_token};

/// How long a browser keeps it: a form may lie open for long.
const KEPT_FOR: Duration = Duration::days(365);

/// The seed of a browser.
#[derive(Debug, Clone)]
pub struct Seed(String);

impl Seed {
    /// Returns the seed of the browser, giving it one when it has none.
    pub fn of(jar: &CookieJar<'_>, behind_tls: bool) -> Self {
        if let Some(cookie) = jar.get_private(&cookies::name(BROWSER, behind_tls)) {
            return Self(cookie.value().to_owned());
        }
        let seed = new_token();
        jar.add_private(cookies::build(BROWSER, seed.clone(), KEPT_FOR, behind_tls));
        Self(seed)
    }

    /// Returns a seed that is known already: for a client that holds its cookie, as tests do.
    pub fn known(seed: &str) -> Self {
        Self(seed.to_owned())
    }

    fn secret(&self) -> String {
        digest(&format!("form {}", self.0))
    }

    /// Returns what tells one browser from another and gives no token away.
    pub fn mark(&self) -> String {
        digest(&format!("mark {}", self.0))
    }

    /// Returns a token for a form.
    pub fn token(&self) -> String {
        let mask = rand::random::<[u8; 32]>();
        let masked: Vec<u8> = bytes(&self.secret()).zip(mask).map(|(byte, mask)| byte ^ mask).collect();
        format!("{}{}", hex(&mask), hex(&masked))
    }

    /// Returns whether a token came from a form of ours in this browser.
    pub fn accepts(&self, token: &str) -> bool {
        if token.len() != 128 || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return false;
        }
        let (mask, masked) = token.split_at(64);
        let unmasked: Vec<u8> = bytes(masked).zip(bytes(mask)).map(|(byte, mask)| byte ^ mask).collect();
        hex(&unmasked) == self.secret()
    }
}

fn bytes(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.as_bytes().chunks(2).map(|pair| {
        let digit = |byte: u8| (byte as char).to_digit(16).map_or(0, |digit| u8::try_from(digit).unwrap_or(0));
        digit(pair[0]) << 4 | pair.get(1).map_or(0, |byte| digit(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_serves_its_own_browser_only_and_never_looks_the_same() {
        let (mine, other) = (Seed("a".into()), Seed("b".into()));
        let (one, two) = (mine.token(), mine.token());
        assert_ne!(one, two);
        assert!(mine.accepts(&one) && mine.accepts(&two));
        assert!(
            !other.accepts(&one) && !mine.accepts("") && !mine.accepts(&one[..127]) && !mine.accepts(&"0".repeat(128))
        );
    }
}
