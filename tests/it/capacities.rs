//! A head gives the people of the delegation another capacity: never oneself, never another head.

use diesel::prelude::*;
use speca::db::StoreError;
use speca::db::schema::accreditations;
use speca::kernel::ids::{AccountId, AccreditationId};
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::submissions::State;

use crate::on_each_database;
use crate::submissions::act;
use crate::support::{Actor, Page, TestApp};

/// Returns the one accreditation of an account, with its capacity.
fn held(app: &TestApp, account: &AccountId) -> (AccreditationId, String) {
    app.db
        .read_here(|conn| -> Result<_, StoreError> {
            Ok(accreditations::table
                .filter(accreditations::account_id.eq(account))
                .select((accreditations::id, accreditations::capacity))
                .get_result(conn)?)
        })
        .expect("accreditation")
}

async fn change(actor: &Actor<'_>, of: &Actor<'_>, to: &str) -> Page {
    let (id, _) = held(actor.app, &of.account);
    actor.post(&format!("/accounts/accreditations/{id}/capacity"), &[("capacity", to)]).await
}

on_each_database! {
    async fn a_head_makes_a_delegate_an_alternate_who_clears_and_an_observer_who_does_not_write(app: TestApp) {
        let session = app.session();
        let (head, delegate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Delegate));
        let one = app.submission(&session, "KAZ", Kind::Action, State::AwaitingClearance, "Waiting");
        act(&delegate, &one.reference, "clear", &[]).await.expect(403);
        let page = head.get("/accounts").await.expect(200);
        page.sees("Change capacity").lacks(&format!("{}/capacity", held(&app, &head.account).0));
        change(&head, &delegate, "alternate").await.expect(303);
        assert_eq!(held(&app, &delegate.account).1, "alternate");
        act(&delegate, &one.reference, "clear", &[]).await.expect(303);
        let two = app.submission(&session, "KAZ", Kind::Action, State::Draft, "Draft");
        change(&head, &delegate, "observer").await.expect(303);
        delegate.get(&format!("/submissions/{}/edit", two.reference)).await.expect(404);
        let trail = app.secretariat().get("/audit").await.expect(200);
        trail.sees("Capacity of an accreditation changed");
    }
}

on_each_database! {
    async fn nobody_makes_another_head_nor_changes_a_capacity_outside_the_delegation_or_ones_own(app: TestApp) {
        let (head, alternate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Alternate));
        let (delegate, second) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let stranger = app.delegate("UZB", Capacity::Delegate);
        change(&head, &delegate, "head").await.expect(409);
        change(&head, &second, "delegate").await.expect(409);
        change(&head, &head, "delegate").await.expect(409);
        change(&head, &stranger, "observer").await.expect(404);
        for other in [&alternate, &delegate, &app.office(speca::accounts::Office::Chair)] {
            change(other, &delegate, "observer").await.expect(404);
        }
        change(&head, &delegate, "secretariat").await.expect(409);
        change(&head, &delegate, "nothing").await.expect(404);
        change(&head, &delegate, "delegate").await.expect(409);
        for (actor, capacity) in [(&second, "head"), (&delegate, "delegate"), (&stranger, "delegate"), (&head, "head")] {
            assert_eq!(held(&app, &actor.account).1, capacity);
        }
        change(&app.secretariat(), &stranger, "observer").await.expect(303);
    }
}

on_each_database! {
    async fn invitations_of_an_alternate_fall_with_the_capacity(app: TestApp) {
        let (head, alternate) = (app.head("KAZ"), app.delegate("KAZ", Capacity::Alternate));
        let fields =
            [("to", "KAZ"), ("role", "delegate"), ("email", "new@example.org"), ("name", "New"), ("language", "en")];
        alternate.post("/accounts/invitations", &fields).await.expect(201);
        head.get("/accounts").await.expect(200).sees("new@example.org");
        change(&head, &alternate, "delegate").await.expect(303);
        head.get("/accounts").await.expect(200).lacks("new@example.org");
    }
}
