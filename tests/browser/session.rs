//! One session from the first account to the adopted programme and its files, by clicking: in English with scripts, in
//! Russian without.

use std::io::Write as _;
use std::process::{Command, Stdio};

use speca::kernel::code::Code as _;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::questionnaires::{AnswerKey, Question, QuestionKind, Questionnaire};

use crate::support::{Browser, DESK, PLAIN, Server, Setting, journey};

const PASSWORD: &str = "a long password of an office";

#[test]
fn a_session_goes_from_the_call_to_the_programme_in_english() {
    journey(|| whole_session(DESK));
}

#[test]
fn a_session_goes_from_the_call_to_the_programme_in_russian_without_scripts() {
    journey(|| whole_session(PLAIN));
}

async fn whole_session(setting: Setting) {
    let server = Server::empty();
    make_administrator(&server, setting.lang);
    let browser = Browser::start(&server, setting).await;
    let office = Office { browser: &browser, server: &server, setting };
    office.sign_in("administrator@office.example").await;
    let secretariat = office.invite("/accounts/invitations/new?to=offices", "secretariat").await;
    office.accept(&secretariat, "secretariat").await;
    office.open_the_session().await;
    for code in ["KAZ", "KGZ"] {
        office.sign_in("secretariat@office.example").await;
        let head = office.invite(&format!("/accounts/invitations/new?to={code}"), "head").await;
        office.accept(&head, &format!("head-{code}")).await;
        office.submit(code, Kind::Action).await;
    }
    office.submit("KGZ", Kind::Practice).await;
    office.returned_and_submitted_again("PA-KAZ-2026-001").await;
    office.sign_in("secretariat@office.example").await;
    for reference in ["PA-KAZ-2026-001", "PA-KGZ-2026-001", "GP-KGZ-2026-001"] {
        office.act(reference, "take-up").await;
        office.accept_submission(reference).await;
    }
    office.parity("PA-KAZ-2026-001").await;
    office.library("GP-KGZ-2026-001").await;
    office.consent("PA-KAZ-2026-001").await;
    office.review("PA-KAZ-2026-001").await;
    office.vote().await;
    office.programme().await;
    office.files().await;
    browser.close().await;
}

