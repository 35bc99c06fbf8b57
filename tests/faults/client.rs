//! A browser made of one socket a request, and a server of the real binary.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::process::Process;

/// The secret of every server of a test, so that a sign-in outlives the process that gave it.
const SECRET: &str = "SPECA_SECRET_KEY=6666666666666666666666666666666666666666666666666666666666666666";

/// A served database; dropped, it is killed as a machine that loses its power.
pub struct Server {
    /// Where it listens.
    pub port: u16,
    process: Process,
}

impl Server {
    /// Serves a database.
    pub fn of(database: &str, folder: &Path) -> Self {
        Self::started("", database, folder)
    }

    /// Serves a database behind a proxy that says in `X-Real-IP` from where a request comes.
    pub fn behind_proxy(database: &str, folder: &Path) -> Self {
        Self::started("export SPECA_CLIENT_ADDRESS_HEADER=X-Real-IP;", database, folder)
    }

    /// Serves a database with files that may not grow beyond some blocks of 512 bytes: a disk that is full.
    pub fn on_full_disk(blocks: u64, database: &str, folder: &Path) -> Self {
        Self::started(&format!("trap '' XFSZ; ulimit -f {blocks};"), database, folder)
    }

    /// Serves a database and writes its log as JSON into a file.
    pub fn logging(file: &Path, database: &str, folder: &Path) -> Self {
        Self::started(&format!("export SPECA_LOG=json; exec 2>'{}';", file.display()), database, folder)
    }

    /// Serves a database as a user whom the rights of files bind: root they do not. Copies the program to a folder that such a
    /// user can reach.
    pub fn bound_by_rights(attachments: &Path, database: &str, folder: &Path) -> Self {
        let (under, binary) = bound_by_rights(folder);
        let before = format!("export SPECA_ATTACHMENTS='{}';", attachments.display());
        Self::run(&before, &under, binary.to_str().unwrap(), database, folder)
    }

    fn started(before: &str, database: &str, folder: &Path) -> Self {
        Self::run(before, "", env!("CARGO_BIN_EXE_speca"), database, folder)
    }

    fn run(before: &str, under: &str, binary: &str, database: &str, folder: &Path) -> Self {
        let line = format!("{before} exec {under} \"$@\"");
        let command = ["-c", &line, "sh", "env", SECRET, binary, "serve", "--port", "0", "--database", database];
        let process = Process::start("sh", &command, folder);
        let port = process.wait_for("http://127.0.0.1:").trim().parse().expect("a port");
        Self { port, process }
    }

    /// Asks it to end, as a service manager does.
    pub fn ask_to_end(&self) {
        self.process.signal("-TERM");
    }

    /// Waits for its end and returns its exit code.
    pub fn ended(mut self) -> Option<i32> {
        self.process.exit_code()
    }
}

/// Returns the command under which a program is bound by the rights of files, and where the program lies for it.
pub fn bound_by_rights(folder: &Path) -> (String, PathBuf) {
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_speca"));
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return (String::new(), binary);
    }
    let copy = folder.join("speca");
    std::fs::copy(&binary, &copy).unwrap();
    set_mode(folder, 0o755);
    ("setpriv --reuid=65534 --regid=65534 --clear-groups".to_owned(), copy)
}

/// Sets the rights of a file or folder.
pub fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    /// Nothing when the line broke.
    pub status: Option<u16>,
    pub head: String,
    pub body: String,
}

/// Sends a request as it stands and reads the answer to its end.
pub fn send(port: u16, request: &[u8]) -> Answer {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return Answer::default() };
    if stream.write_all(request).is_err() {
        return Answer::default();
    }
    answer(&mut stream)
}

/// Reads an answer to its end.
pub fn answer(stream: &mut TcpStream) -> Answer {
    let _ = stream.set_read_timeout(Some(Duration::from_mins(1)));
    let mut bytes = Vec::new();
    let whole = stream.read_to_end(&mut bytes).is_ok();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return Answer::default() };
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).filter(|_| whole);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// A browser that keeps its cookies.
#[derive(Clone)]
pub struct Browser {
    pub port: u16,
    /// From where it comes, as a proxy would say.
    address: IpAddr,
    cookies: String,
    token: String,
}

impl Browser {
    /// Has not signed in.
    pub fn visitor(port: u16) -> Self {
        Self { port, address: Ipv4Addr::LOCALHOST.into(), cookies: String::new(), token: String::new() }
    }

    /// Signs in through the page.
    pub fn signed_in(port: u16, email: &str, password: &str) -> Self {
        Self::signed_in_from(Ipv4Addr::LOCALHOST.into(), port, email, password)
    }

    /// Signs in through the page, from an address of its own.
    pub fn signed_in_from(address: IpAddr, port: u16, email: &str, password: &str) -> Self {
        let mut browser = Self { address, ..Self::visitor(port) };
        let page = browser.get("/sign-in");
        browser.keep(&page);
        let (_, behind) = page.body.split_once("name=\"csrf\" value=\"").expect("a token");
        behind.split('"').next().unwrap_or_default().clone_into(&mut browser.token);
        let signed_in = browser.post("/sign-in", &[("email", email), ("password", password)]);
        assert_eq!(signed_in.status, Some(303), "{}", signed_in.body);
        browser.keep(&signed_in);
        browser
    }

    fn keep(&mut self, answer: &Answer) {
        for line in answer.head.lines().filter(|line| line.to_lowercase().starts_with("set-cookie:")) {
            let cookie = line[11..].split(';').next().unwrap_or_default().trim();
            let before = if self.cookies.is_empty() { "" } else { "; " };
            self.cookies.push_str(before);
            self.cookies.push_str(cookie);
        }
    }

    /// Returns the same browser before another server.
    pub fn at(&self, port: u16) -> Self {
        Self { port, ..self.clone() }
    }

    /// Opens a page.
    pub fn get(&self, path: &str) -> Answer {
        send(self.port, format!("GET {path} {}\r\n", self.head()).as_bytes())
    }

    /// Sends a form.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        send(self.port, &self.form(path, fields))
    }

    /// Returns the bytes of a form on the line.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let encode = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
        let pairs = [("csrf", self.token.as_str())].into_iter().chain(fields.iter().copied());
        let body: Vec<String> = pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let body = body.join("&");
        let kind = "Content-Type: application/x-www-form-urlencoded";
        format!("POST {path} {}{kind}\r\nContent-Length: {}\r\n\r\n{body}", self.head(), body.len()).into_bytes()
    }

    /// Sends a file in the field `file`, as browsers do.
    pub fn post_file(&self, path: &str, name: &str, content: &[u8]) -> Answer {
        let part = |rest: &str| format!("--part\r\nContent-Disposition: form-data; name={rest}\r\n");
        let mut body = format!("{}\r\n{}\r\n", part("\"csrf\""), self.token).into_bytes();
        let file = part(&format!("\"file\"; filename=\"{name}\""));
        body.extend(format!("{file}Content-Type: text/plain\r\n\r\n").into_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--part--\r\n");
        let kind = "Content-Type: multipart/form-data; boundary=part";
        let head = format!("POST {path} {}{kind}\r\nContent-Length: {}\r\n\r\n", self.head(), body.len());
        send(self.port, &[head.into_bytes(), body].concat())
    }

    fn head(&self) -> String {
        let (address, cookies) = (self.address, &self.cookies);
        format!("HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Real-IP: {address}\r\nCookie: {cookies}\r\n")
    }
}
