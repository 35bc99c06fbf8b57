//! The nouns of the room: a submission, what the program reasons about, where a compiled entry comes from.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::workflow::State;
use crate::classification::List;
use crate::kernel::ids::{DelegationId, QuestionnaireId, SessionId, SubmissionId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;
use crate::questionnaires::{AnswerLang, Answers};

/// What the program itself reasons about, taken from the answers at each save.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Title in each language; empty where not given.
    pub title: Bilingual<String>,
    /// Summary in each language; empty where not given.
    pub summary: Bilingual<String>,
    /// Main deliverable or area.
    pub theme: Option<String>,
    /// Main SDG target: 17.10 or 17.11.
    pub main_target: Option<String>,
    /// First year.
    pub first_year: Option<i32>,
    /// Last year.
    pub last_year: Option<i32>,
    /// Total cost in whole units of the currency.
    pub cost_total: Option<i64>,
    /// Currency, ISO 4217.
    pub currency: Option<String>,
    /// Staff weeks asked of the secretariat.
    pub staff_weeks: Option<i64>,
}

impl Columns {
    /// Takes the columns from the answers; what is misspelt stays out.
    pub fn of(answers: &Answers) -> Self {
        let both = |question: &str| {
            Bilingual::new(answers.get(question, Lang::En).to_owned(), answers.get(question, Lang::Ru).to_owned())
        };
        let code = |question: &str, list: List| {
            Some(answers.get(question, AnswerLang::Neutral)).filter(|code| list.offers(code)).map(str::to_owned)
        };
        let year = |question: &str| {
            answers
                .number(question)
                .and_then(|year| i32::try_from(year).ok())
                .filter(|year| (1900..=2200).contains(year))
        };
        let currency = answers.get("currency", AnswerLang::Neutral);
        Self {
            title: both("title"),
            summary: both("summary"),
            theme: code("theme", List::Theme),
            main_target: code("main_target", List::MainTarget),
            first_year: year("first_year"),
            last_year: year("last_year"),
            cost_total: answers.number("cost"),
            currency: (currency.len() == 3).then(|| currency.to_owned()),
            staff_weeks: answers.number("staff_weeks"),
        }
    }
}

/// Returns the codes by which a submission is found, list by list.
pub fn tags(answers: &Answers) -> BTreeSet<(List, String)> {
    let mut tags = BTreeSet::new();
    let mut add = |list: List, codes: Vec<&str>| {
        tags.extend(codes.into_iter().filter(|code| list.offers(code)).map(|code| (list, code.to_owned())));
    };
    add(List::Theme, answers.codes("theme"));
    add(List::Theme, answers.codes("other_themes"));
    add(List::Target, answers.codes("main_target"));
    for row in 0..answers.rows("other_targets") {
        add(List::Target, answers.codes(&format!("other_targets.{row}.target")));
    }
    add(List::Tfa, answers.codes("tfa"));
    add(List::Survey, answers.codes("survey"));
    add(List::Ntm, answers.codes("ntm"));
    add(List::Country, answers.codes("countries"));
    tags
}

/// What a delegation hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// Good practice or priority action.
    pub kind: Kind,
    /// The session it was made for.
    pub session: SessionId,
    /// The delegation that owns it; the person who typed it never changes that.
    pub delegation: DelegationId,
    /// Its reference, as people write it: `PA-KAZ-2020-003`.
    pub reference: String,
    /// Its running number within session, kind and delegation.
    pub number: i32,
    /// Where it stands.
    pub state: State,
    /// The version of the questionnaire it answers.
    pub questionnaire: QuestionnaireId,
    /// The language it was written in.
    pub original: Lang,
    /// Number of its newest revision, from 1.
    pub revision: i32,
    /// What the program reasons about.
    pub columns: Columns,
    /// When it was started.
    pub created_at: NaiveDateTime,
    /// When it last changed.
    pub updated_at: NaiveDateTime,
    /// When it was accepted.
    pub accepted_at: Option<NaiveDateTime>,
    /// When it entered the public library.
    pub published_at: Option<NaiveDateTime>,
}

impl Submission {
    /// Returns the title in a language, or in the original language with that language, when there is one.
    pub fn title(&self, lang: Lang) -> Option<(&str, Lang)> {
        [lang, self.original, lang.other()]
            .into_iter()
            .map(|lang| (self.columns.title.get(lang).as_str(), lang))
            .find(|(title, _)| !title.is_empty())
    }

    /// Returns the title in a language, the other language's where that is missing, or the reference.
    pub fn title_or_reference(&self, lang: Lang) -> &str {
        self.title(lang).map_or(self.reference.as_str(), |(title, _)| title)
    }
}

/// Where an entry compiled from public sources comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledSource {
    /// Key of the entry in the collection it came from.
    pub key: String,
    /// Period as the source gives it.
    pub period: String,
    /// State as the source gives it, for actions.
    pub state: String,
    /// Title of the source.
    pub title: String,
    /// Address of the source.
    pub url: String,
    /// Date of the source.
    pub date: String,
    /// Kind of source.
    pub kind: String,
    /// How sure the entry is.
    pub confidence: String,
    /// When a delegation took it over, if one did.
    pub taken_over_at: Option<NaiveDateTime>,
}
