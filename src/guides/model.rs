//! The nouns of the room: roles, guides, the catalogue that lists them, their texts and pictures. Pure.

use std::sync::LazyLock;

use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use crate::coded_enum;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;

coded_enum! {
    /// For whom a guide is written.
    pub enum Role {
        /// Whoever writes for a delegation.
        Delegate = "delegate",
        /// Whoever speaks for a delegation.
        Head = "head",
        /// Whoever gives marks.
        Reviewer = "reviewer",
        /// Whoever runs a session.
        Secretariat = "secretariat",
        /// Whoever presides.
        Chair = "chair",
        /// Whoever looks after accounts and the installation.
        Administrator = "administrator",
    }
}

/// Texts, pictures and the catalogue.
#[derive(RustEmbed)]
#[folder = "docs/guides/"]
struct Files;

/// A guide: one task of one role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Code of the role.
    role: String,
    /// Name of the task: of its files and in its address.
    pub task: String,
    /// Office of the demonstration that the browser tests sign in as; empty for a visitor.
    pub office: String,
    /// Routes whose pages link here for help; `*` stands for what varies.
    help: Vec<String>,
    /// Pages of the demonstration, each followed by the keys of the controls quoted that stand on it. The first page is the picture.
    pages: Vec<Vec<String>>,
    /// Keys of controls quoted that stand on a page only in a state that the demonstration does not show.
    #[serde(default)]
    elsewhere: Vec<String>,
}

impl Guide {
    /// Returns the role.
    pub fn role(&self) -> Role {
        Role::from_code(&self.role).expect("invariant: the catalogue names roles that exist")
    }

    /// Returns the pages that the guide speaks of, each with the keys of the controls on it.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.pages.iter().filter_map(|page| page.split_first()).map(|(path, keys)| (path.as_str(), keys))
    }

    /// Returns the keys of every control that the guide quotes.
    pub fn quoted(&self) -> impl Iterator<Item = &str> {
        self.pages().flat_map(|(_, keys)| keys).chain(&self.elsewhere).map(String::as_str)
    }

    /// Returns the routes whose pages link here.
    pub fn routes(&self) -> &[String] {
        &self.help
    }

    /// Returns the address of the guide.
    pub fn address(&self) -> String {
        format!("/guides/{}/{}", self.role, self.task)
    }

    /// Returns the name of a file of the guide.
    pub fn file(&self, lang: Lang, ending: &str) -> String {
        format!("{lang}/{}/{}.{ending}", self.role, self.task)
    }

    /// Returns title and text, as Markdown.
    pub fn text(&self, lang: Lang) -> (String, String) {
        let file = Files::get(&self.file(lang, "md")).expect("invariant: a guide of the catalogue has its text");
        let text = String::from_utf8_lossy(&file.data);
        let (title, body) = text.split_once('\n').unwrap_or((&text, ""));
        (title.trim_start_matches("# ").to_owned(), body.trim().to_owned())
    }

    /// Returns the picture in a language.
    pub fn picture(&self, lang: Lang) -> Option<EmbeddedFile> {
        Files::get(&self.file(lang, "webp"))
    }
}

/// The list of guides.
#[derive(Deserialize)]
struct Catalogue {
    guide: Vec<Guide>,
}

static CATALOGUE: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    let file = Files::get("catalogue.toml").expect("invariant: the catalogue is embedded");
    let read: Result<Catalogue, _> = toml::from_str(&String::from_utf8_lossy(&file.data));
    read.unwrap_or_else(|error| panic!("invariant: docs/guides/catalogue.toml is read; it is not: {error}")).guide
});

/// Returns every guide, in the order of the catalogue.
pub fn all() -> &'static [Guide] {
    &CATALOGUE
}

/// Returns the guide of a role for a task.
pub fn find(role: &str, task: &str) -> Option<&'static Guide> {
    all().iter().find(|guide| guide.role == role && guide.task == task)
}

/// Returns the guide that explains the pages of a route to somebody of these roles.
pub fn explaining(route: &str, roles: &[Role]) -> Option<&'static Guide> {
    let explains = |role: &Role| {
        all().iter().find(|guide| guide.role == role.code() && guide.help.iter().any(|pattern| pattern == route))
    };
    roles.iter().find_map(explains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_is_led_to_its_own_guide() {
        let address = |route: &str, roles: &[Role]| explaining(route, roles).map(Guide::address);
        let paper = "/sessions/*/ballots/*/paper";
        assert_eq!(address(paper, &[Role::Head, Role::Delegate]).as_deref(), Some("/guides/head/vote"));
        assert_eq!(address(paper, &[Role::Delegate]).as_deref(), Some("/guides/delegate/ballot-paper"));
        assert_eq!(address(paper, &[Role::Administrator]), None);
        assert_eq!(address("/no/*/such", Role::ALL), None);
    }
}
