//! Ballot papers and reviews that are filled in off line: out as a workbook, in again, shown before anything is kept.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use rust_xlsxwriter::Workbook;
use speca::kernel::workbook::{self, Sheet};
use speca::policy::Capacity;
use speca::reviews::{self, State};

use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};
use crate::{ballots, reviews as reviewing};

/// What somebody wrote into a cell: row, column, text; a text that begins with `=` is a formula.
type Written = (u32, u16, &'static str);

const PAPER: &str = "/sessions/15/ballots/1/paper";

/// Returns a workbook as another program saves it after somebody wrote into cells.
fn filled(file: &[u8], written: &[Written]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (place, sheet) in workbook::read(file).expect("workbook").iter().enumerate() {
        let mut cells: BTreeMap<(u32, u16), String> = BTreeMap::new();
        for (row, column, text) in sheet.rows().into_iter().flat_map(|(row, cells)| {
            cells.into_iter().map(move |(column, text)| (row, u16::try_from(column).expect("column"), text))
        }) {
            cells.insert((row, column), text.to_owned());
        }
        for (row, column, text) in written.iter().filter(|_| place == 0) {
            cells.insert((*row, *column), (*text).to_owned());
        }
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name).expect("name");
        for ((row, column), text) in &cells {
            let said = if text.starts_with('=') {
                page.write_formula(*row, *column, text.as_str())
            } else {
                page.write_string(*row, *column, text)
            };
            said.expect("cell");
        }
    }
    workbook.save_to_buffer().expect("workbook")
}

fn sheet(file: &[u8]) -> Sheet {
    workbook::read(file).expect("workbook").remove(0)
}

async fn upload(actor: &Actor<'_>, address: &str, file: &[u8]) -> Page {
    actor.post_parts(&format!("{address}/upload"), &[], Some(file)).await
}

/// Sends the hidden fields of the form that confirms, as the page shows them, with others.
async fn confirm(actor: &Actor<'_>, page: &Page, address: &str, more: &[(&str, &str)]) -> Page {
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in page.body.split("<input type=\"hidden\" ").skip(1) {
        let of = |name: &str| {
            let value = input.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
            Some(value.replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\""))
        };
        if let (Some(name), Some(value)) = (of("name"), of("value"))
            && name != "csrf"
            && name != "return_to"
        {
            fields.push((name, value));
        }
    }
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied());
    actor.post(address, &fields.collect::<Vec<_>>()).await
}

on_each_database! {
    async fn a_paper_filled_in_off_line_is_shown_then_prepared_then_confirmed(app: TestApp) {
        ballots::stage(&app);
        ballots::opened(&app.secretariat(), &[]).await;
        let (delegate, head) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        delegate.get(PAPER).await.expect(200).sees("paper.xlsx?lang=ru").sees("paper/upload").sees("paper/blank");
        delegate.get(&format!("{PAPER}/blank")).await.expect(200).sees("PA-KGZ-2020-001").sees("class=\"write\"");
        let file = delegate.file(&format!("{PAPER}.xlsx?lang=ru")).await;
        let rows: Vec<String> = (8..12).map(|row| sheet(&file).cell(row, 0).to_owned()).collect();
        assert_eq!(rows, [ballots::OPTIONS[0], ballots::OPTIONS[1], ballots::OPTIONS[2], ""]);

        let back = filled(&file, &[(8, 3, "2"), (10, 3, "2"), (10, 4, "No <b>money</b>")]);
        let page = upload(&delegate, PAPER, &back).await.expect(200);
        let page = page.sees("This is what the file says").sees("No &#60;b&#62;money&#60;/b&#62;");
        // Nothing is kept before it is confirmed.
        head.get(PAPER).await.expect(200).lacks("Confirm this ballot paper").lacks("money");
        confirm(&delegate, &page, PAPER, &[]).await.expect(303);
        head.get(PAPER).await.expect(200).sees("Confirm this ballot paper").sees("money");
        head.post(&format!("{PAPER}/confirm"), &[("after", "1")]).await.expect(303);
        upload(&delegate, PAPER, &back).await.expect(200).sees("nothing to keep");
        let again = head.file(&format!("{PAPER}.xlsx?lang=en")).await;
        assert_eq!((sheet(&again).cell(8, 3), sheet(&again).cell(9, 3), sheet(&again).cell(10, 3)), ("2", "", "2"));

        let abstains = filled(&again, &[(6, 3, "Yes"), (8, 3, ""), (10, 3, ""), (10, 4, "")]);
        let page = upload(&head, PAPER, &abstains).await.expect(200).sees("The delegation abstains.");
        confirm(&head, &page, PAPER, &[]).await.expect(303);
        head.get(PAPER).await.expect(200).sees("Ballot paper to be confirmed").sees("The delegation abstains.");
    }
}

