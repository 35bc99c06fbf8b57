//! Sessions: who creates and changes them, windows in the legal zone, criteria, rules, reviewers, closed windows.

use chrono::NaiveDate;
use chrono_tz::Tz;
use speca::accounts::Office;
use speca::audit;
use speca::db::schema::reviews;
use speca::kernel::ids::ReviewId;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::sessions::{self, Session, Step};
use speca::web::PageError;

use diesel::prelude::*;

use crate::on_each_database;
use crate::support::TestApp;

const NEW: &[(&str, &str)] = &[
    ("number", "16"),
    ("title_en", "Sixteenth session"),
    ("title_ru", "Шестнадцатая сессия"),
    ("place_en", "Kabul"),
    ("place_ru", "Кабул"),
    ("starts_on", "2021-09-06"),
    ("ends_on", "2021-09-07"),
    ("time_zone", "Asia/Kabul"),
    ("first_year", "2022"),
    ("last_year", "2024"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes).copied().collect()
}

fn stored(app: &TestApp, number: i32) -> Session {
    app.db.read_here(|conn| sessions::store::by_number(conn, number)).expect("session")
}

fn acts(app: &TestApp) -> Vec<(String, String)> {
    let (lines, _) = app.db.read_here(|conn| audit::newest(conn, 0, 100)).expect("trail");
    lines.into_iter().rev().map(|line| (line.act, line.subject)).collect()
}

on_each_database! {
    async fn only_the_secretariat_creates_a_session_and_it_starts_complete(app: TestApp) {
        app.visitor().post("/sessions/new", NEW).await.expect(401);
        for other in [
            app.office(Office::Chair),
            app.office(Office::Administrator),
            app.head("KAZ"),
            app.delegate("KAZ", Capacity::Observer),
        ] {
            other.get("/sessions/new").await.expect(403);
            other.post("/sessions/new", NEW).await.expect(403);
        }
        app.visitor().get("/sessions/16").await.expect(404);
        let page = app.secretariat().post("/sessions/new", NEW).await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/sessions/16/windows"));
        let session = stored(&app, 16);
        let (windows, criteria, questions) = app
            .db
            .read_here(|conn| -> Result<_, speca::db::StoreError> {
                let windows = sessions::store::windows_of(conn, &session.id)?;
                let criteria = sessions::store::criteria_of(conn, &session.id)?;
                let mut questions = Vec::new();
                for kind in Kind::ALL {
                    let (_, held) = speca::questionnaires::store::newest(conn, &session.id, *kind)?;
                    questions.push((held.version, held.questions().count() > 20));
                }
                Ok((windows, criteria, questions))
            })
            .expect("read");
        assert_eq!(windows.iter().map(|window| window.step).collect::<Vec<_>>(), Step::ALL);
        assert_eq!(criteria.iter().map(|criterion| criterion.weight).collect::<Vec<_>>(), [25, 25, 20, 15, 15]);
        assert_eq!(questions, [(1, true), (1, true)]);
        assert_eq!(acts(&app), [("session.created".to_owned(), "16".to_owned())]);
        app.visitor().get("/sessions").await.expect(200).sees("Sixteenth session");
    }
}

on_each_database! {
    async fn a_form_with_faults_loses_nothing_and_says_all_of_them(app: TestApp) {
        let faulty = with(NEW, &[("title_ru", ""), ("ends_on", "2021-09-05"), ("last_year", "later"), ("number", "15")]);
        app.session();
        app.secretariat()
            .post("/sessions/new", &faulty)
            .await
            .expect(422)
            .sees("Sixteenth session")
            .sees("<a href=\"#f-title_ru\"><b>Title · In Russian:</b> Please fill this in.</a>")
            .sees("<a href=\"#f-last_year\"><b>Last year of the work programme:</b> Please write a whole number.</a>")
            .sees("The end lies before the beginning.")
            .sees("Please write a whole number.")
            .sees("value=\"later\"");
        let taken = with(NEW, &[("number", "15")]);
        app.secretariat().post("/sessions/new", &taken).await.expect(422).sees("There is a session with this number already.");
        let russian = app.secretariat();
        russian.post("/language", &[("language", "ru"), ("return_to", "/")]).await.expect(303);
        let page = russian.post("/sessions/new", &faulty).await.expect(422);
        page.sees("<a href=\"#f-title_ru\"><b>Название · На русском языке:</b> Заполните это поле.</a>");
        let switched = with(&faulty, &[("_language", "ru")]);
        app.secretariat().post("/sessions/new", &switched).await.expect(200).sees("Sixteenth session").lacks("id=\"errors\"");
    }
}

