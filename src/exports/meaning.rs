//! What a column of practices and actions means, known by its name: used to write a file and to read one.

use crate::coded_enum;
use crate::kernel::code::Code as _;
use crate::kernel::reference::Kind;
use crate::questionnaires::{AnswerLang, Question, QuestionKind, Questionnaire};
use crate::submissions::CompiledSource;

coded_enum! {
    /// A column about the source of a compiled entry.
    pub enum SourceField {
        /// Key of the entry in the collection it came from.
        Key = "source_key",
        /// Title of the source.
        Title = "source_title",
        /// Address of the source.
        Url = "source_url",
        /// Date of the source.
        Date = "source_date",
        /// Kind of source.
        Kind = "source_kind",
        /// How sure the entry is.
        Confidence = "confidence",
        /// Period as the source gives it.
        Period = "period",
        /// State as the source gives it.
        State = "source_state",
    }
}

impl SourceField {
    /// Returns the text of the field.
    pub fn of(self, source: &CompiledSource) -> &str {
        match self {
            Self::Key => &source.key,
            Self::Title => &source.title,
            Self::Url => &source.url,
            Self::Date => &source.date,
            Self::Kind => &source.kind,
            Self::Confidence => &source.confidence,
            Self::Period => &source.period,
            Self::State => &source.state,
        }
    }

    /// Returns the place of the field.
    pub fn of_mut(self, source: &mut CompiledSource) -> &mut String {
        match self {
            Self::Key => &mut source.key,
            Self::Title => &mut source.title,
            Self::Url => &mut source.url,
            Self::Date => &mut source.date,
            Self::Kind => &mut source.kind,
            Self::Confidence => &mut source.confidence,
            Self::Period => &mut source.period,
            Self::State => &mut source.state,
        }
    }
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Number of the entry.
    Reference,
    /// Number of the revision.
    Revision,
    /// Where the entry stands, as a code.
    State,
    /// Where the entry stands, in words.
    StateWords,
    /// Code of the delegation.
    Delegation,
    /// Name of the delegation.
    DelegationWords,
    /// Codes of the delegations that co-sponsor.
    CoSponsors,
    /// Names of the delegations that co-sponsor.
    CoSponsorsWords,
    /// Language in which the entry was written.
    Original,
    /// Names of the files that go with the entry.
    Files,
    /// Day of acceptance.
    AcceptedOn,
    /// An answer in a language.
    Answer(String, AnswerLang),
    /// The codes of an answer in words.
    Words(String),
    /// The first column of a table, one value a row.
    Rows {
        /// The question.
        question: String,
        /// Its first column.
        column: String,
        /// The language.
        lang: AnswerLang,
    },
    /// The codes of the first column of a table in words.
    RowsWords {
        /// The question.
        question: String,
        /// Its first column.
        column: String,
    },
    /// About the source of a compiled entry.
    Source(SourceField),
}

/// Returns what a column means in a questionnaire; nothing for a name that the questionnaire does not know.
pub fn meaning(name: &str, questionnaire: &Questionnaire) -> Option<Meaning> {
    let fixed = match name {
        "reference" => Some(Meaning::Reference),
        "revision" => Some(Meaning::Revision),
        "state" => Some(Meaning::State),
        "state_title" => Some(Meaning::StateWords),
        "delegation" => Some(Meaning::Delegation),
        "delegation_title" => Some(Meaning::DelegationWords),
        "co_sponsors" if questionnaire.kind == Kind::Action => Some(Meaning::CoSponsors),
        "co_sponsors_title" if questionnaire.kind == Kind::Action => Some(Meaning::CoSponsorsWords),
        "original_language" => Some(Meaning::Original),
        "attached_files" => Some(Meaning::Files),
        "accepted_on" => Some(Meaning::AcceptedOn),
        _ => SourceField::from_code(name).map(Meaning::Source),
    };
    fixed.or_else(|| asked(name, questionnaire))
}

/// Returns the question that a column answers: `theme`, `theme_title`, `problem_en`, `institutions_ru`.
fn asked(name: &str, questionnaire: &Questionnaire) -> Option<Meaning> {
    if let Some(question) = questionnaire.question(name) {
        return answered(question, AnswerLang::Neutral);
    }
    let (code, ending) = name.rsplit_once('_')?;
    let question = questionnaire.question(code)?;
    match ending {
        "title" if question.kind == QuestionKind::Rows => {
            let column = question.columns.first()?.code.clone();
            Some(Meaning::RowsWords { question: code.to_owned(), column })
        }
        "title" => Some(Meaning::Words(code.to_owned())),
        "en" => answered(question, AnswerLang::En),
        "ru" => answered(question, AnswerLang::Ru),
        _ => None,
    }
}

fn answered(question: &Question, lang: AnswerLang) -> Option<Meaning> {
    let code = question.code.clone();
    if question.kind != QuestionKind::Rows {
        return question.languages().contains(&lang).then_some(Meaning::Answer(code, lang));
    }
    let column = question.columns.first().filter(|column| column.languages().contains(&lang))?;
    Some(Meaning::Rows { question: code, column: column.code.clone(), lang })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn every_column_of_the_contract_means_something_and_nothing_private() {
        for (name, kind) in [(Name::Practices, Kind::Practice), (Name::Actions, Kind::Action)] {
            let questionnaire = Questionnaire::default_of(kind);
            for column in name.description().names() {
                let meaning = meaning(column, questionnaire).unwrap_or_else(|| panic!("{name}: {column}"));
                let question = match &meaning {
                    Meaning::Answer(code, _) | Meaning::Words(code) => questionnaire.question(code),
                    Meaning::Rows { question, .. } | Meaning::RowsWords { question, .. } => {
                        questionnaire.question(question)
                    }
                    _ => None,
                };
                assert!(!question.is_some_and(|question| question.private), "{name}: {column}");
            }
        }
    }

    #[test]
    fn a_question_is_asked_in_its_languages_only() {
        let questionnaire = Questionnaire::default_of(Kind::Practice);
        assert_eq!(meaning("problem_en", questionnaire), Some(Meaning::Answer("problem".to_owned(), AnswerLang::En)));
        assert_eq!(meaning("theme", questionnaire), Some(Meaning::Answer("theme".to_owned(), AnswerLang::Neutral)));
        assert_eq!(meaning("theme_title", questionnaire), Some(Meaning::Words("theme".to_owned())));
        for name in ["problem", "theme_en", "nothing", "institutions", "problem_fr"] {
            assert_eq!(meaning(name, questionnaire), None, "{name}");
        }
    }
}
