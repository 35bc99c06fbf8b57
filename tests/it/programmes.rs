//! Programmes: proposed from the order, decided with reasons, adopted, public, revised.

use speca::accounts::Office;
use speca::db::StoreError;
use speca::decisions::model::Subject;
use speca::decisions::{self, Decision, Rung};
use speca::kernel::ids::{DecisionId, ReviewId};
use speca::kernel::lang::Bilingual;
use speca::policy::Capacity;
use speca::programmes::{self, Item, Programme, State};
use speca::reviews::{self, Mark, Review};
use speca::sessions::{self, Session, Step};
use speca::submissions::{self, State as SubmissionState, Submission};

use crate::ballots::{cast, opened, stage, step};
use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

/// Makes an accepted action with one given review that marks every criterion the same; without a mark none is given.
fn reviewed(app: &TestApp, session: &Session, code: &str, mark: Option<Mark>) -> Submission {
    let action = app.accepted_action(session, code, &format!("Action of {code}"));
    let Some(mark) = mark else { return action };
    let reviewer = app.reviewer(&session.id, None).account;
    let now = app.clock.now().naive_utc();
    app.db
        .write_here(|tx| -> Result<(), StoreError> {
            let criteria = sessions::store::criteria_of(tx, &session.id)?;
            let review = Review {
                id: ReviewId::new(),
                submission: action.id.clone(),
                account: reviewer.clone(),
                state: reviews::State::Given,
                marks: criteria.into_iter().map(|criterion| (criterion.id, mark)).collect(),
                reason: "A reason long enough to be given.".to_owned(),
                edition: 1,
                updated_at: now,
                given_at: Some(now),
            };
            reviews::store::insert(tx, &review)
        })
        .expect("review inserted");
    action
}

/// Five actions: Uzbekistan first, Kazakhstan and Tajikistan tied second, Azerbaijan fourth, Kyrgyzstan not reviewed.
pub fn five_actions(app: &TestApp, session: &Session) -> Vec<Submission> {
    [
        ("UZB", Some(Mark::Five)),
        ("KAZ", Some(Mark::Four)),
        ("TJK", Some(Mark::Four)),
        ("AZE", Some(Mark::Two)),
        ("KGZ", None),
    ]
    .into_iter()
    .map(|(code, mark)| reviewed(app, session, code, mark))
    .collect()
}

pub fn held(app: &TestApp, session: &Session) -> Vec<(Programme, Vec<Item>)> {
    let id = session.id.clone();
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            programmes::store::of_session(conn, &id)?
                .into_iter()
                .map(|programme| {
                    let items = programmes::store::items_of(conn, &programme.id)?;
                    Ok((programme, items))
                })
                .collect()
        })
        .expect("programmes")
}

pub fn newest(app: &TestApp, session: &Session) -> (Programme, Vec<Item>) {
    held(app, session).into_iter().next().expect("a programme")
}

/// References of the included items in their order.
fn included(app: &TestApp, items: &[Item]) -> Vec<String> {
    let items: Vec<Item> = items.iter().filter(|item| item.included).cloned().collect();
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            items.iter().map(|item| Ok(submissions::store::by_id(conn, &item.submission)?.reference)).collect()
        })
        .expect("references")
}

/// The fields of the builder as it is shown, with some of them set.
pub fn fields(held: &(Programme, Vec<Item>), set: &[(String, &str)]) -> Vec<(String, String)> {
    let (programme, items) = held;
    let mut fields: Vec<(String, String)> = vec![
        ("places".into(), programme.places.to_string()),
        ("ballot".into(), String::new()),
        ("introduction_en".into(), programme.introduction.en.clone()),
        ("introduction_ru".into(), programme.introduction.ru.clone()),
        ("edition".into(), programme.edition.to_string()),
    ];
    for item in items {
        let field = |part: &str| programmes::model::item_field(&item.id, part);
        fields.push((field("included"), if item.included { "yes" } else { "" }.to_owned()));
        fields.push((field("position"), item.position.to_string()));
        fields.push((field("reason_en"), item.reason.en.clone()));
        fields.push((field("reason_ru"), item.reason.ru.clone()));
        fields.push((field("override_reason"), item.override_reason.clone()));
    }
    for (name, value) in set {
        fields.retain(|(held, _)| held != name);
        fields.push((name.clone(), (*value).to_owned()));
    }
    fields
}

