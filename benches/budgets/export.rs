//! A million rows of answers as CSV, beside the dump of the same columns by `sqlite3 -csv`.
//!
//! The export runs in a process of its own, so that its memory is not that of the one that made the rows. The dump
//! finds the words that the export adds (labels of questions, codes in words) in two small tables made for it.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use diesel::prelude::*;
use speca::db::{DatabaseUrl, Db, StoreError};
use speca::exports::{Name, Order, Reach, write};
use speca::kernel::lang::Lang;
use speca::questionnaires::{AnswerKey, Questionnaire};
use speca::sessions;
use speca::submissions::State;

use super::data::Made;
use super::{median, verdict};

const ROWS: usize = 1_000_000;
/// Longest text in characters: most of a million answers are short.
const CHARS_MAX: u32 = 60;
const ROUNDS: usize = 3;
/// Most memory above idle.
const MEBIBYTES_MAX: f64 = 64.0;
/// Least share of the dump's rows a second.
const SHARE_MIN: f64 = 0.50;
/// Argument that makes this program the exporting process.
const JOB: &str = "--export-job";

/// Everything that the export shows, in the order in which it is stored.
const SAME_COLUMNS: &str = "SELECT s.reference, s.revision, l.code, l.label, l.place, l.column_code, l.column_title, \
    a.language, a.text, coalesce(w.words, '') FROM submissions s JOIN answers a ON a.submission_id = s.id \
    JOIN bench_labels l ON l.question = a.question LEFT JOIN bench_words w ON w.question = l.path AND w.code = a.text";
/// What is stored and nothing else.
const STORED: &str = "SELECT s.reference, s.revision, a.question, a.language, a.text \
    FROM submissions s JOIN answers a ON a.submission_id = s.id";

/// The exporting process.
pub struct Job(PathBuf);

impl Job {
    /// Returns the job that the arguments ask for.
    pub fn of_arguments() -> Option<Self> {
        let mut arguments = std::env::args().skip_while(|argument| argument != JOB);
        arguments.next()?;
        arguments.next().map(|path| Self(path.into()))
    }

    /// Exports into a file beside the database and prints rows, seconds and mebibytes above idle.
    pub fn run(self) {
        let db = Db::open(&DatabaseUrl::Sqlite(self.0.clone())).expect("database opens");
        let session = db.read_here(|conn| sessions::store::by_number(conn, 15)).expect("session");
        let order = Order {
            session: Some(session),
            name: Name::Answers,
            lang: Lang::Ru,
            reach: Reach::Secretariat,
            reader: speca::policy::Actor::visitor(),
            ballot: None,
        };
        let idle = mebibytes("VmRSS");
        let begin = Instant::now();
        let out = BufWriter::new(File::create(self.0.with_extension("csv")).expect("file"));
        let rows = db.read_here(|conn| write(conn, &order, out)).expect("exported");
        println!("{rows} {} {}", begin.elapsed().as_secs_f64(), mebibytes("VmHWM") - idle);
    }
}

/// Returns a figure of this process's memory.
fn mebibytes(name: &str) -> f64 {
    let figures = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).map_or(f64::NAN, |kib: f64| kib / 1024.0)
}

