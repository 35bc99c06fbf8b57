//! The exports there are: a line each in the list below, and a file each beside it that says who may take the export, how its
//! rows are read and what stands in them. Its title, its columns and all other words stand in its folder `exports/<name>/`.
//!
//! Words of codes come from above as [`Words`], so that nothing here knows the page texts.

mod accounts;
mod actions;
mod answers;
mod assignments;
mod attendance;
mod audit;
mod ballot_list;
pub mod ballots;
mod clarifications;
mod consents;
mod credentials;
mod decisions;
mod delegations;
mod duplicates;
mod entries;
mod mails;
mod matches;
mod objections;
mod order;
mod pending;
mod practices;
mod programme;
mod progress;
mod ranking;
mod remarks;
mod result;
mod reviews;
mod sense_checks;
mod sessions;
pub mod sheet;
mod turnout;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

pub use order::{ExportError, Order, Words};
use order::{Writing, by_id, cleared_title, day, moment, yes_or_no};
use sheet::Sheet;

use super::model::{Description, Reach};
use crate::coded_enum;
use crate::db::AnyConnection;
use crate::kernel::lang::Lang;
use crate::policy::{Action, Actor, Denial, Target, decide};

/// Declares the exports: what each holds, its name, its code, its file.
macro_rules! exports {
    ($($(#[$doc:meta])* $name:ident = $code:literal in $file:ident),+ $(,)?) => {
        coded_enum! {
            /// An export; its code names the file and the folder of its contract.
            pub enum Name { $($(#[$doc])* $name = $code),+ }
        }

        impl Name {
            /// Returns what the file of the export says.
            const fn export(self) -> &'static Export {
                match self { $(Self::$name => &$file::EXPORT),+ }
            }

            /// Returns the document that describes the export, as it stands in the contract.
            const fn contract(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("../../../exports/", $code, "/metadata.json"))),+ }
            }
        }
    };
}

exports! {
    /// Good practices, one a row.
    Practices = "practices" in practices,
    /// Priority actions, one a row.
    Actions = "actions" in actions,
    /// Every answer, one a row.
    Answers = "answers" in answers,
    /// The reviews that were given, one mark a row.
    Reviews = "reviews" in reviews,
    /// The actions in the order of their reviews.
    Ranking = "ranking" in ranking,
    /// The papers of a certified ballot.
    Ballots = "ballots" in ballots,
    /// The order that a certified ballot came to.
    Result = "result" in result,
    /// The work programme in force.
    Programme = "programme" in programme,
    /// The decisions that the group has taken.
    Decisions = "decisions" in decisions,
    /// The confirmed reports on the actions of the programme in force.
    Progress = "progress" in progress,
    /// The certified ballots of a session, one a row.
    BallotList = "ballot-list" in ballot_list,
    /// Who took part in the certified ballots.
    Turnout = "turnout" in turnout,
    /// Who is asked to review what.
    Assignments = "assignments" in assignments,
    /// The consents of the countries that actions name.
    Consents = "consents" in consents,
    /// The credentials of the delegations.
    Credentials = "credentials" in credentials,
    /// The meetings and who was present.
    Attendance = "attendance" in attendance,
    /// What reviews say beside their marks.
    Remarks = "remarks" in remarks,
    /// Questions about submissions and their answers.
    Clarifications = "clarifications" in clarifications,
    /// The registers of objections, with the amendments that answer them.
    Objections = "objections" in objections,
    /// The answers of the sense checks that are closed.
    SenseChecks = "sense-checks" in sense_checks,
    /// Submissions that are alike, and what was decided.
    Duplicates = "duplicates" in duplicates,
    /// Who can help whom: offers and needs, target by target.
    Matches = "matches" in matches,
    /// Outcomes that are prepared and not applied.
    Pending = "pending" in pending,
    /// The sessions.
    Sessions = "sessions" in sessions,
    /// The delegations.
    Delegations = "delegations" in delegations,
    /// The accounts in their places.
    Accounts = "accounts" in accounts,
    /// The outbox.
    Mails = "mails" in mails,
    /// The audit trail.
    Audit = "audit" in audit,
}

/// What the file of an export says.
struct Export {
    /// Whether it is of one session, and not of the whole platform.
    is_of_session: bool,
    /// Returns how much of it an actor may take.
    reach: fn(&Actor) -> Result<Reach, Denial>,
    /// Names of the columns in the order in which its rows fill them; none where the contract alone names them.
    columns: &'static [&'static str],
    /// Reads its rows and writes them.
    write: fn(&mut Writing<'_>) -> Result<(), ExportError>,
}

impl Name {
    /// Returns the description of the export.
    pub fn description(self) -> &'static Description {
        static ALL: LazyLock<BTreeMap<Name, Description>> =
            LazyLock::new(|| Name::ALL.iter().map(|name| (*name, Description::read(name.contract()))).collect());
        &ALL[&self]
    }

    /// Returns whether the export is of one session, and not of the whole platform.
    pub const fn is_of_session(self) -> bool {
        self.export().is_of_session
    }

    /// Returns how much of the export an actor may take.
    pub fn reach(self, actor: &Actor) -> Result<Reach, Denial> {
        (self.export().reach)(actor)
    }

    /// Returns the name of the file, with the number of its session: `speca-15-practices-ru.csv`, `speca-accounts-ru.csv`.
    pub fn file(self, session: Option<i32>, lang: Lang) -> String {
        let session = session.map_or_else(String::new, |number| format!("{number}-"));
        format!("speca-{session}{self}-{lang}.csv")
    }
}

