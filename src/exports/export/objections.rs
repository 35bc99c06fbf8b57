//! The registers of objections as rows: one objection a row, or one amendment that answers it.

use super::decisions::concluded;
use super::{Export, ExportError, Words, Writing, by_id, moment, yes_or_no};
use crate::decisions::Decision;
use crate::decisions::model::{Amendment, Objection};
use crate::decisions::operations::viewing;
use crate::delegations::Delegation;
use crate::exports::model::Reach;
use crate::policy::Action;

// Why: an objection to a decision that is done is read by the same people as one to a decision on its way, and what the
// reader may not see is not written.
pub(super) const EXPORT: Export = Export {
    is_of_session: true,
    reach: |actor| concluded(actor, Action::ViewObjections, Reach::Reader),
    columns: &COLUMNS,
    write,
};

/// Names of the columns, in order.
const COLUMNS: [&str; 21] = [
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

/// Writes the registers of objections that the reader may see, each objection with the amendments that answer it.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = by_id(to.conn)?;
    for register in viewing::registers(to.conn, to.order.asked_of(), &to.order.session()?.id)? {
        for (number, objection) in (1..).zip(&register.objections) {
            let delegation = delegations.get(&objection.delegation);
            let raised =
                Raised { decision: &register.decision, objection: (number, objection), delegation, amendment: None };
            let numbered = (1..).zip(&register.amendments);
            let answers: Vec<_> = numbered.filter(|(_, amendment)| amendment.objection == objection.id).collect();
            if answers.is_empty() {
                to.sheet.row(&row(raised, to.said))?;
            }
            for (number, amendment) in answers {
                let proposer = amendment.delegation.as_ref().and_then(|id| delegations.get(id));
                let amendment = Some((number, amendment, proposer));
                to.sheet.row(&row(Raised { amendment, ..raised }, to.said))?;
            }
        }
    }
    Ok(())
}

/// Returns the cells of an objection, or of an amendment that answers it.
fn row(raised: Raised<'_>, said: Words<'_>) -> Vec<String> {
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