pub fn field(held: &(Programme, Vec<Item>), action: &Submission, part: &str) -> String {
    let item = held.1.iter().find(|item| item.submission == action.id).expect("an item of the action");
    programmes::model::item_field(&item.id, part)
}

pub async fn send(actor: &Actor<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    actor.post(path, &fields).await
}

pub const EDIT: &str = "/sessions/15/programme/edit";
const START: &str = "/sessions/15/programme/start";
pub const ADOPT: &str = "/sessions/15/programme/adopt";

pub async fn start(actor: &Actor<'_>, places: &str) {
    actor.post(START, &[("places", places), ("ballot", "")]).await.expect(303);
}

/// The fields of an adoption by consensus, with some of them set.
pub fn adoption(programme: &Programme, set: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut fields = vec![
        own("by", "consensus"),
        own("on", "2020-09-14"),
        own("record_en", "The Working Group adopted the programme."),
        own("record_ru", "Рабочая группа приняла программу."),
        own("edition", &programme.edition.to_string()),
    ];
    for (name, value) in set {
        fields.retain(|(held, _)| held != name);
        fields.push(own(name, value));
    }
    fields
}

async fn adopt(app: &TestApp, session: &Session, actor: &Actor<'_>) {
    send(actor, ADOPT, &adoption(&newest(app, session).0, &[])).await.expect(303);
}

on_each_database! {
    async fn the_first_places_are_proposed_and_who_is_tied_at_the_last_is_not(app: TestApp) {
        let session = app.session();
        let actions = five_actions(&app, &session);
        let secretariat = app.secretariat();
        secretariat.get("/sessions/15/programme").await.expect(303);
        secretariat.post(START, &[("places", "0"), ("ballot", "")]).await.expect(422);
        secretariat.post(START, &[("places", "2"), ("ballot", "nowhere")]).await.expect(409);
        start(&secretariat, "2").await;
        let (programme, items) = newest(&app, &session);
        assert_eq!((programme.reference.as_str(), programme.revision, programme.state), ("WP-2020", 0, State::Draft));
        assert_eq!(included(&app, &items), ["PA-UZB-2020-001"]);
        let reason = |action: &Submission| {
            items.iter().find(|item| item.submission == action.id).map(|item| item.reason.en.clone()).expect("item")
        };
        assert_eq!(reason(&actions[0]), "Rank 1 in the review; within the 2 places.");
        assert_eq!(reason(&actions[1]), "Rank 2 in the review; tied at the last place.");
        assert_eq!(reason(&actions[3]), "Rank 4 in the review; beyond the 2 places.");
        assert_eq!(reason(&actions[4]), "No score in the review.");
        let russian = items.iter().find(|item| item.submission == actions[0].id).map(|item| item.reason.ru.clone());
        assert_eq!(russian.as_deref(), Some("Место 1 по итогам рассмотрения; в пределах 2 мест."));
        secretariat.get(EDIT).await.expect(200).sees("PA-KAZ-2020-001, PA-TJK-2020-001.");
        secretariat.post(START, &[("places", "2"), ("ballot", "")]).await.expect(409);
    }
}

