//! Databases to measure on: 2,000 practices with full answers in both languages, made through the stores.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use diesel::prelude::*;
use speca::accounts::{self, Account, Office};
use speca::classification::List;
use speca::config::Config;
use speca::db::schema::{accreditations, sign_ins};
use speca::db::{DatabaseUrl, Db, StoreError};
use speca::delegations::{self, Delegation, DelegationKind};
use speca::kernel::ids::{
    AccountId, AccreditationId, DelegationId, QuestionnaireId, SessionId, SignInId, SubmissionId,
};
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::reference::{Kind, Reference};
use speca::kernel::token::{digest, new_token};
use speca::policy::{Actor, Capacity, Holding};
use speca::questionnaires::{self, AnswerKey, AnswerLang, Answers, QuestionKind, Questionnaire};
use speca::sessions::{self, Session, Step, VotingRules, Window};
use speca::submissions::{self, Columns, State, Submission};
use speca::tally::Method;
use speca::tally::turnout::{Base, Quorum};

/// Characters of a text in a practice that is filled in with care.
pub const CHARS_MAX: u32 = 600;
/// Practices made in one transaction.
const BATCH: usize = 500;

/// Words that the texts are made of.
const ENGLISH: &str = "customs border crossing transit single window permit electronic certificate exporters small \
    firms time release inspection risk joint control fruit vegetables carriers queue agency information publication \
    enquiry point traders cost days reduced introduced agreement corridor railway warehouse laboratory standard";
const RUSSIAN: &str = "таможенный пункт пропуска транзит единое окно разрешение электронный сертификат экспортеры \
    малые предприятия время выпуска досмотр риск совместный контроль фрукты овощи перевозчики очередь ведомство \
    информация публикация справочный участники расходы дни сокращены введены соглашение коридор железная склад";

/// Numbers that look random and are the same in every run.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn words(&mut self, lang: AnswerLang, chars: usize) -> String {
        let words: Vec<&str> = if lang == AnswerLang::Ru { RUSSIAN } else { ENGLISH }.split_whitespace().collect();
        let mut text = String::new();
        while text.chars().count() < chars {
            text.push_str(words[self.below(words.len())]);
            text.push(if self.below(12) == 0 { '.' } else { ' ' });
        }
        text.trim().to_owned()
    }

    fn code(&mut self, list: List) -> String {
        let codes: Vec<&str> = list.entries().iter().filter(|e| !e.is_heading).map(|e| e.code.as_str()).collect();
        codes[self.below(codes.len())].to_owned()
    }
}

/// The moment at which everything happens.
pub fn start() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2020, 9, 14).expect("day").and_hms_opt(8, 0, 0).expect("time")
}

/// A database with a session, the seven countries and an author.
pub struct Made {
    pub db: Db,
    pub config: Config,
    pub author: AccountId,
    pub session: Session,
    pub questionnaire: (QuestionnaireId, Questionnaire),
    delegations: Vec<(DelegationId, String)>,
    _folder: tempfile::TempDir,
}

