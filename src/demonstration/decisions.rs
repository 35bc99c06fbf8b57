//! The decisions of the demonstration: one voted in parts at the earlier session, one that climbed the ladder in November
//! 2020, one whose silence procedure runs now, one about the draft of the programme that is still to come before the group.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::papers::Room;
use super::session::{at, evening, then};
use super::texts::{both, text};
use crate::db::Tx;
use crate::decisions::model::{Grade, ObjectionState, next_called};
use crate::decisions::operations::acts::{Asked, act};
use crate::decisions::operations::climbing::{Verdict, settle_amendment};
use crate::decisions::operations::setting::{Draft, prepare};
use crate::decisions::operations::voices::{propose, settle_objection};
use crate::decisions::operations::voting::{Heard, enter};
use crate::decisions::operations::{By, Place, separate, settle};
use crate::decisions::store;
use crate::decisions::workflow::Event;
use crate::delegations;
use crate::kernel::lang::Lang;
use crate::kernel::token::digest;
use crate::programmes;
use crate::programmes::VoteAnswer::{self, Abstain, No, Yes};
use crate::refusals::OperationError;

fn by(room: &Room<'_>, key: &str, now: NaiveDateTime) -> By {
    By { actor: room.people.actor(key), now }
}

/// Prepares a decision with words of the demonstration.
fn prepared(tx: &mut Tx<'_>, room: &Room<'_>, words: &str, now: NaiveDateTime) -> Result<Place, OperationError> {
    prepared_about(tx, room, "", words, now)
}

/// Prepares a decision about something, by its reference.
fn prepared_about(
    tx: &mut Tx<'_>,
    room: &Room<'_>,
    about: &str,
    words: &str,
    now: NaiveDateTime,
) -> Result<Place, OperationError> {
    let draft = Draft {
        title: both(&format!("demonstration-decision-{words}-title")),
        about: about.to_owned(),
        text: both(&format!("demonstration-decision-{words}-text")),
        is_checked: true,
    };
    let number = prepare(tx, &by(room, "secretariat", now), room.session.number, &draft)?;
    Ok(Place { session: room.session.number, number })
}

/// Does an act of the secretariat over the decision as it stands.
fn lead(
    tx: &mut Tx<'_>,
    room: &Room<'_>,
    place: Place,
    asked: &Asked,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let edition = store::by_number(tx, &room.session.id, place.number)?.edition;
    act(tx, &by(room, "secretariat", now), place, edition, asked)
}

/// A decision that climbed from a sense check over an objection and its amendment to a silence procedure that nobody broke.
pub fn concluded(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let place = prepared(tx, room, "report", at(11, 9, 8))?;
    lead(tx, room, place, &Asked::Open(Event::OpenSenseCheck), at(11, 9, 9))?;
    for (key, grade) in [
        ("aze-head", Grade::FullSupport),
        ("kaz-head", Grade::CanLiveWith),
        ("tjk-head", Grade::FullSupport),
        ("uzb-head", Grade::Reservations),
    ] {
        act(tx, &by(room, key, at(11, 9, 10)), place, 0, &Asked::Support(grade, String::new()))?;
    }
    lead(tx, room, place, &Asked::Open(Event::CloseSenseCheck), at(11, 10, 6))?;
    let objection = Asked::Object(String::new(), text(Lang::En, "demonstration-decision-objection"));
    act(tx, &by(room, "uzb-head", at(11, 10, 7)), place, 0, &objection)?;
    let decision = store::by_number(tx, &room.session.id, place.number)?;
    let raised = store::objections_of(tx, &decision.id)?.remove(0).id;
    let amended = both("demonstration-decision-report-amended");
    propose(tx, &by(room, "kaz-head", at(11, 10, 8)), (place, decision.revision), &raised, &amended)?;
    let amendment = store::amendments_of(tx, &decision.id)?.remove(0).id;
    let seen = (place, decision.edition);
    settle_amendment(tx, &by(room, "secretariat", at(11, 10, 9)), seen, &amendment, Verdict::TakeIn(true))?;
    settle_objection(tx, &by(room, "uzb-head", at(11, 10, 10)), place, &raised, ObjectionState::Resolved)?;
    lead(tx, room, place, &Asked::StartSilence(at(11, 17, 12)), at(11, 10, 11))?;
    settle(tx, &decision.id, at(11, 17, 12))?;
    let explained = Asked::Explain(both("demonstration-decision-position"));
    act(tx, &by(room, "tjk-head", at(11, 18, 8)), place, 0, &explained)
}

/// A decision whose silence procedure runs.
pub fn in_silence(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let place = prepared(tx, room, "next", room.now)?;
    lead(tx, room, place, &Asked::Open(Event::OpenRegister), room.now)?;
    lead(tx, room, place, &Asked::StartSilence(evening(room.now, 9)), room.now)
}

/// A decision about the draft of the programme, with which the reader can bring it before the group and see it adopted.
pub fn about_programme(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let draft = programmes::store::of_session(tx, &room.session.id)?.remove(0);
    prepared_about(tx, room, &draft.reference, "programme", room.now)?;
    Ok(())
}

/// A decision of the earlier session: one paragraph is voted separately and falls, the vote on the rest carries.
pub fn in_parts(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let (now, secretariat) = (then(11, 20, 6), by(room, "secretariat", then(11, 20, 7)));
    let place = prepared(tx, room, "parts", now)?;
    lead(tx, room, place, &Asked::Open(Event::OpenRegister), now)?;
    act(tx, &by(room, "uzb-head", now), place, 0, &Asked::AskVote(String::new(), digest("demonstration, parts")))?;
    separate::ask(tx, &by(room, "kgz-head", now), place, Some(2), "")?;
    let decision = store::by_number(tx, &room.session.id, place.number)?;
    let answers = |voices: [(&str, VoteAnswer); 7]| voices.map(|(code, answer)| (code.to_owned(), answer)).into();
    let on_part: BTreeMap<String, VoteAnswer> = answers(roll([No, No, Yes, Abstain, No, Yes]));
    let letter = store::separate_parts(tx, &decision.id)?.remove(0).letter;
    separate::vote(tx, &secretariat, (place, decision.edition), &letter, &on_part)?;
    let on_whole: BTreeMap<String, VoteAnswer> = answers(roll([Yes, Yes, Yes, Yes, Abstain, Yes]));
    while let Some(called) = next_called(&store::votes_of(tx, &decision.id)?).cloned() {
        let code = delegations::store::by_id(tx, &called.delegation)?.code;
        let edition = store::by_number(tx, &room.session.id, place.number)?.edition;
        enter(tx, &secretariat, (place, edition), &code, Heard::Answer(on_whole[&code]))?;
    }
    lead(tx, room, place, &Asked::CloseVote, then(11, 20, 8))
}

/// Returns the answers of a roll call by code: those of the delegations present, in alphabetical order, and the absent one.
pub fn roll(answers: [VoteAnswer; 6]) -> [(&'static str, VoteAnswer); 7] {
    let [aze, kaz, kgz, tjk, tkm, uzb] = answers;
    let afg = VoteAnswer::Absent;
    [("AFG", afg), ("AZE", aze), ("KAZ", kaz), ("KGZ", kgz), ("TJK", tjk), ("TKM", tkm), ("UZB", uzb)]
}
