//! The session before the fifteenth, made up from its call to the reports on its programme: a text that came late, two texts
//! joined, a secret ballot, votes entered by hand, a decision voted in parts, and actions at every stage of their progress.

use chrono::{NaiveDateTime, TimeDelta};

use super::decisions::roll;
use super::desk::{CURRENCY, capacities};
use super::papers::{Room, draft, edition, vote, write};
use super::session::{EARLIER, NUMBER, at, earlier_windows, then};
use super::texts::{both, text, whole};
use crate::ballots::model::Vote;
use crate::ballots::operations::by_hand::{self, Entry, Says};
use crate::ballots::operations::papers::{PaperPlace, cast_paper};
use crate::ballots::operations::positions;
use crate::ballots::operations::running::{certify, close, open};
use crate::ballots::operations::setting::{Draft as BallotDraft, prepare};
use crate::ballots::operations::{By, Place};
use crate::db::Tx;
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;
use crate::kernel::token::digest;
use crate::programmes::VoteAnswer::{Abstain, Yes};
use crate::programmes::model::AdoptedBy;
use crate::programmes::operations::adoption::{Adoption, adopt};
use crate::programmes::operations::start;
use crate::programmes::pages::wording;
use crate::progress::operations::{By as Reporting, Course, confirming, practice, writing};
use crate::progress::{Answer, OutputState};
use crate::questionnaires::{AnswerLang, Answers, Questionnaire};
use crate::refusals::OperationError;
use crate::sessions::model::{Dates, Seen};
use crate::submissions::consents::{self, model::COUNTRIES};
use crate::submissions::operations::{Asked, Words};
use crate::submissions::{self, Event, State, Submission, copies, merging};
use crate::tally::Method;
use crate::{programmes, sessions};

/// An action of the session.
struct Led {
    /// Code of the delegation that leads it.
    code: &'static str,
    /// The countries that it names.
    countries: &'static str,
    /// The key of its title.
    title: &'static str,
    /// Its first and last year.
    years: (i32, i32),
    /// Staff weeks, missions and money in all.
    asks: (u32, u32, u32),
}

const fn led(
    code: &'static str,
    countries: &'static str,
    title: &'static str,
    years: (i32, i32),
    asks: (u32, u32, u32),
) -> Led {
    Led { code, countries, title, years, asks }
}

/// The actions; the last one is joined to the one before. In 2021 they ask for more staff weeks than there are.
const ACTIONS: [Led; 5] = [
    led("KAZ", "KAZ;KGZ", "finished", (2020, 2020), (6, 2, 20_000)),
    led("KGZ", "KGZ;UZB", "under-way", (2020, 2021), (12, 4, 40_000)),
    led("UZB", "UZB", "due", (2020, 2022), (12, 6, 60_000)),
    led("AZE", "AZE", "silent", (2021, 2022), (24, 4, 40_000)),
    led("TKM", "TKM", "joined", (2021, 2022), (4, 1, 10_000)),
];
/// A secret ballot of fewer papers publishes ranks alone.
const FEWEST: u32 = 7;

/// Shows the session from its call to the adoption of its programme.
pub fn session(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let dates = Dates { windows: earlier_windows(), takes_late: true };
    let seen = Seen { number: EARLIER, edition: room.session.edition };
    sessions::operations::set_windows(tx, &room.secretariat(), seen, &dates, then(8, 12, 8))?;
    let mut actions = ACTIONS.iter().map(|each| put_forward(tx, room, each)).collect::<Result<Vec<_>, _>>()?;
    if let (Some(from), Some(into)) = (actions.pop(), actions.last()) {
        join(tx, room, &from, into)?;
    }
    for action in &actions {
        let now = then(10, 4, 8);
        let secretariat = room.secretariat();
        let asked = Asked { actor: &secretariat, reference: &action.reference, seen: None, now };
        submissions::operations::act(tx, Event::Accept, &asked, &Words::default())?;
    }
    for (code, title) in [("TKM", "late"), ("TJK", "informal")] {
        come_late(tx, room, code, title)?;
    }
    let actions = submissions::store::of_session(tx, &room.session.id, Some(Kind::Action), &[State::Accepted])?;
    secret_ballot(tx, room, &actions)?;
    recorded_ballot(tx, room, &actions)?;
    programme(tx, room)
}

