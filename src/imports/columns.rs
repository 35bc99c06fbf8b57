//! Headers: a column is known by its name or by its title in either language, as the exports write them.

use super::model::Fault;
use crate::exports::meaning::{SourceField, meaning};
use crate::exports::{Meaning, Name};
use crate::kernel::fields::Message;
use crate::kernel::reference::Kind;
use crate::questionnaires::{AnswerLang, Questionnaire};

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub place: usize,
    /// Its header as it stands in the file.
    pub header: String,
    /// Its name in the contract.
    pub name: String,
    /// What it means.
    pub meaning: Meaning,
}

/// Returns the export whose columns a kind has.
pub const fn export_of(kind: Kind) -> Name {
    match kind {
        Kind::Practice => Name::Practices,
        Kind::Action => Name::Actions,
    }
}

/// Returns the name of the column that a header means.
pub fn name_of(header: &str, kind: Kind, questionnaire: &Questionnaire) -> Option<String> {
    if meaning(header, questionnaire).is_some() {
        return Some(header.to_owned());
    }
    let columns = &export_of(kind).description().columns;
    let exact = columns.iter().find(|column| column.title.en == header || column.title.ru == header);
    if let Some(column) = exact {
        return Some(column.name.clone());
    }
    let private = questionnaire
        .questions()
        .find(|question| question.private && (question.label.en == header || question.label.ru == header));
    if let Some(question) = private {
        return Some(question.code.clone());
    }
    let folded = header.to_lowercase();
    let loose = columns
        .iter()
        .find(|column| column.title.en.to_lowercase() == folded || column.title.ru.to_lowercase() == folded);
    loose.map(|column| column.name.clone())
}

/// Returns whether a column is only for reading: import passes it over.
fn is_passed_over(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Revision
            | Meaning::State
            | Meaning::StateWords
            | Meaning::DelegationWords
            | Meaning::CoSponsors
            | Meaning::CoSponsorsWords
            | Meaning::Files
            | Meaning::AcceptedOn
            | Meaning::Words(_)
            | Meaning::RowsWords { .. }
    )
}

/// Returns the columns that are read, or everything that is wrong with the headers.
pub fn resolve(header: &[String], kind: Kind, questionnaire: &Questionnaire) -> Result<Vec<Column>, Vec<Fault>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut faults = Vec::new();
    for (place, text) in header.iter().enumerate() {
        if text.is_empty() {
            continue;
        }
        let name = name_of(text, kind, questionnaire);
        let known = name.and_then(|name| meaning(&name, questionnaire).map(|meaning| (name, meaning)));
        let Some((name, meaning)) = known else {
            faults.push(
                Fault::new(1, text, text, Message::new("import-unknown-column"))
                    .accepts(Message::new("import-accepted-column")),
            );
            continue;
        };
        if is_passed_over(&meaning) {
            continue;
        }
        if columns.iter().any(|column| column.meaning == meaning) {
            faults.push(Fault::new(1, text, text, Message::new("import-column-twice")));
        } else {
            columns.push(Column { place, header: text.clone(), name, meaning });
        }
    }
    let has = |wanted: &Meaning| columns.iter().any(|column| column.meaning == *wanted);
    let finds_entries = has(&Meaning::Reference) || has(&Meaning::Source(SourceField::Key));
    if !has(&Meaning::Delegation) && !finds_entries {
        let message = Message::new("import-missing-column").text("column", "delegation");
        faults.push(Fault::new(1, "", "", message));
    }
    let titles = [AnswerLang::En, AnswerLang::Ru].map(|lang| Meaning::Answer("title".to_owned(), lang));
    if !titles.iter().any(has) && !finds_entries {
        let message = Message::new("import-missing-column").text("column", "title_en, title_ru");
        faults.push(Fault::new(1, "", "", message));
    }
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_of_the_exports_is_known_by_name_and_title() {
        for kind in Kind::ALL {
            let questionnaire = Questionnaire::default_of(*kind);
            for column in &export_of(*kind).description().columns {
                for header in [&column.title.en, &column.title.ru] {
                    let known = name_of(header, *kind, questionnaire);
                    assert_eq!(known.as_deref(), Some(column.name.as_str()), "{kind}: {header}");
                }
                let known = name_of(&column.name, *kind, questionnaire);
                assert_eq!(known.as_deref(), Some(column.name.as_str()));
            }
        }
    }

    #[test]
    fn headers_that_cannot_be_used_are_all_named() {
        let header = ["state", "colour", "theme", "theme", "Стоимость", ""].map(str::to_owned);
        let faults = resolve(&header, Kind::Practice, Questionnaire::default_of(Kind::Practice)).unwrap_err();
        let codes: Vec<(&str, &str)> =
            faults.iter().map(|fault| (fault.message.code.as_str(), fault.column.as_str())).collect();
        let expected = [
            ("import-unknown-column", "colour"),
            ("import-column-twice", "theme"),
            ("import-unknown-column", "Стоимость"),
            ("import-missing-column", ""),
            ("import-missing-column", ""),
        ];
        assert_eq!(codes, expected);
    }
}
