//! `speca questionnaire`: the form as a workbook to fill in without a network.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{CommandError, DatabaseArgs};
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::questionnaires::workbook::{Origin, write};
use crate::questionnaires::{self, Answers, Questionnaire};

/// What `speca questionnaire` takes.
#[derive(Args)]
pub struct QuestionnaireArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Which form
    #[arg(value_parser = PossibleValuesParser::new(["practice", "action"]))]
    kind: String,
    /// Language of questions and help: en or ru; answers in both fit into either
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = PossibleValuesParser::new(["en", "ru"]))]
    lang: String,
    /// Number of the session whose form it is [default: the form as it is delivered, without a database]
    #[arg(long, value_name = "NUMBER")]
    session: Option<i32>,
    /// File to write, ending in .xlsx
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the workbook.
pub fn run(args: &QuestionnaireArgs) -> Result<(), CommandError> {
    let kind = Kind::from_code(&args.kind).ok_or_else(|| CommandError::Input(format!("no form `{}`", args.kind)))?;
    let texts = Texts::of(Lang::from_code(&args.lang).unwrap_or(Lang::En));
    let questionnaire = match args.session {
        None => Questionnaire::default_of(kind).clone(),
        Some(number) => {
            let db = args.database.open()?;
            super::export::session(&db, number)?;
            db.read_here(|conn| questionnaires::store::of_number(conn, number, kind))?.questionnaire
        }
    };
    let origin = Origin { kind, version: questionnaire.version, reference: String::new(), revision: 0 };
    let bytes = write(texts, &questionnaire, &Answers::none(), &origin)
        .map_err(|error| CommandError::Failed(error.to_string()))?;
    std::fs::write(&args.out, bytes).map_err(|error| CommandError::Failed(format!("{}: {error}", args.out.display())))
}
