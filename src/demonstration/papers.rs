//! What is made up to show the steps: entries in each state of the workflow, reviews, two ballots, a draft programme.
//!
//! Marks and priorities come from digests, so that each demonstration is the same and nobody's opinion.

use std::collections::BTreeSet;

use chrono::{NaiveDateTime, TimeDelta};

use super::desk::capacities;
use super::fill::People;
use super::session::{NUMBER, at, evening};
use super::texts::{begun, both, text, whole};
use crate::ballots::model::{Line, Rules, Vote};
use crate::ballots::operations::papers::{PaperPlace, cast_paper, prepare_paper};
use crate::ballots::operations::running::{certify, close, open};
use crate::ballots::operations::setting::{Draft as BallotDraft, prepare};
use crate::ballots::operations::{By, Place};
use crate::db::Tx;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::kernel::token::digest;
use crate::policy::{Actor, Capacity};
use crate::programmes;
use crate::programmes::pages::wording;
use crate::questionnaires::{AnswerLang, Answers, Questionnaire};
use crate::refusals::OperationError;
use crate::reviews::model::{Judgement, Mark};
use crate::reviews::remarks::model::{Recommendation, Remarks};
use crate::reviews::{self, Ranking};
use crate::sessions::{self, Session};
use crate::submissions::clearance::model::edition as edition_of_steps;
use crate::submissions::clearance::{self, Setting};
use crate::submissions::co_sponsors::{self, model::INVITED};
use crate::submissions::consents::{self, model::COUNTRIES};
use crate::submissions::links::model::{OFFERS, built_on_row};
use crate::submissions::operations::{Asked, NewDraft, Saving, Typed, Words, act};
use crate::submissions::{self, Event, State, Submission};
use crate::tally::Method;

/// What every step needs.
#[derive(Debug, Clone, Copy)]
pub struct Room<'a> {
    /// The session.
    pub session: &'a Session,
    /// The offices.
    pub people: &'a People,
    /// The time at which the demonstration is made.
    pub now: NaiveDateTime,
}

impl Room<'_> {
    pub(super) fn secretariat(&self) -> Actor {
        self.people.actor("secretariat")
    }
}

/// Returns a number below `below` that depends on nothing but the text.
fn number(text: &str, below: u32) -> u32 {
    u32::from_str_radix(&digest(text)[..6], 16).unwrap_or(0) % below
}

/// An action of the group that one reviewer sees otherwise than the rest: the ranking has a conflict to show.
const SEEN_OTHERWISE: &str = "PA-REG-2020-003";

/// Returns what a text draws: a mark that is more often good than bad.
fn mark(text: &str) -> Mark {
    const MARKS: [Mark; 10] = [
        Mark::Two,
        Mark::Three,
        Mark::Three,
        Mark::Three,
        Mark::Four,
        Mark::Four,
        Mark::Four,
        Mark::Five,
        Mark::Five,
        Mark::NeedsInformation,
    ];
    MARKS[number(text, 10) as usize]
}

/// Starts and saves a draft of a delegation.
pub(super) fn write(
    tx: &mut Tx<'_>,
    (actor, code): (&Actor, &str),
    room: &Room<'_>,
    kind: Kind,
    answers: &Answers,
    now: NaiveDateTime,
) -> Result<String, OperationError> {
    let delegation = room.people.delegation(code).clone();
    let new = NewDraft { session: room.session.number, kind, delegation, original: Lang::En };
    let draft = submissions::operations::create(tx, actor, &new, now)?;
    let fields = answers.iter().map(|(key, text)| (key.to_string(), text.to_owned())).collect();
    let typed = Typed { revision: draft.revision, fields, ..Typed::default() };
    match submissions::operations::save(tx, actor, &draft.reference, &typed, now)? {
        Saving::Saved { .. } => Ok(draft.reference),
        Saving::Disputed(_) => Err(OperationError::Stale),
    }
}

