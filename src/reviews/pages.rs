//! The list of a session's reviews, the review of one action, the recusal.

pub mod offline;

use std::collections::BTreeSet;

use askama::Template;

use super::forms::{ACT_FIELD, EDITION_FIELD, GIVE, REVISION_FIELD, fields_of};
use super::model::{Ground, Marks, REASON_CHARS_MAX, Review, State, mark_field};
use super::operations::{Look, Overview, Progress, Shown, Standing, Subject};
use super::ranking::{review_score, two_decimals};
use super::remarks::{self, Kept, pages::RemarksView};
use super::scale::steps;
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::policy::{Action, Target};
use crate::questionnaires::{AnswerLang, Answers, Question, QuestionKind};
use crate::sessions::{Criterion, Session, Step};
use crate::submissions::Submission;
use crate::web::again::Again;
use crate::web::errors::refusal;
use crate::web::forms::{Fields, FormView};
use crate::web::layout::Frame;
use crate::web::reader::Member;
use crate::web::{Answer, PageResult};

/// Returns the address of the list on which an action stands.
pub fn list_address(subject: &Subject) -> String {
    format!("/sessions/{}/reviews", subject.calendar.session.number)
}

pub(super) fn frame_in(member: &Member<'_>, session: &Session, title: String) -> Frame {
    let href = format!("/sessions/{}", session.number);
    Frame::new(member, title)
        .crumb(member.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(member.lang).clone(), href)
}

/// The list.
#[derive(Template)]
#[template(path = "reviews/list.html")]
struct ListPage {
    frame: Frame,
    closed: Option<String>,
    window: Option<String>,
    is_made_up: bool,
    figures: Vec<(usize, String)>,
    next: Option<String>,
    rows: Option<Vec<Row>>,
    progress: Option<Vec<ProgressRow>>,
    actions: Vec<Row>,
    ranking: Option<String>,
    assignments: Option<String>,
    /// Where the files of the session are.
    exports: String,
    /// Workbooks to fill in off line, while reviews can be given.
    files: Vec<(String, String)>,
    offline: String,
}

/// One action on the list.
struct Row {
    reference: String,
    title: String,
    delegation: String,
    class: &'static str,
    state: String,
    href: String,
    is_asked: bool,
    agreement: String,
}

/// One reviewer's progress.
struct ProgressRow {
    name: String,
    asked: usize,
    given: usize,
    drafts: usize,
    not_begun: usize,
    recused: usize,
    is_done: bool,
}

const fn standing_words(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::NotBegun => ("review-state-not-begun", ""),
        Standing::Draft => ("review-state-draft", "note"),
        Standing::Given => ("review-state-given", "good"),
        Standing::Recused => ("review-state-recused", "lead"),
    }
}

/// Shows a session's reviews: the reviewer's own work, and everybody's progress to the secretariat.
pub fn list(member: &Member<'_>, overview: &Overview) -> PageResult {
    let texts = member.texts();
    let session = &overview.calendar.session;
    let own = overview.own.as_ref();
    let row = |action: &Submission, standing: Option<Standing>| {
        let (key, class) = standing.map_or(("", ""), standing_words);
        Row {
            reference: action.reference.clone(),
            title: action.title_or_reference(member.lang).to_owned(),
            delegation: overview
                .delegations
                .get(&action.delegation)
                .map_or_else(String::new, |delegation| delegation.name.get(member.lang).clone()),
            class,
            state: if key.is_empty() { String::new() } else { texts.text(key) },
            href: format!("/submissions/{}/review", action.reference),
            is_asked: own.is_some_and(|own| own.asked.is_some() && own.is_asked(&action.id)),
            agreement: agreement(texts, overview, action),
        }
    };
    let standing = |progress: &Progress, action: &Submission| {
        progress.standings.iter().find(|(id, _)| *id == action.id).map(|(_, standing)| *standing)
    };
    let to_do = |action: &&Submission| {
        let held = own.and_then(|progress| standing(progress, action));
        let is_asked = own.is_some_and(|own| own.is_asked(&action.id));
        is_asked && matches!(held, Some(Standing::NotBegun | Standing::Draft))
    };
    let next = overview.actions.iter().find(to_do).filter(|_| overview.closed.is_none());
    let window = overview.calendar.window(Step::Reviews);
    let may_rank = member.may(Action::ViewRanking, &Target::of_session(session.id.clone()));
    let page = ListPage {
        frame: frame_in(member, session, texts.text("reviews-title")),
        closed: overview.closed.as_ref().map(|message| refusal(texts, message)),
        window: window.map(|window| {
            let (legal, own) =
                (texts.moment(window.closes_at, session.time_zone), texts.moment(window.closes_at, member.zone));
            if legal == own { legal } else { format!("{legal} · {own}") }
        }),
        is_made_up: session.is_demonstration,
        figures: own.map(|progress| figures(texts, progress)).unwrap_or_default(),
        next: next.map(|action| format!("/submissions/{}/review", action.reference)),
        rows: own
            .map(|progress| overview.actions.iter().map(|action| row(action, standing(progress, action))).collect()),
        progress: overview.all.as_ref().map(|all| all.iter().map(progress_row).collect()),
        actions: overview.actions.iter().map(|action| row(action, None)).collect(),
        assignments: overview.all.as_ref().map(|_| format!("/sessions/{}/reviews/assignments", session.number)),
        exports: format!("/sessions/{}/exports", session.number),
        ranking: may_rank.then(|| format!("/sessions/{}/ranking", session.number)),
        files: own
            .filter(|_| overview.closed.is_none())
            .map_or_else(Vec::new, |_| offline::files(texts, session.number)),
        offline: offline::list(session.number),
    };
    Answer::page(&page)
}

