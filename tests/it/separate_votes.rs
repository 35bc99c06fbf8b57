//! Parts of a decision that are voted separately: asked for by a member, voted before the whole, left out when not kept.

use speca::decisions::{self, State};
use speca::kernel::lang::Lang;
use speca::sessions::Session;

use crate::decisions::{ONE, act, edition, held, next_called, tabled};
use crate::on_each_database;
use crate::support::{Actor, Page, TestApp};

/// Those who answer, in no order.
const ALL: [&str; 7] = ["AFG", "AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"];

/// Enters the answers of all delegations about a part.
pub async fn vote(app: &TestApp, session: &Session, who: &Actor<'_>, letter: &str, answers: [&str; 7]) -> Page {
    let edition = edition(app, session);
    let fields: Vec<(String, &str)> =
        ALL.iter().zip(answers).map(|(code, answer)| (format!("answer|{code}"), answer)).collect();
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, answer)| (name.as_str(), *answer)).collect();
    fields.push(("edition", &edition));
    who.post(&format!("{ONE}/parts/{letter}"), &fields).await
}

/// Lets the roll be called on the whole.
pub async fn call(app: &TestApp, session: &Session, secretariat: &Actor<'_>, answers: [&str; 7]) {
    for answer in answers {
        let (code, edition) = (next_called(app, session), edition(app, session));
        let fields = [("edition", edition.as_str()), ("delegation", code.as_str()), ("answer", answer)];
        secretariat.post(&format!("{ONE}/roll"), &fields).await.expect(303);
    }
    act(app, session, secretariat, "close-vote", &[]).await.expect(303);
}

fn text(app: &TestApp, session: &Session, lang: Lang) -> String {
    let decision = held(app, session, 1);
    let texts = app.db.read_here(move |conn| decisions::store::texts_of(conn, &decision.id)).expect("texts");
    texts.into_iter().max_by_key(|text| text.revision).expect("a text").text.get(lang).clone()
}

on_each_database! {
    async fn a_part_that_the_group_does_not_keep_is_left_out_of_what_is_voted_as_a_whole(app: TestApp) {
        let session = tabled(&app).await;
        let (secretariat, kaz) = (app.secretariat(), app.head("KAZ"));
        let parts = format!("{ONE}/parts");
        kaz.post(&parts, &[("paragraph", "2")]).await.expect(409);
        act(&app, &session, &kaz, "ask-vote", &[]).await.expect(303);
        kaz.get(ONE).await.expect(200).sees("Parts voted separately");
        kaz.post(&parts, &[("paragraph", "3")]).await.expect(422).sees("Please fill this in.");
        kaz.post(&parts, &[("paragraph", "2")]).await.expect(303);
        kaz.get(&parts).await.expect(200).sees("Part A").sees("It asks the secretariat").sees("Not voted yet.");
        // One paragraph at least is left for the whole, and the whole waits for the parts.
        secretariat.post(&parts, &[("paragraph", "1"), ("asked_by", "TJK")]).await.expect(409).sees("At least one paragraph");
        let called = next_called(&app, &session);
        let seen = edition(&app, &session);
        let early = [("edition", seen.as_str()), ("delegation", called.as_str()), ("answer", "yes")];
        secretariat.post(&format!("{ONE}/roll"), &early).await.expect(409);

        let answers = ["yes", "no", "no", "abstain", "no", "absent", "yes"];
        vote(&app, &session, &kaz, "A", answers).await.expect(403);
        let gap = ["yes", "", "no", "abstain", "no", "absent", "yes"];
        vote(&app, &session, &secretariat, "A", gap).await.expect(422).sees("value=\"abstain\" selected");
        vote(&app, &session, &secretariat, "A", answers).await.expect(303);
        vote(&app, &session, &secretariat, "A", answers).await.expect(409);
        assert_eq!(text(&app, &session, Lang::En), "The Working Group adopts the programme for 2021.");
        assert_eq!(text(&app, &session, Lang::Ru), "Рабочая группа принимает программу на 2021 год.");
        kaz.post(&parts, &[("paragraph", "1")]).await.expect(409).sees("The voting has begun.");

        call(&app, &session, &secretariat, ["yes", "yes", "yes", "no", "absent", "yes", "abstain"]).await;
        let page = app.visitor().get(ONE).await.expect(200);
        page.sees("Left out: 2 in favour, 3 against, 1 abstaining.").sees("Part A").sees("by 4 in favour to 1 against");
        app.visitor().get(&format!("{ONE}?lang=ru")).await.expect(200).sees("Исключена: за — 2, против — 3, воздержались — 1.");
        assert_eq!(held(&app, &session, 1).state, State::Decided);
    }
}

on_each_database! {
    async fn a_part_that_is_kept_changes_nothing(app: TestApp) {
        let session = tabled(&app).await;
        let secretariat = app.secretariat();
        act(&app, &session, &secretariat, "ask-vote", &[("asked_by", "TJK")]).await.expect(303);
        let before = text(&app, &session, Lang::En);
        secretariat.post(&format!("{ONE}/parts"), &[("paragraph", "1")]).await.expect(422);
        secretariat.post(&format!("{ONE}/parts"), &[("paragraph", "1"), ("asked_by", "UZB")]).await.expect(303);
        vote(&app, &session, &secretariat, "B", ["yes"; 7]).await.expect(404);
        vote(&app, &session, &secretariat, "A", ["yes"; 7]).await.expect(303);
        assert_eq!(text(&app, &session, Lang::En), before);
        call(&app, &session, &secretariat, ["yes"; 7]).await;
        app.visitor().get(ONE).await.expect(200).sees("Kept: 7 in favour, 0 against, 0 abstaining.").sees("Uzbekistan");
    }
}
