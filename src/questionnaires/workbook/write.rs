//! The workbook of a questionnaire: what is asked, in the language of the reader; answers in both.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, DataValidationRule, Format, Formula, Workbook, Worksheet, XlsxError};

use super::{CHOICE_LINES_MAX, DASH, ENGLISH_COLUMN, FIRST_ROW, LAYOUT, NAMES_ROW, Origin, RUSSIAN_COLUMN};
use crate::i18n::Texts;
use crate::questionnaires::{AnswerKey, AnswerLang, Answers, Question, QuestionKind, Questionnaire};
use crate::web::sheets::{A4, LINE_HEIGHT, Looks, about, cut, height};

/// Longest name of a sheet, in characters.
const NAME_CHARS_MAX: usize = 28;
/// Widths of the columns of the form, in characters.
const LABEL_WIDTH: f64 = 34.0;
const HELP_WIDTH: f64 = 46.0;
const ANSWER_WIDTH: f64 = 56.0;

/// Returns the workbook of a questionnaire with the answers given so far. Fails when an answer is longer than a cell
/// can be (32,767 characters).
pub fn write(
    texts: Texts,
    questionnaire: &Questionnaire,
    answers: &Answers,
    origin: &Origin,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let looks = Looks::ours();
    let lists = Lists::of(texts, questionnaire);
    let pen = Pen { texts, looks: &looks, lists: &lists, answers };
    let title = texts.code("questionnaire-title", questionnaire.kind);
    pen.form(workbook.add_worksheet(), questionnaire, &title, &origin.reference)?;
    for (place, question) in rows_of(questionnaire).enumerate() {
        pen.rows(workbook.add_worksheet(), question, place)?;
    }
    lists.put(workbook.add_worksheet(), texts)?;
    let lines = [
        ("layout", LAYOUT.to_owned()),
        ("kind", origin.kind.code().to_owned()),
        ("version", origin.version.to_string()),
        ("reference", origin.reference.clone()),
        ("revision", origin.revision.to_string()),
    ];
    about(workbook.add_worksheet(), &lines)?;
    workbook.save_to_buffer()
}

fn rows_of(questionnaire: &Questionnaire) -> impl Iterator<Item = &Question> {
    questionnaire.questions().filter(|question| question.kind == QuestionKind::Rows)
}

/// What is chosen from, each list once in a column of its own sheet.
struct Lists {
    name: String,
    columns: Vec<Vec<String>>,
    places: BTreeMap<String, usize>,
}

impl Lists {
    fn of(texts: Texts, questionnaire: &Questionnaire) -> Self {
        let mut lists = Self { name: texts.text("workbook-lists"), columns: Vec::new(), places: BTreeMap::new() };
        for question in questionnaire.questions() {
            for one in std::iter::once(question).chain(&question.columns) {
                let choices: Vec<String> = match one.kind {
                    QuestionKind::Tick => vec![texts.text("yes")],
                    _ => one.choices(texts.lang()).into_iter().map(|(code, words)| choice(&code, &words)).collect(),
                };
                if !choices.is_empty() {
                    let place = lists.columns.iter().position(|held| *held == choices).unwrap_or_else(|| {
                        lists.columns.push(choices);
                        lists.columns.len() - 1
                    });
                    lists.places.insert(path(question, one), place);
                }
            }
        }
        lists
    }

    fn put(&self, sheet: &mut Worksheet, texts: Texts) -> Result<(), XlsxError> {
        sheet.set_name(&self.name)?;
        sheet.write_string(0, 0, texts.text("workbook-lists-note"))?;
        for (column, entries) in (0_u16..).zip(&self.columns) {
            sheet.set_column_width(column, 40)?;
            for (row, entry) in (1_u32..).zip(entries) {
                sheet.write_string(row, column, entry)?;
            }
        }
        sheet.protect();
        Ok(())
    }

