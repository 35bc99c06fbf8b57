//! Ballots, one's own paper, what came out and what was published of it: what the pages show, and nothing earlier.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::sessions::RulesView;
use super::{Both, utc};
use crate::ballots::State;
use crate::ballots::model::{Ballot, BallotOption, Cast, Elector, HandState, Line, Paper, PaperKind, Position};
use crate::ballots::operations::viewing::{BallotResult, OwnPapers, Published, Shown};
use crate::kernel::lang::Lang;
use crate::tally::turnout::{QuorumCheck, RollEntry, RollKind};

/// A ballot, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BallotRow)]
pub struct BallotView {
    /// Number of its session.
    session: i32,
    /// Its number within the session, from 1.
    number: i32,
    /// What is voted on.
    title: Both,
    /// Where it stands.
    state: State,
    /// Its rules.
    rules: RulesView,
    /// Levels of priority; 1 is the highest.
    levels: u32,
    /// From how many papers on the numbers of a secret ballot are published; nothing for a recorded ballot.
    fewest_papers: Option<u32>,
    /// Whether it is made up for a demonstration.
    is_made_up: bool,
    /// Until when papers are taken.
    closes_at: DateTime<Utc>,
    /// When it was opened.
    opened_at: Option<DateTime<Utc>>,
    /// When it was closed and counted.
    closed_at: Option<DateTime<Utc>>,
    /// When its count was certified.
    certified_at: Option<DateTime<Utc>>,
}

impl BallotView {
    /// Shows a ballot of a session.
    pub fn new(session: i32, ballot: &Ballot) -> Self {
        Self {
            session,
            number: ballot.number,
            title: (&ballot.title).into(),
            state: ballot.state,
            rules: RulesView {
                method: ballot.rules.method,
                tie_rule: ballot.rules.tie_rule.clone(),
                base: ballot.rules.base,
                quorum: ballot.rules.quorum.to_string(),
            },
            levels: ballot.rules.levels,
            fewest_papers: ballot.rules.fewest_papers,
            is_made_up: ballot.is_made_up,
            closes_at: utc(ballot.closes_at),
            opened_at: ballot.opened_at.map(utc),
            closed_at: ballot.closed_at.map(utc),
            certified_at: ballot.certified_at.map(utc),
        }
    }
}

/// A ballot with its options and electorate.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ballot)]
pub struct WholeView {
    /// The ballot.
    #[serde(flatten)]
    ballot: BallotView,
    /// The seed of lots and of the roll call; empty before it opens.
    seed: String,
    /// Code of the delegation that asked for the vote, if one did.
    asked_by: Option<String>,
    /// What is voted on.
    options: Vec<OptionView>,
    /// Who votes; before it opens, who would.
    electorate: Vec<ElectorView>,
    /// Codes of those who confirmed a paper, for those who may see them.
    turnout: Option<Vec<String>>,
}

/// An option of a ballot: an accepted action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BallotOption)]
pub struct OptionView {
    /// Reference of the action.
    reference: String,
    /// Its title.
    title: Both,
    /// Its summary.
    summary: Both,
}

impl From<&BallotOption> for OptionView {
    fn from(option: &BallotOption) -> Self {
        Self { reference: option.reference.clone(), title: (&option.title).into(), summary: (&option.summary).into() }
    }
}

/// A delegation of the electorate.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Elector)]
pub struct ElectorView {
    /// Its code.
    delegation: String,
    /// Its name.
    name: Both,
    /// Whether the secretariat noted it as present.
    is_present: bool,
}

impl From<&Elector> for ElectorView {
    fn from(elector: &Elector) -> Self {
        Self { delegation: elector.code.clone(), name: (&elector.name).into(), is_present: elector.is_present }
    }
}

