//! The two languages of the group and texts that exist in both.

use crate::coded_enum;

coded_enum! {
    /// A language of the platform.
    pub enum Lang {
        /// English.
        En = "en",
        /// Russian.
        Ru = "ru",
    }
}

impl Lang {
    /// Returns the other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Ru,
            Self::Ru => Self::En,
        }
    }

    /// Returns the direction in which the language is written, as the `dir` attribute says it.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::En | Self::Ru => "ltr",
        }
    }
}

/// The same thing in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Bilingual<T> {
    /// In English.
    pub en: T,
    /// In Russian.
    pub ru: T,
}

impl<T> Bilingual<T> {
    /// Puts the two sides together.
    pub const fn new(en: T, ru: T) -> Self {
        Self { en, ru }
    }

    /// Returns the side of a language.
    pub const fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::En => &self.en,
            Lang::Ru => &self.ru,
        }
    }

    /// Applies a function to both sides.
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Bilingual<U> {
        Bilingual { en: f(self.en), ru: f(self.ru) }
    }
}