on_each_database! {
    async fn a_paper_that_does_not_fit_is_refused_with_its_cell_and_the_reason(app: TestApp) {
        ballots::stage(&app);
        ballots::opened(&app.secretariat(), &[]).await;
        let (kaz, uzb) = (app.head("KAZ"), app.head("UZB"));
        let secret = filled(&uzb.file(&format!("{PAPER}.xlsx")).await, &[(8, 3, "1"), (8, 4, "A secret of Tashkent")]);
        let page = upload(&kaz, PAPER, &secret).await.expect(422);
        page.sees("belongs to another delegation").lacks("secret of Tashkent");
        let file = kaz.file(&format!("{PAPER}.xlsx")).await;
        for (written, cell, words) in [
            ((8, 3, "=1+1"), "Cell D9:", "There is a formula here"),
            ((8, 3, "6"), "Cell D9:", "from 1 to 5"),
            ((9, 3, "first"), "Cell D10:", "from 1 to 5"),
            ((6, 3, "perhaps"), "Cell D7:", "or leave the cell empty"),
            ((9, 0, "PA-UZB-2020-009"), "Cell A10:", "must be the row of PA-KGZ-2020-001"),
            ((20, 4, "Beside the cells"), "Cell E21:", "no room for text"),
            ((9, 9, "Beside the cells"), "Cell J10:", "no room for text"),
        ] {
            let both = [(10, 3, "1"), written];
            upload(&kaz, PAPER, &filled(&file, &both)).await.expect(422).sees(cell).sees(words);
        }
        let wrong = filled(&file, &[(8, 3, "9"), (9, 3, "0")]);
        upload(&kaz, PAPER, &wrong).await.expect(422).sees("2 things").sees("Cell D9:").sees("Cell D10:");
        upload(&kaz, PAPER, &file).await.expect(422).sees("at least one priority");
        upload(&kaz, PAPER, &filled(&file, &[(6, 3, "yes"), (8, 3, "1")])).await.expect(422).sees("An abstention has no");
        upload(&kaz, PAPER, b"PK\x03\x04").await.expect(422).sees("can be read");
        upload(&kaz, PAPER, b"").await.expect(422);
        app.pass(TimeDelta::days(2));
        kaz.get(&format!("{PAPER}.xlsx")).await.expect(409);
        upload(&kaz, PAPER, &filled(&file, &[(8, 3, "1")])).await.expect(409).sees("closing time has passed");
    }
}

on_each_database! {
    async fn a_paper_taken_before_a_colleagues_is_said_to_be_older(app: TestApp) {
        ballots::stage(&app);
        ballots::opened(&app.secretariat(), &[]).await;
        let (delegate, head) = (app.delegate("KGZ", Capacity::Delegate), app.head("KGZ"));
        let file = delegate.file(&format!("{PAPER}.xlsx")).await;
        ballots::cast(&head, "1 2 3").await;
        let page = upload(&delegate, PAPER, &filled(&file, &[(8, 3, "5")])).await.expect(200);
        let page = page.sees("after this file was taken").sees("about 3 options");
        ballots::send(&head, &ballots::paper("1", "3 2 1", "confirm")).await.expect(303);
        // Meanwhile there is a third paper: it is shown, not overwritten.
        confirm(&delegate, &page, PAPER, &[]).await.expect(409).sees("Somebody of your delegation prepared another");
    }
}

const REVIEWS: &str = "/sessions/15/reviews";
const REASON: &str = "The steps lead to the target and can be followed.";

fn held(app: &TestApp, session: &speca::sessions::Session, actor: &Actor<'_>) -> Vec<(State, String, i32)> {
    let id = session.id.clone();
    let all = app.db.read_here(move |conn| reviews::store::all_in(conn, &id)).expect("reviews");
    let own = all.into_iter().filter(|review| review.account == actor.account);
    own.map(|review| (review.state, review.reason, review.edition)).collect()
}

