//! Opening, noting who is present, closing, certifying, calling off.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{By, Place, by_hand, expect_edition, load, target};
use crate::accounts::Office;
use crate::ballots::model::{self, Ballot, COUNTABLE_MIN, Counted, PaperKind};
use crate::ballots::workflow::{self, Event};
use crate::ballots::{State, store};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations;
use crate::kernel::fields::{Message, Value};
use crate::kernel::ids::SubmissionId;
use crate::outbox::{self, Fact, Letter, To, WRITERS};
use crate::policy::Action;
use crate::refusals::OperationError;
use crate::reviews;
use crate::sessions::{self, Session, Step};
use crate::submissions;
use crate::tally::turnout::Roll;
use crate::tally::{self, ballot_file};

/// Opens a ballot: freezes its rules, its electorate and the review scores, and publishes the seed of its lots.
///
/// `present` holds the codes of the delegations noted as present; `seed` is fresh randomness made by the caller.
pub fn open(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    edition: i32,
    present: &BTreeSet<String>,
    seed: &str,
) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::RunBallot, &target(&ballot))?;
    let to = workflow::next(ballot.state, Event::Open)?;
    expect_edition(&ballot, edition)?;
    check_opening(tx, by, &session, &ballot)?;
    store::set_state(tx, &ballot, to, by.now)?;
    store::set_seed(tx, &ballot.id, seed)?;
    freeze_scores(tx, &session, &ballot)?;
    if ballot.rules.is_secret() {
        store::insert_urn(tx, &ballot.id)?;
    }
    let mut electorate = Vec::new();
    for delegation in delegations::store::all(tx)?.into_iter().filter(|delegation| delegation.votes) {
        store::insert_elector(tx, &ballot.id, &delegation.id, present.contains(&delegation.code))?;
        electorate.push(delegation.code);
    }
    let detail = json!({ "electorate": electorate, "present": present, "seed": seed });
    by.record(tx, "ballot.opened", &ballot.name(&session), &detail)?;
    tell_opened(tx, by, &session, &ballot)
}

/// Tells those who vote for the delegations of the electorate.
fn tell_opened(tx: &mut Tx<'_>, by: &By, session: &Session, ballot: &Ballot) -> Result<(), OperationError> {
    let letter = letter(outbox::Kind::BallotOpened, session, ballot, "")
        .with("deadline", Fact::moment(ballot.closes_at, session.time_zone));
    for elector in store::electorate_of(tx, &ballot.id)? {
        let to = To::Delegation(&elector.delegation, WRITERS);
        outbox::write(tx, &letter, to, by.actor.account.as_ref(), by.now)?;
    }
    Ok(())
}

pub(super) fn letter(kind: outbox::Kind, session: &Session, ballot: &Ballot, page: &str) -> Letter {
    Letter::new(kind, format!("/sessions/{}/ballots/{}{page}", session.number, ballot.number))
        .with("session", Fact::Both(session.title.clone()))
        .with("ballot", Fact::Both(ballot.title.clone()))
}

/// Refuses to open outside the window, too late, over an action that is no longer accepted, over unequal texts, over one
/// to whose text changes wait for an answer, or over one to which a country that it names has not consented.
fn check_opening(tx: &mut Tx<'_>, by: &By, session: &Session, ballot: &Ballot) -> Result<(), OperationError> {
    let calendar = sessions::store::calendar(tx, &session.id)?;
    calendar.expect_open(Step::Ballots, by.now).map_err(OperationError::Refused)?;
    if ballot.is_over(by.now) {
        let closes = Value::Moment(ballot.closes_at, session.time_zone);
        return Err(OperationError::Refused(Message::new("ballot-over").with("closes", closes)));
    }
    let missing = submissions::consents::operations::missing(tx, &session.id)?;
    let edited: BTreeSet<String> =
        submissions::edits::store::waiting_in(tx, &session.id)?.into_iter().map(|waiting| waiting.reference).collect();
    for option in store::options_of(tx, &ballot.id)? {
        if edited.contains(&option.reference) {
            return Err(OperationError::Refused(Message::new("ballot-edits").text("reference", option.reference)));
        }
        if let Some(missing) = missing.get(&option.submission) {
            let countries: Vec<&str> = missing.iter().map(|one| one.country.as_str()).collect();
            let message = Message::new("ballot-consents").text("reference", option.reference);
            return Err(OperationError::Refused(message.text("countries", countries.join(", "))));
        }
        if option.state != submissions::State::Accepted {
            let message = Message::new("ballot-option-not-accepted").text("reference", option.reference);
            return Err(OperationError::Refused(message));
        }
        if !option.has_both_languages() {
            let message = Message::new("ballot-one-language").text("reference", option.reference);
            return Err(OperationError::Refused(message));
        }
    }
    Ok(())
}

fn freeze_scores(tx: &mut Tx<'_>, session: &Session, ballot: &Ballot) -> Result<(), OperationError> {
    let scores = review_scores(tx, session)?;
    for option in store::options_of(tx, &ballot.id)? {
        let score = scores.get(&option.submission).map_or("", String::as_str);
        store::set_review_score(tx, &ballot.id, &option.submission, score)?;
    }
    Ok(())
}

/// Returns the exact review scores of a session's actions, as text.
fn review_scores(
    conn: &mut AnyConnection,
    session: &Session,
) -> Result<BTreeMap<SubmissionId, String>, OperationError> {
    let ranking = reviews::store::ranking(conn, &session.id)?;
    let scored = ranking.lines.into_iter().filter_map(|line| Some((line.submission.id, line.score?.to_string())));
    Ok(scored.collect())
}

