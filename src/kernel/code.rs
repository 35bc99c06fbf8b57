//! Text codes: how enums and ids are written in the database, in addresses and in files.

/// A value that has one stable text code.
pub trait Code: Sized {
    /// Returns the code, as stored.
    fn code(&self) -> &str;

    /// Returns the value of a code, or nothing when the code is unknown.
    fn from_code(code: &str) -> Option<Self>;
}

/// Declares an enum whose variants each have one text code, with `ALL` in the order written.
///
/// The codes equal the `CHECK` list of the column that stores them; a test compares both.
#[macro_export]
macro_rules! coded_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of the subject.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the code, as stored.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl $crate::kernel::code::Code for $name {
            fn code(&self) -> &str { (*self).code() }
            fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str((*self).code()) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str((*self).code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                <Self as $crate::kernel::code::Code>::from_code(&text)
                    .ok_or_else(|| serde::de::Error::custom(format!("unknown code {text}")))
            }
        }
    };
}
