//! The language of a page: chosen by an account, kept for a visitor, switched in the middle of a form.
//!
//! A pressed switch travels with the form (`_language`), and the page that comes back must already be in the other
//! language. [`Switch`] looks at the beginning of what is sent, before anybody asks who reads; [`super::Posted`]
//! checks the token and only then keeps the choice with [`keep`].

use rocket::data::Data;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{CookieJar, Method};
use rocket::request::Request;
use rocket::time::Duration;

use super::cookies::{self, LANGUAGE};
use super::reader::Reader;
use crate::accounts::store;
use crate::db::StoreError;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;

/// How far into a form the switch is looked for: its button stands before the fields, so it comes first.
const LOOK_BYTES_MAX: usize = 512;
/// How long a visitor's choice is kept.
const KEPT_FOR: Duration = Duration::days(365);

/// The language that a form in flight asks for.
struct Asked(Option<Lang>);

/// Looks for a pressed language switch before the reader is loaded.
pub struct Switch;

#[rocket::async_trait]
impl Fairing for Switch {
    fn info(&self) -> Info {
        Info { name: "language switch", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        if request.method() == Method::Post {
            let asked = asked_in(data.peek(LOOK_BYTES_MAX).await);
            request.local_cache(|| Asked(asked));
        }
    }
}

/// Returns the language that the form of this request asks for with its switch.
pub(super) fn asked(request: &Request<'_>) -> Option<Lang> {
    request.local_cache(|| Asked(None)).0
}

/// Finds the switch at the beginning of a form, in either encoding.
fn asked_in(beginning: &[u8]) -> Option<Lang> {
    let text = String::from_utf8_lossy(beginning);
    let plain = text.split('&').find_map(|pair| Lang::from_code(pair.strip_prefix("_language=")?));
    plain.or_else(|| Lang::from_code(text.split_once("name=\"_language\"\r\n\r\n")?.1.get(..2)?))
}

/// Keeps a choice of language: in the account, or in the browser of a visitor.
pub async fn keep(jar: &CookieJar<'_>, reader: &Reader, lang: Lang) -> Result<(), StoreError> {
    if let Some(account) = reader.account().cloned() {
        return reader.db.write(move |tx| store::set_language(tx, &account, lang)).await;
    }
    jar.add(cookies::build(LANGUAGE, lang.code().to_owned(), KEPT_FOR, reader.site.behind_tls));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pressed_switch_is_found_in_both_encodings() {
        assert_eq!(asked_in(b"_language=ru&csrf=a&title=b"), Some(Lang::Ru));
        assert_eq!(asked_in(b"csrf=a&_language=en"), Some(Lang::En));
        let parts = b"--x\r\nContent-Disposition: form-data; name=\"_language\"\r\n\r\nru\r\n--x";
        assert_eq!(asked_in(parts), Some(Lang::Ru));
    }

    #[test]
    fn what_is_no_switch_is_left_alone() {
        for text in ["", "csrf=a", "title=_language%3Dru", "language=ru", "_language=", "_language=xx"] {
            assert_eq!(asked_in(text.as_bytes()), None, "{text}");
        }
    }
}