pub fn run() {
    // Why: how many rows a practice gives is known once one is made.
    let (_, answers) = Made::new(None).add_practices(1, State::Accepted, CHARS_MAX);
    let made = Made::new(None);
    let DatabaseUrl::Sqlite(path) = made.config.database.clone() else { return };
    made.add_practices(ROWS.div_ceil(answers.iter().count()), State::Accepted, CHARS_MAX);
    add_labels(&made, &answers.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>());
    let program = std::env::current_exe().expect("this program");
    let (mut exports, mut memory, mut same, mut stored, mut rows) = (vec![], vec![], vec![], vec![], 0.0);
    for _ in 0..ROUNDS {
        let printed = Command::new(&program).arg(JOB).arg(&path).output().expect("exporting process");
        let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
        let figures: Vec<f64> = printed.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
        let [exported, seconds, above_idle] = figures[..] else { panic!("the exporting process said `{printed}`") };
        rows = exported;
        exports.push(exported / seconds);
        memory.push(above_idle);
        same.push(dumped(&path, SAME_COLUMNS));
        stored.push(dumped(&path, STORED));
    }
    let (export, memory) = (median(exports), median(memory));
    println!("   {rows:.0} rows, {ROUNDS} rounds in turns, median");
    println!(
        "   export of answers          {export:>9.0} rows/s  {memory:>6.1} MiB above idle  limit 64: {}",
        verdict(memory <= MEBIBYTES_MAX)
    );
    for (what, dump, is_judged) in
        [("the same columns", median(same), true), ("stored columns alone", median(stored), false)]
    {
        let share = export / dump;
        let judged =
            if is_judged { format!("  limit ≥ 50 %: {}", verdict(share >= SHARE_MIN)) } else { String::new() };
        println!("   sqlite3 -csv, {what:<22}{dump:>9.0} rows/s  export at {:>5.1} %{judged}", share * 100.0);
    }
}

/// Dumps with the command-line program and returns rows a second.
fn dumped(path: &Path, query: &str) -> f64 {
    let file = path.with_extension("dump");
    let begin = Instant::now();
    let out = File::create(&file).expect("file");
    let done = Command::new("sqlite3").arg("-csv").arg(path).arg(query).stdout(out).status().expect("sqlite3 runs");
    assert!(done.success());
    let seconds = begin.elapsed().as_secs_f64();
    let rows = Command::new("sqlite3")
        .arg(path)
        .arg(format!("SELECT count(*) FROM ({query})"))
        .output()
        .expect("sqlite3 counts");
    String::from_utf8_lossy(&rows.stdout).trim().parse::<f64>().expect("a number") / seconds
}

/// Adds the tables in which the dump finds labels and words.
fn add_labels(made: &Made, keys: &[AnswerKey]) {
    let questionnaire = &made.questionnaire.1;
    made.db
        .write_here(|tx| -> Result<(), StoreError> {
            for table in [
                "CREATE TABLE bench_labels (question TEXT PRIMARY KEY, path TEXT, code TEXT, label TEXT, place TEXT, \
                 column_code TEXT, column_title TEXT)",
                "CREATE TABLE bench_words (question TEXT, code TEXT, words TEXT, PRIMARY KEY (question, code))",
            ] {
                diesel::sql_query(table).execute(&mut **tx)?;
            }
            for key in keys {
                for (query, values) in inserts(questionnaire, key) {
                    let mut query = diesel::sql_query(query).into_boxed();
                    for value in values {
                        query = query.bind::<diesel::sql_types::Text, _>(value);
                    }
                    query.execute(&mut **tx)?;
                }
            }
            Ok(())
        })
        .expect("labels added");
}

fn inserts(questionnaire: &Questionnaire, key: &AnswerKey) -> Vec<(&'static str, Vec<String>)> {
    let (code, place, column) = match key.cell() {
        Some((code, row, column)) => (code, (row + 1).to_string(), column),
        None => (key.question.as_str(), "0".to_owned(), ""),
    };
    let Some(question) = questionnaire.at(&key.question) else { return Vec::new() };
    let label = questionnaire.question(code).map_or_else(String::new, |asked| asked.label.ru.clone());
    let title = if column.is_empty() { String::new() } else { question.label.ru.clone() };
    let path = key.question.clone();
    let labels = vec![path.clone(), path.clone(), code.to_owned(), label, place, column.to_owned(), title];
    let words = question
        .choices(Lang::Ru)
        .into_iter()
        .map(|(code, words)| ("INSERT OR IGNORE INTO bench_words VALUES (?, ?, ?)", vec![path.clone(), code, words]));
    let first = ("INSERT OR IGNORE INTO bench_labels VALUES (?, ?, ?, ?, ?, ?, ?)", labels);
    std::iter::once(first).chain(words).collect()
}
