//! Reviews: sealed until given, recused where one's own, counted only when given; and the ranking that comes of them.

use speca::kernel::ids::CriterionId;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::reviews::{self, Ranking};
use speca::sessions::{self, Session, Step};
use speca::submissions::{State, Submission};

use crate::on_each_database;
use crate::support::{Actor, TestApp};

const REASON: &str = "The steps lead to the target and can be followed.";

/// The criteria of a session, in their order.
pub fn criteria(app: &TestApp, session: &Session) -> Vec<CriterionId> {
    let id = session.id.clone();
    let criteria = app.db.read_here(move |conn| sessions::store::criteria_of(conn, &id)).expect("criteria");
    criteria.into_iter().map(|criterion| criterion.id).collect()
}

fn ranking(app: &TestApp, session: &Session) -> Ranking {
    let id = session.id.clone();
    app.db.read_here(move |conn| reviews::store::ranking(conn, &id)).expect("ranking")
}

/// Reference, rank, score and number of reviews of each line.
fn lines(ranking: &Ranking) -> Vec<(String, Option<usize>, Option<String>, usize)> {
    let line = |line: &reviews::RankingLine| {
        let score = line.score.as_ref().map(ToString::to_string);
        (line.submission.reference.clone(), line.rank, score, line.reviews)
    };
    ranking.lines.iter().map(line).collect()
}

fn line(
    reference: &str,
    rank: Option<usize>,
    score: Option<&str>,
    reviews: usize,
) -> (String, Option<usize>, Option<String>, usize) {
    (reference.to_owned(), rank, score.map(str::to_owned), reviews)
}

fn address(action: &Submission) -> String {
    format!("/submissions/{}/review", action.reference)
}

