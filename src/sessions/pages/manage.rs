//! The forms about a session: details, windows, criteria, voting rules. All keep what was typed, and when somebody
//! else changed the session meanwhile they show both sides.

use askama::Template;
use rocket::http::Status;

use super::{TabView, address, tabs, title, zone_name, zones};
use crate::i18n::Texts;
use crate::kernel::code::Code;
use crate::kernel::fields::FieldErrors;
use crate::sessions::forms::{self, QUORUM_NUMBER, TAKES_LATE};
use crate::sessions::model::drafts::{CRITERIA_MAX, HELP_CHARS_MAX, NAME_CHARS_MAX, TITLE_CHARS_MAX, russian_limit};
use crate::sessions::operations::Managed;
use crate::sessions::{Step, VotingRules};
use crate::tally::turnout::Base;
use crate::tally::{Method, TieRule};
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Title, place, days, zone, programme years.
    Details,
    /// Windows of the steps.
    Windows,
    /// Criteria of review.
    Criteria,
    /// Voting rules.
    Rules,
}

/// What is shown in a form.
pub enum Shown {
    /// What is stored.
    Stored,
    /// What was typed, with messages.
    Typed(Fields, FieldErrors),
    /// What was typed over an edition that is no longer the stored one.
    Overtaken(Fields),
}

/// A field that differs between what is stored now and what was typed.
pub struct Difference {
    label: String,
    stored: String,
    typed: String,
}

/// What the forms share.
struct Sheet {
    form: FormView,
    action: String,
    cancel: String,
    /// What differs, when somebody else was first.
    differences: Option<Vec<Difference>>,
}

/// The form of a new session, and of the details of one.
#[derive(Template)]
#[template(path = "sessions/details.html")]
struct DetailsPage {
    frame: Frame,
    sheet: Sheet,
    tabs: Vec<TabView>,
    zones: Vec<(String, String)>,
    is_new: bool,
    title_limits: (u32, u32),
}

/// The form of the windows.
#[derive(Template)]
#[template(path = "sessions/windows.html")]
struct WindowsPage {
    frame: Frame,
    sheet: Sheet,
    tabs: Vec<TabView>,
    zone: String,
    steps: Vec<StepFields>,
}

/// The two fields of a step.
struct StepFields {
    name: String,
    explained: String,
    opens: String,
    closes: String,
}

/// The form of the criteria.
#[derive(Template)]
#[template(path = "sessions/criteria.html")]
struct CriteriaPage {
    frame: Frame,
    sheet: Sheet,
    tabs: Vec<TabView>,
    is_fixed: bool,
    rows: Vec<CriterionFields>,
    most: usize,
    name_limits: (u32, u32),
    help_limits: (u32, u32),
}

/// The fields of a criterion.
struct CriterionFields {
    number: usize,
    name_en: String,
    name_ru: String,
    help_en: String,
    help_ru: String,
    weight: String,
    remove: String,
}

/// The form of the voting rules.
#[derive(Template)]
#[template(path = "sessions/rules.html")]
struct RulesPage {
    frame: Frame,
    sheet: Sheet,
    tabs: Vec<TabView>,
    methods: Vec<(String, String)>,
    tie_rules: Vec<(String, String)>,
    bases: Vec<(String, String)>,
    quorums: Vec<(String, String)>,
    explained: Vec<(String, String)>,
}

/// Shows the form of a new session; `number` is the one proposed.
pub fn new_session(reader: &Reader, number: i32, typed: Option<(Fields, FieldErrors)>) -> PageResult {
    let texts = reader.texts();
    let has_errors = typed.as_ref().is_some_and(|(_, errors)| !errors.is_empty());
    let form = match typed {
        Some((fields, errors)) => FormView::again(texts, fields, &errors),
        None => FormView::fresh(Fields::none().set("number", number.to_string())),
    };
    let frame = Frame::new(reader, texts.text("session-new")).crumb(texts.text("nav-sessions"), "/sessions");
    let action = "/sessions/new".to_owned();
    let page = DetailsPage {
        frame: frame.form("main"),
        sheet: Sheet { form, action, cancel: "/sessions".to_owned(), differences: None },
        tabs: Vec::new(),
        zones: zones(texts),
        is_new: true,
        title_limits: (TITLE_CHARS_MAX, russian_limit(TITLE_CHARS_MAX)),
    };
    Answer::again(&page, has_errors)
}

