//! The paper of a delegation as a workbook: written for filling in without a network, read when it comes back.
//!
//! One sheet lists the options with a cell for the priority and one for an objection; the rest is protected. A hidden
//! sheet says whose paper of which ballot it is, and under which version of the ballot it was written. The file holds the
//! paper of its own delegation alone.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, DataValidationRule, Workbook, Worksheet, XlsxError};

use super::forms::{objection_field, paper_fields, priority_field, read_vote};
use super::model::{Elector, LEVELS_MAX, OBJECTION_CHARS_MAX, Vote};
use super::operations::viewing::OwnPapers;
use super::pages::ballot::law;
use crate::i18n::Texts;
use crate::kernel::fields::Message;
use crate::kernel::lang::Lang;
use crate::kernel::workbook::{Fault, Sheet, cell_name};
use crate::web::Fields;
use crate::web::sheets::{A4, ABOUT, LINE_HEIGHT, Looks, about, cut, height, read_about};

/// Version of the way the workbook is laid out.
const LAYOUT: &str = "1";
/// What the hidden sheet says the workbook is.
const WHAT: &str = "ballot-paper";
/// Row of the abstention.
const ABSTAIN_ROW: u32 = 6;
/// Row of the first option; the one above holds the headings.
const FIRST_ROW: u32 = 8;
/// Columns: reference, title, summary, priority, objection.
const REFERENCE_COLUMN: u32 = 0;
const PRIORITY_COLUMN: u32 = 3;
const OBJECTION_COLUMN: u32 = 4;
/// Widths of the columns, in characters.
const WIDTHS: [f64; 5] = [20.0, 36.0, 60.0, 14.0, 50.0];
/// Most places without room that are told of.
const FAULTS_MAX: usize = 50;

/// Returns the workbook of a delegation's paper, filled with its newest one.
pub fn write(texts: Texts, own: &OwnPapers, elector: &Elector) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let looks = Looks::ours();
    let sheet = workbook.add_worksheet();
    head(sheet, texts, own, elector, &looks)?;
    options(sheet, texts, own, &looks)?;
    sheet.set_freeze_panes(FIRST_ROW, 1)?.protect();
    let ballot = &own.shown.ballot;
    let lines = [
        ("layout", LAYOUT.to_owned()),
        ("what", WHAT.to_owned()),
        ("ballot", ballot.name(&own.shown.session)),
        ("delegation", elector.code.clone()),
        ("version", ballot.version(&own.shown.options)),
        ("after", own.latest.as_ref().map_or(0, |paper| paper.number).to_string()),
    ];
    about(workbook.add_worksheet(), &lines)?;
    workbook.save_to_buffer()
}

