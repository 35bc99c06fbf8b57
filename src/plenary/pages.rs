//! The screen as a page of its own, and the part of it that changes.

use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};

use super::operations::{Matter, Screen};
use crate::ballots::operations::viewing::{BallotResult, Shown};
use crate::decisions;
use crate::decisions::model::next_called;
use crate::decisions::model::separate::Part;
use crate::decisions::operations::viewing::Look;
use crate::decisions::pages::{separate, wording};
use crate::i18n::Texts;
use crate::kernel::ids::DelegationId;
use crate::web::{Answer, Frame, PageResult, Reader};

/// How the screen looks, beside what the machine prefers.
pub const LOOKS: [&str; 2] = ["light", "dark"];

/// The page.
#[derive(Template)]
#[template(path = "plenary/plenary.html")]
struct PlenaryPage {
    frame: Frame,
    session: String,
    back: String,
    events: String,
    look: &'static str,
    looks: Vec<(String, String)>,
    part: ScreenPart,
}

/// One delegation.
struct Place {
    name: String,
    words: String,
    class: &'static str,
}

/// The part that changes.
#[derive(Template)]
#[template(path = "plenary/screen.html")]
struct ScreenPart {
    texts: Texts,
    kicker: String,
    title: String,
    lead: String,
    /// The part of a text that is voted separately.
    passage: Option<String>,
    left: Option<String>,
    until: Option<String>,
    count: Option<String>,
    places: Vec<Place>,
    order: Vec<(usize, Vec<String>)>,
    /// The other parts that are voted separately, each with what became of it.
    parts: Vec<(String, String)>,
}

// Why: it is a template itself, so what people typed is escaped in it already.
impl askama::filters::HtmlSafe for ScreenPart {}

/// Shows the page.
pub fn show(reader: &Reader, look: Option<&str>, screen: &Screen) -> PageResult {
    let (texts, session) = (reader.texts(), &screen.session);
    let address = format!("/sessions/{}/plenary", session.number);
    let look = LOOKS.into_iter().find(|known| Some(*known) == look).unwrap_or("");
    Answer::page(&PlenaryPage {
        frame: Frame::new(reader, texts.text("plenary-title")),
        session: session.title.get(reader.lang).clone(),
        back: format!("/sessions/{}", session.number),
        events: format!("{address}/events"),
        look,
        looks: LOOKS
            .iter()
            .map(|look| (texts.code("plenary-look", look), format!("{address}?look={look}")))
            .chain([(texts.text("plenary-look-machine"), address.clone())])
            .collect(),
        part: drawn(texts, screen),
    })
}

/// Draws the part that changes; without words when the template cannot be drawn, which its tests rule out.
pub fn fragment(texts: Texts, screen: &Screen) -> String {
    drawn(texts, screen).render().unwrap_or_default()
}

fn drawn(texts: Texts, screen: &Screen) -> ScreenPart {
    match &screen.matter {
        Matter::Nothing => part(texts, texts.text("plenary-nothing")),
        Matter::Ballot(shown, cast) => ballot(texts, screen, shown, cast),
        Matter::Counted(shown) => ScreenPart {
            kicker: texts.one("plenary-ballot", "number", shown.ballot.number),
            lead: texts.text("plenary-counted"),
            ..part(texts, shown.ballot.title.get(texts.lang()).clone())
        },
        Matter::Result(result) => certified(texts, result),
        Matter::Decision(look) => decision(texts, screen, look),
    }
}

fn part(texts: Texts, title: String) -> ScreenPart {
    ScreenPart {
        texts,
        kicker: String::new(),
        title,
        lead: String::new(),
        passage: None,
        left: None,
        until: None,
        count: None,
        places: Vec::new(),
        order: Vec::new(),
        parts: Vec::new(),
    }
}

fn ballot(texts: Texts, screen: &Screen, shown: &Shown, cast: &[String]) -> ScreenPart {
    let ballot = &shown.ballot;
    let electors = shown.electorate.iter().map(|elector| {
        let has_cast = cast.contains(&elector.code);
        Place {
            name: elector.name.get(texts.lang()).clone(),
            words: texts.text(if has_cast { "plenary-has-cast" } else { "plenary-has-not-cast" }),
            class: if has_cast { "done" } else { "" },
        }
    });
    ScreenPart {
        kicker: texts.one("plenary-ballot", "number", ballot.number),
        lead: texts.text("plenary-ballot-open"),
        left: Some(left(texts, ballot.closes_at - screen.now)),
        until: Some(texts.moment(ballot.closes_at, screen.session.time_zone)),
        count: Some(turnout(texts, cast.len(), shown.electorate.len())),
        places: electors.collect(),
        ..part(texts, ballot.title.get(texts.lang()).clone())
    }
}

fn turnout(texts: Texts, cast: usize, all: usize) -> String {
    texts.with("plenary-turnout", &[("cast", cast), ("all", all)])
}

