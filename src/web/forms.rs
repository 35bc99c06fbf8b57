//! Forms that lose nothing: what was typed comes back with every message at once.
//!
//! [`Posted`] is the only way to take a form. It checks the token, reads the fields, applies the rules of the form
//! (`FromForm` and `validator`), and recognises the language switch, which shows the form again in the other
//! language with everything typed still there.

use std::collections::BTreeMap;

use rocket::data::{ByteUnit, Data, FromData, Outcome};
use rocket::form::error::ErrorKind;
use rocket::form::{DataField, Form, FromForm, ValueField};
use rocket::http::Status;
use rocket::request::{self, FromRequest, Request};
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::reader::{self, Reader};
use super::{language, resend};
use crate::i18n::Texts;
use crate::kernel::code::Code;
use crate::kernel::fields::{FieldErrors, Message, Value, tidy};
use crate::kernel::lang::{Bilingual, Lang};

/// Field of the token.
pub const TOKEN: &str = "csrf";
/// Field of the language switch.
const SWITCH: &str = "_language";
/// Largest file that is taken from a form.
const FILE_SIZE_BYTES_MAX: ByteUnit = ByteUnit::Mebibyte(2);

/// What was typed: every field with its values, in order; and files that were sent along, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Vec<String>>, BTreeMap<String, Sent>);

/// A file that was sent along: its name as the browser gave it, and its content.
type Sent = (String, Vec<u8>);

impl Fields {
    /// Returns no fields.
    pub fn none() -> Self {
        Self(BTreeMap::new(), BTreeMap::new())
    }

    /// Sets a field to one value.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), vec![value.into()]);
        self
    }

    /// Adds a value to a field.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.entry(name.to_owned()).or_default().push(value.into());
    }

    /// Returns a text in both languages, of the fields `<name>_en` and `<name>_ru`, tidy.
    pub fn both(&self, name: &str) -> Bilingual<String> {
        let side = |lang: Lang| tidy(self.value(&format!("{name}_{lang}")));
        Bilingual::new(side(Lang::En), side(Lang::Ru))
    }

    /// Returns the first value of a field, or nothing typed.
    pub fn value(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Returns all values of a field.
    pub fn values(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns the fields without those that a test drops.
    #[must_use]
    pub fn without(mut self, drops: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|name, _| !drops(name));
        self
    }

    /// Returns the content of a file that was sent along; nothing when none was chosen.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.1.get(name).map(|(_, content)| content.as_slice()).filter(|content| !content.is_empty())
    }

    /// Returns the name of a file that was sent along, without folders.
    pub fn file_name(&self, name: &str) -> &str {
        let full = self.1.get(name).map_or("", |(name, _)| name.as_str());
        full.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// Returns whether files were sent along.
    pub fn has_files(&self) -> bool {
        self.1.values().any(|(_, content)| !content.is_empty())
    }

    /// Returns every pair of name and value, but the token and the language switch.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(name, _)| name.as_str() != TOKEN && name.as_str() != SWITCH)
            .flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value.as_str())))
    }
}

#[rocket::async_trait]
impl<'r> FromForm<'r> for Fields {
    type Context = Self;

    fn init(_: rocket::form::Options) -> Self {
        Self::none()
    }

    fn push_value(context: &mut Self, field: ValueField<'r>) {
        context.push(field.name.source().as_str(), field.value);
    }

    async fn push_data(context: &mut Self, field: DataField<'r, '_>) {
        // Why: the whole form is limited already, and a file cut off there makes the form an error.
        let name = field.name.source().as_str().to_owned();
        let title = field.file_name.map_or("", |name| name.dangerous_unsafe_unsanitized_raw().as_str()).to_owned();
        if let Ok(content) = field.data.open(FILE_SIZE_BYTES_MAX).into_bytes().await {
            context.1.insert(name, (title, content.into_inner()));
        }
    }

    fn finalize(context: Self) -> rocket::form::Result<'r, Self> {
        Ok(context)
    }
}

impl Validate for Fields {
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}

/// The form of a button: nothing but the token matters.
pub type Nothing = Fields;

