//! The depot: where attached files are, a folder or a bucket of a store that speaks as S3 does.
//!
//! It knows keys and bytes and nothing of rows: `submissions::attachments` keeps both together. What is written is on the
//! disk, or taken by the store, before [`Depot::put`] answers. Files are read and written piece by piece.

mod place;

use std::fs::{File, OpenOptions};
use std::future::Future;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{BoxStream, StreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, WriteMultipart};
use rocket::tokio::fs::File as AsyncFile;
use rocket::tokio::io::AsyncReadExt;
use rocket::tokio::runtime;

pub use place::{Bucket, Place, PlaceError};

use crate::kernel::token::new_token;

/// How large the pieces are in which a file goes to the store; a bucket takes none below five mebibytes but the last.
const PIECE_BYTES: usize = 5 * 1024 * 1024;
/// How much of a file is held while it is written.
const BUFFER_BYTES: usize = 256 * 1024;
/// How long a bucket is asked again before an act gives up.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a bucket is asked again.
const ATTEMPTS_MAX: usize = 3;

/// Why the depot did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepotError {
    /// There is no file of this key.
    #[error("{0} is not in the store of attached files")]
    Missing(String),
    /// The store is full, out of reach or refuses.
    #[error("the store of attached files fails: {0}")]
    Gone(String),
}

impl From<io::Error> for DepotError {
    fn from(error: io::Error) -> Self {
        Self::Gone(error.to_string())
    }
}

/// The place of attached files. Cheap to clone.
#[derive(Clone)]
pub struct Depot {
    place: Place,
    /// Why: a store that is out of reach says so when it is used, and is asked again the next time.
    store: Arc<Mutex<Option<Arc<dyn ObjectStore>>>>,
}

/// A stream of pieces.
pub type Pieces = BoxStream<'static, Result<Vec<u8>, DepotError>>;

impl Depot {
    /// Returns the depot at a place, which is opened when it is used; a missing folder is made then.
    pub fn at(place: &Place) -> Self {
        Self { place: place.clone(), store: Arc::new(Mutex::new(None)) }
    }

    fn store(&self) -> Result<Arc<dyn ObjectStore>, DepotError> {
        let mut held = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = &*held {
            return Ok(Arc::clone(store));
        }
        let store = match &self.place {
            Place::Folder(path) => open_folder(path)?,
            Place::Bucket(bucket) => open_bucket(bucket)?,
        };
        *held = Some(Arc::clone(&store));
        Ok(store)
    }

    fn prefix(&self) -> &str {
        match &self.place {
            Place::Folder(_) => "",
            Place::Bucket(bucket) => &bucket.prefix,
        }
    }

    fn path(&self, key: &str) -> Path {
        Path::from(format!("{}/{key}", self.prefix()))
    }

    /// Writes a file and takes it away again: whether the place can be used.
    pub async fn check(&self) -> Result<(), DepotError> {
        let key = format!("check/{}", new_token());
        self.put(&key, b"speca".to_vec()).await?;
        self.remove(&key).await
    }

    /// Writes a small file whole.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), DepotError> {
        let written = self.store()?.put(&self.path(key), PutPayload::from(bytes)).await;
        written.map(drop).map_err(|error| told(key, error))
    }

    /// Writes a file of any size from where it stands open.
    pub async fn put_file(&self, key: &str, file: File) -> Result<(), DepotError> {
        let told = |error| told(key, error);
        let upload = self.store()?.put_multipart(&self.path(key)).await.map_err(told)?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
        let written = copy(AsyncFile::from_std(file), &mut writer).await;
        match written {
            Ok(()) => writer.finish().await.map(drop).map_err(told),
            Err(error) => {
                // Why: what failed first is what matters; pieces without an end are no file.
                let _ = writer.abort().await;
                Err(error)
            }
        }
    }

    /// Reads a file, or a part of it, piece by piece.
    pub async fn read(&self, key: &str, part: Option<Range<u64>>) -> Result<Pieces, DepotError> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.store()?.get_opts(&self.path(key), options).await.map_err(|error| told(key, error))?;
        let key = key.to_owned();
        let pieces = found.into_stream();
        Ok(pieces.map(move |piece| piece.map(|bytes| bytes.to_vec()).map_err(|error| told(&key, error))).boxed())
    }

    /// Takes a file away; one that is not there is fine.
    pub async fn remove(&self, key: &str) -> Result<(), DepotError> {
        match self.store()?.delete(&self.path(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(told(key, error)),
        }
    }

    /// Returns the keys of all files that begin with a folder.
    pub async fn keys(&self, folder: &str) -> Result<Vec<String>, DepotError> {
        // Why: looking does not make a folder.
        if matches!(&self.place, Place::Folder(path) if !path.exists()) {
            return Ok(Vec::new());
        }
        let mut found = self.store()?.list(Some(&self.path(folder)));
        let mut keys = Vec::new();
        while let Some(one) = found.next().await {
            let place = one.map_err(|error| told(folder, error))?.location.to_string();
            let key = place.strip_prefix(self.prefix()).unwrap_or(&place);
            keys.push(key.trim_start_matches('/').to_owned());
        }
        keys.sort();
        Ok(keys)
    }
}