/// Writes one entry for each state that the real ones do not show.
pub fn made_up_entries(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let now = at(9, 30, 8);
    let secretariat = room.secretariat();
    let questionnaire = |kind| Questionnaire::default_of(kind);
    let of = |code: &str, capacity: &str| room.people.actor(&format!("{}-{capacity}", code.to_lowercase()));

    let delegate = of("UZB", "delegate");
    write(tx, (&delegate, "UZB"), room, Kind::Action, &begun("demonstration-title-draft"), now)?;

    let delegate = of("KAZ", "delegate");
    let answers = whole(questionnaire(Kind::Practice), "demonstration-title-awaiting-clearance");
    let reference = write(tx, (&delegate, "KAZ"), room, Kind::Practice, &answers, now)?;
    let asked = Asked { actor: &delegate, reference: &reference, seen: None, now };
    act(tx, Event::RequestClearance, &asked, &Words::default())?;

    for (code, kind, title) in [
        ("UZB", Kind::Practice, "demonstration-title-offer"),
        ("AZE", Kind::Action, "demonstration-title-submitted"),
        ("KGZ", Kind::Action, "demonstration-title-returned"),
        ("TJK", Kind::Practice, "demonstration-title-not-retained"),
        ("TKM", Kind::Action, "demonstration-title-withdrawn"),
    ] {
        let head = of(code, "head");
        let mut answers = whole(questionnaire(kind), title);
        if title == "demonstration-title-submitted" {
            answers = answers.with(COUNTRIES, AnswerLang::Neutral, "AFG;AZE;KAZ;UZB");
            answers = answers.with(INVITED, AnswerLang::Neutral, "KAZ;KGZ");
        }
        if title == "demonstration-title-offer" {
            answers = answers.with(OFFERS, AnswerLang::Neutral, "study-visit;documents");
        }
        if kind == Kind::Action {
            // A practice of the same country: the tie is made up, as the text of the action says of itself.
            let practice = format!("GP-{code}-2020-001");
            answers = answers.with(&built_on_row(0), AnswerLang::Neutral, practice);
        }
        let reference = write(tx, (&head, code), room, kind, &answers, now)?;
        let asked = |actor| Asked { actor, reference: &reference, seen: None, now };
        act(tx, Event::Clear, &asked(&head), &Words::default())?;
        match title {
            "demonstration-title-returned" => {
                act(tx, Event::TakeUp, &asked(&secretariat), &Words::default())?;
                let comments = vec![
                    ("mandate".to_owned(), text(Lang::Ru, "demonstration-comment-mandate")),
                    ("risks".to_owned(), text(Lang::Ru, "demonstration-comment-risks")),
                ];
                let words = Words { note: text(Lang::Ru, "demonstration-note-returned"), comments };
                act(tx, Event::Return, &asked(&secretariat), &words)?;
            }
            "demonstration-title-offer" => {
                act(tx, Event::TakeUp, &asked(&secretariat), &Words::default())?;
                act(tx, Event::Accept, &asked(&secretariat), &Words::default())?;
            }
            "demonstration-title-not-retained" => {
                act(tx, Event::TakeUp, &asked(&secretariat), &Words::default())?;
                let note = text(Lang::Ru, "demonstration-note-not-retained");
                act(tx, Event::NotRetain, &asked(&secretariat), &Words::note(&note))?;
            }
            "demonstration-title-submitted" => answer_consents(tx, &of, &reference, now)?,
            "demonstration-title-withdrawn" => {
                let note = text(Lang::Ru, "demonstration-note-withdrawn");
                act(tx, Event::Withdraw, &asked(&head), &Words::note(&note))?;
            }
            _ => {}
        }
    }
    on_its_way(tx, room, now)
}

/// A text inside a delegation that has set steps: the first has passed it on, the second is to be taken.
fn on_its_way(tx: &mut Tx<'_>, room: &Room<'_>, now: NaiveDateTime) -> Result<(), OperationError> {
    let (head, delegate) = (room.people.actor("tkm-head"), room.people.actor("tkm-delegate"));
    let step = |key: &str, capacity| Setting { name: both(key), capacity, people: BTreeSet::new() };
    let steps = [
        step("demonstration-step-expert", Capacity::Delegate),
        step("demonstration-step-ministry", Capacity::Alternate),
    ];
    clearance::operations::set(tx, &head, "TKM", (&steps, &edition_of_steps(&[])), now)?;
    let answers = whole(Questionnaire::default_of(Kind::Practice), "demonstration-title-clearance-step");
    let reference = write(tx, (&delegate, "TKM"), room, Kind::Practice, &answers, now)?;
    let asked = Asked { actor: &delegate, reference: &reference, seen: None, now };
    act(tx, Event::RequestClearance, &asked, &Words::default())?;
    act(tx, Event::PassOn, &asked, &Words::note(&text(Lang::Ru, "demonstration-note-passed-on")))?;
    Ok(())
}

