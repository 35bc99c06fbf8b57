//! The public library: what is shown and what never is, filters that combine, words in both languages, lasting
//! addresses, and a number of queries that does not grow.

use speca::db::StoreError;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::library::operations;
use speca::policy::Actor;
use speca::questionnaires::{AnswerLang, Answers, Questionnaire};
use speca::sessions::Session;
use speca::submissions::{self, CompiledSource, State, Submission};

use crate::costs::queries;
use crate::factories::complete_answers;
use crate::on_each_database;
use crate::support::{Page, TestApp};

/// Answers with a title in both languages, a theme, years and a measure.
fn answers(title: &str, title_ru: &str, theme: &str, years: (&str, &str), tfa: &str) -> Answers {
    complete_answers(Kind::Practice)
        .with("title", Lang::En, title)
        .with("title", Lang::Ru, title_ru)
        .with("theme", AnswerLang::Neutral, theme)
        .with("first_year", AnswerLang::Neutral, years.0)
        .with("last_year", AnswerLang::Neutral, years.1)
        .with("tfa", AnswerLang::Neutral, tfa)
}

impl TestApp {
    fn practice(&self, session: &Session, code: &str, answers: &Answers) -> Submission {
        self.submission_with(session, code, Kind::Practice, State::Accepted, answers)
    }
}

/// Returns the references in a list, in the order shown.
fn references(page: &Page) -> Vec<String> {
    let opening = "<span class=\"reference\">";
    page.body.split(opening).skip(1).map(|rest| rest[..rest.find('<').expect("closing tag")].to_owned()).collect()
}

async fn found(app: &TestApp, address: &str) -> Vec<String> {
    references(&app.visitor().get(address).await.expect(200))
}

/// Three practices: KAZ 001 and 002, KGZ 001.
fn three(app: &TestApp) -> Session {
    let session = app.session();
    app.practice(&session, "KAZ", &answers("Zinc corridor", "Ягодный путь", "D2.3", ("2016", "2018"), "TFA-10.4"));
    app.practice(&session, "KAZ", &answers("Apple window", "Зелёные коридоры", "D2", ("2018", ""), ""));
    app.practice(&session, "KGZ", &answers("Moss corridors", "Арбузы", "D1.1", ("2019", "2020"), "TFA-10.4"));
    session
}

on_each_database! {
    async fn filters_combine_and_live_in_the_address(app: TestApp) {
        three(&app);
        let cases: [(&str, &[&str]); 12] = [
            ("", &["GP-KAZ-2020-001", "GP-KAZ-2020-002", "GP-KGZ-2020-001"]),
            ("?country=KAZ", &["GP-KAZ-2020-001", "GP-KAZ-2020-002"]),
            ("?theme=D2", &["GP-KAZ-2020-001", "GP-KAZ-2020-002"]),
            ("?theme=D2.3", &["GP-KAZ-2020-001"]),
            ("?tfa=TFA-10.4", &["GP-KAZ-2020-001", "GP-KGZ-2020-001"]),
            ("?tfa=TFA-10.4&country=KGZ", &["GP-KGZ-2020-001"]),
            ("?year=2018&country=KAZ", &["GP-KAZ-2020-001", "GP-KAZ-2020-002"]),
            ("?year=2019", &["GP-KAZ-2020-002", "GP-KGZ-2020-001"]),
            ("?target=17.10&theme=D1", &["GP-KGZ-2020-001"]),
            ("?country=&theme=&target=&tfa=&year=&words=&order=", &["GP-KAZ-2020-001", "GP-KAZ-2020-002", "GP-KGZ-2020-001"]),
            ("?country=XXX", &[]),
            ("?words=corridor&tfa=TFA-10.4&year=2017", &["GP-KAZ-2020-001"]),
        ];
        for (query, expected) in cases {
            assert_eq!(found(&app, &format!("/library{query}")).await, expected, "{query}");
        }
        app.visitor().get("/library?country=KAZ&year=2018").await.expect(200)
            .sees("2 practices")
            .sees("href=\"/library?year=2018\"")
            .sees("href=\"/library?country=KAZ\"")
            .sees("<option value=\"KAZ\" selected>Kazakhstan (2)</option>");
        app.visitor().get("/library?country=XXX").await.expect(200).sees("No practice fits").sees("value=\"XXX\" selected");
    }
}

