//! The scale: what each mark means, in both languages. Embedded from `data/criteria.toml`.

use std::sync::LazyLock;

use super::model::Mark;
use crate::kernel::body;
use crate::kernel::code::Code;
use crate::kernel::lang::Bilingual;

/// A mark with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Step {
    /// The mark.
    pub mark: Mark,
    /// What it says.
    pub meaning: Bilingual<String>,
}

/// The part of the file that this room reads; the criteria belong to the sessions.
#[derive(serde::Deserialize)]
struct File {
    marks: Vec<Step>,
}

static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let text = body::text("criteria.toml", include_str!("../../data/criteria.toml"));
    read(text).expect("invariant: the scale is checked and well formed")
});

/// Reads the marks of a file of criteria: every mark, in order.
pub fn read(text: &str) -> Result<Vec<Step>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    if file.marks.iter().map(|step| &step.mark).eq(Mark::ALL) {
        Ok(file.marks)
    } else {
        Err(format!("the marks are {}, in this order", Mark::ALL.iter().map(Code::code).collect::<Vec<_>>().join(", ")))
    }
}

/// Returns every mark with its meaning, the lowest step first, what is no score last.
pub fn steps() -> &'static [Step] {
    &STEPS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_a_meaning_in_both_languages() {
        let marks: Vec<Mark> = steps().iter().map(|step| step.mark).collect();
        assert_eq!(marks, Mark::ALL);
        assert!(steps().iter().all(|step| !step.meaning.en.is_empty() && !step.meaning.ru.is_empty()));
    }
}
