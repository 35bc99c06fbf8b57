//! Markup in every text that can be stored, in both languages, on every page of everybody who may read it: it stays text.

use diesel::connection::SimpleConnection as _;
use speca::db::StoreError;

use crate::access::rows::ROWS;
use crate::access::world::{self, World};
use crate::support::{Page, TestApp};

/// What is put in: it leaves an attribute, opens elements, and is a template and an entity besides.
const MARKUP: &str = r#"x"><img src=x onerror=alert(1)><svg onload=alert(2)></textarea></title><script>alert(3)</script>{{7*7}}&lt;b&gt;"#;
/// What is put where addresses stand.
const ADDRESS: &str = "javascript:alert(4)//";
/// What would have to be seen in a page for it to run.
const RUNS: &[&str] = &["<img src=x", "<svg onload", "<script>alert", "\"javascript:alert", "'javascript:alert"];

/// Who looks: those who see least and most, and who write.
const READERS: &[&str] = &["visitor", "head of KAZ", "secretariat"];

/// Every column that holds what somebody typed.
const TEXTS: &[(&str, &[&str])] = &[
    ("delegations", &["name_en", "name_ru", "formal_name_en", "formal_name_ru"]),
    ("accounts", &["name"]),
    ("invitations", &["name"]),
    ("sign_ins", &["machine"]),
    ("sessions", &["title_en", "title_ru", "place_en", "place_ru"]),
    ("criteria", &["help_en", "help_ru"]),
    ("submissions", &["title_en", "title_ru", "summary_en", "summary_ru"]),
    ("compiled_sources", &["period", "source_state", "source_title", "source_date", "source_kind", "confidence"]),
    ("answers", &["text"]),
    ("submission_acts", &["note"]),
    ("comments", &["text"]),
    ("attachments", &["name"]),
    ("consents", &["note"]),
    ("clarifications", &["question", "answer"]),
    ("reviews", &["reason"]),
    ("recusals", &["reason"]),
    ("ballots", &["title_en", "title_ru"]),
    ("priorities", &["objection"]),
    ("programmes", &["introduction_en", "introduction_ru", "adoption_record_en", "adoption_record_ru"]),
    ("programme_items", &["reason_en", "reason_ru", "override_reason"]),
    ("messages", &["name", "subject", "body", "last_error"]),
    ("decisions", &["title_en", "title_ru"]),
    ("decision_texts", &["text_en", "text_ru"]),
    ("decision_acts", &["note"]),
    ("decision_grades", &["note"]),
    ("objections", &["passage", "reason"]),
    ("amendments", &["text_en", "text_ru"]),
    ("positions", &["text_en", "text_ru"]),
    ("api_tokens", &["name"]),
    ("clearance_steps", &["name_en", "name_ru"]),
    ("clearances", &["name_en", "name_ru", "note"]),
    ("merges", &["note"]),
    ("saved_filters", &["name"]),
];

/// Writes it into every text that is stored; a column that must be different in each row keeps what it had behind it.
fn poison(app: &TestApp) {
    let mut statements: Vec<String> = TEXTS
        .iter()
        .flat_map(|(table, columns)| {
            columns.iter().map(move |column| {
                format!(
                    "UPDATE {table} SET {column} = '{MARKUP}' WHERE {column} <> '' AND {column} NOT LIKE 'x%onerror%'"
                )
            })
        })
        .collect();
    statements.push("UPDATE accounts SET language = 'ru' WHERE office = 'none'".to_owned());
    statements.push(format!("UPDATE compiled_sources SET source_url = '{ADDRESS}'"));
    statements.push("UPDATE library_editions SET edition = edition || 'x'".to_owned());
    app.db
        .write_here(|tx| -> Result<(), StoreError> { Ok(tx.batch_execute(&statements.join(";"))?) })
        .expect("every column is there");
}

/// Returns what would run in a page.
fn runs(page: &Page) -> Vec<&'static str> {
    let is_page = page.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html"));
    RUNS.iter().copied().filter(|part| is_page && page.body.contains(part)).collect()
}

#[rocket::async_test]
async fn nothing_that_is_typed_becomes_markup() {
    let world = World::new(TestApp::on_sqlite().await);
    let (mut faults, mut seen) = (Vec::new(), 0);
    for row in ROWS.iter().filter(|row| row.is_page()) {
        let actors = world.actors();
        for case in world::cases(row.place) {
            let made = world.make(case);
            poison(&world.app);
            for (who, actor) in actors.iter().filter(|(who, _)| READERS.contains(&who.as_str())) {
                let address = row.address(&made, actor);
                let page = actor.get(&address).await;
                seen += usize::from(page.body.contains("onerror"));
                faults.extend(runs(&page).iter().map(|part| format!("{address} as {who}: {part}")));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
    assert!(seen > 100, "the texts were read on {seen} pages only: the test sees too little");
}
