//! The only reader of the environment and of `speca.toml`: each setting with what it accepts.
//!
//! Order: command line, then environment (`SPECA_…`), then the file, then the default. A wrong value stops the start
//! with the name of the setting.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use crate::db::DatabaseUrl;
use crate::depot::Place;
use crate::kernel::token;
use crate::outbox::model::{Encryption, MailServer};
use crate::outbox::post;

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("setting `{name}`: `{value}` cannot be used; it accepts {accepts}")]
pub struct ConfigError {
    /// Name of the setting.
    pub name: String,
    /// What was found.
    pub value: String,
    /// What is accepted.
    pub accepts: String,
}

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the database is.
    pub database: DatabaseUrl,
    /// Address to listen on.
    pub address: IpAddr,
    /// Port to listen on.
    pub port: u16,
    /// Secret from which cookies are sealed: 32 bytes as 64 hexadecimal digits.
    pub secret_key: Option<String>,
    /// Whether browsers reach the server through TLS.
    pub behind_tls: bool,
    /// Header in which a trusted proxy names the client's address.
    pub client_address_header: Option<String>,
    /// Address of the site as people type it, for links that are sent.
    pub public_url: Option<String>,
    /// What is logged.
    pub log: Log,
    /// Token with which the metrics are read; without one nobody reads them.
    pub metrics_token: Option<String>,
    /// Whether secretariat and administrators need a second factor.
    pub offices_need_second_factor: bool,
    /// For how many days mails that are done with stay in the outbox.
    pub keep_mails_days: u32,
    /// The mail server; without one mails stay in the outbox.
    pub mail: Option<MailServer>,
    /// Where attached files are.
    pub attachments: Place,
    /// Folder of the body that is served; without one the embedded body is.
    pub body: Option<PathBuf>,
}

/// What goes to the log, which is the standard error of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Faults only.
    Faults,
    /// A line of text a request.
    Text,
    /// A line of JSON a request.
    Json,
}

/// What the command line sets, above everything else.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--config`.
    pub file: Option<PathBuf>,
    /// `--database`.
    pub database: Option<String>,
    /// `--address`.
    pub address: Option<String>,
    /// `--port`.
    pub port: Option<String>,
}

/// The names of the settings in the file; the environment writes them in capitals after `SPECA_`.
const NAMES: &[&str] = &[
    "database",
    "address",
    "port",
    "secret_key",
    "behind_tls",
    "client_address_header",
    "public_url",
    "log",
    "metrics_token",
    "offices_need_second_factor",
    "keep_mails_days",
    "mail_server",
    "mail_port",
    "mail_encryption",
    "mail_user",
    "mail_password",
    "mail_from",
    "mail_reply_to",
    "attachments",
    "attachments_endpoint",
    "attachments_region",
    "attachments_key_id",
    "attachments_key_secret",
    "body",
];

/// Fewest characters of a token.
const TOKEN_CHARS_MIN: usize = 16;

/// Where attached files are beside a PostgreSQL database when nothing is said.
const FILES: &str = "data/attachments";

/// For how many days mails stay in the outbox unless it is set: a session and the next.
const KEEP_MAILS_DAYS: &str = "365";

/// The file read when no other is named.
const FILE: &str = "speca.toml";

impl Config {
    /// Reads all settings.
    pub fn read(overrides: &Overrides, default_database: &str) -> Result<Self, ConfigError> {
        let file = read_file(overrides.file.as_deref())?;
        let above = |name: &str| match name {
            "database" => overrides.database.clone(),
            "address" => overrides.address.clone(),
            "port" => overrides.port.clone(),
            _ => None,
        };
        Self::of(
            &|name| above(name).or_else(|| environment(name)).or_else(|| file.get(name).map(text_of)),
            default_database,
        )
    }

