//! The permanent page of one practice.

use askama::Template;

use super::super::model::Facet;
use super::super::operations::Practice;
use super::{entry_address, facet_address, only_in, years};
use crate::classification::List;
use crate::i18n::Texts;
use crate::kernel::lang::{Bilingual, Lang};
use crate::policy::Action;
use crate::questionnaires::{AnswerLang, Answers, Question, QuestionKind, Section};
use crate::submissions::CompiledSource;
use crate::submissions::attachments::{self, pages::FileView};
use crate::submissions::links::pages::{LinkView, link};
use crate::web::{Frame, Reader};

/// Questions that the page shows elsewhere: above everything, or as tags.
const SHOWN_ELSEWHERE: &[&str] =
    &["title", "summary", "first_year", "last_year", "theme", "other_themes", "main_target"];

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TextView {
    text: String,
    lang: &'static str,
    note: Option<String>,
    href: Option<String>,
}

/// A cell of a table, led by the label of its column in small windows.
struct CellView {
    label: String,
    text: TextView,
}

/// An answer: a text, several choices, or rows.
struct AnswerView {
    label: String,
    text: Option<TextView>,
    items: Vec<String>,
    head: Vec<String>,
    rows: Vec<Vec<CellView>>,
}

/// A section with its answers.
struct SectionView {
    title: String,
    answers: Vec<AnswerView>,
}

/// Tags of one list, as links to what else they lead to.
struct TagsView {
    label: String,
    tags: Vec<(String, Option<String>)>,
}

/// Where a compiled entry comes from.
struct SourceView {
    title: String,
    href: Option<String>,
    facts: Vec<(String, String)>,
    is_taken_over: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "library/entry.html")]
pub struct EntryPage {
    frame: Frame,
    title_note: Option<String>,
    facts: Vec<(String, String)>,
    summary: Option<TextView>,
    tags: Vec<TagsView>,
    sections: Vec<SectionView>,
    not_given: Vec<String>,
    source: Option<SourceView>,
    files: Vec<FileView>,
    cite: String,
    csv: String,
    session: (String, String),
    record: Option<String>,
    used_by: Vec<LinkView>,
}

impl EntryPage {
    /// Puts the page together.
    pub fn new(reader: &Reader, practice: &Practice, lang: Option<Lang>) -> Self {
        let texts = reader.texts();
        let submission = &practice.submission;
        let (title, title_lang) = submission.title(reader.lang).unwrap_or((submission.reference.as_str(), reader.lang));
        let frame =
            Frame::new(reader, title).crumb(texts.text("library-title"), format!("/library{}", super::suffix(lang)));
        let is_compiled = practice.source.as_ref().is_some_and(|source| source.taken_over_at.is_none());
        let number = practice.session.number;
        let may_open = reader.may(Action::ViewSubmissionHistory, &practice.target());
        Self {
            frame,
            title_note: only_in(texts, title_lang),
            facts: facts(texts, practice),
            summary: text_of(texts, &practice.answers, "summary", true),
            tags: tags(texts, practice, lang),
            sections: practice
                .questionnaire
                .sections
                .iter()
                .map(|section| section_of(texts, section, &practice.answers))
                .filter(|section| !section.answers.is_empty())
                .collect(),
            not_given: if is_compiled { not_given(texts, practice) } else { Vec::new() },
            source: practice.source.as_ref().map(|source| source_of(texts, source)),
            files: attachments::pages::files(reader, submission, &practice.files),
            cite: cite(reader, practice, title),
            csv: format!("/sessions/{number}/exports/practices.csv?lang={}", reader.lang),
            session: (practice.session.title.get(reader.lang).clone(), format!("/sessions/{number}")),
            record: may_open.then(|| format!("/submissions/{}", submission.reference)),
            used_by: practice
                .used_by
                .iter()
                .map(|(one, lead)| link(reader, one, std::slice::from_ref(lead), String::new()))
                .collect(),
        }
    }
}

fn facts(texts: Texts, practice: &Practice) -> Vec<(String, String)> {
    let submission = &practice.submission;
    let accepted = submission.published_at.map(|at| texts.day(at.date())).unwrap_or_default();
    let period = practice.source.as_ref().map(|source| source.period.clone()).unwrap_or_default();
    let span = years(texts, submission.columns.first_year, submission.columns.last_year);
    let rows = [
        ("library-reference", submission.reference.clone()),
        ("library-facet-country", practice.delegation.name.get(texts.lang()).clone()),
        ("library-years", if span.is_empty() { period } else { span }),
        ("library-accepted", accepted),
        ("library-original", texts.code("library-language", submission.original)),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (texts.text(key), value)).collect()
}

fn tags(texts: Texts, practice: &Practice, lang: Option<Lang>) -> Vec<TagsView> {
    let lists = [
        (List::Theme, Some(Facet::Theme), "library-facet-theme"),
        (List::Target, Some(Facet::Target), "library-facet-target"),
        (List::Tfa, Some(Facet::Tfa), "library-facet-tfa"),
        (List::Survey, None, "library-survey"),
        (List::Ntm, None, "library-ntm"),
        (List::Country, None, "library-countries"),
    ];
    let columns = &practice.submission.columns;
    let main: Vec<&str> =
        [&columns.theme, &columns.main_target].into_iter().filter_map(|code| code.as_deref()).collect();
    let view = |(list, facet, key): (List, Option<Facet>, &str)| {
        let held = practice.tags.iter().filter(|(held, _)| *held == list).map(|(_, code)| code.as_str());
        let mut codes: Vec<&str> = held.collect();
        codes.sort_by_key(|code| !main.contains(code));
        let tags: Vec<(String, Option<String>)> = codes
            .into_iter()
            .map(|code| {
                let words = list.entry(code).map_or_else(|| code.to_owned(), |entry| entry.label(list, texts.lang()));
                (words, facet.map(|facet| facet_address(facet, code, lang)))
            })
            .collect();
        TagsView { label: texts.text(key), tags }
    };
    lists.into_iter().map(view).filter(|view| !view.tags.is_empty()).collect()
}

