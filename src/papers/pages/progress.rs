//! The progress of the actions that the group adopted, as a paper: how each goes, from the newest report that its reader may
//! see.

use super::pen::{Pen, working_reference};
use crate::i18n::Texts;
use crate::papers::model::{Document, Name, Text, text};
use crate::progress::OutputState;
use crate::progress::model::Report;
use crate::progress::operations::Course;
use crate::progress::pages::half_year;
use crate::sessions::Session;

/// Writes the paper.
pub fn write(texts: Texts, session: &Session, courses: &[Course]) -> Document {
    let mut pen = Pen::new(texts);
    let reported = courses.iter().filter(|course| course.newest().is_some()).count();
    let values = [("actions", courses.len().to_string()), ("reported", reported.to_string())];
    pen.says("paper-progress-opening", &values);
    pen.says("paper-progress-confirmed", &[]);
    overview(&mut pen, courses);
    pen.section("paper-programme-details");
    for course in courses {
        one(&mut pen, course);
    }
    let head = pen.head(
        session,
        Name::Progress,
        working_reference(session, Name::Progress),
        texts.text("paper-progress-standing"),
    );
    pen.finish(Name::Progress, head)
}

fn on(texts: Texts, report: &Report) -> String {
    report.given_at.map_or_else(String::new, |at| texts.day(at.date()))
}

fn overview(pen: &mut Pen, courses: &[Course]) {
    let row = |course: &Course| {
        let texts = pen.texts;
        let newest = course.newest();
        let done = newest.map_or(0, |report| report.outputs.iter().filter(|one| **one == OutputState::Done).count());
        vec![
            text(&course.submission.reference),
            pen.title(&course.title(), &course.submission.reference),
            text(course.delegation.name.get(pen.lang())),
            text(&course.programme.reference),
            text(newest.map_or_else(|| texts.text("paper-progress-none"), |report| on(texts, report))),
            text(newest.map_or_else(String::new, |report| texts.code("progress-state", report.state))),
            text(format!("{done}/{}", course.plan.outputs.len())),
        ]
    };
    let rows = courses.iter().map(row).collect();
    let columns = [
        ("paper-reference", 5, false),
        ("paper-title", 7, false),
        ("paper-lead", 5, false),
        ("progress-programme", 5, false),
        ("progress-last-report", 5, false),
        ("progress-output-state", 5, false),
        ("paper-progress-done", 5, false),
    ];
    pen.table("paper-progress-table", &columns, rows);
}

fn one(pen: &mut Pen, course: &Course) {
    let texts = pen.texts;
    let mut title: Text = pen.title(&course.title(), &course.submission.reference);
    title.extend(text(format!(" ({})", course.submission.reference)));
    pen.heading(2, title);
    let Some(report) = course.newest() else {
        pen.says("paper-progress-no-report", &[("day", texts.day(course.adopted_on()))]);
        return;
    };
    let said = pen.either(&report.text);
    pen.numbered(said);
    if report.is_last {
        pen.says("paper-progress-finished", &[]);
    }
    if !course.plan.outputs.is_empty() {
        let row = |(output, state): (&crate::progress::model::Output, &OutputState)| {
            vec![
                pen.either(&output.name),
                text(half_year(texts, &output.due)),
                text(texts.code("progress-output", state)),
            ]
        };
        let rows = course.plan.outputs.iter().zip(&report.outputs).map(row).collect();
        let columns = [
            ("progress-output-name", 10, false),
            ("progress-output-due", 4, false),
            ("progress-output-state", 4, false),
        ];
        pen.table("progress-outputs", &columns, rows);
    }
    if !course.plan.indicators.is_empty() {
        let row = |(indicator, value): (&crate::progress::model::Indicator, _)| {
            let texts = [&indicator.name, &indicator.baseline, &indicator.target, value];
            texts.map(|side| pen.either(side)).to_vec()
        };
        let rows = course.plan.indicators.iter().zip(&report.values).map(row).collect();
        let columns = [
            ("progress-indicator", 8, false),
            ("progress-baseline", 4, false),
            ("progress-target", 4, false),
            ("progress-now", 4, false),
        ];
        pen.table("progress-indicators", &columns, rows);
    }
}
