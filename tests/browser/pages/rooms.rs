//! Pages that come into being by acts: what offices do on the demonstration, each through its form, and what they then see.

use diesel::prelude::*;
use speca::db::schema::{accounts, second_factors};
use speca::db::{DatabaseUrl, Db, StoreError};
use speca::demonstration::desks;

use super::tables::Pages;
use super::{LONGEST, look, named, seat, walk};
use crate::support::{Browser, DESK, Server, journey_within};

/// Fields of a form with their values.
type Fields = &'static [(&'static str, &'static str)];

/// One act: the office, the page, its button, what is typed.
type Act = (&'static str, &'static str, &'static str, Fields);

/// The titles of what acts bring into being, and what stands for its number in addresses.
const MADE: &[(&str, &str)] = &[
    ("Priorities, by secret ballot", "{secret}"),
    ("Priorities, prepared", "{prepared}"),
    ("Two paragraphs", "{decision}"),
];

const MAIN: &str = "#main .actions button";
/// A text of the record.
const RECORD: &str = "Summary record, third meeting, page 4";

/// What is done, in this order; acts of one office that follow each other share its browser.
const ACTS: &[Act] = &[
    ("tkm-head", "/submissions/GP-TKM-2020-001", "form[action$=\"/acts/take-over\"] button", &[]),
    ("secretariat", "/submissions/PA-AZE-2020-003", "form[action$=\"/acts/take-up\"] button", &[]),
    (
        "secretariat",
        "/submissions/PA-AZE-2020-003/edits/write",
        "#main button[value=propose]",
        &[("title|en", "A clearer title of the secretariat"), ("_note", "For the sake of clarity")],
    ),
    (
        "secretariat",
        "/submissions/PA-UZB-2020-005/screen",
        "button[formaction$=\"/pending\"]",
        &[("event", "accept"), ("note", "Accepted with thanks")],
    ),
    (
        "secretariat",
        "/sessions/15/ballots/2/by-hand",
        MAIN,
        &[("delegation", "TJK"), ("abstain", "yes"), ("source", RECORD)],
    ),
    ("secretariat", "/sessions/15/ballots/new", MAIN, SECRET),
    ("secretariat", "/sessions/15/ballots/{secret}", "form[action$=\"/open\"] .actions button", PRESENT),
    ("secretariat", "/sessions/15/ballots/new", MAIN, PREPARED),
    ("secretariat", "/accounts", "main form[action$=\"/disable\"] button", &[]),
    ("secretariat", "/sessions/15/decisions/new", MAIN, DECISION),
    ("secretariat", "/sessions/15/decisions/{decision}/acts/open-register", MAIN, &[]),
    ("secretariat", "/sessions/15/programme/adopt", "#adopt .actions button", &[("by", "consensus")]),
    (
        "secretariat",
        "/sessions/15/meetings/new",
        MAIN,
        &[("held_on", "2020-11-16"), ("part", "morning"), ("present", "KAZ"), ("present", "KGZ")],
    ),
    ("secretariat", "/sessions/new", MAIN, SIXTEENTH),
    (
        "secretariat",
        "/sessions/16/windows",
        MAIN,
        &[("submissions_opens", "2024-01-01T09:00"), ("submissions_closes", "2099-01-01T18:00")],
    ),
    ("kaz-head", "/sessions/15/decisions/{decision}/acts/ask-vote", MAIN, &[]),
    ("kaz-head", "/sessions/15/decisions/{decision}/parts", "#ask .actions button", &[("paragraph", "2")]),
    (
        "kaz-head",
        "/sessions/15/decisions/2/acts/object",
        MAIN,
        &[("reason", "The second sentence goes further than our mandate.")],
    ),
    (
        "reviewer-1",
        "/submissions/PA-KGZ-2020-001/review",
        "#review button[value=give]",
        &[("mark.*", "4"), ("reason", RECORD), ("to_delegation", "Say who will pay for the second year.")],
    ),
];

const SECRET: Fields = &[
    ("title_en", "Priorities, by secret ballot"),
    ("title_ru", "Приоритеты, тайное голосование"),
    ("options", "PA-KAZ-2020-001"),
    ("options", "PA-KGZ-2020-001"),
    ("quorum", "none"),
    ("secrecy", "secret"),
    ("fewest_papers", "3"),
    ("closes", "2098-01-01T12:00"),
];
const PREPARED: Fields = &[
    ("title_en", "Priorities, prepared"),
    ("title_ru", "Приоритеты, подготовлено"),
    ("options", "PA-KAZ-2020-001"),
    ("options", "PA-KGZ-2020-001"),
    ("quorum", "none"),
    ("closes", "2098-01-01T12:00"),
];
const PRESENT: Fields = &[("present", "KAZ"), ("present", "KGZ"), ("present", "TJK"), ("present", "UZB")];
const DECISION: Fields = &[
    ("title_en", "Two paragraphs"),
    ("title_ru", "Два пункта"),
    ("text_en", "The Working Group adopts the programme.\n\nIt asks the secretariat to report in a year."),
    ("text_ru", "Рабочая группа принимает программу.\n\nОна просит секретариат представить доклад через год."),
    ("checked", "yes"),
];
const SIXTEENTH: Fields = &[
    ("number", "16"),
    ("title_en", "Sixteenth session"),
    ("title_ru", "Шестнадцатая сессия"),
    ("place_en", "Dushanbe"),
    ("place_ru", "Душанбе"),
    ("starts_on", "2027-11-16"),
    ("ends_on", "2027-11-17"),
    ("time_zone", "Asia/Dushanbe"),
    ("first_year", "2028"),
    ("last_year", "2030"),
];

/// What each office sees after that.
pub const TABLES: &[(&str, Pages)] = &[
    ("", &[("/sessions/15/programme", "timeline"), ("/sessions/15/figures", "figures-public")]),
    (
        "secretariat",
        &[
            ("/", "secretariat-start"),
            ("/sessions/15/edits", "edits-session"),
            ("/submissions/PA-AZE-2020-003/edits/write", "edits-write"),
            ("/sessions/15/pending", "pending"),
            ("/sessions/15/ballots/2/by-hand", "by-hand"),
            ("/sessions/15/ballots/{secret}", "secret-ballot"),
            ("/sessions/15/ballots/{prepared}/edit", ""),
            ("/sessions/15/decisions/{decision}/parts", "parts"),
            ("/sessions/15/decisions/{decision}/edit", ""),
            ("/sessions/15/decisions/{decision}/roll", ""),
            ("/sessions/15/programme/0", ""),
            ("/sessions/15/meetings", "meetings"),
            ("/sessions/15/meetings/2020-11-16/morning", "meeting"),
            ("/sessions/15/progress", "progress"),
            ("/submissions/<reference>/progress", "progress-action"),
            ("/submissions/<reference>/progress/report", "progress-report"),
            ("/sessions/15/figures", "figures"),
        ],
    ),
    (
        "aze-head",
        &[
            ("/", ""),
            ("/submissions/PA-AZE-2020-003/edits", "edits"),
            ("/submissions/PA-AZE-2020-003/edits/1/marked", "edits-marked"),
            ("/submissions/PA-AZE-2020-003/edits/1/clean", ""),
        ],
    ),
    (
        "kaz-head",
        &[
            ("/sessions/15/ballots/{secret}/paper", "secret-paper"),
            ("/sessions/<session>/decisions/<number>/objections/<id>/amend", "amend"),
            ("/sessions/16/submissions/earlier", "copies"),
            ("/sessions/15/decisions/{decision}/parts", ""),
        ],
    ),
    ("kgz-head", &[("/submissions/PA-KGZ-2020-001/reviewers-comments", "comments"), ("/", "")]),
    ("administrator", &[("/accounts/<id>/erase", "erase")]),
    ("tjk-head", &[("/sessions/15/ballots/2/paper", "entered-paper"), ("/", "")]),
];

/// Pages that are opened below, one by one: behind a link that is shown once, behind a password, behind a file.
pub const APART: &[&str] = &["/invitations/<token>", "/sign-in/code", "/sessions/15/imports/practice"];

/// Does every act; returns what was refused, and the numbers of what was made.
async fn prepare(server: &Server) -> (Vec<String>, Vec<(&'static str, String)>) {
    let (mut refused, mut made) = (Vec::new(), Vec::new());
    let mut seated: Option<(&str, Browser)> = None;
    for (office, path, button, fields) in ACTS {
        if seated.as_ref().is_none_or(|(sits, _)| sits != office) {
            if let Some((_, browser)) = seated.take() {
                browser.close().await;
            }
            seated = Some((office, seat(server, office).await));
        }
        let browser = &seated.as_ref().unwrap().1;
        let (status, text, address) = browser.send(&named(path, &made), button, fields).await;
        if status != 200 || text.contains("notice bad") {
            let why = text.split("notice bad").nth(1).unwrap_or(&text).chars().take(600).collect::<String>();
            refused.push(format!("{office} at {path}: {status} {why}"));
        }
        for (title, name) in MADE {
            if fields.contains(&("title_en", *title)) {
                made.push((*name, address.rsplit('/').next().unwrap_or_default().to_owned()));
            }
        }
    }
    if let Some((_, browser)) = seated {
        browser.close().await;
    }
    (refused, made)
}

#[test]
fn what_comes_into_being_by_acts_is_accessible() {
    journey_within(LONGEST, || async {
        let server = Server::demonstration();
        let (mut wrong, made) = prepare(&server).await;
        for (office, pages) in TABLES {
            wrong.extend(walk(&server, office, pages, &made).await);
        }
        wrong.extend(apart(&server).await);
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

/// An invitation, what an import will do, a form that was not taken, and the code after the password.
async fn apart(server: &Server) -> Vec<String> {
    let mut wrong = Vec::new();
    let secretariat = seat(server, "secretariat").await;
    let invited = [("name", "A delegate"), ("email", "new@speca.example"), ("role", "head"), ("language", "en")];
    let (_, page, _) = secretariat.send("/accounts/invitations/new?to=KAZ", "#invite .actions button", &invited).await;
    let token = page.split("/invitations/").filter_map(|rest| rest.split('<').next()).find(|token| token.len() > 20);
    let link = format!("/invitations/{}", token.expect("a link is shown"));
    wrong.extend(walk(server, "", &[(link.as_str(), "invitation")], &[]).await);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("practices.csv");
    std::fs::write(&file, "delegation,title_en\nKAZ,Sent by mail\nREG,Of the group\n").unwrap();
    for pass in 0..2 {
        secretariat.open("/sessions/15/imports/practice").await;
        secretariat.find("input[type=file]").await.send_keys(&file.display().to_string()).await.unwrap();
        secretariat.press("#import .actions button").await;
        secretariat.find("textarea[name=content]").await;
        wrong.extend(look(&secretariat, "import-confirmation", pass).await);
        secretariat.open("/sessions/new").await;
        secretariat.press("#main .actions button").await;
        secretariat.find("#errors").await;
        wrong.extend(look(&secretariat, "form-errors", pass).await);
        secretariat.open("/").await;
        secretariat.switch_language().await;
    }
    secretariat.close().await;

    give_a_second_factor(server, "afg-delegate@speca.example");
    let desk = desks().into_iter().find(|desk| desk.key == "afg-delegate").unwrap();
    let browser = Browser::start(server, DESK).await;
    for pass in 0..2 {
        browser.open("/sign-in").await;
        browser.fill("email", &desk.email()).await;
        browser.fill("password", &desk.password()).await;
        browser.press("#sign-in .actions button").await;
        browser.find("[name=code]").await;
        wrong.extend(look(&browser, "sign-in-code", pass).await);
        browser.open("/").await;
        browser.switch_language().await;
    }
    browser.close().await;
    wrong
}

/// Gives an account a device that nobody holds.
fn give_a_second_factor(server: &Server, email: &str) {
    let db = Db::open(&DatabaseUrl::parse(&server.database()).unwrap()).unwrap();
    let now = speca::kernel::clock::Clock::system().now().naive_utc();
    db.write_here(|tx| -> Result<(), StoreError> {
        let account: String =
            accounts::table.filter(accounts::email.eq(email)).select(accounts::id).first(&mut **tx)?;
        diesel::insert_into(second_factors::table)
            .values((
                second_factors::account_id.eq(account),
                second_factors::seed.eq("0".repeat(64)),
                second_factors::last_step.eq(0_i64),
                second_factors::confirmed_at.eq(now),
            ))
            .execute(&mut **tx)?;
        Ok(())
    })
    .unwrap();
}