/// Shows one of the forms of a session.
pub fn show(reader: &Reader, form: Form, managed: &Managed, shown: Shown) -> PageResult {
    let texts = reader.texts();
    let session = &managed.calendar.session;
    let stored = form.stored(managed);
    let is_overtaken = matches!(shown, Shown::Overtaken(_));
    let has_errors = matches!(&shown, Shown::Typed(_, errors) if !errors.is_empty());
    let (view, differences) = match shown {
        Shown::Stored => (FormView::fresh(stored), None),
        Shown::Typed(fields, errors) => (FormView::again(texts, fields, &errors), None),
        Shown::Overtaken(fields) => {
            let differences = differences(texts, &form.labels(texts, &stored, &fields), &stored, &fields);
            (FormView::fresh(fields.set("edition", session.edition.to_string())), Some(differences))
        }
    };
    let (own, hub) = (address(session.number, form.page()), address(session.number, ""));
    let sheet = Sheet { form: view, action: own, cancel: hub.clone(), differences };
    let frame = Frame::new(reader, texts.text(form.key()))
        .crumb(texts.text("nav-sessions"), "/sessions")
        .crumb(title(session, reader.lang), hub)
        .form("main");
    let tabs = tabs(texts, session, form.page());
    let code = match (is_overtaken, has_errors) {
        (true, _) => Status::Conflict,
        (false, true) => Status::UnprocessableEntity,
        (false, false) => Status::Ok,
    };
    form.page_of(code, (texts, managed), frame, sheet, tabs)
}

impl Form {
    /// Returns the last part of the form's address.
    pub fn page(self) -> &'static str {
        match self {
            Self::Details => "edit",
            Self::Windows => "windows",
            Self::Criteria => "criteria",
            Self::Rules => "rules",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Details => "session-edit",
            Self::Windows => "session-windows",
            Self::Criteria => "session-criteria",
            Self::Rules => "session-rules",
        }
    }

    fn stored(self, managed: &Managed) -> Fields {
        let session = &managed.calendar.session;
        match self {
            Self::Details => forms::of_details(session),
            Self::Windows => forms::of_dates(session, &managed.calendar.windows),
            Self::Criteria => forms::of_criteria(session, &managed.criteria),
            Self::Rules => forms::of_rules(session),
        }
    }

    /// Returns the fields with their labels, for showing what differs.
    fn labels(self, texts: Texts, stored: &Fields, typed: &Fields) -> Vec<(String, String)> {
        let both = |name: &str, label: &str| {
            let label = texts.text(label);
            let side = |side: &str, key| (format!("{name}_{side}"), format!("{label} ({})", texts.text(key)));
            vec![side("en", "session-side-en"), side("ru", "session-side-ru")]
        };
        let one = |name: &str, label: &str| vec![(name.to_owned(), texts.text(label))];
        match self {
            Self::Details => [
                both("title", "session-title"),
                both("place", "session-place"),
                one("starts_on", "session-starts"),
                one("ends_on", "session-ends"),
                one("time_zone", "session-zone"),
                one("first_year", "session-first-year"),
                one("last_year", "session-last-year"),
            ]
            .concat(),
            Self::Windows => {
                let field = |step: &Step, end: &str, key| {
                    (format!("{step}_{end}"), format!("{}: {}", texts.code("step", step), texts.text(key)))
                };
                let of = |step| [field(step, "opens", "session-opens"), field(step, "closes", "session-closes")];
                Step::ALL.iter().flat_map(of).chain(one(TAKES_LATE, "session-takes-late")).collect()
            }
            Self::Criteria => (0..forms::rows(stored).max(forms::rows(typed)))
                .flat_map(|row| {
                    let number = move |label: String| format!("{}. {label}", row + 1);
                    let named = both(&format!("rows.{row}.name"), "criterion-name");
                    let helped = both(&format!("rows.{row}.help"), "criterion-help");
                    let weighed = one(&format!("rows.{row}.weight"), "criterion-weight");
                    [named, helped, weighed].concat().into_iter().map(move |(name, label)| (name, number(label)))
                })
                .collect(),
            Self::Rules => [
                one("method", "session-method"),
                one("tie_rule", "session-tie-rule"),
                one("base", "session-base"),
                one("quorum", "session-quorum"),
                one("quorum_number", "session-quorum-number"),
            ]
            .concat(),
        }
    }

    fn page_of(
        self,
        code: Status,
        (texts, managed): (Texts, &Managed),
        frame: Frame,
        sheet: Sheet,
        tabs: Vec<TabView>,
    ) -> PageResult {
        match self {
            Self::Details => Answer::page_as(
                code,
                &DetailsPage {
                    frame,
                    sheet,
                    tabs,
                    zones: zones(texts),
                    is_new: false,
                    title_limits: (TITLE_CHARS_MAX, russian_limit(TITLE_CHARS_MAX)),
                },
            ),
            Self::Windows => {
                let zone = zone_name(texts, managed.calendar.session.time_zone);
                Answer::page_as(code, &WindowsPage { frame, sheet, tabs, zone, steps: step_fields(texts) })
            }
            Self::Criteria => Answer::page_as(
                code,
                &CriteriaPage {
                    frame,
                    rows: criterion_fields(&sheet.form.fields),
                    sheet,
                    tabs,
                    is_fixed: managed.has_reviews,
                    most: CRITERIA_MAX,
                    name_limits: (NAME_CHARS_MAX, russian_limit(NAME_CHARS_MAX)),
                    help_limits: (HELP_CHARS_MAX, russian_limit(HELP_CHARS_MAX)),
                },
            ),
            Self::Rules => Answer::page_as(
                code,
                &RulesPage {
                    frame,
                    sheet,
                    tabs,
                    methods: worded(texts, "method", VotingRules::methods().map(Method::code)),
                    tie_rules: worded(texts, "tie-rule", TieRule::CODES),
                    bases: worded(texts, "session-base", Base::ALL.iter().map(Code::code)),
                    quorums: worded(texts, "session-quorum", ["none", "majority-of-electorate", QUORUM_NUMBER]),
                    explained: explained(texts),
                },
            ),
        }
    }
}