on_each_database! {
    async fn titles_are_in_the_dictionary_order_of_the_reader(app: TestApp) {
        three(&app);
        let english = found(&app, "/library?order=title").await;
        assert_eq!(english, ["GP-KAZ-2020-002", "GP-KGZ-2020-001", "GP-KAZ-2020-001"]);
        let russian = found(&app, "/library?order=title&lang=ru").await;
        assert_eq!(russian, ["GP-KGZ-2020-001", "GP-KAZ-2020-002", "GP-KAZ-2020-001"]);
        let countries = found(&app, "/library?order=country").await;
        assert_eq!(countries, ["GP-KAZ-2020-002", "GP-KAZ-2020-001", "GP-KGZ-2020-001"]);
    }
}

on_each_database! {
    async fn words_are_found_in_each_language_by_their_stems(app: TestApp) {
        three(&app);
        let cases: [(&str, &[&str]); 9] = [
            ("CORRIDOR", &["GP-KAZ-2020-001", "GP-KGZ-2020-001"]),
            ("apples%20windows", &["GP-KAZ-2020-002"]),
            ("%D0%B7%D0%B5%D0%BB%D0%B5%D0%BD%D1%8B%D0%B9%20%D0%9A%D0%9E%D0%A0%D0%98%D0%94%D0%9E%D0%A0", &["GP-KAZ-2020-002"]),
            ("%D0%B7%D0%B5%D0%BB%D1%91%D0%BD%D1%8B%D1%85", &["GP-KAZ-2020-002"]),
            ("gp-kgz-2020-001", &["GP-KGZ-2020-001"]),
            ("corri", &[]),
            ("%25", &[]),
            ("_", &[]),
            ("corridor%25", &["GP-KAZ-2020-001", "GP-KGZ-2020-001"]),
        ];
        for (words, expected) in cases {
            assert_eq!(found(&app, &format!("/library?words={words}")).await, expected, "{words}");
        }
        app.visitor().get("/library?words=corridor&lang=ru").await.expect(200).sees("2 практики").sees("Слова: «corridor»");
    }
}

on_each_database! {
    async fn a_page_holds_fifty_and_leads_on_with_the_filters(app: TestApp) {
        let session = app.session();
        for number in 0..51 {
            let title = format!("Practice number {number}");
            app.practice(&session, "UZB", &answers(&title, &title, "D3", ("2016", ""), ""));
        }
        let first = app.visitor().get("/library?theme=D3&words=practice&lang=ru").await.expect(200);
        assert_eq!(references(&first).len(), 50);
        let first = first.sees("51 практика").sees("Страница 1 из 2");
        let next = "/library?words=practice&amp;theme=D3&amp;page=2&amp;lang=ru";
        let first = first.sees("rel=\"next\"");
        assert!(first.body.replace("&#38;", "&amp;").contains(next), "{}", first.body);
        assert_eq!(found(&app, "/library?words=practice&theme=D3&page=2&lang=ru").await, ["GP-UZB-2020-051"]);
        assert_eq!(found(&app, "/library?page=99").await, ["GP-UZB-2020-051"]);
    }
}

on_each_database! {
    async fn only_what_is_published_is_shown_found_and_open(app: TestApp) {
        let session = app.session();
        app.visitor().get("/library").await.expect(200).sees("The library is still empty");
        let open = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Open quinoa");
        for state in State::ALL.iter().filter(|state| **state != State::Accepted) {
            app.submission(&session, "KAZ", Kind::Practice, *state, "Hidden quinoa");
        }
        app.accepted_action(&session, "KAZ", "Hidden quinoa action");
        for actor in [app.visitor(), app.secretariat(), app.head("KAZ")] {
            let list = actor.get("/library?words=quinoa").await.expect(200).lacks("Hidden");
            assert_eq!(references(&list), ["GP-KAZ-2020-001"]);
            for number in 2..=9 {
                actor.get(&format!("/library/GP-KAZ-2020-00{number}")).await.expect(404).lacks("quinoa");
            }
            actor.get("/library/PA-KAZ-2020-001").await.expect(404).lacks("quinoa");
            actor.get("/library/nothing").await.expect(404);
            actor.get("/library/GP-KAZ-2020-001").await.expect(200).sees("Open quinoa");
        }
        let now = app.clock.now().naive_utc();
        app.db.write_here(|tx| submissions::store::set_state(tx, &open, State::Withdrawn, now)).expect("withdrawn");
        app.visitor().get("/library/GP-KAZ-2020-001").await.expect(404).lacks("quinoa");
        assert_eq!(found(&app, "/library").await, [""; 0]);
    }
}

