//! The whole interface as one OpenAPI document, gathered from what stands above each handler.

use std::sync::LazyLock;

use serde_json::Value;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::pages::problems::ProblemView;
use super::routes::{ballots, decisions, exports, lists, meetings, progress, reviews, sessions, submissions, writing};

/// Says how a token is sent.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token of an account, made at `/account/tokens`. It may do what its scopes and the account allow.",
            ))
            .build();
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "SPECA Working Group on Trade",
        version = "1",
        description = "What the pages show, and the acts that integrations need. Times are of Coordinated Universal Time, codes are those of the files, texts come in English and Russian. Lists come in parts: `next` of one part is the `cursor` of the following. What one may not see answers as if it did not exist."
    ),
    paths(
        lists::me, lists::lists, lists::list, lists::practices, lists::practice,
        exports::list, exports::rows, exports::platform_rows,
        sessions::list, sessions::session, sessions::questionnaire, sessions::programme, sessions::programme_revision,
        submissions::list, submissions::submission, submissions::history,
        writing::start, writing::save, writing::act, writing::consent, writing::co_sponsor,
        reviews::ranking, reviews::own, reviews::others, reviews::save,
        ballots::list, ballots::ballot, ballots::paper, ballots::result, ballots::papers,
        decisions::list, decisions::decision, decisions::support, decisions::object, decisions::settle, decisions::amend,
        decisions::explain,
        meetings::list, meetings::meeting, meetings::note, meetings::register, meetings::take_out,
        progress::list, progress::progress, progress::save, progress::act, progress::answer,
        super::routes::description
    ),
    components(schemas(ProblemView)),
    modifiers(&Tokens)
)]
struct Description;

/// Returns the document.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> =
        LazyLock::new(|| serde_json::to_value(Description::openapi()).expect("invariant: the description is JSON"));
    &DOCUMENT
}