/// Of three countries that an action names one consents, one does not, and one has not answered; of two delegations
/// invited to co-sponsor it one joins.
fn answer_consents(
    tx: &mut Tx<'_>,
    of: &impl Fn(&str, &str) -> Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let seen = Some(submissions::store::by_reference(tx, reference)?.revision);
    for (code, event) in [("KAZ", consents::Event::Give), ("UZB", consents::Event::Decline)] {
        let head = of(code, "head");
        let note = text(Lang::En, &format!("demonstration-consent-{event}"));
        let asked = Asked { actor: &head, reference, seen, now };
        consents::operations::answer(tx, &asked, event, &note)?;
    }
    let head = of("KAZ", "head");
    co_sponsors::operations::answer(tx, &Asked { actor: &head, reference, seen, now }, co_sponsors::Event::Join)?;
    Ok(())
}

/// Gives reviews of the accepted actions; each reviewer leaves some for the reader to try.
pub fn reviews(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let actions = submissions::store::of_session(tx, &room.session.id, Some(Kind::Action), &[State::Accepted])?;
    let criteria = sessions::store::criteria_of(tx, &room.session.id)?;
    let people = room.people.clone().reviewing(room.session);
    for reviewer in 1..=4_usize {
        let actor = people.actor(&format!("reviewer-{reviewer}"));
        let own: BTreeSet<_> = actor.delegations().cloned().collect();
        for (index, action) in actions.iter().enumerate() {
            let is_left = index % 7 == reviewer;
            if is_left || own.contains(&action.delegation) {
                continue;
            }
            let draw = |criterion: &str| format!("{} {reviewer} {criterion}", action.reference);
            let is_otherwise = action.reference == SEEN_OTHERWISE && reviewer == 2;
            let mark = |name: &str| if is_otherwise { Mark::One } else { mark(&draw(name)) };
            let marks = criteria.iter().map(|it| (it.id.clone(), mark(&it.name.en))).collect();
            let reason = text(Lang::En, "demonstration-review-reason");
            let judgement = Judgement { marks, reason, remarks: (reviewer == 1).then(remarks), ..Judgement::default() };
            let now = at(10, 12, 8) + TimeDelta::hours(i64::try_from(reviewer).unwrap_or(0));
            reviews::operations::save(tx, &actor, &action.reference, judgement, (true, 0), now)?;
        }
    }
    Ok(())
}

/// What a reviewer says beside the marks, each part to those who read it.
fn remarks() -> Remarks {
    Remarks {
        recommendation: Some(Recommendation::Accept),
        because: text(Lang::En, "demonstration-review-because"),
        to_delegation: text(Lang::En, "demonstration-review-to-delegation"),
        note: text(Lang::En, "demonstration-review-note"),
    }
}

/// Returns the best ranked actions that stand in both languages.
fn best(ranking: &Ranking, skip: usize, most: usize) -> Vec<Submission> {
    let has_both = |action: &&Submission| !action.columns.title.en.is_empty() && !action.columns.title.ru.is_empty();
    ranking.lines.iter().map(|line| &line.submission).filter(has_both).skip(skip).take(most).cloned().collect()
}

pub(super) fn draft(actions: &[Submission], method: Method, title: &str, closes_at: NaiveDateTime) -> BallotDraft {
    let rules = sessions::VotingRules::default();
    BallotDraft {
        title: both(title),
        rules: Rules {
            method,
            tie_rule: "review-score".to_owned(),
            base: rules.base,
            quorum: rules.quorum,
            levels: 5,
            fewest_papers: None,
        },
        closes_at,
        asked_by: Some("KGZ".to_owned()),
        options: actions.iter().map(|action| action.reference.clone()).collect(),
    }
}

