//! Reviewing: who is asked for what, what a review says beside its marks and who reads it, recusals taken back.

use speca::kernel::ids::{AccountId, CriterionId};
use speca::kernel::lang::Lang;
use speca::outbox::{Kind, Message};
use speca::reviews::assignments;
use speca::submissions::{State, Submission};

use crate::on_each_database;
use crate::outbox::{of, worded};
use crate::reviews::criteria;
use crate::submissions::stored;
use crate::support::{Actor, Page, TestApp};

const REASON: &str = "The steps lead to the target and can be followed.";
const TABLE: &str = "/sessions/15/reviews/assignments";

/// Sends a review with remarks.
async fn review(
    actor: &Actor<'_>,
    criteria: &[CriterionId],
    action: &Submission,
    (act, edition, marks): (&str, &str, [&str; 2]),
    remarks: &[(&str, &str)],
) -> Page {
    let marks: Vec<(String, &str)> = criteria.iter().map(|id| format!("mark.{id}")).zip(marks).collect();
    let mut fields: Vec<(&str, &str)> = marks.iter().map(|(name, mark)| (name.as_str(), *mark)).collect();
    fields.extend([("act", act), ("edition", edition), ("reason", REASON), ("note", "")]);
    fields.retain(|(name, _)| !remarks.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(remarks);
    actor.post(&format!("/submissions/{}/review", action.reference), &fields).await
}

fn seen(page: &Page) -> String {
    let rest = page.body.split("name=\"seen\" value=\"").nth(1).expect("what the form showed");
    rest.split('"').next().expect("a value").to_owned()
}

fn assigned(app: &TestApp, action: &Submission) -> Vec<AccountId> {
    let (session, id) = (action.session.clone(), action.id.clone());
    let all = app.db.read_here(move |conn| assignments::store::of_session(conn, &session)).expect("assignments");
    all.into_iter().filter(|(of, _)| *of == id).map(|(_, account)| account).collect()
}

on_each_database! {
    async fn an_even_load_is_proposed_and_nobody_is_asked_about_the_own_country(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let actions = ["KAZ", "KGZ", "UZB"].map(|code| app.accepted_action(&session, code, &format!("Action of {code}")));
        let (own, free, other) = (app.reviewer(&session.id, Some("KAZ")), app.reviewer(&session.id, None), app.reviewer(&session.id, Some("UZB")));
        app.head("KAZ").get(TABLE).await.expect(404);
        own.get(TABLE).await.expect(404);
        let page = secretariat.get(&format!("{TABLE}?each=2")).await.expect(200).sees("Proposed: 2 reviewers").sees("Recused");
        assert!(assigned(&app, &actions[0]).is_empty(), "a proposal saves nothing");
        let field = |action: &Submission| format!("assign.{}", action.reference);
        let ticked = |action: &Submission, actor: &Actor<'_>| {
            page.body.contains(&format!("name=\"{}\" value=\"{}\" checked", field(action), actor.account))
        };
        let load = |actor: &Actor<'_>| actions.iter().filter(|action| ticked(action, actor)).count();
        assert_eq!([load(&own), load(&free), load(&other)], [2, 2, 2]);
        assert!(!ticked(&actions[0], &own) && !ticked(&actions[2], &other));
        secretariat.get(&format!("{TABLE}?each=3")).await.expect(200).sees("not enough reviewers who are not recused for 2 actions");

        // Adjusted by hand; who is recused is refused by name, whatever the form says.
        let before = seen(&page);
        let fields = [field(&actions[0]), field(&actions[1])];
        let (kaz, nobody) = (own.account.to_string(), free.account.to_string());
        let wrong = [("seen", before.as_str()), (fields[0].as_str(), kaz.as_str())];
        secretariat.post(TABLE, &wrong).await.expect(422).sees("is recused from");
        let right = [("seen", before.as_str()), (fields[0].as_str(), nobody.as_str()), (fields[1].as_str(), kaz.as_str())];
        own.post(TABLE, &right).await.expect(404);
        secretariat.post(TABLE, &right).await.expect(303);
        assert_eq!((assigned(&app, &actions[0]), assigned(&app, &actions[1]), assigned(&app, &actions[2])), (vec![free.account.clone()], vec![own.account.clone()], vec![]));
        secretariat.post(TABLE, &right).await.expect(409).sees("Somebody else has changed");
        let lines = app.db.read_here(|conn| speca::audit::newest(conn, 0, 20)).expect("trail").0;
        let line = lines.iter().find(|line| line.act == "review.assign").expect("it is recorded");
        assert!(line.detail.contains(&actions[0].reference) && line.detail.contains(&nobody));

        // Each is asked for what was assigned, and for nothing else.
        own.get("/").await.expect(200).sees("1 action waits for your review");
        other.get("/").await.expect(200).lacks("waits for your review");
        own.get("/sessions/15/reviews").await.expect(200).sees("asked of you").sees(&format!("/submissions/{}/review", actions[1].reference));
        secretariat.get("/sessions/15/desk").await.expect(200).sees("2 reviews");
    }
}