/// Returns a text in the reader's language, or in the other one with a note; a neutral text as it is.
fn text_of(texts: Texts, answers: &Answers, path: &str, is_bilingual: bool) -> Option<TextView> {
    let view = |text: &str, lang: Lang, note: Option<String>| {
        (!text.is_empty()).then(|| TextView { text: text.to_owned(), lang: lang.code(), note, href: None })
    };
    if !is_bilingual {
        return view(answers.get(path, AnswerLang::Neutral), texts.lang(), None);
    }
    let other = texts.lang().other();
    let own = view(answers.get(path, texts.lang()), texts.lang(), None);
    own.or_else(|| view(answers.get(path, other), other, only_in(texts, other)))
}

fn section_of(texts: Texts, section: &Section, answers: &Answers) -> SectionView {
    let shown = section.questions.iter().filter(|question| is_in_sections(question));
    SectionView {
        title: section.title.get(texts.lang()).clone(),
        answers: shown.filter_map(|question| answer_of(texts, question, answers)).collect(),
    }
}

fn is_in_sections(question: &Question) -> bool {
    let is_tags = question.kind == QuestionKind::Choices && question.list.is_some();
    !question.private && !is_tags && !SHOWN_ELSEWHERE.contains(&question.code.as_str())
}

fn answer_of(texts: Texts, question: &Question, answers: &Answers) -> Option<AnswerView> {
    if !answers.is_given(&question.code) {
        return None;
    }
    let mut view = AnswerView {
        label: question.label.get(texts.lang()).clone(),
        text: None,
        items: Vec::new(),
        head: Vec::new(),
        rows: Vec::new(),
    };
    match question.kind {
        QuestionKind::Rows => {
            let columns: Vec<&Question> = question.columns.iter().filter(|column| !column.private).collect();
            view.head = columns.iter().map(|column| column.label.get(texts.lang()).clone()).collect();
            view.rows = (0..answers.rows(&question.code))
                .map(|row| columns.iter().map(|column| cell(texts, question, row, column, answers)).collect())
                .collect();
        }
        QuestionKind::Choices => {
            view.items = answers.codes(&question.code).iter().map(|code| question.word(code, texts.lang())).collect();
        }
        _ => view.text = value_of(texts, question, &question.code, answers),
    }
    Some(view)
}

fn cell(texts: Texts, question: &Question, row: usize, column: &Question, answers: &Answers) -> CellView {
    let path = format!("{}.{row}.{}", question.code, column.code);
    let empty = TextView { text: String::new(), lang: texts.lang_code(), note: None, href: None };
    CellView {
        label: column.label.get(texts.lang()).clone(),
        text: value_of(texts, column, &path, answers).unwrap_or(empty),
    }
}

/// Returns one answer as people read it.
fn value_of(texts: Texts, question: &Question, path: &str, answers: &Answers) -> Option<TextView> {
    let mut view = text_of(texts, answers, path, question.is_bilingual())?;
    match question.kind {
        QuestionKind::Choice | QuestionKind::Choices => view.text = question.word(&view.text, texts.lang()),
        QuestionKind::Number => view.text = view.text.parse().map_or(view.text, |number| texts.number(number)),
        QuestionKind::Tick => view.text = texts.text("yes"),
        QuestionKind::Url => view.href = web_address(&view.text),
        QuestionKind::Reference => view.href = Some(entry_address(&view.text, None)),
        QuestionKind::Line
        | QuestionKind::Text
        | QuestionKind::Year
        | QuestionKind::HalfYear
        | QuestionKind::Email
        | QuestionKind::Rows => {}
    }
    Some(view)
}

/// Returns an address on the web that may be followed: nothing that a browser would run.
fn web_address(text: &str) -> Option<String> {
    ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme)).then(|| text.to_owned())
}

/// Returns the labels of what a compiled entry does not say.
fn not_given(texts: Texts, practice: &Practice) -> Vec<String> {
    practice
        .questionnaire
        .questions()
        .filter(|question| is_in_sections(question) && question.kind != QuestionKind::Tick)
        .filter(|question| !practice.answers.is_given(&question.code))
        .map(|question| question.label.get(texts.lang()).clone())
        .collect()
}

fn source_of(texts: Texts, source: &CompiledSource) -> SourceView {
    let rows = [
        ("library-source-date", &source.date),
        ("library-source-kind", &source.kind),
        ("library-source-confidence", &source.confidence),
        ("library-source-period", &source.period),
    ];
    let facts = rows.into_iter().filter(|(_, value)| !value.is_empty() && value.as_str() != "unknown");
    SourceView {
        title: source.title.clone(),
        href: web_address(&source.url),
        facts: facts.map(|(key, value)| (texts.text(key), value.clone())).collect(),
        is_taken_over: source.taken_over_at.is_some(),
    }
}

fn cite(reader: &Reader, practice: &Practice, title: &str) -> String {
    let reference = &practice.submission.reference;
    let home = reader.site.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
    let session: &Bilingual<String> = &practice.session.title;
    reader.texts().with(
        "library-cite-text",
        &[
            ("country", practice.delegation.name.get(reader.lang).as_str()),
            ("title", title),
            ("session", session.get(reader.lang)),
            ("reference", reference),
            ("address", &format!("{home}{}", entry_address(reference, None))),
        ],
    )
}
