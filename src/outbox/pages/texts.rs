//! What mails say: each kind in both languages, with an example, and the form in which the secretariat sets other words.

use askama::Template;

use super::in_force;
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::MessageId;
use crate::kernel::lang::{Bilingual, Lang};
use crate::outbox::delivery::WITHHELD;
use crate::outbox::letters::{Written, standard, words};
use crate::outbox::model::{Facts, PLACE, TOKEN, Wording};
use crate::outbox::store::SetWording;
use crate::outbox::{Fact, Kind, Message, State};
use crate::web::again::Again;
use crate::web::{Answer, Fields, FormView, Frame, Member, PageResult, Reader};

/// Address of the list.
pub const LIST: &str = "/outbox/texts";

/// The words that the secretariat set.
type Set = [SetWording];

/// The list.
#[derive(Template)]
#[template(path = "outbox/texts.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<KindView>,
}

/// One kind.
struct KindView {
    name: String,
    links: Vec<LinkView>,
}

/// One kind in one language.
struct LinkView {
    label: String,
    href: String,
    is_set: bool,
}

/// Shows the list.
pub fn list(member: &Member<'_>, set: &Set) -> PageResult {
    let texts = member.texts();
    let link = |kind: Kind, lang: Lang| LinkView {
        label: texts.code("account-language", lang),
        href: format!("{LIST}/{kind}/{lang}"),
        is_set: set.iter().any(|(of, language, ..)| (*of, *language) == (kind, lang)),
    };
    let row = |kind: &Kind| KindView {
        name: texts.code("mail-kind", kind),
        links: Lang::ALL.iter().map(|lang| link(*kind, *lang)).collect(),
    };
    Answer::page(&ListPage {
        frame: Frame::new(member, texts.text("mail-texts")).crumb(texts.text("nav-outbox"), "/outbox"),
        rows: Kind::ALL.iter().map(row).collect(),
    })
}

/// The form with an example.
#[derive(Template)]
#[template(path = "outbox/text.html")]
struct FormPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    address: String,
    language: &'static str,
    names: String,
    is_set: bool,
    example: Written,
}

/// Shows the form: with the words in force, or again with what was typed.
pub fn form(member: &Member<'_>, (kind, lang): (Kind, Lang), set: &Set, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = member.texts();
    let stored = set.iter().find(|(of, language, ..)| (*of, *language) == (kind, lang));
    let (typed, again) = typed.map_or((None, None), |(fields, again)| (Some(fields), Some(again)));
    let fresh = || {
        let wording = stored.map_or_else(|| standard(kind, lang), |(_, _, wording, _)| wording.clone());
        let edition = stored.map_or(0, |(.., edition)| *edition);
        Fields::none().set("subject", wording.subject).set("body", wording.body).set("edition", edition.to_string())
    };
    let fields = typed.unwrap_or_else(fresh);
    let errors = Again::errors(again.as_ref());
    let page = FormPage {
        frame: Frame::new(
            member,
            format!("{}: {}", texts.code("mail-kind", kind), texts.code("account-language", lang)),
        )
        .crumb(texts.text("nav-outbox"), "/outbox")
        .crumb(texts.text("mail-texts"), LIST)
        .form("mail-text"),
        notice: Again::notice(again.as_ref(), texts, "mail-text-overtaken"),
        address: format!("{LIST}/{kind}/{lang}"),
        language: lang.code(),
        names: kind.facts().iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", "),
        is_set: stored.is_some(),
        example: example(member, (kind, lang), set, &fields, &errors),
        form: FormView::again(texts, fields, &errors),
    };
    Again::answer(again.as_ref(), &page)
}

/// Returns a mail about nothing real, with the words that stand in the form where these can be used.
fn example(reader: &Reader, (kind, lang): (Kind, Lang), set: &Set, fields: &Fields, errors: &FieldErrors) -> Written {
    let mut wordings = in_force(set);
    if errors.is_empty() {
        let typed = Wording { subject: fields.value("subject").to_owned(), body: fields.value("body").to_owned() };
        wordings.insert((kind, lang), typed);
    }
    words(&message(reader, kind, lang), &[], reader.site.public_url.as_deref().unwrap_or_default(), WITHHELD, &wordings)
}

/// Returns an example of a message.
fn message(reader: &Reader, kind: Kind, lang: Lang) -> Message {
    let texts = crate::i18n::Texts::of(lang);
    let now = reader.now();
    let named = |key: &str| Fact::Text(texts.text(key));
    let fact = |name: &str| match name {
        "reference" => Fact::Text("PA-KAZ-2020-001".to_owned()),
        "programme" => Fact::Text("WP-2020".to_owned()),
        "kind" => Fact::code("kind", "action"),
        "count" => Fact::Number(3),
        "at" | "until" | "deadline" => Fact::moment(now, reader.zone),
        "machine" => Fact::Text("Firefox, Linux".to_owned()),
        "change" => Fact::code("factor-change", "set"),
        "inviter" => named("capacity-secretariat"),
        "session" => named("mail-example-session"),
        "ballot" => named("mail-example-ballot"),
        "answer" if kind == Kind::ConsentAnswered => Fact::code("consent-state", "given"),
        "answer" => Fact::code("co-sponsor-state", "joined"),
        "delegation" | "country" => named("mail-example-delegation"),
        _ => named("mail-example-title"),
    };
    let mut facts: Facts = kind.facts().iter().map(|name| ((*name).to_owned(), fact(name))).collect();
    let place = texts.text("mail-example-delegation");
    facts.insert(PLACE.to_owned(), Fact::Both(Bilingual::new(place.clone(), place)));
    let link = if matches!(kind, Kind::Invitation | Kind::PasswordLink) {
        format!("/invitations/{TOKEN}")
    } else {
        "/".to_owned()
    };
    Message {
        id: MessageId::from("example"),
        kind,
        account: None,
        email: String::new(),
        name: texts.text("capacity-head"),
        capacity: "head".to_owned(),
        delegation: None,
        language: lang,
        facts,
        link,
        secret_seed: String::new(),
        asks: kind.asks("head"),
        in_digest: false,
        unique_key: String::new(),
        subject: String::new(),
        body: String::new(),
        created_at: now,
        due_at: now,
        state: State::Waiting,
        attempts: 0,
        last_error: String::new(),
        sent_at: None,
    }
}
