//! Progress: reports written, given and confirmed, read as far as they may be.

use rocket::http::Method;
use serde_json::{Value, json};
use speca::api::Scope;
use speca::policy::Capacity;

use super::decisions::fields;
use super::writing::{send, tag};
use crate::on_each_database;
use crate::progress::adopted;
use crate::support::{Actor, Page};

const LIST: &str = "/api/v1/sessions/15/progress";

fn report(text: &str) -> Value {
    json!({
        "text": {"en": text, "ru": "Форма подготовлена."},
        "outputs": ["under-way"],
        "values": [{"en": "3 of 7", "ru": "3 из 7"}]
    })
}

/// Writes about the progress of an action as it stands.
async fn write(who: &Actor<'_>, (method, path): (Method, &str), body: &Value) -> Page {
    send(who, (method, path), "*", body).await
}

on_each_database! {
    async fn a_report_is_written_given_and_confirmed_and_then_everybody_reads_it(app: TestApp) {
        let session = app.session();
        let action = adopted(&app, &session, "KAZ;UZB;TJK");
        let path = format!("/api/v1/submissions/{}/progress", action.reference);
        let (to, acts, answer) = (format!("{path}/report"), format!("{path}/acts"), format!("{path}/answer"));
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let (uzbek, tajik, other) = (app.head("UZB"), app.head("TJK"), app.head("AZE"));
        let shown = delegate.get(&path).await.expect(200).json();
        assert_eq!((&shown["countries"], &shown["reports"], &shown["light"]), (&json!(["TJK", "UZB"]), &json!([]), &json!("green")));
        assert_eq!(shown["plan"]["outputs"].as_array().map(Vec::len), Some(1));
        write(&other, (Method::Put, &to), &report("Not theirs")).await.expect(403);
        let first = tag(&delegate, &path).await;
        let mut gaps = report("The form is drafted.");
        gaps["text"]["ru"] = json!("");
        let saved = send(&delegate, (Method::Put, &to), &first, &gaps).await.expect(200).json();
        assert_eq!((&saved["reports"][0]["state"], &saved["reports"][0]["text"]["en"]), (&json!("draft"), &json!("The form is drafted.")));
        send(&delegate, (Method::Put, &to), &first, &gaps).await.expect(412);
        for actor in [&uzbek, &app.secretariat(), &app.visitor()] {
            actor.get(&path).await.expect(200).lacks("The form is drafted.").lacks("\"baseline\"");
        }
        write(&delegate, (Method::Post, &acts), &json!({"event": "give"})).await.expect(403);
        assert_eq!(fields(&write(&head, (Method::Post, &acts), &json!({"event": "give"})).await.expect(422)), ["text.ru"]);
        assert_eq!(fields(&write(&head, (Method::Post, &acts), &json!({"event": "complete"})).await.expect(422)), ["event"]);
        write(&head, (Method::Put, &to), &report("The form is drafted.")).await.expect(200);
        let given = write(&head, (Method::Post, &acts), &json!({"event": "give"})).await.expect(200).json();
        assert_eq!(given["reports"][0]["answers"].as_array().map(Vec::len), Some(2));
        // The group reads it now, and the countries named answer.
        other.get(&path).await.expect(200).sees("The form is drafted.");
        app.visitor().get(&path).await.expect(200).lacks("The form is drafted.");
        write(&other, (Method::Put, &answer), &json!({"answer": "confirmed"})).await.expect(403);
        assert_eq!(fields(&write(&uzbek, (Method::Put, &answer), &json!({"answer": "asked"})).await.expect(422)), ["answer"]);
        assert_eq!(fields(&write(&uzbek, (Method::Put, &answer), &json!({"answer": "commented"})).await.expect(422)), ["note"]);
        let comment = json!({"answer": "commented", "note": "The pilot is missing."});
        let seen = tag(&uzbek, &path).await;
        let said = send(&uzbek, (Method::Put, &answer), &seen, &comment).await.expect(200).json();
        assert!(said["reports"][0]["answers"].as_array().is_some_and(|all| all.iter().any(|one| one["note"] == comment["note"])));
        send(&uzbek, (Method::Put, &answer), &seen, &json!({"answer": "confirmed"})).await.expect(412);
        // Taken back, mended and given again, everybody is asked again.
        write(&head, (Method::Post, &acts), &json!({"event": "take-back"})).await.expect(200);
        write(&head, (Method::Put, &to), &report("With the pilot.")).await.expect(200);
        write(&head, (Method::Post, &acts), &json!({"event": "give"})).await.expect(200);
        for actor in [&uzbek, &tajik] {
            app.visitor().get(&path).await.expect(200).lacks("With the pilot.");
            write(actor, (Method::Put, &answer), &json!({"answer": "confirmed"})).await.expect(200);
        }
        let shown = app.visitor().get(&path).await.expect(200).lacks("The pilot is missing.").json();
        assert_eq!((&shown["reports"][0]["state"], &shown["light"], &shown["plan"]), (&json!("confirmed"), &Value::Null, &Value::Null));
        let happened: Vec<&Value> = shown["history"].as_array().expect("history").iter().map(|one| &one["what"]).collect();
        assert!(happened.contains(&&json!("in-programme")) && happened.contains(&&json!("confirmed")), "{happened:?}");
        write(&head, (Method::Post, &acts), &json!({"event": "take-back"})).await.expect(409);
    }
}

