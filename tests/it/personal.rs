//! What the platform holds about a person: the copy of it, and what an erasure leaves.

use std::fs;
use std::path::Path;

use speca::accounts::Office;
use speca::audit::{self, Verdict};
use speca::db::StoreError;
use speca::db::backup::{self, Trail};

use crate::on_each_database;
use crate::support::{Actor, TestApp};

const EMAIL: &str = "kzq-unusual@example.org";
const NAME: &str = "Office of unusual matters";
const PASSWORD: &str = "nine kinds of weather";

/// Invites to a delegation by its head and signs in as the one who accepted.
async fn invited<'a>(app: &'a TestApp, head: &Actor<'_>) -> Actor<'a> {
    let fields = [("to", "KAZ"), ("role", "delegate"), ("email", EMAIL), ("name", NAME), ("language", "en")];
    let page = head.post("/accounts/invitations", &fields).await.expect(201);
    let start = page.body.find("/invitations/").expect("link");
    let link: String = page.body[start..].chars().take("/invitations/".len() + 64).collect();
    let fields = [("name", NAME), ("password", PASSWORD), ("password_again", PASSWORD), ("language", "en")];
    let page = app.visitor().post(&link, &fields).await.expect(303);
    app.signed_in_by(&page)
}

/// Returns every row of every table, as a backup writes them.
fn everything(app: &TestApp) -> String {
    let place = tempfile::tempdir().expect("a folder");
    let now = app.clock.now().naive_utc();
    let trail = |conn: &mut _| -> Result<Trail, StoreError> {
        Ok(match audit::verify(conn)? {
            Verdict::Whole { lines, last_digest } => Trail::Whole { lines, last_digest },
            Verdict::Broken { position } => Trail::Broken { position },
        })
    };
    let (folder, manifest) = backup::write(&app.db, place.path(), now, trail, &|_, _| Ok(Vec::new())).expect("written");
    assert!(matches!(manifest.trail, Trail::Whole { .. }), "the trail is whole");
    texts(&folder)
}

fn texts(folder: &Path) -> String {
    let files = fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
    files.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).expect("text")).collect()
}

on_each_database! {
    async fn a_person_takes_a_copy_of_what_is_held_and_of_nothing_secret(app: TestApp) {
        let head = app.head("KAZ");
        let person = invited(&app, &head).await;
        person.post("/account", &[("name", NAME), ("language", "ru"), ("time_zone", "Asia/Almaty")]).await.expect(303);
        let page = person.get("/account/data").await.expect(200);
        assert_eq!(page.header("Content-Disposition"), Some("attachment; filename=\"speca-my-data.json\""));
        let copy = page.json();
        assert_eq!(copy["account"]["email"], EMAIL);
        assert_eq!(copy["account"]["name"], NAME);
        assert_eq!(copy["account"]["language"], "ru");
        assert_eq!(copy["account"]["time_zone"], "Asia/Almaty");
        assert_eq!(copy["accreditations"][0]["delegation"], "KAZ");
        assert_eq!(copy["accreditations"][0]["capacity"], "delegate");
        assert_eq!(copy["sign_ins"].as_array().map(Vec::len), Some(1));
        assert_eq!(copy["invited_at"].as_array().map(Vec::len), Some(1));
        assert_eq!(copy["has_second_factor"], false);
        let acts: Vec<&str> = copy["acts"].as_array().expect("acts").iter().filter_map(|act| act["act"].as_str()).collect();
        assert!(acts.contains(&"invitation.accepted"), "{acts:?}");
        page.lacks("argon2").lacks("digest").lacks("seed");
        let other = app.delegate("KAZ", speca::policy::Capacity::Delegate).get("/account/data").await.expect(200);
        other.lacks(EMAIL).lacks(NAME);
    }
}

on_each_database! {
    async fn an_erased_person_is_nowhere_in_the_database(app: TestApp) {
        let (head, administrator) = (app.head("KAZ"), app.office(Office::Administrator));
        let person = invited(&app, &head).await;
        person.new_api_token(&[speca::api::Scope::Read]);
        let before = everything(&app);
        assert!(before.contains(EMAIL) && before.contains(NAME));
        let id = person.signed_in().expect("signed in").account.id;
        let address = |act: &str| format!("/accounts/{id}/{act}");
        administrator.get(&address("erase")).await.expect(200).sees("Disable it first").lacks("Erase for good");
        administrator.post(&address("erase"), &[]).await.expect(409);
        let secretariat = app.secretariat();
        administrator.post(&address("disable"), &[]).await.expect(303);
        secretariat.get(&address("erase")).await.expect(404);
        administrator.get(&address("erase")).await.expect(200).sees(EMAIL).sees("What stays");
        administrator.post(&address("erase"), &[]).await.expect(303);
        let after = everything(&app);
        assert!(!after.contains(EMAIL) && !after.contains(NAME), "the person is still there");
        assert!(after.contains(id.as_str()), "the trail still names the account");
        secretariat.post(&address("enable"), &[]).await.expect(409);
        administrator.post(&address("erase"), &[]).await.expect(409).sees("erased already");
        administrator.get("/accounts").await.expect(200).sees("erased").lacks(EMAIL);
        app.visitor().post("/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await.expect(422);
        person.get("/account").await.expect(303);
    }
}
