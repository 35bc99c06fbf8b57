//! Saving a draft, beside the bare durable commit rate of the same database: one row a transaction.

use std::time::Instant;

use diesel::prelude::*;
use speca::db::StoreError;
use speca::db::schema::sign_in_failures;
use speca::kernel::lang::Lang;
use speca::questionnaires::Answers;
use speca::submissions::{self, State, Submission};

use super::data::{Made, OnPostgres, start};
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
    let mut draft = made.add_practices(1, State::Draft);
    let runtime = super::http::runtime();
    let mut rates: Vec<(f64, f64)> = Vec::new();
    for round in 0..ROUNDS {
        let begin = Instant::now();
        for number in 0..TRANSACTIONS {
            runtime.block_on(commit_one_row(made, format!("{round}-{number}")));
        }
        let bare = TRANSACTIONS as f64 / begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        for number in 0..TRANSACTIONS {
            runtime.block_on(save(made, &mut draft, format!("Text {round} {number}. ").repeat(20)));
        }
        rates.push((bare, TRANSACTIONS as f64 / begin.elapsed().as_secs_f64()));
    }
    let share = median(rates.iter().map(|(bare, save)| save / bare).collect());
    let bare = median(rates.iter().map(|(bare, _)| *bare).collect());
    let save = median(rates.iter().map(|(_, save)| *save).collect());
    let verdict = verdict(share >= SHARE_MIN);
    println!(
        "   {name:<10} bare commits {bare:>6.0}/s  saves {save:>6.0}/s  {:>5.1} %  limit ≥ 70 %: {verdict}",
        share * 100.0
    );
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
