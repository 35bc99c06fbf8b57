//! Guides: whole in both languages, small, quoting nothing that no page has; help leads each reader to their own.

use std::collections::BTreeSet;

use speca::app;
use speca::guides::markdown::quoted;
use speca::guides::model::all;
use speca::guides::pages::{PICTURE_HEIGHT, PICTURE_WIDTH};
use speca::i18n::Texts;
use speca::kernel::lang::Lang;
use speca::web::reader::pattern;

use crate::on_each_database;

/// Largest sum of all pictures in bytes.
const PICTURES_BYTES_MAX: usize = 2_500_000;
/// Largest page with style sheet and script in bytes; the picture comes later.
const FIRST_LOAD_BYTES_MAX: usize = 100_000;

#[test]
fn a_guide_quotes_what_its_pages_are_walked_for() {
    for guide in all() {
        let walked: BTreeSet<&str> = guide.quoted().collect();
        for lang in [Lang::En, Lang::Ru] {
            let (title, text) = guide.text(lang);
            let file = guide.file(lang, "md");
            assert!(!title.is_empty() && text.contains("\n1. "), "{file}: a title, then numbered steps");
            let found: BTreeSet<&str> = quoted(&text).into_iter().collect();
            assert_eq!(found, walked, "{file}: quote what docs/guides/catalogue.toml lists, and list what is quoted");
            assert!(found.iter().all(|key| Texts::of(lang).has(key)), "{file}: a key that does not exist");
        }
    }
}

#[test]
fn help_is_offered_for_pages_that_exist() {
    let mounted: BTreeSet<String> = app::routes().iter().map(|route| pattern(route.uri.path())).collect();
    for guide in all() {
        for route in guide.routes() {
            assert!(mounted.contains(route), "{}: no page has the route {route}", guide.address());
        }
    }
}

#[test]
fn every_guide_has_its_pictures_and_they_are_small() {
    let mut sum = 0;
    for guide in all() {
        for lang in [Lang::En, Lang::Ru] {
            let file = guide.file(lang, "webp");
            let picture =
                guide.picture(lang).unwrap_or_else(|| panic!("{file} is missing: see tests/browser/guides.rs")).data;
            // The header of the extended format: width and height less one, 24 bits each, little endian.
            assert_eq!((&picture[..4], &picture[8..16]), (&b"RIFF"[..], &b"WEBPVP8X"[..]), "{file}");
            let size = |at: usize| u32::from_le_bytes([picture[at], picture[at + 1], picture[at + 2], 0]) + 1;
            assert_eq!((size(24), size(27)), (PICTURE_WIDTH, PICTURE_HEIGHT), "{file}");
            sum += picture.len();
        }
    }
    assert!(sum < PICTURES_BYTES_MAX, "the pictures have {sum} bytes");
}

on_each_database! {
    async fn everybody_reads_the_guides_in_their_language(app: TestApp) {
        let visitor = app.visitor();
        let listed = visitor.get("/guides?lang=ru").await.expect(200).sees("Руководства").sees("href=\"/guides/head/vote\"");
        assert!(listed.body.len() < FIRST_LOAD_BYTES_MAX);
        let assets = visitor.file("/assets/style.css").await.len() + visitor.file("/assets/app.js").await.len();
        for guide in all() {
            for lang in [Lang::En, Lang::Ru] {
                let page = visitor.get(&format!("{}?lang={lang}", guide.address())).await.expect(200);
                let page = page.sees(&guide.text(lang).0).lacks("{label:").sees("loading=\"lazy\"").sees("<ol>");
                assert!(page.body.len() + assets < FIRST_LOAD_BYTES_MAX, "{}", guide.address());
            }
        }
        let picture = visitor.get("/guides/pictures/ru/guides/head/vote").await.expect(200);
        assert_eq!(picture.header("Content-Type"), Some("image/webp"));
        for nothing in ["/guides/head/no-such", "/guides/visitor/vote", "/guides/pictures/de/guides/head/vote"] {
            visitor.get(nothing).await.expect(404);
        }
    }
}

on_each_database! {
    async fn help_leads_to_the_guide_of_the_page_for_the_reader(app: TestApp) {
        app.session();
        let (visitor, head, secretariat) = (app.visitor(), app.head("KAZ"), app.secretariat());
        let asked = "/help?at=/sessions/*/ballots";
        secretariat.get("/sessions/15/ballots").await.expect(200).sees(&format!("href=\"{asked}\" rel=\"help\""));
        for (actor, guide) in [(&secretariat, "/guides/secretariat/ballot"), (&head, "/guides/head/vote")] {
            assert_eq!(actor.get(asked).await.expect(303).header("Location"), Some(guide));
        }
        // What identifies a thing, or opens it, is not carried along.
        visitor.get("/invitations/a-secret-token").await.lacks("at=/invitations/a-secret-token");
        for nowhere in ["/help", "/help?at=/no/such", "/help?at=//evil.example"] {
            assert_eq!(visitor.get(nowhere).await.expect(303).header("Location"), Some("/guides"));
        }
    }
}