on_each_database! {
    async fn a_departure_from_the_proposal_says_why_and_nothing_typed_is_lost(app: TestApp) {
        let session = app.session();
        let actions = five_actions(&app, &session);
        let secretariat = app.secretariat();
        start(&secretariat, "2").await;
        let before = newest(&app, &session);
        let (take_in, take_out) = (field(&before, &actions[4], "included"), field(&before, &actions[0], "included"));
        let why = field(&before, &actions[0], "override_reason");
        let typed = [
            (take_in.clone(), "yes"),
            (take_out.clone(), ""),
            (why.clone(), "The delegation asked for another year."),
            ("introduction_en".to_owned(), "Typed introduction"),
        ];
        let page = send(&secretariat, EDIT, &fields(&before, &typed)).await.expect(422);
        page.sees("Typed introduction").sees("The delegation asked for another year.").sees("departs from the proposal");
        assert_eq!(newest(&app, &session), before);

        let other = field(&before, &actions[4], "override_reason");
        let typed: Vec<(String, &str)> =
            typed.iter().cloned().chain([(other, "The Council asked for it.")]).collect();
        send(&secretariat, EDIT, &fields(&before, &typed)).await.expect(303);
        let after = newest(&app, &session);
        assert_eq!(included(&app, &after.1), ["PA-KGZ-2020-001"]);
        assert_eq!((after.0.edition, after.0.introduction.en.as_str()), (2, "Typed introduction"));
        // A form made before that save is stale: told so, with what was typed.
        let late = fields(&before, &[("introduction_en".to_owned(), "Typed in a forgotten window")]);
        send(&secretariat, EDIT, &late).await.expect(409).sees("Typed in a forgotten window");
        // A number that is none is told beside everything else that was typed.
        let broken = fields(&after, &[("places".to_owned(), "many"), ("introduction_ru".to_owned(), "Набрано")]);
        send(&secretariat, EDIT, &broken).await.expect(422).sees("many").sees("Набрано");
        let mut switch = fields(&after, &[("introduction_en".to_owned(), "Before the switch")]);
        switch.push(("_language".to_owned(), "ru".to_owned()));
        send(&secretariat, EDIT, &switch).await.expect(200).sees("Before the switch");
        assert_eq!(newest(&app, &session), after);
    }
}

on_each_database! {
    async fn another_number_of_places_makes_a_new_proposal(app: TestApp) {
        let session = app.session();
        let actions = five_actions(&app, &session);
        let secretariat = app.secretariat();
        start(&secretariat, "2").await;
        let before = newest(&app, &session);
        // Kazakhstan is taken in against the proposal; with three places it is proposed, and the reason is not needed.
        let typed = [
            (field(&before, &actions[1], "included"), "yes"),
            (field(&before, &actions[1], "override_reason"), "It costs nothing."),
        ];
        send(&secretariat, EDIT, &fields(&before, &typed)).await.expect(303);
        let before = newest(&app, &session);
        send(&secretariat, EDIT, &fields(&before, &[("places".to_owned(), "3")])).await.expect(303);
        let (programme, items) = newest(&app, &session);
        assert_eq!(programme.places, 3);
        assert_eq!(included(&app, &items), ["PA-UZB-2020-001", "PA-KAZ-2020-001", "PA-TJK-2020-001"]);
        let overrides: Vec<&str> = items.iter().map(|item| item.override_reason.as_str()).collect();
        assert_eq!(overrides, ["", "", "", "", ""]);
        // Places within the programme can be changed by hand.
        let before = (programme, items);
        let typed = [(field(&before, &actions[2], "position"), "0")];
        send(&secretariat, EDIT, &fields(&before, &typed)).await.expect(303);
        let (_, items) = newest(&app, &session);
        assert_eq!(included(&app, &items), ["PA-TJK-2020-001", "PA-UZB-2020-001", "PA-KAZ-2020-001"]);
    }
}