on_each_database! {
    async fn a_changed_text_shows_at_once(app: TestApp) {
        let session = app.session();
        let practice = app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "First title");
        app.visitor().get("/library").await.expect(200).sees("First title");
        let author = app.secretariat().account;
        let now = app.clock.now().naive_utc();
        app.db
            .write_here(|tx| -> Result<_, StoreError> {
                let before = submissions::store::answers_at(tx, &practice.id, 1)?;
                let after = before.clone().with("title", Lang::En, "Second title");
                let questionnaire = Questionnaire::default_of(Kind::Practice);
                submissions::store::save_revision(tx, &practice, questionnaire, &before, &after, &author, now)
            })
            .expect("saved");
        app.visitor().get("/library").await.expect(200).sees("Second title").lacks("First title");
    }
}

on_each_database! {
    async fn private_answers_are_neither_shown_nor_found(app: TestApp) {
        let session = app.session();
        let secret = answers("Open title", "Открытое название", "D2", ("2016", ""), "")
            .with("contact_name", AnswerLang::Neutral, "Quagga Xerxes")
            .with("contact_post", AnswerLang::Neutral, "Quagga keeper")
            .with("contact_email", AnswerLang::Neutral, "quagga@example.org");
        app.practice(&session, "KAZ", &secret);
        for actor in [app.visitor(), app.secretariat()] {
            for lang in ["en", "ru"] {
                let page = actor.get(&format!("/library/GP-KAZ-2020-001?lang={lang}")).await.expect(200);
                page.lacks("uagga").lacks("Contact point").lacks("Контактное лицо");
            }
        }
        assert_eq!(found(&app, "/library?words=quagga").await, [""; 0]);
        assert_eq!(found(&app, "/library?words=open").await, ["GP-KAZ-2020-001"]);
    }
}

on_each_database! {
    async fn an_address_lasts_in_any_spelling(app: TestApp) {
        three(&app);
        for (asked, leads_to) in [
            ("/library/gp-kaz-2020-001", "/library/GP-KAZ-2020-001"),
            ("/library/GP-KAZ-2020-1?lang=ru", "/library/GP-KAZ-2020-001?lang=ru"),
            ("/library/gp-xxx-2020-001", "/library/GP-XXX-2020-001"),
        ] {
            let page = app.visitor().get(asked).await.expect(303);
            assert_eq!(page.location.as_deref(), Some(leads_to));
        }
        app.visitor().get("/library/GP-XXX-2020-001").await.expect(404);
        app.visitor().get("/library/GP-KAZ-2020-001").await.expect(200)
            .sees("Zinc corridor")
            .sees("href=\"/library?theme=D2.3\"")
            .sees("href=\"/library?target=17.10\"")
            .sees("href=\"/sessions/15/exports/practices.csv?lang=en\"")
            .sees("href=\"/sessions/15\"")
            .sees("Kazakhstan: “Zinc corridor”. SPECA Working Group on Trade, Fifteenth session, GP-KAZ-2020-001.")
            .lacks("/submissions/");
        app.head("KAZ").get("/library/GP-KAZ-2020-001").await.expect(200).sees("href=\"/submissions/GP-KAZ-2020-001\"");
        app.head("KGZ").get("/library/GP-KAZ-2020-001").await.expect(200).lacks("/submissions/");
    }
}

on_each_database! {
    async fn a_visitor_reads_in_russian_and_sees_what_is_in_english_only(app: TestApp) {
        let session = three(&app);
        let english = answers("English alone", "", "D2", ("2016", ""), "").with("problem", Lang::Ru, "");
        app.practice(&session, "TJK", &english);
        app.visitor().get("/library?lang=ru").await.expect(200)
            .sees("<html lang=\"ru\" dir=\"ltr\">")
            .sees("4 практики")
            .sees("href=\"/library/GP-TJK-2020-001?lang=ru\" lang=\"en\">English alone</a> <span class=\"badge note\">только на английском языке</span>")
            .sees("lang=\"ru\">Зелёные коридоры</a>");
        app.visitor().get("/library/GP-TJK-2020-001?lang=ru").await.expect(200)
            .sees("Проблема")
            .sees("только на английском языке")
            .sees("Таджикистан")
            .sees("href=\"/library?theme=D2&#38;lang=ru\"");
        app.visitor().get("/library/GP-TJK-2020-001").await.expect(200).lacks("in English only");
        // The page of somebody signed in follows the account.
        app.head("KAZ").get("/library?lang=ru").await.expect(200).sees("<html lang=\"en\" dir=\"ltr\">").lacks("href=\"/library/GP-TJK-2020-001?lang=ru\"");
    }
}