fn make_administrator(server: &Server, lang: Lang) {
    let database = server.database();
    let mut child = Command::new(env!("CARGO_BIN_EXE_speca"))
        .args(["account", "--database", &database, "--email", "administrator@office.example"])
        .args(["--name", "Administrator", "--office", "administrator", "--language", lang.code(), "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{PASSWORD}\n").as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// Whoever sits at the browser.
struct Office<'a> {
    browser: &'a Browser,
    server: &'a Server,
    setting: Setting,
}

impl Office<'_> {
    async fn sign_out(&self) {
        self.browser.open("/").await;
        if self.browser.count("form[action=\"/sign-out\"]").await > 0 {
            self.browser.press("form[action=\"/sign-out\"] button").await;
            self.browser.find("a[href=\"/sign-in\"]").await;
        }
    }

    async fn sign_in(&self, email: &str) {
        self.sign_out().await;
        self.browser.open("/sign-in").await;
        self.browser.fill("email", email).await;
        self.browser.fill("password", PASSWORD).await;
        self.browser.press("#sign-in .actions button").await;
        self.browser.find("form[action=\"/sign-out\"]").await;
        assert_eq!(self.browser.path().await, "/", "signed in as {email}");
    }

    /// Invites an office and returns the address of the link.
    async fn invite(&self, path: &str, role: &str) -> String {
        let key = if role == "head" { format!("head-{}", path.rsplit('=').next().unwrap()) } else { role.to_owned() };
        self.browser.open(path).await;
        self.browser.fill("name", &format!("Office {key}")).await;
        self.browser.fill("email", &format!("{key}@office.example").to_lowercase()).await;
        self.browser.choose("role", role).await;
        self.browser.choose("language", self.setting.lang.code()).await;
        self.browser.press("#invite .actions button").await;
        let link = self.browser.find("code.link").await.text().await.unwrap();
        format!("/invitations/{}", link.rsplit('/').next().unwrap())
    }

    /// Follows the link of an invitation and signs in with the new account.
    async fn accept(&self, link: &str, key: &str) {
        self.sign_out().await;
        self.browser.open(link).await;
        self.browser.fill("password", PASSWORD).await;
        self.browser.fill("password_again", PASSWORD).await;
        self.browser.press("#invitation .actions button").await;
        self.browser.find("main h1").await;
        self.sign_in(&format!("{key}@office.example").to_lowercase()).await;
    }

    async fn open_the_session(&self) {
        let browser = self.browser;
        browser.open("/sessions/new").await;
        browser.fill("number", "21").await;
        for (name, value) in [
            ("title_en", "Twenty-first session"),
            ("title_ru", "Двадцать первая сессия"),
            ("place_en", "Bishkek"),
            ("place_ru", "Бишкек"),
            ("first_year", "2027"),
            ("last_year", "2029"),
        ] {
            browser.fill(name, value).await;
        }
        self.browser.set("starts_on", "2026-12-07").await;
        self.browser.set("ends_on", "2026-12-08").await;
        browser.choose("time_zone", "Asia/Bishkek").await;
        browser.press("#main .actions button").await;
        browser.find("main h1").await;
        browser.open("/sessions/21/windows").await;
        for step in ["submissions", "screening", "reviews", "ballots", "programme"] {
            self.browser.set(&format!("{step}_opens"), "2024-01-01T09:00").await;
            self.browser.set(&format!("{step}_closes"), "2099-01-01T18:00").await;
        }
        browser.press("#main .actions button").await;
        browser.find(".notice.good").await;
        browser.open("/sessions/21").await;
        browser.is_accessible().await;
    }

    /// Writes a whole submission and hands it in, as its head.
    async fn submit(&self, code: &str, kind: Kind) {
        let browser = self.browser;
        browser.open(&format!("/sessions/21/submissions/new?kind={kind}")).await;
        browser.choose("original", self.setting.lang.code()).await;
        browser.press("#main .actions button").await;
        browser.find("[name=\"title|en\"]").await;
        browser.press("#main button[name=then]").await;
        browser.find("#errors").await;
        self.browser.unfold().await;
        for question in Questionnaire::default_of(kind).questions().filter(|question| question.required) {
            if question.kind == QuestionKind::Rows {
                for column in question.columns.iter().filter(|column| column.required) {
                    self.answer(column, &format!("{}.0.{}", question.code, column.code), code).await;
                }
            } else {
                self.answer(question, &question.code, code).await;
            }
        }
        if (code, kind) == ("KAZ", Kind::Action) {
            browser.choose("countries", "KGZ").await;
        }
        browser.is_accessible().await;
        browser.press("#main button[name=then]").await;
        browser.find(".badge.state-submitted").await;
        browser.is_accessible().await;
    }

    /// Consents to an action of another country that names one's own, from the start page on.
    async fn consent(&self, reference: &str) {
        let browser = self.browser;
        self.sign_in("head-kgz@office.example").await;
        browser.follow(&format!("/submissions/{reference}")).await;
        browser.find("#consent").await;
        browser.is_accessible().await;
        browser.press("#consent .actions button").await;
        browser.find(".badge.consent-state-given").await;
    }

    /// Compares a title in both languages and marks its translation as checked.
    async fn parity(&self, reference: &str) {
        let browser = self.browser;
        let translation = self.setting.lang.other();
        browser.open(&format!("/submissions/{reference}/languages")).await;
        browser.is_accessible().await;
        browser.choose(&format!("_check.title|{translation}"), "yes").await;
        browser.press("#main .actions button").await;
        browser.find(".notice.good").await;
        browser.open(&format!("/submissions/{reference}")).await;
        browser.find(".badge.parity-checked").await;
        browser.is_accessible().await;
    }

    async fn answer(&self, question: &Question, path: &str, code: &str) {
        for lang in question.languages() {
            let name = AnswerKey::new(path, *lang).to_string();
            match question.kind {
                QuestionKind::Line | QuestionKind::Text => {
                    let words = if lang.code() == "ru" { "Текст ответа " } else { "Text of the answer " };
                    let least = question.chars_min.unwrap_or(0) as usize;
                    let text = words.repeat(least / words.chars().count() + 1) + code;
                    self.browser.fill(&name, &text).await;
                }
                QuestionKind::Choices if question.code == "countries" => self.browser.choose(&name, code).await,
                QuestionKind::Choice | QuestionKind::Choices => {
                    self.browser.choose(&name, &question.choices(Lang::En)[0].0).await;
                }
                QuestionKind::Tick => self.browser.choose(&name, "yes").await,
                QuestionKind::Number => self.browser.fill(&name, "10").await,
                QuestionKind::Year => self.browser.fill(&name, "2027").await,
                QuestionKind::HalfYear => self.browser.fill(&name, "2027-1").await,
                QuestionKind::Email => self.browser.fill(&name, "office@office.example").await,
                QuestionKind::Url => self.browser.fill(&name, "https://office.example/").await,
                QuestionKind::Reference => self.browser.fill(&name, "GP-KGZ-2026-001").await,
                QuestionKind::Rows => {}
            }
        }
    }

    async fn act(&self, reference: &str, act: &str) {
        self.browser.open(&format!("/submissions/{reference}")).await;
        self.browser.press(&format!("form[action$=\"/acts/{act}\"] button")).await;
        self.browser.find("main h1").await;
    }

    async fn returned_and_submitted_again(&self, reference: &str) {
        let browser = self.browser;
        self.sign_in("secretariat@office.example").await;
        self.act(reference, "take-up").await;
        browser.open(&format!("/submissions/{reference}/screen")).await;
        self.browser.unfold().await;
        browser.fill("comment.mandate", "Which decision?").await;
        browser.press("button[formaction$=\"/acts/return\"]").await;
        browser.find(".badge.state-returned").await;
        self.sign_in("head-kaz@office.example").await;
        browser.open(&format!("/submissions/{reference}/edit")).await;
        browser.sees("Which decision?").await;
        browser.fill("mandate|en", "Decision 4 of the twentieth session").await;
        browser.press("#main button[name=then]").await;
        browser.find(".badge.state-submitted").await;
        browser.open(&format!("/submissions/{reference}/compare?from=2&to=3")).await;
        browser.find(".diff").await;
        browser.is_accessible().await;
    }

    async fn accept_submission(&self, reference: &str) {
        self.browser.open(&format!("/submissions/{reference}/screen")).await;
        self.browser.press("button[formaction$=\"/acts/accept\"]").await;
        self.browser.find(".badge.state-accepted").await;
    }

    async fn library(&self, reference: &str) {
        let browser = self.browser;
        self.sign_out().await;
        browser.open("/library?q=answer").await;
        browser.follow(&format!("/library/{reference}")).await;
        browser.sees(reference).await;
        browser.is_accessible().await;
    }

    /// Appoints the head of Kyrgyzstan as reviewer, who gives a review of the action of Kazakhstan.
    async fn review(&self, reference: &str) {
        let browser = self.browser;
        self.sign_in("secretariat@office.example").await;
        browser.open("/sessions/21/reviewers").await;
        browser.fill("email", "head-kgz@office.example").await;
        browser.press("#main .actions button").await;
        browser.find(".notice.good").await;
        self.sign_in("head-kgz@office.example").await;
        browser.open("/submissions/PA-KGZ-2026-001/review").await;
        assert_eq!(browser.count("#review button[value=give]").await, 0, "one's own country is recused");
        browser.open(&format!("/submissions/{reference}/review")).await;
        for criterion in browser.client.find_all(fantoccini::Locator::Css("#review input[value=\"4\"]")).await.unwrap()
        {
            browser.click(criterion).await;
        }
        browser.fill("reason", "Convincing in every respect that was asked for.").await;
        browser.is_accessible().await;
        browser.press("#review button[value=give]").await;
        browser.find(".notice.good").await;
        self.sign_in("secretariat@office.example").await;
        browser.open("/sessions/21/ranking").await;
        browser.sees(reference).await;
        browser.is_accessible().await;
    }

    async fn vote(&self) {
        let browser = self.browser;
        browser.open("/sessions/21/ballots/new").await;
        browser.fill("title_en", "Priorities").await;
        browser.fill("title_ru", "Приоритеты").await;
        for reference in ["PA-KAZ-2026-001", "PA-KGZ-2026-001"] {
            browser.choose("options", reference).await;
        }
        browser.choose("quorum", "none").await;
        self.browser.set("closes", "2098-01-01T12:00").await;
        browser.press("#main .actions button").await;
        browser.find("form[action$=\"/open\"]").await;
        for code in ["KAZ", "KGZ"] {
            browser.choose("present", code).await;
        }
        browser.press("form[action$=\"/open\"] .actions button").await;
        browser.find(".badge.state-open").await;
        for (key, first) in [("head-kaz", "PA-KGZ-2026-001"), ("head-kgz", "PA-KGZ-2026-001")] {
            self.sign_in(&format!("{key}@office.example")).await;
            browser.open("/sessions/21/ballots/1/paper").await;
            browser.choose(&format!("priority|{first}"), "1").await;
            browser.choose("priority|PA-KAZ-2026-001", "2").await;
            browser.is_accessible().await;
            browser.press("#main button[value=confirm]").await;
            browser.find(".notice.good").await;
            browser.open("/sessions/21/ballots/1/result").await;
            assert_eq!(browser.count("table.matrix").await, 0, "sealed until certified");
        }
        self.server.let_the_hour_strike(1);
        self.sign_in("secretariat@office.example").await;
        browser.open("/sessions/21/ballots/1").await;
        browser.press("form[action$=\"/close\"] button").await;
        browser.find(".badge.state-closed").await;
        browser.press("form[action$=\"/certify\"] button").await;
        browser.find(".badge.state-certified").await;
        self.sign_out().await;
        browser.open("/sessions/21/ballots/1/result").await;
        browser.find("table.matrix").await;
        browser.find("table.rollcall").await;
        browser.is_accessible().await;
    }

    async fn programme(&self) {
        let browser = self.browser;
        self.sign_in("secretariat@office.example").await;
        browser.open("/sessions/21/programme/edit").await;
        browser.fill("places", "1").await;
        browser.press("#start .actions button").await;
        browser.find("#build").await;
        browser.fill("introduction_en", "The group wants to begin with one action.").await;
        browser.fill("introduction_ru", "Группа намерена начать с одного мероприятия.").await;
        browser.is_accessible().await;
        browser.press("#build .actions button").await;
        browser.find(".notice.good").await;
        browser.open("/sessions/21/programme/adopt").await;
        browser.choose("by", "consensus").await;
        browser.press("#adopt .actions button").await;
        browser.find("main h1").await;
        self.sign_out().await;
        browser.open("/sessions/21/programme").await;
        browser.sees("PA-KGZ-2026-001").await;
        browser.is_accessible().await;
    }

    async fn files(&self) {
        self.browser.open("/sessions/21/exports").await;
        let lang = self.setting.lang.code();
        for name in ["practices", "programme", "result", "ballots"] {
            let link = format!("a[href=\"/sessions/21/exports/{name}.csv?lang={lang}\"]");
            assert_eq!(self.browser.count(&link).await, 1, "{name}");
        }
        self.browser.is_accessible().await;
    }
}
