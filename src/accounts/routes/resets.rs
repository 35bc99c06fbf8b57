//! Addresses of those who have lost the password.

use rocket::{Route, get, post, routes};

use crate::accounts::forms::resets::ForgottenForm;
use crate::accounts::operations::resets as operations;
use crate::accounts::pages::resets as pages;
use crate::web::{Answer, Browser, PageError, PageResult, Posted, Reader};

#[get("/sign-in/forgotten")]
fn forgotten_page(reader: &Reader) -> PageResult {
    pages::form(reader)
}

#[post("/sign-in/forgotten", data = "<posted>")]
async fn forgotten(reader: &Reader, browser: Browser<'_>, posted: Posted<ForgottenForm>) -> PageResult {
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::again(reader, fields, &errors),
    };
    if !reader.site.sends_mail {
        return Err(PageError::not_found());
    }
    let (address, now) = (browser.address, reader.now());
    match reader.db.write(move |tx| operations::ask(tx, &form.email, address, now)).await? {
        Ok(()) => Answer::done("/sign-in", reader.texts().text("forgotten-asked")),
        Err(until) => pages::wait(reader, fields, until),
    }
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![forgotten_page, forgotten]
}
