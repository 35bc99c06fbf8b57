//! Forms of signing in, and what travels with them: where to go next, and what was typed before.

use rocket::FromForm;
use validator::Validate;

use crate::kernel::lang::Lang;
use crate::web::Fields;
use crate::web::answer::local;
use crate::web::resend::is_secret;

/// Before the name of a field that is kept over a sign-in.
const KEPT: &str = "kept:";

/// E-mail address and password.
#[derive(FromForm, Validate)]
pub struct SignInForm {
    /// E-mail address.
    #[validate(length(min = 1, code = "required"))]
    pub email: String,
    /// Password.
    #[validate(length(min = 1, code = "required"))]
    pub password: String,
}

/// The language of the pages, chosen outside a form.
#[derive(FromForm, Validate)]
pub struct LanguageForm {
    /// Code of the language.
    pub language: String,
    /// The page to come back to.
    pub return_to: String,
}

/// A form that was interrupted by a missing sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it was going.
    pub target: String,
    /// What was typed: names and values.
    pub fields: Vec<(String, String)>,
}

/// Returns the fields of a sign-in form that keeps an interrupted form, and the language switch if that was pressed.
pub fn keeping(target: &str, typed: &Fields, switch: Option<Lang>) -> Fields {
    let mut fields = Fields::none().set("target", local(target.to_owned()));
    if let Some(lang) = switch {
        fields.push(&format!("{KEPT}_language"), lang.code());
    }
    for (name, value) in typed.iter().filter(|(name, _)| !is_secret(name)) {
        fields.push(&format!("{KEPT}{name}"), value);
    }
    fields
}

/// Returns what a sign-in form carries along: the hidden fields, as they are.
pub fn carried(fields: &Fields) -> Vec<(String, String)> {
    let is_carried = |name: &str| name == "target" || name == "next" || name.starts_with(KEPT);
    fields
        .iter()
        .filter(|(name, _)| is_carried(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Returns the interrupted form that a sign-in form has kept, if there is one.
pub fn kept(fields: &Fields) -> Option<Kept> {
    let target = Some(fields.value("target")).filter(|target| !target.is_empty())?;
    let typed = fields.iter().filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?, value)));
    let fields =
        typed.filter(|(name, _)| !is_secret(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(Kept { target: local(target.to_owned()), fields })
}

/// Returns an address without a language in its query, so that a switched language is not switched back.
pub fn without_language(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_goes_through_a_sign_in_and_passwords_do_not() {
        let mut typed = Fields::none().set("title|en", "Green\ncorridor").set("Password_again", "x").set("csrf", "t");
        typed.push("targets", "17.10");
        typed.push("targets", "17.11");
        let form = keeping("/submissions/GP-KAZ-2020-001/edit?step=2", &typed, None);
        let carried = carried(&form).into_iter().fold(Fields::none().set("email", "a"), |mut fields, (name, value)| {
            fields.push(&name, value);
            fields
        });
        let kept = kept(&carried).expect("kept");
        assert_eq!(kept.target, "/submissions/GP-KAZ-2020-001/edit?step=2");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            kept.fields,
            vec![pair("targets", "17.10"), pair("targets", "17.11"), pair("title|en", "Green\ncorridor")]
        );
    }

    #[test]
    fn nothing_is_sent_on_to_another_site() {
        assert_eq!(keeping("//evil.example", &Fields::none(), None).value("target"), "/");
        let forged = Fields::none().set("target", "https://evil.example");
        assert_eq!(kept(&forged).map(|kept| kept.target).as_deref(), Some("/"));
        assert_eq!(kept(&Fields::none()), None);
    }

    #[test]
    fn the_language_leaves_the_address_it_was_chosen_in() {
        assert_eq!(without_language("/library?lang=ru"), "/library");
        assert_eq!(without_language("/library?page=2&lang=ru&q=a"), "/library?page=2&q=a");
        assert_eq!(without_language("/library?language=x"), "/library?language=x");
    }
}
