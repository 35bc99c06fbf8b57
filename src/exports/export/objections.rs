//! The registers of objections as rows: one objection a row, or one amendment that answers it.

use super::{Words, moment, yes_or_no};
use crate::decisions::Decision;
use crate::decisions::model::{Amendment, Objection};
use crate::delegations::Delegation;

/// Names of the columns, in order.
pub const COLUMNS: [&str; 21] = [
    "decision",
    "decision_title",
    "objection",
    "delegation",
    "delegation_title",
    "revision",
    "passage",
    "reason",
    "broke_silence",
    "state",
    "state_title",
    "raised_at",
    "settled_at",
    "amendment",
    "amended_by",
    "amended_by_title",
    "amended_revision",
    "amendment_state",
    "amendment_state_title",
    "amended_at",
    "amendment_text",
];

/// Columns about the amendment.
const ABOUT_AMENDMENT: usize = 8;

/// An objection in the register of a decision, or one of the amendments that answer it.
#[derive(Debug, Clone, Copy)]
pub struct Raised<'a> {
    /// The decision.
    pub decision: &'a Decision,
    /// Place of the objection in the register, from 1, and the objection.
    pub objection: (usize, &'a Objection),
    /// The delegation that objects.
    pub delegation: Option<&'a Delegation>,
    /// Place of the amendment among those to the decision, from 1, the amendment, and the delegation that proposes it.
    pub amendment: Option<(usize, &'a Amendment, Option<&'a Delegation>)>,
}

/// Returns the cells of an objection, or of an amendment that answers it.
pub fn row(raised: Raised<'_>, said: Words<'_>) -> Vec<String> {
    let (number, objection) = raised.objection;
    let objected = [
        raised.decision.number.to_string(),
        said.either(&raised.decision.title),
        number.to_string(),
        raised.delegation.map_or_else(String::new, |delegation| delegation.code.clone()),
        raised.delegation.map_or_else(String::new, |delegation| said.either(&delegation.name)),
        objection.revision.to_string(),
        objection.passage.clone(),
        objection.reason.clone(),
        yes_or_no(objection.broke_silence),
        objection.state.code().to_owned(),
        (said.code)("decision-objection", objection.state.code()),
        moment(Some(objection.raised_at)),
        moment(objection.settled_at),
    ];
    objected.into_iter().chain(amended(raised, said)).collect()
}

fn amended(raised: Raised<'_>, said: Words<'_>) -> [String; ABOUT_AMENDMENT] {
    let Some((number, amendment, proposer)) = raised.amendment else {
        let mut none: [String; ABOUT_AMENDMENT] = Default::default();
        "0".clone_into(&mut none[0]);
        return none;
    };
    let by_secretariat = || (said.code)("capacity", "secretariat");
    [
        number.to_string(),
        proposer.map_or("secretariat", |delegation| &delegation.code).to_owned(),
        proposer.map_or_else(by_secretariat, |delegation| said.either(&delegation.name)),
        amendment.revision.to_string(),
        amendment.state.code().to_owned(),
        (said.code)("decision-amendment", amendment.state.code()),
        moment(Some(amendment.proposed_at)),
        said.either(&amendment.text),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Objections.description().names().collect::<Vec<_>>(), COLUMNS);
    }
}
