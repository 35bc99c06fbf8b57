//! The form of a ballot that is being prepared.

use askama::Template;

use super::{ballot_frame, list_address, session_frame};
use crate::ballots::forms::{self, QUORUMS, SECRECIES, TITLE_CHARS_MAX, TITLE_RU_CHARS_MAX};
use crate::ballots::operations::viewing::Setting;
use crate::i18n::{Texts, order};
use crate::kernel::fields::FieldErrors;
use crate::sessions::VotingRules;
use crate::tally::turnout::Base;
use crate::tally::{Method, TieRule};
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// Codes with their words.
type Choices = Vec<(String, String)>;

/// The form.
#[derive(Template)]
#[template(path = "ballots/form.html")]
struct FormPage {
    frame: Frame,
    form: FormView,
    action: String,
    back: String,
    zone: String,
    limits: (usize, usize),
    actions: Choices,
    waiting: Choices,
    methods: Choices,
    explained: Choices,
    tie_rules: Choices,
    bases: Choices,
    quorums: Choices,
    secrecies: Choices,
    delegations: Choices,
    is_stale: bool,
}

impl FormPage {
    fn new(reader: &Reader, setting: &Setting, form: FormView) -> Self {
        let (texts, session) = (reader.texts(), &setting.session);
        let list = list_address(session.number);
        let (frame, action, back) = if let Some((ballot, _)) = &setting.ballot {
            let own = format!("{list}/{}", ballot.number);
            (ballot_frame(reader, session, ballot, texts.text("ballot-edit")), format!("{own}/edit"), own)
        } else {
            let frame = session_frame(reader, session, texts.text("ballot-new"));
            (frame.crumb(texts.text("ballot-list"), list.clone()), format!("{list}/new"), list)
        };
        let codes = |prefix: &'static str, codes: &[&'static str]| -> Choices {
            codes.iter().map(|code| ((*code).to_owned(), words(texts, prefix, code))).collect()
        };
        Self {
            frame: frame.form("main"),
            form,
            action,
            back,
            zone: session.time_zone.name().replace('_', " "),
            limits: (TITLE_CHARS_MAX, TITLE_RU_CHARS_MAX),
            actions: actions(reader, setting),
            waiting: super::waiting(
                reader,
                setting.actions.iter().filter_map(|action| {
                    Some((action.reference.as_str(), setting.missing.get(&action.id)?.as_slice()))
                }),
            ),
            methods: codes("method", &VotingRules::methods().map(Method::code).collect::<Vec<_>>()),
            explained: VotingRules::methods().map(|method| explained(texts, method)).collect(),
            tie_rules: codes("tie-rule", &TieRule::CODES),
            bases: codes("ballot-base", &Base::ALL.iter().map(|base| base.code()).collect::<Vec<_>>()),
            quorums: codes("ballot-quorum", &QUORUMS),
            secrecies: codes("ballot-secrecy", &SECRECIES),
            delegations: delegations(reader, setting),
            is_stale: false,
        }
    }
}

/// Returns the name of a method and what it does.
fn explained(texts: Texts, method: Method) -> (String, String) {
    (texts.code("method", method), texts.text(&format!("method-{method}-explained")))
}

fn words(texts: Texts, prefix: &str, code: &str) -> String {
    match prefix {
        "method" => texts.code("method", code),
        "tie-rule" => texts.code("tie-rule", code),
        "ballot-base" => texts.code("ballot-base", code),
        "ballot-secrecy" => texts.code("ballot-secrecy", code),
        _ => texts.code("ballot-quorum", code),
    }
}

fn actions(reader: &Reader, setting: &Setting) -> Choices {
    let label = |reference: &str, title: &str| format!("{reference} · {title}");
    let actions = setting
        .actions
        .iter()
        .map(|action| (action.reference.clone(), label(&action.reference, action.title_or_reference(reader.lang))));
    actions.collect()
}

fn delegations(reader: &Reader, setting: &Setting) -> Choices {
    let mut known: Choices = setting
        .delegations
        .iter()
        .map(|delegation| (delegation.code.clone(), delegation.name.get(reader.lang).clone()))
        .collect();
    known.sort_by(|a, b| order::compare(reader.lang, &a.1, &b.1));
    let mut all = vec![(String::new(), reader.texts().text("ballot-asked-by-nobody"))];
    all.append(&mut known);
    all
}

/// Shows the form with what is stored, or with the rules of the session for a new ballot.
pub fn form(reader: &Reader, setting: &Setting) -> PageResult {
    let fields = match &setting.ballot {
        Some((ballot, options)) => {
            forms::stored(ballot, options, setting.asked_by.as_deref(), setting.session.time_zone)
        }
        None => forms::fresh(&setting.session.rules),
    };
    Answer::page(&FormPage::new(reader, setting, FormView::fresh(fields)))
}

/// Shows the form again with what was typed and all messages.
pub fn again(reader: &Reader, setting: &Setting, fields: Fields, errors: &FieldErrors) -> PageResult {
    let form = FormView::again(reader.texts(), fields, errors);
    Answer::again(&FormPage::new(reader, setting, form), !errors.is_empty())
}

/// Shows the form with what was typed after somebody else changed the ballot; sending it again overwrites that.
pub fn stale(reader: &Reader, setting: &Setting, fields: Fields) -> PageResult {
    let edition = setting.ballot.as_ref().map_or(0, |(ballot, _)| ballot.edition);
    let form = FormView::fresh(fields.set("edition", edition.to_string()));
    Answer::conflict(&FormPage { is_stale: true, ..FormPage::new(reader, setting, form) })
}
