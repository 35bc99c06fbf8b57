//! An application of its own for each test, and actors that speak HTTP.

#![allow(dead_code, reason = "each journey uses the part it needs")]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use rocket::http::{ContentType, Cookie, Header, Method, Status};
use rocket::local::asynchronous::{Client, LocalRequest};
use speca::accounts::{self, Account, Office};
use speca::api;
use speca::config::Config;
use speca::db::schema::{accreditations, reviewers, sign_ins};
use speca::db::{DatabaseUrl, Db, StoreError, Tx};
use speca::delegations::{self, Delegation, DelegationKind};
use speca::depot::{Depot, Place};
use speca::kernel::clock::Clock;
use speca::kernel::ids::{AccountId, AccreditationId, ApiTokenId, DelegationId, SessionId, SignInId};
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::token::{digest, new_token};
use speca::outbox::model::{Encryption, MailServer};
use speca::policy::Capacity;
use speca::web::cookies::{BROWSER, SIGN_IN, STEP};
use speca::web::csrf::Seed;

/// The secret of the installation, as its keys are made of it.
pub const SECRET: &str = "5555555555555555555555555555555555555555555555555555555555555555";

/// Declares a test that runs on SQLite and, where a server is named, on PostgreSQL.
#[macro_export]
macro_rules! on_each_database {
    (async fn $name:ident($app:ident: TestApp) $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "a test uses what it needs")]
            use super::*;
            async fn journey($app: $crate::support::TestApp) $body
            #[rocket::async_test]
            async fn on_sqlite() { journey($crate::support::TestApp::on_sqlite().await).await }
            #[rocket::async_test]
            async fn on_postgres() {
                if let Some(app) = $crate::support::TestApp::on_postgres().await { journey(app).await }
            }
        }
    };
}

/// The seven participating countries and the group as a whole: code, English, Russian.
const DELEGATIONS: &[(&str, &str, &str)] = &[
    ("AFG", "Afghanistan", "Афганистан"),
    ("AZE", "Azerbaijan", "Азербайджан"),
    ("KAZ", "Kazakhstan", "Казахстан"),
    ("KGZ", "Kyrgyzstan", "Кыргызстан"),
    ("REG", "SPECA Working Group on Trade", "Рабочая группа СПЕКА по торговле"),
    ("TJK", "Tajikistan", "Таджикистан"),
    ("TKM", "Turkmenistan", "Туркменистан"),
    ("UZB", "Uzbekistan", "Узбекистан"),
];

/// An application with a database of its own and a clock that stands still.
pub struct TestApp {
    pub client: Client,
    pub db: Db,
    pub clock: Clock,
    /// The database as commands are told of it.
    pub database: String,
    /// The folder of attached files.
    pub files: PathBuf,
    config: Config,
    _folder: tempfile::TempDir,
    schema: Option<Schema>,
}

/// A database on the PostgreSQL server, dropped at the end of its test.
pub struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// Makes an empty database and returns it with its address, where a server is named.
    pub fn make() -> Option<(String, Self)> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "the test script names its server here")]
        let Ok(server) = std::env::var("SPECA_TEST_POSTGRES") else {
            // Why: a check that leaves a database out must not look like one that passed on it.
            assert!(std::env::var_os("CI").is_none(), "SPECA_TEST_POSTGRES must name a server: run script/test");
            eprintln!("left out on PostgreSQL: SPECA_TEST_POSTGRES names no server");
            return None;
        };
        let name = format!("speca_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut conn = PgConnection::establish(&server).expect("the PostgreSQL of the tests answers");
        diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut conn).expect("database made");
        let url = match server.rsplit_once('/') {
            Some((before, last)) => match last.split_once('?') {
                Some((_, query)) => format!("{before}/{name}?{query}"),
                None => format!("{before}/{name}"),
            },
            None => server.clone(),
        };
        Some((url, Self { server, name }))
    }

    fn drop_database(&self) {
        if let Ok(mut conn) = PgConnection::establish(&self.server) {
            let _ = diesel::sql_query(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).execute(&mut conn);
        }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.drop_database();
    }
}

/// With what the metrics are read.
pub const METRICS_TOKEN: &str = "a token of the tests";

