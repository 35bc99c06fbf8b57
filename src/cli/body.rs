//! Another body than the embedded one: its folder is read whole and refused with what is wrong, before anything is served.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::CommandError;
use crate::classification;
use crate::delegations::operations::founding;
use crate::i18n;
use crate::kernel::body::{self, FILES};
use crate::kernel::reference::Kind;
use crate::questionnaires::Questionnaire;
use crate::reviews::scale;
use crate::sessions::model::NewCriterion;

/// Serves the body of a folder in this process.
pub fn serve(folder: &Path) -> Result<(), CommandError> {
    let wrong = |name: &str, what: &str| {
        CommandError::Input(format!("setting `body`: {}: {what}", folder.join(name).display()))
    };
    let files = read(folder).map_err(|error| wrong("", &error.to_string()))?;
    if files.is_empty() {
        return Err(wrong("", &format!("no file of a body is there; a body has any of {}", FILES.join(", "))));
    }
    let mut words = BTreeMap::new();
    for (name, text) in &files {
        if name.starts_with("messages/") {
            words.insert(name.as_str(), i18n::check(text).map_err(|what| wrong(name, &what))?);
        } else {
            check(name, text).map_err(|what| wrong(name, &what))?;
        }
    }
    let mut keys = |name| words.remove(name).unwrap_or_default();
    if keys("messages/en.ftl") != keys("messages/ru.ftl") {
        return Err(wrong("messages", "both languages put the same messages in the place of the embedded ones"));
    }
    body::serve(files);
    Ok(())
}

fn read(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for name in FILES {
        match fs::read_to_string(folder.join(name)) {
            Ok(text) => drop(files.insert(name.to_owned(), text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}

/// Returns what is wrong with a file other than one of messages.
fn check(name: &str, text: &str) -> Result<(), String> {
    match name {
        "group.toml" => founding::check(text),
        "criteria.toml" => NewCriterion::read(text).and_then(|_| scale::read(text)).map(drop),
        "questionnaires/practice.toml" => Questionnaire::read(Kind::Practice, text).map(drop),
        "questionnaires/action.toml" => Questionnaire::read(Kind::Action, text).map(drop),
        _ => classification::read(text).map(drop),
    }
}
