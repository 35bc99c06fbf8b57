//! What the program writes into a programme, in both languages: the reason of a proposal, the record of the adoption.
//!
//! Operations take the reason as a function: they keep texts and know none.

use crate::i18n::Texts;
use crate::kernel::lang::{Bilingual, Lang};
use crate::programmes::model::proposal::{Grounds, Verdict};
use crate::programmes::model::{AdoptedBy, Programme, VoteAnswer, Votes, number_of};
use crate::sessions::Session;

fn both(word: impl Fn(Texts) -> String) -> Bilingual<String> {
    Bilingual::new(word(Texts::of(Lang::En)), word(Texts::of(Lang::Ru)))
}

/// Words why an action is proposed or not: `Place 2 in ballot 1; rank 3 in the review; within the 6 places.`
pub fn reason(grounds: &Grounds) -> Bilingual<String> {
    both(|texts| {
        let place = match (grounds.ballot, grounds.place) {
            (Some(ballot), Some(place)) => Some(
                texts.with("programme-reason-place", &[("place", place.to_string()), ("ballot", ballot.to_string())]),
            ),
            (Some(ballot), None) => Some(texts.one("programme-reason-not-voted", "ballot", ballot)),
            (None, _) => None,
        };
        let rank = match grounds.rank {
            Some(rank) => texts.one("programme-reason-rank", "rank", rank),
            None => texts.text("programme-reason-not-ranked"),
        };
        let verdict = match grounds.verdict {
            Verdict::Within => Some(texts.one("programme-reason-within", "places", grounds.places)),
            Verdict::TiedAtBorder => Some(texts.text("programme-reason-tied")),
            Verdict::Beyond => Some(texts.one("programme-reason-beyond", "places", grounds.places)),
            Verdict::Unplaced => None,
        };
        let parts: Vec<String> = place.into_iter().chain([rank]).chain(verdict).collect();
        sentence(&parts.join("; "))
    })
}

/// Begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}

/// Returns the sentence of the report that records the adoption: what somebody wrote, or what the data say.
pub fn record(programme: &Programme, session: &Session, votes: &Votes) -> Bilingual<String> {
    match programme.adoption {
        Some((by, _)) if programme.record.en.is_empty() => sentence_of(by, programme, session, votes),
        _ => programme.record.clone(),
    }
}

/// Words the sentence of the report: in the room, after a silence procedure, or by a recorded vote.
pub fn sentence_of(by: AdoptedBy, programme: &Programme, session: &Session, votes: &Votes) -> Bilingual<String> {
    both(|texts| {
        let number = |answer| number_of(votes, answer).to_string();
        let values = [
            ("first", session.programme_years.0.to_string()),
            ("last", session.programme_years.1.to_string()),
            ("reference", programme.reference.clone()),
            ("yes", number(VoteAnswer::Yes)),
            ("no", number(VoteAnswer::No)),
            ("abstain", number(VoteAnswer::Abstain)),
        ];
        texts.with(&format!("programme-record-{by}"), &values)
    })
}
