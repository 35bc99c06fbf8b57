//! Parity of languages: of each text, whether its translation is missing, unchecked, overtaken or checked.

use speca::db::StoreError;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::Answers;
use speca::submissions::languages::{Parity, store};
use speca::submissions::{State, Submission};

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, filled, post, save, stored};
use crate::support::TestApp;

/// Answers of a practice with few texts: a title in both languages, a summary in English alone.
fn few() -> Answers {
    Answers::none().with("title", Lang::En, "A window").with("title", Lang::Ru, "Окно").with(
        "summary",
        Lang::En,
        "Words",
    )
}

/// Returns how each text stands, by path.
fn parity(app: &TestApp, reference: &str) -> Vec<(String, Parity)> {
    let (submission, _) = stored(app, reference);
    let texts = app
        .db
        .read_here(move |conn| -> Result<_, StoreError> {
            let dossier = speca::submissions::operations::Dossier::load(conn, &submission.reference)?;
            speca::submissions::languages::operations::texts(conn, &dossier, submission.revision)
        })
        .expect("texts");
    texts.into_iter().map(|text| (text.path, text.parity)).collect()
}

fn pair(path: &str, parity: Parity) -> (String, Parity) {
    (path.to_owned(), parity)
}

/// Sends the editor as a browser does that loaded a revision.
fn sent(revision: i32, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    own.chain([("revision".to_owned(), revision.to_string())]).collect()
}

fn address(one: &Submission) -> String {
    format!("/submissions/{}/languages", one.reference)
}

on_each_database! {
    async fn a_translation_is_checked_until_the_original_changes(app: TestApp) {
        let session = app.session();
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &few());
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        assert_eq!(parity(&app, &one.reference), [pair("title", Parity::Draft), pair("summary", Parity::Missing)]);
        let page = delegate.get(&address(&one)).await.expect(200).sees("Translations checked: 0 of 2.");
        let names: Vec<String> = filled(&page).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["revision", "title|ru", "summary|ru"]);

        // What is missing cannot be ticked; what is ticked is checked.
        let fields = sent(1, &[("title|ru", "Окно"), ("summary|ru", ""), ("_check.title|ru", "yes"), ("_check.summary|ru", "yes")]);
        post(&delegate, &address(&one), &fields).await.expect(303);
        assert_eq!(parity(&app, &one.reference), [pair("title", Parity::Checked), pair("summary", Parity::Missing)]);
        assert_eq!(stored(&app, &one.reference).0.revision, 1);
        delegate.get("/sessions/15/submissions").await.expect(200).sees("Translations checked: 1 of 2.");
        delegate.get(&format!("/submissions/{}", one.reference)).await.expect(200).sees("parity-checked").sees("parity-missing");

        let changed = few().with("title", Lang::En, "A single window");
        save(&delegate, &one, 1, &changed, "").await.expect(303);
        assert_eq!(parity(&app, &one.reference), [pair("title", Parity::Stale), pair("summary", Parity::Missing)]);
        delegate.get(&address(&one)).await.expect(200).sees("<ins>single </ins>");

        // Written and ticked in one step; what is no longer ticked is no longer checked.
        let fields = sent(2, &[("title|ru", "Единое окно"), ("_check.title|ru", "yes")]);
        post(&delegate, &address(&one), &fields).await.expect(303);
        assert_eq!(parity(&app, &one.reference), [pair("title", Parity::Checked), pair("summary", Parity::Missing)]);
        assert_eq!(stored(&app, &one.reference).1.get("title", Lang::Ru), "Единое окно");
        post(&delegate, &address(&one), &sent(3, &[("title|ru", "Единое окно")])).await.expect(303);
        assert_eq!(parity(&app, &one.reference), [pair("title", Parity::Draft), pair("summary", Parity::Missing)]);
    }
}

on_each_database! {
    async fn the_editor_changes_nothing_but_the_translation(app: TestApp) {
        let session = app.session();
        let answers = complete_answers(Kind::Action);
        let one = app.submission_with(&session, "KAZ", Kind::Action, State::UnderReview, &answers);
        let secretariat = app.secretariat();
        app.head("KAZ").get(&address(&one)).await.expect(409);
        let fields = sent(
            1,
            &[
                ("title|en", "Not here"),
                ("title|ru", "Перевод секретариата"),
                ("cost", "999"),
                ("objectives.0.text|ru", "Цель"),
                ("objectives.2.text|ru", "Лишняя"),
                ("_original", "ru"),
            ],
        );
        post(&secretariat, &address(&one), &fields).await.expect(303);
        let (now, kept) = stored(&app, &one.reference);
        let wanted = answers.with("title", Lang::Ru, "Перевод секретариата").with("objectives.0.text", Lang::Ru, "Цель");
        assert_eq!((now.state, now.original, now.revision, kept), (State::UnderReview, Lang::En, 2, wanted));
        let counts = app.db.read_here(|conn| store::counts(conn, std::slice::from_ref(&now))).expect("counts");
        assert_eq!(counts[&now.id].all, parity(&app, &one.reference).len());
    }
}

on_each_database! {
    async fn two_translators_of_the_same_text_choose_and_a_changed_original_is_not_checked(app: TestApp) {
        let session = app.session();
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &few());
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        post(&head, &address(&one), &sent(1, &[("title|ru", "Окно главы")])).await.expect(303);
        let page = post(&delegate, &address(&one), &sent(1, &[("title|ru", "Окно делегата")])).await.expect(409);
        let page = page.sees("Окно главы").sees("Окно делегата").sees(&format!("action=\"{}\"", address(&one)));
        let fields = filled(&page);
        post(&delegate, &address(&one), &fields).await.expect(303);
        assert_eq!(stored(&app, &one.reference).1.get("title", Lang::Ru), "Окно делегата");

        // The original changed after the page was loaded: the tick does not count.
        let changed = stored(&app, &one.reference).1.with("title", Lang::En, "Another window");
        save(&head, &one, 3, &changed, "").await.expect(303);
        let fields = sent(3, &[("title|ru", "Окно делегата"), ("_check.title|ru", "yes")]);
        post(&delegate, &address(&one), &fields).await.expect(303);
        assert_eq!(parity(&app, &one.reference)[0], pair("title", Parity::Stale));
    }
}

on_each_database! {
    async fn a_language_switch_in_the_editor_loses_nothing_and_others_do_not_enter(app: TestApp) {
        let session = app.session();
        let one = app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &few());
        let head = app.head("KAZ");
        let fields = sent(1, &[("title|ru", "Недописано"), ("_language", "ru")]);
        post(&head, &address(&one), &fields).await.expect(200).sees("Недописано").sees("Тексты на двух языках");
        assert_eq!(stored(&app, &one.reference).1, few());
        app.secretariat().get(&address(&one)).await.expect(404);
        app.head("UZB").get(&address(&one)).await.expect(404);
        let accepted = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Accepted");
        app.head("UZB").get(&address(&accepted)).await.expect(403);
        app.secretariat().get(&address(&accepted)).await.expect(200);
        act(&head, &one.reference, "withdraw", &[]).await.expect(303);
        head.get(&address(&one)).await.expect(409);
    }
}