    /// Returns the rule that a cell holds an entry of the list of a question.
    fn rule(&self, path: &str) -> Option<DataValidation> {
        let place = *self.places.get(path)?;
        let column = rust_xlsxwriter::utility::column_number_to_name(u16::try_from(place).ok()?);
        let last = self.columns[place].len() + 1;
        let range = format!("='{}'!${column}$2:${column}${last}", self.name);
        Some(DataValidation::new().allow_list_formula(Formula::new(range)))
    }

    fn worded(&self, path: &str, code: &str) -> String {
        let entries = self.places.get(path).map_or(&[][..], |place| self.columns[*place].as_slice());
        let is = |entry: &&String| entry.split(DASH).next() == Some(code);
        entries.iter().find(is).cloned().unwrap_or_else(|| code.to_owned())
    }
}

fn choice(code: &str, words: &str) -> String {
    if words == code { code.to_owned() } else { format!("{code}{DASH}{words}") }
}

fn path(question: &Question, one: &Question) -> String {
    if std::ptr::eq(question, one) { one.code.clone() } else { format!("{}.{}", question.code, one.code) }
}

/// Writes the sheets.
struct Pen<'a> {
    texts: Texts,
    looks: &'a Looks,
    lists: &'a Lists,
    answers: &'a Answers,
}

