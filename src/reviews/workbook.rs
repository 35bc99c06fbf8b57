//! A reviewer's work of a session as a workbook: one row an action, one column a criterion, the scale on a sheet of its own.
//!
//! The hidden row above the headings names the columns, the hidden last column the edition of the review that the file was
//! filled with. It holds nobody else's reviews, and no action from which the reviewer is recused.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{DataValidation, DataValidationRule, Workbook, Worksheet, XlsxError};

use super::model::{Judgement, Mark, REASON_CHARS_MAX, REASON_FIELD, State, mark_field};
use super::operations::offline::{Assigned, Desk, Handed};
use super::remarks::model::{BECAUSE, NOTE, RECOMMENDATION, TO_DELEGATION};
use super::remarks::pages::parts;
use super::remarks::{Recommendation, Remarks};
use super::scale::steps;
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{Message, tidy};
use crate::kernel::lang::Lang;
use crate::kernel::token::digest;
use crate::kernel::workbook::{Fault, Sheet, cell_name};
use crate::web::sheets::{A4, ABOUT, LINE_HEIGHT, Looks, about, cut, height, read_about};

/// Version of the way the workbook is laid out.
const LAYOUT: &str = "2";
/// What the hidden sheet says the workbook is.
const WHAT: &str = "reviews";
/// Hidden row that names the columns; the headings stand below it.
const NAMES_ROW: u32 = 2;
/// Row of the first action.
const FIRST_ROW: u32 = 4;
/// Column of the first criterion, after reference, title, summary and delegation.
const MARKS_COLUMN: u32 = 4;
/// What is said beside the marks: a recommendation, and three texts.
const REMARKS: [&str; 4] = [RECOMMENDATION, BECAUSE, TO_DELEGATION, NOTE];
/// Widths of the columns before the criteria, of a mark, of the reason, of the state, of the recommendation, of a remark.
const WIDTHS: [f64; 9] = [19.0, 34.0, 54.0, 18.0, 16.0, 56.0, 12.0, 26.0, 40.0];

/// Which column is which.
struct Columns {
    names: Vec<String>,
    reason: u32,
    /// The first of the remarks.
    remarks: u32,
    state: u32,
    edition: u32,
}

impl Columns {
    fn of(desk: &Desk) -> Self {
        let count = u32::try_from(desk.criteria.len()).unwrap_or(0);
        let reason = MARKS_COLUMN + count;
        let (remarks, state, edition) = (reason + 1, reason + 5, reason + 6);
        let marks = desk.criteria.iter().map(|criterion| mark_field(&criterion.id));
        let fixed = ["reference", "title", "summary", "delegation"].map(str::to_owned);
        let last = std::iter::once(REASON_FIELD).chain(REMARKS).chain(["state", "edition"]).map(str::to_owned);
        Self { names: fixed.into_iter().chain(marks).chain(last).collect(), reason, remarks, state, edition }
    }

    /// Returns how wide a column is.
    const fn width(&self, column: u32) -> f64 {
        if column < MARKS_COLUMN {
            WIDTHS[column as usize]
        } else if column == self.reason {
            WIDTHS[5]
        } else if column == self.remarks {
            WIDTHS[7]
        } else if self.remarks < column && column < self.state {
            WIDTHS[8]
        } else if column == self.state {
            WIDTHS[6]
        } else {
            WIDTHS[4]
        }
    }
}

fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Returns who a file belongs to, without naming the account.
fn owner(desk: &Desk) -> String {
    digest(&format!("reviews of {} by {}", desk.calendar.session.id, desk.account))[..16].to_owned()
}

/// Returns the workbook of a reviewer, filled with what is held.
pub fn write(texts: Texts, desk: &Desk) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let looks = Looks::ours();
    actions(workbook.add_worksheet(), texts, desk, &looks)?;
    scale(workbook.add_worksheet(), texts, desk, &looks)?;
    let lines = [
        ("layout", LAYOUT.to_owned()),
        ("what", WHAT.to_owned()),
        ("session", desk.calendar.session.number.to_string()),
        ("owner", owner(desk)),
    ];
    about(workbook.add_worksheet(), &lines)?;
    workbook.save_to_buffer()
}

