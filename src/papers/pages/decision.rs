//! The draft decision of the Working Group, with the sentence for the report of the session.

use super::pen::{Pen, marked, working_reference};
use super::programme::standing;
use crate::i18n::Texts;
use crate::papers::model::{Document, Name, Run, text};
use crate::programmes::model::AdoptedBy;
use crate::programmes::operations::looks::{Line, Look};
use crate::programmes::pages::{wording, years};
use crate::sessions::Session;

/// Writes the decision.
pub fn write(texts: Texts, session: &Session, look: &Look, practices: usize, ballots: &[i32]) -> Document {
    let mut pen = Pen::new(texts);
    let included: Vec<&Line> = look.lines.iter().filter(|line| line.item.included).collect();
    let programme = &look.programme;
    let is_adopted = !programme.state.is_pending();
    pen.plain(marked(&texts.text("paper-decision-group")));
    pen.plain(marked(&texts.one("paper-decision-considered", "session", session.title.get(texts.lang()))));
    if practices > 0 {
        let reference = working_reference(session, Name::Practices);
        pen.says("paper-decision-practices", &[("count", practices.to_string()), ("reference", reference)]);
    }
    if !ballots.is_empty() {
        let numbers: Vec<String> = ballots.iter().map(ToString::to_string).collect();
        let reference = working_reference(session, Name::Result);
        let count = ballots.len().to_string();
        pen.says(
            "paper-decision-result",
            &[("count", count), ("numbers", numbers.join(", ")), ("reference", reference)],
        );
    }
    let values =
        [("years", years(session)), ("reference", programme.reference.clone()), ("count", included.len().to_string())];
    pen.says("paper-decision-adopts", &values);
    for line in &included {
        let mut words = pen.title(&line.columns.title, &line.submission.reference);
        words.push(Run::new(format!(" ({})", line.submission.reference)));
        pen.item(words);
    }
    pen.says("paper-decision-recommends", &[("reference", programme.reference.clone())]);
    pen.says("paper-decision-reports", &[]);
    pen.section("paper-decision-sentence");
    if is_adopted {
        let record = pen.either(&wording::record(programme, session, &look.votes));
        pen.plain(record);
    } else {
        pen.note(text(texts.text("paper-decision-proposed")));
        let record = wording::sentence_of(AdoptedBy::Consensus, programme, session, &look.votes);
        pen.plain(text(record.get(texts.lang())));
        pen.note(text(texts.text("paper-decision-vote")));
    }
    let head = pen.head(session, Name::Decision, working_reference(session, Name::Decision), standing(texts, look));
    pen.finish(Name::Decision, head)
}
