//! The fields of a questionnaire, as the form shows them.

use std::rc::Rc;

use crate::classification::List;
use crate::i18n::Texts;
use crate::questionnaires::{AnswerKey, AnswerLang, Question, QuestionKind};
use crate::submissions::forms::ADD;
use crate::submissions::store::Comment;
use crate::web::forms::FormView;

/// Most answers to choose from that stand open in the page; more are folded or put into a list to open.
const OPEN_MAX: usize = 8;
/// Characters from which a text gets more than a few lines.
const LONG_TEXT: u32 = 600;

/// One of the answers to choose from.
#[derive(Debug, Clone)]
pub struct ChoiceView {
    /// Its code.
    pub code: String,
    /// As people read it.
    pub text: String,
    /// When to choose it; may be empty.
    pub help: String,
}

/// Answers to choose from under a heading, which may be empty.
#[derive(Debug, Clone)]
pub struct GroupView {
    /// The heading.
    pub label: String,
    /// The answers.
    pub choices: Vec<ChoiceView>,
}

/// A question or a cell of a row, as the form shows it.
#[derive(Debug, Clone)]
pub struct FieldView {
    /// Name of the field without a language.
    pub name: String,
    /// Names of its English and its Russian text.
    pub names: (String, String),
    /// Which piece of the form: pair, counted, line, select, radios, ticks, tick, rows.
    pub shape: &'static str,
    /// Label.
    pub label: String,
    /// What belongs here; may be empty.
    pub hint: String,
    /// Lines of a text field; 1 for a single line.
    pub lines: usize,
    /// Limits in characters: English or none, Russian; 0 for none.
    pub limits: (u32, u32),
    /// Id of the list that the browser suggests from; empty for none.
    pub suggests: &'static str,
    /// Which keyboard a telephone shows.
    pub keyboard: &'static str,
    /// Answers to choose from.
    pub groups: Rc<Vec<GroupView>>,
    /// Chosen codes that are no longer offered.
    pub kept: Vec<String>,
    /// Words on the fold of a long list; empty when it stands open.
    pub fold: String,
    /// Whether the fold is open.
    pub is_open: bool,
    /// Rows of a question that repeats, each with its cells.
    pub rows: Vec<Vec<FieldView>>,
    /// Most rows.
    pub rows_max: u32,
    /// Comments of the secretariat.
    pub comments: Vec<String>,
}

/// What the fields are built from.
pub struct Builder<'a> {
    /// Texts of the page.
    pub texts: Texts,
    /// Values and messages.
    pub form: &'a FormView,
    /// Comments of the secretariat.
    pub comments: &'a [Comment],
    /// Whether the values come from the store: rows then get an empty one at the end.
    pub is_fresh: bool,
}