fn worded<'a>(texts: Texts, prefix: &str, codes: impl IntoIterator<Item = &'a str>) -> Vec<(String, String)> {
    codes.into_iter().map(|code| (code.to_owned(), texts.code(prefix, code))).collect()
}

/// Every method that is offered, and every tie rule, with its explanation.
fn explained(texts: Texts) -> Vec<(String, String)> {
    let methods = VotingRules::methods();
    let methods = methods.map(|method| (texts.code("method", method), format!("method-{method}-explained")));
    let rules = TieRule::CODES.into_iter().filter(|code| VotingRules::is_tie_rule(code));
    let rules = rules.map(|code| (texts.code("tie-rule", code), format!("tie-rule-{code}-explained")));
    methods.chain(rules).map(|(name, key)| (name, texts.text(&key))).collect()
}

fn step_fields(texts: Texts) -> Vec<StepFields> {
    Step::ALL
        .iter()
        .map(|step| StepFields {
            name: texts.code("step", step),
            explained: texts.text(&format!("session-step-{step}-explained")),
            opens: format!("{step}_opens"),
            closes: format!("{step}_closes"),
        })
        .collect()
}

fn criterion_fields(fields: &Fields) -> Vec<CriterionFields> {
    (0..forms::rows(fields).max(1))
        .map(|row| CriterionFields {
            number: row,
            name_en: format!("rows.{row}.name_en"),
            name_ru: format!("rows.{row}.name_ru"),
            help_en: format!("rows.{row}.help_en"),
            help_ru: format!("rows.{row}.help_ru"),
            weight: format!("rows.{row}.weight"),
            remove: format!("_remove.{row}"),
        })
        .collect()
}

fn differences(texts: Texts, labels: &[(String, String)], stored: &Fields, typed: &Fields) -> Vec<Difference> {
    labels
        .iter()
        .filter(|(name, _)| stored.value(name).trim() != typed.value(name).trim())
        .map(|(name, label)| Difference {
            label: label.clone(),
            stored: value(texts, name, stored.value(name)),
            typed: value(texts, name, typed.value(name)),
        })
        .collect()
}

/// Writes a value of a form as people read it.
fn value(texts: Texts, name: &str, value: &str) -> String {
    let value = value.trim();
    match name {
        _ if value.is_empty() => texts.text("not-given"),
        TAKES_LATE => texts.text("session-late-taken"),
        "time_zone" => value.parse().map_or_else(|_| value.to_owned(), |zone| zone_name(texts, zone)),
        "method" => texts.code("method", value),
        "tie_rule" => texts.code("tie-rule", value),
        "base" => texts.code("session-base", value),
        "quorum" => texts.code("session-quorum", value),
        _ if name.ends_with("_opens") || name.ends_with("_closes") => value.replace('T', " "),
        _ => value.to_owned(),
    }
}