on_each_database! {
    async fn a_reviewer_is_told_once_of_all_that_was_assigned_in_one_act(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let actions = ["KAZ", "KGZ", "UZB"].map(|code| app.accepted_action(&session, code, "Agree on data"));
        let (first, second) = (app.reviewer(&session.id, None), app.reviewer(&session.id, None));
        let mails = |actor: &Actor<'_>| {
            let found = of(&app, &actor.account).into_iter().filter(|one| one.kind == Kind::ReviewsAssigned);
            found.collect::<Vec<_>>()
        };
        let set = async |wanted: &[(&Submission, &Actor<'_>)]| {
            let before = seen(&secretariat.get(TABLE).await.expect(200));
            let fields = wanted.iter().map(|(action, actor)| (format!("assign.{}", action.reference), actor.account.to_string()));
            let fields: Vec<(String, String)> = fields.chain([("seen".to_owned(), before)]).collect();
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            secretariat.post(TABLE, &fields).await.expect(303);
        };
        set(&[(&actions[0], &first), (&actions[1], &first)]).await;
        assert_eq!((mails(&first).len(), mails(&second).len()), (1, 0));
        let written = worded(&mails(&first)[0]);
        assert_eq!(written.subject, "Action required: Actions for your review: 2");
        assert!(written.body.contains("https://speca.example.org/sessions/15/reviews") && written.body.contains("Deadline: "), "{}", written.body);
        assert!(written.body.starts_with("For the attention of: Reviewer\n"), "{}", written.body);
        let russian = worded(&Message { language: Lang::Ru, ..mails(&first)[0].clone() });
        assert!(russian.subject.ends_with("Мероприятия, переданные вам на рассмотрение: 2"), "{}", russian.subject);
        // What stays is not told again, and what is taken away is not told at all.
        set(&[(&actions[0], &first), (&actions[2], &first), (&actions[2], &second)]).await;
        assert_eq!(mails(&first).len(), 2);
        assert_eq!(worded(&mails(&first)[1]).subject, "Action required: Actions for your review: 1");
        set(&[(&actions[0], &first)]).await;
        set(&[(&actions[0], &first)]).await;
        assert_eq!((mails(&first).len(), mails(&second).len()), (2, 1));
    }
}

on_each_database! {
    async fn what_a_review_says_is_read_by_those_named_beside_its_field_and_by_nobody_else(app: TestApp) {
        let session = app.session();
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        let action = app.accepted_action(&session, "KAZ", "Agree on data");
        let criteria = criteria(&app, &session);
        let (first, second) = (app.reviewer(&session.id, None), app.reviewer(&session.id, Some("UZB")));
        let page = format!("/submissions/{}/review", action.reference);
        let comments = format!("/submissions/{}/reviewers-comments", action.reference);
        let against = [("recommendation", "return"), ("to_delegation", "For the delegation"), ("note", "Among reviewers")];
        let refused = review(&first, &criteria, &action, ("give", "0", ["5", "5"]), &against).await.expect(422);
        refused.sees("f-because-error").sees("For the delegation").sees("Among reviewers");
        let whole = [&against[..], &[("because", "The costs are missing")]].concat();
        review(&first, &criteria, &action, ("draft", "0", ["5", "5"]), &whole).await.expect(303);
        // A draft stays with its reviewer.
        for (actor, at) in [(&head, &comments), (&secretariat, &page), (&second, &page), (&secretariat, &comments)] {
            actor.get(at).await.expect(200).lacks("For the delegation").lacks("Among reviewers").lacks("The costs are missing");
        }
        review(&first, &criteria, &action, ("give", "1", ["5", "5"]), &whole).await.expect(303);
        assert_eq!(stored(&app, &action.reference).0.state, State::Accepted, "a recommendation moves nothing");
        let read = head.get(&comments).await.expect(200).sees("For the delegation");
        read.lacks("Among reviewers").lacks("The costs are missing").lacks("Recommends: return");
        second.get(&page).await.expect(200).lacks("For the delegation").lacks("Among reviewers").lacks("Recommends: return to the delegation</b>");
        second.get(&comments).await.expect(403);
        app.head("UZB").get(&comments).await.expect(403);
        app.visitor().get(&comments).await.expect(303);
        secretariat.get(&page).await.expect(200).sees("The costs are missing").sees("Among reviewers").sees("For the delegation");

        review(&second, &criteria, &action, ("give", "0", ["1", "1"]), &[("recommendation", "accept")]).await.expect(303);
        second.get(&page).await.expect(200).sees("Among reviewers").sees("The costs are missing");
        // How far they agree is worded, and is no verdict.
        let list = secretariat.get("/sessions/15/reviews").await.expect(200);
        list.sees("2 reviews given.").sees("The scores lie far apart.").sees("The recommendations differ.");
        second.get("/sessions/15/reviews").await.expect(200).lacks("far apart");
        // Without the fields of the remarks, as off line, what was said stays.
        let marks: Vec<(String, &str)> = criteria.iter().map(|id| (format!("mark.{id}"), "4")).collect();
        let mut fields: Vec<(&str, &str)> = marks.iter().map(|(name, mark)| (name.as_str(), *mark)).collect();
        fields.extend([("act", "give"), ("edition", "2"), ("reason", REASON)]);
        first.post(&page, &fields).await.expect(303);
        head.get(&comments).await.expect(200).sees("For the delegation");
    }
}

