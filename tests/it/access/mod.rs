//! Who gets what: every mounted route × every capacity × own and other delegations × states, against the policy table.
//!
//! `rows.rs` holds one line a route: where it acts and which act of the policy guards it. A mounted route without a
//! line fails, and the failure says which line to write. `world.rs` makes what is acted on. Allowed means anything but
//! 401, 403, 404 and the way to the sign-in; an allowed form may still be told 409 or 422. What is refused leaves no
//! line in the audit trail.

pub mod rows;
pub mod world;

use std::collections::BTreeSet;

use diesel::prelude::*;
use rocket::http::Method;
use speca::db::StoreError;
use speca::db::schema::audit;
use speca::policy::{self, Action, Denial};

use crate::support::{Actor, Page, TestApp};
use world::{Made, Place, World};

/// What stands before a route.
#[derive(Debug, Clone, Copy)]
pub enum Guard {
    /// Nothing: open to anybody.
    Public,
    /// Everything: it answers whom another route has turned away.
    Nobody,
    /// Somebody must be signed in; it concerns that account alone.
    SignIn,
    /// The policy allows one of these acts.
    May(&'static [Action]),
}

/// One route and what guards it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    method: Method,
    path: &'static str,
    /// Where it acts.
    pub place: Place,
    guard: Guard,
    fixed: &'static [(&'static str, &'static str)],
    asking: &'static str,
    fields: &'static [(&'static str, &'static str)],
}

/// A route, where it acts, and what guards it.
const fn row(method: Method, path: &'static str, place: Place, guard: Guard) -> Row {
    Row { method, path, place, guard, fixed: &[], asking: "", fields: &[] }
}

impl Row {
    /// Sets parts of the address that do not depend on what is acted on.
    const fn at(mut self, fixed: &'static [(&'static str, &'static str)]) -> Self {
        self.fixed = fixed;
        self
    }

    /// Sets what stands behind the question mark of the address; `<part>` is filled in.
    const fn asking(mut self, query: &'static str) -> Self {
        self.asking = query;
        self
    }

    /// Sets the JSON that is sent to the programming interface; `<part>` is filled in.
    const fn sending(mut self, body: &'static [(&'static str, &'static str)]) -> Self {
        self.fields = body;
        self
    }

    /// Sets fields with which the form passes its own rules, so that the policy is asked; `<part>` is filled in.
    const fn with(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.fields = fields;
        self
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Returns the address.
    pub fn address(&self, made: &Made, actor: &Actor<'_>) -> String {
        let query = if self.asking.is_empty() { String::new() } else { format!("?{}", self.asking) };
        self.filled(&format!("{}{query}", self.path), made, actor)
    }

    /// Returns the fields of the form: those of the row, and those that every form of the place needs.
    fn fields(&self, made: &Made, actor: &Actor<'_>) -> Vec<(&'static str, String)> {
        let own = self.fields.iter().map(|(name, value)| (*name, self.filled(value, made, actor)));
        own.chain(made.fields.iter().cloned()).collect()
    }

    /// Sends the request.
    async fn ask(&self, made: &Made, actor: &Actor<'_>) -> Page {
        let path = self.address(made, actor);
        if self.method == Method::Get {
            return actor.get(&path).await;
        }
        if self.path.contains("/attachments/uploads") {
            let headers = [("Upload-Length", "5"), ("Upload-Offset", "0"), ("Upload-Metadata", "filename YS50eHQ=")];
            let body: &[u8] = if self.method == Method::Patch { b"hello" } else { b"" };
            return actor.resumable(self.method, &path, &headers, body).await;
        }
        if self.path.starts_with("/api/v1") || self.method != Method::Post {
            let body = self.fields.iter().map(|(_, body)| self.filled(body, made, actor)).collect::<String>();
            return actor.call(self.method, &path, &[("If-Match", "*")], &body).await;
        }
        let fields = self.fields(made, actor);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        actor.post(&path, &fields).await
    }

    /// Returns whether the route shows something.
    pub fn is_page(&self) -> bool {
        self.method == Method::Get
    }

    /// Returns a text with every `<part>` filled in.
    fn filled(&self, text: &str, made: &Made, actor: &Actor<'_>) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('<') {
            let (name, after) = behind.split_once('>').expect("a part ends");
            let name = name.trim_end_matches("..");
            let fixed = self.fixed.iter().find(|(part, _)| *part == name).map(|(_, value)| (*value).to_owned());
            let value = fixed.or_else(|| made.part(name, actor)).unwrap_or_else(|| {
                panic!("{}: no value for <{name}>: add .at(&[(\"{name}\", \"…\")]) to its row", self.name())
            });
            filled.push_str(before);
            filled.push_str(&value);
            rest = after;
        }
        filled + rest
    }
}

/// What came back, as far as permissions go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// 401, 403, 404, or the way to the sign-in.
    Refused,
    /// 409, or back to where one came from with a message that it was not done.
    InTheWay,
    /// Anything else.
    Open,
}

fn answer(page: &Page) -> Answer {
    let not_done =
        |(name, value): &(String, String)| name.eq_ignore_ascii_case("set-cookie") && value.starts_with("_flash=3bad");
    match (page.status.code, page.location.as_deref()) {
        (401 | 403 | 404, _) => Answer::Refused,
        (_, Some(to)) if to.starts_with("/sign-in?next=") => Answer::Refused,
        (409, _) => Answer::InTheWay,
        _ if page.headers.iter().any(not_done) => Answer::InTheWay,
        _ => Answer::Open,
    }
}