fn figures(texts: Texts, progress: &Progress) -> Vec<(usize, String)> {
    [Standing::Given, Standing::Draft, Standing::NotBegun, Standing::Recused]
        .into_iter()
        .map(|standing| (progress.number(standing), texts.text(standing_words(standing).0)))
        .collect()
}

/// Words how many reviews of an action were given and how far they agree, for those who may see them all.
fn agreement(texts: Texts, overview: &Overview, action: &Submission) -> String {
    let Some(given) = overview.given.get(&action.id) else { return String::new() };
    let mut words = vec![texts.one("remark-reviews", "number", given.reviews)];
    if given.reviews > 0 {
        words.push(texts.code("agreement", given.agreement));
    }
    if given.recommended.len() > 1 {
        words.push(texts.text("agreement-recommendations"));
    }
    words.join(" ")
}

fn progress_row(progress: &Progress) -> ProgressRow {
    let (drafts, not_begun) = (progress.number_asked(Standing::Draft), progress.number_asked(Standing::NotBegun));
    ProgressRow {
        name: progress.name.clone(),
        asked: progress.asked.as_ref().map_or(progress.standings.len(), BTreeSet::len),
        given: progress.number(Standing::Given),
        drafts,
        not_begun,
        recused: progress.number(Standing::Recused),
        is_done: drafts + not_begun == 0,
    }
}

