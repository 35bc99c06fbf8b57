//! The page of the ranking: table and chart, fractions turned into decimals.

use std::collections::BTreeSet;

use askama::Template;
use num_rational::BigRational;

use super::model::STEP_MAX;
use super::operations::RankingLook;
use super::pages::criterion_label;
use super::ranking::{RankingLine, root_two_decimals, two_decimals};
use crate::classification::List;
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::policy::{Action, Target};
use crate::web::forms::{Fields, FormView};
use crate::web::layout::Frame;
use crate::web::reader::Member;
use crate::web::{Answer, PageResult};

/// The ranking.
#[derive(Template)]
#[template(path = "reviews/ranking.html")]
struct RankingPage {
    frame: Frame,
    is_made_up: bool,
    filter: FormView,
    themes: Vec<(String, String)>,
    address: String,
    criteria: Vec<String>,
    rows: Vec<Row>,
    export: Option<String>,
}

/// One line of the table and of the chart.
struct Row {
    rank: String,
    is_tied: bool,
    reference: String,
    href: String,
    title: String,
    delegation: String,
    score: Option<String>,
    exact: String,
    by_criterion: Vec<(String, String)>,
    reviews: usize,
    needs_information: usize,
    spread: String,
    deviation: Option<String>,
    bar: String,
    whisker: Option<(String, String)>,
}

/// Shows the ranking of a session, of all actions or of one theme; the places are always those among all.
pub fn show(member: &Member<'_>, look: &RankingLook, theme: &str) -> PageResult {
    let texts = member.texts();
    let session = &look.session;
    let address = format!("/sessions/{}/ranking", session.number);
    let in_theme = |line: &&RankingLine| theme.is_empty() || line.submission.columns.theme.as_deref() == Some(theme);
    let sees_reviews = member.may(Action::ViewAllReviews, &Target::of_session(session.id.clone()));
    let may_export = member.may(Action::ExportReviews, &Target::of_session(session.id.clone()));
    let page = RankingPage {
        frame: Frame::new(member, texts.text("ranking-title"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(session.title.get(member.lang).clone(), format!("/sessions/{}", session.number)),
        is_made_up: session.is_demonstration,
        filter: FormView::fresh(Fields::none().set("theme", theme)),
        themes: themes(texts, look),
        criteria: look.ranking.criteria.iter().map(|criterion| criterion_label(texts, criterion)).collect(),
        rows: look.ranking.lines.iter().filter(in_theme).map(|line| row(texts, look, line, sees_reviews)).collect(),
        export: may_export
            .then(|| format!("/sessions/{}/exports/ranking.csv?lang={}", session.number, member.lang.code())),
        address,
    };
    Answer::page(&page)
}

fn themes(texts: Texts, look: &RankingLook) -> Vec<(String, String)> {
    let held: BTreeSet<&str> =
        look.ranking.lines.iter().filter_map(|line| line.submission.columns.theme.as_deref()).collect();
    let label = |code: &&str| {
        let entry = List::Theme.entry(code)?;
        Some(((*code).to_owned(), entry.label(List::Theme, texts.lang())))
    };
    std::iter::once((String::new(), texts.text("all"))).chain(held.iter().filter_map(label)).collect()
}

fn row(texts: Texts, look: &RankingLook, line: &RankingLine, sees_reviews: bool) -> Row {
    let lang: Lang = texts.lang();
    let shown = |number: &BigRational| texts.decimal(&two_decimals(number));
    let or_dash = |number: &Option<BigRational>| number.as_ref().map_or_else(|| "\u{2013}".to_owned(), shown);
    let names = look.ranking.criteria.iter().map(|criterion| criterion.name.get(lang).clone());
    Row {
        rank: line.rank.map_or_else(|| "\u{2013}".to_owned(), |rank| rank.to_string()),
        is_tied: look.ranking.is_tied(line),
        reference: line.submission.reference.clone(),
        href: format!("/submissions/{}{}", line.submission.reference, if sees_reviews { "/review" } else { "" }),
        title: line.submission.title_or_reference(lang).to_owned(),
        delegation: look
            .delegations
            .get(&line.submission.delegation)
            .map_or_else(String::new, |delegation| delegation.name.get(lang).clone()),
        score: line.score.as_ref().map(shown),
        exact: line.score.as_ref().map_or_else(String::new, ToString::to_string),
        by_criterion: names.zip(line.by_criterion.iter().map(or_dash)).collect(),
        reviews: line.reviews,
        needs_information: line.needs_information,
        spread: or_dash(&line.spread),
        deviation: line.variance.as_ref().map(|variance| texts.decimal(&root_two_decimals(variance))),
        bar: line.score.as_ref().map_or_else(|| "0".to_owned(), share),
        whisker: line.range.as_ref().filter(|(low, high)| low < high).map(|(low, high)| (share(low), share(high))),
    }
}

/// Returns where a score stands on a scale of 0 to 100, for drawing.
fn share(score: &BigRational) -> String {
    let hundred = BigRational::from_integer(100.into());
    two_decimals(&(score * hundred / BigRational::from_integer(STEP_MAX.into())))
}
