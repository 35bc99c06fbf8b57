//! The start page: each role finds its tasks, nobody those of another delegation, sealed things stay counts.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use speca::accounts::Office;
use speca::db::StoreError;
use speca::db::schema::{ballot_papers, ballots, electorate, programmes, recusals, reviews};
use speca::kernel::ids::{BallotId, BallotPaperId, ProgrammeId, ReviewId, SessionId};
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::sessions::{self, Session, Step, Window};
use speca::submissions::State;

use crate::costs::queries;
use crate::on_each_database;
use crate::support::TestApp;

on_each_database! {
    async fn offices_of_an_empty_platform_are_told_how_to_begin(app: TestApp) {
        let begin = "href=\"/sessions/new\"";
        let page = app.secretariat().get("/").await.expect(200).sees("No session is under way.").sees(begin);
        page.lacks("Nothing waits for you");
        app.office(Office::Administrator).get("/").await.expect(200).sees("are invited there").lacks(begin);
        app.head("KAZ").get("/").await.expect(200).lacks(begin);
        app.session();
        app.secretariat().get("/").await.expect(200).lacks(begin);
    }
}

/// Stores a ballot in a state that closes at a time, with one delegation in its electorate.
fn ballot(app: &TestApp, session: &Session, number: i32, state: &str, closes_at: NaiveDateTime) -> BallotId {
    let id = BallotId::new();
    let now = app.clock.now().naive_utc();
    let delegation = app.delegation("KAZ");
    let title = format!("Ballot number {number}");
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            diesel::insert_into(ballots::table)
                .values((
                    (
                        ballots::id.eq(&id),
                        ballots::session_id.eq(&session.id),
                        ballots::number.eq(number),
                        ballots::title_en.eq(&title),
                        ballots::title_ru.eq("Голосование"),
                        ballots::state.eq(state),
                        ballots::method.eq("borda"),
                        ballots::tie_rule.eq("refuse"),
                        ballots::base.eq("present"),
                    ),
                    (
                        ballots::quorum.eq("none"),
                        ballots::levels.eq(5),
                        ballots::seed.eq("seed"),
                        ballots::is_made_up.eq(false),
                        ballots::closes_at.eq(closes_at),
                        ballots::edition.eq(1),
                        ballots::created_at.eq(now),
                    ),
                ))
                .execute(&mut **tx)?;
            diesel::insert_into(electorate::table)
                .values((
                    electorate::ballot_id.eq(&id),
                    electorate::delegation_id.eq(&delegation),
                    electorate::is_present.eq(true),
                ))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("ballot stored");
    id
}

/// Prepares the paper of Kazakhstan, and confirms it.
fn paper(app: &TestApp, ballot: &BallotId, is_confirmed: bool) {
    let account = app.delegate("KAZ", Capacity::Delegate).account;
    let now = app.clock.now().naive_utc();
    let delegation = app.delegation("KAZ");
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            diesel::insert_into(ballot_papers::table)
                .values((
                    ballot_papers::id.eq(BallotPaperId::new()),
                    ballot_papers::ballot_id.eq(ballot),
                    ballot_papers::delegation_id.eq(&delegation),
                    ballot_papers::number.eq(if is_confirmed { 2 } else { 1 }),
                    ballot_papers::kind.eq("abstain"),
                    ballot_papers::prepared_by.eq(&account),
                    ballot_papers::prepared_at.eq(now),
                    ballot_papers::confirmed_at.eq(is_confirmed.then_some(now)),
                ))
                .execute(&mut **tx)?;
            if is_confirmed {
                speca::ballots::store::set_voted(tx, ballot, &delegation)?;
            }
            Ok(())
        })
        .expect("paper stored");
}

on_each_database! {
    async fn a_visitor_reads_what_this_is_and_the_next_deadlines(app: TestApp) {
        app.session();
        app.visitor()
            .get("/")
            .await
            .expect(200)
            .sees("href=\"/library\"")
            .sees("href=\"/sign-in\"")
            .sees("<p>Submissions of delegations: closes 31 December 2020, 06:00 (UTC+6)</p>")
            .lacks("What needs you now");
        app.visitor().get("/?lang=ru").await.expect(200).sees("Материалы делегаций: завершение 31 декабря 2020 года");
    }
}