impl WholeView {
    /// Shows a ballot, with the codes of those who confirmed a paper where they may be seen.
    pub fn new(shown: &Shown, turnout: Option<&BTreeSet<String>>) -> Self {
        Self {
            ballot: BallotView::new(shown.session.number, &shown.ballot),
            seed: shown.ballot.seed.clone(),
            asked_by: shown.asked_by.as_ref().map(|one| one.code.clone()),
            options: shown.options.iter().map(OptionView::from).collect(),
            electorate: shown.electorate.iter().map(ElectorView::from).collect(),
            turnout: turnout.map(|codes| codes.iter().cloned().collect()),
        }
    }
}

/// The paper of a delegation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Paper)]
pub struct PaperView {
    /// Code of the delegation.
    delegation: String,
    /// Number within ballot and delegation, from 1.
    number: i32,
    /// Priorities or abstention.
    kind: PaperKind,
    /// When it was filled in.
    prepared_at: DateTime<Utc>,
    /// When it was confirmed.
    confirmed_at: Option<DateTime<Utc>>,
    /// By which the delegation finds it among the published papers.
    receipt: Option<String>,
    /// What it says about each option; none when abstaining.
    lines: Vec<PaperLineView>,
}

/// What a paper says about one option.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaperLine)]
pub struct PaperLineView {
    /// Reference of the option.
    reference: String,
    /// Priority, 1 the highest; nothing is unranked.
    priority: Option<u32>,
    /// Reason of the objection; empty when there is none.
    objection: String,
}

impl From<&Line> for PaperLineView {
    fn from(line: &Line) -> Self {
        Self { reference: line.reference.clone(), priority: line.priority, objection: line.objection.clone() }
    }
}

impl From<&Paper> for PaperView {
    fn from(paper: &Paper) -> Self {
        Self {
            delegation: paper.code.clone(),
            number: paper.number,
            kind: paper.kind,
            prepared_at: utc(paper.prepared_at),
            confirmed_at: paper.confirmed_at.map(utc),
            receipt: paper.receipt.clone(),
            lines: paper.lines.iter().map(PaperLineView::from).collect(),
        }
    }
}

/// The papers of one's own delegation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnPapers)]
pub struct OwnPapersView {
    /// The newest paper, confirmed or not.
    latest: Option<PaperView>,
    /// The paper that counts as things stand.
    counts: Option<PaperView>,
}

impl From<&OwnPapers> for OwnPapersView {
    fn from(own: &OwnPapers) -> Self {
        Self { latest: own.latest.as_ref().map(PaperView::from), counts: own.counts.as_ref().map(PaperView::from) }
    }
}

/// What came out of a ballot.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BallotResult)]
pub struct ResultView {
    /// The ballot.
    ballot: BallotView,
    /// The final order: places with the options that share them.
    places: Vec<PlaceView>,
    /// What each delegation of the electorate did.
    roll: Vec<RollView>,
    /// Whether enough were present.
    quorum: QuorumView,
    /// Whether only the order is published, as numbers would show what single papers of a secret ballot say.
    ranks_only: bool,
    /// How many papers give each option a priority; empty where only the order is published.
    support: BTreeMap<String, usize>,
    /// The count with every reason, in the shape of `docs/tally.schema.json`; nothing where only the order is published.
    #[schema(value_type = Option<Object>)]
    outcome: Option<serde_json::Value>,
    /// Explanations of position; none before certification.
    positions: Vec<VotePositionView>,
    /// Papers that the secretariat entered from a record made in the room.
    by_hand: Vec<HandPaperView>,
    /// Fingerprint of the papers counted; nothing before certification or where only the order is published.
    fingerprint: Option<String>,
}

/// A place and the options that share it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceView {
    /// The place: two options at 1 are followed by 3.
    place: usize,
    /// References of the options.
    options: Vec<String>,
}

/// One line of the roll.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RollEntry)]
pub struct RollView {
    /// Code of the delegation.
    delegation: String,
    /// What it did.
    kind: RollKind,
}

impl From<&RollEntry> for RollView {
    fn from(entry: &RollEntry) -> Self {
        Self { delegation: entry.delegation.clone(), kind: entry.kind }
    }
}

