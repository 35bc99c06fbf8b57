//! `speca import`: practices or actions from a CSV file, shown and applied, or only shown.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::export::session;
use super::{CommandError, DatabaseArgs};
use crate::accounts::{self, Office};
use crate::db::{AnyConnection, Db, StoreError};
use crate::i18n::Texts;
use crate::imports::operations::{Asked, apply};
use crate::imports::pages::{change_code, fault_view, field_titles, summary, waiting};
use crate::imports::prepare::prepare;
use crate::imports::{Fault, Plan, read, store};
use crate::kernel::clock::Clock;
use crate::kernel::code::Code as _;
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::policy::{Actor, Capacity, Holding};

/// What `speca import` takes.
#[derive(Args)]
pub struct ImportArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// What the file holds
    #[arg(value_parser = PossibleValuesParser::new(["practices", "actions"]))]
    what: String,
    /// Workbook (.xlsx), or CSV file: UTF-8 or Windows-1251; commas, semicolons or tabs; headers in English or Russian, or column names
    file: PathBuf,
    /// Number of the session
    #[arg(long, value_name = "NUMBER")]
    session: i32,
    /// Account of the secretariat that imports [default: the first account of the secretariat]
    #[arg(long, value_name = "E-MAIL")]
    account: Option<String>,
    /// Only show what the file would do
    #[arg(long)]
    dry_run: bool,
    /// Language of what is shown: en or ru
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = PossibleValuesParser::new(["en", "ru"]))]
    lang: String,
}

/// Shows what the file does, and does it.
pub fn run(args: &ImportArgs) -> Result<(), CommandError> {
    let texts = Texts::of(Lang::from_code(&args.lang).unwrap_or(Lang::En));
    let kind = if args.what == "practices" { Kind::Practice } else { Kind::Action };
    let bytes =
        std::fs::read(&args.file).map_err(|error| CommandError::Input(format!("{}: {error}", args.file.display())))?;
    let text = read::decode(&bytes).map_err(|fault| refused(texts, &[fault]))?;
    let db = args.database.open()?;
    let session = session(&db, args.session)?;
    let actor = actor(&db, args.account.as_deref())?;
    let plan = db.read_here(|conn| prepare(conn, &session, kind, &text))?.map_err(|faults| refused(texts, &faults))?;
    show(texts, kind, &plan);
    if args.dry_run {
        return Ok(());
    }
    let now = Clock::system().now().naive_utc();
    let name = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let asked = Asked { session: &session, kind, text: &text, name: &name, digest: Some(&plan.digest) };
    let applied = db.write_here(|tx| apply(tx, &actor, asked, now));
    match applied {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(faults)) => Err(refused(texts, &faults)),
        Err(error) => Err(CommandError::Failed(error.to_string())),
    }
}

/// Returns who acts: an account of the secretariat.
fn actor(db: &Db, email: Option<&str>) -> Result<Actor, CommandError> {
    let email = email.map(str::to_lowercase);
    let account: Option<AccountId> = db.read_here(|conn| account(conn, email.as_deref()))?;
    let account = account.ok_or_else(|| {
        let who = email.map_or_else(|| "no account".to_owned(), |email| format!("no account with the address {email}"));
        CommandError::Input(format!("there is {who} of the secretariat: make one with `speca account`"))
    })?;
    Ok(Actor::new(account, [Holding { capacity: Capacity::Secretariat, delegation: None, session: None }]))
}

fn account(conn: &mut AnyConnection, email: Option<&str>) -> Result<Option<AccountId>, StoreError> {
    let Some(email) = email else {
        return match store::secretariat(conn) {
            Err(StoreError::NotFound) => Ok(None),
            other => other.map(Some),
        };
    };
    let found = accounts::store::account_by_email(conn, email)?;
    let may_act = |account: &accounts::Account| account.office == Office::Secretariat && account.disabled_at.is_none();
    Ok(found.map(|(account, _)| account).filter(may_act).map(|account| account.id))
}

fn show(texts: Texts, kind: Kind, plan: &Plan) {
    for row in &plan.rows {
        let reference = row.entry.as_ref().map_or(row.delegation_code.as_str(), |entry| entry.reference.as_str());
        let change = texts.code("import-change", change_code(&row.change));
        println!(
            "{}\t{change}\t{reference}\t{}\t{}",
            row.line,
            row.title(texts.lang()),
            field_titles(texts, kind, &row.change)
        );
    }
    println!("{}", summary(texts, plan.counts()));
    if let Some(waiting) = waiting(texts, plan) {
        println!("{waiting}");
    }
}

/// Lists everything that is wrong with a file.
fn refused(texts: Texts, faults: &[Fault]) -> CommandError {
    let lines = faults.iter().map(|fault| {
        let view = fault_view(texts, fault);
        format!("\n{}\t{}\t{}\t{}\t{}", view.line, view.column, view.value, view.problem, view.accepted)
    });
    let heads = ["import-fault-line", "import-fault-column", "import-fault-value", "import-fault-problem"];
    let heads: Vec<String> = heads.iter().chain(&["import-fault-accepted"]).map(|key| texts.text(key)).collect();
    let count = texts.one("import-faults", "count", faults.len());
    CommandError::Input(format!("{count}\n{}{}", heads.join("\t"), lines.collect::<String>()))
}