/// The review of one action.
#[derive(Template)]
#[template(path = "reviews/review.html")]
struct ReviewPage {
    frame: Frame,
    form: FormView,
    action: String,
    reference: String,
    facts: Vec<(String, String)>,
    sections: Vec<SectionView>,
    notice: Option<(&'static str, String)>,
    recused: Option<String>,
    stored: Option<ReviewView>,
    is_reviewer: bool,
    is_given: bool,
    is_open: bool,
    is_sealed: bool,
    criteria: Vec<CriterionView>,
    reason_max: usize,
    reason_hint: String,
    own: Option<ReviewView>,
    others: Vec<ReviewView>,
    back: String,
    recusal: String,
    revision: i32,
    changed: Option<String>,
    recommendations: Vec<(String, String)>,
    can_take_back: bool,
    act: (&'static str, &'static str),
    edition: String,
}

/// A criterion as the form shows it.
struct CriterionView {
    field: String,
    label: String,
    help: String,
    choices: Vec<(String, String)>,
}

/// A review as it is read.
struct ReviewView {
    heading: String,
    score: String,
    marks: Vec<(String, String)>,
    reason: String,
    remarks: RemarksView,
}

/// A section of the action's answers.
struct SectionView {
    title: String,
    answers: Vec<AnswerView>,
}

/// An answer of the action, in the language in which it is given.
struct AnswerView {
    label: String,
    text: String,
    lang: Option<&'static str>,
}

/// Shows the review of an action: the form to its reviewer, the others' reviews to those who may see them.
pub fn review(member: &Member<'_>, look: &Look, again: Option<(Fields, Again)>) -> PageResult {
    let texts = member.texts();
    let subject = &look.subject;
    let (typed, again) = again.unzip();
    let again = again.as_ref();
    let is_stale = matches!(again, Some(Again::Stale));
    let closed = look.closed.as_ref().filter(|_| look.reviews).map(|message| ("note", refusal(texts, message)));
    let notice = Again::notice(again, texts, "review-stale").map(|words| ("bad", words)).or(closed);
    let errors = Again::errors(again);
    let held = look.own.as_ref();
    let edition = held.map_or(0, |review| review.edition);
    // A stale form goes on from what is stored now: its reader has both texts before them.
    let edition =
        typed.as_ref().filter(|_| !is_stale).map_or(edition.to_string(), |typed| typed.value(EDITION_FIELD).to_owned());
    let is_open = look.closed.is_none() || typed.is_some();
    let newest = subject.submission.revision;
    let seen = typed.as_ref().and_then(|typed| typed.value(REVISION_FIELD).parse().ok()).unwrap_or(newest);
    let fields = typed.unwrap_or_else(|| remarks::pages::with_fields(fields_of(held), look.own_kept.as_ref()));
    let view = |heading: String, review: &Review, kept: Option<&Kept>| {
        let remarks = remarks::pages::shown(texts, kept, newest);
        ReviewView { remarks, ..review_view(texts, &subject.criteria, heading, review) }
    };
    let own_kept = look.own_kept.as_ref();
    let is_given = held.is_some_and(|review| review.state == State::Given);
    let page = ReviewPage {
        frame: frame_in(
            member,
            &subject.calendar.session,
            texts.one("review-title", "reference", &subject.submission.reference),
        )
        .crumb(texts.text("reviews-title"), list_address(subject))
        .form("review"),
        form: FormView::again(texts, fields, &errors),
        action: format!("/submissions/{}/review", subject.submission.reference),
        reference: subject.submission.reference.clone(),
        facts: facts(member, subject),
        sections: sections(member.lang, look),
        notice,
        recused: subject.ground.as_ref().map(|ground| ground_words(member, ground)),
        stored: held.filter(|_| is_stale).map(|review| view(texts.text("review-stored"), review, own_kept)),
        is_reviewer: look.reviews,
        is_given,
        is_open: look.reviews && is_open,
        is_sealed: look.reviews && !is_given,
        criteria: criteria_views(texts, &subject.criteria),
        reason_max: REASON_CHARS_MAX,
        reason_hint: texts.text("review-reason-hint"),
        own: held.filter(|_| look.reviews && !is_open).map(|review| view(texts.text("review-own"), review, own_kept)),
        others: look
            .others
            .iter()
            .enumerate()
            .map(|(index, shown)| view(heading(texts, index, shown), &shown.review, shown.kept.as_ref()))
            .collect(),
        back: list_address(subject),
        recusal: format!("/submissions/{}/recusal", subject.submission.reference),
        revision: seen,
        changed: own_kept.filter(|kept| kept.revision < newest).map(|kept| remarks::pages::judged(texts, kept, newest)),
        recommendations: remarks::pages::choices(texts),
        can_take_back: matches!(subject.ground, Some(Ground::Stated(_))) && look.closed.is_none(),
        act: (ACT_FIELD, GIVE),
        edition,
    };
    Again::answer(again, &page)
}

fn heading(texts: Texts, index: usize, shown: &Shown) -> String {
    shown.name.clone().unwrap_or_else(|| texts.one("review-other", "number", index + 1))
}

fn facts(member: &Member<'_>, subject: &Subject) -> Vec<(String, String)> {
    let texts = member.texts();
    let columns = &subject.submission.columns;
    let years = columns
        .first_year
        .zip(columns.last_year)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}\u{2013}{last}") });
    let mut facts = vec![
        (texts.text("review-action"), subject.submission.title_or_reference(member.lang).to_owned()),
        (texts.text("review-delegation"), subject.delegation.name.get(member.lang).clone()),
    ];
    facts.extend(years.map(|years| (texts.text("review-years"), years)));
    facts
}

fn ground_words(member: &Member<'_>, ground: &Ground) -> String {
    match ground {
        Ground::OwnDelegation => member.texts().text("review-recused-own"),
        Ground::Stated(recusal) => member.texts().one("review-recused-stated", "reason", &recusal.reason),
    }
}

fn criteria_views(texts: Texts, criteria: &[Criterion]) -> Vec<CriterionView> {
    let lang = texts.lang();
    let words = |mark: super::Mark, meaning: &str| match mark.step() {
        Some(step) => format!("{step} \u{2013} {meaning}"),
        None => meaning.to_owned(),
    };
    let choices: Vec<(String, String)> =
        steps().iter().map(|step| (step.mark.code().to_owned(), words(step.mark, step.meaning.get(lang)))).collect();
    criteria
        .iter()
        .map(|criterion| CriterionView {
            field: mark_field(&criterion.id),
            label: criterion_label(texts, criterion),
            help: criterion.help.get(lang).clone(),
            choices: choices.clone(),
        })
        .collect()
}

/// Returns the name of a criterion with its weight.
pub fn criterion_label(texts: Texts, criterion: &Criterion) -> String {
    let name = criterion.name.get(texts.lang()).clone();
    texts.with("review-criterion-weight", &[("name", name), ("weight", criterion.weight.to_string())])
}

