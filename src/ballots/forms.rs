//! Forms of the room: the rules of a ballot, who is present, a paper. All messages at once, by field.

use std::collections::BTreeSet;

use chrono::{NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use rocket::FromForm;
use validator::{Validate, ValidationError};

use super::model::{
    Ballot, BallotOption, COUNTABLE_MIN, FEWEST_PAPERS_DEFAULT, FEWEST_PAPERS_MAX, LEVELS_MAX, Line,
    OBJECTION_CHARS_MAX, Paper, PaperKind, Rules, Vote,
};
use super::operations::setting::Draft;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message, tidy};
use crate::kernel::lang::{Bilingual, Lang};
use crate::sessions::VotingRules;
use crate::tally::Method;
use crate::tally::profile::LEVELS_DEFAULT;
use crate::tally::turnout::{Base, Quorum};
use crate::web::Fields;

/// Longest title in English, in characters; Russian gets a quarter more.
pub const TITLE_CHARS_MAX: usize = 150;
/// Longest title in Russian, in characters.
pub const TITLE_RU_CHARS_MAX: usize = 188;
/// The kinds of quorum in the form; the number stands in a field of its own.
pub const QUORUMS: [&str; 3] = ["none", "majority-of-electorate", "number"];
/// The kinds of ballot in the form: whether anybody learns how a delegation voted.
pub const SECRECIES: [&str; 2] = ["recorded", "secret"];
/// How a browser writes a moment without a zone.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// What the secretariat sets.
#[derive(Debug, FromForm, Validate)]
pub struct BallotForm {
    /// Title in English.
    #[validate(custom(function = "title_en"))]
    pub title_en: String,
    /// Title in Russian.
    #[validate(custom(function = "title_ru"))]
    pub title_ru: String,
    /// References of the actions voted on.
    pub options: Vec<String>,
    /// Code of the method.
    #[validate(custom(function = "method"))]
    pub method: String,
    /// Code of the tie rule.
    #[validate(custom(function = "tie_rule"))]
    pub tie_rule: String,
    /// Code of the base.
    #[validate(custom(function = "base"))]
    pub base: String,
    /// Kind of quorum.
    #[validate(custom(function = "quorum"))]
    pub quorum: String,
    /// Number of delegations, for a quorum that is a number.
    pub quorum_number: Option<u32>,
    /// Levels of priority.
    #[validate(range(min = 1, max = 20))]
    pub levels: u32,
    /// Whether the ballot is recorded or secret; recorded when nothing is said.
    #[validate(custom(function = "known_secrecy"))]
    pub secrecy: Option<String>,
    /// From how many papers on the numbers of a secret ballot are published.
    pub fewest_papers: Option<u32>,
    /// Closing time in the legal zone of the session.
    pub closes: String,
    /// Code of the delegation that asked for the vote; empty for none.
    pub asked_by: Option<String>,
    /// The edition that the form was made from; 0 for a new ballot.
    pub edition: i32,
}

fn title(text: &str, chars_max: usize) -> Result<(), ValidationError> {
    match text.trim().chars().count() {
        0 => Err(ValidationError::new("required")),
        chars if chars > chars_max => Err(ValidationError::new("length")),
        _ => Ok(()),
    }
}

fn title_en(text: &str) -> Result<(), ValidationError> {
    title(text, TITLE_CHARS_MAX)
}

fn title_ru(text: &str) -> Result<(), ValidationError> {
    title(text, TITLE_RU_CHARS_MAX)
}

fn known(is_known: bool) -> Result<(), ValidationError> {
    if is_known { Ok(()) } else { Err(ValidationError::new("unreadable")) }
}

fn method(code: &str) -> Result<(), ValidationError> {
    known(VotingRules::methods().any(|method| method.code() == code))
}

fn tie_rule(code: &str) -> Result<(), ValidationError> {
    known(VotingRules::is_tie_rule(code))
}

fn base(code: &str) -> Result<(), ValidationError> {
    known(Base::from_code(code).is_some())
}

fn known_secrecy(code: &str) -> Result<(), ValidationError> {
    known(SECRECIES.contains(&code))
}

fn quorum(code: &str) -> Result<(), ValidationError> {
    known(QUORUMS.contains(&code))
}

