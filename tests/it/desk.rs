//! The secretariat's desk: what waits, the calendar computed back, the screening queue, acts on several submissions.

use chrono::TimeDelta;
use diesel::prelude::*;
use speca::db::StoreError;
use speca::db::schema::messages;
use speca::kernel::reference::Kind;
use speca::questionnaires::AnswerLang;
use speca::submissions::State;

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, stored};

on_each_database! {
    async fn the_desk_says_what_waits_and_what_is_late_in_words(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        secretariat.get("/sessions/15/desk").await.expect(200).sees("Nothing waits for you").lacks("Waits for others");
        let fresh = app.submission(&session, "KAZ", Kind::Action, State::Submitted, "Fresh");
        app.submission(&session, "UZB", Kind::Practice, State::UnderReview, "Being read");
        app.submission(&session, "TJK", Kind::Practice, State::Draft, "Secret draft");
        app.submission(&session, "KGZ", Kind::Action, State::Returned, "Returned");
        app.reviewer(&session.id, None);
        app.accepted_action(&session, "AZE", "Accepted");

        let page = secretariat.get("/sessions/15/desk").await.expect(200);
        let page = page.sees("1 text handed in and not taken up").sees("1 text under review").sees("1 text returned");
        let page = page.sees("1 accepted text whose two languages").sees("1 review not given yet").sees(&fresh.reference);
        let page = page.lacks("GP-TJK").lacks("Secret draft");
        // The session opens on 16 November, screening is due seventy days earlier, and today is 14 September.
        let page = page.sees("7 September 2020").sees("due 7 September 2020, 7 days ago").sees("Late: 3 still open");
        page.sees("Under the 10-4-6 rule").sees("24 August 2020").sees("days later");
        let file = secretariat.get("/sessions/15/desk/calendar.ics").await.expect(200);
        file.sees("BEGIN:VCALENDAR").sees("Screening ends");
        for other in [app.head("KAZ"), app.reviewer(&session.id, None), app.visitor()] {
            let page = other.get("/sessions/15/desk").await;
            assert!([303, 404].contains(&page.status.code), "{:?}", page.status);
        }
        app.head("KAZ").get("/sessions/15").await.expect(200).lacks("/sessions/15/desk");
        secretariat.get("/sessions/15").await.expect(200).sees("/sessions/15/desk");
    }
}

const LEAD: [(&str, &str); 7] = [
    ("submissions-open", "120"),
    ("submissions-close", "90"),
    ("screening-ends", "60"),
    ("parity-reached", "40"),
    ("reviews-end", "20"),
    ("ballots-open", "10"),
    ("ballots-close", "0"),
];

on_each_database! {
    async fn lead_times_are_set_by_session_and_not_saved_over_each_other(app: TestApp) {
        app.session();
        let secretariat = app.secretariat();
        let here = "/sessions/15/desk/lead-times";
        secretariat.get(here).await.expect(200).sees("Standard: 140 days");
        let with = |seen: &'static str, changed: &[(&'static str, &'static str)]| {
            let changed = changed.to_vec();
            let fields = LEAD.iter().map(|(name, days)| {
                changed.iter().find(|(other, _)| other == name).copied().unwrap_or((*name, *days))
            });
            [("seen", seen)].into_iter().chain(fields).collect::<Vec<_>>()
        };
        let standard = "140 84 70 42 21 14 1";
        let wrong = secretariat.post(here, &with(standard, &[("screening-ends", "95"), ("reviews-end", "x")])).await;
        wrong.expect(422).sees("f-reviews-end-error").sees("value=\"95\"");
        let wrong = secretariat.post(here, &with(standard, &[("screening-ends", "95")])).await.expect(422);
        wrong.sees("f-screening-ends-error");
        secretariat.post(here, &with(standard, &[])).await.expect(303);
        secretariat.get("/sessions/15/desk").await.expect(200).sees("17 September 2020");
        let late = secretariat.post(here, &with(standard, &[("screening-ends", "50")])).await.expect(409);
        late.sees("Somebody else changed").sees("value=\"50\"").sees("value=\"120 90 60 40 20 10 0\"");
        app.head("KAZ").post(here, &with("120 90 60 40 20 10 0", &[])).await.expect(403);
    }
}

on_each_database! {
    async fn the_queue_leads_from_the_oldest_text_to_the_next(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let first = app.submission(&session, "UZB", Kind::Practice, State::Submitted, "First");
        app.pass(TimeDelta::hours(1));
        let second = app.submission(&session, "KAZ", Kind::Practice, State::Submitted, "Second");
        app.pass(TimeDelta::hours(1));
        let third = app.submission(&session, "AZE", Kind::Practice, State::UnderReview, "Third");
        let next = |page: crate::support::Page| page.location.expect("somewhere");

        let to = next(secretariat.get("/sessions/15/submissions/next").await.expect(303));
        assert_eq!(to, format!("/submissions/{}?queue=15", first.reference));
        let page = secretariat.get(&to).await.expect(200).sees("3 texts wait").sees("name=\"queue\" value=\"15\"");
        page.sees(&format!("next?after={}", first.reference));
        let to = next(secretariat.get(&format!("/sessions/15/submissions/next?after={}", first.reference)).await);
        assert_eq!(to, format!("/submissions/{}?queue=15", second.reference));
        let to = next(secretariat.get(&format!("/sessions/15/submissions/next?after={}", third.reference)).await);
        assert_eq!(to, format!("/submissions/{}?queue=15", first.reference));

        let to = next(act(&secretariat, &first.reference, "take-up", &[("queue", "15")]).await.expect(303));
        assert_eq!(to, format!("/submissions/{}/screen?queue=15", first.reference));
        secretariat.get(&to).await.expect(200).sees("3 texts wait").sees("name=\"queue\" value=\"15\"");
        let page = act(&secretariat, &first.reference, "not-retain", &[("queue", "15")]).await.expect(422);
        page.sees("name=\"queue\" value=\"15\"");
        let to = next(act(&secretariat, &first.reference, "accept", &[("queue", "15")]).await.expect(303));
        assert_eq!(to, format!("/submissions/{}?queue=15", second.reference));
        act(&secretariat, &second.reference, "take-up", &[]).await.expect(303);
        let to = next(act(&secretariat, &second.reference, "accept", &[("queue", "15")]).await.expect(303));
        assert_eq!(to, format!("/submissions/{}/screen?queue=15", third.reference));
        let to = next(act(&secretariat, &third.reference, "accept", &[("queue", "15")]).await.expect(303));
        assert_eq!(to, "/sessions/15/desk");
        let page = secretariat.get("/sessions/15/submissions/next").await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/sessions/15/desk"));
        app.head("UZB").get(&format!("/submissions/{}?queue=15", first.reference)).await.expect(404);
    }
}