on_each_database! {
    async fn a_delegation_finds_its_own_contributions_and_no_others(app: TestApp) {
        let session = app.session();
        for (code, state, title) in [
            ("KAZ", State::Draft, "Own draft"),
            ("KAZ", State::AwaitingClearance, "Own for clearance"),
            ("KAZ", State::Returned, "Own returned"),
            ("KAZ", State::Submitted, "Own handed in"),
            ("UZB", State::Draft, "Other draft"),
            ("UZB", State::AwaitingClearance, "Other for clearance"),
            ("UZB", State::Returned, "Other returned"),
        ] {
            app.submission(&session, code, Kind::Action, state, title);
        }
        let head = app.head("KAZ").get("/").await.expect(200)
            .sees("closes 31 December 2020, 06:00 (UTC+6); for you 31 December 2020, 00:00 (UTC)</p>")
            .sees("Draft, not yet handed in: Own draft").sees("Needs your clearance: Own for clearance")
            .sees("Returned with comments of the secretariat: Own returned").lacks("Own handed in").lacks("Other");
        assert!(head.body.contains("/submissions/PA-KAZ-2020-002\""));
        app.delegate("KAZ", Capacity::Delegate).get("/").await.expect(200)
            .sees("Own draft").sees("Own returned").lacks("Own for clearance").lacks("Other");
        for other in [app.delegate("KAZ", Capacity::Observer), app.secretariat(), app.office(Office::Chair),
            app.office(Office::Administrator), app.reviewer(&session.id, Some("KAZ")), app.visitor()] {
            other.get("/").await.expect(200).lacks("Own draft").lacks("Own for clearance").lacks("Own returned").lacks("Other");
        }
        app.close_window(&session, Step::Submissions);
        app.head("KAZ").get("/").await.expect(200).lacks("Own draft").lacks("Own for clearance").sees("Own returned");
    }
}

on_each_database! {
    async fn a_window_that_closes_within_a_week_is_urgent(app: TestApp) {
        let session = app.session();
        app.head("KAZ").get("/").await.expect(200).sees("Submissions can be handed in.").lacks("class=\"soon\"");
        let now = app.clock.now().naive_utc();
        let window = Window { step: Step::Submissions, opens_at: now, closes_at: now + TimeDelta::days(6) };
        app.db.write_here(|tx| sessions::store::set_window(tx, &session.id, &window)).expect("window");
        app.head("KAZ").get("/").await.expect(200).sees("The window for submissions closes soon.").sees("class=\"soon\"");
        app.delegate("KAZ", Capacity::Observer).get("/").await.expect(200).lacks("closes soon").sees("Nothing waits for you");
    }
}

on_each_database! {
    async fn a_reviewer_is_told_how_many_actions_are_left(app: TestApp) {
        let session = app.session();
        let reviewer = app.reviewer(&session.id, Some("UZB"));
        let actions: Vec<_> = ["One", "Two", "Three"].map(|title| app.accepted_action(&session, "KAZ", title)).into();
        app.accepted_action(&session, "UZB", "Of the own country");
        app.submission(&session, "KAZ", Kind::Action, State::Submitted, "Not accepted");
        reviewer.get("/").await.expect(200).sees("3 actions wait for your review").lacks("Of the own country");
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                for (action, state) in [(&actions[0], "given"), (&actions[1], "draft")] {
                    diesel::insert_into(reviews::table)
                        .values((
                            reviews::id.eq(ReviewId::new()),
                            reviews::submission_id.eq(&action.id),
                            reviews::account_id.eq(&reviewer.account),
                            reviews::state.eq(state),
                            reviews::reason.eq(""),
                            reviews::edition.eq(1),
                            reviews::created_at.eq(now),
                            reviews::updated_at.eq(now),
                        ))
                        .execute(&mut **tx)?;
                }
                diesel::insert_into(recusals::table)
                    .values((
                        recusals::submission_id.eq(&actions[2].id),
                        recusals::account_id.eq(&reviewer.account),
                        recusals::reason.eq(""),
                        recusals::created_at.eq(now),
                    ))
                    .execute(&mut **tx)?;
                Ok(())
            })
            .expect("reviews stored");
        reviewer.get("/").await.expect(200).sees("1 action waits for your review");
        app.reviewer(&session.id, None).get("/").await.expect(200).sees("4 actions wait for your review");
        app.reviewer(&SessionId::from(session.id.as_str()), None).get("/?lang=ru").await.expect(200);
        app.close_window(&session, Step::Reviews);
        reviewer.get("/").await.expect(200).lacks("waits for your review");
    }
}

