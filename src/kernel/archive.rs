//! A ZIP archive of a few small files, as they are: the same content always makes the same bytes.

/// What a file of an archive is called and holds.
pub type Entry<'a> = (&'a str, &'a [u8]);

/// The first day that an archive can name, 1 January 1980: no file of it says when it was made.
const DAY: u16 = 0x21;
/// What a reader must know: names are UTF-8.
const FLAGS: u16 = 1 << 11;

/// Returns an archive of files, none of them compressed; nothing when one of them is too large for its form.
pub fn zip(files: &[Entry<'_>]) -> Option<Vec<u8>> {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let at = u32::try_from(out.len()).ok()?;
        let about = about(name, content)?;
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&about);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(content);
        central.extend_from_slice(b"PK\x01\x02\x14\x00");
        central.extend_from_slice(&about);
        // No comment, first disk, no attributes.
        central.extend_from_slice(&[0; 10]);
        central.extend_from_slice(&at.to_le_bytes());
        central.extend_from_slice(name.as_bytes());
    }
    let number = u16::try_from(files.len()).ok()?.to_le_bytes();
    let (size, at) = (u32::try_from(central.len()).ok()?, u32::try_from(out.len()).ok()?);
    out.extend_from_slice(&central);
    out.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
    for part in [&number[..], &number, &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]] {
        out.extend_from_slice(part);
    }
    Some(out)
}

/// Returns what both headers of a file say: version, flags, method, time, day, checksum, sizes, length of the name.
fn about(name: &str, content: &[u8]) -> Option<Vec<u8>> {
    let (size, length) = (u32::try_from(content.len()).ok()?, u16::try_from(name.len()).ok()?);
    let mut about = Vec::new();
    for short in [20, FLAGS, 0, 0, DAY] {
        about.extend_from_slice(&short.to_le_bytes());
    }
    for long in [checksum(content), size, size] {
        about.extend_from_slice(&long.to_le_bytes());
    }
    for short in [length, 0] {
        about.extend_from_slice(&short.to_le_bytes());
    }
    Some(about)
}

/// Returns the CRC-32 of bytes, as archives have it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn every_file_is_found_where_the_list_at_the_end_says() {
        let files: [Entry<'_>; 2] = [("a.txt", b"first"), ("б.txt", b"")];
        let archive = zip(&files).unwrap();
        let end = archive.len() - 22;
        assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
        let word = |at: usize| u32::from_le_bytes(archive[at..at + 4].try_into().unwrap()) as usize;
        let list = word(end + 16);
        assert_eq!(&archive[list..list + 4], b"PK\x01\x02");
        let first = word(list + 42);
        assert_eq!((first, &archive[first + 30..first + 40]), (0, b"a.txtfirst".as_slice()));
        assert_eq!(word(end + 12), end - list);
    }
}