fn review_view(texts: Texts, criteria: &[Criterion], heading: String, review: &Review) -> ReviewView {
    let score = review_score(criteria, &review.marks).map(|score| texts.decimal(&two_decimals(&score)));
    ReviewView {
        heading,
        score: score.unwrap_or_else(|| texts.text("review-no-score")),
        marks: marks_words(texts, criteria, &review.marks),
        reason: review.reason.clone(),
        remarks: RemarksView::default(),
    }
}

fn marks_words(texts: Texts, criteria: &[Criterion], marks: &Marks) -> Vec<(String, String)> {
    criteria
        .iter()
        .map(|criterion| {
            let words = match marks.get(&criterion.id) {
                None => texts.text("not-given"),
                Some(mark) => mark.step().map_or_else(|| texts.code("review-mark", mark), |step| step.to_string()),
            };
            (criterion.name.get(texts.lang()).clone(), words)
        })
        .collect()
}

/// Returns the answers that anybody of the group may read, section by section; what was not answered is left out.
fn sections(lang: Lang, look: &Look) -> Vec<SectionView> {
    let original = look.subject.submission.original;
    let read = |question: &Question| answer_view(question, &look.answers, lang, original);
    look.questionnaire
        .sections
        .iter()
        .map(|section| SectionView {
            title: section.title.get(lang).clone(),
            answers: section.questions.iter().filter(|question| !question.private).filter_map(read).collect(),
        })
        .filter(|section| !section.answers.is_empty())
        .collect()
}

fn answer_view(question: &Question, answers: &Answers, lang: Lang, original: Lang) -> Option<AnswerView> {
    let label = question.label.get(lang).clone();
    if question.kind != QuestionKind::Rows {
        let (text, held) = text_of(question, &question.code, answers, lang, original)?;
        return Some(AnswerView { label, text, lang: held });
    }
    let row = |row: usize| {
        let cells: Vec<String> = question
            .columns
            .iter()
            .filter_map(|column| {
                text_of(column, &format!("{}.{row}.{}", question.code, column.code), answers, lang, original)
            })
            .map(|(text, _)| text)
            .collect();
        cells.join(" · ")
    };
    let rows: Vec<String> = (0..answers.rows(&question.code)).map(row).filter(|row| !row.is_empty()).collect();
    (!rows.is_empty()).then(|| AnswerView { label, text: rows.join("\n"), lang: None })
}

/// Returns the text of an answer and its language where that is not the page's.
fn text_of(
    question: &Question,
    path: &str,
    answers: &Answers,
    lang: Lang,
    original: Lang,
) -> Option<(String, Option<&'static str>)> {
    if question.is_bilingual() {
        return [lang, original, lang.other()].into_iter().find_map(|side| {
            let text = answers.get(path, side);
            (!text.is_empty()).then(|| (text.to_owned(), (side != lang).then_some(side.code())))
        });
    }
    let text = answers.get(path, AnswerLang::Neutral);
    let words = match question.kind {
        QuestionKind::Choice | QuestionKind::Choices => {
            answers.codes(path).into_iter().map(|code| question.word(code, lang)).collect::<Vec<_>>().join("\n")
        }
        QuestionKind::Tick => String::new(),
        QuestionKind::Number => text.parse().map_or(text.to_owned(), |number| Texts::of(lang).number(number)),
        _ => text.to_owned(),
    };
    (!words.is_empty()).then_some((words, None))
}

/// The recusal.
#[derive(Template)]
#[template(path = "reviews/recusal.html")]
struct RecusalPage {
    frame: Frame,
    form: FormView,
    action: String,
    facts: Vec<(String, String)>,
    notice: Option<String>,
    reason_max: usize,
    back: String,
}

/// Shows the form of a recusal.
pub fn recusal(member: &Member<'_>, subject: &Subject, again: Option<(Fields, Again)>) -> PageResult {
    let texts = member.texts();
    let (fields, again) = again.unzip();
    let again = again.as_ref();
    let errors = Again::errors(again);
    let back = format!("/submissions/{}/review", subject.submission.reference);
    let page = RecusalPage {
        frame: frame_in(member, &subject.calendar.session, texts.text("review-recuse-title"))
            .crumb(texts.text("reviews-title"), list_address(subject))
            .crumb(subject.submission.reference.clone(), back.clone())
            .form("recusal"),
        form: FormView::again(texts, fields.unwrap_or_default(), &errors),
        action: format!("/submissions/{}/recusal", subject.submission.reference),
        facts: facts(member, subject),
        notice: Again::notice(again, texts, "refusal-stale"),
        reason_max: REASON_CHARS_MAX,
        back,
    };
    Again::answer(again, &page)
}
