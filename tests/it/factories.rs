//! Sessions and submissions made directly through the stores, for tests that start in the middle of a session.

use chrono::NaiveDate;
use chrono_tz::Tz;
use speca::db::StoreError;
use speca::kernel::ids::{AccountId, CredentialsId, CriterionId, SessionId, SubmissionId};
use speca::kernel::lang::{Bilingual, Lang};
use speca::kernel::reference::{Kind, Reference};
use speca::meetings::{self, Credentials};
use speca::programmes::{self, AdoptedBy, Programme};
use speca::questionnaires::{AnswerKey, AnswerLang, Answers, Question, QuestionKind, Questionnaire};
use speca::sessions::{self, Criterion, Session, Step, VotingRules, Window};
use speca::submissions::{self, State, Submission};
use speca::tally::Method;
use speca::tally::turnout::{Base, Quorum};

use crate::support::TestApp;

/// Returns the fields of the form of a decision, its title and text in English and Russian.
pub const fn decision<'a>(title: [&'a str; 2], text: [&'a str; 2]) -> [(&'static str, &'a str); 6] {
    [
        ("title_en", title[0]),
        ("title_ru", title[1]),
        ("text_en", text[0]),
        ("text_ru", text[1]),
        ("checked", "yes"),
        ("edition", "0"),
    ]
}

impl TestApp {
    /// Makes the fifteenth session with the default questionnaires, two criteria (60 and 40) and every window open
    /// from 1 September to 31 December 2020.
    pub fn session(&self) -> Session {
        let day = |month, day| NaiveDate::from_ymd_opt(2020, month, day).expect("day");
        let session = Session {
            id: SessionId::new(),
            number: 15,
            title: Bilingual::new("Fifteenth session".to_owned(), "Пятнадцатая сессия".to_owned()),
            place: Bilingual::new("Online".to_owned(), "В режиме онлайн".to_owned()),
            starts_on: day(11, 16),
            ends_on: day(11, 16),
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
        };
        let now = self.clock.now().naive_utc();
        let midnight = |day: NaiveDate| day.and_hms_opt(0, 0, 0).expect("time");
        self.db
            .write_here(|tx| -> Result<(), StoreError> {
                sessions::store::insert(tx, &session, now)?;
                for step in Step::ALL {
                    let window =
                        Window { step: *step, opens_at: midnight(day(9, 1)), closes_at: midnight(day(12, 31)) };
                    sessions::store::set_window(tx, &session.id, &window)?;
                }
                for (position, (en, ru, weight)) in
                    [(1, ("Relevance", "Актуальность", 60)), (2, ("Feasibility", "Осуществимость", 40))]
                {
                    let criterion = Criterion {
                        id: CriterionId::new(),
                        name: Bilingual::new(en.to_owned(), ru.to_owned()),
                        help: Bilingual::new(en.to_owned(), ru.to_owned()),
                        weight,
                    };
                    sessions::store::insert_criterion(tx, &session.id, position, &criterion)?;
                }
                for kind in Kind::ALL {
                    let questionnaire = Questionnaire::default_of(*kind);
                    speca::questionnaires::store::insert(tx, &session.id, questionnaire, now)?;
                }
                Ok(())
            })
            .expect("session inserted");
        session
    }

    /// Closes the window of a step by moving it into the past.
    pub fn close_window(&self, session: &Session, step: Step) {
        let at = |day| NaiveDate::from_ymd_opt(2020, 9, day).expect("day").and_hms_opt(0, 0, 0).expect("time");
        let window = Window { step, opens_at: at(1), closes_at: at(2) };
        self.db.write_here(|tx| sessions::store::set_window(tx, &session.id, &window)).expect("window closed");
    }

    /// Opens the window of a step from 1 September to 31 December 2020.
    pub fn open_window(&self, session: &Session, step: Step) {
        let at =
            |month, day| NaiveDate::from_ymd_opt(2020, month, day).expect("day").and_hms_opt(0, 0, 0).expect("time");
        let window = Window { step, opens_at: at(9, 1), closes_at: at(12, 31) };
        self.db.write_here(|tx| sessions::store::set_window(tx, &session.id, &window)).expect("window opened");
    }

    /// Makes a complete submission of a delegation in any state and returns it.
    pub fn submission(&self, session: &Session, code: &str, kind: Kind, state: State, title: &str) -> Submission {
        let mut answers =
            complete_answers(kind).with("title", Lang::En, title).with("title", Lang::Ru, format!("{title} по-русски"));
        if kind == Kind::Action {
            // Why: an action that names no other country waits for nobody's consent.
            let own = if code == "REG" { "" } else { code };
            answers = answers.with("countries", AnswerLang::Neutral, own);
        }
        self.submission_with(session, code, kind, state, &answers)
    }