on_each_database! {
    async fn a_draft_is_hidden_and_an_adopted_programme_public(app: TestApp) {
        let session = app.session();
        five_actions(&app, &session);
        let (secretariat, chair) = (app.secretariat(), app.office(Office::Chair));
        chair.get("/sessions/15/programme").await.expect(404);
        start(&secretariat, "3").await;
        let others = [app.visitor(), app.head("UZB"), app.delegate("KAZ", Capacity::Observer), app.office(Office::Administrator)];
        for other in &others {
            other.get("/sessions/15/programme").await.expect(404);
            other.get("/sessions/15/programme/0").await.expect(404);
        }
        for actor in [&chair, &others[1]] {
            actor.get(EDIT).await.expect(404);
            actor.get(ADOPT).await.expect(404);
            send(actor, ADOPT, &adoption(&newest(&app, &session).0, &[])).await.expect(404);
            actor.post("/sessions/15/programme/revise", &[]).await.expect(404);
        }
        chair.get("/sessions/15/programme/0").await.expect(200).sees("PA-UZB-2020-001").lacks(EDIT);
        secretariat.get("/sessions/15/programme").await.expect(200).sees(EDIT).sees(ADOPT);

        secretariat.get(ADOPT).await.expect(200).sees("as contained in document WP-2020, by consensus");
        send(&secretariat, ADOPT, &adoption(&newest(&app, &session).0, &[("on", "2020-09-15")])).await.expect(422);
        adopt(&app, &session, &secretariat).await;
        let page = others[0].get("/sessions/15/programme").await.expect(200);
        page.sees("The Working Group adopted the programme.").sees("Action of UZB").sees("14 September 2020")
            .sees("Rank 1 in the review; within the 3 places.").lacks("PA-AZE-2020-001")
            .lacks("href=\"/submissions/PA-UZB-2020-001\"").sees("href=\"/submissions/PA-UZB-2020-001/progress\"").sees("/sessions/15/exports/programme.csv?lang=en");
        others[1].get("/sessions/15/programme/0").await.expect(200).sees("PA-AZE-2020-001").sees("beyond the 3 places");
        send(&secretariat, EDIT, &fields(&newest(&app, &session), &[])).await.expect(409);
        send(&secretariat, ADOPT, &adoption(&newest(&app, &session).0, &[])).await.expect(409).sees("Adopted");
    }
}

on_each_database! {
    async fn an_adopted_programme_does_not_change_with_its_actions(app: TestApp) {
        let session = app.session();
        let action = reviewed(&app, &session, "UZB", Some(Mark::Five));
        let secretariat = app.secretariat();
        start(&secretariat, "1").await;
        adopt(&app, &session, &secretariat).await;
        app.pass(chrono::TimeDelta::days(1));
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<(), StoreError> {
                let (_, questionnaire) =
                    speca::questionnaires::store::newest(tx, &session.id, speca::kernel::reference::Kind::Action)?;
                let before = submissions::store::answers_at(tx, &action.id, 1)?;
                let after = before.clone().with("title", speca::kernel::lang::Lang::En, "Another title");
                let author = secretariat.account.clone();
                submissions::store::save_revision(tx, &action, &questionnaire, &before, &after, &author, now)?;
                Ok(())
            })
            .expect("revision saved");
        app.visitor().get("/sessions/15/programme").await.expect(200).sees("Action of UZB").lacks("Another title");
    }
}

on_each_database! {
    async fn a_revision_takes_the_place_of_the_programme_when_it_is_adopted(app: TestApp) {
        let session = app.session();
        five_actions(&app, &session);
        let secretariat = app.secretariat();
        secretariat.post("/sessions/15/programme/revise", &[]).await.expect(404);
        start(&secretariat, "1").await;
        secretariat.post("/sessions/15/programme/revise", &[]).await.expect(409);
        adopt(&app, &session, &secretariat).await;
        secretariat.post("/sessions/15/programme/revise", &[]).await.expect(303);
        let before = newest(&app, &session);
        assert_eq!((before.0.reference.as_str(), before.0.state), ("WP-2020/Rev.1", State::Draft));
        assert_eq!(included(&app, &before.1), ["PA-UZB-2020-001"]);
        app.visitor().get("/sessions/15/programme/1").await.expect(404);
        app.visitor().get("/sessions/15/programme").await.expect(200).lacks("Rev.1");
        send(&secretariat, EDIT, &fields(&before, &[("places".to_owned(), "3")])).await.expect(303);
        adopt(&app, &session, &secretariat).await;
        let states: Vec<(String, State)> =
            held(&app, &session).into_iter().map(|(programme, _)| (programme.reference, programme.state)).collect();
        assert_eq!(states, [("WP-2020/Rev.1".to_owned(), State::Adopted), ("WP-2020".to_owned(), State::Superseded)]);
        app.visitor().get("/sessions/15/programme").await.expect(200).sees("PA-KAZ-2020-001");
        let old = app.visitor().get("/sessions/15/programme/0").await.expect(200);
        old.sees("A later revision").lacks("PA-KAZ-2020-001").lacks("programme.csv");
    }
}

