//! Who is told of consents, co-sponsors and clarifications: those who are asked, then those who asked, and nobody of what is
//! written at home or what only two sides read.

use chrono::TimeDelta;
use speca::accounts;
use speca::kernel::ids::AccountId;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind as SubmissionKind;
use speca::outbox::{Kind, Message};
use speca::policy::Capacity;
use speca::questionnaires::{AnswerLang, Answers};
use speca::submissions::{State, Submission, clarifications};

use super::server::{desk, round};
use super::{messages, of, worded};
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, save, stored};
use crate::support::{Actor, TestApp};

/// Answers of an action of Kazakhstan that names a country and invites another.
fn partners() -> Answers {
    complete_answers(SubmissionKind::Action)
        .with("title", Lang::En, "Agree on data")
        .with("countries", AnswerLang::Neutral, "KAZ;UZB")
        .with("invited", AnswerLang::Neutral, "TJK;UZB")
}

fn kinds(app: &TestApp, account: &AccountId) -> Vec<Kind> {
    of(app, account).into_iter().map(|message| message.kind).collect()
}

fn last(app: &TestApp, account: &AccountId) -> Message {
    of(app, account).pop().expect("a message")
}

async fn answer(actor: &Actor<'_>, one: &Submission, path: &str, note: &str) {
    let revision = stored(actor.app, &one.reference).0.revision.to_string();
    let fields = [("revision", revision.as_str()), ("note", note)];
    actor.post(&format!("/submissions/{}/{path}", one.reference), &fields).await.expect(303);
}

async fn ask(actor: &Actor<'_>, one: &Submission, reach: &str, question: &str) {
    let fields = [("reach", reach), ("question", question)];
    actor.post(&format!("/submissions/{}/clarifications", one.reference), &fields).await.expect(303);
}

