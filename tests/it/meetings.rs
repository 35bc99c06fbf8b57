//! Who sits in the room: letters of credentials on their way, and meetings with who was present.

use speca::accounts::Office;
use speca::outbox::Kind;
use speca::policy::Capacity;

use crate::on_each_database;
use crate::outbox::of;
use crate::support::Actor;

const KAZ: &str = "/sessions/15/credentials/KAZ";
const LIST: &str = "/sessions/15/credentials";
const MEETINGS: &str = "/sessions/15/meetings";
const LETTER: &[u8] = b"%PDF-1.7 a letter of the government";

/// Fields of a letter that names an account as head.
fn naming<'a>(head: &'a str, until: &'a str) -> [(&'a str, &'a str); 3] {
    [("head", head), ("valid_from_on", "2020-11-16"), ("valid_until_on", until)]
}

/// Hands in a letter that names whoever hands it in.
async fn hand_in(head: &Actor<'_>) {
    let id = head.account.to_string();
    head.post_parts(KAZ, &naming(&id, ""), Some(LETTER)).await.expect(303);
}

/// Returns the id of the letter that a page shows.
fn shown(body: &str) -> String {
    let from = body.find("name=\"seen\" value=\"").expect("the page knows its letter") + 19;
    body[from..].chars().take(36).collect()
}

on_each_database! {
    async fn a_letter_that_is_not_as_it_must_be_is_told_of_beside_its_fields(app: TestApp) {
        app.session();
        let head = app.head("KAZ");
        head.get(LIST).await.expect(200).sees("Kazakhstan").sees("Not handed in").lacks("Uzbekistan");
        let page = head.post_parts(KAZ, &naming("", "2020-11-01"), None).await.expect(422);
        page.sees("Please fill this in").sees("The last day is before the first").sees("value=\"2020-11-01\"");
        let id = head.account.to_string();
        let fields = naming(&id, "");
        head.post_parts(KAZ, &fields, Some(b"MZ a program")).await.expect(422).sees("not a PDF");
        head.post_parts(KAZ, &fields, Some(b"plain text")).await.expect(422).sees("not a PDF");
        let large = [LETTER, &vec![b' '; 1024 * 1024]].concat();
        head.post_parts(KAZ, &fields, Some(&large)).await.expect(422).sees("larger than 1024").lacks("not a PDF");
        // Whom a letter names belongs to the delegation.
        let stranger = app.head("UZB").account.to_string();
        head.post_parts(KAZ, &naming(&stranger, ""), Some(LETTER)).await.expect(422).sees("Please fill this in");
        let page = head.post_parts(KAZ, &[("head", &id), ("_language", "ru")], Some(LETTER)).await.expect(200);
        page.sees("Представить полномочия").sees(&format!("value=\"{id}\" selected"));
        head.get(KAZ).await.expect(200).sees("Полномочия для этой сессии не представлены");
    }
}

on_each_database! {
    async fn a_letter_is_handed_in_examined_returned_and_replaced(app: TestApp) {
        app.session();
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        hand_in(&head).await;
        secretariat.get("/sessions/15/desk").await.expect(200).sees("1 delegation whose credentials wait");
        secretariat.get(LIST).await.expect(200).sees("To be examined").sees("In order: 0 of");
        let page = secretariat.get(KAZ).await.expect(200).sees("Find in order").lacks("not accredited as head");
        let first = shown(&page.body);
        let letter = format!("{KAZ}/{first}/letter");
        assert_eq!(secretariat.file(&letter).await, LETTER);
        let sent = app.office(Office::Chair).get(&letter).await.expect(200);
        assert_eq!(sent.header("Content-Disposition"), Some("attachment; filename=\"a.csv.pdf\""));
        for other in [app.head("UZB"), app.delegate("KAZ", Capacity::Observer), app.visitor()] {
            for address in [KAZ, &letter] {
                assert!(matches!(other.get(address).await.status.code, 303 | 404), "{address}");
            }
        }
        let examine = format!("{KAZ}/examine");
        let back = [("seen", first.as_str()), ("act", "return"), ("comment", "")];
        secretariat.post(&examine, &back).await.expect(422).sees("Please fill this in");
        head.post(&examine, &[("seen", &first), ("act", "accept")]).await.expect(403);
        let back = [("seen", first.as_str()), ("act", "return"), ("comment", "The seal is missing.")];
        secretariat.post(&examine, &back).await.expect(303);
        let page = head.get(KAZ).await.expect(200);
        page.sees("The seal is missing.").sees("takes part provisionally").sees("Hand in another letter");
        hand_in(&head).await;
        // What was shown before the new letter came is no longer what is examined.
        secretariat.post(&examine, &[("seen", &first), ("act", "accept")]).await.expect(409).sees("Look at it again");
        let second = shown(&secretariat.get(KAZ).await.expect(200).sees("Earlier letters").body);
        assert_ne!(first, second);
        secretariat.post(&examine, &[("seen", &second), ("act", "accept")]).await.expect(303);
        let again = secretariat.post(&examine, &[("seen", &second), ("act", "accept")]).await.expect(409);
        again.sees("the letter stands as “In order”");
        let told: Vec<Kind> = of(&app, &head.account).into_iter().map(|message| message.kind).collect();
        assert_eq!(told, [Kind::CredentialsReturned, Kind::CredentialsAccepted]);
        secretariat.get("/sessions/15/desk").await.expect(200).lacks("whose credentials wait");
        let page = secretariat.get("/audit").await.expect(200);
        page.sees("Credentials handed in").sees("Credentials returned").sees("Credentials found in order");
    }
}