/// Writes what the paper is about, how it is filled in, and the abstention.
fn head(
    sheet: &mut Worksheet,
    texts: Texts,
    own: &OwnPapers,
    elector: &Elector,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let (lang, shown) = (texts.lang(), &own.shown);
    let levels = shown.ballot.rules.levels;
    sheet.set_name(texts.text("ballot-paper"))?;
    for (column, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    let closes = texts.moment(shown.ballot.closes_at, shown.session.time_zone);
    let delegation = elector.name.get(lang).clone();
    let lines = [
        format!("{}: {}", texts.text("ballot-paper"), shown.ballot.title.get(lang)),
        shown.session.title.get(lang).clone(),
        texts.with("ballot-paper-lead", &[("delegation", delegation), ("closes", closes)]),
        texts.one("ballot-file-version", "version", shown.ballot.version(&shown.options)),
        texts.one("ballot-file-how", "levels", levels),
        law(texts, &shown.ballot),
    ];
    for (row, line) in (0_u32..).zip(&lines) {
        let look = if row == 0 { &looks.title } else { &looks.help };
        sheet.merge_range(row, 0, row, 4, line, look)?;
        let width = WIDTHS.iter().sum::<f64>();
        sheet.set_row_height(row, if row == 0 { 24.0 } else { height(line, width) })?;
    }
    let abstain = format!("{}. {}", texts.text("ballot-abstain"), texts.text("ballot-abstain-hint"));
    sheet.merge_range(ABSTAIN_ROW, 0, ABSTAIN_ROW, 2, &abstain, &looks.label)?;
    sheet.set_row_height(ABSTAIN_ROW, height(&abstain, WIDTHS[0] + WIDTHS[1] + WIDTHS[2]))?;
    let yes = texts.text("yes");
    let fields = paper_fields(own.latest.as_ref());
    let held = if fields.value("abstain") == "yes" { yes.as_str() } else { "" };
    sheet.write_string_with_format(ABSTAIN_ROW, column(PRIORITY_COLUMN), held, &looks.text)?;
    let rule = DataValidation::new()
        .allow_list_strings(&[yes.as_str()])?
        .set_error_message(cut(&texts.text("workbook-choose")))?;
    sheet.add_data_validation(ABSTAIN_ROW, column(PRIORITY_COLUMN), ABSTAIN_ROW, column(PRIORITY_COLUMN), &rule)?;
    Ok(())
}

/// Writes the options, each with its cells to fill in.
fn options(sheet: &mut Worksheet, texts: Texts, own: &OwnPapers, looks: &Looks) -> Result<(), XlsxError> {
    let headings = ["ballot-reference", "ballot-option", "ballot-file-summary", "ballot-priority", "ballot-objection"];
    for (place, key) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(FIRST_ROW - 1, place, texts.text(key), &looks.heading)?;
    }
    let fields = paper_fields(own.latest.as_ref());
    for (row, option) in (FIRST_ROW..).zip(&own.shown.options) {
        let (title, lang) = option.title(texts.lang());
        let summary = Some(option.summary.get(texts.lang())).filter(|text| !text.is_empty());
        let summary = summary.unwrap_or_else(|| option.summary.get(lang));
        sheet.write_string_with_format(row, 0, &option.reference, &looks.label)?;
        sheet.write_string_with_format(row, 1, title, &looks.label)?;
        sheet.write_string_with_format(row, 2, summary, &looks.help)?;
        let objection = fields.value(&objection_field(&option.reference));
        match fields.value(&priority_field(&option.reference)).parse::<u32>() {
            Ok(priority) => sheet.write_number_with_format(row, column(PRIORITY_COLUMN), priority, &looks.number)?,
            Err(_) => sheet.write_blank(row, column(PRIORITY_COLUMN), &looks.number)?,
        };
        sheet.write_string_with_format(row, column(OBJECTION_COLUMN), objection, &looks.text)?;
        let high = [(title, WIDTHS[1]), (summary, WIDTHS[2]), (objection, WIDTHS[4])];
        let high = high.map(|(text, width)| height(text, width)).into_iter().fold(2.0 * LINE_HEIGHT, f64::max);
        sheet.set_row_height(row, high)?;
    }
    let last = FIRST_ROW + u32::try_from(own.shown.options.len().max(1)).unwrap_or(1) - 1;
    let levels: Vec<String> =
        (1..=own.shown.ballot.rules.levels.min(LEVELS_MAX)).map(|level| level.to_string()).collect();
    let words = texts.one("error-ballot-priority", "levels", own.shown.ballot.rules.levels);
    let priority = DataValidation::new().allow_list_strings(&levels)?.set_error_message(cut(&words))?;
    sheet.add_data_validation(FIRST_ROW, column(PRIORITY_COLUMN), last, column(PRIORITY_COLUMN), &priority)?;
    let most = u32::try_from(OBJECTION_CHARS_MAX).unwrap_or(u32::MAX);
    let objection = DataValidation::new()
        .allow_text_length(DataValidationRule::LessThanOrEqualTo(most))
        .set_error_message(cut(&texts.one("error-ballot-objection-long", "most", most)))?;
    sheet.add_data_validation(FIRST_ROW, column(OBJECTION_COLUMN), last, column(OBJECTION_COLUMN), &objection)?;
    Ok(())
}

fn column(place: u32) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// What a workbook that came back says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The vote.
    pub vote: Vote,
    /// The same as the fields of the form on the page.
    pub fields: Fields,
    /// The newest paper when the file was taken; 0 for none.
    pub after: i32,
}