    /// Returns the settings that `find` finds by name, and the defaults of the others.
    pub fn of(find: &dyn Fn(&str) -> Option<String>, default_database: &str) -> Result<Self, ConfigError> {
        let database = find("database").unwrap_or_else(|| default_database.to_owned());
        let address = find("address").unwrap_or_else(|| "127.0.0.1".to_owned());
        let port = find("port").unwrap_or_else(|| "8000".to_owned());
        let behind_tls = find("behind_tls").unwrap_or_else(|| "false".to_owned());
        let offices = find("offices_need_second_factor").unwrap_or_else(|| "false".to_owned());
        let keep_mails = find("keep_mails_days").unwrap_or_else(|| KEEP_MAILS_DAYS.to_owned());
        let secret_key = find("secret_key");
        if let Some(key) = &secret_key
            && !(key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            return Err(wrong("secret_key", "…", "64 hexadecimal digits, for instance from `openssl rand -hex 32`"));
        }
        let log = match find("log").as_deref() {
            None | Some("faults") => Log::Faults,
            Some("text") => Log::Text,
            Some("json") => Log::Json,
            Some(other) => return Err(wrong("log", other, "faults, text or json")),
        };
        let metrics_token = find("metrics_token");
        if metrics_token.as_ref().is_some_and(|token| token.chars().count() < TOKEN_CHARS_MIN) {
            return Err(wrong("metrics_token", "…", "16 characters or more, for instance from `openssl rand -hex 32`"));
        }
        let public_url = find("public_url");
        if let Some(url) = &public_url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            return Err(wrong("public_url", url, "an address that starts with https:// or http://"));
        }
        let database = DatabaseUrl::parse(&database)
            .map_err(|_| wrong("database", &database, "sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME"))?;
        Ok(Self {
            attachments: place_of_files(find, &database)?,
            body: find("body").map(PathBuf::from),
            database,
            address: address.parse().map_err(|_| wrong("address", &address, "an IP address such as 127.0.0.1"))?,
            port: port.parse().map_err(|_| wrong("port", &port, "a whole number from 0 to 65535"))?,
            secret_key,
            behind_tls: behind_tls.parse().map_err(|_| wrong("behind_tls", &behind_tls, "true or false"))?,
            client_address_header: find("client_address_header"),
            log,
            metrics_token,
            offices_need_second_factor: offices
                .parse()
                .map_err(|_| wrong("offices_need_second_factor", &offices, "true or false"))?,
            keep_mails_days: keep_mails
                .parse()
                .ok()
                .filter(|days| *days > 0)
                .ok_or_else(|| wrong("keep_mails_days", &keep_mails, "a whole number of days from 1"))?,
            mail: mail_server(find, public_url.is_some())?,
            public_url: public_url.map(|url| url.trim_end_matches('/').to_owned()),
        })
    }

    /// Returns the secret that seals cookies: the one set, or one kept in a file beside a SQLite database.
    pub fn secret(&self) -> Result<String, ConfigError> {
        if let Some(key) = &self.secret_key {
            return Ok(key.clone());
        }
        let DatabaseUrl::Sqlite(path) = &self.database else {
            return Err(wrong("secret_key", "", "64 hexadecimal digits; with PostgreSQL it must be set"));
        };
        let path = path.with_extension("secret");
        if let Ok(key) = std::fs::read_to_string(&path) {
            return Ok(key.trim().to_owned());
        }
        let key = token::new_token();
        write_private(&path, &key)
            .map_err(|error| wrong("secret_key", &path.display().to_string(), &format!("a writable file ({error})")))?;
        Ok(key)
    }
}

/// Reads the settings of the mail server, if one is named.
fn mail_server(find: &dyn Fn(&str) -> Option<String>, has_address: bool) -> Result<Option<MailServer>, ConfigError> {
    let Some(server) = find("mail_server") else { return Ok(None) };
    if !has_address {
        return Err(wrong("public_url", "", "the address of the site: links in mails start with it"));
    }
    let encryption = find("mail_encryption").unwrap_or_else(|| "starttls".to_owned());
    let (encryption, usual_port) = match encryption.as_str() {
        "none" => (Encryption::None, 25),
        "starttls" => (Encryption::StartTls, 587),
        "tls" => (Encryption::Tls, 465),
        other => return Err(wrong("mail_encryption", other, "none, starttls or tls")),
    };
    let port = match find("mail_port") {
        None => usual_port,
        Some(port) => port.parse().map_err(|_| wrong("mail_port", &port, "a whole number from 0 to 65535"))?,
    };
    let credentials = match (find("mail_user"), find("mail_password")) {
        (Some(user), Some(password)) => Some((user, password)),
        (None, None) => None,
        _ => return Err(wrong("mail_user", "…", "a user together with mail_password")),
    };
    let is_here = ["localhost", "127.0.0.1", "::1"].contains(&server.as_str());
    if credentials.is_some() && encryption == Encryption::None && !is_here {
        return Err(wrong("mail_encryption", "none", "starttls or tls where a password goes over the network"));
    }
    let mailbox = |name: &str| {
        let text = find(name);
        if text.as_deref().is_none_or(post::is_mailbox) {
            return Ok(text);
        }
        Err(wrong(name, text.as_deref().unwrap_or_default(), "an address, or: Name <address>"))
    };
    let from = mailbox("mail_from")?.ok_or_else(|| wrong("mail_from", "", "the address from which mails come"))?;
    let reply_to = mailbox("mail_reply_to")?;
    Ok(Some(MailServer { server, port, encryption, credentials, from, reply_to }))
}

/// Reads where attached files are; beside a SQLite database when nothing is said.
fn place_of_files(find: &dyn Fn(&str) -> Option<String>, database: &DatabaseUrl) -> Result<Place, ConfigError> {
    let beside = || match database {
        DatabaseUrl::Sqlite(path) => path.with_extension("files"),
        DatabaseUrl::Postgres(_) => PathBuf::from(FILES),
    };
    let Some(text) = find("attachments") else { return Ok(Place::Folder(beside())) };
    Place::parse(&text, |end| find(&format!("attachments_{end}"))).map_err(|error| match error.setting {
        "" => wrong("attachments", &text, error.accepts),
        "key_secret" => wrong("attachments_key_secret", "", error.accepts),
        end => {
            let name = format!("attachments_{end}");
            let value = find(&name).unwrap_or_default();
            wrong(&name, &value, error.accepts)
        }
    })
}