/// Returns the answers of an action: its outputs are due at the end of its first and of its last year.
fn answers(action: &Led) -> Answers {
    let ((first, last), (staff_weeks, missions, cost)) = (action.years, action.asks);
    let output = both("demonstration-output-second");
    let title = format!("demonstration-title-earlier-{}", action.title);
    let mut answers = whole(Questionnaire::default_of(Kind::Action), &title)
        .with("outputs.1.name", Lang::En, output.en)
        .with("outputs.1.name", Lang::Ru, output.ru);
    for (path, answer) in [
        (COUNTRIES, action.countries.to_owned()),
        ("first_year", first.to_string()),
        ("last_year", last.to_string()),
        ("outputs.0.due", format!("{first}-2")),
        ("outputs.1.due", format!("{last}-2")),
        ("activities.0.half_year", format!("{first}-1")),
        ("staff_weeks", staff_weeks.to_string()),
        ("missions", missions.to_string()),
        ("cost", cost.to_string()),
        ("currency", CURRENCY.to_owned()),
    ] {
        answers = answers.with(path, AnswerLang::Neutral, answer);
    }
    answers
}

/// An action is handed in, the countries that it names consent, the secretariat takes it up.
fn put_forward(tx: &mut Tx<'_>, room: &Room<'_>, action: &Led) -> Result<Submission, OperationError> {
    let head_of = |code: &str| room.people.actor(&format!("{}-head", code.to_lowercase()));
    let head = head_of(action.code);
    let reference = write(tx, (&head, action.code), room, Kind::Action, &answers(action), then(9, 16, 8))?;
    let asked = Asked { actor: &head, reference: &reference, seen: None, now: then(9, 16, 9) };
    submissions::operations::act(tx, Event::Clear, &asked, &Words::default())?;
    let seen = Some(submissions::store::by_reference(tx, &reference)?.revision);
    for named in action.countries.split(';').filter(|named| *named != action.code) {
        let head = head_of(named);
        let asked = Asked { actor: &head, reference: &reference, seen, now: then(9, 23, 8) };
        consents::operations::answer(tx, &asked, consents::Event::Give, "")?;
    }
    let secretariat = room.secretariat();
    let asked = Asked { actor: &secretariat, reference: &reference, seen: None, now: then(9, 26, 8) };
    submissions::operations::act(tx, Event::TakeUp, &asked, &Words::default())
}

/// Two texts on one subject become one.
fn join(tx: &mut Tx<'_>, room: &Room<'_>, from: &Submission, into: &Submission) -> Result<(), OperationError> {
    let secretariat = room.secretariat();
    let asked =
        Asked { actor: &secretariat, reference: &from.reference, seen: Some(from.revision), now: then(10, 2, 8) };
    let note = text(Lang::En, "demonstration-note-joined");
    merging::operations::merge(tx, &asked, (&into.reference, into.revision), &note)
}

/// A text is handed in after the window; one of the two is kept as an informal paper, the other waits for the secretariat.
fn come_late(tx: &mut Tx<'_>, room: &Room<'_>, code: &str, title: &str) -> Result<(), OperationError> {
    let (head, secretariat) = (room.people.actor(&format!("{}-head", code.to_lowercase())), room.secretariat());
    let answers = whole(Questionnaire::default_of(Kind::Practice), &format!("demonstration-title-{title}"));
    let reference = write(tx, (&head, code), room, Kind::Practice, &answers, then(10, 7, 8))?;
    let asked = |actor, now| Asked { actor, reference: &reference, seen: None, now };
    submissions::operations::act(tx, Event::HandInLate, &asked(&head, then(10, 7, 9)), &Words::default())?;
    if title == "informal" {
        let note = text(Lang::Ru, "demonstration-note-informal");
        submissions::operations::act(
            tx,
            Event::KeepInformal,
            &asked(&secretariat, then(10, 8, 8)),
            &Words::note(&note),
        )?;
    }
    Ok(())
}