/// Shows the order that came out; with many places the first ones, as the last row reads no more.
fn certified(texts: Texts, result: &BallotResult) -> ScreenPart {
    const PLACES_SHOWN: usize = 10;
    let shown = &result.shown;
    let title = |id: &str| {
        let option = shown.options.iter().find(|option| option.reference == id);
        option.map_or_else(|| id.to_owned(), |option| option.title(texts.lang()).0.to_owned())
    };
    let order = result.counted.outcome.places().into_iter().take(PLACES_SHOWN);
    ScreenPart {
        kicker: texts.one("plenary-ballot", "number", shown.ballot.number),
        lead: texts.text("plenary-certified"),
        order: order.map(|(place, tier)| (place, tier.iter().map(|id| title(id.as_str())).collect())).collect(),
        ..part(texts, shown.ballot.title.get(texts.lang()).clone())
    }
}

fn decision(texts: Texts, screen: &Screen, look: &Look) -> ScreenPart {
    use decisions::State;
    let (decision, lang) = (&look.decision, texts.lang());
    let name =
        |id: &DelegationId| look.delegations.get(id).map_or_else(String::new, |each| each.name.get(lang).clone());
    let shown = ScreenPart {
        kicker: texts.with(
            "plenary-decision",
            &[("number", decision.number.to_string()), ("state", texts.code("decision-state", decision.state))],
        ),
        lead: wording::record(look, lang).unwrap_or_default(),
        ..part(texts, decision.title.get(lang).clone())
    };
    match decision.state {
        State::Silence => {
            let until: NaiveDateTime = decision.silence.map_or(screen.now, |silence| silence.until);
            ScreenPart {
                lead: texts.text("plenary-silence"),
                left: Some(left(texts, until - screen.now)),
                until: Some(texts.moment(until, screen.session.time_zone)),
                ..shown
            }
        }
        State::Sensing => {
            let all = look.delegations.values().filter(|each| each.votes).count();
            let count = texts.with("plenary-answered", &[("cast", look.answered), ("all", all)]);
            ScreenPart { lead: texts.text("plenary-sensing"), count: Some(count), ..shown }
        }
        State::Discussing => {
            let open = look.objections.iter().filter(|each| each.settled_at.is_none());
            let places = open.map(|each| Place {
                name: name(&each.delegation),
                words: texts.text("plenary-objects"),
                class: "called",
            });
            ScreenPart { lead: texts.text("plenary-discussing"), places: places.collect(), ..shown }
        }
        State::Voting | State::Decided | State::NotAdopted => voted(texts, look, shown),
        State::Draft | State::Withdrawn => shown,
    }
}

/// Shows the parts that are voted separately, the one before the group with its words, and once they are voted the roll on
/// the whole.
fn voted(texts: Texts, look: &Look, shown: ScreenPart) -> ScreenPart {
    let is_open = look.decision.state == decisions::State::Voting;
    let before = look.parts.iter().find(|part| is_open && part.is_kept.is_none());
    let others = look.parts.iter().filter(|part| before.is_none_or(|before| before.letter != part.letter));
    let head = |part: &Part| texts.one("decision-part", "letter", &part.letter);
    let parts = others.map(|part| (head(part), separate::result(texts, look, part))).collect();
    match before {
        Some(part) => ScreenPart {
            lead: texts.one("plenary-part", "letter", &part.letter),
            passage: Some(part.text.get(texts.lang()).clone()),
            parts,
            ..shown
        },
        None => ScreenPart { places: roll(texts, look), parts, ..shown },
    }
}

fn roll(texts: Texts, look: &Look) -> Vec<Place> {
    let is_open = look.decision.state == decisions::State::Voting;
    let called = next_called(&look.votes).filter(|_| is_open).map(|vote| &vote.delegation);
    let place = |vote: &decisions::model::Vote| {
        let is_called = called == Some(&vote.delegation);
        Place {
            name: look
                .delegations
                .get(&vote.delegation)
                .map_or_else(String::new, |each| each.name.get(texts.lang()).clone()),
            words: match vote.answer {
                Some(answer) => texts.code("decision-vote", answer),
                None if is_called => texts.text("plenary-called"),
                None if vote.has_passed => texts.text("decision-vote-passed"),
                None => String::new(),
            },
            class: if is_called {
                "called"
            } else if vote.answer.is_some() {
                "done"
            } else {
                ""
            },
        }
    };
    look.votes.iter().map(place).collect()
}

/// Words how much time is left: to the second in the last minute alone, so that the screen stands still before.
fn left(texts: Texts, left: TimeDelta) -> String {
    if left <= TimeDelta::zero() {
        return texts.text("plenary-over");
    }
    if left < TimeDelta::minutes(1) {
        return texts.one("plenary-left-seconds", "seconds", left.num_seconds());
    }
    let values = [
        ("days", left.num_days().to_string()),
        ("hours", (left.num_hours() % 24).to_string()),
        ("minutes", (left.num_minutes() % 60).to_string()),
    ];
    texts.with(if left.num_days() > 0 { "plenary-left-days" } else { "plenary-left-hours" }, &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;

    #[test]
    fn seconds_show_in_the_last_minute_alone() {
        let words = |seconds| left(Texts::of(Lang::En), TimeDelta::seconds(seconds));
        assert_eq!(words(3 * 86_400 + 7_260), "3 d 2 h 1 min");
        assert_eq!(words(7_290), "2 h 1 min");
        assert_eq!(words(59), "59 s");
        assert_eq!(words(0), "Time is over");
    }
}