/// What is shown in a form: values and messages.
#[derive(Debug, Clone)]
pub struct FormView {
    /// What was typed, or what is stored.
    pub fields: Fields,
    /// Messages, worded.
    pub errors: ErrorView,
}

impl FormView {
    /// Returns a form that shows stored values.
    pub fn fresh(fields: Fields) -> Self {
        Self { fields, errors: ErrorView::default() }
    }

    /// Returns a form that shows what was typed, with messages.
    pub fn again(texts: Texts, fields: Fields, errors: &FieldErrors) -> Self {
        Self { fields, errors: ErrorView::new(texts, errors) }
    }

    /// Returns the value of a field.
    pub fn value(&self, name: &str) -> &str {
        self.fields.value(name)
    }

    /// Returns whether a field holds a value: for choices and ticks.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.values(name).iter().any(|held| held == value)
    }
}

/// Messages about fields, worded: key `error-<code>`.
#[derive(Debug, Clone, Default)]
pub struct ErrorView(BTreeMap<String, String>);

impl ErrorView {
    /// Words the messages.
    pub fn new(texts: Texts, errors: &FieldErrors) -> Self {
        let word = |messages: &[Message]| {
            messages.iter().map(|message| worded(texts, "error", message)).collect::<Vec<_>>().join(" ")
        };
        Self(errors.iter().map(|(field, messages)| (field.to_owned(), word(messages))).collect())
    }

    /// Returns the message about a field.
    pub fn of(&self, field: &str) -> Option<String> {
        self.0.get(field).cloned()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns every message with the id of its field, for the summary.
    pub fn all(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(field, text)| (field_id(field), text.clone())).collect()
    }
}

/// Returns the id of a field in the page: `f-` and the name with other characters than letters and digits replaced.
pub fn field_id(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '-' };
    format!("f-{}", name.chars().map(safe).collect::<String>())
}

/// Words a message: key `<prefix>-<code>`, values written as the language writes them.
pub fn worded(texts: Texts, prefix: &str, message: &Message) -> String {
    let values: Vec<(&str, String)> = message
        .values
        .iter()
        .map(|(name, value)| {
            let text = match value {
                Value::Text(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Moment(at, zone) => texts.moment(*at, *zone),
                Value::Code(prefix, code) => texts.code(prefix, code),
            };
            (*name, text)
        })
        .collect();
    texts.with(&format!("{prefix}-{}", message.code), &values)
}

/// A form that arrived with a token of ours.
pub struct Posted<T> {
    /// Everything typed.
    pub fields: Fields,
    /// The language asked for with the switch, if that button was pressed.
    pub switch: Option<Lang>,
    /// The form, or what is wrong with it.
    pub checked: Result<T, FieldErrors>,
}

impl<T> Posted<T> {
    /// Returns the form, or the fields and messages to show it again with. A pressed language switch shows it again
    /// without messages.
    pub fn take(self) -> Result<(T, Fields), (Fields, FieldErrors)> {
        match (self.switch, self.checked) {
            (Some(_), _) => Err((self.fields, FieldErrors::none())),
            (None, Ok(form)) => Ok((form, self.fields)),
            (None, Err(errors)) => Err((self.fields, errors)),
        }
    }
}

#[rocket::async_trait]
impl<'r, T> FromData<'r> for Posted<T>
where
    T: for<'f> FromForm<'f> + Validate + Send + 'r,
{
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let Ok(reader) = reader::of(request).await else {
            return Outcome::Forward((data, Status::ServiceUnavailable));
        };
        let fields = match Form::<Fields>::from_data(request, data).await {
            Outcome::Success(form) => form.into_inner(),
            Outcome::Error((status, _)) | Outcome::Forward((_, status)) => return Outcome::Error((status, ())),
        };
        if !is_ours(request, reader, &fields) {
            return Outcome::Error((Status::Forbidden, ()));
        }
        resend::remember(request, &fields);
        let switch = Lang::from_code(fields.value(SWITCH));
        if let Some(lang) = switch
            && language::keep(request.cookies(), reader, lang).await.is_err()
        {
            return Outcome::Error((Status::ServiceUnavailable, ()));
        }
        let checked = check(&fields);
        Outcome::Success(Self { fields, switch, checked })
    }
}