    /// Makes a submission with the answers given.
    pub fn submission_with(
        &self,
        session: &Session,
        code: &str,
        kind: Kind,
        state: State,
        answers: &Answers,
    ) -> Submission {
        let author = self.secretariat().account;
        let delegation = self.delegation(code);
        let now = self.clock.now().naive_utc();
        self.db
            .write_here(|tx| -> Result<Submission, StoreError> {
                let (questionnaire_id, questionnaire) = speca::questionnaires::store::newest(tx, &session.id, kind)?;
                let number = submissions::store::next_number(tx, &session.id, kind, &delegation)?;
                let reference = Reference { kind, delegation: code.to_owned(), year: session.year(), number };
                let submission = Submission {
                    id: SubmissionId::new(),
                    kind,
                    session: session.id.clone(),
                    delegation: delegation.clone(),
                    reference: reference.to_string(),
                    number,
                    state,
                    questionnaire: questionnaire_id,
                    original: Lang::En,
                    revision: 1,
                    columns: submissions::Columns::default(),
                    created_at: now,
                    updated_at: now,
                    accepted_at: (state == State::Accepted).then_some(now),
                    published_at: (state == State::Accepted && kind == Kind::Practice).then_some(now),
                };
                submissions::store::insert(tx, &submission, &questionnaire, answers, &author)?;
                submissions::store::by_id(tx, &submission.id)
            })
            .expect("submission inserted")
    }

    /// Makes the programme of a session, with one place, and adopts it by consensus on a day.
    pub fn adopted_programme(&self, session: &Session, on: NaiveDate) -> Programme {
        let now = self.clock.now().naive_utc();
        let draft = Programme::draft((&session.id, session.year()), None, 1, now);
        let adopted = Programme {
            state: programmes::State::Adopted,
            adoption: Some((AdoptedBy::Consensus, on)),
            edition: 2,
            adopted_at: Some(now),
            ..draft.clone()
        };
        self.db
            .write_here(|tx| -> Result<(), StoreError> {
                programmes::store::insert(tx, &draft)?;
                programmes::store::save(tx, &adopted, programmes::State::Draft)
            })
            .expect("programme adopted");
        adopted
    }

    /// Makes an accepted priority action.
    pub fn accepted_action(&self, session: &Session, code: &str, title: &str) -> Submission {
        self.submission(session, code, Kind::Action, State::Accepted, title)
    }
}

/// Fields of a ballot by Borda's method, ties broken by lot, of which a member asked; without the day on which it closes.
pub const BALLOT_FIELDS: [(&str, &str); 10] = [
    ("title_en", "Order of the actions"),
    ("title_ru", "Очередность мероприятий"),
    ("method", "borda"),
    ("tie_rule", "lot"),
    ("base", "present-and-voting"),
    ("quorum", "majority-of-electorate"),
    ("quorum_number", ""),
    ("levels", "5"),
    ("asked_by", "TJK"),
    ("edition", "0"),
];

/// Returns answers to every required question of a kind that pass all rules.
pub fn complete_answers(kind: Kind) -> Answers {
    let mut answers = Answers::none();
    for question in Questionnaire::default_of(kind).questions() {
        if question.kind == QuestionKind::Rows {
            for row in 0..question.least.unwrap_or(1).min(u32::from(question.required)) {
                for column in question.columns.iter().filter(|column| column.required) {
                    fill(&mut answers, column, &format!("{}.{row}.{}", question.code, column.code));
                }
            }
        } else if question.required {
            fill(&mut answers, question, &question.code);
        }
    }
    answers
}

fn fill(answers: &mut Answers, question: &Question, path: &str) {
    for lang in question.languages() {
        let least = question.chars_min.unwrap_or(0) as usize;
        let words = if *lang == AnswerLang::Ru { "Текст ответа. " } else { "Text of the answer. " };
        let text = match question.kind {
            QuestionKind::Line | QuestionKind::Text => words.repeat(least / 13 + 1).trim().to_owned(),
            QuestionKind::Choice | QuestionKind::Choices => question.choices(Lang::En)[0].0.clone(),
            QuestionKind::Number => question.min.unwrap_or(0).max(1).to_string(),
            QuestionKind::Year => "2021".to_owned(),
            QuestionKind::HalfYear => "2021-2".to_owned(),
            QuestionKind::Tick => "yes".to_owned(),
            QuestionKind::Email => "office@example.org".to_owned(),
            QuestionKind::Url => "https://example.org/".to_owned(),
            QuestionKind::Reference => "GP-KAZ-2020-001".to_owned(),
            QuestionKind::Rows => String::new(),
        };
        answers.set(AnswerKey::new(path, *lang), text);
    }
}

/// Returns a letter of credentials as it was just handed in for a delegation, naming an account as head.
pub fn credentials(app: &TestApp, session: &Session, code: &str, head: &AccountId) -> Credentials {
    Credentials {
        id: CredentialsId::new(),
        session: session.id.clone(),
        delegation: app.delegation(code),
        state: meetings::State::HandedIn,
        head: head.clone(),
        valid_from_on: session.starts_on,
        valid_until_on: Some(session.ends_on),
        file_name: "letter.pdf".to_owned(),
        content: submissions::attachments::Content::Pdf,
        size_bytes: 8,
        comment: String::new(),
        handed_in_by: head.clone(),
        handed_in_at: app.clock.now().naive_utc(),
        examined_at: None,
    }
}