/// Notes which delegations of an open ballot's electorate are present.
pub fn note_presence(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    edition: i32,
    present: &BTreeSet<String>,
) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::RunBallot, &target(&ballot))?;
    if ballot.state != State::Open {
        let state = Value::Code("ballot-state", ballot.state.code().to_owned());
        return Err(OperationError::Refused(Message::new("ballot-state").with("state", state)));
    }
    expect_edition(&ballot, edition)?;
    store::touch(tx, &ballot)?;
    for elector in store::electorate_of(tx, &ballot.id)? {
        store::set_presence(tx, &ballot.id, &elector.delegation, present.contains(&elector.code))?;
    }
    by.record(tx, "ballot.presence-noted", &ballot.name(&session), &json!({ "present": present }))
}

/// Closes a ballot whose time is over, and counts it. The count stays sealed.
pub fn close(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::RunBallot, &target(&ballot))?;
    let to = workflow::next(ballot.state, Event::Close)?;
    expect_edition(&ballot, edition)?;
    if !ballot.is_over(by.now) {
        let closes = Value::Moment(ballot.closes_at, session.time_zone);
        return Err(OperationError::Refused(Message::new("ballot-not-over").with("closes", closes)));
    }
    let (counted, fingerprint) = count(tx, &ballot)?;
    if ballot.rules.is_secret() {
        // Why: what was prepared and never confirmed belongs to nobody but its delegation.
        store::delete_papers(tx, &ballot.id, None)?;
    }
    store::set_state(tx, &ballot, to, by.now)?;
    store::set_outcome(tx, &ballot.id, &counted, fingerprint.as_deref())?;
    by.record(tx, "ballot.closed", &ballot.name(&session), &json!({}))
}

/// Counts a closed ballot again after a paper was corrected.
pub(super) fn recount(tx: &mut Tx<'_>, ballot: &Ballot) -> Result<(), OperationError> {
    let (counted, fingerprint) = count(tx, ballot)?;
    Ok(store::set_outcome(tx, &ballot.id, &counted, fingerprint.as_deref())?)
}

/// Counts the papers that count, and returns the result with their fingerprint. Where numbers would give secret papers
/// away, the order alone is kept and no fingerprint: with few papers it can be guessed from.
fn count(conn: &mut AnyConnection, ballot: &Ballot) -> Result<(Counted, Option<String>), OperationError> {
    let options = store::options_of(conn, &ballot.id)?;
    let papers = store::counted(conn, ballot)?;
    if ballot.rules.is_secret() && papers.len() < COUNTABLE_MIN {
        return Err(OperationError::refused("ballot-secret-few"));
    }
    let electorate = store::electorate_of(conn, &ballot.id)?;
    let unreadable = |what: &str| StoreError::Unreadable(format!("ballot {}: {what}", ballot.id));
    // Why: the reason is not passed on, as it names who gave which priority.
    let (profile, abstentions) =
        model::profile(ballot, &options, &papers).map_err(|_| unreadable("its papers do not fit its options"))?;
    let tie_rule = ballot.tie_rule().ok_or_else(|| unreadable("unknown tie rule"))?;
    let outcome = tally::count(&profile, ballot.rules.method, &tie_rule).map_err(|_| unreadable("no seed"))?;
    let roll = model::roll(ballot, &electorate, &papers);
    let quorum = roll.check_quorum(ballot.rules.quorum);
    if ballot.rules.fewest_papers.is_some_and(|fewest| model::gives_away(&papers, &options, fewest)) {
        let (outcome, roll) = (model::ranks_only(outcome), Roll { abstained_unnamed: 0, ..roll });
        return Ok((Counted { outcome, roll, quorum, ranks_only: true }, None));
    }
    let fingerprint = ballot_file::fingerprint(&profile, &abstentions);
    Ok((Counted { outcome, roll, quorum, ranks_only: false }, Some(fingerprint)))
}

/// Certifies the count: result and papers are then seen by whom the policy says.
pub fn certify(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::RunBallot, &target(&ballot))?;
    let to = workflow::next(ballot.state, Event::Certify)?;
    expect_edition(&ballot, edition)?;
    by_hand::check_settled(tx, &ballot)?;
    store::set_state(tx, &ballot, to, by.now)?;
    let fingerprint = store::fingerprint_of(tx, &ballot.id)?;
    let papers = store::counted(tx, &ballot)?;
    let ranked = papers.iter().filter(|paper| paper.kind == PaperKind::Ranked).count();
    // Why: how many abstained is a number that can give a secret paper away.
    let detail = match fingerprint {
        Some(fingerprint) => {
            json!({ "fingerprint": fingerprint, "cast": ranked, "abstained": papers.len() - ranked })
        }
        None => json!({ "papers": papers.len() }),
    };
    by.record(tx, "ballot.certified", &ballot.name(&session), &detail)?;
    // Why: the mail says that there is a result, and never which.
    let letter = letter(outbox::Kind::BallotCertified, &session, &ballot, "/result");
    outbox::write(tx, &letter, To::Delegations(outbox::ALL), by.actor.account.as_ref(), by.now)?;
    outbox::write(tx, &letter, To::Office(Office::Chair), by.actor.account.as_ref(), by.now)?;
    Ok(())
}

/// Calls a ballot off. Papers that were handed in stay sealed; those of a secret ballot are taken out.
pub fn cancel(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::RunBallot, &target(&ballot))?;
    let to = workflow::next(ballot.state, Event::Cancel)?;
    expect_edition(&ballot, edition)?;
    store::set_state(tx, &ballot, to, by.now)?;
    if ballot.rules.is_secret() {
        store::delete_papers(tx, &ballot.id, None)?;
        store::delete_urn(tx, &ballot.id)?;
    }
    by.record(tx, "ballot.cancelled", &ballot.name(&session), &json!({}))
}
