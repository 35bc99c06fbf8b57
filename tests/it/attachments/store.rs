//! The store that speaks as S3 does, against a small server that answers as one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::{TcpListener, TcpStream};
use speca::depot::{Bucket, Depot, DepotError, Place};
use speca::submissions::attachments::operations::keeping::compare;
use speca::submissions::attachments::operations::sweeping::sweep;
use speca::submissions::attachments::operations::{Announced, Asked};

use super::*;

/// What the server holds: objects, and parts of uploads by number.
#[derive(Default)]
struct Held {
    objects: BTreeMap<String, Vec<u8>>,
    parts: BTreeMap<String, Vec<u8>>,
    is_out: bool,
}

/// Serves a bucket and returns its address.
async fn bucket() -> (String, Arc<Mutex<Held>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let address = format!("http://{}", listener.local_addr().expect("address"));
    let held = Arc::new(Mutex::new(Held::default()));
    let shared = Arc::clone(&held);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&shared)));
        }
    });
    (address, held)
}

async fn serve(mut stream: TcpStream, held: Arc<Mutex<Held>>) {
    let mut bytes = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                return;
            }
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let field = |name: &str| {
            let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")));
            line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned())
        };
        let length: usize = field("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        while bytes.len() < end + length {
            if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                return;
            }
        }
        let body = bytes[end..end + length].to_vec();
        bytes.drain(..end + length);
        let mut words = head.split_whitespace();
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().to_owned());
        let (status, headers, content) = answer(&mut held.lock().expect("held"), method, &target, field("range"), body);
        let length = content.len();
        let start = format!(
            "HTTP/1.1 {status}\r\nETag: \"e\"\r\nLast-Modified: Mon, 16 Nov 2020 08:00:00 GMT\r\n{headers}Content-Length: {length}\r\n\r\n"
        );
        let content = if method == "HEAD" { Vec::new() } else { content };
        if stream.write_all(&[start.into_bytes(), content].concat()).await.is_err() {
            return;
        }
    }
}

/// Answers as such a store does, as far as it is asked here.
fn answer(
    held: &mut Held,
    method: &str,
    target: &str,
    range: Option<String>,
    body: Vec<u8>,
) -> (&'static str, String, Vec<u8>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let key = path.trim_start_matches("/bucket").trim_start_matches('/').to_owned();
    let none = String::new;
    if held.is_out {
        return ("403 Forbidden", none(), b"<Error><Code>AccessDenied</Code></Error>".to_vec());
    }
    match (method, query) {
        ("POST", "uploads=" | "uploads") => {
            let text = "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
            ("200 OK", none(), text.into())
        }
        ("POST", _) => {
            let whole = std::mem::take(&mut held.parts).into_values().flatten().collect();
            held.objects.insert(key, whole);
            let text = "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>";
            ("200 OK", none(), text.into())
        }
        ("PUT", query) if query.contains("partNumber=") => {
            held.parts.insert(query.to_owned(), body);
            ("200 OK", none(), Vec::new())
        }
        ("PUT", _) => {
            held.objects.insert(key, body);
            ("200 OK", none(), Vec::new())
        }
        ("DELETE", _) => {
            held.objects.remove(&key);
            ("204 No Content", none(), Vec::new())
        }
        ("GET", query) if query.contains("list-type=2") => {
            let prefix = query.split('&').find_map(|pair| pair.strip_prefix("prefix=")).unwrap_or_default();
            let prefix = prefix.replace("%2F", "/");
            let found = held.objects.iter().filter(|(key, _)| key.starts_with(&prefix)).map(|(key, bytes)| {
                format!("<Contents><Key>{key}</Key><LastModified>2020-11-16T08:00:00.000Z</LastModified><ETag>\"e\"</ETag><Size>{}</Size></Contents>", bytes.len())
            });
            let text = format!(
                "<ListBucketResult><IsTruncated>false</IsTruncated>{}</ListBucketResult>",
                found.collect::<String>()
            );
            ("200 OK", none(), text.into_bytes())
        }
        _ => match (held.objects.get(&key), range) {
            (None, _) => ("404 Not Found", none(), b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
            (Some(bytes), None) => ("200 OK", none(), bytes.clone()),
            (Some(bytes), Some(range)) => {
                let (first, last) = range.trim_start_matches("bytes=").split_once('-').expect("range");
                let (first, last): (usize, usize) = (first.parse().expect("first"), last.parse().expect("last"));
                let last = last.min(bytes.len() - 1);
                let header = format!("Content-Range: bytes {first}-{last}/{}\r\n", bytes.len());
                ("206 Partial Content", header, bytes[first..=last].to_vec())
            }
        },
    }
}

on_each_database! {
    async fn a_bucket_keeps_files_as_a_folder_does(app: TestApp) {
        let (endpoint, held) = bucket().await;
        let place = Place::Bucket(Bucket {
            name: "bucket".to_owned(),
            prefix: "some/prefix".to_owned(),
            endpoint: Some(endpoint),
            region: "us-east-1".to_owned(),
            key_id: "id".to_owned(),
            key_secret: "secret".to_owned(),
        });
        let depot = Depot::at(&place);
        depot.check().await.expect("usable");
        let session = app.session();
        let draft = app.submission(&session, "KAZ", Kind::Practice, Standing::Draft, "Title");
        let head = app.head("KAZ");
        let asked = Asked {
            actor: head.policy(),
            reference: draft.reference.clone(),
            now: app.clock.now().naive_utc(),
        };
        let carrier = Carrier { db: app.db.clone(), depot: depot.clone() };
        let content = picture(7_000_000);
        let announced = Announced {
            name: "large.png".to_owned(),
            size: Some(7_000_000),
            mark: String::new(),
        };
        let mut one = carrier.begin(&asked, announced).await.expect("begun");
        for piece in content.chunks(1_000_000) {
            one.received = carrier.part(&asked, &one, one.received, piece.to_vec()).await.expect("kept");
        }
        let one = carrier.finish(&asked, &one.id).await.expect("whole");
        assert_eq!(one.sha256, sha256(&content));
        let stored: Vec<String> = held.lock().expect("held").objects.keys().cloned().collect();
        assert_eq!(stored, [format!("some/prefix/{}", one.key)]);
        assert!(held.lock().expect("held").objects[&stored[0]] == content, "the same bytes");
        let compared = compare(&carrier).await.expect("compared");
        assert_eq!((compared.whole, compared.orphaned.len()), (1, 0));
        held.lock().expect("held").is_out = true;
        assert!(matches!(depot.check().await, Err(DepotError::Gone(_))));
        held.lock().expect("held").is_out = false;
        carrier.remove(&asked, &one.id).await.expect("removed");
        app.pass(chrono::TimeDelta::hours(2));
        let now = app.clock.now().naive_utc();
        sweep(&carrier, now).await.expect("swept");
        assert!(held.lock().expect("held").objects.is_empty());
    }
}
