//! The recount kit of a certified ballot: what anybody needs to count again, as one archive.

use rocket::http::ContentType;

use super::ballot::rules;
use super::{file_name, place};
use crate::ballots::export::{self, Form};
use crate::ballots::operations::viewing::BallotResult;
use crate::i18n::Texts;
use crate::kernel::archive::{CompressionMethod, zip};
use crate::kernel::lang::Lang;
use crate::tally::OptionId;
use crate::web::Answer;

/// Returns the kit; nothing before the certification or where only the order is published; or why it cannot be made.
pub fn kit(result: &BallotResult) -> Result<Option<Answer>, String> {
    let shown = &result.shown;
    let Some(published) = result.published.as_ref().filter(|_| !result.counted.ranks_only) else { return Ok(None) };
    let file = export::file(Form::Csv, &shown.session, &shown.ballot, &shown.options, &published.papers)
        .map_err(|error| error.to_string())?;
    let at = place(&shown.session, &shown.ballot);
    let name = file_name(at, "csv");
    let read_me = |lang| read_me(Texts::of(lang), result, &name, &published.fingerprint);
    let (en, ru) = (read_me(Lang::En), read_me(Lang::Ru));
    let files = [("README-en.txt", en.as_bytes()), ("README-ru.txt", ru.as_bytes()), (&name, file.content.as_bytes())];
    // Why: as it is, so that whoever recounts can read it without unpacking.
    let archive = zip(&files, CompressionMethod::Stored).map_err(|error| error.to_string())?;
    let name = format!("speca-{}-ballot-{}-recount.zip", at.session, at.number);
    Ok(Some(Answer::File(ContentType::ZIP, name, archive)))
}

/// Words the rules, the fingerprint, the one command, and what it must find.
fn read_me(texts: Texts, result: &BallotResult, file: &str, fingerprint: &str) -> String {
    let (session, ballot) = (&result.shown.session, &result.shown.ballot);
    let mut lines = vec![
        format!("{} · {}", session.title.get(texts.lang()), ballot.title.get(texts.lang())),
        String::new(),
        texts.text("ballot-kit-how"),
        String::new(),
        format!("    speca tally {file}"),
        String::new(),
        format!("{}: {fingerprint}", texts.text("tally-fingerprint")),
        String::new(),
        texts.text("ballot-rules"),
    ];
    lines.extend(rules(texts, ballot).iter().map(|rule| format!("- {rule}")));
    lines.extend([String::new(), texts.text("ballot-kit-order")]);
    for (place, tier) in result.counted.outcome.places() {
        let tier: Vec<&str> = tier.iter().map(OptionId::as_str).collect();
        lines.push(format!("{place}. {}", tier.join(", ")));
    }
    lines.join("\r\n") + "\r\n"
}