fn actions(sheet: &mut Worksheet, texts: Texts, desk: &Desk, looks: &Looks) -> Result<(), XlsxError> {
    let columns = Columns::of(desk);
    sheet.set_name(texts.text("reviews-title"))?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    let title = format!("{} · {}", texts.text("reviews-title"), desk.calendar.session.title.get(texts.lang()));
    sheet.write_string_with_format(0, 0, title, &looks.title)?;
    sheet.write_string(1, 0, texts.text("review-file-how"))?;
    let fixed = ["submission-reference", "review-action", "review-file-summary", "review-delegation"];
    let headings = fixed.iter().map(|key| texts.text(key));
    let marks = desk.criteria.iter().map(|criterion| super::pages::criterion_label(texts, criterion));
    let remarks = parts(texts, &Remarks::default()).map(|(name, _)| name);
    let last = ["review-file-state", "review-file-edition"].map(|key| texts.text(key));
    let said = std::iter::once(texts.text("review-reason")).chain(remarks).chain(last);
    for (column, heading) in (0_u16..).zip(headings.chain(marks).chain(said)) {
        sheet.set_column_width(column, columns.width(u32::from(column)))?;
        sheet.write_string(NAMES_ROW, column, &columns.names[usize::from(column)])?;
        sheet.write_string_with_format(NAMES_ROW + 1, column, heading, &looks.heading)?;
    }
    sheet.set_row_hidden(NAMES_ROW)?.set_column_hidden(narrow(columns.edition))?;
    sheet.set_row_height(NAMES_ROW + 1, 4.0 * LINE_HEIGHT)?;
    for (row, assigned) in (FIRST_ROW..).zip(&desk.assigned) {
        action(sheet, texts, (row, &columns), (desk, assigned), looks)?;
    }
    rules(sheet, texts, desk, &columns)?;
    sheet.set_freeze_panes(FIRST_ROW, 2)?.protect();
    Ok(())
}

/// Writes the row of one action.
fn action(
    sheet: &mut Worksheet,
    texts: Texts,
    (row, columns): (u32, &Columns),
    (desk, assigned): (&Desk, &Assigned),
    looks: &Looks,
) -> Result<(), XlsxError> {
    let (lang, action) = (texts.lang(), &assigned.action);
    let summary = &action.columns.summary;
    let summary = if summary.get(lang).is_empty() { summary.get(lang.other()) } else { summary.get(lang) };
    let held = assigned.held.as_ref();
    let reason = held.map_or("", |review| review.reason.as_str());
    let title = action.title_or_reference(lang);
    sheet.write_string_with_format(row, 0, &action.reference, &looks.label)?;
    sheet.write_string_with_format(row, 1, title, &looks.label)?;
    sheet.write_string_with_format(row, 2, summary, &looks.help)?;
    sheet.write_string_with_format(row, 3, assigned.delegation.name.get(lang), &looks.help)?;
    for (column, criterion) in (MARKS_COLUMN..).zip(&desk.criteria) {
        match held.and_then(|review| review.marks.get(&criterion.id)) {
            Some(mark) => match mark.step() {
                Some(step) => sheet.write_number_with_format(row, narrow(column), step, &looks.number)?,
                None => sheet.write_string_with_format(row, narrow(column), mark_words(texts, *mark), &looks.text)?,
            },
            None => sheet.write_blank(row, narrow(column), &looks.number)?,
        };
    }
    sheet.write_string_with_format(row, narrow(columns.reason), reason, &looks.text)?;
    let remarks = assigned.kept.as_ref().map(|kept| kept.remarks.clone()).unwrap_or_default();
    let remarks = parts(texts, &remarks);
    for (column, (_, said)) in (columns.remarks..).zip(&remarks) {
        sheet.write_string_with_format(row, narrow(column), said, &looks.text)?;
    }
    let state = held.map_or_else(String::new, |review| texts.code("review-state", review.state));
    sheet.write_string_with_format(row, narrow(columns.state), state, &looks.text)?;
    sheet.write_number(row, narrow(columns.edition), held.map_or(0, |review| review.edition))?;
    let read = [(title, WIDTHS[1]), (summary, WIDTHS[2]), (reason, WIDTHS[5])].into_iter();
    let all = read.chain(remarks.iter().skip(1).map(|(_, said)| (said.as_str(), WIDTHS[8])));
    let high = all.map(|(text, width)| height(text, width)).fold(4.0 * LINE_HEIGHT, f64::max);
    sheet.set_row_height(row, high)?;
    Ok(())
}

fn mark_words(texts: Texts, mark: Mark) -> String {
    mark.step().map_or_else(|| texts.code("review-mark", mark), |step| step.to_string())
}

