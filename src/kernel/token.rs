//! Secret tokens: made from the system's random source, kept only as their SHA-256.

use sha2::{Digest, Sha256};

/// Returns 32 random bytes as 64 hexadecimal digits.
pub fn new_token() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// Returns the SHA-256 of a text in hexadecimal digits: what is stored in place of a token.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Returns bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("invariant: writing to a text does not fail");
        text
    })
}
