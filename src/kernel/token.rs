//! Secret tokens: made from the system's random source, kept only as their SHA-256.
//!
//! A link that goes out by mail has to be made again when the mail is sent, which may be later and on another machine:
//! its token comes from a stored seed and the key of the installation, so that no stored mail holds it.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Returns 32 random bytes as 64 hexadecimal digits.
pub fn new_token() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// Returns the SHA-256 of a text in hexadecimal digits: what is stored in place of a token.
pub fn digest(text: &str) -> String {
    digest_of([text])
}

/// Returns the SHA-256 of a text that stands in parts, in hexadecimal digits.
pub fn digest_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    hex(&parts.into_iter().fold(Sha256::new(), Sha256::chain_update).finalize())
}

/// What is stored of a link with a secret token: neither part tells the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretLink {
    /// From which, with the key, the token is made again.
    pub seed: String,
    /// By which the token is recognised.
    pub digest: String,
}

/// The key of the installation from which tokens of links are made.
#[derive(Clone)]
pub struct LinkKey(Hmac<Sha256>);

impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey")
    }
}

impl LinkKey {
    /// Returns the key that belongs to the secret of the installation.
    pub fn of(secret: &str) -> Self {
        Self(keyed(format!("links in mails {secret}").as_bytes()))
    }

    /// Returns the token of a seed.
    pub fn token(&self, seed: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(seed.as_bytes());
        hex(&mac.finalize().into_bytes())
    }

    /// Makes a new link: its token, and what is stored of it.
    pub fn new_link(&self) -> (String, SecretLink) {
        let seed = new_token();
        let token = self.token(&seed);
        let digest = digest(&token);
        (token, SecretLink { seed, digest })
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("invariant: a key of any length is taken")
}

/// Returns bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("invariant: writing to a text does not fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_made_again_from_its_seed_by_the_same_key_alone() {
        let key = LinkKey::of("secret");
        let (token, link) = key.new_link();
        assert_eq!(LinkKey::of("secret").token(&link.seed), token);
        assert_eq!(digest(&token), link.digest);
        assert_ne!(LinkKey::of("another").token(&link.seed), token);
        assert!(!link.seed.contains(&token) && !format!("{key:?}").contains("secret"));
    }
}
