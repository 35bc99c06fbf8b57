//! Files that go with a submission: attached, looked at, given back, taken out; and never a row without its file.

mod arriving;
mod keeping;
mod refused;
mod store;

use rocket::http::Method;
use sha2::{Digest, Sha256};
use speca::db::StoreError;
use speca::kernel::reference::Kind;
use speca::kernel::token::hex;
use speca::policy::Capacity;
use speca::submissions::attachments::operations::carrying::Carrier;
use speca::submissions::attachments::{Attachment, Content, State, store as rows};
use speca::submissions::{State as Standing, Submission};

use crate::on_each_database;
use crate::submissions::act;
use crate::support::{Actor, Page, TestApp};

/// Returns the address of the files of a submission.
fn address(submission: &Submission) -> String {
    format!("/submissions/{}/attachments", submission.reference)
}

/// Returns the rows of a submission.
fn files(app: &TestApp, submission: &Submission) -> Vec<Attachment> {
    app.db.read_here(|conn| -> Result<_, StoreError> { rows::of(conn, &submission.id) }).expect("rows")
}

/// Returns the only file of a submission.
#[track_caller]
fn only(app: &TestApp, submission: &Submission) -> Attachment {
    let mut all = files(app, submission);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn carrier(app: &TestApp) -> Carrier {
    Carrier { db: app.db.clone(), depot: app.depot() }
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns bytes that begin as a picture and are different everywhere.
fn picture(length: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend((0..length).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()));
    bytes.truncate(length as usize);
    bytes
}

/// Begins an upload and returns its address.
async fn begin(actor: &Actor<'_>, submission: &Submission, name: &str, size: usize) -> String {
    let page = announce(actor, submission, name, size).await.expect(201);
    page.location.expect("address")
}

async fn announce(actor: &Actor<'_>, submission: &Submission, name: &str, size: usize) -> Page {
    let (size, metadata) = (size.to_string(), format!("filename {},mark MQ==", base64(name)));
    let headers = [("Upload-Length", size.as_str()), ("Upload-Metadata", metadata.as_str())];
    actor.resumable(Method::Post, &format!("{}/uploads", address(submission)), &headers, b"").await
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |bits: u32| char::from(LETTERS[(bits & 63) as usize]);
    text.as_bytes()
        .chunks(3)
        .map(|three| {
            let bits =
                three.iter().enumerate().fold(0, |bits, (place, byte)| bits | u32::from(*byte) << (16 - 8 * place));
            let four = [letter(bits >> 18), letter(bits >> 12), letter(bits >> 6), letter(bits)];
            let kept: String = four.iter().take(three.len() + 1).collect();
            format!("{kept:=<4}")
        })
        .collect::<Vec<_>>()
        .concat()
}

async fn patch(actor: &Actor<'_>, upload: &str, offset: usize, bytes: &[u8]) -> Page {
    actor.resumable(Method::Patch, upload, &[("Upload-Offset", &offset.to_string())], bytes).await
}

/// Returns where an upload stands.
async fn offset(actor: &Actor<'_>, upload: &str) -> usize {
    header(&actor.resumable(Method::Head, upload, &[], b"").await.expect(200), "Upload-Offset").parse().expect("offset")
}

#[track_caller]
fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    let found = page.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map_or_else(|| panic!("no {name}: {:?}", page.headers), |(_, value)| value.as_str())
}