on_each_database! {
    async fn heads_learn_that_they_are_asked_and_the_delegation_that_leads_learns_the_answer(app: TestApp) {
        let session = app.session();
        let (head, delegate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let (uzb, writer, tjk, afg) = (app.head("UZB"), app.delegate("UZB", Capacity::Delegate), app.head("TJK"), app.head("AFG"));
        app.db.write_here(|tx| accounts::store::set_language(tx, &uzb.account, Lang::Ru)).expect("language");
        let action = app.submission_with(&session, "KAZ", SubmissionKind::Action, State::Draft, &partners());
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        assert_eq!(kinds(&app, &uzb.account), [Kind::ConsentAsked, Kind::CoSponsorInvited]);
        assert_eq!(kinds(&app, &tjk.account), [Kind::CoSponsorInvited]);
        assert_eq!((kinds(&app, &writer.account), kinds(&app, &afg.account)), (vec![], vec![]));
        let asked = worded(&of(&app, &uzb.account)[0]);
        let subject = format!("Требуется действие: {}: запрашивается согласие вашей страны", action.reference);
        assert_eq!(asked.subject, subject);
        assert!(asked.body.contains("Делегация: Казахстан\n"), "{}", asked.body);
        assert!(asked.body.contains(&format!("https://speca.example.org/submissions/{}\n", action.reference)));

        answer(&uzb, &action, "consent/give", "Gladly").await;
        answer(&uzb, &action, "co-sponsorship/join", "").await;
        answer(&tjk, &action, "co-sponsorship/decline", "").await;
        let told = [Kind::ConsentAnswered, Kind::CoSponsorAnswered, Kind::CoSponsorAnswered];
        assert_eq!(kinds(&app, &delegate.account), told);
        assert_eq!(kinds(&app, &head.account), told, "the head cleared and needs no mail of that");
        let words: Vec<_> = of(&app, &delegate.account).iter().map(|message| worded(message).body).collect();
        assert!(words[0].contains("Country or organization: Uzbekistan\nAnswer: Consents\n"), "{}", words[0]);
        assert!(words[0].contains("Gladly"));
        assert!(words[2].contains("Country or organization: Tajikistan\nAnswer: Declined\n"), "{}", words[2]);
        assert!(!worded(&of(&app, &delegate.account)[0]).subject.starts_with("Action required"));
        // The country that answered is told nothing of its own answer, nor do others learn of it.
        assert_eq!((kinds(&app, &tjk.account).len(), kinds(&app, &afg.account).len()), (1, 0));
    }
}

on_each_database! {
    async fn joining_tells_once_though_it_consents_as_well(app: TestApp) {
        let session = app.session();
        let head = app.head("KAZ");
        let action = app.submission_with(&session, "KAZ", SubmissionKind::Action, State::Draft, &partners());
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        let uzb = app.head("UZB");
        answer(&uzb, &action, "co-sponsorship/join", "").await;
        assert_eq!(kinds(&app, &head.account), [Kind::CoSponsorAnswered]);
        answer(&uzb, &action, "consent/decline", "").await;
        assert_eq!(kinds(&app, &head.account), [Kind::CoSponsorAnswered, Kind::ConsentAnswered]);
    }
}

on_each_database! {
    async fn a_change_of_substance_is_told_and_what_is_written_at_home_is_not(app: TestApp) {
        let session = app.session();
        let (head, secretariat) = (app.head("KAZ"), app.secretariat());
        let (uzb, tkm) = (app.head("UZB"), app.head("TKM"));
        let action = app.submission_with(&session, "KAZ", SubmissionKind::Action, State::Draft, &partners());
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        answer(&uzb, &action, "co-sponsorship/join", "").await;
        act(&secretariat, &action.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &action.reference, "return", &[("note", "See")]).await.expect(303);
        let changed = partners().with("title", Lang::En, "Agree on secrets");
        save(&head, &action, 1, &changed, "").await.expect(303);
        let before = messages(&app).len();
        // Somebody is invited, and a question answered, while another title is being written.
        let invite = format!("/submissions/{}/co-sponsors/invite", action.reference);
        head.post(&invite, &[("delegations", "TKM")]).await.expect(303);
        assert_eq!(kinds(&app, &tkm.account), [Kind::CoSponsorInvited]);
        ask(&uzb, &action, "delegations", "Which data?").await;
        let id = action.id.clone();
        let held = app.db.read_here(move |conn| clarifications::store::of(conn, &id)).expect("clarifications");
        let fields = [("about", held[0].id.as_str()), ("answer", "All")];
        head.post(&format!("/submissions/{}/clarifications/{}", action.reference, held[0].id), &fields).await.expect(303);
        assert_eq!(kinds(&app, &uzb.account).last(), Some(&Kind::ClarificationAnswered));
        for message in messages(&app)[before..].iter().filter(|one| one.account.as_ref() != Some(&head.account)) {
            let text = format!("{:?}\n{}", message.facts, worded(message).body);
            assert!(text.contains("Agree on data") && !text.contains("secrets"), "{text}");
        }
        save(&head, &action, 2, &changed, "clear").await.expect(303);
        let asked: Vec<Kind> = kinds(&app, &uzb.account).into_iter().skip(3).collect();
        assert_eq!(asked, [Kind::ConsentAskedAgain, Kind::CoSponsorAskedAgain]);
        assert!(worded(&last(&app, &uzb.account)).body.contains("Agree on secrets"));
    }
}

on_each_database! {
    async fn questions_reach_who_answers_and_answers_who_asked(app: TestApp) {
        let session = app.session();
        let one = app.accepted_action(&session, "KAZ", "Agree on data");
        let (owner, asker, colleague) =
            (app.delegate("KAZ", Capacity::Delegate), app.delegate("UZB", Capacity::Delegate), app.head("UZB"));
        let (other, reviewer) = (app.head("TJK"), app.reviewer(&session.id, Some("AFG")));
        ask(&asker, &one, "secretariat", "May we see the budget?").await;
        ask(&reviewer, &one, "secretariat", "Is it true?").await;
        assert_eq!(kinds(&app, &owner.account), [Kind::ClarificationAsked, Kind::ClarificationAsked]);
        assert!(worded(&last(&app, &owner.account)).subject.starts_with("Action required: "));
        let id = one.id.clone();
        let held = app.db.read_here(move |conn| clarifications::store::of(conn, &id)).expect("clarifications");
        for (question, text) in held.iter().zip(["The budget is 7", "It is"]) {
            let fields = [("about", question.id.as_str()), ("answer", text)];
            owner.post(&format!("/submissions/{}/clarifications/{}", one.reference, question.id), &fields).await.expect(303);
        }
        for asked in [&asker, &colleague, &reviewer] {
            assert_eq!(kinds(&app, &asked.account), [Kind::ClarificationAnswered]);
        }
        assert_eq!(kinds(&app, &other.account), []);
        let said = ["May we see", "budget", "Is it true", "It is", "Uzbekistan, ", "Afghanistan", "secretariat\n"];
        for message in messages(&app).iter().filter(|message| message.account.as_ref() != Some(&colleague.account)) {
            let text = format!("{:?}\n{}", message.facts, worded(message).body);
            for private in &said[..4] {
                assert!(!text.contains(private), "`{private}` in a mail:\n{text}");
            }
        }
        // Who reviews is no more named in the outbox than on the page.
        let secretariat = app.secretariat();
        let mail = last(&app, &reviewer.account);
        secretariat.get(&format!("/outbox/{}", mail.id)).await.expect(200).sees("for its recipient alone").lacks("Agree on data");
    }
}

on_each_database! {
    async fn only_those_are_reminded_who_have_not_answered(app: TestApp) {
        let session = app.session();
        let head = app.head("KAZ");
        let (uzb, writer, tjk) = (app.head("UZB"), app.delegate("UZB", Capacity::Delegate), app.head("TJK"));
        app.db
            .write_here(|tx| {
                let at = |month| chrono::NaiveDate::from_ymd_opt(2020, month, 1).expect("day").and_hms_opt(0, 0, 0).expect("time");
                let window = speca::sessions::Window { step: speca::sessions::Step::Ballots, opens_at: at(11), closes_at: at(12) };
                speca::sessions::store::set_window(tx, &session.id, &window)
            })
            .expect("window");
        let action = app.submission_with(&session, "KAZ", SubmissionKind::Action, State::Draft, &partners());
        act(&head, &action.reference, "clear", &[]).await.expect(303);
        ask(&app.secretariat(), &action, "delegations", "Who pays?").await;
        answer(&tjk, &action, "co-sponsorship/join", "").await;
        let desk = desk(&app, None);
        let told = || {
            let reminders = [Kind::ConsentsOpen, Kind::CoSponsorsOpen, Kind::ClarificationsOpen];
            let mut found: Vec<(Kind, AccountId)> = messages(&app)
                .into_iter()
                .filter(|message| reminders.contains(&message.kind))
                .filter_map(|message| Some((message.kind, message.account?)))
                .collect();
            found.sort();
            found
        };
        round(&desk).await;
        assert_eq!(told(), [], "they have just been asked");
        app.pass(TimeDelta::days(8));
        round(&desk).await;
        round(&desk).await;
        let after_a_week = [
            (Kind::ConsentsOpen, uzb.account.clone()),
            (Kind::CoSponsorsOpen, uzb.account.clone()),
            (Kind::ClarificationsOpen, head.account.clone()),
        ];
        assert_eq!(told(), after_a_week, "those who decide, once");
        let mail = of(&app, &uzb.account).into_iter().find(|one| one.kind == Kind::ConsentsOpen).expect("a reminder");
        assert_eq!(worded(&mail).subject, "Action required: Consents awaited from your country: 1");
        assert_eq!(mail.link, format!("/submissions/{}", action.reference));
        assert!(worded(&mail).body.contains("Deadline: 1 November 2020, 06:00 (UTC+6)"), "{}", worded(&mail).body);
        assert_eq!(kinds(&app, &writer.account), []);
        answer(&uzb, &action, "co-sponsorship/join", "").await;
        // Ballots open on 1 November.
        app.pass(TimeDelta::days(37));
        round(&desk).await;
        assert_eq!(told(), after_a_week, "both have been answered");
    }
}