impl Made {
    /// Makes a database in a SQLite file of its own, or where an address says.
    pub fn new(url: Option<DatabaseUrl>) -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let url = url.unwrap_or_else(|| DatabaseUrl::Sqlite(folder.path().join("bench.sqlite")));
        let config = Config {
            attachments: speca::depot::Place::Folder(folder.path().join("files")),
            database: url.clone(),
            port: 0,
            ..Config::of(&|_| None, "sqlite://unused").expect("defaults")
        };
        let db = Db::open(&url).expect("database opens");
        db.migrate().expect("database migrates");
        let author = account();
        let session = session();
        let delegations: Vec<(DelegationId, String)> =
            List::Country.entries().iter().map(|entry| (DelegationId::new(), entry.code.clone())).collect();
        let questionnaire = db
            .write_here(|tx| -> Result<_, StoreError> {
                accounts::store::insert_account(tx, &author, "", start())?;
                for (id, code) in &delegations {
                    let name = List::Country.entry(code).expect("country").title.clone();
                    let (kind, formal_name) = (DelegationKind::Country, name.clone());
                    let delegation =
                        Delegation { id: id.clone(), code: code.clone(), kind, name, formal_name, votes: true };
                    delegations::store::insert(tx, &delegation, start())?;
                }
                sessions::store::insert(tx, &session, start())?;
                for kind in Kind::ALL {
                    questionnaires::store::insert(tx, &session.id, Questionnaire::default_of(*kind), start())?;
                }
                questionnaires::store::newest(tx, &session.id, Kind::Practice)
            })
            .expect("basis made");
        Self { db, config, author: author.id, session, questionnaire, delegations, _folder: folder }
    }

    /// Adds practices with full answers, texts of at most `chars_max`, and returns the last with its answers.
    pub fn add_practices(&self, count: usize, state: State, chars_max: u32) -> (Submission, Answers) {
        let mut last = None;
        for first in (0..count).step_by(BATCH) {
            let places = first..(first + BATCH).min(count);
            let all: Vec<(Submission, Answers)> = places.map(|place| self.practice(place, state, chars_max)).collect();
            self.db
                .write_here(|tx| -> Result<(), StoreError> {
                    for (submission, answers) in &all {
                        submissions::store::insert(tx, submission, &self.questionnaire.1, answers, &self.author)?;
                    }
                    Ok(())
                })
                .expect("practices inserted");
            last = all.into_iter().last();
        }
        last.expect("one practice")
    }

    /// Opens the window of submissions and returns the head of the first delegation, signed in with a token.
    pub fn head(&self) -> (Actor, String) {
        let account = Account { office: Office::None, email: "head@example.org".to_owned(), ..account() };
        let (token, midnight) = (new_token(), start().date().and_hms_opt(0, 0, 0).expect("time"));
        let delegation = self.delegations[0].0.clone();
        let window = Window { step: Step::Submissions, opens_at: midnight, closes_at: midnight + TimeDelta::days(30) };
        self.db
            .write_here(|tx| -> Result<(), StoreError> {
                sessions::store::set_window(tx, &self.session.id, &window)?;
                accounts::store::insert_account(tx, &account, "", start())?;
                diesel::insert_into(accreditations::table)
                    .values((
                        accreditations::id.eq(AccreditationId::new()),
                        accreditations::account_id.eq(&account.id),
                        accreditations::delegation_id.eq(&delegation),
                        accreditations::capacity.eq(Capacity::Head),
                        accreditations::valid_from_on.eq(start().date()),
                        accreditations::created_at.eq(start()),
                    ))
                    .execute(&mut **tx)?;
                diesel::insert_into(sign_ins::table)
                    .values((
                        sign_ins::id.eq(SignInId::new()),
                        sign_ins::account_id.eq(&account.id),
                        sign_ins::token_digest.eq(digest(&token)),
                        sign_ins::machine.eq("bench"),
                        sign_ins::created_at.eq(start()),
                        sign_ins::last_seen_at.eq(start()),
                        sign_ins::expires_at.eq(start() + TimeDelta::days(30)),
                    ))
                    .execute(&mut **tx)?;
                Ok(())
            })
            .expect("head signed in");
        let holding = Holding { capacity: Capacity::Head, delegation: Some(delegation), session: None };
        (Actor::new(account.id, [holding]), token)
    }

    fn practice(&self, place: usize, state: State, chars_max: u32) -> (Submission, Answers) {
        let mut numbers = Numbers::new(place as u64 + 1);
        let (delegation, code) = &self.delegations[place % self.delegations.len()];
        let number = i32::try_from(place / self.delegations.len() + 1).expect("number");
        let at = start() + TimeDelta::minutes(i64::try_from(place).expect("minutes"));
        let reference = Reference { kind: Kind::Practice, delegation: code.clone(), year: 2020, number };
        let submission = Submission {
            id: SubmissionId::new(),
            kind: Kind::Practice,
            session: self.session.id.clone(),
            delegation: delegation.clone(),
            reference: reference.to_string(),
            number,
            state,
            questionnaire: self.questionnaire.0.clone(),
            original: Lang::En,
            revision: 1,
            columns: Columns::default(),
            created_at: at,
            updated_at: at,
            accepted_at: (state == State::Accepted).then_some(at),
            published_at: (state == State::Accepted).then_some(at),
        };
        (submission, full_answers(&self.questionnaire.1, &mut numbers, chars_max))
    }
}