/// Returns a paper: priorities drawn from a digest, some options left out, at most one objection.
pub(super) fn vote(code: &str, actions: &[Submission], objects: bool) -> Vote {
    let lines = actions.iter().enumerate().map(|(index, action)| {
        let drawn = number(&format!("{code} {}", action.reference), 7);
        let objection = if objects && index == 0 { text(Lang::En, "demonstration-objection") } else { String::new() };
        Line { reference: action.reference.clone(), priority: (drawn < 5).then_some(drawn + 1), objection }
    });
    Vote::Ranked(lines.collect())
}

/// A ballot of November 2020: five delegations voted, one abstained, one was absent.
pub fn certified_ballot(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let secretariat = room.secretariat();
    let by = |actor: &Actor, now| By { actor: actor.clone(), now };
    let closes = at(11, 12, 12);
    let actions = best(&reviews::store::ranking(tx, &room.session.id)?, 0, 10);
    let draft = draft(&actions, Method::Borda, "demonstration-ballot-title", closes);
    let number = prepare(tx, &by(&secretariat, at(11, 9, 8)), NUMBER, &draft)?;
    let place = Place { session: NUMBER, number };
    let present: BTreeSet<String> = ["AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"].map(str::to_owned).into();
    open(tx, &by(&secretariat, at(11, 10, 6)), place, 1, &present, &digest("demonstration"))?;
    for (code, hour) in [("AZE", 8), ("KAZ", 9), ("KGZ", 10), ("TJK", 11), ("TKM", 12), ("UZB", 13)] {
        let head = room.people.actor(&format!("{}-head", code.to_lowercase()));
        let paper = PaperPlace { ballot: place, delegation: room.people.delegation(code).clone(), after: 0 };
        let vote = if code == "TKM" { Vote::Abstain } else { vote(code, &actions, code == "UZB") };
        cast_paper(tx, &by(&head, at(11, 10, hour)), &paper, &vote, &digest(code))?;
    }
    let edition = edition(tx, room, number)?;
    close(tx, &by(&secretariat, at(11, 12, 13)), place, edition)?;
    let edition = self::edition(tx, room, number)?;
    certify(tx, &by(&secretariat, at(11, 12, 14)), place, edition)
}

pub(super) fn edition(tx: &mut Tx<'_>, room: &Room<'_>, number: i32) -> Result<i32, OperationError> {
    Ok(crate::ballots::store::by_number(tx, &room.session.id, number)?.edition)
}

/// A ballot that is open now: one delegation has voted, another has prepared its paper.
pub fn open_ballot(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let secretariat = room.secretariat();
    let by = |actor: &Actor| By { actor: actor.clone(), now: room.now };
    let actions = best(&reviews::store::ranking(tx, &room.session.id)?, 10, 6);
    let closes = evening(room.now, 21);
    let draft = draft(&actions, Method::SchulzeMargins, "demonstration-ballot-title-open", closes);
    let number = prepare(tx, &by(&secretariat), NUMBER, &draft)?;
    let place = Place { session: NUMBER, number };
    let present: BTreeSet<String> = ["AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"].map(str::to_owned).into();
    open(tx, &by(&secretariat), place, 1, &present, &digest("demonstration, open"))?;
    let paper = |code: &str| PaperPlace { ballot: place, delegation: room.people.delegation(code).clone(), after: 0 };
    let head = room.people.actor("aze-head");
    cast_paper(tx, &by(&head), &paper("AZE"), &vote("AZE", &actions, false), &digest("AZE, open"))?;
    let delegate = room.people.actor("kaz-delegate");
    prepare_paper(tx, &by(&delegate), &paper("KAZ"), &vote("KAZ", &actions, false))?;
    Ok(())
}

/// A programme in draft, proposed from the certified ballot: its adoption is left to the reader.
pub fn programme(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let ballot = crate::ballots::store::by_number(tx, &room.session.id, 1)?;
    capacities(tx, room, room.now)?;
    programmes::operations::start(tx, &room.secretariat(), NUMBER, (8, Some(&ballot.id)), wording::reason, room.now)
}
