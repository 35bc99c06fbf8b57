//! What the pages of the imports show: the form for a file, its faults, what it will do.

use askama::Template;

use super::columns::export_of;
use super::model::{Change, FILE_BYTES_MAX, Fault, Plan, Planned};
use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::kernel::reference::Kind;
use crate::sessions::Session;
use crate::web::forms::worded;
use crate::web::{Fields, FormView, Frame, Reader};

/// The page with the form for a file.
#[derive(Template)]
#[template(path = "imports/upload.html")]
pub struct UploadPage {
    frame: Frame,
    form: FormView,
    action: String,
    lead: String,
    hint: String,
    columns_href: String,
    faults: Vec<FaultView>,
    other: (String, String),
}

/// A fault, worded.
pub struct FaultView {
    /// Line of the file.
    pub line: String,
    /// Header of the column.
    pub column: String,
    /// What was found.
    pub value: String,
    /// What is wrong.
    pub problem: String,
    /// What is accepted.
    pub accepted: String,
}

/// The page that shows what a file will do.
#[derive(Template)]
#[template(path = "imports/preview.html")]
pub struct PreviewPage {
    frame: Frame,
    apply_action: String,
    back: String,
    content: String,
    name: String,
    waiting: Option<String>,
    digest: String,
    summary: String,
    is_stale: bool,
    has_work: bool,
    rows: Vec<RowView>,
}

/// A row of a file, as it will be applied.
struct RowView {
    line: u64,
    change: &'static str,
    reference: String,
    delegation: String,
    title: String,
    fields: String,
}

/// Words a fault.
pub fn fault_view(texts: Texts, fault: &Fault) -> FaultView {
    FaultView {
        line: fault.line.to_string(),
        column: fault.column.clone(),
        value: fault.value.clone(),
        problem: worded(texts, "error", &fault.message),
        accepted: fault.accepted.as_ref().map_or_else(String::new, |accepted| worded(texts, "error", accepted)),
    }
}

/// Says how many entries are new, changed and unchanged.
pub fn summary(texts: Texts, counts: (usize, usize, usize)) -> String {
    let (new, changed, unchanged) = counts;
    texts.with("import-summary", &[("new", new), ("changed", changed), ("unchanged", unchanged)])
}

/// Says how many texts wait for their delegations to confirm them, if any do.
pub fn waiting(texts: Texts, plan: &Plan) -> Option<String> {
    let number = plan.waiting();
    (number > 0).then(|| texts.one("import-waiting", "number", number))
}

/// Returns the titles of changed columns.
pub fn field_titles(texts: Texts, kind: Kind, change: &Change) -> String {
    let Change::Changed(names) = change else { return String::new() };
    let columns = &export_of(kind).description().columns;
    let title = |name: &String| {
        let column = columns.iter().find(|column| column.name == *name);
        column.map_or_else(|| name.clone(), |column| column.title.get(texts.lang()).clone())
    };
    names.iter().map(title).collect::<Vec<_>>().join("; ")
}

/// Returns the code of a change.
pub const fn change_code(change: &Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed(_) => "changed",
        Change::Unchanged => "unchanged",
    }
}

/// Returns the address of the imports of a kind.
pub fn address(session: i32, kind: Kind) -> String {
    format!("/sessions/{session}/imports/{kind}")
}

fn frame(reader: &Reader, session: &Session, kind: Kind, form: &str) -> Frame {
    let texts = reader.texts();
    Frame::new(reader, texts.code("import-title", kind))
        .crumb(texts.text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
        .form(form)
}

impl UploadPage {
    /// Shows the form, with messages about the file sent before.
    pub fn new(reader: &Reader, session: &Session, kind: Kind, errors: &FieldErrors, faults: &[Fault]) -> Self {
        let texts = reader.texts();
        let other = match kind {
            Kind::Practice => Kind::Action,
            Kind::Action => Kind::Practice,
        };
        let name = export_of(kind);
        Self {
            frame: frame(reader, session, kind, "import"),
            form: FormView::again(texts, Fields::none(), errors),
            action: address(session.number, kind),
            lead: texts.code("import-lead", kind),
            hint: texts.one("import-file-hint", "kilobytes", FILE_BYTES_MAX / 1024),
            columns_href: crate::exports::pages::description_address(session.number, name, reader.lang),
            faults: faults.iter().map(|fault| fault_view(texts, fault)).collect(),
            other: (address(session.number, other), texts.code("import-title", other)),
        }
    }
}

impl PreviewPage {
    /// Shows what a file will do.
    pub fn new(
        reader: &Reader,
        session: &Session,
        kind: Kind,
        file: (String, String),
        plan: &Plan,
        is_stale: bool,
    ) -> Self {
        let texts = reader.texts();
        let address = address(session.number, kind);
        Self {
            frame: frame(reader, session, kind, "import"),
            apply_action: format!("{address}/apply"),
            back: address,
            content: file.0,
            name: file.1,
            waiting: waiting(texts, plan),
            digest: plan.digest.clone(),
            summary: summary(texts, plan.counts()),
            is_stale,
            has_work: plan.rows.iter().any(|row| row.change != Change::Unchanged),
            rows: plan.rows.iter().map(|row| row_view(texts, kind, row)).collect(),
        }
    }
}

fn row_view(texts: Texts, kind: Kind, row: &Planned) -> RowView {
    RowView {
        line: row.line,
        change: change_code(&row.change),
        reference: row.entry.as_ref().map_or_else(String::new, |entry| entry.reference.clone()),
        delegation: row.delegation_code.clone(),
        title: row.title(texts.lang()).to_owned(),
        fields: field_titles(texts, kind, &row.change),
    }
}