on_each_database! {
    async fn windows_are_set_on_the_clock_of_the_legal_zone(app: TestApp) {
        let secretariat = app.secretariat();
        secretariat.post("/sessions/new", NEW).await.expect(303);
        let form = [
            ("edition", "1"),
            ("submissions_opens", "2020-09-01T09:00"),
            ("submissions_closes", "2020-10-31T18:00"),
            ("ballots_opens", "2021-09-06T09:00"),
            ("ballots_closes", "2021-09-07T18:00"),
        ];
        app.head("KAZ").post("/sessions/16/windows", &form).await.expect(403);
        secretariat.post("/sessions/16/windows", &form).await.expect(303);
        let calendar = app.db.read_here(|conn| {
            let session = sessions::store::by_number(conn, 16)?;
            sessions::store::calendar(conn, &session.id)
        }).expect("calendar");
        let times: Vec<String> = calendar
            .windows
            .iter()
            .map(|window| format!("{} {} {}", window.step, window.opens_at, window.closes_at))
            .collect();
        assert_eq!(times, [
            "submissions 2020-09-01 04:30:00 2020-10-31 13:30:00",
            "ballots 2021-09-06 04:30:00 2021-09-07 13:30:00",
        ]);
        secretariat.get("/sessions/16/windows").await.expect(200).sees("value=\"2020-10-31T18:00\"");
        app.visitor().get("/sessions/16").await.expect(200).sees("31 October 2020, 18:00 (UTC+4:30)").lacks("for you");
        secretariat
            .get("/sessions/16")
            .await
            .expect(200)
            .sees("31 October 2020, 18:00 (UTC+4:30)")
            .sees("for you 31 October 2020, 13:30 (UTC)")
            .sees("Not yet open")
            .sees("Not set");
        let wrong = [("edition", "2"), ("reviews_opens", "2020-10-02T09:00"), ("reviews_closes", "2020-10-01T09:00"),
            ("ballots_opens", "2020-10-02T09:00"), ("submissions_opens", "soon"), ("submissions_closes", "2020-10-01T09:00")];
        secretariat
            .post("/sessions/16/windows", &wrong)
            .await
            .expect(422)
            .sees("The closing must come after the opening.")
            .sees("Please fill this in.")
            .sees("Please write a day and a time")
            .sees("value=\"soon\"");
        assert_eq!(stored(&app, 16).edition, 2);
    }
}

on_each_database! {
    async fn weights_must_sum_to_a_hundred_and_stand_after_the_first_review(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let row = |weight| [
            ("rows.0.name_en", "Relevance"), ("rows.0.name_ru", "Актуальность"),
            ("rows.0.help_en", "Does it matter?"), ("rows.0.help_ru", "Важно ли это?"), ("rows.0.weight", weight),
        ];
        let form = |weight| [&[("edition", "1")][..], &row(weight)[..]].concat();
        secretariat
            .post("/sessions/15/criteria", &form("90"))
            .await
            .expect(422)
            .sees("The weights add up to 90; they must add up to 100.")
            .sees("Does it matter?");
        let more = [form("100"), vec![("_add", "criteria")]].concat();
        secretariat.post("/sessions/15/criteria", &more).await.expect(200).sees("rows.1.weight").sees("Does it matter?");
        let less = [form("100"), vec![("_remove.0", "1")]].concat();
        secretariat.post("/sessions/15/criteria", &less).await.expect(200).lacks("Does it matter?");
        secretariat.post("/sessions/15/criteria", &form("100")).await.expect(303);
        let weights = app.db.read_here(|conn| sessions::store::criteria_of(conn, &session.id)).expect("criteria");
        assert_eq!(weights.iter().map(|criterion| criterion.weight).collect::<Vec<_>>(), [100]);

        give_review(&app, &session, "draft");
        let again = [&[("edition", "2")][..], &row("100")[..]].concat();
        secretariat.post("/sessions/15/criteria", &again).await.expect(409).sees("Reviews exist in this session");
        secretariat.get("/sessions/15/criteria").await.expect(200).sees("Reviews exist in this session");
    }
}

