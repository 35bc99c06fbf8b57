//! A file goes up in pieces: cut by a lost line and by a page that is loaded again, it goes on where it stood and arrives
//! byte for byte.

use std::path::PathBuf;
use std::time::Duration;

use fantoccini::Locator;
use serde_json::json;
use speca::demonstration::desks;

use crate::support::{Browser, DESK, Server, journey_within};

/// Longest time that the journey may take.
const LONGEST: Duration = Duration::from_mins(8);
/// The files of an action that its delegation can still write.
const FILES: &str = "/submissions/PA-KGZ-2020-004/attachments";
/// Size of each file in bytes: a dozen pieces.
const SIZE: usize = 3 * 1024 * 1024 + 17;

/// Writes a file whose bytes follow from their places, and returns its path.
fn file(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    let mut content: Vec<u8> = (0..SIZE).map(|at| u8::try_from((at * 31 + at / 256) % 251).unwrap()).collect();
    content[..9].copy_from_slice(b"%PDF-1.7\n");
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// Chooses a file and sends it.
async fn send(browser: &Browser, path: &std::path::Path) {
    let chooser = browser.find("#upload input[type=file]").await;
    chooser.send_keys(&path.display().to_string()).await.unwrap();
    browser.press("#upload button").await;
}

/// Waits until an upload is well on its way and not near its end.
async fn is_half_way(browser: &Browser) {
    browser
        .until("var bar = document.querySelector('#progress progress'); return bar.value > 10 && bar.value < 80")
        .await;
}

/// Takes a file of the page and returns its length and the first byte that is wrong, -1 for none.
async fn taken(browser: &Browser, name: &str) -> (u64, i64) {
    let link = browser.client.find(Locator::LinkText(name)).await.expect("the file is listed");
    let address = link.attr("href").await.unwrap().unwrap();
    let script = "var done = arguments[1], head = '%PDF-1.7\\n';
        fetch(arguments[0]).then(function (answer) { return answer.arrayBuffer(); }).then(function (buffer) {
            var bytes = new Uint8Array(buffer), wrong = -1;
            for (var at = 0; at < bytes.length && wrong < 0; at++) {
                var byte = at < 9 ? head.charCodeAt(at) : (at * 31 + Math.floor(at / 256)) % 251;
                if (bytes[at] !== byte) wrong = at;
            }
            done([bytes.length, wrong]);
        })";
    let told = browser.client.execute_async(script, vec![json!(address)]).await.unwrap();
    (told[0].as_u64().unwrap(), told[1].as_i64().unwrap())
}

#[test]
fn a_file_that_is_cut_in_the_middle_goes_on_and_arrives_whole() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let folder = tempfile::tempdir().unwrap();
        let browser = Browser::start(&server, DESK).await;
        let desk = desks().into_iter().find(|desk| desk.key == "kgz-delegate").unwrap();
        browser.sign_in_with(&desk.email(), &desk.password()).await;

        // The line is lost: the page says so, waits, and goes on by itself when it is there again.
        browser.open(FILES).await;
        browser.line(false, 400_000).await;
        send(&browser, &file(&folder, "lost line.pdf")).await;
        is_half_way(&browser).await;
        browser.picture("upload-half-way-desk").await;
        browser.line(true, -1).await;
        browser.until("var shown = document.getElementById('progress'); return shown.innerText.includes(shown.dataset.waiting)",
        )
        .await;
        browser.line(false, -1).await;
        browser
            .until("return !!Array.from(document.links).find(function (a) { return a.innerText === 'lost line.pdf' })")
            .await;
        assert_eq!(taken(&browser, "lost line.pdf").await, (SIZE as u64, -1));

        let lost = browser.faults().await;
        assert!(!lost.is_empty() && lost.iter().all(|one| one.contains("ERR_INTERNET_DISCONNECTED")), "{lost:?}");

        // The page is loaded again: the file is listed as arriving, and choosing it once more goes on where it stood.
        let path = file(&folder, "loaded again.pdf");
        browser.open(FILES).await;
        browser.line(false, 400_000).await;
        send(&browser, &path).await;
        is_half_way(&browser).await;
        browser.open(FILES).await;
        browser.find("[data-arriving][data-name=\"loaded again.pdf\"]").await;
        browser.is_accessible().await;
        send(&browser, &path).await;
        browser.until("return document.querySelector('#progress progress').value > 10").await;
        browser.line(false, -1).await;
        browser
            .until(
                "return !!Array.from(document.links).find(function (a) { return a.innerText === 'loaded again.pdf' })",
            )
            .await;
        assert_eq!(taken(&browser, "loaded again.pdf").await, (SIZE as u64, -1));
        assert_eq!(browser.count("[data-arriving]").await, 0);
        browser.close().await;
    });
}