on_each_database! {
    async fn abstentions_are_not_votes_and_all_delegations_answer(app: TestApp) {
        let session = app.session();
        five_actions(&app, &session);
        let secretariat = app.secretariat();
        start(&secretariat, "1").await;
        let programme = newest(&app, &session).0;
        let vote = |answers: &[&str]| {
            let codes = ["AFG", "AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"];
            let mut fields = adoption(&programme, &[("by", "recorded-vote"), ("record_en", ""), ("record_ru", "")]);
            fields.extend(codes.iter().zip(answers).map(|(code, answer)| (format!("vote.{code}"), (*answer).to_owned())));
            fields
        };
        // One delegation is missing.
        send(&secretariat, ADOPT, &vote(&["yes", "yes", "yes", "yes", "no", "no"])).await.expect(422);
        // Two of four votes are no majority.
        let even = vote(&["yes", "yes", "no", "no", "abstain", "abstain", "not-voting"]);
        send(&secretariat, ADOPT, &even).await.expect(409).sees("2 in favour, 3 are needed");
        // Nobody voted.
        send(&secretariat, ADOPT, &vote(&["abstain"; 7])).await.expect(409);
        // Three of seven are no quorum, all of them in favour though they are.
        let few = vote(&["yes", "yes", "yes", "absent", "absent", "absent", "absent"]);
        send(&secretariat, ADOPT, &few).await.expect(409).sees("3 delegations were present, 4 are needed");
        assert_eq!(newest(&app, &session).0, programme);
        // Two of three votes are a majority; abstaining, not voting and absent are none.
        let carried = vote(&["yes", "no", "yes", "abstain", "abstain", "not-voting", "absent"]);
        send(&secretariat, ADOPT, &carried).await.expect(303);
        let page = app.visitor().get("/sessions/15/programme").await.expect(200);
        page.sees("by a recorded vote of 2 in favour to 1 against, with 2 abstaining")
            .sees("<td class=\"abstain\">Abstaining</td>").sees("<td class=\"absent\">Not voting</td>").sees("Kazakhstan");
        app.visitor().get("/sessions/15/programme?lang=ru").await.expect(200).sees("за — 2, против — 1, воздержались — 2");
    }
}

on_each_database! {
    async fn outside_the_window_nothing_is_built_or_adopted(app: TestApp) {
        let session = app.session();
        let actions = five_actions(&app, &session);
        let secretariat = app.secretariat();
        start(&secretariat, "1").await;
        let before = newest(&app, &session);
        app.close_window(&session, Step::Programme);
        let typed = fields(&before, &[("introduction_en".to_owned(), "Typed after the window closed")]);
        send(&secretariat, EDIT, &typed).await.expect(409).sees("Typed after the window closed");
        let late = adoption(&before.0, &[("record_en", "Record typed after the window closed")]);
        send(&secretariat, ADOPT, &late).await.expect(409).sees("Record typed after the window closed");
        secretariat.get(EDIT).await.expect(200).lacks("name=\"places\"").lacks(&actions[0].reference);
        assert_eq!(newest(&app, &session), before);
    }
}

on_each_database! {
    async fn what_is_no_longer_accepted_is_not_adopted(app: TestApp) {
        let session = app.session();
        let actions = five_actions(&app, &session);
        let secretariat = app.secretariat();
        start(&secretariat, "1").await;
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| submissions::store::set_state(tx, &actions[0], SubmissionState::Withdrawn, now))
            .expect("withdrawn");
        let programme = newest(&app, &session).0;
        send(&secretariat, ADOPT, &adoption(&programme, &[])).await.expect(409).sees("PA-UZB-2020-001");
        let before = newest(&app, &session);
        let typed = [
            (field(&before, &actions[0], "included"), ""),
            (field(&before, &actions[0], "override_reason"), "Withdrawn by the delegation."),
        ];
        send(&secretariat, EDIT, &fields(&before, &typed)).await.expect(303);
        send(&secretariat, ADOPT, &adoption(&newest(&app, &session).0, &[])).await.expect(409);
    }
}