on_each_database! {
    async fn a_letter_in_order_that_does_not_hold_on_every_day_says_so(app: TestApp) {
        app.session();
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        let id = head.account.to_string();
        for (from, in_order) in [("2020-11-17", false), ("2020-11-16", true)] {
            let letter = [("head", id.as_str()), ("valid_from_on", from), ("valid_until_on", "")];
            head.post_parts(KAZ, &letter, Some(LETTER)).await.expect(303);
            let seen = shown(&secretariat.get(KAZ).await.expect(200).body);
            secretariat.post(&format!("{KAZ}/examine"), &[("seen", &seen), ("act", "accept")]).await.expect(303);
            let summary = format!("In order: {} of", i32::from(in_order));
            secretariat.get(LIST).await.expect(200).sees(&summary);
            let file = secretariat.get("/sessions/15/exports/credentials.csv?lang=en").await.expect(200);
            let page = head.get(KAZ).await.expect(200);
            if in_order {
                page.sees("The secretariat has found the letter in order.").sees("In order for part of the session");
                file.sees("accepted,In order,");
            } else {
                page.sees("does not hold on every day of the session");
                head.get(LIST).await.expect(200).sees("Hand in<");
                file.sees("short,In order for part of the session,");
            }
        }
    }
}

on_each_database! {
    async fn the_file_of_a_letter_goes_with_the_person_whom_it_names(app: TestApp) {
        app.session();
        let (head, administrator, secretariat) = (app.head("KAZ"), app.office(Office::Administrator), app.secretariat());
        hand_in(&head).await;
        let copy = head.get("/account/data").await.expect(200).json();
        assert_eq!(copy["named_in_credentials_at"].as_array().map(Vec::len), Some(1));
        let first = shown(&secretariat.get(KAZ).await.expect(200).body);
        for act in ["disable", "erase"] {
            administrator.post(&format!("/accounts/{}/{act}", head.account), &[]).await.expect(303);
        }
        let page = secretariat.get(KAZ).await.expect(200);
        page.sees("was erased together with the account").sees("no longer accredited").lacks("a.csv");
        secretariat.get(&format!("{KAZ}/{first}/letter")).await.expect(404);
    }
}

on_each_database! {
    async fn attendance_is_noted_by_meeting_and_a_ballot_begins_with_the_last(app: TestApp) {
        crate::ballots::stage(&app);
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        head.get(MEETINGS).await.expect(200).sees("No meeting has been noted").lacks("Note a meeting");
        let wrong = [("held_on", "soon"), ("present", "KAZ")];
        let page = secretariat.post(MEETINGS, &wrong).await.expect(422).sees("value=\"soon\"");
        page.sees("value=\"KAZ\" checked").sees("Please fill this in");
        let one = [("held_on", "2020-11-16"), ("part", "morning"), ("present", "KAZ")];
        secretariat.post(MEETINGS, &one).await.expect(303);
        secretariat.post(MEETINGS, &one).await.expect(422).sees("noted already");
        head.get(MEETINGS).await.expect(200).sees("16 November 2020, morning").sees("not met: 1 of 7 present, 4 needed");
        let here = format!("{MEETINGS}/2020-11-16/morning");
        let seen = shown_ticks(&secretariat.get(&here).await.expect(200).body);
        let four = ["AFG", "KAZ", "KGZ", "TJK"].map(|code| ("present", code));
        let mut fields = vec![("seen", seen.as_str())];
        fields.extend(four);
        secretariat.post(&here, &fields).await.expect(303);
        secretariat.post(&here, &[("seen", &seen), ("present", "UZB")]).await.expect(409).sees("Somebody else has changed");
        head.get(MEETINGS).await.expect(200).sees("met: 4 of 7 present, 4 needed");
        head.get(&here).await.expect(403);
        // A ballot begins with those present at the last meeting.
        crate::ballots::prepared(&secretariat, &[]).await;
        let page = secretariat.get("/sessions/15/ballots/1").await.expect(200);
        let page = page.sees("last meeting: 16 November 2020, morning").sees("value=\"AFG\" checked");
        page.lacks("value=\"UZB\" checked").sees("credentials: Not handed in");
        secretariat.post(&format!("{here}/take-out"), &[]).await.expect(303);
        secretariat.get(&here).await.expect(404);
        let page = secretariat.get("/sessions/15/ballots/1").await.expect(200);
        page.lacks("last meeting").lacks("value=\"AFG\" checked");
        let page = secretariat.get("/audit").await.expect(200);
        page.sees("Meeting noted").sees("Attendance of a meeting changed").sees("Meeting taken out");
    }
}

/// Returns what the form of a meeting says that it showed.
fn shown_ticks(body: &str) -> String {
    let from = body.find("name=\"seen\" value=\"").expect("the form knows what it showed") + 19;
    body[from..].split('"').next().unwrap_or_default().to_owned()
}