async fn copy(mut file: AsyncFile, writer: &mut WriteMultipart) -> Result<(), DepotError> {
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let count = file.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        writer.wait_for_capacity(1).await.map_err(|error| DepotError::Gone(error.to_string()))?;
        writer.write(&buffer[..count]);
    }
}

fn open_folder(path: &std::path::Path) -> Result<Arc<dyn ObjectStore>, DepotError> {
    let gone = |error: String| DepotError::Gone(format!("{}: {error}", path.display()));
    std::fs::create_dir_all(path).map_err(|error| gone(error.to_string()))?;
    let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| gone(error.to_string()))?;
    Ok(Arc::new(folder.with_fsync(true)))
}

fn open_bucket(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>, DepotError> {
    // Why: the program chooses the cryptography; a second choice of the same one is no failure.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let retry = RetryConfig { max_retries: ATTEMPTS_MAX, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.key_id)
        .with_secret_access_key(&bucket.key_secret)
        .with_retry(retry)
        // Why: not every store that speaks as S3 does knows the other way.
        .with_disable_bulk_delete(true);
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    Ok(Arc::new(builder.build().map_err(|error| DepotError::Gone(error.to_string()))?))
}

fn told(key: &str, error: object_store::Error) -> DepotError {
    match error {
        object_store::Error::NotFound { .. } => DepotError::Missing(key.to_owned()),
        other => DepotError::Gone(other.to_string()),
    }
}

/// Waits for work with the depot on this thread: for commands and steps outside the web server.
pub fn wait<T: Send, E: Send + From<DepotError>>(work: impl Future<Output = Result<T, E>> + Send) -> Result<T, E> {
    // Why: on a thread of its own it works wherever it is called from.
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(DepotError::from)?;
            runtime.block_on(work)
        });
        thread.join().unwrap_or_else(|_| Err(DepotError::Gone("the work broke off".to_owned()).into()))
    })
}

/// Opens a temporary file that only this process can read and that has no name any more.
pub fn scratch() -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("speca-{}", new_token()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn gathered(mut pieces: Pieces) -> Vec<u8> {
        let mut bytes = Vec::new();
        while let Some(piece) = pieces.next().await {
            bytes.extend(piece.unwrap());
        }
        bytes
    }

    #[rocket::async_test]
    async fn a_folder_keeps_gives_back_lists_and_forgets() {
        let folder = tempfile::tempdir().unwrap();
        let depot = Depot::at(&Place::Folder(folder.path().join("made/anew")));
        depot.check().await.unwrap();
        depot.put("a/one", b"0123456789".to_vec()).await.unwrap();
        assert_eq!(gathered(depot.read("a/one", Some(2..5)).await.unwrap()).await, b"234");
        let mut file = scratch().unwrap();
        let long = vec![7_u8; 6 * 1024 * 1024];
        io::Write::write_all(&mut file, &long).unwrap();
        io::Seek::rewind(&mut file).unwrap();
        depot.put_file("a/two", file).await.unwrap();
        assert!(gathered(depot.read("a/two", None).await.unwrap()).await == long);
        assert_eq!(depot.keys("a").await.unwrap(), ["a/one", "a/two"]);
        depot.remove("a/one").await.unwrap();
        depot.remove("a/one").await.unwrap();
        assert_eq!(depot.read("a/one", None).await.err(), Some(DepotError::Missing("a/one".to_owned())));
        assert_eq!(wait(async { depot.keys("").await }).unwrap(), ["a/two"]);
    }

    #[rocket::async_test]
    async fn a_place_that_cannot_be_used_says_so_when_it_is_used() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let depot = Depot::at(&Place::Folder(folder.path().join("file")));
        assert!(matches!(depot.check().await, Err(DepotError::Gone(_))));
    }
}