impl Pen<'_> {
    fn form(
        &self,
        sheet: &mut Worksheet,
        questionnaire: &Questionnaire,
        title: &str,
        reference: &str,
    ) -> Result<(), XlsxError> {
        let texts = self.texts;
        sheet.set_name(texts.text("workbook-form"))?;
        for (column, width) in [(1, LABEL_WIDTH), (2, HELP_WIDTH), (3, ANSWER_WIDTH), (4, ANSWER_WIDTH)] {
            sheet.set_column_width(column, width)?;
        }
        sheet.set_column_hidden(0)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        sheet.write_string_with_format(0, 1, format!("{title} {reference}").trim(), &self.looks.title)?;
        sheet.write_string(1, 1, texts.text("workbook-how"))?;
        let headings = ["workbook-question", "workbook-help", "form-in-english", "form-in-russian"];
        for (column, key) in (1_u16..).zip(headings) {
            sheet.write_string_with_format(3, column, texts.text(key), &self.looks.heading)?;
        }
        sheet.set_freeze_panes(4, 2)?.set_repeat_rows(3, 3)?;
        let mut row = 4;
        let mut sheets = 0;
        for section in &questionnaire.sections {
            for column in 1..=4 {
                sheet.write_string_with_format(row, column, "", &self.looks.section)?;
            }
            sheet.write_string_with_format(row, 1, section.title.get(texts.lang()), &self.looks.section)?;
            row += 1;
            for question in &section.questions {
                row = self.question(sheet, question, row, &mut sheets)?;
            }
        }
        sheet.protect();
        Ok(())
    }

    /// Writes a question and returns the row below it.
    fn question(
        &self,
        sheet: &mut Worksheet,
        question: &Question,
        row: u32,
        sheets: &mut usize,
    ) -> Result<u32, XlsxError> {
        let given = self.answers.codes(&question.code);
        let lines = match question.kind {
            QuestionKind::Choices => {
                let most = question.most.unwrap_or(CHOICE_LINES_MAX).clamp(1, CHOICE_LINES_MAX);
                most.max(u32::try_from(given.len()).unwrap_or(most))
            }
            _ => 1,
        };
        let (label, help) = (self.label(question), self.help(question));
        let texts = question.languages().iter().map(|lang| self.answers.get(&question.code, *lang));
        let whole =
            [(label.as_str(), LABEL_WIDTH), (help.as_str(), HELP_WIDTH)].map(|(text, width)| height(text, width));
        let whole = texts.map(|text| height(text, ANSWER_WIDTH)).chain(whole).fold(room(question), f64::max);
        for line in 0..lines {
            sheet.set_row_height(row + line, (whole / f64::from(lines)).max(LINE_HEIGHT))?;
        }
        merged(sheet, (row, lines, 1), &label, &self.looks.label)?;
        merged(sheet, (row, lines, 2), &help, &self.looks.help)?;
        if question.kind == QuestionKind::Rows {
            let name = sheet_name(self.texts, question, *sheets);
            *sheets += 1;
            let words = self.texts.one("workbook-see-sheet", "name", name);
            sheet.write_string_with_format(row, 3, words, &self.looks.none)?;
            sheet.write_string_with_format(row, 4, "", &self.looks.none)?;
            return Ok(row + 1);
        }
        for line in 0..lines {
            sheet.write_string(row + line, 0, &question.code)?;
            if question.kind == QuestionKind::Choices {
                let code = given.get(line as usize).copied().unwrap_or_default();
                self.cell(sheet, (row + line, column(ENGLISH_COLUMN)), (question, &question.code), code, None)?;
            } else {
                for lang in question.languages() {
                    let place = if *lang == AnswerLang::Ru { RUSSIAN_COLUMN } else { ENGLISH_COLUMN };
                    let text = self.answers.get(&question.code, *lang);
                    self.cell(sheet, (row, column(place)), (question, &question.code), text, Some(*lang))?;
                }
            }
            if !question.is_bilingual() {
                sheet.write_string_with_format(row + line, 4, "", &self.looks.none)?;
            }
        }
        Ok(row + lines)
    }

    /// Writes the sheet of a question with rows: names, headings and help above, then the rows.
    fn rows(&self, sheet: &mut Worksheet, question: &Question, place: usize) -> Result<(), XlsxError> {
        sheet.set_name(sheet_name(self.texts, question, place))?;
        sheet.set_column_hidden(0)?.set_row_hidden(NAMES_ROW)?.set_landscape().set_paper_size(A4);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.write_string(NAMES_ROW, 0, &question.code)?;
        let asked = question.columns.iter().flat_map(|one| one.languages().iter().map(move |lang| (one, *lang)));
        let most = question.rows_max().max(u32::try_from(self.answers.rows(&question.code)).unwrap_or(0));
        let (mut heights, mut held) = ([LINE_HEIGHT; 2], vec![LINE_HEIGHT; most as usize]);
        for (column, (one, lang)) in (1_u16..).zip(asked) {
            let key = AnswerKey::new(&one.code, lang);
            let label = match lang {
                AnswerLang::Neutral => self.label(one),
                AnswerLang::En => format!("{} ({})", self.label(one), self.texts.text("form-in-english")),
                AnswerLang::Ru => format!("{} ({})", self.label(one), self.texts.text("form-in-russian")),
            };
            let width = if one.is_bilingual() { 36.0 } else { 20.0 };
            sheet.set_column_width(column, width)?;
            heights[0] = height(&label, width).max(heights[0]);
            heights[1] = height(&self.help(one), width).max(heights[1]);
            sheet.write_string(NAMES_ROW, column, key.to_string())?;
            sheet.write_string_with_format(1, column, label, &self.looks.heading)?;
            sheet.write_string_with_format(2, column, self.help(one), &self.looks.help)?;
            for row in 0..most {
                let text = self.answers.get(&format!("{}.{row}.{}", question.code, one.code), lang);
                let at = (FIRST_ROW + row, column);
                held[row as usize] = height(text, width).max(held[row as usize]);
                self.cell(sheet, at, (one, &path(question, one)), text, Some(lang))?;
            }
        }
        for (row, height) in (NAMES_ROW + 1..).zip(heights.into_iter().chain(held)) {
            sheet.set_row_height(row, height)?;
        }
        sheet.set_freeze_panes(FIRST_ROW, 1)?;
        sheet.protect();
        Ok(())
    }

    /// Writes a cell to fill in, with its rule.
    fn cell(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        (question, path): (&Question, &str),
        text: &str,
        lang: Option<AnswerLang>,
    ) -> Result<(), XlsxError> {
        let is_number = matches!(question.kind, QuestionKind::Number | QuestionKind::Year);
        match text.parse::<i32>() {
            Ok(number) if is_number => {
                sheet.write_number_with_format(row, column, number, &self.looks.number)?;
            }
            _ => {
                let look = if is_number { &self.looks.number } else { &self.looks.text };
                let is_chosen = matches!(question.kind, QuestionKind::Choice | QuestionKind::Choices);
                let worded = match question.kind {
                    QuestionKind::Tick if !text.is_empty() => self.texts.text("yes"),
                    _ if is_chosen && !text.is_empty() => self.lists.worded(path, text),
                    _ => text.to_owned(),
                };
                sheet.write_string_with_format(row, column, worded, look)?;
            }
        }
        if let Some(rule) = self.rule(question, path, lang)? {
            sheet.add_data_validation(row, column, row, column, &rule)?;
        }
        Ok(())
    }

    /// Returns what a cell accepts, with the message for anything else.
    fn rule(
        &self,
        question: &Question,
        path: &str,
        lang: Option<AnswerLang>,
    ) -> Result<Option<DataValidation>, XlsxError> {
        let small = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        let (rule, message) = match question.kind {
            QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Tick => {
                (self.lists.rule(path), self.texts.text("workbook-choose"))
            }
            QuestionKind::Number | QuestionKind::Year => {
                let most = question.max.or((question.kind == QuestionKind::Year).then_some(2200));
                let least = question.min.unwrap_or(if question.kind == QuestionKind::Year { 1900 } else { 0 });
                let (range, message) = match most {
                    Some(most) => (
                        DataValidationRule::Between(small(least), small(most)),
                        self.texts.with("question-between", &[("min", least), ("max", most)]),
                    ),
                    None => (
                        DataValidationRule::GreaterThanOrEqualTo(small(least)),
                        self.texts.one("question-from", "min", least),
                    ),
                };
                (Some(DataValidation::new().allow_whole_number(range)), message)
            }
            _ => match lang.and_then(|lang| question.limit(lang)) {
                Some(max) => {
                    let rule = DataValidation::new().allow_text_length(DataValidationRule::LessThanOrEqualTo(max));
                    (Some(rule), self.texts.one("question-limit-one", "max", max))
                }
                None => (None, String::new()),
            },
        };
        rule.map(|rule| rule.set_error_message(cut(&message))).transpose()
    }

    fn label(&self, question: &Question) -> String {
        let label = question.label.get(self.texts.lang());
        if question.required { format!("{label} *") } else { label.clone() }
    }

    fn help(&self, question: &Question) -> String {
        let help = question.help.get(self.texts.lang()).clone();
        let limit = question.chars_max.map(|_| {
            let of = |lang: AnswerLang| question.limit(lang).unwrap_or_default();
            if question.is_bilingual() {
                let values = [("en", of(AnswerLang::En)), ("ru", of(AnswerLang::Ru))];
                self.texts.with("question-limit", &values)
            } else {
                self.texts.one("question-limit-one", "max", of(AnswerLang::Neutral))
            }
        });
        let private = question.private.then(|| self.texts.text("question-private"));
        [Some(help), limit, private]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Returns how much room an answer is given, in points.
fn room(question: &Question) -> f64 {
    if question.kind == QuestionKind::Text { 5.0 * LINE_HEIGHT } else { LINE_HEIGHT }
}

/// Writes a text beside one or several lines.
fn merged(
    sheet: &mut Worksheet,
    (row, lines, column): (u32, u32, u16),
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if lines > 1 {
        sheet.merge_range(row, column, row + lines - 1, column, text, look)?;
    } else {
        sheet.write_string_with_format(row, column, text, look)?;
    }
    Ok(())
}

fn column(place: u32) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// Names the sheet of a question with rows: a number and its label, without the letters that a name may not hold.
fn sheet_name(texts: Texts, question: &Question, place: usize) -> String {
    let label = question.label.get(texts.lang()).replace(['[', ']', ':', '*', '?', '/', '\\', '\''], " ");
    let name: String = format!("{} {label}", place + 1).chars().take(NAME_CHARS_MAX).collect();
    name.trim().to_owned()
}