impl Builder<'_> {
    /// Returns a question as the form shows it.
    pub fn question(&self, question: &Question) -> FieldView {
        let mut field = self.field(question, &question.code, &Rc::new(self.groups(question)));
        if !question.required && question.required_when.is_none() {
            field.label = self.texts.one("submission-optional", "label", &field.label);
        }
        if question.private {
            field.hint = format!("{} {}", field.hint, self.texts.text("submission-private"));
        }
        if question.kind == QuestionKind::Rows {
            field.rows = self.rows(question);
        }
        field.comments = self
            .comments
            .iter()
            .filter(|comment| comment.question == question.code)
            .map(|comment| comment.text.clone())
            .collect();
        field
    }

    fn rows(&self, question: &Question) -> Vec<Vec<FieldView>> {
        let typed = self
            .form
            .fields
            .iter()
            .filter_map(|(name, _)| Some(AnswerKey::parse(name).cell()?.1).filter(|_| is_of(name, &question.code)))
            .map(|row| row + 1)
            .max()
            .unwrap_or(0);
        let asked = self.is_fresh || self.form.value(ADD) == question.code;
        let most = (question.rows_max() as usize).max(if self.is_fresh { typed } else { 0 });
        let number = (typed + usize::from(asked)).clamp(1, most.max(1));
        // Why: every row offers the same answers; building a long list once keeps the page quick.
        let groups: Vec<_> = question.columns.iter().map(|column| Rc::new(self.groups(column))).collect();
        (0..number)
            .map(|row| {
                let path = |column: &Question| format!("{}.{row}.{}", question.code, column.code);
                let cells = question.columns.iter().zip(&groups);
                cells.map(|(column, groups)| self.field(column, &path(column), groups)).collect()
            })
            .collect()
    }

    fn field(&self, question: &Question, name: &str, groups: &Rc<Vec<GroupView>>) -> FieldView {
        let offered: usize = groups.iter().map(|group| group.choices.len()).sum();
        let is_long = offered > OPEN_MAX;
        let chosen = self.form.fields.values(name);
        let is_folded = is_long && question.kind == QuestionKind::Choices;
        let fold = || {
            let values = [("offered", offered), ("chosen", chosen.iter().filter(|code| !code.is_empty()).count())];
            self.texts.with("submission-fold", &values)
        };
        let limit = |lang| question.limit(lang).unwrap_or(0);
        FieldView {
            name: name.to_owned(),
            names: (format!("{name}|en"), format!("{name}|ru")),
            shape: shape(question, is_long),
            label: question.label.get(self.texts.lang()).clone(),
            hint: question.help.get(self.texts.lang()).clone(),
            lines: match question.kind {
                QuestionKind::Text if limit(AnswerLang::En) > LONG_TEXT => 6,
                QuestionKind::Text => 3,
                _ => 1,
            },
            limits: (limit(AnswerLang::En), limit(AnswerLang::Ru)),
            suggests: if name.starts_with("built_on.") { "practices" } else { "" },
            keyboard: match question.kind {
                QuestionKind::Number | QuestionKind::Year => "numeric",
                QuestionKind::Email => "email",
                QuestionKind::Url => "url",
                _ => "text",
            },
            groups: Rc::clone(groups),
            kept: chosen.iter().filter(|code| !code.is_empty() && !question.offers(code)).cloned().collect(),
            fold: if is_folded { fold() } else { String::new() },
            is_open: !chosen.is_empty() || self.form.errors.of(name).is_some(),
            rows: Vec::new(),
            rows_max: question.rows_max(),
            comments: Vec::new(),
        }
    }

    /// Returns the answers to choose from: those of a list under its headings.
    fn groups(&self, question: &Question) -> Vec<GroupView> {
        let lang = self.texts.lang();
        let Some(list) = question.list else {
            let choices = question.options.iter().map(|option| ChoiceView {
                code: option.code.clone(),
                text: option.label.get(lang).clone(),
                help: option.help.as_ref().map(|help| help.get(lang).clone()).unwrap_or_default(),
            });
            return vec![GroupView { label: String::new(), choices: choices.collect() }];
        };
        let mut groups: Vec<GroupView> = Vec::new();
        for entry in list.entries() {
            let text = entry.label(list, lang);
            if entry.is_heading {
                let label = if list == List::Survey { entry.title.get(lang).clone() } else { text };
                groups.push(GroupView { label, choices: Vec::new() });
                continue;
            }
            if groups.is_empty() {
                groups.push(GroupView { label: String::new(), choices: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.choices.push(ChoiceView { code: entry.code.clone(), text, help: String::new() });
            }
        }
        groups
    }
}

/// Returns whether a field is a cell of a question.
fn is_of(name: &str, code: &str) -> bool {
    name.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'))
}

/// Returns which piece of the form shows a question.
fn shape(question: &Question, is_long: bool) -> &'static str {
    match question.kind {
        QuestionKind::Line | QuestionKind::Text if question.is_bilingual() => "pair",
        QuestionKind::Line | QuestionKind::Text => "counted",
        QuestionKind::Choice if is_long => "select",
        QuestionKind::Choice => "radios",
        QuestionKind::Choices => "ticks",
        QuestionKind::Tick => "tick",
        QuestionKind::Rows => "rows",
        QuestionKind::Number
        | QuestionKind::Year
        | QuestionKind::HalfYear
        | QuestionKind::Email
        | QuestionKind::Url
        | QuestionKind::Reference => "line",
    }
}