/// Reads a workbook that came back for a delegation; everything that is wrong with it at once, with its cell.
pub fn read(own: &OwnPapers, elector: &Elector, sheets: &[Sheet]) -> Result<Filled, Vec<Fault>> {
    let after = origin(own, elector, sheets).map_err(|message| vec![Fault::whole(message)])?;
    let sheet = sheets.iter().find(|sheet| sheet.name != ABOUT).ok_or_else(not_ours)?;
    let mut faults = misplaced(own, sheet);
    let mut fields = Fields::none().set("after", after.to_string());
    let mut cells = BTreeMap::new();
    match sheet.cell(ABSTAIN_ROW, PRIORITY_COLUMN) {
        "" => {}
        text if is_yes(text) => fields = fields.set("abstain", "yes"),
        _ => faults.push(Fault::at(ABSTAIN_ROW, PRIORITY_COLUMN, Message::new("ballot-file-abstain"))),
    }
    cells.insert("abstain".to_owned(), (ABSTAIN_ROW, PRIORITY_COLUMN));
    for (row, option) in (FIRST_ROW..).zip(&own.shown.options) {
        let (priority, objection) = (priority_field(&option.reference), objection_field(&option.reference));
        fields = fields.set(&priority, sheet.cell(row, PRIORITY_COLUMN));
        fields = fields.set(&objection, sheet.cell(row, OBJECTION_COLUMN));
        cells.insert(priority, (row, PRIORITY_COLUMN));
        cells.insert(objection, (row, OBJECTION_COLUMN));
    }
    match read_vote(&fields, &own.shown.options, own.shown.ballot.rules.levels) {
        Ok(vote) if faults.is_empty() => Ok(Filled { vote, fields, after }),
        Ok(_) => Err(faults),
        Err(errors) => {
            for (field, messages) in errors.iter() {
                let cell = cells.get(field).map_or_else(String::new, |(row, column)| cell_name(*row, *column));
                faults.extend(messages.iter().map(|message| Fault { cell: cell.clone(), message: message.clone() }));
            }
            Err(faults)
        }
    }
}

fn not_ours() -> Vec<Fault> {
    vec![Fault::whole(Message::new("ballot-file-other"))]
}

/// Returns the newest paper when the file was taken, unless the file belongs elsewhere.
fn origin(own: &OwnPapers, elector: &Elector, sheets: &[Sheet]) -> Result<i32, Message> {
    let shown = &own.shown;
    let about = read_about(sheets).unwrap_or_default();
    let says = |name: &str| about.get(name).copied().unwrap_or_default();
    if says("layout") != LAYOUT || says("what") != WHAT {
        return Err(Message::new("ballot-file-other"));
    }
    if says("ballot") != shown.ballot.name(&shown.session) {
        return Err(Message::new("ballot-file-other-ballot"));
    }
    if says("delegation") != elector.code {
        return Err(Message::new("ballot-file-other-delegation"));
    }
    if says("version") != shown.ballot.version(&shown.options) {
        return Err(Message::new("ballot-file-other-version"));
    }
    says("after").parse().map_err(|_| Message::new("ballot-file-other"))
}

/// Returns what stands where it does not belong: a row that is no longer the row of its option, text outside the cells.
fn misplaced(own: &OwnPapers, sheet: &Sheet) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut last = FIRST_ROW;
    for (row, option) in (FIRST_ROW..).zip(&own.shown.options) {
        last = row;
        if sheet.cell(row, REFERENCE_COLUMN) != option.reference {
            let message = Message::new("ballot-file-moved").text("reference", option.reference.clone());
            faults.push(Fault::at(row, REFERENCE_COLUMN, message));
        }
    }
    for (row, cells) in sheet.rows() {
        let outside =
            |column: u32| column > OBJECTION_COLUMN || row > last || (row == ABSTAIN_ROW && column > PRIORITY_COLUMN);
        let outside = cells.into_iter().filter(|(column, _)| outside(*column));
        faults.extend(outside.map(|(column, _)| Fault::at(row, column, Message::new("workbook-no-room"))));
    }
    faults.truncate(FAULTS_MAX);
    faults
}

/// Whether a cell says yes, in either language.
pub fn is_yes(text: &str) -> bool {
    let said = text.trim().to_lowercase();
    said == "yes" || Lang::ALL.iter().any(|lang| Texts::of(*lang).text("yes").to_lowercase() == said)
}
