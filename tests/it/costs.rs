//! What a page asks of the database does not grow with what has gathered: revisions, submissions, ballots, reviews, programmes.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::Connection as _;
use diesel::connection::InstrumentationEvent;
use speca::db::{AnyConnection, StoreError};
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::submissions::{self, State};

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::TestApp;

/// Most queries of any page here: a page that needs more asks row by row.
const MOST: usize = 40;
/// The first page of a list.
const FIRST_PAGE: Range<usize> = 0..50;

/// Counts the queries of one look.
pub fn queries<T>(app: &TestApp, look: impl FnOnce(&mut AnyConnection) -> T) -> usize {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    app.db
        .read_here(|conn| -> Result<(), StoreError> {
            conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                if let InstrumentationEvent::StartQuery { .. } = event {
                    seen.fetch_add(1, Ordering::Relaxed);
                }
            });
            look(conn);
            conn.set_instrumentation(None::<fn(InstrumentationEvent<'_>)>);
            Ok(())
        })
        .expect("looked");
    count.load(Ordering::Relaxed)
}

on_each_database! {
    async fn a_page_costs_the_same_after_thirty_revisions(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Title");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let (actor, now) = (delegate.policy(), app.clock.now().naive_utc());
        let cost = || {
            let open = queries(&app, |conn| submissions::operations::open(conn, &actor, &draft.reference, now).expect("open"));
            let form = queries(&app, |conn| submissions::operations::form_of(conn, &actor, &draft.reference, now).expect("form"));
            let history = queries(&app, |conn| submissions::operations::history(conn, &actor, &draft.reference, now).expect("history"));
            (open, form, history)
        };
        let mut first = None;
        for revision in 1..=30 {
            let title = format!("Title {revision}");
            let answers = complete_answers(Kind::Practice).with("title", Lang::En, title.as_str());
            let fields = submissions::forms::fields_of(speca::questionnaires::Questionnaire::default_of(Kind::Practice), &answers);
            let mut fields: Vec<(String, String)> =
                fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            fields.push(("revision".to_owned(), revision.to_string()));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            delegate.post(&format!("/submissions/{}/autosave", draft.reference), &fields).await.expect(200);
            // The first save brings a second author.
            first.get_or_insert_with(cost);
        }
        let first = first.expect("saved");
        assert_eq!(first, cost());
        assert!(first.0 <= MOST && first.1 <= MOST && first.2 <= MOST, "{first:?}");
    }
}

on_each_database! {
    async fn a_session_costs_the_same_with_many_submissions_and_programmes(app: TestApp) {
        let session = app.session();
        let actor = app.secretariat().policy();
        let add = |count: usize| {
            for _ in 0..count {
                app.accepted_action(&session, "KAZ", "Action");
                app.submission(&session, "UZB", Kind::Practice, State::Submitted, "Practice");
            }
        };
        let cost = || {
            let filter = submissions::operations::Filter::default();
            let list = queries(&app, |conn| {
                submissions::operations::list(conn, &actor, session.number, &filter, FIRST_PAGE).expect("list")
            });
            let ranking = queries(&app, |conn| speca::reviews::operations::ranking(conn, &actor, session.number).expect("ranking"));
            let ballots = queries(&app, |conn| speca::ballots::operations::viewing::list(conn, &actor, session.number).expect("ballots"));
            let programme = queries(&app, |conn| speca::programmes::operations::looks::look(conn, &actor, session.number, None).expect("look"));
            (list, ranking, ballots, programme)
        };
        add(1);
        let one = cost();
        add(12);
        assert_eq!(one, cost());
        assert!(one.0 <= MOST && one.1 <= MOST && one.2 <= MOST && one.3 <= MOST, "{one:?}");
    }
}