/// Writes an export in given words and returns the number of rows under the titles.
pub(super) fn write<W: Write>(
    conn: &mut AnyConnection,
    (order, said): (&Order, Words<'_>),
    out: W,
) -> Result<u64, ExportError> {
    let (export, description) = (order.name.export(), order.name.description());
    debug_assert!(export.columns.is_empty() || description.names().eq(export.columns.iter().copied()), "the contract");
    let mut to = Writing { conn, order, said, sheet: Sheet::begin(out, description, order.lang)? };
    (export.write)(&mut to)?;
    Ok(to.sheet.end()?)
}

/// Lets those take an export as the secretariat does who may do something.
fn whole(actor: &Actor, action: Action) -> Result<Reach, Denial> {
    decide(actor, action, &Target::none()).map(|()| Reach::Secretariat)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::exports::model::{Column, both};

    #[test]
    fn every_column_has_a_name_titles_and_descriptions_of_its_own() {
        for name in Name::ALL {
            let description = name.description();
            for pick in [
                &(|column: &Column| column.name.clone()) as &dyn Fn(&Column) -> String,
                &|column| column.title.en.clone(),
                &|column| column.title.ru.clone(),
            ] {
                let all: BTreeSet<String> = description.columns.iter().map(pick).collect();
                assert!(!all.contains(""), "{name}");
                assert_eq!(all.len(), description.columns.len(), "{name}");
            }
            let columns = description.document["tableSchema"]["columns"].as_array().expect("columns");
            let described = columns.iter().map(|column| both(&column["dc:description"]));
            for words in
                described.chain([description.title.clone(), description.about.clone(), description.who.clone()])
            {
                assert!(!words.en.is_empty() && !words.ru.is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn the_rows_fill_the_columns_of_the_contract() {
        for name in Name::ALL.iter().filter(|name| !name.export().columns.is_empty()) {
            assert_eq!(name.description().names().collect::<Vec<_>>(), name.export().columns, "{name}");
        }
    }

    #[test]
    fn the_document_of_a_language_has_its_words_only() {
        for name in Name::ALL {
            let text = name.description().document(Lang::Ru, "a.csv").to_string();
            assert!(!text.contains("\"en\":") && text.contains("\"dc:accessRights\":\""), "{text}");
        }
    }
}