/// Returns what the policy says of an actor at a place.
fn expected(row: &Row, actor: &Actor<'_>, made: &Made) -> Result<(), Denial> {
    let who = actor.policy();
    match row.guard {
        Guard::Public => Ok(()),
        Guard::Nobody => Err(Denial::NoCapacity),
        Guard::SignIn if who.account.is_some() => Ok(()),
        Guard::SignIn => Err(Denial::NotSignedIn),
        Guard::May(acts) => {
            let answers = acts.iter().map(|act| policy::decide(&who, *act, &made.target(&who)));
            // Of several acts, the answer that comes nearest to a yes.
            answers
                .max_by_key(|answer| match answer {
                    Ok(()) => 2,
                    Err(Denial::NotInState | Denial::Recused) => 1,
                    Err(Denial::NotSignedIn | Denial::NoCapacity | Denial::OutOfScope) => 0,
                })
                .expect("an act")
        }
    }
}

/// Returns what is wrong with an answer.
fn fault(row: &Row, wanted: Result<(), Denial>, page: &Page, lines: (i64, i64)) -> Option<String> {
    let found = answer(page);
    let said = format!("{} {}", page.status.code, page.location.as_deref().unwrap_or_default());
    let may_be = match wanted {
        Ok(()) if row.method == Method::Get => found == Answer::Open,
        Ok(()) => found != Answer::Refused,
        // Whoever is recused is told so, on the page of what it is about.
        Err(Denial::Recused) if row.method == Method::Get => true,
        Err(Denial::NotInState | Denial::Recused) => found != Answer::Open,
        Err(_) => found == Answer::Refused,
    };
    if page.status.code >= 500 {
        return Some(format!("{said}: the server failed"));
    }
    if !may_be {
        let policy = wanted.map_or_else(|denial| format!("refused, {denial}"), |()| "allowed".to_owned());
        let advice = match (wanted, page.status.code) {
            (Err(_), 422) => " (the form was checked first: give the row fields that pass, .with(&[…]))",
            _ => "",
        };
        return Some(format!("{said}; the policy says: {policy}{advice}"));
    }
    if wanted.is_err() && lines.0 != lines.1 {
        return Some(format!("{said}: refused, and yet an act was recorded"));
    }
    None
}

fn mounted(app: &TestApp) -> BTreeSet<(String, String)> {
    let routes = app.client.rocket().routes();
    routes.map(|route| (route.method.to_string(), route.uri.path().to_owned())).collect()
}

#[rocket::async_test]
async fn every_route_has_a_row() {
    let app = TestApp::on_sqlite().await;
    let mounted = mounted(&app);
    let known: BTreeSet<(String, String)> =
        rows::ROWS.iter().map(|row| (row.method.to_string(), row.path.to_owned())).collect();
    let mut complaints = Vec::new();
    for (method, path) in mounted.difference(&known) {
        let verb = format!("{}{}", &method[..1], method[1..].to_lowercase());
        complaints.push(format!(
            "{method} {path} is mounted and has no row. Add to tests/it/access/rows.rs:\n    \
             row({verb}, \"{path}\", Place::…, May(&[Action::…])),  // or Public, or SignIn"
        ));
    }
    for (method, path) in known.difference(&mounted) {
        complaints
            .push(format!("{method} {path} is not mounted any more: take its row out of tests/it/access/rows.rs"));
    }
    assert!(complaints.is_empty(), "{} to mend:\n{}", complaints.len(), complaints.join("\n"));
}

// Why SQLite alone: the same rows are read and written by the same code on both databases; what differs between them is
// covered by the journeys of the rooms, and twice ten thousand requests would only cost time.
async fn everybody_gets_what_the_policy_says(is_asked: impl Fn(&Row) -> bool) {
    let world = World::new(TestApp::on_sqlite().await);
    let (mut faults, mut asked) = (Vec::new(), 0);
    for row in rows::ROWS.iter().filter(|row| is_asked(row)) {
        let actors = world.actors();
        for case in world::cases(row.place) {
            let mut made = world.make(case);
            for (capacity, actor) in &actors {
                let wanted = expected(row, actor, &made);
                let path = row.address(&made, actor);
                let before = lines(&world.app);
                let page = row.ask(&made, actor).await;
                asked += 1;
                if let Some(fault) = fault(row, wanted, &page, (before, lines(&world.app))) {
                    faults.push(format!("{} as {capacity}, {case}: {path}: {fault}", row.name()));
                }
                // Why: an act that was done may have moved what the next one acts on.
                if row.method != Method::Get && answer(&page) != Answer::Refused {
                    made = world.make(case);
                }
            }
        }
    }
    let shown = faults.iter().take(80).cloned().collect::<Vec<_>>().join("\n");
    assert!(
        faults.is_empty(),
        "{} of {asked} requests were answered otherwise than the policy says:\n{shown}",
        faults.len()
    );
}

/// Returns whether a row is about the text of one submission; these are most of the requests.
fn is_submission(row: &Row) -> bool {
    row.path.trim_start_matches("/api/v1").starts_with("/submissions/")
        && matches!(row.place, Place::Submission(..) | Place::Compiled(..) | Place::Asked(..) | Place::OwnAnswer(..))
}

#[rocket::async_test]
async fn everybody_gets_what_the_policy_says_of_pages_of_submissions() {
    everybody_gets_what_the_policy_says(|row| is_submission(row) && row.is_page()).await;
}

#[rocket::async_test]
async fn everybody_gets_what_the_policy_says_of_acts_on_submissions() {
    everybody_gets_what_the_policy_says(|row| is_submission(row) && !row.is_page()).await;
}

#[rocket::async_test]
async fn everybody_gets_what_the_policy_says_of_everything_else() {
    everybody_gets_what_the_policy_says(|row| !is_submission(row)).await;
}

fn lines(app: &TestApp) -> i64 {
    app.db
        .read_here(|conn| -> Result<i64, StoreError> { Ok(audit::table.count().get_result(conn)?) })
        .expect("lines of the audit trail")
}
