//! The delegations that a new database starts with: the participating countries and the group as a whole.
//!
//! They come from `data/lists/countries.csv` and `data/group.toml`; what is there already stays as it is.

use chrono::NaiveDateTime;
use serde::Deserialize;
use serde_json::json;

use crate::audit;
use crate::classification::List;
use crate::db::{StoreError, Tx};
use crate::delegations::model::{Delegation, DelegationKind, GROUP_CODE};
use crate::delegations::store;
use crate::kernel::body;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Bilingual;

/// The names of the group as a whole, and the targets that its submissions serve, which `classification` reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: Bilingual<String>,
    formal_name: Bilingual<String>,
    #[expect(dead_code, reason = "read by classification; named so that a file without them is refused")]
    main_targets: Vec<String>,
}

/// Returns what is wrong with a file of the group.
pub fn check(text: &str) -> Result<(), String> {
    toml::from_str::<Group>(text).map(drop).map_err(|error| error.to_string())
}

fn founders() -> Vec<Delegation> {
    let group: Group = toml::from_str(body::text("group.toml", include_str!("../../../data/group.toml")))
        .unwrap_or_else(|error| panic!("invariant: the group is checked and well formed: {error}"));
    let country = |entry: &crate::classification::Entry| Delegation {
        id: DelegationId::new(),
        code: entry.code.clone(),
        kind: DelegationKind::Country,
        name: entry.title.clone(),
        formal_name: entry.detail.clone(),
        votes: true,
    };
    let whole = Delegation {
        id: DelegationId::new(),
        code: GROUP_CODE.to_owned(),
        kind: DelegationKind::Group,
        name: group.name,
        formal_name: group.formal_name,
        votes: false,
    };
    List::Country.entries().iter().map(country).chain([whole]).collect()
}

/// Adds the participating countries and the group where they are missing, and returns how many were added.
pub fn found(tx: &mut Tx<'_>, now: NaiveDateTime) -> Result<usize, StoreError> {
    let held: Vec<String> = store::all(tx)?.into_iter().map(|delegation| delegation.code).collect();
    let missing: Vec<Delegation> = founders().into_iter().filter(|founder| !held.contains(&founder.code)).collect();
    for delegation in &missing {
        store::insert(tx, delegation, now)?;
        let detail = json!({ "delegation-kind": delegation.kind, "votes": delegation.votes });
        audit::record(tx, now, None, "delegation.added", &delegation.code, &detail)?;
    }
    Ok(missing.len())
}
