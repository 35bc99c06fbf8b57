//! Who else is writing: shown to those who may edit, gone after a while, nowhere in any record.

use chrono::TimeDelta;
use diesel::prelude::*;
use speca::accounts;
use speca::db::StoreError;
use speca::db::schema::{audit, editing_presences};
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::submissions::State;

use crate::on_each_database;
use crate::submissions::act;
use crate::support::{Actor, TestApp};

fn name(app: &TestApp, actor: &Actor<'_>, name: &str) {
    let set = |tx: &mut speca::db::Tx<'_>| {
        accounts::store::set_profile(tx, &actor.account, name, Lang::En, chrono_tz::Tz::UTC)
    };
    app.db.write_here(set).expect("named");
}

fn kept(app: &TestApp) -> i64 {
    app.db
        .read_here(|conn| -> Result<i64, StoreError> { Ok(editing_presences::table.count().get_result(conn)?) })
        .expect("presences")
}

on_each_database! {
    async fn the_form_says_who_else_has_it_open(app: TestApp) {
        let session = app.session();
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        name(&app, &delegate, "Trade office");
        name(&app, &head, "Minister's <office>");
        let one = app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Single window");
        let (edit, ask) = (format!("/submissions/{}/edit", one.reference), format!("/submissions/{}/presence", one.reference));
        let acts = || app.db.read_here(|conn| -> Result<i64, StoreError> { Ok(audit::table.count().get_result(conn)?) }).expect("trail");
        let before = acts();
        delegate.get(&edit).await.expect(200).lacks("last seen");
        head.get(&edit).await.expect(200).sees("Trade office, last seen 14 September 2020, 08:00");
        app.pass(TimeDelta::seconds(30));
        let part = delegate.post(&ask, &[("question", "summary|en")]).await.expect(200);
        part.sees("Minister&#39;s &#60;office&#62;, last seen").lacks("<html").lacks("Trade office");
        head.get(&edit).await.expect(200).sees("Trade office, at “Summary”");
        // A glance without a question keeps the one that was touched; an odd one is none.
        app.pass(TimeDelta::seconds(30));
        delegate.get(&edit).await.expect(200);
        head.get(&edit).await.expect(200).sees("Trade office, at “Summary”");
        delegate.post(&ask, &[("question", "<script>")]).await.expect(200);
        head.post(&ask, &[]).await.expect(200).sees("at “Summary”").lacks("script");
        // Others are neither seen nor told.
        for other in [app.head("UZB"), app.secretariat(), app.delegate("KAZ", Capacity::Observer)] {
            other.post(&ask, &[]).await.expect(404);
        }
        assert_eq!((kept(&app), acts()), (2, before));
        // Who waits for the head may look, and no longer edits.
        act(&delegate, &one.reference, "request-clearance", &[]).await.expect(303);
        delegate.post(&ask, &[]).await.expect(409);
        head.get(&edit).await.expect(200).sees("Trade office");
        // Nobody is there for ever.
        app.pass(TimeDelta::minutes(10));
        head.get(&edit).await.expect(200).lacks("Trade office");
        assert_eq!(kept(&app), 1, "what has run out is swept");
        app.head("KAZ").get(&edit).await.expect(200).sees("Minister");
    }
}
