//! The nouns of the room: a ballot with its rules, its options, its electorate, the papers, and what was counted.

mod by_hand;
mod position;
mod urn;

pub use by_hand::{HandPaper, HandState, SOURCE_CHARS_MAX};
pub use position::{POSITION_CHARS_MAX, Position};
pub use urn::{COUNTABLE_MIN, Cast, FEWEST_PAPERS_DEFAULT, FEWEST_PAPERS_MAX, Urn, gives_away, ranks_only};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::workflow::State;
use crate::coded_enum;
use crate::kernel::ids::{AccountId, BallotId, BallotPaperId, DelegationId, SessionId, SubmissionId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::token::digest;
use crate::sessions::Session;
use crate::submissions;
use crate::tally::turnout::{Base, Quorum, QuorumCheck, Roll, RollEntry, RollKind};
use crate::tally::{self, Method, OptionId, Outcome, Profile, ProfileError, TieRule, parse_exact};

/// Most levels of priority that a ballot of ours may have.
pub const LEVELS_MAX: u32 = 20;
/// Longest reason of an objection, in characters.
pub const OBJECTION_CHARS_MAX: usize = 750;
/// Fewest options of a ballot: an order needs two.
pub const OPTIONS_MIN: usize = 2;

coded_enum! {
    /// What a paper says as a whole.
    pub enum PaperKind {
        /// It gives priorities.
        Ranked = "ranked",
        /// The delegation abstains.
        Abstain = "abstain",
    }
}

/// The rules of a ballot: chosen while it is prepared, frozen when it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// How papers are counted.
    pub method: Method,
    /// Code of the tie rule (`tally::TieRule::CODES`).
    pub tie_rule: String,
    /// Of whom a majority is reckoned.
    pub base: Base,
    /// How many must be present.
    pub quorum: Quorum,
    /// Levels of priority; 1 is the highest.
    pub levels: u32,
    /// From how many papers on the numbers of a secret ballot are published; none for a recorded one.
    pub fewest_papers: Option<u32>,
}

impl Rules {
    /// Returns whether nobody learns how a delegation voted.
    pub const fn is_secret(&self) -> bool {
        self.fewest_papers.is_some()
    }
}

/// A vote of the group. What was counted is not part of it: see `store::outcome_of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Its id.
    pub id: BallotId,
    /// The session it belongs to.
    pub session: SessionId,
    /// Its number within the session, from 1.
    pub number: i32,
    /// What is voted on.
    pub title: Bilingual<String>,
    /// Where it stands.
    pub state: State,
    /// Its rules.
    pub rules: Rules,
    /// The seed of lots and of the roll call, published when it opens; empty before.
    pub seed: String,
    /// The delegation that asked for the vote, if one did.
    pub asked_by: Option<DelegationId>,
    /// Whether it is made up for a demonstration.
    pub is_made_up: bool,
    /// Until when papers are taken.
    pub closes_at: NaiveDateTime,
    /// When it was opened.
    pub opened_at: Option<NaiveDateTime>,
    /// When it was closed and counted.
    pub closed_at: Option<NaiveDateTime>,
    /// When its count was certified.
    pub certified_at: Option<NaiveDateTime>,
    /// Counts saved changes, so that a stale form is noticed.
    pub edition: i32,
}

impl Ballot {
    /// Returns its name in files and in the audit trail: `15/ballots/2`.
    pub fn name(&self, session: &Session) -> String {
        format!("{}/ballots/{}", session.number, self.number)
    }

    /// Returns whether the time for papers is over, whether or not anybody closed the ballot.
    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        now >= self.closes_at
    }

    /// Returns the fingerprint of what a paper answers: options with their words, levels, and how it is counted. A file
    /// that was taken away says under which it was written.
    pub fn version(&self, options: &[BallotOption]) -> String {
        let rules = &self.rules;
        let mut text = format!("{}\n{}\n{}\n", rules.method.code(), rules.tie_rule, rules.levels);
        for option in options {
            for part in [&option.title.en, &option.title.ru, &option.summary.en, &option.summary.ru] {
                for piece in [option.reference.as_str(), "\t", part.as_str(), "\n"] {
                    text.push_str(piece);
                }
            }
        }
        digest(&text)[..12].to_owned()
    }

    /// Returns the tie rule with its seed.
    pub fn tie_rule(&self) -> Option<TieRule> {
        TieRule::from_code(&self.rules.tie_rule, &self.seed)
    }
}