on_each_database! {
    async fn a_certified_ballot_gives_the_order_and_no_other_does(app: TestApp) {
        let session = stage(&app);
        app.accepted_action(&session, "TJK", "Accepted after the vote");
        let secretariat = app.secretariat();
        opened(&secretariat, &[("tie_rule", "refuse")]).await;
        for (code, priorities) in [("KAZ", "2 1 3"), ("AZE", "2 1 2"), ("AFG", "3 1 2")] {
            cast(&app.head(code), priorities).await;
        }
        app.pass(chrono::TimeDelta::days(2));
        step(&app, &secretariat, &session, "close").await.expect(303);
        let id = session.id.clone();
        let ballot = app.db.read_here(move |conn| speca::ballots::store::by_number(conn, &id, 1)).expect("ballot").id;
        let start = [("places", "2"), ("ballot", ballot.as_str())];
        secretariat.get(EDIT).await.expect(200).lacks(ballot.as_str());
        secretariat.post(START, &start).await.expect(409);
        step(&app, &secretariat, &session, "certify").await.expect(303);
        secretariat.get(EDIT).await.expect(200).sees(ballot.as_str());
        secretariat.post(START, &start).await.expect(303);
        let (programme, items) = newest(&app, &session);
        assert_eq!(programme.ballot, Some(ballot));
        // Borda: Kyrgyzstan 6; Kazakhstan 1 + ½ + 0 = 1½, Uzbekistan 0 + ½ + 1 = 1½.
        let reasons: Vec<(bool, &str)> = items.iter().map(|item| (item.included, item.reason.en.as_str())).collect();
        assert_eq!(
            reasons,
            [
                (true, "Place 1 in ballot 1; no score in the review; within the 2 places."),
                (false, "Place 2 in ballot 1; no score in the review; tied at the last place."),
                (false, "Place 2 in ballot 1; no score in the review; tied at the last place."),
                (false, "Not among the options of ballot 1; no score in the review."),
            ]
        );
        adopt(&app, &session, &secretariat).await;
        app.visitor().get("/sessions/15/programme").await.expect(200).sees("Ballot 1").sees("PA-KGZ-2020-001");
    }
}

/// Enters that the group took a decision about a programme in a silence procedure.
fn decided(app: &TestApp, session: &Session, programme: &Programme) {
    let now = app.clock.now().naive_utc();
    let decision = Decision {
        id: DecisionId::new(),
        session: session.id.clone(),
        number: 3,
        title: Bilingual::new("The programme".to_owned(), "Программа".to_owned()),
        subject: Subject::Programme(programme.id.clone()),
        state: decisions::State::Decided,
        revision: 1,
        silence: None,
        asked_by: None,
        seed: String::new(),
        rules: None,
        decided: Some((Rung::Silence, now)),
        is_made_up: false,
        edition: 1,
        created_at: now,
        updated_at: now,
    };
    app.db.write_here(|tx| decisions::store::insert(tx, &decision)).expect("decision inserted");
}

on_each_database! {
    async fn the_page_shows_when_actions_are_under_way_and_by_which_decision_they_were_adopted(app: TestApp) {
        let session = app.session();
        five_actions(&app, &session);
        let secretariat = app.secretariat();
        start(&secretariat, "2").await;
        adopt(&app, &session, &secretariat).await;
        let visitor = app.visitor();
        let page = visitor.get("/sessions/15/programme").await.expect(200).lacks("Decision 3 of the group");
        // The one action lasts through 2021, its one output is due in the second half.
        page.sees("2021, half 1</th><td class=\"number\" data-label=\"Actions under way\">1</td><td class=\"number\" data-label=\"Outputs due\">0</td>")
            .sees("2021, half 2</th><td class=\"number\" data-label=\"Actions under way\">1</td><td class=\"number\" data-label=\"Outputs due\">1</td>")
            .sees("2022, half 1</th><td class=\"number\" data-label=\"Actions under way\">0</td>");
        decided(&app, &session, &newest(&app, &session).0);
        let page = visitor.get("/sessions/15/programme").await.expect(200);
        page.sees("Decision 3 of the group: ").sees("/sessions/15/decisions/3");
    }
}
