//! One's own tokens: the list, the form of a new one, and a new one shown once.

use askama::Template;

use crate::api::model::{DAYS, Scope, Token};
use crate::kernel::fields::FieldErrors;
use crate::web::{Answer, Fields, FormView, Frame, Member, PageResult};

/// Address of the page.
pub const ADDRESS: &str = "/account/tokens";

/// The page.
#[derive(Template)]
#[template(path = "api/tokens.html")]
struct TokensPage {
    frame: Frame,
    form: FormView,
    scopes: Vec<(&'static str, String)>,
    days: Vec<(String, String)>,
    rows: Vec<TokenRow>,
    made: Option<String>,
}

/// One token.
struct TokenRow {
    id: String,
    name: String,
    scopes: String,
    until: String,
    used: String,
}

fn page(member: &Member<'_>, tokens: &[Token], form: FormView, made: Option<String>) -> TokensPage {
    let texts = member.texts();
    let row = |token: &Token| TokenRow {
        id: token.id.to_string(),
        name: token.name.clone(),
        scopes: token.scopes.iter().map(|scope| texts.code("api-scope", scope)).collect::<Vec<_>>().join("; "),
        until: texts.day(token.expires_at.date()),
        used: token.last_used_on.map_or_else(|| texts.text("token-unused"), |day| texts.day(day)),
    };
    TokensPage {
        frame: Frame::new(member, texts.text("tokens-title"))
            .crumb(texts.text("account-own"), "/account")
            .form("token"),
        form,
        scopes: Scope::ALL.iter().map(|scope| (scope.code(), texts.code("api-scope", scope))).collect(),
        days: DAYS.iter().map(|days| (days.to_string(), texts.one("token-days", "days", days))).collect(),
        rows: tokens.iter().map(row).collect(),
        made,
    }
}

fn fresh() -> FormView {
    FormView::fresh(Fields::none().set("scopes", Scope::Read.code()).set("days", "90"))
}

/// Shows the tokens.
pub fn show(member: &Member<'_>, tokens: &[Token]) -> PageResult {
    Answer::page(&page(member, tokens, fresh(), None))
}

/// Shows the tokens with the text of a new one: this once.
pub fn made(member: &Member<'_>, tokens: &[Token], text: String) -> PageResult {
    Answer::page(&page(member, tokens, fresh(), Some(text)))
}

/// Shows the form again with what was typed.
pub fn again(member: &Member<'_>, tokens: &[Token], fields: Fields, errors: &FieldErrors) -> PageResult {
    let form = FormView::again(member.texts(), fields, errors);
    Answer::again(&page(member, tokens, form, None), !errors.is_empty())
}
