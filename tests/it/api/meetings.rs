//! Meetings: read by those in the room, noted and kept by the secretariat.

use rocket::http::Method;
use serde_json::{Value, json};
use speca::api::Scope;
use speca::policy::Capacity;

use super::decisions::fields;
use super::writing::send;
use crate::on_each_database;
use crate::support::Page;

const LIST: &str = "/api/v1/sessions/15/meetings";
const ONE: &str = "/api/v1/sessions/15/meetings/2020-11-10/morning";

fn validator(page: &Page) -> String {
    page.header("ETag").expect("a validator").to_owned()
}

on_each_database! {
    async fn a_meeting_is_noted_and_who_comes_late_is_registered(app: TestApp) {
        app.session();
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        let new = |held_on: &str, part: &str, present: &[&str]| json!({"held_on": held_on, "part": part, "present": present}).to_string();
        let morning = new("2020-11-10", "morning", &["KAZ", "AZE"]);
        head.call(Method::Post, LIST, &[], &morning).await.expect(403);
        let made = secretariat.call(Method::Post, LIST, &[], &morning).await.expect(201);
        assert_eq!(made.header("Location"), Some(ONE));
        let twice = secretariat.call(Method::Post, LIST, &[], &morning).await.expect(422);
        assert_eq!(fields(&twice), ["held_on"]);
        let wrong = secretariat.call(Method::Post, LIST, &[], &new("0020-11-10", "morning", &["KAZ", "XXX"])).await.expect(422);
        assert_eq!(fields(&wrong), ["held_on", "present.1"]);
        secretariat.call(Method::Post, LIST, &[], &new("2020-11-10", "night", &[])).await.expect(400);
        secretariat.call(Method::Post, LIST, &[], &new("2020-11-10", "evening", &[])).await.expect(201);
        secretariat.call(Method::Post, LIST, &[], &new("2020-11-10", "afternoon", &[])).await.expect(201);

        let come = json!({"present": {"TJK": true, "AZE": false}});
        let changed = send(&secretariat, (Method::Patch, ONE), &validator(&made), &come).await.expect(200);
        assert_eq!(changed.json()["present"], json!(["KAZ", "TJK"]));
        send(&secretariat, (Method::Patch, ONE), &validator(&made), &come).await.expect(412);
        secretariat.call(Method::Patch, ONE, &[], &come.to_string()).await.expect(428);
        let unknown = json!({"present": {"XXX": true, "UZB": true}});
        assert_eq!(fields(&send(&secretariat, (Method::Patch, ONE), "*", &unknown).await.expect(422)), ["present.XXX"]);
        send(&head, (Method::Patch, ONE), "*", &come).await.expect(403);

        let shown = app.delegate("UZB", Capacity::Observer).get(ONE).await.expect(200).json();
        assert_eq!((&shown["present"], &shown["quorum"]["present"]), (&json!(["KAZ", "TJK"]), &json!(2)));
        assert!(shown["absent"].as_array().is_some_and(|codes| codes.contains(&json!("UZB")) && codes.contains(&json!("AZE"))), "{shown}");
        let all = head.get(LIST).await.expect(200).json();
        let parts: Vec<Value> = all["items"].as_array().expect("items").iter().map(|one| one["part"].clone()).collect();
        assert_eq!(parts, [json!("morning"), json!("afternoon"), json!("evening")]);
        // Who is not in the room learns nothing.
        app.visitor().get(LIST).await.expect(401);
        app.office(speca::accounts::Office::Administrator).get(ONE).await.expect(404);
    }
}

on_each_database! {
    async fn a_meeting_noted_by_mistake_is_taken_out_as_it_was_seen(app: TestApp) {
        app.session();
        let secretariat = app.secretariat();
        let new = json!({"held_on": "2020-11-10", "part": "morning"}).to_string();
        let (_, reads) = secretariat.new_api_token(&[Scope::Read, Scope::WriteDecisions]);
        let header = format!("Bearer {reads}");
        let narrow = app.visitor().call(Method::Post, LIST, &[("Authorization", &header)], &new).await;
        narrow.expect(403).sees("\"scope\"");
        let made = secretariat.call(Method::Post, LIST, &[], &new).await.expect(201);
        let come = json!({"present": {"KAZ": true}});
        let changed = send(&secretariat, (Method::Patch, ONE), &validator(&made), &come).await.expect(200);
        let out = |tag: String| {
            let secretariat = &secretariat;
            async move { secretariat.call(Method::Delete, ONE, &[("If-Match", &tag)], "").await }
        };
        secretariat.call(Method::Delete, ONE, &[], "").await.expect(428);
        app.head("KAZ").call(Method::Delete, ONE, &[("If-Match", "*")], "").await.expect(403);
        out(validator(&made)).await.expect(412);
        out(validator(&changed)).await.expect(204);
        out("*".to_owned()).await.expect(404);
        for path in [ONE, "/api/v1/sessions/15/meetings/2020-11-10/night", "/api/v1/sessions/15/meetings/someday/morning"] {
            secretariat.get(path).await.expect(404);
        }
    }
}