/// What is voted on: an accepted action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotOption {
    /// The action.
    pub submission: SubmissionId,
    /// Its reference, which is the id of the option in the count.
    pub reference: String,
    /// Its title; a side may be empty.
    pub title: Bilingual<String>,
    /// Its summary; a side may be empty.
    pub summary: Bilingual<String>,
    /// The language it was written in.
    pub original: Lang,
    /// Where the action stands.
    pub state: submissions::State,
    /// Its exact review score at the opening (`17/4`), or empty.
    pub review_score: String,
}

impl BallotOption {
    /// Returns the title in a language, or in the one there is, with its language.
    pub fn title(&self, lang: Lang) -> (&str, Lang) {
        [lang, self.original, lang.other()]
            .into_iter()
            .map(|lang| (self.title.get(lang).as_str(), lang))
            .find(|(title, _)| !title.is_empty())
            .unwrap_or((self.reference.as_str(), lang))
    }

    /// Returns whether title and summary are there in both languages.
    pub fn has_both_languages(&self) -> bool {
        let both = |text: &Bilingual<String>| !text.en.is_empty() && !text.ru.is_empty();
        both(&self.title) && both(&self.summary)
    }
}

/// A delegation of the electorate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elector {
    /// The delegation.
    pub delegation: DelegationId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual<String>,
    /// Whether the secretariat noted it as present.
    pub is_present: bool,
    /// Whether it has confirmed a paper.
    pub has_voted: bool,
}

/// What a delegation says about one option.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    /// Reference of the option.
    pub reference: String,
    /// Priority, 1 the highest; nothing is unranked.
    pub priority: Option<u32>,
    /// Reason of the objection; empty when there is none.
    pub objection: String,
}

/// What a delegation wants to cast.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Vote {
    /// It abstains.
    Abstain,
    /// It gives priorities and objections, one line an option.
    Ranked(Vec<Line>),
}

impl Vote {
    /// Returns the kind of the paper.
    pub const fn kind(&self) -> PaperKind {
        match self {
            Self::Abstain => PaperKind::Abstain,
            Self::Ranked(_) => PaperKind::Ranked,
        }
    }

    /// Returns the lines; an abstention has none.
    pub fn lines(&self) -> &[Line] {
        match self {
            Self::Abstain => &[],
            Self::Ranked(lines) => lines,
        }
    }
}

/// The paper of a delegation. Its content is sealed until the ballot is certified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its id.
    pub id: BallotPaperId,
    /// The delegation it belongs to; whoever typed it never changes that.
    pub delegation: DelegationId,
    /// Code of the delegation.
    pub code: String,
    /// Number within ballot and delegation, from 1.
    pub number: i32,
    /// Priorities or abstention.
    pub kind: PaperKind,
    /// Who filled it in.
    pub prepared_by: AccountId,
    /// When it was filled in.
    pub prepared_at: NaiveDateTime,
    /// Who confirmed it.
    pub confirmed_by: Option<AccountId>,
    /// When it was confirmed.
    pub confirmed_at: Option<NaiveDateTime>,
    /// By which the delegation finds it among the published papers.
    pub receipt: Option<String>,
    /// What it says about each option, by reference; none when abstaining.
    pub lines: Vec<Line>,
}

impl Paper {
    /// Returns the priority of an option.
    pub fn priority(&self, reference: &str) -> Option<u32> {
        self.lines.iter().find(|line| line.reference == reference).and_then(|line| line.priority)
    }

    /// Returns what the paper says.
    pub fn vote(&self) -> Vote {
        match self.kind {
            PaperKind::Abstain => Vote::Abstain,
            PaperKind::Ranked => Vote::Ranked(self.lines.clone()),
        }
    }