on_each_database! {
    async fn a_review_names_the_text_that_it_judged_and_says_when_it_has_changed_since(app: TestApp) {
        let session = app.session();
        let action = app.accepted_action(&session, "KAZ", "Agree on data");
        let criteria = criteria(&app, &session);
        let (reviewer, secretariat) = (app.reviewer(&session.id, None), app.secretariat());
        let page = format!("/submissions/{}/review", action.reference);
        review(&reviewer, &criteria, &action, ("give", "0", ["4", "4"]), &[("revision", "1")]).await.expect(303);
        reviewer.get(&page).await.expect(200).lacks("has changed since");
        secretariat.get(&page).await.expect(200).sees("Judged revision 1 of the text, which is the newest");
        let languages = format!("/submissions/{}/languages", action.reference);
        secretariat.post(&languages, &[("revision", "1"), ("title|ru", "Иное название")]).await.expect(303);
        assert_eq!(stored(&app, &action.reference).0.revision, 2);
        reviewer.get(&page).await.expect(200).sees("The text has changed since: it stands at revision 2");
        secretariat.get(&page).await.expect(200).sees("The text has changed since");
        // Changed after it was loaded: the text that was read is the one that is named.
        review(&reviewer, &criteria, &action, ("give", "1", ["3", "4"]), &[("revision", "1")]).await.expect(303);
        reviewer.get(&page).await.expect(200).sees("The text has changed since");
        review(&reviewer, &criteria, &action, ("give", "2", ["3", "4"]), &[("revision", "2")]).await.expect(303);
        reviewer.get(&page).await.expect(200).lacks("has changed since");
    }
}

on_each_database! {
    async fn a_recusal_can_be_taken_back_and_that_of_the_own_country_cannot(app: TestApp) {
        let session = app.session();
        let action = app.accepted_action(&session, "KAZ", "Agree on data");
        let criteria = criteria(&app, &session);
        let (reviewer, own) = (app.reviewer(&session.id, None), app.reviewer(&session.id, Some("KAZ")));
        let (page, recusal) =
            (format!("/submissions/{}/review", action.reference), format!("/submissions/{}/recusal", action.reference));
        review(&reviewer, &criteria, &action, ("give", "0", ["4", "4"]), &[]).await.expect(303);
        let back = format!("{recusal}/take-back");
        reviewer.post(&back, &[]).await.expect(409);
        reviewer.post(&recusal, &[("reason", "My institute advised the delegation.")]).await.expect(303);
        app.secretariat().get("/sessions/15/reviews").await.expect(200).sees("No review given yet.");
        reviewer.get(&page).await.expect(200).sees("Take the recusal back");
        own.get(&page).await.expect(200).lacks("Take the recusal back");
        own.post(&back, &[]).await.expect(403);
        app.secretariat().post(&back, &[]).await.expect(404);
        reviewer.post(&back, &[]).await.expect(303);
        reviewer.get(&page).await.expect(200).lacks("Take the recusal back").sees("Change the review");
        app.secretariat().get("/sessions/15/reviews").await.expect(200).sees("1 review given.");
    }
}
