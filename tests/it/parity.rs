//! Both databases hold the same schema, migrate back and forth, and keep what is written.

use crate::on_each_database;

on_each_database! {
    async fn the_schema_goes_back_and_forth(app: TestApp) {
        app.db
            .write_here(|tx| {
                assert_eq!(speca::db::revert_all(tx)?, speca::db::migrate(tx)?);
                Ok::<_, speca::db::StoreError>(())
            })
            .expect("reverts and migrates");
    }
}

on_each_database! {
    async fn a_page_that_does_not_exist_says_so(app: TestApp) {
        app.visitor().get("/no-such-page").await.expect(404);
    }
}
