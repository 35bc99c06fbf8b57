//! The program, ChromeDriver and a browser for one journey, and their end whatever happens.

#![allow(dead_code, reason = "each journey uses the part it needs")]

mod acts;
mod axe;
mod filled;
mod process;
pub mod spreadsheet;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use speca::db::schema::ballots;
use speca::db::{DatabaseUrl, Db, StoreError};
use speca::kernel::clock::Clock;
use speca::kernel::lang::Lang;

use process::Process;

/// Longest time that a journey may take.
const JOURNEY: Duration = Duration::from_mins(3);
/// Longest time that an element may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest time that a script of a page may take for what it does by itself.
const UNTIL: Duration = Duration::from_secs(90);
/// Password of every account that a journey makes.
pub const PASSWORD: &str = "correct horse battery staple";
/// Where Debian keeps its browser.
const CHROMIUM: &str = "/usr/bin/chromium";

/// Runs a journey within its time. Without a browser it is left out, but fails where `CI` is set.
pub fn journey<F: Future<Output = ()>>(work: impl FnOnce() -> F) {
    journey_within(JOURNEY, work);
}

/// Runs a journey that takes longer than others.
pub fn journey_within<F: Future<Output = ()>>(longest: Duration, work: impl FnOnce() -> F) {
    if !process::is_installed("chromedriver") || !PathBuf::from(CHROMIUM).exists() {
        assert!(std::env::var_os("CI").is_none(), "chromium and chromedriver must be installed: run script/test");
        eprintln!("left out: no chromium or no chromedriver on this machine");
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::time::timeout(longest, work())
            .await
            .unwrap_or_else(|_| panic!("the journey took longer than {longest:?}"));
    });
}

/// The program, serving a database of its own.
pub struct Server {
    /// Address of the start page, without the last slash.
    pub address: String,
    process: Process,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts the program on an empty database.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database(folder.path());
        process::run(env!("CARGO_BIN_EXE_speca"), &["migrate", "--database", &database], folder.path(), "");
        Self::start(folder, &["serve", "--database", &database, "--port", "0"])
    }

    /// Starts the program on an empty database with another body than the embedded one.
    pub fn of_body(body: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Why: every command that runs in the folder reads the settings there.
        std::fs::write(folder.path().join("speca.toml"), format!("body = \"{body}\"\n")).unwrap();
        let database = database(folder.path());
        process::run(env!("CARGO_BIN_EXE_speca"), &["migrate", "--database", &database], folder.path(), "");
        Self::start(folder, &["serve", "--database", &database, "--port", "0"])
    }

    /// Starts the program on the demonstration.
    pub fn demonstration() -> Self {
        let folder = filled::copy();
        let database = database(folder.path());
        Self::start(folder, &["demo", "--keep", "--database", &database, "--port", "0"])
    }

    /// Starts the program on the demonstration, with pages in a language that does not exist in the place of English.
    pub fn imitating_a_language() -> Self {
        let folder = filled::copy();
        let (database, speca) = (database(folder.path()), env!("CARGO_BIN_EXE_speca"));
        let imitated = format!("SPECA_IMITATED_LANGUAGE=yes exec {speca} demo --keep --database {database} --port 0");
        let process = Process::start("sh", &["-c", &imitated], folder.path());
        Self::answering(folder, process)
    }

    fn start(folder: tempfile::TempDir, arguments: &[&str]) -> Self {
        let process = Process::start(env!("CARGO_BIN_EXE_speca"), arguments, folder.path());
        Self::answering(folder, process)
    }

    fn answering(folder: tempfile::TempDir, process: Process) -> Self {
        let line = process.wait_for("speca answers at ");
        Self { address: line.trim().trim_end_matches('/').to_owned(), process, folder }
    }

    /// Ends the program as a failing machine does: at once, whatever it holds open.
    pub fn die(&mut self) {
        self.process.signal("-KILL");
        self.process.exit_code();
    }

    /// Starts a demonstration again that died, at the same address.
    pub fn come_back(&mut self) {
        let (database, port) = (self.database(), self.address.rsplit(':').next().unwrap());
        let arguments = ["demo", "--keep", "--database", &database, "--port", port];
        self.process = Process::start(env!("CARGO_BIN_EXE_speca"), &arguments, self.folder.path());
        self.process.wait_for("speca answers at ");
    }

    /// Returns everything that the files of the server's database hold, as text.
    pub fn held(&self) -> String {
        let files = ["journey.sqlite", "journey.sqlite-wal"].map(|name| self.folder.path().join(name));
        let bytes: Vec<u8> = files.iter().filter_map(|path| std::fs::read(path).ok()).flatten().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Returns the address of the server's database.
    pub fn database(&self) -> String {
        database(self.folder.path())
    }

    /// The closing time of a ballot comes: the only thing that is not done by clicking.
    pub fn let_the_hour_strike(&self, ballot: i32) {
        let db = Db::open(&DatabaseUrl::parse(&self.database()).unwrap()).unwrap();
        let now = Clock::system().now().naive_utc();
        db.write_here(|tx| -> Result<(), StoreError> {
            let ended = diesel::update(ballots::table.filter(ballots::number.eq(ballot)));
            ended.set(ballots::closes_at.eq(now)).execute(&mut **tx)?;
            Ok(())
        })
        .unwrap();
    }

    /// Makes an account with an office, by the command that an operator uses.
    pub fn account(&self, email: &str, office: &str, lang: Lang) {
        let database = self.database();
        let arguments = [
            "account",
            "--database",
            &database,
            "--email",
            email,
            "--name",
            "Office",
            "--office",
            office,
            "--language",
            lang.code(),
            "--password-stdin",
        ];
        process::run(env!("CARGO_BIN_EXE_speca"), &arguments, self.folder.path(), &format!("{PASSWORD}\n"));
    }
}

