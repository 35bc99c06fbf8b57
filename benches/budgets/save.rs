//! Saving a draft, beside the bare durable commit rate of the same database: one row a transaction.

use std::time::Instant;

use diesel::prelude::*;
use speca::db::StoreError;
use speca::db::schema::sign_in_failures;
use speca::kernel::lang::Lang;
use speca::policy::Actor;
use speca::questionnaires::Answers;
use speca::submissions::merge::Choices;
use speca::submissions::operations::{self, Saving, Typed};
use speca::submissions::{self, State, Submission};

use super::data::{CHARS_MAX, Made, OnPostgres, start};
use super::{median, verdict};

const ROUNDS: usize = 9;
/// Transactions a round.
const TRANSACTIONS: usize = 300;
/// Least share of the bare commit rate.
const SHARE_MIN: f64 = 0.70;

pub fn run() {
    measure("SQLite", &Made::new(None));
    match OnPostgres::new() {
        Some(on_postgres) => measure("PostgreSQL", &Made::new(Some(on_postgres.url.clone()))),
        None => println!("   PostgreSQL: left out, SPECA_TEST_POSTGRES names no server"),
    }
}

fn measure(name: &str, made: &Made) {
    let (mut draft, answers) = made.add_practices(1, State::Draft, CHARS_MAX);
    let (head, _) = made.head();
    let runtime = super::http::runtime();
    let rate = |work: &mut dyn FnMut(usize)| {
        let begin = Instant::now();
        (0..TRANSACTIONS).for_each(work);
        TRANSACTIONS as f64 / begin.elapsed().as_secs_f64()
    };
    let mut rates: Vec<[f64; 3]> = Vec::new();
    for round in 0..ROUNDS {
        let text = |number: usize| format!("Text {round} {number}. ").repeat(20);
        let bare = rate(&mut |number| runtime.block_on(commit_one_row(made, format!("{round}-{number}"))));
        let save = rate(&mut |number| runtime.block_on(save(made, &mut draft, text(number))));
        let act = rate(&mut |number| {
            let answers = answers.clone().with("problem", Lang::En, format!("{} act", text(number)));
            runtime.block_on(act(made, &head, &mut draft, &answers));
        });
        rates.push([bare, save, act]);
    }
    let bare = median(rates.iter().map(|rates| rates[0]).collect());
    println!("   {name:<11} one row a transaction      {bare:>6.0}/s");
    for (what, place) in [("store: a revision saved", 1), ("whole act, form to trail", 2)] {
        let figure = median(rates.iter().map(|rates| rates[place]).collect());
        let share = median(rates.iter().map(|rates| rates[place] / rates[0]).collect());
        let verdict = verdict(share >= SHARE_MIN);
        println!("   {name:<11} {what:<25}  {figure:>6.0}/s  {:>5.1} %  limit ≥ 70 %: {verdict}", share * 100.0);
    }
}

async fn commit_one_row(made: &Made, id: String) {
    made.db
        .write(move |tx| -> Result<(), StoreError> {
            diesel::insert_into(sign_in_failures::table)
                .values((
                    sign_in_failures::id.eq(&id),
                    sign_in_failures::scope.eq("account"),
                    sign_in_failures::digest.eq("bench"),
                    sign_in_failures::failed_at.eq(start()),
                ))
                .execute(&mut **tx)?;
            Ok(())
        })
        .await
        .expect("row inserted");
}

/// Saves the whole form with one text changed, as the store does it: answers read, compared and written.
async fn save(made: &Made, draft: &mut Submission, text: String) {
    let (held, author, questionnaire) = (draft.clone(), made.author.clone(), made.questionnaire.1.clone());
    draft.revision = made
        .db
        .write(move |tx| -> Result<i32, StoreError> {
            let before: Answers = submissions::store::answers_at(tx, &held.id, held.revision)?;
            let after = before.clone().with("problem", Lang::En, text.as_str());
            submissions::store::save_revision(tx, &held, &questionnaire, &before, &after, &author, start())
        })
        .await
        .expect("draft saved");
}

/// Saves the whole form with one text changed, as a request does it: policy, windows, comparison with what is stored,
/// the revision, the line in the audit trail.
async fn act(made: &Made, head: &Actor, draft: &mut Submission, answers: &Answers) {
    let (actor, reference) = (head.clone(), draft.reference.clone());
    let fields = answers.iter().map(|(key, text)| (key.to_string(), text.to_owned())).collect();
    let typed = Typed { revision: draft.revision, fields, original: None, since: None, choices: Choices::new() };
    let saving = made.db.write(move |tx| operations::save(tx, &actor, &reference, &typed, start())).await;
    let Saving::Saved { revision, .. } = saving.expect("draft saved") else { panic!("nobody else writes") };
    assert_eq!(revision, draft.revision + 1);
    draft.revision = revision;
}