/// Reads a form from its fields and applies its rules.
pub fn check<T: for<'f> FromForm<'f> + Validate>(fields: &Fields) -> Result<T, FieldErrors> {
    match Form::<T>::parse_iter(fields.iter().map(ValueField::from)) {
        Ok(form) => match form.validate() {
            Ok(()) => Ok(form),
            Err(errors) => Err(flatten(&errors)),
        },
        Err(errors) => Err(of_rocket(&errors)),
    }
}

/// Refuses a text of nothing but spaces: for `#[validate(custom(function = "filled"))]`.
pub fn filled(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() { Err(ValidationError::new("required")) } else { Ok(()) }
}

/// Whether a form came from a page of ours in this browser: by its token, and by what the browser says.
fn is_ours(request: &Request<'_>, reader: &Reader, fields: &Fields) -> bool {
    OwnSite::of(request).accepts(reader, fields.value(TOKEN))
}

/// What the browser says of where a form comes from: for a form that is read part by part, and for scripts.
#[derive(Debug, Clone, Copy)]
pub struct OwnSite(bool);

impl OwnSite {
    fn of(request: &Request<'_>) -> Self {
        Self(request.headers().get_one("Sec-Fetch-Site").is_none_or(|site| site != "cross-site"))
    }

    /// Returns whether a form with this token came from a page of ours in this browser.
    pub fn accepts(self, reader: &Reader, token: &str) -> bool {
        self.0 && reader.seed.accepts(token)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for OwnSite {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, ()> {
        request::Outcome::Success(Self::of(request))
    }
}

/// A request of a script of ours: it carries the token of the page in a header.
#[derive(Debug, Clone, Copy)]
pub struct Tokened;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Tokened {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, ()> {
        let Ok(reader) = reader::of(request).await else {
            return request::Outcome::Error((Status::ServiceUnavailable, ()));
        };
        let token = request.headers().get_one("X-Form-Token").unwrap_or_default();
        if OwnSite::of(request).accepts(reader, token) {
            request::Outcome::Success(Self)
        } else {
            request::Outcome::Error((Status::Forbidden, ()))
        }
    }
}

/// Turns Rocket's messages into ours: a missing or unreadable field.
fn of_rocket(errors: &rocket::form::Errors<'_>) -> FieldErrors {
    let mut all = FieldErrors::none();
    for error in errors.iter() {
        let field = error.name.as_ref().map_or_else(String::new, ToString::to_string);
        let code = match &error.kind {
            ErrorKind::Missing => "required",
            ErrorKind::Int(_) => "whole-number",
            ErrorKind::InvalidLength { .. } => "length",
            _ => "unreadable",
        };
        // Why: a number field that was left empty is missing, not misspelt.
        let code = if error.value.as_deref() == Some("") { "required" } else { code };
        all.add(field, Message::new(code));
    }
    all
}

/// Turns validator's messages into ours: nested and list messages become `field.2.part`.
pub fn flatten(errors: &ValidationErrors) -> FieldErrors {
    let mut all = FieldErrors::none();
    gather("", errors, &mut all);
    all
}

fn gather(prefix: &str, errors: &ValidationErrors, all: &mut FieldErrors) {
    let name = |part: &str| if prefix.is_empty() { part.to_owned() } else { format!("{prefix}.{part}") };
    for (field, kind) in errors.errors() {
        match kind {
            ValidationErrorsKind::Field(messages) => {
                for message in messages {
                    all.add(name(field), of_validator(message));
                }
            }
            ValidationErrorsKind::Struct(inner) => gather(&name(field), inner, all),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    gather(&name(&format!("{field}.{index}")), inner, all);
                }
            }
        }
    }
}

/// Values that validator names, by the names our texts use.
const PARAMETERS: &[&str] = &["min", "max", "limit", "other"];

fn of_validator(error: &ValidationError) -> Message {
    let mut message = Message::new(error.code.replace('_', "-"));
    for name in PARAMETERS {
        if let Some(value) = error.params.get(*name) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            message = message.text(name, text);
        }
    }
    message
}