/// Says what each cell accepts.
fn rules(sheet: &mut Worksheet, texts: Texts, desk: &Desk, columns: &Columns) -> Result<(), XlsxError> {
    let last = FIRST_ROW + u32::try_from(desk.assigned.len().max(1)).unwrap_or(1) - 1;
    let choose = cut(&texts.text("workbook-choose"));
    let marks: Vec<String> = Mark::ALL.iter().map(|mark| mark_words(texts, *mark)).collect();
    if columns.reason > MARKS_COLUMN {
        let rule = DataValidation::new().allow_list_strings(&marks)?.set_error_message(&choose)?;
        sheet.add_data_validation(FIRST_ROW, narrow(MARKS_COLUMN), last, narrow(columns.reason - 1), &rule)?;
    }
    let most = u32::try_from(REASON_CHARS_MAX).unwrap_or(u32::MAX);
    let rule = DataValidation::new()
        .allow_text_length(DataValidationRule::LessThanOrEqualTo(most))
        .set_error_message(cut(&texts.one("question-limit-one", "max", most)))?;
    sheet.add_data_validation(FIRST_ROW, narrow(columns.reason), last, narrow(columns.reason), &rule)?;
    sheet.add_data_validation(FIRST_ROW, narrow(columns.remarks + 1), last, narrow(columns.state - 1), &rule)?;
    let recommended: Vec<String> = Recommendation::ALL.iter().map(|one| texts.code("recommendation", *one)).collect();
    let rule = DataValidation::new().allow_list_strings(&recommended)?.set_error_message(&choose)?;
    sheet.add_data_validation(FIRST_ROW, narrow(columns.remarks), last, narrow(columns.remarks), &rule)?;
    let states: Vec<String> = State::ALL.iter().map(|state| texts.code("review-state", *state)).collect();
    let rule = DataValidation::new().allow_list_strings(&states)?.set_error_message(&choose)?;
    sheet.add_data_validation(FIRST_ROW, narrow(columns.state), last, narrow(columns.state), &rule)?;
    Ok(())
}

/// Writes what the criteria ask and what each mark means.
fn scale(sheet: &mut Worksheet, texts: Texts, desk: &Desk, looks: &Looks) -> Result<(), XlsxError> {
    let lang = texts.lang();
    sheet.set_name(texts.text("review-file-scale"))?;
    sheet.set_column_width(0, 44)?.set_column_width(1, 90)?;
    let criteria =
        desk.criteria.iter().map(|one| (super::pages::criterion_label(texts, one), one.help.get(lang).clone()));
    let marks = steps().iter().map(|step| (mark_words(texts, step.mark), step.meaning.get(lang).clone()));
    let heading = |key: &str| std::iter::once((texts.text(key), String::new()));
    let lines = heading("review-file-criteria").chain(criteria).chain(heading("review-file-scale")).chain(marks);
    for (row, (name, words)) in (0_u32..).zip(lines) {
        let look = if words.is_empty() { &looks.section } else { &looks.label };
        sheet.write_string_with_format(row, 0, &name, look)?;
        sheet.write_string_with_format(row, 1, &words, &looks.help)?;
        sheet.set_row_height(row, height(&name, 44.0).max(height(&words, 90.0)))?;
    }
    sheet.protect();
    Ok(())
}

/// What a workbook says about one action, where that differs from what is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What would be saved.
    pub handed: Handed,
    /// Whether the review was saved on the page after the file was taken.
    pub is_stale: bool,
}

