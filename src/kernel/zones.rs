//! The time zones that people choose from: the capitals of the group, the seats of its secretariat, and a few more.

use chrono_tz::Tz;

/// Zones in the order in which they are offered; the word is the end of the key `zone-<word>`.
pub const ZONES: &[(Tz, &str)] = &[
    (Tz::Asia__Kabul, "kabul"),
    (Tz::Asia__Baku, "baku"),
    (Tz::Asia__Almaty, "almaty"),
    (Tz::Asia__Bishkek, "bishkek"),
    (Tz::Asia__Dushanbe, "dushanbe"),
    (Tz::Asia__Ashgabat, "ashgabat"),
    (Tz::Asia__Tashkent, "tashkent"),
    (Tz::Europe__Zurich, "geneva"),
    (Tz::Asia__Bangkok, "bangkok"),
    (Tz::America__New_York, "new-york"),
    (Tz::UTC, "utc"),
];

/// Returns the zone of a name, if it is one of those offered.
pub fn offered(name: &str) -> Option<Tz> {
    ZONES.iter().map(|(zone, _)| *zone).find(|zone| zone.name() == name)
}

/// Returns the zone in which a delegation most likely works, by its ISO 3166 alpha-3 code.
pub fn of_country(code: &str) -> Tz {
    match code {
        "AFG" => Tz::Asia__Kabul,
        "AZE" => Tz::Asia__Baku,
        "KAZ" => Tz::Asia__Almaty,
        "KGZ" => Tz::Asia__Bishkek,
        "TJK" => Tz::Asia__Dushanbe,
        "TKM" => Tz::Asia__Ashgabat,
        "UZB" => Tz::Asia__Tashkent,
        _ => Tz::UTC,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_zones_on_the_list_are_offered() {
        assert_eq!(offered("Asia/Kabul"), Some(Tz::Asia__Kabul));
        assert_eq!(offered("Pacific/Apia"), None);
        assert_eq!(offered(""), None);
    }
}