/// Prepares and opens a ballot.
fn opened(tx: &mut Tx<'_>, room: &Room<'_>, draft: &BallotDraft, now: NaiveDateTime) -> Result<Place, OperationError> {
    let by = By { actor: room.secretariat(), now };
    let number = prepare(tx, &by, EARLIER, draft)?;
    let place = Place { session: EARLIER, number };
    let present = ["AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"].map(str::to_owned).into();
    open(tx, &by, place, 1, &present, &digest(&format!("demonstration, earlier {number}")))?;
    Ok(place)
}

fn cast(
    tx: &mut Tx<'_>,
    room: &Room<'_>,
    (place, code): (Place, &str),
    vote: &Vote,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let by = By { actor: room.people.actor(&format!("{}-head", code.to_lowercase())), now };
    let paper = PaperPlace { ballot: place, delegation: room.people.delegation(code).clone(), after: 0 };
    cast_paper(tx, &by, &paper, vote, &digest(&format!("{code}, earlier {}", place.number))).map(drop)
}

fn concluded(tx: &mut Tx<'_>, room: &Room<'_>, place: Place, now: NaiveDateTime) -> Result<(), OperationError> {
    let by = By { actor: room.secretariat(), now };
    let held = edition(tx, room, place.number)?;
    close(tx, &by, place, held)?;
    let held = edition(tx, room, place.number)?;
    certify(tx, &by, place, held)
}

/// A secret ballot of six papers: ranks alone are published.
fn secret_ballot(tx: &mut Tx<'_>, room: &Room<'_>, actions: &[Submission]) -> Result<(), OperationError> {
    let mut held = draft(actions, Method::Borda, "demonstration-ballot-title-secret", then(11, 12, 12));
    held.rules.fewest_papers = Some(FEWEST);
    let place = opened(tx, room, &held, then(11, 11, 6))?;
    for code in ["AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"] {
        cast(tx, room, (place, code), &vote(code, actions, false), then(11, 11, 8))?;
    }
    concluded(tx, room, place, then(11, 12, 13))
}

/// A ballot in which two votes were taken by hand in the room: one is confirmed, one not answered; one is explained.
fn recorded_ballot(tx: &mut Tx<'_>, room: &Room<'_>, actions: &[Submission]) -> Result<(), OperationError> {
    let held = draft(actions, Method::SchulzeMargins, "demonstration-ballot-title-earlier", then(11, 19, 12));
    let place = opened(tx, room, &held, then(11, 18, 6))?;
    for code in ["AZE", "KAZ", "KGZ", "UZB"] {
        cast(tx, room, (place, code), &vote(code, actions, false), then(11, 18, 8))?;
    }
    let secretariat = By { actor: room.secretariat(), now: then(11, 18, 9) };
    for code in ["TJK", "TKM"] {
        let source = text(Lang::En, "demonstration-hand-source");
        let entry = Entry { code: code.to_owned(), vote: vote(code, actions, false), source };
        by_hand::enter(tx, &secretariat, place, &entry, &digest(&format!("{code}, by hand")))?;
    }
    let of = |key: &str| By { actor: room.people.actor(key), now: then(11, 18, 10) };
    by_hand::answer(tx, &of("tjk-head"), place, room.people.delegation("TJK"), &Says::Confirms)?;
    let explained = both("demonstration-ballot-position");
    positions::explain(tx, &of("uzb-head"), place, room.people.delegation("UZB"), (Lang::En, &explained))?;
    concluded(tx, room, place, then(11, 19, 13))
}