on_each_database! {
    async fn reviews_filled_in_off_line_are_shown_then_saved(app: TestApp) {
        let session = app.session();
        let criteria = reviewing::criteria(&app, &session);
        assert_eq!(criteria.len(), 2);
        for code in ["KAZ", "KGZ", "UZB"] {
            app.accepted_action(&session, code, "Agree on data");
        }
        let reviewer = app.reviewer(&session.id, Some("KGZ"));
        reviewer.get(REVIEWS).await.expect(200).sees("reviews.xlsx?lang=en").sees("reviews/upload").sees("reviews/blank");
        reviewer.get(&format!("{REVIEWS}/blank")).await.expect(200).sees("PA-UZB-2020-001").lacks("PA-KGZ-2020-001");
        let file = reviewer.file(&format!("{REVIEWS}.xlsx?lang=en")).await;
        let rows: Vec<String> = (4..7).map(|row| sheet(&file).cell(row, 0).to_owned()).collect();
        assert_eq!(rows, ["PA-KAZ-2020-001", "PA-UZB-2020-001", ""]);

        // One is given, the other stays a draft.
        let written = [(4, 4, "5"), (4, 5, "not applicable"), (4, 6, REASON), (4, 7, "Recommends: accept"), (4, 10, "Among reviewers"), (4, 11, "given"), (5, 4, "0")];
        let page = upload(&reviewer, REVIEWS, &filled(&file, &written)).await.expect(200).sees("of 2 actions").sees("<ins>Among reviewers</ins>");
        assert_eq!(held(&app, &session, &reviewer), []);
        let apply = format!("{REVIEWS}/upload/apply");
        let take = [("take", "PA-KAZ-2020-001"), ("take", "PA-UZB-2020-001")];
        confirm(&reviewer, &page, &apply, &take).await.expect(303);
        let both = vec![(State::Given, REASON.to_owned(), 1), (State::Draft, String::new(), 1)];
        assert_eq!(held(&app, &session, &reviewer), both);
        let page = reviewer.get("/submissions/PA-KAZ-2020-001/review").await.expect(200).sees("Among reviewers");
        page.sees("value=\"accept\" checked");
        let again = reviewer.file(&format!("{REVIEWS}.xlsx?lang=en")).await;
        assert_eq!((7..11).map(|column| sheet(&again).cell(4, column).to_owned()).collect::<Vec<_>>(), ["Recommends: accept", "", "", "Among reviewers"]);
        upload(&reviewer, REVIEWS, &again).await.expect(200).sees("nothing to save");

        // What was shown and is saved on the page meanwhile is not overwritten.
        let page = upload(&reviewer, REVIEWS, &filled(&again, &[(5, 5, "3")])).await.expect(200).sees("of 1 action");
        confirm(&reviewer, &page, &apply, &take[1..]).await.expect(303);
        confirm(&reviewer, &page, &apply, &take[1..]).await.expect(303);
        assert_eq!(held(&app, &session, &reviewer)[1].2, 2);
        // A file from before says so, and what it changes is not ticked.
        let page = upload(&reviewer, REVIEWS, &again).await.expect(200).sees("saved on the page after the file was taken");
        page.sees("value=\"PA-UZB-2020-001\">");
    }
}

on_each_database! {
    async fn reviews_that_do_not_fit_are_refused_with_their_cell(app: TestApp) {
        let session = app.session();
        app.accepted_action(&session, "KAZ", "Agree on data");
        let (first, second) = (app.reviewer(&session.id, None), app.reviewer(&session.id, None));
        let file = first.file(&format!("{REVIEWS}.xlsx?lang=ru")).await;
        upload(&second, REVIEWS, &file).await.expect(422).sees("another reviewer");
        for (written, cell, words) in [
            ((4, 4, "6"), "Cell E5:", "from 0 to 5"),
            ((4, 4, "=5"), "Cell E5:", "formula"),
            ((4, 11, "perhaps"), "Cell L5:", "or “Given”"),
            ((4, 7, "perhaps"), "Cell H5:", "a recommendation from the list"),
            ((4, 7, "Рекомендуется не включать"), "Cell I5:", ""),
            ((4, 11, "Представлено"), "Cell E5:", "choose a mark"),
            ((4, 0, "PA-UZB-2020-001"), "Cell A5:", "You do not review PA-UZB-2020-001"),
            ((9, 4, "5"), "Cell A10:", "You do not review"),
            ((2, 4, "mark.other"), "", "not the criteria of the session"),
            ((4, 13, "Aside"), "Cell N5:", "no room"),
        ] {
            upload(&first, REVIEWS, &filled(&file, &[written])).await.expect(422).sees(cell).sees(words);
        }
        app.delegate("KAZ", Capacity::Head).get(&format!("{REVIEWS}.xlsx")).await.expect(404);
        assert_eq!(held(&app, &session, &first), []);
    }
}