/// The moment at which every test starts.
pub fn start() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2020, 9, 14).expect("day").and_hms_opt(8, 0, 0).expect("time").and_utc()
}

impl TestApp {
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let url = DatabaseUrl::Sqlite(folder.path().join("test.sqlite"));
        Self::start(url, folder, None).await
    }

    pub async fn on_postgres() -> Option<Self> {
        let (url, schema) = Schema::make()?;
        let folder = tempfile::tempdir().expect("folder");
        Some(Self::start(DatabaseUrl::Postgres(url), folder, Some(schema)).await)
    }

    async fn start(url: DatabaseUrl, folder: tempfile::TempDir, schema: Option<Schema>) -> Self {
        let database = match &url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let clock = Clock::fixed(start());
        let files = folder.path().join("files");
        let config = Config {
            attachments: Place::Folder(files.clone()),
            database: url.clone(),
            port: 0,
            metrics_token: Some(METRICS_TOKEN.to_owned()),
            mail: Some(MailServer {
                server: "mail.invalid".to_owned(),
                port: 25,
                encryption: Encryption::None,
                credentials: None,
                from: "secretariat@example.org".to_owned(),
                reply_to: None,
            }),
            ..Config::of(&|_| None, "sqlite://unused").expect("defaults")
        };
        let db = Db::open(&url).expect("database opens");
        db.migrate().expect("database migrates");
        let now = clock.now().naive_utc();
        db.write_here(|tx| -> Result<(), StoreError> {
            for (code, en, ru) in DELEGATIONS {
                let kind = if *code == "REG" { DelegationKind::Group } else { DelegationKind::Country };
                let name = Bilingual::new((*en).to_owned(), (*ru).to_owned());
                let delegation = Delegation {
                    id: DelegationId::new(),
                    code: (*code).to_owned(),
                    kind,
                    formal_name: name.clone(),
                    name,
                    votes: kind == DelegationKind::Country,
                };
                delegations::store::insert(tx, &delegation, now)?;
            }
            Ok(())
        })
        .expect("delegations inserted");
        let rocket = speca::app::build(&config, SECRET, db.clone(), clock.clone(), false);
        let client = Client::untracked(rocket).await.expect("application starts");
        Self { client, db, clock, database, files, config, _folder: folder, schema }
    }

    /// Returns the settings of the application.
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Serves the same application at a port of this machine, for programs that ask from outside, until it is aborted.
    pub async fn serve(&self, port: u16) -> tokio::task::JoinHandle<()> {
        let config = Config { port, ..self.config.clone() };
        let rocket = speca::app::build(&config, SECRET, self.db.clone(), self.clock.clone(), false);
        let server = tokio::spawn(async move { drop(rocket.launch().await) });
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            tokio::task::yield_now().await;
        }
        server
    }

    /// Takes the database away from a running application; not possible with a file, and said so.
    pub fn lose_database(&self) -> bool {
        self.schema.as_ref().map(Schema::drop_database).is_some()
    }

    /// Returns the id of a delegation.
    pub fn delegation(&self, code: &str) -> DelegationId {
        let code = code.to_owned();
        self.db.read_here(move |conn| delegations::store::by_code(conn, &code)).expect("delegation").id
    }

    /// Returns the place of attached files.
    pub fn depot(&self) -> Depot {
        self.client.rocket().state::<Depot>().expect("managed").clone()
    }

    /// Lets time pass.
    pub fn pass(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// Returns somebody who is not signed in.
    pub fn visitor(&self) -> Actor<'_> {
        Actor {
            app: self,
            account: AccountId::from("none"),
            token: None,
            step: None,
            seed: new_token(),
            api: OnceLock::new(),
        }
    }

    /// Returns the browser of somebody who came by a page that signed them in.
    pub fn signed_in_by(&self, page: &Page) -> Actor<'_> {
        let token = page.sign_in.clone().expect("the page signed somebody in");
        let stored = digest(&token);
        let now = self.clock.now().naive_utc();
        let found = self.db.read_here(move |conn| accounts::store::signed_in(conn, &stored, now));
        let account = found.expect("database").expect("the sign-in holds").account.id;
        Actor { app: self, account, token: Some(token), step: None, seed: new_token(), api: OnceLock::new() }
    }

    /// Returns a signed-in account of an office.
    pub fn office(&self, office: Office) -> Actor<'_> {
        self.person(office, None, None)
    }

    /// Returns a signed-in account of the secretariat.
    pub fn secretariat(&self) -> Actor<'_> {
        self.office(Office::Secretariat)
    }

    /// Returns a signed-in account accredited to a delegation.
    pub fn delegate(&self, code: &str, capacity: Capacity) -> Actor<'_> {
        self.person(Office::None, Some((code, capacity)), None)
    }

    /// Returns a signed-in head of delegation.
    pub fn head(&self, code: &str) -> Actor<'_> {
        self.delegate(code, Capacity::Head)
    }

    /// Returns a signed-in reviewer of a session, accredited to a delegation or to none.
    pub fn reviewer(&self, session: &SessionId, code: Option<&str>) -> Actor<'_> {
        self.person(Office::None, code.map(|code| (code, Capacity::Observer)), Some(session))
    }

    fn person(&self, office: Office, place: Option<(&str, Capacity)>, session: Option<&SessionId>) -> Actor<'_> {
        let account = Account {
            id: AccountId::new(),
            email: format!("{}@example.org", new_token()),
            name: format!("Office {}", office.code()),
            office,
            language: Lang::En,
            time_zone: Tz::UTC,
            disabled_at: None,
            erased_at: None,
        };
        let token = new_token();
        let now = self.clock.now().naive_utc();
        let place = place.map(|(code, capacity)| (self.delegation(code), capacity));
        self.db
            .write_here(|tx| -> Result<(), StoreError> {
                accounts::store::insert_account(tx, &account, "", now)?;
                if let Some((delegation, capacity)) = &place {
                    diesel::insert_into(accreditations::table)
                        .values((
                            accreditations::id.eq(AccreditationId::new()),
                            accreditations::account_id.eq(&account.id),
                            accreditations::delegation_id.eq(delegation),
                            accreditations::capacity.eq(*capacity),
                            accreditations::valid_from_on.eq(now.date()),
                            accreditations::created_at.eq(now),
                        ))
                        .execute(&mut **tx)?;
                }
                if let Some(session) = session {
                    diesel::insert_into(reviewers::table)
                        .values((
                            reviewers::session_id.eq(session),
                            reviewers::account_id.eq(&account.id),
                            reviewers::appointed_at.eq(now),
                        ))
                        .execute(&mut **tx)?;
                }
                diesel::insert_into(sign_ins::table)
                    .values((
                        sign_ins::id.eq(SignInId::new()),
                        sign_ins::account_id.eq(&account.id),
                        sign_ins::token_digest.eq(digest(&token)),
                        sign_ins::machine.eq("test"),
                        sign_ins::created_at.eq(now),
                        sign_ins::last_seen_at.eq(now),
                        sign_ins::expires_at.eq(now + TimeDelta::days(400)),
                    ))
                    .execute(&mut **tx)?;
                Ok(())
            })
            .expect("account inserted");
        Actor {
            app: self,
            account: account.id,
            token: Some(token),
            step: None,
            seed: new_token(),
            api: OnceLock::new(),
        }
    }
}