/// Reads a workbook that came back; everything that is wrong with it at once, with its cell.
pub fn read(desk: &Desk, sheets: &[Sheet]) -> Result<Vec<Change>, Vec<Fault>> {
    let whole = |code: &str| vec![Fault::whole(Message::new(code))];
    let about = read_about(sheets).unwrap_or_default();
    let says = |name: &str| about.get(name).copied().unwrap_or_default();
    if says("layout") != LAYOUT || says("what") != WHAT {
        return Err(whole("review-file-other"));
    }
    if says("session") != desk.calendar.session.number.to_string() {
        return Err(whole("review-file-other-session"));
    }
    if says("owner") != owner(desk) {
        return Err(whole("review-file-other-reviewer"));
    }
    let columns = Columns::of(desk);
    let sheet = sheets.iter().find(|sheet| sheet.name != ABOUT).ok_or_else(|| whole("review-file-other"))?;
    let is_ours = (0_u32..).zip(&columns.names).all(|(column, name)| sheet.cell(NAMES_ROW, column) == name);
    if !is_ours {
        return Err(whole("review-file-other-criteria"));
    }
    let (mut faults, mut changes, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (row, cells) in sheet.rows().into_iter().filter(|(row, _)| *row >= FIRST_ROW) {
        let outside = cells.iter().filter(|(column, _)| *column > columns.edition);
        faults.extend(outside.map(|(column, _)| Fault::at(row, *column, Message::new("workbook-no-room"))));
        let reference = sheet.cell(row, 0);
        match desk.assigned.iter().find(|one| one.action.reference == reference) {
            Some(_) if !seen.insert(reference) => {
                faults.push(Fault::at(row, 0, Message::new("review-file-twice").text("reference", reference)));
            }
            Some(assigned) => match line(sheet, row, (desk, assigned), &columns) {
                Ok(change) => changes.extend(change),
                Err(wrong) => faults.extend(wrong),
            },
            None => faults.push(Fault::at(row, 0, Message::new("review-file-unknown").text("reference", reference))),
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// Reads the row of one action; nothing when it says what is held already.
fn line(
    sheet: &Sheet,
    row: u32,
    (desk, assigned): (&Desk, &Assigned),
    columns: &Columns,
) -> Result<Option<Change>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut judgement =
        Judgement { reason: sheet.cell(row, columns.reason).replace("\r\n", "\n"), ..Judgement::default() };
    let mut cells = BTreeMap::from([(REASON_FIELD.to_owned(), columns.reason)]);
    for (column, criterion) in (MARKS_COLUMN..).zip(&desk.criteria) {
        cells.insert(mark_field(&criterion.id), column);
        match (sheet.cell(row, column), mark_of(sheet.cell(row, column))) {
            ("", _) => {}
            (_, Some(mark)) => {
                judgement.marks.insert(criterion.id.clone(), mark);
            }
            (_, None) => faults.push(Fault::at(row, column, Message::new("review-file-mark"))),
        }
    }
    let remarks = match remarks_of(sheet, row, columns) {
        Ok(remarks) => remarks,
        Err(fault) => {
            faults.push(fault);
            Remarks::default()
        }
    };
    cells.extend((columns.remarks..).zip(REMARKS).map(|(column, name)| (name.to_owned(), column)));
    let held = assigned.held.as_ref();
    let was_given = held.is_some_and(|review| review.state == State::Given);
    let gives = match sheet.cell(row, columns.state) {
        "" => was_given,
        text => {
            let state = state_of(text);
            if state.is_none() {
                faults.push(Fault::at(row, columns.state, Message::new("review-file-unknown-state")));
            }
            was_given || state == Some(State::Given)
        }
    };
    if is_same(assigned, (&judgement, &remarks), gives) && faults.is_empty() {
        return Ok(None);
    }
    let mut wrong = if gives { judgement.missing(&desk.criteria) } else { judgement.too_long() };
    wrong.extend(&remarks.errors());
    for (field, messages) in wrong.iter() {
        let cell = cells.get(field).map_or_else(String::new, |column| cell_name(row, *column));
        faults.extend(messages.iter().map(|message| Fault { cell: cell.clone(), message: message.clone() }));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    judgement.remarks = Some(remarks);
    let edition = held.map_or(0, |review| review.edition);
    let handed = Handed { reference: assigned.action.reference.clone(), judgement, gives, edition };
    Ok(Some(Change { handed, is_stale: sheet.cell(row, columns.edition).parse() != Ok(edition) }))
}

/// Reads what is said beside the marks.
fn remarks_of(sheet: &Sheet, row: u32, columns: &Columns) -> Result<Remarks, Fault> {
    let cell = |place: u32| tidy(sheet.cell(row, columns.remarks + place));
    let recommendation = match cell(0).as_str() {
        "" => None,
        text => Some(
            recommendation_of(text)
                .ok_or_else(|| Fault::at(row, columns.remarks, Message::new("review-file-unknown-recommendation")))?,
        ),
    };
    Ok(Remarks { recommendation, because: cell(1), to_delegation: cell(2), note: cell(3) })
}

/// Reads a recommendation as it is written, in either language or by its code.
fn recommendation_of(text: &str) -> Option<Recommendation> {
    let said = text.to_lowercase();
    let words = |lang: &Lang, one| Texts::of(*lang).code("recommendation", one).to_lowercase();
    let is = |one: &&Recommendation| one.code() == said || Lang::ALL.iter().any(|lang| words(lang, **one) == said);
    Recommendation::ALL.iter().find(is).copied()
}

fn is_same(assigned: &Assigned, (judgement, remarks): (&Judgement, &Remarks), gives: bool) -> bool {
    let none = Remarks::default();
    if *remarks != *assigned.kept.as_ref().map_or(&none, |kept| &kept.remarks) {
        return false;
    }
    match &assigned.held {
        None => *judgement == Judgement::default() && !gives,
        Some(review) => {
            review.marks == judgement.marks
                && review.reason == judgement.reason
                && gives == (review.state == State::Given)
        }
    }
}

/// Reads a mark as it is written, in either language or by its code.
fn mark_of(text: &str) -> Option<Mark> {
    let said = text.trim().to_lowercase();
    let is = |mark: &&Mark| {
        mark.code() == said || Lang::ALL.iter().any(|lang| mark_words(Texts::of(*lang), **mark).to_lowercase() == said)
    };
    Mark::ALL.iter().find(is).copied()
}

/// Reads whether a review is given or a draft, in either language or by its code.
fn state_of(text: &str) -> Option<State> {
    let said = text.trim().to_lowercase();
    let words = |lang: &Lang, state: State| Texts::of(*lang).code("review-state", state).to_lowercase();
    let is = |state: &&State| state.code() == said || Lang::ALL.iter().any(|lang| words(lang, **state) == said);
    State::ALL.iter().find(is).copied()
}
