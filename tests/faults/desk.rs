//! A session with drafts, and a delegate who can sign in.

use chrono::NaiveDate;
use diesel::prelude::*;
use speca::accounts::password;
use speca::db::StoreError;
use speca::db::schema::accounts;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::Questionnaire;
use speca::sessions::{self, Session, Step, Window};
use speca::submissions::{self, State, Submission, forms};

use crate::factories::complete_answers;
use crate::support::TestApp;

/// What the delegate signs in with.
pub const PASSWORD: &str = "a password for the tests";

/// A draft as it was acknowledged: where, which revision, which title.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    pub reference: String,
    pub revision: i32,
    pub title: String,
}

/// Opens every window for as long as anybody runs this: the binary reads the clock of the machine, and the session is of 2020.
pub fn always_open(app: &TestApp, session: &Session) {
    let midnight = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    for step in Step::ALL {
        let window = Window { step: *step, opens_at: midnight(2020), closes_at: midnight(2100) };
        app.db.write_here(|tx| sessions::store::set_window(tx, &session.id, &window)).expect("a window");
    }
}

/// Returns the drafts of a delegation and the address of its delegate.
pub fn drafts(app: &TestApp, count: usize) -> (Vec<Submission>, String) {
    let session = app.session();
    always_open(app, &session);
    let answers = complete_answers(Kind::Practice);
    let drafts = (0..count).map(|_| app.submission_with(&session, "KAZ", Kind::Practice, State::Draft, &answers));
    let drafts = drafts.collect();
    let account = app.delegate("KAZ", Capacity::Delegate).account;
    let hash = password::hash_here(PASSWORD);
    let email = app.db.write_here(|tx| -> Result<String, StoreError> {
        diesel::update(accounts::table.find(&account)).set(accounts::password_hash.eq(&hash)).execute(&mut **tx)?;
        Ok(accounts::table.find(&account).select(accounts::email).first(&mut **tx)?)
    });
    (drafts, email.expect("an account with a password"))
}

/// Returns the fields of a save: every answer, and a title.
pub fn fields(revision: i32, title: &str) -> Vec<(String, String)> {
    let answers = complete_answers(Kind::Practice).with("title", Lang::En, title);
    let fields = forms::fields_of(Questionnaire::default_of(Kind::Practice), &answers);
    let mut fields: Vec<(String, String)> =
        fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    fields.push(("revision".to_owned(), revision.to_string()));
    fields
}

/// Returns the fields as a browser takes them.
pub fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Returns the newest revision of a draft.
pub fn revision(app: &TestApp, reference: &str) -> i32 {
    app.db.read_here(|conn| submissions::store::by_reference(conn, reference)).expect("a draft").revision
}

/// Returns those of the acknowledged saves that are not in the database as they were acknowledged.
pub fn lost(app: &TestApp, saved: &[Saved]) -> Vec<Saved> {
    let is_lost = |saved: &&Saved| {
        let found = app.db.read_here(|conn| -> Result<_, StoreError> {
            let submission = submissions::store::by_reference(conn, &saved.reference)?;
            submissions::store::answers_at(conn, &submission.id, saved.revision)
        });
        found.expect("answers").get("title", Lang::En) != saved.title
    };
    saved.iter().filter(is_lost).cloned().collect()
}

/// Asserts that the trail of acts is whole.
pub fn assert_trail_is_whole(app: &TestApp) {
    let verdict = app.db.read_here(speca::audit::verify).expect("a trail");
    assert!(matches!(verdict, speca::audit::Verdict::Whole { .. }), "{verdict:?}");
}