/// Fields of a review: one mark for each criterion, in their order.
fn fields(criteria: &[CriterionId], marks: &[&str], act: &str, edition: &str, reason: &str) -> Vec<(String, String)> {
    let marks = criteria.iter().zip(marks).map(|(id, mark)| (format!("mark.{id}"), (*mark).to_owned()));
    let rest = [("act", act), ("edition", edition), ("reason", reason)];
    marks.chain(rest.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
}

async fn send(actor: &Actor<'_>, path: &str, fields: &[(String, String)]) -> crate::support::Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    actor.post(path, &fields).await
}

/// Gives a review.
pub async fn give(actor: &Actor<'_>, criteria: &[CriterionId], action: &Submission, marks: &[&str]) {
    send(actor, &address(action), &fields(criteria, marks, "give", "0", REASON)).await.expect(303);
}

on_each_database! {
    async fn others_scores_are_seen_only_after_giving_the_own(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let action = app.accepted_action(&session, "KAZ", "Agree on data");
        let (first, second) = (app.reviewer(&session.id, None), app.reviewer(&session.id, Some("KGZ")));
        let secret = "The first reviewer found the plan convincing.";
        send(&first, &address(&action), &fields(&criteria, &["5", "4"], "give", "0", secret)).await.expect(303);

        second.get(&address(&action)).await.expect(200).sees("Agree on data").lacks(secret).lacks("4.60");
        send(&second, &address(&action), &fields(&criteria, &["2"], "draft", "0", "")).await.expect(303);
        second.get(&address(&action)).await.expect(200).lacks(secret).lacks("4.60");
        second.get("/sessions/15/reviews").await.expect(200).lacks(secret).lacks("4.60");
        send(&second, &address(&action), &fields(&criteria, &["2", "3"], "give", "1", REASON)).await.expect(303);
        // 60×5 + 40×4 = 460 of 100; the name stays with the secretariat.
        let page = second.get(&address(&action)).await.expect(200);
        page.sees(secret).sees("4.60").sees("Review 1");
        app.secretariat().get(&address(&action)).await.expect(200).sees(secret).sees("Office none").lacks("name=\"reason\"");
    }
}

on_each_database! {
    async fn a_recused_reviewer_sees_neither_form_nor_scores(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let own = app.accepted_action(&session, "KAZ", "Own action");
        let other = app.accepted_action(&session, "UZB", "Other action");
        let regional = app.accepted_action(&session, "REG", "Regional action");
        let secret = "A reason that the recused reviewer may not see.";
        let third = app.reviewer(&session.id, None);
        for action in [&own, &other] {
            send(&third, &address(action), &fields(&criteria, &["5", "4"], "give", "0", secret)).await.expect(303);
        }
        let reviewer = app.reviewer(&session.id, Some("KAZ"));
        give(&reviewer, &criteria, &other, &["1", "1"]).await;
        reviewer.get(&address(&other)).await.expect(200).sees(secret);

        reviewer.get(&address(&own)).await.expect(200).lacks("name=\"reason\"").lacks(secret).lacks("4.60");
        send(&reviewer, &address(&own), &fields(&criteria, &["5", "5"], "give", "0", REASON)).await.expect(403).lacks(secret);
        reviewer.get(&format!("/submissions/{}/recusal", own.reference)).await.expect(403);
        give(&reviewer, &criteria, &regional, &["3", "3"]).await;

        let recusal = format!("/submissions/{}/recusal", other.reference);
        reviewer.get(&recusal).await.expect(200);
        reviewer.post(&recusal, &[("reason", "too short")]).await.expect(422).sees("too short");
        reviewer.post(&recusal, &[("reason", "My institute drafted the action.")]).await.expect(303);
        reviewer.get(&address(&other)).await.expect(200).lacks("name=\"reason\"").lacks(secret).sees("My institute drafted");
        send(&reviewer, &address(&other), &fields(&criteria, &["5", "5"], "give", "1", REASON)).await.expect(403);
        reviewer.post(&recusal, &[("reason", "My institute drafted the action.")]).await.expect(403);
        // The review given before the recusal counts no more: (60×5 + 40×4) / 100 of the third reviewer alone.
        assert_eq!(
            lines(&ranking(&app, &session)),
            [
                line("PA-KAZ-2020-001", Some(1), Some("23/5"), 1),
                line("PA-UZB-2020-001", Some(1), Some("23/5"), 1),
                line("PA-REG-2020-001", Some(3), Some("3"), 1),
            ]
        );
        reviewer.get("/sessions/15/reviews").await.expect(200).sees("Recused");
    }
}

on_each_database! {
    async fn drafts_count_nowhere_and_what_is_no_score_weighs_nothing(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let [azerbaijan, kazakhstan, tajikistan] =
            ["AZE", "KAZ", "TJK"].map(|code| app.accepted_action(&session, code, "An action"));
        app.submission(&session, "UZB", Kind::Action, State::UnderReview, "Not accepted");
        let (first, second) = (app.reviewer(&session.id, None), app.reviewer(&session.id, None));
        give(&first, &criteria, &azerbaijan, &["4", "not-applicable"]).await;
        give(&second, &criteria, &azerbaijan, &["5", "needs-information"]).await;
        send(&first, &address(&kazakhstan), &fields(&criteria, &["5", "5"], "draft", "0", REASON)).await.expect(303);
        give(&second, &criteria, &kazakhstan, &["4", "5"]).await;
        send(&first, &address(&tajikistan), &fields(&criteria, &["5", "5"], "draft", "0", REASON)).await.expect(303);

        // Azerbaijan: 4 and 5, each on one criterion. Kazakhstan: (60×4 + 40×5) / 100 = 22/5.
        let ranking = ranking(&app, &session);
        assert_eq!(
            lines(&ranking),
            [
                line("PA-AZE-2020-001", Some(1), Some("9/2"), 2),
                line("PA-KAZ-2020-001", Some(2), Some("22/5"), 1),
                line("PA-TJK-2020-001", None, None, 0),
            ]
        );
        let line = &ranking.lines[0];
        let by_criterion: Vec<Option<String>> =
            line.by_criterion.iter().map(|mean| mean.as_ref().map(ToString::to_string)).collect();
        assert_eq!(by_criterion, [Some("9/2".to_owned()), None]);
        assert_eq!((line.spread.as_ref().map(ToString::to_string).as_deref(), line.needs_information), (Some("1"), 1));
        let page = app.office(speca::accounts::Office::Chair).get("/sessions/15/ranking").await.expect(200);
        page.sees("4.50").sees("4.40").sees("PA-TJK-2020-001").lacks("/exports/ranking.csv").lacks("/review\"");
        app.secretariat().get("/sessions/15/ranking").await.expect(200).sees("/sessions/15/exports/ranking.csv?lang=en");
        app.secretariat().get("/sessions/15/ranking?theme=D9").await.expect(200).lacks("PA-AZE-2020-001");
    }
}

on_each_database! {
    async fn review_pages_and_ranking_are_sealed(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let accepted = app.accepted_action(&session, "KAZ", "Accepted");
        let draft = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Draft");
        let practice = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Practice");
        let recusal = format!("/submissions/{}/recusal", accepted.reference);
        let pages = ["/sessions/15/reviews", "/sessions/15/ranking", &address(&accepted), &recusal];
        for actor in [app.head("KAZ"), app.delegate("UZB", Capacity::Observer), app.office(speca::accounts::Office::Administrator)] {
            for path in pages {
                actor.get(path).await.expect(404);
            }
            send(&actor, &address(&accepted), &fields(&criteria, &["5", "5"], "give", "0", REASON)).await.expect(404);
        }
        for path in pages {
            let page = app.visitor().get(path).await.expect(303);
            assert!(page.location.is_some_and(|location| location.starts_with("/sign-in")), "{path}");
        }
        let reviewer = app.reviewer(&session.id, Some("KAZ"));
        reviewer.get("/sessions/15/ranking").await.expect(404);
        for action in [&draft, &practice] {
            reviewer.get(&address(action)).await.expect(404);
            send(&reviewer, &address(action), &fields(&criteria, &["5", "5"], "give", "0", REASON)).await.expect(404);
        }
        reviewer.get("/submissions/PA-KAZ-2020-099/review").await.expect(404);
        app.secretariat().get("/sessions/99/ranking").await.expect(404);
        assert_eq!(lines(&ranking(&app, &session)), [line("PA-KAZ-2020-001", None, None, 0)]);
    }
}

on_each_database! {
    async fn a_review_is_whole_when_given_and_a_stale_form_loses_nothing(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let action = app.accepted_action(&session, "KAZ", "An action");
        let reviewer = app.reviewer(&session.id, None);
        let path = address(&action);
        let half = fields(&criteria, &["5"], "give", "0", "Too short");
        send(&reviewer, &path, &half).await.expect(422).sees("Too short").sees("value=\"5\" checked");
        let long = fields(&criteria, &["5"], "draft", "0", &"x".repeat(2001));
        send(&reviewer, &path, &long).await.expect(422);
        // The language switch keeps what was typed and saves nothing.
        let mut switch = fields(&criteria, &["5"], "", "0", "Typed so far");
        switch.push(("_language".to_owned(), "ru".to_owned()));
        send(&reviewer, &path, &switch).await.expect(200).sees("Typed so far").sees("value=\"5\" checked");

        give(&reviewer, &criteria, &action, &["4", "4"]).await;
        let page = send(&reviewer, &path, &fields(&criteria, &["1", "1"], "give", "0", "Typed in a forgotten window.")).await;
        page.expect(409).sees("Typed in a forgotten window.").sees(REASON).sees("name=\"edition\" value=\"1\"");
        assert_eq!(lines(&ranking(&app, &session)), [line("PA-KAZ-2020-001", Some(1), Some("4"), 1)]);
        // A given review is changed for another whole one, never taken back to a draft.
        send(&reviewer, &path, &fields(&criteria, &["3"], "draft", "1", REASON)).await.expect(422);
        send(&reviewer, &path, &fields(&criteria, &["3", "not-applicable"], "draft", "1", REASON)).await.expect(303);
        assert_eq!(lines(&ranking(&app, &session)), [line("PA-KAZ-2020-001", Some(1), Some("3"), 1)]);
    }
}

on_each_database! {
    async fn outside_the_window_nothing_is_saved_and_nothing_typed_is_lost(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let action = app.accepted_action(&session, "KAZ", "An action");
        let reviewer = app.reviewer(&session.id, None);
        give(&reviewer, &criteria, &action, &["4", "4"]).await;
        app.close_window(&session, Step::Reviews);
        let late = "Typed after the window closed.";
        send(&reviewer, &address(&action), &fields(&criteria, &["1", "1"], "give", "1", late)).await.expect(409).sees(late);
        let recusal = format!("/submissions/{}/recusal", action.reference);
        reviewer.post(&recusal, &[("reason", "My institute drafted the action.")]).await.expect(409).sees("My institute");
        reviewer.get(&address(&action)).await.expect(200).lacks("name=\"reason\"").sees(REASON);
        assert_eq!(lines(&ranking(&app, &session)), [line("PA-KAZ-2020-001", Some(1), Some("4"), 1)]);
    }
}

on_each_database! {
    async fn the_secretariat_sees_progress_by_reviewer(app: TestApp) {
        let session = app.session();
        let criteria = criteria(&app, &session);
        let [own, other] = ["KAZ", "UZB"].map(|code| app.accepted_action(&session, code, "An action"));
        let reviewer = app.reviewer(&session.id, Some("KAZ"));
        give(&reviewer, &criteria, &other, &["4", "4"]).await;
        let page = app.secretariat().get("/sessions/15/reviews").await.expect(200);
        page.sees("complete").sees(&own.reference).lacks(REASON).lacks("4.00");
        reviewer.get("/sessions/15/reviews").await.expect(200).lacks("complete").sees("Given");
    }
}