    /// Returns the canonical text of the paper, fields parted by tabs, each line ended by a line feed:
    /// `speca-paper` `1`; `ballot` NAME; `delegation` CODE; `number` N; `kind` KIND; then by reference `option` ID PRIORITY
    /// OBJECTION, `-` for unranked, tabs, line feeds and backslashes of the objection behind a backslash.
    pub fn canonical_form(&self, ballot: &str) -> String {
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.sort_by(|a, b| a.reference.cmp(&b.reference));
        let mut text = format!(
            "speca-paper\t1\nballot\t{ballot}\ndelegation\t{}\nnumber\t{}\nkind\t{}\n",
            self.code, self.number, self.kind
        );
        for line in lines {
            let priority = line.priority.map_or_else(|| "-".to_owned(), |priority| priority.to_string());
            let objection = line.objection.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n");
            for part in ["option\t", &line.reference, "\t", &priority, "\t", &objection, "\n"] {
                text.push_str(part);
            }
        }
        text
    }

    /// Returns the receipt: the nonce, and the beginning of the SHA-256 of nonce, colon and canonical text.
    pub fn receipt_with(&self, nonce: &str, ballot: &str) -> String {
        let whole = digest(&format!("{nonce}:{}", self.canonical_form(ballot)));
        format!("{nonce}-{}", &whole[..16])
    }
}

/// What a count came to, with the roll and the quorum, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The order and why.
    pub outcome: Outcome,
    /// What each delegation of the electorate did.
    pub roll: Roll,
    /// Whether enough were present.
    pub quorum: QuorumCheck,
    /// Whether numbers would give papers of a secret ballot away, so that only the order was kept.
    #[serde(default)]
    pub ranks_only: bool,
}

/// Returns options and papers as the count takes them, and the labels of those who abstained.
pub fn profile(
    ballot: &Ballot,
    options: &[BallotOption],
    papers: &[Cast],
) -> Result<(Profile, Vec<String>), ProfileError> {
    let counted = options.iter().map(|option| tally::BallotOption {
        id: OptionId::new(&option.reference),
        name: option.title(Lang::En).0.to_owned(),
        review_score: parse_exact(&option.review_score),
        reference: option.reference.clone(),
    });
    let (ranked, abstaining): (Vec<&Cast>, Vec<&Cast>) =
        papers.iter().partition(|paper| paper.kind == PaperKind::Ranked);
    let cast = ranked.into_iter().map(|paper| tally::Ballot {
        label: paper.label.clone(),
        weight: 1,
        priorities: options.iter().map(|option| paper.priority(&option.reference)).collect(),
    });
    let profile = Profile::new(counted.collect(), cast.collect(), Some(ballot.rules.levels))?;
    Ok((profile, abstaining.into_iter().map(|paper| paper.label.clone()).collect()))
}

/// Returns what each delegation of the electorate did: who cast nothing is absent unless noted as present. In a secret
/// ballot whoever cast a paper voted; how many of them abstained is known of all together.
pub fn roll(ballot: &Ballot, electorate: &[Elector], papers: &[Cast]) -> Roll {
    let is_secret = ballot.rules.is_secret();
    let kind = |elector: &Elector| {
        let paper = papers.iter().find(|paper| !is_secret && paper.label == elector.code);
        match (paper.map(|paper| paper.kind), elector.is_present) {
            (Some(PaperKind::Abstain), _) => RollKind::Abstained,
            (Some(PaperKind::Ranked), _) => RollKind::Cast,
            (None, _) if is_secret && elector.has_voted => RollKind::Cast,
            (None, true) => RollKind::NotVoting,
            (None, false) => RollKind::Absent,
        }
    };
    let abstained = papers.iter().filter(|paper| is_secret && paper.kind == PaperKind::Abstain).count();
    let entry = |elector: &Elector| RollEntry { delegation: elector.code.clone(), kind: kind(elector) };
    Roll { entries: electorate.iter().map(entry).collect(), abstained_unnamed: abstained }
}

