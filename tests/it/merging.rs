//! Duplicates and merging; saved filters and the list as a file.

use diesel::prelude::*;
use speca::db::StoreError;
use speca::db::schema::messages;
use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::AnswerLang;
use speca::submissions::co_sponsors::{self, State as Standing};
use speca::submissions::consents::{self, State as Consent};
use speca::submissions::{State, Submission};

use crate::factories::complete_answers;
use crate::on_each_database;
use crate::submissions::{act, stored};
use crate::support::TestApp;

/// Where the delegations of an action stand: co-sponsors and consents, by code.
type Partners = (Vec<(String, Standing)>, Vec<(String, Consent)>);

fn standing(app: &TestApp, action: &Submission) -> Partners {
    let id = action.id.clone();
    app.db
        .read_here(move |conn| -> Result<_, StoreError> {
            let (mut partners, mut answers) = (Vec::new(), Vec::new());
            for one in co_sponsors::store::of(conn, &id)? {
                partners.push((speca::delegations::store::by_id(conn, &one.delegation)?.code, one.state));
            }
            for one in consents::store::of(conn, &id)? {
                answers.push((speca::delegations::store::by_id(conn, &one.delegation)?.code, one.state));
            }
            partners.sort();
            answers.sort();
            Ok((partners, answers))
        })
        .expect("standing")
}

on_each_database! {
    async fn what_is_alike_is_found_in_either_language_and_drafts_are_not_read(app: TestApp) {
        let session = app.session();
        let (secretariat, head) = (app.secretariat(), app.head("KAZ"));
        secretariat.get("/sessions/15/duplicates").await.expect(200).sees("No submissions are alike");
        let titled = |code: &str, kind, state, en: &str, ru: &str| {
            let answers = complete_answers(kind).with("title", Lang::En, en).with("title", Lang::Ru, ru);
            app.submission_with(&session, code, kind, state, &answers)
        };
        let one = titled("KAZ", Kind::Action, State::Submitted, "Linking single windows", "");
        let two = titled("UZB", Kind::Action, State::Accepted, "Single windows, linked", "Связать единые окна");
        let draft = titled("TJK", Kind::Action, State::Draft, "Linking single windows in secret", "");
        let practice = titled("TJK", Kind::Practice, State::Accepted, "Linking single windows", "");
        let page = secretariat.get("/sessions/15/duplicates").await.expect(200).sees("1 pair").sees("Words of the titles");
        let page = page.sees(&one.reference).sees(&two.reference).lacks(&draft.reference).lacks(&practice.reference);
        page.sees(&format!("/submissions/{}/merge?into={}", two.reference, one.reference));
        head.get("/sessions/15/duplicates").await.expect(404);
        secretariat.get("/sessions/15/desk").await.expect(200).sees("/sessions/15/duplicates");
    }
}

on_each_database! {
    async fn a_merge_keeps_both_texts_and_moves_no_support(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let (kaz, uzb, tjk) = (app.head("KAZ"), app.head("UZB"), app.head("TJK"));
        let answers = |countries: &str| complete_answers(Kind::Action).with("countries", AnswerLang::Neutral, countries);
        let from = app.submission_with(&session, "KAZ", Kind::Action, State::AwaitingClearance, &answers("KAZ"));
        let into = app.submission_with(&session, "UZB", Kind::Action, State::AwaitingClearance, &answers("UZB;TJK"));
        act(&kaz, &from.reference, "clear", &[]).await.expect(303);
        act(&uzb, &into.reference, "clear", &[]).await.expect(303);
        tjk.post(&format!("/submissions/{}/consent/give", into.reference), &[("revision", "1")]).await.expect(303);
        for action in [&from, &into] {
            act(&secretariat, &action.reference, "take-up", &[]).await.expect(303);
            act(&secretariat, &action.reference, "accept", &[]).await.expect(303);
        }
        let join = format!("/submissions/{}/co-sponsorship/join", from.reference);
        app.head("AZE").post(&join, &[("revision", "1")]).await.expect(303);
        let join = format!("/submissions/{}/co-sponsorship/join", into.reference);
        app.head("KGZ").post(&join, &[("revision", "1")]).await.expect(303);

        let here = format!("/submissions/{}/merge?into={}", from.reference, into.reference);
        let page = secretariat.get(&here).await.expect(200).sees("4 delegations are asked").sees("Azerbaijan");
        page.sees("The other way round").sees("name=\"into_revision\" value=\"1\"");
        kaz.get(&here).await.expect(403);
        let same = format!("/submissions/{0}/merge?into={0}", from.reference);
        secretariat.get(&same).await.expect(200).sees("Only two different submissions").lacks("into_revision");
        secretariat.post(&here, &[("revision", "1"), ("into_revision", "1")]).await.expect(422).sees("f-note-error");
        let stale = [("revision", "1"), ("into_revision", "2"), ("note", "The same proposal")];
        secretariat.post(&here, &stale).await.expect(409).sees("The same proposal");
        let fields = [("revision", "1"), ("into_revision", "1"), ("note", "The same proposal")];
        secretariat.post(&here, &fields).await.expect(303);

        assert_eq!(stored(&app, &from.reference).0.state, State::Merged);
        assert_eq!(stored(&app, &into.reference).0.state, State::Accepted);
        let (partners, answers) = standing(&app, &into);
        let pair = |code: &str, state| (code.to_owned(), state);
        assert_eq!(
            partners,
            [pair("AZE", Standing::Invited), pair("KAZ", Standing::Invited), pair("KGZ", Standing::AskedAgain)]
        );
        assert_eq!(answers, [("TJK".to_owned(), Consent::Asked)]);
        assert_eq!(standing(&app, &from).0, [pair("AZE", Standing::Joined)], "the original keeps its own");
        let told: Vec<Option<speca::kernel::ids::AccountId>> = app
            .db
            .read_here(|conn| -> Result<_, StoreError> {
                let rows = messages::table.filter(messages::kind.eq("merged")).select(messages::account_id);
                Ok(rows.order(messages::created_at.asc()).load(conn)?)
            })
            .expect("messages");
        assert_eq!(told.len(), 2);
        assert!(told.contains(&Some(kaz.account.clone())) && told.contains(&Some(uzb.account.clone())));

        // Both are read by both, and lead to each other.
        let original = format!("/submissions/{}", from.reference);
        for reader in [&kaz, &uzb, &secretariat] {
            reader.get(&original).await.expect(200).sees("Joined to").sees(&into.reference);
        }
        let standing_one = format!("/submissions/{}", into.reference);
        kaz.get(&standing_one).await.expect(200).sees("Stands for as well").sees(&from.reference);
        app.head("TKM").get(&original).await.expect(404);
        kaz.get(&original).await.expect(200).sees("The same proposal").lacks("/unmerge");
        kaz.post(&format!("{original}/unmerge"), &[]).await.expect(403);
        assert_eq!(stored(&app, &from.reference).0.state, State::Merged);

        secretariat.get(&original).await.expect(200).sees("Take the merge back");
        secretariat.post(&format!("{original}/unmerge"), &[]).await.expect(303);
        assert_eq!(stored(&app, &from.reference).0.state, State::UnderReview);
        secretariat.get(&standing_one).await.expect(200).lacks("Stands for as well");
        let acts: Vec<String> = app.db.read_here(|conn| speca::audit::newest(conn, 0, 40)).expect("trail").0.into_iter().map(|line| line.act).collect();
        for act in ["submission.merge", "merge.join", "submission.unmerge", "merge.take-back"] {
            assert_eq!(acts.iter().filter(|known| *known == act).count(), 1, "{act}");
        }
    }
}

