//! A sitting with seven delegations, one of them vacant: they vote, the count is certified, a recorded vote decides over the
//! programme and adopts it, its papers are downloaded; the plenary screen follows in a browser of its own.

use std::collections::BTreeMap;
use std::time::Duration;

use fantoccini::Locator;
use serde_json::json;
use speca::demonstration::desks;
use speca::kernel::clock::Clock;
use speca::kernel::lang::Lang;

use crate::support::{Browser, DESK, PLAIN, Server, Setting, journey_within};

/// Longest time that a sitting may take.
const LONGEST: Duration = Duration::from_mins(8);
/// The delegations that vote, by code, English and Russian name; the first is vacant.
const SEVEN: [(&str, &str, &str); 7] = [
    ("AFG", "Afghanistan", "Афганистан"),
    ("AZE", "Azerbaijan", "Азербайджан"),
    ("KAZ", "Kazakhstan", "Казахстан"),
    ("KGZ", "Kyrgyzstan", "Кыргызстан"),
    ("TJK", "Tajikistan", "Таджикистан"),
    ("TKM", "Turkmenistan", "Туркменистан"),
    ("UZB", "Uzbekistan", "Узбекистан"),
];
/// What is voted on; the first two come out level.
const LEVEL: &str = "PA-AZE-2020-001";
const AHEAD: &str = "PA-REG-2020-011";
const THIRD: &str = "PA-TJK-2020-003";
const LAST: &str = "PA-KGZ-2020-002";
/// The papers: priorities of those four, in this order; `0` for none. Turkmenistan abstains, Afghanistan is absent.
const PAPERS: [(&str, [u8; 4]); 5] =
    [("AZE", [1, 2, 3, 4]), ("KAZ", [2, 1, 3, 4]), ("KGZ", [1, 2, 4, 3]), ("TJK", [2, 1, 3, 4]), ("UZB", [2, 2, 1, 0])];
const OBJECTION: &str = "The terms of reference are not agreed yet";
/// The ballot of the sitting and its decision: the demonstration holds two ballots and three decisions.
const BALLOT: &str = "/sessions/15/ballots/3";
const DECISION: &str = "/sessions/15/decisions/4";

#[test]
fn seven_delegations_vote_and_adopt_their_programme_before_the_plenary_screen() {
    journey_within(LONGEST, || sitting(DESK, 1280));
}

#[test]
fn seven_delegations_vote_and_adopt_their_programme_on_telephones_without_scripts_in_russian() {
    journey_within(LONGEST, || sitting(PLAIN, 360));
}

async fn sitting(setting: Setting, width: u32) {
    let mut server = Server::demonstration();
    let (floor, screen) = (Browser::start(&server, setting).await, Browser::start(&server, DESK).await);
    let sitting = Sitting { floor: &floor, screen: &screen, setting, width };
    floor.imitate(width, false).await;
    sitting.clear_the_table().await;
    screen.sign_in_with("observer@speca.example", &password("observer")).await;
    screen.open("/sessions/15/plenary").await;
    sitting.open_the_ballot().await;
    sitting.vote(&mut server).await;
    sitting.certify(&server).await;
    sitting.result_is_exact().await;
    sitting.decide().await;
    sitting.is_adopted().await;
    sitting.papers().await;
    screen.close().await;
    floor.close().await;
}

fn password(key: &str) -> String {
    desks().into_iter().find(|desk| desk.key == key).unwrap().password()
}

/// Who sits on the floor, one after the other at the same browser, and the screen before them.
struct Sitting<'a> {
    floor: &'a Browser,
    screen: &'a Browser,
    setting: Setting,
    width: u32,
}

