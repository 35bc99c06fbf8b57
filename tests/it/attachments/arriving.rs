//! Uploads on a bad line: cut, sent twice, sent by two browsers, gone on with later.

use super::*;

const SIZE: usize = 700_000;

on_each_database! {
    async fn an_upload_goes_on_where_it_was_cut(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let content = picture(u32::try_from(SIZE).expect("size"));
        let upload = begin(&delegate, &draft, "Отчёт.png", SIZE).await;
        assert_eq!(offset(&delegate, &upload).await, 0);
        patch(&delegate, &upload, 0, &content[..262_144]).await.expect(204);
        // The page is loaded again: it tells what stands, and that it can be gone on with.
        let page = delegate.get(&address(&draft)).await.expect(200).sees("256 KB of 684 KB have arrived").sees(&upload);
        assert!(page.body.contains("data-mark=\"1\""));
        assert_eq!(offset(&delegate, &upload).await, 262_144);
        // The same piece again, a piece too far, one that is too long: nothing of them is kept.
        patch(&delegate, &upload, 0, &content[..262_144]).await.expect(409);
        patch(&delegate, &upload, 300_000, &content[300_000..400_000]).await.expect(409);
        patch(&delegate, &upload, 262_144, &[content.as_slice(), b"more"].concat()).await.expect(422);
        assert_eq!(offset(&delegate, &upload).await, 262_144);
        let colleague = app.head("KAZ");
        patch(&colleague, &upload, 262_144, &content[262_144..]).await.expect(204);
        let file = only(&app, &draft);
        assert_eq!((file.state, file.size, file.sha256), (State::Whole, Some(700_000), sha256(&content)));
        assert_eq!(offset(&delegate, &upload).await, SIZE);
        patch(&delegate, &upload, SIZE, b"").await.expect(204);
        let (_, bytes) = delegate.fetch(&format!("{}/{}", address(&draft), file.id), &[]).await;
        assert!(bytes == content, "the same bytes");
        assert_eq!(app.depot().keys("arriving").await.expect("keys"), [""; 0]);
        // Others do not know of the upload.
        for other in [app.head("UZB"), app.secretariat(), app.visitor()] {
            let page = other.resumable(Method::Head, &upload, &[], b"").await;
            assert!([303, 404].contains(&page.status.code), "{}", page.status);
        }
    }
}

on_each_database! {
    async fn two_browsers_at_once_do_not_mix_a_file(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let (one, two) = (app.delegate("KAZ", Capacity::Delegate), app.head("KAZ"));
        let content = picture(u32::try_from(SIZE).expect("size"));
        let upload = begin(&one, &draft, "a.png", SIZE).await;
        let mut stands = 0;
        while stands < SIZE {
            let end = (stands + 200_000).min(SIZE);
            let piece = &content[stands..end];
            let (a, b) = rocket::tokio::join!(patch(&one, &upload, stands, piece), patch(&two, &upload, stands, piece));
            let codes = [a.status.code, b.status.code];
            assert!(codes.contains(&204) && codes.iter().all(|code| [204, 409].contains(code)), "{codes:?}");
            stands = end;
            assert_eq!(offset(&one, &upload).await, stands);
        }
        let file = only(&app, &draft);
        assert_eq!((file.state, file.sha256), (State::Whole, sha256(&content)));
        let (_, bytes) = one.fetch(&format!("{}/{}", address(&draft), file.id), &[]).await;
        assert!(bytes == content, "the same bytes");
    }
}

on_each_database! {
    async fn a_forged_request_keeps_nothing(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        head.post_raw(&format!("{}/uploads", address(&draft)), &[]).await.expect(403);
        let wrong = app.visitor();
        wrong.post_file(&address(&draft), "a.txt", b"a").await;
        let foreign = [("Upload-Length", "5"), ("Sec-Fetch-Site", "cross-site")];
        head.resumable(Method::Post, &format!("{}/uploads", address(&draft)), &foreign, b"").await.expect(403);
        assert!(files(&app, &draft).is_empty());
    }
}