on_each_database! {
    async fn a_file_is_attached_listed_given_back_and_taken_out(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let delegate = app.delegate("KAZ", Capacity::Delegate);
        let content = picture(3 * 1024 * 1024);
        delegate.get(&address(&draft)).await.expect(200).sees("No files are attached.");
        delegate.post_file(&address(&draft), "Photo of the window.png", &content).await.expect(303);
        let file = only(&app, &draft);
        assert_eq!((file.state, file.content, file.size), (State::Whole, Some(Content::Png), Some(3 * 1024 * 1024)));
        assert_eq!(file.sha256, sha256(&content));
        let page = delegate.get(&address(&draft)).await.expect(200);
        page.sees("Photo of the window.png").sees("PNG picture").sees("3 MB").sees("Office none");
        let taken = format!("{}/{}", address(&draft), file.id);
        let (head, bytes) = delegate.fetch(&taken, &[]).await;
        assert!(bytes == content, "the same bytes");
        assert_eq!(header(&head, "Content-Type"), "image/png");
        assert_eq!(header(&head, "Content-Length"), content.len().to_string());
        assert_eq!(header(&head, "X-Content-Type-Options"), "nosniff");
        assert_eq!(header(&head, "Cache-Control"), "private, no-store");
        assert!(header(&head, "Content-Security-Policy").starts_with("sandbox;"));
        assert!(header(&head, "Content-Disposition").starts_with("attachment; filename=\"Photo of the window.png\""));
        let (head, bytes) = delegate.fetch(&taken, &[("Range", "bytes=1000000-1000009"), ("Accept-Encoding", "br")]).await;
        assert_eq!((head.status.code, bytes.as_slice()), (206, &content[1_000_000..1_000_010]));
        assert_eq!(header(&head, "Content-Range"), format!("bytes 1000000-1000009/{}", content.len()));
        assert_eq!(delegate.fetch(&taken, &[("Range", "bytes=99999999-")]).await.0.status.code, 416);
        delegate.get(&format!("/submissions/{}", draft.reference)).await.expect(200).sees("Photo of the window.png");
        delegate.get(&format!("/submissions/{}/edit", draft.reference)).await.expect(200).sees(&address(&draft));
        delegate.post(&format!("{taken}/remove"), &[]).await.expect(303);
        assert_eq!(delegate.fetch(&taken, &[]).await.0.status.code, 404);
        app.secretariat().get("/audit").await.expect(200).sees("An act inside a delegation").lacks("File attached");
    }
}

on_each_database! {
    async fn others_see_what_was_cleared_and_everybody_what_is_shown(app: TestApp) {
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        for name in ["kept.txt", "shown.csv"] {
            head.post_file(&address(&draft), name, b"a,b\n1,2\n").await.expect(303);
        }
        let ids: Vec<String> = files(&app, &draft).iter().map(|file| format!("{}/{}", address(&draft), file.id)).collect();
        head.post(&format!("{}/public", ids[1]), &[("public", "yes")]).await.expect(303);
        let (secretariat, other, visitor) = (app.secretariat(), app.head("UZB"), app.visitor());
        let statuses = async |file: &str| {
            let mut all = Vec::new();
            for actor in [&head, &secretariat, &other, &visitor] {
                all.push(actor.fetch(file, &[]).await.0.status.code);
            }
            all
        };
        assert_eq!(statuses(&ids[0]).await, [200, 404, 404, 404]);
        act(&head, &draft.reference, "clear", &[]).await.expect(303);
        assert_eq!(statuses(&ids[0]).await, [200, 200, 404, 404]);
        act(&secretariat, &draft.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &draft.reference, "return", &[("note", "Please mend")]).await.expect(303);
        app.pass(chrono::TimeDelta::minutes(1));
        head.post_file(&address(&draft), "later.txt", b"not cleared yet").await.expect(303);
        let later = format!("{}/{}", address(&draft), files(&app, &draft)[2].id);
        assert_eq!(statuses(&later).await, [200, 404, 404, 404]);
        assert_eq!(statuses(&ids[0]).await, [200, 200, 404, 404]);
        act(&head, &draft.reference, "clear", &[]).await.expect(303);
        act(&secretariat, &draft.reference, "take-up", &[]).await.expect(303);
        act(&secretariat, &draft.reference, "accept", &[]).await.expect(303);
        assert_eq!(statuses(&later).await, [200, 200, 200, 404]);
        assert_eq!(statuses(&ids[1]).await, [200, 200, 200, 200]);
        visitor.get(&format!("/submissions/{}", draft.reference)).await.sees("shown.csv").lacks("kept.txt");
        // What was accepted stands: nothing is attached or taken out any more.
        head.post(&format!("{}/remove", ids[0]), &[]).await.expect(409);
        head.post_file(&address(&draft), "late.txt", b"late").await.expect(409);
        assert_eq!(files(&app, &draft).len(), 3);
    }
}