on_each_database! {
    async fn a_ballot_asks_the_delegation_until_its_paper_is_confirmed(app: TestApp) {
        let session = app.session();
        let later = app.clock.now().naive_utc() + TimeDelta::days(3);
        let id = ballot(&app, &session, 1, "open", later);
        let (head, delegate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let asked = "Prepare the ballot paper of your delegation: Ballot number 1";
        head.get("/").await.expect(200).sees(asked).sees("/sessions/15/ballots/1/paper");
        delegate.get("/").await.expect(200).sees(asked);
        for other in [app.head("UZB"), app.secretariat(), app.office(Office::Chair), app.visitor()] {
            other.get("/").await.expect(200).lacks("Ballot number 1");
        }
        paper(&app, &id, false);
        head.get("/").await.expect(200).sees("waits for your confirmation: Ballot number 1");
        delegate.get("/").await.expect(200).lacks("Ballot number 1");
        paper(&app, &id, true);
        head.get("/").await.expect(200).lacks("Ballot number 1");
    }
}

on_each_database! {
    async fn the_secretariat_finds_what_waits_for_it_in_every_session(app: TestApp) {
        let session = app.session();
        let second = Session { id: SessionId::new(), number: 16, edition: 1, ..session.clone() };
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                sessions::store::insert(tx, &second, now)?;
                let window = Window { step: Step::Submissions, opens_at: now, closes_at: now + TimeDelta::days(30) };
                sessions::store::set_window(tx, &second.id, &window)?;
                diesel::insert_into(programmes::table)
                    .values((
                        programmes::id.eq(ProgrammeId::new()),
                        programmes::session_id.eq(&second.id),
                        programmes::reference.eq("WP-2020"),
                        programmes::revision.eq(0),
                        programmes::state.eq("draft"),
                        programmes::places.eq(5),
                        programmes::introduction_en.eq(""),
                        programmes::introduction_ru.eq(""),
                        programmes::adoption_record_en.eq(""),
                        programmes::adoption_record_ru.eq(""),
                        programmes::edition.eq(1),
                        programmes::created_at.eq(now),
                        programmes::updated_at.eq(now),
                    ))
                    .execute(&mut **tx)?;
                Ok(())
            })
            .expect("second session");
        app.submission(&session, "KAZ", Kind::Action, State::Submitted, "Hidden title");
        app.submission(&session, "UZB", Kind::Practice, State::Submitted, "Hidden title");
        app.submission(&session, "UZB", Kind::Practice, State::UnderReview, "Hidden title");
        ballot(&app, &session, 1, "open", now - TimeDelta::hours(1));
        ballot(&app, &session, 2, "closed", now - TimeDelta::hours(1));
        ballot(&app, &session, 3, "open", now + TimeDelta::hours(1));
        app.secretariat().get("/").await.expect(200)
            .sees("2 submissions wait to be taken up").sees("1 submission is being screened")
            .sees("close the ballot: Ballot number 1").sees("waiting to be certified: Ballot number 2")
            .lacks("Ballot number 3").sees("/sessions/16/programme").sees("The work programme is in draft.")
            .sees("href=\"/sessions/15\"").sees("href=\"/sessions/16\"").lacks("Accounts of the platform");
        for other in [app.head("KAZ"), app.office(Office::Chair), app.office(Office::Administrator), app.visitor()] {
            other.get("/").await.expect(200).lacks("taken up").lacks("certified").lacks("in draft").lacks("Hidden");
        }
        app.accepted_action(&session, "KAZ", "Accepted");
        app.office(Office::Chair).get("/").await.expect(200)
            .sees("Accepted so far: good practices 0, priority actions 1").sees("href=\"/sessions/15\"").sees("href=\"/sessions/16\"");
        app.office(Office::Administrator).get("/").await.expect(200).sees("Accounts of the platform").lacks("Accepted so far");
    }
}

/// Counts the statements of one look at a head's desk.
fn statements(app: &TestApp, actor: &speca::policy::Actor) -> usize {
    let now = app.clock.now().naive_utc();
    queries(app, |conn| speca::start::operations::desk(conn, actor, now).expect("desk"))
}

on_each_database! {
    async fn the_number_of_queries_does_not_grow_with_what_waits(app: TestApp) {
        use speca::policy::{Actor, Holding};
        let session = app.session();
        let head = app.head("KAZ");
        let holding = Holding { capacity: Capacity::Head, delegation: Some(app.delegation("KAZ")), session: None };
        let actor = Actor::new(head.account.clone(), [holding]);
        app.submission(&session, "KAZ", Kind::Action, State::Draft, "Draft");
        let one = statements(&app, &actor);
        for _ in 0..2 {
            app.submission(&session, "KAZ", Kind::Action, State::Returned, "Returned");
        }
        assert_eq!((one, statements(&app, &actor)), (14, 14));
    }
}

on_each_database! {
    async fn a_question_waits_on_the_start_page_of_those_who_answer_it(app: TestApp) {
        let session = app.session();
        let one = app.submission(&session, "KAZ", Kind::Action, State::UnderReview, "Asked about");
        let address = format!("/submissions/{}/clarifications", one.reference);
        let fields = [("reach", "secretariat"), ("question", "Why?")];
        app.secretariat().post(&address, &fields).await.expect(303);
        let (delegate, asked) = (app.delegate("KAZ", Capacity::Delegate), "A question waits for your answer: Asked about");
        delegate.get("/").await.expect(200).sees(asked).sees(&one.reference).sees("31 December 2020");
        for other in [app.head("UZB"), app.delegate("KAZ", Capacity::Observer), app.secretariat(), app.visitor()] {
            other.get("/").await.expect(200).lacks("Asked about");
        }
        let id = one.id.clone();
        let all = app.db.read_here(move |conn| speca::submissions::clarifications::store::of(conn, &id));
        let id = all.expect("clarifications")[0].id.clone();
        let fields = [("about", id.as_str()), ("answer", "Because")];
        delegate.post(&format!("{address}/{id}"), &fields).await.expect(303);
        delegate.get("/").await.expect(200).lacks(asked);
    }
}