impl Sitting<'_> {
    /// Lets an office sit down, with pages in the language of the journey.
    async fn sit(&self, key: &str) {
        self.floor.client.delete_all_cookies().await.unwrap();
        self.floor.sign_in_with(&format!("{key}@speca.example"), &password(key)).await;
        if self.floor.count(&format!("html[lang={}]", self.setting.lang)).await == 0 {
            self.floor.switch_language().await;
            self.floor.find(&format!("html[lang={}]", self.setting.lang)).await;
        }
    }

    /// Does an act over the decision, on the form of that act.
    async fn act(&self, decision: &str, act: &str, words: &[(&str, &str)], state: &str) {
        self.floor.open(&format!("{decision}/acts/{act}")).await;
        for (field, text) in words {
            self.floor.fill(field, text).await;
        }
        self.floor.press("#main .actions button").await;
        self.floor.find(&format!(".badge.decision-{state}")).await;
    }

    /// Returns the name of a delegation as a result gives it.
    fn name(&self, code: &str) -> String {
        let (_, en, ru) = SEVEN.into_iter().find(|one| one.0 == code).unwrap();
        format!("{} ({code})", if self.setting.lang == Lang::En { en } else { ru })
    }

    /// Waits until the screen holds so many elements.
    async fn shows(&self, css: &str, number: usize) {
        self.screen.until(&format!("return document.querySelectorAll('{css}').length === {number}")).await;
    }

    async fn picture(&self, browser: &Browser, name: &str) {
        browser.picture(&format!("{name}-{}", self.width)).await;
    }

    /// Takes what the demonstration left before the group off the table, and ends the accreditations of the vacant place.
    async fn clear_the_table(&self) {
        let floor = self.floor;
        self.sit("secretariat").await;
        floor.open("/sessions/15/ballots/2").await;
        floor.unfold().await;
        floor.press("form[action$=\"/cancel\"] button").await;
        floor.find(".badge.state-cancelled").await;
        self.act("/sessions/15/decisions/2", "withdraw", &[("reason", "Taken up again later")], "withdrawn").await;
        for capacity in ["head", "alternate", "delegate"] {
            floor.open("/accounts").await;
            floor.unfold().await;
            let row = format!("//tr[contains(., 'afg-{capacity}@')]//form[contains(@action, '/end')]//button");
            let button = floor.client.find(Locator::XPath(&row)).await.unwrap();
            floor.click(button).await;
            floor.find(".notice.good").await;
        }
    }

    async fn open_the_ballot(&self) {
        let floor = self.floor;
        floor.open("/sessions/15/ballots/new").await;
        floor.fill("title_en", "Priorities of the sitting").await;
        floor.fill("title_ru", "Приоритеты заседания").await;
        for reference in [LEVEL, AHEAD, THIRD, LAST] {
            floor.choose("options", reference).await;
        }
        floor.choose("method", "borda").await;
        floor.choose("tie_rule", "reference").await;
        floor.choose("quorum", "majority-of-electorate").await;
        let in_a_week = Clock::system().now() + chrono::TimeDelta::days(7);
        floor.set("closes", &in_a_week.format("%Y-%m-%dT12:00").to_string()).await;
        floor.press("#main .actions button").await;
        floor.find("form[action$=\"/open\"]").await;
        for (code, _, _) in &SEVEN[1..] {
            floor.choose("present", code).await;
        }
        floor.press("form[action$=\"/open\"] .actions button").await;
        floor.find(".badge.state-open").await;
        self.screen.until("return document.querySelector('h1').innerText === 'Priorities of the sitting'").await;
        self.shows(".places li", SEVEN.len()).await;
        self.shows(".places li.done", 0).await;
    }

    /// Fills the paper of a delegation and hands it over: `confirm` or `prepare`.
    async fn fill_paper(&self, code: &str, act: &str) {
        let floor = self.floor;
        floor.open(&format!("{BALLOT}/paper")).await;
        if let Some((_, priorities)) = PAPERS.into_iter().find(|one| one.0 == code) {
            for (reference, priority) in [LEVEL, AHEAD, THIRD, LAST].into_iter().zip(priorities) {
                if priority > 0 {
                    floor.choose(&format!("priority|{reference}"), &priority.to_string()).await;
                }
            }
        } else {
            floor.choose("abstain", "yes").await;
        }
        if code == "UZB" {
            floor.unfold().await;
            floor.fill(&format!("objection|{LAST}"), OBJECTION).await;
            floor.is_accessible().await;
            self.picture(floor, "hall-paper").await;
        }
        floor.press(&format!("#main button[value={act}]")).await;
        floor.find(".notice.good").await;
    }

    /// Six delegations hand in. In between the program dies and comes back, and the screen has no line for two papers longer:
    /// it is right again by itself.
    async fn vote(&self, server: &mut Server) {
        for (cast, (code, _, _)) in (1..).zip(&SEVEN[1..]) {
            let head = format!("{}-head", code.to_lowercase());
            if *code == "KAZ" {
                self.sit("kaz-delegate").await;
                self.fill_paper(code, "prepare").await;
                self.shows(".places li.done", 1).await;
                self.sit(&head).await;
                self.floor.open(&format!("{BALLOT}/paper")).await;
                self.floor.press("form[action$=\"/confirm\"] button").await;
                self.floor.find(".notice.good").await;
            } else {
                self.sit(&head).await;
                self.fill_paper(code, "confirm").await;
            }
            match *code {
                "KGZ" => {
                    self.shows(".places li.done", cast).await;
                    server.die();
                    self.shows("#content.lost", 1).await;
                    self.screen.line(true, -1).await;
                    server.come_back();
                }
                "TJK" => assert_eq!(self.screen.count(".places li.done").await, 3, "nothing comes over a cut line"),
                "TKM" => {
                    self.screen.line(false, -1).await;
                    self.shows("#content.lost", 0).await;
                    self.shows(".places li.done", cast).await;
                }
                _ => self.shows(".places li.done", cast).await,
            }
            self.says_nothing_of_the_content().await;
        }
        let lost = self.screen.faults().await;
        assert!(lost.iter().all(|one| one.contains("/plenary/events") && one.contains("ERR_")), "{lost:?}");
        self.picture(self.screen, "hall-screen-open").await;
    }

    /// Before certification the screen, and every page of a delegation beside its own paper, hold turnout and no content.
    async fn says_nothing_of_the_content(&self) {
        let shown = self.screen.client.source().await.unwrap();
        for word in [LEVEL, AHEAD, THIRD, LAST, OBJECTION, "class=\"order\"", "abstain"] {
            assert!(!shown.contains(word), "the screen says `{word}`");
        }
        self.floor.open(&format!("{BALLOT}/result")).await;
        assert_eq!(self.floor.count("table.matrix, table.rollcall").await, 0, "sealed until certified");
        assert!(!self.floor.text().await.contains(OBJECTION));
    }

    async fn certify(&self, server: &Server) {
        let floor = self.floor;
        server.let_the_hour_strike(3);
        self.sit("secretariat").await;
        floor.open(BALLOT).await;
        floor.press("form[action$=\"/close\"] button").await;
        floor.find(".badge.state-closed").await;
        self.shows(".places li", 0).await;
        self.says_nothing_of_the_count().await;
        floor.press("form[action$=\"/certify\"] button").await;
        floor.find(".badge.state-certified").await;
        self.shows(".order > div", 4).await;
        let order = "return Array.from(document.querySelectorAll('.order > div'))
            .map(row => row.querySelector('dt').innerText.trim() + ' ' + row.querySelector('dd').innerText.trim())";
        let expected = json!([
            "1 Join national web pages on trade facilitation measures",
            "2 Simplified customs corridor among Turkic states",
            "3 Circular economy action plan with traceable garments and footwear",
            "4 Publish trade procedures in three languages and open a trade portal",
        ]);
        assert_eq!(self.screen.client.execute(order, vec![]).await.unwrap(), expected);
        self.screen.is_accessible().await;
        self.picture(self.screen, "hall-screen-result").await;
    }

    async fn says_nothing_of_the_count(&self) {
        assert_eq!(self.screen.count(".order").await, 0, "a count is sealed until it is certified");
        assert!(!self.screen.client.source().await.unwrap().contains("Join national web pages"));
    }

    /// Returns the cells of a table, row by row.
    async fn cells(&self, table: &str) -> Vec<Vec<String>> {
        let script = "return Array.from(document.querySelectorAll(arguments[0] + ' tbody tr'))
            .map(row => Array.from(row.cells).map(cell => cell.innerText.trim()))";
        let found = self.floor.client.execute(script, vec![table.into()]).await.unwrap();
        serde_json::from_value(found).unwrap()
    }

    /// The certified result, read by a visitor, is the one reckoned by hand: 23/2 and 23/2, 6, 1, the two that are level in
    /// the order of the tie rule.
    async fn result_is_exact(&self) {
        let floor = self.floor;
        floor.client.delete_all_cookies().await.unwrap();
        floor.open(&format!("{BALLOT}/result")).await;
        let places: Vec<(String, String, String)> = self
            .cells("#content table.cards:first-of-type")
            .await
            .into_iter()
            .filter(|row| row.len() == 5)
            .map(|row| {
                let reference = row[1].split_whitespace().next().unwrap().to_owned();
                (row[0].clone(), reference, row[2].replace(',', "."))
            })
            .collect();
        let expected = [("1", AHEAD, "11.5"), ("2", LEVEL, "11.5"), ("3", THIRD, "6"), ("4", LAST, "1")];
        let expected = expected.map(|(place, id, score)| (place.to_owned(), id.to_owned(), score.to_owned()));
        assert_eq!(places, expected);

        let classes = "return Array.from(document.querySelectorAll('table.rollcall tbody tr'))
            .map(row => [row.cells[0].innerText.trim(), row.cells[1].className])";
        let said = floor.client.execute(classes, vec![]).await.unwrap();
        let roll: BTreeMap<String, String> =
            serde_json::from_value::<Vec<(String, String)>>(said).unwrap().into_iter().collect();
        let expected = SEVEN.map(|(code, _, _)| {
            let class = match code {
                "AFG" => "absent",
                "TKM" => "abstain",
                _ => "yes",
            };
            (self.name(code), class.to_owned())
        });
        assert_eq!(roll, expected.into_iter().collect());
        self.papers_are_exact().await;
        floor.is_accessible().await;
        self.picture(floor, "hall-result").await;
    }

    async fn papers_are_exact(&self) {
        let heads = "return Array.from(document.querySelectorAll('table.matrix:last-of-type thead th')).slice(1)
            .map(cell => cell.innerText.trim())";
        let said = self.floor.client.execute(heads, vec![]).await.unwrap();
        let columns: Vec<String> = serde_json::from_value(said).unwrap();
        let rows: BTreeMap<String, BTreeMap<String, String>> = self
            .cells("table.matrix:last-of-type")
            .await
            .into_iter()
            .map(|row| (row[0].clone(), columns.iter().cloned().zip(row[1..].iter().cloned()).collect()))
            .collect();
        for (code, priorities) in PAPERS {
            let expected: BTreeMap<String, String> = [LEVEL, AHEAD, THIRD, LAST]
                .into_iter()
                .zip(priorities)
                .map(|(id, given)| (id.to_owned(), if given == 0 { "–".to_owned() } else { given.to_string() }))
                .collect();
            assert_eq!(rows[&self.name(code)], expected, "{code}");
        }
        assert_eq!(rows.len(), 6, "five papers and an abstention");
        self.floor.sees(OBJECTION).await;
    }

    /// A decision over the programme climbs: register, an objection that is taken back, a recorded vote.
    async fn decide(&self) {
        let floor = self.floor;
        self.sit("secretariat").await;
        floor.open("/sessions/15/decisions/new").await;
        for (field, text) in [
            ("title_en", "Adoption of the work programme"),
            ("title_ru", "Принятие программы работы"),
            ("text_en", "The Working Group adopts its work programme."),
            ("text_ru", "Рабочая группа принимает свою программу работы."),
        ] {
            floor.fill(field, text).await;
        }
        floor.choose("about", "WP-2020").await;
        floor.choose("checked", "yes").await;
        floor.press("#main .actions button").await;
        floor.find(".badge.decision-draft").await;
        self.act(DECISION, "open-register", &[], "discussing").await;

        self.sit("uzb-head").await;
        floor.open("/sessions/15/programme").await;
        floor.find(".badge.state-tabled").await;
        floor.is_accessible().await;
        self.picture(floor, "hall-draft").await;
        self.act(DECISION, "object", &[("reason", OBJECTION)], "discussing").await;
        self.shows(".places li.called", 1).await;
        floor.is_accessible().await;
        floor.press("form[action$=\"/withdrawn\"] button").await;
        floor.find(".notice.good").await;
        self.shows(".places li.called", 0).await;

        self.sit("kgz-head").await;
        self.act(DECISION, "ask-vote", &[], "voting").await;
        self.sit("secretariat").await;
        for answered in 1..=SEVEN.len() {
            floor.open(&format!("{DECISION}/roll")).await;
            let called = floor.find("section.card input[name=delegation]").await.attr("value").await.unwrap().unwrap();
            floor.press(&format!("section.card button[value={}]", answer(&called))).await;
            self.shows(".places li.done", answered).await;
        }
        floor.is_accessible().await;
        self.picture(floor, "hall-roll").await;
        self.act(DECISION, "close-vote", &[], "decided").await;
        self.screen.until("return document.querySelector('.kicker').innerText.includes('Decided')").await;
        self.shows(".places li.done", SEVEN.len()).await;
        self.screen.is_accessible().await;
        self.picture(self.screen, "hall-screen-roll").await;
    }

    /// A visitor finds the programme adopted with the decision, and how the roll was answered.
    async fn is_adopted(&self) {
        let floor = self.floor;
        floor.client.delete_all_cookies().await.unwrap();
        floor.open("/sessions/15/programme").await;
        floor.find(".badge.state-adopted").await;
        floor.sees(AHEAD).await;
        floor.find(&format!("a[href=\"{DECISION}\"]")).await;
        assert_eq!(floor.count(".rollcall tbody tr").await, SEVEN.len());
        floor.is_accessible().await;
        self.picture(floor, "hall-programme").await;
    }

    /// A visitor reads the papers and takes them along.
    async fn papers(&self) {
        let (floor, lang) = (self.floor, self.setting.lang);
        for paper in ["result", "programme", "decision"] {
            floor.open(&format!("/sessions/15/papers/{paper}?lang={lang}")).await;
            floor.is_accessible().await;
            let link = floor.find("a[download]").await.attr("href").await.unwrap().unwrap();
            assert!(link.contains(&format!("{paper}.docx")), "{link}");
            let file = self.screen.fetched(&link).await;
            assert!(file.starts_with(b"PK"), "{paper} is a document");
        }
        floor.open("/sessions/15/papers/result").await;
        floor.sees(OBJECTION).await;
    }
}

/// What a delegation answers when it is called.
fn answer(code: &str) -> &'static str {
    match code {
        "AFG" => "absent",
        "TKM" => "abstain",
        "UZB" => "no",
        _ => "yes",
    }
}