/// Whether the quorum was met, with its numbers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quorum)]
pub struct QuorumView {
    /// The rule.
    rule: String,
    /// Delegations of the electorate.
    electorate: usize,
    /// Delegations present.
    present: usize,
    /// Delegations that must be present.
    needed: usize,
    /// Whether enough were present.
    is_met: bool,
}

impl From<&QuorumCheck> for QuorumView {
    fn from(check: &QuorumCheck) -> Self {
        Self {
            rule: check.quorum.to_string(),
            electorate: check.electorate,
            present: check.present,
            needed: check.needed,
            is_met: check.is_met(),
        }
    }
}

/// Why a delegation voted as it did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VotePosition)]
pub struct VotePositionView {
    /// Code of the delegation.
    delegation: String,
    /// The language in which it was given.
    original: Lang,
    /// What it says; the translation may be empty.
    text: Both,
}

/// A paper that the secretariat entered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandPaper)]
pub struct HandPaperView {
    /// Code of the delegation.
    delegation: String,
    /// What the delegation says of it.
    state: HandState,
}

fn positions(shown: &Shown, published: &Published) -> Vec<VotePositionView> {
    let view = |position: &Position| {
        let elector = shown.electorate.iter().find(|elector| elector.delegation == position.delegation)?;
        let text = (&position.text).into();
        Some(VotePositionView { delegation: elector.code.clone(), original: position.original, text })
    };
    published.positions.iter().filter_map(view).collect()
}

impl From<&BallotResult> for ResultView {
    fn from(result: &BallotResult) -> Self {
        let counted = &result.counted;
        let place = |(place, tier): (usize, &[crate::tally::OptionId])| PlaceView {
            place,
            options: tier.iter().map(|id| id.as_str().to_owned()).collect(),
        };
        Self {
            ballot: BallotView::new(result.shown.session.number, &result.shown.ballot),
            places: counted.outcome.places().into_iter().map(place).collect(),
            roll: counted.roll.entries.iter().map(RollView::from).collect(),
            quorum: (&counted.quorum).into(),
            support: result.support.clone(),
            ranks_only: counted.ranks_only,
            positions: result.published.iter().flat_map(|published| positions(&result.shown, published)).collect(),
            by_hand: result
                .by_hand
                .iter()
                .map(|paper| HandPaperView { delegation: paper.code.clone(), state: paper.state })
                .collect(),
            outcome: serde_json::to_value(&counted.outcome).ok().filter(|_| !counted.ranks_only),
            fingerprint: result
                .published
                .as_ref()
                .filter(|_| !counted.ranks_only)
                .map(|published| published.fingerprint.clone()),
        }
    }
}

/// The papers that counted in a certified ballot.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Papers)]
pub struct PapersView {
    /// The papers, by delegation.
    papers: Vec<CastView>,
}

/// A paper that counted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountedPaper)]
pub struct CastView {
    /// Code of the delegation; nothing in a secret ballot.
    delegation: Option<String>,
    /// Number within ballot and delegation, from 1; nothing in a secret ballot.
    number: Option<i32>,
    /// Priorities or abstention.
    kind: PaperKind,
    /// By which the delegation finds it; nothing in a secret ballot.
    receipt: Option<String>,
    /// What it says about each option; none when abstaining.
    lines: Vec<PaperLineView>,
}

impl From<&Cast> for CastView {
    fn from(paper: &Cast) -> Self {
        Self {
            delegation: paper.number.map(|_| paper.label.clone()),
            number: paper.number,
            kind: paper.kind,
            receipt: paper.number.map(|_| paper.receipt.clone()),
            lines: paper.lines.iter().map(PaperLineView::from).collect(),
        }
    }
}

impl PapersView {
    /// Shows papers.
    pub fn new(papers: &[Cast]) -> Self {
        Self { papers: papers.iter().map(CastView::from).collect() }
    }
}