/// The programme follows the recorded ballot and is adopted by a recorded vote.
fn programme(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let ballot = crate::ballots::store::by_number(tx, &room.session.id, 2)?;
    let secretariat = room.secretariat();
    capacities(tx, room, then(11, 20, 6))?;
    start(tx, &secretariat, EARLIER, (8, Some(&ballot.id)), wording::reason, then(11, 20, 6))?;
    let held = programmes::store::of_session(tx, &room.session.id)?.remove(0);
    let votes = roll([Yes, Yes, Yes, Yes, Abstain, Yes]);
    let adoption = Adoption {
        by: AdoptedBy::RecordedVote,
        on: then(11, 20, 0).date(),
        record: Bilingual::default(),
        votes: votes.into_iter().map(|(code, answer)| (room.people.delegation(code).clone(), answer)).collect(),
    };
    adopt(tx, &secretariat, EARLIER, (&adoption, held.edition), then(11, 20, 9))
}

/// The reports on its actions: one is finished and becomes a practice, one waits for a country, one is a year old, one action
/// was never reported on, and its delegation copies it to the next session.
pub fn reports(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let actions = submissions::store::of_session(tx, &room.session.id, Some(Kind::Action), &[State::Accepted])?;
    let of = |code: &str| {
        let delegation = room.people.delegation(code);
        let found = actions.iter().find(|action| action.delegation == *delegation);
        found.map(|action| action.reference.clone()).ok_or(OperationError::NotFound)
    };
    // A report that is a year old when the demonstration is made, but never older than the programme.
    let year_ago = (room.now - TimeDelta::days(400)).max(then(11, 28, 8));
    let under_way = [OutputState::Done, OutputState::UnderWay];
    let finished = of("KAZ")?;
    report(tx, room, ("kaz-head", &finished), (&under_way, false), then(12, 2, 8))?;
    confirm(tx, room, ("kgz-head", &finished), then(12, 3, 8))?;
    report(tx, room, ("kaz-head", &finished), (&[OutputState::Done; 2], true), at(9, 28, 8))?;
    confirm(tx, room, ("kgz-head", &finished), at(9, 29, 8))?;
    let by = Reporting { actor: room.people.actor("kaz-head"), reference: finished, now: at(9, 30, 8) };
    practice::make(tx, &by)?;
    let waits = room.now - TimeDelta::days(2);
    report(tx, room, ("kgz-head", &of("KGZ")?), (&under_way, false), waits)?;
    report(tx, room, ("uzb-head", &of("UZB")?), (&[OutputState::UnderWay; 2], false), year_ago)?;
    copies::operations::copy(tx, &room.people.actor("aze-head"), &of("AZE")?, NUMBER, at(9, 30, 8)).map(drop)
}

/// Writes a report and gives it to the group.
fn report(
    tx: &mut Tx<'_>,
    room: &Room<'_>,
    (key, reference): (&str, &str),
    (outputs, is_last): (&[OutputState], bool),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let by = Reporting { actor: room.people.actor(key), reference: reference.to_owned(), now };
    let action = submissions::store::by_reference(tx, reference)?;
    let course = Course::load(tx, action)?.ok_or(OperationError::NotFound)?;
    let typed = writing::Typed {
        text: both("demonstration-report"),
        outputs: outputs.to_vec(),
        values: vec![both("demonstration-report-value"); course.plan.indicators.len()],
        is_last,
        edition: 0,
    };
    let written = writing::write(tx, &by, &typed)?;
    writing::give(tx, &by, written.edition)
}

/// A country that an action names confirms the newest report on it.
fn confirm(
    tx: &mut Tx<'_>,
    room: &Room<'_>,
    (key, reference): (&str, &str),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let action = submissions::store::by_reference(tx, reference)?;
    let course = Course::load(tx, action)?.ok_or(OperationError::NotFound)?;
    let edition = course.newest().map_or(0, |report| report.edition);
    let by = Reporting { actor: room.people.actor(key), reference: reference.to_owned(), now };
    confirming::answer(tx, &by, Answer::Confirmed, "", edition)
}