/// Stores a review of a new action by a new reviewer and returns its account.
fn give_review(app: &TestApp, session: &Session, state: &str) -> speca::kernel::ids::AccountId {
    let action = app.accepted_action(session, "KAZ", "Action to review");
    let reviewer = app.reviewer(&session.id, None).account;
    let now = app.clock.now().naive_utc();
    app.db
        .write_here(|tx| -> Result<(), speca::db::StoreError> {
            diesel::insert_into(reviews::table)
                .values((
                    reviews::id.eq(ReviewId::new()),
                    reviews::submission_id.eq(&action.id),
                    reviews::account_id.eq(&reviewer),
                    reviews::state.eq(state),
                    reviews::reason.eq(""),
                    reviews::edition.eq(1),
                    reviews::created_at.eq(now),
                    reviews::updated_at.eq(now),
                ))
                .execute(&mut **tx)?;
            Ok(())
        })
        .expect("review stored");
    reviewer
}

on_each_database! {
    async fn a_form_older_than_what_is_stored_shows_both_and_loses_nothing(app: TestApp) {
        let secretariat = app.secretariat();
        secretariat.post("/sessions/new", NEW).await.expect(303);
        let mine = with(NEW, &[("edition", "1"), ("place_en", "Baku, Palace")]);
        let theirs = with(NEW, &[("edition", "1"), ("place_en", "Tashkent, Hall"), ("time_zone", "Asia/Tashkent")]);
        secretariat.post("/sessions/16/edit", &theirs).await.expect(303);
        secretariat
            .post("/sessions/16/edit", &mine)
            .await
            .expect(409)
            .sees("Somebody else changed the session")
            .sees("Tashkent, Hall")
            .sees("value=\"Baku, Palace\"")
            .sees("name=\"edition\" value=\"2\"");
        let session = stored(&app, 16);
        assert_eq!((session.place.en.as_str(), session.time_zone), ("Tashkent, Hall", Tz::Asia__Tashkent));
        let again = with(&mine, &[("edition", "2")]);
        secretariat.post("/sessions/16/edit", &again).await.expect(303);
        assert_eq!(stored(&app, 16).place.get(Lang::En), "Baku, Palace");
        let names: Vec<String> = acts(&app).into_iter().map(|(act, _)| act).collect();
        assert_eq!(names, ["session.created", "session.changed", "session.changed"]);
    }
}

on_each_database! {
    async fn voting_rules_are_kept_and_faults_are_said(app: TestApp) {
        app.session();
        let secretariat = app.secretariat();
        let form = [("edition", "1"), ("method", "schulze-margins"), ("tie_rule", "lot"), ("base", "present"),
            ("quorum", "number"), ("quorum_number", "5")];
        secretariat.post("/sessions/15/rules", &with(&form, &[("quorum_number", "0"), ("method", "coin")])).await
            .expect(422).sees("Please write a number from 1 to 50.").sees("“coin” is not among the answers");
        secretariat.post("/sessions/15/rules", &form).await.expect(303);
        let rules = stored(&app, 15).rules;
        let kept = (rules.method.code(), rules.tie_rule.as_str(), rules.base.code(), rules.quorum.to_string());
        assert_eq!(kept, ("schulze-margins", "lot", "present", "number:5".to_owned()));
        app.visitor().get("/sessions/15").await.expect(200).sees("Drawing of lots").sees("5 delegations");
    }
}

