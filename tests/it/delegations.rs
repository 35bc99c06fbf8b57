//! The list of delegations: who looks after it, and what a code must be.

use speca::accounts::Office;

use crate::on_each_database;

fn form<'a>(code: &'a str, kind: &'a str, edition: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("code", code),
        ("kind", kind),
        ("name_en", "Georgia"),
        ("name_ru", "Грузия"),
        ("formal_name_en", "Georgia"),
        ("formal_name_ru", "Грузия"),
        ("edition", edition),
        ("votes", "true"),
    ]
}

/// Returns what stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).expect("before").1;
    rest.split_once(after).expect("after").0
}

on_each_database! {
    async fn the_secretariat_adds_and_edits_delegations(app: TestApp) {
        let secretariat = app.secretariat();
        secretariat.post("/delegations", &form("geo", "country", "")).await.expect(303);
        secretariat.get("/delegations").await.expect(200).sees("Georgia").sees("GEO");
        secretariat.post("/delegations", &form("GEO", "country", "")).await.expect(422).sees("There is a delegation with this code");
        for (code, kind) in [("GEOR", "country"), ("REG", "group"), ("REG", "organization"), ("UN-ECE", "organization")] {
            secretariat.post("/delegations", &form(code, kind, "")).await.expect(422).sees("Georgia");
        }
        let page = secretariat.get("/delegations/GEO/edit").await.expect(200);
        let edition = between(&page.body, "name=\"edition\" value=\"", "\"").to_owned();
        let mut changed = form("GEO", "country", &edition);
        changed[2] = ("name_en", "Georgia (observer)");
        changed.pop();
        secretariat.post("/delegations/GEO", &changed).await.expect(303);
        secretariat.get("/delegations").await.expect(200).sees("Georgia (observer)");
        secretariat.post("/delegations/GEO", &form("GEO", "country", &edition)).await.expect(409).sees("Somebody else changed this");
        secretariat.post("/delegations/ZZZ", &changed).await.expect(404);
    }
}

on_each_database! {
    async fn the_group_as_a_whole_never_has_a_ballot(app: TestApp) {
        let secretariat = app.secretariat();
        let page = secretariat.get("/delegations/REG/edit").await.expect(200).sees("has no ballot").lacks("name=\"votes\"");
        let edition = between(&page.body, "name=\"edition\" value=\"", "\"").to_owned();
        secretariat.post("/delegations/REG", &form("REG", "group", &edition)).await.expect(303);
        let id = app.delegation("REG");
        let group = app.db.read_here(move |conn| speca::delegations::store::by_id(conn, &id)).expect("group");
        assert!(!group.votes);
        assert_eq!(group.name.en, "Georgia");
    }
}

on_each_database! {
    async fn delegations_are_the_offices_to_look_after(app: TestApp) {
        app.visitor().get("/delegations").await.expect(303);
        for actor in [app.head("KAZ"), app.office(Office::Chair)] {
            actor.get("/delegations").await.expect(403);
            actor.get("/delegations/new").await.expect(403);
            actor.get("/delegations/KAZ/edit").await.expect(403);
            actor.post("/delegations", &form("GEO", "country", "")).await.expect(403);
            actor.post("/delegations/KAZ", &form("KAZ", "country", "")).await.expect(403);
        }
        app.office(Office::Administrator).get("/delegations").await.expect(200);
    }
}

on_each_database! {
    async fn names_stand_in_the_order_of_the_language(app: TestApp) {
        let secretariat = app.secretariat();
        let place = |body: &str, name: &str| body.find(&format!("<th scope=\"row\">{name}</th>")).expect("name");
        let page = secretariat.get("/delegations").await.expect(200);
        assert!(place(&page.body, "Afghanistan") < place(&page.body, "Azerbaijan"));
        secretariat.post("/language", &[("language", "ru"), ("return_to", "/")]).await.expect(303);
        let page = secretariat.get("/delegations").await.expect(200);
        assert!(place(&page.body, "Азербайджан") < place(&page.body, "Афганистан"));
    }
}
