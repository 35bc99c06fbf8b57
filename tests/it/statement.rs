//! The statement of accessibility: found from every page, in both languages, with an address to write to.

use rocket::http::Status;
use rocket::local::asynchronous::Client;
use speca::kernel::clock::Clock;

use crate::on_each_database;

on_each_database! {
    async fn the_statement_of_accessibility_is_found_from_every_page(app: TestApp) {
        app.session();
        let visitor = app.visitor();
        for page in ["/", "/library", "/sign-in", "/no-such-page"] {
            visitor.get(page).await.sees("href=\"/accessibility\"");
        }
        visitor.get("/accessibility").await.expect(200).sees("WCAG").sees("dir=\"ltr\"").sees("Write to the secretariat: secretariat@example.org");
        visitor.get("/accessibility?lang=ru").await.expect(200).sees("Доступность").sees("Напишите в секретариат: secretariat@example.org");
    }
}

on_each_database! {
    async fn without_a_mail_server_it_sends_to_the_address_of_the_invitation(app: TestApp) {
        let config = speca::config::Config { mail: None, ..app.config() };
        let rocket = speca::app::build(&config, crate::support::SECRET, app.db.clone(), Clock::system(), false);
        let client = Client::tracked(rocket).await.expect("client");
        let answer = client.get("/accessibility").dispatch().await;
        assert_eq!(answer.status(), Status::Ok);
        let page = answer.into_string().await.expect("page");
        assert!(page.contains("at the address from which you were invited"), "{page}");
    }
}
