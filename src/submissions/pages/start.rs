//! The page that starts a submission.

use askama::Template;

use super::frame_in;
use crate::kernel::fields::FieldErrors;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::sessions::Step;
use crate::submissions::operations::Wanted;
use crate::web::errors::refusal;
use crate::web::forms::FormView;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// A section of the questionnaire to come.
struct SectionView {
    title: String,
    intro: String,
}

#[derive(Template)]
#[template(path = "submissions/new.html")]
struct StartPage {
    frame: Frame,
    form: FormView,
    kind: &'static str,
    closed: Option<String>,
    closes: Option<String>,
    sections: Vec<SectionView>,
    delegations: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    questions: String,
}

/// What to show again after a start that did not happen.
#[derive(Debug)]
pub struct StartAgain {
    /// What was chosen.
    pub fields: Fields,
    /// Messages about it.
    pub errors: FieldErrors,
    /// Whether a rule was in the way.
    pub is_refused: bool,
}

/// Shows what will be asked and starts it; when the window is closed, says when it is open.
pub fn start(reader: &Reader, wanted: &Wanted, kind: Kind, again: Option<StartAgain>) -> PageResult {
    let texts = reader.texts();
    let session = &wanted.calendar.session;
    let closed = wanted.calendar.expect_writing(reader.now()).err();
    let has_errors = again.as_ref().is_some_and(|again| !again.errors.is_empty());
    let is_refused = again.as_ref().is_some_and(|again| again.is_refused);
    let code = wanted.delegations.first().map(|one| one.code.clone()).unwrap_or_default();
    let form = match again {
        Some(again) => FormView::again(texts, again.fields, &again.errors),
        None => FormView::fresh(Fields::none().set("original", reader.lang.code()).set("delegation", code)),
    };
    let window = wanted.calendar.window(Step::Submissions);
    let page = StartPage {
        frame: frame_in(reader, session, texts.code("submission-start", kind))
            .crumb(texts.text("submissions-title"), format!("/sessions/{}/submissions", session.number))
            .form("main"),
        form,
        kind: kind.code(),
        closes: window.map(|window| {
            if wanted.calendar.takes_late(reader.now()) {
                return texts.text("submission-late-now");
            }
            let (legal, own) = (texts.moment(window.closes_at, session.time_zone), reader.zone);
            let own = texts.moment(window.closes_at, own);
            if own == legal {
                texts.one("submission-closes", "at", legal)
            } else {
                texts.with("submission-closes-both", &[("at", legal), ("own", own)])
            }
        }),
        closed: closed.map(|message| refusal(texts, &message)),
        sections: wanted
            .questionnaire
            .sections
            .iter()
            .map(|section| SectionView {
                title: section.title.get(reader.lang).clone(),
                intro: section.intro.as_ref().map(|intro| intro.get(reader.lang).clone()).unwrap_or_default(),
            })
            .collect(),
        delegations: wanted
            .delegations
            .iter()
            .map(|one| (one.code.clone(), one.name.get(reader.lang).clone()))
            .collect(),
        languages: Lang::ALL
            .iter()
            .map(|lang| (lang.code().to_owned(), texts.code("submission-language", lang)))
            .collect(),
        questions: format!("/sessions/{}/questionnaires/{kind}", session.number),
    };
    if is_refused { Answer::conflict(&page) } else { Answer::again(&page, has_errors) }
}