on_each_database! {
    async fn an_act_on_several_shows_count_and_references_first_and_is_done_to_all_or_to_none(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let make = |code: &str, state, title: &str| app.submission(&session, code, Kind::Practice, state, title);
        let (one, two) = (make("KAZ", State::Submitted, "One"), make("UZB", State::Submitted, "Two"));
        let draft = make("TJK", State::Draft, "Draft");
        let read = make("AZE", State::UnderReview, "Read already");
        let values: Vec<String> = [&one, &two, &read].iter().map(|each| format!("{}@1", each.reference)).collect();
        secretariat.get("/sessions/15/bulk").await.expect(200).sees(&values[0]).lacks(&draft.reference);
        secretariat.get("/sessions/15/bulk?state=under-review").await.expect(200).sees(&values[2]).lacks(&values[0]);

        let mut fields = vec![("act", "take-up")];
        fields.extend(values.iter().map(|value| ("chosen", value.as_str())));
        let page = secretariat.post("/sessions/15/bulk/check", &fields).await.expect(200);
        let page = page.sees("done to 2 submissions").sees("Take up 2 submissions").sees("Not to this 1 submission");
        let page = page.sees(&one.reference).sees("this step does not follow from there");
        page.sees(&format!("name=\"chosen\" value=\"{}\"", values[0])).lacks(&format!("name=\"chosen\" value=\"{}\"", values[2]));
        assert_eq!(stored(&app, &one.reference).0.state, State::Submitted);
        let hidden = format!("{}@1", draft.reference);
        secretariat.post("/sessions/15/bulk/check", &[("act", "take-up"), ("chosen", &hidden)]).await.expect(404);
        secretariat.post("/sessions/15/bulk/check", &[("act", "not-retain"), ("chosen", &values[0])]).await.expect(422).sees("f-note-error");
        secretariat.post("/sessions/15/bulk/check", &[("act", "accept")]).await.expect(422).sees("Choose at least one");

        // The one that was taken up meanwhile stops the whole.
        secretariat.post("/sessions/15/bulk", &fields).await.expect(409).sees("nothing was done");
        assert_eq!(stored(&app, &one.reference).0.state, State::Submitted);
        secretariat.post("/sessions/15/bulk", &fields[..3]).await.expect(303);
        let states = [&one, &two].map(|each| stored(&app, &each.reference).0.state);
        assert_eq!(states, [State::UnderReview, State::UnderReview]);
        let lines = app.db.read_here(|conn| speca::audit::newest(conn, 0, 9)).expect("trail").0;
        assert_eq!(lines.iter().filter(|line| line.act == "submission.take-up").count(), 2);

        let not = [("act", "not-retain"), ("note", "Outside the mandate"), ("chosen", &values[0]), ("chosen", &values[2])];
        secretariat.post("/sessions/15/bulk/check", &not).await.expect(200).sees("Outside the mandate");
        secretariat.post("/sessions/15/bulk", &not).await.expect(303);
        app.head("KAZ").get(&format!("/submissions/{}", one.reference)).await.expect(200).sees("Outside the mandate");
        app.head("KAZ").post("/sessions/15/bulk", &not).await.expect(404);
    }
}

on_each_database! {
    async fn countries_are_asked_again_once_a_day(app: TestApp) {
        let session = app.session();
        let (secretariat, head, asked) = (app.secretariat(), app.head("KAZ"), app.head("UZB"));
        let answers = complete_answers(Kind::Action).with("countries", AnswerLang::Neutral, "KAZ;UZB");
        let draft = app.submission_with(&session, "KAZ", Kind::Action, State::AwaitingClearance, &answers);
        let alone = app.accepted_action(&session, "TJK", "Alone");
        act(&head, &draft.reference, "clear", &[]).await.expect(303);
        let values = [&draft, &alone].map(|each| format!("{}@1", each.reference));
        let both = [("act", "remind-consents"), ("chosen", values[0].as_str()), ("chosen", values[1].as_str())];
        let page = secretariat.post("/sessions/15/bulk/check", &both).await.expect(200);
        page.sees("Ask again about 1 action").sees("No country still has to say");
        for _ in 0..2 {
            secretariat.post("/sessions/15/bulk", &both[..2]).await.expect(303);
        }
        let told = app
            .db
            .read_here(|conn| -> Result<Vec<Option<speca::kernel::ids::AccountId>>, StoreError> {
                Ok(messages::table.filter(messages::kind.eq("consent-asked")).select(messages::account_id).load(conn)?)
            })
            .expect("messages");
        // Once when the action was cleared, and once by the secretariat.
        assert_eq!(told, [Some(asked.account.clone()), Some(asked.account.clone())]);
    }
}
