//! The form of the adoption: by consensus, or with the answers of the roll call.

use askama::Template;
use chrono::{NaiveDate, TimeZone as _, Utc};

use super::{frame, wording};
use crate::kernel::lang::Bilingual;
use crate::programmes::model::{AdoptedBy, RECORD_CHARS_MAX, VoteAnswer, Votes, vote_field};
use crate::programmes::operations::looks::Adopting;
use crate::web::again::Again;
use crate::web::errors::refusal;
use crate::web::{Fields, FormView, Frame, Member, PageResult};

/// The form.
#[derive(Template)]
#[template(path = "programmes/adopt.html")]
struct AdoptPage {
    frame: Frame,
    form: FormView,
    number: i32,
    notice: Option<String>,
    is_open: bool,
    included: usize,
    ways: Vec<(String, String)>,
    roll: Vec<(String, String)>,
    answers: Vec<(String, String)>,
    base: String,
    seed: String,
    record_max: (usize, usize),
    back: String,
    edition: String,
}

/// Returns today's date where the session has its legal zone.
pub fn today(member: &Member<'_>, adopting: &Adopting) -> NaiveDate {
    Utc.from_utc_datetime(&member.now()).with_timezone(&adopting.session.time_zone).date_naive()
}

/// Returns the sentence of the report that the form proposes.
pub fn proposed(adopting: &Adopting) -> Bilingual<String> {
    wording::sentence_of(AdoptedBy::Consensus, &adopting.draft, &adopting.session, &Votes::new())
}

/// Shows the form, fresh or again with what was typed.
pub fn show(member: &Member<'_>, adopting: &Adopting, again: Option<(Fields, Again)>) -> PageResult {
    let texts = member.texts();
    let (typed, again) = again.unzip();
    let again = again.as_ref();
    let edition = adopting.draft.edition.to_string();
    let fresh = || {
        let record = proposed(adopting);
        Fields::none()
            .set("by", AdoptedBy::Consensus.code())
            .set("on", today(member, adopting).to_string())
            .set("record_en", record.en)
            .set("record_ru", record.ru)
            .set("edition", edition.clone())
    };
    let fields = typed.unwrap_or_else(fresh);
    let closed = adopting.closed.as_ref().map(|message| refusal(texts, message));
    let page = AdoptPage {
        frame: frame(
            member,
            &adopting.session,
            texts.one("programme-adopt-title", "reference", &adopting.draft.reference),
        )
        .form("adopt"),
        edition: fields.value("edition").to_owned(),
        form: FormView::again(texts, fields, &Again::errors(again)),
        number: adopting.session.number,
        notice: Again::notice(again, texts, "programme-stale").or(closed),
        is_open: adopting.closed.is_none() || again.is_some(),
        included: adopting.included,
        ways: AdoptedBy::ALL
            .iter()
            .map(|way| (way.code().to_owned(), texts.code("programme-adopted-by", way)))
            .collect(),
        roll: adopting.roll.iter().map(|each| (vote_field(&each.code), each.name.get(member.lang).clone())).collect(),
        answers: std::iter::once((String::new(), texts.text("programme-vote-choose")))
            .chain(
                VoteAnswer::ALL.iter().map(|answer| (answer.code().to_owned(), texts.code("programme-vote", answer))),
            )
            .collect(),
        base: texts.code("programme-base", adopting.session.rules.base),
        seed: adopting.draft.id.to_string(),
        record_max: RECORD_CHARS_MAX,
        back: format!("/sessions/{}/programme/{}", adopting.session.number, adopting.draft.revision),
    };
    Again::answer(again, &page)
}