on_each_database! {
    async fn the_board_says_how_old_the_last_word_is_to_those_who_follow(app: TestApp) {
        let session = app.session();
        app.head("KAZ").get(LIST).await.expect(404);
        let action = adopted(&app, &session, "KAZ");
        let path = format!("/api/v1/submissions/{}/progress", action.reference);
        app.visitor().get(LIST).await.expect(401);
        let row = app.head("UZB").get(LIST).await.expect(200).json()["items"][0].clone();
        assert_eq!((&row["reference"], &row["light"], &row["last_report"]), (&json!(action.reference), &json!("green"), &Value::Null));
        assert_eq!((&row["outputs"], &row["outputs_done"]), (&json!(1), &json!(0)));
        let head = app.head("KAZ");
        let (_, narrow) = head.new_api_token(&[Scope::Read, Scope::WriteSubmissions, Scope::WriteMeetings]);
        let (bearer, to) = (format!("Bearer {narrow}"), format!("{path}/report"));
        let headers = [("If-Match", "*"), ("Authorization", bearer.as_str())];
        app.visitor().call(Method::Put, &to, &headers, &report("Done").to_string()).await.expect(403).sees("\"scope\"");
        head.call(Method::Put, &to, &[], &report("Done").to_string()).await.expect(428);
        let mut wrong = report("Done");
        wrong["outputs"] = json!([]);
        wrong["values"] = json!([{}, {}]);
        assert_eq!(fields(&write(&head, (Method::Put, &to), &wrong).await.expect(422)), ["outputs.0", "values.1"]);
        let mut last = report("Done");
        last["is_last"] = json!(true);
        last["outputs"] = json!(["done"]);
        write(&head, (Method::Put, &to), &last).await.expect(200);
        // It names no other country: given, it is confirmed.
        write(&head, (Method::Post, &format!("{path}/acts")), &json!({"event": "give"})).await.expect(200);
        let row = app.head("UZB").get(LIST).await.expect(200).json()["items"][0].clone();
        assert_eq!((&row["light"], &row["last_report"]["state"], &row["outputs_done"]), (&json!("finished"), &json!("confirmed"), &json!(1)));
        assert_eq!(row["next_report_due_on"], Value::Null);
        write(&head, (Method::Put, &to), &report("More")).await.expect(409).sees("\"refused\"");
        // A practice has no progress, and an action that nobody adopted shows none to those who may not see it.
        app.visitor().get("/api/v1/submissions/PA-KAZ-2020-999/progress").await.expect(404);
    }
}
