//! Submissions over HTTP, from draft to decision: who may do what and when, and that nothing typed is lost.

mod access;
mod disputes;
mod drafts;
mod late;
mod offline;
mod reading;
mod way;

use speca::kernel::reference::Kind;
use speca::questionnaires::{Answers, Questionnaire};
use speca::submissions::{self, Submission, forms};

use crate::support::{Actor, Page, TestApp};

/// Returns answers as the fields that a form of them sends.
pub fn fields_of(kind: Kind, answers: &Answers) -> Vec<(String, String)> {
    let fields = forms::fields_of(Questionnaire::default_of(kind), answers);
    fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Returns what is stored about a submission.
pub fn stored(app: &TestApp, reference: &str) -> (Submission, Answers) {
    let reference = reference.to_owned();
    app.db
        .read_here(move |conn| -> Result<_, speca::db::StoreError> {
            let submission = submissions::store::by_reference(conn, &reference)?;
            let answers = submissions::store::answers_at(conn, &submission.id, submission.revision)?;
            Ok((submission, answers))
        })
        .expect("submission")
}

/// Sends fields to an address.
pub async fn post(actor: &Actor<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    actor.post(path, &fields).await
}

/// Saves answers loaded from a revision, and asks for what is to follow.
pub async fn save(actor: &Actor<'_>, submission: &Submission, revision: i32, answers: &Answers, then: &str) -> Page {
    let mut fields = fields_of(submission.kind, answers);
    fields.push(("revision".to_owned(), revision.to_string()));
    if !then.is_empty() {
        fields.push(("then".to_owned(), then.to_owned()));
    }
    post(actor, &format!("/submissions/{}/edit", submission.reference), &fields).await
}

/// Does an act on the newest revision.
pub async fn act(actor: &Actor<'_>, reference: &str, event: &str, fields: &[(&str, &str)]) -> Page {
    let revision = stored(actor.app, reference).0.revision.to_string();
    let mut all = vec![("revision", revision.as_str())];
    all.extend_from_slice(fields);
    actor.post(&format!("/submissions/{reference}/acts/{event}"), &all).await
}

/// Returns every field that a browser would send from the main part of a page, without the token.
pub fn filled(page: &Page) -> Vec<(String, String)> {
    let main = page.body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("main");
    let mut fields = Vec::new();
    let mut select = None;
    for tag in main.split('<').skip(1) {
        let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = attribute(inside, "name");
        match inside.split([' ', '/']).next().unwrap_or_default() {
            "input" => {
                let is_box = matches!(attribute(inside, "type").as_deref(), Some("checkbox" | "radio"));
                if let Some(name) = name.filter(|_| !is_box || inside.contains(" checked")) {
                    fields.push((name, attribute(inside, "value").unwrap_or_default()));
                }
            }
            "textarea" => {
                let text = after.strip_prefix('\n').unwrap_or(after);
                fields.push((name.expect("name"), decoded(text)));
            }
            "select" => select = name,
            "option" if inside.contains(" selected") => {
                fields.push((select.clone().expect("select"), attribute(inside, "value").unwrap_or_default()));
            }
            _ => {}
        }
    }
    fields.retain(|(name, _)| name != "csrf");
    fields
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    rest.split_once('"').map(|(value, _)| decoded(value))
}

fn decoded(text: &str) -> String {
    let codes = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    codes.iter().fold(text.to_owned(), |text, (code, letter)| text.replace(code, letter))
}