impl BallotForm {
    /// Returns what is set; the closing time is read in the legal zone.
    pub fn draft(&self, zone: Tz) -> Result<Draft, FieldErrors> {
        let mut errors = FieldErrors::none();
        let closes_at = read_moment(&self.closes, zone);
        if closes_at.is_none() {
            let code = if self.closes.trim().is_empty() { "required" } else { "unreadable" };
            errors.add("closes", Message::new(code));
        }
        let number = self.quorum_number.filter(|number| (1..=99).contains(number));
        let quorum = match (self.quorum.as_str(), number) {
            ("number", Some(number)) => Quorum::Number(number),
            ("number", None) => {
                errors.add("quorum_number", Message::new("range").number("min", 1).number("max", 99));
                Quorum::None
            }
            (code, _) => code.parse().unwrap_or(Quorum::None),
        };
        let least = u32::try_from(COUNTABLE_MIN).unwrap_or(FEWEST_PAPERS_MAX);
        let fewest_papers = self.fewest_papers.filter(|number| (least..=FEWEST_PAPERS_MAX).contains(number));
        let is_secret = self.secrecy.as_deref() == Some(SECRECIES[1]);
        if is_secret && fewest_papers.is_none() {
            let range = Message::new("range").number("min", least.into()).number("max", FEWEST_PAPERS_MAX.into());
            errors.add("fewest_papers", range);
        }
        errors.into_result()?;
        Ok(Draft {
            title: Bilingual::new(self.title_en.trim().to_owned(), self.title_ru.trim().to_owned()),
            rules: Rules {
                method: Method::from_code(&self.method).unwrap_or(Method::Borda),
                tie_rule: self.tie_rule.clone(),
                base: Base::from_code(&self.base).unwrap_or(Base::PresentAndVoting),
                quorum,
                levels: self.levels.clamp(1, LEVELS_MAX),
                fewest_papers: fewest_papers.filter(|_| is_secret),
            },
            closes_at: closes_at.unwrap_or_default(),
            asked_by: self.asked_by.clone().filter(|code| !code.is_empty()),
            options: self.options.clone(),
        })
    }
}

/// Reads a moment as a browser writes it, in a zone; nothing when there is no such moment.
fn read_moment(text: &str, zone: Tz) -> Option<NaiveDateTime> {
    let local = NaiveDateTime::parse_from_str(text.trim().get(..16)?, LOCAL).ok()?;
    zone.from_local_datetime(&local).earliest().map(|at| at.naive_utc())
}

/// Returns the fields of a new ballot: what the session's rules say.
pub fn fresh(rules: &VotingRules) -> Fields {
    rules_fields(rules.method, &rules.tie_rule, rules.base, rules.quorum)
        .set("levels", LEVELS_DEFAULT.to_string())
        .set("secrecy", SECRECIES[0])
        .set("fewest_papers", FEWEST_PAPERS_DEFAULT.to_string())
}

fn rules_fields(method: Method, tie_rule: &str, base: Base, quorum: Quorum) -> Fields {
    let (kind, number) = match quorum {
        Quorum::Number(number) => ("number".to_owned(), number.to_string()),
        Quorum::None | Quorum::MajorityOfElectorate => (quorum.to_string(), String::new()),
    };
    Fields::none()
        .set("method", method.code())
        .set("tie_rule", tie_rule)
        .set("base", base.code())
        .set("quorum", kind)
        .set("quorum_number", number)
        .set("edition", "0")
}

/// Returns the fields of a ballot that is prepared.
pub fn stored(ballot: &Ballot, options: &[String], asked_by: Option<&str>, zone: Tz) -> Fields {
    let rules = &ballot.rules;
    let closes = Utc.from_utc_datetime(&ballot.closes_at).with_timezone(&zone);
    let mut fields = rules_fields(rules.method, &rules.tie_rule, rules.base, rules.quorum)
        .set("title_en", ballot.title.en.clone())
        .set("title_ru", ballot.title.ru.clone())
        .set("levels", rules.levels.to_string())
        .set("secrecy", SECRECIES[usize::from(rules.is_secret())])
        .set("fewest_papers", rules.fewest_papers.unwrap_or(FEWEST_PAPERS_DEFAULT).to_string())
        .set("closes", closes.format(LOCAL).to_string())
        .set("asked_by", asked_by.unwrap_or_default())
        .set("edition", ballot.edition.to_string());
    for option in options {
        fields.push("options", option.clone());
    }
    fields
}

/// A button that moves a ballot.
#[derive(Debug, FromForm, Validate)]
pub struct MoveForm {
    /// The edition that the page showed.
    #[validate(range(min = 0))]
    pub edition: i32,
    /// Codes of the delegations that are present.
    pub present: Vec<String>,
}

impl MoveForm {
    /// Returns the codes, each once.
    pub fn present(&self) -> BTreeSet<String> {
        self.present.iter().cloned().collect()
    }
}

/// Returns the name of the field of an option's priority.
pub fn priority_field(reference: &str) -> String {
    format!("priority|{reference}")
}

/// Returns the name of the field of the objection to an option.
pub fn objection_field(reference: &str) -> String {
    format!("objection|{reference}")
}

/// Returns the number of the newest paper that the form was made from.
pub fn after(fields: &Fields) -> i32 {
    fields.value("after").parse().unwrap_or(0)
}

