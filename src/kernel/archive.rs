//! A ZIP archive of a few files: the same content always makes the same bytes.

use std::io::{self, Cursor, Write};

pub use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What a file of an archive is called and holds.
pub type Entry<'a> = (&'a str, &'a [u8]);

/// Returns an archive of files, in their order.
///
/// # Errors
/// A file that is too large for the form.
pub fn zip(files: &[Entry<'_>], method: CompressionMethod) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Why: no time of writing in the archive, so that the same files are the same bytes.
    let options = SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
    for (name, content) in files {
        archive.start_file(*name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_packed_is_read_back_and_packed_the_same_again() {
        let files: [Entry<'_>; 2] = [("a.txt", b"first"), ("б.txt", b"")];
        for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
            let packed = zip(&files, method).unwrap();
            assert_eq!(packed, zip(&files, method).unwrap());
            let mut archive = ::zip::ZipArchive::new(Cursor::new(packed)).unwrap();
            assert_eq!(archive.len(), files.len());
            for (position, (name, content)) in files.iter().enumerate() {
                let mut file = archive.by_index(position).unwrap();
                let mut read = Vec::new();
                file.read_to_end(&mut read).unwrap();
                assert_eq!((&*file.name().unwrap(), read.as_slice()), (*name, *content));
            }
        }
    }
}