on_each_database! {
    async fn what_others_build_on_stays_merged(app: TestApp) {
        let session = app.session();
        let secretariat = app.secretariat();
        let from = app.submission(&session, "KAZ", Kind::Practice, State::UnderReview, "One");
        let into = app.submission(&session, "UZB", Kind::Practice, State::UnderReview, "Other");
        let here = format!("/submissions/{}/merge?into={}", from.reference, into.reference);
        let fields = [("revision", "1"), ("into_revision", "1"), ("note", "The same practice")];
        secretariat.post(&here, &fields).await.expect(303);
        act(&secretariat, &into.reference, "return", &[("note", "Say a word about the other")]).await.expect(303);
        let changed = stored(&app, &into.reference).1.with("title", Lang::En, "Both in one");
        crate::submissions::save(&app.head("UZB"), &stored(&app, &into.reference).0, 1, &changed, "").await.expect(303);
        secretariat.post(&format!("/submissions/{}/unmerge", from.reference), &[]).await.expect(409);
        assert_eq!(stored(&app, &from.reference).0.state, State::Merged);
        secretariat.post(&format!("/submissions/{}/acts/merge", into.reference), &[]).await.expect(404);
    }
}

on_each_database! {
    async fn a_filter_is_kept_by_name_and_shared_within_the_secretariat_alone(app: TestApp) {
        let session = app.session();
        let (first, second, delegate) = (app.secretariat(), app.secretariat(), app.delegate("KAZ", Capacity::Delegate));
        let keep = "/sessions/15/submissions/filters";
        let list = "/sessions/15/submissions?delegation=all";
        let filter = [("name", "To be read"), ("kind", "action"), ("state", "submitted"), ("delegation", "all")];
        first.post(keep, &[&filter[..], &[("shared", "yes")]].concat()).await.expect(303);
        first.post(keep, &[("name", "My own"), ("delegation", "UZB")]).await.expect(303);
        delegate.post(keep, &[("name", "Of a delegate"), ("shared", "yes")]).await.expect(303);
        first.post(keep, &[("name", " ")]).await.expect(303);
        let page = second.get(list).await.expect(200).sees("To be read").lacks("My own").lacks("Of a delegate");
        page.sees("?kind=action&#38;state=submitted&#38;delegation=all").lacks("/remove");
        delegate.get(list).await.expect(200).sees("Of a delegate").lacks("To be read").lacks("My own");
        let page = first.get(list).await.expect(200).sees("My own").lacks("Of a delegate");
        let remove = page.body.split("action=\"").find(|rest| rest.contains("/remove\"")).expect("a form");
        let remove = remove.split('"').next().expect("an address").to_owned();
        second.post(&remove, &[]).await.expect(303);
        first.get(list).await.expect(200).sees(&remove);
        first.post(&remove, &[]).await.expect(303);
        first.get(list).await.expect(200).lacks(&remove);

        app.submission(&session, "UZB", Kind::Action, State::Submitted, "=Formula");
        app.submission(&session, "KAZ", Kind::Practice, State::Draft, "Own draft");
        let file = first.get("/sessions/15/submissions/list.csv?state=submitted&delegation=all").await.expect(200);
        assert!(file.body.starts_with("\u{feff}Reference,"), "{}", file.body);
        file.sees("PA-UZB-2020-001,'=Formula,").lacks("Own draft");
        let file = delegate.get("/sessions/15/submissions/list.csv?lang=ru").await.expect(200);
        file.sees("Own draft по-русски").lacks("Formula").sees("Проект");
        app.visitor().get("/sessions/15/submissions/list.csv").await.expect(303);
    }
}
