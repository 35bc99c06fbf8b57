//! Files, their columns and their rows.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::Both;
use crate::exports::Name;
use crate::kernel::lang::Lang;
use crate::policy::Actor;

/// A file of a session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Export)]
pub struct ExportView {
    /// Its name.
    name: Name,
    /// Its title.
    title: Both,
    /// Whether the caller may take it.
    is_open: bool,
    /// Its columns.
    columns: Vec<ColumnView>,
    /// Address of the file in English.
    href_en: String,
    /// Address of the file in Russian.
    href_ru: String,
}

/// A column of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExportColumn)]
pub struct ColumnView {
    /// Its name, which never changes.
    name: String,
    /// Its title.
    title: Both,
}

impl ExportView {
    /// Shows a file as far as an actor may take it.
    pub fn new(actor: &Actor, session: i32, name: Name) -> Self {
        let description = name.description();
        let column = |column: &crate::exports::model::Column| ColumnView {
            name: column.name.clone(),
            title: (&column.title).into(),
        };
        let href = |lang| crate::exports::pages::address(session, name, lang);
        Self {
            name,
            title: (&description.title).into(),
            is_open: name.reach(actor).is_ok(),
            columns: description.columns.iter().map(column).collect(),
            href_en: href(Lang::En),
            href_ru: href(Lang::Ru),
        }
    }
}

/// A row of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExportRow)]
pub struct RowView {
    /// Its place in the file, from 1.
    #[schema(example = 1)]
    pub row: usize,
    /// Its cells by the name of their column, written as in the file; empty where nothing stands.
    cells: BTreeMap<String, String>,
}

impl RowView {
    /// Shows a row of a file.
    pub fn new(name: Name, row: usize, cells: Vec<String>) -> Self {
        let names = name.description().names().map(str::to_owned);
        Self { row, cells: names.zip(cells).collect() }
    }
}