on_each_database! {
    async fn reviewers_are_appointed_and_dismissed_unless_they_gave_a_review(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let head = app.head("UZB");
        let email = app.db.read_here(|conn| speca::accounts::store::account(conn, &head.account)).expect("account").email;
        head.get("/sessions/15/reviewers").await.expect(403);
        head.post("/sessions/15/reviewers", &[("email", &email)]).await.expect(403);
        secretariat.post("/sessions/15/reviewers", &[("email", "nobody@example.org")]).await
            .expect(422).sees("No active account has this e-mail address.").sees("nobody@example.org");
        secretariat.post("/sessions/15/reviewers", &[]).await.expect(422);
        secretariat.post("/sessions/15/reviewers", &[("email", &email.to_uppercase())]).await.expect(303);
        secretariat.post("/sessions/15/reviewers", &[("account", head.account.as_str())]).await.expect(303);
        let appointed = || app.db.read_here(|conn| sessions::store::reviewers_of(conn, &session.id)).expect("reviewers");
        assert_eq!(appointed(), std::slice::from_ref(&head.account));
        secretariat.get("/sessions/15/reviewers").await.expect(200).sees(&email);
        secretariat.post("/sessions/15/reviewers/dismiss", &[("account", head.account.as_str())]).await.expect(303);
        assert_eq!(appointed(), []);
        let gave = give_review(&app, &session, "given");
        secretariat.post("/sessions/15/reviewers/dismiss", &[("account", gave.as_str())]).await
            .expect(409).sees("stays appointed");
        assert_eq!(appointed(), [gave]);
    }
}

on_each_database! {
    async fn an_act_outside_its_window_is_told_when_the_window_is(app: TestApp) {
        let session = app.session();
        app.close_window(&session, Step::Submissions);
        let now = app.clock.now().naive_utc();
        let calendar = app.db.read_here(|conn| sessions::store::calendar(conn, &session.id)).expect("calendar");
        let refusal = |message| PageError::from(speca::refusals::OperationError::Refused(message));
        let closed = refusal(calendar.expect_open(Step::Submissions, now).expect_err("closed"));
        let words = |lang| closed.reason(speca::i18n::Texts::of(lang)).expect("words");
        assert_eq!(
            words(Lang::En),
            "This is possible only while the step is open. Submissions of delegations: from 1 September 2020, 06:00 \
             (UTC+6) to 2 September 2020, 06:00 (UTC+6)."
        );
        assert!(words(Lang::Ru).contains("Материалы делегаций: с 1 сентября 2020 года, 06:00 (UTC+6)"));
        let unset = sessions::Calendar { windows: Vec::new(), ..calendar };
        let unset = refusal(unset.expect_open(Step::Ballots, now).expect_err("not set"));
        assert!(unset.reason(speca::i18n::Texts::of(Lang::En)).expect("words").contains("Ballots"));
        assert_eq!(NaiveDate::from_ymd_opt(2020, 11, 16), Some(session.starts_on));
    }
}

on_each_database! {
    async fn the_page_of_a_session_shows_each_reader_their_rooms_in_both_languages(app: TestApp) {
        let session = app.session();
        let rooms = ["/submissions\"", "/reviews\"", "/ranking\"", "/ballots\"", "/programme\"", "/exports\"", "/edit\""];
        let secretariat = app.secretariat().get("/sessions/15").await.expect(200);
        let visitor = app.visitor().get("/sessions/15").await.expect(200);
        let head = app.head("KAZ").get("/sessions/15").await.expect(200);
        let reviewer = app.reviewer(&session.id, None).get("/sessions/15").await.expect(200);
        let shown = |page: &crate::support::Page| -> Vec<bool> {
            rooms.iter().map(|room| page.body.contains(&format!("/sessions/15{room}"))).collect()
        };
        assert_eq!(shown(&secretariat), [true, false, true, true, true, true, true]);
        assert_eq!(shown(&visitor), [false, false, false, false, false, true, false]);
        assert_eq!(shown(&head), [true, false, false, true, false, true, false]);
        assert_eq!(shown(&reviewer), [true, true, false, false, false, true, false]);
        head.sees("Draft and hand in the good practices");
        app.visitor().get("/sessions/15?lang=ru").await.expect(200).sees("Материалы делегаций").sees("Пятнадцатая сессия");
    }
}