/// Reads a paper. A blank priority is unranked, equal ones are ties; an abstention says nothing else.
pub fn read_vote(fields: &Fields, options: &[BallotOption], levels: u32) -> Result<Vote, FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut lines = Vec::new();
    for option in options {
        let (priority, objection) = (priority_field(&option.reference), objection_field(&option.reference));
        let text = fields.value(&priority).trim();
        let number = text.parse::<u32>().ok().filter(|number| (1..=levels).contains(number));
        if number.is_none() && !text.is_empty() {
            errors.add(priority, Message::new("ballot-priority").number("levels", i64::from(levels)));
        }
        let reason = tidy(fields.value(&objection));
        if reason.chars().count() > OBJECTION_CHARS_MAX {
            let most = i64::try_from(OBJECTION_CHARS_MAX).unwrap_or(i64::MAX);
            errors.add(objection, Message::new("ballot-objection-long").number("most", most));
        }
        lines.push(Line { reference: option.reference.clone(), priority: number, objection: reason });
    }
    let says_something = lines.iter().any(|line| line.priority.is_some() || !line.objection.is_empty());
    let abstains = fields.value("abstain") == "yes";
    if errors.is_empty() {
        if abstains && says_something {
            errors.add("abstain", Message::new("ballot-abstain-alone"));
        } else if !abstains && !says_something {
            errors.add("abstain", Message::new("ballot-paper-empty"));
        }
    }
    errors.into_result()?;
    Ok(if abstains { Vote::Abstain } else { Vote::Ranked(lines) })
}

/// Reads an explanation of position: its own language, and both texts.
pub fn position(fields: &Fields) -> (Lang, Bilingual<String>) {
    let original = Lang::from_code(fields.value("original")).unwrap_or(Lang::En);
    (original, fields.both("text"))
}

/// Returns the fields of a delegation's newest paper, to be changed into the next.
pub fn paper_fields(latest: Option<&Paper>) -> Fields {
    let mut fields = Fields::none().set("after", latest.map_or(0, |paper| paper.number).to_string());
    let Some(paper) = latest else { return fields };
    if paper.kind == PaperKind::Abstain {
        fields.push("abstain", "yes");
    }
    for line in &paper.lines {
        let priority = line.priority.map_or_else(String::new, |priority| priority.to_string());
        fields.push(&priority_field(&line.reference), priority);
        fields.push(&objection_field(&line.reference), line.objection.clone());
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::SubmissionId;
    use crate::submissions::State;

    fn option(reference: &str) -> BallotOption {
        BallotOption {
            submission: SubmissionId::new(),
            reference: reference.to_owned(),
            title: Bilingual::default(),
            summary: Bilingual::default(),
            original: Lang::En,
            state: State::Accepted,
            review_score: String::new(),
        }
    }

    fn codes(fields: &Fields) -> Vec<(String, String)> {
        let errors = read_vote(fields, &[option("PA-1"), option("PA-2")], 5).expect_err("refused");
        errors.iter().map(|(field, messages)| (field.to_owned(), messages[0].code.clone())).collect()
    }

    #[test]
    fn a_blank_is_unranked_and_equal_numbers_are_a_tie() {
        let fields =
            Fields::none().set("priority|PA-1", "2").set("priority|PA-2", " ").set("objection|PA-2", " a\r\nb ");
        let vote = read_vote(&fields, &[option("PA-1"), option("PA-2")], 5).expect("read");
        let line = |reference: &str, priority, objection: &str| Line {
            reference: reference.to_owned(),
            priority,
            objection: objection.to_owned(),
        };
        assert_eq!(vote, Vote::Ranked(vec![line("PA-1", Some(2), ""), line("PA-2", None, "a\nb")]));
    }

    #[test]
    fn a_paper_says_something_or_abstains_but_not_both() {
        let pair = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
        assert_eq!(codes(&Fields::none()), pair("abstain", "ballot-paper-empty"));
        let both = Fields::none().set("abstain", "yes").set("priority|PA-1", "1");
        assert_eq!(codes(&both), pair("abstain", "ballot-abstain-alone"));
        let wrong = Fields::none().set("priority|PA-1", "6").set("objection|PA-2", "x".repeat(751));
        let mut expected = pair("objection|PA-2", "ballot-objection-long");
        expected.extend(pair("priority|PA-1", "ballot-priority"));
        assert_eq!(codes(&wrong), expected);
    }

    #[test]
    fn a_closing_time_is_read_in_the_legal_zone_and_shown_as_it_was_written() {
        let at = read_moment("2020-11-16T18:00", Tz::Asia__Kabul).expect("read");
        assert_eq!(at.format(LOCAL).to_string(), "2020-11-16T13:30");
        assert_eq!(read_moment("16.11.2020", Tz::Asia__Kabul), None);
        assert_eq!(read_moment("2020-11-16T18:0é", Tz::Asia__Kabul), None);
    }
}
