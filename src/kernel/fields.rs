//! Messages about fields: which field, what is wrong, with which values. Words are found by the pages.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

/// A value inside a message, written in the reader's language when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text as it is.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A moment of Coordinated Universal Time, shown in a zone.
    Moment(NaiveDateTime, Tz),
    /// A code, worded by the key `prefix-code`.
    Code(&'static str, String),
}

/// A message as data: a code and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The code; its words are found under a key that ends in it.
    pub code: String,
    /// The values, by name.
    pub values: Vec<(&'static str, Value)>,
}

impl Message {
    /// Returns a message without values.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), values: Vec::new() }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((name, value));
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(name, Value::Text(value.into()))
    }

    /// Adds a whole number.
    #[must_use]
    pub fn number(self, name: &'static str, value: i64) -> Self {
        self.with(name, Value::Number(value))
    }
}

/// All messages about the fields of one form, by field name (`title|en`, `indicators.0.name`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<String, Vec<Message>>);

impl FieldErrors {
    /// Returns no messages.
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns one message about one field.
    pub fn one(field: impl Into<String>, message: Message) -> Self {
        let mut errors = Self::none();
        errors.add(field, message);
        errors
    }

    /// Adds a message.
    pub fn add(&mut self, field: impl Into<String>, message: Message) {
        self.0.entry(field.into()).or_default().push(message);
    }

    /// Adds every message of another form or part.
    pub fn extend(&mut self, other: &Self) {
        for (field, messages) in other.iter() {
            self.0.entry(field.to_owned()).or_default().extend_from_slice(messages);
        }
    }

    /// Returns whether there is nothing to complain of.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns every field with its messages, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Message])> {
        self.0.iter().map(|(field, messages)| (field.as_str(), messages.as_slice()))
    }

    /// Returns the messages about one field.
    pub fn of(&self, field: &str) -> &[Message] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// Refuses unless there are no messages.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// Returns a text without room around it and with one sign for the end of a line, as it is stored.
pub fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}