/// Writes a file that only its owner reads.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

fn wrong(name: &str, value: &str, accepts: &str) -> ConfigError {
    ConfigError { name: name.to_owned(), value: value.to_owned(), accepts: accepts.to_owned() }
}

/// Returns whether pages shall imitate a language that does not exist, as tests of builds that are not released ask for.
#[cfg(debug_assertions)]
pub fn imitates_a_language() -> bool {
    environment("imitated_language").is_some()
}

fn environment(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the environment")]
    std::env::var(format!("SPECA_{}", name.to_uppercase())).ok()
}

fn text_of(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn read_file(named: Option<&Path>) -> Result<toml::Table, ConfigError> {
    let path = named.unwrap_or(Path::new(FILE));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(_) if named.is_none() => return Ok(toml::Table::new()),
        Err(error) => {
            return Err(wrong("config", &path.display().to_string(), &format!("a readable file ({error})")));
        }
    };
    let table: toml::Table = text
        .parse()
        .map_err(|error| wrong("config", &path.display().to_string(), &format!("a TOML file ({error})")))?;
    if let Some(unknown) = table.keys().find(|key| !NAMES.contains(&key.as_str())) {
        return Err(wrong("config", unknown, &format!("only the settings {}", NAMES.join(", "))));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrides(port: &str) -> Overrides {
        Overrides { port: Some(port.to_owned()), ..Overrides::default() }
    }

    #[test]
    fn a_wrong_value_names_the_setting_and_what_it_accepts() {
        let error = Config::read(&overrides("eighty"), "sqlite://a").expect_err("refused");
        assert_eq!(
            error.to_string(),
            "setting `port`: `eighty` cannot be used; it accepts a whole number from 0 to 65535"
        );
        let error = Config::read(&overrides("1"), "mysql://a").expect_err("refused");
        assert!(error.to_string().contains("sqlite://PATH"), "{error}");
    }

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("s.toml");
        std::fs::write(&file, text).expect("written");
        Config::read(&Overrides { file: Some(file), ..Overrides::default() }, "sqlite://a")
    }

    #[test]
    fn a_mail_server_needs_what_its_mails_say_and_protects_its_password() {
        let refused = |text: &str| read(text).expect_err("refused").name;
        let base = "mail_server = 'mail.example.org'\npublic_url = 'https://trade.example.org'\n";
        assert!(read("").expect("read").mail.is_none());
        assert_eq!(refused("mail_server = 'mail.example.org'"), "public_url");
        assert_eq!(refused(base), "mail_from");
        assert_eq!(refused(&format!("{base}mail_from = 'nobody'")), "mail_from");
        let whole = format!("{base}mail_from = 'Secretariat <a@example.org>'\n");
        let mail = read(&whole).expect("read").mail.expect("set");
        assert_eq!((mail.port, mail.encryption), (587, Encryption::StartTls));
        assert_eq!(refused(&format!("{whole}mail_user = 'u'")), "mail_user");
        let open = format!("{whole}mail_user = 'u'\nmail_password = 'secret'\nmail_encryption = 'none'");
        assert_eq!(refused(&open), "mail_encryption");
        assert_eq!(refused(&format!("{whole}mail_encryption = 'ssl'")), "mail_encryption");
        let debug = format!("{:?}", read(&format!("{whole}mail_user = 'u'\nmail_password = 'hidden'")).expect("read"));
        assert!(!debug.contains("hidden"), "{debug}");
    }

    #[test]
    fn files_are_beside_the_database_or_where_the_setting_says() {
        assert_eq!(read("").expect("read").attachments, Place::Folder("a.files".into()));
        let named = read("attachments = '/srv/files'").expect("read");
        assert_eq!(named.attachments, Place::Folder("/srv/files".into()));
        let refused = |text: &str| read(text).expect_err("refused").to_string();
        assert!(refused("attachments = 'ftp://a'").contains("`attachments`"));
        let bucket = "attachments = 's3://bucket/some/prefix'\n";
        assert!(refused(bucket).contains("`attachments_key_id`"));
        let keyed = format!("{bucket}attachments_key_id = 'id'\n");
        assert!(refused(&keyed).contains("`attachments_key_secret`"));
        let whole = format!("{keyed}attachments_key_secret = 'hidden'\n");
        assert!(refused(&format!("{whole}attachments_endpoint = 'minio:9000'")).contains("`attachments_endpoint`"));
        let read = read(&whole).expect("read");
        assert!(!format!("{read:?}").contains("hidden"));
        let Place::Bucket(bucket) = read.attachments else { panic!("a bucket") };
        assert_eq!((bucket.name.as_str(), bucket.prefix.as_str()), ("bucket", "some/prefix"));
    }

    #[test]
    fn an_unknown_setting_in_the_file_is_refused() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("s.toml");
        std::fs::write(&file, "prot = 80").expect("written");
        let error = Config::read(&Overrides { file: Some(file), ..Overrides::default() }, "sqlite://a");
        assert!(error.expect_err("refused").to_string().contains("`prot`"));
    }
}
