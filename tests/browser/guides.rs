//! The guides on the demonstration: every page that a guide speaks of opens for its reader, bears the controls that the guide
//! quotes in both languages, and is what the picture shows.
//!
//! Pictures are left in `target/screenshots/guides/`; with `SPECA_WRITE_GOLDEN` they replace those in `docs/guides/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use speca::demonstration::desks;
use speca::guides::model::{Guide, all};
use speca::guides::pages::{PICTURE_HEIGHT, PICTURE_WIDTH};
use speca::i18n::Texts;
use speca::kernel::lang::Lang;

use crate::support::{Browser, DESK, Server, journey_within};

/// Longest time for all guides.
const LONGEST: Duration = Duration::from_mins(10);

/// Looks for what bears the words; shows it framed in the middle of the window when it is the one that the picture is of.
const LOOK: &str = r"
    const [words, isPictured] = arguments;
    const plain = (text) => text.replace(/\s+/g, ' ').trim();
    const all = document.querySelectorAll('a, button, summary, label, legend, th, dt, h1, h2, h3, option');
    const bears = (one) => { const text = plain(one.textContent); return text === words || text.startsWith(words); };
    const found = [...all].filter(bears);
    if (!found.length) return false;
    if (isPictured) {
        const shown = found.filter((one) => one.matches('main *') && one.offsetParent) ;
        const rank = (one) => one.matches('button') ? 0 : one.matches('a, summary') ? 1 : 2;
        const one = shown.sort((a, b) => rank(a) - rank(b))[0] || found[0];
        one.style.outline = '3px solid #b3261e';
        one.style.outlineOffset = '4px';
        one.scrollIntoView({ block: 'center', behavior: 'instant' });
        document.activeElement.blur();
    }
    return true;";

#[test]
fn every_guide_holds_on_the_demonstration() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let offices: BTreeSet<&str> = all().iter().map(|guide| guide.office.as_str()).collect();
        let mut wrong = Vec::new();
        for office in offices {
            let browser = Browser::start(&server, DESK).await;
            if let Some(desk) = desks().iter().find(|desk| desk.key == office) {
                browser.sign_in_with(&desk.email(), &desk.password()).await;
            }
            for lang in [Lang::En, Lang::Ru] {
                speak(&browser, lang).await;
                for guide in all().iter().filter(|guide| guide.office == office) {
                    wrong.extend(walk(&browser, guide, lang).await);
                }
            }
            browser.close().await;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// Brings the pages into a language.
async fn speak(browser: &Browser, lang: Lang) {
    browser.open("/").await;
    let spoken = browser.find("html").await.attr("lang").await.unwrap();
    if spoken.as_deref() != Some(lang.code()) {
        browser.switch_language().await;
        browser.find(&format!("html[lang=\"{lang}\"]")).await;
    }
}

/// Opens the pages of a guide, takes the picture of the first, and returns what is not as the guide says.
async fn walk(browser: &Browser, guide: &Guide, lang: Lang) -> Vec<String> {
    let file = guide.file(lang, "md");
    let mut wrong = Vec::new();
    for (number, (path, keys)) in guide.pages().enumerate() {
        let window =
            json!({ "width": PICTURE_WIDTH, "height": PICTURE_HEIGHT, "deviceScaleFactor": 1, "mobile": false });
        browser.command("Emulation.setDeviceMetricsOverride", &window).await;
        browser.open(path).await;
        if browser.status().await != 200 {
            wrong.push(format!("{file}: {path} answers {}", browser.status().await));
        }
        for (index, key) in keys.iter().enumerate().rev() {
            let words = Texts::of(lang).text(key);
            let is_pictured = number == 0 && index == 0;
            let found = browser.client.execute(LOOK, vec![json!(words), json!(is_pictured)]).await.unwrap();
            if found != json!(true) {
                wrong.push(format!("{file}: nothing on {path} bears “{words}” ({key})"));
            }
        }
        if number == 0 {
            keep(&picture(browser).await, &guide.file(lang, "webp"));
        }
    }
    wrong
}

/// Takes a picture of the window, dense enough that letters stay sharp.
async fn picture(browser: &Browser) -> Vec<u8> {
    let said = browser.told("Page.captureScreenshot", &json!({ "format": "webp", "quality": 80 })).await;
    let said: Value = serde_json::from_str(&said).unwrap();
    STANDARD.decode(said["value"]["data"].as_str().unwrap()).unwrap()
}

/// Keeps a picture; where goldens are written, in the project as well.
fn keep(picture: &[u8], name: &str) {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let write = |path: PathBuf| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, picture).unwrap();
    };
    write(top.join("target/screenshots/guides").join(name));
    if std::env::var_os("SPECA_WRITE_GOLDEN").is_some() {
        write(top.join("docs/guides").join(name));
    }
}
