//! Page texts in both languages: looked up by key, filled with values, formatted as the language writes them.
//!
//! The texts live in `locales/{en,ru}/<room>.ftl`. Code below the pages knows no text. Start with [`Texts`].

mod format;
pub mod imitation;
pub mod order;

pub use format::offset;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;

use crate::kernel::body;
use crate::kernel::lang::Lang;

/// The message files.
#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

/// Bundles by language, built once.
static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| [bundle(Lang::En), bundle(Lang::Ru)]);

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = lang.code().parse().expect("invariant: language codes are language tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    if imitation::is_on(lang) {
        bundle.set_transform(Some(imitation::lengthened));
    }
    for path in Locales::iter().filter(|path| path.starts_with(&format!("{lang}/"))) {
        let file = Locales::get(&path).expect("invariant: listed files are embedded");
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(text)
            .unwrap_or_else(|(_, errors)| panic!("invariant: {path} parses; it does not: {errors:?}"));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("invariant: no key twice; {path} repeats one: {errors:?}"));
    }
    bundle.add_resource_overriding(
        own_words(lang)
            .unwrap_or_else(|error| panic!("invariant: the words of the body are checked and parse: {error}")),
    );
    bundle
}

/// Returns the words that the body puts in the place of the embedded ones.
fn own_words(lang: Lang) -> Result<FluentResource, String> {
    parsed(body::text(&format!("messages/{lang}.ftl"), ""))
}

fn parsed(text: &str) -> Result<FluentResource, String> {
    let read = FluentResource::try_new(text.to_owned());
    read.map_err(|(_, errors)| errors.first().map_or_else(String::new, ToString::to_string))
}

/// Returns the keys of a file of messages, or why it cannot stand in the place of embedded ones: each must be one of them.
pub fn check(text: &str) -> Result<BTreeSet<String>, String> {
    parsed(text)?;
    let embedded: BTreeSet<String> = Locales::iter()
        .filter_map(|path| Locales::get(&path))
        .flat_map(|file| keys(&String::from_utf8_lossy(&file.data)))
        .collect();
    let own = keys(text);
    match own.difference(&embedded).next() {
        Some(key) => Err(format!("there is no message `{key}`")),
        None => Ok(own),
    }
}

/// Returns the keys of a file of messages: what stands before an equals sign at the beginning of a line.
fn keys(text: &str) -> BTreeSet<String> {
    let names = text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
    names.filter(|key| !key.starts_with(['#', ' ', '[', '*', '.'])).map(str::to_owned).collect()
}

/// The texts of one language. Cheap to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts(Lang);

impl Texts {
    /// Returns the texts of a language.
    pub const fn of(lang: Lang) -> Self {
        Self(lang)
    }

    /// Returns the language.
    pub const fn lang(&self) -> Lang {
        self.0
    }

    /// Returns the code of the language, for the `lang` attribute.
    pub const fn lang_code(&self) -> &'static str {
        self.0.code()
    }

    /// Returns the direction in which the language is written, for the `dir` attribute.
    pub fn direction(&self) -> &'static str {
        if imitation::is_on(self.0) { "rtl" } else { self.0.direction() }
    }

    /// Returns the text of a key. A missing key shows as itself, and fails the tests.
    pub fn text(&self, key: &str) -> String {
        self.fill(key, None)
    }

    /// Returns the text of a key with values filled in; whole numbers choose plural forms.
    pub fn with<V: ToString>(&self, key: &str, values: &[(&str, V)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set((*name).to_owned(), value_of(&value.to_string()));
        }
        self.fill(key, Some(&args))
    }

    /// Returns the text of a key with one value filled in.
    pub fn one<V: ToString>(&self, key: &str, name: &str, value: V) -> String {
        self.with(key, &[(name, value)])
    }

    /// Returns the text of a code: key `state-draft` for prefix `state` and code `draft`.
    pub fn code(&self, prefix: &str, code: impl std::fmt::Display) -> String {
        self.text(&format!("{prefix}-{code}"))
    }

    /// Returns whether a key exists in this language.
    pub fn has(&self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self.0 {
            Lang::En => &BUNDLES[0],
            Lang::Ru => &BUNDLES[1],
        }
    }

    fn fill(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = bundle.format_pattern(pattern, args, &mut errors);
        if imitation::is_on(self.0) { format!("[{text}]") } else { text.into_owned() }
    }
}

/// Whole numbers become numbers, so that plural rules apply; anything else stays text.
fn value_of(text: &str) -> FluentValue<'static> {
    let is_plain_number = text.len() < 16 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<f64>() {
        Ok(number) if is_plain_number && (text == "0" || !text.starts_with('0')) => FluentValue::from(number),
        _ => FluentValue::from(text.to_owned()),
    }
}
