//! The offices of the demonstration: one account each, named by its office, never by a person.

use chrono_tz::Tz;

use crate::accounts::Office;
use crate::kernel::lang::Lang;
use crate::policy::Capacity;

/// An account of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Part of the address before the `@`.
    pub key: String,
    /// Name of the office, in the language of the account.
    pub name: String,
    /// Office on the platform.
    pub office: Office,
    /// Delegation and capacity, for accredited accounts.
    pub place: Option<(&'static str, Capacity)>,
    /// Whether it reviews the session.
    pub is_reviewer: bool,
    /// Language of its pages.
    pub language: Lang,
    /// Zone in which it reads times.
    pub time_zone: Tz,
}

impl Desk {
    /// Returns its e-mail address, under a name that is reserved and never delivered.
    pub fn email(&self) -> String {
        format!("{}@speca.example", self.key)
    }

    /// Returns its password: printed by `speca demo`, of no use elsewhere.
    pub fn password(&self) -> String {
        format!("demo-{}-2020", self.key)
    }

    /// Returns what it is, for the table that `speca demo` prints.
    pub fn role(&self) -> String {
        match (&self.place, self.is_reviewer) {
            (_, true) => "reviewer".to_owned(),
            (Some((code, capacity)), _) => format!("{capacity}, {code}"),
            (None, _) => self.office.to_string(),
        }
    }
}

/// The delegations with the words for their offices: code, English genitive, Russian genitive, zone, language.
const PLACES: &[(&str, &str, &str, Tz, Lang)] = &[
    ("AFG", "Afghanistan", "Афганистана", Tz::Asia__Kabul, Lang::En),
    ("AZE", "Azerbaijan", "Азербайджана", Tz::Asia__Baku, Lang::En),
    ("KAZ", "Kazakhstan", "Казахстана", Tz::Asia__Almaty, Lang::En),
    ("KGZ", "Kyrgyzstan", "Кыргызстана", Tz::Asia__Bishkek, Lang::Ru),
    ("TJK", "Tajikistan", "Таджикистана", Tz::Asia__Dushanbe, Lang::Ru),
    ("TKM", "Turkmenistan", "Туркменистана", Tz::Asia__Ashgabat, Lang::Ru),
    ("UZB", "Uzbekistan", "Узбекистана", Tz::Asia__Tashkent, Lang::En),
];

/// Code of the organization whose observer follows the session.
pub const ORGANIZATION: &str = "ITC";

/// How many reviewers the session has.
const REVIEWERS: usize = 4;

fn desk(key: &str, name: &str, office: Office) -> Desk {
    Desk {
        key: key.to_owned(),
        name: name.to_owned(),
        office,
        place: None,
        is_reviewer: false,
        language: Lang::En,
        time_zone: Tz::Europe__Zurich,
    }
}

/// Returns every office, in the order of the table that `speca demo` prints.
pub fn all() -> Vec<Desk> {
    let mut desks = vec![
        desk("administrator", "Administrator of the platform", Office::Administrator),
        desk("secretariat", "Secretariat, UNECE", Office::Secretariat),
        Desk { time_zone: Tz::Asia__Bangkok, ..desk("secretariat-escap", "Secretariat, ESCAP", Office::Secretariat) },
        Desk {
            language: Lang::Ru,
            time_zone: Tz::Asia__Dushanbe,
            ..desk("chair", "Председатель Рабочей группы", Office::Chair)
        },
    ];
    for (code, en, ru, time_zone, language) in PLACES {
        for (capacity, en_office, ru_office) in [
            (Capacity::Head, "Head of the delegation of", "Глава делегации"),
            (Capacity::Alternate, "Alternate representative of", "Заместитель представителя"),
            (Capacity::Delegate, "Delegate of", "Делегат"),
        ] {
            let name = match language {
                Lang::En => format!("{en_office} {en}"),
                Lang::Ru => format!("{ru_office} {ru}"),
            };
            let key = format!("{}-{capacity}", code.to_lowercase());
            let (language, time_zone) = (*language, *time_zone);
            let place = Some((*code, capacity));
            desks.push(Desk { place, language, time_zone, ..desk(&key, &name, Office::None) });
        }
    }
    desks.push(Desk {
        place: Some((ORGANIZATION, Capacity::Observer)),
        ..desk("observer", "Observer, International Trade Centre", Office::None)
    });
    for number in 1..=REVIEWERS {
        let (key, name) = (format!("reviewer-{number}"), format!("Reviewer {number}"));
        // The last one comes from a delegation, so that its recusal from that country's actions can be seen.
        let place = (number == REVIEWERS).then_some(("UZB", Capacity::Observer));
        desks.push(Desk { is_reviewer: true, place, ..desk(&key, &name, Office::None) });
    }
    desks
}
