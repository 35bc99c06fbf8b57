//! How a place of attached files is written in the settings.

use std::path::PathBuf;

/// A place of attached files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder on this machine, or one that several machines see.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Bucket),
}

/// A bucket of a store that speaks as S3 does.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What every key begins with; may be empty.
    pub prefix: String,
    /// Address of the store; that of Amazon when there is none.
    pub endpoint: Option<String>,
    /// Region.
    pub region: String,
    /// Name of the key that opens it.
    pub key_id: String,
    /// The key.
    pub key_secret: String,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({}/{})", self.name, self.prefix)
    }
}

/// A setting that does not name a place, by the end of its name, and what it accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceError {
    /// End of the name of the setting; empty for the address itself.
    pub setting: &'static str,
    /// What is accepted.
    pub accepts: &'static str,
}

impl Place {
    /// Reads a folder or `s3://bucket/prefix`; `find` returns further settings by the end of their name.
    pub fn parse(text: &str, find: impl Fn(&str) -> Option<String>) -> Result<Self, PlaceError> {
        let wrong = |setting, accepts| PlaceError { setting, accepts };
        let Some(address) = text.strip_prefix("s3://") else {
            if text.trim().is_empty() || text.contains("://") {
                return Err(wrong("", "a folder, or s3://BUCKET/PREFIX"));
            }
            return Ok(Self::Folder(PathBuf::from(text)));
        };
        let (name, prefix) = address.split_once('/').unwrap_or((address, ""));
        let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-._".contains(letter);
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(wrong("", "a folder, or s3://BUCKET/PREFIX"));
        }
        let endpoint = find("endpoint");
        let is_address = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if endpoint.as_ref().is_some_and(|url| !is_address(url)) {
            return Err(wrong("endpoint", "an address that starts with https:// or http://"));
        }
        let needed = |setting: &'static str, accepts| find(setting).ok_or(wrong(setting, accepts));
        Ok(Self::Bucket(Bucket {
            name: name.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            endpoint: endpoint.map(|url| url.trim_end_matches('/').to_owned()),
            region: find("region").unwrap_or_else(|| "us-east-1".to_owned()),
            key_id: needed("key_id", "the name of the key that opens the bucket")?,
            key_secret: needed("key_secret", "the key itself, best in the environment")?,
        }))
    }
}