/// Somebody at a browser.
pub struct Actor<'a> {
    pub app: &'a TestApp,
    pub account: AccountId,
    token: Option<String>,
    step: Option<String>,
    seed: String,
    api: OnceLock<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: Status,
    pub location: Option<String>,
    pub headers: Vec<(String, String)>,
    /// Token of the sign-in that the page gave to the browser.
    pub sign_in: Option<String>,
    /// Token of the step between password and code that the page gave to the browser.
    pub step: Option<String>,
    pub body: String,
}

impl Page {
    /// Returns a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Reads the page as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Asserts the status and returns the page.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.code, status, "{:?}\n{}", self.location, self.body);
        self
    }

    /// Asserts that a text is on the page.
    #[track_caller]
    pub fn sees(self, text: &str) -> Self {
        assert!(self.body.contains(text), "`{text}` is not on the page:\n{}", self.body);
        self
    }

    /// Asserts that a text is not on the page.
    #[track_caller]
    pub fn lacks(self, text: &str) -> Self {
        assert!(!self.body.contains(text), "`{text}` is on the page:\n{}", self.body);
        self
    }
}

impl Actor<'_> {
    /// Returns the sign-in that holds, with everything that decides what the actor may do.
    pub fn signed_in(&self) -> Option<accounts::store::SignedIn> {
        let (token, now) = (digest(self.token.as_ref()?), self.app.clock.now().naive_utc());
        self.app.db.read_here(|conn| accounts::store::signed_in(conn, &token, now)).expect("sign-in")
    }

    /// Returns the actor as the policy knows them.
    pub fn policy(&self) -> speca::policy::Actor {
        self.signed_in()
            .map_or_else(speca::policy::Actor::visitor, |signed_in| speca::web::reader::actor_of(&signed_in))
    }

    fn cookies(&self) -> Vec<Cookie<'static>> {
        let mut cookies = vec![Cookie::new(BROWSER, self.seed.clone())];
        cookies.extend(self.token.clone().map(|token| Cookie::new(SIGN_IN, token)));
        cookies.extend(self.step.clone().map(|token| Cookie::new(STEP, token)));
        cookies
    }

    /// Returns the request of an address, for what is read as it comes.
    pub fn request(&self, path: &str) -> LocalRequest<'_> {
        let request = self.app.client.get(path.to_owned());
        self.cookies().into_iter().fold(request, LocalRequest::private_cookie)
    }

    /// Returns the browser after a page that asked for the code of a second factor.
    pub fn at_step(self, page: &Page) -> Self {
        Self { step: page.step.clone(), ..self }
    }

    /// Returns the token of the web login.
    pub fn browser_token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Returns a token of the account for the programming interface, with every scope; a visitor has none.
    pub fn api_token(&self) -> Option<&str> {
        self.token.as_ref()?;
        Some(self.api.get_or_init(|| self.new_api_token(api::Scope::ALL).1))
    }

    /// Makes a token of the account with some scopes; returns its id and its text.
    pub fn new_api_token(&self, scopes: &[api::Scope]) -> (ApiTokenId, String) {
        let (text, now) = (api::model::new_text(), self.app.clock.now().naive_utc());
        let token = api::Token {
            id: ApiTokenId::new(),
            name: "A program".to_owned(),
            scopes: scopes.iter().copied().collect(),
            created_at: now,
            expires_at: now + TimeDelta::days(365),
            last_used_on: Some(now.date()),
        };
        let insert = |tx: &mut Tx<'_>| api::store::insert(tx, &self.account, &token, &digest(&text));
        self.app.db.write_here(insert).expect("token inserted");
        (token.id, text)
    }

    /// Calls the programming interface with the token of the account, with further headers and a body of JSON.
    pub async fn call(&self, method: Method, path: &str, headers: &[(&'static str, &str)], body: &str) -> Page {
        let mut request = self.app.client.req(method, path.to_owned());
        if let Some(token) = self.api_token() {
            request = request.header(Header::new("Authorization", format!("Bearer {token}")));
        }
        for (name, value) in headers {
            request = request.header(Header::new(*name, (*value).to_owned()));
        }
        if !body.is_empty() {
            request = request.header(ContentType::JSON).body(body);
        }
        page(request.dispatch().await).await
    }

    /// Opens an address; one of the programming interface with a token.
    pub async fn get(&self, path: &str) -> Page {
        if path.starts_with("/api/v1") {
            return self.call(Method::Get, path, &[], "").await;
        }
        let mut request = self.app.client.get(path.to_owned());
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        page(request.dispatch().await).await
    }

    /// Opens an address with further headers and returns what came, byte for byte.
    pub async fn fetch(&self, path: &str, headers: &[(&'static str, &str)]) -> (Page, Vec<u8>) {
        let mut request = self.app.client.get(path.to_owned());
        for (name, value) in headers {
            request = request.header(Header::new(*name, (*value).to_owned()));
        }
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        let response = request.dispatch().await;
        let head = Page {
            status: response.status(),
            location: None,
            headers: response.headers().iter().map(|one| (one.name().to_string(), one.value().to_owned())).collect(),
            sign_in: None,
            step: None,
            body: String::new(),
        };
        (head, response.into_bytes().await.unwrap_or_default())
    }

    /// Asks as a script does that sends a file in pieces, with a token of ours.
    pub async fn resumable(&self, method: Method, path: &str, headers: &[(&'static str, &str)], body: &[u8]) -> Page {
        let token = Seed::known(&self.seed).token();
        let mut request = self.app.client.req(method, path.to_owned()).header(Header::new("X-Form-Token", token));
        for (name, value) in headers {
            request = request.header(Header::new(*name, (*value).to_owned()));
        }
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        page(request.body(body).dispatch().await).await
    }

    /// Sends a file of a name in a plain form.
    pub async fn post_file(&self, path: &str, name: &str, content: &[u8]) -> Page {
        let token = Seed::known(&self.seed).token();
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let mut body =
            format!("--part\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes();
        let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
        body.extend(format!("--part\r\n{head}\r\nContent-Type: application/pdf\r\n\r\n").into_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--part--\r\n");
        let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "part"));
        let mut request = self.app.client.post(path.to_owned()).header(kind).body(body);
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        page(request.dispatch().await).await
    }

    /// Opens an address as a browser that takes compressed pages, and returns what went over the line.
    pub async fn compressed(&self, path: &str, encoding: &'static str) -> Vec<u8> {
        let mut request = self.app.client.get(path.to_owned()).header(Header::new("Accept-Encoding", encoding));
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        let response = request.dispatch().await;
        assert_eq!(response.status(), Status::Ok);
        assert_eq!(response.headers().get_one("Content-Encoding"), Some(encoding));
        response.into_bytes().await.unwrap_or_default()
    }

    /// Takes a file.
    pub async fn file(&self, path: &str) -> Vec<u8> {
        let mut request = self.app.client.get(path.to_owned());
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        let response = request.dispatch().await;
        assert_eq!(response.status(), Status::Ok);
        response.into_bytes().await.unwrap_or_default()
    }

    /// Sends a form with a token of ours.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = Seed::known(&self.seed).token();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_raw(path, &all).await
    }

    /// Sends exactly these fields.
    pub async fn post_raw(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = fields
            .iter()
            .map(|(name, value)| {
                let encode = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
                format!("{}={}", encode(name), encode(value))
            })
            .collect::<Vec<_>>()
            .join("&");
        let mut request = self.app.client.post(path.to_owned()).header(ContentType::Form).body(body);
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        page(request.dispatch().await).await
    }

    /// Sends a form with a token of ours in parts, as browsers do for files; the file goes into the field `file`.
    pub async fn post_parts(&self, path: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> Page {
        let token = Seed::known(&self.seed).token();
        let mut body = Vec::new();
        for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
            let part = format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        if let Some(content) = file {
            let head = "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv";
            body.extend(format!("--part\r\n{head}\r\n\r\n").into_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--part--\r\n");
        let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "part"));
        let mut request = self.app.client.post(path.to_owned()).header(kind).body(body);
        for cookie in self.cookies() {
            request = request.private_cookie(cookie);
        }
        page(request.dispatch().await).await
    }
}

async fn page(response: rocket::local::asynchronous::LocalResponse<'_>) -> Page {
    let headers =
        response.headers().iter().map(|header| (header.name().to_string(), header.value().to_owned())).collect();
    Page {
        status: response.status(),
        location: response.headers().get_one("Location").map(str::to_owned),
        headers,
        sign_in: response.cookies().get_private(SIGN_IN).map(|cookie| cookie.value().to_owned()),
        step: response.cookies().get_private(STEP).map(|cookie| cookie.value().to_owned()),
        body: response.into_string().await.unwrap_or_default(),
    }
}

/// Returns a program for checking, or nothing when it is not there and need not be.
pub fn checker(candidates: &[&str], how: &str) -> Option<PathBuf> {
    let found =
        candidates.iter().map(|path| Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).find(|path| path.exists());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing: {how}", candidates[0]);
        eprintln!("left out: {} is missing: {how}", candidates[0]);
    }
    found
}
