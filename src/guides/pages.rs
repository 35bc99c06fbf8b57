//! The list of guides, and a guide: its Markdown as a page, with the words that the controls bear.

use askama::Template;

use super::markdown::{Block, Kind, blocks};
use super::model::{Guide, Role, all, explaining};
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::policy::Capacity;
use crate::web::assets::edition;
use crate::web::{Answer, Frame, PageResult, Reader};

/// Width of every picture in pixels.
pub const PICTURE_WIDTH: u32 = 820;
/// Height of every picture in pixels.
pub const PICTURE_HEIGHT: u32 = 520;

/// The guides of a role: its name, and titles with addresses.
struct Shelf {
    role: Role,
    name: String,
    guides: Vec<(String, String)>,
}

/// The list.
#[derive(Template)]
#[template(path = "guides/list.html")]
struct ListPage {
    frame: Frame,
    shelves: Vec<Shelf>,
}

/// The picture of a guide.
struct Picture {
    address: String,
    alt: String,
    width: u32,
    height: u32,
}

/// A guide.
#[derive(Template)]
#[template(path = "guides/guide.html")]
struct GuidePage {
    frame: Frame,
    steps: Vec<Block>,
    picture: Option<Picture>,
    rest: Vec<Block>,
    next: Option<(String, String)>,
}

/// Lists the guides.
pub fn list(reader: &Reader) -> PageResult {
    let texts = reader.texts();
    let shelf = |role: &Role| Shelf {
        role: *role,
        name: texts.code("capacity", role),
        guides: of_role(*role).map(|guide| titled(guide, reader.lang)).collect(),
    };
    let shelves = Role::ALL.iter().map(shelf).collect();
    Answer::page(&ListPage { frame: Frame::new(reader, texts.text("guides-title")), shelves })
}

/// Shows a guide.
pub fn show(reader: &Reader, guide: &'static Guide) -> PageResult {
    let texts = reader.texts();
    let (title, text) = guide.text(reader.lang);
    // The steps come first, then the picture, then what else there is to say.
    let (steps, rest) = text.find("\n## ").map_or((text.as_str(), ""), |at| text.split_at(at));
    let role = guide.role();
    let next = of_role(role).skip_while(|one| *one != guide).nth(1);
    Answer::page(&GuidePage {
        frame: Frame::new(reader, title)
            .crumb(texts.text("guides-title"), "/guides")
            .crumb(texts.code("capacity", role), format!("/guides#{role}")),
        steps: blocks(texts, steps),
        picture: picture(texts, guide),
        rest: blocks(texts, rest),
        next: next.map(|guide| titled(guide, reader.lang)),
    })
}

/// Returns the roles for which somebody of a capacity finds guides, the nearest first.
fn roles(capacity: Capacity) -> Vec<Role> {
    match capacity {
        Capacity::Head | Capacity::Alternate => vec![Role::Head, Role::Delegate],
        Capacity::Observer | Capacity::Visitor => vec![Role::Delegate],
        other => Role::from_code(other.code()).into_iter().collect(),
    }
}

/// Returns where somebody who asks for help on the pages of a route is led: to the guide of that page, else to the list.
pub fn help(reader: &Reader, route: Option<&str>) -> String {
    let roles: Vec<Role> = reader.actor.holdings.iter().rev().flat_map(|holding| roles(holding.capacity)).collect();
    route.and_then(|route| explaining(route, &roles)).map_or_else(|| "/guides".to_owned(), Guide::address)
}

fn of_role(role: Role) -> impl Iterator<Item = &'static Guide> {
    all().iter().filter(move |guide| guide.role() == role)
}

fn titled(guide: &Guide, lang: Lang) -> (String, String) {
    (guide.text(lang).0, guide.address())
}

fn picture(texts: Texts, guide: &Guide) -> Option<Picture> {
    let edition = edition(&guide.picture(texts.lang())?);
    let (_, keys) = guide.pages().next()?;
    let label = keys.first().map_or_else(String::new, |key| texts.text(key));
    Some(Picture {
        address: format!("/guides/pictures/{}{}?v={edition}", texts.lang(), guide.address()),
        alt: texts.one("guides-picture", "label", label),
        width: PICTURE_WIDTH,
        height: PICTURE_HEIGHT,
    })
}