on_each_database! {
    async fn a_compiled_entry_says_so_and_names_its_source(app: TestApp) {
        let session = app.session();
        let given = Answers::none()
            .with("title", Lang::En, "Compiled practice")
            .with("summary", Lang::En, "What the source says.")
            .with("links.0.url", AnswerLang::Neutral, "javascript:alert(1)");
        let practice = app.practice(&session, "UZB", &given);
        app.visitor().get("/library").await.expect(200).lacks("compiled from public sources");
        let source = |url: &str| CompiledSource {
            key: "GP-007".to_owned(),
            period: "2016-2019".to_owned(),
            state: String::new(),
            title: "A report".to_owned(),
            url: url.to_owned(),
            date: "2020-10".to_owned(),
            kind: "UN".to_owned(),
            confidence: "high".to_owned(),
            taken_over_at: None,
        };
        let stored = source("https://example.org/report");
        app.db.write_here(|tx| submissions::store::insert_source(tx, &practice.id, &stored)).expect("source");
        app.visitor().get("/library").await.expect(200).sees("compiled from public sources");
        app.visitor().get("/library/GP-UZB-2020-001").await.expect(200)
            .sees("This entry was compiled by the secretariat from public sources")
            .sees("<a href=\"https://example.org/report\" rel=\"noopener nofollow\">A report</a>")
            .sees("2016-2019")
            .sees("Not given in the sources")
            .sees("Lessons learned")
            .lacks("href=\"javascript:");
    }
}

on_each_database! {
    async fn stored_markup_is_shown_as_text(app: TestApp) {
        let session = app.session();
        let mark = "<script>alert(1)</script>\"'&";
        let evil = answers(mark, mark, "D2", ("2016", ""), "")
            .with("summary", Lang::En, mark)
            .with("problem", Lang::En, mark)
            .with("institutions.0.name", Lang::En, mark);
        app.practice(&session, "KAZ", &evil);
        for address in [
            "/library",
            "/library/GP-KAZ-2020-001",
            "/library?words=%3Cscript%3Ealert(1)%3C/script%3E%22",
            "/library?country=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        ] {
            let page = app.visitor().get(address).await.expect(200).lacks("<script>");
            assert!(page.body.contains("&#60;script&#62;"), "{address}");
        }
    }
}

on_each_database! {
    async fn the_number_of_queries_does_not_grow(app: TestApp) {
        let session = app.session();
        let visitor = Actor::visitor();
        let whole = |held: Option<&str>| {
            queries(&app, |conn| operations::newer_than(conn, &visitor, held).expect("read"))
        };
        let newest = || {
            app.db.read_here(|conn| operations::newer_than(conn, &visitor, None)).expect("read").expect("collection").edition
        };
        app.practice(&session, "KAZ", &answers("One", "Один", "D2", ("2016", ""), ""));
        let one = (whole(None), whole(Some(&newest())));
        app.practice(&session, "KAZ", &answers("Two", "Два", "D2", ("2016", ""), ""));
        app.practice(&session, "KGZ", &answers("Three", "Три", "D2", ("2016", ""), ""));
        let three = (whole(None), whole(Some(&newest())));
        assert_eq!((one, three), ((4, 1), (4, 1)));
    }
}

on_each_database! {
    async fn what_a_visitor_holds_crosses_the_line_once(app: TestApp) {
        let session = app.session();
        app.submission(&session, "KAZ", Kind::Practice, State::Accepted, "Single window");
        let visitor = app.visitor();
        let first = visitor.get("/library").await.expect(200).sees("Single window");
        let held = first.header("ETag").expect("a validator").to_owned();
        assert_eq!(first.header("Cache-Control"), Some("private, no-cache"));
        let (again, body) = visitor.fetch("/library", &[("If-None-Match", &held)]).await;
        assert_eq!((again.status.code, body.len()), (304, 0));
        let (other, _) = app.visitor().fetch("/library", &[("If-None-Match", &held)]).await;
        assert_eq!(other.status.code, 200, "another browser has other tokens");
        app.submission(&session, "UZB", Kind::Practice, State::Accepted, "Electronic permits");
        let (changed, _) = visitor.fetch("/library", &[("If-None-Match", &held)]).await;
        assert_eq!(changed.status.code, 200);
        let head = app.head("KAZ");
        let page = head.get("/library").await.expect(200);
        assert_eq!((page.header("ETag"), page.header("Cache-Control")), (None, Some("private, no-store")));
    }
}