fn account() -> Account {
    Account {
        id: AccountId::new(),
        email: "office@example.org".to_owned(),
        name: "Office".to_owned(),
        office: Office::Secretariat,
        language: Lang::En,
        time_zone: Tz::UTC,
        disabled_at: None,
        erased_at: None,
    }
}

fn session() -> Session {
    let day = NaiveDate::from_ymd_opt(2020, 11, 16).expect("day");
    Session {
        id: SessionId::new(),
        number: 15,
        title: Bilingual::new("Fifteenth session".to_owned(), "Пятнадцатая сессия".to_owned()),
        place: Bilingual::new("Online".to_owned(), "В режиме онлайн".to_owned()),
        starts_on: day,
        ends_on: day,
        time_zone: Tz::Asia__Almaty,
        programme_years: (2021, 2023),
        rules: VotingRules {
            method: Method::Borda,
            tie_rule: "refuse".to_owned(),
            base: Base::PresentAndVoting,
            quorum: Quorum::MajorityOfElectorate,
        },
        is_demonstration: false,
        takes_late: false,
        edition: 1,
    }
}

/// Returns answers to every question: texts of half their limit, at most `chars_max`, and codes out of the lists.
fn full_answers(questionnaire: &Questionnaire, numbers: &mut Numbers, chars_max: u32) -> Answers {
    let mut answers = Answers::none();
    for question in questionnaire.questions() {
        let columns: Vec<(String, &questionnaires::Question)> = if question.kind == QuestionKind::Rows {
            let path = |column: &questionnaires::Question| format!("{}.0.{}", question.code, column.code);
            question.columns.iter().map(|column| (path(column), column)).collect()
        } else {
            vec![(question.code.clone(), question)]
        };
        for (path, asked) in columns {
            for lang in asked.languages() {
                let chars = (asked.chars_max.unwrap_or(100) / 2).min(chars_max) as usize;
                let text = match asked.kind {
                    QuestionKind::Line | QuestionKind::Text => numbers.words(*lang, chars),
                    QuestionKind::Choice | QuestionKind::Choices => match asked.list {
                        Some(list) => numbers.code(list),
                        None => asked.options[numbers.below(asked.options.len())].code.clone(),
                    },
                    QuestionKind::Number => "1000".to_owned(),
                    QuestionKind::Year => (2012 + numbers.below(9)).to_string(),
                    QuestionKind::HalfYear => "2021-2".to_owned(),
                    QuestionKind::Tick => "yes".to_owned(),
                    QuestionKind::Email => "office@example.org".to_owned(),
                    QuestionKind::Url => "https://example.org/".to_owned(),
                    QuestionKind::Reference => "GP-KAZ-2020-001".to_owned(),
                    QuestionKind::Rows => String::new(),
                };
                answers.set(AnswerKey::new(&path, *lang), text);
            }
        }
    }
    answers.with("last_year", AnswerLang::Neutral, (2020 + numbers.below(4)).to_string())
}

/// A database on the PostgreSQL server that `SPECA_TEST_POSTGRES` names; dropped at the end.
pub struct OnPostgres {
    server: String,
    name: String,
    pub url: DatabaseUrl,
}

impl OnPostgres {
    /// Makes the database, when a server is named.
    pub fn new() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "the server is named where the tests find it")]
        let server = std::env::var("SPECA_TEST_POSTGRES").ok()?;
        let name = format!("speca_bench_{}", std::process::id());
        let mut conn = PgConnection::establish(&server).expect("the PostgreSQL server answers");
        diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut conn).expect("database made");
        let (before, last) = server.rsplit_once('/').expect("an address with a database");
        let query = last.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
        let url = DatabaseUrl::Postgres(format!("{before}/{name}{query}"));
        Some(Self { server, name, url })
    }
}

impl Drop for OnPostgres {
    fn drop(&mut self) {
        if let Ok(mut conn) = PgConnection::establish(&self.server) {
            let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
            let _ = diesel::sql_query(drop).execute(&mut conn);
        }
    }
}