fn database(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("journey.sqlite").display())
}

/// How a browser is set up.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The language that it asks for.
    pub lang: Lang,
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// Width of the window.
    pub width: u32,
}

/// English, with scripts, on a desk.
pub const DESK: Setting = Setting { lang: Lang::En, scripts: true, width: 1280 };
/// Russian, with scripts, on a telephone.
pub const TELEPHONE: Setting = Setting { lang: Lang::Ru, scripts: true, width: 390 };
/// Russian, without scripts, on a desk.
pub const PLAIN: Setting = Setting { lang: Lang::Ru, scripts: false, width: 1280 };

/// A browser with a profile of its own.
pub struct Browser {
    /// The client, for what is not written here.
    pub client: Client,
    address: String,
    setting: Setting,
    port: u16,
    _driver: Process,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser on a server.
    pub async fn start(server: &Server, setting: Setting) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let driver = Process::start("chromedriver", &["--port=0"], profile.path());
        let line = driver.wait_for("started successfully on port ");
        let port: u16 =
            line.trim().trim_end_matches('.').parse().unwrap_or_else(|_| panic!("chromedriver said {line}"));
        let mut builder = fantoccini::ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(setting, profile.path()));
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await.expect("the browser starts");
        let driver = driver.ending_at(port);
        Self { client, address: server.address.clone(), setting, port, _driver: driver, _profile: profile }
    }

    /// Opens an address of the server.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.address)).await.unwrap();
    }

    /// Returns the status with which the server answered for the page.
    pub async fn status(&self) -> u64 {
        let script = "return performance.getEntriesByType('navigation')[0].responseStatus";
        self.client.execute(script, vec![]).await.unwrap().as_u64().unwrap_or_default()
    }

    /// Returns path and query of the page.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.address).map_or(url.clone(), str::to_owned)
    }

    /// Returns the first element of a selector, waiting for it.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("`{css}` is not on {}: {error}\n{}", self.path().await, self.text().await),
        }
    }

    /// Returns how many elements a selector has.
    pub async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.unwrap().len()
    }

    /// Returns the text of the page as it is shown.
    pub async fn text(&self) -> String {
        let body = self.client.find(Locator::Css("body")).await.unwrap();
        body.text().await.unwrap()
    }

    /// Asserts that a text is on the page.
    #[track_caller]
    pub fn sees<'a>(&'a self, text: &'a str) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let page = self.text().await;
            assert!(page.contains(text), "{caller}: `{text}` is not on {}:\n{page}", self.path().await);
        }
    }

    /// Types into the field of a name, in place of what it holds.
    pub async fn fill(&self, name: &str, value: &str) {
        let field = self.find(&format!("[name=\"{name}\"]")).await;
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Sets a field that a keyboard fills differently in each language, such as a date.
    pub async fn set(&self, name: &str, value: &str) {
        self.find(&format!("[name=\"{name}\"]")).await;
        let script = "document.querySelector('[name=\"' + arguments[0] + '\"]').value = arguments[1]";
        self.client.execute(script, vec![name.into(), value.into()]).await.unwrap();
    }

    /// Opens everything that is folded.
    pub async fn unfold(&self) {
        let script = "document.querySelectorAll('details').forEach(one => { one.open = true })";
        self.client.execute(script, vec![]).await.unwrap();
    }

    /// Chooses a value: of a list, of radio buttons, of ticks.
    pub async fn choose(&self, name: &str, value: &str) {
        let css =
            format!("select[name=\"{name}\"] option[value=\"{value}\"], [type][name=\"{name}\"][value=\"{value}\"]");
        let choice = self.find(&css).await;
        if !choice.is_selected().await.unwrap() {
            self.click(choice).await;
        }
    }

    /// Clicks where nothing lies above: a bar that stays at the bottom of the window may cover what was just scrolled to.
    pub async fn click(&self, element: Element) {
        let middle = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(middle, vec![serde_json::to_value(&element).unwrap()]).await.unwrap();
        element.click().await.unwrap();
    }

    /// Presses what a selector names.
    pub async fn press(&self, css: &str) {
        self.click(self.find(css).await).await;
    }

    /// Follows the link of an address.
    pub async fn follow(&self, path: &str) {
        self.press(&format!("a[href=\"{path}\"]")).await;
    }

    /// Signs in through the page, without the mouse.
    pub async fn sign_in(&self, email: &str) {
        self.sign_in_with(email, PASSWORD).await;
    }

    /// Signs in through the page with a password of its own.
    pub async fn sign_in_with(&self, email: &str, password: &str) {
        self.open("/sign-in").await;
        self.fill("email", email).await;
        self.fill("password", password).await;
        self.type_keys(&String::from(char::from(Key::Enter))).await;
        self.find("form[action=\"/sign-out\"]").await;
    }

    /// Presses the switch of the language, and waits for the page in the other one.
    pub async fn switch_language(&self) {
        let before = self.find("html").await.attr("lang").await.unwrap().unwrap_or_default();
        self.press(".language button:not([aria-hidden])").await;
        self.find(&format!("html:not([lang=\"{before}\"])")).await;
    }

    /// Presses keys where the focus is: for journeys without a mouse.
    pub async fn type_keys(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Keeps a picture of the page as `target/screenshots/<name>.png`.
    pub async fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }

    /// Imitates a window of a width and a reader who prefers dark or light pages, until told otherwise. Nothing moves, so that
    /// colours are never seen on their way from one to another.
    pub async fn imitate(&self, width: u32, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.command("Emulation.setEmulatedMedia", &json!({ "features": features })).await;
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.command("Emulation.setDeviceMetricsOverride", &metrics).await;
    }

    /// Waits until a script holds.
    pub async fn until(&self, script: &str) {
        let end = Instant::now() + UNTIL;
        while self.client.execute(script, vec![]).await.unwrap() != Value::Bool(true) {
            assert!(Instant::now() < end, "not within {UNTIL:?}: {script}\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Sets the line: bytes a second upwards, nothing for as fast as it goes; or none at all.
    pub async fn line(&self, is_cut: bool, upwards: i64) {
        let conditions =
            json!({ "offline": is_cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upwards });
        self.command("Network.enable", &json!({})).await;
        self.command("Network.emulateNetworkConditions", &conditions).await;
    }

    /// Fetches a file as the browser does that follows a link to it.
    pub async fn fetched(&self, path: &str) -> Vec<u8> {
        let script = "
            const done = arguments[arguments.length - 1];
            fetch(arguments[0]).then(answer => answer.arrayBuffer())
                .then(bytes => done(Array.from(new Uint8Array(bytes)))).catch(error => done(String(error)));
        ";
        let said = self.client.execute_async(script, vec![path.into()]).await.unwrap();
        let bytes = said.as_array().unwrap_or_else(|| panic!("{said}"));
        bytes.iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect()
    }

    /// Gives the browser a command of its protocol for tools.
    pub async fn command(&self, name: &str, parameters: &Value) {
        self.told(name, parameters).await;
    }

    /// Gives the browser a command of its protocol for tools and returns what it tells.
    pub async fn told(&self, name: &str, parameters: &Value) -> String {
        let session = self.client.session_id().await.unwrap().unwrap();
        let body = json!({ "cmd": name, "params": parameters }).to_string();
        let said = process::ask(self.port, "POST", &format!("/session/{session}/goog/cdp/execute"), &body);
        assert!(!said.contains("\"error\":"), "{name}: {said}");
        said
    }

    /// Asserts that the page has no fault.
    pub async fn is_accessible(&self) {
        let faults = self.faults().await;
        assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    }

    /// Returns where the page breaks a rule of WCAG 2.2 at level AA that a machine can check, is wider than the window,
    /// or made the browser complain: a failed script, something that our policy header refused.
    pub async fn faults(&self) -> Vec<String> {
        let at = self.path().await;
        let mut faults = Vec::new();
        // Why: where pages may run no scripts, the rules cannot run either; the same page is checked with scripts elsewhere.
        if self.setting.scripts {
            let broken = axe::violations(&self.client, axe::Rules::All).await;
            faults.extend(broken.into_iter().map(|fault| format!("{at}: {fault}")));
        }
        let wider = self.client.execute(acts::WIDER, vec!["".into()]).await.unwrap();
        if wider[0].as_i64().unwrap_or_default() > 0 {
            faults.push(format!("{at}: {} pixels wider than the window: {}", wider[0], wider[1]));
        }
        let nameless = "return [...document.querySelectorAll('label[for]')].filter(label => {
            const field = document.getElementById(label.htmlFor);
            return field && field.name && label.textContent.trim() === field.name;
        }).map(label => label.htmlFor)";
        let nameless = self.client.execute(nameless, vec![]).await.unwrap();
        if nameless.as_array().is_some_and(|fields| !fields.is_empty()) {
            faults.push(format!("{at}: fields are called by their names in the form, not by words: {nameless}"));
        }
        faults.extend(self.complaints().await.into_iter().map(|text| format!("{at}: the browser complains: {text}")));
        faults
    }

    /// Returns what the browser wrote to its console since the last time, but the statuses of pages, which journeys expect.
    async fn complaints(&self) -> Vec<String> {
        let session = self.client.session_id().await.unwrap().unwrap();
        let said = process::ask(self.port, "POST", &format!("/session/{session}/se/log"), r#"{"type":"browser"}"#);
        let said: Value = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"));
        let entries = said["value"].as_array().cloned().unwrap_or_default();
        let texts = entries.iter().filter_map(|entry| entry["message"].as_str().map(str::to_owned));
        texts.filter(|text| !text.contains("the server responded with a status of")).collect()
    }

    /// Ends the browser; a journey that failed ends it as well, on the way out.
    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }
}

/// Returns what Chromium is started with.
fn capabilities(setting: Setting, profile: &Path) -> Capabilities {
    let flags = [
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        format!("--accept-lang={}", setting.lang),
        format!("--user-data-dir={}", profile.join("profile").display()),
        format!("--window-size={},900", setting.width.max(500)),
    ];
    let mut options =
        json!({ "binary": CHROMIUM, "args": flags, "prefs": { "intl.accept_languages": setting.lang.code() } });
    if !setting.scripts {
        options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    if setting.width < 500 {
        // Why: a window cannot be made narrower than 500 pixels; a telephone can be imitated.
        options["mobileEmulation"] =
            json!({ "deviceMetrics": { "width": setting.width, "height": 844, "pixelRatio": 1.0 } });
    }
    let Value::Object(capabilities) = json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "WARNING" },
    }) else {
        unreachable!("an object was written above")
    };
    capabilities
}
