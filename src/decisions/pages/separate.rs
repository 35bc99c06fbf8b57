//! The parts of a text that are voted separately: asked for, voted in the room, shown.

use askama::Template;

use super::{address, frame, name, place};
use crate::decisions::model::separate::{Part, paragraphs};
use crate::decisions::operations::viewing::Look;
use crate::decisions::operations::{own_target, target};
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::policy::Action;
use crate::programmes::VoteAnswer;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// A part as it is shown.
pub struct PartView {
    /// What it is called: part and letter.
    pub head: String,
    /// Who asked.
    pub asked_by: String,
    /// What it says in English.
    pub en: String,
    /// What it says in Russian.
    pub ru: String,
    /// What became of it.
    pub result: String,
    /// Each answer with the names of those who gave it.
    pub answers: Vec<(String, String)>,
}

/// Returns the parts of a decision.
pub fn parts(texts: Texts, look: &Look) -> Vec<PartView> {
    look.parts.iter().map(|part| view(texts, look, part)).collect()
}

fn view(texts: Texts, look: &Look, part: &Part) -> PartView {
    let names = |answer: VoteAnswer| {
        let own = part.votes.iter().filter(|(_, given)| *given == answer);
        let mut names: Vec<String> = own.map(|(delegation, _)| name(look, delegation, texts.lang())).collect();
        names.sort();
        (!names.is_empty()).then(|| (texts.code("decision-vote", answer), names.join(", ")))
    };
    PartView {
        head: texts.one("decision-part", "letter", &part.letter),
        asked_by: name(look, &part.asked_by, texts.lang()),
        en: part.text.en.clone(),
        ru: part.text.ru.clone(),
        result: result(texts, look, part),
        answers: VoteAnswer::ALL.iter().filter_map(|answer| names(*answer)).collect(),
    }
}

/// Words what became of a part.
pub fn result(texts: Texts, look: &Look, part: &Part) -> String {
    let (Some(is_kept), Some((base, quorum))) = (part.is_kept, look.decision.rules) else {
        return texts.text("decision-part-waits");
    };
    let result = part.result(base, quorum);
    let key = if is_kept { "decision-part-kept" } else { "decision-part-left-out" };
    texts.with(key, &[("yes", result.yes), ("no", result.no), ("abstain", result.abstain)])
}

/// The page.
#[derive(Template)]
#[template(path = "decisions/separate.html")]
struct SeparatePage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    edition: i32,
    action: String,
    back: String,
    parts: Vec<PartView>,
    asks: bool,
    paragraphs: Vec<(String, String)>,
    delegations: Vec<(String, String)>,
    vote: Option<VoteForm>,
    answers: Vec<(String, String)>,
}

/// The form of the vote on a part: where it goes, what is voted, the delegations in the order of the call.
struct VoteForm {
    action: String,
    head: String,
    called: Vec<(String, String)>,
}

fn vote_form(reader: &Reader, look: &Look, action: &str) -> Option<VoteForm> {
    let texts = reader.texts();
    let part = look.parts.iter().find(|part| part.is_kept.is_none())?;
    let called = look.votes.iter().filter_map(|vote| look.delegations.get(&vote.delegation));
    Some(VoteForm {
        action: format!("{action}/{}", part.letter),
        head: texts.one("decision-part-vote", "letter", &part.letter),
        called: called.map(|one| (format!("answer|{}", one.code), one.name.get(reader.lang).clone())).collect(),
    })
}

fn answers(texts: Texts) -> Vec<(String, String)> {
    let choose = (String::new(), texts.text("decision-part-choose"));
    let answers = VoteAnswer::ALL.iter().map(|answer| (answer.code().to_owned(), texts.code("decision-vote", answer)));
    std::iter::once(choose).chain(answers).collect()
}

/// Shows the page, fresh or again with what was typed.
pub fn show(reader: &Reader, look: &Look, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = reader.texts();
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let at = place(&look.session, &look.decision);
    let action = address(at, "/parts");
    let leads = reader.may(Action::ManageDecision, &target(&look.decision));
    let may_own = look.own.as_ref().is_some_and(|own| reader.may(Action::AskForPart, &own_target(&look.decision, own)));
    let has_begun = look.parts.iter().any(|part| part.is_kept.is_some())
        || look.votes.iter().any(|vote| vote.answer.is_some() || vote.has_passed);
    let asks = !has_begun && (may_own || reader.may(Action::AskForPart, &target(&look.decision)));
    let page = SeparatePage {
        frame: frame(reader, look, texts.text("decision-parts"))
            .crumb(look.decision.title.get(reader.lang).clone(), address(at, "")),
        form: FormView::again(texts, typed.unwrap_or_else(Fields::none), &Again::errors(again)),
        notice: Again::notice(again, texts, "decision-stale"),
        edition: look.decision.edition,
        back: address(at, ""),
        parts: parts(texts, look),
        asks,
        paragraphs: choices(texts, look, reader.lang),
        delegations: if leads { delegations(reader, look) } else { Vec::new() },
        answers: answers(texts),
        vote: if leads { vote_form(reader, look, &action) } else { None },
        action,
    };
    Again::answer(again, &page)
}

/// Returns the paragraphs that can still be asked for, numbered.
fn choices(texts: Texts, look: &Look, lang: Lang) -> Vec<(String, String)> {
    let Some(text) = look.text() else { return Vec::new() };
    let free = |number: &usize| look.parts.iter().all(|part| part.paragraph != *number);
    let numbered = (1_usize..).zip(paragraphs(text.text.get(lang))).filter(|(number, _)| free(number));
    let choice = |(number, words): (usize, &str)| {
        let label =
            texts.with("decision-part-paragraph", &[("number", number.to_string()), ("words", words.to_owned())]);
        (number.to_string(), label)
    };
    numbered.map(choice).collect()
}

fn delegations(reader: &Reader, look: &Look) -> Vec<(String, String)> {
    let voting = look.delegations.values().filter(|delegation| delegation.votes);
    let mut found: Vec<(String, String)> =
        voting.map(|one| (one.code.clone(), one.name.get(reader.lang).clone())).collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found.insert(0, (String::new(), reader.texts().text("decision-choose")));
    found
}