/// Returns whether enough are present as things stand: those noted as present, and those that have voted.
pub fn quorum_now(ballot: &Ballot, electorate: &[Elector]) -> QuorumCheck {
    let kind = |elector: &Elector| match (elector.has_voted, elector.is_present) {
        (true, _) => RollKind::Cast,
        (false, true) => RollKind::NotVoting,
        (false, false) => RollKind::Absent,
    };
    let entry = |elector: &Elector| RollEntry { delegation: elector.code.clone(), kind: kind(elector) };
    let roll = Roll { entries: electorate.iter().map(entry).collect(), ..Roll::default() };
    roll.check_quorum(ballot.rules.quorum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an option of which only the reference matters.
    pub(super) fn option(reference: &str) -> BallotOption {
        BallotOption {
            submission: SubmissionId::new(),
            reference: reference.to_owned(),
            title: Bilingual::default(),
            summary: Bilingual::default(),
            original: Lang::En,
            state: submissions::State::Accepted,
            review_score: String::new(),
        }
    }

    fn ballot(fewest_papers: Option<u32>) -> Ballot {
        Ballot {
            id: BallotId::new(),
            session: SessionId::new(),
            number: 1,
            title: Bilingual::default(),
            state: State::Open,
            rules: Rules {
                method: Method::Borda,
                tie_rule: "reference".to_owned(),
                base: Base::PresentAndVoting,
                quorum: Quorum::None,
                levels: 5,
                fewest_papers,
            },
            seed: String::new(),
            asked_by: None,
            is_made_up: false,
            closes_at: NaiveDateTime::default(),
            opened_at: None,
            closed_at: None,
            certified_at: None,
            edition: 1,
        }
    }

    fn paper(lines: &[(&str, Option<u32>, &str)]) -> Paper {
        Paper {
            id: BallotPaperId::new(),
            delegation: DelegationId::from("d"),
            code: "KAZ".to_owned(),
            number: 2,
            kind: PaperKind::Ranked,
            prepared_by: AccountId::from("a"),
            prepared_at: NaiveDateTime::default(),
            confirmed_by: None,
            confirmed_at: None,
            receipt: None,
            lines: lines
                .iter()
                .map(|(reference, priority, objection)| Line {
                    reference: (*reference).to_owned(),
                    priority: *priority,
                    objection: (*objection).to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn a_receipt_follows_from_the_paper_and_its_nonce_alone() {
        let ballot = "15/ballots/1";
        let one = paper(&[("PA-2", None, ""), ("PA-1", Some(1), "No\tmoney")]);
        let other = paper(&[("PA-1", Some(1), "No\tmoney"), ("PA-2", None, "")]);
        assert_eq!(
            one.canonical_form(ballot),
            "speca-paper\t1\nballot\t15/ballots/1\ndelegation\tKAZ\nnumber\t2\nkind\tranked\noption\tPA-1\t1\tNo\\tmoney\noption\tPA-2\t-\t\n"
        );
        assert_eq!(one.receipt_with("00ff", ballot), other.receipt_with("00ff", ballot));
        assert_ne!(one.receipt_with("00ff", ballot), one.receipt_with("00fe", ballot));
        let changed = paper(&[("PA-1", Some(2), "No\tmoney"), ("PA-2", None, "")]);
        assert_ne!(one.receipt_with("00ff", ballot), changed.receipt_with("00ff", ballot));
    }

    #[test]
    fn who_casts_is_present_and_who_is_not_ticked_and_casts_nothing_is_absent() {
        let elector = |code: &str, is_present, has_voted| Elector {
            delegation: DelegationId::from(code),
            code: code.to_owned(),
            name: Bilingual::default(),
            is_present,
            has_voted,
        };
        let of = |label: &str, kind| Cast { label: label.to_owned(), kind, ..Cast::from(&paper(&[])) };
        let electorate = [
            elector("A", false, true),
            elector("B", true, true),
            elector("C", true, false),
            elector("D", false, false),
        ];
        let kinds = |roll: &Roll| roll.entries.iter().map(|entry| entry.kind).collect::<Vec<_>>();
        let recorded = roll(&ballot(None), &electorate, &[of("A", PaperKind::Ranked), of("B", PaperKind::Abstain)]);
        assert_eq!(kinds(&recorded), [RollKind::Cast, RollKind::Abstained, RollKind::NotVoting, RollKind::Absent]);
        // A secret roll names nobody who abstained, and counts alike.
        let secret = roll(&ballot(Some(3)), &electorate, &[of("01", PaperKind::Abstain), of("02", PaperKind::Ranked)]);
        assert_eq!(kinds(&secret), [RollKind::Cast, RollKind::Cast, RollKind::NotVoting, RollKind::Absent]);
        for kind in [RollKind::Cast, RollKind::Abstained, RollKind::NotVoting, RollKind::Absent] {
            assert_eq!(secret.number(kind), recorded.number(kind), "{kind}");
        }
        for base in Base::ALL {
            assert_eq!(secret.base(*base), recorded.base(*base), "{base}");
        }
    }
}
