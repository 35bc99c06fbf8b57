//! Similar proposals while a title is written: in either language, only what the reader may see.

use speca::kernel::lang::Lang;
use speca::kernel::reference::Kind;
use speca::policy::Capacity;
use speca::questionnaires::Answers;
use speca::submissions::State;

use crate::on_each_database;

on_each_database! {
    async fn a_title_finds_what_is_put_forward_already_and_no_draft_of_others(app: TestApp) {
        let session = app.session();
        let titled = |en: &str, ru: &str| Answers::none().with("title", Lang::En, en).with("title", Lang::Ru, ru);
        let make = |code: &str, kind, state, en: &str, ru: &str| {
            app.submission_with(&session, code, kind, state, &titled(en, ru)).reference
        };
        let accepted = make("UZB", Kind::Action, State::Accepted, "Link single windows <b>", "Связать единые окна");
        let secret = make("UZB", Kind::Action, State::Draft, "Link single windows in secret", "");
        let submitted = make("TJK", Kind::Action, State::Submitted, "Single windows for permits", "");
        let practice = make("TJK", Kind::Practice, State::Accepted, "Single windows in practice", "");
        let own = make("KAZ", Kind::Action, State::Draft, "A single window for the region", "Единое окно для региона");
        let mine = make("KAZ", Kind::Action, State::Draft, "Single windows, again", "");
        let delegate = app.delegate("KAZ", Capacity::Delegate);

        let form = delegate.get(&format!("/submissions/{own}/edit")).await.expect(200);
        let form = form.sees("In common:").sees(&format!("href=\"/submissions/{accepted}\"")).sees(&mine);
        let form = form.sees("Link single windows &#60;b&#62;").sees("Uzbekistan");
        form.lacks(&secret).lacks("in secret").lacks(&submitted).lacks(&format!("href=\"/submissions/{practice}\""));

        let asked = |title: &str| format!("/sessions/15/similar?of={own}&title={title}");
        let russian = "%D0%95%D0%B4%D0%B8%D0%BD%D0%BE%D0%B5%20%D0%BE%D0%BA%D0%BD%D0%BE%20%D0%B4%D0%BB%D1%8F%20%D0%B2%D1%81%D0%B5%D1%85";
        delegate.get(&asked(russian)).await.expect(200).sees(&accepted).lacks(&own).lacks("<html");
        delegate.get(&asked("Railways")).await.expect(200).lacks("href");
        app.secretariat().get("/sessions/15/similar?title=Single%20windows").await.expect(200).sees(&submitted).lacks(&secret);
        let page = app.visitor().get("/sessions/15/similar?title=Single%20windows").await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/sign-in?next=%2Fsessions%2F15%2Fsimilar%3Ftitle%3DSingle%2520windows"));
    }
}
