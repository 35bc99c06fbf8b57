//! The page that asks before somebody is erased, and the file with what is held about oneself.

use askama::Template;
use rocket::http::ContentType;

use super::model::Record;
use crate::accounts::Account;
use crate::kernel::fields::Message;
use crate::web::errors::refusal;
use crate::web::{Answer, Frame, Member, PageError, PageResult};

#[derive(Template)]
#[template(path = "personal/erase.html")]
struct ErasePage {
    frame: Frame,
    facts: Vec<(String, String)>,
    /// Why it cannot be done yet.
    notice: Option<String>,
    action: String,
}

/// Shows what an erasure takes away and what stays.
pub fn erase(member: &Member<'_>, account: &Account) -> PageResult {
    let texts = member.texts();
    Answer::page(&ErasePage {
        frame: Frame::new(member, texts.text("personal-erase")).crumb(texts.text("nav-accounts"), "/accounts"),
        facts: vec![
            (texts.text("account-name"), account.name.clone()),
            (texts.text("account-email"), account.email.clone()),
        ],
        notice: account.disabled_at.is_none().then(|| refusal(texts, &Message::new("account-not-disabled"))),
        action: format!("/accounts/{}/erase", account.id),
    })
}

/// Gives the copy as a file.
pub fn copy(record: &Record) -> PageResult {
    let body = serde_json::to_vec_pretty(record).map_err(|error| PageError::Template(error.to_string()))?;
    Ok(Answer::File(ContentType::JSON, "speca-my-data.json".to_owned(), body))
}
