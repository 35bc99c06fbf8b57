//! What the secretariat imports on behalf of a delegation waits for its head.

use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::outbox::Kind as Mail;
use speca::policy::Capacity;
use speca::submissions::State;

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::outbox::{of, told, worded};
use crate::submissions::{act, save, stored};
use crate::support::Actor;

const ADDRESS: &str = "/sessions/15/imports/practice";

/// Sends a file, checks what is shown before, and applies it.
async fn import(secretariat: &Actor<'_>, text: &str, shown: &str) {
    let page = secretariat.post_parts(ADDRESS, &[], Some(text.as_bytes())).await.expect(200).sees(shown);
    let (content, digest) = crate::imports::carried(&page.body);
    let fields = [("content", content.as_str()), ("digest", digest.as_str()), ("name", "a.csv")];
    page.sees("name=\"name\" value=\"a.csv\"");
    secretariat.post_parts(&format!("{ADDRESS}/apply"), &fields, None).await.expect(303);
}

on_each_database! {
    async fn what_is_imported_for_a_delegation_waits_for_its_head(app: TestApp) {
        let session = app.session();
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        let (delegate, other) = (app.delegate("KAZ", Capacity::Delegate), app.head("UZB"));
        let text = "delegation,title_en\nKAZ,Sent by mail\nREG,Of the group\n";
        import(&secretariat, text, "One new text waits for its delegation").await;
        let (reference, address) = ("GP-KAZ-2020-001", "/submissions/GP-KAZ-2020-001");
        assert_eq!(stored(&app, reference).0.state, State::AwaitingClearance);
        assert_eq!(stored(&app, "GP-REG-2020-001").0.state, State::Draft);
        let mails: Vec<_> = told(&app).into_iter().filter(|(kind, _)| *kind == Mail::ConfirmationAsked).collect();
        assert_eq!(mails, [(Mail::ConfirmationAsked, Some(head.account.clone()))]);
        let mail = worded(&of(&app, &head.account)[0]);
        assert_eq!(mail.subject, format!("Action required: {reference} awaits your confirmation"));
        assert!(mail.body.contains("a.csv"), "{}", mail.body);
        head.get("/").await.expect(200).sees("Needs your clearance: Sent by mail");
        head.get(address).await.expect(200).sees("from the file “a.csv”").sees("14 September 2020").sees("acts/clear");
        delegate.get(address).await.expect(200).sees("from the file “a.csv”").lacks("acts/clear");
        for outsider in [&other, &secretariat, &app.reviewer(&session.id, None)] {
            outsider.get(address).await.expect(404);
        }
        act(&secretariat, reference, "clear", &[]).await.expect(404);
        act(&secretariat, reference, "ask-confirmation", &[]).await.expect(404);

        act(&head, reference, "clear", &[]).await.expect(422);
        let whole = complete_answers(Kind::Practice).with("title", Lang::En, "Sent by mail, completed");
        save(&head, &stored(&app, reference).0, 1, &whole, "clear").await.expect(303);
        assert_eq!(stored(&app, reference).0.state, State::Submitted);
        let page = secretariat.get(address).await.expect(200).sees("Sent by mail, completed");
        page.sees("Entered by the secretariat from a file");
        head.get(address).await.expect(200).lacks("It waits for the confirmation");
    }
}

on_each_database! {
    async fn what_a_delegation_declines_is_an_ordinary_draft_that_no_file_changes(app: TestApp) {
        app.session();
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let text = "delegation,title_en\nKAZ,Sent by mail\n";
        import(&secretariat, text, "One new text waits").await;
        import(&secretariat, "reference,title_en\nGP-KAZ-2020-001,Sent again\n", "changed: 1").await;
        let one = stored(&app, "GP-KAZ-2020-001").0;
        assert_eq!((one.state, one.revision, one.columns.title.en.as_str()), (State::AwaitingClearance, 2, "Sent again"));
        act(&head, &one.reference, "send-back", &[("note", "Not ours")]).await.expect(303);
        assert_eq!(stored(&app, &one.reference).0.state, State::Draft);
        delegate.get(&format!("/submissions/{}/edit", one.reference)).await.expect(200);
        head.get(&format!("/submissions/{}", one.reference)).await.expect(200).lacks("It waits for the confirmation");
        let file = "reference,title_en\nGP-KAZ-2020-001,Sent a third time\n";
        secretariat.post_parts(ADDRESS, &[], Some(file.as_bytes())).await.expect(422).sees("GP-KAZ-2020-001");
        assert_eq!(stored(&app, &one.reference).0.revision, 2);
    }
}
