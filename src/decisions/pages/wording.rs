//! The sentence of the report that records a decision, made of the data in either language.

use crate::decisions::model::{Rung, VoteResult};
use crate::decisions::operations::viewing::Look;
use crate::decisions::workflow::State;
use crate::i18n::Texts;
use crate::kernel::lang::Lang;

/// Words how the group decided, for the report; nothing before it has.
pub fn record(look: &Look, lang: Lang) -> Option<String> {
    let texts = Texts::of(lang);
    let decision = &look.decision;
    let (rung, at) = decision.decided?;
    let day = texts.day(crate::sessions::model::zones::to_local(at, look.session.time_zone).date());
    let asker = decision.asked_by.as_ref().and_then(|id| look.delegations.get(id));
    let mut values = vec![
        ("title", decision.title.get(lang).clone()),
        ("number", decision.number.to_string()),
        ("session", look.session.number.to_string()),
        ("day", day),
        ("at", texts.moment(at, look.session.time_zone)),
        ("asker", asker.map_or_else(String::new, |delegation| delegation.name.get(lang).clone())),
    ];
    if let Some(VoteResult { yes, no, abstain, .. }) = look.result() {
        values.extend([("yes", yes.to_string()), ("no", no.to_string()), ("abstain", abstain.to_string())]);
    }
    Some(match (decision.state, rung) {
        (State::NotAdopted, _) => texts.with("decision-record-not-adopted", &values),
        (_, Rung::Consensus) => texts.with("decision-record-consensus", &values),
        (_, Rung::Silence) => texts.with("decision-record-silence", &values),
        (_, Rung::RecordedVote) => texts.with("decision-record-vote", &values),
    })
}
